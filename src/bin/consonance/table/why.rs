//! Why clauses are together: the answer to `--why` and `--why-row`.

use anyhow::Result;
use consonance::cluster::{Resampling, Rule, RuleParams};
use consonance::corpus::find_clause;
use consonance::finding::{Study, Why};
use consonance::report::{Report, one_line};
use consonance::table::{ConvergeParams, find_row};

use super::args::Args;

/// The number of resampled runs for one answer.
const N_RUNS: usize = 100;
/// The most shared terms that are named: no limit.
const MAX_TERMS: usize = usize::MAX;

/// Returns the answer in words, if one was requested.
pub(crate) fn answer(
    args: &Args,
    study: &Study,
    params: &ConvergeParams,
) -> Result<Option<String>> {
    if args.why.is_empty() && args.why_row.is_none() {
        return Ok(None);
    }
    let (corpus, table) = (study.corpus(), study.table());
    let clauses = params.counted(corpus);
    let rule = params.rule.unwrap_or_else(|| Rule::for_size(clauses.len()));
    let n_alone = table.alone.iter().filter(|alone| alone.is_compared).count();
    let n_clusters = table.rows.len() + n_alone;
    let n_runs = params.n_resamples.unwrap_or(N_RUNS);
    let of_rule = RuleParams::default()
        .n_clusters(n_clusters)
        .n_resamples(n_runs)
        .seed(params.seed);
    let resampling = Resampling::of(study.representation(), &clauses, rule, &of_rule)?;
    let mut lines = String::new();
    if let [a, b] = &args.why[..] {
        let pair = [find_clause(corpus, a)?, find_clause(corpus, b)?];
        for clause in pair {
            let text = one_line(corpus.text(clause));
            lines.extend([&corpus.citation(clause), ": “", &text, "”\n"]);
        }
        let why = Why::of_clauses(study, pair, Some(&resampling));
        lines += &why.page(MAX_TERMS).to_text();
    }
    if let Some(typed) = &args.why_row {
        let row = find_row(table, typed)?;
        lines.extend([one_line(&table.row(row).issue).as_str(), "\n"]);
        let why = Why::of_row(study, row, Some(&resampling));
        lines += &why.page(MAX_TERMS).to_text();
    }
    Ok(Some(lines))
}
