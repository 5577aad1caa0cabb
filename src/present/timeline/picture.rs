//! A timeline as one self-contained picture: SVG, or an HTML page with the picture and its table.
//!
//! No script, no link, nothing fetched; every text is escaped. Colours follow the reader's light or dark setting; every bar says in a
//! `<title>` what it stands for, and the whole what it shows.

use crate::search::{TimeOf, Timeline, Unit};
use std::fmt::Write;

const WIDTH: f64 = 960.0;
const LEFT: f64 = 48.0;
const RIGHT: f64 = 16.0;
const TOP: f64 = 44.0;
const HEIGHT: f64 = 220.0;
const AXIS: f64 = 34.0;
const LANE: f64 = 58.0;
/// Names of periods below the axis at most.
const NAMES: usize = 12;
/// Characters of a title or label at most.
const LONGEST: usize = 120;

const STYLE: &str = "\
.d{--ink:#1c2330;--soft:#667085;--line:#d0d5dd;--bar:#2f6fb3;--lane:#2e8b6f;--ground:#ffffff}\
@media(prefers-color-scheme:dark){.d{--ink:#e7ebf2;--soft:#98a2b3;--line:#344054;--bar:#6aa9e9;--lane:#63c3a2;--ground:#12161d}}\
.d text{font-family:system-ui,sans-serif;fill:var(--ink)}.d .s{fill:var(--soft);font-size:11px}.d .h{font-size:15px;font-weight:600}\
.d .l{font-size:12px}.d line{stroke:var(--line)}.d .b{fill:var(--bar)}.d .a{fill:var(--lane)}.d .g{fill:var(--ground)}\
.d rect.b:hover,.d rect.a:hover{opacity:.7}";

/// The timeline as an SVG document with the given title.
///
/// ```
/// # let timeline: demarche::Timeline = demarche::Timeline {
/// #     of: demarche::TimeOf::Published, unit: demarche::Unit::Year, total: 3, copies: 0, without: 0, earlier: 0, later: 0,
/// #     periods: vec![demarche::Period { period: "2021".into(), count: 3 }], by: None, lanes: vec![],
/// # };
/// let svg = demarche::present::timeline_svg(&timeline, "<b>exchange</b> hack");
/// assert!(svg.contains("<title id=\"dt\">&lt;b&gt;exchange&lt;/b&gt; hack</title>") && svg.contains("2021: 3 articles"));
/// ```
pub fn timeline_svg(timeline: &Timeline, title: &str) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    picture(&mut out, timeline, title);
    out
}

/// The timeline as an HTML page with the given title: the picture, and the same numbers as a table.
pub fn timeline_html(timeline: &Timeline, title: &str) -> String {
    let name = text(title);
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{name}</title>\n\
         <style>:root{{color-scheme:light dark}}body{{font-family:system-ui,sans-serif;max-width:1000px;margin:2rem auto;padding:0 1rem}}\
         svg{{width:100%;height:auto}}table{{border-collapse:collapse;margin-top:1.5rem}}th,td{{padding:.15rem .7rem;text-align:right;\
         font-variant-numeric:tabular-nums}}th:first-child,td:first-child{{text-align:left}}</style>\n</head>\n<body>\n"
    );
    picture(&mut out, timeline, title);
    out.push_str("<details><summary>Table</summary>\n<table>\n<thead><tr><th scope=\"col\">period</th><th scope=\"col\">articles</th>");
    for lane in &timeline.lanes {
        let _ = write!(out, "<th scope=\"col\">{}</th>", text(lane.value.label()));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (i, period) in timeline.periods.iter().enumerate() {
        let _ = write!(out, "<tr><td>{}</td><td>{}</td>", text(&period.period), period.count);
        for lane in &timeline.lanes {
            let _ = write!(out, "<td>{}</td>", lane.counts.get(i).copied().unwrap_or(0));
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table></details>\n</body>\n</html>\n");
    out
}

fn picture(out: &mut String, timeline: &Timeline, title: &str) {
    let lanes = timeline.lanes.len() as f64;
    let height = TOP + HEIGHT + AXIS + lanes * LANE + if lanes > 0.0 { 12.0 } else { 0.0 };
    let most = timeline.periods.iter().map(|p| p.count).max().unwrap_or(0);
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"d\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-labelledby=\"dt dd\">\n\
         <title id=\"dt\">{}</title>\n<desc id=\"dd\">{}</desc>\n<style>{STYLE}</style>\n<rect class=\"g\" width=\"{WIDTH}\" height=\"{height}\"/>\n\
         <text class=\"h\" x=\"{LEFT}\" y=\"24\">{}</text>\n",
        text(title),
        text(&described(timeline)),
        text(title)
    );
    let (base, step) = (TOP + HEIGHT, (WIDTH - LEFT - RIGHT) / timeline.periods.len().max(1) as f64);
    for (share, count) in [(0.0, 0), (0.5, most / 2), (1.0, most)] {
        if (share == 0.5 && !most.is_multiple_of(2)) || (share == 1.0 && most == 0) {
            continue;
        }
        let y = base - HEIGHT * share;
        let _ = writeln!(
            out,
            "<line x1=\"{LEFT}\" x2=\"{}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/><text class=\"s\" text-anchor=\"end\" x=\"{}\" y=\"{:.1}\">{count}</text>",
            WIDTH - RIGHT,
            LEFT - 6.0,
            y + 4.0
        );
    }
    let every = timeline.periods.len().div_ceil(NAMES).max(1);
    let counts: Vec<usize> = timeline.periods.iter().map(|p| p.count).collect();
    bars(out, timeline, &counts, most, "b", base, HEIGHT, step, "");
    for (i, period) in timeline.periods.iter().enumerate().step_by(every) {
        let (x, y) = (LEFT + (i as f64 + 0.5) * step, base + 18.0);
        let _ = writeln!(out, "<text class=\"s\" text-anchor=\"middle\" x=\"{x:.1}\" y=\"{y:.1}\">{}</text>", text(&period.period));
    }
    let highest = timeline.lanes.iter().flat_map(|l| l.counts.iter().copied()).max().unwrap_or(0);
    for (i, lane) in timeline.lanes.iter().enumerate() {
        let base = TOP + HEIGHT + AXIS + (i as f64 + 1.0) * LANE;
        let label = lane.value.label();
        let _ = writeln!(
            out,
            "<text class=\"l\" x=\"{LEFT}\" y=\"{:.1}\">{}</text><text class=\"s\" text-anchor=\"end\" x=\"{}\" y=\"{:.1}\">{}</text>\
             <line x1=\"{LEFT}\" x2=\"{}\" y1=\"{base:.1}\" y2=\"{base:.1}\"/>",
            base - LANE + 22.0,
            text(label),
            WIDTH - RIGHT,
            base - LANE + 22.0,
            lane.value.count,
            WIDTH - RIGHT
        );
        bars(out, timeline, &lane.counts, highest, "a", base, LANE - 28.0, step, label);
    }
    out.push_str("</svg>\n");
}

#[expect(clippy::too_many_arguments, reason = "numbers of one drawing")]
fn bars(out: &mut String, timeline: &Timeline, counts: &[usize], most: usize, class: &str, base: f64, height: f64, step: f64, whose: &str) {
    let gap = if step > 4.0 { step * 0.15 } else { 0.0 };
    for (i, (period, &count)) in timeline.periods.iter().zip(counts).enumerate() {
        if count == 0 || most == 0 {
            continue;
        }
        let tall = (height * count as f64 / most as f64).max(1.0);
        let (x, y, wide) = (LEFT + i as f64 * step + gap / 2.0, base - tall, (step - gap).max(0.5));
        let articles = if count == 1 { "article" } else { "articles" };
        let whose = if whose.is_empty() { String::new() } else { format!("{}, ", text(whose)) };
        let _ = writeln!(
            out,
            "<rect class=\"{class}\" x=\"{x:.2}\" y=\"{y:.2}\" width=\"{wide:.2}\" height=\"{tall:.2}\"><title>{whose}{}: {count} {articles}</title></rect>",
            text(&period.period)
        );
    }
}

/// What the picture shows, in a sentence.
fn described(timeline: &Timeline) -> String {
    let unit = match timeline.unit {
        Unit::Day => "day",
        Unit::Month => "month",
        Unit::Year => "year",
    };
    let what = match timeline.of {
        TimeOf::Published => "of publication",
        TimeOf::Mentioned => "mentioned",
    };
    let span = match (timeline.periods.first(), timeline.periods.last()) {
        (Some(first), Some(last)) => format!(", {} to {}", first.period, last.period),
        _ => String::new(),
    };
    format!("{} articles by {unit} {what}{span}. {} without.", timeline.total, timeline.without)
}

/// Text for mark-up: signs escaped, what XML does not allow and what reorders or hides text left out, cut to [`LONGEST`].
fn text(raw: &str) -> String {
    let mut out = String::new();
    let hidden = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{ffff}')
            || matches!(c, '\u{e0000}'..='\u{e007f}')
    };
    for (i, c) in raw.chars().filter(|c| !hidden(*c) || *c == '\n' || *c == '\t').enumerate() {
        if i == LONGEST {
            out.push('…');
            break;
        }
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
