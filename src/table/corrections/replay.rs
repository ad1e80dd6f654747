//! Replaying corrections: applies the decisions in order to the issues of a run, and then checks that
//! what was applied is consistent.

use std::collections::{BTreeMap, BTreeSet};

use crate::corpus::Corpus;
use crate::error::named;
use crate::id::ClauseId;
use crate::table::corrections::anchor::{ClauseAnchor, IssueAnchor, Known, KnownClauses};
use crate::table::corrections::checked::Checked;
use crate::table::corrections::decision::{Action, Corrections, Decision};
use crate::table::corrections::held::{Claim, HeldIssues, Slot};
use crate::table::corrections::outcome::{Outcome, Status};
use crate::table::issue::Issue;

/// The most clauses that a message names.
const MAX_NAMED: usize = 8;

/// What a decision did: the claims it makes, its clauses, and notes.
#[derive(Debug, Default)]
struct Applied {
    claims: Vec<Claim>,
    clauses: Vec<ClauseId>,
    /// Those of the clauses whose words changed a little.
    changed: BTreeSet<ClauseId>,
    /// Where each row of a check is; `None` if it is not found.
    checked: Vec<Option<Slot>>,
    remarks: Vec<String>,
}

/// The clauses that an issue had when a decision was taken.
#[derive(Debug, Default)]
struct Members {
    found: BTreeSet<ClauseId>,
    /// Those of the found whose words changed a little.
    changed: Vec<ClauseId>,
    /// The citations of those that are not found.
    lost: Vec<String>,
}

/// The issues while decisions are replayed.
#[derive(Debug)]
struct Replay<'c> {
    known: KnownClauses<'c>,
    issues: HeldIssues,
    /// The decisions applied so far.
    applied: Vec<Applied>,
}

impl Corrections {
    /// Replays the decisions on the issues of a run; returns the corrected issues, and the outcome of
    /// each decision.
    ///
    /// Decisions are applied in order. At the end each is checked against the result: one that a later
    /// decision contradicts is reported as overridden. A decision about several clauses is applied to those
    /// that exist. Costs the clauses of all decisions, and for each `not-same` the preceding decisions.
    pub(crate) fn replay(&self, corpus: &Corpus, issues: Vec<Issue>) -> (Vec<Issue>, Vec<Outcome>) {
        let mut replay = Replay {
            known: KnownClauses::of(corpus),
            issues: HeldIssues::of(issues),
            applied: Vec::new(),
        };
        let mut apply = |decision: &Decision| {
            let applied = replay.apply(decision)?;
            replay.applied.push(applied);
            Ok(replay.applied.len() - 1)
        };
        let decisions = &self.decisions;
        let results: Vec<Result<usize, String>> = decisions.iter().map(&mut apply).collect();
        let outcomes = (1..).zip(decisions).zip(results);
        let outcomes = outcomes
            .map(|((number, decision), result)| replay.outcome(number, decision, result))
            .collect();
        (replay.issues.into_issues(), outcomes)
    }
}

impl Replay<'_> {
    fn apply(&mut self, decision: &Decision) -> Result<Applied, String> {
        let mut applied = self.clauses_of(decision)?;
        match decision.action {
            Action::Move => {
                let slot = self.find(&decision.issues[0], &decision.clauses)?;
                self.put_all(slot, &mut applied);
            }
            Action::Merge => self.merge(decision, &mut applied)?,
            Action::Split => self.split(decision, &mut applied)?,
            Action::Rename => {
                let slot = self.find(&decision.issues[0], &[])?;
                self.name(slot, decision, &mut applied)?;
            }
            Action::Pin => self.pin(decision, &mut applied)?,
            Action::NotSame => self.keep_apart(&mut applied)?,
            Action::Also => {
                let slot = self.find(&decision.issues[0], &[])?;
                for &clause in &applied.clauses {
                    self.issues.put_also(clause, slot);
                    applied.claims.push(Claim::Also(clause, slot));
                }
            }
            Action::Check | Action::Open => self.check(decision, &mut applied)?,
            Action::Alone => {
                for &clause in &applied.clauses {
                    self.issues.leave_further(clause);
                    let slot = self.issues.add(Issue::found(Vec::new()));
                    self.issues.put(clause, slot);
                    applied.claims.push(Claim::Alone(clause));
                }
            }
        }
        Ok(applied)
    }

    /// Finds the clauses of a decision; at least one must exist if it names any.
    fn clauses_of(&self, decision: &Decision) -> Result<Applied, String> {
        let mut applied = Applied::default();
        for mark in &decision.clauses {
            match self.known.find(mark) {
                Known::Same(clause) => applied.clauses.push(clause),
                Known::Changed(clause) => {
                    applied.clauses.push(clause);
                    applied.changed.insert(clause);
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

    fn pin(&mut self, decision: &Decision, applied: &mut Applied) -> Result<(), String> {
        let name = decision.name.as_deref().unwrap_or_default();
        let slot = match self.issues.named(name) {
            Some(slot) => slot,
            None => self.issues.add(Issue::given(name, Vec::new())),
        };
        self.put_all(slot, applied);
        self.name(slot, decision, applied)
    }

    fn split(&mut self, decision: &Decision, applied: &mut Applied) -> Result<(), String> {
        let is_taken = |name: &&String| self.issues.named(name).is_some();
        if let Some(taken) = decision.name.as_ref().filter(is_taken) {
            return Err(format!("there is an issue `{taken}` already"));
        }
        let clauses = applied.clauses.iter();
        let sources: Vec<Slot> = clauses.filter_map(|c| self.issues.place_of(*c)).collect();
        let slot = self.issues.add(Issue::found(Vec::new()));
        self.put_all(slot, applied);
        let left = sources
            .into_iter()
            .filter(|slot| self.issues.is_there(*slot));
        let left = left.map(|source| Claim::Different(slot, source));
        applied.claims.extend(left);
        self.name(slot, decision, applied)
    }

    fn merge(&mut self, decision: &Decision, applied: &mut Applied) -> Result<(), String> {
        let slots = decision.issues.iter().map(|mark| self.find(mark, &[]));
        let slots: Vec<Slot> = slots.collect::<Result<_, _>>()?;
        let name = decision.name.as_ref();
        let holder = name.and_then(|name| self.issues.named(name));
        if let Some(holder) = holder.filter(|holder| !slots.contains(holder)) {
            return Err(self.issues.refusal(holder));
        }
        let target = slots[0];
        for slot in slots {
            self.issues.merge(slot, target);
            applied.claims.push(Claim::One(slot, target));
        }
        self.name(target, decision, applied)
    }

    /// Takes one of two clauses out of their common issue: the one whose removal undoes fewer
    /// decisions, otherwise the later one in the corpus.
    fn keep_apart(&mut self, applied: &mut Applied) -> Result<(), String> {
        let [first, second] = applied.clauses[..] else {
            return Err(applied.remarks.join("; "));
        };
        applied.claims.push(Claim::Apart(first, second));
        self.issues.part(first, second);
        if self.issues.holds(&applied.claims[0]) {
            return Ok(());
        }
        let Some(shared) = self.issues.place_of(first) else {
            return Ok(());
        };
        let own = self.issues.add(Issue::found(Vec::new()));
        let mut n_undone_without = |clause: ClauseId| {
            self.issues.put(clause, own);
            let claims = self.applied.iter().flat_map(|applied| &applied.claims);
            let n_undone = claims.filter(|claim| !self.issues.holds(claim)).count();
            self.issues.put(clause, shared);
            n_undone
        };
        let is_first = n_undone_without(first) < n_undone_without(second);
        self.issues.put(if is_first { first } else { second }, own);
        Ok(())
    }

    /// Finds the rows of a check. A row that was checked as a whole must be there.
    fn check(&mut self, decision: &Decision, applied: &mut Applied) -> Result<(), String> {
        for mark in &decision.issues {
            // A checked clause may be elsewhere now: the others tell better which row it was in.
            let others = self.find(mark, &decision.clauses);
            match others.or_else(|_| self.find(mark, &[])) {
                Ok(slot) => {
                    applied.claims.push(Claim::There(slot));
                    applied.checked.push(Some(slot));
                }
                Err(why) if decision.clauses.is_empty() => return Err(why),
                Err(why) => {
                    applied.checked.push(None);
                    applied.remarks.push(why);
                }
            }
        }
        Ok(())
    }

    /// Returns what changed in a row since a person checked it as a whole.
    fn changes(&self, decision: &Decision, slot: Slot) -> Vec<String> {
        let now = self.issues.clauses_of(slot);
        let then = self.members(&decision.issues[0], &now);
        let left = self.keys(then.found.difference(&now));
        let changes = [
            ("it lost", [left, then.lost].concat()),
            ("it took in", self.keys(now.difference(&then.found))),
            ("other words have", self.keys(&then.changed)),
        ];
        let changes = changes
            .into_iter()
            .filter(|(_, clauses)| !clauses.is_empty());
        let told = changes.map(|(what, clauses)| {
            format!("since then {what} {}", named(clauses.iter(), MAX_NAMED))
        });
        told.collect()
    }

    /// Returns the clauses that were checked as members of a row and have left it, each with the name of the row.
    fn moved(&self, decision: &Decision, applied: &Applied) -> BTreeMap<String, String> {
        let mut moved = BTreeMap::new();
        for (mark, slot) in decision.issues.iter().zip(&applied.checked) {
            let now = slot.map(|slot| self.issues.clauses_of(slot));
            let now = now.unwrap_or_default();
            for anchor in decision.clauses.iter().filter(|clause| mark.had(clause)) {
                match self.known.find(anchor) {
                    Known::Same(clause) | Known::Changed(clause) if !now.contains(&clause) => {
                        moved.insert(self.known.key(clause).to_owned(), mark.name.clone());
                    }
                    _ => {}
                }
            }
        }
        moved
    }

    fn keys<'k>(&self, clauses: impl IntoIterator<Item = &'k ClauseId>) -> Vec<String> {
        let clauses = clauses.into_iter();
        clauses
            .map(|clause| self.known.key(*clause).to_owned())
            .collect()
    }

    /// Returns the clauses that an issue had when a decision was taken, as far as they are found. Of twins, which
    /// cannot be told apart, those count that are in it now.
    fn members(&self, mark: &IssueAnchor, now: &BTreeSet<ClauseId>) -> Members {
        let mut members = Members::default();
        for anchor in &mark.anchors {
            let mut twins = self.known.twins(anchor);
            let is_known = !twins.is_empty();
            twins.retain(|twin| !members.found.contains(twin));
            let twin = twins.iter().find(|twin| now.contains(twin));
            match twin.or(twins.first()) {
                Some(twin) => {
                    members.found.insert(*twin);
                }
                None if is_known => members.lost.push(anchor.in_words()),
                None => match self.known.find(anchor) {
                    Known::Same(clause) | Known::Changed(clause) => {
                        members.found.insert(clause);
                        members.changed.push(clause);
                    }
                    Known::Lost(_) => members.lost.push(anchor.in_words()),
                },
            }
        }
        members
    }

    /// Returns the issue of an anchor: the one to which a person gave its name, otherwise the one that holds
    /// most of its clauses; the first clause decides between ties. The clauses of `but` do not count.
    fn find(&self, mark: &IssueAnchor, but: &[ClauseAnchor]) -> Result<Slot, String> {
        if let Some(slot) = self.issues.named(&mark.name) {
            return Ok(slot);
        }
        let mut n_anchors: BTreeMap<Slot, (usize, ClauseId)> = BTreeMap::new();
        for anchor in mark.anchors.iter().filter(|anchor| !but.contains(anchor)) {
            let (Known::Same(clause) | Known::Changed(clause)) = self.known.find(anchor) else {
                continue;
            };
            if let Some(slot) = self.issues.place_of(clause) {
                let counted = n_anchors.entry(slot).or_insert((0, clause));
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

    /// Gives an issue the name in a decision, if there is one.
    fn name(
        &mut self,
        slot: Slot,
        decision: &Decision,
        applied: &mut Applied,
    ) -> Result<(), String> {
        if let Some(name) = &decision.name {
            applied.claims.push(self.issues.rename(slot, name)?);
        }
        Ok(())
    }

    fn put_all(&mut self, slot: Slot, applied: &mut Applied) {
        for &clause in &applied.clauses {
            self.issues.leave_further(clause);
            self.issues.put(clause, slot);
            applied.claims.push(Claim::In(clause, slot));
        }
    }

    /// Returns the outcome of a decision after all of them; notes at a row what a person said of it.
    fn outcome(
        &mut self,
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
            changed: BTreeSet::new(),
            moved: BTreeMap::new(),
        };
        let place = match result {
            Ok(place) => place,
            Err(why) => {
                outcome.remark = why;
                return outcome;
            }
        };
        let applied = &self.applied[place];
        outcome.clauses = self.keys(&applied.clauses);
        if !applied.claims.iter().all(|claim| self.issues.holds(claim)) {
            outcome.status = Status::Overridden;
            "a later decision contradicts it".clone_into(&mut outcome.remark);
            return outcome;
        }
        outcome.status = Status::Applied;
        outcome.changed = self.keys(&applied.changed).into_iter().collect();
        let mut remarks = applied.remarks.clone();
        if let ([Some(slot)], []) = (&applied.checked[..], &decision.clauses[..]) {
            let (slot, changes) = (*slot, self.changes(decision, *slot));
            remarks.extend(changes.iter().cloned());
            let since = (!changes.is_empty()).then(|| changes.join("; "));
            let checked = Checked {
                since,
                ..Checked::of(decision)
            };
            self.issues.check(slot, checked);
        } else {
            outcome.moved = self.moved(decision, applied);
            let left = outcome.moved.iter();
            remarks
                .extend(left.map(|(clause, row)| format!("since then {clause} has left `{row}`")));
        }
        outcome.remark = remarks.join("; ");
        outcome
    }
}
