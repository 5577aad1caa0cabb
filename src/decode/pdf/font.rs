//! Fonts, as far as text needs them: which characters a code stands for, how wide it is, whether the face is bold.

use super::bombs;
use hayro_font::hayro_cmap::BfString;
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Array, Dict, Name, Stream};
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// The fonts of a document, each loaded once.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    faces: HashMap<(usize, usize), Option<Rc<Face<'a>>>>,
    programs: FontResolverFn,
    maps: CMapResolverFn,
    /// Its streams were measured only as ciphertext.
    encrypted: bool,
}

/// A font in use.
pub(super) struct Face<'a> {
    font: Font<'a>,
    pub(super) bold: bool,
    pub(super) mono: bool,
    codes: RefCell<HashMap<u32, Rc<Code>>>,
}

/// What a code of a font shows.
#[derive(Debug)]
pub(super) struct Code {
    /// Its characters; empty where the font does not say.
    pub(super) text: Box<str>,
    /// Width in units of the text's size.
    pub(super) advance: f64,
}

impl<'a> Fonts<'a> {
    pub(super) fn new(encrypted: bool) -> Self {
        let programs: FontResolverFn = Arc::new(|query| {
            Some(match query {
                FontQuery::Standard(font) => font.get_font_data(),
                FontQuery::Fallback(query) => query.pick_standard_font().get_font_data(),
            })
        });
        let maps: CMapResolverFn = Arc::new(hayro_font::hayro_cmap::load_embedded);
        Fonts { cache: FontCache::new(), faces: HashMap::new(), programs, maps, encrypted }
    }

    /// The font that a dictionary describes.
    pub(super) fn face(&mut self, dict: &Dict<'a>) -> Option<Rc<Face<'a>>> {
        let key = (dict.data().as_ptr() as usize, dict.data().len());
        if let Some(known) = self.faces.get(&key) {
            return known.clone();
        }
        let font = if self.encrypted && !fits(dict) { None } else { self.cache.font(dict, &self.programs, &self.maps) };
        let face = font.map(|font| {
            let name = dict.get::<Name<'_>>(keys::BASE_FONT).map(|n| n.as_str().to_lowercase()).unwrap_or_default();
            let descendant = dict.get::<Array<'_>>(keys::DESCENDANT_FONTS).and_then(|a| a.iter::<Dict<'_>>().next());
            let descriptor = descendant.as_ref().unwrap_or(dict).get::<Dict<'_>>(keys::FONT_DESC).unwrap_or_default();
            let flags = descriptor.get::<u32>(keys::FLAGS).unwrap_or(0);
            let weight = descriptor.get::<f32>(keys::FONT_WEIGHT).unwrap_or(400.0);
            let says = |words: &[&str]| words.iter().any(|w| name.contains(w));
            // Computer Modern names its bold faces `cmbx`, Nimbus its mono faces `nimbusmon`.
            let bold = says(&["bold", "black", "heavy", "semibd", "-bd", "cmbx", "-medi", "sfbx", "demi"]);
            let mono = says(&["courier", "mono", "consol", "cmtt", "menlo", "typewriter"]);
            Rc::new(Face {
                font,
                bold: bold || weight >= 600.0 || flags & 1 << 18 != 0,
                mono: mono || flags & 1 != 0,
                codes: RefCell::default(),
            })
        });
        self.faces.insert(key, face.clone());
        face
    }
}

impl Face<'_> {
    /// The codes of a string, one after the other.
    pub(super) fn codes(&self, bytes: &[u8], mut each: impl FnMut(&Code, usize, u32)) {
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = self.font.read_code(bytes, at);
            let length = length.max(1);
            let shown = self.code(code);
            each(&shown, length, code);
            at += length;
        }
    }

    fn code(&self, code: u32) -> Rc<Code> {
        if let Some(known) = self.codes.borrow().get(&code) {
            return known.clone();
        }
        let unicode = match self.font.glyph(self.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let text = match unicode {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => String::new(),
        };
        let advance = self.font.code_advance(code);
        let advance = if self.font.is_horizontal() { advance.x } else { 0.0 } / f64::from(hayro_font::UNITS_PER_EM);
        let code_of = Rc::new(Code { text: plain(&text), advance: if advance.is_finite() { advance } else { 0.0 } });
        self.codes.borrow_mut().insert(code, code_of.clone());
        code_of
    }
}

/// Ligatures and forms of letters as the letters they are; places that only the font knows (private use) as nothing known.
fn plain(text: &str) -> Box<str> {
    use unicode_normalization::UnicodeNormalization;
    let form = |c: char| matches!(c, '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{f900}'..='\u{faff}' | '\u{2f00}'..='\u{2fdf}');
    let known =
        |c: char| !matches!(c, '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{e000}'..='\u{efff}' | '\u{f100}'..='\u{f8ff}' | '\u{fffd}');
    // Symbol fonts put their bullets at U+F0xx.
    let symbol = |c: char| match c {
        '\u{f0a7}' | '\u{f0b7}' | '\u{f076}' | '\u{f0d8}' | '\u{f0fc}' => '•',
        '\u{f020}'..='\u{f07e}' => char::from((c as u32 - 0xf000) as u8),
        c => c,
    };
    let shown = text.chars().map(symbol).filter(|c| known(*c));
    if text.chars().any(form) { shown.nfkc().collect::<String>().into() } else { shown.collect::<String>().into() }
}

/// Whether all streams of a font unpack to no more than allowed.
fn fits(dict: &Dict<'_>) -> bool {
    let mut dicts = vec![dict.clone()];
    dicts.extend(dict.get::<Array<'_>>(keys::DESCENDANT_FONTS).and_then(|a| a.iter::<Dict<'_>>().next()));
    let descriptors: Vec<Dict<'_>> = dicts.iter().filter_map(|d| d.get::<Dict<'_>>(keys::FONT_DESC)).collect();
    dicts.extend(descriptors);
    dicts.iter().all(|d| d.keys().all(|key| d.get::<Stream<'_>>(key.as_ref()).is_none_or(|stream| bombs::fits(&stream))))
}
