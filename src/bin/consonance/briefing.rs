//! `consonance briefing`: what a person with five minutes is told, with numbered citations.

use std::path::PathBuf;

use anyhow::Result;
use clap::{ArgMatches, ValueEnum};
use consonance::finding::{Briefing, BriefingParams, briefing};
use consonance::report::{Report, page_to_docx, save, to_json};

use crate::command::Outcome;
use crate::finding::on_terminal;
use crate::finding::table::{TableArgs, study};
use crate::inputs::tell_unread;
use crate::output::{deliver, format_by_ending, refuse_inputs, refuse_terminal, tell};
use crate::record::{RecordArgs, Written};

const EXAMPLES: &str = "\
Examples:
  consonance briefing                                            the bundled corpus, under the issues of its coding
  consonance briefing treaties/ --output briefing.docx           a Word document of some pages
  consonance briefing treaties/ --issues corpus/norms.toml       under the issues of a codebook
  consonance briefing treaties/ --since 2024 --register register.csv
      what is new since 2024; each citation with its file, bytes and words

Every sentence is of a fixed form and has numbered citations. “n of N” counts processes: N are those with a
clause in the language of the issue dated no earlier than the first on it; what others would say is unknown.

Exit status: 0 done; 1 failed; 2 wrong usage; 3 done, but some files were refused.";

/// Tells in a few pages what a corpus agrees on, where it parts, what is missing and what is new.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// Folders and files to read; the bundled corpus if none is given.
    input: Vec<PathBuf>,

    #[command(flatten)]
    table: TableArgs,

    /// The first year of what is new; by default the newest year of the corpus.
    #[arg(long, value_name = "YEAR")]
    since: Option<i32>,

    /// The most issues that are told of, the most widely shared first.
    #[arg(long, value_name = "N", default_value_t = 7)]
    limit: usize,

    /// The output format; by default the one of the file extension of --output, otherwise `text`.
    #[arg(long, value_enum)]
    format: Option<Form>,

    /// Write to this file instead of the terminal: md, docx, csv (the register) or json.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Write the register of the citations into this file (CSV): number, agreement, citation, file, SHA-256, bytes,
    /// words.
    #[arg(long, value_name = "FILE")]
    register: Option<PathBuf>,

    /// The width of the output, in columns; by default that of the terminal, otherwise 80.
    #[arg(long, value_name = "N")]
    width: Option<usize>,

    #[command(flatten)]
    record: RecordArgs,
}

/// The output format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For the terminal
    Text,
    /// For a document
    Markdown,
    /// For Word
    Docx,
    /// The register of the citations
    Csv,
    /// For a program; complete
    Json,
}

/// The file extensions that select a format.
const ENDINGS: [(&str, Form); 5] = [
    ("docx", Form::Docx),
    ("md", Form::Markdown),
    ("markdown", Form::Markdown),
    ("csv", Form::Csv),
    ("json", Form::Json),
];

impl Args {
    fn form(&self) -> Form {
        let by_ending = format_by_ending(self.output.as_deref(), &ENDINGS);
        self.format.or(by_ending).unwrap_or(Form::Text)
    }

    fn refuse_inputs(&self) -> Result<()> {
        let inputs = [&self.input[..], &self.table.files()].concat();
        refuse_inputs(self.output.as_deref(), &inputs)?;
        refuse_inputs(self.register.as_deref(), &inputs)?;
        self.record.refuse_inputs(&inputs)
    }
}

pub(crate) fn run(args: &Args, matches: &ArgMatches) -> Result<Outcome> {
    args.refuse_inputs()?;
    if args.form() == Form::Docx {
        refuse_terminal(args.output.as_deref(), "briefing.docx")?;
    }
    let study = study(&args.input, &args.table)?;
    let params = BriefingParams::default()
        .n_issues(args.limit)
        .since(args.since);
    let told = briefing(&study, &params);
    write(args, &told)?;
    if let Some(path) = &args.register {
        save(path, told.records().to_csv())?;
        tell(&format!("the register is in {}", path.display()));
    }
    let outputs = [&args.output, &args.register].into_iter().flatten();
    let run = Written {
        study: &study,
        read: &args.input,
        outputs: outputs.map(PathBuf::as_path).collect(),
    };
    args.record.write(matches, &run)?;
    Ok(tell_unread(study.corpus()))
}

fn write(args: &Args, told: &Briefing) -> Result<()> {
    let page = || told.page(usize::MAX);
    let contents = match args.form() {
        Form::Text => on_terminal(&page(), args.width, args.output.as_deref()).into_bytes(),
        Form::Markdown => page().to_markdown().into_bytes(),
        Form::Docx => page_to_docx(&page()),
        Form::Csv => told.records().to_csv().into_bytes(),
        Form::Json => to_json(told).into_bytes(),
    };
    deliver(args.output.as_deref(), &contents)
}
