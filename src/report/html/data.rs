//! The data that the script needs in addition to the text in the page: JSON, which browsers do not run.

use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

use serde::Serialize;

use crate::clause::ClauseKind;
use crate::deontic::ModalClass;
use crate::finding::EmptyCell;
use crate::id::ClauseId;
use crate::provision::Label;
use crate::report::form::visible::needs_care;
use crate::report::form::words::joined;
use crate::report::html::doubts::{DoubtfulClause, doubtful_clauses};
use crate::report::html::features::Features;
use crate::report::html::parts::parts_of;
use crate::report::html::scope::Scope;
use crate::table::{ClauseAnchor, Column, Corrections, Origin};

/// The similarity from which a nearest miss is shown.
const WORTH_READING: f64 = 0.1;
/// The most shared words shown for a nearest miss.
const MAX_WORDS: usize = 3;

/// All data. Names are short because there are thousands of them.
#[derive(Serialize)]
struct Data<'a> {
    columns: &'a [Column],
    agreements: Vec<Agreement<'a>>,
    rows: Vec<Row<'a>>,
    clauses: Vec<Clause<'a>>,
    /// The kinds of clauses.
    kinds: [&'static str; ClauseKind::ALL.len()],
    /// The classes of force.
    forces: [&'static str; ModalClass::ALL.len()],
    /// The features of the clauses, as words.
    features: Vec<String>,
    near: Vec<NearestMiss>,
    /// The clauses to ask about.
    doubts: Vec<DoubtfulClause<'a>>,
    /// The corrections of the run, to which the page adds new ones.
    corrections: String,
}

#[derive(Serialize)]
struct Agreement<'a> {
    key: &'a str,
    name: &'a str,
    title: Option<&'a str>,
    process: &'a str,
    year: Option<i32>,
    actor: Option<&'a str>,
    region: Option<&'a str>,
    address: Option<&'a str>,
}

#[derive(Serialize)]
struct Row<'a> {
    issue: &'a str,
    anchor: &'a str,
    /// The value of `level`; negative if it is unknown.
    stability: f64,
    is_given: bool,
    /// How it may be divided.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<String>,
}

/// A clause: its number in the corpus, its agreement's index, its label, the fingerprint by which
/// corrections identify it, its class of force, its features, its kind.
#[derive(Serialize)]
struct Clause<'a>(usize, usize, Option<&'a str>, String, usize, String, usize);

/// An empty cell: row, column, clause, the clause it is similar to, similarity in hundredths, shared words.
#[derive(Serialize)]
struct NearestMiss(usize, usize, usize, usize, f64, String);

/// Appends the data.
pub(super) fn push(out: &mut String, scope: &Scope<'_>) {
    let json = serde_json::to_string(&data_of(scope)).unwrap_or_default();
    out.push_str("<script type=\"application/json\" id=data>");
    push_escaped(out, &json);
    out.push_str("</script>\n");
}

/// Appends JSON in which no text can end the script element or open a comment in it, turn the direction of the
/// source, or hide a control character there.
fn push_escaped(out: &mut String, json: &str) {
    for c in json.chars() {
        if c == '<' || needs_care(c) {
            let _ = write!(out, "\\u{:04x}", u32::from(c));
        } else {
            out.push(c);
        }
    }
}

fn data_of<'s>(scope: &'s Scope<'_>) -> Data<'s> {
    let corpus = scope.corpus();
    let listed = scope.listed.iter().filter_map(|of| scope.clause(&of.id));
    let listed: BTreeSet<ClauseId> = listed.collect();
    let compared = scope.shown.difference(&listed).copied().collect();
    let mut features = Features::of(scope, &compared);
    let clauses = scope
        .shown
        .iter()
        .map(|&id| {
            let is_compared = !listed.contains(&id);
            let features = is_compared.then(|| features.of_clause(id));
            clause(scope, id, features.unwrap_or_default())
        })
        .collect();
    let agreements = corpus.agreements().iter();
    Data {
        columns: &scope.table().columns,
        agreements: agreements.map(|of| agreement(scope, of)).collect(),
        rows: rows(scope),
        clauses,
        kinds: ClauseKind::ALL.map(ClauseKind::name),
        forces: ModalClass::ALL.map(ModalClass::name),
        features: features.into_words(),
        near: near_misses(scope),
        doubts: doubtful_clauses(scope),
        corrections: scope
            .findings
            .corrections
            .map(Corrections::to_toml)
            .unwrap_or_default(),
    }
}

fn rows<'s>(scope: &'s Scope<'_>) -> Vec<Row<'s>> {
    let rows = scope.rows.iter().zip(&scope.anchors);
    rows.map(|(row, anchor)| Row {
        issue: &row.issue,
        anchor,
        stability: row
            .stability
            .map_or(-1.0, |stability| stability.stability.value()),
        is_given: row.origin == Origin::Given,
        parts: parts_of(scope, row),
    })
    .collect()
}

fn agreement<'a>(scope: &Scope<'a>, of: &'a crate::agreement::Agreement) -> Agreement<'a> {
    let metadata = &of.metadata;
    Agreement {
        key: &of.key,
        name: &of.name,
        title: metadata.title.as_deref(),
        process: &scope.corpus().process(of.process).name,
        year: metadata.year,
        actor: metadata.actor_kind.as_deref(),
        region: metadata.region.as_deref(),
        address: metadata.address.as_deref(),
    }
}

fn clause<'a>(scope: &Scope<'a>, id: ClauseId, features: String) -> Clause<'a> {
    let corpus = scope.corpus();
    let clause = corpus.clause(id);
    let class = corpus.force(id).class;
    let place_of_kind = ClauseKind::ALL
        .into_iter()
        .position(|other| other == clause.kind);
    let place_of_class = ModalClass::ALL.into_iter().position(|other| other == class);
    Clause(
        id.index(),
        clause.agreement.index(),
        clause.label.as_ref().map(Label::as_str),
        ClauseAnchor::of(corpus, id).text,
        place_of_class.unwrap_or(ModalClass::ALL.len()),
        features,
        place_of_kind.unwrap_or(ClauseKind::ALL.len()),
    )
}

fn near_misses(scope: &Scope<'_>) -> Vec<NearestMiss> {
    let columns = scope.table().columns.iter().zip(0..);
    let place_of: HashMap<&str, usize> =
        columns.map(|(column, n)| (column.id.as_str(), n)).collect();
    let near_miss = |cell: &EmptyCell| {
        let near = cell.near_miss.as_ref()?;
        let clause = scope.clause(&near.clause.id)?;
        let near_to = scope.clause(&near.near_to.id)?;
        let is_told = near.score.value() >= WORTH_READING && scope.shown.contains(&clause);
        let words = near.shared.iter().take(MAX_WORDS).map(|part| &part.term);
        is_told.then_some(NearestMiss(
            scope.place_of(cell.row)?,
            *place_of.get(cell.column.as_str())?,
            clause.index(),
            near_to.index(),
            (near.score.value() * 100.0).round(),
            joined(words, ", "),
        ))
    };
    let empty = &scope.findings.gaps.empty;
    empty.iter().filter_map(near_miss).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_act_or_hide_are_escaped_and_come_back() {
        let words = "a</script>\u{202e}b\u{9b}\u{7f}\u{2066}\u{2028} é 條 \u{200d}";
        let mut out = String::new();
        push_escaped(&mut out, &serde_json::to_string(words).unwrap());
        assert_eq!(
            out,
            "\"a\\u003c/script>\\u202eb\\u009b\\u007f\\u2066\\u2028 é 條 \u{200d}\""
        );
        assert_eq!(serde_json::from_str::<String>(&out).unwrap(), words);
    }
}
