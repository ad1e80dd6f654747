//! [`QuotableTexts`]: the words of a corpus in the order in which papers quote them.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::clause::ClauseKind;
use crate::corpus::Corpus;
use crate::id::{AgreementId, ClauseId};

/// The words of each agreement in its own order, clauses with their lead-ins; and apart from these each heading, and
/// each further clause of a lead-in together with it.
#[derive(Debug, Default)]
pub(super) struct QuotableTexts {
    pub(super) texts: Vec<String>,
    /// The parts of the texts, in order.
    pub(super) pieces: Vec<QuotablePiece>,
}

/// A clause, or words that belong to it, in one of the texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct QuotablePiece {
    pub(super) text: usize,
    /// The bytes of the text.
    pub(super) bytes: Range<usize>,
    pub(super) clause: ClauseId,
    /// Whether these are the clause's own words, not its heading or lead-in.
    pub(super) is_own: bool,
}

impl QuotableTexts {
    /// Collects the texts; costs one pass over the corpus.
    pub(super) fn of(corpus: &Corpus) -> Self {
        let mut all = Self::default();
        for place in 0..corpus.agreements().len() {
            all.add(corpus, AgreementId::new(place));
        }
        all
    }

    fn add(&mut self, corpus: &Corpus, agreement: AgreementId) {
        let is_text = |id: &ClauseId| corpus.clause(*id).kind != ClauseKind::Furniture;
        let clauses: Vec<ClauseId> = corpus.clauses_of(agreement).filter(is_text).collect();
        let (mut first_of_lead_in, mut last_lead_in) = (Vec::new(), None);
        for &id in &clauses {
            let lead_in = corpus.clause(id).lead_in.as_deref();
            first_of_lead_in.push(lead_in.filter(|_| lead_in != last_lead_in));
            last_lead_in = lead_in;
        }
        self.texts.push(String::new());
        for (&id, lead_in) in clauses.iter().zip(&first_of_lead_in) {
            self.push(lead_in.unwrap_or_default(), id, Whose::OfClause);
            self.push(corpus.text(id), id, Whose::Own);
        }
        for (&id, lead_in) in clauses.iter().zip(&first_of_lead_in) {
            let further = corpus.clause(id).lead_in.as_deref();
            if let Some(words) = further.filter(|_| lead_in.is_none()) {
                self.texts.push(String::new());
                self.push(words, id, Whose::OfClause);
                self.push(corpus.text(id), id, Whose::Own);
            }
        }
        let mut headings = BTreeSet::new();
        for &id in &clauses {
            if let Some(heading) = corpus
                .clause(id)
                .heading
                .as_deref()
                .filter(|of| headings.insert(*of))
            {
                self.texts.push(String::new());
                self.push(heading, id, Whose::OfClause);
            }
        }
    }

    /// Adds words to the last text.
    fn push(&mut self, words: &str, clause: ClauseId, whose: Whose) {
        let place = self.texts.len() - 1;
        let text = &mut self.texts[place];
        if words.is_empty() {
            return;
        }
        let start = text.len();
        text.push_str(words);
        let bytes = start..text.len();
        text.push_str("\n\n");
        let is_own = whose == Whose::Own;
        self.pieces.push(QuotablePiece {
            text: place,
            bytes,
            clause,
            is_own,
        });
    }
}

/// Whose words are added.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Own,
    OfClause,
}
