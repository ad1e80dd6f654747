//! [`Document`]: one agreement as it stands in a file; [`Parsed`]: all that one file held.

use std::ops::Range;

use crate::agreement::Metadata;
use crate::error::Diagnostic;
use crate::language::Language;
use crate::read::kind::Kind;

/// What a file held: documents, a human coding if it was a table, and what was odd about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Parsed {
    /// The agreements of the file: usually one; a record file or a table holds several.
    pub documents: Vec<Document>,
    /// Who put which clause under which issue, where the file is a comparison table.
    pub placements: Vec<Placement>,
    /// The kind of file it was, told by its content.
    pub kind: Option<Kind>,
    /// What was skipped, repaired or guessed.
    pub diagnostics: Vec<Diagnostic>,
}

impl Parsed {
    /// Returns what a file of a single document held; the file's name will be the document's key.
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

/// One agreement as it stands in a file, before its clauses are cut.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document {
    /// The key the file gives it, or nothing: then the file's name serves.
    pub key: Option<String>,
    /// What the file says of it.
    pub metadata: Metadata,
    /// Its text, whole or in ready clauses.
    pub body: Body,
}

/// The text of a [`Document`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// A text still to be cut into clauses, with what its format tells about its structure.
    Text {
        /// The text.
        text: String,
        /// Headings and list items the format marks, in order of their start.
        hints: Vec<Hint>,
    },
    /// Clauses that somebody has cut already.
    Clauses(Vec<ClauseRecord>),
}

/// A part of a text whose role the format tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The bytes of the text it covers.
    pub range: Range<usize>,
    /// What they are.
    pub kind: HintKind,
}

/// What a [`Hint`] says its bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum HintKind {
    /// A heading of a depth from 1 (title) to 6.
    Heading(u8),
    /// An item of a list nested this deep, from 1.
    ListItem(u8),
    /// A paragraph outside any list.
    Paragraph,
    /// A footnote or endnote: no part of the running text.
    Note,
    /// A label set apart from the words it numbers, such as bold `Norm 4:` at a paragraph's start.
    Label,
}

/// A clause that came ready cut.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ClauseRecord {
    /// The id the file gives it, kept and shown everywhere.
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
}

/// One entry of a human coding: a clause put under an issue.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Placement {
    /// The id of the clause; nothing where an entry only refers to a source.
    pub clause_id: Option<String>,
    /// The issue: the name of the row.
    pub issue: String,
    /// The column it stands in.
    pub column: Option<String>,
    /// The agreement the entry names, or the column does.
    pub source: Option<String>,
    /// The official label the entry gives, in the spelling of the clause's own label.
    pub reference: Option<String>,
    /// The quoted words as they stand in this row, which may be an excerpt of the clause.
    pub text: Option<String>,
}
