//! [`Page`]: a report before it has a form, so that Markdown and the terminal say the same.

use crate::report::markdown::escaped;

/// A report as blocks of words, in the order of reading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The blocks.
    pub blocks: Vec<Block>,
}

/// A part of a [`Page`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Block {
    /// The title of the page.
    Title(String),
    /// The title of a section.
    Heading(String),
    /// A paragraph.
    Text(Vec<Inline>),
    /// An entry of a list; one of depth 1 stands below the last one of depth 0.
    Item {
        /// How deep it stands, from 0.
        depth: usize,
        /// Its words.
        words: Vec<Inline>,
    },
}

/// Words in one style.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Inline {
    /// Plain words of the report.
    Plain(String),
    /// What stands out: a citation, a term.
    Strong(String),
    /// Words of an agreement, in quotation marks.
    Quote(String),
}

impl Inline {
    /// Returns the words as a reader sees them, with the quotation marks of a quote.
    pub fn shown(&self) -> String {
        match self {
            Self::Plain(words) | Self::Strong(words) => words.clone(),
            Self::Quote(words) => format!("“{words}”"),
        }
    }
}

/// Returns plain words.
pub(super) fn plain(words: impl Into<String>) -> Inline {
    Inline::Plain(words.into())
}

/// Returns words that stand out.
pub(super) fn strong(words: impl Into<String>) -> Inline {
    Inline::Strong(words.into())
}

/// Returns words of an agreement.
pub(super) fn quote(words: impl Into<String>) -> Inline {
    Inline::Quote(words.into())
}

impl Page {
    pub(super) fn titled(title: &str) -> Self {
        Self {
            blocks: vec![Block::Title(title.to_owned())],
        }
    }

    pub(super) fn heading(&mut self, words: impl Into<String>) {
        self.blocks.push(Block::Heading(words.into()));
    }

    pub(super) fn text(&mut self, words: impl Into<String>) {
        self.blocks.push(Block::Text(vec![plain(words)]));
    }

    pub(super) fn item(&mut self, depth: usize, words: Vec<Inline>) {
        self.blocks.push(Block::Item { depth, words });
    }

    /// Says how many entries of a list are not shown, if any.
    pub(super) fn more(&mut self, n_all: usize, n_shown: usize) {
        if n_all > n_shown {
            self.item(0, vec![plain(format!("and {} more", n_all - n_shown))]);
        }
    }

    /// Returns the page as Markdown: headings, paragraphs and lists; what comes from a text is
    /// escaped, so that none of it acts as markup.
    pub fn to_markdown(&self) -> String {
        let mut lines: Vec<String> = Vec::new();
        let mut is_in_list = false;
        for block in &self.blocks {
            let is_item = matches!(block, Block::Item { .. });
            if !lines.is_empty() && (!is_item || !is_in_list) {
                lines.push(String::new());
            }
            is_in_list = is_item;
            lines.push(match block {
                Block::Title(words) => format!("# {}", escaped(words)),
                Block::Heading(words) => format!("## {}", escaped(words)),
                Block::Text(words) => in_markdown(words),
                Block::Item { depth, words } => {
                    format!("{}- {}", "  ".repeat(*depth), in_markdown(words))
                }
            });
        }
        lines.push(String::new());
        lines.join("\n")
    }
}

fn in_markdown(words: &[Inline]) -> String {
    let parts: Vec<String> = words
        .iter()
        .map(|inline| match inline {
            Inline::Strong(words) => format!("**{}**", escaped(words)),
            other => escaped(&other.shown()),
        })
        .collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_in_markdown() {
        let mut page = Page::titled("Gaps");
        page.text("two | three");
        page.item(0, vec![strong("A *1*"), plain("says"), quote("so\nbe it")]);
        page.item(1, vec![plain("below")]);
        page.more(3, 1);
        let expected =
            "# Gaps\n\ntwo \\| three\n\n- **A \\*1\\*** says “so be it”\n  - below\n- and 2 more\n";
        assert_eq!(page.to_markdown(), expected);
    }
}
