//! [`HeldIssues`]: the issues while decisions change them, and the claims to check at the end.

use std::collections::{BTreeMap, BTreeSet};

use crate::id::ClauseId;
use crate::table::corrections::checked::Checked;
use crate::table::issue::{Issue, Origin};
use crate::words::fold_name;

/// The index of an issue in the list of a replay.
pub(crate) type Slot = usize;

/// What must hold after all decisions.
#[derive(Debug)]
pub(crate) enum Claim {
    /// The clause is in the issue.
    In(ClauseId, Slot),
    /// The clause is counted in the issue as well.
    Also(ClauseId, Slot),
    /// The issue exists.
    There(Slot),
    /// The clauses have no issue in common.
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
    /// The further issues of clauses.
    also: BTreeSet<(ClauseId, Slot)>,
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
            also: BTreeSet::new(),
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

    /// Counts a clause in a further issue.
    pub(crate) fn put_also(&mut self, clause: ClauseId, slot: Slot) {
        self.also.insert((clause, slot));
    }

    /// Takes a clause out of its further issues.
    pub(crate) fn leave_further(&mut self, clause: ClauseId) {
        self.also.retain(|(of, _)| *of != clause);
    }

    /// Takes two clauses out of the further issues that hold both.
    pub(crate) fn part(&mut self, first: ClauseId, second: ClauseId) {
        for [clause, other] in [[first, second], [second, first]] {
            let slots = self.slots_of(other);
            let mut also = std::mem::take(&mut self.also);
            also.retain(|(of, slot)| *of != clause || !slots.contains(&self.root(*slot)));
            self.also = also;
        }
    }

    /// Returns the issues of a clause.
    fn slots_of(&self, clause: ClauseId) -> BTreeSet<Slot> {
        let further = self.also.iter().filter(|(of, _)| *of == clause);
        let further = further.map(|(_, slot)| self.root(*slot));
        self.place_of(clause).into_iter().chain(further).collect()
    }

    /// Notes that a person checked an issue, or that it is an open question.
    pub(crate) fn check(&mut self, slot: Slot, checked: Checked) {
        let root = self.root(slot);
        self.held[root].issue.checked = Some(checked);
    }

    /// Returns the clauses of an issue, or of the one it was merged into.
    pub(crate) fn clauses_of(&self, slot: Slot) -> BTreeSet<ClauseId> {
        let root = self.root(slot);
        let own = self.held[root].issue.clauses.iter().copied();
        let further = self
            .also
            .iter()
            .filter(|(_, slot)| self.root(*slot) == root);
        own.chain(further.map(|(clause, _)| *clause)).collect()
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
            Claim::Also(clause, slot) => {
                let root = self.root(*slot);
                self.is_there(root) && self.slots_of(*clause).contains(&root)
            }
            Claim::There(slot) => self.is_there(self.root(*slot)),
            Claim::Apart(a, b) => self.slots_of(*a).is_disjoint(&self.slots_of(*b)),
            Claim::One(a, b) => self.root(*a) == self.root(*b),
            Claim::Different(a, b) => self.root(*a) != self.root(*b),
            Claim::Alone(clause) => {
                let is_single = place(clause).is_none_or(|slot| {
                    let issue = &self.held[slot].issue;
                    issue.clauses.len() == 1 && issue.origin.is_found()
                });
                is_single && self.slots_of(*clause).len() <= 1
            }
            Claim::Named(slot, name) => {
                let root = self.root(*slot);
                self.is_there(root) && self.held[root].issue.name.as_ref() == Some(name)
            }
        }
    }

    /// Returns the remaining issues, in their order.
    pub(crate) fn into_issues(mut self) -> Vec<Issue> {
        for (clause, slot) in std::mem::take(&mut self.also) {
            let root = self.root(slot);
            let is_there = self.is_there(root);
            let clauses = &mut self.held[root].issue.clauses;
            if let Err(place) = clauses.binary_search(&clause)
                && is_there
            {
                clauses.insert(place, clause);
                self.held[root].issue.further.insert(clause);
            }
        }
        let is_there = |slot: &Slot| self.is_there(*slot);
        let left: Vec<Slot> = (0..self.held.len()).filter(is_there).collect();
        let mut held: Vec<Option<Held>> = self.held.into_iter().map(Some).collect();
        let left = left.into_iter().filter_map(|slot| held[slot].take());
        left.map(|held| held.issue).collect()
    }
}
