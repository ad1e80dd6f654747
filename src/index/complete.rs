//! [`ClauseIndex::complete`]: completions for a query being typed, for prompts.

use serde::Serialize;

use crate::index::query::filter::FIELDS;
use crate::index::search::ClauseIndex;
use crate::words::fold_name;

/// Completions of the last part of a query being typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Completion {
    /// The byte of the query where the part begins.
    pub start: usize,
    /// The completions, in order: names of fields with their colon, or fields with a value.
    pub candidates: Vec<String>,
}

impl ClauseIndex {
    /// Returns completions of a query being typed: names of fields, or values that occur in a field of
    /// this index.
    ///
    /// `before` is the text to the left of the cursor. Case and accents are ignored. Labels, headings and
    /// keys are not completed: there are too many.
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

/// Returns whether a name, or one of its words, begins with `wanted`.
fn begins_so(name: &str, wanted: &str) -> bool {
    name.starts_with(wanted) || name.contains(&format!(" {wanted}"))
}

/// Returns a value as written in a query: in quotation marks unless it has only letters and digits.
fn quoted(value: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || c == '-';
    if value.chars().all(is_plain) {
        value.to_owned()
    } else {
        format!("\"{}\"", value.replace('"', " "))
    }
}

/// Returns where the last part begins: after white space, a parenthesis or a sign outside quotation
/// marks.
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
    fn a_part_begins_after_spaces_parentheses_and_signs() {
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
