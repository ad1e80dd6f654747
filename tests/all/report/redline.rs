//! The Word document with tracked changes: all accepted it is the later version, all rejected the earlier one.

use std::sync::Arc;

use consonance::corpus::{Corpus, CorpusBuilder};
use consonance::finding::{VersionText, compare_versions};
use consonance::read::{ReadLimits, read};
use consonance::report::{RedlineParams, to_redline};
use roxmltree::{Document, Node};

use crate::common::written::part;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

const BEFORE: &str = "\
# Tide Pact

Article 1
The Parties shall keep a light burning on every pier. They shall ring a bell in fog.

Article 2
The Parties should:
(a) publish their charts each spring;
(b) mend broken lamps within a day & a night;

Article 3
Pilots may rest for one hour between two voyages across the lagoon.

Article 4
No toll is due from fishing boats that return before the evening.
";
const AFTER: &str = "\
# Tide Pact

Article 1
No toll is due from fishing boats that return before the evening.

Article 2
The Parties should keep a light burning on every pier.

Article 3
They shall ring a bell in fog.

Article 4
The Parties shall:
(a) publish their charts each spring;
(b) mend broken lamps within two days;
(c) share their \"true\" logs.
";

fn corpus(text: &str) -> Corpus {
    let mut builder = CorpusBuilder::new();
    let reading = read(text.as_bytes(), "pact.md", &ReadLimits::default()).unwrap();
    builder.add(reading, Some("pact.md"));
    builder.build().unwrap()
}

fn version(corpus: &Corpus) -> VersionText {
    VersionText::of(corpus, corpus.agreements_in("pact.md")[0])
}

/// Returns the paragraphs that are left if everything in `gone` goes: its words, and the ends of paragraphs.
fn settled(xml: &str, gone: &str) -> Vec<String> {
    let document = Document::parse(xml).unwrap();
    let is_gone = |node: &Node<'_, '_>| node.has_tag_name((WORD, gone));
    let mut paragraphs = Vec::new();
    let mut open = String::new();
    for paragraph in document
        .descendants()
        .filter(|node| node.has_tag_name((WORD, "p")))
    {
        let texts = paragraph
            .descendants()
            .filter(|node| node.has_tag_name((WORD, "t")) || node.has_tag_name((WORD, "delText")));
        let left = texts.filter(|text| !text.ancestors().any(|node| is_gone(&node)));
        open.extend(left.filter_map(|text| text.text()));
        let properties = paragraph
            .children()
            .find(|node| node.has_tag_name((WORD, "pPr")));
        let ends = properties.is_none_or(|of| !of.descendants().any(|node| is_gone(&node)));
        if ends {
            paragraphs.push(std::mem::take(&mut open));
        }
    }
    assert_eq!(open, "", "the last paragraph ends");
    paragraphs
}

/// Returns the headings, lead-ins and numbered clauses of a version, white space as one space.
fn paragraphs_of(corpus: &Corpus) -> Vec<String> {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut paragraphs = Vec::new();
    let mut last: [Option<Arc<str>>; 2] = [None, None];
    for id in corpus.clause_ids() {
        let clause = corpus.clause(id);
        let own = [clause.heading.clone(), clause.lead_in.clone()];
        for place in 0..2 {
            if own[..=place] != last[..=place] {
                paragraphs.extend(own[place].as_deref().map(one_line));
            }
        }
        last = own;
        let label = clause
            .label
            .as_ref()
            .map(|label| format!("{} ", label.as_str()));
        paragraphs.push(format!(
            "{}{}",
            label.unwrap_or_default(),
            one_line(corpus.text(id))
        ));
    }
    paragraphs
}

#[test]
fn accepting_all_gives_the_later_version_and_rejecting_all_the_earlier_one() {
    let [before, after] = [BEFORE, AFTER].map(corpus);
    let found = compare_versions(&[version(&before), version(&after)]);
    let bytes = to_redline(&found, &RedlineParams::default()).unwrap();
    let xml = part(&bytes, "word/document.xml");
    assert_eq!(settled(&xml, "del"), paragraphs_of(&after));
    assert_eq!(settled(&xml, "ins"), paragraphs_of(&before));
    assert!(
        xml.contains("<w:delText") && xml.contains("<w:ins "),
        "{xml}"
    );
}

#[test]
fn changes_have_an_author_and_a_date_and_each_its_number() {
    let [before, after] = [BEFORE, AFTER].map(corpus);
    let found = compare_versions(&[version(&before), version(&after)]);
    let params = RedlineParams::default()
        .author("A. \"Keeper\" & Co")
        .date("2026-03-01".to_owned());
    let bytes = to_redline(&found, &params).unwrap();
    let (xml, comments) = (
        part(&bytes, "word/document.xml"),
        part(&bytes, "word/comments.xml"),
    );
    let mut numbers = Vec::new();
    for text in [&xml, &comments] {
        let document = Document::parse(text).unwrap();
        let stamped = document
            .descendants()
            .filter(|node| node.has_attribute((WORD, "author")));
        for node in stamped {
            assert_eq!(node.attribute((WORD, "author")), Some("A. \"Keeper\" & Co"));
            assert_eq!(node.attribute((WORD, "date")), Some("2026-03-01T00:00:00Z"));
            numbers.push(node.attribute((WORD, "id")).unwrap().to_owned());
        }
    }
    assert!(numbers.len() > 10);
    let n = numbers.len();
    numbers.sort();
    numbers.dedup();
    assert_eq!(numbers.len(), n, "no number twice");
    assert!(comments.contains("binds"), "{comments}");
    assert_eq!(
        bytes,
        to_redline(&found, &params).unwrap(),
        "the same bytes"
    );
}

#[test]
fn three_versions_and_no_date_are_refused() {
    let texts = [BEFORE, AFTER, BEFORE].map(|text| version(&corpus(text)));
    let refused = to_redline(&compare_versions(&texts), &RedlineParams::default()).unwrap_err();
    assert!(
        refused.to_string().contains("of two versions, not of 3"),
        "{refused}"
    );
    let params = RedlineParams::default().date("yesterday".to_owned());
    let refused = to_redline(&compare_versions(&texts[..2]), &params).unwrap_err();
    assert!(
        refused.to_string().contains("`yesterday` is no date"),
        "{refused}"
    );
}

#[test]
fn documents_are_alike_whatever_became_of_the_clauses() {
    // Each version against each, and against itself.
    let texts = [BEFORE, AFTER, "1. Keep the lights.\n\n2. Ring the bells.\n"].map(corpus);
    for before in &texts {
        for after in &texts {
            let found = compare_versions(&[version(before), version(after)]);
            let bytes = to_redline(&found, &RedlineParams::default()).unwrap();
            let xml = part(&bytes, "word/document.xml");
            assert_eq!(settled(&xml, "del"), paragraphs_of(after));
            assert_eq!(settled(&xml, "ins"), paragraphs_of(before));
        }
    }
}
