//! Every format through the one door: the text and the hints that come out.

use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use crate::common::shared::shared;
use consonance::clause::{Granularity, Segmentation, segment};
use consonance::error::ErrorKind;
use consonance::read::{Body, Document, Hint, HintKind, Parsed, ReadLimits, read};
use serde_json::Value;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Returns a path among the real documents.
fn path_of(name: &str) -> PathBuf {
    shared("documents").join(name)
}

fn reading_of(bytes: &[u8], name: &str) -> Parsed {
    read(bytes, name, &ReadLimits::default()).unwrap()
}

fn text_of(document: &Document) -> (&str, &[Hint]) {
    match &document.body {
        Body::Text { text, hints } => (text, hints),
        Body::Clauses(_) => panic!("a text was expected"),
    }
}

/// Writes a document as one line a hint: a sign for what it is and its words.
fn outline(bytes: &[u8], name: &str) -> String {
    let reading = reading_of(bytes, name);
    let (text, hints) = text_of(&reading.documents[0]);
    let line = |hint: &Hint| {
        let sign = match hint.kind {
            HintKind::Heading(depth) => format!("h{depth}"),
            HintKind::ListItem(depth) => format!("i{depth}"),
            HintKind::Paragraph => "p".to_owned(),
            HintKind::Note => "n".to_owned(),
            _ => "?".to_owned(),
        };
        format!("{sign} {}", &text[hint.range.clone()])
    };
    hints.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn cut(name: &str) -> (String, Segmentation) {
    let bytes = std::fs::read(path_of(name)).unwrap();
    let reading = reading_of(&bytes, name);
    let (text, hints) = text_of(&reading.documents[0]);
    (text.to_owned(), segment(text, hints))
}

fn check_page(body: &str, expected: &[&str]) {
    let page = format!("<!doctype html><body>{body}");
    assert_eq!(
        outline(page.as_bytes(), "a.html"),
        expected.join("\n"),
        "{body}"
    );
}

#[test]
fn a_page_gives_its_words_and_their_roles() {
    check_page(
        "<h1>A  Code</h1><p>Some <b>bold</b>\n words &amp; <a href=x>more</a>.<div>And this",
        &["h1 A Code", "p Some bold words & more.", "p And this"],
    );
    check_page("one<br>two<br><br>three", &["p one\ntwo", "p three"]);
    check_page("<pre>one\n two\n\nthree</pre>", &["p one\ntwo", "p three"]);
}

#[test]
fn items_bear_the_number_a_browser_shows() {
    check_page(
        "<p>States should:<ol><li>talk<li>listen<ol type=a><li>to all</ol>again</ol>",
        &[
            "p States should:",
            "i1 1. talk",
            "i1 2. listen",
            "i2 a. to all",
            "p again",
        ],
    );
    check_page(
        "<ol start=4 type=I><li>four<li value=9>nine</ol><ol reversed><li>b<li>a</ol>",
        &["i1 IV. four", "i1 IX. nine", "i1 2. b", "i1 1. a"],
    );
    check_page(
        "<ul><li>bullet<li>(a) own</ul><ol><li>7. own</ol>",
        &["i1 bullet", "i1 (a) own", "i1 7. own"],
    );
    check_page(
        "<ol><li value=99999999999999999999>x<li>y</ol>",
        &["i1 1. x", "i1 2. y"],
    );
}

#[test]
fn a_number_in_a_cell_of_its_own_joins_its_words() {
    check_page(
        "<table><tr><td><p>(a)</p><td><p>talk to:</p><table><tr><td>(i)<td>all</table></table>",
        &["i1 (a) talk to:", "i1 (i) all"],
    );
    check_page(
        "<table><tr><th>Who<th>What<tr><td>States<td>talk</table>",
        &["p Who\tWhat", "p States\ttalk"],
    );
}

#[test]
fn what_is_around_the_text_is_left_out() {
    let words = "Running words that everybody should read. ".repeat(6);
    let kept = format!("p {}", words.trim());
    check_page(
        &format!(
            "<nav>menu</nav><header>logo</header><script>x()</script><style>y</style>\
             <ul><li><a>one</a><li><a>two</a><li><a>three</a></ul><div hidden>gone</div>\
             <p>{words}</p><footer>imprint</footer>"
        ),
        &[&kept],
    );
    check_page(
        &format!("<div>about</div><main>{words}</main><p>more"),
        &[&kept],
    );
    check_page(&format!("<header><p>{words}</p></header>"), &[&kept]);
}

#[test]
fn footnotes_go_to_the_end_and_their_marks_go() {
    check_page(
        "<p>Words<sup><a href='#n1'>1</a></sup> go on.</p>\
         <p class=note><a href='#r1'>(<sup>1</sup>)</a> A source.</p><p>Last.",
        &["p Words go on.", "p Last.", "n (1) A source."],
    );
}

#[test]
fn a_page_says_its_title_language_and_encoding() {
    let page = b"<html lang=fr-CA><meta charset=iso-8859-1><title>La charte</title><p>\xC9tat";
    let reading = reading_of(page, "a.html");
    let document = &reading.documents[0];
    assert_eq!(document.metadata.title.as_deref(), Some("La charte"));
    assert_eq!(document.metadata.language.unwrap().code(), "fr");
    assert_eq!(text_of(document).0, "État\n");
    let empty = read(
        b"<html><script>x</script>",
        "a.html",
        &ReadLimits::default(),
    );
    assert_eq!(empty.unwrap_err().kind(), ErrorKind::Format);
}

#[test]
fn official_xml_gives_numbers_headings_and_words() {
    let xml = "<?xml version='1.0'?><a:akomaNtoso xmlns:a='x'><a:act><a:meta><FRBRWork>\
        <FRBRdate date='2014-07-17'/></FRBRWork><FRBRlanguage language='en'/></a:meta>\
        <body><chapter><num>Chapter I</num><heading>Seas</heading>\
        <article><num>Article 1</num><heading>Aims</heading><paragraph><num>1</num><intro>\
        <p>States <b>shall</b><authorialNote marker='3'><p>See above.</p></authorialNote>:</p></intro>\
        <point><num>(a)</num><content><p>talk;</p></content></point></paragraph>\
        <paragraph><num>2.</num><content><p>It reads: <mod><quotedStructure startQuote='«' \
        endQuote='»'><paragraph><num>5</num><p>New.</p></paragraph></quotedStructure></mod></p>\
        </content></paragraph></article></chapter></body></a:act></a:akomaNtoso>";
    let expected = [
        "h1 Chapter I",
        "h1 Seas",
        "h2 Article 1",
        "h2 Aims",
        "i1 (1) States shall:",
        "i2 (a) talk;",
        "i1 2. It reads: « (5) New.»",
        "n 3 See above.",
    ];
    assert_eq!(outline(xml.as_bytes(), "a.xml"), expected.join("\n"));
    let reading = reading_of(xml.as_bytes(), "a.xml");
    let metadata = &reading.documents[0].metadata;
    assert_eq!(metadata.year, Some(2014));
    assert_eq!(metadata.first_published.as_deref(), Some("2014-07-17"));
}

#[test]
fn a_trade_agreement_in_xml_gives_its_articles() {
    let xml = "<treaty><meta><name>A - B</name><date_signed>1995-12-15</date_signed></meta><body>\
        <chapter number='CHAPTER I' name='Goods'><article number='ARTICLE 1' name='Scope'>1. Fish \n\n\n\
        2. \tBoats, with the exception \n\nof toys.</article></chapter></body></treaty>";
    let expected = [
        "h1 CHAPTER I",
        "h1 Goods",
        "h2 ARTICLE 1",
        "h2 Scope",
        "p 1. Fish",
        "p 2. Boats, with the exception of toys.",
    ];
    assert_eq!(outline(xml.as_bytes(), "a.xml"), expected.join("\n"));
    let reading = reading_of(xml.as_bytes(), "a.xml");
    assert_eq!(
        reading.documents[0].metadata.title.as_deref(),
        Some("A - B")
    );
}

#[test]
fn xml_with_entities_or_without_end_is_refused() {
    let bomb = "<!DOCTYPE akomaNtoso [<!ENTITY a \"aa\">]><akomaNtoso>&a;</akomaNtoso>";
    let deep = format!("<akomaNtoso>{}", "<a>".repeat(50_000));
    for (xml, word) in [
        (bomb, "document type"),
        (&deep, "nested"),
        ("<treaty>", "XML"),
    ] {
        let error = read(xml.as_bytes(), "a.xml", &ReadLimits::default()).unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
}

/// Returns a ZIP archive of some files.
pub(crate) fn archive_of(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

const NUMBERING: &str = "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='1'>\
    <w:lvl w:ilvl='0'><w:start w:val='3'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.'/></w:lvl>\
    <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='(%2)'/>\
    </w:lvl></w:abstractNum><w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num></w:numbering>";

const STYLES: &str = "<w:styles xmlns:w='w'><w:style w:styleId='Ttl'><w:name w:val='Title'/></w:style>\
    <w:style w:styleId='H2'><w:name w:val='heading 2'/></w:style>\
    <w:style w:styleId='Num'><w:name w:val='My list'/><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr>\
    </w:pPr></w:style><w:style w:styleId='T'><w:name w:val='toc 1'/></w:style></w:styles>";

const NOTES: &str = "<w:footnotes xmlns:w='w'><w:footnote w:type='separator' w:id='0'/>\
    <w:footnote w:id='2'><w:p><w:r><w:footnoteRef/><w:t> A source.</w:t></w:r></w:p></w:footnote>\
    </w:footnotes>";

pub(crate) fn word_file(body: &str) -> Vec<u8> {
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    archive_of(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &document),
        ("word/numbering.xml", NUMBERING),
        ("word/styles.xml", STYLES),
        ("word/footnotes.xml", NOTES),
    ])
}

fn check_word(body: &str, expected: &[&str]) {
    let bytes = word_file(body);
    assert_eq!(outline(&bytes, "a.docx"), expected.join("\n"), "{body}");
}

/// Writes a paragraph of a Word file with its properties.
fn p(properties: &str, words: &str) -> String {
    format!("<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>")
}

#[test]
fn a_word_file_bears_the_numbers_that_word_shows() {
    let style = |id: &str| format!("<w:pStyle w:val='{id}'/>");
    let level =
        |level: u8| format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>");
    let body = [
        p(&style("Ttl"), "A Code"),
        p(&style("T"), "Aims 1"),
        p(&style("H2"), "Aims"),
        p(&style("Num"), "States should:"),
        p(&level(1), "talk;"),
        p(&level(1), "listen."),
        p(&style("Num"), "Others too."),
        p(
            &(style("Num") + "<w:numPr><w:numId w:val='0'/></w:numPr>"),
            "Plain.",
        ),
    ];
    let expected = [
        "h1 A Code",
        "h2 Aims",
        "i1 3. States should:",
        "i2 (a) talk;",
        "i2 (b) listen.",
        "i1 4. Others too.",
        "p Plain.",
    ];
    check_word(&body.concat(), &expected);
    let reading = reading_of(&word_file(&body.concat()), "a.docx");
    assert_eq!(
        reading.documents[0].metadata.title.as_deref(),
        Some("A Code")
    );
    assert!(reading.diagnostics[0].message.contains("table of contents"));
}

#[test]
fn tracked_changes_notes_and_tables_of_a_word_file_are_read() {
    let body = "<w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText> gone</w:delText></w:r></w:del>\
        <w:ins><w:r><w:t> new</w:t><w:footnoteReference w:id='2'/></w:r></w:ins>\
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r></w:p>\
        <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>First half </w:t></w:r></w:p>\
        <w:p><w:r><w:t>and second.</w:t></w:r></w:p>";
    check_word(
        body,
        &["p Kept new", "p First half and second.", "n 1 A source."],
    );
    let cell = |words: &str| format!("<w:tc>{}</w:tc>", p("", words));
    let row = |a: &str, b: &str| format!("<w:tr>{}{}</w:tr>", cell(a), cell(b));
    let table = format!(
        "<w:tbl>{}{}</w:tbl>",
        row("Who", "What"),
        row("(a)", "talk")
    );
    check_word(&table, &["p Who\tWhat", "i1 (a) talk"]);
}

#[test]
fn an_open_document_bears_its_computed_numbers() {
    let content = "<o:document-content xmlns:o='o' xmlns:t='t' xmlns:s='s'><o:automatic-styles>\
        <t:list-style s:name='L'><t:list-level-style-number t:level='1' s:num-format='1' \
        s:num-suffix='.'/><t:list-level-style-number t:level='2' s:num-format='a' s:num-prefix='(' \
        s:num-suffix=')'/></t:list-style></o:automatic-styles><o:body><o:text>\
        <t:tracked-changes><t:changed-region><t:p>gone</t:p></t:changed-region></t:tracked-changes>\
        <t:h t:outline-level='1'>A Code</t:h>\
        <t:list t:style-name='L'><t:list-item><t:p>States<t:note><t:note-citation>1</t:note-citation>\
        <t:note-body><t:p>A source.</t:p></t:note-body></t:note> should:</t:p><t:list><t:list-item>\
        <t:p>talk<t:s/>more;</t:p></t:list-item></t:list></t:list-item></t:list>\
        <t:p>Between.</t:p><t:list t:style-name='L' t:continue-numbering='true'><t:list-item>\
        <t:p>Others.</t:p></t:list-item></t:list></o:text></o:body></o:document-content>";
    let bytes = archive_of(&[
        ("META-INF/manifest.xml", "<x/>"),
        ("content.xml", content),
        ("styles.xml", "<x/>"),
    ]);
    let expected = [
        "h1 A Code",
        "i1 1. States should:",
        "i2 (a) talk more;",
        "p Between.",
        "i1 2. Others.",
        "n 1 A source.",
    ];
    assert_eq!(outline(&bytes, "a.odt"), expected.join("\n"));
}

#[test]
fn an_archive_is_read_file_by_file_and_not_inside_itself() {
    let inner = archive_of(&[("x.txt", "words")]);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let files: [(&str, &[u8]); 6] = [
        ("deep/code.md", b"# A Code\n\nWords."),
        ("b.txt", b"More words."),
        ("bad.txt", b"binary \0"),
        ("inner.zip", &inner),
        ("photo.png", b"\x89PNG"),
        ("__MACOSX/b.txt", b"beside"),
    ];
    for (name, content) in files {
        writer
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    let reading = reading_of(&bytes, "all.zip");
    let keys: Vec<_> = reading.documents.iter().map(|d| d.key.as_deref()).collect();
    assert_eq!(keys, [Some("b"), Some("code")]);
    let told: Vec<String> = reading
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(
        told[0].starts_with("refused: all.zip/bad.txt: "),
        "{told:?}"
    );
    assert!(
        told[1].contains("all.zip/inner.zip: an archive inside"),
        "{told:?}"
    );
    assert!(
        told[2].starts_with("skipped: all.zip/photo.png"),
        "{told:?}"
    );
}

#[test]
fn archives_that_blow_up_are_refused() {
    let bomb = archive_of(&[("a.txt", &" ".repeat(40 << 20))]);
    let many: Vec<String> = (0..1_100).map(|n| format!("{n}.txt")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "x")).collect();
    let torn = archive_of(&[("a.txt", "words")]);
    let cases = [
        (bomb, "200 times"),
        (archive_of(&many), "1024 entries"),
        (torn[..torn.len() - 9].to_vec(), "damaged"),
        (word_file(""), "no words"),
        (archive_of(&[("a.png", "x")]), "no file that can be read"),
        (archive_of(&[("xl/workbook.bin", "x")]), "spreadsheet"),
    ];
    for (bytes, word) in cases {
        let error = read(&bytes, "a.zip", &ReadLimits::default()).unwrap_err();
        assert!(error.to_string().contains(word), "{error}");
    }
}

/// Returns the digits or Roman number a label or number ends with, to compare across languages.
fn number_in(label: &str) -> Option<String> {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let plain = label.split('(').next().unwrap_or(label);
    let digits: String = plain
        .chars()
        .filter_map(|c| match c {
            '0'..='9' => Some(c),
            '\u{660}'..='\u{669}' => char::from_digit(u32::from(c) - 0x660, 10),
            _ => None,
        })
        .collect();
    if !digits.is_empty() {
        return Some(digits);
    }
    let value = |c: char| DIGITS.iter().position(|digit| *digit == c);
    let (mut tens, mut ones, mut is_number) = (0, 0, false);
    for c in plain.chars() {
        if c == '十' {
            tens = if ones == 0 { 1 } else { ones };
            ones = 0;
            is_number = true;
        } else if let Some(digit) = value(c) {
            ones = digit;
            is_number = true;
        }
    }
    is_number.then(|| (tens * 10 + ones).to_string())
}

#[test]
fn a_csv_file_of_clauses_is_read_row_by_row() {
    let rows = "ID,agreement,Clause,text,colour\n1,code,Norm 1,\"Talk,\nthen listen.\",red\n\
                2,code,Norm 2\n3,code,Norm 3, ,x\n4,call,,Go.,\n";
    let reading = reading_of(rows.as_bytes(), "a.csv");
    let keys: Vec<_> = reading.documents.iter().map(|d| d.key.as_deref()).collect();
    assert_eq!(keys, [Some("code"), Some("call")]);
    let Body::Clauses(clauses) = &reading.documents[0].body else {
        panic!("clauses were expected")
    };
    assert_eq!(clauses[0].label.as_deref(), Some("Norm 1"));
    assert_eq!(clauses[0].text, "Talk,\nthen listen.");
    let told: Vec<String> = reading
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(told.len(), 3, "{told:?}");
    assert!(told[0].contains("`colour` is not used"), "{told:?}");
    assert!(told[1].contains("a.csv:4: no record: 3 fields"), "{told:?}");
    assert!(
        told[2].contains("a.csv:5: no record: its `text` is empty"),
        "{told:?}"
    );
    let semicolons = reading_of(b"clause;text\n1;Talk, then listen.\n", "a.csv");
    assert_eq!(semicolons.documents.len(), 1);
}

#[test]
fn a_csv_file_without_clauses_is_refused_with_its_line() {
    let wide = vec!["x"; 300].join(",");
    for (rows, word) in [
        ("a,b\n1,2\n", "`text`"),
        (&wide, "columns"),
        ("text,text\n", "twice"),
    ] {
        let error = read(rows.as_bytes(), "a.csv", &ReadLimits::default()).unwrap_err();
        assert!(error.to_string().starts_with("a.csv:1: "), "{error}");
        assert!(error.to_string().contains(word), "{error}");
    }
}

mod needs_shared {
    use super::*;

    #[test]
    #[ignore = "needs ../shared"]
    fn the_data_protection_page_is_cut_at_every_article_and_point() {
        let (text, segmentation) = cut("GDPR_en_eurlex.html");
        let labels: Vec<&str> = segmentation
            .segments
            .iter()
            .filter_map(|part| Some(part.label.as_ref()?.as_str()))
            .collect();
        for number in 1..=99 {
            let article = format!("Article {number}");
            assert!(labels.contains(&article.as_str()), "{article}");
        }
        for label in ["Article 4(26)", "Article 6(1)(f)", "Article 83(5)(e)"] {
            assert!(labels.contains(&label), "{label}");
        }
        assert!(
            !text.contains("\n(a)\n"),
            "points are joined with their words"
        );
    }

    #[test]
    #[ignore = "needs ../shared"]
    fn every_shared_document_reads_and_its_known_provisions_come_out() {
        /// Documents of which fewer provisions come out than are true, and how many at least: Arabic
        /// pages in fonts that do not tell a fifth of their letters.
        const KNOWN: [(&str, usize); 1] = [("bbnj-agreement-2023-ar.pdf", 0)];
        let path = path_of("import.json");
        let truth: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        for document in truth.as_array().unwrap() {
            let name = document["doc"].as_str().unwrap();
            let numbers: Vec<String> = document["clauses"]
                .as_array()
                .unwrap()
                .iter()
                .filter_map(|clause| number_in(clause["num"].as_str()?))
                .collect();
            let known = KNOWN.iter().find(|(known, _)| *known == name);
            let bytes = std::fs::read(path_of(name)).unwrap();
            let segmentation = match read(&bytes, name, &ReadLimits::default()) {
                Ok(reading) => {
                    let (text, hints) = text_of(&reading.documents[0]);
                    segment(text, hints)
                }
                Err(error) => {
                    println!("{name}: refused: {error}");
                    assert!(known.is_some(), "{error}");
                    continue;
                }
            };
            // Each true number, in order, must label a provision behind the one before it.
            let found: Vec<String> = segmentation
                .at(Granularity::Article)
                .iter()
                .filter_map(|passage| number_in(passage.label.as_ref()?.as_str()))
                .collect();
            let mut at = 0;
            let mut n_found = 0;
            for number in &numbers {
                if let Some(next) = found[at..].iter().position(|other| other == number) {
                    at += next + 1;
                    n_found += 1;
                }
            }
            println!(
                "{name}: {n_found} of {} provisions, {} in all",
                numbers.len(),
                found.len()
            );
            let needed = known.map_or(numbers.len() * 97 / 100, |(_, n)| *n);
            assert!(n_found >= needed, "{name}: {n_found} of {}", numbers.len());
        }
    }

    #[test]
    #[ignore = "needs ../shared"]
    fn every_shared_document_is_read_or_refused_with_a_reason() {
        let (mut n_read, mut refused) = (0, Vec::new());
        let mut names: Vec<_> = std::fs::read_dir(shared("documents"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        names.sort();
        let limits = ReadLimits::default();
        for path in names {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let is_truth = Path::new(&name)
                .extension()
                .is_some_and(|ending| ending == "json");
            if is_truth {
                continue;
            }
            match read(&std::fs::read(&path).unwrap(), &name, &limits) {
                Ok(_) => n_read += 1,
                Err(error) => refused.push(error.to_string()),
            }
        }
        println!("{n_read} read; refused: {refused:#?}");
        assert!(refused.is_empty(), "{refused:?}");
    }
}
