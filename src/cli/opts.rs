//! Every command and flag: the one table that help, man pages and completions are made from.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

const AFTER: &str = "\
Two commands to begin with:
  demarche search --in FOLDER words     read a folder of saved articles, then search it
  demarche show ID                      read one of the hits

Topics: `demarche help query`, `help json`, `help exit-codes`, `help copies`, `help export`, `help formats`, `help rules`.";

/// Search a folder of saved articles on cyber policy and cyber threats
#[derive(Debug, Parser)]
#[command(name = "demarche", version, about, after_help = AFTER, disable_help_subcommand = true, arg_required_else_help = true, max_term_width = 100)]
pub(crate) struct Opts {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colours [default: on a terminal, unless NO_COLOR is set]
    #[arg(long, global = true, value_name = "WHEN", value_enum, hide_possible_values = true)]
    pub(crate) color: Option<When>,
    /// Print no progress, summaries or warnings, only results and errors
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Say more: each file that is skipped, and why
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

/// `auto`, `always` or `never`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    /// On a terminal.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Index(Index),
    Search(Search),
    Timeline(Timeline),
    Similar(Similar),
    Saved(Saved),
    Show(Show),
    Actors(Actors),
    Claims(Claims),
    Status(Status),
    Check(Check),
    Eval(Eval),
    Extract(Extract),
    Annotate(Annotate),
    Help(Help),
    Completions(Completions),
    Man(Man),
}

/// Where the index is.
#[derive(Debug, Args)]
pub(crate) struct At {
    /// Folder of the index
    #[arg(long, value_name = "DIR", default_value = "index")]
    pub(crate) index: PathBuf,
}

/// Read folders of articles into an index, or bring it up to date
///
/// Only files that are new or have changed are read; articles whose files are gone leave the index. The index is the same
/// as one built from nothing. One commit at the end: a search that runs meanwhile sees the index as it was.
#[derive(Debug, Args)]
pub(crate) struct Index {
    /// Folders or files of articles [default: corpus; with --rebuild, those of the index]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) at: At,
    /// Threads that read files [default: one a processor]
    #[arg(short = 'j', long, value_name = "N")]
    pub(crate) threads: Option<usize>,
    /// Of files with records (JSON, CSV): which field holds what, such as `text=content`; may be repeated. Usual names are found without
    ///
    /// Roles: text, title, authors, publisher, published, url, language, id. A dot leads into a field: `text=data.full`. The index remembers
    /// it; `ROLE=` forgets it.
    #[arg(long = "field", value_name = "ROLE=FIELD")]
    pub(crate) fields: Vec<String>,
    /// Read every file again, changed or not
    #[arg(long)]
    pub(crate) full: bool,
    /// Build the index anew beside the old one, which serves until the new one is whole; heals a damaged index
    #[arg(long, conflicts_with = "full")]
    pub(crate) rebuild: bool,
    /// Print the report as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Find articles by words, names and dates
///
/// The words of a query are wanted, not required: an article that has more of them, and the rarer ones, comes first.
/// `demarche help query` explains `+must`, `-not`, "phrases", `field:` and dates.
#[derive(Debug, Args)]
pub(crate) struct Search {
    /// The query; several arguments are joined by spaces
    #[arg(value_name = "QUERY", required_unless_present = "queries")]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) narrow: Narrow,
    #[command(flatten)]
    pub(crate) list: List,
    /// Order of the hits
    #[arg(
        long,
        value_enum,
        default_value = "relevance",
        value_name = "ORDER",
        hide_possible_values = true,
        help = "Order: relevance, newest or oldest"
    )]
    pub(crate) sort: Sort,
    /// Print the number of articles found, and nothing else
    #[arg(short = 'c', long, group = "form")]
    pub(crate) count: bool,
    /// Let words join the query that its best hits have in common: finds more articles, and more that are beside the point
    #[arg(long, help = "Let words join the query that its best hits have in common")]
    pub(crate) expand: bool,
    /// Say of each hit how its score came about
    #[arg(long, conflicts_with_all = ["files", "count"])]
    pub(crate) explain: bool,
    /// Show so many passages of each hit
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=50))]
    pub(crate) snippets: u8,
    /// Count the hits by: actor, kind, country, publisher, author, site, lang, stance, year, month
    #[arg(long, value_name = "LIST", help = "Count the hits by actor,year,… (`demarche help export`)", value_delimiter = ',', conflicts_with_all = ["count", "queries", "files", "csv", "ris", "bibtex", "csl_json"])]
    pub(crate) facets: Vec<String>,
    /// With --facets, at most this many values each
    #[arg(long, value_name = "N", default_value_t = 10, hide_short_help = true)]
    pub(crate) top: usize,
    /// Keep the search under a name, for `demarche saved`
    #[arg(long, value_name = "NAME", conflicts_with = "queries")]
    pub(crate) save: Option<String>,
    /// Run a file of queries: lines `id<TAB>words`, CSV or JSON with `id` and `query`, or TREC topics; `-` is standard input
    #[arg(long, value_name = "FILE", help = "Run a file of queries (`demarche help query`); `-` is standard input", conflicts_with_all = ["query", "folder", "form", "copies", "after"])]
    pub(crate) queries: Option<PathBuf>,
    /// What --queries prints
    #[arg(long, value_enum, value_name = "FORMAT", requires = "queries", hide_short_help = true)]
    pub(crate) format: Option<Format>,
}

/// What narrows a query down.
#[derive(Debug, Args)]
pub(crate) struct Narrow {
    #[command(flatten)]
    pub(crate) at: At,
    /// Bring the index of this folder up to date first, then search it
    #[arg(long = "in", value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
    /// Published on or after this day, month or year
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<String>,
    /// Published on or before this day, month or year
    #[arg(long, value_name = "DATE")]
    pub(crate) until: Option<String>,
    /// Names this actor, under any of its aliases; may be given again
    #[arg(long, value_name = "NAME")]
    pub(crate) actor: Vec<String>,
    /// Published by; may be given again
    #[arg(long, value_name = "NAME")]
    pub(crate) publisher: Vec<String>,
    /// Take every copy of a story for a story of its own
    #[arg(long)]
    pub(crate) no_collapse: bool,
}

/// Which hits of a list are printed, and how.
#[derive(Debug, Args)]
pub(crate) struct List {
    /// At most this many hits [default: 10; all with -l, --csv, --ris, --bibtex, --csl-json; 1000 with --queries]
    #[arg(short = 'n', long, value_name = "N", help = "At most this many hits [default: 10, or all in forms to take away]")]
    pub(crate) limit: Option<usize>,
    /// All hits
    #[arg(long, conflicts_with = "limit")]
    pub(crate) all: bool,
    /// Leave out this many hits first
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) offset: usize,
    /// Begin behind the hit with this cursor (in JSON output); it keeps its place when the index changes
    #[arg(long, value_name = "CURSOR", hide_short_help = true)]
    pub(crate) after: Option<String>,
    /// List with each hit the other articles that tell the same story in the same words
    #[arg(long, conflicts_with_all = ["ris", "bibtex", "csl_json"])]
    pub(crate) copies: bool,
    /// Print paths only, of all hits unless -n is given
    #[arg(short = 'l', long, group = "form")]
    pub(crate) files: bool,
    /// With -l, end each path with a NUL byte
    #[arg(short = '0', long = "null", requires = "files", hide_short_help = true)]
    pub(crate) null: bool,
    /// Print hits as JSON Lines (`demarche help json`)
    #[arg(long, group = "form")]
    pub(crate) json: bool,
    /// Print all hits as CSV, safe to open in a spreadsheet
    #[arg(long, group = "form")]
    pub(crate) csv: bool,
    /// Print all hits for a reference manager, as RIS
    #[arg(long, group = "form", help = "Print all hits for a reference manager: --ris, --bibtex or --csl-json")]
    pub(crate) ris: bool,
    /// Print all hits as BibTeX
    #[arg(long, group = "form", hide_short_help = true)]
    pub(crate) bibtex: bool,
    /// Print all hits as CSL-JSON
    #[arg(long, group = "form", hide_short_help = true)]
    pub(crate) csl_json: bool,
}

/// Draw when the hits of a query were published, or what times they name
///
/// In a pipe, a plain table of periods and counts. Copies of a story count once.
#[derive(Debug, Args)]
pub(crate) struct Timeline {
    /// The query; several arguments are joined by spaces
    #[arg(value_name = "QUERY", required = true)]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) narrow: Narrow,
    /// Which times count
    #[arg(long, value_enum, default_value = "published", value_name = "TIME")]
    pub(crate) of: TimeOf,
    /// How long a period is [default: chosen by the span]
    #[arg(long, value_enum, value_name = "UNIT")]
    pub(crate) unit: Option<Unit>,
    /// A lane each for the most frequent: actor, kind, country, publisher, author, site, lang, stance
    #[arg(long, value_name = "WHAT")]
    pub(crate) by: Option<String>,
    /// How many lanes
    #[arg(long, value_name = "N", default_value_t = 6)]
    pub(crate) lanes: usize,
    /// Print the timeline as JSON
    #[arg(long, group = "form")]
    pub(crate) json: bool,
    /// Print it as CSV
    #[arg(long, group = "form")]
    pub(crate) csv: bool,
    /// Write it to a file as a picture of its own; `-` is standard output
    #[arg(long, value_name = "FILE", group = "form")]
    pub(crate) svg: Option<PathBuf>,
    /// Write it to a file as a page with picture and table; `-` is standard output
    #[arg(long, value_name = "FILE", group = "form")]
    pub(crate) html: Option<PathBuf>,
}

/// Which times count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TimeOf {
    /// The day of publication.
    Published,
    /// The times an article names.
    Mentioned,
}

/// Length of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Unit {
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// Find articles like a given one
///
/// By its weightiest words and the actors it names. It and its copies are left out. A file that is not in the index is read by itself.
#[derive(Debug, Args)]
pub(crate) struct Similar {
    /// Id of a hit, or path of a file; `-` is standard input
    #[arg(value_name = "ID|PATH")]
    pub(crate) article: String,
    #[command(flatten)]
    pub(crate) narrow: Narrow,
    #[command(flatten)]
    pub(crate) list: List,
}

/// List saved searches, run one, or see what is new
///
/// `demarche search --save NAME QUERY` saves one. They are kept beside the index, in `index.saved.json`, and outlive it.
#[derive(Debug, Args)]
pub(crate) struct Saved {
    /// The search to run; without a name they are listed
    #[arg(value_name = "NAME")]
    pub(crate) name: Option<String>,
    #[command(flatten)]
    pub(crate) at: At,
    /// Only what has come since the last look; without a name, of every search
    #[arg(long)]
    pub(crate) new: bool,
    /// Forget the search
    #[arg(long, requires = "name", conflicts_with = "new")]
    pub(crate) remove: bool,
    #[command(flatten)]
    pub(crate) list: List,
}

/// Order of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sort {
    /// Best first.
    Relevance,
    /// Latest publication first; undated last.
    Newest,
    /// Earliest publication first; undated last.
    Oldest,
}

/// What a batch of queries prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A TREC run: query, Q0, document, rank, score, name.
    Trec,
    /// JSON Lines, each hit with its query's id.
    Json,
}

/// Read one article, clean, with its fields
///
/// Takes the id of a hit (its first letters are enough) or a path. A file that is not in the index is read by itself.
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// Id of a hit, or path of a file
    #[arg(value_name = "ID|PATH", required = true)]
    pub(crate) articles: Vec<String>,
    #[command(flatten)]
    pub(crate) at: At,
    /// Show what was removed too, in its place, each block with its rule
    #[arg(long)]
    pub(crate) removed: bool,
    /// Light up actors and dates in the text, and list them with the reason for each
    #[arg(short, long)]
    pub(crate) annotations: bool,
    /// Print the article as JSON
    #[arg(long, conflicts_with_all = ["removed", "annotations"])]
    pub(crate) json: bool,
}

/// List who is named, or tell what is known of one actor
///
/// With a NAME: its other names and who uses them, the articles that name it, when, and with whom.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Actors {
    /// What else to do.
    #[command(subcommand)]
    pub(crate) command: Option<ActorsCommand>,
    /// Any name or alias of an actor
    #[arg(value_name = "NAME")]
    pub(crate) name: Vec<String>,
    /// List the lists that were imported, or with --json their actors
    #[arg(long, conflicts_with_all = ["name", "kind", "limit"])]
    pub(crate) imported: bool,
    #[command(flatten)]
    pub(crate) at: At,
    /// Only this kind: threat-group, state, agency, company, person or other
    #[arg(long, value_name = "KIND")]
    pub(crate) kind: Option<String>,
    /// At most this many of each kind, or this many articles [default: 20; 0 for all]
    #[arg(short = 'n', long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Print JSON Lines
    #[arg(long)]
    pub(crate) json: bool,
}

/// List who accuses whom, of what, since when
///
/// Claims of attribution that the sentences of the articles make: accusations, links, sanctions, charges, denials, calls. Each is read by a
/// rule that `--json` names, from a sentence that it shows. With a QUERY (`demarche help query`) those of the articles that it finds. Copies
/// of a story count once. `demarche help accusations` tells what counts as a claim.
#[derive(Debug, Args)]
pub(crate) struct Claims {
    /// The query; several arguments are joined by spaces [default: all articles]
    #[arg(value_name = "QUERY")]
    pub(crate) query: Vec<String>,
    #[command(flatten)]
    pub(crate) at: At,
    /// Bring the index of this folder up to date first
    #[arg(long = "in", value_name = "FOLDER")]
    pub(crate) folder: Option<PathBuf>,
    /// Made by this actor, under any alias; `NAME+` with its parts, `unnamed` by nobody named; may be given again
    #[arg(long, value_name = "NAME")]
    pub(crate) accuser: Vec<String>,
    /// About this actor; may be given again
    #[arg(long, value_name = "NAME")]
    pub(crate) accused: Vec<String>,
    /// Only accuses, links, sanctions, charges, denies or urges; may be given again
    #[arg(long, value_name = "STANCE")]
    pub(crate) stance: Vec<String>,
    /// At most this many claims [default: 50 in a table, else all; 0 for all]
    #[arg(short = 'n', long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// Count the claims of every copy of a story
    #[arg(long)]
    pub(crate) no_collapse: bool,
    /// Print each claim with its sentence and its rule
    #[arg(short, long, conflicts_with_all = ["json", "csv", "stix", "dot", "matrix", "timeline"])]
    pub(crate) sentences: bool,
    /// Print how often each accuser accuses each accused
    #[arg(long, conflicts_with_all = ["json", "csv", "stix", "dot", "timeline"])]
    pub(crate) matrix: bool,
    /// Print how many claims each month has: a plot on a terminal, a table in a pipe
    #[arg(long, conflicts_with_all = ["json", "csv", "stix", "dot"])]
    pub(crate) timeline: bool,
    /// Print JSON Lines (`demarche help json`)
    #[arg(long, conflicts_with_all = ["csv", "stix", "dot"])]
    pub(crate) json: bool,
    /// Print CSV, safe to open in a spreadsheet
    #[arg(long, conflicts_with_all = ["stix", "dot"])]
    pub(crate) csv: bool,
    /// Print a STIX 2.1 bundle
    #[arg(long, conflicts_with = "dot")]
    pub(crate) stix: bool,
    /// Print a graph for Graphviz
    #[arg(long)]
    pub(crate) dot: bool,
}

/// Changes to what is known of actors.
#[derive(Debug, Subcommand)]
pub(crate) enum ActorsCommand {
    Import(Import),
    Forget(Forget),
}

/// Add a list of your own to the table of actors
///
/// An ATT&CK STIX bundle, a MISP galaxy cluster, Microsoft's naming map, or a CSV with a header: name, and if you like id,
/// aliases (parted by `;`), country (two letters), kind and parent (an id). What it is, its content tells. The list is kept in the
/// index, also when that is built anew; articles that it touches are annotated again. A list of the same name is replaced.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// The list
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) at: At,
    /// Name of the list, shown as the source of every name in it [default: that of the file]
    #[arg(long = "as", value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Print what was done as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Take a list of your own away again
#[derive(Debug, Args)]
pub(crate) struct Forget {
    /// Name of the list (`demarche actors --imported`)
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    #[command(flatten)]
    pub(crate) at: At,
    /// Print what was done as JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Tell what an index holds and whether it is up to date
#[derive(Debug, Args)]
pub(crate) struct Status {
    #[command(flatten)]
    pub(crate) at: At,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Look an index through for damage
///
/// Reads every file and holds it against its checksum, and every document against what was committed. Names each file that is not as it
/// was written, and ends with exit code 2 where there is one.
#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) at: At,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// Measure how well searches answer queries with known answers
///
/// Prints nDCG@10, MAP, MRR and recall among the first 100 as trec_eval defines them (with its -c: a query without an answer counts 0).
/// With --queries the index is searched, with --run a run of any program is measured; of two, or of one and the index, the difference
/// and how likely chance would make it as large (randomisation test, paired t-test).
#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("source").args(["queries", "run"]).multiple(true).required(true))]
pub(crate) struct Eval {
    /// Queries: lines `id<TAB>words`, CSV or JSON with `id` and `query`, or TREC topics
    #[arg(long, value_name = "FILE")]
    pub(crate) queries: Option<PathBuf>,
    /// Judgements: lines of query, 0, document, grade; a document is named by its path, its file name, or that without ending
    #[arg(long, value_name = "FILE")]
    pub(crate) qrels: PathBuf,
    /// A TREC run to measure; may be given twice, to compare
    #[arg(long, value_name = "FILE")]
    pub(crate) run: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) at: At,
    /// Search without these parts of the rank, parted by commas
    #[arg(long, value_name = "PART", value_delimiter = ',', requires = "queries")]
    pub(crate) without: Vec<String>,
    /// Search with another weight of a part: proximity=0.2
    #[arg(long, value_name = "WEIGHT=NUMBER", value_delimiter = ',', requires = "queries")]
    pub(crate) set: Vec<String>,
    /// Search with words added that the best hits have in common
    #[arg(long, requires = "queries")]
    pub(crate) expand: bool,
    /// Leave out the parts of the rank one by one, and compare
    #[arg(long, requires = "queries", conflicts_with = "run")]
    pub(crate) ablation: bool,
    /// Print the measures of each query too
    #[arg(long)]
    pub(crate) by_query: bool,
    /// Print JSON Lines: one object a query and run, then one with the means
    #[arg(long)]
    pub(crate) json: bool,
}

/// Print the articles of files as JSON Lines, without an index
#[derive(Debug, Args)]
pub(crate) struct Extract {
    /// Files and folders; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    pub(crate) paths: Vec<PathBuf>,
    /// Of files with records (JSON, CSV): which field holds what, such as `text=content`; may be repeated. Usual names are found without
    ///
    /// Roles: text, title, authors, publisher, published, url, language, id. A dot leads into a field: `text=data.full`.
    #[arg(long = "field", value_name = "ROLE=FIELD")]
    pub(crate) fields: Vec<String>,
    /// Say of each block whether it was kept, by which rule, and what was measured of it
    #[arg(long)]
    pub(crate) explain: bool,
    /// With --explain, print JSON Lines (without it, that is what is printed anyway)
    #[arg(long)]
    pub(crate) json: bool,
    /// Threads that read files [default: one a processor]
    #[arg(short = 'j', long, value_name = "N")]
    pub(crate) threads: Option<usize>,
}

/// Find actors, dates and claims in texts: JSON Lines in, JSON Lines out
///
/// Reads `{"id": …, "text": …, "published": "YYYY-MM-DD"}` a line from standard input; `published` may be left out.
#[derive(Debug, Args)]
pub(crate) struct Annotate {}

/// Explain a command or a topic
#[derive(Debug, Args)]
pub(crate) struct Help {
    /// A command, or one of: query, json, exit-codes, copies, export, formats, rules
    pub(crate) topic: Option<String>,
}

/// Print the completion script of a shell
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// Which shell
    pub(crate) shell: clap_complete::Shell,
}

/// Print the man page, or write those of all commands
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Folder to write one page a command to
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}
