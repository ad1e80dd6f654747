//! What a small file says many times: it is kept once, bounded, or told.

use std::io::{Cursor, Read, Write};
use std::sync::Arc;

use consonance::corpus::{Corpus, CorpusBuilder};
use consonance::error::{Diagnostic, Severity};
use consonance::read::{Parsed, ReadLimits, read};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::read::formats::archive_of;
use crate::read::tables::workbook_of;

fn read_all(bytes: &[u8], name: &str) -> Parsed {
    read(bytes, name, &ReadLimits::default()).unwrap()
}

fn corpus_of(bytes: &[u8], name: &str) -> Corpus {
    let mut builder = CorpusBuilder::new();
    builder.add(read_all(bytes, name), Some(name));
    builder.build().unwrap()
}

/// The diagnostics that say some words.
fn saying<'d>(diagnostics: &'d [Diagnostic], words: &str) -> Vec<&'d Diagnostic> {
    let told = diagnostics.iter();
    told.filter(|told| told.message.contains(words)).collect()
}

#[test]
fn names_that_stand_twice_in_an_archive_are_told() {
    let (lamps, buoys) = ("1. Keep the lamps.", "1. Keep the buoys.");
    let mut bytes = archive_of(&[("a.txt", lamps), ("b.txt", buoys), ("c.txt", lamps)]);
    while let Some(at) = bytes.windows(5).position(|part| part == b"b.txt") {
        bytes[at] = b'a';
    }
    let parsed = read_all(&bytes, "all.zip");
    let told = saying(&parsed.diagnostics, "have this name");
    assert_eq!(told.len(), 1, "{:?}", parsed.diagnostics);
    assert_eq!(told[0].severity, Severity::Skipped);
    assert_eq!(told[0].file.as_deref(), Some("all.zip/a.txt"));
    assert!(
        told[0].message.starts_with("2 files"),
        "{}",
        told[0].message
    );
    let whole = read_all(
        &archive_of(&[("a.txt", lamps), ("b.txt", buoys)]),
        "all.zip",
    );
    assert_eq!(saying(&whole.diagnostics, "have this name").len(), 0);
}

/// A workbook with one text that its cells may share.
fn sharing(sheet: &str, text: &str) -> Vec<u8> {
    let plain = workbook_of(&[sheet.to_owned()]);
    let mut from = ZipArchive::new(Cursor::new(plain)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    let mut add = |name: &str, content: &str| {
        to.start_file(name, SimpleFileOptions::default()).unwrap();
        to.write_all(content.as_bytes()).unwrap();
    };
    for index in 0..from.len() {
        let mut part = from.by_index(index).unwrap();
        let (name, mut content) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut content).unwrap();
        if name.ends_with("workbook.xml.rels") {
            content = content.replace(
                "</Relationships>",
                "<Relationship Id=\"s\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
            );
        }
        add(&name, &content);
    }
    add(
        "xl/sharedStrings.xml",
        &format!("<sst><si><t>{text}</t></si></sst>"),
    );
    to.finish().unwrap().into_inner()
}

fn in_sheet(rows: &str) -> String {
    format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{rows}</sheetData></worksheet>"
    )
}

#[test]
fn a_text_that_cells_share_counts_for_each_of_them() {
    let row = |n: usize| format!("<row r=\"{n}\"><c r=\"A{n}\" t=\"s\"><v>0</v></c></row>");
    let rows: String = (1..=20).map(row).collect();
    let book = sharing(&in_sheet(&rows), &"lamps ".repeat(1_000));
    let limits = ReadLimits::default();
    let refusal = |limits| read(&book, "a.xlsx", &limits).unwrap_err().to_string();
    assert!(
        refusal(limits.clone()).contains("no sheet"),
        "20 times 6,000 bytes are few"
    );
    let tight = refusal(limits.max_archive_bytes(100_000));
    assert!(tight.contains("100000 bytes of words"), "{tight}");
}

#[test]
fn empty_cells_before_the_last_one_of_a_row_count() {
    let row = |n: usize| {
        format!("<row r=\"{n}\"><c r=\"IV{n}\" t=\"inlineStr\"><is><t>x</t></is></c></row>")
    };
    let rows: String = (1..=10).map(row).collect();
    let book = workbook_of(&[in_sheet(&rows)]);
    let refusal = |n_cells| {
        let limits = ReadLimits::default().max_cells(n_cells);
        read(&book, "a.xlsx", &limits).unwrap_err().to_string()
    };
    assert!(
        refusal(2_559).contains("more than 2559 cells"),
        "{}",
        refusal(2_559)
    );
    assert!(refusal(2_560).contains("no sheet"), "{}", refusal(2_560));
}

#[test]
fn a_lead_in_and_a_heading_are_kept_once() {
    let text = "# On lamps\n\n1. Members should, as far as they can:\n   - keep lamps;\n   - keep bells.\n";
    let corpus = corpus_of(text.as_bytes(), "code.md");
    let [first, second] = corpus.clauses() else {
        panic!("{:?}", corpus.clauses());
    };
    let shares = |a: &Option<Arc<str>>, b: &Option<Arc<str>>| {
        Arc::ptr_eq(a.as_ref().unwrap(), b.as_ref().unwrap())
    };
    assert!(shares(&first.lead_in, &second.lead_in));
    assert!(first.heading.is_none() || shares(&first.heading, &second.heading));
}

#[test]
fn names_are_cut_and_this_is_told() {
    let text = format!(
        "---\nshort_name: {}\nyear: 2147483647\n---\n1. Keep the lamps.\n",
        "né".repeat(500)
    );
    let refused = read(text.as_bytes(), "code.md", &ReadLimits::default()).unwrap_err();
    assert_eq!(
        (refused.line(), refused.to_string().contains("`year`")),
        (Some(3), true),
        "{refused}"
    );
    let corpus = corpus_of(text.replace("2147483647", "2015").as_bytes(), "code.md");
    assert_eq!(corpus.agreements()[0].name.len(), 1_000);
    let told = saying(corpus.diagnostics(), "`short_name` has 1500 bytes");
    assert_eq!(told.len(), 1, "{:?}", corpus.diagnostics());
}

#[test]
fn a_year_beyond_reason_is_told_and_left_out() {
    let records = "{\"agreement\": \"a\", \"year\": 2147483647, \"text\": \"Keep the lamps.\"}\n\
                   {\"agreement\": \"b\", \"year\": 2015, \"text\": \"Keep the bells.\"}\n";
    let corpus = corpus_of(records.as_bytes(), "all.jsonl");
    let years: Vec<Option<i32>> = corpus
        .agreements()
        .iter()
        .map(|of| of.metadata.year)
        .collect();
    assert_eq!(years, [None, Some(2015)]);
    assert_eq!(
        saying(corpus.diagnostics(), "2147483647").len(),
        1,
        "{:?}",
        corpus.diagnostics()
    );
}
