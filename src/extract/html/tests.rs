//! What a reader of the blocks sees.
#![allow(clippy::unwrap_used)]
use super::read;
use crate::article::{Block, BlockKind};

fn texts(html: &str) -> Vec<String> {
    read(html).blocks.into_iter().map(|b| b.text).collect()
}

fn only(html: &str) -> Block {
    let mut page = read(html);
    assert_eq!(page.blocks.len(), 1, "{:?}", page.blocks);
    page.blocks.pop().unwrap()
}

#[test]
fn inline_mark_up_does_not_break_a_word_and_blocks_do() {
    assert_eq!(texts("<div>A st<b>ate</b>ment.<p>An <i>other</i> one</p>rest</div>"), ["A statement.", "An other one", "rest"]);
}

#[test]
fn links_side_by_side_are_words_of_their_own() {
    assert_eq!(texts("<div><a href=1>Home</a><a href=2>World</a>, <a>hacker</a>s</div>"), ["Home World, hackers"]);
    assert_eq!(texts("<div><span class=n>Ada Roe</span><span class=d>Today</span></div>"), ["Ada Roe Today"]);
    assert_eq!(texts("<p><span class=drop>T</span>he end</p>"), ["The end"]);
}

#[test]
fn two_line_breaks_part_paragraphs_and_one_does_not() {
    assert_eq!(texts("<div>one<br>two<br><br>three<br> <br>four</div>"), ["one two", "three", "four"]);
}

#[test]
fn rows_of_data_are_one_block_and_rows_of_layout_are_not() {
    let page = read("<table><tr><th>Group<th>Country<tr><td>Reed<br>Team<td>Freedonia</table>");
    assert_eq!(page.blocks.iter().map(|b| b.text.as_str()).collect::<Vec<_>>(), ["Group | Country", "Reed Team | Freedonia"]);
    assert!(page.blocks.iter().all(|b| b.kind == BlockKind::TableRow));
    assert_eq!(texts("<table><tr><td><ul><li>Menu</ul><td><p>Text</table>"), ["Menu", "Text"]);
}

#[test]
fn kinds_and_levels() {
    let page = read(
        "<h2>Head</h2><ul><li>a<ul><li>b</ul></ul><blockquote><p>q</blockquote><pre>x\n  y\n</pre><figure><figcaption>c</figcaption></figure><button>Go</button>",
    );
    let seen: Vec<_> = page.blocks.iter().map(|b| (b.text.as_str(), b.kind, b.level)).collect();
    use BlockKind::*;
    let expected = [
        ("Head", Heading, 2),
        ("a", ListItem, 1),
        ("b", ListItem, 2),
        ("q", Quote, 0),
        ("x\n  y", Preformatted, 0),
        ("c", Caption, 0),
        ("Go", Control, 0),
    ];
    assert_eq!(seen, expected);
}

#[test]
fn the_innermost_element_around_all_text_of_a_block_is_named() {
    let page = read("<div id=main><p class='By-line'><span class=authorName>Ada</span></p><p>One <b>two</b></p></div>");
    let around: Vec<_> = page.blocks.iter().map(|b| page.elements.get(b.element as usize).unwrap()).collect();
    assert_eq!((&*around[0].tag, &*around[0].hints), ("span", "author name"));
    assert_eq!((&*around[1].tag, &*page.elements[around[0].parent as usize].hints), ("p", "by line"));
    assert!(page.elements.iter().enumerate().all(|(at, e)| e.parent == u32::MAX || (e.parent as usize) < at));
}

#[test]
fn what_is_not_shown_is_marked_and_kept() {
    for html in [
        "<p hidden>x",
        "<p aria-hidden=true>x",
        "<p style='color:red; display : none'>x",
        "<body><noscript><p>x</noscript>",
        "<body><template><p>x</template>",
        "<dialog>x</dialog>",
    ] {
        assert!(only(html).hidden, "{html}");
    }
    assert!(!only("<p style='display:block'>x").hidden);
    assert!(!only("<template></template><p>x</p>").hidden);
}

#[test]
fn scripts_styles_and_drawings_hold_no_text() {
    assert_eq!(
        texts("<head><title>t</title><style>a{}</style></head><script>x()</script><svg><title>icon</title><text>no</text></svg><p>yes"),
        ["yes"]
    );
}

#[test]
fn entities_and_invisible_characters() {
    assert_eq!(texts("<p>R&amp;D&nbsp;&nbsp;in Z&uuml;rich, soft&shy;ware</p>"), ["R&D in Zürich, software"]);
}

#[test]
fn footnote_marks_stand_apart_and_ordinals_do_not() {
    assert_eq!(texts("<p>breach<sup><a href=#n>1</a></sup> on the 5<sup>th</sup></p>"), ["breach 1 on the 5th"]);
}

#[test]
fn bytes_of_links_and_emphasis_are_counted() {
    let block = only("<p>See <a href=x>the report</a> <b>now</b></p>");
    assert_eq!((block.text.len(), block.link_bytes, block.strong_bytes), (18, 10, 3));
}

#[test]
fn hostile_nesting_is_read_in_no_time() {
    let bomb = format!("{}deep{}", "<div><b><font color=red>".repeat(60_000), "<p>x".repeat(1000));
    assert!(read(&bomb).blocks.len() > 1000);
}
