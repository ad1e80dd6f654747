//! The list as CSV, which a spreadsheet may have saved with semicolons.

use crate::error::{Error, ErrorKind, Result};
use crate::read::answers::filled::FilledAnswer;
use crate::read::written::formula::unguarded;

/// Reads a list whose header names `clause` and `answer`; `None` for any other text.
///
/// # Errors
///
/// [`ErrorKind::Format`] if a row is broken.
pub(super) fn read(text: &str) -> Result<Option<Vec<FilledAnswer>>> {
    let first = text.lines().next().unwrap_or_default();
    let separator = if first.contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .flexible(true)
        .from_reader(text.as_bytes());
    let broken = |error: csv::Error| {
        let message = format!("the list of answers is no CSV: {error}");
        Error::new(ErrorKind::Format, message)
    };
    let header = reader.headers().map_err(broken)?.clone();
    let column = |title: &str| header.iter().position(|own| own.trim() == title);
    let (Some(clause), Some(answer)) = (column("clause"), column("answer")) else {
        return Ok(None);
    };
    let here = column("here");
    let rivals: Vec<usize> = (1..).map_while(|n| column(&format!("rival {n}"))).collect();
    let mut answers = Vec::new();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |column: usize| unguarded(record.get(column).unwrap_or_default().trim());
        let mut filled = FilledAnswer {
            place: format!("line {line}"),
            clause: cell(clause).to_owned(),
            rivals: Vec::new(),
            here: here
                .map(cell)
                .filter(|name| !name.is_empty())
                .map(str::to_owned),
            answer: cell(answer).to_owned(),
        };
        let names = rivals.iter().map(|column| cell(*column));
        for (number, name) in (1..).zip(names).filter(|(_, name)| !name.is_empty()) {
            filled.offer(number, name.to_owned());
        }
        answers.push(filled);
    }
    Ok(Some(answers))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semicolons_of_a_spreadsheet_and_guarded_cells_are_understood() {
        let text = "number;clause;rival 1;rival 2;answer\n1;a/1;'=Fog;;2\n2;a/2;Fog;Reef\n";
        let answers = read(text).unwrap().unwrap();
        assert_eq!(answers[0].rivals, ["=Fog"]);
        assert_eq!(
            (answers[0].place.as_str(), answers[0].answer.as_str()),
            ("line 2", "2")
        );
        assert_eq!(
            (answers[1].rivals.len(), answers[1].answer.as_str()),
            (2, "")
        );
        let emptied = read("clause,rival 1,rival 2,answer\na/1,,Fog,2\n")
            .unwrap()
            .unwrap();
        assert_eq!(emptied[0].rivals, ["", "Fog"], "rivals keep their numbers");
        assert!(read("# A list\n").unwrap().is_none());
    }
}
