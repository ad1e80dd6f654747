//! What documents mark in ways of their own: numbers of fields, languages side by side, provisions set as
//! headings, words in HTML, tables told by what they quote.

use consonance::clause::{Granularity, segment};
use consonance::corpus::{Corpus, CorpusBuilder};
use consonance::read::{Body, Document, HintKind, Parsed, ReadLimits, read};

use crate::read::formats::archive_of;

fn reading_of(bytes: &[u8], name: &str) -> Parsed {
    read(bytes, name, &ReadLimits::default()).unwrap()
}

/// Returns the labels and words of the clauses of a document.
fn clauses_of(document: &Document) -> Vec<String> {
    let Body::Text { text, hints } = &document.body else {
        panic!("a text was expected")
    };
    let cut = segment(text, hints);
    let parts = cut.at(Granularity::default()).into_iter();
    let clauses = parts.filter_map(|part| {
        let words = text[part.body.clone()].split_whitespace();
        let words: Vec<&str> = words.collect();
        let label = part.label.as_ref()?.as_str();
        (!words.is_empty()).then(|| format!("{label} | {}", words.join(" ")))
    });
    clauses.collect()
}

#[track_caller]
fn check(bytes: &[u8], name: &str, expected: &[&str]) -> Parsed {
    let reading = reading_of(bytes, name);
    assert_eq!(clauses_of(&reading.documents[0]), expected);
    reading
}

/// Returns a Word file whose list `Rules` counts `1.`, `(1)`, `(a)`, and which two other lists share.
fn order_file(body: &str) -> Vec<u8> {
    let level = |level: u8, numeral: &str, pattern: &str| {
        format!(
            "<w:lvl w:ilvl='{level}'><w:start w:val='1'/><w:numFmt w:val='{numeral}'/>\
             <w:lvlText w:val='{pattern}'/></w:lvl>"
        )
    };
    let starting = |id: u8, first: u8, second: u8| {
        format!(
            "<w:num w:numId='{id}'><w:abstractNumId w:val='1'/>\
             <w:lvlOverride w:ilvl='0'><w:startOverride w:val='{first}'/></w:lvlOverride>\
             <w:lvlOverride w:ilvl='1'><w:startOverride w:val='{second}'/></w:lvlOverride></w:num>"
        )
    };
    let numbering = format!(
        "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='1'><w:name w:val='Rules'/>{}{}{}</w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num>{}{}</w:numbering>",
        level(0, "decimal", "%1."),
        level(1, "decimal", "(%2)"),
        level(2, "lowerLetter", "(%3)"),
        starting(2, 1, 2),
        starting(3, 2, 2),
    );
    let notes = "<w:footnotes xmlns:w='w'><w:footnote w:id='2'><w:p><w:r><w:t>A source.</w:t></w:r></w:p>\
                 </w:footnote></w:footnotes>";
    let styles = "<w:styles xmlns:w='w'><w:style w:styleId='H2'><w:name w:val='heading 2'/></w:style></w:styles>";
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    archive_of(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &document),
        ("word/numbering.xml", &numbering),
        ("word/styles.xml", styles),
        ("word/footnotes.xml", notes),
    ])
}

/// Writes a paragraph of a list at a level.
fn item(list: u8, level: u8, runs: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr>{runs}</w:p>"
    )
}

fn run(words: &str) -> String {
    format!("<w:r><w:t xml:space='preserve'>{words}</w:t></w:r>")
}

/// Writes a field with a result of its own.
fn field(instruction: &str) -> String {
    format!(
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>\
         <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>(9)</w:t></w:r>\
         <w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
}

#[test]
fn fields_within_a_line_bear_the_numbers_that_word_shows() {
    let body = [
        item(1, 0, &run("This Order is the Buoys Order.")),
        item(
            1,
            0,
            &(run("—") + &field("LISTNUM rules \\l 2") + &run(" Keepers must paint buoys.")),
        ),
        item(1, 1, &run("The paint must be red.")),
        item(
            1,
            0,
            &(run("—") + "<w:fldSimple w:instr=' LISTNUM \"Rules\" '/>" + &run(" Fines are fair.")),
        ),
        item(1, 1, &run("Fines are paid.")),
    ];
    let expected = [
        "1 | This Order is the Buoys Order.",
        "2(1) | Keepers must paint buoys.",
        "2(2) | The paint must be red.",
        "3(1) | Fines are fair.",
        "3(2) | Fines are paid.",
    ];
    check(&order_file(&body.concat()), "a.docx", &expected);
}

#[test]
fn a_start_of_one_level_leaves_the_count_of_the_others() {
    let body = [
        item(1, 0, &run("—(1) Keepers must paint buoys.")),
        item(2, 1, &run("The paint must be red.")),
        item(1, 1, &run("It must be dry.")),
        item(1, 0, &run("—(1) Others must not.")),
        item(3, 1, &run("They may look.")),
        item(1, 0, &run("Fines are fair.")),
    ];
    let expected = [
        "1(1) | Keepers must paint buoys.",
        "1(2) | The paint must be red.",
        "1(3) | It must be dry.",
        "2(1) | Others must not.",
        "2(2) | They may look.",
        "3 | Fines are fair.",
    ];
    check(&order_file(&body.concat()), "a.docx", &expected);
}

#[test]
fn brackets_around_the_mark_of_a_note_go_with_it() {
    let note = "<w:r><w:footnoteReference w:id='2'/></w:r>";
    let body = item(
        1,
        0,
        &(run("Keepers obey the Act of 2017(") + note + &run(") in all ports.")),
    );
    check(
        &order_file(&body),
        "a.docx",
        &["1 | Keepers obey the Act of 2017 in all ports."],
    );
    let page = "<p>1. Keepers obey the Act (<a href='#n1'><sup>1</sup></a>), as it is.</p>";
    check(
        page.as_bytes(),
        "a.html",
        &["1 | Keepers obey the Act, as it is."],
    );
}

const ENGLISH: [&str; 2] = [
    "The Parties shall keep the lights of their harbors burning in all nights.",
    "The Parties shall tell each other where their ships have gone aground.",
];
const FRENCH: [&str; 2] = [
    "Les Parties maintiennent les feux de leurs ports allumés pendant toutes les nuits.",
    "Les Parties se communiquent les lieux où leurs navires se sont échoués.",
];

/// Checks that each clause is in its own language, the first column before the second.
#[track_caller]
fn check_languages(bytes: &[u8], name: &str) {
    let reading = reading_of(bytes, name);
    let told: Vec<String> = reading
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        told.iter().any(|told| told.contains("column by column")),
        "{told:?}"
    );
    let mut builder = CorpusBuilder::new();
    builder.add(reading, Some(name));
    let corpus: Corpus = builder.build().unwrap();
    let found: Vec<(String, String)> = corpus
        .clause_ids()
        .map(|id| {
            (
                corpus.clause(id).language.to_string(),
                corpus.text(id).to_owned(),
            )
        })
        .collect();
    let expected = ENGLISH.map(|words| ("en", words)).into_iter();
    let expected = expected.chain(FRENCH.map(|words| ("fr", words)));
    let expected: Vec<(String, String)> = expected
        .map(|(code, words)| (code.to_owned(), words.to_owned()))
        .collect();
    assert_eq!(found, expected, "{name}");
}

/// Returns a numbered row of a page in two languages.
fn numbered_row(n: usize) -> String {
    format!(
        "<tr><td>{n}.</td><td>{}</td><td>{}</td></tr>",
        ENGLISH[n - 1],
        FRENCH[n - 1]
    )
}

#[test]
fn two_languages_side_by_side_are_read_one_after_the_other() {
    let row = |n: usize| {
        format!(
            "<tr><td><p>Article {n}</p><p>{}</p></td><td><p>Article {n}</p><p>{}</p></td></tr>",
            ENGLISH[n - 1],
            FRENCH[n - 1]
        )
    };
    let page = format!(
        "<table><tr><th>English</th><th>Français</th></tr>{}{}</table>",
        row(1),
        row(2)
    );
    check_languages(page.as_bytes(), "a.html");
    let page = format!("<table>{}{}</table>", numbered_row(1), numbered_row(2));
    check_languages(page.as_bytes(), "a.html");
    let cell = |words: &str, n: usize| {
        format!(
            "<w:tc><w:p>{}</w:p><w:p>{}</w:p></w:tc>",
            run(&format!("Article {n}")),
            run(words)
        )
    };
    let row = |n: usize| {
        format!(
            "<w:tr>{}{}</w:tr>",
            cell(ENGLISH[n - 1], n),
            cell(FRENCH[n - 1], n)
        )
    };
    let table = format!("<w:tbl>{}{}</w:tbl>", row(1), row(2));
    check_languages(&order_file(&table), "a.docx");
}

#[test]
fn a_caption_and_empty_rows_of_a_table_in_two_languages_cost_nothing() {
    let page = format!(
        "<table><caption>The ferry</caption>{}{}</table>",
        numbered_row(1),
        numbered_row(2)
    );
    let reading = reading_of(page.as_bytes(), "a.html");
    let Body::Text { text, .. } = &reading.documents[0].body else {
        panic!("a text was expected")
    };
    assert!(text.starts_with("The ferry\n"), "{text}");
    let cell = |words: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run(words));
    let row = |n: usize| {
        let cells = [
            format!("{n}."),
            ENGLISH[n - 1].to_owned(),
            FRENCH[n - 1].to_owned(),
        ];
        format!("<w:tr>{}</w:tr>", cells.map(|words| cell(&words)).concat())
    };
    let table = format!("<w:tbl><w:tr/>{}<w:tr/>{}</w:tbl>", row(1), row(2));
    check_languages(&order_file(&table), "a.docx");
}

#[test]
fn a_number_field_counts_in_a_file_without_lists() {
    let paragraph = |words: &str| format!("<w:p>{}{}</w:p>", field("LISTNUM \\l 1"), run(words));
    let paragraphs = [" Keepers must paint buoys.", " The paint must be red."];
    let body = paragraphs.map(paragraph).concat();
    let document = format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    let file = archive_of(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &document),
    ]);
    let expected = [
        "1 | Keepers must paint buoys.",
        "2 | The paint must be red.",
    ];
    check(&file, "a.docx", &expected);
}

#[test]
fn marks_of_amendments_are_told_and_left_out() {
    let page = "<p>Article 1</p><p>Lamps burn ►M2  all night ◄.</p><p>▼M1</p><p>Article 2</p><p>Bells ring.</p>\
                <p>▼B</p>";
    let expected = [
        "Article 1 | Lamps burn all night.",
        "Article 2 | Bells ring.",
    ];
    let reading = check(page.as_bytes(), "a.html", &expected);
    let told = reading
        .diagnostics
        .iter()
        .any(|told| told.message.contains("4 marks of amendments"));
    assert!(told, "{:?}", reading.diagnostics);
    let text = "Article 1\nLamps burn.\n▼M1\nArticle 2\nBells ring.\n▼B\n";
    check(
        text.as_bytes(),
        "a.txt",
        &["Article 1 | Lamps burn.", "Article 2 | Bells ring."],
    );
}

#[test]
fn provisions_set_as_headings_are_clauses() {
    let expected = [
        "1 | Each keeper shall carry a lamp.",
        "2 | Each keeper shall:",
        "2(a) | ring a bell; and",
        "2(b) | blow a horn.",
    ];
    let markdown = "# Pact of Keepers\n\n## 1. Each keeper shall carry a lamp.\n\n## 2. Each keeper shall:\n\n\
                    ### (a) ring a bell; and\n\n### (b) blow a horn.\n";
    check(markdown.as_bytes(), "a.md", &expected);
    let page = "<h1>Pact of Keepers</h1><h2>1. Each keeper shall carry a lamp.</h2><h2>2. Each keeper shall:</h2>\
                <h3>(a) ring a bell; and</h3><h3>(b) blow a horn.</h3>";
    check(page.as_bytes(), "a.html", &expected);
    let heading = |level: u8, words: &str| {
        let numbered = format!("<w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='1'/></w:numPr>");
        format!(
            "<w:p><w:pPr><w:outlineLvl w:val='{level}'/>{numbered}</w:pPr>{}</w:p>",
            run(words)
        )
    };
    let body = [
        heading(0, "Each keeper shall carry a lamp."),
        heading(0, "Each keeper shall:"),
        heading(1, "ring a bell; and"),
        heading(1, "blow a horn."),
    ];
    let expected = [
        "1 | Each keeper shall carry a lamp.",
        "2 | Each keeper shall:",
        "2(1) | ring a bell; and",
        "2(2) | blow a horn.",
    ];
    check(&order_file(&body.concat()), "a.docx", &expected);
}

#[test]
fn html_and_long_rows_of_markdown_are_kept() {
    let markdown = "<div align=\"center\">\n<h2>Article 1</h2>\n<p>Lamps <b>burn</b>.</p>\n</div>\n\n\
                    <!-- a remark -->\n\n| Lamp | Color |\n|---|---|\n| One | red | lit *always* |\n";
    let reading = reading_of(markdown.as_bytes(), "a.md");
    let Body::Text { text, hints } = &reading.documents[0].body else {
        panic!("a text was expected")
    };
    assert_eq!(
        text,
        "Article 1\n\nLamps burn.\n\nLamp\tColor\nOne\tred\tlit always\n"
    );
    assert_eq!(hints[0].kind, HintKind::Heading(2));
    let told = &reading.diagnostics[0];
    assert!(told.message.contains("beyond the header"), "{told}");
    assert_eq!(told.line, Some(10));
}

#[test]
fn official_xml_may_have_its_heading_before_its_number() {
    let xml = "<akomaNtoso><act><body><section><heading>Marks</heading><num>1.</num>\
               <subsection><num>(1)</num><content><p>Owners mark reefs.</p></content></subsection>\
               <subsection><num>(2)</num><content><p>Marks are lit.</p></content></subsection></section>\
               <article><heading>Fines</heading><subheading>Small ones</subheading><num>Article 2</num>\
               <paragraph><num>(1)</num><content><p>Fines are small.</p></content></paragraph></article>\
               </body></act></akomaNtoso>";
    let expected = [
        "1(1) | Owners mark reefs.",
        "1(2) | Marks are lit.",
        "Article 2(1) | Fines are small.",
    ];
    check(xml.as_bytes(), "a.xml", &expected);
    let xml = "<akomaNtoso><act><body><section><num>SEC. 1.</num><heading>Marks</heading>\
               <subsection><num>(a)</num><content><p>Owners mark reefs.</p></content></subsection></section>\
               <section><num>SEC. 2.</num><heading>Fines</heading><content><p>Fines are small.</p></content>\
               </section></body></act></akomaNtoso>";
    let expected = ["1(a) | Owners mark reefs.", "2 | Fines are small."];
    check(xml.as_bytes(), "a.xml", &expected);
}

#[test]
fn plain_texts_have_front_matter_and_any_encoding() {
    let text = "---\ntitle: Pact of Lamps\nyear: 2018\n---\n\n1. Lamps burn.\n";
    let reading = check(text.as_bytes(), "a.txt", &["1 | Lamps burn."]);
    let metadata = &reading.documents[0].metadata;
    assert_eq!(
        (metadata.title.as_deref(), metadata.year),
        (Some("Pact of Lamps"), Some(2018))
    );
    let wide: Vec<u8> = format!("\u{FEFF}{text}")
        .chars()
        .flat_map(|c| u32::from(c).to_be_bytes())
        .collect();
    assert_eq!(reading_of(&wide, "a.txt").documents, reading.documents);
}

#[test]
fn a_spreadsheet_tells_its_separator() {
    let rows = "sep=;\nagreement;clause;text\nPact;1;\"Lamps, bells, horns.\"\nPact;2\n";
    let reading = reading_of(rows.as_bytes(), "a.csv");
    let Body::Clauses(clauses) = &reading.documents[0].body else {
        panic!("clauses were expected")
    };
    assert_eq!(clauses[0].text, "Lamps, bells, horns.");
    let told: Vec<String> = reading
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(told[0].contains("a.csv:4: no record: 2 fields"), "{told:?}");
    let tabs = reading_of(b"clause\ttext\n1\tLamps, bells, horns.\n", "a.csv");
    assert_eq!(tabs.documents.len(), 1);
}

#[test]
fn comparison_tables_are_told_by_what_they_quote() {
    let cells = [
        ["Norm", "Tide Pact", "Fog Code"],
        [
            "Lamps",
            "Art. 1: \"Lamps burn all night.\"",
            "¶1: \"Lamps should burn.\"",
        ],
        ["Bells", "", "¶2: \"Bells should ring.\""],
    ];
    let row = |join: &str, cells: &[&str; 3]| cells.join(join);
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let csv: String = cells
        .map(|cells| cells.map(quoted).join(",") + "\n")
        .concat();
    let markdown = format!(
        "| {} |\n|---|---|---|\n| {} |\n| {} |\n",
        row(" | ", &cells[0]),
        row(" | ", &cells[1]),
        row(" | ", &cells[2])
    );
    let of_page = |cells: [&str; 3]| {
        format!(
            "<tr>{}</tr>",
            cells.map(|cell| format!("<td>{cell}</td>")).concat()
        )
    };
    let page = format!("<table>{}</table>", cells.map(of_page).concat());
    let of_word = |cells: [&str; 3]| {
        let cell = |cell: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run(cell));
        format!("<w:tr>{}</w:tr>", cells.map(cell).concat())
    };
    let word = order_file(&format!("<w:tbl>{}</w:tbl>", cells.map(of_word).concat()));
    let tabs: String = cells.map(|cells| cells.join("\t") + "\n").concat();
    let unnamed = csv.replacen("Norm", "", 1);
    let files: [(&[u8], &str); 6] = [
        (csv.as_bytes(), "a.csv"),
        (unnamed.as_bytes(), "b.csv"),
        (markdown.as_bytes(), "a.md"),
        (page.as_bytes(), "a.html"),
        (&word, "a.docx"),
        (tabs.as_bytes(), "a.tsv"),
    ];
    for (bytes, name) in files {
        let reading = reading_of(bytes, name);
        let issues: Vec<&str> = reading
            .placements
            .iter()
            .map(|placed| placed.issue.as_str())
            .collect();
        assert_eq!(issues, ["Lamps", "Lamps", "Bells"], "{name}");
        let titles: Vec<_> = reading
            .documents
            .iter()
            .map(|document| document.metadata.title.as_deref())
            .collect();
        assert_eq!(titles, [Some("Fog Code"), Some("Tide Pact")], "{name}");
    }
}

#[test]
fn beside_a_table_of_issues_no_other_table_is_one() {
    let page = "<table><tr><td>Issue</td><td>Tide Pact</td><td>Fog Code</td></tr>\
                <tr><td>Lamps</td><td>Art. 1: “Lamps burn all night.”</td><td>¶1: “Lamps should burn.”</td></tr></table>\
                <table><tr><td>Norm</td><td>Reef Act</td><td>Pier Act</td></tr>\
                <tr><td>Bells</td><td>Art. 7: “Bells ring in the fog.”</td><td>¶8: “Bells should ring.”</td></tr></table>";
    let reading = reading_of(page.as_bytes(), "a.html");
    let keys: Vec<_> = reading
        .documents
        .iter()
        .map(|of| of.key.as_deref())
        .collect();
    assert_eq!(reading.documents.len(), 2, "{keys:?}");
    assert!(
        reading
            .placements
            .iter()
            .all(|placed| placed.issue == "Lamps")
    );
}

#[test]
fn paragraphs_outside_a_table_that_quotes_are_counted_once() {
    let markdown = "Words before.\n\n| Norm | Tide Pact | Fog Code |\n|---|---|---|\n\
                    | Lamps | Art. 1: \"Lamps burn all night.\" | ¶1: \"Lamps should burn.\" |\n\n\
                    Words between.\n\nWords after.\n";
    let reading = reading_of(markdown.as_bytes(), "a.md");
    let told: Vec<String> = reading
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        told.iter()
            .any(|told| told.contains("3 paragraphs outside")),
        "{told:?}"
    );
}
