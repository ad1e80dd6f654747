//! [`Styles`]: what the styles of a document say about its paragraphs.

use std::collections::HashMap;

use roxmltree::Node;

use crate::read::xml::{attribute_of, child_of, value_of};

/// What a style says about its paragraphs, including the styles it is based on.
#[derive(Clone, Debug, Default)]
pub(super) struct ParagraphStyle {
    pub(super) id: String,
    pub(super) name: String,
    /// The depth of a heading, from 1.
    pub(super) heading: Option<u8>,
    pub(super) list: Option<String>,
    pub(super) level: Option<usize>,
    /// Whether its paragraphs are quotations, by its name.
    pub(super) is_quotation: bool,
    based_on: Option<String>,
}

/// The names of styles of quotations, which Word keeps in English, and those of other programs.
const QUOTATIONS: [&str; 7] = [
    "quote",
    "intense quote",
    "block text",
    "block quotation",
    "block quote",
    "quotations",
    "quotation",
];

#[derive(Debug, Default)]
pub(super) struct Styles(HashMap<String, ParagraphStyle>);

impl Styles {
    /// Returns the styles of `styles.xml`.
    pub(super) fn of(root: Node<'_, '_>) -> Self {
        let styles = root
            .children()
            .filter(|node| node.tag_name().name() == "style")
            .filter_map(|node| Some((attribute_of(node, "styleId")?.to_owned(), style_of(node))))
            .collect();
        Self(styles)
    }

    /// Returns a style with everything that it inherits from the styles it is based on.
    pub(super) fn resolved(&self, id: &str) -> ParagraphStyle {
        let mut style = self.0.get(id).cloned().unwrap_or_default();
        let mut base = style.based_on.clone();
        for _ in 0..16 {
            let Some(above) = base.as_ref().and_then(|id| self.0.get(id)) else {
                break;
            };
            style.heading = style.heading.or(above.heading);
            style.list = style.list.or_else(|| above.list.clone());
            style.level = style.level.or(above.level);
            style.is_quotation |= above.is_quotation;
            base.clone_from(&above.based_on);
        }
        style
    }
}

fn style_of(node: Node<'_, '_>) -> ParagraphStyle {
    let name = value_of(node, "name").unwrap_or_default().to_lowercase();
    let properties = child_of(node, "pPr");
    let outline = properties
        .and_then(|properties| value_of(properties, "outlineLvl"))
        .and_then(|level| level.parse::<u8>().ok())
        .filter(|level| *level < 9);
    let by_name = name
        .strip_prefix("heading ")
        .and_then(|depth| depth.parse::<u8>().ok());
    let numbered = properties.and_then(|properties| child_of(properties, "numPr"));
    ParagraphStyle {
        id: attribute_of(node, "styleId").unwrap_or_default().to_owned(),
        heading: outline
            .map(|level| level + 1)
            .or(by_name)
            .or((name == "title").then_some(1)),
        list: numbered.and_then(|numbered| value_of(numbered, "numId").map(str::to_owned)),
        level: numbered
            .and_then(|numbered| value_of(numbered, "ilvl"))
            .and_then(|level| level.parse().ok()),
        based_on: value_of(node, "basedOn").map(str::to_owned),
        is_quotation: QUOTATIONS.contains(&name.as_str()),
        name,
    }
}
