//! Tables: by the rules drawn around their cells, or by cells that stand below each other.

use super::content::Rule;
use super::line::Line;
use std::cmp::Ordering;

/// A table, its rows from above.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Table {
    pub(super) x0: f32,
    pub(super) y0: f32,
    pub(super) x1: f32,
    pub(super) y1: f32,
    pub(super) rows: Vec<Vec<String>>,
}

/// How far rules may miss each other and still meet.
const NEAR: f32 = 3.0;
/// Fewest cells with text, and most rules, of a table.
const CELLS: usize = 4;
const RULES: usize = 4_000;

/// Takes the lines that stand in ruled tables out of `lines`, and gives the tables.
pub(super) fn ruled(lines: &mut Vec<Line>, rules: &[Rule]) -> Vec<Table> {
    if rules.len() > RULES {
        return Vec::new();
    }
    let mut tables: Vec<Table> = Vec::new();
    for grid in grids(rules) {
        let inside = |line: &Line| {
            let (x, y) = ((line.x0 + line.x1) / 2.0, line.y - 0.3 * line.size);
            x > grid.xs[0] && x < grid.xs[grid.xs.len() - 1] && y > grid.ys[0] && y < grid.ys[grid.ys.len() - 1]
        };
        let (mut own, others): (Vec<Line>, Vec<Line>) = lines.drain(..).partition(inside);
        *lines = others;
        // A piece that crosses a rule was wide of its cell, or the rules are no table's.
        own.sort_by(|a, b| order(a.y, b.y).then(order(a.x0, b.x0)));
        let (columns, rows) = (grid.xs.len() - 1, grid.ys.len() - 1);
        let mut cells: Vec<Vec<String>> = vec![vec![String::new(); columns]; rows];
        let mut strays = 0;
        for line in &own {
            let column = grid.xs.partition_point(|x| *x <= line.x0 + 1.0).saturating_sub(1).min(columns - 1);
            let row = grid.ys.partition_point(|y| *y <= line.y - 0.3 * line.size).saturating_sub(1).min(rows - 1);
            // Rows and columns of a grid are parted only where a rule is drawn.
            let (column, row) = (grid.column(column, line), grid.row(row, line));
            strays += usize::from(line.x1 > grid.right(column, line) + 2.0 * NEAR);
            let cell = &mut cells[row][column];
            super::flow::append(cell, &line.text, &|_| false);
        }
        let filled = cells.iter().flatten().filter(|c| !c.is_empty()).count();
        if filled < CELLS || columns < 2 || strays * 4 > own.len() {
            lines.append(&mut own);
            continue;
        }
        cells.retain(|row| row.iter().any(|cell| !cell.is_empty()));
        let empty: Vec<bool> = (0..columns).map(|c| cells.iter().all(|row| row[c].is_empty())).collect();
        let rows = cells.into_iter().map(|row| row.into_iter().enumerate().filter(|(c, _)| !empty[*c]).map(|(_, cell)| cell).collect());
        tables.push(Table { x0: grid.xs[0], y0: grid.ys[0], x1: grid.xs[columns], y1: grid.ys[grid.ys.len() - 1], rows: rows.collect() });
    }
    lines.sort_by(|a, b| order(a.y, b.y).then(order(a.x0, b.x0)));
    tables
}

fn order(a: f32, b: f32) -> Ordering {
    a.partial_cmp(&b).unwrap_or(Ordering::Equal)
}

/// Rules that meet.
struct Grid {
    xs: Vec<f32>,
    ys: Vec<f32>,
    upright: Vec<Rule>,
    level: Vec<Rule>,
}

impl Grid {
    /// The first column of the cell that a line stands in: columns left of it with no rule between are its own.
    fn column(&self, mut column: usize, line: &Line) -> usize {
        let y = line.y - 0.3 * line.size;
        while column > 0 && !self.upright.iter().any(|r| (r.x0 - self.xs[column]).abs() <= NEAR && r.y0 - NEAR <= y && y <= r.y1 + NEAR) {
            column -= 1;
        }
        column
    }

    fn row(&self, mut row: usize, line: &Line) -> usize {
        let x = line.x0 + 1.0;
        while row > 0 && !self.level.iter().any(|r| (r.y0 - self.ys[row]).abs() <= NEAR && r.x0 - NEAR <= x && x <= r.x1 + NEAR) {
            row -= 1;
        }
        row
    }

    /// Where the cell ends.
    fn right(&self, column: usize, line: &Line) -> f32 {
        let y = line.y - 0.3 * line.size;
        let ends = self.upright.iter().filter(|r| r.x0 > self.xs[column] + NEAR && r.y0 - NEAR <= y && y <= r.y1 + NEAR).map(|r| r.x0);
        ends.fold(f32::MAX, f32::min)
    }
}

/// Sets of rules that meet and part at least two columns and rows.
fn grids(rules: &[Rule]) -> Vec<Grid> {
    let level: Vec<Rule> = rules.iter().copied().filter(|r| r.x1 - r.x0 > r.y1 - r.y0).collect();
    let upright: Vec<Rule> = rules.iter().copied().filter(|r| r.x1 - r.x0 <= r.y1 - r.y0).collect();
    if level.len() < 2 || upright.len() < 3 {
        return Vec::new();
    }
    // Rules that cross or touch are of one table: groups by union.
    let all: Vec<&Rule> = level.iter().chain(&upright).collect();
    let mut group: Vec<usize> = (0..all.len()).collect();
    fn root(group: &mut [usize], mut i: usize) -> usize {
        while group[i] != i {
            group[i] = group[group[i]];
            i = group[i];
        }
        i
    }
    let mut by_top: Vec<usize> = (0..all.len()).collect();
    by_top.sort_by(|a, b| order(all[*a].y0, all[*b].y0));
    for (nth, &i) in by_top.iter().enumerate() {
        for &j in &by_top[nth + 1..] {
            let (a, b) = (all[i], all[j]);
            if b.y0 > a.y1 + NEAR {
                break;
            }
            if a.x0 <= b.x1 + NEAR && b.x0 <= a.x1 + NEAR {
                let (a, b) = (root(&mut group, i), root(&mut group, j));
                group[a] = b;
            }
        }
    }
    let mut groups: std::collections::BTreeMap<usize, (Vec<Rule>, Vec<Rule>)> = std::collections::BTreeMap::new();
    for (i, rule) in all.iter().enumerate() {
        let of = groups.entry(root(&mut group, i)).or_default();
        if i < level.len() { &mut of.0 } else { &mut of.1 }.push(**rule);
    }
    let merged = |values: Vec<f32>| {
        let mut values = values;
        values.sort_by(|a, b| order(*a, *b));
        values.dedup_by(|a, b| (*a - *b).abs() <= NEAR);
        values
    };
    let grid = |(level, upright): (Vec<Rule>, Vec<Rule>)| {
        let xs = merged(upright.iter().map(|r| r.x0).collect());
        let ys = merged(level.iter().map(|r| r.y0).collect());
        (xs.len() >= 3 && ys.len() >= 2).then_some(Grid { xs, ys, upright, level })
    };
    let mut grids: Vec<Grid> = groups.into_values().filter_map(grid).collect();
    grids.sort_by(|a, b| order(a.ys[0], b.ys[0]));
    grids
}

/// The rows of a run of lines whose pieces stand below each other: `None` where they are no table.
///
/// A row without its first cell goes on with the row above.
pub(super) fn aligned(rows: &[Vec<Line>]) -> Option<Vec<Vec<String>>> {
    let starts = |row: &[Line]| row.iter().map(|l| l.x0).collect::<Vec<f32>>();
    let widest = rows.iter().max_by_key(|row| row.len())?;
    let columns = starts(widest);
    if columns.len() < 2 {
        return None;
    }
    let size = widest.first()?.size;
    let column = |line: &Line| {
        // A cell belongs to the last column that begins left of its middle.
        let near = columns.iter().position(|x| (line.x0 - x).abs() < 0.7 * size);
        near.or_else(|| columns.iter().rposition(|x| *x <= (line.x0 + line.x1) / 2.0)).unwrap_or(0)
    };
    let fits = |row: &&Vec<Line>| row.len() > 1 && row.iter().filter(|l| columns.iter().any(|x| (l.x0 - x).abs() < 0.7 * size)).count() > 1;
    if rows.iter().filter(fits).count() < 2 {
        return None;
    }
    let mut out: Vec<Vec<String>> = Vec::new();
    for row in rows {
        let goes_on = row.first().is_some_and(|first| column(first) > 0) && !out.is_empty();
        if !goes_on {
            out.push(vec![String::new(); columns.len()]);
        }
        let Some(cells) = out.last_mut() else { continue };
        for line in row {
            super::flow::append(&mut cells[column(line)], &line.text, &|_| false);
        }
    }
    Some(out)
}
