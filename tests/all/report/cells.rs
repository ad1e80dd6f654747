//! Cells that quote once an agreement, and Word documents that are read back whole.

use std::collections::BTreeSet;

use consonance::corpus::Corpus;
use consonance::finding::Annotated;
use consonance::read::{ReadLimits, read};
use consonance::report::{to_docx, to_markdown};
use consonance::table::{ConvergeParams, ConvergenceTable, converge};

use crate::common::made::{Line, corpus};

/// Two agreements with four clauses each about lamps, and one with a long clause.
fn lamps() -> Corpus {
    let mut lines = Vec::new();
    for (process, agreement) in [("Reef Union", "Reef Pact"), ("Pier Union", "Pier Act")] {
        for (n, time) in (1..).zip(["dusk", "night", "dawn", "fog"]) {
            let text =
                format!("Keepers shall keep the lamps of the {agreement} burning at {time}.");
            lines.push(Line::new([process, agreement, &n.to_string()], &text));
        }
    }
    let story =
        "Lamps have burned on the coast since keepers first came to it, and ships pass. ".repeat(5);
    let long = format!("{story}Keepers should keep the lamps burning at night. Oil is dear.");
    lines.push(Line::new(["Quay League", "Quay Call", "1"], &long));
    corpus(&lines)
}

fn table_of(corpus: &Corpus) -> ConvergenceTable {
    let params = ConvergeParams::default().n_clusters(1).n_resamples(0);
    converge(corpus, &params).unwrap()
}

#[test]
fn a_cell_quotes_once_an_agreement_and_counts_the_others() {
    let corpus = lamps();
    let table = table_of(&corpus);
    let document = to_markdown(&table);
    assert_eq!(document.matches("(+3 more)").count(), 2, "{document}");
    assert_eq!(
        document.matches("Keepers shall keep the lamps").count(),
        2 + 1,
        "and the typical one"
    );
    assert!(
        document.contains("“… Keepers should keep the lamps burning at night. …”"),
        "{document}"
    );
    let whole = to_markdown(Annotated::from(&table).words_per_cell(None));
    assert_eq!(whole.matches("burning at dusk.”").count(), 2, "{whole}");
    assert!(whole.contains("Oil is dear."), "{whole}");
}

#[test]
fn a_word_document_is_read_back_with_the_clauses_its_cells_only_count() {
    let corpus = lamps();
    let table = table_of(&corpus);
    let parsed = read(&to_docx(&table), "table.docx", &ReadLimits::default()).unwrap();
    let ids: BTreeSet<_> = parsed
        .placements
        .iter()
        .map(|of| of.clause_id.clone().unwrap())
        .collect();
    assert_eq!(parsed.placements.len(), corpus.clauses().len(), "each once");
    let expected: BTreeSet<_> = corpus
        .clauses()
        .iter()
        .map(|clause| clause.key.clone())
        .collect();
    assert_eq!(ids, expected);
    let issues: BTreeSet<_> = parsed
        .placements
        .iter()
        .map(|of| of.issue.clone())
        .collect();
    assert_eq!(issues, BTreeSet::from([table.rows[0].issue.clone()]));
    assert!(parsed.diagnostics.is_empty(), "{:?}", parsed.diagnostics);
    let mut builder = consonance::corpus::CorpusBuilder::new();
    builder.add(parsed, Some("table.docx"));
    let read_back = builder.build().unwrap();
    let texts = |corpus: &Corpus| -> BTreeSet<String> {
        corpus
            .clause_ids()
            .map(|id| corpus.text(id).to_owned())
            .collect()
    };
    assert_eq!(
        texts(&read_back),
        texts(&corpus),
        "whole words, although cells cut them"
    );
}
