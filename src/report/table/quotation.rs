//! [`Quotation`]: a clause to quote, whether it is in a row or alone.

use std::borrow::Cow;

use crate::corpus::Quoted;
use crate::deontic::Force;
use crate::finding::Annotated;
use crate::report::form::page::{Inline, plain, quote};
use crate::report::form::words::joined;
use crate::report::table::cell::ShownQuote;
use crate::report::table::remarks::why_alone;
use crate::table::{Alone, Checked, Quote};

/// A clause to quote, in a row or alone.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::Annotated;
/// use consonance::report::Quotation;
/// use consonance::table::{ConvergeParams, converge};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
/// let quote = table.rows[0].quotes().next().unwrap();
/// let quotation = Quotation::of_quote(Annotated::from(&table), quote);
/// assert_eq!(quotation.cited(), "AU Convention 2014 Art. 25(3)");
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Quotation<'a> {
    /// The clause.
    pub clause: &'a Quoted,
    /// Its words; in a cell with a limit of words its key sentence, with `…` where words are left out.
    pub words: Cow<'a, str>,
    /// The words that introduce it; in a cell with a limit of words only their end.
    pub lead_in: Option<Cow<'a, str>>,
    /// How strongly it binds, if that is shown.
    pub force: Option<&'a Force>,
    /// Other rows it is near, or why it stands alone; `None` if there is nothing to note.
    pub remark: Option<String>,
}

impl<'a> Quotation<'a> {
    /// Returns a clause of a row, with the other rows it is near, and what a person said of it.
    pub fn of_quote(table: Annotated<'a>, quote: &'a Quote) -> Self {
        let near = quote.also_near.iter();
        let near = near.map(|near| format!("{} {:.2}", near.issue, near.score.value()));
        let near = joined(near, ", ");
        let weak = quote
            .weak
            .map(|weak| format!("weak, not counted: {}", weak.in_words()));
        let near = (!near.is_empty()).then(|| format!("also near: {near}"));
        let checked = quote.checked.as_ref().map(Checked::in_words);
        let remark = joined([weak, near, checked].into_iter().flatten(), "; ");
        Self {
            clause: &quote.quoted,
            words: Cow::Borrowed(&quote.text),
            lead_in: quote.lead_in.as_deref().map(Cow::Borrowed),
            force: table.force_of(&quote.id),
            remark: (!remark.is_empty()).then_some(remark),
        }
    }

    /// Returns the quote that stands for an agreement in a cell, with the number of further clauses.
    pub(in crate::report) fn of_shown(table: Annotated<'a>, shown: &ShownQuote<'a>) -> Self {
        let quoted = Self::of_quote(table, shown.quote);
        let remarks = [quoted.remark, shown.more()];
        let remark = joined(remarks.into_iter().flatten(), "; ");
        Self {
            words: shown.words.clone(),
            lead_in: shown.lead_in.clone(),
            remark: (!remark.is_empty()).then_some(remark),
            ..quoted
        }
    }

    /// Returns a clause that stands alone, with the reason, and what a person said of it.
    pub fn of_alone(table: Annotated<'a>, alone: &'a Alone) -> Self {
        Self {
            clause: &alone.quoted,
            words: Cow::Borrowed(&alone.text),
            lead_in: alone.lead_in.as_deref().map(Cow::Borrowed),
            force: table.force_of(&alone.id),
            remark: Some(joined(
                std::iter::once(why_alone(alone))
                    .chain(alone.checked.as_ref().map(Checked::in_words)),
                "; ",
            )),
        }
    }

    /// Returns the citation, with the force in brackets if it is known: `GGE 13(f) [obligation]`.
    pub fn cited(&self) -> String {
        match self.force {
            Some(force) => format!("{} [{}]", self.clause.citation, force.tag()),
            None => self.clause.citation.clone(),
        }
    }

    /// Returns the clause in words: its citation as a label, the lead-in, the text, the note.
    pub(in crate::report) fn in_words(&self) -> Vec<Inline> {
        let mut words = vec![Inline::Label(self.cited())];
        words.extend(self.lead_in.as_deref().map(plain));
        words.push(quote(self.words.as_ref()));
        let remark = self.remark.as_ref();
        words.extend(remark.map(|remark| plain(format!("({remark})"))));
        words
    }
}
