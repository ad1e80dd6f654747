//! [`Sample`]: coded clauses with their issues and clusters as numbers.

use std::collections::{BTreeMap, BTreeSet};

use crate::evaluation::coding::Coding;

/// The clusters of each clause, by the clause's key; an empty list is a clause left out.
pub(crate) type ClustersOfClauses = BTreeMap<String, Vec<String>>;

/// The column of each clause, by the clause's key.
pub(crate) type ColumnsOfClauses = BTreeMap<String, String>;

/// Coded clauses with their issues and clusters as numbers: the input of all measures.
#[derive(Debug)]
pub(crate) struct Sample {
    pub(crate) n_issues: usize,
    pub(crate) n_clusters: usize,
    /// The issues of each clause, the first first.
    pub(crate) issues: Vec<Vec<usize>>,
    /// The clusters of each clause, the first first, never empty; numbered by first appearance.
    pub(crate) clusters: Vec<Vec<usize>>,
    /// The column of each clause.
    pub(crate) columns: Vec<usize>,
    /// Whether a cluster represents a clause left out.
    pub(crate) is_left_out: Vec<bool>,
    /// The issue with the same name as each cluster.
    pub(crate) namesake_of_cluster: Vec<Option<usize>>,
}

/// Numbers things in the order of first appearance.
#[derive(Debug)]
struct Numbers<T>(BTreeMap<T, usize>);

impl<T: Ord> Numbers<T> {
    fn of(&mut self, thing: T) -> usize {
        let next = self.0.len();
        *self.0.entry(thing).or_insert(next)
    }
}

/// Returns how often each thing occurs.
pub(crate) fn counts<T: Ord>(things: impl IntoIterator<Item = T>) -> BTreeMap<T, usize> {
    let mut counts = BTreeMap::new();
    for thing in things {
        *counts.entry(thing).or_default() += 1;
    }
    counts
}

/// Returns the clauses in each group, given the groups of each clause.
pub(crate) fn members(groups_of_clause: &[Vec<usize>], n_groups: usize) -> Vec<Vec<usize>> {
    let mut clauses_of_group = vec![Vec::new(); n_groups];
    for (clause, groups) in groups_of_clause.iter().enumerate() {
        for &group in groups {
            clauses_of_group[group].push(clause);
        }
    }
    clauses_of_group
}

impl Sample {
    pub(crate) fn of(
        coding: &Coding,
        clusters: &ClustersOfClauses,
        columns: &ColumnsOfClauses,
    ) -> Self {
        let mut issue_numbers = Numbers(BTreeMap::new());
        let mut column_numbers = Numbers(BTreeMap::new());
        // A clause left out is a cluster of its own, by its key.
        let mut cluster_numbers = Numbers(BTreeMap::new());
        let (mut issues, mut of_clusters, mut of_columns) = (Vec::new(), Vec::new(), Vec::new());
        for clause in coding.clauses() {
            let names = clause.issues.iter().map(String::as_str);
            issues.push(names.map(|name| issue_numbers.of(name)).collect());
            let column = clause.column.as_ref().or_else(|| columns.get(&clause.id));
            let column = column
                .or(clause.process.as_ref())
                .map_or("", String::as_str);
            of_columns.push(column_numbers.of(column));
            let mut numbers: Vec<usize> = match clusters.get(&clause.id).map(Vec::as_slice) {
                None | Some([]) => vec![cluster_numbers.of((true, clause.id.as_str()))],
                Some(names) => {
                    let names = names.iter().map(String::as_str);
                    names
                        .map(|name| cluster_numbers.of((false, name)))
                        .collect()
                }
            };
            let mut seen = BTreeSet::new();
            numbers.retain(|number| seen.insert(*number));
            of_clusters.push(numbers);
        }
        let n_clusters = cluster_numbers.0.len();
        let mut is_left_out = vec![false; n_clusters];
        let mut namesake_of_cluster = vec![None; n_clusters];
        for ((is_out, name), number) in cluster_numbers.0 {
            is_left_out[number] = is_out;
            let namesake = issue_numbers.0.get(name).copied();
            namesake_of_cluster[number] = namesake.filter(|_| !is_out);
        }
        Self {
            n_issues: coding.issues().len(),
            n_clusters,
            issues,
            clusters: of_clusters,
            columns: of_columns,
            is_left_out,
            namesake_of_cluster,
        }
    }
}
