//! What the model sees of a line: named observations of the line, of its neighbours and of its place on the page.

use super::cues::CLASSES;
use super::line::{End, Line, language_of};
use crate::article::Block;
use std::collections::HashMap;

macro_rules! families {
    ($($variant:ident $name:literal $why:literal;)*) => {
        /// A kind of observation; its value is a small number.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Family { $(#[doc = $why] $variant,)* }
        /// Names of the families, in the order of [`Family`].
        pub(super) const FAMILIES: &[&str] = &[$($name,)*];
    };
}

families! {
    Bias "bias" "Every line: how common the states are.";
    Len "len" "How many words, in nine steps.";
    End "end" "How it ends.";
    Start "start" "How it begins.";
    Grammar "grammar" "Share of words that hold sentences together.";
    Capitals "capitals" "Share of words that begin with a capital.";
    Numbers "numbers" "Share of words that are numbers.";
    Sentences "sentences" "How many sentences.";
    LenEnd "len-end" "Length and ending together.";
    LenGrammar "len-grammar" "Length and grammar together.";
    LenCapitals "len-capitals" "Length and capitals together.";
    Cue "cue" "Class of a cue phrase.";
    CueLen "cue-len" "Class of a cue phrase and the length of the line.";
    CuePlace "cue-place" "Class of a cue phrase and the place relative to the core.";
    Flags "flags" "Dates, addresses, quotes, code, shouting, bars.";
    FlagsPlace "flags-place" "The same, and the place relative to the core.";
    Repeats "repeats" "How often the line is on the page.";
    Kind "kind" "Kind of block, where the source tells.";
    KindLen "kind-len" "Kind and length together.";
    Linked "linked" "Share of text in links.";
    Strong "strong" "Share of bold text.";
    Addressed "addressed" "Speaks to its reader.";
    Prose "prose" "Running text.";
    Place "place" "Before, in or behind the core, and how far.";
    PlaceLen "place-len" "Place and length together.";
    PlaceEnd "place-end" "Place and ending together.";
    PlaceProse "place-prose" "Place and whether it is running text.";
    Mass "mass" "Share of the page's running text before the line.";
    Gaps "gaps" "Lines to the running text before and behind.";
    GapsEnd "gaps-end" "The same and how it ends.";
    Density "density" "Share of words in running text nearby.";
    DensityLen "density-len" "Density and length.";
    Run "run" "How many lines without running text stand together here.";
    RunWords "run-words" "How many words they have on average.";
    Since "since" "Lines since a cue that ends articles.";
    SincePlace "since-place" "Lines since such a cue, and place.";
    SinceProse "since-prose" "Lines since such a cue, and running text.";
    Title "title" "Relation to the headline.";
    TitleDistance "title-distance" "Lines since the headline.";
    Size "size" "How many lines the page has.";
    SizePlace "size-place" "Lines of the page, and place.";
    Boiler "boiler" "Share of lines with cues nearby.";
    Near "near" "Neighbour: prose, cue, length and end in one.";
}

/// One observation: a family, whose line it is of (0 this one, -1 the one before …), and a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Observation {
    pub(super) family: Family,
    pub(super) offset: i8,
    pub(super) value: u16,
}

/// How far neighbours are looked at.
pub(super) const REACH: i8 = 3;

/// The page as a whole, as far as one line's observations need it.
pub(super) struct Context {
    pub(super) lines: Vec<Line>,
    pub(super) language: usize,
    prose: Vec<bool>,
    repeats: Vec<usize>,
    /// First and last line of the core: the stretch with the most running text and the fewest labels.
    pub(super) core: (usize, usize),
    title: Vec<usize>,
    headline: Option<usize>,
    before: Vec<usize>,
    prose_words: usize,
    last_prose: Vec<usize>,
    next_prose: Vec<usize>,
    since: Vec<usize>,
}

/// Stands for "none so far" among distances.
const FAR: usize = 10_000;

impl Context {
    pub(super) fn of(blocks: &[&Block], title: &str) -> Context {
        let lines: Vec<Line> = blocks.iter().map(|b| Line::of(b)).collect();
        let language = language_of(&lines);
        let prose: Vec<bool> = lines.iter().map(|l| l.is_prose(language)).collect();
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for block in blocks {
            *counts.entry(block.text.as_str()).or_default() += 1;
        }
        let repeats = blocks.iter().map(|b| counts.get(b.text.as_str()).copied().unwrap_or(1)).collect();
        let core = core(&lines, &prose);
        let title = fold(title);
        let words: Vec<&str> = title.split(' ').filter(|w| w.len() > 3).collect();
        let title: Vec<usize> = blocks
            .iter()
            .map(|b| {
                if title.is_empty() || b.text.len() > 400 {
                    return 0;
                }
                let folded = fold(&b.text);
                if folded == title {
                    return 3;
                }
                let shared = folded.split(' ').filter(|w| words.contains(w)).count();
                if shared * 10 >= words.len() * 7 && shared > 2 { 2 } else { usize::from(shared > 1) }
            })
            .collect();
        let headline = (0..lines.len()).rfind(|&i| title[i] == 3 && i <= core.0);
        let n = lines.len();
        let (mut before, mut last_prose, mut next_prose, mut since) = (vec![0; n], vec![FAR; n], vec![FAR; n], vec![FAR; n]);
        let (mut sum, mut last, mut ended) = (0, FAR, FAR);
        for i in 0..n {
            before[i] = sum;
            last_prose[i] = last;
            if prose[i] {
                sum += lines[i].words;
                last = 0;
            }
            last = (last + 1).min(FAR);
            let strong = ["related", "comments", "copyright", "bio", "newsletter", "tags"].iter().any(|c| lines[i].cues.has(c));
            if strong && sum > 60 {
                ended = 0;
            }
            since[i] = ended;
            ended = (ended + 1).min(FAR);
        }
        let mut next = FAR;
        for i in (0..n).rev() {
            next_prose[i] = next;
            next = if prose[i] { 1 } else { (next + 1).min(FAR) };
        }
        Context { lines, language, prose, repeats, core, title, headline, before, prose_words: sum, last_prose, next_prose, since }
    }

    /// Whether the line is the headline, word for word.
    pub(super) fn is_title(&self, i: usize) -> bool {
        self.title[i] == 3
    }

    /// Before, in or behind the core, in eleven steps.
    fn place(&self, i: usize) -> u16 {
        let (first, last) = self.core;
        if last < first {
            return 11;
        }
        if i < first {
            return match first - i {
                1 => 0,
                2..=3 => 1,
                4..=8 => 2,
                9..=20 => 3,
                _ => 4,
            };
        }
        if i > last {
            return match i - last {
                1 => 10,
                2..=3 => 9,
                4..=8 => 8,
                9..=20 => 7,
                _ => 6,
            };
        }
        if i == first || i == last { 12 } else { 5 }
    }

    fn flags(&self, i: usize) -> impl Iterator<Item = u16> + use<> {
        let l = &self.lines[i];
        let all = [
            l.date && l.words <= 6,
            l.date && l.words > 6 && l.words <= 14,
            l.address,
            l.quotes,
            l.code,
            l.shouts,
            l.parting > 0 && l.words < 12,
            l.parting > 2,
            l.unspaced,
            l.commas * 4 > l.words && l.words > 3,
        ];
        (0..all.len() as u16).filter(move |&f| all.get(f as usize) == Some(&true))
    }

    /// All that the model sees of line `i`.
    pub(super) fn observe(&self, i: usize, out: &mut Vec<Observation>) {
        out.clear();
        let mut push = |family: Family, value: u16| out.push(Observation { family, offset: 0, value });
        let l = &self.lines[i];
        let (len, end, grammar, capitals) = (length(l.words), l.end as u16, self.grammar(i), self.capitals(i));
        let place = self.place(i);
        let prose = u16::from(self.prose[i]);
        push(Family::Bias, 0);
        push(Family::Len, len);
        push(Family::End, end);
        push(Family::Start, l.start as u16);
        push(Family::Grammar, grammar);
        push(Family::Capitals, capitals);
        push(Family::Numbers, step(l.numbers * 100 / l.words.max(1), &[1, 15, 35, 60]));
        push(Family::Sentences, step(l.sentences, &[1, 2, 3, 5]));
        push(Family::LenEnd, len * 8 + end);
        push(Family::LenGrammar, len * 6 + grammar);
        push(Family::LenCapitals, len * 5 + capitals);
        for class in l.cues.iter() {
            let class = class as u16;
            push(Family::Cue, class);
            push(Family::CueLen, class * 4 + step(l.words, &[4, 9, 20]));
            push(Family::CuePlace, class * 13 + place);
        }
        if l.cues.is_empty() {
            push(Family::Cue, CLASSES.len() as u16);
        }
        for flag in self.flags(i) {
            push(Family::Flags, flag);
            push(Family::FlagsPlace, flag * 13 + place);
        }
        push(Family::Repeats, step(self.repeats[i], &[2, 3, 5]));
        push(Family::Kind, 0);
        push(Family::KindLen, len);
        push(Family::Linked, step(l.linked, &[1, 3, 6, 9]));
        push(Family::Strong, step(l.strong, &[1, 5, 9]));
        push(Family::Addressed, step(l.addressed, &[1, 2]));
        push(Family::Prose, prose);
        push(Family::Place, place);
        push(Family::PlaceLen, place * 9 + len);
        push(Family::PlaceEnd, place * 8 + end);
        push(Family::PlaceProse, place * 2 + prose);
        let share = self.before[i] * 100 / self.prose_words.max(1);
        let mass = if self.prose_words == 0 { 7 } else { step(share, &[1, 10, 50, 90, 99, 100]) };
        push(Family::Mass, mass);
        let gaps = step(self.last_prose[i], &[2, 3, 5, 9, 20]) * 6 + step(self.next_prose[i], &[2, 3, 5, 9, 20]);
        push(Family::Gaps, gaps);
        push(Family::GapsEnd, gaps * 8 + end);
        let density = self.density(i);
        push(Family::Density, density);
        push(Family::DensityLen, density * 9 + len);
        let run = self.last_prose[i].min(60) + self.next_prose[i].min(60) - usize::from(self.prose[i]);
        if !self.prose[i] {
            push(Family::Run, step(run, &[3, 4, 6, 10, 20, 40]));
            push(Family::RunWords, self.run_words(i));
        }
        let since = if self.since[i] == FAR { 7 } else { step(self.since[i], &[1, 2, 4, 8, 16, 40]) };
        push(Family::Since, since);
        push(Family::SincePlace, since * 13 + place);
        push(Family::SinceProse, since * 2 + prose);
        push(
            Family::Title,
            self.title[i] as u16 * 3
                + if i < self.core.0 {
                    0
                } else if i <= self.core.1 {
                    1
                } else {
                    2
                },
        );
        let below = match self.headline {
            None => 0,
            Some(at) if i < at => 1,
            Some(at) => 2 + step(i - at, &[1, 2, 3, 5, 9, 20]),
        };
        push(Family::TitleDistance, below * 2 + prose);
        let size = step(self.lines.len(), &[6, 15, 40, 100, 250, 600]);
        push(Family::Size, size);
        push(Family::SizePlace, size * 13 + place);
        push(Family::Boiler, self.boiler(i));
        for offset in -REACH..=REACH {
            let value = match (offset, i.checked_add_signed(offset.into()).filter(|&j| j < self.lines.len())) {
                (0, _) => continue,
                (_, None) => 255,
                (_, Some(j)) => {
                    let n = &self.lines[j];
                    let cue = u16::from(!n.cues.is_empty());
                    let end = match n.end {
                        End::Word | End::Other | End::Comma => 0,
                        End::Colon => 1,
                        End::Stop | End::Question | End::Exclaim | End::Ellipsis => 2,
                    };
                    (step(n.words, &[3, 7, 14, 30]) * 3 + end) * 4 + cue * 2 + u16::from(self.prose[j])
                }
            };
            out.push(Observation { family: Family::Near, offset, value });
        }
    }

    fn grammar(&self, i: usize) -> u16 {
        step(self.lines[i].grammar(self.language), &[1, 10, 20, 30, 45])
    }

    fn capitals(&self, i: usize) -> u16 {
        let l = &self.lines[i];
        step(l.capitals * 100 / l.words.saturating_sub(1).max(1), &[1, 15, 40, 75])
    }

    fn density(&self, i: usize) -> u16 {
        let around = i.saturating_sub(5)..(i + 6).min(self.lines.len());
        let all: usize = around.clone().map(|j| self.lines[j].words.min(80) + 4).sum();
        let prose: usize = around.filter(|&j| self.prose[j]).map(|j| self.lines[j].words.min(80) + 4).sum();
        step(prose * 100 / all.max(1), &[1, 25, 50, 75, 92])
    }

    fn run_words(&self, i: usize) -> u16 {
        let around = (i - self.last_prose[i].min(8).min(i + 1).saturating_sub(1))..(i + self.next_prose[i].min(8)).min(self.lines.len());
        let n = around.len().max(1);
        step(around.map(|j| self.lines[j].words).sum::<usize>() * 2 / n, &[4, 8, 14, 22, 32])
    }

    fn boiler(&self, i: usize) -> u16 {
        let around = i.saturating_sub(4)..(i + 5).min(self.lines.len());
        step(around.filter(|&j| !self.lines[j].cues.is_empty()).count(), &[1, 2, 4, 6])
    }
}

/// The stretch with the most running text and the fewest labels: the best-scoring run of lines (Kadane's algorithm), a line of running
/// text counting its words, a label a fixed cost, a cue that ends articles a high one. Empty, with the last before the first, where there is none.
fn core(lines: &[Line], prose: &[bool]) -> (usize, usize) {
    let mut best = (0i64, (1, 0));
    let (mut sum, mut from) = (0i64, 0);
    for (i, (line, &is_prose)) in lines.iter().zip(prose).enumerate() {
        let ends = ["related", "comments", "copyright"].iter().any(|c| line.cues.has(c)) && line.words < 9;
        sum += match (is_prose, ends) {
            (true, _) => line.words.min(80) as i64,
            (false, true) => -40,
            (false, false) => -8,
        };
        if sum <= 0 {
            (sum, from) = (0, i + 1);
        } else if sum > best.0 {
            best = (sum, (from, i));
        }
    }
    best.1
}

fn length(words: usize) -> u16 {
    step(words, &[2, 3, 5, 8, 12, 20, 35, 60])
}

/// How many of the rising limits `value` has reached.
fn step(value: usize, limits: &[usize]) -> u16 {
    limits.iter().take_while(|l| value >= **l).count() as u16
}

/// Lower case, letters and digits only, single spaces.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.chars().flat_map(char::to_lowercase));
    }
    out
}
