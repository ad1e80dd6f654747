//! [`Quotations`] as a page and records: what has to be corrected first, then what is right.

use crate::finding::{
    CheckedQuotation, CheckedReference, PaperPlace, QuotationVerdict, Quotations, QuotedIn,
    ReferenceVerdict, SourceClause,
};
use crate::report::finding::report::Report;
use crate::report::finding::versions::{shortened, whole};
use crate::report::form::page::{Inline, Page, plain, quote, strong};
use crate::report::form::records::Records;
use crate::report::form::snippet::first_words;
use crate::report::form::visible::one_line;
use crate::report::form::words::{counted, joined};

/// The most characters of a quotation that has to be looked at, and of one that is right.
const MAX_SHOWN: usize = 300;
const MAX_RIGHT: usize = 80;
/// The most further clauses that are named.
const MAX_ALSO: usize = 4;

/// A page has the quotations by their verdict, the worst first, at most `limit` of each; what was deleted from the
/// clause stands in `[-…-]`, what was inserted in `{+…+}`. A record is a quotation or a reference.
impl Report for Quotations {
    fn page(&self, limit: usize) -> Page {
        let mut page = Page::titled(format!("Quotations: {}", self.paper));
        page.text(summary(self));
        for verdict in QuotationVerdict::ALL {
            let of_verdict = self.quotations.iter().filter(|of| of.verdict == verdict);
            let of_verdict: Vec<&CheckedQuotation> = of_verdict.collect();
            if !of_verdict.is_empty() {
                page.heading(heading(verdict));
            }
            for quotation in of_verdict.iter().take(limit) {
                push_quotation(&mut page, quotation);
            }
            page.more(of_verdict.len(), limit);
        }
        push_references(&mut page, &self.references, limit);
        page
    }

    fn records(&self) -> Records {
        let mut records = Records::of(
            "kind, verdict, quoted in, page, paragraph, first character, last character, words, clauses, files, also in, \
             cited as, source, instrument, provisions, clauses of these, score, difference",
        )
        .with_numbers(&["page", "paragraph", "first character", "last character", "score"]);
        for quotation in &self.quotations {
            records.add(record_of(quotation));
        }
        for reference in &self.references {
            let mut cells = vec![
                "reference".to_owned(),
                reference.verdict.name().to_owned(),
                String::new(),
            ];
            cells.extend(place_cells(&reference.place));
            cells.extend(std::iter::repeat_n(String::new(), 5));
            cells.extend(reference_cells(reference));
            records.add(cells);
        }
        records
    }
}

/// Returns how many quotations and references there are of each verdict.
fn summary(found: &Quotations) -> String {
    let counts = &found.counts;
    let n_of = |verdict: QuotationVerdict| counts.quotations.get(&verdict).copied().unwrap_or(0);
    let n_unmarked = n_of(QuotationVerdict::Unmarked);
    let n_quotations = found.quotations.len() - n_unmarked;
    let verdicts = QuotationVerdict::ALL.into_iter();
    let told = verdicts.filter(|of| *of != QuotationVerdict::Unmarked && n_of(*of) > 0);
    let told: Vec<String> = told
        .map(|of| format!("{} {}", n_of(of), of.name()))
        .collect();
    let n = counted(n_quotations, "quotation", "quotations");
    let mut parts = vec![in_sentence(&n, &told)];
    if n_unmarked > 0 {
        let runs = counted(n_unmarked, "run", "runs");
        parts.push(format!(
            "{runs} of eight words or more of the corpus without marks."
        ));
    }
    if !found.references.is_empty() {
        let n_of =
            |verdict: ReferenceVerdict| counts.references.get(&verdict).copied().unwrap_or(0);
        let told = ReferenceVerdict::ALL.into_iter().filter(|of| n_of(*of) > 0);
        let told: Vec<String> = told
            .map(|of| format!("{} {}", n_of(of), of.name()))
            .collect();
        let n = counted(found.references.len(), "reference", "references");
        parts.push(in_sentence(&format!("{n} without a quotation"), &told));
    }
    joined(parts, " ")
}

fn in_sentence(counted: &str, of_each: &[String]) -> String {
    match of_each {
        [] => format!("{counted}."),
        _ => format!("{counted}: {}.", of_each.join(", ")),
    }
}

fn heading(verdict: QuotationVerdict) -> &'static str {
    match verdict {
        QuotationVerdict::NotFound => "Not found",
        QuotationVerdict::Altered => "Altered: [- -] only in the clause, {+ +} only in the paper",
        QuotationVerdict::WrongNumber => "Right words, wrong source",
        QuotationVerdict::Unmarked => "Words of the corpus without marks",
        QuotationVerdict::ExactButForm => "Exact but for punctuation or case",
        QuotationVerdict::Exact => "Exact",
    }
}

fn push_quotation(page: &mut Page, quotation: &CheckedQuotation) {
    let is_right = quotation.verdict >= QuotationVerdict::Unmarked;
    let n_shown = if is_right { MAX_RIGHT } else { MAX_SHOWN };
    let words = quote(first_words(&quotation.place.words, n_shown));
    page.item(0, vec![strong(place_in_words(&quotation.place)), words]);
    for line in findings(quotation) {
        page.item(1, line);
    }
}

/// Returns what was found of a quotation, a line each.
fn findings(quotation: &CheckedQuotation) -> Vec<Vec<Inline>> {
    let source = sources(&quotation.clauses);
    let mut lines = match (quotation.verdict, quotation.clauses.first()) {
        (_, None) => vec![vec![plain("Nothing in the corpus is near it.")]],
        (QuotationVerdict::NotFound, Some(nearest)) => {
            let score = quotation
                .score
                .map(|score| format!(" ({:.2})", score.value()));
            let label = format!("The nearest{}: {source}", score.unwrap_or_default());
            vec![vec![
                plain(label),
                quote(first_words(&nearest.text, MAX_SHOWN)),
            ]]
        }
        (QuotationVerdict::Altered, _) => {
            vec![vec![
                strong(format!("{source}:")),
                plain(shortened(&quotation.difference)),
            ]]
        }
        _ => vec![vec![plain(format!("{source}{}", also(quotation)))]],
    };
    lines.extend(
        quotation
            .reference
            .as_ref()
            .and_then(source_in_words)
            .map(|words| vec![plain(words)]),
    );
    lines
}

/// Returns what is wrong with the source that a paper names, or cannot be said of it.
pub(in crate::report) fn source_in_words(reference: &CheckedReference) -> Option<String> {
    let cited = one_line(&reference.place.words);
    let whose = match &reference.instrument {
        Some(name) if !cited.contains(name.as_str()) => format!(" ({name})"),
        _ => String::new(),
    };
    match reference.verdict {
        ReferenceVerdict::Known => None,
        ReferenceVerdict::UnknownNumber => Some(format!(
            "Cited as “{cited}”{whose}: there is no such number."
        )),
        ReferenceVerdict::WrongNumber => Some(format!(
            "Cited as “{cited}”{whose}: the words stand elsewhere."
        )),
        ReferenceVerdict::WrongAgreement => Some(format!(
            "Cited as “{cited}”{whose}: it has not these words."
        )),
        ReferenceVerdict::UnknownAgreement => Some(format!(
            "Cited as “{cited}”{whose}: not in the corpus, or not clear which is meant."
        )),
    }
}

/// Returns the clauses with their files: `GGE 2015 ¶13(c) (gge2015.md)`.
pub(in crate::report) fn sources(clauses: &[SourceClause]) -> String {
    let citations = clauses.iter().map(|of| &of.clause.citation);
    let file = clauses.first().and_then(|of| of.file.as_deref());
    let file = file.map(|file| format!(" ({file})")).unwrap_or_default();
    format!("{}{file}", joined(citations, ", then "))
}

fn also(quotation: &CheckedQuotation) -> String {
    if quotation.also_in.is_empty() {
        return String::new();
    }
    let named = quotation
        .also_in
        .iter()
        .take(MAX_ALSO)
        .map(|of| &of.citation);
    let more = match quotation.also_in.len().saturating_sub(MAX_ALSO) {
        0 => String::new(),
        n => format!(" and {n} more"),
    };
    format!("; also {}{more}", joined(named, ", "))
}

fn place_in_words(place: &PaperPlace) -> String {
    match place.page {
        Some(page) => format!("page {page}, paragraph {}:", place.paragraph),
        None => format!("paragraph {}:", place.paragraph),
    }
}

fn push_references(page: &mut Page, references: &[CheckedReference], limit: usize) {
    if references.is_empty() {
        return;
    }
    page.heading("References without a quotation");
    let mut ordered: Vec<&CheckedReference> = references.iter().collect();
    ordered.sort_by_key(|of| of.verdict);
    for reference in ordered.iter().take(limit) {
        let place = strong(place_in_words(&reference.place));
        let cited = quote(one_line(&reference.place.words));
        let verdict = match &reference.instrument {
            Some(name) => format!("{}, of {name}", reference.verdict.name()),
            None => reference.verdict.name().to_owned(),
        };
        page.item(0, vec![place, cited, plain(verdict)]);
    }
    page.more(ordered.len(), limit);
}

fn record_of(quotation: &CheckedQuotation) -> Vec<String> {
    let quoted_in = match quotation.quoted_in {
        QuotedIn::Marks => "marks",
        QuotedIn::Block => "block",
        QuotedIn::Nothing => "nothing",
    };
    let mut cells = vec![
        "quotation".to_owned(),
        quotation.verdict.name().to_owned(),
        quoted_in.to_owned(),
    ];
    cells.extend(place_cells(&quotation.place));
    cells.push(joined(
        quotation.clauses.iter().map(|of| &of.clause.citation),
        "; ",
    ));
    cells.push(joined(
        quotation.clauses.iter().filter_map(|of| of.file.as_ref()),
        "; ",
    ));
    cells.push(joined(
        quotation.also_in.iter().map(|of| &of.citation),
        "; ",
    ));
    match &quotation.reference {
        Some(reference) => {
            cells.push(one_line(&reference.place.words));
            cells.push(reference.verdict.name().to_owned());
            cells.extend(reference_cells(reference));
        }
        None => cells.extend(std::iter::repeat_n(String::new(), 5)),
    }
    let score = quotation.score.map(|score| format!("{:.3}", score.value()));
    cells.push(score.unwrap_or_default());
    cells.push(whole(&quotation.difference));
    cells
}

/// Returns the page, the paragraph, the characters and the words of a place.
fn place_cells(place: &PaperPlace) -> [String; 5] {
    [
        place.page.map(|page| page.to_string()).unwrap_or_default(),
        place.paragraph.to_string(),
        (place.characters.start + 1).to_string(),
        place.characters.end.to_string(),
        place.words.clone(),
    ]
}

/// Returns the instrument, the provisions and their clauses.
fn reference_cells(reference: &CheckedReference) -> [String; 3] {
    [
        reference.instrument.clone().unwrap_or_default(),
        reference.provisions.join("; "),
        joined(reference.clauses.iter().map(|of| &of.citation), "; "),
    ]
}
