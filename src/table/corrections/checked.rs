//! [`Checked`]: what a person said of a clause or a row after reading it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::table::corrections::decision::{Action, Corrections, Decision};
use crate::table::corrections::outcome::Outcome;

/// What a person said of a clause or a row after reading it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Checked {
    /// Whether it is checked or an open question.
    pub(crate) state: CheckState,
    /// Who said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) author: Option<String>,
    /// When, as given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) date: Option<String>,
    /// Why, or what the question is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) note: Option<String>,
}

/// Whether something is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CheckState {
    /// A person read it and put it where it is, or agrees that it is there.
    Checked,
    /// A person read it and is not sure.
    Open,
}

impl Checked {
    /// Returns what the author of a decision said: whoever moves a clause has checked it.
    pub(crate) fn of(decision: &Decision) -> Self {
        Self {
            state: CheckState::after(decision.action),
            author: decision.author.clone(),
            date: decision.date.clone(),
            note: decision.note.clone(),
        }
    }

    /// Returns whether it is checked, and no open question.
    pub(crate) fn is_settled(&self) -> bool {
        self.state == CheckState::Checked
    }

    /// Returns who checked it and when: `checked by A. Keeper, 3 May`.
    pub(crate) fn in_words(&self) -> String {
        let by = self.author.as_ref().map(|author| format!(" by {author}"));
        let date = self.date.as_ref().map(|date| format!(", {date}"));
        let note = self.note.as_ref().map(|note| format!(": {note}"));
        let told = [by, date, note].into_iter().flatten();
        let state = self.state.in_words().to_owned();
        std::iter::once(state).chain(told).collect()
    }
}

impl CheckState {
    fn after(action: Action) -> Self {
        match action {
            Action::Open => Self::Open,
            _ => Self::Checked,
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Open => "open question",
        }
    }
}

/// Returns what persons said of single clauses, the last word of each: the decisions that hold, but those that
/// are about rows or keep two clauses apart.
pub(crate) fn checked_clauses(
    corpus: &Corpus,
    corrections: &Corrections,
    outcomes: &[Outcome],
) -> BTreeMap<ClauseId, Checked> {
    let mut checked = BTreeMap::new();
    for (decision, outcome) in corrections.decisions.iter().zip(outcomes) {
        if outcome.is_applied() && decision.action != Action::NotSame {
            let clauses = outcome.clauses.iter().filter_map(|id| corpus.find(id));
            checked.extend(clauses.map(|clause| (clause, Checked::of(decision))));
        }
    }
    checked
}
