//! Texts with a structure that is known, and the same texts damaged at random places: whatever is
//! done to a text, its parts joined are the text.

use std::fmt::Write as _;

use consonance::clause::{Granularity, Segmentation, segment};
use consonance::provision::Label;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// How the levels of a made document are numbered.
#[derive(Clone, Copy, Debug)]
struct Styles {
    provision: Provision,
    paragraph: Mark,
    item: Mark,
}

#[derive(Clone, Copy, Debug)]
enum Provision {
    Article,
    Roman,
    Section,
}

/// What sets a number apart.
#[derive(Clone, Copy, Debug)]
enum Mark {
    Dot,
    Parentheses,
    Closing,
}

impl Mark {
    fn around(self, number: &str) -> String {
        match self {
            Self::Dot => format!("{number}."),
            Self::Parentheses => format!("({number})"),
            Self::Closing => format!("{number})"),
        }
    }
}

/// How many paragraphs each article has, and how many items each paragraph.
type Shape = Vec<Vec<u8>>;

fn styles() -> impl Strategy<Value = Styles> {
    let marks = || prop::sample::select(vec![Mark::Dot, Mark::Parentheses, Mark::Closing]);
    let provisions = vec![Provision::Article, Provision::Roman, Provision::Section];
    (prop::sample::select(provisions), marks(), marks()).prop_map(|(provision, paragraph, item)| {
        Styles {
            provision,
            paragraph,
            item,
        }
    })
}

fn shapes() -> impl Strategy<Value = Shape> {
    let paragraphs = prop::collection::vec(prop::sample::select(vec![0, 2, 3, 12]), 2..5);
    prop::collection::vec(paragraphs, 1..5)
}

fn roman(number: usize) -> &'static str {
    ["I", "II", "III", "IV", "V", "VI"][number - 1]
}

/// A document of a shape, and the labels of its items.
fn document(styles: Styles, shape: &Shape) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut labels = Vec::new();
    for (article, paragraphs) in (1..).zip(shape) {
        let provision = match styles.provision {
            Provision::Article => format!("Article {article}"),
            Provision::Roman => format!("ARTICLE {}", roman(article)),
            Provision::Section => format!("§ {article}"),
        };
        writeln!(text, "{provision}\nDuties").unwrap();
        for (paragraph, &n_items) in (1..).zip(paragraphs) {
            let path = format!("{provision}({paragraph})");
            let number = styles.paragraph.around(&paragraph.to_string());
            let end = if n_items > 0 { " shall:" } else { " meet." };
            writeln!(text, "{number} The members of the league{end}").unwrap();
            labels.push(path.clone());
            for item in 0..n_items {
                let letter = char::from(b'a' + item).to_string();
                let end = if item + 1 < n_items { ';' } else { '.' };
                let number = styles.item.around(&letter);
                writeln!(text, "{number} keep the peace{end}").unwrap();
                labels.push(format!("{path}({letter})"));
            }
        }
        text.push('\n');
    }
    (text, labels)
}

/// What is done to a text at a place.
#[derive(Clone, Debug)]
enum Damage {
    Insert(&'static str),
    Delete,
    Swap,
    Repeat,
}

fn damage() -> impl Strategy<Value = Damage> {
    let pieces = [
        "1. ",
        "(a) ",
        "(i) ",
        "iv) ",
        "a ",
        "Article 5 ",
        "ANNEX II\n",
        "FIRST SCHEDULE\n",
        "Chapter 3\n",
        "§ 7\n",
        "3.2 ",
        "2 bis. ",
        "- ",
        "\n\n",
        "\r\n",
        "\u{c}",
        "\u{200b}",
        "\u{200f}",
        "\u{202e}",
        "\u{feff}",
        "e\u{301}",
        "“",
        "”",
        ":",
        ";",
        "or\n",
        "Whereas:\n",
        "Contents\n",
        " ...... 4\n",
        "- 3 -\n",
        "第五条 ",
        "المادة 5 ",
        "Статья 7 ",
        "¹ See\n",
        "____\n",
    ];
    prop_oneof![
        prop::sample::select(pieces.to_vec()).prop_map(Damage::Insert),
        Just(Damage::Delete),
        Just(Damage::Swap),
        Just(Damage::Repeat),
    ]
}

/// Does a damage to the line so many thousandths down the text, or to the place there.
fn damaged(text: &str, damage: &Damage, share: usize) -> String {
    let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = share * lines.len() / 1000;
    match damage {
        Damage::Insert(piece) => {
            let place = text.floor_char_boundary(share * text.len() / 1000);
            return [&text[..place], piece, &text[place..]].concat();
        }
        Damage::Delete if at < lines.len() => {
            lines.remove(at);
        }
        Damage::Swap if at + 1 < lines.len() => lines.swap(at, at + 1),
        Damage::Repeat if at < lines.len() => lines.insert(at, lines[at]),
        _ => {}
    }
    lines.concat()
}

fn assert_is_whole(text: &str, cut: &Segmentation) {
    let joined: String = cut
        .segments
        .iter()
        .map(|part| &text[part.range.clone()])
        .collect();
    assert_eq!(joined, text, "parts joined are the text");
    for grain in [
        Granularity::Article,
        Granularity::Paragraph,
        Granularity::Item,
    ] {
        let mut end = 0;
        for passage in cut.at(grain) {
            assert!(passage.range.start >= end, "passages are in order");
            assert!(text.get(passage.body.clone()).is_some());
            end = passage.range.end;
        }
        assert!(end <= text.len());
    }
}

fn labels_of(text: &str) -> Vec<String> {
    let items = segment(text, &[]).at(Granularity::Item);
    let label = |label: Option<Label>| label.map_or_else(String::new, |label| label.to_string());
    items.into_iter().map(|item| label(item.label)).collect()
}

proptest! {
    #[test]
    fn a_document_of_any_shape_is_labeled_as_it_was_numbered(styles in styles(), shape in shapes()) {
        let (text, labels) = document(styles, &shape);
        prop_assert_eq!(labels_of(&text), labels, "{}", text);
        prop_assert!(segment(&text, &[]).diagnostics.is_empty());
    }

    #[test]
    fn a_damaged_document_loses_no_byte(
        styles in styles(),
        shape in shapes(),
        damages in prop::collection::vec((damage(), 0usize..1000), 1..12),
        line_end in prop::sample::select(vec!["\n", "\r\n", "\r", "\u{2028}"]),
        is_decomposed in any::<bool>(),
    ) {
        let (mut text, _) = document(styles, &shape);
        for (damage, share) in &damages {
            text = damaged(&text, damage, *share);
        }
        text = text.replace('\n', line_end);
        if is_decomposed {
            text = text.nfd().collect();
        }
        assert_is_whole(&text, &segment(&text, &[]));
    }

    #[test]
    fn numbers_of_any_list_read_back(count in 2u32..60, style in 0usize..5) {
        let written = |n: u32| match style {
            0 => format!("{n}. "),
            1 => format!("({n}) "),
            2 => format!("Rule {n}. "),
            3 => format!("Article {n} bis. "),
            _ => format!("No {n} "),
        };
        let text: String = (1..=count).map(|n| written(n) + "Members meet.\n\n").collect();
        let expected: Vec<String> = (1..=count)
            .map(|n| if style == 1 { format!("({n})") } else { written(n).trim_end_matches(['.', ' ']).to_owned() })
            .collect();
        prop_assert_eq!(labels_of(&text), expected);
    }
}
