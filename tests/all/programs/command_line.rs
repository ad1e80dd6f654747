//! The program as a whole: help, version, completions, manual pages, and the corpus it brings along.

use memchr::memmem;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::common::programs::consonance;

const SUBCOMMANDS: [&str; 19] = [
    "table",
    "review",
    "briefing",
    "search",
    "segment",
    "reuse",
    "gaps",
    "keyness",
    "timeline",
    "co-mention",
    "citations",
    "force",
    "draft",
    "versions",
    "check",
    "evaluate",
    "verify",
    "completions",
    "manual",
];

fn bare() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_consonance"));
    command.env_remove("COLUMNS").stdin(Stdio::null());
    command
}

fn text(output: &Output) -> &str {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    std::str::from_utf8(&output.stdout).unwrap()
}

#[test]
fn without_a_subcommand_the_program_shows_help() {
    let shown = bare().output().unwrap();
    let help = bare().arg("-h").output().unwrap();
    assert_eq!(text(&shown), text(&help));
    for name in SUBCOMMANDS {
        assert!(text(&shown).contains(&format!("\n  {name} ")), "{name}");
    }
}

#[test]
fn every_subcommand_explains_itself_with_examples() {
    for name in SUBCOMMANDS {
        let help = bare().args(["help", name]).output().unwrap();
        let example = format!("\n  consonance {name}");
        assert!(text(&help).contains("Examples:"), "{name}");
        assert!(text(&help).contains(&example), "{name}: {}", text(&help));
        assert!(!text(&help).contains("cargo run"), "{name}");
    }
}

#[test]
fn the_version_is_that_of_the_crate() {
    let version = bare().arg("--version").output().unwrap();
    let expected = concat!("consonance ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(text(&version), expected);
}

#[test]
fn every_shell_gets_completions_of_all_subcommands() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = consonance("completions").arg(shell).output().unwrap();
        for name in SUBCOMMANDS.iter().chain(&["--from-table"]) {
            let name = name.trim_start_matches('-');
            assert!(text(&output).contains(name), "{shell}: {name}");
        }
    }
    let unknown = consonance("completions").arg("tcsh").output().unwrap();
    assert_eq!(unknown.status.code(), Some(2));
}

/// Sources the completions in a shell and asks it for the words that begin so.
#[cfg(target_os = "linux")]
#[test]
fn a_shell_completes_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let script = consonance("completions").arg("bash").output().unwrap();
    let file = folder.path().join("consonance");
    fs::write(&file, text(&script)).unwrap();
    let asked = "source \"$0\"; COMP_WORDS=(consonance table --from); COMP_CWORD=2; \
                 _consonance consonance --from table; echo \"${COMPREPLY[@]}\"";
    let output = Command::new("bash")
        .args(["-c", asked])
        .arg(&file)
        .output()
        .unwrap();
    assert_eq!(text(&output), "--from-table\n");
}

#[test]
fn the_manual_has_a_page_of_the_program_and_one_a_subcommand() {
    let folder = tempfile::tempdir().unwrap();
    let pages = folder.path().join("man1");
    let written = consonance("manual")
        .arg("--dir")
        .arg(&pages)
        .output()
        .unwrap();
    assert_eq!(text(&written), "");
    assert_eq!(fs::read_dir(&pages).unwrap().count(), 1 + SUBCOMMANDS.len());
    let whole = consonance("manual").output().unwrap();
    let page = |name: &str| fs::read_to_string(pages.join(name)).unwrap();
    assert_eq!(page("consonance.1"), text(&whole));
    for name in SUBCOMMANDS {
        let page = page(&format!("consonance-{name}.1"));
        assert!(
            page.contains(&format!(".TH consonance-{name} 1")),
            "{name}: {page}"
        );
        assert!(page.contains(".SH OPTIONS"), "{name}");
        let printed = consonance("manual").arg(name).output().unwrap();
        assert_eq!(page, text(&printed));
    }
}

/// The bundled corpus is part of the program: it says of it what it says of the folder.
#[test]
fn the_bundled_corpus_is_that_of_the_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for subcommand in ["table", "force", "citations", "reuse"] {
        let run = |command: &mut Command| command.args(["--format", "json"]).output().unwrap();
        let bundled = run(&mut consonance(subcommand));
        let read = run(consonance(subcommand).arg(&folder));
        // The notes about files that are left out name every other file of the folder.
        assert_eq!(text(&bundled), text(&read), "{subcommand}");
    }
}

/// Copies the program into an empty folder and runs it there, as one who installed it does.
#[test]
fn the_program_needs_no_file_of_its_sources() {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("consonance");
    fs::copy(env!("CARGO_BIN_EXE_consonance"), &program).unwrap();
    let bytes = fs::read(&program).unwrap();
    for name in [
        "/corpus/gge2015.md",
        "/corpus/coding.jsonl",
        "/draft/harbor.md",
    ] {
        let path = format!("{}{name}", env!("CARGO_MANIFEST_DIR"));
        assert_eq!(memmem::find(&bytes, path.as_bytes()), None, "{path}");
    }
    let output = Command::new(&program)
        .arg("table")
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(text(&output).contains("HUMAN RIGHTS ONLINE"));
}

#[test]
fn old_words_of_options_are_hidden_but_known() {
    let help = bare().args(["help", "table"]).output().unwrap();
    for old in ["--ledger", "--spine"] {
        assert!(!text(&help).contains(old), "{old}");
        let known = bare().args(["table", old, "no such thing"]).output();
        assert_ne!(known.unwrap().status.code(), Some(2), "{old}");
    }
}
