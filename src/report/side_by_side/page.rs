//! [`to_side_by_side`]: assembles the page.

use std::fmt::Write;

use crate::finding::{VersionStep, Versions};
use crate::report::finding::versions::{counts_in_words, over_all};
use crate::report::form::html::{push_page, text};
use crate::report::form::words::{counted, joined};
use crate::report::html::{DocumentHead, push_document_head};
use crate::report::side_by_side::place::{PageRow, places};
use crate::report::side_by_side::{clause, heat};

/// The style of the page.
const STYLE: &str = include_str!("page.css");

/// Returns versions side by side: one HTML document, style inside, without script, that requests nothing.
///
/// Each clause stands in both versions beside each other, deleted and inserted words marked, with what became of it
/// and why. A moved clause is linked with the place it left. A strip along the scroll bar shows where the text
/// changed. All input text is escaped. The same versions give the same bytes.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
/// use consonance::finding::{VersionText, compare_versions};
/// use consonance::report::to_side_by_side;
///
/// let version = |file: &str| -> consonance::Result<VersionText> {
///     let corpus = Corpus::load(&[file.into()], &LoadParams::default())?;
///     Ok(VersionText::of(&corpus, corpus.agreements_in(file)[0]).named(file))
/// };
/// let found = compare_versions(&[version("corpus/unga57-239.md")?, version("corpus/unga68-167.md")?]);
/// let page = to_side_by_side(&found);
/// assert!(page.contains("<title>Versions: corpus/unga57-239.md, corpus/unga68-167.md</title>"));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn to_side_by_side(versions: &Versions) -> String {
    let rows: Vec<Vec<PageRow<'_>>> = versions.steps.iter().map(places).collect();
    let mut out = String::new();
    push_head(&mut out, versions);
    for (step, (of, rows)) in versions.steps.iter().zip(&rows).enumerate() {
        push_step_head(&mut out, step, of);
        for row in rows {
            clause::push(&mut out, step, row);
        }
        out.push_str("</section>\n");
    }
    push_page(&mut out, &over_all(versions, usize::MAX));
    out.push_str("</main>\n");
    heat::push(&mut out, &rows);
    out.push_str("</body>\n</html>\n");
    out
}

fn push_head(out: &mut String, versions: &Versions) {
    let title = format!("Versions: {}", joined(&versions.names, ", "));
    let head = DocumentHead {
        title: &title,
        script: "",
        style: STYLE,
    };
    push_document_head(out, &head);
    let _ = write!(
        out,
        "<header class=top><h1>{}</h1>\n\
         <p class=hint>Deleted words are marked on the left, inserted ones on the right. A new number alone, case and \
         punctuation are no change. The strip at the right edge shows where the text changed.</p></header>\n<main>\n\
         <p class=choose><label><input type=checkbox id=only> only what changed</label> \
         <label><input type=checkbox id=force> only what binds more or less</label></p>\n",
        text(&title),
    );
}

fn push_step_head(out: &mut String, step: usize, of: &VersionStep) {
    let [n_before, n_after] = of.n_clauses;
    let (before, after) = (text(&of.before), text(&of.after));
    let _ = write!(
        out,
        "<section id=s{}><h2>{before} → {after}</h2>\n<p>{} before, {n_after} after: {}.</p>\n\
         <div class=sides><span>{before}</span><span>{after}</span></div>\n",
        step + 1,
        counted(n_before, "clause", "clauses"),
        counts_in_words(of),
    );
}
