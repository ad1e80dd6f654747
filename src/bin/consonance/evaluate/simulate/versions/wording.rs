//! Edits of the words of one clause: weaker, stronger, divided.

use rand::Rng;
use rand::seq::SliceRandom;

/// Words and what they are replaced by.
type Replacement = [&'static str; 2];

const WEAKER: [Replacement; 7] = [
    [" shall ", " should "],
    [" must ", " should "],
    [" should ", " may "],
    [" shall ", " shall endeavour to "],
    [" shall ", " shall, where appropriate, "],
    [" calls upon ", " invites "],
    [" urges ", " encourages "],
];
const STRONGER: [Replacement; 7] = [
    [" should ", " shall "],
    [" should ", " must "],
    [" may ", " shall "],
    [" may ", " should "],
    [", as appropriate,", ""],
    [" encourages ", " calls upon "],
    [" invites ", " urges "],
];
/// Words before a modal verb that turn it round.
const NEGATIVE: [&str; 6] = ["no", "not", "none", "nothing", "neither", "without"];
/// The fewest words of each half of a divided clause.
const MIN_HALF: usize = 8;

/// Returns a clause that binds less, by one edit; `None` if none fits.
pub(super) fn weaker(text: &str, random: &mut impl Rng) -> Option<String> {
    replaced(text, &WEAKER, random)
}

/// Returns a clause that binds more, by one edit; `None` if none fits.
pub(super) fn stronger(text: &str, random: &mut impl Rng) -> Option<String> {
    replaced(text, &STRONGER, random)
}

fn replaced(text: &str, replacements: &[Replacement], random: &mut impl Rng) -> Option<String> {
    // "Should not" and "may not" differ in more than one way, and so do "nothing should" and "nothing may".
    let is_negative = |before: &str| {
        let mut words = before.split(|c: char| !c.is_alphabetic());
        words.any(|word| NEGATIVE.contains(&word.to_lowercase().as_str()))
    };
    let fits = |[from, _]: &&Replacement| {
        let Some((before, after)) = text.split_once(from) else {
            return false;
        };
        !after.starts_with("not ") && !is_negative(before)
    };
    let fitting: Vec<&Replacement> = replacements.iter().filter(fits).collect();
    let [from, to] = fitting.choose(random)?;
    Some(text.replacen(from, to, 1))
}

/// Returns the two halves of a clause of several sentences; `None` if it has only one.
pub(super) fn halves(text: &str) -> Option<[String; 2]> {
    let ends = text.match_indices(". ").map(|(place, _)| place + 1);
    let n_words = |text: &str| text.split_whitespace().count();
    let good = ends.filter(|end| {
        let (first, second) = text.split_at(*end);
        n_words(first) >= MIN_HALF
            && n_words(second) >= MIN_HALF
            && second.trim_start().starts_with(char::is_uppercase)
    });
    let middle = text.len() / 2;
    let end = good.min_by_key(|end| end.abs_diff(middle))?;
    let (first, second) = text.split_at(end);
    Some([first.to_owned(), second.trim_start().to_owned()])
}
