//! [`Document`]: one agreement as a file has it; [`Parsed`]: everything that one file contains.

use std::ops::Range;

use crate::agreement::Metadata;
use crate::error::Diagnostic;
use crate::language::Language;
use crate::read::kind::Kind;

/// The contents of a file: documents, a human coding if it was a table, and diagnostics.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parsed {
    /// The agreements of the file: usually one; a record file or a table holds several.
    pub documents: Vec<Document>,
    /// Which clause was assigned to which issue, if the file is a comparison table.
    pub placements: Vec<Placement>,
    /// The kind of file, decided by its content.
    pub(crate) kind: Option<Kind>,
    /// What was skipped, repaired or guessed.
    pub diagnostics: Vec<Diagnostic>,
}

impl Parsed {
    /// Returns the name of the kind of file, decided by its content: one word in lower case.
    pub fn format(&self) -> &'static str {
        self.kind.unwrap_or(Kind::Text).name()
    }

    /// Returns the contents of a file with one document; the file's name will be the document's key.
    pub(super) fn of_one(metadata: Metadata, body: Body, diagnostics: Vec<Diagnostic>) -> Self {
        let document = Document {
            key: None,
            metadata,
            body,
        };
        Self {
            documents: vec![document],
            diagnostics,
            ..Self::default()
        }
    }
}

/// One agreement as a file has it, before it is segmented.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document {
    /// The key that the file gives it; if `None`, the file's name is used.
    pub key: Option<String>,
    /// What the file says about the agreement.
    pub metadata: Metadata,
    /// Its text, whole or as clause records.
    pub body: Body,
}

/// The text of a [`Document`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A text still to be segmented, with what its format says about its structure.
    Text {
        /// The text.
        text: String,
        /// Headings and list items that the format marks, in order of their start.
        hints: Vec<Hint>,
    },
    /// Clauses that are segmented already.
    Clauses(Vec<ClauseRecord>),
}

/// A part of a text whose role the format says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The bytes of the text it covers.
    pub range: Range<usize>,
    /// The role of these bytes.
    pub kind: HintKind,
}

/// The role that a [`Hint`] gives to its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HintKind {
    /// A heading of a depth from 1 (title) to 6.
    Heading(u8),
    /// A list item with its nesting depth, from 1.
    ListItem(u8),
    /// A paragraph outside any list.
    Paragraph,
    /// A footnote or endnote, not part of the running text.
    Note,
    /// A label set apart from the words after it, such as bold `Norm 4:` at a paragraph's start.
    Label,
    /// A part in a language of its own, such as a column of a table in two languages.
    Language(Language),
    /// Paragraphs set apart as a quotation.
    Quotation,
    /// A paragraph that is the first on a printed page with this number, counted from 1.
    Page(usize),
}

/// A clause that is segmented already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClauseRecord {
    /// The id that the file gives it, kept and shown everywhere.
    pub id: Option<String>,
    /// Its official label, as written.
    pub label: Option<String>,
    /// The heading above it.
    pub heading: Option<String>,
    /// The words that introduce it ("States should:").
    pub lead_in: Option<String>,
    /// Its text.
    pub text: String,
    /// The language of its text, if the file says so.
    pub language: Option<Language>,
    /// What kind of clause it is, if the file says so, as written.
    pub kind: Option<String>,
}

/// One entry of a human coding: a clause assigned to an issue.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Placement {
    /// The id of the clause; `None` if an entry only mentions a source.
    pub clause_id: Option<String>,
    /// The issue: the name of the row.
    pub issue: String,
    /// Its column.
    pub column: Option<String>,
    /// The agreement that the entry or the column names.
    pub source: Option<String>,
    /// The official label in the entry, in the spelling of the clause's own label.
    pub reference: Option<String>,
    /// The quoted words as written in this row, which may be an excerpt of the clause.
    pub text: Option<String>,
}
