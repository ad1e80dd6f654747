//! Official XML read as XML, against the same text without any marks: the same clauses come out.

use std::collections::BTreeSet;

use crate::common::shared::shared;
use consonance::clause::{Granularity, Segmentation, segment};
use consonance::read::{Body, Hint, ReadLimits, read};

/// A clause: its label and its words.
type Found = BTreeSet<(String, String)>;

fn clauses_of(text: &str, cut: &Segmentation) -> Found {
    let passages = cut.at(Granularity::Paragraph).into_iter();
    passages
        .filter_map(|passage| {
            let words = cut.words(text, passage.body.clone());
            let words: Vec<&str> = words.split_whitespace().collect();
            Some((passage.label?.canonical(), words.join(" ")))
        })
        .collect()
}

/// Returns the labeled clauses of an XML file with the marks of its format and without.
fn both(bytes: &[u8], name: &str) -> (Found, Found) {
    let reading = read(bytes, name, &ReadLimits::default()).unwrap();
    let Body::Text { text, hints } = &reading.documents[0].body else {
        panic!("{name}: a text was expected");
    };
    let of = |hints: &[Hint]| clauses_of(text, &segment(text, hints));
    (of(hints), of(&[]))
}

#[test]
fn an_invented_law_is_cut_alike_with_and_without_its_marks() {
    let law = "<akomaNtoso><body><chapter><num>Chapter I</num><heading>Lights</heading>\
        <article><num>Article 1</num><heading>Aim</heading>\
        <paragraph><num>1.</num><content><p>Members keep lights on every coast.</p></content></paragraph>\
        <paragraph><num>2.</num><list><intro><p>They keep:</p></intro>\
        <point><num>(a)</num><p>buoys;</p></point><point><num>(b)</num><p>horns.</p></point></list>\
        </paragraph></article>\
        <article><num>Article 2</num><heading>Rescue</heading><paragraph><content>\
        <p>Members save lives at sea.</p></content></paragraph></article></chapter></body></akomaNtoso>";
    let (marked, flat) = both(law.as_bytes(), "law.xml");
    let labels: Vec<&str> = marked.iter().map(|(label, _)| label.as_str()).collect();
    assert_eq!(labels, ["article 1(1)", "article 1(2)", "article 2"]);
    assert_eq!(marked, flat);
}

mod needs_shared {
    use super::*;

    #[test]
    #[ignore = "needs ../shared"]
    fn the_shared_laws_are_cut_alike_with_and_without_their_marks() {
        let entries = std::fs::read_dir(shared("documents")).unwrap();
        let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.retain(|path| path.extension().is_some_and(|ending| ending == "xml"));
        paths.sort();
        let (mut n_same, mut n_all) = (0, 0);
        for path in paths {
            let name = path.file_name().unwrap().to_str().unwrap();
            let (marked, flat) = both(&std::fs::read(&path).unwrap(), name);
            let same = marked.intersection(&flat).count();
            println!(
                "{name}: {} with marks, {} without, {same} alike",
                marked.len(),
                flat.len()
            );
            // Without marks, the form at the end of the proposal has no telling which lines are titles;
            // one preamble has no heading but its marks.
            let is_proposal = name.starts_with("akn_eu");
            let n_other = usize::from(name == "tota-254.xml");
            assert!(
                is_proposal || same + n_other >= marked.len().max(flat.len()),
                "{name}"
            );
            n_same += 2 * same;
            n_all += marked.len() + flat.len();
        }
        println!("{n_same} of {n_all} alike");
        assert!(n_same * 100 >= n_all * 97, "{n_same} of {n_all} alike");
    }
}
