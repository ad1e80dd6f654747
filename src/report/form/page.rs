//! [`Page`]: a report before formatting, so that all readable forms have the same content.

use crate::report::form::words::joined;

/// A report as blocks of text, in reading order.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::citations;
/// use consonance::report::Report;
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let page = citations(&corpus).page(3);
/// assert!(page.to_markdown().starts_with("# Citations\n\n14 of 93 clauses cite"));
/// assert!(page.to_text().contains("Charter of the United Nations"));
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// A part of a [`Page`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Block {
    /// The title of the page.
    Title(String),
    /// The title of a section.
    Heading(String),
    /// A paragraph.
    Text(Vec<Inline>),
    /// An entry of a list; an entry of depth 1 belongs to the last one of depth 0.
    Item {
        /// How deep the entry is, from 0.
        depth: usize,
        /// Its text.
        words: Vec<Inline>,
    },
    /// Rows under a header.
    Table {
        /// The titles of the columns.
        header: Vec<String>,
        /// The rows, with a cell for each column.
        rows: Vec<Vec<Cell>>,
    },
}

/// A cell of a [`Block::Table`]: lines of text.
pub(in crate::report) type Cell = Vec<Vec<Inline>>;

/// Text in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Inline {
    /// Plain text of the report.
    Plain(String),
    /// Emphasized text: a citation, a term.
    Strong(String),
    /// Emphasized text followed by a colon: the citation of the words after it.
    Label(String),
    /// Words of an agreement, in quotation marks.
    Quote(String),
}

impl Inline {
    /// Returns the text as readers see it, with the quotation marks of a quote and the colon of a label.
    pub fn shown(&self) -> String {
        match self {
            Self::Plain(words) | Self::Strong(words) => words.clone(),
            Self::Label(words) => format!("{words}:"),
            Self::Quote(words) => format!("“{words}”"),
        }
    }
}

/// Returns plain text.
pub(in crate::report) fn plain(words: impl Into<String>) -> Inline {
    Inline::Plain(words.into())
}

/// Returns emphasized text.
pub(in crate::report) fn strong(words: impl Into<String>) -> Inline {
    Inline::Strong(words.into())
}

/// Returns words of an agreement.
pub(in crate::report) fn quote(words: impl Into<String>) -> Inline {
    Inline::Quote(words.into())
}

impl Page {
    pub(in crate::report) fn titled(title: impl Into<String>) -> Self {
        Self {
            blocks: vec![Block::Title(title.into())],
        }
    }

    pub(in crate::report) fn heading(&mut self, words: impl Into<String>) {
        self.blocks.push(Block::Heading(words.into()));
    }

    pub(in crate::report) fn text(&mut self, words: impl Into<String>) {
        self.blocks.push(Block::Text(vec![plain(words)]));
    }

    pub(in crate::report) fn item(&mut self, depth: usize, words: Vec<Inline>) {
        self.blocks.push(Block::Item { depth, words });
    }

    /// Adds an entry of depth 1 that quotes words of an agreement after their citation.
    pub(in crate::report) fn quotation(&mut self, citation: &str, words: String) {
        self.item(1, vec![plain(format!("{citation}:")), quote(words)]);
    }

    /// Adds the number of list entries that are not shown, if any.
    pub(in crate::report) fn more(&mut self, n_all: usize, n_shown: usize) {
        if n_all > n_shown {
            self.item(0, vec![plain(format!("and {} more", n_all - n_shown))]);
        }
    }

    /// Returns the page as plain text, one line for each block; entries of lists are indented.
    pub fn to_text(&self) -> String {
        let line_of = |block: &Block| match block {
            Block::Title(words) | Block::Heading(words) => words.clone(),
            Block::Text(words) => in_text(words),
            Block::Item { depth, words } => {
                format!("{}{}", "  ".repeat(depth + 1), in_text(words))
            }
            Block::Table { header, rows } => {
                let line_of = |row: &Vec<Cell>| {
                    let cells = row.iter().map(|lines| in_text(&lines.concat()));
                    joined(cells, "\t")
                };
                let rows = rows.iter().map(line_of);
                joined(std::iter::once(header.join("\t")).chain(rows), "\n")
            }
        };
        let lines = self.blocks.iter().map(|block| line_of(block) + "\n");
        lines.collect()
    }
}

fn in_text(words: &[Inline]) -> String {
    joined(words.iter().map(Inline::shown), " ")
}
