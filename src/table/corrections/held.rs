//! [`HeldIssues`]: the issues while decisions change them, and the claims to check at the end.

use std::collections::BTreeMap;

use crate::id::ClauseId;
use crate::table::issue::{Issue, Origin};
use crate::words::fold_name;

/// The index of an issue in the list of a replay.
pub(crate) type Slot = usize;

/// What must hold after all decisions.
#[derive(Debug)]
pub(crate) enum Claim {
    /// The clause is in the issue.
    In(ClauseId, Slot),
    /// The clauses are in different issues.
    Apart(ClauseId, ClauseId),
    /// The issues have become one.
    One(Slot, Slot),
    /// The issues are different ones.
    Different(Slot, Slot),
    /// The clause is in an issue by itself.
    Alone(ClauseId),
    /// The issue exists and has this name.
    Named(Slot, String),
}

/// An issue during the replay.
#[derive(Debug)]
struct Held {
    issue: Issue,
    /// Whether it stays even if it has no clause, like an issue of a codebook.
    stays_empty: bool,
    /// The issue that it was merged into.
    merged_into: Option<Slot>,
}

/// The issues while decisions are replayed.
#[derive(Debug)]
pub(crate) struct HeldIssues {
    held: Vec<Held>,
    place_of: BTreeMap<ClauseId, Slot>,
}

impl HeldIssues {
    pub(crate) fn of(issues: Vec<Issue>) -> Self {
        let mut place_of = BTreeMap::new();
        for (slot, issue) in issues.iter().enumerate() {
            place_of.extend(issue.clauses.iter().map(|clause| (*clause, slot)));
        }
        let held = issues.into_iter().map(|issue| Held {
            stays_empty: issue.origin == Origin::Given,
            issue,
            merged_into: None,
        });
        Self {
            held: held.collect(),
            place_of,
        }
    }

    pub(crate) fn place_of(&self, clause: ClauseId) -> Option<Slot> {
        self.place_of.get(&clause).copied()
    }

    /// Returns the issue to which a person gave this name.
    pub(crate) fn named(&self, name: &str) -> Option<Slot> {
        let wanted = fold_name(name);
        let has_name = |slot: &Slot| {
            let own = self.held[*slot].issue.name.as_ref();
            own.is_some_and(|own| fold_name(own) == wanted)
        };
        (0..self.held.len()).find(|slot| self.is_there(*slot) && has_name(slot))
    }

    /// Gives an issue a unique name; a row that a person named is always shown.
    pub(crate) fn rename(&mut self, slot: Slot, name: &str) -> Result<Claim, String> {
        if let Some(holder) = self.named(name).filter(|holder| *holder != slot) {
            return Err(self.refusal(holder));
        }
        let issue = &mut self.held[slot].issue;
        issue.name = Some(name.to_owned());
        issue.origin = Origin::Given;
        Ok(Claim::Named(slot, name.to_owned()))
    }

    /// Returns the message that an issue already has its name.
    pub(crate) fn refusal(&self, holder: Slot) -> String {
        let name = self.held[holder].issue.name.as_deref().unwrap_or_default();
        format!("there is another issue `{name}` already")
    }

    pub(crate) fn add(&mut self, issue: Issue) -> Slot {
        self.held.push(Held {
            issue,
            stays_empty: false,
            merged_into: None,
        });
        self.held.len() - 1
    }

    /// Moves a clause to an issue, in order.
    pub(crate) fn put(&mut self, clause: ClauseId, slot: Slot) {
        if let Some(old) = self.place_of.insert(clause, slot) {
            let clauses = &mut self.held[old].issue.clauses;
            clauses.retain(|other| *other != clause);
        }
        let clauses = &mut self.held[slot].issue.clauses;
        let place = clauses.partition_point(|other| *other < clause);
        clauses.insert(place, clause);
    }

    /// Merges an issue into another, unless they are merged already.
    pub(crate) fn merge(&mut self, slot: Slot, target: Slot) {
        if slot == target || self.held[slot].merged_into.is_some() {
            return;
        }
        for clause in self.held[slot].issue.clauses.clone() {
            self.put(clause, target);
        }
        let merged = &mut self.held[slot];
        merged.merged_into = Some(target);
        let (name, origin) = (merged.issue.name.take(), merged.issue.origin);
        let (given, stays_empty) = (merged.issue.given, merged.stays_empty);
        let kept = &mut self.held[target];
        kept.stays_empty |= stays_empty;
        if origin == Origin::Given {
            kept.issue.origin = Origin::Given;
        }
        kept.issue.name = kept.issue.name.take().or(name);
        kept.issue.given = kept.issue.given.or(given);
    }

    /// Returns the issue that an issue was merged into, or itself.
    fn root(&self, mut slot: Slot) -> Slot {
        while let Some(next) = self.held[slot].merged_into {
            slot = next;
        }
        slot
    }

    /// Returns whether an issue is in the result.
    pub(crate) fn is_there(&self, slot: Slot) -> bool {
        let held = &self.held[slot];
        held.merged_into.is_none() && (held.stays_empty || !held.issue.clauses.is_empty())
    }

    pub(crate) fn holds(&self, claim: &Claim) -> bool {
        let place = |clause: &ClauseId| self.place_of.get(clause).copied();
        match claim {
            Claim::In(clause, slot) => place(clause) == Some(self.root(*slot)),
            Claim::Apart(a, b) => place(a).is_none() || place(a) != place(b),
            Claim::One(a, b) => self.root(*a) == self.root(*b),
            Claim::Different(a, b) => self.root(*a) != self.root(*b),
            Claim::Alone(clause) => place(clause).is_none_or(|slot| {
                let issue = &self.held[slot].issue;
                issue.clauses.len() == 1 && issue.origin.is_found()
            }),
            Claim::Named(slot, name) => {
                let root = self.root(*slot);
                self.is_there(root) && self.held[root].issue.name.as_ref() == Some(name)
            }
        }
    }

    /// Returns the remaining issues, in their order.
    pub(crate) fn into_issues(self) -> Vec<Issue> {
        let is_there = |slot: &Slot| self.is_there(*slot);
        let left: Vec<Slot> = (0..self.held.len()).filter(is_there).collect();
        let mut held: Vec<Option<Held>> = self.held.into_iter().map(Some).collect();
        let left = left.into_iter().filter_map(|slot| held[slot].take());
        left.map(|held| held.issue).collect()
    }
}
