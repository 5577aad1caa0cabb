//! `demarche eval`: queries with known answers to measures of the search, or of other programs' runs.

use super::error::CommandError;
use super::opts;
use super::search::{queries, read};
use super::ui::{Exit, Ui};
use demarche::eval::{AskedQuery, Comparison, Evaluation, Judgements, Measure, Measures, Run, compare};
use demarche::present::{Align, Table};
use demarche::{Index, Query, Ranking, SearchOptions};
use std::io::Write;
use std::path::Path;

/// Hits of a query that are measured, as in TREC runs.
const HITS: usize = 1000;

pub(super) fn run(args: &opts::Eval, ui: &Ui) -> Result<Exit, CommandError> {
    if args.run.len() > 2 {
        return Err(CommandError::new("--run is given more than twice").hint("compare two runs at a time"));
    }
    let judged = Judgements::parse(&read(&args.qrels)?).map_err(|e| CommandError::new(format!("{}, {e}", args.qrels.display())))?;
    if judged.queries().next().is_none() {
        return Err(CommandError::new(format!("{}: no judgements", args.qrels.display())));
    }
    let mut measured: Vec<(String, Evaluation)> = Vec::new();
    for file in &args.run {
        let run = Run::parse(&read(file)?).map_err(|e| CommandError::new(format!("{}, {e}", file.display())))?;
        measured.push((file.display().to_string(), evaluation(run, &judged, file, ui)));
    }
    if let Some(file) = &args.queries {
        let (index, queries) = (Index::open(&args.at.index)?, queries(file)?);
        let ranking = ranking(args)?;
        let mut measure = |name: String, ranking: Ranking| -> Result<(), CommandError> {
            let run = search(&index, &queries, ranking, args.expand)?;
            measured.push((name, evaluation(run, &judged, file, ui)));
            Ok(())
        };
        measure("demarche".to_owned(), ranking.clone())?;
        for (part, _) in Ranking::parts().filter(|_| args.ablation) {
            let mut less = ranking.clone();
            less.switch_off(part);
            measure(format!("without {part}"), less)?;
        }
    }
    let mut out = ui.out();
    if args.json {
        json(&mut out, &measured)?;
    } else {
        if args.by_query {
            by_query(&mut out, &measured, ui)?;
        }
        means(&mut out, &measured, ui)?;
    }
    out.flush()?;
    Ok(Exit::Found)
}

/// The weights that the flags ask for.
fn ranking(args: &opts::Eval) -> Result<Ranking, CommandError> {
    let mut ranking = Ranking::default();
    for text in &args.set {
        let known = text.split_once('=').is_some_and(|(name, value)| value.parse().is_ok_and(|v: f32| ranking.set(name.trim(), v)));
        if !known {
            let names: Vec<&str> = Ranking::weights().collect();
            let hint = format!("write a name and a number, as in --set k1=1.2; the weights are {}", names.join(", "));
            return Err(CommandError::new(format!("--set: `{text}` sets no weight")).hint(hint));
        }
    }
    for part in &args.without {
        if !ranking.switch_off(part.trim()) {
            let parts: Vec<&str> = Ranking::parts().map(|(name, _)| name).collect();
            return Err(
                CommandError::new(format!("--without: the rank has no part `{part}`")).hint(format!("the parts are {}", parts.join(", ")))
            );
        }
    }
    Ok(ranking)
}

fn search(index: &Index, queries: &[AskedQuery], ranking: Ranking, expand: bool) -> Result<Run, CommandError> {
    // Judgements are of documents, copies or not.
    let options = SearchOptions { limit: HITS, ranking, expand, fold: false, ..SearchOptions::default() };
    let mut run = Run::default();
    for AskedQuery { id, text } in queries {
        run.insert(id, index.run(&Query::words(text), &options)?);
    }
    Ok(run)
}

fn evaluation(run: Run, judged: &Judgements, file: &Path, ui: &Ui) -> Evaluation {
    let run = run.renamed(|path| judged.name_of(path).to_owned());
    let silent = judged.queries().filter(|q| run.documents(q).is_empty()).count();
    if silent > 0 {
        ui.note(&format!("{}: {silent} of {} judged queries have no hits and count 0", file.display(), judged.queries().count()));
    }
    Evaluation::of(&run, judged)
}

/// Of two evaluations: each measure, from the first to the other.
fn comparison(first: &Evaluation, other: &Evaluation, measure: Measure) -> Comparison {
    compare(&first.values(measure), &other.values(measure))
}

fn number(value: f64) -> String {
    format!("{value:.4}")
}

fn by_query(out: &mut impl Write, measured: &[(String, Evaluation)], ui: &Ui) -> Result<(), CommandError> {
    let mut head = vec![("query", Align::Left), ("run", Align::Left)];
    head.extend(Measure::ALL.iter().map(|(_, name)| (*name, Align::Right)));
    let mut table = Table::new(&head);
    let queries = measured.first().map_or(0, |(_, e)| e.queries.len());
    for i in 0..queries {
        for (name, evaluation) in measured {
            let Some((query, values)) = evaluation.queries.get(i) else { continue };
            table.row([query.clone(), name.clone()].into_iter().chain(Measure::ALL.iter().map(|(m, _)| number(values.get(*m)))));
        }
    }
    table.write(out, ui.palette)?;
    writeln!(out)?;
    Ok(())
}

fn means(out: &mut impl Write, measured: &[(String, Evaluation)], ui: &Ui) -> Result<(), CommandError> {
    let queries = measured.first().map_or(0, |(_, e)| e.queries.len());
    writeln!(out, "mean of {queries} queries")?;
    let mut head = vec![("", Align::Left)];
    head.extend(Measure::ALL.iter().map(|(_, name)| (*name, Align::Right)));
    let mut table = Table::new(&head);
    for (name, evaluation) in measured {
        let mean = evaluation.mean();
        table.row([name.clone()].into_iter().chain(Measure::ALL.iter().map(|(m, _)| number(mean.get(*m)))));
    }
    table.write(out, ui.palette)?;
    let Some(((first, base), others)) = measured.split_first().filter(|(_, others)| !others.is_empty()) else { return Ok(()) };
    writeln!(out, "\nagainst {first}: difference, queries better and worse, chance of as much (randomisation, t-test)")?;
    let columns = [("", Align::Left), ("", Align::Left), ("difference", Align::Right), ("better", Align::Right), ("worse", Align::Right)];
    let mut table = Table::new(&[&columns[..], &[("p", Align::Right), ("p (t)", Align::Right)]].concat());
    for (name, evaluation) in others {
        // One line a part tells enough of an ablation.
        for (measure, label) in Measure::ALL.iter().take(if others.len() > 1 { 1 } else { 4 }) {
            let c = comparison(base, evaluation, *measure);
            let cells = [name.clone(), (*label).to_owned(), format!("{:+.4}", c.difference), c.better.to_string(), c.worse.to_string()];
            table.row(cells.into_iter().chain([number(c.p_random), number(c.p_t)]));
        }
    }
    table.write(out, ui.palette)?;
    Ok(())
}

#[derive(serde::Serialize)]
struct Row<'a> {
    run: &'a str,
    /// Nothing for the means.
    query: Option<&'a str>,
    #[serde(flatten)]
    measures: Measures,
    #[serde(skip_serializing_if = "Option::is_none")]
    queries: Option<usize>,
    /// Against the first run, by measure.
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Against<'a>>,
}

#[derive(serde::Serialize)]
struct Against<'a> {
    run: &'a str,
    ndcg10: Comparison,
    map: Comparison,
    mrr: Comparison,
    recall100: Comparison,
}

fn json(out: &mut impl Write, measured: &[(String, Evaluation)]) -> Result<(), CommandError> {
    let mut line = |row: Row<'_>| -> Result<(), CommandError> {
        serde_json::to_writer(&mut *out, &super::Formatted::new(&row))?;
        writeln!(out)?;
        Ok(())
    };
    for (run, evaluation) in measured {
        for (query, measures) in &evaluation.queries {
            line(Row { run, query: Some(query), measures: *measures, queries: None, against: None })?;
        }
    }
    for (i, (run, evaluation)) in measured.iter().enumerate() {
        let against = measured.first().filter(|_| i > 0).map(|(first, base)| {
            let of = |measure| comparison(base, evaluation, measure);
            Against {
                run: first,
                ndcg10: of(Measure::Ndcg10),
                map: of(Measure::Map),
                mrr: of(Measure::Mrr),
                recall100: of(Measure::Recall100),
            }
        });
        line(Row { run, query: None, measures: evaluation.mean(), queries: Some(evaluation.queries.len()), against })?;
    }
    Ok(())
}
