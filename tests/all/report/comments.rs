//! A paper in Word with a comment on each quotation.

use std::io::Cursor;

use consonance::corpus::{Corpus, LoadParams};
use consonance::finding::{Paper, Quotations, check_quotations};
use consonance::read::{Body, ReadLimits, read};
use consonance::report::{RedlineParams, to_commented};
use consonance::similarity::{Representation, RepresentationParams};
use roxmltree::Document;

use crate::common::written::part;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const PAPER: &str = "# On lamps & reefs\n\n\
    GGE 2015 says that “No State should let its land serve, to its knowledge, for internationally wrongful acts” \
    (para. 13(c)).\n\n\
    It goes on:\n\n> States should promote the responsible reporting of vulnerabilities\n\n\
    See para. 99 of GGE 2015.\n";

fn checked(bytes: &[u8], name: &str) -> (Paper, Quotations) {
    let corpus = Corpus::load(&["corpus".into()], &LoadParams::default()).unwrap();
    let params = RepresentationParams::default().reduction(None);
    let representation = Representation::of(&corpus, &params).unwrap();
    let paper = Paper::read(bytes, name, &ReadLimits::default()).unwrap();
    let found = check_quotations(&corpus, &representation, &paper);
    (paper, found)
}

fn commented(bytes: &[u8], name: &str) -> Vec<u8> {
    let (paper, found) = checked(bytes, name);
    let params = RedlineParams::default()
        .author("A. \"Keeper\" & Co")
        .date("2026-03-01".to_owned());
    to_commented(&found, &paper, &params).unwrap()
}

fn text_of(bytes: &[u8]) -> String {
    let parsed = read(bytes, "paper.docx", &ReadLimits::default()).unwrap();
    match &parsed.documents[0].body {
        Body::Text { text, .. } => text.clone(),
        Body::Clauses(_) => panic!("a paper is a text"),
    }
}

/// The words inside the marks of each comment, by its number.
fn commented_words(xml: &str) -> Vec<(String, String)> {
    let document = Document::parse(xml).unwrap();
    let marks = |name: &'static str| {
        document
            .descendants()
            .filter(move |node| node.has_tag_name((WORD, name)))
    };
    let number = |node: &roxmltree::Node<'_, '_>| node.attribute((WORD, "id")).unwrap().to_owned();
    let words = |start: roxmltree::Node<'_, '_>| {
        let id = number(&start);
        let end = marks("commentRangeEnd")
            .find(|end| number(end) == id)
            .unwrap();
        assert!(marks("commentReference").any(|of| number(&of) == id));
        let within = marks("t").filter(|text| {
            text.range().start > start.range().start && text.range().end < end.range().start
        });
        let words: String = within.filter_map(|text| text.text()).collect();
        (id, words)
    };
    marks("commentRangeStart").map(words).collect()
}

#[test]
fn a_paper_that_is_no_word_document_becomes_one_with_comments() {
    let bytes = commented(PAPER.as_bytes(), "paper.md");
    let found = commented_words(&part(&bytes, "word/document.xml"));
    let words: Vec<&str> = found.iter().map(|(_, words)| words.as_str()).collect();
    let expected = [
        "No State should let its land serve, to its knowledge, for internationally wrongful acts",
        "States should promote the responsible reporting of vulnerabilities",
        "para. 99 of GGE 2015",
    ];
    assert_eq!(words, expected);
    let comments = part(&bytes, "word/comments.xml");
    for expected in [
        "[-territory-] {+land+}",
        "Exact: GGE 2015 ¶13(j)",
        "there is no such number",
        "&amp; Co",
        "2026-03-01T00:00:00Z",
    ] {
        assert!(comments.contains(expected), "{expected}: {comments}");
    }
    assert!(text_of(&bytes).contains("On lamps & reefs"));
    assert_eq!(
        bytes,
        commented(PAPER.as_bytes(), "paper.md"),
        "the same bytes"
    );
}

#[test]
fn a_copy_of_a_word_document_keeps_its_words_its_parts_and_its_comments() {
    let original = commented(PAPER.as_bytes(), "paper.md");
    let copy = commented(&original, "paper.docx");
    assert_eq!(text_of(&copy), text_of(&original));
    for name in [
        "word/styles.xml",
        "word/settings.xml",
        "[Content_Types].xml",
        "word/_rels/document.xml.rels",
    ] {
        assert_eq!(part(&copy, name), part(&original, name));
    }
    let found = commented_words(&part(&copy, "word/document.xml"));
    let mut numbers: Vec<&str> = found.iter().map(|(number, _)| number.as_str()).collect();
    numbers.sort_unstable();
    assert_eq!(
        numbers,
        ["0", "1", "2", "3", "4", "5"],
        "three were there, three are new"
    );
    assert!(found.iter().all(|(_, words)| !words.is_empty()));
    let comments = part(&copy, "word/comments.xml");
    assert_eq!(comments.matches("[-territory-]").count(), 2);
    assert_eq!(copy, commented(&original, "paper.docx"), "the same bytes");
}

/// Returns a Word document as other programs write it: other runs, a link, a deletion, no comments.
fn foreign_document() -> Vec<u8> {
    use std::io::Write;
    let body = "<w:p><w:r><w:t xml:space=\"preserve\">It says: “No State should </w:t></w:r><w:del w:id=\"7\"><w:r><w:delText>not \
        </w:delText></w:r></w:del><w:hyperlink><w:r><w:t>let its</w:t></w:r></w:hyperlink><w:r><w:t xml:space=\"preserve\"> \
        territory se</w:t></w:r><w:r><w:t>rve” for</w:t></w:r><w:r><w:t xml:space=\"preserve\"> nobody.</w:t></w:r></w:p>";
    let document =
        format!("<w:document xmlns:w=\"{WORD}\"><w:body>{body}<w:sectPr/></w:body></w:document>");
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" \
        ContentType=\"application/xml\"/></Types>";
    let relations = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"></Relationships>";
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, content) in [
        ("[Content_Types].xml", types),
        ("word/document.xml", &document),
        ("word/_rels/document.xml.rels", relations),
    ] {
        archive.start_file(name, options).unwrap();
        archive.write_all(content.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn comments_stand_around_whole_runs_and_their_part_is_made_known() {
    let original = foreign_document();
    let copy = commented(&original, "paper.docx");
    let xml = part(&copy, "word/document.xml");
    let found = commented_words(&xml);
    assert_eq!(
        found,
        [(
            "0".to_owned(),
            "It says: “No State should let its territory serve” for".to_owned()
        )]
    );
    let before = part(&original, "word/document.xml");
    let marks = "<w:commentRangeStart w:id=\"0\"/>";
    let end = "<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>";
    assert_eq!(
        xml.replace(marks, "").replace(end, ""),
        before,
        "nothing else changed"
    );
    assert!(part(&copy, "[Content_Types].xml").contains("PartName=\"/word/comments.xml\""));
    assert!(part(&copy, "word/_rels/document.xml.rels").contains("Target=\"comments.xml\""));
    Document::parse(&part(&copy, "word/comments.xml")).unwrap();
    assert_eq!(text_of(&copy), text_of(&original));
}
