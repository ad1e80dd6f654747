//! Which file uses which: no use runs up the table of rooms, and no files of a room use each other.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Modules, Target, mentions};
use super::source::Source;

/// The rooms from the ground up; those of one line use none of their line.
pub(super) const ROOMS: &[&[&str]] = &[
    &["id", "setters"],
    &["score"],
    &["error"],
    &["progress", "gallop", "matching", "setters", "digest"],
    &["language"],
    &["words"],
    &["agreement"],
    &["provision"],
    &["read"],
    &["deontic"],
    &["clause"],
    &["corpus"],
    &["term"],
    &["index", "vector"],
    &["similarity"],
    &["reuse", "cluster"],
    &["table"],
    &["finding"],
    &["evaluation"],
    &["report"],
    &["guide"],
];

/// The uses of files by files, and an example of each.
pub(super) struct Graph<'s> {
    sources: &'s [Source],
    uses: BTreeMap<[usize; 2], String>,
}

impl<'s> Graph<'s> {
    pub(super) fn of(sources: &'s [Source], modules: &Modules) -> Self {
        let mut uses = BTreeMap::new();
        for (file, source) in sources.iter().enumerate() {
            let code = mentions(&source.module, &source.code);
            for mention in code.iter().filter(|mention| !mention.is_reexport) {
                // A module is no use by itself: what is named in it is.
                let target = modules.resolve(&mention.module, &mention.path);
                let Some(Target::Item { module, .. }) = target else {
                    continue;
                };
                let target = modules.file_of(&module);
                if target != file {
                    uses.entry([file, target])
                        .or_insert_with(|| mention.path.join("::"));
                }
            }
        }
        Self { sources, uses }
    }

    /// Returns the uses that run up the table of rooms, or across it.
    pub(super) fn upward(&self) -> Vec<String> {
        let is_upward = |&&[user, used]: &&[usize; 2]| {
            let [from, to] = [user, used].map(|file| self.sources[file].room());
            match (from.map(level_of), to.map(level_of)) {
                // The root of the crate only lends names.
                (Some(from_level), Some(to_level)) => from != to && from_level <= to_level,
                _ => true,
            }
        };
        self.uses
            .keys()
            .filter(is_upward)
            .map(|edge| self.told(edge))
            .collect()
    }

    /// Returns the circles of files inside rooms, each with the uses it is made of.
    pub(super) fn circles(&self) -> Vec<Vec<String>> {
        let reached = self.reached();
        let is_in_circle = |&[user, used]: &[usize; 2]| reached[used].contains(&user);
        let mut circles: BTreeMap<BTreeSet<usize>, Vec<String>> = BTreeMap::new();
        for edge in self.inside().filter(is_in_circle) {
            let [user, _] = edge;
            let meets = |other: &&usize| reached[**other].contains(&user);
            let members = reached[user].iter().filter(meets).copied().collect();
            circles.entry(members).or_default().push(self.told(&edge));
        }
        circles.into_values().collect()
    }

    /// Returns the uses inside rooms.
    fn inside(&self) -> impl Iterator<Item = [usize; 2]> {
        let room = |file: usize| self.sources[file].room();
        self.uses
            .keys()
            .copied()
            .filter(move |[user, used]| room(*user) == room(*used))
    }

    /// Returns the files that each file uses in its room, directly or through others.
    fn reached(&self) -> Vec<BTreeSet<usize>> {
        let mut used = vec![BTreeSet::new(); self.sources.len()];
        for [user, file] in self.inside() {
            used[user].insert(file);
        }
        let reach = |start: usize| {
            let mut found = BTreeSet::new();
            let mut open = vec![start];
            while let Some(file) = open.pop() {
                open.extend(used[file].iter().filter(|next| found.insert(**next)));
            }
            found
        };
        (0..used.len()).map(reach).collect()
    }

    fn told(&self, edge: &[usize; 2]) -> String {
        let [from, to] = edge.map(|file| &self.sources[file].name);
        format!("{from} -> {to}: {}", self.uses[edge])
    }
}

/// Returns the place of a room from the ground up; a room that is not in the table is above all.
fn level_of(room: &str) -> usize {
    let found = ROOMS.iter().position(|level| level.contains(&room));
    found.unwrap_or(ROOMS.len())
}

/// Returns the rooms that the table lacks.
pub(super) fn unknown_rooms(sources: &[Source]) -> BTreeSet<&str> {
    let rooms = sources.iter().filter_map(Source::room);
    rooms.filter(|room| level_of(room) == ROOMS.len()).collect()
}
