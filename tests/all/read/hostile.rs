//! Hostile files of every format: each ends in clauses or in a clear error, none costs another.

#![allow(
    clippy::format_collect,
    reason = "parts of small files are put together"
)]

use std::fs;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};

use consonance::clause::segment;
use consonance::corpus::{Corpus, LoadParams};
use consonance::error::Severity;
use consonance::read::{Body, ReadLimits, read};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::read::formats::{archive_of, word_file};
use crate::read::pdf::pdf_of;
use crate::read::tables::{
    harbor_table, in_html, in_markdown, in_workbook, sheet_of, with_tabs, workbook_of,
};

/// How large the largest files are: less where the compiler does not optimize.
const LARGE: usize = if cfg!(debug_assertions) {
    1 << 20
} else {
    10 << 20
};
const MANY: usize = if cfg!(debug_assertions) {
    10_000
} else {
    100_000
};

/// A file: its name and its bytes.
type File = (String, Vec<u8>);

/// A small valid file of which the inside is broken, then wrapped.
struct Seed {
    name: &'static str,
    inside: Vec<u8>,
    wrap: fn(&[u8]) -> Vec<u8>,
}

const TEXT: &str = "Harbor Code\n\nA/70/999\n\nArticle 1\n\n1. Members should:\n\n(a) keep lights;\n\n\
    (b) keep buoys, see Article 2(1) and note 3.\n\n- 2 -\n\x0cHarbor Code\n\n2. No Member moves a buoy.\n";

const LAW: &str = "<akomaNtoso><meta/><body><chapter><num>I</num><heading>Lights</heading><article>\
    <num>Article 1</num><paragraph><num>1</num><content><p>Members <b>shall</b> keep lights\
    <authorialNote marker='1'><p>A note.</p></authorialNote>.</p></content></paragraph><paragraph>\
    <num>2</num><list><intro><p>They keep:</p></intro><point><num>(a)</num><p>buoys.</p></point>\
    </list></paragraph></article></chapter></body></akomaNtoso>";

const TREATY: &str = "<treaty><meta><name>Harbor Treaty</name><language>en</language></meta><body>\
    <chapter name='Lights'><article number='Article 1' name='Care'>1. Each Party keeps lights.\n\n\
    2. Each Party keeps buoys.</article></chapter></body></treaty>";

const PAGE: &str = "<!doctype html><html lang=en><title>Harbor Code</title><nav>menu</nav><h1>Harbor \
    Code</h1><ol><li>Members should:<ol type=a><li>keep lights<sup><a href=#n>1</a></sup><li>keep \
    buoys</ol></ol><table><tr><td>(a)<td>words &amp; more</table><p id=n>1 A note.</html>";

const MARKDOWN: &str = "---\nyear: 2015\n---\n# Harbor Code\n\n> quoted\n\n1. **Norm 1:** Members \
    should:\n   - keep *lights*;\n   - keep [buoys](x).\n\n| a | b |\n|---|---|\n| c | d |\n";

const RECORDS: &str = "{\"id\": 1, \"agreement\": \"Harbor Code\", \"year\": 2015, \"clause\": \"Art. 1\", \
    \"text\": \"Members keep lights.\", \"lang\": \"en\"}\n{\"text\": \"Members keep buoys.\"}\n";

const ROWS: &str =
    "id,agreement,clause,text\n1,Harbor Code,Art. 1,\"Members keep \"\"lights\"\".\"\n";

const WORDS: &str = "<w:document xmlns:w='w'><w:body><w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId \
    w:val='1'/></w:numPr></w:pPr><w:r><w:t>Members keep:</w:t></w:r><w:r><w:footnoteReference w:id='2'/>\
    </w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>(a)</w:t></w:r></w:p></w:tc><w:tc><w:p><w:ins><w:r><w:t>\
    lights</w:t></w:r></w:ins></w:p></w:tc></w:tr></w:tbl></w:body></w:document>";

const ODT: &str = "<o:document-content xmlns:o='o' xmlns:t='t' xmlns:s='s'><o:automatic-styles>\
    <t:list-style s:name='L'><t:list-level-style-number t:level='1' s:num-format='1' s:num-suffix='.'/>\
    </t:list-style></o:automatic-styles><o:body><o:text><t:h t:outline-level='1'>Harbor Code</t:h>\
    <t:list t:style-name='L'><t:list-item t:start-value='3'><t:p>Members keep lights.</t:p></t:list-item>\
    </t:list></o:text></o:body></o:document-content>";

fn same(bytes: &[u8]) -> Vec<u8> {
    bytes.to_vec()
}

/// Wraps bytes that need not be a text as one part of a package.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn in_word_file(document: &[u8]) -> Vec<u8> {
    package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", document),
    ])
}

fn in_numbering(numbering: &[u8]) -> Vec<u8> {
    package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", WORDS.as_bytes()),
        ("word/numbering.xml", numbering),
        ("word/styles.xml", numbering),
    ])
}

fn in_odt(content: &[u8]) -> Vec<u8> {
    package(&[
        ("META-INF/manifest.xml", b"<x/>"),
        ("content.xml", content),
        ("styles.xml", content),
    ])
}

fn in_sheet(sheet: &[u8]) -> Vec<u8> {
    workbook_of(&[String::from_utf8_lossy(sheet).into_owned()])
}

fn in_archive(bytes: &[u8]) -> Vec<u8> {
    package(&[("a.txt", bytes), ("b/c.md", MARKDOWN.as_bytes())])
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const NUMBERING: &str = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'>\
    <w:start w:val='3'/><w:numFmt w:val='lowerRoman'/><w:lvlText w:val='(%1)'/></w:lvl></w:abstractNum>\
    <w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num></w:numbering>";

fn seeds() -> Vec<Seed> {
    let table = harbor_table();
    let seed = |name, inside: &[u8], wrap| Seed {
        name,
        inside: inside.to_vec(),
        wrap,
    };
    vec![
        seed("a.txt", TEXT.as_bytes(), same as fn(&[u8]) -> Vec<u8>),
        seed("a.md", MARKDOWN.as_bytes(), same),
        seed("a.html", PAGE.as_bytes(), same),
        seed("akn.xml", LAW.as_bytes(), same),
        seed("treaty.xml", TREATY.as_bytes(), same),
        seed("a.jsonl", RECORDS.as_bytes(), same),
        seed("a.csv", ROWS.as_bytes(), same),
        seed("a.tsv", &with_tabs(&table), same),
        seed("table.md", &in_markdown(&table), same),
        seed("table.html", &in_html(&table), same),
        seed("a.xlsx", sheet_of(&table).as_bytes(), in_sheet),
        seed("whole.xlsx", &in_workbook(&[&table]), same),
        seed("a.docx", WORDS.as_bytes(), in_word_file),
        seed("styles.docx", NUMBERING.as_bytes(), in_numbering),
        seed(
            "whole.docx",
            &word_file("<w:p><w:r><w:t>Words.</w:t></w:r></w:p>"),
            same,
        ),
        seed("a.odt", ODT.as_bytes(), in_odt),
        seed("a.zip", TEXT.as_bytes(), in_archive),
        seed("whole.zip", &in_archive(TEXT.as_bytes()), same),
        seed("a.txt.gz", &gzip(TEXT.as_bytes()), same),
        seed("a.pdf", &pdf_of(&[TEXT, "1. More words."]), same),
    ]
}

/// Reads and cuts a file. A panic of a reader of ours fails; that of the PDF parser is caught.
fn check(name: &str, bytes: &[u8]) {
    let reading = match read(bytes, name, &ReadLimits::default()) {
        Ok(reading) => reading,
        Err(error) => {
            let is_caught = error.message().contains("the reader of this format failed");
            assert!(!is_caught || is_pdf(name), "{name}: a reader panicked");
            assert!(
                !error.message().is_empty() && error.file() == Some(name),
                "{name}: {error}"
            );
            return;
        }
    };
    for document in &reading.documents {
        let Body::Text { text, hints } = &document.body else {
            continue;
        };
        assert!(
            hints
                .iter()
                .all(|hint| text.get(hint.range.clone()).is_some()),
            "{name}"
        );
        let cut = segment(text, hints);
        let n_bytes: usize = cut.segments.iter().map(|part| part.range.len()).sum();
        assert_eq!(n_bytes, text.len(), "{name}: no byte is lost");
        for part in &cut.segments {
            let pieces = cut.pieces(text, part.body.clone());
            let joined: String = pieces.into_iter().map(|piece| &text[piece]).collect();
            assert_eq!(joined, cut.words(text, part.body.clone()), "{name}");
        }
    }
}

fn is_pdf(name: &str) -> bool {
    name.contains(".pdf")
}

#[test]
fn every_seed_is_read() {
    for seed in seeds() {
        let bytes = (seed.wrap)(&seed.inside);
        let reading = read(&bytes, seed.name, &ReadLimits::default());
        let reading = reading.unwrap_or_else(|error| panic!("{}: {error}", seed.name));
        assert!(!reading.documents.is_empty(), "{}", seed.name);
    }
}

/// Every seed cut off at many places, before and after it is wrapped.
fn truncated() -> Vec<File> {
    let mut files = Vec::new();
    for seed in seeds() {
        let whole = (seed.wrap)(&seed.inside);
        for part in 1..12 {
            let inside = &seed.inside[..seed.inside.len() * part / 12];
            files.push((format!("cut{part}-{}", seed.name), (seed.wrap)(inside)));
            let outside = whole[..whole.len() * part / 12].to_vec();
            files.push((format!("torn{part}-{}", seed.name), outside));
        }
    }
    files
}

fn nested(open: &str, close: &str, n: usize) -> String {
    format!("{}Members keep lights.{}", open.repeat(n), close.repeat(n))
}

/// What nests deeply, in every format that can.
fn deep() -> Vec<File> {
    let n = 20_000;
    let page = |inner: String| format!("<html><body>{inner}").into_bytes();
    let word = |inner: &str| {
        format!("<w:document xmlns:w='w'><w:body>{inner}</w:body></w:document>").into_bytes()
    };
    let list = "<t:list><t:list-item>";
    let odt = |n: usize| {
        let lists = nested(list, "</t:list-item></t:list>", n);
        ODT.replace("<t:h ", &format!("{lists}<t:h ")).into_bytes()
    };
    let mut files = vec![
        ("div.html", page(nested("<div>", "</div>", n))),
        ("bold.html", page("<b><p>".repeat(n))),
        ("table.html", page(nested("<table><tr><td>", "</table>", n))),
        ("issue.html", page("<table><tr><td>Issue<td>".repeat(300))),
        ("list.html", page(nested("<ol><li>", "", n))),
        (
            "law.xml",
            format!("<akomaNtoso>{}", nested("<p>", "</p>", n)).into_bytes(),
        ),
        (
            "half.xml",
            format!("<akomaNtoso>{}", "<p>".repeat(n)).into_bytes(),
        ),
        (
            "deep.jsonl",
            format!("{{\"text\": {}}}", nested("[", "]", n)).into_bytes(),
        ),
        ("deep.json", format!("[{}]", "[".repeat(n)).into_bytes()),
        ("quotes.md", nested("> ", "", n).into_bytes()),
        (
            "lists.md",
            (0..400)
                .map(|n| format!("{}- x\n", "  ".repeat(n)))
                .collect::<String>()
                .into_bytes(),
        ),
        ("links.md", "[".repeat(n).into_bytes()),
        ("stars.md", "*a ".repeat(n).into_bytes()),
        ("parts.txt", nested("(a) ", "", n).into_bytes()),
        (
            "deep.docx",
            in_word_file(&word(&nested("<w:sdt>", "</w:sdt>", n))),
        ),
        (
            "boxes.docx",
            in_word_file(&word(&nested(
                "<w:tbl><w:tr><w:tc>",
                "</w:tc></w:tr></w:tbl>",
                80,
            ))),
        ),
        ("deep.odt", in_odt(&odt(n))),
        ("fits.odt", in_odt(&odt(100))),
    ];
    let mut inner = gzip(TEXT.as_bytes());
    for _ in 0..20 {
        inner = gzip(&inner);
    }
    files.push(("nested.txt.gz", inner));
    let mut inner = in_archive(TEXT.as_bytes());
    for _ in 0..20 {
        inner = package(&[("inner.zip", &inner)]);
    }
    files.push(("nested.zip", inner));
    named(files)
}

fn named(files: Vec<(&str, Vec<u8>)>) -> Vec<File> {
    files
        .into_iter()
        .map(|(name, bytes)| (name.to_owned(), bytes))
        .collect()
}

/// Archives that inflate to much, and styles that refer to each other in a circle.
fn bombs_and_cycles() -> Vec<File> {
    let zeros = vec![b' '; 4 << 20];
    let style = |id: &str, base: &str| {
        format!(
            "<w:style w:styleId='{id}'><w:name w:val='{id}'/><w:basedOn w:val='{base}'/></w:style>"
        )
    };
    let styles = format!(
        "<w:styles xmlns:w='w'>{}{}</w:styles>",
        style("A", "B"),
        style("B", "A")
    );
    let document = WORDS.replace("<w:numPr>", "<w:pStyle w:val='A'/><w:numPr>");
    let entities = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]>\
                    <akomaNtoso><p>&b;</p></akomaNtoso>";
    let wide = "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension \
                ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Issue</t></is>\
                </c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row></sheetData></worksheet>";
    let spans =
        "<html><table><tr><td>Issue<td colspan=4000000000>A<td rowspan=99999999999>B<tr><td>x";
    named(vec![
        ("bomb.txt.gz", gzip(&zeros)),
        ("bomb.zip", package(&[("a.txt", &zeros)])),
        ("bomb.docx", in_word_file(&zeros)),
        ("bomb.odt", in_odt(&zeros)),
        ("bomb.xlsx", in_sheet(&zeros)),
        ("wide.xlsx", in_sheet(wide.as_bytes())),
        ("spans.html", spans.as_bytes().to_vec()),
        (
            "cycle.docx",
            archive_of(&[
                ("[Content_Types].xml", "<Types/>"),
                ("word/document.xml", &document),
                ("word/styles.xml", &styles),
            ]),
        ),
        ("entities.xml", entities.as_bytes().to_vec()),
        (
            "paths.zip",
            archive_of(&[
                ("../../up.txt", TEXT),
                ("/etc/x.txt", TEXT),
                ("C:\\x.md", TEXT),
            ]),
        ),
    ])
}

/// Bytes that are no characters, characters that steer, and encodings that are not what they seem.
fn odd_characters() -> Vec<File> {
    let utf16: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let swapped: Vec<u8> = TEXT.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let bidi = TEXT.replace(' ', " \u{202E}\u{2066}\u{200F}");
    let zero = TEXT.replace('e', "\u{200B}e\u{200D}\u{FEFF}\u{AD}");
    let mut files = named(vec![
        ("utf16.txt", utf16.clone()),
        ("swapped.txt", swapped),
        ("odd.txt", [b"\xFF\xFE".as_slice(), &utf16[1..]].concat()),
        ("lone.txt", b"\xFF\xFE\x00\xD8x\x00\x00\xDC".repeat(50)),
        ("shift.txt", b"\x82\xa0\x82\xa2\x8b\xab ".repeat(60)),
        (
            "declared.html",
            b"<html><meta charset=shift_jis><p>\x82\xff\xC9tat \xE9t\xE9".to_vec(),
        ),
        (
            "unknown.xml",
            b"<?xml version='1.0' encoding='EBCDIC'?><akomaNtoso><p>\xC1</p></akomaNtoso>".to_vec(),
        ),
        (
            "marks.txt",
            "e\u{301}"
                .repeat(5)
                .replace('\u{301}', &"\u{301}".repeat(5_000))
                .into_bytes(),
        ),
    ]);
    for (name, text) in [("bidi", &bidi), ("zero", &zero)] {
        for ending in ["txt", "md", "html", "jsonl", "csv"] {
            let text = match ending {
                "html" => format!("<html><p>{text}"),
                "jsonl" => serde_json::json!({"text": text}).to_string(),
                "csv" => format!("text\n\"{text}\"\n"),
                _ => text.clone(),
            };
            files.push((format!("{name}.{ending}"), text.into_bytes()));
        }
    }
    for seed in seeds() {
        let mut broken = seed.inside.clone();
        for index in (0..broken.len()).step_by(7) {
            broken[index] = 0xFF;
        }
        files.push((format!("broken-{}", seed.name), (seed.wrap)(&broken)));
        let mut nul = seed.inside.clone();
        let middle = nul.len() / 2;
        nul[middle] = 0;
        files.push((format!("nul-{}", seed.name), (seed.wrap)(&nul)));
    }
    files
}

/// What is long: one line, many clauses, numbers beyond every count.
fn long() -> Vec<File> {
    let line = "Members keep lights ".repeat(LARGE / 20);
    let clauses: String = (1..=MANY).map(|n| format!("{n}. x\n")).collect();
    let items: String = (1..=MANY).map(|_| "(a) x\n").collect();
    let huge = "99999999999999999999999. Keep lights.\n\nArticle 4294967296\n\n(zzzzzzzzzzzzzz) x\n\n\
                MMMMMMMMMMMMMMMMMMMM. y\n\nArticle 18446744073709551616(1)\n\n第九千九百九十九万億条\n";
    let list = "<html><ol start=2147483647><li>a<li value=-9223372036854775808>b<ol type=I start=4000000000><li>c";
    let number = NUMBERING.replace("w:val='3'", "w:val='4294967295'");
    let start = ODT.replace("start-value='3'", "start-value='99999999999'");
    let mut files = named(vec![
        ("huge.txt", huge.as_bytes().to_vec()),
        ("huge.md", huge.as_bytes().to_vec()),
        ("list.html", list.as_bytes().to_vec()),
        ("number.docx", in_numbering(number.as_bytes())),
        ("start.odt", in_odt(start.as_bytes())),
        ("quoted.csv", format!("text\n\"{line}").into_bytes()),
    ]);
    for (name, text) in [("line", &line), ("clauses", &clauses), ("items", &items)] {
        for ending in ["txt", "md", "html"] {
            let before = if ending == "html" { "<html><pre>" } else { "" };
            files.push((
                format!("{name}.{ending}"),
                format!("{before}{text}").into_bytes(),
            ));
        }
    }
    let record = serde_json::json!({"text": line}).to_string();
    files.push(("line.jsonl".to_owned(), record.into_bytes()));
    files
}

#[test]
fn truncated_files_end_in_clauses_or_an_error() {
    for (name, bytes) in truncated() {
        check(&name, &bytes);
    }
}

#[test]
fn deeply_nested_files_end_in_clauses_or_an_error() {
    for (name, bytes) in deep() {
        check(&name, &bytes);
    }
}

#[test]
fn bombs_and_cycles_end_in_clauses_or_an_error() {
    for (name, bytes) in bombs_and_cycles() {
        check(&name, &bytes);
    }
}

#[test]
fn odd_characters_end_in_clauses_or_an_error() {
    for (name, bytes) in odd_characters() {
        check(&name, &bytes);
    }
}

#[test]
fn long_files_end_in_clauses_or_an_error() {
    for (name, bytes) in long() {
        check(&name, &bytes);
    }
}

#[test]
fn among_hostile_files_every_good_one_is_read_and_the_counts_add_up() {
    let folder = tempfile::TempDir::new().unwrap();
    let good: Vec<File> = seeds()
        .iter()
        .map(|seed| (format!("good-{}", seed.name), (seed.wrap)(&seed.inside)))
        .collect();
    let hostile = [truncated(), deep(), bombs_and_cycles(), odd_characters()].concat();
    let mut names = Vec::new();
    for (index, (name, bytes)) in good.iter().chain(&hostile).enumerate() {
        let name = format!("{index:04}-{name}");
        fs::write(folder.path().join(&name), bytes).unwrap();
        names.push(name);
    }
    let corpus = Corpus::load(&[folder.path().to_owned()], &LoadParams::default()).unwrap();
    for (index, name) in names.iter().enumerate() {
        let of_file =
            |diagnostic: &&consonance::error::Diagnostic| diagnostic.file.as_deref() == Some(name);
        let is_refused = corpus
            .refused_files()
            .any(|diagnostic| of_file(&diagnostic));
        let is_skipped_for = |reason: &str| {
            let skipped = corpus
                .diagnostics()
                .iter()
                .filter(|diagnostic| diagnostic.severity == Severity::Skipped);
            skipped
                .filter(of_file)
                .any(|diagnostic| diagnostic.message.contains(reason))
        };
        let is_without_clause = is_skipped_for("holds no clause");
        // The same text in another file is read there.
        let is_copy = is_skipped_for("it is a copy of");
        let is_read = is_read(&corpus, name, folder.path()) || is_copy;
        let is_good = index < good.len();
        assert!(!is_good || is_read, "{name} is good and read");
        let n_ends = usize::from(is_refused) + usize::from(is_read || is_without_clause);
        assert_eq!(
            n_ends, 1,
            "{name} ends in one way: refused {is_refused}, read {is_read}"
        );
    }
}

/// Whether clauses of a file are in a corpus. Ready clauses of one agreement that stand in several
/// files are one agreement of the corpus, which bears the name of one file.
fn is_read(corpus: &Corpus, name: &str, folder: &std::path::Path) -> bool {
    if corpus
        .agreements()
        .iter()
        .any(|agreement| agreement.file.as_deref() == Some(name))
    {
        return true;
    }
    let bytes = fs::read(folder.join(name)).unwrap();
    let reading = read(&bytes, name, &ReadLimits::default());
    reading.is_ok_and(|reading| {
        let ready = |body: &Body| matches!(body, Body::Clauses(clauses) if !clauses.is_empty());
        reading
            .documents
            .iter()
            .any(|document| ready(&document.body))
    })
}

/// What is put into a file to break it.
const BAIT: [&str; 32] = [
    "<",
    ">",
    "</p>",
    "<p>",
    "<table>",
    "<tr><td>",
    "<!--",
    "<![CDATA[",
    "&amp;",
    "&#x110000;",
    "&",
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    "\\",
    "\\u0000",
    ",",
    ";",
    "\t",
    "\n",
    "\r",
    "|",
    "\n\n1. ",
    "(a) ",
    "Issue\t",
    "\u{202E}",
    "\u{FEFF}",
    "\u{0}",
    "99999999999999999999",
];

/// A change of a file: where, how much of it, and what comes there.
#[derive(Clone, Debug)]
enum Change {
    Flip(Index, u8),
    Delete(Index, usize),
    Repeat(Index, usize),
    Insert(Index, usize),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Change::Flip(at, byte)),
        (any::<Index>(), 1..40_usize).prop_map(|(at, n)| Change::Delete(at, n)),
        (any::<Index>(), 1..80_usize).prop_map(|(at, n)| Change::Repeat(at, n)),
        (any::<Index>(), 0..BAIT.len()).prop_map(|(at, n)| Change::Insert(at, n)),
    ]
}

fn changed(mut bytes: Vec<u8>, changes: &[Change]) -> Vec<u8> {
    for change in changes {
        let (Change::Flip(at, _)
        | Change::Delete(at, _)
        | Change::Repeat(at, _)
        | Change::Insert(at, _)) = change;
        if bytes.is_empty() {
            return bytes;
        }
        let at = at.index(bytes.len());
        match change {
            Change::Flip(_, byte) => bytes[at] ^= byte,
            Change::Delete(_, n) => drop(bytes.drain(at..(at + n).min(bytes.len()))),
            Change::Repeat(_, n) => {
                let piece = bytes[at..(at + n).min(bytes.len())].to_vec();
                bytes.splice(at..at, piece);
            }
            Change::Insert(_, n) => drop(bytes.splice(at..at, BAIT[*n].bytes())),
        }
    }
    bytes
}

/// Returns whether a reader ended as it must; a failed check is told with its file.
fn ends_well(name: &str, bytes: &[u8]) -> Result<(), TestCaseError> {
    let outcome = catch_unwind(AssertUnwindSafe(|| check(name, bytes)));
    outcome
        .map_err(|_| TestCaseError::fail(format!("{name}: {:?}", String::from_utf8_lossy(bytes))))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 400 } else { 20_000 }))]

    #[test]
    fn broken_files_of_every_format_end_in_clauses_or_an_error(
        seed in any::<Index>(),
        changes in proptest::collection::vec(change(), 1..12),
    ) {
        let seeds = seeds();
        let seed = &seeds[seed.index(seeds.len())];
        let inside = changed(seed.inside.clone(), &changes);
        ends_well(seed.name, &(seed.wrap)(&inside))?;
    }

    #[test]
    fn arbitrary_bytes_in_every_wrapping_end_in_clauses_or_an_error(
        seed in any::<Index>(),
        parts in proptest::collection::vec((0..BAIT.len(), proptest::collection::vec(any::<u8>(), 0..12)), 0..40),
    ) {
        let seeds = seeds();
        let seed = &seeds[seed.index(seeds.len())];
        let bytes: Vec<u8> = parts.into_iter().flat_map(|(n, bytes)| [BAIT[n].as_bytes(), &bytes].concat()).collect();
        ends_well(seed.name, &(seed.wrap)(&bytes))?;
    }
}
