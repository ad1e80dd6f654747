//! The command line.

use std::path::PathBuf;

use clap::ValueEnum;
use consonance::index::{FacetField, HitOrder, LineOrder};

pub(crate) const QUERY_HELP: &str = "\
How to ask:
  critical infrastructure           either word; clauses with both come first
  '\"critical infrastructure\"'       exactly these words in a row
  '\"protect infrastructure\"~2'      in this order, up to two words between them
  'attack NOT armed'                AND, OR, NOT (in capitals) and parentheses
  '+cyber attack -armed'            + must occur, - must not
  'cyber*' 'inter*al' 'state?'      words as written: * any letters, ? one letter
  'sovereignity~1'                  this word but for one letter, or ~2 for two
  '/coop|collab.*/'                 words that are this regular expression
  'process:GGE hospitals'           only this process; so with agreement: label:
                                    heading: language: key: region: status:
  'year:2010..2018 hospitals'       only these years
  'force:obligation actor:states'   how it binds, and who speaks
  'addressee:companies'             whom it binds
";

pub(crate) const COMMANDS: &str = "\
At the prompt (arrow keys: earlier queries; Tab: fields and their values):
  :kwic QUERY                       every place with its context, one a line
  :left QUERY  :right QUERY         the same, sorted by what stands beside it
  :near QUERY                       the words that stand near it
  :keyness QUERY                    the words its clauses have more than others
  :like CLAUSE or TEXT              clauses like this one, and the shared words
  :count FIELD QUERY                clauses by process, year, language, force ...
  :values FIELD                     the values of a field
  :help  :quit
";

const EXAMPLES: &str = "\
Examples:
  consonance search hospitals
      search the bundled corpus
  consonance search --corpus my/texts '\"due diligence\"'
      search your own folder
  consonance search --corpus my/texts --index my/index
      keep the index; ask again with --index alone
  consonance search --kwic right sovereignty
      a concordance, sorted by the words after the hits
  consonance search --count process,year peace
      how the clauses spread
  consonance search --like 'GGE 13(f)'
      clauses like this one, and why
  consonance search --json 'cyber* AND peace'
      for another program
  consonance search
      a prompt; from a pipe, one query a line

Put a query in single quotation marks, so that the shell leaves its signs alone.
A query that begins with `-` goes after `--`.

JSON: {\"schema\": \"consonance.hits/1\", \"query\", \"n_hits\", \"hits\": [{\"id\",
\"citation\", \"process\", \"year\", \"text\", \"score\", \"highlights\": [[start, end], ...]}],
\"facets\", \"notes\"}. n_hits counts all matching clauses; highlights are bytes of
the text; facets and notes are left out if there are none. One line a query.
The other answers: consonance.concordance/1, keyness/1, collocations/1, like/1.

The bundled thesaurus is used: `ICT` also finds the words it stands for.

Exit status: 0 searched (also if nothing was found); 1 failed, the reason is on
stderr; 2 wrong usage, or a query that cannot be understood; 3 searched, but some
input files were refused: they are listed on stderr.
";

/// Search the clauses of agreements by words, phrases, spelling, process, year and more.
///
/// Prints the best hits with citation, process, year and score (BM25: higher is better, comparable
/// within one query only); matching words are highlighted on a terminal.
#[derive(Debug, clap::Args)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is a flag of the command line"
)]
#[command(after_help = format!("{QUERY_HELP}\n{COMMANDS}\n{EXAMPLES}"))]
pub(crate) struct Args {
    /// The query; without one, queries are read line by line
    pub(crate) query: Vec<String>,
    /// A file or folder of texts to search (may be repeated) [default: the bundled corpus]
    #[arg(long, value_name = "INPUT")]
    pub(crate) corpus: Vec<PathBuf>,
    /// Keep the index in this folder: with --corpus it is created if missing and updated if the corpus
    /// has changed; alone it is searched
    #[arg(long, value_name = "DIR")]
    pub(crate) index: Option<PathBuf>,
    /// Search only processes with these words in their name
    #[arg(long, value_name = "P")]
    pub(crate) process: Option<String>,
    /// Print at most this many hits, lines or words
    #[arg(long, value_name = "N")]
    pub(crate) limit: Option<usize>,
    /// The order of the hits
    #[arg(long, value_enum, default_value_t = Sort::Score)]
    pub(crate) sort: Sort,
    /// Also count the matching clauses by these fields, separated by commas
    #[arg(long, value_name = "FIELDS", value_delimiter = ',', value_parser = facet_field)]
    pub(crate) count: Vec<FacetField>,
    /// Print every match with its context, in this order
    #[arg(long, value_enum, value_name = "ORDER", group = "task")]
    pub(crate) kwic: Option<Context>,
    /// Print the words that occur near the matches
    #[arg(long, group = "task")]
    pub(crate) near: bool,
    /// Print the words that are more frequent in the matching clauses than in others
    #[arg(long, group = "task")]
    pub(crate) keyness: bool,
    /// Print clauses similar to the one with this key or citation, or to this text
    #[arg(long, group = "task")]
    pub(crate) like: bool,
    /// Store the queries of the prompt in this file
    #[arg(long, value_name = "FILE")]
    pub(crate) history: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Sort {
    Score,
    Year,
    Newest,
    Citation,
}

impl Sort {
    pub(crate) fn order(self) -> HitOrder {
        match self {
            Self::Score => HitOrder::Score,
            Self::Year => HitOrder::Year,
            Self::Newest => HitOrder::Newest,
            Self::Citation => HitOrder::Citation,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Context {
    Position,
    Left,
    Right,
}

impl Context {
    pub(crate) fn order(self) -> LineOrder {
        match self {
            Self::Position => LineOrder::Position,
            Self::Left => LineOrder::Left,
            Self::Right => LineOrder::Right,
        }
    }
}

/// Returns the field with this name.
pub(crate) fn facet_field(name: &str) -> Result<FacetField, String> {
    FacetField::from_name(name).ok_or_else(|| {
        let names = FacetField::ALL.map(FacetField::name);
        format!("expected one of {}", names.join(", "))
    })
}
