//! [`sheets`]: a comparison of two versions as the paragraphs of a document with tracked changes.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::finding::{ClauseChange, Revision, VersionClause, VersionStep, revisions};
use crate::report::form::visible::one_line;
use crate::reuse::Fate;

/// A paragraph, or several that were one in the other version.
pub(super) struct Sheet<'s> {
    pub(super) kind: SheetKind,
    /// Whether it is in both versions, or in one of them only.
    pub(super) fate: Fate,
    /// Its words; in those of a clause that was split or merged, a line end is between two parts.
    pub(super) revisions: Vec<Revision>,
    /// What became of the clause; `None` for headings and lead-ins.
    pub(super) change: Option<&'s ClauseChange>,
}

/// The kind of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SheetKind {
    Heading,
    LeadIn,
    Clause,
}

/// A paragraph of one version, in its order.
struct Unit {
    kind: SheetKind,
    text: String,
    /// The index of the change that the clause belongs to; `None` for headings and lead-ins.
    change: Option<usize>,
}

/// A version, as its paragraphs, and where the clauses of each change are among them.
#[derive(Default)]
struct Side {
    units: Vec<Unit>,
    places: BTreeMap<usize, Range<usize>>,
}

/// Returns the paragraphs of both versions in one order: without what was inserted they are the earlier version,
/// without what was deleted the later one. What moved is deleted in one place and inserted in the other, and so
/// are split and merged clauses with other paragraphs between their parts.
pub(super) fn sheets(step: &VersionStep) -> Vec<Sheet<'_>> {
    let old = Side::of(step, |change| &change.before);
    let new = Side::of(step, |change| &change.after);
    let mut sheets = Vec::new();
    let (mut a, mut b) = (0, 0);
    for (index, was) in old.in_order() {
        let is = new
            .places
            .get(index)
            .filter(|_| !step.changes[*index].is_moved);
        let Some(is) = is.filter(|is| was.start >= a && is.start >= b) else {
            continue;
        };
        between(
            &mut sheets,
            step,
            [&old.units[a..was.start], &new.units[b..is.start]],
        );
        let units = [&old.units[was.clone()], &new.units[is.clone()]];
        sheets.push(together(&step.changes[*index], units));
        (a, b) = (was.end, is.end);
    }
    between(&mut sheets, step, [&old.units[a..], &new.units[b..]]);
    sheets
}

/// Returns the clauses of a change that keeps its place.
fn together<'s>(change: &'s ClauseChange, [old, new]: [&[Unit]; 2]) -> Sheet<'s> {
    Sheet {
        kind: SheetKind::Clause,
        fate: Fate::Kept,
        revisions: revisions(&texts_of(old), &texts_of(new)),
        change: Some(change),
    }
}

impl Side {
    fn of(step: &VersionStep, clauses_of: fn(&ClauseChange) -> &Vec<VersionClause>) -> Self {
        let changes = step.changes.iter().enumerate();
        let mut clauses: Vec<(usize, &VersionClause)> = changes
            .flat_map(|(index, change)| clauses_of(change).iter().map(move |of| (index, of)))
            .collect();
        clauses.sort_by_key(|(_, clause)| clause.place);
        let mut side = Self::default();
        let mut last: Option<&VersionClause> = None;
        for (index, clause) in clauses {
            side.push_surroundings(clause, last);
            side.push_clause(index, clause);
            last = Some(clause);
        }
        side.keep_whole(step, clauses_of);
        side
    }

    fn push_clause(&mut self, index: usize, clause: &VersionClause) {
        let place = self.units.len();
        self.units.push(Unit {
            kind: SheetKind::Clause,
            text: labeled(clause),
            change: Some(index),
        });
        let places = self.places.entry(index).or_insert(place..place);
        places.end = place + 1;
    }

    /// Adds the heading and the lead-in of a clause, unless they are those of the clause before it.
    fn push_surroundings(&mut self, clause: &VersionClause, last: Option<&VersionClause>) {
        let is_new_heading = last.is_none_or(|last| last.heading != clause.heading);
        let heading = clause.heading.as_deref().filter(|_| is_new_heading);
        let is_new = is_new_heading || last.is_none_or(|last| last.lead_in() != clause.lead_in());
        let lead_in = clause.lead_in().filter(|_| is_new);
        for (kind, words) in [(SheetKind::Heading, heading), (SheetKind::LeadIn, lead_in)] {
            self.units.extend(words.map(|words| Unit {
                kind,
                text: one_line(words),
                change: None,
            }));
        }
    }

    /// Leaves only the places of changes whose clauses follow each other with nothing between them.
    fn keep_whole(
        &mut self,
        step: &VersionStep,
        clauses_of: fn(&ClauseChange) -> &Vec<VersionClause>,
    ) {
        let n_clauses = |index: &usize| clauses_of(&step.changes[*index]).len();
        self.places
            .retain(|index, places| places.len() == n_clauses(index));
    }

    /// Returns the changes and where they are, in the order of the text.
    fn in_order(&self) -> Vec<(&usize, &Range<usize>)> {
        let mut places: Vec<_> = self.places.iter().collect();
        places.sort_by_key(|(_, places)| places.start);
        places
    }
}

/// Adds paragraphs that are in one version only, and headings and lead-ins that are in both.
fn between<'s>(sheets: &mut Vec<Sheet<'s>>, step: &'s VersionStep, [old, new]: [&[Unit]; 2]) {
    let (mut a, mut b) = (0, 0);
    for (place, unit) in old.iter().enumerate() {
        let is_same = |other: &Unit| {
            unit.change.is_none() && unit.kind == other.kind && unit.text == other.text
        };
        if let Some(distance) = new[b..].iter().position(is_same) {
            push_alone(sheets, step, [&old[a..place], &new[b..b + distance]]);
            sheets.push(alone(step, unit, Fate::Kept));
            (a, b) = (place + 1, b + distance + 1);
        }
    }
    push_alone(sheets, step, [&old[a..], &new[b..]]);
}

fn push_alone<'s>(sheets: &mut Vec<Sheet<'s>>, step: &'s VersionStep, [old, new]: [&[Unit]; 2]) {
    sheets.extend(old.iter().map(|unit| alone(step, unit, Fate::Deleted)));
    sheets.extend(new.iter().map(|unit| alone(step, unit, Fate::Inserted)));
}

fn alone<'s>(step: &'s VersionStep, unit: &Unit, fate: Fate) -> Sheet<'s> {
    Sheet {
        kind: unit.kind,
        fate,
        revisions: vec![Revision {
            fate,
            words: unit.text.clone(),
        }],
        change: unit.change.map(|index| &step.changes[index]),
    }
}

fn texts_of(units: &[Unit]) -> Vec<&str> {
    units.iter().map(|unit| unit.text.as_str()).collect()
}

/// Returns a clause on one line, its official number before it.
fn labeled(clause: &VersionClause) -> String {
    let words = one_line(clause.text());
    match &clause.quoted.label {
        Some(label) => format!("{label} {words}"),
        None => words,
    }
}
