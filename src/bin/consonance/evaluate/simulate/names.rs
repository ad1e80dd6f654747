//! Rows that are cut finer than wanted, each named by the issue of most of its clauses; rows of one name are one.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use consonance::evaluation::score_table;
use consonance::similarity::Representation;
use consonance::table::{
    Codebook, ConvergeParams, ConvergenceTable, Corrections, Decision, GivenIssue, converge_on,
};

use super::super::set::Set;
use super::Line;

/// How many times more rows are made than the coding has issues.
const FINER: [f64; 2] = [1.5, 2.0];

pub(super) fn simulate(set: &Set, params: &ConvergeParams) -> Result<Vec<Line>> {
    let params = params.clone().n_resamples(0);
    let representation = Representation::of(&set.corpus, &params.representation)?;
    let score = |table: &ConvergenceTable| -> Result<f64> {
        let figures = score_table(&set.coding, table).context("the coding does not fit")?;
        Ok(figures.bcubed.f1.value())
    };
    let params = params.n_clusters(set.coding.issues().len());
    let unnamed = converge_on(&set.corpus, &representation, &params)?;
    let mut lines = vec![Line {
        measure: "B-cubed F1, as many rows as issues".to_owned(),
        given: "no name".to_owned(),
        value: score(&unnamed)?,
    }];
    for finer in FINER {
        let params = params.clone().finer(finer);
        let table = converge_on(&set.corpus, &representation, &params)?;
        let named = Named::of(set, &table)?;
        let toml: Vec<String> = named
            .codebook
            .pins(&set.corpus)?
            .iter()
            .map(Decision::to_toml)
            .collect();
        let corrections = Corrections::parse(&toml.join("\n"))?;
        let params = params.corrections(corrections);
        let merged = converge_on(&set.corpus, &representation, &params)?;
        lines.push(Line {
            measure: format!("B-cubed F1, {finer:.1} times the rows, named"),
            given: format!("{} names", named.n_names),
            value: score(&merged)?,
        });
    }
    Ok(lines)
}

/// The names of the rows, and of the clauses that stand alone.
struct Named {
    codebook: Codebook,
    n_names: usize,
}

impl Named {
    fn of(set: &Set, table: &ConvergenceTable) -> Result<Self> {
        let mut clauses_of: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let rows = table.rows.iter();
        let rows = rows.map(|row| row.quotes().map(|quote| quote.id.clone()).collect());
        // What makes no rows is not asked for.
        let alone = table.alone.iter().filter(|alone| alone.is_compared);
        let alone = alone.map(|alone| vec![alone.id.clone()]);
        let mut n_names = 0;
        for clauses in rows.chain(alone) {
            let clauses: Vec<String> = clauses;
            if let Some(name) = majority(set, &clauses) {
                clauses_of
                    .entry(name.to_owned())
                    .or_default()
                    .extend(clauses);
                n_names += 1;
            }
        }
        let issues = clauses_of.into_iter().map(|(name, clauses)| {
            let mut issue = GivenIssue::new(name);
            issue.clauses = clauses;
            issue
        });
        Ok(Self {
            codebook: Codebook::new(issues.collect())?,
            n_names,
        })
    }
}

/// Returns the issue that most of these clauses have; ties go to the first in the coding.
fn majority<'s>(set: &'s Set, clauses: &[String]) -> Option<&'s str> {
    let coded = set.coding.clauses().iter();
    let coded = coded.filter(|coded| clauses.contains(&coded.id));
    let issues = coded.flat_map(|of| of.issues.iter().map(String::as_str));
    let issues: Vec<&str> = issues.collect();
    let n_of = |issue: &&str| issues.iter().filter(|other| *other == issue).count();
    let most = issues.iter().map(&n_of).max()?;
    issues.iter().find(|issue| n_of(issue) == most).copied()
}
