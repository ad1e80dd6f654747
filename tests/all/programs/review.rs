//! `consonance review`: asked through pipes, in lists that are filled in, and on a terminal.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use consonance::table::{Action, Codebook, ConvergenceTable, Corrections, Outcome, Row};
use tempfile::TempDir;

use crate::common::made::{clauses, records};
use crate::common::programs::consonance;

/// A folder with clauses, and the files that are written beside it.
struct Desk {
    folder: TempDir,
    clauses: PathBuf,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clauses_file = folder.path().join("clauses.jsonl");
        fs::write(&clauses_file, records(&clauses(3, 40))).unwrap();
        Self {
            clauses: clauses_file,
            folder,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn review(&self, arguments: &[&str]) -> Command {
        let mut command = consonance("review");
        command
            .arg(&self.clauses)
            .args(["--clusters", "6"])
            .args(arguments);
        command.current_dir(self.folder.path());
        command
    }

    /// Runs with lines on the standard input.
    fn piped(&self, arguments: &[&str], lines: &str) -> Output {
        let mut command = self.review(arguments);
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(lines.as_bytes())
            .unwrap();
        child.wait_with_output().unwrap()
    }

    fn corrections(&self) -> Corrections {
        Corrections::parse(&fs::read_to_string(self.path("mine.toml")).unwrap()).unwrap()
    }

    fn actions(&self) -> Vec<Action> {
        self.corrections()
            .decisions
            .iter()
            .map(|decision| decision.action)
            .collect()
    }

    /// Returns the table with the corrections, all of which must hold.
    fn table(&self) -> ConvergenceTable {
        let mut command = consonance("table");
        command.arg(&self.clauses).args([
            "--clusters",
            "6",
            "--resamples",
            "0",
            "--format",
            "json",
        ]);
        let output = command
            .arg("--corrections")
            .arg(self.path("mine.toml"))
            .output()
            .unwrap();
        let table = consonance::report::from_json(text(&output)).unwrap();
        assert!(
            table.decisions.iter().all(Outcome::is_applied),
            "{:?}",
            table.decisions
        );
        table
    }
}

fn text(output: &Output) -> &str {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    std::str::from_utf8(&output.stdout).unwrap()
}

const SIGNED: [&str; 8] = [
    "--corrections",
    "mine.toml",
    "--author",
    "A. Keeper",
    "--date",
    "3 May",
    "--ask",
    "6",
];

#[test]
fn answers_of_a_pipe_become_decisions_and_the_rest_is_asked_later() {
    let desk = Desk::new();
    let output = desk.piped(&SIGNED, "h\n1\nb\nperhaps\na\nn Of fog and ferries\n");
    let shown = text(&output);
    assert!(
        shown.contains("1 of 6") && shown.contains("6 of 6"),
        "{shown}"
    );
    assert!(
        shown.contains("5 answers are in mine.toml; 1 of 6 left"),
        "{shown}"
    );
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("not kept: `perhaps` is no answer"), "{told}");
    assert_eq!(
        desk.actions(),
        [
            Action::Move,
            Action::Move,
            Action::Move,
            Action::Also,
            Action::Alone,
            Action::Pin,
        ]
    );
    for decision in desk.corrections().decisions {
        assert_eq!(decision.author.as_deref(), Some("A. Keeper"));
        assert_eq!(decision.date.as_deref(), Some("3 May"));
    }
    let table = desk.table();
    assert!(
        table
            .rows
            .iter()
            .any(|row| row.issue == "Of fog and ferries")
    );

    // None of the five is asked about again.
    let again = desk.piped(&SIGNED, "s\ns\ns\ns\ns\ns\n");
    let citation = |shown: &str, place: usize| {
        let marks: Vec<&str> = shown.split(&format!("{place} of 6 ")).collect();
        marks[1].lines().next().unwrap().to_owned()
    };
    let later: Vec<String> = (1..=6).map(|place| citation(text(&again), place)).collect();
    for place in [1, 2, 3, 5, 6] {
        assert!(!later.contains(&citation(shown, place)), "{later:?}");
    }
    assert_eq!(desk.actions().len(), 6);
}

#[test]
fn undo_takes_the_last_answer_back_and_asks_again() {
    let desk = Desk::new();
    let output = desk.piped(&SIGNED, "h\nb\nu\n1\nu\nu\nu\na\nq\n");
    assert!(text(&output).contains("1 answer is in mine.toml; 5 of 6 left"));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nothing to undo"));
    assert_eq!(desk.actions(), [Action::Alone]);
}

/// Fills in a Word form: the empty last cell of each row, in order.
fn filled_in_word(path: &Path, answers: &[&str]) {
    let bytes = fs::read(path).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut written = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut content = String::new();
        std::io::Read::read_to_string(&mut entry, &mut content).unwrap();
        if name == "word/document.xml" {
            let rows: Vec<&str> = content.split("</w:tr>").collect();
            let mut filled = String::new();
            for (number, row) in rows.iter().enumerate() {
                let answer = number.checked_sub(1).and_then(|number| answers.get(number));
                match (answer, row.rfind("</w:p>")) {
                    (Some(answer), Some(at)) => {
                        let run = ["<w:r><w:t>", answer, "</w:t></w:r>"].concat();
                        filled.extend([&row[..at], &run, &row[at..]]);
                    }
                    _ => filled += row,
                }
                if number + 1 < rows.len() {
                    filled += "</w:tr>";
                }
            }
            content = filled;
        }
        written
            .start_file(name, zip::write::SimpleFileOptions::default())
            .unwrap();
        written.write_all(content.as_bytes()).unwrap();
    }
    fs::write(path, written.finish().unwrap().into_inner()).unwrap();
}

#[test]
fn a_list_filled_in_and_read_back_gives_the_same_decisions_in_every_form() {
    let answers = ["h", "2", "new: Of fog and ferries", "nonsense", "", "b2"];
    let mut all = Vec::new();
    for form in ["md", "csv", "docx"] {
        let desk = Desk::new();
        let list = format!("doubts.{form}");
        let path = desk.path(&list);
        let written = desk
            .review(&["--list", "--ask", "6", "--output", &list])
            .output()
            .unwrap();
        assert_eq!(text(&written), "");
        match form {
            "docx" => filled_in_word(&path, &answers),
            "csv" => {
                let lines = fs::read_to_string(&path).unwrap();
                let mut lines = lines.lines();
                let mut filled = lines.next().unwrap().to_owned() + "\n";
                for (line, answer) in lines.zip(answers) {
                    filled.extend([line, answer, "\n"]);
                }
                fs::write(&path, filled).unwrap();
            }
            _ => {
                let mut filled = fs::read_to_string(&path).unwrap();
                for answer in answers {
                    filled = filled.replacen("Answer:\n", &format!("Answer is: {answer}\n"), 1);
                }
                fs::write(&path, filled.replace("Answer is:", "Answer:")).unwrap();
            }
        }
        let output = desk.piped(&["--answers", &list, "--corrections", "mine.toml"], "");
        assert_eq!(output.status.code(), Some(3), "an answer was refused");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(
            told.contains("not kept: `nonsense` is no answer"),
            "{form}: {told}"
        );
        assert!(
            told.contains("4 answers of 6 kept in mine.toml, 1 left empty"),
            "{form}: {told}"
        );
        desk.table();
        all.push(desk.corrections());
    }
    assert_eq!(
        all[0].decisions.len(),
        5,
        "an answer of two rows is two decisions"
    );
    assert_eq!(all[0], all[1]);
    assert_eq!(all[0], all[2]);
}

#[test]
fn a_list_of_another_kind_or_without_answers_is_refused() {
    let desk = Desk::new();
    fs::write(desk.path("other.md"), "# Not a list\n").unwrap();
    let output = desk.piped(&["--answers", "other.md", "--corrections", "mine.toml"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("no list of doubtful clauses"));
    let over = desk
        .review(&["--list", "--output", "clauses.jsonl"])
        .output()
        .unwrap();
    assert_eq!(over.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&over.stderr).contains("is an input of this run"));
    let without = desk.review(&[]).output().unwrap();
    assert_eq!(without.status.code(), Some(2), "answers need a file");
}

/// Runs the program on a terminal of its own, which `script` of util-linux makes, and presses keys.
#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_one_key_is_an_answer() {
    let desk = Desk::new();
    let program = env!("CARGO_BIN_EXE_consonance");
    let asked =
        format!("{program} review clauses.jsonl --clusters 6 --ask 5 --corrections mine.toml");
    let mut child = Command::new("script")
        .args(["-q", "-e", "-c", &asked, "/dev/null"])
        .current_dir(desk.folder.path())
        .env("COLUMNS", "80")
        .env("TERM", "xterm")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("Debian's util-linux has `script`");
    let mut keys = child.stdin.take().unwrap();
    let mut shown = child.stdout.take().unwrap();
    let mut seen = String::new();
    // A key is pressed when the prompt before it is there.
    let prompt = "quit:";
    let steps: [(&str, &[u8]); 6] = [
        (prompt, b"h"),
        (prompt, b"x"),
        (prompt, b"n"),
        ("the name of the row:", b"Of fog and ferries\r"),
        (prompt, b"u"),
        (prompt, b"q"),
    ];
    for (wanted, pressed) in steps {
        let from = seen.len();
        while !seen[from..].contains(wanted) {
            let mut buffer = [0; 1024];
            let n = std::io::Read::read(&mut shown, &mut buffer).unwrap();
            assert!(n > 0, "{wanted:?} never came: {seen}");
            seen += &String::from_utf8_lossy(&buffer[..n]);
        }
        keys.write_all(pressed).unwrap();
        keys.flush().unwrap();
    }
    std::io::Read::read_to_string(&mut shown, &mut seen).unwrap();
    assert!(child.wait().unwrap().success(), "{seen}");
    assert!(
        seen.contains("1 answer is in mine.toml; 4 of 5 left"),
        "{seen}"
    );
    assert_eq!(desk.actions(), [Action::Move]);
}

#[test]
fn rows_get_names_and_become_a_codebook_and_corrections() {
    let desk = Desk::new();
    let arguments = [
        "--rows",
        "--corrections",
        "mine.toml",
        "--output",
        "issues.toml",
    ];
    // The first row is divided and undone; of two rows with one name one issue is made.
    let output = desk.piped(&arguments, "2 parts\nu\nFog\nfog!\n1\n77\nu\nu\nReefs\nq\n");
    let shown = text(&output);
    assert!(shown.contains("to go)"), "{shown}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("no suggestion 77"));
    let codebook = Codebook::parse(&fs::read_to_string(desk.path("issues.toml")).unwrap()).unwrap();
    let names: Vec<&str> = codebook
        .issues
        .iter()
        .map(|issue| issue.name.as_str())
        .collect();
    assert_eq!(names, ["Fog", "Reefs"]);
    let table = desk.table();
    let row_of = |name: &str| table.rows.iter().find(|row| row.issue == name).unwrap();
    for issue in &codebook.issues {
        let mut ids: Vec<&str> = row_of(&issue.name)
            .quotes()
            .map(|quote| quote.id.as_str())
            .collect();
        let mut expected: Vec<&str> = issue.clauses.iter().map(String::as_str).collect();
        ids.sort_unstable();
        expected.sort_unstable();
        assert_eq!(ids, expected);
    }
    // Later: named rows are not asked for again, and their names are suggested.
    let again = desk.piped(&arguments, "q\n");
    let shown = text(&again);
    assert!(shown.contains("Fog") && shown.contains("Reefs"), "{shown}");
    assert!(shown.contains("2 named issues in mine.toml"), "{shown}");
}

#[test]
fn names_give_a_clause_of_two_rows_one_place_and_the_codebook_is_read() {
    let desk = Desk::new();
    text(&desk.piped(&["--ask", "2", "--corrections", "mine.toml"], "b\nb\n"));
    let arguments = [
        "--rows",
        "--corrections",
        "mine.toml",
        "--output",
        "issues.toml",
    ];
    text(&desk.piped(&arguments, &"1\n".repeat(100)));
    let mut table = consonance("table");
    table
        .arg(&desk.clauses)
        .args(["--issues", "issues.toml", "--resamples", "0"])
        .args(["--corrections", "mine.toml", "--format", "json"]);
    let output = table.current_dir(desk.folder.path()).output().unwrap();
    let table = consonance::report::from_json(text(&output)).unwrap();
    let mut pins = table.decisions.iter();
    assert!(
        pins.all(|of| of.action != Action::Pin || of.is_applied()),
        "{:?}",
        table.decisions
    );
    let quotes = table.rows.iter().flat_map(Row::quotes);
    let mut ids: Vec<&str> = quotes.map(|quote| quote.id.as_str()).collect();
    let n_quotes = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), n_quotes, "each has one place");
}

#[test]
fn table_counts_a_clause_twice_and_tells_what_was_checked() {
    let desk = Desk::new();
    let table = |arguments: &[&str]| {
        let mut command = consonance("table");
        command
            .arg(&desk.clauses)
            .args(["--clusters", "6", "--resamples", "0"]);
        command.args(arguments).current_dir(desk.folder.path());
        text(&command.output().unwrap()).to_owned()
    };
    let found = table(&["--format", "json"]);
    let found = consonance::report::from_json(&found).unwrap();
    let [one, other] = [0, 1].map(|place| found.rows[place].issue.as_str());
    let id = found.rows[0].quotes().next().unwrap().id.as_str();
    let decide = |arguments: &[&str]| {
        let corrections = ["--corrections", "mine.toml", "--format", "csv"];
        table(&[&corrections[..], arguments].concat())
    };
    decide(&["--also", id, "--to", other]);
    decide(&["--check", id, "--author", "A. Keeper"]);
    decide(&["--check-row", one, "--date", "3 May"]);
    decide(&["--open", id, "--note", "is it about tolls?"]);
    let shown = decide(&["--open-row", other]);
    assert!(shown.contains("the row: checked, 3 May"), "{shown}");
    assert!(shown.contains("the row: open question"), "{shown}");
    assert_eq!(
        desk.actions(),
        [
            Action::Also,
            Action::Check,
            Action::Check,
            Action::Open,
            Action::Open,
        ]
    );
    let held = desk.table();
    let n_rows = held
        .rows
        .iter()
        .filter(|row| row.quotes().any(|quote| quote.id == id));
    assert_eq!(n_rows.count(), 2);
}

#[test]
fn the_simulation_runs_on_the_bundled_corpus() {
    let output = consonance("evaluate")
        .args(["--simulate", "review"])
        .output()
        .unwrap();
    let shown = text(&output);
    let figure = |measure: &str, given: &str| -> f64 {
        let line = shown
            .lines()
            .find(|line| line.contains(measure) && line.contains(given));
        let cells: Vec<&str> = line.unwrap().split('|').collect();
        cells[4].trim().parse().unwrap()
    };
    let right = |n: &str| figure("| first issue right  ", n);
    assert!(right("20 answers") >= right(" 0 answers") + 0.05, "{shown}");
    assert!(
        figure("one answer of ten wrong", "20 answers") > right(" 0 answers"),
        "{shown}"
    );
    assert!(
        figure("2.0 times the rows", "names") > figure("as many rows", "no name") + 0.08,
        "{shown}"
    );
}

/// The goals of the simulation on the developers' sets.
mod needs_shared {
    use super::*;
    use crate::common::shared::shared;

    #[test]
    #[ignore = "needs ../shared"]
    fn answers_and_names_bring_what_they_should() {
        let mut command = consonance("evaluate");
        let output = command
            .args(["--simulate", "review", "--all"])
            .arg(shared(""))
            .output()
            .unwrap();
        let shown = text(&output).to_owned();
        let figure = |set: &str, measure: &str, given: &str| -> f64 {
            let is_wanted = |line: &&str| {
                [set, measure, given]
                    .iter()
                    .all(|words| line.contains(words))
            };
            let line = shown.lines().find(is_wanted).unwrap();
            line.split('|').nth(4).unwrap().trim().parse().unwrap()
        };
        for (set, right, named) in [
            ("hand-made", 0.83, 0.75),
            ("organizations", 0.89, 0.78),
            ("articles_hard", 0.89, 0.88),
        ] {
            let after = |measure: &str, n: &str| figure(set, measure, n);
            assert!(
                after("| first issue right  ", "20 answers") >= right,
                "{shown}"
            );
            let wrong = after("one answer of ten wrong", "20 answers");
            assert!(
                wrong >= after("| first issue right  ", " 0 answers"),
                "{shown}"
            );
            assert!(after("2.0 times the rows", "names") >= named, "{shown}");
        }
    }
}
