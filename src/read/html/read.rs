//! [`read`]: a web page as one agreement.

use scraper::{ElementRef, Html};

use crate::agreement::Metadata;
use crate::error::{Diagnostic, Result, Severity};
use crate::language::Language;
use crate::read::bilingual::SIDE_BY_SIDE;
use crate::read::blocks::append_collapsed;
use crate::read::document::Parsed;
use crate::read::html::content::{Content, is_named, main_content};
use crate::read::html::guard;
use crate::read::html::walk::Walk;
use crate::read::limits::ReadLimits;
use crate::read::{table, text};

/// Reads a web page as one agreement.
///
/// The main content is kept; scripts, styles, navigation and hidden parts are dropped. Items of
/// ordered lists get the number a browser would show, and a number in a table cell of its own is
/// joined to the words next to it. Footnotes are moved to the end and their marks removed. A page
/// with a comparison table is read as one.
///
/// # Errors
///
/// [`ErrorKind::Limit`](crate::error::ErrorKind::Limit) if the page is nested too deeply; [`ErrorKind::Format`](crate::error::ErrorKind::Format) if it has no words.
pub(crate) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Parsed> {
    let mut diagnostics = Vec::new();
    let page = text::decode_declared(bytes, limits, &mut diagnostics)?;
    guard::check(&page, limits)?;
    let html = Html::parse_document(&page);
    if let Some(reading) = table::read_page(&html, limits, &diagnostics)? {
        return Ok(reading);
    }
    let content = main_content(&html);
    let mut walk = Walk::default();
    walk.walk(&content);
    tell(&content, &walk, &mut diagnostics);
    let metadata = Metadata {
        title: title_of(&html, walk.title),
        language: language_of(&html),
        ..Metadata::default()
    };
    let without_words = "there are no words in the page; a script may write them when it is shown";
    walk.blocks
        .into_parsed(metadata, diagnostics, without_words)
}

fn tell(content: &Content<'_>, walk: &Walk, diagnostics: &mut Vec<Diagnostic>) {
    let what =
        "parts of the page that are no text are left out: menus, forms, scripts, what is hidden";
    diagnostics.extend(Diagnostic::counted(Severity::Note, content.n_dropped, what));
    let n_bilingual = walk.n_bilingual;
    diagnostics.extend(Diagnostic::counted(
        Severity::Note,
        n_bilingual,
        SIDE_BY_SIDE,
    ));
    let (n_notes, n_marks) = (walk.blocks.n_notes(), walk.n_marks);
    if n_notes + n_marks > 0 {
        let message = format!(
            "{n_notes} footnotes stand at the end, {n_marks} marks that refer to them are left out"
        );
        diagnostics.push(Diagnostic::new(Severity::Note, message));
    }
}

/// Returns the heading of level 1, else the `<title>` if it consists of words.
fn title_of(html: &Html, heading: Option<String>) -> Option<String> {
    let titles = html.tree.nodes().filter_map(ElementRef::wrap);
    let from_head = || {
        let title = titles
            .filter(|element| element.value().name() == "title")
            .find(|element| element.parent().is_some_and(|node| is_named(node, "head")))?;
        let mut words = String::new();
        for part in title.text() {
            append_collapsed(&mut words, part);
        }
        let words = words.trim();
        let is_name = words.split(' ').count() > 1;
        is_name.then(|| words.to_owned())
    };
    heading.or_else(from_head)
}

fn language_of(html: &Html) -> Option<Language> {
    let root = html.root_element();
    let tag = root
        .value()
        .attr("lang")
        .or_else(|| root.value().attr("xml:lang"))?;
    Language::from_tag(tag)
}
