//! [`vectors_of_issues`]: given issues as vectors in the space of words.

use std::collections::BTreeMap;

use crate::corpus::Corpus;
use crate::id::ClauseId;
use crate::language::Language;
use crate::similarity::Representation;
use crate::table::codebook::given::Codebook;
use crate::vector::{SparseMatrix, normalize, single};

/// The weight of a word of the description, relative to one of the name.
const DESCRIPTION_WEIGHT: f64 = 0.5;

/// A row of weights in preparation: feature to weight, in order.
type Weights = BTreeMap<u32, f64>;

/// Returns a row for each given issue, `(issues, features)`, of length 1: its name and words in full,
/// its description at half weight, and the mean of its seed clauses, each first scaled to length 1.
///
/// A feature in the names of two issues counts for neither name; one of a description counts only if
/// no other issue has it at all. An issue without any remaining word, or whose words occur in no
/// clause, has an empty row.
pub(crate) fn vectors_of_issues(
    guide: &Codebook,
    corpus: &Corpus,
    representation: &Representation,
    seeds: &[Vec<ClauseId>],
) -> SparseMatrix {
    let language = commonest_language(corpus);
    let project = |texts: &[&str]| -> Weights {
        let text = texts.join(" . ");
        let tokens = representation.analyzer().analyze(&text, language);
        let row = representation.words().project(&tokens);
        row.into_iter()
            .map(|(column, weight)| (column, f64::from(weight)))
            .collect()
    };
    let mut names = Vec::new();
    let mut descriptions = Vec::new();
    for issue in &guide.issues {
        let words = issue.words.iter().map(String::as_str);
        let name: Vec<&str> = std::iter::once(issue.name.as_str())
            .filter(|_| guide.names_attract)
            .chain(words)
            .collect();
        names.push(project(&name));
        descriptions.push(project(&[&issue.description]));
    }
    let n_names = n_issues_with(names.iter().map(|name| vec![name]));
    let n_all = n_issues_with(names.iter().zip(&descriptions).map(|(a, b)| vec![a, b]));
    let rows = (0..guide.issues.len()).map(|index| {
        let mut sum = Weights::new();
        let own_name = names[index]
            .iter()
            .filter(|(column, _)| n_names[column] == 1);
        add_unit(&mut sum, own_name, 1.0);
        let own_words = descriptions[index]
            .iter()
            .filter(|(column, _)| n_all[column] == 1);
        add_unit(&mut sum, own_words, DESCRIPTION_WEIGHT);
        let rows: Vec<usize> = seeds[index].iter().map(|clause| clause.index()).collect();
        let of_seeds: Weights = representation
            .words()
            .matrix()
            .sum_of_rows(&rows)
            .into_iter()
            .map(|(column, weight)| (column, f64::from(weight)))
            .collect();
        add_unit(&mut sum, of_seeds.iter(), 1.0);
        let mut row: Vec<(u32, f32)> = sum
            .into_iter()
            .map(|(column, weight)| (column, single(weight)))
            .collect();
        normalize(&mut row);
        row
    });
    SparseMatrix::from_rows(representation.words().matrix().n_columns(), rows)
}

/// Returns the language of most clauses: a name is too short to detect its language.
fn commonest_language(corpus: &Corpus) -> Language {
    let mut n_clauses: BTreeMap<&str, (usize, Language)> = BTreeMap::new();
    for clause in corpus.clauses() {
        let count = n_clauses
            .entry(clause.language.code())
            .or_insert((0, clause.language));
        count.0 += 1;
    }
    let most = n_clauses.into_values().max_by_key(|(n, _)| *n);
    most.map_or(Language::ENGLISH, |(_, language)| language)
}

/// Returns the number of issues each feature occurs in.
fn n_issues_with<'a>(issues: impl Iterator<Item = Vec<&'a Weights>>) -> BTreeMap<u32, usize> {
    let mut n_issues = BTreeMap::new();
    for parts in issues {
        let mut columns: Vec<u32> = parts.iter().flat_map(|part| part.keys().copied()).collect();
        columns.sort_unstable();
        columns.dedup();
        for column in columns {
            *n_issues.entry(column).or_default() += 1;
        }
    }
    n_issues
}

/// Adds weights, scaled to length `length`, to a sum.
fn add_unit<'a>(
    sum: &mut Weights,
    weights: impl Iterator<Item = (&'a u32, &'a f64)> + Clone,
    length: f64,
) {
    let norm = weights
        .clone()
        .map(|(_, weight)| weight * weight)
        .sum::<f64>()
        .sqrt();
    for (column, weight) in weights.filter(|_| norm > 0.0) {
        *sum.entry(*column).or_default() += length * weight / norm;
    }
}
