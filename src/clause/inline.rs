//! Lists written inside one line: `shall: (a) act; (b) talk; and (c) listen.`

use crate::clause::enumerator::read_enumerator;
use crate::clause::number::{Delimiter, Enumerator, Value};
use crate::clause::outline::SegmentDraft;
use crate::clause::segment::SegmentKind;
use crate::clause::wording::ends_with_reference;
use crate::provision::{WordList, is_in};

/// The most numbers examined in one part.
const MAX_NUMBERS: usize = 200;

/// The most bytes of a number, its parentheses included.
const MAX_LENGTH: usize = 24;

/// The most items of a list that is part of a paragraph of several sentences.
const MAX_PROSE: usize = 3;

/// The fewest bytes of a sentence before a list that make it part of a paragraph.
const MIN_SENTENCE: usize = 40;

/// Marks after an item of a list.
const ITEM_ENDS: [char; 7] = [';', ',', '；', '،', '؛', ':', '—'];

/// A number inside a part: its position in the part, and its value.
#[derive(Clone, Debug)]
struct Place {
    at: usize,
    number: Enumerator,
}

/// An item of a list inside a part.
#[derive(Clone, Debug)]
struct Item {
    start: usize,
    body: usize,
    /// The number in parentheses.
    written: String,
}

/// The form of a list inside a part.
#[derive(Clone, Copy, Debug)]
struct Run {
    style: Style,
    delimiter: Delimiter,
    /// The number to begin with.
    first: u32,
    /// The marks between an item and the next one.
    marks: &'static [char],
}

/// The numbering style of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Arabic,
    Letter,
    Roman,
}

/// Splits off the items of parts that contain a whole list. A list begins with its first number
/// after a colon, a dash or a word (`shall (a) act; (b) talk`), and each further number is the next
/// one, after a semicolon or a comma; after a semicolon only, if there is no colon. A short list
/// amid other sentences is part of its paragraph.
///
/// Takes one pass over the text, and another one over the split items, which may contain lists.
pub(crate) fn with_inline_items(text: &str, drafts: Vec<SegmentDraft>) -> Vec<SegmentDraft> {
    let all: Vec<usize> = (0..drafts.len()).collect();
    let (drafts, items) = with_items_of(text, drafts, &all);
    with_items_of(text, drafts, &items).0
}

/// Splits the items off some parts; returns all parts, and which of them are new.
fn with_items_of(
    text: &str,
    drafts: Vec<SegmentDraft>,
    of: &[usize],
) -> (Vec<SegmentDraft>, Vec<usize>) {
    let end_of = |index: usize| drafts.get(index + 1).map_or(text.len(), |next| next.start);
    let lists: Vec<List> = of
        .iter()
        .filter_map(|&index| list_in(text, &drafts[index], index, end_of(index)))
        .collect();
    if lists.is_empty() {
        return (drafts, Vec::new());
    }
    let mut places = Vec::with_capacity(drafts.len());
    let mut cut: Vec<SegmentDraft> = Vec::with_capacity(drafts.len());
    let mut items = Vec::new();
    let mut lists = lists.into_iter().peekable();
    for (index, mut draft) in drafts.into_iter().enumerate() {
        places.push(cut.len());
        let Some(list) = lists.next_if(|list| list.of == index) else {
            cut.push(draft);
            continue;
        };
        if list.is_whole {
            draft.kind = SegmentKind::LeadIn;
        }
        cut.push(draft);
        items.extend(cut.len()..cut.len() + list.items.len());
        cut.extend(list.items);
    }
    for draft in &mut cut {
        // Up to here, all references use the old indices of parts.
        draft.heading = draft.heading.map(|old| places[old]);
        draft.lead_in = draft.lead_in.map(|old| places[old]);
    }
    (cut, items)
}

/// The items inside a part.
#[derive(Debug)]
struct List {
    of: usize,
    /// Whether it begins inside the part, so that the first words of the part introduce it.
    is_whole: bool,
    items: Vec<SegmentDraft>,
}

fn list_in(text: &str, draft: &SegmentDraft, index: usize, end: usize) -> Option<List> {
    if draft.kind != SegmentKind::Clause || draft.body >= end {
        return None;
    }
    let words = &text[draft.body..end];
    let numbers = numbers_in(words);
    if numbers.is_empty() {
        return None;
    }
    // Articles list their items so; numbered paragraphs of a report do in passing.
    let label = draft.label.as_deref().unwrap_or("");
    let max_prose = if label.starts_with(char::is_alphabetic) {
        0
    } else {
        MAX_PROSE
    };
    if let Some(items) = whole_list(words, &numbers, max_prose) {
        let items = items.into_iter().map(|item| item.draft_in(draft, index));
        return Some(List {
            of: index,
            is_whole: true,
            items: items.collect(),
        });
    }
    let items = siblings_of(text, draft, words, &numbers);
    (!items.is_empty()).then_some(List {
        of: index,
        is_whole: false,
        items,
    })
}

impl Item {
    /// The item as a separate part, introduced by the part that contains it.
    fn draft_in(self, whole: &SegmentDraft, index: usize) -> SegmentDraft {
        let stem = whole.label.as_deref().unwrap_or("");
        SegmentDraft {
            start: whole.body + self.start,
            body: whole.body + self.body,
            kind: SegmentKind::Clause,
            label: Some(format!("{stem}{}", self.written)),
            heading: whole.heading,
            lead_in: Some(index),
            level: whole.level + 1,
            n_provision: if stem.is_empty() {
                self.written.len()
            } else {
                whole.n_provision
            },
        }
    }
}

/// The numbers at the beginning of a word that are in parentheses or before a closing one.
fn numbers_in(words: &str) -> Vec<Place> {
    words
        .match_indices(')')
        .take(MAX_NUMBERS)
        .filter_map(|(close, _)| {
            let from = words.floor_char_boundary(close.saturating_sub(MAX_LENGTH));
            let is_edge = |c: char| c.is_whitespace() || c == '(';
            let edge = from + words[from..close].rfind(is_edge)?;
            let is_open = words[edge..].starts_with('(');
            let space = words[edge..].chars().next().map_or(1, char::len_utf8);
            let at = if is_open { edge } else { edge + space };
            let number = number_at(words, at)?;
            (at + number.written.end == close + 1).then_some(Place { at, number })
        })
        .collect()
}

fn number_at(words: &str, at: usize) -> Option<Enumerator> {
    read_enumerator(&words[at..])
        .filter(|number| is_bare_number(number) && words[at..].len() > number.body)
}

/// Whether a number has no word before it and is in parentheses or before a closing one.
fn is_bare_number(number: &Enumerator) -> bool {
    let is_closed = matches!(
        number.delimiter,
        Delimiter::Parentheses | Delimiter::Closing
    );
    number.kind.is_none() && is_closed
}

/// The items of a list that begins inside a part, unless it is amid sentences and has at most
/// `max_prose` items.
fn whole_list(words: &str, numbers: &[Place], max_prose: usize) -> Option<Vec<Item>> {
    numbers.iter().enumerate().find_map(|(nth, place)| {
        let first = &place.number;
        let before = words[..place.at].trim_end();
        let marks: &'static [char] = if before.ends_with([':', '：', '—']) {
            &ITEM_ENDS
        } else if before.ends_with(char::is_alphabetic) && !ends_with_reference(before) {
            &[';', '；', '؛']
        } else {
            return None;
        };
        let run = Run {
            style: first_style(first)?,
            delimiter: first.delimiter,
            first: 1,
            marks,
        };
        let items = run.items(words, &numbers[nth..]);
        let last = items.last().filter(|_| items.len() > 1)?;
        // Shorter words before a full stop are a title.
        let is_amid = || {
            ends_sentence_from(&words[..place.at], MIN_SENTENCE)
                || ends_sentence_from(&words[last.body..], 0)
        };
        (items.len() > max_prose || !is_amid()).then_some(items)
    })
}

/// Whether a sentence ends inside some words, at a byte or after it, before another one begins there.
fn ends_sentence_from(words: &str, from: usize) -> bool {
    /// Shorter words before a full stop are abbreviations.
    const N_LETTERS: usize = 4;
    let mut stops = words.match_indices(". ").filter(|(at, _)| *at >= from);
    stops.any(|(at, stop)| {
        let n_letters = words[..at]
            .chars()
            .rev()
            .take(N_LETTERS)
            .filter(|c| c.is_lowercase())
            .count();
        let next = words[at + stop.len()..].trim_start();
        n_letters == N_LETTERS && next.starts_with(char::is_uppercase)
    })
}

/// The items that continue after the first words of an item: `(a) act; (b) talk;`.
fn siblings_of(
    text: &str,
    draft: &SegmentDraft,
    words: &str,
    numbers: &[Place],
) -> Vec<SegmentDraft> {
    let own = read_enumerator(&text[draft.start..draft.body]);
    let own = own.filter(is_bare_number);
    let stem = draft
        .label
        .as_deref()
        .and_then(|label| Some(label.rsplit_once('(')?.0));
    let (Some(own), Some(stem)) = (own, stem) else {
        return Vec::new();
    };
    [Style::Letter, Style::Roman, Style::Arabic]
        .into_iter()
        .filter_map(|style| {
            let run = Run {
                style,
                delimiter: own.delimiter,
                first: value_in(&own, style)?.checked_add(1)?,
                marks: &ITEM_ENDS,
            };
            Some(run.items(words, numbers))
        })
        .find(|items| !items.is_empty())
        .unwrap_or_default()
        .into_iter()
        .map(|item| SegmentDraft {
            start: draft.body + item.start,
            body: draft.body + item.body,
            label: Some(format!("{stem}{}", item.written)),
            ..draft.clone()
        })
        .collect()
}

impl Run {
    /// The items of the list among the numbers inside a part, in order.
    fn items(&self, words: &str, numbers: &[Place]) -> Vec<Item> {
        let mut items = Vec::new();
        let mut next = self.first;
        for Place { at, number } in numbers {
            let is_next =
                number.delimiter == self.delimiter && value_in(number, self.style) == Some(next);
            // The caller decides what may come before the number 1.
            if is_next && (next == 1 || is_behind_item(&words[..*at], self.marks)) {
                items.push(Item {
                    start: *at,
                    body: at + number.body,
                    written: format!("({})", words[*at..][number.number.clone()].trim()),
                });
                next = next.saturating_add(1);
            }
        }
        items
    }
}

/// Whether the items inside the line of a part lead up to a number that follows the part.
pub(crate) fn ends_before(
    text: &str,
    part: &SegmentDraft,
    end: usize,
    number: &Enumerator,
) -> bool {
    let Some(words) = text.get(part.body..end) else {
        return false;
    };
    numbers_in(words)
        .pop()
        .is_some_and(|Place { number: last, .. }| {
            [Style::Letter, Style::Roman, Style::Arabic]
                .into_iter()
                .any(|style| {
                    let before = value_in(&last, style).and_then(|value| value.checked_add(1));
                    before.is_some() && before == value_in(number, style)
                })
        })
}

/// Whether words end like an item before the next one: `act;`, `act; and`, `act,`.
fn is_behind_item(words: &str, marks: &[char]) -> bool {
    let words = words.trim_end();
    let before = words
        .rsplit_once(char::is_whitespace)
        .filter(|(_, last)| is_in(last, &[WordList::Joint]))
        .map_or(words, |(before, _)| before.trim_end());
    before.ends_with(marks)
}

fn first_style(number: &Enumerator) -> Option<Style> {
    [Style::Letter, Style::Roman, Style::Arabic]
        .into_iter()
        .find(|style| value_in(number, *style) == Some(1))
}

fn value_in(number: &Enumerator, style: Style) -> Option<u32> {
    match (&number.value, style) {
        (
            Value::Arabic {
                number,
                inserted: 0,
            },
            Style::Arabic,
        ) => Some(*number),
        (_, Style::Letter) => number.value.letters().0,
        (_, Style::Roman) => number.value.letters().1,
        _ => None,
    }
}
