//! [`without_titles`]: the title of a document is no heading of its clauses.

use std::collections::HashMap;

use crate::clause::enumerator::read_enumerator;
use crate::clause::number::Delimiter;
use crate::clause::outline::SegmentDraft;
use crate::clause::segment::SegmentKind;
use crate::provision::{WordList, is_in};

/// Removes the headings of clauses that are no section headings: lines of the title before the first
/// clause, and lines of a place and a date.
///
/// The last line of a title is a heading if it has a number, if it is known to name a section (such
/// as `Introduction`), or if the format sets it lower than the first line. Takes one pass over the
/// drafts.
pub(crate) fn without_titles(text: &str, drafts: &mut [SegmentDraft]) {
    let n_before = drafts
        .iter()
        .take_while(|draft| draft.kind == SegmentKind::Heading && draft.label.is_none())
        .count();
    let mut n_titles = n_before;
    if let Some(last) = n_before.checked_sub(1) {
        let is_lower = drafts[last].level > drafts[0].level;
        let is_repeated = drafts[n_before..]
            .iter()
            .any(|draft| draft.kind == SegmentKind::Heading && draft.level < drafts[last].level);
        let is_kept = names_section(words_of(text, drafts, last)) || is_lower && !is_repeated;
        if is_kept || is_above_number(text, drafts, last) {
            n_titles = last;
        }
    }
    // A heading is judged once, however many parts are under it.
    let mut is_date: HashMap<usize, bool> = HashMap::new();
    for index in 0..drafts.len() {
        let is_title = drafts[index].heading.is_some_and(|heading| {
            let judged = || is_dateline(words_of(text, drafts, heading));
            heading < n_titles || *is_date.entry(heading).or_insert_with(judged)
        });
        if is_title {
            drafts[index].heading = None;
        }
    }
}

fn words_of<'t>(text: &'t str, drafts: &[SegmentDraft], index: usize) -> &'t str {
    let end = drafts.get(index + 1).map_or(text.len(), |next| next.start);
    text.get(drafts[index].body..end).unwrap_or("").trim()
}

/// Whether a heading is on the line above the number of a paragraph.
fn is_above_number(text: &str, drafts: &[SegmentDraft], index: usize) -> bool {
    let next = drafts.get(index + 1);
    next.is_some_and(|next| {
        let words = text.get(drafts[index].body..next.start).unwrap_or("");
        next.label.is_some() && words.lines().count() == 1
    })
}

/// Whether a heading has a number, or is a name that many documents give to a section.
fn names_section(words: &str) -> bool {
    let number = read_enumerator(words);
    let is_numbered = number.is_some_and(|number| number.delimiter != Delimiter::Bullet);
    is_numbered || is_in(words.trim_end_matches([':', '.']), &[WordList::SectionName])
}

/// Whether words end with a day and a year: `Vilnius, 5.IX.2024`, `adopted on 10 October 2018`.
fn is_dateline(words: &str) -> bool {
    const MAX_WORDS: usize = 12;
    let mut parts = words.split(|c: char| c.is_whitespace() || matches!(c, '.' | '/' | '-'));
    let is_year = |word: &str| word.len() == 4 && matches!(word.parse(), Ok(1500..=2199));
    let is_day = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic() || c == ',');
        matches!(digits.parse(), Ok(1..=31))
    };
    words.split_whitespace().count() <= MAX_WORDS
        && parts.next_back().is_some_and(is_year)
        && parts.rev().take(3).any(is_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_with_a_date_is_no_heading() {
        for words in [
            "Vilnius, 5.IX.2024",
            "Resolution adopted on 10 October 2018",
            "Paris, le 12 novembre 2018",
            "Geneva, May 3rd, 1999",
        ] {
            assert!(is_dateline(words), "{words}");
        }
        for words in [
            "Agenda 2030",
            "Goals for 2030",
            "Article 5",
            "3. Review of 2024",
        ] {
            assert!(!is_dateline(words), "{words}");
        }
    }
}
