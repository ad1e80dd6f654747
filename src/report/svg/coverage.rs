//! The number of issues each process addresses, as bars.

use crate::report::svg::palette::{BLUE, GRAY, GREEN};
use crate::report::svg::sketch::{Anchor, LINE, Size, Sketch, fitted};
use crate::table::{Column, ConvergenceTable};

/// The number of processes from which an issue is widely shared.
const WIDELY: usize = 5;
/// The parts of a bar: their meaning, and their colors.
const PARTS: [(&str, &str); 3] = [
    ("shared by 5 processes or more", BLUE),
    ("by 2 to 4", GREEN),
    ("by no other", GRAY),
];

/// Draws a bar for each column, the longest first.
pub(super) fn draw(sketch: &mut Sketch, table: &ConvergenceTable, size: Size) -> bool {
    let mut bars: Vec<(&Column, [usize; 3])> = table
        .columns
        .iter()
        .map(|column| (column, counts(table, column)))
        .collect();
    // The sort is stable: ties keep the order of the columns.
    bars.sort_by_key(|(_, counts)| std::cmp::Reverse(counts.iter().sum::<usize>()));
    let most = bars.first().map_or(0, |(_, counts)| counts.iter().sum());
    if most == 0 {
        return false;
    }
    let top = sketch.legend(&PARTS) + LINE / 2.0;
    let names = size.names();
    let unit = (size.width() - names - 50.0) / most as f64;
    let shown = bars.len().min(size.n_lines());
    for (place, (column, counts)) in bars.iter().take(shown).enumerate() {
        let y = top + place as f64 * LINE;
        let name = fitted(&column.title, names - 10.0);
        sketch.text([names - 6.0, y + 10.0], Anchor::End, &name);
        let mut x = names;
        for (n, (meaning, color)) in counts.iter().zip(PARTS) {
            let told = format!("{}: {n} {meaning}", column.title);
            sketch.rect([x, y, *n as f64 * unit, LINE - 3.0], color, &told);
            x += *n as f64 * unit;
        }
        let total: usize = counts.iter().sum();
        sketch.text([x + 5.0, y + 10.0], Anchor::Start, &total.to_string());
    }
    if bars.len() > shown {
        let words = format!("and {} more", bars.len() - shown);
        let y = top + (shown as f64 + 0.8) * LINE;
        sketch.text([0.0, y], Anchor::Start, &words);
    }
    true
}

/// Returns the number of issues of each part in which a column has a clause.
fn counts(table: &ConvergenceTable, column: &Column) -> [usize; 3] {
    let mut counts = [0; 3];
    let has = |row: &&crate::table::Row| {
        let quotes = row.cells.get(&column.id);
        quotes.is_some_and(|quotes| !quotes.is_empty())
    };
    for row in table.rows.iter().filter(has) {
        let part = match row.n_processes {
            WIDELY.. => 0,
            2..WIDELY => 1,
            _ => 2,
        };
        counts[part] += 1;
    }
    counts
}
