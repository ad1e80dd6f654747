//! [`ClauseIndex::complete`]: what may follow in a query under way, for prompts.

use serde::Serialize;

use crate::agreement::fold_name;
use crate::index::query::filter::FIELDS;
use crate::index::search::ClauseIndex;

/// What may stand in the place of the last part of a query under way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Completion {
    /// The byte of the query where the part begins.
    pub start: usize,
    /// What may stand there, in order: names of fields with their colon, or fields with a value.
    pub candidates: Vec<String>,
}

impl ClauseIndex {
    /// Returns how a query under way may go on: with the name of a field, or with a value that
    /// clauses of this index have in the field.
    ///
    /// `before` is what stands before the cursor. Case and accents are set aside. Labels, headings
    /// and keys are not completed: there are too many.
    pub fn complete(&self, before: &str) -> Completion {
        let start = start_of_part(before);
        let part = &before[start..];
        let candidates = match part.split_once(':') {
            Some((field, value)) => self.values_like(&field.to_ascii_lowercase(), value),
            None => fields_like(part),
        };
        Completion { start, candidates }
    }
}

impl ClauseIndex {
    fn values_like(&self, field: &str, typed: &str) -> Vec<String> {
        let typed = fold_name(typed);
        let values = self.field_values(field).into_iter();
        values
            .filter(|value| begins_so(&fold_name(value), &typed))
            .map(|value| format!("{field}:{}", quoted(&value)))
            .collect()
    }
}

fn fields_like(typed: &str) -> Vec<String> {
    let typed = typed.to_ascii_lowercase();
    let fields = FIELDS.iter().filter(|field| field.starts_with(&typed));
    fields.map(|field| format!("{field}:")).collect()
}

/// Returns whether a name begins so, or from one of its words on.
fn begins_so(name: &str, wanted: &str) -> bool {
    name.starts_with(wanted) || name.contains(&format!(" {wanted}"))
}

/// Returns a value as a query has it: in quotation marks if it has more than letters and digits.
fn quoted(value: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || c == '-';
    if value.chars().all(is_plain) {
        value.to_owned()
    } else {
        format!("\"{}\"", value.replace('"', " "))
    }
}

/// Returns where the last part begins: behind white space, a parenthesis or a sign that stands
/// outside quotation marks.
fn start_of_part(before: &str) -> usize {
    let mut start = 0;
    let mut is_quoted = false;
    for (at, c) in before.char_indices() {
        let is_at_start = start == at;
        match c {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '+' | '-' if !is_at_start => {}
            '(' | '+' | '-' => start = at + 1,
            c if c.is_whitespace() => start = at + c.len_utf8(),
            _ => {}
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_begins_behind_spaces_parentheses_and_signs() {
        let cases = [
            ("", ""),
            ("pro", "pro"),
            ("peace pro", "pro"),
            ("(pro", "pro"),
            ("+pro", "pro"),
            ("a -pro", "pro"),
            ("cyber-pro", "cyber-pro"),
            ("process:\"UN g", "process:\"UN g"),
            ("\"a b\" pro", "pro"),
        ];
        for (before, part) in cases {
            assert_eq!(&before[start_of_part(before)..], part, "{before}");
        }
    }
}
