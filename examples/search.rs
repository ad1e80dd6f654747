//! Searches the clauses of a corpus: one query from the command line, or a prompt.
#![allow(clippy::print_stderr)]

use std::io::{self, BufRead, IsTerminal, Write};
use std::ops::Range;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use clap::Parser;
use consonance::corpus::{Corpus, LoadParams};
use consonance::error::{Error, ErrorKind, Severity};
use consonance::index::{ClauseIndex, Hit, IndexParams, SearchParams, SearchResult};
use consonance::term::{Analyzer, AnalyzerParams, Thesaurus};
use indicatif::ProgressBar;

const BUNDLED_CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
const MIN_WIDTH: usize = 30;
const DEFAULT_WIDTH: usize = 80;
const INDENT: usize = 4;

const QUERY_HELP: &str = "\
How to ask:
  critical infrastructure           either word; clauses with both come first
  '\"critical infrastructure\"'       exactly these words in a row
  '\"protect infrastructure\"~2'      in this order, up to two words between them
  'cyber*'                          every word that begins so
  'attack NOT armed'                AND, OR, NOT (in capitals) and parentheses
  '+cyber attack -armed'            + must occur, - must not
  'process:GGE hospitals'           only this process; so with agreement: label:
                                    heading: language: key:
  'year:2010..2018 hospitals'       only these years
";

const EXAMPLES: &str = "\
Examples (after `cargo run --release --example search --`):
  hospitals                         search the bundled corpus
  --corpus my/texts '\"due diligence\"'  search your own folder
  --corpus my/texts --index my/index   keep the index; ask again with --index alone
  --json 'cyber* AND peace'         for another program
  (nothing)                         a prompt: one query a line, :help, :quit

Put a query in single quotation marks, so that the shell leaves its signs alone.
A query that begins with `-` goes after `--`.

JSON: {\"schema\": \"consonance.hits/1\", \"query\", \"n_hits\", \"hits\": [{\"id\",
\"citation\", \"process\", \"year\", \"text\", \"score\", \"highlights\": [[start, end], ...]}],
\"notes\"}. n_hits counts all matching clauses; highlights are bytes of the text;
notes is left out if there are none. One line a query.

The bundled thesaurus is used: `ICT` also finds the words it stands for.

Exit status: 0 searched (also if nothing was found); 1 failed, the reason is on
stderr; 2 wrong usage, or a query that cannot be understood; 3 searched, but some
input files were refused: they are listed on stderr.
";

/// Search the clauses of agreements by words, phrases, process, year and label.
///
/// Prints the best hits with citation, process, year and score (BM25: higher is
/// better, comparable within one query only); matched words stand out on a terminal.
#[derive(Debug, Parser)]
#[command(name = "search", after_help = format!("{QUERY_HELP}\n{EXAMPLES}"))]
struct Args {
    /// The query; without one, queries are read line by line
    query: Vec<String>,
    /// A file or folder of texts to search (may be repeated) [default: the bundled corpus]
    #[arg(long, value_name = "INPUT")]
    corpus: Vec<PathBuf>,
    /// Keep the index in this folder: made if missing, made again if the corpus has changed
    #[arg(long, value_name = "DIR")]
    index: Option<PathBuf>,
    /// Search only processes with these words in their name
    #[arg(long, value_name = "P")]
    process: Option<String>,
    /// Print at most this many hits
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// How hits are to be shown.
struct Style {
    width: usize,
    is_colored: bool,
    is_json: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    let outcome = run(&args);
    let status = outcome.unwrap_or_else(|error| {
        eprintln!("error: {}", printable(&error.to_string()));
        if error.kind() == ErrorKind::Query {
            2
        } else {
            1
        }
    });
    ExitCode::from(status)
}

/// Returns the exit status.
fn run(args: &Args) -> consonance::Result<u8> {
    let (index, n_refused) = index_of(args)?;
    let mut params = SearchParams::default();
    params.limit = args.limit;
    params.process.clone_from(&args.process);
    let style = Style::new(args.json);
    let all_understood = if args.query.is_empty() {
        prompt(&index, &params, &style)?
    } else {
        answer(&index, &args.query.join(" "), &params, &style)?
    };
    Ok(match (all_understood, n_refused) {
        (false, _) => 2,
        (true, 0) => 0,
        (true, _) => 3,
    })
}

/// Opens or builds the index; also returns how many input files were refused.
fn index_of(args: &Args) -> consonance::Result<(ClauseIndex, usize)> {
    let mut analyzer_params = AnalyzerParams::default();
    analyzer_params.thesaurus = Thesaurus::bundled();
    let analyzer = Analyzer::new(analyzer_params);
    let kept = args
        .index
        .as_deref()
        .filter(|directory| ClauseIndex::exists_in(directory));
    if let Some(directory) = kept
        && args.corpus.is_empty()
    {
        let index = with_spinner("opening the index", || {
            ClauseIndex::open(directory, &analyzer)
        });
        let index = index.inspect_err(|_| {
            eprintln!("note: give --corpus as well to have the index made again");
        })?;
        return Ok((index, 0));
    }
    let inputs = if args.corpus.is_empty() {
        vec![PathBuf::from(BUNDLED_CORPUS)]
    } else {
        args.corpus.clone()
    };
    let corpus = with_spinner("reading the texts", || {
        Corpus::load(&inputs, &LoadParams::default())
    })?;
    let n_refused = list_refused(&corpus);
    if let Some(directory) = kept {
        match ClauseIndex::open(directory, &analyzer) {
            Ok(index) if index.is_of(&corpus) => return Ok((index, n_refused)),
            Ok(_) => eprintln!("note: the corpus has changed: the index is made again"),
            Err(error) => {
                eprintln!(
                    "note: {}: the index is made again",
                    printable(&error.to_string())
                );
            }
        }
    }
    let mut params = IndexParams::default();
    params.directory.clone_from(&args.index);
    let index = with_spinner("indexing", || {
        ClauseIndex::build(&corpus, &analyzer, &params)
    })?;
    if let Some(directory) = &args.index {
        let n_clauses = index.n_clauses();
        eprintln!(
            "note: {n_clauses} clauses indexed in {}",
            directory.display()
        );
    }
    Ok((index, n_refused))
}

fn list_refused(corpus: &Corpus) -> usize {
    let diagnostics = corpus.diagnostics().iter();
    let refused: Vec<String> = diagnostics
        .filter(|diagnostic| diagnostic.severity == Severity::Refused)
        .map(|diagnostic| printable(&diagnostic.to_string()))
        .collect();
    for line in &refused {
        eprintln!("{line}");
    }
    refused.len()
}

/// Does some work, with a spinner on stderr from the first second on, if that is a terminal.
fn with_spinner<T>(message: &'static str, work: impl FnOnce() -> T) -> T {
    let (is_done, done) = mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            if done.recv_timeout(Duration::from_secs(1)) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let spinner = ProgressBar::new_spinner().with_message(message);
            spinner.enable_steady_tick(Duration::from_millis(100));
            let _ = done.recv();
            spinner.finish_and_clear();
        });
        let result = work();
        drop(is_done);
        result
    })
}

/// Answers one query; false if it could not be understood.
fn answer(
    index: &ClauseIndex,
    query: &str,
    params: &SearchParams,
    style: &Style,
) -> consonance::Result<bool> {
    let result = match index.search(query, params) {
        Ok(result) => result,
        Err(error) if error.kind() == ErrorKind::Query => {
            explain(query, &error);
            return Ok(false);
        }
        Err(error) => return Err(error),
    };
    let shown = if style.is_json {
        let json = serde_json::to_string(&result).expect("a search result is plain JSON");
        format!("{json}\n")
    } else {
        style.page(&result)
    };
    print(&shown)?;
    Ok(true)
}

/// Shows where a query is wrong.
fn explain(query: &str, error: &Error) {
    let message = error.to_string();
    let column = message
        .strip_prefix("column ")
        .and_then(|rest| rest.split_once(':'))
        .and_then(|(column, _)| column.parse::<usize>().ok());
    if let Some(column) = column.filter(|&column| column < 200 && !query.contains('\n')) {
        eprintln!("  {}\n  {:>column$}", printable(query), '^');
    }
    eprintln!(
        "error: the query cannot be understood: {}",
        printable(&message)
    );
}

/// Reads queries line by line to the end; false if one of a file or pipe was not understood.
fn prompt(index: &ClauseIndex, params: &SearchParams, style: &Style) -> consonance::Result<bool> {
    let is_person = io::stdin().is_terminal();
    if is_person {
        eprintln!(
            "{} clauses. One query a line; :help, :quit.",
            index.n_clauses()
        );
    }
    let mut all_understood = true;
    let mut input = io::stdin().lock();
    loop {
        if is_person {
            eprint!("search> ");
        }
        let mut line = Vec::new();
        let n_bytes = input
            .read_until(b'\n', &mut line)
            .map_err(|error| io_error("stdin", error))?;
        let line = String::from_utf8_lossy(&line);
        match line.trim() {
            _ if n_bytes == 0 => break,
            ":quit" | ":q" => break,
            "" => {}
            ":help" => print(QUERY_HELP)?,
            command if command.starts_with(':') => {
                eprintln!("error: `{}` is not known: :help, :quit", printable(command));
            }
            query => all_understood &= answer(index, query, params, style)?,
        }
    }
    Ok(all_understood || is_person)
}

/// Writes to stdout; a reader that has gone away (`| head`) is no failure.
fn print(text: &str) -> consonance::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => std::process::exit(0),
        result => result.map_err(|error| io_error("stdout", error)),
    }
}

fn io_error(name: &str, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, "cannot be used")
        .in_file(name)
        .caused_by(error)
}

impl Style {
    fn new(is_json: bool) -> Self {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        // A terminal may report that it has no columns at all.
        let reported = comfy_table::Table::new().width().filter(|&width| width > 0);
        Self {
            width: reported.map_or(DEFAULT_WIDTH, |width| usize::from(width).max(MIN_WIDTH)),
            is_colored: io::stdout().is_terminal() && !is_set("NO_COLOR") && !is_dumb,
            is_json,
        }
    }

    /// Returns the hits as a page of text.
    fn page(&self, result: &SearchResult) -> String {
        let mut page = String::new();
        for note in &result.notes {
            page.extend(["note: ", &printable(note), "\n"]);
        }
        let n_shown = result.hits.len();
        let count = match (result.n_hits, n_shown) {
            (0, _) => "no clause matches\n".to_owned(),
            (1, 1) => "1 clause matches\n".to_owned(),
            (n_hits, _) if n_hits == n_shown => format!("{n_hits} clauses match\n"),
            (n_hits, _) => format!("{n_hits} clauses match, the best {n_shown}:\n"),
        };
        page.push_str(&count);
        for (number, hit) in (1..).zip(&result.hits) {
            page.push('\n');
            page += &self.hit(number, hit);
        }
        page
    }

    fn hit(&self, number: usize, hit: &Hit) -> String {
        let year = hit
            .year
            .map_or_else(|| "year unknown".to_owned(), |year| year.to_string());
        let (citation, process) = (&hit.citation, &hit.process);
        let score = hit.score.value();
        let title = format!("{number}. {citation} | {process}, {year} | score {score:.2}");
        let mut page = self.wrapped(&title, &[], 0);
        page += &self.wrapped(&hit.text, &hit.highlights, INDENT);
        page
    }

    /// Returns a text in lines of the terminal's width, the marked bytes standing out.
    fn wrapped(&self, text: &str, marks: &[Range<usize>], indent: usize) -> String {
        let room = self.width - indent;
        let mut lines: Vec<Vec<(char, bool)>> = vec![Vec::new()];
        let mut used = 0;
        for word in words_with_marks(text, marks) {
            let word_width: usize = word.iter().map(|(c, _)| width_of(*c)).sum();
            if used > 0 && used + 1 + word_width > room {
                lines.push(Vec::new());
                used = 0;
            } else if used > 0 {
                lines
                    .last_mut()
                    .expect("there is a line")
                    .push((' ', false));
                used += 1;
            }
            for (c, is_marked) in word {
                if used + width_of(c) > room {
                    lines.push(Vec::new());
                    used = 0;
                }
                lines
                    .last_mut()
                    .expect("there is a line")
                    .push((c, is_marked));
                used += width_of(c);
            }
        }
        let indent = " ".repeat(indent);
        let shown = lines
            .iter()
            .map(|line| format!("{indent}{}\n", self.colored(line)));
        shown.collect()
    }

    fn colored(&self, line: &[(char, bool)]) -> String {
        let mut shown = String::new();
        for run in line.chunk_by(|a, b| a.1 == b.1) {
            let letters: String = run.iter().map(|(c, _)| c).collect();
            if self.is_colored && run[0].1 {
                shown.extend(["\u{1b}[1;33m", &letters, "\u{1b}[0m"]);
            } else {
                shown += &letters;
            }
        }
        shown
    }
}

/// Returns the words of a text, each letter with whether it is marked.
fn words_with_marks(text: &str, marks: &[Range<usize>]) -> Vec<Vec<(char, bool)>> {
    let mut words = vec![Vec::new()];
    let mut marks = marks.iter().peekable();
    for (at, c) in text.char_indices() {
        while marks.next_if(|mark| mark.end <= at).is_some() {}
        let is_marked = marks.peek().is_some_and(|mark| mark.contains(&at));
        if c.is_whitespace() {
            words.push(Vec::new());
        } else if let Some(c) = harmless(c) {
            words
                .last_mut()
                .expect("there is a word")
                .push((c, is_marked));
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Returns a text that cannot steer a terminal.
fn printable(text: &str) -> String {
    text.chars().filter_map(harmless).collect()
}

/// Returns what to show for a character: control characters become a mark, and those that turn the
/// direction of writing are left out.
fn harmless(c: char) -> Option<char> {
    match c {
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            None
        }
        c if c.is_control() => Some('\u{fffd}'),
        c => Some(c),
    }
}

/// Returns how many columns a character takes, nearly: East Asian scripts and emoji take two,
/// combining accents none.
fn width_of(c: char) -> usize {
    match u32::from(c) {
        0x300..=0x36f | 0x200b..=0x200d | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0x1f300..=0x1faff
        | 0x20000..=0x3ffff => 2,
        _ => 1,
    }
}
