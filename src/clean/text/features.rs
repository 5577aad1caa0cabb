//! What the forest sees of a line: named measures of the line, of its neighbours and of its place on the page.

use super::context::{Context, FAR};
use super::line::{End, Line, Start};

macro_rules! features {
    ($($name:literal $value:expr;)*) => {
        /// Names of the features, in the order of [`measure`].
        pub(super) const NAMES: &[&str] = &[$($name,)*];
        /// Adds the features of line `i` of a page, in the order of [`NAMES`].
        pub(super) fn measure(page: &Context, i: usize, out: &mut Vec<f32>) {
            let seen = Seen { page, i, line: &page.lines[i] };
            $({
                let value: fn(&Seen<'_>) -> f32 = $value;
                out.push(value(&seen));
            })*
        }
    };
}

/// A line on its page.
struct Seen<'a> {
    page: &'a Context,
    i: usize,
    line: &'a Line,
}

features! {
    // The line itself.
    "words" |s| s.line.words as f32;
    "stops" |s| flag(s.line.end == End::Stop);
    "asks" |s| flag(s.line.end == End::Question);
    "exclaims" |s| flag(s.line.end == End::Exclaim);
    "leads-on" |s| flag(s.line.end == End::Colon);
    "open-end" |s| flag(matches!(s.line.end, End::Word | End::Other));
    "trails-off" |s| flag(s.line.end == End::Ellipsis);
    "begins-small" |s| flag(s.line.start == Start::Lower);
    "begins-digit" |s| flag(s.line.start == Start::Digit);
    "begins-bullet" |s| flag(s.line.start == Start::Bullet);
    "grammar" |s| s.page.grammar(s.i);
    "capitals" |s| share(s.line.capitals, s.line.words.saturating_sub(1));
    "numbers" |s| share(s.line.numbers, s.line.words);
    "sentences" |s| s.line.sentences as f32;
    "commas" |s| share(s.line.commas, s.line.words);
    "parting" |s| s.line.parting as f32;
    "date" |s| flag(s.line.date);
    "address" |s| flag(s.line.address);
    "quotes" |s| flag(s.line.quotes);
    "shouts" |s| flag(s.line.shouts);
    "addressed" |s| share(s.line.addressed, s.line.words);
    "first-person" |s| share(s.line.first_person, s.line.words);
    "code" |s| flag(s.line.code);
    "money" |s| flag(s.line.money);
    "linked" |s| s.line.linked as f32;
    "repeats" |s| s.page.repeats[s.i].min(20) as f32;
    "prose" |s| flag(s.page.prose[s.i]);
    // Its cues.
    "cue-also-read" |s| flag(s.line.cues.has("also-read"));
    "cue-related" |s| flag(s.line.cues.has("related"));
    "cue-share" |s| flag(s.line.cues.has("share"));
    "cue-newsletter" |s| flag(s.line.cues.has("newsletter"));
    "cue-cookie" |s| flag(s.line.cues.has("cookie"));
    "cue-copyright" |s| flag(s.line.cues.has("copyright"));
    "cue-comments" |s| flag(s.line.cues.has("comments"));
    "cue-byline" |s| flag(s.line.cues.has("byline"));
    "cue-dateline" |s| flag(s.line.cues.has("dateline"));
    "cue-bio" |s| flag(s.line.cues.has("bio"));
    "cue-credit" |s| flag(s.line.cues.has("credit"));
    "cue-advert" |s| flag(s.line.cues.has("advert"));
    "cue-menu" |s| flag(s.line.cues.has("menu"));
    "cue-tags" |s| flag(s.line.cues.has("tags"));
    "cue-contact" |s| flag(s.line.cues.has("contact"));
    "cue-audio" |s| flag(s.line.cues.has("audio"));
    // Its neighbours.
    "words-1" |s| s.near(-1, |l| l.words as f32);
    "words+1" |s| s.near(1, |l| l.words as f32);
    "words-2" |s| s.near(-2, |l| l.words as f32);
    "words+2" |s| s.near(2, |l| l.words as f32);
    "words-3" |s| s.near(-3, |l| l.words as f32);
    "words+3" |s| s.near(3, |l| l.words as f32);
    "closed-1" |s| s.near(-1, closed);
    "closed+1" |s| s.near(1, closed);
    "closed-2" |s| s.near(-2, closed);
    "closed+2" |s| s.near(2, closed);
    "cued-1" |s| s.near(-1, |l| flag(!l.cues.is_empty()));
    "cued+1" |s| s.near(1, |l| flag(!l.cues.is_empty()));
    "cued-2" |s| s.near(-2, |l| flag(!l.cues.is_empty()));
    "cued+2" |s| s.near(2, |l| flag(!l.cues.is_empty()));
    "dated-1" |s| s.near(-1, |l| flag(l.date && l.words < 16));
    "dated+1" |s| s.near(1, |l| flag(l.date && l.words < 16));
    "dated-2" |s| s.near(-2, |l| flag(l.date && l.words < 16));
    "dated+2" |s| s.near(2, |l| flag(l.date && l.words < 16));
    "grammar-1" |s| s.i.checked_sub(1).map_or(-1.0, |j| s.page.grammar(j));
    "grammar+1" |s| if s.i + 1 < s.page.lines.len() { s.page.grammar(s.i + 1) } else { -1.0 };
    "colon-1" |s| s.near(-1, |l| flag(l.end == End::Colon));
    // Lines around it.
    "words-in-4" |s| s.page.mean_words(s.i, 4);
    "words-in-12" |s| s.page.mean_words(s.i, 12);
    "prose-in-3" |s| s.page.prose_share(s.i, 3);
    "prose-in-8" |s| s.page.prose_share(s.i, 8);
    "prose-in-20" |s| s.page.prose_share(s.i, 20);
    "prose-in-5-above" |s| s.page.prose_words(s.i.saturating_sub(5), s.i);
    "prose-in-5-below" |s| s.page.prose_words(s.i + 1, s.i + 6);
    "prose-in-15-above" |s| s.page.prose_words(s.i.saturating_sub(15), s.i);
    "prose-in-15-below" |s| s.page.prose_words(s.i + 1, s.i + 16);
    "cued-in-4" |s| s.page.cued(s.i.saturating_sub(4), s.i + 5);
    "cued-in-10" |s| s.page.cued(s.i.saturating_sub(10), s.i + 11);
    "cued-in-5-below" |s| s.page.cued(s.i + 1, s.i + 6);
    "repeated-in-6" |s| s.page.repeated(s.i.saturating_sub(6), s.i + 7);
    // Its place.
    "lines" |s| s.page.lines.len() as f32;
    "place" |s| share(s.i, s.page.lines.len());
    "from-top" |s| s.i.min(FAR) as f32;
    "from-bottom" |s| (s.page.lines.len() - 1 - s.i).min(FAR) as f32;
    "prose-total" |s| s.page.prose_total() as f32;
    "prose-above" |s| s.page.prose_words(0, s.i);
    "prose-below" |s| s.page.prose_words(s.i + 1, s.page.lines.len());
    "prose-above-share" |s| s.page.prose_words(0, s.i) / (s.page.prose_total().max(1) as f32);
    "since-prose" |s| s.page.last_prose[s.i].min(60) as f32;
    "until-prose" |s| s.page.next_prose[s.i].min(60) as f32;
    "run" |s| (s.page.last_prose[s.i].min(100) + s.page.next_prose[s.i].min(100)) as f32;
    "run-words" |s| s.page.run_words(s.i);
    "run-cued" |s| s.page.run_cued(s.i);
    "core" |s| s.page.in_core(s.i, 0);
    "core-from" |s| s.page.past_core(s.i, 0);
    "core-to" |s| s.page.to_core(s.i, 0);
    "tight-core-from" |s| s.page.past_core(s.i, 1);
    "tight-core-to" |s| s.page.to_core(s.i, 1);
    "wide-core-from" |s| s.page.past_core(s.i, 2);
    "wide-core-to" |s| s.page.to_core(s.i, 2);
    "since-end-cue" |s| s.page.since[s.i].min(200) as f32;
    "prose-since-end-cue" |s| s.page.prose_since[s.i] as f32;
    "end-cues-above" |s| s.page.ends_above[s.i].min(20) as f32;
    "until-end-cue" |s| s.page.until[s.i].min(200) as f32;
    "since-related" |s| s.page.since_related[s.i].min(200) as f32;
    "since-comments" |s| s.page.since_comments[s.i].min(200) as f32;
    "title" |s| s.page.title[s.i] as f32;
    "since-title" |s| s.page.headline.map_or(-300.0, |at| s.i as f32 - at as f32).clamp(-300.0, 300.0);
    "title-words" |s| s.page.title_share[s.i];
    "topic" |s| s.page.topic[s.i];
    "topic-1" |s| s.i.checked_sub(1).map_or(-1.0, |j| s.page.topic[j]);
    "topic-in-5" |s| s.page.topic_in(s.i.saturating_sub(5), s.i + 6);
    "topic-in-5-below" |s| s.page.topic_in(s.i + 1, s.i + 6);
    "shape-in-core" |s| s.page.shape_in_core[s.i];
}

impl Seen<'_> {
    /// A measure of a neighbour; -1 where there is none.
    fn near(&self, offset: isize, of: fn(&Line) -> f32) -> f32 {
        self.i.checked_add_signed(offset).and_then(|j| self.page.lines.get(j)).map_or(-1.0, of)
    }
}

fn closed(line: &Line) -> f32 {
    flag(matches!(line.end, End::Stop | End::Question | End::Exclaim | End::Ellipsis))
}

fn flag(yes: bool) -> f32 {
    f32::from(u8::from(yes))
}

fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique() {
        let mut names = NAMES.to_vec();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), NAMES.len());
    }
}
