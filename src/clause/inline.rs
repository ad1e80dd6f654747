//! Lists written inside one line: `shall: (a) act; (b) talk; and (c) listen.`

use crate::clause::enumerator::{Delimiter, Enumerator, Value, read_enumerator};
use crate::clause::outline::Draft;
use crate::clause::segment::SegmentKind;

/// The most items looked for in one part.
const MAX_ITEMS: usize = 200;

/// A number inside a part.
#[derive(Clone, Debug)]
struct Item {
    start: usize,
    body: usize,
    /// The number in its parentheses.
    written: String,
}

/// How the items of a list count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Arabic,
    Letter,
    Roman,
}

/// Cuts the items out of parts that hold a whole list: it begins behind a colon or a dash with its
/// first number, and each further number is the next one and stands behind a semicolon or a comma.
///
/// Takes one pass over the text.
pub(crate) fn with_inline_items(text: &str, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut places = Vec::with_capacity(drafts.len());
    let mut cut: Vec<Draft> = Vec::with_capacity(drafts.len());
    let ends: Vec<usize> = drafts
        .iter()
        .skip(1)
        .map(|next| next.start)
        .chain([text.len()])
        .collect();
    for (index, (mut draft, end)) in drafts.into_iter().zip(ends).enumerate() {
        places.push(cut.len());
        let parts = inline_parts(text, &mut draft, index, end);
        cut.push(draft);
        cut.extend(parts);
    }
    for draft in &mut cut {
        // Until here all references count the parts as they were.
        draft.heading = draft.heading.map(|old| places[old]);
        draft.lead_in = draft.lead_in.map(|old| places[old]);
    }
    cut
}

/// The items inside a part; the part itself becomes their introduction.
fn inline_parts(text: &str, draft: &mut Draft, index: usize, end: usize) -> Vec<Draft> {
    if draft.kind != SegmentKind::Clause || draft.body >= end {
        return Vec::new();
    }
    let body = draft.body..end;
    if let Some(items) = items_behind_colon(text, body.clone()) {
        let stem = draft.label.clone().unwrap_or_default();
        draft.kind = SegmentKind::LeadIn;
        let level = draft.level + 1;
        return items
            .into_iter()
            .map(|item| Draft {
                start: item.start,
                body: item.body,
                kind: SegmentKind::Clause,
                label: Some(format!("{stem}{}", item.written)),
                heading: draft.heading,
                lead_in: Some(index),
                level,
                n_provision: if stem.is_empty() {
                    item.written.len()
                } else {
                    draft.n_provision
                },
            })
            .collect();
    }
    siblings_of(text, draft, body)
}

fn items_behind_colon(text: &str, body: std::ops::Range<usize>) -> Option<Vec<Item>> {
    let words = &text[body.clone()];
    for (at, _) in words.match_indices('(').take(MAX_ITEMS) {
        let before = words[..at].trim_end();
        if !before.ends_with([':', '：', '—']) {
            continue;
        }
        let Some(first) = number_at(words, at) else {
            continue;
        };
        let Some(style) = first_style(&first) else {
            continue;
        };
        let items = run_of_items(words, at, &first, style, 1);
        if items.len() > 1 {
            return Some(shifted(items, body.start));
        }
    }
    None
}

/// The items that go on behind the first words of an item: `(a) act; (b) talk;`.
fn siblings_of(text: &str, draft: &Draft, body: std::ops::Range<usize>) -> Vec<Draft> {
    let own = read_enumerator(&text[draft.start..body.start]);
    let Some(own) = own.filter(|own| own.delimiter == Delimiter::Parentheses) else {
        return Vec::new();
    };
    let words = &text[draft.start..body.end];
    if !text[body.clone()].contains('(') {
        return Vec::new();
    }
    let Some(stem) = draft.label.as_deref().and_then(|label| {
        let (stem, _) = label.rsplit_once('(')?;
        Some(stem)
    }) else {
        return Vec::new();
    };
    let items = [Style::Letter, Style::Roman, Style::Arabic]
        .into_iter()
        .filter_map(|style| Some(run_of_items(words, 0, &own, style, value_in(&own, style)?)))
        .find(|items| items.len() > 1)
        .unwrap_or_default();
    shifted(items, draft.start)
        .into_iter()
        .skip(1)
        .map(|item| Draft {
            start: item.start,
            body: item.body,
            label: Some(format!("{stem}{}", item.written)),
            ..draft.clone()
        })
        .collect()
}

fn shifted(items: Vec<Item>, by: usize) -> Vec<Item> {
    items
        .into_iter()
        .map(|item| Item {
            start: item.start + by,
            body: item.body + by,
            written: item.written,
        })
        .collect()
}

/// The item at a place and those that follow it in sequence.
fn run_of_items(words: &str, at: usize, first: &Enumerator, style: Style, value: u32) -> Vec<Item> {
    let item = |at: usize, number: &Enumerator| Item {
        start: at,
        body: at + number.body,
        written: format!("({})", words[at..][number.number.clone()].trim()),
    };
    let mut items = vec![item(at, first)];
    let mut next = value + 1;
    let from = at + first.body;
    for (place, _) in words[from..].match_indices('(').take(MAX_ITEMS) {
        let place = from + place;
        let Some(number) = number_at(words, place) else {
            continue;
        };
        if value_in(&number, style) == Some(next) && is_behind_item(&words[from..place]) {
            items.push(item(place, &number));
            next += 1;
        }
    }
    items
}

fn number_at(words: &str, at: usize) -> Option<Enumerator> {
    read_enumerator(&words[at..]).filter(|number| {
        number.delimiter == Delimiter::Parentheses && words[at..].len() > number.body
    })
}

/// Whether words end as an item does before the next one: `act;`, `act; and`, `act,`.
fn is_behind_item(words: &str) -> bool {
    let words = words.trim_end();
    let before = ["and", "or", "et", "ou", "y", "o", "und", "oder", "и", "или"]
        .iter()
        .find_map(|joint| words.strip_suffix(joint))
        .filter(|before| before.ends_with(char::is_whitespace))
        .map_or(words, str::trim_end);
    before.ends_with([';', ',', '；', '،', '؛', ':', '—'])
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
        (Value::Letters { letter, .. }, Style::Letter) => *letter,
        (Value::Letters { roman, .. }, Style::Roman) => *roman,
        _ => None,
    }
}
