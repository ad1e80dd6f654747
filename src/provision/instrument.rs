//! [`instruments`]: where a text names treaties, declarations, codes and reports.

mod known;

use std::ops::Range;

use crate::provision::dictionary::{WordList, is_in};
use crate::provision::instrument::known::{KnownInstrument, instruments_known, reporting_bodies};
use crate::words::{fold_name, single_spaced, standard_words};

/// The nouns that can be the head of a name of an instrument.
const NOUNS: [WordList; 4] = [
    WordList::NounAlone,
    WordList::NounNamed,
    WordList::NounInside,
    WordList::NounWeak,
];
/// The most words of a name on either side of its noun.
const MAX_LEFT: usize = 6;
const MAX_RIGHT: usize = 18;
/// How far before and after a report its year and body may be, in words.
const REPORT_BEFORE: usize = 12;
const REPORT_BEHIND: usize = 10;

/// A mention of an instrument in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) struct Instrument {
    /// The bytes of the name.
    pub range: Range<usize>,
    /// The name: the same for all names of a well-known instrument, else as written, on one line.
    pub name: String,
    /// The kind of name.
    pub kind: NameKind,
    /// The short name that the text defines: `the Convention` in `(hereinafter "the Convention")`.
    pub short_name: Option<String>,
}

/// The kind of name that refers to an instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub(crate) enum NameKind {
    /// A full name, or one of the names of a well-known instrument.
    Full,
    /// A noun alone, for an instrument that is well known or named before: `the Charter`.
    Short,
    /// The report of a body; the name contains the year if the text gives it.
    Report,
}

/// A word of a text.
struct Word<'t> {
    text: &'t str,
    range: Range<usize>,
    /// Its folded forms, usually one: `non-state` is two.
    folded: String,
    /// Whether only white space separates it from the word before.
    is_joined: bool,
}

impl Word<'_> {
    fn is_capital(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }

    fn is_head(&self) -> bool {
        self.is_capital_in(&NOUNS)
    }

    /// Whether it is a word of one of the lists with a capital: `Convention`, not `CONVENTION`.
    fn is_capital_in(&self, lists: &[WordList]) -> bool {
        is_capital_in(self.text, lists)
    }

    /// Whether it is a word of one of the lists in small letters.
    fn is_small_in(&self, lists: &[WordList]) -> bool {
        !self.text.contains(char::is_uppercase) && is_in(self.text, lists)
    }

    fn is_year(&self) -> bool {
        self.text.len() == 4
            && (self.text.starts_with("19") || self.text.starts_with("20"))
            && self.text.bytes().all(|byte| byte.is_ascii_digit())
    }
}

fn is_capital_in(word: &str, lists: &[WordList]) -> bool {
    let mut letters = word.chars();
    let is_first = letters.next().is_some_and(char::is_uppercase);
    is_first && !letters.any(char::is_uppercase) && is_in(word, lists)
}

/// Whether a word alone can refer to an instrument named before: `Charter`.
pub(crate) fn is_short_noun(word: &str) -> bool {
    is_capital_in(word, &[WordList::NounAlone])
}

/// Returns the instruments that a text names, in order, none inside another.
///
/// Instruments that texts of every field cite are recognized by several names (the Charter of the
/// United Nations, the Geneva Conventions, the Budapest Convention ...). Other names are recognized
/// by their capitals around a noun such as `Convention`, `Protocol` or `Code`; names in lower case
/// are not. `this Convention` names nothing. For documents cited by number see
/// [`references`](crate::provision::reference::references). Takes one pass over the words.
pub(crate) fn instruments(text: &str) -> Vec<Instrument> {
    let words = words_of(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let read = read_known(text, &words, at)
            .into_iter()
            .chain(read_name(text, &words, at))
            .max_by_key(|(instrument, _)| instrument.range.len())
            .or_else(|| read_short(text, &words, at));
        if let Some((instrument, next)) = read {
            found.push(instrument);
            at = next;
        } else {
            found.extend(read_report(text, &words, at));
            at += 1;
        }
    }
    found
}

fn words_of(text: &str) -> Vec<Word<'_>> {
    let mut words: Vec<Word<'_>> = Vec::new();
    for (start, word) in standard_words(text) {
        let before = words.last().map_or(0, |last| last.range.end);
        words.push(Word {
            text: word,
            range: start..start + word.len(),
            folded: fold_name(word),
            is_joined: !words.is_empty() && is_space(&text[before..start]),
        });
    }
    words
}

/// Whether only white space and a possessive sign (`Peoples' `) are between two words.
fn is_space(between: &str) -> bool {
    between.trim_start_matches(['\'', '’']).trim().is_empty()
}

/// Reads a name of a well-known instrument that begins at a word.
fn read_known(text: &str, words: &[Word<'_>], at: usize) -> Option<(Instrument, usize)> {
    let (name, n_words) = longest_known(instruments_known(), words, at)?;
    // `the convention on cybercrime` is a name, `rules of the convention` is not.
    let is_cited = words[at..at + n_words].iter().any(Word::is_capital);
    let range = words[at].range.start..words[at + n_words - 1].range.end;
    is_cited.then(|| (full(text, range, name.to_owned()), at + n_words))
}

/// Returns the longest entry of a list that begins at a word, and its number of words.
fn longest_known(
    list: &'static [KnownInstrument],
    words: &[Word<'_>],
    at: usize,
) -> Option<(&'static str, usize)> {
    let names = list.iter().flat_map(|known| {
        known
            .aliases
            .iter()
            .map(|alias| (known.name.as_str(), alias))
    });
    names
        .filter_map(|(name, alias)| Some((name, n_words_of(alias, words, at)?)))
        .max_by_key(|(_, n_words)| *n_words)
}

/// Returns the number of words from `at` on that make up the folded name; `None` if they differ.
fn n_words_of(name: &str, words: &[Word<'_>], at: usize) -> Option<usize> {
    let mut rest = name;
    for (n, word) in words[at..].iter().enumerate() {
        rest = rest.strip_prefix(word.folded.as_str())?;
        if rest.is_empty() {
            return Some(n + 1);
        }
        rest = rest.strip_prefix(' ')?;
    }
    None
}

/// Reads a capitalized name that begins at a word: capitals, a noun such as `Convention`, and its subject.
fn read_name(text: &str, words: &[Word<'_>], at: usize) -> Option<(Instrument, usize)> {
    if !can_begin(&words[at]) || at > 0 && is_inside_name(words, at) {
        return None;
    }
    let head = head_of(words, at)?;
    let end = name_end(words, head);
    let has_subject = end > head + 1;
    let is_named = has_subject || head > at && !words[head].is_capital_in(&[WordList::NounWeak]);
    let is_self = at > 0 && is_in(&words[at - 1].folded, &[WordList::OwnText]);
    if !is_named || is_self {
        return None;
    }
    let range = words[at].range.start..words[end - 1].range.end;
    let name = known_tail(words, at, end).unwrap_or_else(|| single_spaced(&text[range.clone()]));
    Some((full(text, range, name), end))
}

fn can_begin(word: &Word<'_>) -> bool {
    word.is_capital() && !word.is_capital_in(&[WordList::NeverName]) || word.is_year()
}

/// Whether the word before belongs to the same name.
fn is_inside_name(words: &[Word<'_>], at: usize) -> bool {
    words[at].is_joined && can_begin(&words[at - 1]) && words[at - 1].is_capital()
}

/// Returns the noun of a name that begins at a word, if only capitals or `of` come before it.
fn head_of(words: &[Word<'_>], at: usize) -> Option<usize> {
    let mut head = None;
    for (place, word) in words.iter().enumerate().skip(at).take(MAX_LEFT + 1) {
        let is_part = word.is_capital() && !word.is_capital_in(&[WordList::NeverName])
            || place == at
            || matches!(word.text, "of" | "and");
        if place > at && !word.is_joined || !is_part {
            break;
        }
        if word.is_head() {
            head = Some(place);
        } else if head.is_some() {
            break;
        }
    }
    head
}

/// Returns the end of a name whose noun is at `head`: after the last capital that small words lead to.
fn name_end(words: &[Word<'_>], head: usize) -> usize {
    let mut end = head + 1;
    let is_linked = |word: &Word<'_>| word.is_joined && word.is_small_in(&[WordList::NameLink]);
    if !words.get(end).is_some_and(is_linked) {
        return end;
    }
    for place in head + 1..words.len().min(head + MAX_RIGHT) {
        let word = &words[place];
        let is_small = word.is_small_in(&[WordList::NameLink, WordList::NameSmall]);
        if !word.is_joined || !(is_small || word.is_capital()) {
            break;
        }
        if word.text == "and" && begins_another(words, place + 1) {
            break;
        }
        if word.is_capital() {
            end = place + 1;
        }
    }
    end
}

/// Whether a separate name follows `and`: `and the ...`, `and Universal Declaration`.
fn begins_another(words: &[Word<'_>], at: usize) -> bool {
    let Some(next) = words.get(at) else {
        return true;
    };
    next.text == "the" || head_of(words, at).is_some()
}

/// Returns the well-known instrument at the end of a name whose other words only say whose it is:
/// `Council of Europe Convention on Cybercrime`.
fn known_tail(words: &[Word<'_>], at: usize, end: usize) -> Option<String> {
    for place in at..end {
        if let Some((name, n_words)) = longest_known(instruments_known(), words, place)
            && place + n_words == end
        {
            return Some(name.to_owned());
        }
        if words[place].is_head() {
            return None;
        }
    }
    None
}

fn full(text: &str, range: Range<usize>, name: String) -> Instrument {
    Instrument {
        short_name: short_name_behind(text, range.end),
        range,
        name,
        kind: NameKind::Full,
    }
}

/// Returns the short name that a text defines directly after a name, in the same sentence.
fn short_name_behind(text: &str, from: usize) -> Option<String> {
    let rest = &text[from..];
    let until = rest.find(['.', ';']).unwrap_or(rest.len());
    let mark = ["hereinafter", "hereafter"]
        .iter()
        .find_map(|mark| rest[..until].find(mark))
        .filter(|at| *at < 160)?;
    let said = &rest[mark..until];
    let open = said.find(['"', '“', '‘', '\''])?;
    let quoted = &said[open..].trim_start_matches(['"', '“', '‘', '\'']);
    let close = quoted.find(['"', '”', '’', '\''])?;
    let short = quoted[..close].trim().trim_start_matches("the ");
    (!short.is_empty() && short.len() < 60).then(|| short.to_owned())
}

/// Reads `the Charter`.
fn read_short(text: &str, words: &[Word<'_>], at: usize) -> Option<(Instrument, usize)> {
    let word = &words[at];
    let is_the = at > 0 && words[at].is_joined && words[at - 1].folded == "the";
    let goes_on = words
        .get(at + 1)
        .is_some_and(|next| next.is_joined && (next.is_head() || next.text == "of"));
    if !is_short_noun(word.text) || !is_the || goes_on {
        return None;
    }
    let instrument = Instrument {
        range: word.range.clone(),
        name: text[word.range.clone()].to_owned(),
        kind: NameKind::Short,
        short_name: None,
    };
    Some((instrument, at + 1))
}

/// Reads the reports of a body: `the 2013 and 2015 reports of the Group of Governmental Experts`;
/// one instrument for each year, all with the range of the word `report`.
fn read_report(text: &str, words: &[Word<'_>], at: usize) -> Vec<Instrument> {
    let word = &words[at];
    if !matches!(word.folded.as_str(), "report" | "reports") {
        return Vec::new();
    }
    let Some(body) = body_near(text, words, at) else {
        return Vec::new();
    };
    let years = years_near(words, at);
    let names = if years.is_empty() {
        vec![format!("{body} report")]
    } else {
        years
            .iter()
            .map(|year| format!("{body} report {year}"))
            .collect()
    };
    names
        .into_iter()
        .map(|name| Instrument {
            range: word.range.clone(),
            name,
            kind: NameKind::Report,
            short_name: None,
        })
        .collect()
}

/// Returns the reporting body named nearest to a report in the same sentence.
fn body_near(text: &str, words: &[Word<'_>], at: usize) -> Option<&'static str> {
    let behind = at + 1..words.len().min(at + REPORT_BEHIND);
    let before = (at.saturating_sub(REPORT_BEFORE)..at).rev();
    behind
        .chain(before)
        .filter(|place| {
            let (first, last) = (at.min(*place), at.max(*place));
            !text[words[first].range.end..words[last].range.start].contains(['.', ';'])
        })
        .find_map(|place| longest_known(reporting_bodies(), words, place))
        .map(|(name, _)| name)
}

/// Returns the years directly before a report, or directly after it (`report of 2015`).
fn years_near<'t>(words: &[Word<'t>], at: usize) -> Vec<&'t str> {
    let mut years: Vec<&str> = Vec::new();
    for word in words[at.saturating_sub(REPORT_BEFORE)..at].iter().rev() {
        if word.is_year() {
            years.push(word.text);
        } else if !years.is_empty() && !matches!(word.text, "and" | "the") {
            break;
        }
    }
    years.reverse();
    if years.is_empty() {
        let mut behind = words[at + 1..].iter().take(3);
        years.extend(behind.find(|word| word.is_year()).map(|word| word.text));
    }
    years
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found = instruments(text);
        let names: Vec<&str> = found
            .iter()
            .map(|instrument| instrument.name.as_str())
            .collect();
        assert_eq!(names, expected, "{text}");
        for pair in found.windows(2) {
            assert!(
                pair[0].range.start <= pair[1].range.start,
                "in order: {text}"
            );
        }
    }

    #[test]
    fn names_of_instruments() {
        check(
            "guided by the Charter of the United Nations and the Universal Declaration of Human Rights",
            &[
                "Charter of the United Nations",
                "Universal Declaration of Human Rights",
            ],
        );
        check(
            "as the UN Charter has it",
            &["Charter of the United Nations"],
        );
        check(
            "Parties to the Budapest Convention meet",
            &["Convention on Cybercrime"],
        );
        check(
            "the Council of Europe Convention on Cybercrime binds them",
            &["Convention on Cybercrime"],
        );
        check(
            "the Harbor Lights Convention and the Protocol on the Dimming of Lanterns in Fog shall",
            &[
                "Harbor Lights Convention",
                "Protocol on the Dimming of Lanterns in Fog",
            ],
        );
        check(
            "the Additional Protocol to the Convention on Cybercrime",
            &["Additional Protocol to the Convention on Cybercrime"],
        );
        check(
            "the 2030 Agenda for Sustainable Development",
            &["2030 Agenda for Sustainable Development"],
        );
        check("this Convention and the present Charter", &[]);
        check(
            "a convention on lamps, a code of conduct, the principles",
            &[],
        );
        check("what the Charter says", &["Charter"]);
        check("adopted an Action Plan which", &[]);
        check(
            "the Charter on Lamps' Keepers",
            &["Charter on Lamps' Keepers"],
        );
    }

    #[test]
    fn reports_by_body_and_year() {
        let gge = |year: &str| format!("Group of Governmental Experts report {year}");
        check("the 2015 GGE report", &[&gge("2015")]);
        check(
            "the 2013 and 2015 reports of the Group of Governmental Experts",
            &[&gge("2013"), &gge("2015")],
        );
        check(
            "what the Group of Governmental Experts concludes in its 2013 report",
            &[&gge("2013")],
        );
        check("they report yearly, in 2015 and 2016", &[]);
    }

    #[test]
    fn a_defined_short_name_is_recognized_later() {
        let text =
            "the Convention on Beacons and Buoys (hereinafter referred to as \"the Convention\"),";
        let found = instruments(text);
        assert_eq!(found[0].name, "Convention on Beacons and Buoys");
        assert_eq!(found[0].short_name.as_deref(), Some("Convention"));
    }
}
