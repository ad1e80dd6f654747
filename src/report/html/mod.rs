//! [`to_html`]: a table and all findings on it as one page, which needs nothing but a browser.
//!
//! The page holds every word in its HTML: a matrix of issues by processes whose cells are links to
//! the quoted clauses below it. It can be read, searched and printed without script. The script, whose
//! parts are the files of `script/`, adds sorting, filters, dialogs, comparison and corrections, and
//! finds the words in the page itself, so that no text stands there twice. A content security policy
//! forbids every request and every script and style but the two of this folder, known by their SHA-256.

mod anchor;
mod blocks;
mod data;
mod draft;
mod features;
mod lists;
mod markup;
mod matrix;
mod policy;
mod quotes;
mod remarks;
mod scope;
mod top;
mod views;
mod words;

pub(super) use markup::push_text;

use crate::finding::Dossier;
use crate::report::html::scope::Scope;

/// What makes the page move.
const SCRIPT: &str = concat!(
    include_str!("script/0_tools.js"),
    include_str!("script/1_page.js"),
    include_str!("script/2_filters.js"),
    include_str!("script/3_gaps.js"),
    include_str!("script/4_dialog.js"),
    include_str!("script/5_compare.js"),
    include_str!("script/6_correct.js"),
    include_str!("script/7_ledger.js"),
    include_str!("script/8_links.js"),
    include_str!("script/9_controls.js"),
);
/// What makes it look well.
const STYLE: &str = include_str!("page.css");

/// How the page is made; the default needs no tuning.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct HtmlParams {
    /// The title of the page.
    pub title: String,
    /// The most clauses that are quoted in rows, 4,000 by default: rows that would go beyond are left
    /// out, and the page says so.
    pub max_clauses: usize,
    /// The most clauses standing alone that are quoted, 2,000 by default.
    pub max_alone: usize,
    /// The most characters of a clause that are shown, 20,000 by default; the page says what is cut.
    pub max_chars: usize,
}

impl Default for HtmlParams {
    fn default() -> Self {
        Self {
            title: "Convergence table".to_owned(),
            max_clauses: 4_000,
            max_alone: 2_000,
            max_chars: 20_000,
        }
    }
}

/// Returns the page: one HTML document with data, style and script inside.
///
/// All that comes from a text is escaped, and what a reader cannot see is shown as
/// [`visible`](crate::report::visible) does; so no text acts as markup. The order of everything is
/// fixed: the same findings give the same bytes.
pub fn to_html(dossier: &Dossier<'_>, params: &HtmlParams) -> String {
    let scope = Scope::of(dossier, params);
    let mut out = String::new();
    top::push_head(&mut out, &scope);
    top::push_intro(&mut out, &scope);
    matrix::push(&mut out, &scope);
    quotes::push(&mut out, &scope);
    draft::push(&mut out, &scope);
    views::push(&mut out, &scope);
    lists::push(&mut out, &scope);
    data::push(&mut out, &scope);
    top::push_end(&mut out);
    out
}
