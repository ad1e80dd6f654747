//! What the crate and the program wrote: parts of packages, documented fields, printed figures.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use crate::common::programs::consonance;
use crate::common::shared::shared;

/// Returns a part of an archive as text.
pub(crate) fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    let mut part = archive.by_name(name).unwrap();
    part.read_to_string(&mut text).unwrap();
    text
}

/// Returns the fields that the table of a schema documents.
pub(crate) fn documented_fields(schema: &str) -> BTreeSet<String> {
    let rows = schema.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| Some(row.split_once('`')?.0.to_owned()))
        .collect()
}

/// The totals that a simulation on real texts prints, one line a seed or form.
pub(crate) struct Totals {
    pub(crate) shown: String,
    pub(crate) lines: Vec<String>,
}

impl Totals {
    pub(crate) fn of_simulation(name: &str) -> Self {
        let mut command = consonance("evaluate");
        let command = command.args(["--simulate", name, "--all"]).arg(shared(""));
        let output = command.output().unwrap();
        let shown = String::from_utf8(output.stdout).unwrap();
        let lines = shown.lines().filter(|line| line.contains("| all "));
        let lines = lines.map(str::to_owned).collect();
        Self { shown, lines }
    }
}

/// Returns the figure in a column of a line.
pub(crate) fn figure(line: &str, column: usize) -> f64 {
    line.split('|').nth(column).unwrap().trim().parse().unwrap()
}
