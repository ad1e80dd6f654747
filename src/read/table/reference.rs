//! The numbers that entries of a table cite (`¶13(f)`, `principles 1 and 3`, `operative cl. 3`):
//! the grammar as a small parser.

use crate::provision::{
    Form, ProvisionKind, WordList, first_number_at, is_in, joint_length, number_at, word,
};
use crate::words::prefix_length;

/// The numbers an entry cites, as labels, and how many bytes they take.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SourceReference {
    pub(crate) labels: Vec<String>,
    pub(crate) length: usize,
}

/// Reads the reference a text begins with, if it begins with one.
pub(crate) fn parse(text: &str) -> Option<SourceReference> {
    let (part, after_part) = part_of(text);
    let numbered = numbered_of(part, after_part.trim_start());
    if let Some((labels, after)) = numbered.or_else(|| numbered_of(None, text)) {
        return Some(SourceReference {
            labels,
            length: text.len() - after.len(),
        });
    }
    // A part of a document may be cited as a whole, or by page.
    let part = part.filter(|part| !is_in(part, &[WordList::Operative, WordList::Preambular]))?;
    let page = page_of(after_part.trim_start());
    let after = page.map_or(after_part, |page| &after_part.trim_start()[page.len()..]);
    let ends_here =
        after.trim_start().is_empty() || after.trim_start().starts_with([':', ',', '“', '"']);
    let label = match page {
        Some(page) => format!("{part} {page}"),
        None => part.to_owned(),
    };
    ends_here.then(|| SourceReference {
        labels: vec![label],
        length: text.len() - after.len(),
    })
}

/// Reads a word and its numbers as labels: `principles 1 and 3`.
fn numbered_of<'t>(part: Option<&str>, text: &'t str) -> Option<(Vec<String>, &'t str)> {
    let (word, after_word) = word_of(text)?;
    let (numbers, after) = numbers_of(after_word)?;
    // `Tide Rules 7` is number 7 of the `Tide Rules`; `Tide Measures (2016)` are those of 2016.
    let ends_name = is_noun_of_name(text) || begins_with_year_in_parentheses(after_word);
    if numbers.len() == 1 && ends_name {
        return None;
    }
    let labels = numbers.iter().map(|number| label_of(part, &word, number));
    Some((labels.collect(), after))
}

fn label_of(part: Option<&str>, word: &str, number: &str) -> String {
    let numbered = if word == "¶" {
        format!("¶{number}")
    } else {
        format!("{word} {number}")
    };
    match part {
        Some(part) => format!("{part} {numbered}"),
        None => numbered,
    }
}

/// Splits off a word such as `operative` or `Annex`.
fn part_of(text: &str) -> (Option<&str>, &str) {
    const PARTS: [WordList; 3] = [
        WordList::Operative,
        WordList::Preambular,
        WordList::Introduction,
    ];
    let (first, rest) = text.split_at(word_end(text));
    let is_named = word(first).is_some_and(|known| {
        matches!(known.kind, ProvisionKind::Annex | ProvisionKind::Preamble)
            && known.form == Form::Whole
    });
    if is_named || is_in(first, &PARTS) {
        (Some(first), rest)
    } else {
        (None, text)
    }
}

/// Splits off a word that a number may follow, spelled as in a label.
fn word_of(text: &str) -> Option<(String, &str)> {
    if let Some(rest) = text.strip_prefix('¶') {
        return Some(("¶".to_owned(), rest.trim_start_matches('¶')));
    }
    let (written, rest) = text.split_at(word_end(text));
    let known = word(written).filter(|known| known.kind != ProvisionKind::Preamble)?;
    let rest = match rest.strip_prefix('.') {
        Some(after) if known.form == Form::Short => after,
        _ => rest,
    };
    Some((known.in_label(written), rest))
}

/// The nouns that can end the name of an agreement.
const NOUNS: [WordList; 4] = [
    WordList::NounNamed,
    WordList::NounInside,
    WordList::NounWeak,
    WordList::NounTitled,
];

/// Whether a text begins with a plural noun that can end the name of an agreement: `Rules`.
fn is_noun_of_name(text: &str) -> bool {
    let first = &text[..word_end(text)];
    is_in(first, &NOUNS) && word(first).is_some_and(|known| known.form == Form::Many)
}

fn begins_with_year_in_parentheses(text: &str) -> bool {
    let inside = text.trim_start().strip_prefix('(');
    let year = inside.and_then(|inside| inside.split_once(')'));
    year.is_some_and(|(year, _)| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
}

fn word_end(text: &str) -> usize {
    prefix_length(text, char::is_alphabetic)
}

/// Reads `1`, `1 and 3`, `1, 2 & 4(b)`.
fn numbers_of(text: &str) -> Option<(Vec<String>, &str)> {
    let skipped = |from: usize| text.len() - text[from..].trim_start().len();
    let first = first_number_at(text, skipped(0))?;
    let mut numbers = vec![first.written];
    let mut end = first.end;
    while let Some(joint) = joint_length(&text[end..])
        && let Some(number) = number_at(text, skipped(end + joint))
    {
        numbers.push(number.written);
        end = number.end;
    }
    Some((numbers, &text[end..]))
}

/// Returns a page in parentheses: `(p. 3)`.
fn page_of(text: &str) -> Option<&str> {
    let end = text.bytes().take(20).position(|b| b == b')')?;
    let inner = text[..end].strip_prefix("(p")?;
    let is_page = inner
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, 'p' | '.' | ' ' | '-' | '–'));
    is_page.then(|| &text[..=end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_style_of_reference_is_read() {
        let cases: [(&str, &[&str]); 25] = [
            ("¶13(f): “", &["¶13(f)"]),
            ("Principle 1:", &["Principle 1"]),
            ("principles 1 and 3: “", &["principle 1", "principle 3"]),
            ("Norm 4", &["Norm 4"]),
            ("No 15:", &["No 15"]),
            ("Nos 2 and 14: “2. Talk", &["No 2", "No 14"]),
            ("Art. 25(4):", &["Art. 25(4)"]),
            ("Art 4:", &["Art. 4"]),
            ("Article 26(1)(a)", &["Article 26(1)(a)"]),
            ("clause 48:", &["cl. 48"]),
            ("cl. 48: Parliament", &["cl. 48"]),
            ("operative cl. 3", &["operative cl. 3"]),
            ("Annex part (c) :", &["Annex part (c)"]),
            ("Introduction (p. 3): “", &["Introduction (p. 3)"]),
            ("paragraph 7, 8", &["¶7", "¶8"]),
            ("Chapter IV", &["Chapter IV"]),
            ("Preamble: “", &["Preamble"]),
            ("Recital 39: The", &["Recital 39"]),
            ("Article 46 (2) : The", &["Article 46(2)"]),
            ("Art. 4 (new)", &["Art. 4"]),
            ("Artículos 3 y 4: “", &["Artículo 3", "Artículo 4"]),
            ("Annex II: “", &["Annex II"]),
            ("Annex Article 3", &["Annex Article 3"]),
            ("Статья 5:", &["Статья 5"]),
            ("objective 3", &["objective 3"]),
        ];
        for (text, labels) in cases {
            let found = parse(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found.labels, labels, "{text}");
        }
    }

    #[test]
    fn ordinary_words_are_not_a_reference() {
        for text in [
            "No State should",
            "Introduction of rules",
            "norms of behavior",
            "operative words",
            "(a) talk",
            "Rules 7",
            "Measures (2016), No 16: “",
            "",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
