//! The measures of a run, by query and on average.

use super::{Judgements, Run};
use serde::Serialize;

/// One of the measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Discounted gain of the first ten over the best possible; the gain of a document is its grade (Järvelin and Kekäläinen 2002).
    Ndcg10,
    /// Precision at each relevant document, averaged over all of them.
    Map,
    /// One over the rank of the first relevant document.
    Mrr,
    /// Share of the relevant documents among the first hundred.
    Recall100,
}

impl Measure {
    /// All of them with the names they are printed under.
    pub const ALL: [(Measure, &'static str); 4] =
        [(Measure::Ndcg10, "nDCG@10"), (Measure::Map, "MAP"), (Measure::Mrr, "MRR"), (Measure::Recall100, "R@100")];
}

/// The measures of one query, or their means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Measures {
    /// See [`Measure::Ndcg10`].
    pub ndcg10: f64,
    /// See [`Measure::Map`].
    pub map: f64,
    /// See [`Measure::Mrr`].
    pub mrr: f64,
    /// See [`Measure::Recall100`].
    pub recall100: f64,
}

impl Measures {
    /// One of them.
    pub fn get(&self, measure: Measure) -> f64 {
        match measure {
            Measure::Ndcg10 => self.ndcg10,
            Measure::Map => self.map,
            Measure::Mrr => self.mrr,
            Measure::Recall100 => self.recall100,
        }
    }
}

/// A run measured against judgements.
///
/// ```
/// use demarche::eval::{Evaluation, Judgements, Run};
/// let judged = Judgements::parse("q1 0 a 1\nq1 0 b 1").unwrap();
/// let run = Run::parse("q1 Q0 x 1 9.0 r\nq1 Q0 a 2 8.0 r").unwrap();
/// let evaluation = Evaluation::of(&run, &judged);
/// assert_eq!(evaluation.mean().mrr, 0.5);
/// assert_eq!(evaluation.mean().map, 0.25);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evaluation {
    /// The measures of each judged query, in the order of their names. A query the run does not answer has 0 (`trec_eval -c`).
    pub queries: Vec<(String, Measures)>,
}

impl Evaluation {
    /// Measures a run.
    pub fn of(run: &Run, judged: &Judgements) -> Evaluation {
        Evaluation { queries: judged.queries().map(|q| (q.to_owned(), measures(run.documents(q), q, judged))).collect() }
    }

    /// The means over all queries.
    pub fn mean(&self) -> Measures {
        let n = self.queries.len().max(1) as f64;
        let mean = |measure| self.queries.iter().map(|(_, m)| m.get(measure)).sum::<f64>() / n;
        Measures { ndcg10: mean(Measure::Ndcg10), map: mean(Measure::Map), mrr: mean(Measure::Mrr), recall100: mean(Measure::Recall100) }
    }

    /// One measure of every query.
    pub fn values(&self, measure: Measure) -> Vec<f64> {
        self.queries.iter().map(|(_, m)| m.get(measure)).collect()
    }
}

fn measures(found: &[String], query: &str, judged: &Judgements) -> Measures {
    let ideal = judged.ideal(query);
    if ideal.is_empty() {
        return Measures::default();
    }
    let grades: Vec<u64> = found.iter().map(|d| judged.grade(query, d)).collect();
    let gain = |grades: &[u64]| -> f64 { grades.iter().take(10).zip(2u32..).map(|(g, i)| *g as f64 / f64::from(i).log2()).sum() };
    let (mut relevant, mut precisions, mut first, mut early) = (0u32, 0.0, 0.0, 0u32);
    for (i, _) in grades.iter().enumerate().filter(|(_, g)| **g > 0) {
        let rank = i as f64 + 1.0;
        relevant += 1;
        precisions += f64::from(relevant) / rank;
        first = f64::max(first, 1.0 / rank);
        early += u32::from(i < 100);
    }
    let all = ideal.len() as f64;
    Measures { ndcg10: gain(&grades) / gain(&ideal), map: precisions / all, mrr: first, recall100: f64::from(early) / all }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) -> bool {
        (a - b).abs() < 5e-5
    }

    #[test]
    fn measures_as_computed_by_hand() {
        // Grades 3, 1 and 2 are to be found; ranks 1, 3 and 12 hold grades 1, 3 and 2.
        let judged = Judgements::parse("q 0 a 3\nq 0 b 1\nq 0 c 2\nq 0 d 0\nq 0 e -1\nr 0 a 1\ns 0 z 0").unwrap();
        let mut lines = String::new();
        for (rank, doc) in ["b", "d", "a", "e", "f1", "f2", "f3", "f4", "f5", "f6", "f7", "c"].iter().enumerate() {
            lines.push_str(&format!("q Q0 {doc} {rank} {} x\n", 100 - rank));
        }
        let evaluation = Evaluation::of(&Run::parse(&lines).unwrap(), &judged);
        let q = evaluation.queries[0].1;
        // 1/log2(2) + 3/log2(4) over 3/log2(2) + 2/log2(3) + 1/log2(4).
        assert!(close(q.ndcg10, 2.5 / 4.761860), "{}", q.ndcg10);
        assert!(close(q.map, (1.0 + 2.0 / 3.0 + 3.0 / 12.0) / 3.0));
        assert!(close(q.mrr, 1.0) && close(q.recall100, 1.0));
        // A query without an answer, and one without a relevant document, count nothing.
        assert_eq!((evaluation.queries[1].1, evaluation.queries[2].1), (Measures::default(), Measures::default()));
        assert!(close(evaluation.mean().mrr, 1.0 / 3.0));
    }

    #[test]
    fn what_comes_after_a_hundred_counts_for_precision_alone() {
        let judged = Judgements::parse("q 0 late 1").unwrap();
        let mut run = Run::default();
        let mut hits: Vec<(String, f32)> = (0..150).map(|i| (format!("d{i:03}"), 500.0 - i as f32)).collect();
        hits[120].0 = "late".into();
        run.insert("q", hits);
        let mean = Evaluation::of(&run, &judged).mean();
        assert!(close(mean.map, 1.0 / 121.0) && close(mean.mrr, 1.0 / 121.0));
        assert_eq!((mean.recall100, mean.ndcg10), (0.0, 0.0));
    }
}
