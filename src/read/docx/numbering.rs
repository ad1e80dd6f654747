//! Word's automatic numbering, which is not in the text: definitions and counters.

use std::collections::{HashMap, HashSet};

use roxmltree::Node;

use crate::provision::Numeral;
use crate::read::docx::number_field::{ListPlace, NumberField};
use crate::read::xml::{attribute_of, child_of, value_of};

/// The number of levels of a list.
const N_LEVELS: usize = 9;

/// How one level of a list is numbered.
#[derive(Clone, Debug, Default)]
struct Level {
    start: u32,
    numeral: Numeral,
    /// The pattern of the number, with `%1` to `%9` for the counts.
    pattern: String,
    /// The level above it, counted from 1, that restarts it; 0 for none.
    restart: Option<usize>,
    /// Whether the counts of the levels above are written in digits.
    is_legal: bool,
    /// The style whose paragraphs are of this level, if their style names none.
    style: Option<String>,
}

/// A list as the document uses it.
#[derive(Clone, Debug, Default)]
struct List {
    /// Lists of one definition count together.
    definition: String,
    levels: Vec<Level>,
    /// Levels that restart where this list first uses them.
    overrides: Vec<(usize, u32)>,
}

/// The numbering definitions of a document.
#[derive(Clone, Debug)]
pub(super) struct Numbering {
    lists: HashMap<String, List>,
    /// The first list of each definition that has a name, by that name in small letters.
    named: HashMap<String, String>,
}

/// The current counts of all lists.
#[derive(Clone, Debug, Default)]
pub(super) struct Counts {
    by_definition: HashMap<String, [Option<u32>; N_LEVELS]>,
    /// The levels of lists that have been used.
    used: HashSet<(String, usize)>,
}

fn children_of<'a, 'b>(node: Node<'a, 'b>, name: &'a str) -> impl Iterator<Item = Node<'a, 'b>> {
    node.children()
        .filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The lists of number fields, which no file defines.
impl Default for Numbering {
    fn default() -> Self {
        Self {
            lists: default_lists(),
            named: HashMap::new(),
        }
    }
}

impl Numbering {
    /// Reads the definitions of `numbering.xml`.
    pub(super) fn of(root: Node<'_, '_>) -> Self {
        let mut definitions: HashMap<&str, (Vec<Level>, Option<&str>)> = HashMap::new();
        let mut styles: HashMap<&str, &str> = HashMap::new();
        let mut names: HashMap<&str, &str> = HashMap::new();
        for definition in children_of(root, "abstractNum") {
            let Some(id) = attribute_of(definition, "abstractNumId") else {
                continue;
            };
            if let Some(style) = value_of(definition, "styleLink") {
                styles.insert(style, id);
            }
            names.extend(value_of(definition, "name").map(|name| (id, name)));
            let link = value_of(definition, "numStyleLink");
            definitions.insert(id, (levels_of(definition), link));
        }
        let mut numbering = Self::default();
        for list in children_of(root, "num") {
            let (Some(id), Some(definition)) =
                (attribute_of(list, "numId"), value_of(list, "abstractNumId"))
            else {
                continue;
            };
            // A definition may only refer to that of a style.
            let linked = definitions
                .get(definition)
                .and_then(|(_, link)| link.as_ref())
                .and_then(|link| styles.get(link))
                .copied()
                .unwrap_or(definition);
            let levels = definitions.get(linked).map(|(levels, _)| levels.clone());
            let mut list_of = List {
                definition: linked.to_owned(),
                levels: levels.unwrap_or_default(),
                overrides: Vec::new(),
            };
            for change in children_of(list, "lvlOverride") {
                list_of.change(change);
            }
            if let Some(name) = names.get(linked) {
                numbering
                    .named
                    .entry(name.to_lowercase())
                    .or_insert_with(|| id.to_owned());
            }
            numbering.lists.insert(id.to_owned(), list_of);
        }
        numbering
    }

    /// Counts one more item and returns its number; that of a bullet is empty.
    ///
    /// Returns `None` for a list or level that is not defined.
    pub(super) fn next(&self, list_id: &str, level: usize, counts: &mut Counts) -> Option<String> {
        let list = self.lists.get(list_id)?;
        let this = list.levels.get(level)?;
        let of_list = counts
            .by_definition
            .entry(list.definition.clone())
            .or_default();
        // Lists that share a definition count together: an override restarts only its own level.
        if counts.used.insert((list_id.to_owned(), level)) {
            let mut overrides = list.overrides.iter();
            if let Some((_, start)) = overrides.find(|(of, _)| *of == level) {
                of_list[level] = start.checked_sub(1);
            }
        }
        let count = of_list[level].map_or(this.start, |count| count.saturating_add(1));
        of_list[level] = Some(count);
        for (below, definition) in list.levels.iter().enumerate().skip(level + 1) {
            let restarts = match definition.restart {
                None => true,
                Some(0) => false,
                Some(above) => level < above,
            };
            if restarts && below < N_LEVELS {
                of_list[below] = None;
            }
        }
        if this.numeral == Numeral::Bullet {
            return Some(String::new());
        }
        Some(list.write(level, of_list))
    }

    /// Lets the next item of a level have a number.
    pub(super) fn restart(&self, place: &ListPlace, start: u32, counts: &mut Counts) {
        let Some(list) = self.lists.get(&place.list) else {
            return;
        };
        let of_list = counts
            .by_definition
            .entry(list.definition.clone())
            .or_default();
        if let Some(count) = of_list.get_mut(place.level) {
            *count = start.checked_sub(1);
        }
    }

    /// Returns the level of a list whose paragraphs have a style.
    pub(super) fn level_of_style(&self, list_id: &str, style: &str) -> Option<usize> {
        let levels = &self.lists.get(list_id)?.levels;
        levels
            .iter()
            .position(|level| level.style.as_deref() == Some(style))
    }

    /// Returns the place of a number within a line: of the list its field names, else of the list of its
    /// paragraph, one level below the paragraph's own number unless the field names the level.
    pub(super) fn place_of_field(
        &self,
        field: &NumberField,
        paragraph: Option<&ListPlace>,
    ) -> ListPlace {
        let list = match (&field.list, paragraph) {
            (None, Some(own)) => own.list.clone(),
            (None, None) => DEFAULT_LISTS[0].name.to_owned(),
            (Some(name), own) => self.list_named(&name.to_lowercase(), own),
        };
        let below = paragraph.filter(|own| own.list == list);
        let level = field
            .level
            .or_else(|| below.map(|own| own.level + 1))
            .unwrap_or(0)
            .min(N_LEVELS - 1);
        ListPlace { list, level }
    }

    /// Returns the list of a name; that of the paragraph if both have one definition.
    fn list_named(&self, name: &str, paragraph: Option<&ListPlace>) -> String {
        let definition = |list: &str| self.lists.get(list).map(|list| list.definition.as_str());
        let known = self.named.get(name).map(String::as_str);
        let own = paragraph
            .filter(|own| known.is_some() && definition(&own.list) == known.and_then(definition));
        match (own, known) {
            (Some(own), _) => own.list.clone(),
            (None, Some(known)) => known.to_owned(),
            (None, None) if self.lists.contains_key(name) => name.to_owned(),
            (None, None) => DEFAULT_LISTS[0].name.to_owned(),
        }
    }
}

/// A list that every document has for numbers within a line.
struct DefaultList {
    name: &'static str,
    /// The pattern of each level.
    patterns: &'static str,
    /// How each level is counted: [`Numeral::of_sign`].
    signs: &'static str,
}

const DEFAULT_LISTS: [DefaultList; 3] = [
    DefaultList {
        name: "numberdefault",
        patterns: "%1) %2) %3) (%4) (%5) (%6) %7. %8. %9.",
        signs: "1ai1ai1ai",
    },
    DefaultList {
        name: "outlinedefault",
        patterns: "%1. %2. %3. %4) (%5) (%6) (%7) (%8) (%9)",
        signs: "IA1a1aiai",
    },
    DefaultList {
        name: "legaldefault",
        patterns: "%1. %1.%2. %1.%2.%3. %1.%2.%3.%4. %1.%2.%3.%4.%5. %1.%2.%3.%4.%5.%6. %1.%2.%3.%4.%5.%6.%7. \
                   %1.%2.%3.%4.%5.%6.%7.%8. %1.%2.%3.%4.%5.%6.%7.%8.%9.",
        signs: "111111111",
    },
];

fn default_lists() -> HashMap<String, List> {
    let list = |list: &DefaultList| {
        let levels = list.patterns.split(' ').zip(list.signs.chars());
        let levels = levels.map(|(pattern, sign)| Level {
            start: 1,
            numeral: Numeral::of_sign(sign).unwrap_or_default(),
            pattern: pattern.to_owned(),
            ..Level::default()
        });
        let definition = list.name.to_owned();
        let list = List {
            definition: definition.clone(),
            levels: levels.collect(),
            overrides: Vec::new(),
        };
        (definition, list)
    };
    DEFAULT_LISTS.iter().map(list).collect()
}

impl List {
    fn change(&mut self, change: Node<'_, '_>) {
        let level = attribute_of(change, "ilvl").and_then(|level| level.parse().ok());
        let Some(level) = level.filter(|level| *level < N_LEVELS) else {
            return;
        };
        if let Some(definition) = child_of(change, "lvl") {
            while self.levels.len() <= level {
                self.levels.push(Level::default());
            }
            self.levels[level] = level_of(definition);
        }
        let start = value_of(change, "startOverride").and_then(|start| start.parse().ok());
        if let Some(start) = start {
            self.overrides.push((level, start));
            if let Some(definition) = self.levels.get_mut(level) {
                definition.start = start;
            }
        }
    }

    fn write(&self, level: usize, counts: &[Option<u32>; N_LEVELS]) -> String {
        let this = &self.levels[level];
        let mut number = String::new();
        let mut rest = this.pattern.chars().peekable();
        while let Some(c) = rest.next() {
            let digit = rest.peek().and_then(|next| next.to_digit(10));
            let place = digit
                .filter(|_| c == '%')
                .and_then(|digit| usize::try_from(digit).ok()?.checked_sub(1));
            let Some(place) = place else {
                number.push(c);
                continue;
            };
            rest.next();
            if let Some(above) = self.levels.get(place) {
                let count = counts[place].unwrap_or(above.start);
                let is_plain = this.is_legal && above.numeral != Numeral::Nothing;
                let numeral = if is_plain {
                    Numeral::Decimal
                } else {
                    above.numeral
                };
                number.push_str(&numeral.write(count));
            }
        }
        number.trim().to_owned()
    }
}

fn levels_of(definition: Node<'_, '_>) -> Vec<Level> {
    let mut levels = vec![Level::default(); N_LEVELS];
    for node in children_of(definition, "lvl") {
        let place = attribute_of(node, "ilvl").and_then(|level| level.parse::<usize>().ok());
        if let Some(level) = place.and_then(|place| levels.get_mut(place)) {
            *level = level_of(node);
        }
    }
    levels
}

fn level_of(node: Node<'_, '_>) -> Level {
    let number = |name: &str| value_of(node, name).and_then(|value| value.parse().ok());
    Level {
        start: number("start").unwrap_or(0),
        numeral: numeral_of(value_of(node, "numFmt").unwrap_or("decimal")),
        pattern: value_of(node, "lvlText").unwrap_or_default().to_owned(),
        restart: value_of(node, "lvlRestart").and_then(|value| value.parse().ok()),
        is_legal: child_of(node, "isLgl").is_some_and(|legal| {
            !matches!(attribute_of(legal, "val"), Some("0" | "false" | "off"))
        }),
        style: value_of(node, "pStyle").map(str::to_owned),
    }
}

fn numeral_of(name: &str) -> Numeral {
    match name {
        "lowerLetter" => Numeral::Letters,
        "upperLetter" => Numeral::Capitals,
        "lowerRoman" => Numeral::Roman,
        "upperRoman" => Numeral::UpperRoman,
        "decimalZero" => Numeral::Padded,
        "ordinal" => Numeral::Ordinal,
        "russianLower" => Numeral::Cyrillic,
        "russianUpper" => Numeral::UpperCyrillic,
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand" => Numeral::Ideographs,
        "bullet" => Numeral::Bullet,
        "none" => Numeral::Nothing,
        _ => Numeral::Decimal,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFINITIONS: &str = "<w:numbering xmlns:w='w'>\
        <w:abstractNum w:abstractNumId='1'><w:name w:val='Clauses'/>\
        <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/>\
        <w:lvlText w:val='Article %1'/></w:lvl>\
        <w:lvl w:ilvl='1'><w:start w:val='1'/><w:isLgl/><w:lvlText w:val='%1.%2'/></w:lvl>\
        <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/>\
        <w:lvlText w:val='(%3)'/></w:lvl>\
        <w:lvl w:ilvl='3'><w:start w:val='1'/><w:lvlRestart w:val='0'/><w:lvlText w:val='%4)'/></w:lvl>\
        <w:lvl w:ilvl='4'><w:numFmt w:val='bullet'/><w:lvlText w:val='x'/></w:lvl>\
        </w:abstractNum>\
        <w:num w:numId='5'><w:abstractNumId w:val='1'/></w:num>\
        <w:num w:numId='6'><w:abstractNumId w:val='1'/>\
        <w:lvlOverride w:ilvl='0'><w:startOverride w:val='4'/></w:lvlOverride></w:num>\
        <w:num w:numId='8'><w:abstractNumId w:val='1'/>\
        <w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride>\
        <w:lvlOverride w:ilvl='1'><w:startOverride w:val='3'/></w:lvlOverride></w:num>\
        </w:numbering>";

    #[test]
    fn numbers_are_counted_as_word_shows_them() {
        let xml = roxmltree::Document::parse(DEFINITIONS).unwrap();
        let numbering = Numbering::of(xml.root_element());
        let mut counts = Counts::default();
        let items = [
            ("5", 0, Some("Article I")),
            ("5", 1, Some("1.1")),
            ("5", 1, Some("1.2")),
            ("5", 2, Some("(a)")),
            ("5", 3, Some("1)")),
            ("5", 0, Some("Article II")),
            ("5", 2, Some("(a)")),
            ("5", 1, Some("2.1")),
            ("5", 3, Some("2)")),
            ("5", 4, Some("")),
            ("6", 0, Some("Article IV")),
            ("6", 1, Some("4.1")),
            ("5", 0, Some("Article V")),
            ("8", 1, Some("5.3")),
            ("5", 1, Some("5.4")),
            ("5", 0, Some("Article VI")),
            ("8", 1, Some("6.3")),
            ("7", 0, None),
            ("5", 12, None),
        ];
        for (index, (list, level, expected)) in items.into_iter().enumerate() {
            let number = numbering.next(list, level, &mut counts);
            assert_eq!(number.as_deref(), expected, "item {index}");
        }
    }

    #[test]
    fn a_field_asks_for_a_number_within_a_line() {
        let xml = roxmltree::Document::parse(DEFINITIONS).unwrap();
        let numbering = Numbering::of(xml.root_element());
        let own = ListPlace {
            list: "6".to_owned(),
            level: 1,
        };
        let cases = [
            (" LISTNUM \"clauses\" \\l 3 ", Some(&own), ("6", 2)),
            ("LISTNUM Clauses", None, ("5", 0)),
            ("LISTNUM", Some(&own), ("6", 2)),
            ("LISTNUM \\l 2 \\s 4", None, ("numberdefault", 1)),
            ("LISTNUM LegalDefault \\l 12", None, ("legaldefault", 8)),
            ("LISTNUM unheard-of", Some(&own), ("numberdefault", 0)),
        ];
        for (instruction, paragraph, (list, level)) in cases {
            let field = NumberField::parse(instruction).unwrap();
            let place = numbering.place_of_field(&field, paragraph);
            assert_eq!(
                (place.list.as_str(), place.level),
                (list, level),
                "{instruction}"
            );
        }
        let mut counts = Counts::default();
        let place = ListPlace {
            list: "numberdefault".to_owned(),
            level: 3,
        };
        numbering.restart(&place, 4, &mut counts);
        let number = numbering.next(&place.list, place.level, &mut counts);
        assert_eq!(number.as_deref(), Some("(4)"));
    }
}
