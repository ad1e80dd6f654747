//! Why rows and pairs hold, in words.

use crate::report::visible::one_line;
use crate::table::{Quote, Row, Why};

/// The characters that are quoted of a row's typical clause.
const TYPICAL_CHARS: usize = 110;

/// Returns how firm a row is and which formula it hangs on, in a line; nothing if neither is known.
///
/// `firm: 0.82 of 100 resampled runs keep its clauses together`.
pub fn trust_line(row: &Row) -> Option<String> {
    let firmness = row.trust.map(|trust| {
        format!(
            "{}: its clauses stay together in {:.2} of {} resampled runs",
            trust.firmness.word(),
            trust.stability.value(),
            trust.n_runs
        )
    });
    let formula = row.formula.as_ref().map(|formula| {
        format!(
            "hangs on a formula, “{}” ({:.2} of its similarity)",
            formula.words,
            formula.share.value()
        )
    });
    let parts: Vec<String> = firmness.into_iter().chain(formula).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

/// Returns the clause nearest to all others of a row, in a line: `typical: CITATION, “its first words …”`;
/// nothing for a row of fewer than three clauses.
pub fn typical_line(row: &Row) -> Option<String> {
    let quotes = || row.cells.values().flatten();
    let quote = quotes().find(|quote| quote.id == row.medoid)?;
    (quotes().count() > 2).then(|| {
        let words = first_words(&one_line(&quote.text), TYPICAL_CHARS);
        format!("typical: {}, “{words}”", quote.citation)
    })
}

/// Returns the whole words of a text that fit in so many characters, with dots if any is left out.
fn first_words(text: &str, n_chars: usize) -> String {
    let mut kept = String::new();
    for word in text.split(' ') {
        if !kept.is_empty() && kept.chars().count() + word.chars().count() >= n_chars {
            return kept + " …";
        }
        if !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
    }
    kept
}

/// Returns the other rows a quoted clause is near to: `also near: ISSUE 0.41, ISSUE 0.38`; nothing if
/// there are none.
pub fn also_near_line(quote: &Quote) -> Option<String> {
    let near: Vec<String> = quote
        .also_near
        .iter()
        .map(|near| format!("{} {:.2}", near.issue, near.score.value()))
        .collect();
    (!near.is_empty()).then(|| format!("also near: {}", near.join(", ")))
}

/// Returns why two clauses are together, or the clauses of a row, in lines.
pub fn why_to_text(why: &Why) -> String {
    let mut lines = vec![format!(
        "similarity by words {:.2}, on the rows that clusters are made on {:.2}",
        why.score.value(),
        why.clustered.value()
    )];
    if let Some(share) = why.together {
        lines.push(format!(
            "together in {:.2} of the resampled runs",
            share.value()
        ));
    }
    if let Some(run) = &why.run {
        lines.push(format!("longest shared run: “{}”", run.words));
    }
    let shared = why.shared.iter();
    let shared: Vec<String> = shared
        .map(|part| format!("{} {:.3}", part.term, part.share.value()))
        .collect();
    lines.push(if shared.is_empty() {
        "no shared term".to_owned()
    } else {
        format!("shared terms and their part: {}", shared.join(", "))
    });
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_is_cut_between_words() {
        assert_eq!(first_words("keep every light", 20), "keep every light");
        assert_eq!(first_words("keep every light", 12), "keep every …");
        assert_eq!(first_words("lighthouses", 3), "lighthouses");
    }
}
