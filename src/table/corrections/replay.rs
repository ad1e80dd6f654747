//! Replaying a ledger: its decisions one after the other on the issues of a run, and then a check
//! that what was applied holds together.

use std::collections::BTreeMap;

use crate::agreement::fold_name;
use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::table::corrections::anchor::{ClauseMark, IssueMark};
use crate::table::corrections::anchor::{Known, KnownClauses};
use crate::table::corrections::outcome::{Outcome, Status};
use crate::table::corrections::{Action, Decision, Ledger};
use crate::table::issue::{Issue, Origin};

/// The place of an issue in the list of those of a replay.
type Slot = usize;

/// An issue under the hands of the decisions.
#[derive(Debug)]
struct Held {
    issue: Issue,
    /// Whether it stays without any clause, as an issue of a guide does.
    stays_empty: bool,
    /// The issue that it was merged into.
    merged_into: Option<Slot>,
}

/// What must be so when all decisions are through.
#[derive(Debug)]
enum Claim {
    /// The clause stands in the issue.
    In(ClauseId, Slot),
    /// The clauses stand in different issues.
    Apart(ClauseId, ClauseId),
    /// The issues have become one.
    One(Slot, Slot),
    /// The issues are different ones.
    Different(Slot, Slot),
    /// The clause has no other beside it.
    Alone(ClauseId),
    /// The issue is there and has this name.
    Named(Slot, String),
}

/// What a decision did: the claims it stands for, its clauses, and a remark.
#[derive(Debug, Default)]
struct Applied {
    claims: Vec<Claim>,
    clauses: Vec<ClauseId>,
    remarks: Vec<String>,
}

/// The issues while decisions are replayed.
#[derive(Debug)]
struct Replay<'c> {
    known: KnownClauses<'c>,
    held: Vec<Held>,
    place_of: BTreeMap<ClauseId, Slot>,
    /// The decisions applied so far.
    applied: Vec<Applied>,
}

impl Ledger {
    /// Replays the decisions on the issues of a run; returns the corrected issues, and what became of
    /// each decision.
    ///
    /// Decisions act in their order. In the end each is held against the result: one that a later
    /// decision contradicts is reported as overridden. A decision about several clauses is applied to
    /// those that are there. Costs the clauses of all decisions, and for each `not-same` the decisions
    /// before it.
    pub fn replay(&self, corpus: &Corpus, issues: Vec<Issue>) -> (Vec<Issue>, Vec<Outcome>) {
        let mut replay = Replay::new(corpus, issues);
        let results: Vec<Result<usize, String>> = self
            .decisions
            .iter()
            .map(|decision| {
                let applied = replay.apply(decision)?;
                replay.applied.push(applied);
                Ok(replay.applied.len() - 1)
            })
            .collect();
        let outcomes = self
            .decisions
            .iter()
            .zip(results)
            .enumerate()
            .map(|(index, (decision, result))| replay.outcome(index + 1, decision, result))
            .collect();
        (replay.into_issues(), outcomes)
    }
}

impl<'c> Replay<'c> {
    fn new(corpus: &'c Corpus, issues: Vec<Issue>) -> Self {
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
            known: KnownClauses::of(corpus),
            held: held.collect(),
            place_of,
            applied: Vec::new(),
        }
    }

    fn apply(&mut self, decision: &Decision) -> Result<Applied, String> {
        let mut applied = self.clauses_of(decision)?;
        match decision.action {
            Action::Move => self.apply_move(decision, &mut applied)?,
            Action::Merge => self.merge(decision, &mut applied)?,
            Action::Split => self.split(decision, &mut applied)?,
            Action::Rename => {
                let slot = self.find(&decision.issues[0], &[])?;
                self.name(slot, decision.name.as_ref(), &mut applied)?;
            }
            Action::Pin => self.pin(decision, &mut applied)?,
            Action::NotSame => self.keep_apart(&mut applied)?,
            Action::Alone => {
                for &clause in &applied.clauses {
                    let slot = self.add(Issue::found(Vec::new()));
                    self.put(clause, slot);
                    applied.claims.push(Claim::Alone(clause));
                }
            }
        }
        Ok(applied)
    }

    /// Looks the clauses of a decision up; at least one must be there if it names any.
    fn clauses_of(&self, decision: &Decision) -> Result<Applied, String> {
        let mut applied = Applied::default();
        for mark in &decision.clauses {
            match self.known.find(mark) {
                Known::Same(clause) => applied.clauses.push(clause),
                Known::Changed(clause) => {
                    applied.clauses.push(clause);
                    let remark = format!("the words of {} changed a little", mark.in_words());
                    applied.remarks.push(remark);
                }
                Known::Lost(why) => applied.remarks.push(why),
            }
        }
        applied.clauses.sort_unstable();
        applied.clauses.dedup();
        if applied.clauses.is_empty() && !decision.clauses.is_empty() {
            return Err(applied.remarks.join("; "));
        }
        Ok(applied)
    }

    fn apply_move(&mut self, decision: &Decision, applied: &mut Applied) -> Result<(), String> {
        let slot = self.find(&decision.issues[0], &decision.clauses)?;
        self.put_all(slot, applied);
        Ok(())
    }

    fn pin(&mut self, decision: &Decision, applied: &mut Applied) -> Result<(), String> {
        let name = decision.name.clone().unwrap_or_default();
        let slot = match self.named(&name) {
            Some(slot) => slot,
            None => self.add(Issue::given(&name, Vec::new())),
        };
        self.put_all(slot, applied);
        self.name(slot, decision.name.as_ref(), applied)
    }

    fn split(&mut self, decision: &Decision, applied: &mut Applied) -> Result<(), String> {
        if let Some(taken) = decision
            .name
            .as_ref()
            .filter(|name| self.named(name).is_some())
        {
            return Err(format!("there is an issue `{taken}` already"));
        }
        let sources: Vec<Slot> = applied
            .clauses
            .iter()
            .filter_map(|clause| self.place_of.get(clause).copied())
            .collect();
        let slot = self.add(Issue::found(Vec::new()));
        self.put_all(slot, applied);
        let left = sources.into_iter().filter(|source| self.is_there(*source));
        applied
            .claims
            .extend(left.map(|source| Claim::Different(slot, source)));
        match &decision.name {
            Some(_) => self.name(slot, decision.name.as_ref(), applied),
            None => Ok(()),
        }
    }

    fn merge(&mut self, decision: &Decision, applied: &mut Applied) -> Result<(), String> {
        let slots = decision.issues.iter().map(|mark| self.find(mark, &[]));
        let slots: Vec<Slot> = slots.collect::<Result<_, _>>()?;
        let target = slots[0];
        let holder = decision.name.as_ref().and_then(|name| self.named(name));
        if let Some(holder) = holder.filter(|holder| !slots.contains(holder)) {
            let name = self.held[holder].issue.name.clone().unwrap_or_default();
            return Err(format!("there is another issue `{name}` already"));
        }
        for &slot in slots.iter().filter(|slot| **slot != target) {
            if self.held[slot].merged_into.is_some() {
                continue;
            }
            for clause in self.held[slot].issue.clauses.clone() {
                self.put(clause, target);
            }
            let old_name = self.held[slot].issue.name.take();
            let stays_empty = self.held[slot].stays_empty;
            let is_given = self.held[slot].issue.origin == Origin::Given;
            let kept = &mut self.held[target];
            kept.stays_empty |= stays_empty;
            if is_given {
                kept.issue.origin = Origin::Given;
            }
            if kept.issue.name.is_none() {
                kept.issue.name = old_name;
            }
            self.held[slot].merged_into = Some(target);
        }
        let merged = slots.iter().map(|slot| Claim::One(*slot, target));
        applied.claims.extend(merged);
        match &decision.name {
            Some(_) => self.name(target, decision.name.as_ref(), applied),
            None => Ok(()),
        }
    }

    /// Takes one of two clauses out of their common issue: the one whose leaving undoes fewer
    /// decisions, else the later in the corpus.
    fn keep_apart(&mut self, applied: &mut Applied) -> Result<(), String> {
        let [first, second] = applied.clauses[..] else {
            return Err(applied.remarks.join("; "));
        };
        applied.claims.push(Claim::Apart(first, second));
        if self.holds(&applied.claims[0]) {
            return Ok(());
        }
        let Some(&shared) = self.place_of.get(&first) else {
            return Ok(());
        };
        let own = self.add(Issue::found(Vec::new()));
        let mut n_undone_without = |clause: ClauseId| {
            self.put(clause, own);
            let claims = self.applied.iter().flat_map(|applied| &applied.claims);
            let n_undone = claims.filter(|claim| !self.holds(claim)).count();
            self.put(clause, shared);
            n_undone
        };
        let leaves = if n_undone_without(first) < n_undone_without(second) {
            first
        } else {
            second
        };
        self.put(leaves, own);
        Ok(())
    }

    /// Returns the issue a mark means: the one a person gave its name, else the one that holds most
    /// of its anchors, the first clause deciding between equals. The clauses of `but` are no anchors.
    fn find(&self, mark: &IssueMark, but: &[ClauseMark]) -> Result<Slot, String> {
        if let Some(slot) = self.named(&mark.name) {
            return Ok(slot);
        }
        let mut n_anchors: BTreeMap<Slot, (usize, ClauseId)> = BTreeMap::new();
        for anchor in mark.anchors.iter().filter(|anchor| !but.contains(anchor)) {
            let (Known::Same(clause) | Known::Changed(clause)) = self.known.find(anchor) else {
                continue;
            };
            if let Some(slot) = self.place_of.get(&clause) {
                let counted = n_anchors.entry(*slot).or_insert((0, clause));
                counted.0 += 1;
                counted.1 = counted.1.min(clause);
            }
        }
        n_anchors
            .into_iter()
            .max_by_key(|(_, (n, first))| (*n, std::cmp::Reverse(*first)))
            .map(|(slot, _)| slot)
            .ok_or_else(|| {
                let n_anchors = mark.anchors.len();
                let name = &mark.name;
                format!("the issue `{name}` is not found, nor any of its {n_anchors} anchors")
            })
    }

    /// Returns the issue that a person gave this name.
    fn named(&self, name: &str) -> Option<Slot> {
        let wanted = fold_name(name);
        let is_it = |held: &Held| {
            let own = held.issue.name.as_ref();
            held.merged_into.is_none() && own.is_some_and(|own| fold_name(own) == wanted)
        };
        (0..self.held.len()).find(|&slot| self.is_there(slot) && is_it(&self.held[slot]))
    }

    /// Gives an issue a name that no other has; a row that a person named is always shown.
    fn name(
        &mut self,
        slot: Slot,
        name: Option<&String>,
        applied: &mut Applied,
    ) -> Result<(), String> {
        let Some(name) = name else { return Ok(()) };
        if self.named(name).is_some_and(|holder| holder != slot) {
            return Err(format!("there is another issue `{name}` already"));
        }
        self.held[slot].issue.name = Some(name.clone());
        self.held[slot].issue.origin = Origin::Given;
        applied.claims.push(Claim::Named(slot, name.clone()));
        Ok(())
    }

    fn add(&mut self, issue: Issue) -> Slot {
        self.held.push(Held {
            issue,
            stays_empty: false,
            merged_into: None,
        });
        self.held.len() - 1
    }

    fn put_all(&mut self, slot: Slot, applied: &mut Applied) {
        for &clause in &applied.clauses {
            self.put(clause, slot);
            applied.claims.push(Claim::In(clause, slot));
        }
    }

    /// Puts a clause into an issue, in order, and takes it out of the one it was in.
    fn put(&mut self, clause: ClauseId, slot: Slot) {
        if let Some(old) = self.place_of.insert(clause, slot) {
            self.held[old]
                .issue
                .clauses
                .retain(|other| *other != clause);
        }
        let clauses = &mut self.held[slot].issue.clauses;
        let place = clauses.partition_point(|other| *other < clause);
        clauses.insert(place, clause);
    }

    /// Returns the issue that an issue has become part of, or itself.
    fn root(&self, mut slot: Slot) -> Slot {
        while let Some(next) = self.held[slot].merged_into {
            slot = next;
        }
        slot
    }

    /// Returns whether an issue is in the result.
    fn is_there(&self, slot: Slot) -> bool {
        let held = &self.held[slot];
        held.merged_into.is_none() && (held.stays_empty || !held.issue.clauses.is_empty())
    }

    fn holds(&self, claim: &Claim) -> bool {
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

    fn outcome(
        &self,
        number: usize,
        decision: &Decision,
        result: Result<usize, String>,
    ) -> Outcome {
        let mut outcome = Outcome {
            number,
            action: decision.action,
            decision: decision.in_words(),
            status: Status::NotApplied,
            remark: String::new(),
            clauses: Vec::new(),
        };
        match result {
            Err(why) => outcome.remark = why,
            Ok(place) => {
                let applied = &self.applied[place];
                let key = |clause: &ClauseId| self.known.key(*clause).to_owned();
                outcome.clauses = applied.clauses.iter().map(key).collect();
                let is_held = applied.claims.iter().all(|claim| self.holds(claim));
                (outcome.status, outcome.remark) = if is_held {
                    (Status::Applied, applied.remarks.join("; "))
                } else {
                    let why = "a later decision contradicts it".to_owned();
                    (Status::Overridden, why)
                };
            }
        }
        outcome
    }

    fn into_issues(self) -> Vec<Issue> {
        let is_there: Vec<bool> = (0..self.held.len())
            .map(|slot| self.is_there(slot))
            .collect();
        self.held
            .into_iter()
            .zip(is_there)
            .filter(|(_, is_there)| *is_there)
            .map(|(held, _)| held.issue)
            .collect()
    }
}
