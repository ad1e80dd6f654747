//! [`force_page`] and [`force_to_csv`]: how strongly clauses bind and whom, for a reader and for a
//! spreadsheet; and the same in the cells of a table.

use crate::deontic::{Evidence, Force, ModalClass, Place};
use crate::finding::{ClauseForce, Forces};
use crate::report::counted;
use crate::report::csv::written;
use crate::report::page::{Page, plain, quote, strong};
use crate::report::snippet::around;
use crate::report::visible::one_line;
use crate::table::{Quote, Row};

/// The characters of a clause that are shown.
const MAX_QUOTED: usize = 110;

/// Returns the forces as a page, class by class, at most `limit` clauses each; JSON and CSV have all.
pub fn force_page(forces: &Forces, limit: usize) -> Page {
    let mut page = Page::titled("Force and addressee");
    page.text(format!(
        "{}; each with the words that decide, whom it binds, and what leaves room.",
        counted(forces.clauses.len(), "clause", "clauses")
    ));
    for class in ModalClass::ALL {
        let of_class = || {
            forces
                .clauses
                .iter()
                .filter(move |clause| clause.force.class == class)
        };
        let n = of_class().count();
        if n == 0 {
            continue;
        }
        page.heading(format!("{} ({n})", class.name().replace('-', " ")));
        for clause in of_class().take(limit) {
            let shown = around(&clause.text, &(0..0), MAX_QUOTED);
            let citation = strong(format!("{}:", clause.clause.citation));
            let lead_in = clause
                .lead_in
                .as_deref()
                .map(|words| plain(one_line(words)));
            let mut words = vec![citation];
            words.extend(lead_in);
            words.push(quote(shown));
            page.item(0, words);
            page.item(1, vec![plain(why(clause))]);
        }
        page.more(n, limit);
    }
    page
}

/// Returns why a clause has its force, whom it binds, and what leaves room, in a line.
fn why(clause: &ClauseForce) -> String {
    let force = &clause.force;
    let mut parts = vec![match &force.evidence {
        Some(evidence) => format!("by “{}”", one_line(words_of(clause, evidence))),
        None => basis_of(force).to_owned(),
    }];
    if force.is_negated && force.class != ModalClass::Prohibition {
        parts.push("not to".to_owned());
    }
    parts.push(format!("addressed to {}", addressees_of(force)));
    let qualifiers: Vec<String> = force
        .qualifiers
        .iter()
        .map(|qualifier| format!("“{}”", one_line(words_of(clause, &qualifier.evidence))))
        .collect();
    if !qualifiers.is_empty() {
        parts.push(format!("with {}", qualifiers.join(", ")));
    }
    parts.join("; ")
}

fn words_of<'a>(clause: &'a ClauseForce, evidence: &Evidence) -> &'a str {
    let text = match evidence.place {
        Place::LeadIn => clause.lead_in.as_deref().unwrap_or_default(),
        Place::Text => &clause.text,
    };
    text.get(evidence.range.clone()).unwrap_or_default()
}

fn basis_of(force: &Force) -> &'static str {
    use crate::deontic::Basis;
    match force.basis {
        Basis::Imperative => "an imperative",
        Basis::Present => "what the speakers say they do",
        _ => "a statement",
    }
}

fn addressees_of(force: &Force) -> String {
    let names: Vec<String> = force
        .addressees
        .iter()
        .map(|kind| kind.name().replace('-', " "))
        .collect();
    if names.is_empty() {
        "nobody named".to_owned()
    } else {
        names.join(", ")
    }
}

/// Returns the forces as CSV, a line a clause: id, citation, class, whether negated, level, whether no
/// words leave room, addressees, qualifiers, legal status, the words that decide, lead-in, text.
///
/// # Panics
///
/// Never: all lines have as many cells as the header, and memory takes what is written.
pub fn force_to_csv(forces: &Forces) -> String {
    written(force_records(forces))
}

/// Returns the lines of the CSV, the header first.
pub(super) fn force_records(forces: &Forces) -> Vec<Vec<String>> {
    let header = [
        "id",
        "citation",
        "class",
        "not to",
        "level",
        "plain",
        "addressees",
        "qualifiers",
        "status",
        "evidence",
        "lead-in",
        "text",
    ];
    let mut records = vec![header.map(str::to_owned).to_vec()];
    records.extend(forces.clauses.iter().map(record_of));
    records
}

fn record_of(clause: &ClauseForce) -> Vec<String> {
    let force = &clause.force;
    let strength = force.strength();
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let addressees: Vec<&str> = force.addressees.iter().map(|kind| kind.name()).collect();
    let qualifiers: Vec<&str> = force
        .qualifiers
        .iter()
        .map(|qualifier| qualifier.kind.name())
        .collect();
    let evidence = force.evidence.as_ref();
    vec![
        clause.clause.id.clone(),
        clause.clause.citation.clone(),
        force.class.name().to_owned(),
        yes(force.is_negated),
        strength.map_or_else(String::new, |strength| strength.level.to_string()),
        strength.map_or_else(String::new, |strength| yes(strength.is_plain)),
        addressees.join("; "),
        qualifiers.join("; "),
        force.status.name().to_owned(),
        evidence.map_or_else(String::new, |evidence| {
            words_of(clause, evidence).to_owned()
        }),
        clause.lead_in.clone().unwrap_or_default(),
        clause.text.clone(),
    ]
}

/// Returns what a cell shows of a clause's force, `obligation` or `commitment (not to)`; nothing if it
/// was not asked for.
pub fn force_tag(quote: &Quote) -> Option<String> {
    quote.force.as_ref().map(Force::tag)
}

/// Returns how far the clauses of a row are apart in strength: `strengths differ: obligation to
/// declaration`; nothing if that was not asked for.
pub fn force_line(row: &Row) -> Option<String> {
    let force = row.force?;
    Some(if force.differs {
        format!("strengths differ: {} to {}", force.strongest, force.weakest)
    } else {
        format!("of one strength: {}", force.strongest)
    })
}
