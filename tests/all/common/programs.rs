//! The program and the examples, which cargo has built next to the tests.

use std::path::Path;
use std::process::{Command, Stdio};

/// Returns the command that runs a subcommand of the program.
pub(crate) fn consonance(subcommand: &str) -> Command {
    let mut command = program(Path::new(env!("CARGO_BIN_EXE_consonance")));
    command.arg(subcommand);
    command
}

/// Returns the command that runs an example.
pub(crate) fn example(name: &str) -> Command {
    let test = std::env::current_exe().unwrap();
    let profile = test.ancestors().nth(2).unwrap();
    let path = profile
        .join("examples")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        path.exists(),
        "the example `{name}` is not built: run all tests, or `cargo build --examples`"
    );
    program(&path)
}

fn program(path: &Path) -> Command {
    let mut command = Command::new(path);
    command
        .env_remove("COLUMNS")
        .env_remove("NO_COLOR")
        .stdin(Stdio::null());
    command
}
