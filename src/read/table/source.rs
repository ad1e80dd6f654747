//! The names of sources: without years and remarks, with long forms and acronyms unified.

use std::collections::BTreeSet;

/// Words that an acronym omits.
const SMALL_WORDS: [&str; 6] = ["of", "on", "the", "and", "for", "in"];

/// The most bytes of a name that are examined: a longer text is not a name.
const MAX_NAME_BYTES: usize = 1_000;
/// The most acronyms of a table that are compared with its names.
const MAX_ACRONYMS: usize = 1_000;

/// A source as a table names it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Source {
    /// Its name.
    pub(crate) name: String,
    /// Its year, if it is given with the name.
    pub(crate) year: Option<i32>,
    /// The acronym in parentheses in the name.
    pub(crate) acronym: Option<String>,
}

/// The contents of a pair of parentheses in a name.
enum Aside<'a> {
    Year(i32, &'a str),
    Acronym(&'a str),
    /// The symbol of a document, part of its name.
    Symbol(&'a str),
    /// A remark of the table's author, not part of the name.
    Remark,
    /// Anything else: part of the name.
    Words(&'a str),
}

impl Source {
    /// Reads a name such as `Shanghai Cooperation Organization (SCO) Code of Conduct (Revised, 2015)`.
    pub(crate) fn parse(written: &str) -> Self {
        let mut source = Self::default();
        let mut rest = &written[..written.floor_char_boundary(MAX_NAME_BYTES)];
        while let Some((before, inner, after)) = split_aside(rest) {
            source.name.push_str(before);
            match aside_of(inner, &source.name) {
                Aside::Year(year, words) => {
                    source.year = source.year.or(Some(year));
                    if !words.is_empty() {
                        source.name.extend(["(", words, ")"]);
                    }
                }
                Aside::Acronym(acronym) => {
                    source.name = with_acronym(&source.name, acronym).unwrap_or_default();
                    source.acronym = Some(acronym.to_owned());
                }
                Aside::Symbol(words) => source.name.push_str(words),
                Aside::Remark => {}
                Aside::Words(words) => source.name.extend(["(", words, ")"]),
            }
            rest = after;
        }
        source.name.push_str(rest);
        source.name = tidy(&source.name);
        source
    }
}

fn tidy(name: &str) -> String {
    let words: Vec<&str> = name
        .split_whitespace()
        .filter(|word| *word != ",")
        .collect();
    let joined = words.join(" ");
    let bare = joined.trim_matches([',', ':', ';', ' ']);
    bare.strip_prefix("The ").unwrap_or(bare).to_owned()
}

/// Splits a text at its first pair of parentheses, which may contain others.
fn split_aside(text: &str) -> Option<(&str, &str, &str)> {
    let start = text.find('(')?;
    let mut depth = 0;
    for (at, c) in text[start..].char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let end = start + at;
            return Some((&text[..start], &text[start + 1..end], &text[end + 1..]));
        }
    }
    None
}

fn aside_of<'a>(inner: &'a str, before: &str) -> Aside<'a> {
    let (words, last) = match inner.rsplit_once([' ', ',']) {
        Some((words, last)) => (words.trim_end_matches([',', ' ']), last),
        None => ("", inner),
    };
    if let Some(year) = year_of(last) {
        // A month belongs to the date, not to the name.
        let kept = if words.ends_with('.') || is_month(words) {
            ""
        } else {
            words
        };
        return Aside::Year(year, kept);
    }
    if with_acronym(before, inner).is_some() {
        return Aside::Acronym(inner);
    }
    if inner.contains('/') {
        return Aside::Symbol(inner);
    }
    if inner.starts_with(char::is_lowercase) {
        return Aside::Remark;
    }
    Aside::Words(inner)
}

/// Returns whether words in parentheses are a year or a remark, so that the name has ended.
pub(crate) fn ends_name(inner: &str) -> bool {
    matches!(aside_of(inner, ""), Aside::Year(..) | Aside::Remark)
}

fn year_of(word: &str) -> Option<i32> {
    let is_year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
    if is_year { word.parse().ok() } else { None }
}

fn is_month(word: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let start: String = word.chars().take(3).collect::<String>().to_lowercase();
    word.chars().all(char::is_alphabetic) && MONTHS.contains(&start.as_str())
}

/// Returns a name with the words that an acronym abbreviates replaced by it, if it has such words.
fn with_acronym(name: &str, acronym: &str) -> Option<String> {
    let is_acronym =
        (2..=8).contains(&acronym.len()) && acronym.bytes().all(|b| b.is_ascii_uppercase());
    if !is_acronym {
        return None;
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    for start in 0..words.len() {
        let mut letters = acronym.chars().peekable();
        for (end, word) in words.iter().enumerate().skip(start) {
            let is_name = word.chars().filter(|c| c.is_uppercase()).count() > 1;
            let is_letter = !is_name && word.chars().next() == letters.peek().copied();
            if letters.peek().is_some() && is_letter {
                letters.next();
                if letters.peek().is_none() {
                    let parts = [&words[..start], &[acronym], &words[end + 1..]];
                    return Some(parts.concat().join(" ") + " ");
                }
            } else if !SMALL_WORDS.contains(word) || end == start {
                break;
            }
        }
    }
    None
}

/// Returns the acronyms that are words in names: two to eight capital letters.
pub(crate) fn acronyms<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    names
        .flat_map(|name| runs_of(name, char::is_alphanumeric))
        .filter(|word| {
            (2..=8).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase())
        })
        .map(str::to_owned)
        .collect()
}

/// Returns a name with every sequence of words that one of the acronyms abbreviates replaced by it.
pub(crate) fn shorten(name: &str, acronyms: &BTreeSet<String>) -> String {
    let mut short = name.to_owned();
    for acronym in acronyms.iter().take(MAX_ACRONYMS) {
        if let Some(shorter) = with_acronym(&short, acronym) {
            shorter.trim_end().clone_into(&mut short);
        }
    }
    short
}

use crate::words::runs_of;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_remarks_are_not_part_of_a_name() {
        let cases = [
            (
                "Sea Council (SC) Code of Conduct (Revised, 2015)",
                "SC Code of Conduct (Revised)",
                Some(2015),
            ),
            (
                "UN Group of Able Experts (GAE) Report (2013)",
                "UN GAE Report",
                Some(2013),
            ),
            (
                "The Harbor Charter (not yet in force)",
                "Harbor Charter",
                None,
            ),
            (
                "Assembly Resolution (2018/2004(INI)) (2018),",
                "Assembly Resolution 2018/2004(INI)",
                Some(2018),
            ),
            ("Port Letter (Sept. 2015)", "Port Letter", Some(2015)),
            ("Leaders’ Note , (2015)", "Leaders’ Note", Some(2015)),
            ("Open ( bracket", "Open ( bracket", None),
        ];
        for (written, name, year) in cases {
            let source = Source::parse(written);
            assert_eq!(
                (source.name.as_str(), source.year),
                (name, year),
                "{written}"
            );
        }
    }

    #[test]
    fn a_full_name_and_its_acronym_are_one() {
        let known = acronyms(["UN HRC Resolution 1"].into_iter());
        assert_eq!(
            shorten("UN Human Rights Council Resolution 2", &known),
            "UN HRC Resolution 2"
        );
        assert_eq!(
            shorten("UN Seas Act", &acronyms(["US"].into_iter())),
            "UN Seas Act"
        );
        assert_eq!(
            shorten("Human Relations Resolution", &known),
            "Human Relations Resolution"
        );
    }
}
