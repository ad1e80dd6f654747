//! [`Quotations`]: which quotations and references of a paper are right.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::corpus::ClauseRef;
use crate::finding::versions::Revision;
use crate::language::Language;
use crate::score::Score;

/// Which quotations and references of a paper are right.
///
#[doc = include_str!("schema.md")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
#[allow(clippy::struct_field_names, reason = "the key in JSON")]
pub struct Quotations {
    /// The name and version of this form: `consonance.quotations/1`.
    pub schema: String,
    /// The name of the paper.
    pub paper: String,
    /// Its language.
    pub(crate) language: Language,
    /// How many quotations and references there are of each verdict.
    pub(crate) counts: QuotationCounts,
    /// The quotations, in the order of the paper.
    pub(crate) quotations: Vec<CheckedQuotation>,
    /// The references to provisions that belong to no quotation, in the order of the paper.
    pub(crate) references: Vec<CheckedReference>,
}

/// How many quotations and references there are of each verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct QuotationCounts {
    pub(crate) quotations: BTreeMap<QuotationVerdict, usize>,
    pub(crate) references: BTreeMap<ReferenceVerdict, usize>,
}

/// A quotation, and what the corpus has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct CheckedQuotation {
    /// Whether it is right.
    pub(crate) verdict: QuotationVerdict,
    /// How it is set apart from the words of the paper.
    pub(crate) quoted_in: QuotedIn,
    /// Where it is in the paper; its words, without the marks around them.
    #[serde(flatten)]
    pub(crate) place: PaperPlace,
    /// The clause with these words, or with the nearest; several if they go on in the next ones.
    pub(crate) clauses: Vec<SourceClause>,
    /// The bytes of the first clause's text, if its own words are quoted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) clause_bytes: Option<[usize; 2]>,
    /// Further clauses with the same words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) also_in: Vec<ClauseRef>,
    /// What the paper names as its source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) reference: Option<CheckedReference>,
    /// The share of an altered quotation's words that the clause has in order; how near the nearest clause is to one
    /// that is not found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) score: Option<Score>,
    /// The words kept, deleted and inserted, from the clause to an altered quotation.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) difference: Vec<Revision>,
}

/// A place in a paper, and the words there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PaperPlace {
    /// The words.
    pub(crate) words: String,
    /// The page on which their paragraph begins, from 1, if the format tells pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) page: Option<usize>,
    /// The paragraph, from 1.
    pub(crate) paragraph: usize,
    /// The bytes of the paper's text as it was read.
    pub(crate) bytes: Range<usize>,
    /// The same in characters.
    pub(crate) characters: Range<usize>,
}

/// A clause that is quoted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SourceClause {
    /// The clause.
    #[serde(flatten)]
    pub(crate) clause: ClauseRef,
    /// The key of its agreement.
    pub(crate) agreement: String,
    /// The file of its agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<String>,
    /// Its words.
    pub(crate) text: String,
}

/// Whether a quotation is right, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum QuotationVerdict {
    /// No clause has these words, or most of them in order.
    NotFound,
    /// A clause has most of the words in order.
    Altered,
    /// A clause has the words, but not the one that the paper names.
    WrongNumber,
    /// A clause has the words, and no marks say that they are quoted.
    Unmarked,
    /// Word for word, with other punctuation, case, or spaces and hyphens between parts of words.
    ExactButForm,
    /// Word for word.
    Exact,
}

/// How a quotation is set apart from the words of its paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum QuotedIn {
    /// In quotation marks.
    Marks,
    /// As a paragraph of its own.
    Block,
    /// Not at all.
    Nothing,
}

/// A reference to provisions of an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct CheckedReference {
    /// Whether it is right.
    pub(crate) verdict: ReferenceVerdict,
    /// Where it is in the paper, with its words.
    #[serde(flatten)]
    pub(crate) place: PaperPlace,
    /// The name of the instrument, if one is named near it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) instrument: Option<String>,
    /// The key of the agreement of the corpus that this is; `None` for one outside it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) agreement: Option<String>,
    /// The provisions, as written; none if only the instrument is named.
    pub(crate) provisions: Vec<String>,
    /// The clauses that these are.
    pub(crate) clauses: Vec<ClauseRef>,
}

/// Whether a reference is right, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum ReferenceVerdict {
    /// The agreement has no provision of this number.
    UnknownNumber,
    /// The words of the quotation stand under another number.
    WrongNumber,
    /// The words of the quotation stand in another agreement.
    WrongAgreement,
    /// The instrument is not in the corpus, or it is not said which is meant.
    UnknownAgreement,
    /// The provision exists, and the quotation, if there is one, is in it.
    Known,
}

impl Quotations {
    /// Returns whether nothing has to be looked at: no quotation is altered, under a wrong number or not found, and
    /// no number is unknown. Words without marks and agreements outside the corpus are told, but are no mistakes.
    pub fn is_all_right(&self) -> bool {
        let quotations = self.quotations.iter().map(|of| of.verdict.is_mistake());
        let references = self.references.iter().map(|of| of.verdict.is_mistake());
        !quotations.chain(references).any(|is_mistake| is_mistake)
    }
}

impl QuotationVerdict {
    /// All verdicts, the worst first.
    pub(crate) const ALL: [Self; 6] = [
        Self::NotFound,
        Self::Altered,
        Self::WrongNumber,
        Self::Unmarked,
        Self::ExactButForm,
        Self::Exact,
    ];

    /// Returns the verdict in words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::NotFound => "not found",
            Self::Altered => "altered",
            Self::WrongNumber => "wrong number",
            Self::Unmarked => "unmarked",
            Self::ExactButForm => "exact but for punctuation or case",
            Self::Exact => "exact",
        }
    }

    /// Whether the paper is to be corrected.
    pub(crate) fn is_mistake(self) -> bool {
        matches!(self, Self::NotFound | Self::Altered | Self::WrongNumber)
    }
}

impl ReferenceVerdict {
    /// All verdicts, the worst first.
    pub(crate) const ALL: [Self; 5] = [
        Self::UnknownNumber,
        Self::WrongNumber,
        Self::WrongAgreement,
        Self::UnknownAgreement,
        Self::Known,
    ];

    /// Returns the verdict in words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::UnknownNumber => "unknown number",
            Self::WrongNumber => "wrong number",
            Self::WrongAgreement => "wrong agreement",
            Self::UnknownAgreement => "unknown agreement",
            Self::Known => "known",
        }
    }

    /// Whether the paper is to be corrected.
    pub(crate) fn is_mistake(self) -> bool {
        matches!(
            self,
            Self::UnknownNumber | Self::WrongNumber | Self::WrongAgreement
        )
    }
}
