//! Files that people carry the table away in: what they hold, and that they come back as the same table.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::Reader;
use consonance::corpus::{Corpus, CorpusBuilder, LoadParams};
use consonance::evaluation::Coding;
use consonance::evaluation::{coding_in, table_of_coding};
use consonance::finding::{Annotated, Study, citations, common_ground, forces, gaps, network};
use consonance::read::{ReadLimits, read};
use consonance::report::{
    from_json, one_line, to_bibtex, to_csl, to_csv, to_docx, to_json, to_tidy_csv, to_xlsx, visible,
};
use consonance::reuse::SharedWording;
use consonance::similarity::{Representation, RepresentationParams};
use consonance::table::{
    Action, Codebook, ConvergeParams, ConvergenceTable, Corrections, LayoutParams, Request, Row,
    converge,
};
use serde_json::Value;

use crate::common::made::corpus_of_texts;
use crate::common::written::{documented_fields, part};
use crate::read::formats::archive_of;

/// The bundled corpus and its table.
fn bundled() -> (Corpus, ConvergenceTable) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let corpus = Corpus::load(&[folder.into()], &LoadParams::default()).unwrap();
    let params = ConvergeParams::default().n_resamples(0);
    let table = converge(&corpus, &params).unwrap();
    (corpus, table)
}

/// Three agreements under one issue, two of them in the same words.
fn study_of_copies() -> Study {
    let corpus = corpus_of_texts(&[
        "Every beacon shall be lit at dusk.",
        "Each beacon shall be lit at night.",
        "every beacon shall be lit, at dusk",
    ]);
    let codebook = Codebook::parse("[[issue]]\nname = 'Beacon lit'").unwrap();
    let params = ConvergeParams::default().n_resamples(0).guide(codebook);
    let table = converge(&corpus, &params).unwrap();
    let representation = Representation::of(&corpus, &params.representation).unwrap();
    Study::new(corpus, representation, table)
}

/// A file read as its own corpus, and the table it is.
fn table_in(bytes: &[u8], name: &str) -> (Corpus, ConvergenceTable) {
    let reading =
        read(bytes, name, &ReadLimits::default()).unwrap_or_else(|e| panic!("{name}: {e}"));
    let mut builder = CorpusBuilder::new();
    builder.add(reading, Some(name));
    let corpus = builder.build().unwrap();
    let coding = Coding::of_placements(corpus.placements());
    let table = table_as_coded(&corpus, &coding);
    (corpus, table)
}

fn table_as_coded(corpus: &Corpus, coding: &Coding) -> ConvergenceTable {
    let representation = Representation::of(corpus, &RepresentationParams::default()).unwrap();
    table_of_coding(corpus, &representation, coding, &LayoutParams::default()).unwrap()
}

/// What a table says: columns, then issue, column, citation and words of each clause.
fn said_by(table: &ConvergenceTable, words: impl Fn(&str) -> String) -> Vec<Vec<String>> {
    let mut lines: Vec<Vec<String>> = Vec::new();
    let title_of = |id: &str| {
        let column = table.columns.iter().find(|column| column.id == id);
        column.map_or(id, |column| &column.title).to_owned()
    };
    lines.push(table.columns.iter().map(|c| words(&c.title)).collect());
    // Read from a file, every clause counts (weak is what the program finds, not what a person keeps), and rows
    // are ordered by what counts: they are compared in the order of their names.
    let mut rows: Vec<&Row> = table.rows.iter().collect();
    rows.sort_by_key(|row| words(&row.issue));
    for row in rows {
        lines.push(vec![words(&row.issue), row.cells.len().to_string()]);
        for (column, quotes) in &row.cells {
            for quote in quotes {
                lines.push(vec![
                    words(&title_of(column)),
                    words(&quote.citation),
                    words(quote.lead_in.as_deref().unwrap_or_default()),
                    words(&quote.text),
                ]);
            }
        }
    }
    for alone in &table.alone {
        lines.push(vec![
            "alone".to_owned(),
            words(&title_of(&alone.column)),
            words(&alone.citation),
            words(alone.lead_in.as_deref().unwrap_or_default()),
            words(&alone.text),
        ]);
    }
    lines
}

/// Fails at the first line that differs.
fn check_same(
    (found, expected): (&ConvergenceTable, &ConvergenceTable),
    words: impl Fn(&str) -> String,
    name: &str,
) {
    let (found, expected) = (said_by(found, &words), said_by(expected, &words));
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected, "{name}");
    }
    assert_eq!(found.len(), expected.len(), "{name}");
}

fn as_shown(words: &str) -> String {
    visible(words).into_owned()
}

/// A form that is read again: the name of its file, how it is written, and how it shows words.
type Form = (
    &'static str,
    fn(&ConvergenceTable) -> Vec<u8>,
    fn(&str) -> String,
);

const FORMS: [Form; 5] = [
    (
        "table.csv",
        |table| to_tidy_csv(table).into_bytes(),
        as_shown,
    ),
    ("wide.csv", |table| to_csv(table).into_bytes(), as_shown),
    (
        "table.json",
        |table| to_json(table).into_bytes(),
        str::to_owned,
    ),
    ("table.docx", |table| to_docx(table), one_line),
    ("table.xlsx", |table| to_xlsx(table, &[]).unwrap(), as_shown),
];

#[test]
fn every_form_of_the_bundled_table_comes_back_as_the_same_table() {
    let (corpus, table) = bundled();
    for (name, written, words) in FORMS {
        let (read, again) = table_in(&written(&table), name);
        check_same((&again, &table), words, name);
        if name != "wide.csv" {
            let ids = |corpus: &Corpus| -> Vec<String> {
                corpus.clauses().iter().map(|c| c.key.clone()).collect()
            };
            assert_eq!(ids(&read), ids(&corpus), "{name}");
            assert_eq!(again.agreements.len(), table.agreements.len());
            assert_eq!(
                again.agreements[3].metadata.year,
                table.agreements[3].metadata.year
            );
        }
    }
}

#[test]
fn a_table_in_a_file_is_found_in_the_corpus_it_was_made_of() {
    let (corpus, table) = bundled();
    for (name, written, _) in FORMS {
        let reading = read(&written(&table), name, &ReadLimits::default()).unwrap();
        let coding = coding_in(&corpus, &reading.placements);
        let again = table_as_coded(&corpus, &coding);
        check_same((&again, &table), str::to_owned, name);
    }
}

/// Words that a careless writer or reader would lose, obey or stumble over.
const HOSTILE: [&str; 12] = [
    "=SUM(A1:A9)",
    "'=1+1",
    "]]> <w:p> & \"quoted\" <script>alert(1)</script>",
    "control \u{1} \u{1b}[31m \u{7f} and \u{202e}turned\u{2066} words",
    "“quoted” words: ”\nsecond line “",
    "two  spaces\tand a tab\r\nand lines\n\nand a blank one",
    "comma, semicolon; \"marks\"\nend",
    "_x0041_ is no letter A \u{fffe}",
    "يجب على الدول أن تتعاون",
    "各國應合作。\u{200d}",
    "[obligation] no tag",
    "A ¶1: “a quotation in a quotation”",
];

/// A table of clauses with hostile words everywhere, two of them under one label, one without a label.
fn hostile_table() -> ConvergenceTable {
    let mut builder = CorpusBuilder::new();
    let mut lines = String::new();
    let mut coding = String::new();
    for (index, words) in HOSTILE.iter().enumerate() {
        for (agreement, title) in [("one", "One & \"only\" Pact"), ("two", "Two <Codes>, 2nd")] {
            let id = format!("{agreement}/{}", index % 10);
            let clause = serde_json::json!({
                "agreement": agreement, "title": title, "process": format!("{title} process"),
                "year": 2001, "clause": (index > 2).then(|| format!("Article {}", index % 10)),
                "lead_in": (index % 3 == 0).then_some(words), "text": format!("{words} {agreement}"),
                "id": (index < 10).then_some(&id), "address": "https://x.example/?a=1&b={2}",
            });
            lines.extend([clause.to_string(), "\n".to_owned()]);
            if index % 4 != 1 && index < 10 {
                let line = serde_json::json!({"clause_id": id, "issue": HOSTILE[index / 2]});
                coding.extend([line.to_string(), "\n".to_owned()]);
            }
        }
    }
    let reading = read(lines.as_bytes(), "a.jsonl", &ReadLimits::default()).unwrap();
    builder.add(reading, Some("a.jsonl"));
    let corpus = builder.build().unwrap();
    table_as_coded(&corpus, &Coding::parse(&coding).unwrap())
}

/// Clauses of three processes under two issues: those of the one have nothing but boilerplate in common,
/// those of the other a norm.
fn table_with_boilerplate() -> ConvergenceTable {
    let boilerplate = "A Party shall adopt such measures as may be necessary";
    let norm = "Every lighthouse keeper trims the lantern before dusk";
    let subjects = [
        "divers rest",
        "ballast is weighed",
        "pilots hold certificates",
    ];
    let mut builder = CorpusBuilder::new();
    let (mut lines, mut coding) = (String::new(), String::new());
    for (place, subject) in subjects.iter().enumerate() {
        let texts = [
            ("measures", format!("{boilerplate}: {subject}.")),
            ("lanterns", format!("{norm}, {subject}.")),
        ];
        for (issue, text) in texts {
            let id = format!("pact-{place}/{issue}");
            let agreement = format!("pact-{place}");
            let clause = serde_json::json!({"agreement": agreement, "process": agreement, "lang": "en", "text": text, "id": id});
            lines.extend([clause.to_string(), "\n".to_owned()]);
            let line = serde_json::json!({"clause_id": id, "issue": issue});
            coding.extend([line.to_string(), "\n".to_owned()]);
        }
    }
    let reading = read(lines.as_bytes(), "a.jsonl", &ReadLimits::default()).unwrap();
    builder.add(reading, Some("a.jsonl"));
    let corpus = builder.build().unwrap();
    table_as_coded(&corpus, &Coding::parse(&coding).unwrap())
}

#[test]
fn a_row_hangs_on_boilerplate_and_not_on_the_norm_it_is_about() {
    let table = table_with_boilerplate();
    let formula_of = |issue: &str| {
        let row = table.rows.iter().find(|row| row.issue == issue).unwrap();
        let row = serde_json::to_value(row).unwrap();
        row["boilerplate"]["words"].as_str().map(str::to_owned)
    };
    let expected = "Party shall adopt such measures as may be necessary";
    assert_eq!(formula_of("measures").as_deref(), Some(expected));
    assert_eq!(formula_of("lanterns"), None);
}

#[test]
fn a_row_hangs_on_words_that_most_rows_have() {
    let procedure = "acts adopted in accordance with the examination procedure";
    let subjects = [
        [
            "lanterns",
            "Keepers trim the lantern before dusk and after storms",
        ],
        [
            "ballast",
            "Ballast is weighed on the quay by a sworn weigher",
        ],
        [
            "pilots",
            "Pilots hold certificates and show them to captains",
        ],
        ["salt", "Salt is stored dry and taxed by the barrel"],
        ["nets", "Nets are mended on land and dried in the wind"],
    ];
    let mut rows: Vec<[String; 2]> = Vec::new();
    for [issue, norm] in subjects {
        rows.extend(
            [norm.to_owned(), format!("{norm}; {procedure}")].map(|text| [issue.to_owned(), text]),
        );
    }
    rows.extend(
        ["fees", "tides", "crews"]
            .map(|word| ["procedure".to_owned(), format!("{procedure} for {word}")]),
    );
    let (mut lines, mut coding) = (String::new(), String::new());
    for (place, [issue, text]) in rows.iter().enumerate() {
        let agreement = format!("pact-{}", place % 2);
        let clause = serde_json::json!({"agreement": agreement, "process": agreement, "lang": "en", "text": text, "id": place.to_string()});
        lines.extend([clause.to_string(), "\n".to_owned()]);
        let line = serde_json::json!({"clause_id": place.to_string(), "issue": issue});
        coding.extend([line.to_string(), "\n".to_owned()]);
    }
    let mut builder = CorpusBuilder::new();
    let reading = read(lines.as_bytes(), "a.jsonl", &ReadLimits::default()).unwrap();
    builder.add(reading, Some("a.jsonl"));
    let table = table_as_coded(&builder.build().unwrap(), &Coding::parse(&coding).unwrap());
    let told = serde_json::json!(table);
    let rows = told["rows"].as_array().unwrap().iter();
    let driven = rows.filter(|row| !row["boilerplate"].is_null());
    let driven: Vec<&str> = driven.map(|row| row["issue"].as_str().unwrap()).collect();
    assert_eq!(driven, ["procedure"]);
}

#[test]
fn hostile_words_come_back_as_they_were_shown() {
    let table = hostile_table();
    assert!(table.rows.len() > 3 && !table.alone.is_empty());
    for (name, written, words) in FORMS {
        if name == "wide.csv" {
            // Words that look like a citation and a quotation are taken for these there.
            continue;
        }
        // What a file cannot hold at either end of a text is no part of it.
        let words = |text: &str| {
            words(text)
                .replace('\u{fffe}', "\u{fffd}")
                .trim()
                .to_owned()
        };
        let (_, again) = table_in(&written(&table), name);
        check_same((&again, &table), words, name);
    }
}

#[test]
fn the_matrix_keeps_hostile_words_that_are_no_citation() {
    let mut table = hostile_table();
    let is_tame = |words: &str| !words.contains('“');
    for row in &mut table.rows {
        for quotes in row.cells.values_mut() {
            quotes.retain(|quote| is_tame(&quote.text));
        }
        row.cells.retain(|_, quotes| !quotes.is_empty());
        row.issue = row.issue.replace('“', "");
    }
    table.alone.retain(|alone| is_tame(&alone.text));
    let (_, again) = table_in(to_csv(&table).as_bytes(), "wide.csv");
    let texts = |table: &ConvergenceTable| -> Vec<String> {
        let quotes = table
            .rows
            .iter()
            .flat_map(|row| row.cells.values().flatten());
        let mut texts: Vec<String> = quotes.map(|quote| as_shown(&quote.text)).collect();
        texts.sort();
        texts
    };
    assert_eq!(texts(&again), texts(&table));
}

#[test]
fn the_same_table_is_the_same_file() {
    let table = hostile_table();
    for (name, written, _) in FORMS {
        assert!(written(&table) == written(&table.clone()), "{name}");
    }
    let again = from_json(&to_json(&table)).unwrap();
    assert!(to_docx(&again) == to_docx(&table));
    assert_eq!(to_bibtex(&again), to_bibtex(&table));
}

#[test]
fn an_empty_issue_stays_an_empty_row() {
    let mut table = hostile_table();
    table.rows[0].cells.clear();
    let issue = table.rows[0].issue.clone();
    for (name, written, words) in FORMS {
        let (_, again) = table_in(&written(&table), name);
        let same = again
            .rows
            .iter()
            .find(|row| words(&row.issue) == words(&issue));
        let same = same.unwrap_or_else(|| panic!("{name}: the row is gone"));
        assert!(same.cells.is_empty(), "{name}");
    }
}

#[test]
fn a_workbook_has_its_sheets_and_computes_nothing() {
    let table = hostile_table();
    let bytes = to_xlsx(&table, &[]).unwrap();
    let mut workbook: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(&bytes[..])).unwrap();
    assert_eq!(
        workbook.sheet_names(),
        ["Table", "Clauses", "Agreements", "About"]
    );
    for name in workbook.sheet_names() {
        assert!(
            workbook.worksheet_formula(&name).unwrap().is_empty(),
            "{name}"
        );
    }
    let clauses = workbook.worksheet_range("Clauses").unwrap();
    let n_quotes: usize = table
        .rows
        .iter()
        .flat_map(|row| row.cells.values().map(Vec::len))
        .sum();
    assert_eq!(clauses.height(), 1 + n_quotes + table.alone.len());
    let place_of = |name: &str| {
        let header = clauses.rows().next().unwrap();
        header.iter().position(|cell| cell == name).unwrap()
    };
    let first = clauses.rows().nth(1).unwrap();
    assert_eq!(first[place_of("issue_number")], 1.0);
    assert_eq!(first[place_of("year")], 2001.0);
}

#[test]
fn a_workbook_tells_what_its_cells_cannot_hold() {
    let mut table = hostile_table();
    table.alone[0].quoted.text = "word ".repeat(10_000);
    let bytes = to_xlsx(&table, &[]).unwrap();
    let mut workbook: calamine::Xlsx<_> = calamine::Xlsx::new(Cursor::new(&bytes[..])).unwrap();
    let clauses = workbook.worksheet_range("Clauses").unwrap();
    let is_told = |cell: &calamine::Data| {
        cell.to_string()
            .contains("cannot hold all 50000 characters")
    };
    assert!(clauses.rows().flatten().any(is_told));
    let about = workbook.worksheet_range("About").unwrap();
    let told: Vec<String> = about.rows().map(|row| row[1].to_string()).collect();
    assert!(
        told.iter()
            .any(|line| line.contains("sheet Clauses, row") && line.contains("column text")),
        "{told:?}"
    );
}

/// The main part of a Word document.
fn document_of(bytes: &[u8]) -> String {
    part(bytes, "word/document.xml")
}

#[test]
fn a_word_document_is_well_formed_landscape_and_repeats_its_header() {
    // The table, further clauses, those alone, those not compared, the sources.
    let cases = [(hostile_table(), "16838", 4), (bundled().1, "23811", 5)];
    for (table, paper, n_tables) in cases {
        let xml = document_of(&to_docx(&table));
        let parsed = roxmltree::Document::parse(&xml).unwrap();
        let named = |name: &'static str| {
            parsed
                .descendants()
                .filter(move |node| node.tag_name().name() == name)
        };
        assert_eq!(named("tblHeader").count(), named("tbl").count());
        assert_eq!(named("tbl").count(), n_tables);
        let page = named("pgSz").next().unwrap();
        let value = |name: &str| {
            page.attributes()
                .find(|a| a.name() == name)
                .unwrap()
                .value()
        };
        assert_eq!((value("w"), value("orient")), (paper, "landscape"));
        for row in named("tr") {
            let cells = row.children().filter(|node| node.tag_name().name() == "tc");
            let width: usize = cells
                .map(|cell| {
                    let width = cell
                        .descendants()
                        .find(|n| n.tag_name().name() == "tcW")
                        .unwrap();
                    let value = width
                        .attributes()
                        .find(|a| a.name() == "w")
                        .unwrap()
                        .value();
                    value.parse::<usize>().unwrap()
                })
                .sum();
            assert!(width <= paper.parse::<usize>().unwrap() - 1_360, "{width}");
        }
    }
}

#[test]
fn a_word_document_that_was_edited_is_the_table_it_became() {
    let (corpus, table) = bundled();
    let edited = document_of(&to_docx(&table));
    let issue = &table.rows[0].issue;
    let typed = "<w:p><w:r><w:t>GGE 2015 ¶99: States should “keep a beacon lit.”</w:t></w:r></w:p>\
                 <w:p><w:r><w:t>Harbor Oath 3: “Leave nobody at sea.”</w:t></w:r></w:p>";
    let renamed = edited.replacen(&format!(">{issue}<"), ">Who takes part<", 1);
    let quotes = &table.rows[0].cells["gge"];
    let row = renamed.find(">Who takes part<").unwrap();
    let last = row
        + renamed[row..]
            .find(&quotes[quotes.len() - 1].citation)
            .unwrap();
    let end = last + renamed[last..].find("</w:tc>").unwrap();
    let added = format!("{}{typed}{}", &renamed[..end], &renamed[end..]);
    let (read, again) = table_in(
        &archive_of(&[
            ("[Content_Types].xml", "<Types/>"),
            ("word/document.xml", &added),
        ]),
        "edited.docx",
    );
    let row = again
        .rows
        .iter()
        .find(|row| row.issue == "Who takes part")
        .unwrap();
    let citations: Vec<&str> = row.cells["gge"]
        .iter()
        .map(|q| q.citation.as_str())
        .collect();
    let mut expected: Vec<&str> = quotes.iter().map(|q| q.citation.as_str()).collect();
    expected.extend(["GGE 2015 ¶99", "Harbor Oath 3"]);
    assert_eq!(citations, expected);
    let typed = &row.cells["gge"][quotes.len()];
    assert_eq!(typed.lead_in.as_deref(), Some("States should"));
    assert_eq!(read.clauses().len(), corpus.clauses().len() + 2);
}

#[test]
fn sources_are_written_for_programs_that_keep_literature() {
    let (_, table) = bundled();
    let bibtex = to_bibtex(&table);
    assert_eq!(bibtex.matches("\n}\n").count(), table.agreements.len());
    for expected in [
        "@techreport{gge2015,",
        "  year = {2015},",
        "  url = {https://undocs.org/A/70/174},",
    ] {
        assert!(bibtex.contains(expected), "{expected}: {bibtex}");
    }
    let items: serde_json::Value = serde_json::from_str(&to_csl(&table)).unwrap();
    let items = items.as_array().unwrap();
    assert_eq!(items.len(), table.agreements.len());
    let gge = items.iter().find(|item| item["id"] == "gge2015").unwrap();
    assert_eq!(gge["type"], "report");
    assert_eq!(
        gge["issued"]["date-parts"],
        serde_json::json!([[2015, 7, 22]])
    );
    let hostile = to_bibtex(&hostile_table());
    let depth = hostile.chars().fold(0_i32, |depth, c| match c {
        '{' => depth + 1,
        '}' => depth - 1,
        _ => depth,
    });
    assert_eq!(depth, 0, "braces are balanced: {hostile}");
}

#[test]
fn a_network_for_gephi_is_well_formed_and_whole() {
    let (corpus, _) = bundled();
    let representation = Representation::of(&corpus, &RepresentationParams::default()).unwrap();
    let cited = citations(&corpus);
    let network = network(
        &corpus,
        &cited,
        &SharedWording::of(&corpus, &representation, 6),
    );
    let written = serde_json::json!(network);
    let gexf = network.to_gexf();
    let parsed = roxmltree::Document::parse(&gexf).unwrap();
    let count = |name: &str| {
        parsed
            .descendants()
            .filter(|n| n.tag_name().name() == name)
            .count()
    };
    assert_eq!(count("node"), written["nodes"].as_array().unwrap().len());
    assert_eq!(count("edge"), written["edges"].as_array().unwrap().len());
    let edge = parsed
        .descendants()
        .find(|n| n.tag_name().name() == "edge")
        .unwrap();
    let weight: usize = edge.attribute("weight").unwrap().parse().unwrap();
    assert_eq!(written["edges"][0]["weight"], weight);
    let year = |n: &roxmltree::Node| {
        n.attribute("for") == Some("year") && n.attribute("value") == Some("2015")
    };
    assert!(parsed.descendants().any(|node| year(&node)));
}

#[test]
fn a_hand_made_matrix_in_csv_is_a_comparison_table() {
    let csv = "Issue,Harbor Report (2014),Tide Charter (2018)\n\
               Lights,\"¶3: “Keep every light.”\n¶4: “Move no buoy.”\",Principle 2: “Mark the channel.”\n";
    let (corpus, table) = table_in(csv.as_bytes(), "a.csv");
    assert_eq!(corpus.clauses().len(), 3);
    assert_eq!(table.rows.len(), 1);
    assert_eq!(table.rows[0].n_processes, 2);
}

/// The fields of a value: `[]` for each entry of a list, `{}` where keys are data.
fn add_fields(value: &Value, path: &str, fields: &mut BTreeSet<String>) {
    const KEYS_ARE_DATA: [&str; 3] = ["parameters", "rows[].cells", "decisions[].moved"];
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                let below = match path {
                    "" => key.clone(),
                    _ if KEYS_ARE_DATA.contains(&path) => format!("{path}{{}}"),
                    _ => format!("{path}.{key}"),
                };
                // An object that stands in several places is documented once.
                match value {
                    Value::Object(_) if key == "force" && below != "rows[].force" => {
                        fields.insert(below.clone());
                        add_fields(value, "force", fields);
                    }
                    Value::Object(_) if key == "evidence" => {
                        fields.insert(below.clone());
                        add_fields(value, "evidence", fields);
                    }
                    _ if below == "gaps" => {
                        fields.insert(below);
                    }
                    _ => add_fields(value, &below, fields),
                }
            }
        }
        Value::Array(list) => {
            for value in list {
                add_fields(value, &format!("{path}[]"), fields);
            }
        }
        _ => {
            fields.insert(path.to_owned());
        }
    }
}

/// Returns a decision about clauses whose fingerprints say that their words were slightly different.
fn with_other_words(decision: &str) -> String {
    let parts: Vec<&str> = decision.split("text = \"").collect();
    let others = parts[1..].iter();
    let others = others.map(|part| format!("text = \"0000000000000000{}", &part[16..]));
    std::iter::once(parts[0].to_owned()).chain(others).collect()
}

/// Who took a decision, when and why.
const SIGNED: &str = "author = \"A. Keeper\"\ndate = \"3 May\"\nnote = \"read twice\"\n";

#[test]
fn the_documented_fields_of_json_are_those_that_are_written() {
    let documented = documented_fields(include_str!("../../../src/report/schema.md"));
    let (corpus, _) = bundled();
    let params = ConvergeParams::default()
        .n_resamples(10)
        .layout(LayoutParams::default().n_themes(3));
    let found = converge(&corpus, &params).unwrap();
    let norms = include_str!("../../../corpus/norms.toml");
    let params = params.guide(Codebook::parse(norms).unwrap());
    let decision = |agreement: &str, label: &str| {
        format!(
            "[[decision]]\naction = \"alone\"\nclauses = [{{ agreement = \"{agreement}\", \
             label = \"{label}\", text = \"98e39cb021dceb3e-dd807f2d46ceeb74\" }}]\n{SIGNED}"
        )
    };
    let table = converge(&corpus, &params).unwrap();
    let mut rows = table.rows.iter();
    let row = rows.find(|row| row.quotes().count() > 1).unwrap();
    let ids: Vec<&String> = row.quotes().map(|quote| &quote.id).collect();
    let decide = |action: Action, clause: Option<&String>| {
        let mut request = Request::to(action);
        match clause {
            Some(clause) => request.clauses.push(clause.clone()),
            None => request.rows.push(row.issue.clone()),
        }
        request.decide(&corpus, &table).unwrap().to_toml() + SIGNED
    };
    // Of the row that was checked, a clause is gone and another has slightly different words.
    let decisions = [
        decision("gge2015", "¶13(i)"),
        decision("gge2015", "¶99"),
        decide(Action::Alone, Some(ids[1])),
        with_other_words(&decide(Action::Check, Some(ids[0]))),
        decide(Action::Check, Some(ids[1])),
        decide(Action::Check, None),
    ];
    let corrections = decisions.concat();
    let params = params.corrections(Corrections::parse(&corrections).unwrap());
    let given = converge(&corpus, &params).unwrap();
    let representation = Representation::of(&corpus, &params.representation).unwrap();
    let study = Study::new(corpus, representation, found);
    let (gaps, forces) = (gaps(&study), forces(study.corpus()));
    let grounds = common_ground(&study);
    let mut written = BTreeSet::new();
    let tables = [
        study.table(),
        &given,
        &hostile_table(),
        &table_with_boilerplate(),
    ];
    for table in tables {
        let table = Annotated::from(table)
            .gaps(&gaps)
            .forces(&forces)
            .common_ground(&grounds);
        let value = serde_json::from_str(&to_json(&table)).unwrap();
        add_fields(&value, "", &mut written);
    }
    let copies = study_of_copies();
    let in_same_words = common_ground(&copies);
    let table = Annotated::from(copies.table()).common_ground(&in_same_words);
    let value: Value = serde_json::from_str(&to_json(&table)).unwrap();
    let collapsed = &value["rows"][0]["common_ground"]["wordings"];
    let expected = serde_json::json!([{
        "words": "Every beacon shall be lit at dusk.", "agreements": ["text0", "text2"],
    }]);
    assert_eq!(*collapsed, expected);
    let remarks = table.remarks(&copies.table().rows[0]);
    let line = "Same words in 2, text0, text2: “Every beacon shall be lit at dusk.”";
    assert!(remarks.iter().any(|remark| remark == line), "{remarks:?}");
    add_fields(&value, "", &mut written);
    let missing: Vec<&String> = written.difference(&documented).collect();
    assert!(
        missing.is_empty(),
        "written, but not documented: {missing:?}"
    );
    let unwritten: Vec<&String> = documented.difference(&written).collect();
    assert!(
        unwritten.is_empty(),
        "documented, but not written: {unwritten:?}"
    );
}
