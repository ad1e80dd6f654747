//! Every limit of reading: what is just inside it is read, what passes it is refused by name.

#![allow(
    clippy::format_collect,
    reason = "parts of small files are put together"
)]

use std::io::{Cursor, Write};

use consonance::read::{ReadLimits, read};
use flate2::Compression;
use flate2::write::GzEncoder;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn archive_of(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn nested(open: &str, words: &str, close: &str, depth: usize) -> String {
    format!("{}{words}{}", open.repeat(depth), close.repeat(depth))
}

type Set = fn(&mut ReadLimits);

struct Case {
    /// What the limit is set to.
    set: Set,
    name: &'static str,
    inside: Vec<u8>,
    beyond: Vec<u8>,
    /// Words of the message.
    message: &'static str,
}

fn case(
    set: Set,
    name: &'static str,
    (inside, beyond): (impl Into<Vec<u8>>, impl Into<Vec<u8>>),
    message: &'static str,
) -> Case {
    Case {
        set,
        name,
        inside: inside.into(),
        beyond: beyond.into(),
        message,
    }
}

fn cases_of_texts() -> Vec<Case> {
    let record = |n: usize| format!("{{\"text\": \"{}\"}}", "w".repeat(n));
    let deep = |n: usize| format!("{{\"text\": \"w\", \"x\": {}}}", nested("[", "", "]", n));
    vec![
        case(
            |l| l.max_text_bytes = 20,
            "a.txt",
            ("States should talk.", "States should never talk."),
            "20 bytes",
        ),
        case(
            |l| l.max_text_bytes = 20,
            "a.md",
            ("States should talk.", "States should never talk."),
            "20 bytes",
        ),
        case(
            |l| l.max_record_bytes = 40,
            "a.jsonl",
            (record(20), record(40)),
            "40 bytes",
        ),
        case(
            |l| l.max_line_bytes = 40,
            "a.jsonl",
            (record(20), record(40)),
            "longer than 40 bytes",
        ),
        case(
            |l| l.max_json_depth = 3,
            "a.jsonl",
            (deep(2), deep(3)),
            "nested more than 3 deep",
        ),
        case(
            |l| l.max_json_depth = 3,
            "a.json",
            (format!("[{}]", deep(2)), format!("[{}]", deep(3))),
            "nested more than 3 deep",
        ),
        case(
            |_| (),
            "a.jsonl",
            (deep(126), deep(128)),
            "nested more than 128 deep",
        ),
        case(
            |l| l.max_columns = 2,
            "a.csv",
            ("text,id\nTalk.,1\n", "text,id,x\nTalk.,1,2\n"),
            "2 columns",
        ),
        case(
            |l| l.max_cell_bytes = 5,
            "a.csv",
            ("text,id\nTalk.,1\n", "text,id\nListen.,1\n"),
            "5 bytes",
        ),
        case(
            |l| l.max_unreadable_percent = 20,
            "a.txt",
            (
                "éééé\u{FFFD}".as_bytes(),
                b"\xC3\xA9\xC3\xA9\xC3\xA9\xFF\xC3\xA9\xC3\xA9\xC3\xA9\xFF".as_slice(),
            ),
            "20 %",
        ),
    ]
}

fn cases_of_markup() -> Vec<Case> {
    let page = |depth| {
        format!(
            "<html><body>{}",
            nested("<div>", "<p>Talk.</p>", "</div>", depth)
        )
    };
    let law = |depth| {
        let inner = nested("<part>", "<p>Talk.</p>", "</part>", depth);
        format!("<akomaNtoso>{inner}</akomaNtoso>")
    };
    let marked = |n: usize| {
        let attributes: String = (0..n).map(|n| format!(" a{n}=\"x\"")).collect();
        (
            format!("<html><body><p{attributes}>Talk."),
            format!("<akomaNtoso><p{attributes}>Talk.</p></akomaNtoso>"),
        )
    };
    let long = |n: usize| {
        format!(
            "<akomaNtoso><p a=\"{}\">Talk.</p></akomaNtoso>",
            "x".repeat(n)
        )
    };
    vec![
        case(
            |l| l.max_html_depth = 20,
            "a.html",
            (page(15), page(25)),
            "20 deep",
        ),
        case(|_| (), "a.html", (page(500), page(600)), "512 deep"),
        case(
            |l| l.max_xml_depth = 20,
            "a.xml",
            (law(15), law(25)),
            "20 deep",
        ),
        case(|_| (), "a.xml", (law(200), law(300)), "256 deep"),
        case(
            |l| l.max_attributes = 5,
            "a.html",
            (marked(5).0, marked(7).0),
            "5 attributes",
        ),
        case(
            |l| l.max_attributes = 5,
            "a.xml",
            (marked(5).1, marked(7).1),
            "5 attributes",
        ),
        case(
            |l| l.max_tag_bytes = 90,
            "a.xml",
            (long(60), long(120)),
            "90 bytes",
        ),
    ]
}

fn cases_of_archives() -> Vec<Case> {
    let words = "States should talk. ";
    let one = |n: usize| archive_of(&[("a.txt", &words.repeat(n))]);
    let files = |n: usize| {
        let names: Vec<String> = (0..n).map(|n| format!("{n}.txt")).collect();
        let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), words)).collect();
        archive_of(&files)
    };
    let blown = |n: usize| gzip(words.repeat(n).as_bytes());
    vec![
        case(
            |l| l.max_entries = 3,
            "a.zip",
            (files(3), files(4)),
            "3 entries",
        ),
        case(
            |l| l.max_entry_bytes = 100,
            "a.zip",
            (one(4), one(6)),
            "100 bytes",
        ),
        case(
            |l| l.max_archive_bytes = 70,
            "a.zip",
            (files(3), files(5)),
            "bytes",
        ),
        case(
            |l| l.max_inflation = 10,
            "a.zip",
            (one(1_000), one(100_000)),
            "10 times",
        ),
        case(
            |l| l.max_inflation = 10,
            "a.txt.gz",
            (blown(1_000), blown(100_000)),
            "10 times",
        ),
        case(
            |l| l.max_text_bytes = 1_000,
            "a.txt.gz",
            (blown(40), blown(60)),
            "1000 bytes",
        ),
        case(
            |_| (),
            "a.txt.gz",
            (blown(2), gzip(&blown(2))),
            "inside a gzip",
        ),
        case(
            |_| (),
            "a.zip",
            (one(1), nested_archive()),
            "inside an archive",
        ),
    ]
}

fn nested_archive() -> Vec<u8> {
    let inner = archive_of(&[("a.txt", "words")]);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("inner.zip", SimpleFileOptions::default())
        .unwrap();
    zip.write_all(&inner).unwrap();
    zip.finish().unwrap().into_inner()
}

#[test]
fn every_limit_of_a_file_is_settable_and_named_where_it_is_passed() {
    let all = [cases_of_texts(), cases_of_markup(), cases_of_archives()];
    for case in all.into_iter().flatten() {
        let mut limits = ReadLimits::default();
        (case.set)(&mut limits);
        let what = format!("{} with `{}`", case.name, case.message);
        if let Err(error) = read(&case.inside, case.name, &limits) {
            panic!("{what}: refused inside its limit: {error}");
        }
        match read(&case.beyond, case.name, &limits) {
            Ok(reading) => panic!("{what}: read beyond its limit: {:?}", reading.diagnostics),
            Err(error) => assert!(
                format!("{error:#}").contains(case.message),
                "{what}: {error:#}"
            ),
        }
    }
}

#[test]
fn a_web_page_of_many_elements_is_refused() {
    let page = format!(
        "<html><body>{}",
        "<b>".repeat(400) + &"<i></i>".repeat(10_000)
    );
    let error = read(page.as_bytes(), "a.html", &ReadLimits::default()).unwrap_err();
    assert!(error.to_string().contains("2000000 elements"), "{error}");
}
