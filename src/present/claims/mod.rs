//! Claims to tables, a plot, CSV, Graphviz and STIX. Text of articles is escaped for each of them.

mod csv;
mod dot;
mod matrix;
mod stix;
mod timeline;
mod uuid;

pub use csv::write_csv;
pub use dot::write_dot;
pub use matrix::matrix;
pub use stix::stix_bundle;
pub use timeline::{months, write_plot};

use super::table::{Align, Table};
use crate::article::Party;
use crate::claims::ClaimRow;

/// The names of one side, parted by `, `.
pub(super) fn names(parties: &[Party]) -> String {
    parties.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// Claims as a table: day, accuser, accused, stance (`?` behind what is said with reserve), what of, and the article.
pub fn claims_table(rows: &[ClaimRow], width: usize) -> Table {
    let mut table = Table::new(&[
        ("date", Align::Left),
        ("accuser", Align::Left),
        ("stance", Align::Left),
        ("accused", Align::Left),
        ("about", Align::Left),
        ("article", Align::Left),
    ]);
    // Date, stance and article need 36 columns with the space between.
    let each = width.saturating_sub(36).max(36) / 3;
    for row in rows {
        let stance = format!("{}{}", row.stance.as_str(), if row.hedged { "?" } else { "" });
        table.row([
            row.published.clone().unwrap_or_else(|| "-".to_owned()),
            cut(&names(&row.accusers), each),
            stance,
            cut(&names(&row.accused), each),
            cut(row.about.as_deref().unwrap_or_default(), each),
            row.id.clone(),
        ]);
    }
    table
}

/// The beginning of a text that takes at most so many columns.
fn cut(text: &str, width: usize) -> String {
    use unicode_width::UnicodeWidthChar;
    let (mut out, mut used) = (String::new(), 0);
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used > width {
            out.pop();
            out.push('…');
            break;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
pub(super) mod tests {
    use super::*;
    use crate::article::{ActorKind, Span, Stance};

    pub(in crate::present) fn party(id: Option<&str>, name: &str, kind: ActorKind) -> Party {
        Party { id: id.map(str::to_owned), name: name.to_owned(), kind: Some(kind), span: None }
    }

    pub(in crate::present) fn row(stance: Stance, accusers: Vec<Party>, accused: Vec<Party>) -> ClaimRow {
        ClaimRow {
            published: Some("2021-07-19".to_owned()),
            stance,
            accusers,
            accused,
            about: Some("=the hack of the port".to_owned()),
            victims: Vec::new(),
            hedged: true,
            sentence: "Norway said \"it was them\", and they deny it.".to_owned(),
            span: Span::new(0, 10),
            rule: "accuse".to_owned(),
            id: "0123456789ab".to_owned(),
            path: "a/b.txt".to_owned(),
            title: Some("Port hacked".to_owned()),
            publisher: None,
            url: Some("https://port.example/1".to_owned()),
        }
    }

    pub(in crate::present) fn rows() -> Vec<ClaimRow> {
        let norway = || party(Some("state-no"), "Norway", ActorKind::State);
        let russia = || party(Some("state-ru"), "Russia", ActorKind::State);
        let group = || party(Some("apt29"), "APT29", ActorKind::ThreatGroup);
        let nobody = || Party { id: None, name: "unnamed".to_owned(), kind: None, span: None };
        vec![
            row(Stance::Accuses, vec![norway()], vec![group(), russia()]),
            row(Stance::Denies, vec![russia()], vec![nobody()]),
            row(Stance::Links, vec![nobody()], vec![group(), russia()]),
            row(Stance::Accuses, vec![norway()], vec![group()]),
        ]
    }

    #[test]
    fn tables_mark_reserve_and_stay_within_the_width() {
        let mut out = Vec::new();
        claims_table(&rows(), 80).write(&mut out, crate::present::Palette::default()).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains("accuses?"), "{text}");
        assert!(text.lines().all(|l| l.chars().count() <= 90), "{text}");
    }
}
