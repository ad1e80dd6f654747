//! [`ClauseIndex::complete`]: completions for a query being typed, for prompts.

use crate::index::facet::values_of;
use crate::index::query::filter::FIELDS;
use crate::index::search::ClauseIndex;
use crate::index::store::field::FacetField;
use crate::words::fold_name;

impl ClauseIndex {
    /// Returns completions of a query being typed: names of fields, or values that occur in a field of
    /// this index; and the byte of the query that they replace the text from.
    ///
    /// `before` is the text to the left of the cursor. The completions are in
    /// order: names of fields with their colon, or fields with a value. Case and accents are ignored. Labels, headings and
    /// keys are not completed: there are too many.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::index::{ClauseIndex, IndexParams};
    /// use consonance::term::Analyzer;
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let index = ClauseIndex::build(&corpus, &Analyzer::default(), &IndexParams::default())?;
    /// assert_eq!(index.complete("peace pro"), (6, vec!["process:".to_owned()]));
    /// let (_, values) = index.complete("process:gg");
    /// assert_eq!(values, ["process:GGE"]);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn complete(&self, before: &str) -> (usize, Vec<String>) {
        let start = start_of_part(before);
        let part = &before[start..];
        let candidates = match part.split_once(':') {
            Some((field, value)) => self.values_like(&field.to_ascii_lowercase(), value),
            None => fields_like(part),
        };
        (start, candidates)
    }

    /// Returns the values of a field of the query language in this index, in order. Empty for unknown
    /// fields, for labels, headings and keys.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::index::{ClauseIndex, IndexParams};
    /// use consonance::term::Analyzer;
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let index = ClauseIndex::build(&corpus, &Analyzer::default(), &IndexParams::default())?;
    /// let years = index.field_values("year");
    /// assert_eq!(years, ["2003", "2010", "2014", "2015", "2016", "2017", "2018", "2019"]);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn field_values(&self, field: &str) -> Vec<String> {
        let field = FacetField::from_name(field);
        field.map_or_else(Vec::new, |field| values_of(self, field))
    }

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
