//! What a writer does to the words of a clause, and the sentences around a quotation.

use consonance::corpus::Corpus;
use consonance::id::ClauseId;
use consonance::provision::Label;
use rand::Rng;
use rand::seq::SliceRandom;

/// The least and the most words of a quotation.
const MIN_WORDS: usize = 7;
const MAX_WORDS: usize = 40;
/// Words that replace others or come in between.
const OTHER_WORDS: [&str; 8] = [
    "seldom",
    "green",
    "harbor",
    "twice",
    "northern",
    "gladly",
    "wooden",
    "quarterly",
];
/// Quotation marks.
const MARKS: [[&str; 2]; 5] = [
    ["“", "”"],
    ["\"", "\""],
    ["« ", " »"],
    ["„", "“"],
    ["‘", "’"],
];

/// Returns some words of a text that follow each other, without signs at their ends; `None` if it is too short or has
/// signs that a paper of simple letters cannot show.
pub(super) fn excerpt(text: &str, random: &mut impl Rng) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() < MIN_WORDS {
        return None;
    }
    let length = random.gen_range(MIN_WORDS..=words.len().min(MAX_WORDS));
    let start = random.gen_range(0..=words.len() - length);
    let quoted = words[start..start + length].join(" ");
    let quoted = quoted.trim_matches(|c: char| !c.is_alphanumeric());
    let is_simple =
        |c: char| c.is_ascii() && !"\"'[]…<>*_|`\\".contains(c) || ('à'..='ü').contains(&c);
    let is_good = quoted.chars().all(is_simple) && !quoted.contains("..");
    (is_good && quoted.split(' ').count() >= MIN_WORDS).then(|| quoted.to_owned())
}

/// Returns the words with a comma less or more, or a word in capitals.
pub(super) fn in_other_form(quoted: &str, random: &mut impl Rng) -> Option<String> {
    if random.gen_bool(0.5) && quoted.contains(", ") {
        return Some(quoted.replacen(", ", " ", 1));
    }
    let other = changed(quoted, random, |word| {
        if word.ends_with(char::is_alphanumeric) {
            format!("{word},")
        } else {
            word.to_uppercase()
        }
    });
    other.filter(|changed| changed != quoted)
}

/// Returns the words with one replaced, left out or put in.
pub(super) fn altered(quoted: &str, random: &mut impl Rng) -> Option<String> {
    let other = OTHER_WORDS.choose(random)?;
    match random.gen_range(0..3) {
        0 => changed(quoted, random, |_| (*other).to_owned()),
        1 => changed(quoted, random, |word| format!("{word} {other}")),
        _ => changed(quoted, random, |_| String::new()),
    }
}

/// Returns the words with an ellipsis for some of them, or brackets.
pub(super) fn with_marks_of_writer(quoted: &str, random: &mut impl Rng) -> Option<String> {
    let words: Vec<&str> = quoted.split(' ').collect();
    let ellipsis = ["…", "...", "[...]", "[…]", ". . ."].choose(random)?;
    match random.gen_range(0..3) {
        0 if words.len() >= 12 => {
            let start = random.gen_range(4..=words.len() - 7);
            let head = words[..start].join(" ");
            let tail = words[start + 3..].join(" ");
            Some(format!("{head} {ellipsis} {tail}"))
        }
        1 => {
            let first = quoted.chars().next().filter(char::is_ascii_alphabetic)?;
            let turned = if first.is_uppercase() {
                first.to_ascii_lowercase()
            } else {
                first.to_ascii_uppercase()
            };
            let rest = &quoted[1..];
            rest.starts_with(char::is_alphabetic)
                .then(|| format!("[{turned}]{rest}"))
        }
        _ => {
            let remark = ["[sic]", "[as amended]", "[the authors]"].choose(random)?;
            changed(quoted, random, |word| format!("{word} {remark}"))
        }
    }
}

/// Returns the words with one of the inner ones changed.
fn changed(quoted: &str, random: &mut impl Rng, change: impl Fn(&str) -> String) -> Option<String> {
    let mut words: Vec<String> = quoted.split(' ').map(str::to_owned).collect();
    let place = random.gen_range(2..words.len().checked_sub(2)?);
    if !words[place].contains(char::is_alphanumeric) {
        return None;
    }
    words[place] = change(&words[place]);
    words.retain(|word| !word.is_empty());
    Some(words.join(" "))
}

/// Returns a paragraph that quotes words and names a clause as their source.
pub(super) fn framed(
    words: &str,
    corpus: &Corpus,
    cited: ClauseId,
    random: &mut impl Rng,
) -> String {
    let clause = corpus.clause(cited);
    let name = &corpus.agreement(clause.agreement).name;
    let label = clause.label.as_ref().map(Label::as_str).unwrap_or_default();
    // Brackets are links in Markdown.
    let words = words.replace('[', "\\[").replace(']', "\\]");
    let [open, close] = MARKS.choose(random).copied().unwrap_or(["“", "”"]);
    match random.gen_range(0..5) {
        0 => format!("The {name} holds in {label} that {open}{words}{close}."),
        1 => format!("As is well known, {open}{words}{close} ({name}, {label})."),
        2 => {
            format!("According to {label} of the {name}, {open}{words}{close}, which many forget.")
        }
        3 => format!("Another text is the {name}. In {label} it says: {open}{words}{close}"),
        _ => format!("The {name} says in {label}:\n\n> “{words}”"),
    }
}
