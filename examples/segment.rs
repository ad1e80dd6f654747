//! Segments files into clauses and prints the tree with its numbers, which is the first thing to check.
#![allow(clippy::print_stderr)]

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use clap::{Parser, ValueEnum};
use consonance::agreement::Metadata;
use consonance::clause::{
    Classified, ClauseKind, Granularity, KindReason, Kinds, ReadyClause, Segment, Segmentation,
    segment,
};
use consonance::error::{Diagnostic, Error, ErrorKind, Severity};
use consonance::language::Language;
use consonance::provision::Label;
use consonance::read::{Body, ClauseRecord, Document, Parsed, ReadLimits, format_of, read};
use serde::{Deserialize, Serialize};

const EXAMPLES: &str = "\
Examples (after `cargo run --release --example segment --`):
  treaty.txt                         the clauses with their numbers
  treaty.txt --grain article         whole articles
  treaty.txt --kind norm             only the norms, without preamble, definitions, final clauses
  *.md --json                        for another program
  treaty.md --text treaty.out.txt    also write the text that the offsets count in
  --score segmentation.json          compare with known articles

JSON: {\"schema\": \"consonance.clauses/1\", \"files\": [{\"file\", \"format\", \"title\",
\"language\", \"clauses\": [{\"label\", \"kind\", \"kind_reason\", \"heading\", \"level\",
\"start\", \"end\", \"lead_in\", \"text\"}], \"diagnostics\": [...]}]}. start and end are bytes of the text that
--text writes; of a plain UTF-8 file it is the file. text is the clause without
its label, page matter and hyphens at line ends.

Exit status: 0 all files cut; 1 failed, the reason is on stderr; 2 wrong usage;
3 some files were refused: each is told on stderr and under its diagnostics.
";

/// Segment agreements into clauses with their official numbers.
#[derive(Debug, Parser)]
#[command(name = "segment", after_help = EXAMPLES)]
struct Args {
    /// Files to segment, in any readable format
    #[arg(required_unless_present = "score")]
    files: Vec<PathBuf>,
    /// The granularity of clauses
    #[arg(long, value_enum, default_value_t = GrainName::Item)]
    grain: GrainName,
    /// Print only clauses of this kind; may be repeated
    #[arg(long = "kind", value_name = "KIND", value_parser = kind_of_clause)]
    kinds: Vec<ClauseKind>,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Write the text that the offsets refer to into this file; only for one FILE
    #[arg(long, value_name = "OUT")]
    text: Option<PathBuf>,
    /// Print the diagnostics: gaps and repeats in the numbering, inferred values, repairs
    #[arg(long)]
    diagnostics: bool,
    /// Compare with known articles: a list of documents with their clauses, paths relative to it
    #[arg(long, value_name = "GOLD.json")]
    score: Option<PathBuf>,
}

/// Parses the kind of a clause.
fn kind_of_clause(name: &str) -> Result<ClauseKind, String> {
    ClauseKind::from_name(name).ok_or_else(|| {
        let names = ClauseKind::ALL.map(ClauseKind::name);
        format!("expected one of {}", names.join(", "))
    })
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum GrainName {
    Article,
    Paragraph,
    Item,
}

impl GrainName {
    fn grain(self) -> Granularity {
        match self {
            Self::Article => Granularity::Article,
            Self::Paragraph => Granularity::Paragraph,
            Self::Item => Granularity::Item,
        }
    }
}

/// All files, as printed.
#[derive(Debug, Serialize)]
struct Report {
    schema: &'static str,
    files: Vec<CutFile>,
}

#[derive(Debug, Serialize)]
struct CutFile {
    file: String,
    format: String,
    title: Option<String>,
    language: Option<String>,
    clauses: Vec<CutClause>,
    diagnostics: Vec<Diagnostic>,
    #[serde(skip)]
    text: String,
    #[serde(skip)]
    is_refused: bool,
}

#[derive(Debug, Serialize)]
struct CutClause {
    label: Option<String>,
    kind: ClauseKind,
    kind_reason: KindReason,
    heading: Option<String>,
    level: u8,
    start: usize,
    end: usize,
    lead_in: Option<String>,
    text: String,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args) {
        Ok(status) => ExitCode::from(status),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {}", printable(&format!("{error:#}")));
            ExitCode::from(1)
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// Returns the exit status.
fn run(args: &Args) -> anyhow::Result<u8> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    if let Some(gold) = &args.score {
        out.write_all(score(gold)?.as_bytes())?;
    }
    if args.text.is_some() && args.files.len() != 1 {
        bail!("--text needs exactly one FILE");
    }
    let mut files: Vec<CutFile> = args
        .files
        .iter()
        .map(|path| cut_file(path, args.grain.grain()))
        .collect();
    if !args.kinds.is_empty() {
        for file in &mut files {
            file.clauses
                .retain(|clause| args.kinds.contains(&clause.kind));
        }
    }
    let n_refused = files.iter().filter(|file| file.is_refused).count();
    for diagnostic in files
        .iter()
        .filter(|file| file.is_refused)
        .flat_map(|file| &file.diagnostics)
    {
        eprintln!("{}", printable(&diagnostic.to_string()));
    }
    if let (Some(path), [file]) = (&args.text, &files[..])
        && !file.is_refused
    {
        fs::write(path, &file.text).with_context(|| path.display().to_string())?;
    }
    if args.json {
        let report = Report {
            schema: "consonance.clauses/1",
            files,
        };
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
    } else {
        for file in &files {
            out.write_all(tree(file, args.diagnostics).as_bytes())?;
        }
    }
    out.flush()?;
    Ok(match n_refused {
        0 => 0,
        n if n == args.files.len() => 1,
        _ => 3,
    })
}

fn cut_file(path: &Path, grain: Granularity) -> CutFile {
    let name = path.display().to_string();
    let mut cut = CutFile {
        format: format_of(&name).to_owned(),
        file: name.clone(),
        title: None,
        language: None,
        clauses: Vec::new(),
        diagnostics: Vec::new(),
        text: String::new(),
        is_refused: false,
    };
    match reading_of(path, &name) {
        Ok(reading) => {
            reading.format().clone_into(&mut cut.format);
            cut.diagnostics.extend(reading.diagnostics);
            let is_single = reading.documents.len() == 1;
            for document in reading.documents {
                if is_single {
                    cut.title.clone_from(&document.metadata.title);
                }
                add_document(&mut cut, document, grain);
            }
        }
        Err(error) => {
            cut.is_refused = true;
            cut.diagnostics.push(Diagnostic::refusal(&error));
        }
    }
    cut
}

fn reading_of(path: &Path, name: &str) -> consonance::error::Result<Parsed> {
    let refuse = |message: &str| Error::new(ErrorKind::Io, message).in_file(name);
    let limits = ReadLimits::default();
    let about = fs::metadata(path).map_err(|error| refuse("cannot be opened").caused_by(error))?;
    if !about.is_file() {
        return Err(refuse("is no regular file"));
    }
    let largest = limits.max_text_bytes.max(limits.max_record_bytes);
    if usize::try_from(about.len()).unwrap_or(usize::MAX) > largest {
        return Err(refuse("is larger than any file that is read"));
    }
    let bytes = fs::read(path).map_err(|error| refuse("cannot be read").caused_by(error))?;
    read(&bytes, name, &limits)
}

/// Adds the clauses of one document after those of the preceding documents.
fn add_document(cut: &mut CutFile, document: Document, grain: Granularity) {
    if !cut.text.is_empty() {
        cut.text.push_str("\n\n");
    }
    let base = cut.text.len();
    add_metadata(cut, &document.metadata);
    match document.body {
        Body::Text { text, hints } => {
            let language = document
                .metadata
                .language
                .or_else(|| Language::detect(&text));
            let found = segment(&text, &hints);
            let whole = CutText {
                kinds: Kinds::of(&text, &found, language),
                found: &found,
                text: &text,
                base,
            };
            let clauses = found.at(grain).into_iter();
            cut.clauses
                .extend(clauses.map(|passage| whole.cut_clause(&passage)));
            cut.diagnostics.extend(
                found
                    .diagnostics
                    .iter()
                    .map(|diagnostic| diagnostic.clone().in_file(cut.file.clone())),
            );
            if cut.language.is_none()
                && let Some(language) = language
            {
                let message = format!("language taken to be `{language}` from the words");
                let guess = Diagnostic::new(Severity::Guessed, message);
                cut.diagnostics.push(guess.in_file(cut.file.clone()));
                cut.language = Some(language.code().to_owned());
            }
            cut.text.push_str(&text);
        }
        Body::Clauses(records) => {
            let language = document.metadata.language;
            for record in records {
                add_record(cut, record, language);
            }
        }
    }
}

fn add_metadata(cut: &mut CutFile, metadata: &Metadata) {
    if cut.language.is_none() {
        cut.language = metadata.language.map(|language| language.code().to_owned());
    }
}

/// A text of a file, segmented.
struct CutText<'t> {
    found: &'t Segmentation,
    kinds: Kinds,
    text: &'t str,
    /// The number of bytes of the file's texts before it.
    base: usize,
}

impl CutText<'_> {
    fn cut_clause(&self, passage: &Segment) -> CutClause {
        let words = |range: &Range<usize>| self.found.words(self.text, range.clone()).into_owned();
        let Classified { kind, reason, .. } = self.kinds.of_passage(passage);
        CutClause {
            label: passage.label.as_ref().map(ToString::to_string),
            kind,
            kind_reason: reason,
            heading: passage.heading.as_ref().map(words),
            level: passage.level,
            start: self.base + passage.range.start,
            end: self.base + passage.range.end,
            lead_in: passage.lead_in.as_ref().map(words),
            text: words(&passage.body),
        }
    }
}

fn add_record(cut: &mut CutFile, record: ClauseRecord, language: Option<Language>) {
    if !cut.text.is_empty() {
        cut.text.push_str("\n\n");
    }
    let start = cut.text.len();
    cut.text.push_str(&record.text);
    let language = record.language.or(language).unwrap_or(Language::ENGLISH);
    let stated = record.kind.as_deref().and_then(ClauseKind::from_name);
    let ready = ReadyClause::new(&record.text, language)
        .heading(record.heading.as_deref())
        .lead_in(record.lead_in.as_deref())
        .stated(stated);
    let Classified { kind, reason, .. } = ready.classify();
    cut.clauses.push(CutClause {
        label: record.label,
        kind,
        kind_reason: reason,
        heading: record.heading,
        level: 0,
        start,
        end: cut.text.len(),
        lead_in: record.lead_in,
        text: record.text,
    });
}

/// The most characters of a clause in the tree.
const MAX_WORDS: usize = 60;

/// The clauses of a file, one on each line, indented by depth.
fn tree(file: &CutFile, with_diagnostics: bool) -> String {
    let mut tree = String::new();
    let title = file.title.as_deref().unwrap_or("no title");
    let language = file.language.as_deref().unwrap_or("language unknown");
    let n_clauses = file.clauses.len();
    let head = format!("{}: {title} ({language}), {n_clauses} clauses", file.file);
    tree.push_str(&printable(&head));
    tree.push('\n');
    let mut heading: Option<&str> = None;
    for clause in &file.clauses {
        if clause.heading.as_deref() != heading {
            heading = clause.heading.as_deref();
            let words = printable(&shortened(heading.unwrap_or("")));
            writeln!(tree, "  [{words}]").expect("a string takes all");
        }
        let indent = "  ".repeat(usize::from(clause.level) + 1);
        let label = printable(clause.label.as_deref().unwrap_or("-"));
        let words = printable(&shortened(&clause.text));
        let kind = clause.kind;
        writeln!(tree, "{indent}{label}  {words}  ({kind})").expect("a string takes all");
    }
    if with_diagnostics {
        for diagnostic in &file.diagnostics {
            tree.push_str(&printable(&diagnostic.to_string()));
            tree.push('\n');
        }
    }
    tree
}

fn shortened(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX_WORDS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// Returns a text without terminal control characters.
fn printable(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars()
        .filter(|c| !turns(*c))
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

// The evaluation.

/// One document whose clauses are known.
#[derive(Debug, Deserialize)]
struct Gold {
    doc: String,
    path: String,
    clauses: Vec<GoldClause>,
}

#[derive(Debug, Deserialize)]
struct GoldClause {
    clause: String,
    start_byte: usize,
}

const SCORE_NOTE: &str = "\
Compared: the raw text, at the grain of articles. A boundary is right if a passage, or its
words below its heading, begins at the very byte. Passages whose kind of label (its first word)
the known list of the document never uses, such as recitals, are left out. A label is right if it
names the same place, in whatever style; `in annexes` counts as right also a label that is known
without the annex it stands in (`Annex II Article 1` for `Article 1`).
";

#[derive(Clone, Copy, Debug, Default)]
#[allow(
    clippy::struct_field_names,
    reason = "every field is a number of something"
)]
struct Tally {
    n_known: usize,
    n_found: usize,
    n_boundaries: usize,
    n_labels: usize,
    n_in_annexes: usize,
}

impl Tally {
    fn line(self, name: &str) -> String {
        let n_known = self.n_known.max(1) as f64;
        let f1 = 2.0 * self.n_boundaries as f64 / (self.n_known + self.n_found).max(1) as f64;
        format!(
            "{name}: {} known, {} found, boundary F1 {f1:.4}, labels {:.4} (in annexes {:.4})\n",
            self.n_known,
            self.n_found,
            self.n_labels as f64 / n_known,
            self.n_in_annexes as f64 / n_known
        )
    }

    fn add(&mut self, other: Self) {
        self.n_known += other.n_known;
        self.n_found += other.n_found;
        self.n_boundaries += other.n_boundaries;
        self.n_labels += other.n_labels;
        self.n_in_annexes += other.n_in_annexes;
    }
}

fn score(gold: &Path) -> anyhow::Result<String> {
    let name = || gold.display().to_string();
    let json = fs::read(gold).with_context(name)?;
    let documents: Vec<Gold> = serde_json::from_slice(&json).with_context(name)?;
    let folder = gold.parent().unwrap_or(Path::new("."));
    let mut report = SCORE_NOTE.to_owned();
    let mut whole = Tally::default();
    for document in &documents {
        let path = folder.join(&document.path);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let tally = compare(&text, document);
        report.push_str(&tally.line(&document.doc));
        whole.add(tally);
    }
    report.push_str(&whole.line("all"));
    Ok(report)
}

fn compare(text: &str, gold: &Gold) -> Tally {
    let kinds: Vec<String> = gold
        .clauses
        .iter()
        .map(|clause| kind_of(&clause.clause))
        .collect();
    let found: Vec<(Segment, String)> = segment(text, &[])
        .at(Granularity::Article)
        .into_iter()
        .filter_map(|passage| {
            let label = passage.label.as_ref()?.canonical();
            Some((passage, label))
        })
        .filter(|(_, label)| kinds.contains(&kind_of(without_annex(label))))
        .collect();
    let mut tally = Tally {
        n_known: gold.clauses.len(),
        n_found: found.len(),
        ..Tally::default()
    };
    for clause in &gold.clauses {
        let at = clause.start_byte;
        let hit = found
            .iter()
            .find(|(passage, _)| passage.range.start == at || passage.body.start == at);
        if let Some((_, label)) = hit {
            let known = Label::new(clause.clause.as_str()).canonical();
            tally.n_boundaries += 1;
            tally.n_labels += usize::from(*label == known);
            tally.n_in_annexes += usize::from(*label == known || without_annex(label) == known);
        }
    }
    tally
}

/// The first word of a label in its normal form: `article`.
fn kind_of(label: &str) -> String {
    let canonical = Label::new(label).canonical();
    let word = canonical.split([' ', '(']).next().unwrap_or("");
    word.to_owned()
}

/// A label in its normal form without the preceding annex.
fn without_annex(label: &str) -> &str {
    match label.split_once(" article") {
        Some((annex, _)) if annex.starts_with("annex") => &label[annex.len() + 1..],
        _ => label,
    }
}
