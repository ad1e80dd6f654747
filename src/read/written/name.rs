//! Splits a citation into the name of its agreement and the label.

use crate::read::record::Record;
use crate::read::table::{find_reference, id_of};
use crate::words::fold_name;

/// The parts of a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cited<'a> {
    /// The name of the agreement.
    pub(crate) name: &'a str,
    /// The label; `None` for an unnumbered clause.
    pub(crate) label: Option<&'a str>,
    /// The position among the unnumbered clauses, if the citation gives it.
    pub(crate) running_number: Option<usize>,
}

/// Splits a citation: `Harbor Code ¶3`, `Harbor Code [2]` for an unnumbered clause. If no numbering
/// style is recognized, the last word with a digit begins the label.
pub(crate) fn taken_apart(citation: &str) -> Cited<'_> {
    let citation = citation.trim();
    if let Some((name, number)) = citation.rsplit_once(" [")
        && let Ok(number) = number.trim_end_matches(']').parse()
    {
        let running_number = Some(number);
        return Cited {
            name,
            label: None,
            running_number,
        };
    }
    let by_style = find_reference(citation, 0).map(|(at, _)| at);
    let by_digit = || {
        let last = citation.rfind(' ')? + 1;
        citation[last..]
            .contains(|c: char| c.is_ascii_digit())
            .then_some(last)
    };
    let start = by_style.or_else(by_digit).filter(|at| *at > 0);
    Cited {
        name: citation[..start.unwrap_or(citation.len())].trim_end(),
        label: start.map(|at| &citation[at..]),
        running_number: None,
    }
}

/// Returns a citation without the force in brackets after it: `GGE ¶13(f) [obligation]`.
pub(crate) fn without_tag(citation: &str) -> &str {
    match citation.strip_suffix(']').and_then(|c| c.rsplit_once(" [")) {
        Some((before, tag)) if !is_number(tag) => before,
        _ => citation,
    }
}

fn is_number(words: &str) -> bool {
    !words.is_empty() && words.bytes().all(|b| b.is_ascii_digit())
}

/// Returns the record of a clause in a table that gives only the citation, the words and the process.
pub(crate) fn record_of(cited: Cited<'_>, process: &str) -> Record {
    let mut record = Record::default();
    let key = fold_name(cited.name).replace(' ', "-");
    if let Some(n) = cited.running_number {
        record.set("id", &id_of(&key, None, n));
    }
    record.set("agreement", if key.is_empty() { cited.name } else { &key });
    record.set("title", cited.name);
    record.set("process", process);
    record.set("clause", cited.label.unwrap_or_default());
    record
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_is_split_into_name_and_label() {
        let cases = [
            ("GGE 2015 ¶13(f)", "GGE 2015", Some("¶13(f)")),
            (
                "Port Call 2018 Principle 1",
                "Port Call 2018",
                Some("Principle 1"),
            ),
            (
                "Tide Rules Annex 2, 3(b)",
                "Tide Rules",
                Some("Annex 2, 3(b)"),
            ),
            ("Harbor Oath [12]", "Harbor Oath", None),
            ("Harbor Oath", "Harbor Oath", None),
            ("Delta Rules 7", "Delta Rules", Some("7")),
            ("7", "7", None),
        ];
        for (citation, name, label) in cases {
            let cited = taken_apart(citation);
            assert_eq!((cited.name, cited.label), (name, label), "{citation}");
        }
    }

    #[test]
    fn the_force_is_not_part_of_a_citation() {
        assert_eq!(without_tag("GGE ¶13(f) [duty (not to)]"), "GGE ¶13(f)");
        assert_eq!(without_tag("GGE [3] [duty]"), "GGE [3]");
        assert_eq!(without_tag("GGE [3]"), "GGE [3]");
    }
}
