//! [`to_tidy_csv`]: the table in long format, one line for each clause and issue, for a spreadsheet, a
//! data frame or a database.

use std::collections::BTreeMap;

use crate::agreement::Field;
use crate::corpus::Original;
use crate::deontic::Force;
use crate::finding::Annotated;
use crate::read::columns;
use crate::report::form::records::Records;
use crate::report::form::words::joined;
use crate::report::table::quotation::Quotation;
use crate::report::table::remarks::why_alone;
use crate::score::Score;
use crate::table::{Checked, Quote, Row, SourceAgreement};

/// The columns that are numbers.
const NUMBERS: [&str; 5] = ["issue_number", "processes", "year", "score", "stability"];

/// The cells of a line, by the names of their columns; missing ones are empty.
type Cells = BTreeMap<&'static str, String>;

/// Returns the table as CSV in long format: a line for each clause of each issue, then one for each
/// clause that stands alone, with all that is known of the clause and its agreement.
///
/// | columns | what they hold |
/// |---|---|
/// | `issue_number`, `issue`, `processes` | the row, from 1; its name; the number of processes in it |
/// | `process`, `agreement`, `short_name`, `title`, `year` | whose clause; `agreement` is the key |
/// | `clause`, `id`, `citation` | the official label, the key (`gge2015/13(f)`), both in words |
/// | `kind` | what kind of clause it is: [`ClauseKind`](crate::clause::ClauseKind) |
/// | `lead_in`, `text` | its words |
/// | `score`, `stability` | as in [`Quote`], in `0..=1` |
/// | `force`, `addressees` | its class and whom it binds, if the table has forces; separated by `; ` |
/// | `also_near` | other issues it is near, with the score |
/// | `checked` | what a person said of the clause: `checked by A. Keeper, 3 May` |
/// | `alone` | why it stands alone; the first three columns are empty then |
/// | `lang`, `body`, `first_published`, `actor_kind`, `region`, `status`, `address` | of the agreement |
/// | `file`, `sha256`, `bytes` | where the words are: [`Original`]; `bytes` is `120..240`, several separated by `; ` |
///
/// An issue without clauses has one line without a clause. Cells that a spreadsheet would compute are
/// preceded by an apostrophe, and invisible characters are shown, as in [`Records::to_csv`]; UTF-8,
/// lines end in `\n`. The file can be read again as the same table.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::report::to_tidy_csv;
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// let clauses = to_tidy_csv(&table);
/// assert!(clauses.contains("issue_number,issue,processes,process,agreement,"));
/// assert!(clauses.contains(",gge2015/13(f),norm,"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn to_tidy_csv<'a>(table: impl Into<Annotated<'a>>) -> String {
    tidy_records(table.into()).to_csv()
}

/// Returns the lines of the long format.
pub(in crate::report) fn tidy_records(table: Annotated<'_>) -> Records {
    let mut records = Records::new(columns()).with_numbers(&NUMBERS);
    let mut add = |mut cells: Cells| {
        let cells = columns().map(|column| cells.remove(column).unwrap_or_default());
        records.add(cells.collect());
    };
    let sources: BTreeMap<&str, Cells> = table
        .agreements
        .iter()
        .map(|source| {
            (
                source.key.as_str(),
                source_cells(source).into_iter().collect(),
            )
        })
        .collect();
    let of_source = |key: &str| sources.get(key).cloned().unwrap_or_default();
    for (number, row) in (1..).zip(&table.rows) {
        if row.cells.values().all(Vec::is_empty) {
            add(of_row(row, number).into());
        }
        let columns = table.columns.iter();
        let quotes = columns.filter_map(|column| row.cells.get(&column.id));
        for quote in quotes.flatten() {
            let mut cells = of_source(&quote.agreement);
            cells.extend(of_row(row, number));
            cells.extend(of_clause(&Quotation::of_quote(table, quote)));
            cells.extend(of_quote(quote));
            add(cells);
        }
    }
    for alone in &table.alone {
        let mut cells = of_source(&alone.agreement);
        cells.insert("alone", why_alone(alone));
        cells.insert("checked", said_of(alone.checked.as_ref()));
        cells.extend(of_clause(&Quotation::of_alone(table, alone)));
        add(cells);
    }
    records
}

fn of_row(row: &Row, number: usize) -> [(&'static str, String); 3] {
    [
        ("issue_number", number.to_string()),
        ("issue", row.issue.clone()),
        ("processes", row.n_processes.to_string()),
    ]
}

fn of_clause(quoted: &Quotation) -> Cells {
    let clause = quoted.clause;
    let addressees = quoted.force.map(|force| force.addressees.iter());
    let addressees = addressees.into_iter().flatten().map(|kind| kind.name());
    let mut cells = Cells::from([
        ("agreement", clause.agreement.clone()),
        ("clause", clause.label.clone().unwrap_or_default()),
        ("id", clause.id.clone()),
        ("kind", clause.kind.name().to_owned()),
        ("citation", clause.citation.clone()),
        ("lead_in", clause.lead_in.clone().unwrap_or_default()),
        ("text", clause.text.clone()),
        ("force", quoted.force.map(Force::tag).unwrap_or_default()),
        ("addressees", joined(addressees, "; ")),
    ]);
    cells.extend(
        clause
            .original
            .as_ref()
            .map(of_original)
            .into_iter()
            .flatten(),
    );
    cells
}

/// Returns where words are in the file they come from.
fn of_original(original: &Original) -> [(&'static str, String); 3] {
    [
        ("file", original.file.clone()),
        ("sha256", original.sha256.clone().unwrap_or_default()),
        ("bytes", original.bytes_in_words()),
    ]
}

fn of_quote(quote: &Quote) -> [(&'static str, String); 4] {
    let near = quote.also_near.iter();
    let near = near.map(|near| format!("{} {}", near.issue, in_three_digits(near.score)));
    let stability = quote.stability.map(in_three_digits);
    [
        ("score", in_three_digits(quote.score)),
        ("stability", stability.unwrap_or_default()),
        ("also_near", joined(near, "; ")),
        ("checked", said_of(quote.checked.as_ref())),
    ]
}

/// Returns what a person said of a clause, in words.
fn said_of(checked: Option<&Checked>) -> String {
    checked.map(Checked::in_words).unwrap_or_default()
}

fn in_three_digits(score: Score) -> String {
    format!("{:.3}", score.value())
}

/// Returns the known metadata of an agreement, by the names of the columns, in their order.
pub(in crate::report) fn source_cells(source: &SourceAgreement) -> Vec<(&'static str, String)> {
    let mut known = source.metadata.clone();
    known.process = Some(source.process.clone());
    known.language = Some(source.language);
    let fields = columns().filter_map(|column| Some((column, Field::of_column(column)?)));
    fields
        .map(|(column, field)| (column, field.get(&known).unwrap_or_default()))
        .collect()
}
