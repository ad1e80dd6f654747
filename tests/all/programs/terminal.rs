//! The table as text for a terminal: fits its width, sends no control character, loses no clause.

#[path = "../../../src/bin/consonance/terminal/mod.rs"]
#[allow(
    dead_code,
    reason = "the subcommands use more of it than the table does"
)]
mod shown_by;

use consonance::report::from_json;
use consonance::table::ConvergenceTable;
use serde_json::{Value, json};
use shown_by::rows::{Shown, shown};
use shown_by::table::{View, render};
use unicode_width::UnicodeWidthStr;

fn small_table() -> ConvergenceTable {
    from_json(include_str!("../../data/report/table.json")).unwrap()
}

/// A table of `n_columns` processes with words of all kinds that are hard to fit.
fn table_of(n_columns: usize) -> ConvergenceTable {
    let words = [
        "short",
        "燈塔必須每晚點亮並且由各港口共同維護直到天亮為止不得中斷",
        "a-word-of-many-letters-that-no-line-of-eighty-columns-can-hold-without-breaking-it-somewhere",
        "e\u{301}te\u{301} المَنارةُ لا تَنطفئ 👩‍👩‍👧 \u{1b}[31m \u{9b}2J \u{202e}drawkcab",
    ];
    let column =
        |k: usize| json!({"id": format!("p{k}"), "title": format!("Process {k} {}", words[k % 4])});
    let quote = |row: usize, k: usize| {
        json!({
            "id": format!("{row}/{k}"),
            "citation": format!("Pact {k} ¶{row}"),
            "text": format!("{} ", words[(row + k) % 4]).repeat(1 + 7 * (k % 3)),
            "score": 0.5
        })
    };
    let row = |row: usize| {
        let cells: serde_json::Map<String, Value> = (0..n_columns)
            .filter(|k| !(k + row).is_multiple_of(3))
            .map(|k| {
                (
                    format!("p{k}"),
                    Value::from(vec![quote(row, k); 1 + row % 4 * 4]),
                )
            })
            .collect();
        json!({
            "issue": format!("Issue {row}: {}", words[row % 4]), "terms": words, "medoid": "",
            "n_processes": cells.len(), "n_agreements": cells.len(), "cells": cells
        })
    };
    let table = json!({
        "schema": "consonance.table/1",
        "parameters": {"rule": words[2]},
        "columns": (0..n_columns).map(column).collect::<Vec<_>>(),
        "rows": (1..12).map(row).collect::<Vec<_>>(),
        "alone": [],
        "diagnostics": [{"file": words[2], "line": 1, "severity": "note", "message": words[1]}]
    });
    from_json(&table.to_string()).unwrap()
}

fn view(width: usize) -> View {
    View {
        shown: Shown::Everything,
        width,
        has_styles: false,
        n_agreements: 3,
        n_processes: 3,
    }
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for n_columns in [1, 2, 5, 20, 60] {
        let table = table_of(n_columns);
        for width in [40, 80, 101, 200] {
            for line in render(&table, &view(width)).lines() {
                let found = line.width();
                assert!(
                    found <= width,
                    "{n_columns} columns at {width}: {found} in {line}"
                );
            }
        }
    }
}

#[test]
fn no_control_character_is_sent() {
    for n_columns in [2, 20] {
        let text = render(&table_of(n_columns), &view(80));
        let is_bad = |c: &char| (c.is_control() && *c != '\n') || *c == '\u{202e}';
        assert_eq!(text.chars().find(is_bad), None);
    }
}

#[test]
fn styles_add_nothing_but_styles() {
    for n_columns in [2, 20] {
        let table = table_of(n_columns);
        let plain = render(&table, &view(80));
        let mut view = view(80);
        view.has_styles = true;
        let mut styled = render(&table, &view);
        assert_ne!(plain, styled);
        for code in ["\u{1b}[0m", "\u{1b}[1m", "\u{1b}[2m", "\u{1b}[36m"] {
            styled = styled.replace(code, "");
        }
        assert_eq!(plain, styled);
    }
}

#[test]
fn a_long_clause_is_cut_and_the_reader_told() {
    let mut table = small_table();
    table.alone[0].quoted.text = "lamp ".repeat(300);
    let text = render(&table, &view(80));
    assert!(text.contains("lamp …”"), "{text}");
    assert!(text.contains("1 quotation is cut at 600 characters; --format json quotes all."));
}

#[test]
fn many_diagnostics_are_counted_and_the_gravest_come_first() {
    let mut table = small_table();
    let guess = table.diagnostics[0].clone();
    table.diagnostics.splice(0..1, vec![guess; 30]);
    let text = render(&table, &view(80));
    let refusal = text.find("refused: broken.md").unwrap();
    assert!(refusal < text.find("guessed:").unwrap());
    assert_eq!(text.matches("guessed:").count(), 9);
    assert!(text.ends_with("and 21 more; --format json has all\n"));
}

#[test]
fn a_table_without_rows_says_so() {
    let mut table = small_table();
    table.rows.clear();
    let text = render(&table, &view(80));
    assert!(text.starts_with("No issue is shared"));
    assert!(text.contains("STANDING ALONE: 2 clauses"));
}

#[test]
fn a_terminal_gets_the_matrix_and_the_rows_that_are_asked_for() {
    let table = table_of(20);
    let of = |wish: Option<&str>| {
        let mut view = view(80);
        view.shown = shown(wish, &table, true).unwrap();
        render(&table, &view)
    };
    let matrix = of(None);
    assert!(
        matrix.contains("11  Issue 11") && matrix.contains("--rows all"),
        "{matrix}"
    );
    assert!(!matrix.contains("Pact"), "{matrix}");
    let rows = of(Some("2, 10-11"));
    let titles = rows.lines().filter(|line| line.contains("ISSUE ")).count();
    assert_eq!(titles, 3, "{rows}");
    assert!(
        rows.contains("Pact 0 ¶10") && !rows.contains("Pact 1 ¶3:"),
        "{rows}"
    );
    assert_eq!(of(Some("10")), of(Some("issue 10")));
    assert!(of(Some("all")).contains("Pact 1 ¶3:"));
    assert_eq!(of(Some("none")), matrix);
}

#[test]
fn rows_that_are_not_there_are_named() {
    let table = small_table();
    for (wish, expected) in [
        ("0", "`0` names no row: the table has rows 1 to 1"),
        ("1-2", "`1-2` names no row: the table has rows 1 to 1"),
        (
            "1,",
            "`` is no number of a row and no range of them, as 3-5 is",
        ),
        ("whales", "no row is named `whales`: there are"),
    ] {
        let told = shown(Some(wish), &table, true).unwrap_err().to_string();
        assert!(told.contains(expected), "{told}");
    }
    assert_eq!(shown(None, &table, false).unwrap(), Shown::Everything);
}

#[test]
fn narrow_terminals_get_blocks() {
    insta::assert_snapshot!(render(&small_table(), &view(80)));
}

#[test]
fn wide_terminals_get_a_grid() {
    insta::assert_snapshot!(render(&small_table(), &view(140)));
}
