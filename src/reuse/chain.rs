//! [`ReuseChain`]: one phrase and the agreements that have it, in order of time.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::corpus::{Corpus, DatedClause};
use crate::id::ClauseId;
use crate::reuse::boilerplate::n_agreements;
use crate::reuse::passages::{Passages, Run};

/// A phrase and all clauses that have it, with the words they share with each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ReuseChain {
    /// The words that most of its clauses share, as its first clause has them.
    pub words: String,
    /// The number of agreements.
    pub n_agreements: usize,
    /// The number of processes.
    pub n_processes: usize,
    /// Its clauses, the first published first, then those without a date.
    pub members: Vec<ChainMember>,
}

/// A clause of a chain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ChainMember {
    /// The clause.
    pub clause: DatedClause,
    /// The bytes of its text that it shares with others in the chain.
    pub range: Range<usize>,
    /// These words.
    pub words: String,
    /// The index of the earlier member with which it shares the most words. `None` for the first
    /// member, for a member as old as all those it shares words with, and if a date is missing.
    pub parent: Option<usize>,
    /// The number of consecutive words it shares with that member.
    pub n_shared: usize,
}

/// A part of a clause that occurs in other clauses, by word positions in the whole corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Spot {
    clause: ClauseId,
    start: usize,
    end: usize,
}

/// Returns the reuse chains of some passages, those of the most processes and agreements first.
///
/// Two passages belong to one chain if they overlap in a clause by at least half of the longer one.
/// The parent of each clause is the earlier clause with which it shares the longest passage: the most
/// direct possible path of the words, not a proof that they took it. Costs `n log n` in the passages.
pub(crate) fn chains(corpus: &Corpus, passages: &Passages, runs: &[Run]) -> Vec<ReuseChain> {
    let spots: Vec<[Spot; 2]> = runs.iter().map(|run| spots_of(passages, *run)).collect();
    let mut all: Vec<Spot> = spots.iter().flatten().copied().collect();
    all.sort_unstable();
    all.dedup();
    let mut groups = Groups::new(all.len());
    let place_of = |spot: &Spot| all.binary_search(spot).unwrap_or_default();
    for [a, b] in &spots {
        groups.join(place_of(a), place_of(b));
    }
    join_overlapping(&all, &mut groups);
    let mut runs_of: BTreeMap<usize, Vec<[Spot; 2]>> = BTreeMap::new();
    for pair in spots {
        let group = groups.first_of(place_of(&pair[0]));
        runs_of.entry(group).or_default().push(pair);
    }
    let chain = |pairs: Vec<[Spot; 2]>| chain_of(corpus, passages, &pairs);
    let mut chains: Vec<ReuseChain> = runs_of.into_values().map(chain).collect();
    chains.sort_by_cached_key(|chain| {
        let size = (chain.n_processes, chain.n_agreements, chain.words.len());
        let first = chain.members.first().map(|member| member.clause.id.clone());
        (Reverse(size), first)
    });
    chains
}

fn spots_of(passages: &Passages, run: Run) -> [Spot; 2] {
    [run, run.turned()].map(|run| Spot {
        clause: passages.clauses_of(run)[0],
        start: run.places().start,
        end: run.places().end,
    })
}

fn join_overlapping(spots: &[Spot], groups: &mut Groups) {
    for (place, spot) in spots.iter().enumerate() {
        let later = spots.iter().enumerate().skip(place + 1);
        for (other_place, other) in later {
            if other.clause != spot.clause || other.start >= spot.end {
                break;
            }
            let shared = spot.end.min(other.end) - other.start;
            let longer = (spot.end - spot.start).max(other.end - other.start);
            if shared * 2 >= longer {
                groups.join(place, other_place);
            }
        }
    }
}

fn chain_of(corpus: &Corpus, passages: &Passages, pairs: &[[Spot; 2]]) -> ReuseChain {
    let mut extent: BTreeMap<ClauseId, (usize, usize)> = BTreeMap::new();
    for spot in pairs.iter().flatten() {
        let extent = extent.entry(spot.clause).or_insert((spot.start, spot.end));
        *extent = (extent.0.min(spot.start), extent.1.max(spot.end));
    }
    let member = |(clause, (start, end))| {
        let range = passages.words().bytes(start..end);
        let member = ChainMember {
            clause: DatedClause::of(corpus, clause),
            words: corpus.text(clause)[range.clone()].to_owned(),
            range,
            parent: None,
            n_shared: 0,
        };
        (clause, member)
    };
    let mut members: Vec<(ClauseId, ChainMember)> = extent.into_iter().map(member).collect();
    members.sort_by_key(|(clause, member)| {
        let date = member.clause.published.map(|date| date.sort_key());
        (date.is_none(), date, *clause)
    });
    find_parents(&mut members, pairs);
    let clauses: BTreeSet<ClauseId> = members.iter().map(|(clause, _)| *clause).collect();
    let processes = clauses.iter().map(|clause| corpus.process_of(*clause));
    ReuseChain {
        words: common_words(corpus, passages, pairs),
        n_agreements: n_agreements(corpus, &clauses),
        n_processes: processes.collect::<BTreeSet<_>>().len(),
        members: members.into_iter().map(|(_, member)| member).collect(),
    }
}

/// Makes the earlier member that shares the longest passage with a member its parent.
fn find_parents(members: &mut [(ClauseId, ChainMember)], pairs: &[[Spot; 2]]) {
    let clauses = members.iter().map(|(clause, _)| *clause);
    let place_of: BTreeMap<ClauseId, usize> = clauses.zip(0..).collect();
    for [a, b] in pairs {
        let (first, second) = (place_of[&a.clause], place_of[&b.clause]);
        let (earlier, later) = (first.min(second), first.max(second));
        let dates = [earlier, later].map(|place| members[place].1.clause.published);
        let is_earlier = matches!(dates, [Some(x), Some(y)] if x.order(&y).is_lt());
        let member = &mut members[later].1;
        let best = (
            member.n_shared,
            Reverse(member.parent.unwrap_or(usize::MAX)),
        );
        let n_shared = a.end - a.start;
        if is_earlier && (n_shared, Reverse(earlier)) > best {
            member.parent = Some(earlier);
            member.n_shared = n_shared;
        }
    }
}

/// Returns the words of the passage in the most clauses; the longest of these if there are several.
fn common_words(corpus: &Corpus, passages: &Passages, pairs: &[[Spot; 2]]) -> String {
    let mut clauses_of: BTreeMap<&[u32], (BTreeSet<ClauseId>, Spot)> = BTreeMap::new();
    for [a, b] in pairs {
        let words = &passages.words().lists().all()[a.start..a.end];
        let (clauses, first) = clauses_of.entry(words).or_insert((BTreeSet::new(), *a));
        clauses.extend([a.clause, b.clause]);
        *first = (*first).min(*a);
    }
    let most = clauses_of
        .into_values()
        .max_by_key(|(clauses, spot)| (clauses.len(), spot.end - spot.start, Reverse(*spot)));
    most.map(|(_, spot)| {
        corpus.text(spot.clause)[passages.words().bytes(spot.start..spot.end)].to_owned()
    })
    .unwrap_or_default()
}

/// Disjoint sets of positions (Galler and Fischer, 1964); each set is named by its first position.
struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    fn new(n: usize) -> Self {
        Self {
            parent: (0..n).collect(),
        }
    }

    fn first_of(&mut self, mut place: usize) -> usize {
        while self.parent[place] != place {
            self.parent[place] = self.parent[self.parent[place]];
            place = self.parent[place];
        }
        place
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first_of(a), self.first_of(b));
        self.parent[a.max(b)] = a.min(b);
    }
}
