//! What is to be told of each edit, and whether it is.

use std::collections::BTreeSet;

use serde_json::Value;

/// An edit of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operation {
    Kept,
    Moved,
    Split,
    Merged,
    Weakened,
    Strengthened,
    Dropped,
    New,
}

impl Operation {
    pub(super) const ALL: [Self; 8] = [
        Self::Kept,
        Self::Moved,
        Self::Split,
        Self::Merged,
        Self::Weakened,
        Self::Strengthened,
        Self::Dropped,
        Self::New,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Moved => "moved",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Weakened => "weakened",
            Self::Strengthened => "strengthened",
            Self::Dropped => "dropped",
            Self::New => "new",
        }
    }

    /// Returns the fate that is to be told.
    fn fate(self) -> &'static str {
        match self {
            Self::Weakened | Self::Strengthened => "changed",
            operation => operation.name(),
        }
    }

    /// Returns the change of force that is to be told, if the edit is one of force or of none.
    fn verdict(self) -> Option<&'static str> {
        match self {
            Self::Weakened => Some("weaker"),
            Self::Strengthened => Some("stronger"),
            _ => None,
        }
    }
}

/// An edit, and the clauses it is about, by their ids.
#[derive(Clone, Debug)]
pub(super) struct Expected {
    pub(super) operation: Operation,
    pub(super) before: BTreeSet<String>,
    pub(super) after: BTreeSet<String>,
}

/// An edit, and whether it was told right.
pub(super) struct Outcome {
    pub(super) operation: Operation,
    pub(super) is_right: bool,
    pub(super) has_right_force: Option<bool>,
    /// What was told, in words.
    pub(super) told: String,
}

/// Holds what was told of an edited text against what is to be told of each edit.
pub(super) fn judge(expected: &[Expected], told: &Value) -> Vec<Outcome> {
    let changes: Vec<&Value> = told["steps"][0]["changes"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    expected.iter().map(|of| outcome(of, &changes)).collect()
}

fn outcome(expected: &Expected, changes: &[&Value]) -> Outcome {
    let Expected {
        operation,
        before,
        after,
    } = expected;
    let holds = |change: &&&Value| {
        !ids(change, "before").is_disjoint(before) || !ids(change, "after").is_disjoint(after)
    };
    let about: Vec<&&Value> = changes.iter().filter(holds).collect();
    let right = about.iter().find(|change| {
        let is_moved = change["is_moved"] == Value::Bool(true);
        change["fate"] == operation.fate()
            && is_moved == (*operation == Operation::Moved)
            && ids(change, "before") == *before
            && ids(change, "after") == *after
    });
    let has_verdict = |verdict: &str| {
        about
            .iter()
            .any(|change| change["binding"]["verdict"] == verdict)
    };
    let told = about.iter().map(|change| in_words(change));
    Outcome {
        operation: *operation,
        is_right: right.is_some() && about.len() == 1,
        has_right_force: operation.verdict().map(has_verdict),
        told: format!(
            "{}: {before:?} {after:?}\n{}",
            operation.name(),
            told.collect::<Vec<_>>().join("\n")
        ),
    }
}

fn ids(change: &Value, side: &str) -> BTreeSet<String> {
    let clauses = change[side].as_array().into_iter().flatten();
    clauses
        .filter_map(|clause| clause["id"].as_str())
        .map(str::to_owned)
        .collect()
}

fn in_words(change: &Value) -> String {
    let words = change["revisions"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|revision| {
            let words = revision["words"].as_str().unwrap_or_default();
            match revision["fate"].as_str() {
                Some("deleted") => format!("[-{words}-]"),
                Some("inserted") => format!("{{+{words}+}}"),
                _ => words.to_owned(),
            }
        });
    format!(
        "  told: {} moved {} {:?} > {:?}, {}: {} ({})\n  {}",
        change["fate"],
        change["is_moved"],
        ids(change, "before"),
        ids(change, "after"),
        change["binding"]["verdict"],
        change["binding"]["because"],
        change["similarity"],
        words.collect::<String>()
    )
}
