//! Inferred metadata: title, year and symbol from the first lines of a text, if its format does not
//! give them.

use crate::agreement::Metadata;
use crate::error::{Diagnostic, Severity};
use crate::provision::{ProvisionKind, Role, WordList, is_in, kind_of};
use crate::words::{runs_of, word_ranges};

/// The number of lines from the beginning that are examined.
const N_LINES: usize = 40;

/// A line of at least this many characters is not the date or symbol of a title page.
const MAX_SHORT: usize = 60;

/// The most words of a title.
const MAX_TITLE: usize = 40;

/// The most lines of a title in capitals.
const MAX_TITLE_LINES: usize = 6;

/// Nouns that name the kind of an agreement.
const NOUNS: [WordList; 3] = [
    WordList::NounAlone,
    WordList::NounNamed,
    WordList::NounTitled,
];

/// Fills unknown metadata from the first lines of the text; returns a message for each guess.
pub(crate) fn fill(metadata: &mut Metadata, text: &str) -> Vec<Diagnostic> {
    let mut guesses = Vec::new();
    let diagnostics = &mut guesses;
    let lines = || {
        let lines = text.lines().map(str::trim);
        let filled = lines.filter(|line| !line.is_empty()).take(N_LINES);
        filled.take_while(|line| !begins_text(line))
    };
    if metadata.title.is_none()
        && let Some(title) = title_in(text)
    {
        tell(diagnostics, "title", &title);
        metadata.title = Some(title);
    }
    if metadata.short_name.is_none()
        && let Some(symbol) = lines().find_map(symbol_in)
    {
        tell(diagnostics, "short name, a document symbol,", symbol);
        metadata.short_name = Some(symbol.to_owned());
    }
    if metadata.year.is_none() {
        let title = metadata.title.as_deref().unwrap_or_default();
        // After its second name, a title says the year of another agreement.
        let of_title = year_in(before_second_kind(title));
        let mut short =
            lines().filter(|line| line.chars().count() <= MAX_SHORT && n_kinds_in(line) < 2);
        if let Some(year) = of_title.or_else(|| short.find_map(year_in)) {
            tell(diagnostics, "year", &year.to_string());
            metadata.year = Some(year);
        }
    }
    guesses
}

/// Returns whether a name is that of an agreement, judged by its year, its symbol or the word for its kind.
pub(crate) fn names_agreement(name: &str) -> bool {
    n_kinds_in(name) > 0 || year_in(name).is_some() || symbol_in(name).is_some()
}

fn tell(diagnostics: &mut Vec<Diagnostic>, what: &str, value: &str) {
    let shown: String = value.chars().take(80).collect();
    let message = format!("the {what} is taken from the first lines: `{shown}`");
    diagnostics.push(Diagnostic::new(Severity::Guessed, message));
}

/// Returns the first line that is a title, with the following lines if all are in capitals.
fn title_in(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let filled = (0..lines.len()).filter(|&index| !lines[index].is_empty());
    let first = filled.take(N_LINES).find(|&index| is_title(lines[index]))?;
    let is_capital =
        |line: &&str| line.contains(char::is_uppercase) && !line.contains(char::is_lowercase);
    let mut title = lines[first].to_owned();
    if is_capital(&lines[first]) {
        let more = lines[first + 1..].iter().take(MAX_TITLE_LINES - 1);
        for line in more.take_while(|line| is_capital(line)) {
            title.push(' ');
            title.push_str(line);
        }
    }
    Some(title)
}

fn is_title(line: &str) -> bool {
    let first = line.split(' ').next().unwrap_or_default();
    let begins_part = kind_of(first).is_some_and(|kind| {
        kind.role() != Role::Provision
            || matches!(kind, ProvisionKind::Article | ProvisionKind::Preamble)
    });
    let n_words = line.split_whitespace().count();
    let ends_open = line.ends_with([',', ';', ':', '.']);
    !begins_part
        && (3..=MAX_TITLE).contains(&n_words)
        && line.starts_with(|c: char| c.is_uppercase() || c.is_numeric())
        && !ends_open
        && n_kinds_in(line) > 0
}

fn n_kinds_in(line: &str) -> usize {
    let words = runs_of(line, char::is_alphabetic);
    words.filter(|word| is_in(word, &NOUNS)).count()
}

/// Returns a title up to the second noun that names a kind of agreement.
fn before_second_kind(title: &str) -> &str {
    let mut nouns = word_ranges(title).filter(|word| is_in(&title[word.clone()], &NOUNS));
    nouns.nth(1).map_or(title, |second| &title[..second.start])
}

/// Whether the title page ends before a line: at a note, at the body that speaks, at a provision.
fn begins_text(line: &str) -> bool {
    let is_note = line.starts_with(['¹', '²', '³', '*']);
    let is_rule = line.len() >= 3 && line.bytes().all(|byte| matches!(byte, b'_' | b'-'));
    let first = line.split(' ').next().unwrap_or_default();
    let is_paragraph = first.ends_with(['.', ')'])
        && first
            .trim_matches(['.', '(', ')'])
            .parse::<u32>()
            .is_ok_and(|number| number == 1);
    let is_article = kind_of(first) == Some(ProvisionKind::Article);
    is_note || is_rule || line.ends_with(',') || is_paragraph || is_article
}

/// Returns the document symbol in a short line: `A/70/174`, `E/CN.4/2000/1`.
fn symbol_in(line: &str) -> Option<&str> {
    if line.chars().count() > MAX_SHORT {
        return None;
    }
    line.split_whitespace().find(|word| is_symbol(word))
}

fn is_symbol(word: &str) -> bool {
    let mut parts = word.split('/');
    let first = parts.next().unwrap_or_default();
    let is_body = (1..=4).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_uppercase());
    let last = word.rsplit('/').next().unwrap_or_default();
    is_body
        && parts.clone().count() >= 2
        && parts.all(|part| !part.is_empty())
        && last.starts_with(|c: char| c.is_ascii_digit())
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() && !c.is_ascii_lowercase() || "/.()-".contains(c))
}

/// Returns the first year that is a number of its own.
fn year_in(line: &str) -> Option<i32> {
    let numbers = runs_of(line, |c| c.is_alphanumeric() || c == '/');
    numbers
        .filter(|number| number.len() == 4)
        .filter_map(|number| number.parse().ok())
        .find(|year| (1800..=2050).contains(year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_symbol_and_year_are_inferred_from_the_first_lines() {
        let text = "United Nations A/70/174\n\nGeneral Assembly\n22 July 2015\n\n\
                    Report of the Group on the Seas\n\n1. States should talk as in 1999, see A/1/2/3.";
        let mut metadata = Metadata::default();
        let diagnostics = fill(&mut metadata, text);
        assert_eq!(
            metadata.title.as_deref(),
            Some("Report of the Group on the Seas")
        );
        assert_eq!(metadata.short_name.as_deref(), Some("A/70/174"));
        assert_eq!(metadata.year, Some(2015));
        assert_eq!(diagnostics.len(), 3);
        assert!(diagnostics.iter().all(|d| d.severity == Severity::Guessed));
    }

    #[test]
    fn a_title_in_capitals_continues_and_the_heading_of_a_part_is_not_a_title() {
        let text = "Chapter I: Aims and Principles\n\nAGREEMENT UNDER THE SEAS\nON KEEPING LIGHTS\n\n\
                    HARBOR\n2078 lights";
        let mut metadata = Metadata::default();
        fill(&mut metadata, text);
        let title = metadata.title.as_deref();
        assert_eq!(title, Some("AGREEMENT UNDER THE SEAS ON KEEPING LIGHTS"));
        assert_eq!(metadata.year, None);
    }

    #[test]
    fn notes_recitals_and_amended_texts_give_no_symbol_and_no_year() {
        let check = |text: &str, expected: (Option<&str>, Option<i32>)| {
            let mut metadata = Metadata::default();
            fill(&mut metadata, text);
            let found = (metadata.short_name.as_deref(), metadata.year);
            assert_eq!(found, expected, "{text}");
        };
        let resolution = "Resolution of the Assembly on lamps\n\nThe Assembly,\n\nRecalling its \
                          vote of 3 May 2018,\n\n1. Asks for lamps.\n\n_____\n\u{b9} L/RES/71/28.";
        check(resolution, (None, None));
        let noted = "Resolution of the Assembly on lamps\n\u{b9} See L/RES/71/28";
        check(noted, (None, None));
        let amending = "Protocol of 2010 amending the Agreement of 1998 on Lamps\n\nArticle 1\nThe \
                        Agreement of 1998 is amended.";
        check(amending, (None, Some(2010)));
        let under = "Protocol on the Agreement of 1998 on Lamps\nArticle 1\nThe year 1998 is over.";
        check(under, (None, None));
    }

    #[test]
    fn known_metadata_is_kept_and_words_are_not_symbols() {
        let mut metadata = Metadata {
            title: Some("A Code of 2011".to_owned()),
            ..Metadata::default()
        };
        fill(&mut metadata, "States and/or others 2016/679\n");
        assert_eq!((metadata.year, metadata.short_name), (Some(2011), None));
        let text = "Agreement under the Convention of 1982\n\n8 September 1995";
        let mut metadata = Metadata::default();
        fill(&mut metadata, text);
        assert_eq!(
            metadata.year,
            Some(1995),
            "the other agreement's year is not taken"
        );
        for word in ["A/70/174", "A/RES/73/27", "E/CN.4/2000/1", "A/CONF.164/37"] {
            assert!(is_symbol(word), "{word}");
        }
        for word in [
            "and/or/1",
            "A/1",
            "2016/679/1",
            "A//1",
            "A/B/C",
            "http://x/1",
        ] {
            assert!(!is_symbol(word), "{word}");
        }
    }
}
