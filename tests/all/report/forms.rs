//! The table as Markdown, CSV and JSON: every clause is in it, and none of its words act.

use std::fs;

use consonance::error::ErrorKind;
use consonance::evaluation::{Coding, score_table};
use consonance::report::{Report, from_json, save, to_csv, to_json, to_markdown};
use consonance::table::ConvergenceTable;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

fn table() -> ConvergenceTable {
    from_json(include_str!("../../data/report/table.json")).unwrap()
}

/// The table with all its words about one clause replaced by `text`.
fn table_saying(text: &str) -> ConvergenceTable {
    let mut table = table();
    let row = &mut table.rows[0];
    text.clone_into(&mut row.issue);
    let quote = &mut row.cells.get_mut("delta").unwrap()[0].quoted;
    text.clone_into(&mut quote.clause.citation);
    quote.lead_in = Some(text.to_owned());
    text.clone_into(&mut quote.text);
    text.clone_into(&mut table.alone[0].quoted.text);
    text.clone_into(&mut table.columns[2].title);
    table
}

#[test]
fn json_comes_back_the_same() {
    let table = table();
    let json = to_json(&table);
    assert_eq!(from_json(&json).unwrap(), table);
    assert_eq!(to_json(&from_json(&json).unwrap()), json);
}

#[test]
fn json_of_another_kind_is_refused() {
    let check = |json: &str, expected: &str| {
        let error = from_json(json).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Format);
        assert!(format!("{error:#}").contains(expected), "{error}");
    };
    check("", "not a convergence table");
    check("{}", "the schema is `none`");
    check(
        "{\"schema\": \"consonance.table/2\"}",
        "the schema is `consonance.table/2`",
    );
    check("{\"schema\": \"consonance.table/1\"}", "missing field");
}

#[test]
fn markdown_as_a_whole() {
    insta::assert_snapshot!(to_markdown(&table()));
}

#[test]
fn csv_as_a_whole() {
    insta::assert_snapshot!(to_csv(&table()));
}

#[test]
fn figures_as_a_whole() {
    let coding = Coding::parse(concat!(
        "{\"id\": \"north/1\", \"issue\": \"Light\"}\n",
        "{\"id\": \"south/4\", \"issue\": \"Light\"}\n",
        "{\"id\": \"south/9\", \"issue\": \"Repairs\"}\n",
        "{\"id\": \"south/5\", \"issue\": \"Fees\"}\n",
        "{\"id\": \"north/8\", \"issue\": \"Fees\"}\n",
    ))
    .unwrap();
    let figures = score_table(&coding, &table()).unwrap();
    let text = figures.page(5).to_text();
    assert!(text.lines().all(|line| line.len() <= 80), "{text}");
    insta::assert_snapshot!(text);
}

#[test]
fn a_formula_becomes_text() {
    for start in ["=", "+", "-", "@", "\t=", "\n=", "\r=", "＝"] {
        let csv = to_csv(&table_saying(&format!("{start}SUM(A1:A9)")));
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(csv.as_bytes());
        for record in reader.records() {
            for cell in &record.unwrap() {
                assert!(
                    !cell.starts_with(['=', '+', '-', '@', '\t', '\n', '\r', '＝']),
                    "{cell:?}"
                );
            }
        }
    }
}

#[test]
fn csv_holds_a_clause_whose_column_is_unknown() {
    let mut table = table();
    "elsewhere".clone_into(&mut table.alone[0].column);
    let csv = to_csv(&table);
    assert!(
        csv.starts_with("Issue,Processes,North Coast,South Coast,Delta | Council,(no column)\n")
    );
    assert!(csv.contains(",1,,,,South Coast Charter Article 5: Every captain “shows"));
}

#[test]
fn a_file_is_replaced_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.csv");
    save(&path, "old").unwrap();
    save(&path, "new").unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is left over"
    );
    let error = save(folder.path(), "x").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    let error = save(&folder.path().join("none/table.csv"), "x").unwrap_err();
    assert!(error.file().unwrap().ends_with("table.csv"));
}

/// What a reader of Markdown sees of the table's cells; anything but text, bold and line breaks
/// fails.
fn cells_of_markdown(markdown: &str) -> Vec<String> {
    let mut cells = Vec::new();
    let mut cell = None;
    let all = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
    for event in Parser::new_ext(markdown, all) {
        match event {
            Event::Start(Tag::TableCell) => cell = Some(String::new()),
            Event::End(TagEnd::TableCell) => cells.extend(cell.take()),
            Event::Text(text) => {
                if let Some(cell) = &mut cell {
                    cell.push_str(&text);
                }
            }
            Event::InlineHtml(html) => assert_eq!(&*html, "<br>"),
            Event::Html(_) | Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                panic!("{event:?} acts in {markdown}")
            }
            Event::Start(tag) => assert!(
                !matches!(
                    tag,
                    Tag::Link { .. } | Tag::Image { .. } | Tag::Emphasis | Tag::Strikethrough
                ),
                "{tag:?} acts in {markdown}"
            ),
            _ => {}
        }
    }
    cells
}

#[test]
fn markdown_shows_the_words_as_they_stand() {
    let check = |text: &str, seen: &str| {
        let cells = cells_of_markdown(&to_markdown(&table_saying(text)));
        assert_eq!(cells.len(), 8, "{cells:?}");
        assert_eq!(cells[7], format!("{seen}: {seen} “{seen}”"));
        assert!(
            cells[4].starts_with(&format!("{seen}3 processestypical: ")),
            "{cells:?}"
        );
    };
    for text in [
        "plain",
        "a | b || c",
        "\\| \\\\| \\",
        "<script>alert(1)</script> &amp; &lt;",
        "![x](http://y) [z]: <a>",
        "**b** __c__ *d* _e_ ~~f~~ ~g~ `h` ``i`` $j$ $$k$$",
        "# 1. - + > : --- | --- |",
        "“quoted” ‘so’",
    ] {
        check(text, text);
    }
    check("two\nlines\r\n\r\n| --- |", "two lines | --- |");
    check("\u{1b}[31m\u{202e}", "␛[31m⟨U+202E⟩");
}

/// What a guard stands before, as the first character of a cell.
const GUARDED: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_text_breaks_out_of_markdown(text in "\\PC{0,40}|[-|<>*_`\\[\\]()!#&;~$\\\\a \n\r\t\u{1b}]{0,40}") {
        let text = format!("a{text}z");
        let cells = cells_of_markdown(&to_markdown(&table_saying(&text)));
        let seen = consonance::report::one_line(&text);
        prop_assert_eq!(cells.len(), 8);
        prop_assert_eq!(&cells[7], &format!("{seen}: {seen} “{seen}”"));
    }

    #[test]
    fn csv_and_json_give_any_text_back(text in "\\PC{0,40}|[-=,;\"'a \n]{0,40}") {
        let table = table_saying(&text);
        prop_assert_eq!(&from_json(&to_json(&table)).unwrap(), &table);
        let csv = to_csv(&table);
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let row = reader.records().next().unwrap().unwrap();
        let shown = consonance::report::visible(&text);
        let expected = format!("{shown}: {shown} “{shown}”");
        // At most the one apostrophe of a guard stands before it.
        let is_guarded = expected.trim_start_matches('\'').starts_with(GUARDED);
        let seen = if is_guarded { &row[4][1..] } else { &row[4] };
        prop_assert_eq!(seen, &expected);
    }
}
