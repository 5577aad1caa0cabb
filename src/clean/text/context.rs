//! The page around a line: where the running text is, what is said again, what the headline is.

use super::line::{End, Line, language_of};
use crate::article::Block;
use foldhash::{HashMap, HashMapExt};

/// How much of a line is folded, in bytes.
const FOLDED: usize = 4000;

/// Stands for "none so far" among distances, in lines.
pub(super) const FAR: usize = 10_000;

/// What a line that is no running text costs a core that holds it: the usual, a tight and a wide core.
const COSTS: [i64; 3] = [8, 20, 3];

/// The page as a whole, as far as one line's features need it. Sums run over all lines above.
pub(super) struct Context {
    pub(super) lines: Vec<Line>,
    pub(super) prose: Vec<bool>,
    pub(super) repeats: Vec<usize>,
    /// The first line of the same words.
    pub(super) same: Vec<usize>,
    /// First and last line of the core: the stretch with the most running text and the fewest labels; by [`COSTS`].
    pub(super) cores: [(usize, usize); 3],
    /// 3 is the headline, 2 nearly so, 1 shares words with it.
    pub(super) title: Vec<u8>,
    pub(super) title_share: Vec<f32>,
    pub(super) headline: Option<usize>,
    pub(super) last_prose: Vec<usize>,
    pub(super) next_prose: Vec<usize>,
    /// Lines since a cue that ends articles, and words of running text since then.
    pub(super) since: Vec<usize>,
    pub(super) prose_since: Vec<usize>,
    pub(super) ends_above: Vec<usize>,
    pub(super) until: Vec<usize>,
    pub(super) since_related: Vec<usize>,
    pub(super) since_comments: Vec<usize>,
    /// Share of a line's longer words that the running text of other lines of the core says too.
    pub(super) topic: Vec<f32>,
    /// Share of the lines of the same shape that stand in the core.
    pub(super) shape_in_core: Vec<f32>,
    /// The lines folded, without the far end of long ones.
    folded: Vec<String>,
    language: usize,
    words_sum: Vec<usize>,
    prose_sum: Vec<usize>,
    prose_lines: Vec<usize>,
    cued_sum: Vec<usize>,
    repeated_sum: Vec<usize>,
    topic_sum: Vec<f32>,
}

impl Context {
    /// Looks at the blocks of a page with this headline.
    pub(super) fn of(blocks: &[&Block], title: &str) -> Context {
        let lines: Vec<Line> = blocks.iter().map(|b| Line::of(b)).collect();
        let n = lines.len();
        let language = language_of(&lines);
        let prose: Vec<bool> = lines.iter().map(|l| l.is_prose(language)).collect();
        let folded: Vec<String> = blocks.iter().map(|b| fold(b.text.get(..FOLDED).unwrap_or(&b.text))).collect();
        let mut counts: HashMap<&str, (usize, usize)> = HashMap::new();
        for (i, line) in folded.iter().enumerate() {
            counts.entry(line.as_str()).or_insert((i, 0)).1 += 1;
        }
        let (same, repeats): (Vec<usize>, Vec<usize>) =
            folded.iter().enumerate().map(|(i, l)| counts.get(l.as_str()).copied().unwrap_or((i, 1))).unzip();
        let cores = COSTS.map(|cost| core(&lines, &prose, cost));
        let title = fold(title);
        let words: Vec<&str> = title.split(' ').filter(|w| w.chars().count() > 3).collect();
        let title_share: Vec<f32> = folded
            .iter()
            .map(|l| {
                if l.len() > 400 {
                    0.0
                } else {
                    words.iter().filter(|w| l.split(' ').any(|x| x == **w)).count() as f32 / words.len().max(1) as f32
                }
            })
            .collect();
        let title: Vec<u8> = folded
            .iter()
            .zip(&title_share)
            .map(|(l, share)| match () {
                () if title.is_empty() => 0,
                () if *l == title => 3,
                () if *share > 0.7 && words.len() > 2 => 2,
                () => u8::from(*share > 0.3),
            })
            .collect();
        let headline = (0..n).rfind(|&i| title[i] == 3 && i <= cores[0].0.max(1));
        let ends = |l: &Line| ["related", "comments", "copyright", "bio", "newsletter", "tags"].iter().any(|c| l.cues.has(c));
        let (mut last_prose, mut since, mut prose_since, mut ends_above) = (vec![FAR; n], vec![FAR; n], vec![0; n], vec![0; n]);
        let (mut since_related, mut since_comments) = (vec![FAR; n], vec![FAR; n]);
        let (mut last, mut ended, mut after_end, mut seen, mut related, mut comments) = (FAR, FAR, 0, 0, FAR, FAR);
        let mut words_above = 0;
        for i in 0..n {
            (last_prose[i], since[i], prose_since[i], ends_above[i]) = (last, ended, after_end, seen);
            (since_related[i], since_comments[i]) = (related, comments);
            if prose[i] {
                words_above += lines[i].words;
                after_end += lines[i].words;
                last = 0;
            }
            last = (last + 1).min(FAR);
            if ends(&lines[i]) && words_above > 60 {
                (ended, after_end, seen) = (0, 0, seen + 1);
            }
            if lines[i].cues.has("related") && lines[i].words < 8 && words_above > 60 {
                related = 0;
            }
            if lines[i].cues.has("comments") && words_above > 60 {
                comments = 0;
            }
            (ended, related, comments) = ((ended + 1).min(FAR), (related + 1).min(FAR), (comments + 1).min(FAR));
        }
        let (mut next_prose, mut until) = (vec![FAR; n], vec![FAR; n]);
        let (mut next, mut end) = (FAR, FAR);
        for i in (0..n).rev() {
            (next_prose[i], until[i]) = (next, end);
            next = if prose[i] { 1 } else { (next + 1).min(FAR) };
            end = if ends(&lines[i]) { 1 } else { (end + 1).min(FAR) };
        }
        let sums = |of: &dyn Fn(usize) -> usize| running(n, of);
        Context {
            words_sum: sums(&|i| lines[i].words.min(80)),
            prose_sum: sums(&|i| if prose[i] { lines[i].words } else { 0 }),
            prose_lines: sums(&|i| if prose[i] { lines[i].words.min(80) } else { 0 }),
            cued_sum: sums(&|i| usize::from(!lines[i].cues.is_empty())),
            repeated_sum: sums(&|i| usize::from(repeats[i] > 1)),
            topic_sum: Vec::new(),
            folded,
            lines,
            prose,
            repeats,
            same,
            cores,
            title,
            title_share,
            headline,
            last_prose,
            next_prose,
            since,
            prose_since,
            ends_above,
            until,
            since_related,
            since_comments,
            topic: Vec::new(),
            shape_in_core: Vec::new(),
            language,
        }
    }

    /// Measures what only the weighing of lines asks for: what they are about, and where others of their shape stand.
    pub(super) fn look_around(&mut self) {
        self.topic = topics(&self.folded, &self.prose, self.cores[0]);
        self.shape_in_core = shapes(&self.lines, &self.prose, self.cores[0]);
        let mut sum = 0.0;
        let sums = self.topic.iter().map(|topic| {
            sum += topic;
            sum
        });
        self.topic_sum = std::iter::once(0.0).chain(sums).collect();
    }

    /// A whole line folded.
    pub(super) fn folded_whole(&self, i: usize, text: &str) -> String {
        self.folded.get(i).filter(|_| text.len() <= FOLDED).cloned().unwrap_or_else(|| fold(text))
    }

    /// Whether the line is the headline, word for word.
    pub(super) fn is_title(&self, i: usize) -> bool {
        self.title.get(i) == Some(&3)
    }

    pub(super) fn grammar(&self, i: usize) -> f32 {
        self.lines[i].grammar(self.language) as f32
    }

    /// Mean words of the lines at most `reach` away.
    pub(super) fn mean_words(&self, i: usize, reach: usize) -> f32 {
        let (from, to) = self.around(i, reach);
        (self.words_sum[to] - self.words_sum[from]) as f32 / (to - from).max(1) as f32
    }

    /// Share of words in running text among the lines at most `reach` away.
    pub(super) fn prose_share(&self, i: usize, reach: usize) -> f32 {
        let (from, to) = self.around(i, reach);
        (self.prose_lines[to] - self.prose_lines[from]) as f32 / (self.words_sum[to] - self.words_sum[from]).max(1) as f32
    }

    /// Words of running text in lines `from..to`.
    pub(super) fn prose_words(&self, from: usize, to: usize) -> f32 {
        let to = to.min(self.lines.len());
        (self.prose_sum[to] - self.prose_sum[from.min(to)]) as f32
    }

    pub(super) fn prose_total(&self) -> usize {
        self.prose_sum.last().copied().unwrap_or(0)
    }

    /// Share of lines with cues in `from..to`.
    pub(super) fn cued(&self, from: usize, to: usize) -> f32 {
        let to = to.min(self.lines.len());
        let from = from.min(to);
        (self.cued_sum[to] - self.cued_sum[from]) as f32 / (to - from).max(1) as f32
    }

    /// Share of lines in `from..to` that the page has more than once.
    pub(super) fn repeated(&self, from: usize, to: usize) -> f32 {
        let to = to.min(self.lines.len());
        let from = from.min(to);
        (self.repeated_sum[to] - self.repeated_sum[from]) as f32 / (to - from).max(1) as f32
    }

    /// Mean topic of the lines in `from..to`.
    pub(super) fn topic_in(&self, from: usize, to: usize) -> f32 {
        let to = to.min(self.lines.len());
        let from = from.min(to);
        (self.topic_sum[to] - self.topic_sum[from]) / (to - from).max(1) as f32
    }

    /// The lines without running text around line `i`.
    fn run(&self, i: usize) -> (usize, usize) {
        let from = if self.prose[i] { i } else { (i + 1).saturating_sub(self.last_prose[i].min(60)) };
        let to = if self.prose[i] { i + 1 } else { (i + self.next_prose[i].min(60)).min(self.lines.len()) };
        (from, to.max(from + 1).min(self.lines.len()))
    }

    /// Mean words of the lines of the run of lines without running text that holds line `i`.
    pub(super) fn run_words(&self, i: usize) -> f32 {
        let (from, to) = self.run(i);
        (self.words_sum[to] - self.words_sum[from]) as f32 / (to - from).max(1) as f32
    }

    /// Share of lines with cues in that run.
    pub(super) fn run_cued(&self, i: usize) -> f32 {
        let (from, to) = self.run(i);
        self.cued(from, to)
    }

    pub(super) fn in_core(&self, i: usize, which: usize) -> f32 {
        let (first, last) = self.cores[which];
        if first <= i && i <= last { 1.0 } else { 0.0 }
    }

    /// Lines from the core's first line; negative above it.
    pub(super) fn past_core(&self, i: usize, which: usize) -> f32 {
        (i as f32 - self.cores[which].0 as f32).clamp(-100.0, 100.0)
    }

    /// Lines to the core's last line; negative behind it.
    pub(super) fn to_core(&self, i: usize, which: usize) -> f32 {
        (self.cores[which].1 as f32 - i as f32).clamp(-100.0, 100.0)
    }

    fn around(&self, i: usize, reach: usize) -> (usize, usize) {
        (i.saturating_sub(reach), (i + reach + 1).min(self.lines.len()))
    }
}

fn running(n: usize, of: &dyn Fn(usize) -> usize) -> Vec<usize> {
    let mut sums = Vec::with_capacity(n + 1);
    let mut sum = 0;
    sums.push(0);
    for i in 0..n {
        sum += of(i);
        sums.push(sum);
    }
    sums
}

/// The stretch with the most running text and the fewest labels: the best-scoring run of lines (Kadane's algorithm), a line of running
/// text counting its words, a label a fixed cost, a cue that ends articles a high one. Empty, with the last before the first, where there is none.
fn core(lines: &[Line], prose: &[bool], cost: i64) -> (usize, usize) {
    let mut best = (0i64, (1, 0));
    let (mut sum, mut from) = (0i64, 0);
    for (i, (line, &is_prose)) in lines.iter().zip(prose).enumerate() {
        let ends = ["related", "comments", "copyright"].iter().any(|c| line.cues.has(c)) && line.words < 9;
        sum += match (is_prose, ends) {
            (true, _) => line.words.min(80) as i64,
            (false, true) => -5 * cost,
            (false, false) => -cost,
        };
        if sum <= 0 {
            (sum, from) = (0, i + 1);
        } else if sum > best.0 {
            best = (sum, (from, i));
        }
    }
    best.1
}

/// For each line: the share of its longer words that running text of other lines of the core says too.
fn topics(folded: &[String], prose: &[bool], core: (usize, usize)) -> Vec<f32> {
    let mut said: HashMap<&str, (usize, usize)> = HashMap::new();
    for i in core.0..(core.1 + 1).min(folded.len()) {
        if prose[i] {
            for word in folded[i].split(' ').filter(|w| w.len() > 3) {
                let entry = said.entry(word).or_insert((i, 0));
                if entry.1 == 0 || entry.0 != i {
                    *entry = (i, entry.1 + 1);
                }
            }
        }
    }
    folded
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let own = usize::from(prose[i] && core.0 <= i && i <= core.1);
            let (mut all, mut known) = (0usize, 0usize);
            for word in line.split(' ').filter(|w| w.len() > 3).take(200) {
                all += 1;
                known += usize::from(said.get(word).is_some_and(|(_, times)| *times > own));
            }
            if all == 0 { -0.1 } else { known as f32 / all as f32 }
        })
        .collect()
}

/// For each line: how much of the lines of its shape stands in the core.
fn shapes(lines: &[Line], prose: &[bool], core: (usize, usize)) -> Vec<f32> {
    let key = |i: usize| {
        let l = &lines[i];
        let words = match l.words {
            0..=2 => 0u8,
            3..=5 => 1,
            6..=9 => 2,
            10..=18 => 3,
            _ => 4,
        };
        (words, l.end == End::Word, l.start as u8, prose[i])
    };
    let mut counts: HashMap<_, (usize, usize)> = HashMap::new();
    for i in 0..lines.len() {
        let count = counts.entry(key(i)).or_default();
        count.0 += usize::from(core.0 <= i && i <= core.1);
        count.1 += 1;
    }
    (0..lines.len()).map(|i| counts.get(&key(i)).map_or(0.0, |(inside, all)| *inside as f32 / (*all).max(1) as f32)).collect()
}

/// Lower case, letters and digits only, single spaces.
pub(super) fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        let from = out.len();
        if word.is_ascii() {
            out.push_str(word);
            if let Some(word) = out.get_mut(from..) {
                word.make_ascii_lowercase();
            }
        } else {
            out.extend(word.chars().flat_map(char::to_lowercase));
        }
    }
    out
}
