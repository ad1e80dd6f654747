//! One clause as the page shows it, in a row or in a list.

use std::fmt::Write;

use crate::corpus::Quoted;
use crate::deontic::Force;
use crate::language::Language;
use crate::report::form::html::{direction, link, push_marked, text};
use crate::report::html::anchor;
use crate::report::html::scope::Scope;
use crate::report::html::words::TellingWords;
use crate::report::table::quotation::Quotation;
use crate::table::{Alone, Checked};

/// Clauses and lead-ins with more characters are cut by the style, with a button that shows the rest.
const LONG: usize = 420;
const LONG_LEAD_IN: usize = 210;

/// A clause as it is shown.
pub(super) struct Shown<'a> {
    /// The target of links to it, if they lead here.
    pub(super) anchor: Option<String>,
    pub(super) quoted: Quotation<'a>,
    /// Whether it is a weak member of a row, which does not count; the note of the quotation says why.
    pub(super) is_weak: bool,
    /// The words to mark.
    pub(super) telling: Option<&'a TellingWords<'a>>,
    pub(super) after: After,
    /// What a person said of it.
    pub(super) checked: Option<&'a Checked>,
}

/// What a clause has in common with the one before it, which is then not said again: the script adds it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum After {
    #[default]
    Other,
    /// It is of the same agreement.
    Agreement,
    /// It is of the same agreement, and has the same lead-in.
    LeadIn,
}

impl<'a> Shown<'a> {
    /// Returns a clause that stands alone, with the reason.
    pub(super) fn alone(scope: &Scope<'a>, alone: &'a Alone) -> Self {
        Self {
            anchor: Some(anchor::of_clause(&alone.id)),
            quoted: Quotation::of_alone(scope.annotated(), alone),
            is_weak: false,
            telling: None,
            after: After::Other,
            checked: alone.checked.as_ref(),
        }
    }

    /// Returns a clause of a kind that makes no rows: how it binds and what it is near to is not asked.
    pub(super) fn listed(scope: &Scope<'a>, alone: &'a Alone) -> Self {
        let mut shown = Self::alone(scope, alone);
        shown.quoted.force = None;
        shown.quoted.remark = None;
        shown
    }
}

/// Appends clauses one after another; what a clause has in common with the one before is said once.
pub(super) fn push_list<'a>(
    out: &mut String,
    scope: &Scope<'a>,
    clauses: impl Iterator<Item = Shown<'a>>,
) {
    let mut before: Option<&Quoted> = None;
    for mut shown in clauses {
        let clause = shown.quoted.clause;
        let same = before.filter(|before| before.agreement == clause.agreement);
        shown.after = match same {
            None => After::Other,
            Some(same) if clause.lead_in.is_some() && same.lead_in == clause.lead_in => {
                After::LeadIn
            }
            Some(_) => After::Agreement,
        };
        push(out, scope, &shown);
        before = Some(clause);
    }
}

/// Appends a clause.
fn push(out: &mut String, scope: &Scope<'_>, shown: &Shown<'_>) {
    let clause = scope.clause(&shown.quoted.clause.id);
    out.push_str("<blockquote class=");
    out.push_str(if shown.is_weak {
        "\"quote weak\""
    } else {
        "quote"
    });
    if let Some(clause) = clause {
        let _ = write!(out, " data-n={}", clause.index());
    }
    if let Some(anchor) = &shown.anchor {
        let _ = write!(out, " id=\"{}\"", text(anchor));
    }
    push_header(out, scope, shown);
    let quoted = &shown.quoted;
    let lead_in = quoted.clause.lead_in.as_ref();
    if let Some(lead_in) = lead_in.filter(|_| shown.after != After::LeadIn) {
        let direction = direction(lead_in);
        let _ = write!(out, "<p class=lead{direction}>{}</p>", text(lead_in));
    }
    let language = clause.map(|id| scope.corpus().clause(id).language);
    let code = language.map(|language| format!(" lang={}", language.code()));
    let code = code.filter(|code| code != " lang=en").unwrap_or_default();
    let is_long = quoted.clause.text.chars().nth(LONG).is_some()
        || lead_in.is_some_and(|words| words.chars().nth(LONG_LEAD_IN).is_some());
    let _ = write!(
        out,
        "<p class={}{}{code}>",
        if is_long { "\"text long\"" } else { "text" },
        direction(&quoted.clause.text)
    );
    push_words(out, scope, shown, language);
    out.push_str("</p>");
    if let Some(remark) = &quoted.remark {
        let _ = write!(out, "<footer>{}</footer>", text(remark));
    }
    out.push_str("</blockquote>\n");
}

/// Appends the citation, the force, and the link to the original.
fn push_header(out: &mut String, scope: &Scope<'_>, shown: &Shown<'_>) {
    let corpus = scope.corpus();
    let clause = scope.clause(&shown.quoted.clause.id);
    let agreement = clause.map(|id| corpus.agreement(corpus.clause(id).agreement));
    let citation = text(&shown.quoted.clause.citation);
    let name = agreement.filter(|_| shown.after != After::Other);
    let label = name.and_then(|of| shown.quoted.clause.citation.strip_prefix(&of.name));
    let (class, cited) = match label {
        Some(label) => ("label", text(label.trim_start())),
        None => ("cite", citation.clone()),
    };
    let class = match shown.after {
        After::LeadIn => format!("\"{class} led\""),
        After::Agreement | After::Other => class.to_owned(),
    };
    let _ = write!(out, "><header><b class={class}>{cited}</b>");
    if shown.is_weak {
        out.push_str(" <i class=why>weak</i>");
    }
    if let Some(force) = shown.quoted.force {
        push_tags(out, force);
    }
    let kind = shown.quoted.clause.kind;
    if !kind.is_norm() {
        let _ = write!(out, " <i>{}</i>", kind.name().replace('-', " "));
    }
    if let Some(checked) = shown.checked {
        let mark = checked.state.in_words();
        let _ = write!(out, " <i class=checked>{mark}</i>");
    }
    let address = agreement.and_then(|agreement| agreement.metadata.address.as_deref());
    if let Some(address) = address.and_then(link) {
        let _ = write!(
            out,
            " <a class=source href=\"{}\" rel=\"noreferrer noopener\" target=_blank>original<span \
             class=sr> of {citation}</span></a>",
            text(address),
        );
    }
    out.push_str("</header>");
}

fn push_tags(out: &mut String, force: &Force) {
    let level = force.class.level();
    let level = level.map_or_else(|| "u".to_owned(), |level| level.to_string());
    let tag = force.tag().replace('-', " ");
    let _ = write!(out, " <i class=f{level}>{tag}</i>");
    for kind in &force.addressees {
        let _ = write!(out, " <i>{}</i>", kind.name().replace('-', " "));
    }
}

/// Appends the words of a clause with content words marked, cut if they are too long for the page.
fn push_words(out: &mut String, scope: &Scope<'_>, shown: &Shown<'_>, language: Option<Language>) {
    let words = shown.quoted.clause.text.as_str();
    let max_chars = scope.params.max_chars;
    let end = words.char_indices().nth(max_chars).map(|(end, _)| end);
    let kept = &words[..end.unwrap_or(words.len())];
    let marks = match (shown.telling, language) {
        (Some(telling), Some(language)) => telling.ranges(kept, language),
        _ => Vec::new(),
    };
    push_marked(out, kept, marks);
    if let Some(end) = end {
        let n_cut = words[end..].chars().count();
        let _ = write!(
            out,
            " <em class=cut>… {n_cut} more characters: the JSON form has them.</em>"
        );
    }
}
