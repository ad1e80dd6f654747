//! The programs, which cargo has built next to the tests.

use std::process::{Command, Stdio};

/// Returns the command that runs an example.
pub(crate) fn example(name: &str) -> Command {
    let test = std::env::current_exe().unwrap();
    let profile = test.ancestors().nth(2).unwrap();
    let program = profile
        .join("examples")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    assert!(
        program.exists(),
        "the example `{name}` is not built: run all tests, or `cargo build --examples`"
    );
    let mut command = Command::new(program);
    command
        .env_remove("COLUMNS")
        .env_remove("NO_COLOR")
        .stdin(Stdio::null());
    command
}
