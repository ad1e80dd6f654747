//! [`to_html`]: assembles the page.

use crate::finding::Findings;
use crate::report::html::params::HtmlParams;
use crate::report::html::scope::Scope;
use crate::report::html::{data, draft, lists, matrix, quotes, top, views};

/// Returns the page: one HTML document with data, style and script inside.
///
/// All input text is escaped, and invisible characters are shown as in [`visible`](crate::report::visible),
/// so no text acts as markup. The order of everything is fixed: the same findings give the same bytes.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::{Findings, Study};
/// use consonance::report::{HtmlParams, to_html};
/// use consonance::similarity::{Representation, RepresentationParams};
/// use consonance::table::{ConvergeParams, converge_on};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// let representation = Representation::of(&corpus, &RepresentationParams::default())?;
/// let table = converge_on(&corpus, &representation, &ConvergeParams::default().n_resamples(0))?;
/// let study = Study::new(corpus, representation, table);
/// let mut params = HtmlParams::default();
/// params.title = "What they agree on".to_owned();
/// let page = to_html(&Findings::of(&study)?, &params);
/// assert!(page.contains("<title>What they agree on</title>"));
/// # Ok::<(), consonance::Error>(())
/// ```
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
