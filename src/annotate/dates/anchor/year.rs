//! Which year a month, a day or a season is of, where the words leave it open.

use super::super::expression::{Expression, Part, Year};
use super::super::lexicon::{Rel, Season};
use super::super::tense::{Tense, tense, told_tense};
use super::super::value::Point;
use super::Anchors;
use super::step::step;
use jiff::civil::Date;

/// How far a year told in the words before holds for a month without one, in bytes.
const NEAR_YEAR: usize = 100;

impl Anchors<'_> {
    /// The year of a month, day or part of a year, and why.
    pub(super) fn year(&self, year: Year, month: u8, day: Option<u8>, expression: &Expression) -> Option<(i16, String)> {
        let how = expression.how;
        match year {
            Year::Given(year) => Some((year, how.to_owned())),
            Year::Rel(rel) => {
                let base = match rel {
                    Rel::Previous | Rel::Following | Rel::Same => self.told(expression.start).map(Point::year),
                    _ => self.base().map(Date::year),
                };
                let base = base.or_else(|| self.published.map(Date::year)).or(self.hint.map(|(y, _)| y))?;
                Some((base + i16::from(step(rel)), self.based(how)))
            }
            Year::Open if self.history || self.published.is_none() => self.told_year(month, expression),
            Year::Open => self.published_year(month, day, expression),
        }
    }

    /// The year last told, which January enters anew behind December; else the only one the text names; else one from around the text.
    pub(super) fn told_year(&self, month: u8, expression: &Expression) -> Option<(i16, String)> {
        let how = expression.how;
        let vague = |point: &Point| matches!(point, Point::Decade(_) | Point::Century(_));
        let told = self.told.map(|(point, _)| point).filter(|point| !vague(point));
        if let Some(point) = told.or_else(|| self.stated.map(|(year, ..)| Point::Year(year))) {
            let last_month = match point {
                Point::Day(date) => date.month() as u8,
                Point::Month(_, month) => month,
                _ => 0,
            };
            let turn = i16::from(last_month >= 11 && month <= 2);
            return Some((point.year() + turn, format!("{how}; year of the time last told")));
        }
        if let Some(year) = self.only_year {
            return Some((year, format!("{how}; the only year the text names")));
        }
        self.hint.map(|(year, evidence)| (year, format!("{how}; year from {evidence}")))
    }

    /// The year that puts a time nearest to publication, on the side the tense tells.
    pub(super) fn published_year(&self, month: u8, day: Option<u8>, expression: &Expression) -> Option<(i16, String)> {
        let published = self.published?;
        let how = expression.how;
        // A year told in the sentence before still holds.
        if let Some((year, last_month, end)) = self.stated
            && expression.start.saturating_sub(end) <= NEAR_YEAR
            && year < published.year()
            && last_month <= month
            && !self.since(expression.start)
            && self.same_sentence(end, expression.start)
            && told_tense(self.text, expression.start, expression.end) != Some(Tense::Future)
        {
            return Some((year, format!("{how}; year of the date just before")));
        }
        let this = (published.month() as u8, published.day() as u8);
        let later = match day {
            Some(day) => (month, day) > this,
            None => month > this.0,
        };
        let ahead = (i16::from(month) - i16::from(this.0)).rem_euclid(12);
        let future = tense(self.text, expression.start, expression.end) == Tense::Future;
        let year = match (future, later) {
            (true, true) | (false, false) => published.year(),
            // A few days on is still this year's, whatever the tense: pages are dated before they are finished.
            (false, true) if day.is_some() && month == this.0 => published.year(),
            (false, true) => published.year() - 1,
            (true, false) if ahead != 0 && ahead <= 6 => published.year() + 1,
            (true, false) => published.year(),
        };
        Some((year, format!("{how}; nearest to publication, {published}")))
    }

    /// The year of `last March`, `next July`.
    pub(super) fn seen(&self, month: u8, rel: Rel) -> Option<i16> {
        let base = self.base()?;
        let this = base.month() as u8;
        Some(match rel {
            Rel::Last | Rel::Past | Rel::Previous => base.year() - i16::from(month >= this),
            Rel::Next | Rel::Following => base.year() + i16::from(month <= this),
            Rel::This | Rel::Same => base.year(),
        })
    }

    /// The year of `last summer`, `this winter`.
    pub(super) fn part_seen(&self, part: Part, rel: Rel) -> Option<i16> {
        if matches!(rel, Rel::Same | Rel::Previous | Rel::Following) {
            return self.told.map(|(point, _)| point.year() + i16::from(step(rel)));
        }
        let base = self.base()?;
        let (this, first) = (base.month() as u8, part.first_month());
        // A winter is named by the year it begins in.
        let winter = part == Part::Season(Season::Winter);
        Some(match rel {
            Rel::Last | Rel::Past if winter => base.year() - 1,
            Rel::Last | Rel::Past => base.year() - i16::from(first + 2 >= this),
            Rel::Next => base.year() + i16::from(first <= this),
            _ => base.year() - i16::from(winter && this <= 2),
        })
    }

    /// Whether no sentence ends between two places.
    fn same_sentence(&self, from: usize, to: usize) -> bool {
        self.text.get(from..to).is_none_or(|between| !between.contains([';', '\n', '!', '?']) && !between.contains(". "))
    }

    /// Whether `since` stands right before: what it begins lasts until the day of speaking.
    fn since(&self, start: usize) -> bool {
        self.text.get(..start).is_some_and(|before| before.trim_end().ends_with("since"))
    }
}
