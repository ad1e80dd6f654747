//! [`Sample`]: coded clauses with their issues and clusters as numbers.

use std::collections::BTreeMap;

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
    pub(crate) n_columns: usize,
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

/// Numbers names in the order of first appearance.
#[derive(Debug, Default)]
pub(crate) struct LabelNumbers<'a>(BTreeMap<&'a str, usize>);

impl<'a> LabelNumbers<'a> {
    pub(crate) fn number_of(&mut self, name: &'a str) -> usize {
        let next = self.0.len();
        *self.0.entry(name).or_insert(next)
    }
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
        let mut issue_numbers = LabelNumbers::default();
        let mut column_numbers = LabelNumbers::default();
        let mut cluster_numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let mut sample = Self {
            n_issues: coding.issues().len(),
            n_clusters: 0,
            n_columns: 0,
            issues: Vec::new(),
            clusters: Vec::new(),
            columns: Vec::new(),
            is_left_out: Vec::new(),
            namesake_of_cluster: Vec::new(),
        };
        for clause in coding.clauses() {
            let issues = clause.issues.iter();
            let numbers = issues.map(|issue| issue_numbers.number_of(issue));
            sample.issues.push(numbers.collect());
            let column = clause.column.as_deref();
            let column = column.or_else(|| columns.get(&clause.id).map(String::as_str));
            let column = column.or(clause.process.as_deref()).unwrap_or_default();
            sample.columns.push(column_numbers.number_of(column));
            let names = clusters.get(&clause.id).map_or(&[][..], Vec::as_slice);
            let mut numbers = Vec::new();
            for name in names {
                let next = sample.is_left_out.len();
                let number = *cluster_numbers.entry(name).or_insert(next);
                if number == next {
                    sample.is_left_out.push(false);
                }
                if !numbers.contains(&number) {
                    numbers.push(number);
                }
            }
            if numbers.is_empty() {
                numbers.push(sample.is_left_out.len());
                sample.is_left_out.push(true);
            }
            sample.clusters.push(numbers);
        }
        sample.n_clusters = sample.is_left_out.len();
        sample.namesake_of_cluster = vec![None; sample.n_clusters];
        for (name, number) in cluster_numbers {
            sample.namesake_of_cluster[number] = issue_numbers.0.get(name).copied();
        }
        sample.n_columns = column_numbers.0.len();
        sample
    }
}
