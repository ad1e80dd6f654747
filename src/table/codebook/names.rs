//! [`vectors_of_issues`]: given issues as vectors in the space of words.

use std::collections::{BTreeMap, BTreeSet};

use ndarray::Array2;

use crate::corpus::Corpus;
use crate::error::Result;
use crate::id::ClauseId;
use crate::language::Language;
use crate::similarity::Representation;
use crate::table::codebook::given::{Codebook, GivenIssue};
use crate::table::codebook::usual::UsualSubjects;
use crate::vector::{SparseMatrix, unit_row};

/// The weight of a word of the description, relative to one of the name.
pub(super) const DESCRIPTION_WEIGHT: f64 = 0.5;
/// The weight of a word of the usual subject that goes by the name of an issue.
const USUAL_WEIGHT: f64 = 0.3;

/// A row of weights in preparation: feature to weight, in order.
type Weights = BTreeMap<u32, f64>;

/// Returns a row for each given issue, `(issues, features)`, of length 1: its name and words in full,
/// its description at half weight, and the mean of its seed clauses, each first scaled to length 1. Of an issue that is
/// a name alone, the words of the usual subject of that name are the description, at a weight of 0.3.
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
    let words = representation.words();
    let project = |text: &str| {
        let tokens = representation.analyzer().analyze(text, language);
        weights(words.project(&tokens))
    };
    let name_of = |issue: &GivenIssue| {
        let name = guide.names_attract.then_some(&issue.name).into_iter();
        let texts: Vec<&str> = name.chain(&issue.words).map(String::as_str).collect();
        project(&texts.join(" . "))
    };
    let names: Vec<Weights> = guide.issues.iter().map(name_of).collect();
    let usual = guide
        .catalogue
        .as_ref()
        .filter(|_| language == Language::ENGLISH);
    let usual = usual.map(|catalogue| UsualSubjects::of(catalogue, representation.analyzer()));
    let described = |issue: &GivenIssue| match &usual {
        Some(usual) if issue.is_a_name() => project(&usual.words(&issue.name)),
        _ => project(&issue.description),
    };
    let descriptions: Vec<Weights> = guide.issues.iter().map(described).collect();
    let n_names = n_issues_with(names.iter().map(|name| name.keys().copied()));
    let both = names.iter().zip(&descriptions);
    let n_all = n_issues_with(both.map(|(name, words)| name.keys().chain(words.keys()).copied()));
    let weight_of_description = |issue: &GivenIssue| {
        if issue.is_a_name() {
            USUAL_WEIGHT
        } else {
            DESCRIPTION_WEIGHT
        }
    };
    let row_of = |(index, seeds): (usize, &Vec<ClauseId>)| {
        let seeds: Vec<usize> = seeds.iter().map(|clause| clause.index()).collect();
        let mut sum = Weights::new();
        add_unit(&mut sum, of_one_issue(&names[index], &n_names), 1.0);
        let described = of_one_issue(&descriptions[index], &n_all);
        add_unit(
            &mut sum,
            described,
            weight_of_description(&guide.issues[index]),
        );
        add_unit(&mut sum, weights(words.matrix().sum_of_rows(&seeds)), 1.0);
        unit_row(sum.into_iter())
    };
    let rows = seeds.iter().enumerate().map(row_of);
    SparseMatrix::from_rows(words.matrix().n_columns(), rows)
}

/// Returns the sentence vector of what each given issue is known by, `(issues, dimensions)`, of length 1 or 0; `None` without a
/// model.
///
/// That is its name, if names attract, with its words and its description.
pub(crate) fn meanings_of_issues(
    guide: &Codebook,
    corpus: &Corpus,
    representation: &Representation,
) -> Result<Option<Array2<f64>>> {
    let Some(sentences) = representation.sentences() else {
        return Ok(None);
    };
    let language = commonest_language(corpus);
    let mut meanings = Array2::zeros((guide.issues.len(), sentences.model().n_dimensions()));
    for (issue, mut meaning) in guide.issues.iter().zip(meanings.rows_mut()) {
        let name = guide.names_attract.then_some(&issue.name).into_iter();
        let texts = name.chain(&issue.words).chain([&issue.description]);
        let texts: Vec<&str> = texts
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect();
        if !texts.is_empty() {
            meaning.assign(&sentences.project(&texts.join(". "), language)?);
        }
    }
    Ok(Some(meanings))
}

fn weights(row: Vec<(u32, f32)>) -> Weights {
    let cells = row.into_iter();
    cells
        .map(|(column, weight)| (column, f64::from(weight)))
        .collect()
}

/// Returns the language of most clauses: a name is too short to detect its language.
pub(super) fn commonest_language(corpus: &Corpus) -> Language {
    let mut n_clauses: BTreeMap<Language, usize> = BTreeMap::new();
    for clause in corpus.clauses() {
        *n_clauses.entry(clause.language).or_default() += 1;
    }
    let most = n_clauses.into_iter().max_by_key(|(_, n)| *n);
    most.map_or(Language::ENGLISH, |(language, _)| language)
}

/// Returns the number of issues each feature or term occurs in.
pub(super) fn n_issues_with<T: Ord>(
    issues: impl Iterator<Item = impl Iterator<Item = T>>,
) -> BTreeMap<T, usize> {
    let mut n_issues = BTreeMap::new();
    for features in issues {
        let distinct: BTreeSet<T> = features.collect();
        for feature in distinct {
            *n_issues.entry(feature).or_default() += 1;
        }
    }
    n_issues
}

/// Returns the weights of the features that occur in one issue only.
fn of_one_issue(weights: &Weights, n_issues: &BTreeMap<u32, usize>) -> Weights {
    let mut left = weights.clone();
    left.retain(|column, _| n_issues[column] == 1);
    left
}

/// Adds weights, scaled to length `length`, to a sum.
fn add_unit(sum: &mut Weights, weights: Weights, length: f64) {
    let squares = weights.values().map(|weight| weight * weight);
    let norm = squares.sum::<f64>().sqrt();
    for (column, weight) in weights.into_iter().filter(|_| norm > 0.0) {
        *sum.entry(column).or_default() += length * weight / norm;
    }
}
