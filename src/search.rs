//! The index as an embedder sees it: open it, search it, read articles from it.

mod cursor;
mod facets;
mod hits;
mod options;
mod saved;
mod similar;
mod timeline;

use crate::analysis::Language;
use crate::article::{ActorKind, Article};
use crate::error::{Error, Result};
use crate::index::{Checked, Days, Found, Order, Plan, Reader, Roots, Store, Test, day_of, day_text, guarded};
use crate::knowledge::Knowledge;
use crate::query::{Query, actor_test, lower};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, PoisonError, RwLock};

pub use cursor::{BadCursor, Cursor};
pub use facets::{FacetCounts, FacetValue, Facets};
pub use hits::{Hit, HitActor, Hits, MatchedActor, UnknownActor, UnknownWord};
pub use options::{SearchOptions, Sort};
pub use saved::{Saved, SavedSearch};
pub use timeline::{Lane, Period, TimeOf, Timeline, TimelineOptions, Unit};

use hits::{Meant, Telling, hit};

/// An index of articles in a folder of its own.
///
/// Cheap to open and safe to share between threads. Searches see the last commit at the time the index was opened or
/// [reloaded](Index::reload), undisturbed by a writer.
///
/// ```
/// # let dir = tempfile::tempdir().unwrap();
/// # let (index_dir, folder) = (dir.path().join("index"), dir.path().join("articles"));
/// # std::fs::create_dir(&folder).unwrap();
/// # std::fs::write(folder.join("note.txt"), "The ministry blamed a foreign service for the intrusion into its mail servers.").unwrap();
/// use demarche::{Index, Query, SearchOptions, SyncOptions};
///
/// let index = Index::create(&index_dir)?;
/// index.sync(&[folder], &SyncOptions::default(), &mut |_| {})?;
/// let hits = index.search(&Query::parse("blamed intrusion").unwrap(), &SearchOptions::default())?;
/// assert_eq!(hits.total, 1);
/// println!("{} {}", hits.hits[0].rank, hits.hits[0].path);
/// # Ok::<(), demarche::Error>(())
/// ```
#[derive(Debug)]
pub struct Index {
    pub(crate) store: Store,
    reader: RwLock<Arc<Reader>>,
    /// The table with the user's lists, and the lists it was made of.
    knowledge: RwLock<Option<(String, Arc<Knowledge>)>>,
}

/// One line of the list of actors of an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ActorCount {
    /// Id in the knowledge table.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// What kind of actor.
    pub kind: ActorKind,
    /// Articles that name it.
    pub articles: usize,
    /// Day of the first of them, where known.
    pub first: Option<String>,
    /// Day of the last of them, where known.
    pub last: Option<String>,
}

/// What an index holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Status {
    /// Articles.
    pub articles: u64,
    /// Stories that stand in the index more than once.
    pub stories: usize,
    /// Articles that are copies of others: of every such story all but the first.
    pub copies: usize,
    /// Files that hold several of the articles.
    pub containers: usize,
    /// Files that hold no article, by reason.
    pub skipped: BTreeMap<String, usize>,
    /// Articles without a day of publication.
    pub undated: u64,
    /// Days of the first and the last publication.
    pub published: Option<(String, String)>,
    /// Words of all texts.
    pub words: u64,
    /// The files and folders that were indexed, as they were first given.
    pub roots: Vec<String>,
    /// The user's own lists of actors.
    pub lists: Vec<ListStatus>,
    /// Bytes on disk.
    pub bytes: u64,
}

/// A list of actors that an index holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ListStatus {
    /// Its name.
    pub name: String,
    /// The file it was read from.
    pub file: String,
    /// Its actors.
    pub actors: usize,
}

impl Index {
    /// Opens the index in `folder`.
    ///
    /// # Errors
    /// [`Error::NoIndex`] where there is none, [`Error::NotAnIndex`] where the folder holds something else, [`Error::Format`] where another
    /// version of the program wrote it.
    pub fn open(folder: impl AsRef<Path>) -> Result<Index> {
        Self::with(Store::open(folder.as_ref())?)
    }

    /// Opens the index in `folder`, or makes an empty one where there is none or one of an older format.
    ///
    /// # Errors
    /// As [`open`](Index::open), and where the folder cannot be written.
    pub fn create(folder: impl AsRef<Path>) -> Result<Index> {
        Self::with(Store::create(folder.as_ref())?)
    }

    /// Looks the index in `folder` through: every file against its checksum, every document against what is committed. Reads all of it.
    ///
    /// # Errors
    /// [`Error::NoIndex`], [`Error::NotAnIndex`], [`Error::Format`] as [`open`](Index::open). Damage is no error: it is told in the answer.
    ///
    /// ```
    /// # let dir = tempfile::tempdir().unwrap();
    /// # let folder = dir.path().join("index");
    /// use demarche::{Article, Index};
    /// Index::create(&folder)?.add([Article { path: "a".into(), body: "A breach.".into(), ..Article::default() }])?;
    /// let checked = Index::check(&folder)?;
    /// assert_eq!((checked.documents, checked.problems.len()), (1, 0));
    /// # Ok::<(), demarche::Error>(())
    /// ```
    pub fn check(folder: impl AsRef<Path>) -> Result<Checked> {
        crate::index::check(folder.as_ref())
    }

    pub(crate) fn with(store: Store) -> Result<Index> {
        let reader = RwLock::new(Arc::new(store.reader()?));
        Ok(Index { store, reader, knowledge: RwLock::new(None) })
    }

    /// Looks at the last commit from now on.
    ///
    /// # Errors
    /// Where the index can no longer be read.
    pub fn reload(&self) -> Result<()> {
        let reader = Arc::new(self.store.reader()?);
        *self.reader.write().unwrap_or_else(PoisonError::into_inner) = reader;
        Ok(())
    }

    pub(crate) fn view(&self) -> Arc<Reader> {
        self.reader.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The table of actors with the lists that were [added](Index::import) to this index. Made on first use.
    ///
    /// # Errors
    /// Where the lists cannot be read.
    pub fn knowledge(&self) -> Result<Arc<Knowledge>> {
        let view = self.view();
        let lists = &view.commit.lists;
        if let Some((_, known)) =
            self.knowledge.read().unwrap_or_else(PoisonError::into_inner).as_ref().filter(|(made_of, _)| made_of == lists)
        {
            return Ok(Arc::clone(known));
        }
        let known = crate::sync::knowledge(lists)?;
        *self.knowledge.write().unwrap_or_else(PoisonError::into_inner) = Some((lists.clone(), Arc::clone(&known)));
        Ok(known)
    }

    /// The articles that answer a query.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn search(&self, query: &Query, options: &SearchOptions) -> Result<Hits> {
        let mut hits = Vec::new();
        let found = self.each_hit(query, options, &mut |hit| {
            hits.push(hit);
            true
        })?;
        Ok(Hits { hits, ..found })
    }

    /// Hands over the articles that answer a query one by one, in order, each read only then, until `each` returns false. Tells how many
    /// there are; the list of hits in the answer is empty.
    ///
    /// # Errors
    /// Where the index cannot be read.
    ///
    /// ```
    /// # let dir = tempfile::tempdir().unwrap();
    /// use demarche::{Article, Index, Query, SearchOptions};
    /// let index = Index::create(dir.path().join("index"))?;
    /// index.add([Article { path: "a".into(), body: "A breach of the mail servers.".into(), ..Article::default() }])?;
    /// let every = SearchOptions { limit: usize::MAX, ..SearchOptions::default() };
    /// let mut paths = Vec::new();
    /// let found = index.each_hit(&Query::words("breach"), &every, &mut |hit| {
    ///     paths.push(hit.path);
    ///     true
    /// })?;
    /// assert_eq!((found.total, paths), (1, vec!["a".to_owned()]));
    /// # Ok::<(), demarche::Error>(())
    /// ```
    pub fn each_hit(&self, query: &Query, options: &SearchOptions, each: &mut dyn FnMut(Hit) -> bool) -> Result<Hits> {
        let asked = self.asked(query, options)?;
        let found = self.rank(&asked, options)?;
        let before = options.after.map_or(0, |cursor| cursor.place(&found.hits, options.sort)).saturating_add(options.offset);
        let end = before.saturating_add(options.limit).min(found.hits.len());
        self.show(&asked, options, &found, &mut (before..end), each)?;
        let (unknown_actors, unknown_words) =
            guarded(self.store.path(), || Ok((self.unknown_actors(&asked, found.total)?, self.unknown_words(&asked, &found)?)))?;
        Ok(Hits { total: found.total, copies: found.copies, hits: Vec::new(), unknown_actors, unknown_words })
    }

    /// What a query means in this index as it is now.
    fn asked(&self, query: &Query, options: &SearchOptions) -> Result<Asked> {
        guarded(self.store.path(), || {
            let view = self.view();
            let plan = self.ready(&view, query, options)?;
            Ok((view, plan))
        })
    }

    /// As many hits in order as the options ask to see.
    fn rank(&self, (view, plan): &Asked, options: &SearchOptions) -> Result<Found> {
        // Where a cursor points to is found by looking.
        let limit = if options.after.is_some() { usize::MAX } else { options.offset.saturating_add(options.limit) };
        view.rank(plan, &options.ranking, order(options.sort), limit, options.explain)
    }

    /// The actors of the index that go by the names asked for.
    fn meant(&self, view: &Reader, plan: &Plan) -> Result<Vec<Meant>> {
        let mut meant = Vec::new();
        for (key, asked) in &plan.actors {
            let ids = if asked.ends_with('+') { self.family(view, key)? } else { view.actors_of(key)? };
            meant.push(Meant { asked: asked.clone(), key: None, ids });
        }
        Ok(meant)
    }

    /// Hands over the hits at the given places.
    fn show(
        &self,
        (view, plan): &Asked,
        options: &SearchOptions,
        found: &Found,
        places: &mut dyn Iterator<Item = usize>,
        each: &mut dyn FnMut(Hit) -> bool,
    ) -> Result<()> {
        let mut meant = guarded(self.store.path(), || self.meant(view, plan))?;
        // The table of actors is only needed, and only loaded, where an actor was asked for.
        let known = if meant.is_empty() { None } else { Some(self.knowledge()?) };
        meant.extend(plan.named.iter().map(|n| Meant { asked: n.asked.clone(), key: Some(n.key.clone()), ids: n.ids.clone() }));
        let telling = Telling { plan, meant: &meant, known: known.as_deref(), weights: &found.weights, snippets: options.snippets };
        for place in places {
            let Some(ranked) = found.hits.get(place) else { break };
            let copies = if options.fold { guarded(self.store.path(), || view.copies_of(ranked.id))? } else { Vec::new() };
            let (cursor, explanation) = (Some(Cursor::of(ranked, options.sort)), found.why.get(place).cloned());
            if !each(Hit { copies, cursor, explanation, ..hit(place + 1, ranked, &view.article(ranked.at)?, &telling) }) {
                break;
            }
        }
        Ok(())
    }

    /// The actors asked for that nobody knows, where nothing was found.
    fn unknown_actors(&self, (view, plan): &Asked, total: usize) -> Result<Vec<UnknownActor>> {
        let mut unknown = Vec::new();
        if total > 0 || plan.actors.is_empty() {
            return Ok(unknown);
        }
        let known = self.knowledge()?;
        for Meant { asked, ids, .. } in self.meant(view, plan)? {
            if ids.is_empty() && known.lookup(&asked).is_empty() {
                unknown.push(UnknownActor { like: self.similar_actors(&asked)?, asked });
            }
        }
        Ok(unknown)
    }

    /// The words asked for that no article has.
    fn unknown_words(&self, (view, plan): &Asked, found: &Found) -> Result<Vec<UnknownWord>> {
        let mut unknown = Vec::new();
        for word in found.unknown.iter().filter_map(|&i| plan.wanted.get(i)) {
            if word.pattern.is_none() && !word.joined && !word.stop && unknown.len() < SUGGESTED {
                unknown.push(UnknownWord { asked: word.word.clone(), like: view.spelt_like(&word.word, 3)? });
            }
        }
        Ok(unknown)
    }

    /// Names of actors like one that nobody has, best first: those of the table, of the user's lists, and of the articles.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn similar_actors(&self, name: &str) -> Result<Vec<String>> {
        guarded(self.store.path(), || {
            /// More are of no help.
            const MOST: usize = 3;
            let (known, counts) = (self.knowledge()?, self.view().actor_counts()?);
            let listed = known.actors().iter().flat_map(|a| &a.aliases).map(|a| a.name.as_str());
            let named = counts.keys().map(|(_, _, name)| name.as_str());
            Ok(crate::knowledge::similar(name, listed.chain(named), MOST).into_iter().map(str::to_owned).collect())
        })
    }

    /// Who goes by a name in the articles, whether the table has it or not; ids, sorted.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn actors_named(&self, name: &str) -> Result<Vec<String>> {
        guarded(self.store.path(), || Ok(self.view().actors_of(&crate::index::actor_key(name))?.into_iter().collect()))
    }

    /// Ids of the actors that go by the name with this key, and of their parts.
    pub(crate) fn family(&self, view: &Reader, key: &str) -> Result<BTreeSet<String>> {
        let (known, mut ids) = (self.knowledge()?, view.actors_of(key)?);
        ids.extend(known.lookup(key).into_iter().map(|a| a.id.clone()));
        let parts: Vec<String> = ids.iter().flat_map(|id| known.parts(id)).collect();
        ids.extend(parts);
        Ok(ids)
    }

    /// The plan of a query on the index at hand.
    fn ready(&self, view: &Reader, query: &Query, options: &SearchOptions) -> Result<Plan> {
        let mut plan = plan(query, &view.languages()?, options, &view.commit.roots);
        view.expand(&mut plan)?;
        self.put_families(view, &mut plan)?;
        if options.ranking.alias > 0.0 {
            view.name_actors(&mut plan)?;
        }
        if options.expand { view.expanded(&plan, &options.ranking) } else { Ok(plan) }
    }

    /// Puts the members of a family in the place of each condition on one.
    pub(crate) fn put_families(&self, view: &Reader, plan: &mut Plan) -> Result<()> {
        let mut open: Vec<&mut Test> = plan.required.iter_mut().collect();
        while let Some(test) = open.pop() {
            match test {
                Test::ActorFamily(key) => {
                    let ids = self.family(view, key)?;
                    let members = ids.iter().map(|id| Test::Actor(crate::index::actor_key(id)));
                    *test = Test::Any(std::iter::once(Test::Actor(key.clone())).chain(members).collect());
                }
                Test::Claim { accused, key, family: true } => {
                    let (ids, accused) = (self.family(view, key)?, *accused);
                    let own = Test::Claim { accused, key: key.clone(), family: false };
                    let members = ids.iter().map(|id| Test::Claim { accused, key: crate::index::actor_key(id), family: false });
                    *test = Test::Any(std::iter::once(own).chain(members).collect());
                }
                Test::All(parts) | Test::Any(parts) | Test::AtLeast(_, parts) => open.extend(parts),
                Test::Not(part) => open.push(part),
                _ => {}
            }
        }
        Ok(())
    }

    /// Paths and scores of the articles that answer a query, best first: what an evaluation needs, without reading the articles.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn run(&self, query: &Query, options: &SearchOptions) -> Result<Vec<(String, f32)>> {
        guarded(self.store.path(), || {
            let view = self.view();
            let plan = self.ready(&view, query, options)?;
            let limit = options.offset.saturating_add(options.limit);
            let found = view.rank(&plan, &options.ranking, order(options.sort), limit, false)?;
            found.hits.iter().skip(options.offset).map(|r| Ok((view.path_of(r.at)?, r.score))).collect()
        })
    }

    /// The article at a path, or the one whose id begins so.
    ///
    /// # Errors
    /// [`Error::NoArticle`] where there is none, [`Error::Ambiguous`] where several ids begin so.
    pub fn get(&self, id_or_path: &str) -> Result<Article> {
        guarded(self.store.path(), || {
            let view = self.view();
            if let Some(at) = view.by_path(id_or_path)? {
                return view.article(at);
            }
            if let Some(at) = view.by_path(&known_name(Path::new(id_or_path), &view.commit.roots))? {
                return view.article(at);
            }
            let id = id_or_path.to_ascii_lowercase();
            let found = if id.is_empty() { Vec::new() } else { view.by_id(&id, 11)? };
            match found.as_slice() {
                [] => Err(Error::NoArticle { asked: id_or_path.to_owned() }),
                [(_, at)] => view.article(*at),
                many => {
                    Err(Error::Ambiguous { asked: id_or_path.to_owned(), ids: many.iter().take(10).map(|(id, _)| id.clone()).collect() })
                }
            }
        })
    }

    /// Who is named, most articles first.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn actors(&self) -> Result<Vec<ActorCount>> {
        guarded(self.store.path(), || {
            let mut counts: Vec<ActorCount> = self
                .view()
                .actor_counts()?
                .into_iter()
                .map(|((id, kind, name), (articles, first, last))| ActorCount {
                    id,
                    name,
                    kind: ActorKind::from_name(&kind).unwrap_or(ActorKind::Other),
                    articles,
                    first: first.and_then(day_text),
                    last: last.and_then(day_text),
                })
                .collect();
            counts.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.id.cmp(&b.id)));
            Ok(counts)
        })
    }

    /// What the index holds.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn status(&self) -> Result<Status> {
        guarded(self.store.path(), || {
            let view = self.view();
            let mut status = Status {
                articles: view.commit.articles,
                words: view.commit.body_words + view.commit.title_words,
                roots: view.commit.roots.given().map(str::to_owned).collect(),
                lists: self.lists()?.into_iter().map(|l| ListStatus { name: l.name, file: l.file, actors: l.records.len() }).collect(),
                ..Status::default()
            };
            status.containers = view.containers()?;
            let (members, stories) = view.copies.counts();
            (status.stories, status.copies) = (stories, members - stories);
            view.skipped()?.into_iter().for_each(|(_, reason)| *status.skipped.entry(reason).or_default() += 1);
            let (dated, first, last) = view.published_span()?;
            status.undated = status.articles.saturating_sub(dated);
            status.published = day_text(first).zip(day_text(last));
            let files = std::fs::read_dir(self.store.path()).map(|d| d.flatten().collect()).unwrap_or_else(|_| Vec::new());
            status.bytes = files.iter().filter_map(|f| f.metadata().ok()).filter(|m| m.is_file()).map(|m| m.len()).sum();
            Ok(status)
        })
    }
}

fn order(sort: Sort) -> Order {
    match sort {
        Sort::Relevance => Order::Relevance,
        Sort::Newest => Order::Newest,
        Sort::Oldest => Order::Oldest,
    }
}

/// The query with the options that narrow it down.
pub(crate) fn plan(query: &Query, languages: &[Language], options: &SearchOptions, roots: &Roots) -> Plan {
    let mut plan = lower(query, languages);
    plan.fold = options.fold;
    let mut narrow = Vec::new();
    if options.since.is_some() || options.until.is_some() {
        let days = Days { first: options.since.map_or(i64::MIN, day_of), last: options.until.map_or(i64::MAX, day_of) };
        narrow.push(Test::Published(days));
    }
    for actor in &options.actors {
        narrow.push(actor_test(&mut plan, actor));
    }
    if !options.publishers.is_empty() {
        narrow.push(Test::Any(options.publishers.iter().map(|p| crate::query::publisher_test(p)).collect()));
    }
    narrow.extend(options.below.as_ref().map(|below| Test::Below(known_name(below, roots))));
    if !narrow.is_empty() {
        narrow.extend(plan.required.take());
        plan.required = Some(Test::All(narrow));
    }
    plan
}

/// The path by which the index knows a file or folder, however it is given.
fn known_name(path: &Path, roots: &Roots) -> String {
    let given = crate::walk::tidy(path);
    let look = if given.as_os_str().is_empty() { Path::new(".") } else { given.as_path() };
    let place = look.canonicalize().ok();
    let name = place.as_ref().and_then(|place| roots.name(&crate::walk::text(place))).unwrap_or_else(|| crate::walk::text(&given));
    place.map(|place| crate::walk::apart(&name, &place).into_owned()).unwrap_or(name)
}

/// A view of the index with what is asked of it.
type Asked = (Arc<Reader>, Plan);

/// Unknown words of a query that others are looked for.
const SUGGESTED: usize = 3;
