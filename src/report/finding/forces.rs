//! [`Forces`] as a page and records: how strongly clauses bind, and whom.

use crate::deontic::{Evidence, Force, ModalClass, Place};
use crate::finding::{ClauseForce, Forces};
use crate::report::finding::report::Report;
use crate::report::form::page::{Page, plain, quote, strong};
use crate::report::form::records::Records;
use crate::report::form::snippet::around;
use crate::report::form::visible::one_line;
use crate::report::form::words::{counted, joined};

/// The most characters of a clause that are shown.
const MAX_QUOTED: usize = 110;

/// A page has at most `limit` clauses of each class. A record is a clause.
impl Report for Forces {
    fn page(&self, limit: usize) -> Page {
        let mut page = Page::titled("Force and addressee");
        page.text(format!(
            "{}; each with the words that decide, whom it binds, and what leaves room.",
            counted(self.clauses.len(), "clause", "clauses")
        ));
        for class in ModalClass::ALL {
            let clauses = self.clauses.iter();
            let of_class: Vec<&ClauseForce> = clauses
                .filter(|clause| clause.force.class == class)
                .collect();
            if of_class.is_empty() {
                continue;
            }
            let n = of_class.len();
            page.heading(format!("{} ({n})", class.name().replace('-', " ")));
            for clause in of_class.iter().take(limit) {
                clause_item(&mut page, clause);
            }
            page.more(n, limit);
        }
        page
    }

    fn records(&self) -> Records {
        let mut records = Records::of(
            "id, citation, class, not to, level, plain, addressees, qualifiers, status, \
             evidence, lead-in, text",
        );
        for clause in &self.clauses {
            records.add(record_of(clause));
        }
        records
    }
}

fn clause_item(page: &mut Page, clause: &ClauseForce) {
    let mut words = vec![strong(format!("{}:", clause.clause.citation))];
    let lead_in = clause.lead_in.as_deref();
    words.extend(lead_in.map(|words| plain(one_line(words))));
    words.push(quote(around(&clause.text, &(0..0), MAX_QUOTED)));
    page.item(0, words);
    page.item(1, vec![plain(why(clause))]);
}

/// Returns in one line why a clause has its force, whom it binds, and its qualifiers.
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
    if !force.qualifiers.is_empty() {
        let qualifiers = force.qualifiers.iter();
        let words = qualifiers.map(|of| format!("“{}”", one_line(words_of(clause, &of.evidence))));
        parts.push(format!("with {}", joined(words, ", ")));
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
    let names = force.addressees.iter();
    let names = names.map(|kind| kind.name().replace('-', " "));
    match joined(names, ", ") {
        nobody if nobody.is_empty() => "nobody named".to_owned(),
        names => names,
    }
}

fn record_of(clause: &ClauseForce) -> Vec<String> {
    let force = &clause.force;
    let strength = force.strength();
    let yes = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let addressees = force.addressees.iter().map(|kind| kind.name());
    let qualifiers = force.qualifiers.iter().map(|of| of.kind.name());
    let evidence = force.evidence.as_ref();
    vec![
        clause.clause.id.clone(),
        clause.clause.citation.clone(),
        force.class.name().to_owned(),
        yes(force.is_negated),
        strength.map_or_else(String::new, |strength| strength.level.to_string()),
        strength.map_or_else(String::new, |strength| yes(strength.is_plain)),
        joined(addressees, "; "),
        joined(qualifiers, "; "),
        force.status.name().to_owned(),
        evidence.map_or_else(String::new, |evidence| {
            words_of(clause, evidence).to_owned()
        }),
        clause.lead_in.clone().unwrap_or_default(),
        clause.text.clone(),
    ]
}
