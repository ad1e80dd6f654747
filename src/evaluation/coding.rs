//! [`Coding`]: a human assignment of clauses to issues.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::error::{Error, ErrorKind, Result};
use crate::read::Placement;

/// A human coding: the issues to which a person assigned each clause, in the person's order.
///
/// The order matters: measures that allow only one issue per clause take the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coding {
    clauses: Vec<CodedClause>,
    /// The index of each clause in the list, for look-up.
    place_of_id: BTreeMap<String, usize>,
    n_ignored: usize,
    /// The issues of comparison tables that have no clause, without duplicates.
    empty_issues: Vec<String>,
}

/// A clause with its issues.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CodedClause {
    /// The clause's key.
    pub id: String,
    /// Its issues, in the given order, without duplicates, at least one.
    pub issues: Vec<String>,
    /// Its column in the table, if the coding has it.
    pub column: Option<String>,
    /// Its process, if the coding has it.
    pub process: Option<String>,
}

impl Coding {
    /// Parses a coding from JSON Lines: one object per line with `clause_id` or `id` (text or number)
    /// and `issue`, optionally `column` and `process`; a clause with several issues has several lines.
    /// Other fields and empty lines are ignored.
    ///
    /// A line whose clause id is empty or null is a reference without a clause: it is counted and
    /// ignored. The first line that names a column for a clause decides.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`] with the line, if a line is not a JSON object or has no issue.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::evaluation::Coding;
    ///
    /// let coding = Coding::parse(
    ///     r#"{"clause_id": "gge2015/13(i)", "issue": "Supply chain"}
    ///        {"clause_id": "sco2015/2(5)", "issue": "Supply chain"}
    ///        {"clause_id": "gge2015/13(e)", "issue": "Human rights"}"#,
    /// )?;
    /// assert_eq!(coding.clauses().len(), 3);
    /// assert_eq!(coding.issues(), ["Supply chain", "Human rights"]);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self> {
        Self::parse_field(text, "issue")
    }

    /// Parses a coding whose lines have the issue in another field, such as `label`; otherwise as
    /// [`Coding::parse`].
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`] with the line, if a line is not a JSON object or has no such field.
    pub fn parse_field(text: &str, issue_field: &str) -> Result<Self> {
        let mut coding = Self::default();
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        for (index, line) in text.lines().enumerate() {
            if !line.trim().is_empty() {
                let entry = entry_of(line, issue_field);
                coding.add(entry.map_err(|error| error.at_line(index + 1))?);
            }
        }
        Ok(coding)
    }

    /// Returns the coding that came with a corpus, if one of its files was a comparison table.
    pub fn of_placements(placements: &[Placement]) -> Self {
        let mut coding = Self::default();
        for placement in placements.iter().filter(|p| p.clause_id.is_none()) {
            if !placement.issue.is_empty() && !coding.empty_issues.contains(&placement.issue) {
                coding.empty_issues.push(placement.issue.clone());
            }
        }
        for placement in placements {
            coding.add(Entry {
                id: placement.clause_id.clone(),
                issue: placement.issue.clone(),
                column: placement.column.clone(),
                process: None,
            });
        }
        let clauses = coding.clauses.iter();
        let spoken_of: BTreeSet<&String> = clauses.flat_map(|clause| &clause.issues).collect();
        coding
            .empty_issues
            .retain(|issue| !spoken_of.contains(issue));
        coding
    }

    /// Returns the issues of a comparison table to which no clause is assigned, in its order.
    pub fn empty_issues(&self) -> &[String] {
        &self.empty_issues
    }

    /// Returns the coded clauses, in the order of their first lines.
    pub fn clauses(&self) -> &[CodedClause] {
        &self.clauses
    }

    /// Returns the issues, in the order of their first clauses.
    pub fn issues(&self) -> Vec<&str> {
        let mut issues = Vec::new();
        for issue in self.clauses.iter().flat_map(|clause| &clause.issues) {
            if !issues.contains(&issue.as_str()) {
                issues.push(issue.as_str());
            }
        }
        issues
    }

    /// Returns the number of entries without a clause id, which are ignored.
    pub fn n_ignored(&self) -> usize {
        self.n_ignored
    }

    /// Returns the coding of the wanted clauses only.
    pub(crate) fn only(&self, is_wanted: impl Fn(&str) -> bool) -> Self {
        let mut coding = Self::default();
        for clause in self.clauses.iter().filter(|clause| is_wanted(&clause.id)) {
            let place = coding.clauses.len();
            coding.place_of_id.insert(clause.id.clone(), place);
            coding.clauses.push(clause.clone());
        }
        coding
    }

    fn add(&mut self, entry: Entry) {
        let Some(id) = entry.id else {
            self.n_ignored += 1;
            return;
        };
        let next = self.clauses.len();
        let place = *self.place_of_id.entry(id.clone()).or_insert(next);
        if place == next {
            self.clauses.push(CodedClause {
                id,
                issues: Vec::new(),
                column: None,
                process: None,
            });
        }
        let clause = &mut self.clauses[place];
        if !clause.issues.contains(&entry.issue) {
            clause.issues.push(entry.issue);
        }
        clause.column = clause.column.take().or(entry.column);
        clause.process = clause.process.take().or(entry.process);
    }
}

/// One line of a coding.
struct Entry {
    id: Option<String>,
    issue: String,
    column: Option<String>,
    process: Option<String>,
}

fn entry_of(line: &str, issue_field: &str) -> Result<Entry> {
    let fields: Map<String, Value> = serde_json::from_str(line).map_err(|error| {
        let message = format!("the line is not a JSON object with `clause_id` and `{issue_field}`");
        Error::new(ErrorKind::Format, message).caused_by(error)
    })?;
    // A null `clause_id` means that there is no clause, whatever `id` says.
    let id = fields.get("clause_id").or_else(|| fields.get("id"));
    let id = id.map_or(Ok(None), |id| words_of(id, "clause_id"))?;
    let field = |name: &str| match fields.get(name) {
        Some(value) => words_of(value, name),
        None => Ok(None),
    };
    let issue = field(issue_field)?;
    if let (None, Some(id)) = (&issue, &id) {
        let message = format!("the entry for `{id}` has no `{issue_field}`");
        return Err(Error::new(ErrorKind::Format, message));
    }
    Ok(Entry {
        id,
        issue: issue.unwrap_or_default(),
        column: field("column")?,
        process: field("process")?,
    })
}

/// Returns a text or number as text; `None` for null and for an empty text.
fn words_of(value: &Value, field: &str) -> Result<Option<String>> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) if text.trim().is_empty() => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        Value::Number(number) => Ok(Some(number.to_string())),
        _ => {
            let message = format!("`{field}` is neither a text nor a number");
            Err(Error::new(ErrorKind::Format, message))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_lines_make_one_clause_of_several_issues() {
        let coding = Coding::parse(concat!(
            "{\"clause_id\": \"a/1\", \"issue\": \"Trade\", \"column\": \"A\", \"year\": 2000}\n",
            "\n",
            "{\"id\": 7, \"issue\": \"Fish\", \"process\": \"P\"}\n",
            "{\"clause_id\": \"a/1\", \"issue\": \"Fish\", \"column\": \"B\"}\n",
            "{\"clause_id\": \"a/1\", \"issue\": \"Trade\"}\n",
            "{\"clause_id\": null, \"id\": 3, \"issue\": \"Trade\"}\n",
        ))
        .unwrap();
        let [first, second] = coding.clauses() else {
            panic!("two clauses")
        };
        assert_eq!((first.id.as_str(), second.id.as_str()), ("a/1", "7"));
        assert_eq!(first.issues, ["Trade", "Fish"]);
        assert_eq!(first.column.as_deref(), Some("A"));
        assert_eq!(second.process.as_deref(), Some("P"));
        assert_eq!(coding.issues(), ["Trade", "Fish"]);
        assert_eq!(coding.n_ignored(), 1);
    }

    #[test]
    fn a_bad_line_is_named() {
        let check = |line: &str, expected: &str| {
            let text = format!("{{\"id\": 1, \"issue\": \"x\"}}\n{line}\n");
            let error = Coding::parse(&text).unwrap_err();
            assert_eq!((error.kind(), error.line()), (ErrorKind::Format, Some(2)));
            assert!(error.to_string().contains(expected), "{error}");
        };
        check("{\"id\": 1", "not a JSON object");
        check("[1, 2]", "not a JSON object");
        check("{\"id\": \"a\"}", "the entry for `a` has no `issue`");
        check("{\"id\": [1], \"issue\": \"x\"}", "`clause_id` is neither");
        check("{\"id\": 1, \"issue\": {}}", "`issue` is neither");
    }

    #[test]
    fn the_issue_may_be_in_another_field() {
        let text = "{\"id\": \"a\", \"issue\": \"no\", \"label\": \"yes\"}\n{\"id\": \"b\", \"issue\": \"no\"}";
        let first = text.lines().next().unwrap();
        let coding = Coding::parse_field(first, "label").unwrap();
        assert_eq!(coding.issues(), ["yes"]);
        let error = Coding::parse_field(text, "label").unwrap_err();
        assert!(error.to_string().contains("`b` has no `label`"), "{error}");
    }
}
