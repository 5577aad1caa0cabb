//! The words of time: what each may stand for. Data, and one lookup; knows nothing of grammar.

/// A stretch of the calendar or the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// The direction of a deictic word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rel {
    /// `last`: before the day of speaking.
    Last,
    /// `past`: a stretch that ends on the day of speaking.
    Past,
    /// `this`, `current`: around the day of speaking.
    This,
    /// `next`, `coming`: after the day of speaking.
    Next,
    /// `previous`, `preceding`: before the time told.
    Previous,
    /// `following`: after the time told.
    Following,
    /// `that`, `same`: the time told.
    Same,
}

/// A season.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayPart {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
}

/// How much a month's name needs beside it before it is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Means nothing but the month.
    Sure,
    /// Also a verb or a first name: a capital and a cue.
    Doubtful,
    /// An abbreviation, or a word of another language: a day or a year beside it.
    Digits,
}

/// What a word may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Month 1 to 12.
    Month(u8, Trust),
    /// Weekday, Monday = 1; whether it is written out.
    Weekday(u8, bool),
    /// Plural weekday: a recurring day.
    Weekdays(u8),
    Season(Season),
    /// A unit; whether in the plural.
    Unit(Unit, bool),
    Cardinal(u32),
    /// Joins to a cardinal: hundred, thousand.
    Multiplier(u32),
    Ordinal(u32),
    /// A number nobody counted: some, several, few.
    Vague,
    Couple,
    Rel(Rel),
    /// Days from the day of speaking: yesterday −1.
    NearDay(i8),
    Tonight,
    Part(DayPart),
    Noon,
    Midnight,
    /// `early`, `late`, `mid`, `middle`.
    Modifier,
    /// `earlier`, `later`: with a span of time (`two days later`) or before one (`later this year`).
    Earlier,
    Later,
    Before,
    After,
    Ago,
    /// `beginning`, `end`, `start`: with `of`.
    Edge,
    Half,
    Every,
    Per,
    Once,
    /// Adverb of a recurring time, by its unit.
    Recurring(Unit),
    Present,
    PastRef,
    FutureRef,
    The,
    A,
    Of,
    /// The prepositions a point in time follows.
    In,
    On,
    At,
    /// `since`, `until`, `by`, `during`, …
    Around,
    From,
    To,
    Between,
    And,
    Am,
    Pm,
    /// Common era marks after a year.
    Era(bool),
    /// The letters of `Q3`, `H1`, `FY21`.
    Q,
    H,
    Fiscal,
    /// `1990s` in words.
    Decade(i16),
    Zone,
}

use Trust::{Digits, Doubtful, Sure};
use Word::*;

/// English. A row is a form and what it stands for; lower case.
pub(super) const ENGLISH: &[(&str, Word)] = &[
    // Months. May, March, April, June, August are verbs, names or adjectives too.
    ("january", Month(1, Sure)),
    ("february", Month(2, Sure)),
    ("march", Month(3, Doubtful)),
    ("april", Month(4, Sure)),
    ("may", Month(5, Doubtful)),
    ("june", Month(6, Sure)),
    ("july", Month(7, Sure)),
    ("august", Month(8, Sure)),
    ("september", Month(9, Sure)),
    ("october", Month(10, Sure)),
    ("november", Month(11, Sure)),
    ("december", Month(12, Sure)),
    // Frequent misspellings.
    ("janurary", Month(1, Sure)),
    ("febuary", Month(2, Sure)),
    ("septmber", Month(9, Sure)),
    ("jan", Month(1, Digits)),
    ("feb", Month(2, Digits)),
    ("mar", Month(3, Digits)),
    ("apr", Month(4, Digits)),
    ("jun", Month(6, Digits)),
    ("jul", Month(7, Digits)),
    ("aug", Month(8, Digits)),
    ("sep", Month(9, Digits)),
    ("sept", Month(9, Digits)),
    ("oct", Month(10, Digits)),
    ("nov", Month(11, Digits)),
    ("dec", Month(12, Digits)),
    // Weekdays. Abbreviations only beside a date.
    ("monday", Weekday(1, true)),
    ("tuesday", Weekday(2, true)),
    ("wednesday", Weekday(3, true)),
    ("thursday", Weekday(4, true)),
    ("friday", Weekday(5, true)),
    ("saturday", Weekday(6, true)),
    ("sunday", Weekday(7, true)),
    ("mon", Weekday(1, false)),
    ("tue", Weekday(2, false)),
    ("tues", Weekday(2, false)),
    ("wed", Weekday(3, false)),
    ("thu", Weekday(4, false)),
    ("thur", Weekday(4, false)),
    ("thurs", Weekday(4, false)),
    ("fri", Weekday(5, false)),
    ("sat", Weekday(6, false)),
    ("sun", Weekday(7, false)),
    ("mondays", Weekdays(1)),
    ("tuesdays", Weekdays(2)),
    ("wednesdays", Weekdays(3)),
    ("thursdays", Weekdays(4)),
    ("fridays", Weekdays(5)),
    ("saturdays", Weekdays(6)),
    ("sundays", Weekdays(7)),
    // Seasons.
    ("spring", Season(Season::Spring)),
    ("springtime", Season(Season::Spring)),
    ("summer", Season(Season::Summer)),
    ("autumn", Season(Season::Autumn)),
    ("fall", Season(Season::Autumn)),
    ("winter", Season(Season::Winter)),
    // Units.
    ("seconds", Unit(Unit::Second, true)),
    ("minute", Unit(Unit::Minute, false)),
    ("minutes", Unit(Unit::Minute, true)),
    ("mins", Unit(Unit::Minute, true)),
    ("hour", Unit(Unit::Hour, false)),
    ("hours", Unit(Unit::Hour, true)),
    ("hrs", Unit(Unit::Hour, true)),
    ("day", Unit(Unit::Day, false)),
    ("days", Unit(Unit::Day, true)),
    ("weekend", Unit(Unit::Weekend, false)),
    ("weekends", Unit(Unit::Weekend, true)),
    ("week", Unit(Unit::Week, false)),
    ("weeks", Unit(Unit::Week, true)),
    ("fortnight", Unit(Unit::Fortnight, false)),
    ("month", Unit(Unit::Month, false)),
    ("months", Unit(Unit::Month, true)),
    ("quarter", Unit(Unit::Quarter, false)),
    ("quarters", Unit(Unit::Quarter, true)),
    ("year", Unit(Unit::Year, false)),
    ("years", Unit(Unit::Year, true)),
    ("decade", Unit(Unit::Decade, false)),
    ("decades", Unit(Unit::Decade, true)),
    ("century", Unit(Unit::Century, false)),
    ("centuries", Unit(Unit::Century, true)),
    // Numbers.
    ("one", Cardinal(1)),
    ("two", Cardinal(2)),
    ("three", Cardinal(3)),
    ("four", Cardinal(4)),
    ("five", Cardinal(5)),
    ("six", Cardinal(6)),
    ("seven", Cardinal(7)),
    ("eight", Cardinal(8)),
    ("nine", Cardinal(9)),
    ("ten", Cardinal(10)),
    ("eleven", Cardinal(11)),
    ("twelve", Cardinal(12)),
    ("thirteen", Cardinal(13)),
    ("fourteen", Cardinal(14)),
    ("fifteen", Cardinal(15)),
    ("sixteen", Cardinal(16)),
    ("seventeen", Cardinal(17)),
    ("eighteen", Cardinal(18)),
    ("nineteen", Cardinal(19)),
    ("twenty", Cardinal(20)),
    ("thirty", Cardinal(30)),
    ("forty", Cardinal(40)),
    ("fifty", Cardinal(50)),
    ("sixty", Cardinal(60)),
    ("seventy", Cardinal(70)),
    ("eighty", Cardinal(80)),
    ("ninety", Cardinal(90)),
    ("dozen", Multiplier(12)),
    ("hundred", Multiplier(100)),
    ("thousand", Multiplier(1000)),
    ("first", Ordinal(1)),
    ("second", Ordinal(2)),
    ("third", Ordinal(3)),
    ("fourth", Ordinal(4)),
    ("fifth", Ordinal(5)),
    ("sixth", Ordinal(6)),
    ("seventh", Ordinal(7)),
    ("eighth", Ordinal(8)),
    ("ninth", Ordinal(9)),
    ("tenth", Ordinal(10)),
    ("eleventh", Ordinal(11)),
    ("twelfth", Ordinal(12)),
    ("thirteenth", Ordinal(13)),
    ("fourteenth", Ordinal(14)),
    ("fifteenth", Ordinal(15)),
    ("sixteenth", Ordinal(16)),
    ("seventeenth", Ordinal(17)),
    ("eighteenth", Ordinal(18)),
    ("nineteenth", Ordinal(19)),
    ("twentieth", Ordinal(20)),
    ("several", Vague),
    ("few", Vague),
    ("many", Vague),
    ("some", Vague),
    ("couple", Couple),
    // Deixis.
    ("last", Rel(Rel::Last)),
    ("past", Rel(Rel::Past)),
    ("this", Rel(Rel::This)),
    ("current", Rel(Rel::This)),
    ("next", Rel(Rel::Next)),
    ("coming", Rel(Rel::Next)),
    ("upcoming", Rel(Rel::Next)),
    ("previous", Rel(Rel::Previous)),
    ("preceding", Rel(Rel::Previous)),
    ("prior", Rel(Rel::Previous)),
    ("following", Rel(Rel::Following)),
    ("subsequent", Rel(Rel::Following)),
    ("that", Rel(Rel::Same)),
    ("same", Rel(Rel::Same)),
    ("yesterday", NearDay(-1)),
    ("today", NearDay(0)),
    ("tomorrow", NearDay(1)),
    ("tonight", Tonight),
    ("morning", Part(DayPart::Morning)),
    ("midday", Part(DayPart::Midday)),
    ("afternoon", Part(DayPart::Afternoon)),
    ("evening", Part(DayPart::Evening)),
    ("night", Part(DayPart::Night)),
    ("noon", Noon),
    ("midnight", Midnight),
    ("early", Modifier),
    ("late", Modifier),
    ("mid", Modifier),
    ("earlier", Earlier),
    ("later", Later),
    ("before", Before),
    ("after", After),
    ("ago", Ago),
    ("beginning", Edge),
    ("start", Edge),
    ("end", Edge),
    ("middle", Edge),
    ("half", Half),
    ("every", Every),
    ("each", Every),
    ("per", Per),
    ("once", Once),
    ("twice", Once),
    ("hourly", Recurring(Unit::Hour)),
    ("daily", Recurring(Unit::Day)),
    ("weekly", Recurring(Unit::Week)),
    ("monthly", Recurring(Unit::Month)),
    ("annually", Recurring(Unit::Year)),
    ("yearly", Recurring(Unit::Year)),
    ("now", Present),
    ("currently", Present),
    ("nowadays", Present),
    ("presently", Present),
    ("recently", PastRef),
    ("future", FutureRef),
    // Small words.
    ("the", The),
    ("a", A),
    ("an", A),
    ("of", Of),
    ("in", In),
    ("on", On),
    ("at", At),
    ("since", Around),
    ("until", Around),
    ("till", Around),
    ("by", Around),
    ("during", Around),
    ("throughout", Around),
    ("around", Around),
    ("circa", Around),
    ("from", From),
    ("to", To),
    ("through", To),
    ("between", Between),
    ("and", And),
    ("or", And),
    ("am", Am),
    ("pm", Pm),
    ("bc", Era(false)),
    ("bce", Era(false)),
    ("ad", Era(true)),
    ("ce", Era(true)),
    ("q", Q),
    ("h", H),
    ("fy", Fiscal),
    ("fiscal", Fiscal),
    ("twenties", Decade(192)),
    ("thirties", Decade(193)),
    ("forties", Decade(194)),
    ("fifties", Decade(195)),
    ("sixties", Decade(196)),
    ("seventies", Decade(197)),
    ("eighties", Decade(198)),
    ("nineties", Decade(199)),
    ("utc", Zone),
    ("gmt", Zone),
    ("est", Zone),
    ("edt", Zone),
    ("pst", Zone),
    ("pdt", Zone),
    ("cet", Zone),
    ("cest", Zone),
    ("bst", Zone),
    ("msk", Zone),
];

/// Month names of other languages, one row a language, January first. Believed beside a day or a year only.
pub(super) const OTHER_MONTHS: &[(&str, [&str; 12])] = &[
    ("de", ["januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember"]),
    ("fr", ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"]),
    ("es", ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"]),
    (
        "it",
        ["gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto", "settembre", "ottobre", "novembre", "dicembre"],
    ),
    ("pt", ["janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"]),
    ("nl", ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"]),
];

/// Weekdays of other languages, Monday first. Believed beside a date only.
pub(super) const OTHER_WEEKDAYS: &[(&str, [&str; 7])] = &[
    ("de", ["montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"]),
    ("fr", ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]),
    ("es", ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"]),
    ("it", ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"]),
    ("nl", ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]),
];

/// The `of` of other languages, as in `19 de julio de 2021`.
pub(super) const OTHER_OF: &[&str] = &["de", "del", "di", "do"];

/// The longest form in bytes.
const LONGEST: usize = 16;

/// Words by hash: a lookup costs one multiplication a byte, for words of the text that mean no time as well.
#[derive(Debug)]
pub(super) struct Lexicon {
    slots: Vec<Option<(&'static str, Word)>>,
}

impl Lexicon {
    pub(super) fn new() -> Self {
        let mut lexicon = Lexicon { slots: vec![None; 2048] };
        for &(form, word) in ENGLISH {
            lexicon.insert(form, word);
        }
        for (_, names) in OTHER_MONTHS {
            for (name, month) in names.iter().zip(1..) {
                lexicon.insert(name, Month(month, Digits));
            }
        }
        for (_, names) in OTHER_WEEKDAYS {
            for (name, day) in names.iter().zip(1..) {
                lexicon.insert(name, Weekday(day, false));
            }
        }
        for of in OTHER_OF {
            lexicon.insert(of, Of);
        }
        lexicon
    }

    /// The first meaning given to a form stays.
    fn insert(&mut self, form: &'static str, word: Word) {
        let mask = self.slots.len() - 1;
        let mut at = hash(form.as_bytes()) & mask;
        while let Some(Some((other, _))) = self.slots.get(at) {
            if *other == form {
                return;
            }
            at = (at + 1) & mask;
        }
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Some((form, word));
        }
    }

    /// What a word of a text may stand for, whatever its case.
    pub(super) fn get(&self, word: &str) -> Option<Word> {
        if word.len() > LONGEST {
            return None;
        }
        if word.is_ascii() { self.find(word) } else { self.find(&word.to_lowercase()) }
    }

    fn find(&self, word: &str) -> Option<Word> {
        let mask = self.slots.len() - 1;
        let mut at = hash(word.as_bytes()) & mask;
        while let Some(Some((form, found))) = self.slots.get(at) {
            if form.eq_ignore_ascii_case(word) {
                return Some(*found);
            }
            at = (at + 1) & mask;
        }
        None
    }
}

/// FNV-1a over ASCII lower case.
fn hash(word: &[u8]) -> usize {
    let mixed =
        word.iter().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b.to_ascii_lowercase())).wrapping_mul(0x0000_0100_0000_01b3));
    (mixed ^ (mixed >> 29)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_in_any_case() {
        let lexicon = Lexicon::new();
        for (form, word) in ENGLISH {
            assert_eq!(lexicon.get(form), Some(*word), "{form}");
            assert_eq!(lexicon.get(&form.to_uppercase()), Some(*word), "{form}");
            assert!(form.len() <= LONGEST);
        }
        for (language, names) in OTHER_MONTHS {
            for (name, month) in names.iter().zip(1..) {
                assert!(matches!(lexicon.get(name), Some(Month(m, _)) if m == month), "{language} {name}");
            }
        }
        for (language, names) in OTHER_WEEKDAYS {
            for (name, day) in names.iter().zip(1..) {
                assert!(matches!(lexicon.get(name), Some(Weekday(d, _)) if d == day), "{language} {name}");
            }
        }
        assert_eq!(lexicon.get("Montage"), None);
        assert_eq!(lexicon.get("ﬁnger"), None);
    }
}
