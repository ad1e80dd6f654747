//! [`to_tidy_csv`]: a clause and an issue a line, for a spreadsheet, a data frame or a database.

use std::collections::BTreeMap;

use crate::agreement::Field;
use crate::deontic::Force;
use crate::read::columns;
use crate::report::csv::written;
use crate::report::why_alone;
use crate::score::Score;
use crate::table::{Alone, AlsoNear, ConvergenceTable, Quote, Row, SourceAgreement};

/// Returns the table as tidy CSV: a line for each clause of each issue, then one for each clause that
/// stands alone, with all that is known of clause and agreement.
///
/// | columns | what they hold |
/// |---|---|
/// | `issue_number`, `issue`, `processes` | the row, from 1; its name; how many processes speak of it |
/// | `process`, `agreement`, `short_name`, `title`, `year` | whose clause it is; `agreement` is the key |
/// | `clause`, `id`, `citation` | the official label, the key (`gge2015/13(f)`), both in words |
/// | `lead_in`, `text` | its words |
/// | `score`, `stability` | as in [`Quote`], in `0..=1` |
/// | `force`, `addressees` | its class and whom it binds, where the table has forces; `; ` between them |
/// | `also_near` | other issues it is near to, with the score |
/// | `alone` | why it stands in no issue; the first three columns are empty then |
/// | `lang`, `body`, `first_published`, `actor_kind`, `region`, `status`, `address` | of the agreement |
///
/// An issue that nobody speaks of has a line without a clause. Cells that a spreadsheet would compute
/// have an apostrophe before them, and what a reader cannot see is shown, as in
/// [`to_csv`](super::to_csv); UTF-8, lines end in `\n`. The file is read again as the same table.
pub fn to_tidy_csv(table: &ConvergenceTable) -> String {
    written(tidy_records(table))
}

/// Returns the lines of a tidy table, the header first.
pub(super) fn tidy_records(table: &ConvergenceTable) -> Vec<Vec<String>> {
    let sources: BTreeMap<&str, &SourceAgreement> = table
        .agreements
        .iter()
        .map(|source| (source.key.as_str(), source))
        .collect();
    let mut records = vec![columns().map(str::to_owned).collect()];
    for (number, row) in (1..).zip(&table.rows) {
        let head = Head::of_row(number, row);
        if row.cells.values().all(Vec::is_empty) {
            records.push(in_order(&head.cells()));
        }
        let columns = table.columns.iter();
        let quotes = columns.filter_map(|column| row.cells.get(&column.id));
        for quote in quotes.flatten() {
            let source = sources.get(quote.agreement.as_str()).copied();
            records.push(record_of(&head, &Line::from(quote), source));
        }
    }
    for alone in &table.alone {
        let source = sources.get(alone.agreement.as_str()).copied();
        records.push(record_of(&Head::default(), &Line::from(alone), source));
    }
    records
}

/// What a line says of its issue.
#[derive(Default)]
struct Head<'a> {
    number: String,
    issue: &'a str,
    n_processes: String,
}

impl<'a> Head<'a> {
    fn of_row(number: usize, row: &'a Row) -> Self {
        Self {
            number: number.to_string(),
            issue: &row.issue,
            n_processes: row.n_processes.to_string(),
        }
    }

    fn cells(&self) -> BTreeMap<&'static str, String> {
        BTreeMap::from([
            ("issue_number", self.number.clone()),
            ("issue", self.issue.to_owned()),
            ("processes", self.n_processes.clone()),
        ])
    }
}

/// What a line says of its clause.
struct Line<'a> {
    agreement: &'a str,
    label: Option<&'a str>,
    id: &'a str,
    citation: &'a str,
    lead_in: Option<&'a str>,
    text: &'a str,
    score: Option<Score>,
    stability: Option<Score>,
    force: Option<&'a Force>,
    also_near: &'a [AlsoNear],
    alone: String,
}

impl<'a> From<&'a Quote> for Line<'a> {
    fn from(quote: &'a Quote) -> Self {
        Self {
            agreement: &quote.agreement,
            label: quote.label.as_deref(),
            id: &quote.id,
            citation: &quote.citation,
            lead_in: quote.lead_in.as_deref(),
            text: &quote.text,
            score: Some(quote.score),
            stability: quote.stability,
            force: quote.force.as_ref(),
            also_near: &quote.also_near,
            alone: String::new(),
        }
    }
}

impl<'a> From<&'a Alone> for Line<'a> {
    fn from(alone: &'a Alone) -> Self {
        Self {
            agreement: &alone.agreement,
            label: alone.label.as_deref(),
            id: &alone.id,
            citation: &alone.citation,
            lead_in: alone.lead_in.as_deref(),
            text: &alone.text,
            score: None,
            stability: None,
            force: alone.force.as_ref(),
            also_near: &[],
            alone: why_alone(alone),
        }
    }
}

fn record_of(head: &Head, line: &Line, source: Option<&SourceAgreement>) -> Vec<String> {
    let score = |score: Option<Score>| score.map_or_else(String::new, in_three_digits);
    let near = line.also_near.iter();
    let near = near.map(|near| format!("{} {}", near.issue, in_three_digits(near.score)));
    let addressees = line.force.map(|force| force.addressees.iter());
    let addressees = addressees.into_iter().flatten().map(|kind| kind.name());
    let mut cells = head.cells();
    cells.extend([
        ("agreement", line.agreement.to_owned()),
        ("clause", line.label.unwrap_or_default().to_owned()),
        ("id", line.id.to_owned()),
        ("citation", line.citation.to_owned()),
        ("lead_in", line.lead_in.unwrap_or_default().to_owned()),
        ("text", line.text.to_owned()),
        ("score", score(line.score)),
        ("stability", score(line.stability)),
        ("force", line.force.map(Force::tag).unwrap_or_default()),
        ("addressees", addressees.collect::<Vec<_>>().join("; ")),
        ("also_near", near.collect::<Vec<_>>().join("; ")),
        ("alone", line.alone.clone()),
    ]);
    cells.extend(source.into_iter().flat_map(source_cells));
    in_order(&cells)
}

fn in_three_digits(score: Score) -> String {
    format!("{:.3}", score.value())
}

/// Returns what is known of an agreement, by the names of the columns, in their order.
pub(super) fn source_cells(source: &SourceAgreement) -> Vec<(&'static str, String)> {
    let mut known = source.metadata.clone();
    known.process = Some(source.process.clone());
    known.language = Some(source.language);
    let fields = columns().filter_map(|column| Some((column, Field::of_column(column)?)));
    fields
        .map(|(column, field)| (column, field.get(&known).unwrap_or_default()))
        .collect()
}

fn in_order(cells: &BTreeMap<&'static str, String>) -> Vec<String> {
    columns()
        .map(|column| cells.get(column).cloned().unwrap_or_default())
        .collect()
}
