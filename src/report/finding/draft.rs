//! [`DraftCheck`] as a page and records: a draft and its precedents.

use std::ops::Range;

use crate::finding::{Against, DraftCheck, DraftClause, DraftStanding, Precedent};
use crate::report::finding::report::Report;
use crate::report::form::page::{Page, plain, quote, strong};
use crate::report::form::records::Records;
use crate::report::form::snippet::around;
use crate::report::form::visible::one_line;
use crate::report::form::words::{counted, joined};
use crate::reuse::Grade;
use crate::score::Score;

/// The most characters of a clause that are shown.
const MAX_QUOTED: usize = 300;
/// The most characters of a precedent that are shown.
const MAX_PRECEDENT: usize = 160;

/// A page has at most `limit` precedents for each clause; in the quoted clauses, agreed words are in
/// double angle quotation marks: `«words»`. A record is a clause with one of its precedents; a clause
/// without any has one record.
impl Report for DraftCheck {
    fn page(&self, limit: usize) -> Page {
        let mut page = Page::titled(format!("Draft check: {}", self.draft));
        let novelty = &self.novelty;
        page.text(format!(
            "Novelty {:.2} of 1: {}.",
            novelty.value.value(),
            novelty.because
        ));
        let counts = novelty.counts.iter();
        let counts = counts.map(|(standing, n)| format!("{n} {standing}"));
        page.text(format!(
            "{}: {}. Agreed words stand in «».",
            counted(self.clauses.len(), "clause", "clauses"),
            joined(counts, ", ")
        ));
        for clause in &self.clauses {
            push_clause(&mut page, clause, limit);
        }
        page
    }

    fn records(&self) -> Records {
        let mut records = Records::of(
            "id, citation, standing, novelty, agreed, agreeing, class, agreed words, \
             new words, precedent, score, cosine, grade, the draft is, text",
        );
        for clause in &self.clauses {
            if clause.precedents.is_empty() {
                records.add(record_of(clause, None));
            }
            for precedent in &clause.precedents {
                records.add(record_of(clause, Some(precedent)));
            }
        }
        records
    }
}

fn push_clause(page: &mut Page, clause: &DraftClause, limit: usize) {
    let standing = clause.standing.name();
    page.heading(format!(
        "{}: {standing}, novelty {:.2}",
        clause.clause.citation,
        clause.novelty.value()
    ));
    page.item(0, vec![quote(marked(clause))]);
    page.item(
        1,
        vec![plain(format!(
            "{}; {}",
            clause.force.tag(),
            strength_line(clause)
        ))],
    );
    if clause.standing != DraftStanding::New {
        page.item(1, vec![plain(agreeing_line(clause))]);
    }
    for precedent in clause.precedents.iter().take(limit) {
        let words = vec![
            strong(format!("{}:", precedent.clause.citation)),
            quote(around(
                &precedent.text,
                &first_shared(precedent),
                MAX_PRECEDENT / 2,
            )),
        ];
        page.item(0, words);
        page.item(1, vec![plain(why(precedent))]);
    }
}

/// Returns the words of a clause on one line, agreed words in quotation marks.
fn marked(clause: &DraftClause) -> String {
    let mut shown = String::new();
    let mut end = 0;
    for stretch in &clause.agreed {
        shown.push_str(&clause.text[end..stretch.range.start]);
        shown.push('«');
        shown.push_str(&clause.text[stretch.range.clone()]);
        shown.push('»');
        end = stretch.range.end;
    }
    shown.push_str(&clause.text[end..]);
    let shown = one_line(&shown);
    let lead_in = clause
        .lead_in
        .as_deref()
        .map(|words| format!("{} ", one_line(words)));
    let shown = format!("{}{shown}", lead_in.unwrap_or_default());
    around(&shown, &(0..0), MAX_QUOTED)
}

fn first_shared(precedent: &Precedent) -> Range<usize> {
    let longest = precedent.shared.iter().max_by_key(|run| run.n_words);
    longest.map_or(0..0, |run| run.b.clone())
}

fn why(precedent: &Precedent) -> String {
    let [own, _] = precedent.taken.map(Score::value);
    let mut parts = vec![format!(
        "score {:.2}: {own:.2} of the words stand in it, cosine {:.2}",
        precedent.score.value(),
        precedent.by_words.value()
    )];
    if precedent.grade != Grade::None {
        parts.push(precedent.grade.name().to_owned());
    }
    parts.push(match precedent.against {
        Against::Weaker => format!("the draft is weaker than its {}", precedent.force.class),
        Against::AsStrong => format!("as strong: {}", precedent.force.class),
        Against::Stronger => format!("the draft is stronger than its {}", precedent.force.class),
        Against::Contrary => "the contrary is asked for".to_owned(),
        Against::Unknown => "of unknown strength".to_owned(),
    });
    parts.join("; ")
}

/// Returns the numbers of precedents that are stronger or weaker than a clause.
fn strength_line(clause: &DraftClause) -> String {
    let n = |against: Against| {
        let those = clause
            .precedents
            .iter()
            .filter(|precedent| precedent.against == against);
        those.count()
    };
    let kinds = [
        (Against::Weaker, "weaker than"),
        (Against::AsStrong, "as strong as"),
        (Against::Stronger, "stronger than"),
        (Against::Contrary, "contrary to"),
    ];
    let told = kinds.into_iter().filter(|(against, _)| n(*against) > 0);
    let told = told.map(|(against, words)| format!("{words} {}", n(against)));
    match joined(told, ", ") {
        none if none.is_empty() => "no precedent to compare with".to_owned(),
        told => format!("{told} of its precedents"),
    }
}

fn agreeing_line(clause: &DraftClause) -> String {
    let named = |processes: &[String]| {
        let n = counted(processes.len(), "process", "processes");
        if processes.is_empty() {
            n
        } else {
            format!("{n} ({})", processes.join(", "))
        }
    };
    format!(
        "words or norm in {}; its subject in {} more",
        named(&clause.agreeing),
        named(&clause.on_subject)
    )
}

fn record_of(clause: &DraftClause, precedent: Option<&Precedent>) -> Vec<String> {
    let agreed = clause.agreed.iter().map(|stretch| &stretch.range);
    let mut record = vec![
        clause.clause.id.clone(),
        clause.clause.citation.clone(),
        clause.standing.name().to_owned(),
        format!("{:.3}", clause.novelty.value()),
        format!("{:.3}", clause.share_agreed.value()),
        clause.agreeing.join("; "),
        clause.force.tag(),
        parts(&clause.text, agreed),
        parts(&clause.text, clause.new.iter()),
    ];
    record.extend(match precedent {
        Some(precedent) => [
            precedent.clause.citation.clone(),
            format!("{:.3}", precedent.score.value()),
            format!("{:.3}", precedent.by_words.value()),
            precedent.grade.name().to_owned(),
            precedent.against.name().to_owned(),
        ],
        None => [const { String::new() }; 5],
    });
    record.push(clause.text.clone());
    record
}

fn parts<'r>(text: &str, ranges: impl Iterator<Item = &'r Range<usize>>) -> String {
    joined(ranges.map(|range| &text[range.clone()]), " | ")
}
