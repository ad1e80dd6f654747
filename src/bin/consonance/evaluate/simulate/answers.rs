//! Answers about doubtful clauses, each replayed as the decision that a person's answer becomes.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use consonance::clause::ClauseKind;
use consonance::corpus::ClauseRef;
use consonance::evaluation::score_labels;
use consonance::similarity::Representation;
use consonance::table::{
    Answer, ConvergeParams, ConvergenceTable, Corrections, Doubt, DoubtParams, converge_on, doubts,
};
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

use super::super::guided::names_of_coding;
use super::super::set::Set;
use super::Line;

/// The numbers of answers.
const N_ANSWERS: [usize; 4] = [0, 10, 20, 40];
/// One of so many answers is wrong, in the second measure.
const ONE_WRONG_OF: usize = 10;
/// The number of choices of wrong answers of which the mean is taken.
const N_SEEDS: u64 = 8;

/// A set under the names of its coding, and what is asked about it.
struct Asked<'s> {
    set: &'s Set,
    representation: Representation,
    params: ConvergeParams,
    table: ConvergenceTable,
    doubts: Vec<Doubt>,
}

pub(super) fn simulate(set: &Set, params: &ConvergeParams) -> Result<Vec<Line>> {
    let asked = Asked::of(set, params)?;
    let mut lines = Vec::new();
    for n in N_ANSWERS {
        lines.push(Line {
            measure: "first issue right".to_owned(),
            given: format!("{n} answers"),
            value: asked.right_after(n, &[])?,
        });
    }
    for n in N_ANSWERS.into_iter().filter(|n| *n > 0) {
        let mut sum = 0.0;
        for seed in 0..N_SEEDS {
            sum += asked.right_after(n, &wrong_of(n, seed))?;
        }
        lines.push(Line {
            measure: "first issue right, one answer of ten wrong".to_owned(),
            given: format!("{n} answers"),
            value: sum / N_SEEDS as f64,
        });
    }
    Ok(lines)
}

/// Returns which of `n` answers are wrong.
fn wrong_of(n: usize, seed: u64) -> Vec<usize> {
    let mut places: Vec<usize> = (0..n).collect();
    places.shuffle(&mut Xoshiro256PlusPlus::seed_from_u64(seed));
    places.truncate(n / ONE_WRONG_OF);
    places
}

impl<'s> Asked<'s> {
    /// Puts every clause under its nearest issue of the coding, of which only the names are known.
    fn of(set: &'s Set, params: &ConvergeParams) -> Result<Self> {
        // Every clause is in a row, also of kinds that make none otherwise: the coding has them all.
        let kinds = ClauseKind::ALL.to_vec();
        let params = params.clone().n_resamples(0).kinds(kinds);
        let representation = Representation::of(&set.corpus, &params.representation)?;
        let names = names_of_coding(set)?;
        let mut nearest = names.clone().only_these();
        let issues = names.nearest(&set.corpus, &representation)?;
        for (clause, issue) in set.corpus.clauses().iter().zip(issues) {
            if let Some(issue) = issue {
                nearest.issues[issue].clauses.push(clause.key.clone());
            }
        }
        let params = params.guide(nearest);
        let table = converge_on(&set.corpus, &representation, &params)?;
        let asking = DoubtParams::default().guide(names).most(N_ANSWERS[3]);
        let doubts = doubts(&set.corpus, &representation, &table, &asking)?;
        Ok(Self {
            set,
            representation,
            params,
            table,
            doubts,
        })
    }

    /// Returns the share of clauses whose first issue is right after the first `n` doubts were answered, those of
    /// these places wrongly.
    fn right_after(&self, n: usize, wrong: &[usize]) -> Result<f64> {
        let corpus = &self.set.corpus;
        let mut toml = String::new();
        for (place, doubt) in self.doubts.iter().take(n).enumerate() {
            let answer = if wrong.contains(&place) {
                self.wrong_answer(doubt, place as u64)
            } else {
                self.right_answer(doubt)
            };
            for decision in doubt.decide(corpus, &self.table, &answer)? {
                toml += &decision.to_toml();
            }
        }
        let params = self.params.clone().corrections(Corrections::parse(&toml)?);
        let table = converge_on(corpus, &self.representation, &params)?;
        let mut labels: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in &table.rows {
            for quote in row.quotes() {
                let issues = labels.entry(quote.id.clone()).or_default();
                issues.push(row.issue.clone());
            }
        }
        let figures = score_labels(&self.set.coding, &labels, &self.set.groups)?;
        Ok(figures.first_issue.context("no first issue")?.value())
    }

    fn issues_of(&self, clause: &ClauseRef) -> &[String] {
        let mut coded = self.set.coding.clauses().iter();
        let coded = coded.find(|coded| coded.id == clause.id);
        coded.map_or(&[], |coded| &coded.issues)
    }

    fn right_answer(&self, doubt: &Doubt) -> Answer {
        let issues = self.issues_of(&doubt.quoted);
        let is_right = |issue: &String| issues.contains(issue);
        let rival = doubt.rivals.iter().position(|rival| is_right(&rival.issue));
        match (&doubt.place, rival, issues) {
            (Some(place), ..) if is_right(&place.issue) => Answer::Here,
            (_, Some(rival), _) => Answer::There(rival),
            (_, None, [first, ..]) => Answer::Named(first.clone()),
            (_, None, []) => Answer::Skip,
        }
    }

    /// Returns one of the wrong answers among those that are offered.
    fn wrong_answer(&self, doubt: &Doubt, seed: u64) -> Answer {
        let issues = self.issues_of(&doubt.quoted);
        let here = doubt.place.iter().map(|place| (&place.issue, Answer::Here));
        let there = doubt.rivals.iter().enumerate();
        let there = there.map(|(number, rival)| (&rival.issue, Answer::There(number)));
        let is_wrong = |(issue, _): &(&String, Answer)| !issues.contains(issue);
        let wrong: Vec<Answer> = here
            .chain(there)
            .filter(is_wrong)
            .map(|(_, answer)| answer)
            .collect();
        let chosen = Xoshiro256PlusPlus::seed_from_u64(seed).gen_range(0..wrong.len().max(1));
        wrong.get(chosen).cloned().unwrap_or(Answer::Skip)
    }
}
