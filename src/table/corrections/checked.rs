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
    /// What changed since then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) since: Option<String>,
}

/// Whether something is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum CheckState {
    /// A person read it and put it where it is, or agrees that it is there.
    Checked,
    /// A person read it and is not sure.
    Open,
    /// A person read it as a clause of a row that it has left: it is to be read again.
    Elsewhere,
}

impl Checked {
    /// Returns what the author of a decision said: whoever moves a clause has checked it.
    pub(crate) fn of(decision: &Decision) -> Self {
        Self {
            state: CheckState::after(decision.action),
            author: decision.author.clone(),
            date: decision.date.clone(),
            note: decision.note.clone(),
            since: None,
        }
    }

    /// The same of one of its clauses, with what became of the clause.
    fn of_clause(decision: &Decision, outcome: &Outcome, clause: &String) -> Self {
        let checked = Self::of(decision);
        let left = outcome.moved.get(clause);
        let state = match (left, checked.state) {
            (Some(_), CheckState::Checked) => CheckState::Elsewhere,
            (_, state) => state,
        };
        let words = outcome.changed.contains(clause);
        let words = words.then(|| "since then its words changed a little".to_owned());
        let left = left.map(|row| format!("since then it has left “{row}”"));
        let since: Vec<String> = words.into_iter().chain(left).collect();
        Self {
            state,
            since: (!since.is_empty()).then(|| since.join("; ")),
            ..checked
        }
    }

    /// Returns whether a person said something of it as it is now.
    pub(crate) fn is_current(&self) -> bool {
        self.state != CheckState::Elsewhere
    }

    /// Returns whether it is checked, and no open question.
    pub(crate) fn is_settled(&self) -> bool {
        self.state == CheckState::Checked
    }

    /// Returns who checked it and when, and what changed since: `checked by A. Keeper, 3 May`.
    pub(crate) fn in_words(&self) -> String {
        let by = self.author.as_ref().map(|author| format!(" by {author}"));
        let date = self.date.as_ref().map(|date| format!(", {date}"));
        let note = self.note.as_ref().map(|note| format!(": {note}"));
        let since = self.since.as_ref().map(|since| format!("; {since}"));
        let told = [by, date, note, since].into_iter().flatten();
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

    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Checked => "checked",
            Self::Open => "open question",
            Self::Elsewhere => "checked elsewhere",
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
            let of_clause = |id: &String| {
                let clause = corpus.find(id)?;
                Some((clause, Checked::of_clause(decision, outcome, id)))
            };
            checked.extend(outcome.clauses.iter().filter_map(of_clause));
        }
    }
    checked
}
