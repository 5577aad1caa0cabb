//! Inline mark-up of Markdown: emphasis, code, links, images, escapes, tags, after the CommonMark specification (0.31) where it matters to a reader.
//!
//! One pass over the text, in linear time: marks become nodes that are switched off once their partner is found.

use std::collections::HashMap;

/// Text of one line as a reader sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) text: String,
    pub(super) link_bytes: u32,
    pub(super) strong_bytes: u32,
}

/// What an inline text consists of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Inline {
    /// Its lines: it is parted at hard breaks only.
    pub(super) lines: Vec<Run>,
    /// Texts that stand for pictures.
    pub(super) pictures: Vec<String>,
    /// Target of the first link.
    pub(super) target: Option<String>,
    /// It begins with a picture.
    pub(super) pictured: bool,
}

/// Link targets by their names.
pub(super) type References = HashMap<String, ()>;

/// How many open brackets and emphasis marks are kept in mind.
const OPEN: usize = 32;
/// Longest target of a link, in bytes.
const TARGET: usize = 16_384;

#[derive(Default)]
struct Node<'a> {
    text: std::borrow::Cow<'a, str>,
    off: bool,
    /// Changes of the depth of links and strong text before this node.
    link: i32,
    strong: i32,
    /// Changes of the depth of pictures before this node.
    picture: i32,
    break_after: bool,
}

struct Parser<'a> {
    source: &'a str,
    at: usize,
    nodes: Vec<Node<'a>>,
    brackets: Vec<(usize, bool)>,
    marks: Vec<(usize, char, usize)>,
    target: Option<String>,
    references: &'a References,
}

/// Reads an inline text.
pub(super) fn read(source: &str, references: &References) -> Inline {
    let mut parser = Parser { source, at: 0, nodes: Vec::new(), brackets: Vec::new(), marks: Vec::new(), target: None, references };
    while parser.at < source.len() {
        parser.step();
    }
    parser.finish()
}

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.source.get(self.at..).unwrap_or_default()
    }

    fn push(&mut self, text: &'a str) {
        self.nodes.push(Node { text: text.into(), ..Node::default() });
    }

    /// Takes `bytes` of the source as plain text.
    fn plain(&mut self, bytes: usize) {
        let text = self.rest().get(..bytes).unwrap_or_else(|| self.rest());
        self.push(text);
        self.at += text.len().max(1);
    }

    fn step(&mut self) {
        let rest = self.rest();
        let special = rest.find(['\\', '`', '*', '_', '~', '[', ']', '!', '<', '&', '\n']).unwrap_or(rest.len());
        if special > 0 {
            return self.plain(special);
        }
        match rest.as_bytes().first() {
            Some(b'\\') => self.escape(),
            Some(b'`') => self.code(),
            Some(b'*' | b'_' | b'~') => self.mark(),
            Some(b'!') if rest.starts_with("![") => {
                self.brackets.push((self.nodes.len(), true));
                self.plain(2);
            }
            Some(b'[') => {
                self.brackets.push((self.nodes.len(), false));
                self.plain(1);
            }
            Some(b']') => self.close(),
            Some(b'<') => self.tag(),
            Some(b'&') => self.entity(),
            Some(b'\n') => {
                let hard = self.source.get(..self.at).is_some_and(|s| s.ends_with("  "));
                self.plain(1);
                if let Some(node) = self.nodes.last_mut() {
                    node.break_after = hard;
                }
            }
            _ => self.plain(1),
        }
        if self.brackets.len() > OPEN {
            self.brackets.remove(0);
        }
        if self.marks.len() > OPEN {
            self.marks.remove(0);
        }
    }

    fn escape(&mut self) {
        let next = self.rest().chars().nth(1);
        match next {
            Some('\n') => {
                self.plain(2);
                if let Some(node) = self.nodes.last_mut() {
                    (node.text, node.break_after) = ("\n".into(), true);
                }
            }
            Some(c) if c.is_ascii_punctuation() => {
                self.at += 1;
                self.plain(1);
            }
            _ => self.plain(1),
        }
    }

    fn code(&mut self) {
        let rest = self.rest();
        let ticks = rest.len() - rest.trim_start_matches('`').len();
        let fence = &rest[..ticks];
        // The search is bounded: a page of single ticks must not cost its square.
        let body = &rest[ticks..];
        let within = body.get(..TARGET).unwrap_or(body);
        match within.find(fence) {
            Some(end) if end > 0 => {
                self.push(&body[..end]);
                self.at += ticks * 2 + end;
            }
            _ => self.plain(ticks),
        }
    }

    /// `*`, `_` and `~~`: closes an open mark of its kind, else opens one.
    fn mark(&mut self) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return };
        let run = rest.len() - rest.trim_start_matches(c).len();
        let before = self.source.get(..self.at).and_then(|s| s.chars().next_back());
        let after = rest.get(run..).and_then(|s| s.chars().next());
        let space = |c: Option<char>| c.is_none_or(char::is_whitespace);
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let inside = c == '_' && word(before) && word(after);
        let (opens, closes) = (!space(after) && !inside, !space(before) && !inside);
        let at = self.nodes.len();
        self.plain(run);
        if (c == '~' && run < 2) || run > 3 {
            return;
        }
        let opener = closes.then(|| self.marks.iter().rposition(|&(_, kind, len)| kind == c && len == run)).flatten();
        if let Some(found) = opener {
            let (from, ..) = self.marks[found];
            self.marks.truncate(found);
            self.nodes[from].off = true;
            self.nodes[at].off = true;
            if c != '~' && run >= 2 {
                self.nodes[from].strong += 1;
                self.nodes[at].strong -= 1;
            }
        } else if opens {
            self.marks.push((at, c, run));
        }
    }

    /// `]`: the end of a link, a picture or a footnote mark, else a bracket.
    fn close(&mut self) {
        let Some((from, picture)) = self.brackets.pop() else { return self.plain(1) };
        let after = self.source.get(self.at + 1..).unwrap_or_default();
        let inside: String = self.nodes[from + 1..].iter().map(|n| n.text.as_ref()).take(64).collect();
        let target = if after.starts_with('(') {
            balanced(after)
        } else if let Some(named) = after.strip_prefix('[') {
            let end = named.get(..200.min(named.len())).and_then(|n| n.find(']')).or_else(|| named.find(']').filter(|e| *e < 200));
            end.filter(|&e| self.references.contains_key(&name(if e == 0 { &inside } else { &named[..e] }))).map(|e| e + 2)
        } else {
            self.references.contains_key(&name(&inside)).then_some(0)
        };
        let footnote = inside.starts_with('^') && !inside.contains(' ');
        if let Some(length) = target {
            self.nodes[from].off = true;
            if picture {
                self.nodes[from].picture += 1;
            } else {
                self.nodes[from].link += 1;
                if self.target.is_none() {
                    let inner = after.get(1..length.saturating_sub(1)).unwrap_or_default();
                    self.target = inner.split_whitespace().next().map(|t| t.trim_matches(['<', '>']).to_owned());
                }
            }
            let end = Node { link: -i32::from(!picture), picture: -i32::from(picture), off: true, ..Node::default() };
            self.nodes.push(end);
            self.at += 1 + length;
        } else if footnote {
            for node in &mut self.nodes[from..] {
                node.off = true;
            }
            self.at += 1;
        } else if after.starts_with(']') && self.brackets.last().is_some_and(|&(outer, _)| outer + 1 == from) {
            // `[[a page of this wiki]]`
            let (outer, _) = self.brackets.pop().unwrap_or((from, false));
            self.nodes[outer].off = true;
            self.nodes[outer].link += 1;
            self.nodes[from].off = true;
            self.nodes.push(Node { link: -1, off: true, ..Node::default() });
            self.at += 2;
        } else {
            self.plain(1);
        }
    }

    /// `<https://…>` is its address; a tag of HTML goes, `<br>` breaks.
    fn tag(&mut self) {
        let rest = self.rest();
        let within = rest.get(..TARGET).unwrap_or(rest);
        if let Some(comment) = within.strip_prefix("<!--") {
            match comment.find("-->") {
                Some(end) => self.at += end + 7,
                None => self.plain(4),
            }
            return;
        }
        let Some(end) = within.find('>') else { return self.plain(1) };
        let inner = &rest[1..end];
        if inner.contains("://") && !inner.contains([' ', '"', '=', '\n']) || inner.starts_with("mailto:") {
            self.nodes.push(Node { link: 1, off: true, ..Node::default() });
            self.push(inner);
            self.nodes.push(Node { link: -1, off: true, ..Node::default() });
            self.at += end + 1;
            return;
        }
        let name: String = inner.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        if name.is_empty() || name.len() > 16 || !inner.trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic()) {
            return self.plain(1);
        }
        let after_name = &inner.trim_start_matches('/')[name.len()..];
        if !(after_name.is_empty() || after_name.starts_with(['/', ' ', '\n', '\t'])) {
            return self.plain(1);
        }
        self.at += end + 1;
        let breaks = matches!(name.to_ascii_lowercase().as_str(), "br" | "p" | "div" | "li" | "tr" | "hr");
        self.nodes.push(Node { text: if breaks { "\n" } else { "" }.into(), break_after: breaks, ..Node::default() });
    }

    fn entity(&mut self) {
        let rest = self.rest();
        let end = rest.bytes().take(12).position(|b| b == b';');
        match end.and_then(|e| decoded(&rest[1..e]).map(|c| (e, c))) {
            Some((end, c)) => {
                self.nodes.push(Node { text: c.to_string().into(), ..Node::default() });
                self.at += end + 1;
            }
            None => self.plain(1),
        }
    }

    fn finish(self) -> Inline {
        let mut inline = Inline { target: self.target, ..Inline::default() };
        let (mut link, mut strong, mut picture) = (0i32, 0i32, 0i32);
        let mut run = Run::default();
        let mut alt = String::new();
        let mut first = true;
        for node in &self.nodes {
            let was = picture;
            link += node.link;
            strong += node.strong;
            picture += node.picture;
            if was > 0 && picture <= 0 {
                inline.pictures.push(std::mem::take(&mut alt));
            }
            inline.pictured |= first && picture > 0;
            if node.off {
                continue;
            }
            if picture > 0 {
                alt.push_str(&node.text);
                continue;
            }
            first &= node.text.trim().is_empty();
            run.text.push_str(&node.text);
            if link > 0 {
                run.link_bytes += node.text.len() as u32;
            }
            if strong > 0 {
                run.strong_bytes += node.text.len() as u32;
            }
            if node.break_after {
                inline.lines.push(std::mem::take(&mut run));
            }
        }
        inline.lines.push(run);
        inline
    }
}

/// The name of a reference: lower case, single spaces.
pub(super) fn name(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Length of the `(…)` at the start of `text`.
fn balanced(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut escaped = false;
    for (i, b) in text.bytes().enumerate().take(TARGET) {
        match b {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'(' => depth += 1,
            b')' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(i + 1);
                }
            }
            b'\n' if text.get(i + 1..).is_some_and(|t| t.trim_start_matches([' ', '\t']).starts_with('\n')) => return None,
            _ => {}
        }
    }
    None
}

/// The character of `&name;` or `&#number;`: the names that pages turned to Markdown keep.
fn decoded(name: &str) -> Option<char> {
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).filter(|c| !c.is_control());
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        "bull" => '•',
        "middot" => '·',
        "copy" => '©',
        "reg" => '®',
        "trade" => '™',
        "euro" => '€',
        "pound" => '£',
        "deg" => '°',
        "times" => '×',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(source: &str) -> String {
        read(source, &References::new()).lines.into_iter().map(|r| r.text).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn marks_go_and_text_stays() {
        for (source, seen) in [
            ("a **bold** and *slanted* word", "a bold and slanted word"),
            ("*Not closed, 2 * 3 and snake_case_name", "*Not closed, 2 * 3 and snake_case_name"),
            ("see [the gate](https://gate.example/a_(b) \"t\") now", "see the gate now"),
            ("[**bold** link](x) ~~gone~~", "bold link gone"),
            ("`code * here` \\*kept\\*", "code * here *kept*"),
            ("<https://gate.example> &amp; <b>b</b> 3 < 4", "https://gate.example & b 3 < 4"),
            ("one  \ntwo<br>three\\\nfour", "one  \n|two\n|three\n|four"),
            ("a note[^1] and [sic] and [[a page]]", "a note and [sic] and a page"),
            ("&#8217;&unknown; &", "’&unknown; &"),
        ] {
            assert_eq!(text(source), seen, "{source}");
        }
    }

    #[test]
    fn links_and_bold_are_counted_and_pictures_set_apart() {
        let inline = read("[all of it](x)", &References::new());
        assert_eq!((inline.lines[0].link_bytes, inline.lines[0].text.len()), (9, 9));
        assert_eq!(read("**bold** no", &References::new()).lines[0].strong_bytes, 4);
        let inline = read("![a gate](g.png)Picture: Ida\nText", &References::new());
        assert_eq!((inline.pictures.as_slice(), inline.pictured), (&["a gate".to_owned()][..], true));
        assert_eq!(inline.lines[0].text, "Picture: Ida\nText");
        let references = References::from([("gate".into(), ())]);
        assert_eq!(read("the [Gate] and the [door][gate]", &references).lines[0].text, "the Gate and the door");
    }

    #[test]
    fn hostile_marks_take_linear_time() {
        for piece in ["[", "![", "*", "_a ", "`", "<a", "](", "[a](", "**a ", "&", "[[", "`` `"] {
            let hostile = piece.repeat(20_000);
            assert!(!read(&hostile, &References::new()).lines.is_empty());
        }
    }
}
