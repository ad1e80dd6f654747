//! [`Digest`]: what a cell shows: one quote an agreement, and how many clauses more there are.

use std::borrow::Cow;

use unicode_segmentation::UnicodeSegmentation;

use crate::deontic::{Force, Place};
use crate::finding::Annotated;
use crate::language::Language;
use crate::report::form::snippet::{around, first_words};
use crate::table::Quote;

/// A clause of up to this number of words is quoted whole; of a longer one, its key sentence.
const MAX_WHOLE: usize = 45;
/// The most words of a lead-in.
const MAX_LEAD_IN: usize = 12;
/// The most characters of a key sentence before and after the words that bind.
const MAX_AROUND: usize = 140;
/// The most characters of the beginning of a clause without words that bind.
const MAX_BEGINNING: usize = 280;

/// What a cell shows.
pub(in crate::report) struct Digest<'a> {
    /// A quote for each agreement, in the order of the cell.
    pub(in crate::report) shown: Vec<ShownQuote<'a>>,
    /// The other quotes, and those whose words are cut, in order.
    pub(in crate::report) rest: Vec<FurtherQuote<'a>>,
}

/// A quote that a cell only counts, or cuts.
pub(in crate::report) struct FurtherQuote<'a> {
    pub(in crate::report) quote: &'a Quote,
    /// The shown quote with which it is counted, or itself.
    pub(in crate::report) with: &'a Quote,
}

/// The quote that stands for an agreement in a cell.
pub(in crate::report) struct ShownQuote<'a> {
    pub(in crate::report) quote: &'a Quote,
    /// Its words, or its key sentence, with `…` where words are left out.
    pub(in crate::report) words: Cow<'a, str>,
    /// The words that introduce it, or their end after `…`.
    pub(in crate::report) lead_in: Option<Cow<'a, str>>,
    /// The number of further clauses: of its agreement, and after the last quote of all others.
    pub(in crate::report) n_more: usize,
}

impl<'a> Digest<'a> {
    /// Returns the digest of the quotes of a cell.
    ///
    /// The quote of an agreement is the one that is most similar to the rest of the row, a weak member only if
    /// there is no other. An agreement whose quote would take the cell beyond the limit of words of the table is only
    /// counted, unless it is the first.
    pub(in crate::report) fn of(
        table: Annotated<'_>,
        quotes: impl Iterator<Item = &'a Quote>,
    ) -> Self {
        let Some(most) = table.words_per_cell else {
            let whole = |quote: &'a Quote| ShownQuote {
                quote,
                words: Cow::Borrowed(&quote.text),
                lead_in: quote.lead_in.as_deref().map(Cow::Borrowed),
                n_more: 0,
            };
            return Self {
                shown: quotes.map(whole).collect(),
                rest: Vec::new(),
            };
        };
        let (mut shown, mut rest): (Vec<ShownQuote>, Vec<FurtherQuote>) = (Vec::new(), Vec::new());
        let mut unseen: Vec<&Quote> = Vec::new();
        let mut n_words = 0;
        for group in by_agreement(quotes) {
            let quote = typical_of(&group);
            let words = key_words(table, quote);
            let lead_in = quote.lead_in.as_deref().map(end_of);
            let n_own = n_words_of(&words)
                + n_words_of(lead_in.as_deref().unwrap_or_default())
                + n_words_of(&quote.citation);
            if !shown.is_empty() && n_words + n_own > most {
                unseen.extend(group);
                continue;
            }
            n_words += n_own;
            let is_cut = matches!(words, Cow::Owned(_)) || matches!(lead_in, Some(Cow::Owned(_)));
            let others = group
                .iter()
                .filter(|other| is_cut || !std::ptr::eq(**other, quote));
            rest.extend(others.map(|other| FurtherQuote {
                quote: other,
                with: quote,
            }));
            shown.push(ShownQuote {
                quote,
                words,
                lead_in,
                n_more: group.len() - 1,
            });
        }
        if let Some(last) = shown.last_mut() {
            last.n_more += unseen.len();
            let with = last.quote;
            rest.extend(unseen.into_iter().map(|quote| FurtherQuote { quote, with }));
        }
        Self { shown, rest }
    }
}

impl ShownQuote<'_> {
    /// Returns the number of further clauses in words, if there are any: `+12 more`.
    pub(in crate::report) fn more(&self) -> Option<String> {
        (self.n_more > 0).then(|| format!("+{} more", self.n_more))
    }
}

/// Returns the quotes of each agreement, in the order of their first ones.
pub(in crate::report) fn by_agreement<'a>(
    quotes: impl IntoIterator<Item = &'a Quote>,
) -> Vec<Vec<&'a Quote>> {
    let mut groups: Vec<Vec<&Quote>> = Vec::new();
    for quote in quotes {
        match groups
            .iter_mut()
            .find(|group| group[0].agreement == quote.agreement)
        {
            Some(group) => group.push(quote),
            None => groups.push(vec![quote]),
        }
    }
    groups
}

/// Returns the quote most similar to the rest of the row, of those that count if any does. Ties: the first.
pub(in crate::report) fn typical_of<'a>(quotes: &[&'a Quote]) -> &'a Quote {
    let mut typical = quotes[0];
    for quote in quotes {
        let rank = |quote: &Quote| (quote.is_counted(), quote.score);
        if rank(quote) > rank(typical) {
            typical = quote;
        }
    }
    typical
}

/// Returns the words of a clause if they are few, else its key sentence: the one with the words that bind, or
/// the first; a long one is cut around them.
fn key_words<'a>(table: Annotated<'_>, quote: &'a Quote) -> Cow<'a, str> {
    let text = quote.text.as_str();
    if n_words_of(text) <= MAX_WHOLE {
        return Cow::Borrowed(text);
    }
    let source = table.agreements.iter().find(|of| of.key == quote.agreement);
    let language = source.map_or(Language::ENGLISH, |source| source.language);
    let force = Force::of(None, text, language);
    let evidence = force.evidence.filter(|of| of.place == Place::Text);
    let at = evidence.as_ref().map_or(0, |of| of.range.start);
    let sentences = text.split_sentence_bound_indices();
    let key = sentences
        .take_while(|(start, _)| *start <= at)
        .last()
        .unwrap_or((0, text));
    let (start, sentence) = key;
    let words = match &evidence {
        _ if n_words_of(sentence) <= MAX_WHOLE => sentence.trim().to_owned(),
        Some(of) => {
            let end = start + sentence.len();
            let range = of.range.start - start..of.range.end.min(end) - start;
            around(sentence, &range, MAX_AROUND)
        }
        None => first_words(sentence, MAX_BEGINNING),
    };
    let end = start + sentence.trim_end().len();
    let head = if start > 0 && !words.starts_with('…') {
        "… "
    } else {
        ""
    };
    let tail = if end < text.trim_end().len() && !words.ends_with('…') {
        " …"
    } else {
        ""
    };
    Cow::Owned(format!("{head}{words}{tail}"))
}

/// Returns the last words of a lead-in, which the clause continues.
fn end_of(lead_in: &str) -> Cow<'_, str> {
    let words: Vec<&str> = lead_in.split_whitespace().collect();
    if words.len() <= MAX_LEAD_IN {
        return Cow::Borrowed(lead_in);
    }
    let end = &words[words.len() - MAX_LEAD_IN..];
    Cow::Owned(format!("… {}", end.join(" ")))
}

/// Returns the number of words between white space; three characters of a script without spaces are a word.
fn n_words_of(text: &str) -> usize {
    let is_wide = |c: &char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}');
    text.split_whitespace().count() + text.chars().filter(is_wide).count() / 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::Score;
    use crate::table::ConvergenceTable;

    fn quote(agreement: &str, score: f64, text: &str) -> Quote {
        let value = serde_json::json!({
            "id": format!("{agreement}/1"), "citation": agreement, "agreement": agreement,
            "text": text, "score": Score::new(score),
        });
        serde_json::from_value(value).unwrap()
    }

    fn empty_table() -> ConvergenceTable {
        let value = serde_json::json!({
            "schema": "consonance.table/1", "parameters": {}, "columns": [], "rows": [], "alone": [],
            "diagnostics": [],
        });
        serde_json::from_value(value).unwrap()
    }

    #[test]
    fn one_quote_an_agreement_and_the_number_of_others() {
        let table = empty_table();
        let quotes = [
            quote("Reef Pact", 0.2, "Reefs are marked."),
            quote("Reef Pact", 0.4, "Reefs shall be marked."),
            quote("Pier Act", 0.3, "Piers should be lit."),
            quote("Quay Act", 0.3, "Quays should be lit at night."),
        ];
        let digest = Digest::of(Annotated::from(&table).words_per_cell(12), quotes.iter());
        let shown: Vec<(&str, usize)> = digest
            .shown
            .iter()
            .map(|of| (of.words.as_ref(), of.n_more))
            .collect();
        let expected = [("Reefs shall be marked.", 1), ("Piers should be lit.", 1)];
        assert_eq!(
            shown, expected,
            "the third agreement would be beyond twelve words"
        );
        let rest = digest.rest.iter();
        let rest: Vec<[&str; 2]> = rest
            .map(|of| [of.quote.text.as_str(), of.with.text.as_str()])
            .collect();
        let expected = [
            ["Reefs are marked.", "Reefs shall be marked."],
            ["Quays should be lit at night.", "Piers should be lit."],
        ];
        assert_eq!(rest, expected);
    }

    #[test]
    fn a_long_clause_is_quoted_by_its_key_sentence() {
        let table = empty_table();
        let story = "Lamps have burned on this coast since the first keepers came here. ".repeat(5);
        let long = format!("{story}Each keeper shall trim the lamp at dusk. Oil is dear.");
        let quotes = [quote("Reef Pact", 0.2, &long)];
        let digest = Digest::of(Annotated::from(&table), quotes.iter());
        assert_eq!(
            digest.shown[0].words,
            "… Each keeper shall trim the lamp at dusk. …"
        );
        assert_eq!(digest.rest.len(), 1, "its words are cut");
        let whole = Digest::of(Annotated::from(&table).words_per_cell(None), quotes.iter());
        assert_eq!(whole.shown[0].words, long);
        assert!(whole.rest.is_empty());
    }
}
