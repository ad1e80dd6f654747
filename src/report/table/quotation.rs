//! [`Quotation`]: a clause to quote, whether it is in a row or alone.

use crate::deontic::Force;
use crate::report::form::page::{Inline, plain, quote};
use crate::report::form::words::joined;
use crate::report::table::remarks::why_alone;
use crate::table::{Alone, Quote};

/// A clause to quote, in a row or alone.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Quotation<'a> {
    /// Its id.
    pub id: &'a str,
    /// The key of its agreement.
    pub agreement: &'a str,
    /// Its official label, if it has one.
    pub label: Option<&'a str>,
    /// Its citation.
    pub citation: &'a str,
    /// How strongly it binds, if the table tells.
    pub force: Option<&'a Force>,
    /// The words that it completes, if there are any.
    pub lead_in: Option<&'a str>,
    /// Its words.
    pub text: &'a str,
    /// Other rows it is near to, or why it is alone; `None` if there is nothing to say.
    pub remark: Option<String>,
}

impl Quotation<'_> {
    /// Returns the citation, with the force in brackets if it is known: `GGE 13(f) [obligation]`.
    pub fn cited(&self) -> String {
        match self.force {
            Some(force) => format!("{} [{}]", self.citation, force.tag()),
            None => self.citation.to_owned(),
        }
    }

    /// Returns the clause in words: its citation as a label, the lead-in, the text, the remark.
    pub(in crate::report) fn words(&self) -> Vec<Inline> {
        let mut words = vec![Inline::Label(self.cited())];
        words.extend(self.lead_in.map(plain));
        words.push(quote(self.text));
        let remark = self.remark.as_ref();
        words.extend(remark.map(|remark| plain(format!("({remark})"))));
        words
    }
}

impl<'a> From<&'a Quote> for Quotation<'a> {
    fn from(quote: &'a Quote) -> Self {
        let near = quote.also_near.iter();
        let near = near.map(|near| format!("{} {:.2}", near.issue, near.score.value()));
        let near = joined(near, ", ");
        Self {
            id: &quote.id,
            agreement: &quote.agreement,
            label: quote.label.as_deref(),
            citation: &quote.citation,
            force: quote.force.as_ref(),
            lead_in: quote.lead_in.as_deref(),
            text: &quote.text,
            remark: (!near.is_empty()).then(|| format!("also near: {near}")),
        }
    }
}

impl<'a> From<&'a Alone> for Quotation<'a> {
    fn from(alone: &'a Alone) -> Self {
        Self {
            id: &alone.id,
            agreement: &alone.agreement,
            label: alone.label.as_deref(),
            citation: &alone.citation,
            force: alone.force.as_ref(),
            lead_in: alone.lead_in.as_deref(),
            text: &alone.text,
            remark: Some(why_alone(alone)),
        }
    }
}
