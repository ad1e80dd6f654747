//! [`WordAnchors`]: where in the markup of a Word document its words are, for notes beside them.

use std::ops::Range;

use roxmltree::{Document as Xml, Node};

use crate::error::{Error, ErrorKind, Result};
use crate::read::blocks::is_one_of;
use crate::read::docx::read::main_part;
use crate::read::limits::ReadLimits;
use crate::read::package::Package;
use crate::read::xml;
use crate::read::xml::not_well_formed;

/// Elements whose words are not in the text.
const NOT_READ: &str = "del moveFrom delText instrText delInstrText Fallback";

/// The main part of a Word document, and where its words are.
#[derive(Debug)]
pub(crate) struct WordAnchors {
    /// The name of the part: `word/document.xml`.
    pub(crate) part: String,
    /// Its markup.
    pub(crate) source: String,
    /// The namespace of its elements.
    pub(crate) namespace: String,
    /// The prefix of its elements, with the colon.
    pub(crate) prefix: String,
    /// The elements directly in paragraphs that have words, in order.
    pub(crate) runs: Vec<AnchorRun>,
}

/// An element of a paragraph: a run, a link, an insertion.
#[derive(Debug)]
pub(crate) struct AnchorRun {
    /// The bytes of the markup.
    pub(crate) range: Range<usize>,
    /// Its words; a blank after the last of a paragraph.
    pub(crate) words: String,
}

impl WordAnchors {
    /// Finds the words of a document.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`] if it is damaged or no Word document, [`ErrorKind::Limit`] if it exceeds one of the limits.
    pub(crate) fn read(bytes: &[u8], limits: &ReadLimits) -> Result<Self> {
        let mut package = Package::open(bytes, limits)?;
        let part = main_part(&package);
        let source = package.entry(&part)?;
        let source =
            source.ok_or_else(|| Error::new(ErrorKind::Format, "this is no Word document"))?;
        let source = xml::decode(&source, limits)?;
        let parsed = Xml::parse(&source).map_err(|error| not_well_formed(&error))?;
        let root = parsed.root_element();
        let namespace = root.tag_name().namespace().unwrap_or_default();
        let prefix = root
            .lookup_prefix(namespace)
            .map(|prefix| format!("{prefix}:"));
        let mut runs = Vec::new();
        let is_outermost = |node: &Node<'_, '_>| {
            let mut above = node.ancestors().skip(1);
            node.tag_name().name() == "p" && !above.any(|above| above.tag_name().name() == "p")
        };
        for paragraph in root.descendants().filter(is_outermost) {
            add_runs(paragraph, &mut runs);
        }
        let (namespace, prefix) = (namespace.to_owned(), prefix.unwrap_or_default());
        Ok(Self {
            part,
            source,
            namespace,
            prefix,
            runs,
        })
    }
}

fn add_runs(paragraph: Node<'_, '_>, runs: &mut Vec<AnchorRun>) {
    let first = runs.len();
    for child in paragraph.children().filter(Node::is_element) {
        let mut words = String::new();
        add_words(child, &mut words);
        if !words.is_empty() {
            runs.push(AnchorRun {
                range: child.range(),
                words,
            });
        }
    }
    if let Some(last) = runs[first..].last_mut() {
        last.words.push(' ');
    }
}

fn add_words(node: Node<'_, '_>, words: &mut String) {
    match node.tag_name().name() {
        name if is_one_of(name, NOT_READ) => {}
        "t" => words.push_str(node.text().unwrap_or_default()),
        "tab" | "br" | "cr" => words.push(' '),
        _ => node.children().for_each(|child| add_words(child, words)),
    }
}
