//! [`to_html`]: assembles the page.

use crate::finding::Findings;
use crate::report::html::params::HtmlParams;
use crate::report::html::scope::Scope;
use crate::report::html::{data, draft, lists, matrix, quotes, top, views};

/// Returns the page: one HTML document with data, style and script inside.
///
/// All input text is escaped, and invisible characters are shown as in [`visible`](crate::report::visible),
/// so no text acts as markup. The order of everything is fixed: the same findings give the same bytes.
pub fn to_html(findings: &Findings<'_>, params: &HtmlParams) -> String {
    let scope = Scope::of(findings, params);
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
