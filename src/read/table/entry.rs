//! Divides a cell into its entries: who is quoted, under which numbers, in which words.

use crate::read::table::quotation::{
    LINK_END, LINK_START, Quoting, between_ellipses, marks, mend, quoted_words, split_stray_mark,
};
use crate::read::table::reference;
use crate::read::table::rows::{TableCell, begins_entry, without_marks};
use crate::read::table::source::{Source, ends_name};

/// One quotation of a cell, or the mention of a source without a quotation.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct TableEntry {
    /// The source the entry names; `None` if the column is one source.
    pub(crate) source: Option<Source>,
    /// The number it cites, as a label.
    pub(crate) label: Option<String>,
    /// The words between the number and the quotation.
    pub(crate) lead_in: Option<String>,
    /// The quoted words; empty for a mention.
    pub(crate) text: String,
}

/// Returns the entries of a cell, and the number of its paragraphs that are not entries.
pub(crate) fn entries_of(cell: &TableCell) -> (Vec<TableEntry>, usize) {
    let mut chunks: Vec<String> = Vec::new();
    let mut n_remarks = 0;
    let mut quoting = Quoting::Outside;
    for paragraph in &cell.paragraphs {
        if begins_entry(paragraph) {
            quoting = Quoting::Outside;
        } else if quoting == Quoting::Outside && marks(paragraph).is_empty() {
            n_remarks += 1;
            continue;
        }
        for (index, chunk) in split_paragraph(paragraph, quoting).into_iter().enumerate() {
            match chunks.last_mut() {
                Some(last) if quoting == Quoting::Inside && index == 0 => {
                    last.push(' ');
                    last.push_str(chunk);
                }
                _ => chunks.push(chunk.to_owned()),
            }
        }
        quoting = quoting.after_words(paragraph);
    }
    let entries = chunks.iter().flat_map(|chunk| entries_of_chunk(chunk));
    (entries.collect(), n_remarks)
}

/// Splits a paragraph where a quotation has ended and a name or a number follows.
fn split_paragraph(paragraph: &str, mut quoting: Quoting) -> Vec<&str> {
    let mut chunks = Vec::new();
    let mut start = 0;
    for (at, mark) in marks(paragraph) {
        quoting = quoting.after(mark);
        if quoting == Quoting::Inside {
            continue;
        }
        let end = at + paragraph[at..].chars().next().map_or(1, char::len_utf8);
        let rest = &paragraph[end..];
        if begins_entry(rest.trim_start()) {
            chunks.push(paragraph[start..end].trim());
            start = end;
        }
    }
    chunks.push(paragraph[start..].trim());
    chunks
}

/// The part of a chunk before its quotation.
#[derive(Debug, Default)]
struct Head {
    source: Option<Source>,
    labels: Vec<String>,
    /// Its length in bytes, without the words of a lead-in.
    length: usize,
}

fn entries_of_chunk(chunk: &str) -> Vec<TableEntry> {
    let quotation = marks(chunk).first().map(|(at, _)| *at);
    let head = head_of(&chunk[..quotation.unwrap_or(chunk.len())]);
    let (lead_in, text) = match quotation {
        Some(at) => words_of(&chunk[head.length..at], &chunk[at..]),
        None if head.labels.is_empty() => (None, String::new()),
        None => (None, mend(bare(&chunk[head.length..]))),
    };
    let texts = split_among(&head.labels, &text);
    let labels: Vec<Option<String>> = match head.labels.len() {
        0 => vec![None],
        _ => head.labels.into_iter().map(Some).collect(),
    };
    labels
        .into_iter()
        .zip(texts)
        .map(|(label, text)| TableEntry {
            source: head.source.clone(),
            label,
            lead_in: lead_in.clone(),
            text,
        })
        .collect()
}

/// Returns the lead-in and the quoted words.
fn words_of(before: &str, quoted: &str) -> (Option<String>, String) {
    let (outside, quoted) = match split_stray_mark(quoted) {
        Some((words, rest)) => (format!("{before} {words}"), rest),
        None => (before.to_owned(), quoted),
    };
    let plain = without_marks(&outside);
    let lead_in = bare(&plain);
    let lead_in = (!lead_in.is_empty()).then(|| lead_in.to_owned());
    (lead_in, mend(&quoted_words(quoted)))
}

/// Returns words without the punctuation that separates them from a number before them.
fn bare(words: &str) -> &str {
    let mut rest = words
        .trim_matches([':', ' '])
        .trim_start_matches([',', ';']);
    // A remark such as "(not in force)" is not a lead-in.
    while let Some(inner) = rest.strip_prefix('(') {
        match inner.split_once(')') {
            Some((_, after)) => rest = after.trim_matches([':', ' ']),
            None => return rest,
        }
    }
    rest.trim()
}

fn head_of(before: &str) -> Head {
    if let Some(found) = reference::parse(before) {
        return Head {
            source: None,
            labels: found.labels,
            length: found.length,
        };
    }
    let link_end = before.rfind(LINK_END).map(|at| at + LINK_END.len_utf8());
    let named = link_end.or_else(|| before.rfind(':')).unwrap_or(0);
    let after_name = find_reference(before, named);
    let reference = after_name.or_else(|| find_reference(before, 0));
    let name_end = match &reference {
        Some((at, _)) => *at,
        None => end_of_name(before, named),
    };
    let name = without_marks(&before[..name_end]);
    let source = Source::parse(&name);
    let (labels, length) = match reference {
        Some((at, found)) => (found.labels, at + found.length),
        None => (Vec::new(), name_end),
    };
    Head {
        source: (!source.name.is_empty()).then_some(source),
        labels,
        length,
    }
}

/// Finds the first reference from a position on that starts a word and is outside parentheses.
pub(crate) fn find_reference(
    text: &str,
    from: usize,
) -> Option<(usize, reference::SourceReference)> {
    let mut depth = 0_usize;
    let mut is_word_start = true;
    for (at, c) in text.char_indices() {
        let may_begin = at >= from && depth == 0 && (is_word_start || c == '¶');
        if may_begin && let Some(found) = reference::parse(&text[at..]) {
            return Some((at, found));
        }
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        is_word_start = c.is_whitespace() || c == LINK_START || c == LINK_END || c == '(';
    }
    None
}

/// Returns where a name without a number ends: after its last year, remark or colon.
fn end_of_name(text: &str, from: usize) -> usize {
    let mut end = from;
    let mut rest = &text[from..];
    while let Some(start) = rest.find('(') {
        let Some(length) = rest[start..].find(')') else {
            break;
        };
        if !ends_name(&rest[start + 1..start + length]) {
            break;
        }
        end = text.len() - rest.len() + start + length + 1;
        rest = &text[end..];
    }
    end
}

/// Divides a text among the numbers cited for it: by the numbers that occur in it, else by its
/// ellipses if there is the right number of parts; else each number has the whole text.
fn split_among(labels: &[String], text: &str) -> Vec<String> {
    match labels {
        [] => vec![text.to_owned()],
        [only] => vec![without_number(only, text)],
        _ => by_numbers(labels, text)
            .or_else(|| {
                let parts = between_ellipses(text);
                (parts.len() == labels.len()).then(|| parts.iter().map(|part| mend(part)).collect())
            })
            .unwrap_or_else(|| vec![text.to_owned(); labels.len()]),
    }
}

/// Returns the number of a label as it may occur before the words: `2. `.
fn written_number(label: &str) -> String {
    let digits: String = label.chars().filter(char::is_ascii_digit).collect();
    format!("{digits}. ")
}

fn without_number(label: &str, text: &str) -> String {
    let bare = text.strip_prefix(&written_number(label)).unwrap_or(text);
    mend(bare)
}

fn by_numbers(labels: &[String], text: &str) -> Option<Vec<String>> {
    let mut starts = Vec::with_capacity(labels.len());
    let mut from = 0;
    for label in labels {
        let number = written_number(label);
        let at = text[from..].find(&number)? + from;
        let is_word = at == 0 || text[..at].ends_with(' ');
        if !is_word {
            return None;
        }
        from = at + number.len();
        starts.push((at, from));
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let parts = starts.iter().zip(ends);
    Some(
        parts
            .map(|((_, start), end)| mend(&text[*start..end]))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(paragraphs: &[&str], expected: &[(&str, &str, &str, &str)]) {
        let marked = paragraphs
            .iter()
            .map(|words| words.replace('<', "\u{E000}").replace('>', "\u{E001}"));
        let cell = TableCell::new(marked.collect());
        let (entries, _) = entries_of(&cell);
        let found: Vec<(&str, &str, &str, &str)> = entries
            .iter()
            .map(|entry| {
                (
                    entry
                        .source
                        .as_ref()
                        .map_or("", |source| source.name.as_str()),
                    entry.label.as_deref().unwrap_or(""),
                    entry.lead_in.as_deref().unwrap_or(""),
                    entry.text.as_str(),
                )
            })
            .collect();
        assert_eq!(found, expected, "{paragraphs:?}");
    }

    #[test]
    fn a_numbered_quotation_is_an_entry() {
        check(&["¶1(a): “Talk”"], &[("", "¶1(a)", "", "Talk")]);
        check(
            &["Norm 4: Members pledge “[t]o talk.”"],
            &[("", "Norm 4", "Members pledge", "To talk.")],
        );
        check(
            &["¶2: Talk without marks."],
            &[("", "¶2", "", "Talk without marks.")],
        );
        check(
            &["¶3: “Members pledge “[n]ot to shout”"],
            &[("", "¶3", "Members pledge", "Not to shout")],
        );
    }

    #[test]
    fn a_named_quotation_is_an_entry() {
        check(
            &["<Harbor Code> (2018) principle 2 : “Be kind.”"],
            &[("Harbor Code", "principle 2", "", "Be kind.")],
        );
        check(
            &["<Harbor Code (2018), No 16:> “Be kind.”"],
            &[("Harbor Code", "No 16", "", "Be kind.")],
        );
        check(
            &["The <Port Convention> Art. 25(3) (not in force): “Be kind.”"],
            &[("Port Convention", "Art. 25(3)", "", "Be kind.")],
        );
        check(
            &["Sea Forum, <Tide Manifesto>: “Be kind.”"],
            &[("Sea Forum, Tide Manifesto", "", "", "Be kind.")],
        );
        check(
            &["<Port Letter> (2017) (quoting 2015 Code ¶26)"],
            &[("Port Letter", "", "", "")],
        );
    }

    #[test]
    fn a_paragraph_may_hold_several_entries_and_an_entry_several_paragraphs() {
        check(
            &["¶1: “One” ¶2: “Two"],
            &[("", "¶1", "", "One"), ("", "¶2", "", "Two")],
        );
        check(
            &["¶1: “Only if:", "(a) so,", "(b) thus.”", "¶2: “Two.”"],
            &[
                ("", "¶1", "", "Only if: (a) so, (b) thus."),
                ("", "¶2", "", "Two."),
            ],
        );
    }

    #[test]
    fn two_numbers_share_a_quotation() {
        check(
            &["<Code> principles 1 and 3: “We build well. . . We help all.”"],
            &[
                ("Code", "principle 1", "", "We build well"),
                ("Code", "principle 3", "", "We help all."),
            ],
        );
        check(
            &["<Code>, Nos 2 and 14: “2. Talk.... 14. Listen.”"],
            &[
                ("Code", "No 2", "", "Talk...."),
                ("Code", "No 14", "", "Listen."),
            ],
        );
    }
}
