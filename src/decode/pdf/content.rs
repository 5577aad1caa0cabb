//! The content of a page, run as a program: every glyph with its place, and the rules and pictures drawn (ISO 32000-2, § 8 and 9).

use super::bombs;
use super::font::{Face, Fonts};
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::dict::keys;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Most glyphs and rules of a page.
const GLYPHS: usize = 400_000;
const RULES: usize = 20_000;
/// How deep forms may hold forms, and graphics states be saved.
const FORMS: usize = 12;
const SAVED: usize = 256;
/// Bytes of content that the run of any stream costs at least.
const RUN: usize = 2 << 10;
/// Most characters that a mark may put in place of the glyphs within.
const REPLACED: usize = 24;

/// A glyph on the page: points from its upper left corner, as a reader holds it.
#[derive(Clone, Debug)]
pub(super) struct Glyph {
    /// Where it begins and ends on its base line.
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    /// Its text, a range of [`Drawn::text`].
    pub(super) text: (u32, u32),
    pub(super) turn: Turn,
    pub(super) bold: bool,
    pub(super) mono: bool,
    /// Marked as no part of the text: a running head, a number, an ornament.
    pub(super) artifact: bool,
    /// A small mark raised above its line.
    pub(super) raised: bool,
}

/// Which way a line of text runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    #[default]
    Level,
    Up,
    Down,
    Other,
}

/// A line drawn level or upright.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rule {
    pub(super) x0: f32,
    pub(super) y0: f32,
    pub(super) x1: f32,
    pub(super) y1: f32,
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) glyphs: Vec<Glyph>,
    /// Text below a picture of it, as scanners put it.
    pub(super) unseen: Vec<Glyph>,
    pub(super) text: String,
    pub(super) rules: Vec<Rule>,
    pub(super) pictures: usize,
    /// Glyphs of which the font does not say what they are.
    pub(super) unknown: usize,
}

/// What a document still may cost.
#[derive(Debug)]
pub(super) struct Budget {
    /// Bytes of content to run.
    pub(super) bytes: usize,
    /// Its streams were not measured before.
    pub(super) encrypted: bool,
}

/// Runs the content of a page.
pub(super) fn run<'a>(page: &Page<'a>, fonts: &mut Fonts<'a>, hidden: &HashSet<ObjectIdentifier>, budget: &mut Budget) -> Drawn {
    let mut drawn = Drawn::default();
    let initial = page.initial_transform(true).as_coeffs();
    let content = bytes_of(page, budget);
    let mut machine = Machine { fonts, hidden, budget, drawn: &mut drawn, faces: HashMap::new(), forms: Vec::new() };
    machine.run(&content, page.resources(), State::new(initial), false);
    drawn
}

/// The content of a page, its parts joined.
fn bytes_of(page: &Page<'_>, budget: &mut Budget) -> Vec<u8> {
    let mut out = Vec::new();
    let dict = page.raw();
    let take = |out: &mut Vec<u8>, stream: Stream<'_>| {
        if let Some(bytes) = unpack(&stream, budget) {
            out.extend_from_slice(&bytes);
            out.push(b'\n');
        }
    };
    let mut take = take;
    if let Some(stream) = dict.get::<Stream<'_>>(keys::CONTENTS) {
        take(&mut out, stream);
    } else if let Some(array) = dict.get::<Array<'_>>(keys::CONTENTS) {
        array.iter::<Stream<'_>>().for_each(|stream| take(&mut out, stream));
    }
    out
}

fn unpack(stream: &Stream<'_>, budget: &mut Budget) -> Option<Vec<u8>> {
    if budget.bytes == 0 || (budget.encrypted && !bombs::fits(stream)) {
        return None;
    }
    let bytes = stream.decoded_data().ok()?.into_owned();
    budget.bytes = budget.bytes.saturating_sub(bytes.len().max(RUN));
    Some(bytes)
}

type Matrix = [f64; 6];

/// `inner` within `outer`.
fn within(outer: &Matrix, inner: &Matrix) -> Matrix {
    let [a, b, c, d, e, f] = *outer;
    let [g, h, i, j, k, l] = *inner;
    [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f]
}

fn place(m: &Matrix, x: f64, y: f64) -> (f64, f64) {
    (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])
}

#[derive(Clone)]
struct State<'a> {
    ctm: Matrix,
    face: Option<Rc<Face<'a>>>,
    size: f64,
    character: f64,
    word: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    mode: i64,
}

impl State<'_> {
    fn new(ctm: Matrix) -> Self {
        State { ctm, face: None, size: 0.0, character: 0.0, word: 0.0, stretch: 1.0, leading: 0.0, rise: 0.0, mode: 0 }
    }
}

/// An open mark.
struct Mark {
    artifact: bool,
    hidden: bool,
    /// What stands for the glyphs from here on.
    instead: Option<(usize, String)>,
}

struct Machine<'a, 'm> {
    fonts: &'m mut Fonts<'a>,
    hidden: &'m HashSet<ObjectIdentifier>,
    budget: &'m mut Budget,
    drawn: &'m mut Drawn,
    /// Fonts by dictionary and name, so that a page looks each up once.
    faces: HashMap<(usize, Vec<u8>), Option<Rc<Face<'a>>>>,
    /// Forms that are being drawn.
    forms: Vec<ObjectIdentifier>,
}

impl<'a> Machine<'a, '_> {
    fn run(&mut self, content: &[u8], resources: &Resources<'a>, initial: State<'a>, artifact: bool) {
        const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];
        let mut state = initial;
        let mut saved: Vec<State<'a>> = Vec::new();
        let (mut text, mut line) = (IDENTITY, IDENTITY);
        let mut marks: Vec<Mark> = Vec::new();
        let mut path = Path::default();
        let mut numbers: Vec<f64> = Vec::new();
        let mut operations = UntypedIter::new(content);
        while let Some(operation) = operations.next() {
            numbers.clear();
            numbers.extend(operation.operands().filter_map(|o| if let Object::Number(n) = o { Some(n.as_f64()) } else { None }));
            let number = |at: usize| numbers.get(at).copied().unwrap_or(0.0);
            let matrix = || <Matrix>::try_from(numbers.get(..6).unwrap_or_default()).unwrap_or(IDENTITY);
            let off = artifact || marks.iter().any(|m| m.artifact);
            let dark = marks.iter().any(|m| m.hidden);
            match &**operation.operator {
                b"q" if saved.len() < SAVED => saved.push(state.clone()),
                b"Q" => state = saved.pop().unwrap_or(state),
                b"cm" => state.ctm = within(&state.ctm, &matrix()),
                b"BT" => (text, line) = (IDENTITY, IDENTITY),
                b"Tf" => {
                    if let Some(Object::Name(name)) = operation.operands().next() {
                        state.face = self.face(resources, name);
                    }
                    state.size = number(0);
                }
                b"Tc" => state.character = number(0),
                b"Tw" => state.word = number(0),
                b"Tz" => state.stretch = number(0) / 100.0,
                b"TL" => state.leading = number(0),
                b"Ts" => state.rise = number(0),
                b"Tr" => state.mode = number(0) as i64,
                b"Td" | b"TD" => {
                    if &**operation.operator == b"TD" {
                        state.leading = -number(1);
                    }
                    line = within(&line, &[1.0, 0.0, 0.0, 1.0, number(0), number(1)]);
                    text = line;
                }
                b"Tm" => (text, line) = (matrix(), matrix()),
                b"T*" | b"'" | b"\"" => {
                    line = within(&line, &[1.0, 0.0, 0.0, 1.0, 0.0, -state.leading]);
                    text = line;
                    if &**operation.operator == b"\"" {
                        (state.word, state.character) = (number(0), number(1));
                    }
                    if let Some(Object::String(string)) = operation.operands().last() {
                        self.show(&state, &mut text, string.as_bytes(), off, dark);
                    }
                }
                b"Tj" => {
                    if let Some(Object::String(string)) = operation.operands().next() {
                        self.show(&state, &mut text, string.as_bytes(), off, dark);
                    }
                }
                b"TJ" => {
                    if let Some(Object::Array(array)) = operation.operands().next() {
                        for piece in array.raw_iter() {
                            match piece {
                                MaybeRef::NotRef(Object::String(string)) => self.show(&state, &mut text, string.as_bytes(), off, dark),
                                MaybeRef::NotRef(Object::Number(n)) => {
                                    let by = -n.as_f64() / 1000.0 * state.size * state.stretch;
                                    text = within(&text, &[1.0, 0.0, 0.0, 1.0, by, 0.0]);
                                }
                                _ => {}
                            }
                        }
                    }
                }
                b"Do" if !dark => {
                    if let Some(Object::Name(name)) = operation.operands().next() {
                        self.draw(resources, name, &state, off);
                    }
                }
                b"BI" => self.drawn.pictures += 1,
                b"BMC" | b"BDC" => {
                    let mark = self.mark(resources, operation.operands().next(), operation.operands().nth(1));
                    marks.push(mark);
                }
                b"EMC" => {
                    if let Some(Mark { instead: Some((from, text)), .. }) = marks.pop() {
                        self.replace(from, &text);
                    }
                }
                b"re" => path.rectangle(&state.ctm, number(0), number(1), number(2), number(3)),
                b"m" => path.begin(place(&state.ctm, number(0), number(1))),
                b"l" => path.line(place(&state.ctm, number(0), number(1))),
                b"c" | b"v" | b"y" => path.bend(),
                b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" => path.finish(true, &mut self.drawn.rules),
                b"f" | b"F" | b"f*" => path.finish(false, &mut self.drawn.rules),
                b"n" => path = Path::default(),
                _ => {}
            }
        }
    }

    fn face(&mut self, resources: &Resources<'a>, name: &Name<'_>) -> Option<Rc<Face<'a>>> {
        let key = (resources.fonts.data().as_ptr() as usize, name.as_ref().to_vec());
        if let Some(known) = self.faces.get(&key) {
            return known.clone();
        }
        let face = resources.fonts.get::<Dict<'a>>(name.as_ref()).and_then(|dict| self.fonts.face(&dict));
        self.faces.insert(key, face.clone());
        face
    }

    /// Shows a string and moves on behind it.
    fn show(&mut self, state: &State<'a>, text: &mut Matrix, bytes: &[u8], artifact: bool, hidden: bool) {
        let Some(face) = state.face.clone() else { return };
        face.codes(bytes, |code, length, value| {
            let placed = within(&within(&state.ctm, text), &[state.size * state.stretch, 0.0, 0.0, state.size, 0.0, state.rise]);
            let space = if length == 1 && value == 32 { state.word } else { 0.0 };
            let wide = code.advance * state.size * state.stretch;
            *text = within(text, &[1.0, 0.0, 0.0, 1.0, wide + (state.character + space) * state.stretch, 0.0]);
            if !hidden {
                self.put(&placed, code.advance, &code.text, &face, state.mode, artifact);
            }
        });
    }

    fn put(&mut self, m: &Matrix, advance: f64, shown: &str, face: &Face<'_>, mode: i64, artifact: bool) {
        if self.drawn.glyphs.len() + self.drawn.unseen.len() >= GLYPHS {
            return;
        }
        if shown.is_empty() && advance > 0.0 {
            self.drawn.unknown += 1;
        }
        let size = (m[2] * m[2] + m[3] * m[3]).sqrt();
        let (x, y) = (m[4], m[5]);
        let (ex, ey) = place(m, advance, 0.0);
        if ![size, x, y, ex, ey].iter().all(|v| v.is_finite() && v.abs() < 1e6) || size < 0.5 {
            return;
        }
        let wide = (m[0] * m[0] + m[1] * m[1]).sqrt().max(1e-9);
        let (cos, sin) = (m[0] / wide, m[1] / wide);
        let (turn, x0, x1, y) = match () {
            () if cos > 0.97 => (Turn::Level, x, ex, y),
            // Read from below or above: the page is turned so that the line is level.
            () if sin < -0.97 => (Turn::Up, -y, -ey, x),
            () if sin > 0.97 => (Turn::Down, y, ey, -x),
            () => (Turn::Other, x, ex, y),
        };
        let from = self.drawn.text.len() as u32;
        self.drawn.text.push_str(shown);
        let glyph = Glyph {
            x0: x0 as f32,
            x1: x1 as f32,
            y: y as f32,
            size: size as f32,
            text: (from, self.drawn.text.len() as u32),
            turn,
            bold: face.bold || mode == 2,
            mono: face.mono,
            artifact,
            raised: false,
        };
        if mode == 3 || mode == 7 { &mut self.drawn.unseen } else { &mut self.drawn.glyphs }.push(glyph);
    }

    /// Draws a form, or counts a picture.
    fn draw(&mut self, resources: &Resources<'a>, name: &Name<'_>, state: &State<'a>, artifact: bool) {
        let Some(object) = resources.x_objects.get::<Stream<'a>>(name.as_ref()) else { return };
        let dict = object.dict();
        match dict.get::<Name<'_>>(keys::SUBTYPE).as_deref() {
            Some(b"Image") => self.drawn.pictures += 1,
            Some(b"Form") => {
                let id = object.obj_id();
                let shown = dict.get_ref(keys::OC).is_none_or(|group| !self.hidden.contains(&group.into()));
                if !shown || self.forms.len() >= FORMS || self.forms.contains(&id) {
                    return;
                }
                let Some(content) = unpack(&object, self.budget) else { return };
                let mut inner = state.clone();
                if let Some(matrix) = dict.get::<[f64; 6]>(keys::MATRIX) {
                    inner.ctm = within(&inner.ctm, &matrix);
                }
                let own = dict.get::<Dict<'a>>(keys::RESOURCES).map(Resources::new);
                self.forms.push(id);
                self.run(&content, own.as_ref().unwrap_or(resources), inner, artifact);
                self.forms.pop();
            }
            _ => {}
        }
    }

    fn mark(&mut self, resources: &Resources<'a>, tag: Option<&Object<'_>>, with: Option<&Object<'_>>) -> Mark {
        let tag: &[u8] = if let Some(Object::Name(name)) = tag { name.as_ref() } else { b"" };
        let mut mark = Mark { artifact: tag == b"Artifact", hidden: false, instead: None };
        match with {
            Some(Object::Name(name)) if tag == b"OC" => {
                mark.hidden = resources.properties.get_ref(name.as_ref()).is_some_and(|group| self.hidden.contains(&group.into()));
            }
            Some(Object::Dict(dict)) => {
                let instead = dict.get::<hayro_syntax::object::String<'_>>(b"ActualText");
                mark.instead = instead.map(|text| (self.drawn.glyphs.len(), super::info::text(text.as_bytes())));
            }
            _ => {}
        }
        mark
    }

    /// Lets `text` stand for the glyphs from `from` on.
    fn replace(&mut self, from: usize, text: &str) {
        let Some(glyphs) = self.drawn.glyphs.get_mut(from..) else { return };
        if glyphs.is_empty() || glyphs.len() > REPLACED || text.chars().count() > REPLACED {
            return;
        }
        let start = self.drawn.text.len() as u32;
        self.drawn.text.push_str(text);
        for (nth, glyph) in glyphs.iter_mut().enumerate() {
            glyph.text = if nth == 0 { (start, self.drawn.text.len() as u32) } else { (start, start) };
        }
    }
}

/// A path, as far as it consists of level and upright lines.
#[derive(Default)]
struct Path {
    at: Option<(f64, f64)>,
    lines: Vec<Rule>,
    boxes: Vec<Rule>,
}

/// A filled box as thin as this is a rule.
const THIN: f32 = 2.5;
/// A rule shorter than this is an ornament.
const SHORT: f32 = 6.0;

impl Path {
    fn begin(&mut self, to: (f64, f64)) {
        self.at = Some(to);
    }

    fn line(&mut self, to: (f64, f64)) {
        if let Some(from) = self.at.replace(to)
            && self.lines.len() < RULES
        {
            self.lines.push(between(from, to));
        }
    }

    fn bend(&mut self) {
        self.at = None;
    }

    fn rectangle(&mut self, ctm: &Matrix, x: f64, y: f64, w: f64, h: f64) {
        if self.boxes.len() < RULES {
            self.boxes.push(between(place(ctm, x, y), place(ctm, x + w, y + h)));
        }
    }

    fn finish(&mut self, stroked: bool, rules: &mut Vec<Rule>) {
        let done = std::mem::take(self);
        let mut add = |rule: Rule| {
            let (w, h) = (rule.x1 - rule.x0, rule.y1 - rule.y0);
            if rules.len() < RULES && w.min(h) <= THIN && w.max(h) >= SHORT && w.max(h) < 1e5 {
                rules.push(rule);
            }
        };
        if stroked {
            done.lines.into_iter().for_each(&mut add);
        }
        for r in done.boxes {
            if stroked && (r.x1 - r.x0).min(r.y1 - r.y0) > THIN {
                add(Rule { y1: r.y0, ..r });
                add(Rule { y0: r.y1, ..r });
                add(Rule { x1: r.x0, ..r });
                add(Rule { x0: r.x1, ..r });
            } else {
                add(r);
            }
        }
    }
}

fn between(a: (f64, f64), b: (f64, f64)) -> Rule {
    Rule { x0: a.0.min(b.0) as f32, y0: a.1.min(b.1) as f32, x1: a.0.max(b.0) as f32, y1: a.1.max(b.1) as f32 }
}
