//! The command line.

use std::path::PathBuf;

use clap::ValueEnum;

const HELP: &str = "\
Examples:
  consonance reuse                              the bundled corpus
  consonance reuse treaties/ --format markdown  all texts of a folder, as a document
  consonance reuse clauses.jsonl --min-words 8  ready clauses; runs of eight words or more
  consonance reuse --pairs pairs.jsonl --json   pairs of texts, word by word, for a program

A line of PAIRS.jsonl holds `id`, `a` and `b`; each of these `text`, and if known
`agreement`, `year` and `first_published`. Which words are rare, and how near
two texts of one subject are, is taken from the texts of the file; if they are
fewer than 200, the INPUT (or the bundled corpus) helps.

--pairs --json prints an object a line, in the order of the file:
  id              as given
  runs            shared runs of words that stand in the same order in both,
                  [{\"a\": [start, end], \"b\": [start, end], \"n_words\"}], in
                  CHARACTERS of the two texts, the end not counted
  moved           the same for further runs, which stand in another order
  passages        runs joined over changes of up to three words
  coverage        the share of the words of a and of b that stand in runs
  close_coverage  the same in passages, changed words not counted, and moved runs
  verdict         copied | adapted | none
  grade           same wording | same norm in other words | same subject only |
                  opposed | none
  because         the rule that gave the grade, with its figures
  direction       a-to-b (a is older) | b-to-a | tie | unknown
  dates           of a and b, null if unknown
  changed         the kinds of change, the gravest first: negation, number, modal,
                  name, order, deletion, insertion, replacement, synonym,
                  inflection; empty if nothing was taken
  changes         each change: {\"kinds\", \"a\": [start, end], \"b\": [start, end],
                  \"from\", \"to\"}
  nearness        by_words, by_subject, same_subject_from (0 to 1)
Without --pairs, --format json prints one object, \"consonance.borrowings/1\": its
ranges are BYTES of the clauses' texts, and of the agreements' where so named.

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Finds text reuse between agreements.
///
/// Finds every passage that clauses of different agreements share, follows each phrase from the
/// agreement that had it first, and separates boilerplate.
#[derive(Debug, clap::Args)]
#[command(after_help = HELP)]
pub(crate) struct Args {
    /// Folders and files to read; the bundled corpus if none is given.
    pub(crate) input: Vec<PathBuf>,

    /// Compare the pairs of texts in this file instead.
    #[arg(long, value_name = "PAIRS.jsonl")]
    pub(crate) pairs: Option<PathBuf>,

    /// The shortest passage that counts, in words.
    #[arg(long, value_name = "N", default_value_t = 6, value_parser = at_least_two)]
    pub(crate) min_words: usize,

    /// Compare at most this many pairs of clauses word by word, those that share the most words first.
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    pub(crate) max_pairs: usize,

    /// The output format.
    #[arg(long, value_enum, default_value_t = FormatArg::Text)]
    format: FormatArg,

    /// The same as `--format json`.
    #[arg(long)]
    json: bool,

    /// The width of the output, in columns.
    #[arg(long, value_name = "N", default_value_t = 80)]
    pub(crate) width: usize,
}

impl Args {
    pub(crate) fn format(&self) -> FormatArg {
        if self.json {
            FormatArg::Json
        } else {
            self.format
        }
    }
}

/// The output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatArg {
    /// For the terminal
    Text,
    /// For a document
    Markdown,
    /// For a spreadsheet: one line for each pair
    Csv,
    /// For a program; complete
    Json,
}

fn at_least_two(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if number >= 2 => Ok(number),
        _ => Err("a whole number from 2 is wanted".to_owned()),
    }
}
