//! The long format, one clause in each row: its columns, and a row as a clause with its issue.

use std::collections::BTreeMap;

use crate::agreement::FIELDS;
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::blocks::is_one_of;
use crate::read::limits::{ReadLimits, within};
use crate::read::record::Record;
use crate::read::written::gather::WrittenEntry;

/// The first columns of the long format. The other fields of agreements follow.
const FIRST: &str = "issue_number issue processes process agreement short_name title year clause \
                     id kind citation lead_in text score stability force addressees also_near checked alone \
                     lang";
/// The last columns: where the words are in the file they come from.
const LAST: [&str; 3] = ["file", "sha256", "bytes"];

/// Returns the columns of the long format, in the order they are written.
pub(crate) fn columns() -> impl Iterator<Item = &'static str> {
    let more = FIELDS.iter().filter_map(|field| field.column);
    FIRST
        .split(' ')
        .chain(more.filter(|column| !is_one_of(column, FIRST)))
        .chain(LAST)
}

/// Returns the column of a name, if it is read: the issue, and the fields of a record. Other
/// columns are computed anew.
fn read_column(name: &str) -> Option<&'static str> {
    match name {
        "issue" => Some("issue"),
        _ => Record::key_of(name),
    }
}

/// The positions of the columns that are read.
pub(crate) struct Header {
    places: BTreeMap<&'static str, usize>,
    pub(crate) n_columns: usize,
    /// Whether the rows are those of the long format.
    pub(crate) is_table: bool,
}

impl Header {
    /// Returns the header for the names in a first row; an unknown name is reported.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`] if there is no `text` or a column occurs twice,
    /// [`ErrorKind::Limit`] if there are too many.
    pub(crate) fn of(
        names: &[&str],
        limits: &ReadLimits,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self> {
        let told = |error: Error| error.at_line(1);
        within(names.len(), limits.max_columns, "more than {} columns").map_err(told)?;
        let refused = |message: &str| Err(told(Error::new(ErrorKind::Format, message)));
        let mut places = BTreeMap::new();
        let is_table = is_table(names);
        for (index, name) in names.iter().enumerate() {
            let name = name.trim().to_lowercase();
            if let Some(column) = read_column(&name) {
                if places.insert(column, index).is_some() {
                    let message = format!("the column `{name}` stands there twice");
                    return refused(&message);
                }
                continue;
            }
            let is_known = name.is_empty() || is_table && columns().any(|column| column == name);
            if !is_known {
                let message = format!("the column `{name}` is not used");
                diagnostics.push(Diagnostic::new(Severity::Note, message).at_line(1));
            }
        }
        if !places.contains_key("text") {
            let message = "no column is named `text`, so this is no file of clauses";
            return refused(message);
        }
        let n_columns = names.len();
        Ok(Self {
            places,
            n_columns,
            is_table,
        })
    }

    /// Returns whether the clauses have issues.
    pub(crate) fn has_issues(&self) -> bool {
        self.places.contains_key("issue")
    }

    /// Returns the clause of a row with its issue, or why it is not a clause. Cells missing at the
    /// end of the row are empty.
    pub(crate) fn entry(&self, row: &[&str], limits: &ReadLimits) -> Result<WrittenEntry, String> {
        if row.len() > self.n_columns {
            let n_columns = self.n_columns;
            return Err(format!(
                "{} fields where the first row has {n_columns}",
                row.len()
            ));
        }
        if row.iter().any(|field| field.len() > limits.max_cell_bytes) {
            let limit = limits.max_cell_bytes;
            return Err(format!("a field has more than {limit} bytes"));
        }
        let mut record = Record::default();
        let mut issue = None;
        for (column, place) in &self.places {
            let cell = row.get(*place).copied().unwrap_or_default();
            match *column {
                "issue" => issue = (!cell.trim().is_empty()).then(|| cell.to_owned()),
                key => record.set(key, cell),
            }
        }
        if record.text.is_none() && issue.is_none() {
            return Err("its `text` is empty".to_owned());
        }
        Ok(WrittenEntry { record, issue })
    }
}

/// Returns whether the names in a first row are those of the long format, which has issues, and not
/// of a list of clauses.
pub(crate) fn is_table(names: &[&str]) -> bool {
    let has = |wanted: &str| {
        names
            .iter()
            .any(|name| name.trim().eq_ignore_ascii_case(wanted))
    };
    has("issue") && has("text")
}
