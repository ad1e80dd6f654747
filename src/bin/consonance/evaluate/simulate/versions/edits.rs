//! A text and the same text edited, with what is to be told of each edit.

use std::collections::BTreeSet;

use consonance::clause::ClauseKind;
use consonance::corpus::{Clause, Corpus};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_xoshiro::Xoshiro256PlusPlus;
use serde_json::json;

use super::expected::{Expected, Operation};
use super::wording::{halves, stronger, weaker};

/// The edits of each kind.
const EDITS: [(Operation, usize); 8] = [
    (Operation::Merged, 7),
    (Operation::Split, 7),
    (Operation::Weakened, 9),
    (Operation::Strengthened, 9),
    (Operation::Moved, 6),
    (Operation::Dropped, 5),
    (Operation::New, 6),
    (Operation::Kept, 5),
];
/// The fewest words of a clause that is edited.
const MIN_WORDS: usize = 6;

/// A text and the same text edited, as clauses for the library to read.
pub(super) struct Edited {
    pub(super) before: String,
    pub(super) after: String,
    pub(super) expected: Vec<Expected>,
}

/// A clause in preparation.
#[derive(Clone)]
struct Item {
    heading: Option<String>,
    lead_in: Option<String>,
    text: String,
    /// The index of the edit it comes from.
    edit: Option<usize>,
}

/// Edits in preparation.
struct Editor<'c> {
    random: Xoshiro256PlusPlus,
    /// The clauses of the edited text, those of one place together; empty if dropped.
    slots: Vec<Vec<Item>>,
    operations: Vec<(Operation, BTreeSet<usize>)>,
    is_edited: Vec<bool>,
    other: &'c [Item],
}

/// Edits a text by a seed; new clauses come from another text.
pub(super) fn edit(corpus: &Corpus, other: &Corpus, seed: u64) -> Edited {
    let (items, others) = (items_of(corpus), items_of(other));
    let mut editor = Editor {
        random: Xoshiro256PlusPlus::seed_from_u64(seed),
        slots: items.iter().map(|item| vec![item.clone()]).collect(),
        operations: Vec::new(),
        is_edited: vec![false; items.len()],
        other: &others,
    };
    for (operation, n) in EDITS {
        editor.apply(operation, n);
    }
    editor.finish(&items)
}

fn items_of(corpus: &Corpus) -> Vec<Item> {
    let is_provision = |clause: &Clause| {
        !matches!(
            clause.kind,
            ClauseKind::Heading | ClauseKind::Note | ClauseKind::Names | ClauseKind::Furniture
        )
    };
    let ids = corpus
        .clause_ids()
        .filter(|id| is_provision(corpus.clause(*id)));
    let item = |id| {
        let clause = corpus.clause(id);
        Item {
            heading: clause.heading.as_deref().map(str::to_owned),
            lead_in: clause.lead_in.as_deref().map(str::to_owned),
            text: corpus
                .text(id)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            edit: None,
        }
    };
    ids.map(item).collect()
}

impl Editor<'_> {
    /// Makes so many edits of a kind, or as many as there are clauses that it fits.
    fn apply(&mut self, operation: Operation, n: usize) {
        let mut places: Vec<usize> = (0..self.slots.len()).collect();
        places.shuffle(&mut self.random);
        let mut n_left = n;
        for place in places {
            if n_left > 0 && self.is_open(place) && self.edit(operation, place).is_some() {
                n_left -= 1;
            }
        }
    }

    fn is_open(&self, place: usize) -> bool {
        let item = self.slots[place].first();
        let n_words = item.map_or(0, |item| item.text.split_whitespace().count());
        !self.is_edited[place] && n_words >= MIN_WORDS
    }

    fn edit(&mut self, operation: Operation, place: usize) -> Option<()> {
        let edit = Some(self.operations.len());
        let item = Item {
            edit,
            ..self.slots[place].first()?.clone()
        };
        let with = |text: String| Item {
            text,
            ..item.clone()
        };
        let slot = match operation {
            Operation::Kept => vec![item],
            Operation::Weakened => vec![with(weaker(&item.text, &mut self.random)?)],
            Operation::Strengthened => vec![with(stronger(&item.text, &mut self.random)?)],
            Operation::Split => halves(&item.text)?.map(with).to_vec(),
            Operation::Merged => vec![self.merged(item, place)?],
            Operation::Dropped => Vec::new(),
            Operation::New => {
                let new = self.other.choose(&mut self.random)?;
                let n_words = new.text.split_whitespace().count();
                let new = Item {
                    edit,
                    ..new.clone()
                };
                let kept = self.slots[place][0].clone();
                (n_words >= MIN_WORDS).then(|| vec![kept, new])?
            }
            Operation::Moved => return self.move_away(item, place),
        };
        let origins = match operation {
            Operation::New => BTreeSet::new(),
            Operation::Merged => [place, place + 1].into(),
            _ => [place].into(),
        };
        self.record(operation, place, origins);
        self.slots[place] = slot;
        Some(())
    }

    fn record(&mut self, operation: Operation, place: usize, origins: BTreeSet<usize>) {
        self.operations.push((operation, origins));
        self.is_edited[place] = true;
    }

    /// Joins a clause with the next one.
    fn merged(&mut self, item: Item, place: usize) -> Option<Item> {
        let next = place + 1;
        if next >= self.slots.len() || !self.is_open(next) {
            return None;
        }
        let second = self.slots[next].pop()?;
        self.is_edited[next] = true;
        Some(Item {
            text: format!("{} {}", item.text, second.text),
            ..item
        })
    }

    /// Moves a clause to behind one that is further away than its own words are many.
    fn move_away(&mut self, item: Item, place: usize) -> Option<()> {
        let n_words = |slots: &[Vec<Item>]| -> usize {
            let items = slots.iter().flatten();
            items.map(|item| item.text.split_whitespace().count()).sum()
        };
        let own = item.text.split_whitespace().count();
        let is_far = |target: &usize| {
            let between = if *target > place {
                &self.slots[place + 1..=*target]
            } else {
                &self.slots[*target + 1..place]
            };
            n_words(between) > 2 * own
        };
        let targets: Vec<usize> = (0..self.slots.len())
            .filter(|target| *target != place && !self.is_edited[*target])
            .filter(is_far)
            .collect();
        let target = *targets.choose(&mut self.random)?;
        self.record(Operation::Moved, place, [place].into());
        self.is_edited[target] = true;
        self.slots[place].clear();
        self.slots[target].push(item);
        Some(())
    }

    fn finish(self, before: &[Item]) -> Edited {
        let after: Vec<Item> = self.slots.into_iter().flatten().collect();
        let expected = self
            .operations
            .iter()
            .enumerate()
            .map(|(edit, (operation, origins))| {
                let made = after.iter().enumerate();
                let made = made.filter(|(_, item)| item.edit == Some(edit));
                Expected {
                    operation: *operation,
                    before: origins.iter().map(|place| id("before", *place)).collect(),
                    after: made.map(|(place, _)| id("after", place)).collect(),
                }
            });
        Edited {
            expected: expected.collect(),
            before: lines("before", before),
            after: lines("after", &after),
        }
    }
}

fn id(side: &str, place: usize) -> String {
    format!("{side}/{place}")
}

fn lines(side: &str, items: &[Item]) -> String {
    let line = |(place, item): (usize, &Item)| {
        let number = (place + 1).to_string();
        let (heading, lead_in) = (&item.heading, &item.lead_in);
        let line = json!({
            "id": id(side, place), "agreement": side, "clause": number, "kind": "norm", "lang": "en",
            "heading": heading, "lead_in": lead_in, "text": item.text,
        });
        format!("{line}\n")
    };
    items.iter().enumerate().map(line).collect()
}
