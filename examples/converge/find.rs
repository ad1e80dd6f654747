//! From the command line to the table: the calls of the library.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use consonance::error::{Diagnostic, Error, ErrorKind, Severity};
use consonance::finding::ConvergenceTable;
use consonance::report::from_json;
use serde_json::{Value, json};

use crate::args::Args;
use crate::progress::Progress;

/// What the program found.
pub(crate) struct Found {
    pub(crate) table: ConvergenceTable,
    pub(crate) n_agreements: usize,
    pub(crate) n_processes: usize,
    /// The files that were refused, and why.
    pub(crate) refused: Vec<Diagnostic>,
}

// STAND-IN until `Corpus::load` and `finding::converge` are there: reads JSONL clauses and puts those
// with equally many words under one issue. A `.json` file is taken as a table made before.
pub(crate) fn find(args: &Args, progress: &Progress) -> Result<Found> {
    progress.say("reading");
    let mut refused = Vec::new();
    let mut clauses: Vec<Value> = Vec::new();
    for path in &args.input {
        let name = path.display().to_string();
        let text = fs::read_to_string(path).with_context(|| name.clone())?;
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            let table = from_json(&text)?;
            return Ok(Found {
                n_agreements: table.columns.len(),
                n_processes: table.columns.len(),
                table,
                refused,
            });
        }
        let parsed: Result<Vec<Value>, _> = text.lines().map(serde_json::from_str).collect();
        match parsed {
            Ok(values) => clauses.extend(values),
            Err(error) => refused.push(Diagnostic::refusal(
                &Error::new(ErrorKind::Format, error.to_string()).in_file(name),
            )),
        }
    }
    let mut columns = BTreeMap::new();
    let mut rows: BTreeMap<usize, BTreeMap<String, Vec<Value>>> = BTreeMap::new();
    for clause in &clauses {
        let process = clause["process"].as_str().unwrap_or("none").to_owned();
        columns.insert(process.clone(), process.clone());
        let text = clause["text"].as_str().unwrap_or_default();
        let quote = json!({"id": clause["id"], "citation": format!("{} {}", clause["title"].as_str().unwrap_or_default(), clause["clause"].as_str().unwrap_or_default()), "text": text, "lead_in": clause["lead_in"], "score": 0.5});
        rows.entry(text.split_whitespace().count() % args.clusters.unwrap_or(9))
            .or_default()
            .entry(process)
            .or_default()
            .push(quote);
    }
    let rows: Vec<Value> = rows.into_iter().map(|(k, cells)| json!({"issue": format!("Texts of {k} words"), "terms": [], "n_processes": cells.len(), "n_agreements": cells.len(), "medoid": "", "cells": cells})).collect();
    let columns: Vec<Value> = columns
        .into_iter()
        .map(|(id, title)| json!({"id": id, "title": title}))
        .collect();
    let diagnostics: Vec<Diagnostic> = refused
        .iter()
        .filter(|d: &&Diagnostic| d.severity == Severity::Refused)
        .cloned()
        .collect();
    let table = json!({"schema": "consonance.table/1", "parameters": {}, "columns": columns, "rows": rows, "alone": [], "diagnostics": diagnostics});
    let table = from_json(&table.to_string())?;
    Ok(Found {
        n_agreements: table.columns.len(),
        n_processes: table.columns.len(),
        table,
        refused,
    })
}
