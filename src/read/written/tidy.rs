//! A clause a line: which columns a tidy table has, and a line of it as a clause with its issue.

use std::collections::BTreeMap;

use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::limits::ReadLimits;
use crate::read::records::{Name, Record};
use crate::read::written::gather::Entry;

/// The columns of a tidy table, in the order they are written.
pub(crate) const COLUMNS: [&str; 26] = [
    "issue_number",
    "issue",
    "processes",
    "process",
    "agreement",
    "short_name",
    "title",
    "year",
    "clause",
    "id",
    "citation",
    "lead_in",
    "text",
    "score",
    "stability",
    "force",
    "addressees",
    "also_near",
    "alone",
    "lang",
    "body",
    "first_published",
    "actor_kind",
    "region",
    "status",
    "address",
];

/// The columns that are read; `text` must be there. What else a tidy table has is worked out anew.
const READ: [&str; 18] = [
    "issue",
    "id",
    "agreement",
    "title",
    "process",
    "year",
    "clause",
    "heading",
    "lead_in",
    "text",
    "lang",
    "short_name",
    "body",
    "first_published",
    "actor_kind",
    "region",
    "status",
    "address",
];

/// At which place the columns stand that are read.
pub(crate) struct Header {
    places: BTreeMap<String, usize>,
    n_columns: usize,
}

impl Header {
    /// Returns the header that the names in a first row make; a name that means nothing is told.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`] if there is no `text` or a column stands there twice,
    /// [`ErrorKind::Limit`] if there are too many.
    pub(crate) fn of(
        names: &[&str],
        limits: &ReadLimits,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self> {
        let refused = |kind, message: String| Err(Error::new(kind, message).at_line(1));
        if names.len() > limits.max_columns {
            let message = format!("more than {} columns", limits.max_columns);
            return refused(ErrorKind::Limit, message);
        }
        let mut places = BTreeMap::new();
        let is_ours = is_table(names);
        for (index, name) in names.iter().enumerate() {
            let name = name.trim().to_lowercase();
            let is_read = READ.contains(&name.as_str());
            let is_known = is_read || (is_ours && COLUMNS.contains(&name.as_str()));
            if !is_known && !name.is_empty() {
                let message = format!("the column `{name}` is not used");
                diagnostics.push(Diagnostic::new(Severity::Note, message).at_line(1));
            }
            if is_read && places.insert(name.clone(), index).is_some() {
                let message = format!("the column `{name}` stands there twice");
                return refused(ErrorKind::Format, message);
            }
        }
        if !places.contains_key("text") {
            let message = "no column is named `text`, so this is no file of clauses";
            return refused(ErrorKind::Format, message.to_owned());
        }
        let n_columns = names.len();
        Ok(Self { places, n_columns })
    }

    /// Returns whether the clauses stand under issues.
    pub(crate) fn has_issues(&self) -> bool {
        self.places.contains_key("issue")
    }

    /// Returns the clause of a row with its issue, or why it is none. Cells beyond the last that the
    /// row has are empty.
    pub(crate) fn entry(&self, row: &[&str], limits: &ReadLimits) -> Result<Entry, String> {
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
        let field = |name: &str| {
            let field = *row.get(*self.places.get(name)?)?;
            (!field.trim().is_empty()).then(|| field.to_owned())
        };
        let named = |name: &str| field(name).map(Name);
        let record = Record {
            id: named("id"),
            clause: named("clause"),
            heading: field("heading"),
            lead_in: field("lead_in"),
            text: field("text"),
            ..Record::about_agreement(named)
        };
        let issue = field("issue");
        if record.text.is_none() && issue.is_none() {
            return Err("its `text` is empty".to_owned());
        }
        Ok(Entry { record, issue })
    }
}

/// Returns whether the names in a first row are those of a tidy table, which has issues, and not of a
/// mere list of clauses.
pub(crate) fn is_table(names: &[&str]) -> bool {
    let has = |wanted: &str| {
        names
            .iter()
            .any(|name| name.trim().eq_ignore_ascii_case(wanted))
    };
    has("issue") && has("text")
}
