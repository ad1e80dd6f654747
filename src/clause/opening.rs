//! How the first words of a line tell what it begins: a recital, a definition, the signatures.

use crate::provision::{WordList, is_in};
use crate::words::runs_of;

/// Whether a line begins as a recital does: `Recognizing`.
pub(crate) fn begins_recital(line: &str) -> bool {
    let word = line.split_whitespace().next().unwrap_or("");
    word.starts_with(|c: char| c.is_ascii_uppercase()) && word.len() > 5 && word.ends_with("ing")
}

/// Whether a line begins as a definition does: `“data” means`.
pub(crate) fn begins_definition(line: &str) -> bool {
    const OPENING: [char; 5] = ['“', '‘', '«', '„', '"'];
    let Some(term) = line.strip_prefix(OPENING) else {
        return false;
    };
    let behind = term.split_once(['”', '’', '»', '“', '"']);
    let behind = behind.map_or("", |(_, behind)| behind.trim_start_matches([' ', ',']));
    behind.starts_with(|c: char| c.is_lowercase() || c == '(')
}

/// Whether a line names the body whose act begins with the next words: `The General Assembly`
/// before `Adopts the following declaration:`.
pub(crate) fn opens_act(line: &str, next: &str) -> bool {
    const MAX_BODY: usize = 80;
    const RECITALS: [&str; 3] = ["ant", "ando", "endo"];
    let mut words = runs_of(line, char::is_alphabetic);
    let first = runs_of(next, char::is_alphabetic).next().unwrap_or("");
    let acts = || {
        let is_long = first.len() > 5 && first.starts_with(char::is_uppercase);
        begins_recital(next)
            || is_long && RECITALS.iter().any(|ending| first.ends_with(ending))
            || is_in(first, &[WordList::Enacting])
    };
    line.len() <= MAX_BODY && acts() && words.any(|word| is_in(word, &[WordList::Body]))
}

/// Whether words open the recitals of a European act: `Whereas:`.
pub(crate) fn opens_recitals(text: &str) -> bool {
    const MAX_WORDS: usize = 4;
    let text = text.trim_end_matches(|c: char| c == ':' || c.is_whitespace());
    let starts = text.rmatch_indices(' ').map(|(at, _)| at + 1);
    let mut starts = starts.chain([0]).take(MAX_WORDS);
    text.len() <= 300 && starts.any(|at| is_in(&text[at..], &[WordList::RecitalsOpening]))
}

/// Whether words open what follows the last provision, before the signatures: `Done at`.
pub(crate) fn opens_testimonium(text: &str) -> bool {
    const MAX_WORDS: usize = 4;
    let words = text.get(..text.floor_char_boundary(60)).unwrap_or(text);
    let ends = words.match_indices(' ').map(|(at, _)| at);
    ends.take(MAX_WORDS)
        .any(|at| is_in(&words[..at], &[WordList::Testimonium]))
}
