//! [`references`]: where a text cites provisions and other documents.

use std::ops::Range;

use crate::provision::cited::{CitedNumber, first_number_at, number_at};
use crate::provision::dictionary::{self, WordList, joint_length, range_length};
use crate::provision::kind::Rank;
use crate::provision::label::Label;
use crate::provision::numbering::{parse_letters, parse_roman};
use crate::words::{prefix_length, single_spaced};

/// A citation of a provision or a document in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) struct Reference {
    /// The bytes of the citation: `paragraph 3 of Article 5`.
    pub range: Range<usize>,
    /// What it cites.
    pub target: Target,
    /// The bytes of the document that contains the cited provision, if the citation names it:
    /// `Article 51 of the Charter`. If `None`, the provision is in the same text.
    pub document: Option<Range<usize>>,
    /// Whether it is the last of a range that begins with the citation before it: `5` of `Articles 3 to 5`.
    pub ends_range: bool,
}

/// What a [`Reference`] cites.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum Target {
    /// A provision: `Article 5(3)`. A paragraph alone (`paragraph 3`) is in the same provision.
    Provision(Label),
    /// Another document, by its name or symbol as written: `resolution 58/199`, `A/70/174`.
    Document(String),
}

/// A citation being parsed.
#[derive(Clone, Debug)]
struct Found {
    range: Range<usize>,
    rank: Rank,
    /// The word and number of its outermost level, and the numbers below it.
    label: String,
    document: Option<Range<usize>>,
    ends_range: bool,
}

/// What is between two numbers of a list, and where the second begins.
#[derive(Clone, Copy, Debug)]
struct Joint {
    end: usize,
    is_range: bool,
}

/// Returns the citations of a text in order, none inside another.
///
/// Recognizes provisions by a word and a number, also in lists and chains (`Articles 3 and 4`,
/// `point (a) of paragraph 2 of Article 5`), resolutions and acts by their number (`General
/// Assembly resolution 58/199`, `Directive (EU) 2016/1148`) and documents of the United Nations by
/// their symbol (`A/70/174`). A word without a number is not a citation.
///
/// Takes one pass over the text.
pub(crate) fn references(text: &str) -> Vec<Reference> {
    let mut found: Vec<Found> = Vec::new();
    let mut at = 0;
    while let Some((word, next)) = next_word(text, at) {
        let cited = found.last().map_or(0, |last| last.range.end);
        let read = read_symbol(text, &word).or_else(|| read_cited(text, &word, cited));
        at = match read {
            Some(citations) => {
                let end = citations.last().map_or(next, |last| last.range.end);
                for citation in citations {
                    push(text, &mut found, citation);
                }
                end.max(next)
            }
            None => next,
        };
    }
    found
        .into_iter()
        .map(|found| finished(text, found))
        .collect()
}

/// The next run of letters, or a sign used as a word, and where it ends.
fn next_word(text: &str, from: usize) -> Option<(Range<usize>, usize)> {
    let is_word = |c: char| c.is_alphabetic() || matches!(c, '§' | '¶');
    let start = from + text[from..].find(is_word)?;
    let sign = text[start..].starts_with(['§', '¶']);
    let rest = &text[start..];
    let length = if sign {
        '§'.len_utf8()
    } else {
        prefix_length(rest, char::is_alphabetic)
    };
    Some((start..start + length, start + length))
}

fn rank_of(word: &str) -> Option<Rank> {
    if dictionary::is_in(word, &[WordList::NumberedDocument]) {
        return Some(Rank::Document);
    }
    dictionary::kind_of(word)?.rank()
}

/// A symbol such as `A/RES/58/199`: capitals, then parts after slashes, with a digit among them.
fn read_symbol(text: &str, word: &Range<usize>) -> Option<Vec<Found>> {
    let rest = &text[word.start..];
    let is_capital = text[word.clone()].bytes().all(|b| b.is_ascii_uppercase());
    let follows_word = text[..word.start].ends_with(|c: char| c.is_alphanumeric() || c == '/');
    if !is_capital || follows_word || !rest[word.len()..].starts_with('/') {
        return None;
    }
    let is_part =
        |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, '/' | '.' | '-');
    let length = prefix_length(rest, is_part);
    let symbol = rest[..length].trim_end_matches(['.', '-', '/']);
    let has_number = symbol
        .split('/')
        .skip(1)
        .any(|part| part.bytes().any(|byte| byte.is_ascii_digit()));
    let is_symbol = has_number && symbol.matches('/').count() >= 2;
    is_symbol.then(|| {
        vec![Found {
            range: word.start..word.start + symbol.len(),
            rank: Rank::Document,
            label: symbol.to_owned(),
            document: None,
            ends_range: false,
        }]
    })
}

/// A word and the number after it, with the further numbers of a list; nothing before `from` is taken.
fn read_cited(text: &str, word: &Range<usize>, from: usize) -> Option<Vec<Found>> {
    let name = &text[word.clone()];
    let rank = rank_of(name)?;
    let after = text[word.end..]
        .strip_prefix('.')
        .map_or(word.end, |_| word.end + 1);
    if rank == Rank::Document {
        return read_document(text, word, from);
    }
    let first = first_number_at(text, skip_space(text, after))?;
    let found = |range: Range<usize>, written: &str| Found {
        range,
        rank,
        label: format!("{name} {written}"),
        document: None,
        ends_range: false,
    };
    let mut all = vec![found(word.start..first.end, &first.written)];
    let mut last = first;
    while let Some(joint) = joint_at(text, last.end)
        && let Some(number) = number_at(text, joint.end)
    {
        let written = in_list(&number.written, &last.written);
        all.push(Found {
            ends_range: joint.is_range,
            ..found(joint.end..number.end, &written)
        });
        last = CitedNumber { written, ..number };
    }
    Some(all)
}

/// The most levels of a number in a list: a number of several levels after one of its own adds one.
const MAX_LEVELS: usize = 8;

/// Returns a number of a list with the levels it shares with the number before it: `13(b)` for the `(b)`
/// after `13(a)`.
fn in_list(written: &str, before: &str) -> String {
    let Some((level, _)) = written
        .strip_prefix('(')
        .and_then(|inner| inner.split_once(')'))
    else {
        return written.to_owned();
    };
    let levels = before.match_indices('(').map(|(at, _)| at);
    let starts: Vec<usize> = levels.take(MAX_LEVELS).collect();
    let is_before_it = |start: &&usize| {
        let above = before[**start + 1..].split(')').next().unwrap_or_default();
        follows(above, level)
    };
    let start = starts.iter().rev().find(is_before_it).or(starts.last());
    format!(
        "{}{written}",
        &before[..start.copied().unwrap_or(before.len())]
    )
}

/// Returns whether a level may come after another in one list: both are digits, letters or Roman numerals.
fn follows(first: &str, second: &str) -> bool {
    let numbers: [fn(&str) -> Option<u32>; 3] =
        [|text| text.parse().ok(), parse_letters, parse_roman];
    let is_later = |number: &fn(&str) -> Option<u32>| matches!((number(first), number(second)), (Some(first), Some(second)) if first < second);
    numbers.iter().any(is_later)
}

/// Where the next number of a list or range begins: after `and`, `to`, a comma or a dash.
fn joint_at(text: &str, from: usize) -> Option<Joint> {
    let rest = &text[from..];
    let in_list = joint_length(rest);
    let length = in_list.or_else(|| range_length(rest))?;
    Some(Joint {
        end: from + length,
        is_range: in_list.is_none(),
    })
}

fn skip_space(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    from + rest.len() - rest.trim_start_matches([' ', '\u{a0}', '\n', '\r']).len()
}

/// `resolution 58/199`, `Directive (EU) 2016/1148`, `resolution 1373 (2001)`, with the name of the
/// body before it, and the further numbers of a list.
fn read_document(text: &str, word: &Range<usize>, from: usize) -> Option<Vec<Found>> {
    let mut end = document_number_end(text, skip_space(text, word.end))?;
    let with_body = body_before(text, word.start);
    let start = if with_body < from {
        word.start
    } else {
        with_body
    };
    let found = |range: Range<usize>, label: String| Found {
        range,
        rank: Rank::Document,
        label: single_spaced(&label),
        document: None,
        ends_range: false,
    };
    let mut all = vec![found(start..end, text[start..end].to_owned())];
    while let Some(joint) = joint_at(text, end) {
        let next = document_number_end(text, skip_space(text, joint.end));
        // A number without a slash after a comma may count anything.
        let Some(next) = next.filter(|next| text[joint.end..*next].contains('/')) else {
            break;
        };
        let label = format!("{} {}", &text[start..word.end], &text[joint.end..next]);
        all.push(found(joint.end..next, label));
        end = next;
    }
    Some(all)
}

/// Returns where the number of a document ends: `58/199`, `(EU) 2016/679`, `No 95/46/EC`, `1373 (2001)`.
fn document_number_end(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    if let Some(inside) = text[at..].strip_prefix('(') {
        let close = inside.find(')').filter(|close| *close <= 12)?;
        at = skip_space(text, at + close + 2);
    }
    if let Some(rest) = text[at..].strip_prefix("No ") {
        at = text.len() - rest.len();
    }
    let rest = &text[at..];
    let is_number = |c: char| c.is_ascii_digit() || c == '/';
    let length = prefix_length(rest, is_number);
    let number = rest[..length].trim_end_matches('/');
    if !number.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let end = at + number.len();
    let suffixes = ["/EEC", "/EC", "/EU", "/JHA", "/CFSP"];
    let suffix = suffixes
        .iter()
        .find(|suffix| text[end..].starts_with(**suffix));
    if let Some(suffix) = suffix {
        return Some(end + suffix.len());
    }
    let year = text[end..]
        .strip_prefix(" (")
        .and_then(|inside| inside.get(..5));
    let is_year =
        |year: &str| year.ends_with(')') && year.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    Some(end + if year.is_some_and(is_year) { 7 } else { 0 })
}

/// Where the capitalized words right before a byte begin: `General Assembly`.
fn body_before(text: &str, end: usize) -> usize {
    let mut start = end;
    for _ in 0..4 {
        let before = text[..start].trim_end_matches([' ', '\n']);
        // `the Council's resolution`: the name continues before the possessive sign.
        let before = before
            .strip_suffix("'s")
            .or_else(|| before.strip_suffix("’s"))
            .unwrap_or(before);
        let word = before
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |at| text.ceil_char_boundary(at + 1));
        let is_name = before[word..].starts_with(char::is_uppercase)
            && before[word..].chars().nth(3).is_some()
            && !before[word..].ends_with("ing")
            && before.len() < start;
        if !is_name {
            break;
        }
        start = word;
    }
    start
}

/// Adds a citation, or joins it to the one before if both are levels of one provision.
fn push(text: &str, found: &mut Vec<Found>, next: Found) {
    let Some(last) = found
        .last_mut()
        .filter(|last| last.range.end <= next.range.start)
    else {
        found.push(next);
        return;
    };
    let between = text[last.range.end..next.range.start].trim();
    // Russian joins levels by case alone.
    let is_genitive = between.is_empty() && !last.label.is_ascii();
    let is_of = is_genitive || matches!(between, "of" | "of the" | "de" | "del" | "des");
    if is_of && next.rank == Rank::Document {
        last.document = Some(next.range.clone());
        found.push(next);
    } else if is_of && last.rank > next.rank {
        last.label = format!("{}{}", next.label, levels_of(&last.label));
        last.range.end = next.range.end;
        last.rank = next.rank;
    } else if between == ","
        && last.rank < next.rank
        && last.rank == Rank::Article
        && next.rank != Rank::Document
    {
        last.label.push_str(&levels_of(&next.label));
        last.range.end = next.range.end;
    } else {
        found.push(next);
    }
}

/// The levels of a paragraph or item in parentheses: `(3)(a)` of `paragraph 3 (a)`.
fn levels_of(label: &str) -> String {
    let number = label.split_once(' ').map_or(label, |(_, number)| number);
    match number.split_once('(') {
        Some(("", _)) => number.to_owned(),
        Some((first, rest)) => format!("({first})({rest}"),
        None => format!("({number})"),
    }
}

fn finished(text: &str, found: Found) -> Reference {
    if found.rank == Rank::Document {
        return Reference {
            range: found.range,
            target: Target::Document(found.label),
            document: None,
            ends_range: false,
        };
    }
    let document = found
        .document
        .or_else(|| named_document(text, found.range.end));
    Reference {
        range: found.range,
        target: Target::Provision(Label::new(found.label)),
        document,
        ends_range: found.ends_range,
    }
}

/// A document named directly after a provision: `the Charter` in `Article 51 of the Charter`.
fn named_document(text: &str, from: usize) -> Option<Range<usize>> {
    let rest = text[from..].strip_prefix(" of the ")?;
    let start = text.len() - rest.len();
    let mut end = start;
    for word in rest.split(' ').take(8) {
        let letters = word.trim_end_matches(|c: char| !c.is_alphabetic());
        if !letters.starts_with(char::is_uppercase) {
            break;
        }
        end = (end + usize::from(end > start)) + letters.len();
        if letters.len() < word.len() {
            break;
        }
    }
    (end > start).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn citations_are_found_in_all_languages_and_plain_sentences_have_none() {
        let cases: [(&str, &[&str]); 8] = [
            ("see Articles 3 and 4", &["Articles 3", "4"]),
            ("los artículos 3 o 5", &["artículos 3", "5"]),
            ("die Artikel 3 oder 4", &["Artikel 3", "4"]),
            ("under guideline 7", &["guideline 7"]),
            ("Titre II", &["Titre II"]),
            ("sections 3 to 5", &["sections 3", "5"]),
            ("to measure 5 metres by standard 9001", &[]),
            ("no 5 of the 3 goals", &[]),
        ];
        for (text, expected) in cases {
            let found = references(text);
            let cited: Vec<&str> = found
                .iter()
                .map(|found| &text[found.range.clone()])
                .collect();
            assert_eq!(cited, expected, "{text}");
        }
    }

    #[test]
    fn items_of_several_levels_in_a_list_do_not_add_up() {
        let text = format!("paragraphs 13(a){}", ", (b)(a)".repeat(200));
        let found = references(&text);
        assert!(found.len() > 100, "{}", found.len());
        let is_short = |found: &Reference| match &found.target {
            Target::Provision(label) => label.as_str().len() < 60,
            _ => false,
        };
        assert!(found.iter().all(is_short), "{:?}", found.last());
    }

    /// One citation: its words, what it cites, and the document it names.
    type Citation<'a> = (&'a str, &'a str, &'a str);

    /// Texts and the citations in them.
    const CITED: [(&str, &[Citation<'_>]); 24] = [
        (
            "paragraphs 12 and 13 (a), (b) and (f) hold",
            &[
                ("paragraphs 12", "12", ""),
                ("13 (a)", "13(a)", ""),
                ("(b)", "13(b)", ""),
                ("(f)", "13(f)", ""),
            ],
        ),
        (
            "Article 5(2)(a)(i), (ii) and (b)",
            &[
                ("Article 5(2)(a)(i)", "article 5(2)(a)(i)", ""),
                ("(ii)", "article 5(2)(a)(ii)", ""),
                ("(b)", "article 5(2)(b)", ""),
            ],
        ),
        (
            "Recalling resolution 70/237 and Articles 1 – 3",
            &[
                ("resolution 70/237", "resolution 70/237", ""),
                ("Articles 1", "article 1", ""),
                ("3", "article 3", ""),
            ],
        ),
        (
            "as Article 5(2) says",
            &[("Article 5(2)", "article 5(2)", "")],
        ),
        ("see paragraph 3 above", &[("paragraph 3", "3", "")]),
        (
            "paragraph 22 (b) holds",
            &[("paragraph 22 (b)", "22(b)", "")],
        ),
        (
            "recalling General Assembly resolution 58/199 on networks",
            &[(
                "General Assembly resolution 58/199",
                "General Assembly resolution 58/199",
                "",
            )],
        ),
        (
            "its resolution 1373 (2001), which",
            &[("resolution 1373 (2001)", "resolution 1373 (2001)", "")],
        ),
        (
            "see A/70/174, paragraph 13",
            &[("A/70/174", "A/70/174", ""), ("paragraph 13", "13", "")],
        ),
        (
            "A/70/174Article resolution 58/199",
            &[
                ("A/70/174A", "A/70/174A", ""),
                ("resolution 58/199", "resolution 58/199", ""),
            ],
        ),
        ("A/RES/58/199.", &[("A/RES/58/199", "A/RES/58/199", "")]),
        (
            "under Articles 3 and 4",
            &[("Articles 3", "article 3", ""), ("4", "article 4", "")],
        ),
        (
            "paragraph 3 of Article 5 applies",
            &[("paragraph 3 of Article 5", "article 5(3)", "")],
        ),
        (
            "point (a) of paragraph 2 of Article 5",
            &[(
                "point (a) of paragraph 2 of Article 5",
                "article 5(2)(a)",
                "",
            )],
        ),
        (
            "article 305, paragraph 1 (f), of the Convention",
            &[("article 305, paragraph 1 (f)", "article 305(1)(f)", "")],
        ),
        (
            "Article 51 of the Charter",
            &[("Article 51", "article 51", "Charter")],
        ),
        (
            "Article 4 of Directive (EU) 2016/1148",
            &[
                ("Article 4", "article 4", "Directive (EU) 2016/1148"),
                ("Directive (EU) 2016/1148", "Directive (EU) 2016/1148", ""),
            ],
        ),
        (
            "see Annex II and Part IV",
            &[("Annex II", "annex 2", ""), ("Part IV", "part 4", "")],
        ),
        (
            "Article 12 bis and § 5",
            &[
                ("Article 12 bis", "article 12-2", ""),
                ("§ 5", "section 5", ""),
            ],
        ),
        ("Article 19A", &[("Article 19A", "article 19a", "")]),
        ("conforme al artículo 7", &[("artículo 7", "article 7", "")]),
        (
            "согласно пункту 2 статьи 7",
            &[("пункту 2 статьи 7", "article 7(2)", "")],
        ),
        (
            "the article is long, the paragraph too, and so is part of it",
            &[],
        ),
        (
            "in 2015, 20 States met; 5/7 of them agreed and/or voted",
            &[],
        ),
    ];

    #[test]
    fn citations_are_recognized_with_their_ranges() {
        for (text, expected) in CITED {
            let found: Vec<(&str, String, &str)> = references(text)
                .iter()
                .map(|reference| {
                    let target = match &reference.target {
                        Target::Provision(label) => label.canonical(),
                        Target::Document(name) => name.clone(),
                    };
                    let document = reference.document.clone().map_or("", |range| &text[range]);
                    (&text[reference.range.clone()], target, document)
                })
                .collect();
            let found: Vec<Citation<'_>> = found
                .iter()
                .map(|(words, target, document)| (*words, target.as_str(), *document))
                .collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    /// What citations are made of, in any order.
    fn word() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "Article ",
            "Articles ",
            "paragraph",
            " 3",
            "(4)",
            "(a)",
            " of ",
            " and ",
            ", ",
            " to ",
            "IV",
            "5bis",
            "resolution 58/199",
            "A/70/174",
            "Directive (EU) ",
            "2016/1148",
            "the Charter",
            "\n",
            "é",
            "§ ",
        ])
    }

    proptest! {
        #[test]
        fn citations_of_any_text_are_in_order(words in prop::collection::vec(word(), 0..30), other in any::<String>()) {
            for text in [words.concat(), other] {
                let mut end = 0;
                for reference in references(&text) {
                    prop_assert!(reference.range.start >= end);
                    prop_assert!(text.get(reference.range.clone()).is_some());
                    end = reference.range.end;
                }
            }
        }
    }
}
