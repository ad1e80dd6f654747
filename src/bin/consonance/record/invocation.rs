//! How the program was called: the arguments, and the value of every option, also of those not given.

use std::collections::BTreeMap;
use std::env;
use std::ffi::OsStr;
use std::path::PathBuf;

use clap::{ArgMatches, Command, CommandFactory};

use crate::command::Cli;

/// What says nothing of the result: where its record is, and help.
const LEFT_OUT: [&str; 3] = ["record", "help", "version"];
/// The options whose value is a file or folder that is read besides the inputs.
const FILES: [&str; 9] = [
    "catalogue",
    "coding",
    "corrections",
    "draft",
    "from-table",
    "issues",
    "score",
    "thesaurus",
    "vectors",
];

/// A call of a subcommand.
#[derive(Clone, Debug, Default)]
pub(super) struct Invocation {
    /// What followed the name of the program.
    pub(super) arguments: Vec<String>,
    /// The values of each option by its name, given or by default.
    pub(super) options: BTreeMap<String, Vec<String>>,
}

impl Invocation {
    /// Returns this call of the program.
    pub(super) fn of(matches: &ArgMatches) -> Self {
        let arguments = env::args_os().skip(1).map(|word| in_words(&word)).collect();
        Self::with_arguments(arguments, matches)
    }

    /// Returns the call with these arguments, as this version understands them.
    pub(super) fn parse(arguments: &[String]) -> Result<Self, clap::Error> {
        let program = "consonance".to_owned();
        let whole = std::iter::once(&program).chain(arguments);
        let matches = Cli::command().try_get_matches_from(whole)?;
        Ok(Self::with_arguments(arguments.to_vec(), &matches))
    }

    fn with_arguments(arguments: Vec<String>, matches: &ArgMatches) -> Self {
        let mut whole = Cli::command();
        whole.build();
        let of_subcommand = matches.subcommand().and_then(|(name, matches)| {
            let command = whole.find_subcommand(name)?;
            Some(options_of(command, matches))
        });
        Self {
            arguments,
            options: of_subcommand.unwrap_or_default(),
        }
    }

    /// Returns the files and folders that are read besides the inputs, with the options that name them.
    pub(super) fn files(&self) -> Vec<(&str, PathBuf)> {
        let options = FILES.iter();
        let named = options.filter_map(|option| Some((*option, self.options.get(*option)?)));
        let paths = named.flat_map(|(option, values)| {
            let paths = values.iter().map(PathBuf::from);
            paths.map(move |path| (option, path))
        });
        paths.filter(|(_, path)| path.exists()).collect()
    }
}

fn options_of(command: &Command, matches: &ArgMatches) -> BTreeMap<String, Vec<String>> {
    let mut options = BTreeMap::new();
    for argument in command.get_arguments() {
        let id = argument.get_id().as_str();
        let name = argument.get_long().unwrap_or(id);
        let values = matches.try_get_raw(id).ok().flatten();
        if let Some(values) = values
            && !LEFT_OUT.contains(&name)
        {
            options.insert(name.to_owned(), values.map(in_words).collect());
        }
    }
    options
}

fn in_words(argument: &OsStr) -> String {
    argument.to_string_lossy().into_owned()
}
