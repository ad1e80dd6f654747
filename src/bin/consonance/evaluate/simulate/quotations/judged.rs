//! Whether what was told of planted quotations is right.

use serde_json::Value;

use super::planted::{Deed, Planted};

/// What was told of a paper.
pub(super) struct Judged {
    pub(super) outcomes: Vec<Outcome>,
    /// How many quotations and runs of words were told that nobody planted.
    pub(super) n_besides: usize,
}

/// What was told of a planted quotation.
pub(super) struct Outcome {
    pub(super) deed: Deed,
    pub(super) is_right: bool,
    /// Whether an altered or invented quotation was called exact, or exact but for its form.
    pub(super) is_falsely_exact: bool,
    pub(super) in_words: String,
}

/// Holds what was told against what was planted, in the order of the paper.
pub(super) fn judge(planted: &[Planted], told: &Value) -> Judged {
    let mut left: Vec<&Value> = told["quotations"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    let mut outcomes = Vec::new();
    for of in planted {
        let wanted = letters(&of.words);
        let place = left
            .iter()
            .position(|told| letters(told["words"].as_str().unwrap_or_default()) == wanted);
        let told = place.map_or(&Value::Null, |place| left.remove(place));
        let verdict = told["verdict"].as_str().unwrap_or("nothing");
        let is_changed = matches!(of.deed, Deed::Altered | Deed::Invented);
        outcomes.push(Outcome {
            deed: of.deed,
            is_right: verdict == of.deed.verdict(),
            is_falsely_exact: is_changed && verdict.starts_with("exact"),
            in_words: format!(
                "{}, told {verdict} ({}, {}; {}): {}",
                of.deed.name(),
                told["clauses"][0]["citation"],
                told["score"],
                told["reference"],
                of.paragraph
            ),
        });
    }
    Judged {
        outcomes,
        n_besides: left.len(),
    }
}

fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}
