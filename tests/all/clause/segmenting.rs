//! Cutting texts into clauses: against real documents with known articles, and case by case.

#![allow(clippy::unwrap_used, clippy::format_collect)]

use std::collections::HashMap;
use std::fmt::Write as _;
use std::fs;

use crate::common::shared::shared;
use consonance::clause::{Granularity, Segment, SegmentKind, Segmentation, segment};
use consonance::provision::Label;
use consonance::read::{Hint, HintKind};
use proptest::prelude::*;
use serde::Deserialize;

/// One document whose articles are known.
#[derive(Debug, Deserialize)]
struct Truth {
    doc: String,
    path: String,
    clauses: Vec<TrueClause>,
}

#[derive(Debug, Deserialize)]
struct TrueClause {
    clause: String,
    start_byte: usize,
    end_byte: usize,
}

/// How many true articles were found, and how many were found in all.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    in_truth: usize,
    found: usize,
    starts: usize,
    ends: usize,
    labels: usize,
}

impl Tally {
    fn f1(self, n_right: usize) -> f64 {
        2.0 * n_right as f64 / (self.in_truth + self.found).max(1) as f64
    }

    fn add(&mut self, other: Self) {
        self.in_truth += other.in_truth;
        self.found += other.found;
        self.starts += other.starts;
        self.ends += other.ends;
        self.labels += other.labels;
    }
}

/// What an article in an annex is called there.
fn without_annex(name: &str) -> &str {
    name.strip_prefix("annex ").unwrap_or(name)
}

fn compare(text: &str, truth: &Truth, report: &mut String) -> Tally {
    let found = segment(text, &[]).at(Granularity::Article);
    let label_of = |passage: &Segment| passage.label.clone().unwrap_or_else(|| Label::new(""));
    let is_whole = |passage: &Segment| {
        let name = label_of(passage).canonical();
        without_annex(&name).starts_with("article")
    };
    let found: Vec<_> = found.into_iter().filter(is_whole).collect();
    let place_of: HashMap<usize, usize> = found
        .iter()
        .enumerate()
        .map(|(index, provision)| (provision.range.start, index))
        .collect();
    let mut tally = Tally {
        in_truth: truth.clauses.len(),
        found: found.len(),
        ..Tally::default()
    };
    for clause in &truth.clauses {
        let Some(&index) = place_of.get(&clause.start_byte) else {
            writeln!(
                report,
                "  missed {} at {}",
                clause.clause, clause.start_byte
            )
            .unwrap();
            continue;
        };
        tally.starts += 1;
        let provision = &found[index];
        let end = clause.start_byte + text[clause.start_byte..clause.end_byte].trim_end().len();
        if provision.range.end == end {
            tally.ends += 1;
        } else {
            let message = format!(
                "  end of {} at {}, true {}",
                clause.clause, provision.range.end, end
            );
            writeln!(report, "{message}").unwrap();
        }
        let name = label_of(provision);
        if name.is_same_place(&Label::new(clause.clause.as_str())) {
            tally.labels += 1;
        } else {
            writeln!(report, "  {} is taken for {name}", clause.clause).unwrap();
        }
    }
    let starts: Vec<usize> = truth.clauses.iter().map(|c| c.start_byte).collect();
    for provision in found.iter().filter(|p| !starts.contains(&p.range.start)) {
        let at = provision.range.start;
        writeln!(report, "  {} at {at} is no article", label_of(provision)).unwrap();
    }
    tally
}

/// A text and what it is to be cut into: kind, label, first words, first words of the lead-in.
#[derive(Debug)]
struct Case<'a> {
    name: &'a str,
    text: &'a str,
    expected: Vec<[&'a str; 4]>,
}

fn cases() -> Vec<Case<'static>> {
    include_str!("../../data/segment/cases.txt")
        .split("=== ")
        .skip(1)
        .map(|case| {
            let (name, rest) = case.split_once('\n').unwrap();
            let (text, expected) = rest.split_once("---\n").unwrap();
            let expected = expected
                .lines()
                .map(|line| {
                    let mut fields = line.split('|').map(str::trim);
                    std::array::from_fn(|_| fields.next().unwrap_or(""))
                })
                .collect();
            Case {
                name,
                text,
                expected,
            }
        })
        .collect()
}

/// Fills lines up to 72 characters, as plain-text pages do.
fn wrapped(text: &str) -> String {
    let mut pages = String::new();
    for line in text.lines() {
        let mut width = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            if width > 0 && width + 1 + length > 72 {
                pages.push('\n');
                width = 0;
            } else if width > 0 {
                pages.push(' ');
                width += 1;
            }
            pages.push_str(word);
            width += length;
        }
        pages.push('\n');
    }
    pages
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Compares what a text was cut into with what a case expects; returns the first difference.
fn difference(text: &str, cut: &Segmentation, case: &Case<'_>) -> Option<String> {
    let parts: Vec<_> = cut
        .segments
        .iter()
        .filter(|part| !matches!(part.kind, SegmentKind::Blank | SegmentKind::Furniture))
        .collect();
    for (part, [kind, label, words, lead_in]) in parts.iter().zip(&case.expected) {
        let found_kind = match part.kind {
            SegmentKind::Heading => "#",
            SegmentKind::LeadIn => ">",
            _ => "c",
        };
        let found_label = part.label.as_ref().map_or("-", Label::as_str);
        let body = collapsed(&text[part.body.clone()]);
        let introduction = part
            .lead_in
            .clone()
            .map_or(String::new(), |range| collapsed(&text[range]));
        let is_empty_right = !words.is_empty() || body.is_empty();
        let is_lead_in_right =
            introduction.starts_with(lead_in) && lead_in.is_empty() == introduction.is_empty();
        let is_right = found_kind == *kind
            && found_label == *label
            && body.starts_with(words)
            && is_empty_right
            && is_lead_in_right;
        if !is_right {
            return Some(format!(
                "expected {kind} | {label} | {words} | {lead_in}, found {found_kind} | {found_label} | {body} | {introduction}"
            ));
        }
    }
    (parts.len() != case.expected.len()).then(|| {
        format!(
            "expected {} parts, found {}",
            case.expected.len(),
            parts.len()
        )
    })
}

fn check_cases(layout: impl Fn(&str) -> String) {
    let mut report = String::new();
    for case in cases() {
        let text = layout(case.text);
        let cut = segment(&text, &[]);
        if let Some(difference) = difference(&text, &cut, &case) {
            writeln!(report, "{}: {difference}", case.name).unwrap();
        }
    }
    assert!(report.is_empty(), "\n{report}");
}

#[test]
fn every_numbering_style_is_cut_in_plain_layout() {
    assert!(cases().len() >= 40);
    check_cases(str::to_owned);
}

#[test]
fn every_numbering_style_is_cut_in_wrapped_layout() {
    check_cases(wrapped);
}

#[test]
fn line_ends_of_all_systems_are_one() {
    for line_end in ["\r\n", "\r", "\u{2028}", "\u{85}"] {
        check_cases(|text| text.replace('\n', line_end));
        check_cases(|text| wrapped(text).replace('\n', line_end));
    }
}

fn assert_is_partition(text: &str, cut: &Segmentation) {
    let mut end = 0;
    for part in &cut.segments {
        assert_eq!(part.range.start, end, "parts are contiguous");
        assert!(part.range.start <= part.body.start && part.body.end <= part.range.end);
        assert!(text.get(part.body.clone()).is_some());
        for range in [&part.heading, &part.lead_in].into_iter().flatten() {
            assert!(text.get(range.clone()).is_some());
        }
        end = part.range.end;
    }
    assert_eq!(end, text.len(), "parts joined are the text");
}

/// Texts made of what the segmenter looks for, in any order.
fn bait() -> impl Strategy<Value = String> {
    let pieces = [
        "1.",
        "(a)",
        "(i)",
        "ii)",
        "§ 5",
        "Article 5",
        "ARTICLE V",
        "Annex II",
        "Chapter One",
        "Part",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "\u{2028}",
        " ",
        "\t",
        "States should",
        "the",
        ":",
        ";",
        ".",
        ",",
        "- ",
        "• ",
        "第五条",
        "المادة 5",
        "Статья 7",
        "3.2",
        "4.12(1)",
        "99999999999.",
        "(mmmmmmm)",
        "#",
        "### Article 2",
        "-3-",
        "....... 4",
        "CONTENTS",
        "é",
        "e\u{301}",
        "😀",
        "\u{200f}",
        "Whereas",
        "(",
        ")",
        "¶13(f)",
        "1°",
        "2 bis",
        "**",
        "Page 3",
        "A/RES/1/2",
    ];
    prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..60)
        .prop_map(|parts| parts.concat())
}

#[test]
fn what_introduces_no_clause_is_a_clause() {
    let clauses = |text: &str| -> Vec<String> {
        let found = segment(text, &[]);
        let parts = found.segments.iter();
        let clauses =
            parts.filter(|part| part.kind == SegmentKind::Clause && !part.body.is_empty());
        clauses
            .map(|part| text[part.body.clone()].to_owned())
            .collect()
    };
    let found = clauses("1. Members should:\n\n(a)\n\n(b)\n\n2. Members keep bells.\n");
    assert_eq!(found, ["Members should:", "Members keep bells."]);
    let long = format!(
        "Members, {}should:",
        "and all keepers of lamps, ".repeat(200)
    );
    let found = clauses(&format!(
        "1. {long}\n\n(a) keep lamps;\n\n(b) keep bells.\n"
    ));
    assert_eq!(found, [long.as_str(), "keep lamps;", "keep bells."]);
    let found = clauses("1. Members should:\n\n(a) keep lamps;\n\n(b) keep bells.\n");
    assert_eq!(found, ["keep lamps;", "keep bells."]);
}

proptest! {
    #[test]
    fn any_text_is_cut_without_losing_a_byte(text in any::<String>()) {
        assert_is_partition(&text, &segment(&text, &[]));
    }

    #[test]
    fn any_bait_is_cut_without_losing_a_byte(text in bait(), places in prop::collection::vec((0usize..200, 0usize..40, 0u8..5), 0..6)) {
        let kinds = [HintKind::Heading(2), HintKind::ListItem(1), HintKind::ListItem(2), HintKind::Paragraph, HintKind::Label];
        let hints: Vec<Hint> = places
            .into_iter()
            .map(|(start, length, kind)| Hint { range: start..start + length, kind: kinds[usize::from(kind)] })
            .collect();
        assert_is_partition(&text, &segment(&text, &hints));
    }

    #[test]
    fn any_label_has_an_order_and_a_slug(a in bait(), b in bait(), c in any::<String>()) {
        let [a, b, c] = [a, b, c].map(Label::new);
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
        prop_assert_eq!(a.cmp(&b).is_eq(), a == b);
        if a <= b && b <= c {
            prop_assert!(a <= c);
        }
        prop_assert!(!a.slug().contains(char::is_whitespace));
        prop_assert!(a.is_same_place(&a));
        prop_assert!(!a.provision().contains('\n'));
    }

    #[test]
    fn a_path_reads_back_from_its_canonical_form(article in 1u32.., paragraph in 1u32..4000, letter in 0u8..26) {
        let letter = char::from(b'a' + letter);
        let written = format!("Art. {article}({paragraph})({letter})");
        let canonical = Label::new(written.as_str()).canonical();
        prop_assert_eq!(&canonical, &format!("article {article}({paragraph})({letter})"));
        prop_assert_eq!(Label::new(canonical.as_str()).canonical(), canonical);
    }
}

#[test]
fn huge_and_hostile_texts_are_cut() {
    let deep: String = (0..500)
        .map(|n| format!("{}.1 Level:\n", vec!["1"; n % 6 + 1].join(".")))
        .collect();
    let nested: String = [
        "1. A:\n", "(a) b:\n", "(i) c:\n", "A. D:\n", "I. E:\n", "1) f:\n", "a) g:\n", "- h:\n",
    ]
    .concat()
    .repeat(50);
    let texts = [
        "x".repeat(10_000_000),
        "Article 1 ".repeat(100_000),
        "(a) ".repeat(100_000),
        " ".repeat(1_000_000),
        "· ".repeat(200_000),
        "- * • ".repeat(50_000),
        "**Norm 1".repeat(50_000),
        "1. ".repeat(100_000),
        "- ## (a) ".repeat(50_000),
        "1. A:\n".repeat(20_000),
        (0..100_000).map(|n| format!("{n}. A.\n")).collect(),
        "Annex\n".repeat(20_000),
        "Article\n5\n".repeat(10_000),
        "States shall:\n".repeat(20_000),
        "- x\n".repeat(20_000),
        deep,
        nested,
    ];
    for text in &texts {
        assert_is_partition(text, &segment(text, &[]));
    }
}

#[test]
fn time_grows_no_faster_than_the_text() {
    let baits = [
        "1. States shall:\n(a) act;\n",
        "Article 5\n",
        "(i)\n",
        "Whereas:\n(1) x\n",
        "-3-\nthe ",
        "CONTENTS\nA 1\n",
        "the law,\n",
        "shall (a) act; (b) talk; ",
        "a act;\nb talk;\n",
        "1.\n\n",
        "Article 1. Aim.\n\n",
        "or\n",
        "“data” means:\n",
        "A ..... 4\nB\n",
        "\u{c}A/1/2\nx\n",
    ];
    for bait in baits {
        let time = |n: usize| {
            let text = bait.repeat(n);
            let start = std::time::Instant::now();
            let n_parts = segment(&text, &[]).segments.len();
            assert!(n_parts > 0);
            start.elapsed().as_secs_f64()
        };
        let (once, twice) = (time(5_000).max(0.01), time(20_000));
        assert!(
            twice < 20.0 * once,
            "{bait:?}: {once} s, four times the text {twice} s"
        );
    }
}

#[test]
fn labels_are_ordered_as_documents_number() {
    let ordered = [
        "Preamble",
        "Recital 1",
        "Recital 10",
        "2",
        "¶10",
        "13(a)",
        "13(b)",
        "13(h)",
        "13(i)",
        "13(ii)",
        "13(iv)",
        "13(v)",
        "13(j)",
        "14",
        "14 bis",
        "14 ter",
        "15",
        "Article 2",
        "Article 10",
        "Article 19",
        "Article 19A",
        "Article 20",
        "Article 25(4)(a)",
        "Annex I",
        "Annex II",
        "Annex II Article 1",
        "Introduction (p. 3)",
        "Introduction (p. 10)",
    ];
    for (index, a) in ordered.iter().enumerate() {
        for b in &ordered[index + 1..] {
            assert!(Label::new(*a) < Label::new(*b), "{a} < {b}");
        }
    }
}

#[test]
fn labels_make_keys() {
    let cases = [
        ("¶13(f)", "13(f)"),
        ("Principle 1", "principle-1"),
        ("Art. 25(4)", "art-25(4)"),
        ("cl. 48", "cl-48"),
        ("operative cl. 3", "operative-cl-3"),
        ("Annex part (c)", "annex-part-(c)"),
        ("Introduction (p. 3)", "introduction-(p-3)"),
        ("No 15", "no-15"),
        ("15.", "15"),
        ("Section 3.2", "section-3.2"),
        ("Статья  7(б)", "статья-7(б)"),
    ];
    for (label, slug) in cases {
        assert_eq!(Label::new(label).slug(), slug, "{label}");
    }
}

#[test]
fn labels_of_all_styles_name_one_place() {
    let groups: [&[&str]; 10] = [
        &[
            "Article 25(4)",
            "art 25 para 4",
            "Art. 25(4)",
            "ARTICLE XXV(4)",
            "Artículo 25.4",
            "Статья 25(4)",
            "article 25, paragraph 4",
            "第二十五条(4)",
        ],
        &[
            "13(f)",
            "¶13(f)",
            "13 (f)",
            "para. 13 (f)",
            "paragraph 13(f)",
        ],
        &["15.", "No 15", "cl. 15", "15", "operative cl. 15"],
        &["Article 12 bis", "Art. 12bis", "article 12-bis"],
        &["Article 19A", "art. 19a"],
        &["Section 3.2", "sec. 3(2)"],
        &["§ 5", "Section 5"],
        &["Annex II Article 5(1)", "annex II, art. 5 para 1"],
        &["المادة 7", "Article 7"],
        &["Introduction (p. 3)", "introduction  (p. 3)"],
    ];
    for group in groups {
        for other in &group[1..] {
            assert!(
                Label::new(group[0]).is_same_place(&Label::new(*other)),
                "{} is {other}",
                group[0]
            );
        }
    }
    let different = [
        ("13(f)", "13(g)"),
        ("Article 5", "Principle 5"),
        ("Annex 3", "Annex ¶3"),
        ("4294967296", "0"),
        ("Article 4.12", "Article 41.2"),
    ];
    for (a, b) in different {
        assert!(
            !Label::new(a).is_same_place(&Label::new(b)),
            "{a} is not {b}"
        );
    }
}

#[test]
fn numbering_oddities_are_told_with_their_lines() {
    let cases = [
        (
            "1. One.\n\n3. Three.\n",
            "line 3: `3` follows a gap in the numbering",
        ),
        (
            "1. One.\n\n2. Two.\n\n2. Too.\n",
            "line 5: `2` repeats the number before it",
        ),
        (
            "4. Four.\n\n5. Five.\n\n3. Three.\n",
            "line 5: `3` comes after a greater number",
        ),
        (
            "1. One.\n\n2. Two.\n\n1. Again.\n",
            "line 5: `1` starts the numbering again without a heading",
        ),
    ];
    for (text, expected) in cases {
        let found: Vec<String> = segment(text, &[])
            .diagnostics
            .iter()
            .map(ToString::to_string)
            .collect();
        let is_told = found.iter().any(|line| line.ends_with(expected));
        assert!(is_told, "{expected}: {found:?}");
    }
    let in_order = [
        "1. One.\n\n2. Two.\n",
        "CHAPTER I\nTHE COUNCIL\n\n1. One.\n\n2. Two.\n\nCHAPTER II\nTHE COURT\n\n1. One.\n\n2. Two.\n",
        "CHAPTER I\nThe council\n\nArticle 1\n\nOne.\n\nCHAPTER II\nThe court\n\nArticle 1\n\nOne.\n",
        "Article 1\n\n1. One.\n\n2. Two.\n\nArticle 2\n\n1. One.\n\nANNEX\n\n1. One.\n\n2. Two.\n",
        "Article 1\n\nOne.\n\nArts. 2 and 3\n\nTwo.\n\nArticle 4\n\nFour.\n",
    ];
    for text in in_order {
        let diagnostics = segment(text, &[]).diagnostics;
        assert!(diagnostics.is_empty(), "{text}: {diagnostics:?}");
    }
}

#[test]
fn nested_items_that_a_format_marks_keep_their_depth() {
    let text = "We pledge:\n\n- to act:\n  - today\n  - tomorrow\n- to care\n\nWe ask others:\n\n- (a) to join\n- (b) to share\n";
    let items = [
        ("- to act", 1),
        ("- today", 2),
        ("- tomorrow", 2),
        ("- to care", 1),
        ("- (a)", 1),
        ("- (b)", 1),
    ];
    let hints: Vec<Hint> = items
        .iter()
        .map(|(words, depth)| {
            let start = text.find(words).unwrap();
            Hint {
                range: start..start + words.len(),
                kind: HintKind::ListItem(*depth),
            }
        })
        .collect();
    let case = Case {
        name: "nested",
        text,
        expected: vec![
            [">", "-", "We pledge", ""],
            [">", "-", "to act", "We pledge"],
            ["c", "-", "today", "to act"],
            ["c", "-", "tomorrow", "to act"],
            ["c", "-", "to care", "We pledge"],
            [">", "-", "We ask", ""],
            ["c", "(a)", "to join", "We ask"],
            ["c", "(b)", "to share", "We ask"],
        ],
    };
    for hints in [&hints[..], &[]] {
        assert_eq!(difference(text, &segment(text, hints), &case), None);
    }
}

#[test]
fn what_a_format_marks_is_believed() {
    let text = "Aims\n\n**Introduction (p. 3):** We act together.\n\n**Annex part (c)** We\nreport.\n\n**Annex part (c)** We pay:\n\n- fees\n- fines\n  and costs\n\nDone.\n\nNorm 9: We end.\n\nNo label.\n";
    let at = |words: &str, nth: usize| text.match_indices(words).nth(nth).unwrap().0;
    let hint = |words: &str, nth: usize, kind| Hint {
        range: at(words, nth)..at(words, nth) + words.len(),
        kind,
    };
    let hints = [
        hint("Aims", 0, HintKind::Heading(1)),
        hint(
            "**Introduction (p. 3):** We act together.",
            0,
            HintKind::Paragraph,
        ),
        hint("Introduction (p. 3):", 0, HintKind::Label),
        hint("**Annex part (c)** We\nreport.", 0, HintKind::Paragraph),
        hint("**Annex part (c)**", 0, HintKind::Label),
        hint("**Annex part (c)**", 1, HintKind::Label),
        hint("- fees", 0, HintKind::ListItem(1)),
        hint("- fines\n  and costs", 0, HintKind::ListItem(1)),
        hint("Done.", 0, HintKind::Paragraph),
        hint("Norm 9", 0, HintKind::Label),
        hint("No label.", 0, HintKind::Paragraph),
    ];
    let case = Case {
        name: "marks",
        text,
        expected: vec![
            ["#", "-", "Aims", ""],
            ["c", "Introduction (p. 3)", "We act", ""],
            ["c", "Annex part (c)", "We report.", ""],
            [">", "Annex part (c)", "We pay:", ""],
            ["c", "Annex part (c)", "fees", "We pay"],
            ["c", "Annex part (c)", "fines and costs", "We pay"],
            ["c", "Annex part (c)", "Done", ""],
            ["c", "Norm 9", "We end.", ""],
            ["c", "-", "No label.", ""],
        ],
    };
    let cut = segment(text, &hints);
    assert_eq!(difference(text, &cut, &case), None, "{:#?}", cut.segments);
    assert_is_partition(text, &cut);
}

#[test]
fn labels_know_their_provision() {
    let cases = [
        ("Article 25(4)(a)", "article 25", 3),
        ("Annex II Article 5(1)", "annex 2 article 5", 3),
        ("¶13(f)", "13", 2),
        ("Section 3.2", "section 3(2)", 2),
        ("Introduction (p. 3)", "introduction-(p-3)", 1),
    ];
    for (label, provision, depth) in cases {
        assert_eq!(Label::new(label).provision(), provision, "{label}");
        assert_eq!(Label::new(label).depth(), depth, "{label}");
    }
}

#[test]
fn lists_deeper_than_the_limit_are_laid_flat_and_told() {
    let text = "1. Namely:\n".repeat(80);
    let cut = segment(&text, &[]);
    let deepest = cut.segments.iter().map(|part| part.level).max();
    assert_eq!(deepest, Some(63));
    let n_told = cut
        .diagnostics
        .iter()
        .filter(|d| d.message.contains("laid flat"))
        .count();
    assert_eq!(n_told, 16);
}

#[test]
fn a_typed_citation_finds_its_label() {
    let cases = [
        ("Article 25(4)", "art 25 para 4", true),
        ("Article 25(4)", "art. 25, para. 4", true),
        ("Article 25(4)", "25 (4)", true),
        ("Article 25(4)", "ARTICLE 25 4", true),
        ("Article 25(4)", "art 25", false),
        ("Article 25(4)", "art 25 para 5", false),
        ("¶13(f)", "para 13(f)", true),
        ("¶13(f)", "13 f", true),
        ("13(f)", "13f", true),
        ("No 15", "15", true),
        ("operative cl. 3", "op 3", true),
        ("operative cl. 3", "operative paragraph 3", true),
        ("Principle 6", "principle six", true),
        ("Principle 6", "6", true),
        ("Norm 4", "rule 4", false),
        ("§ 5(1)", "section 5 (1)", true),
        ("Annex II Article 5(1)", "annex 2 art 5(1)", true),
        ("Annex II Article 5(1)", "art 5(1)", false),
        ("Article IV", "art 4", true),
        ("Article 12 bis", "art 12bis", true),
        ("Статья 7(2)", "article 7(2)", true),
        ("第二十五条", "art 25", true),
        ("Article 14.2(1)", "14.2 (1)", true),
        ("Introduction (p. 3)", "introduction p 3", true),
        ("Article 5", "", false),
    ];
    for (label, typed, is_it) in cases {
        assert_eq!(
            Label::new(label).is_cited_by(typed),
            is_it,
            "{label}: {typed}"
        );
    }
}

#[test]
fn sections_whose_numbers_stand_alone_are_cut_at_paragraphs_that_nothing_introduces() {
    let cases: [(&str, &[&str]); 3] = [
        (
            "1. (1) Members keep lights.\n\n(2) Members:\n\n(a) paint buoys;\n\n(b) count buoys.\n\n\
             2. Members keep charts.\n",
            &["1(1)", "1(2)", "2"],
        ),
        (
            "1. Members should:\n\n(1) keep lights;\n\n(2) keep buoys.\n\n2. Members keep charts.\n",
            &["1", "2"],
        ),
        (
            "Article 1\n\n1. a) Members keep lights;\n\nb) Members keep buoys.\n\n2. They count.\n",
            &["Article 1(1)", "Article 1(2)"],
        ),
    ];
    for (text, expected) in cases {
        let cut = segment(text, &[]);
        let labels = cut
            .at(Granularity::Paragraph)
            .into_iter()
            .filter_map(|part| part.label);
        let labels: Vec<String> = labels.map(|label| label.to_string()).collect();
        assert_eq!(labels, expected, "{text}");
    }
    let text = cases[2].0;
    let items = segment(text, &[]).at(Granularity::Item).into_iter();
    let labels: Vec<String> = items
        .filter_map(|part| part.label)
        .map(|label| label.to_string())
        .collect();
    assert_eq!(
        labels,
        ["Article 1(1)(a)", "Article 1(1)(b)", "Article 1(2)"]
    );
}

mod needs_shared {
    use super::*;

    #[test]
    #[ignore = "needs ../shared"]
    fn articles_of_real_documents_are_found() {
        let folder = shared("documents");
        let json = fs::read_to_string(folder.join("segmentation.json")).unwrap();
        let mut truths: Vec<Truth> = serde_json::from_str(&json).unwrap();
        let mut whole = Tally::default();
        let mut report = String::new();
        for truth in &mut truths {
            // What precedes the articles bears no number.
            truth.clauses.retain(|clause| clause.clause != "Preamble");
            let text = fs::read_to_string(folder.join(&truth.path)).unwrap();
            let mut details = String::new();
            let tally = compare(&text, truth, &mut details);
            let line = format!(
                "{}: boundary F1 {:.4}, ends {:.4}, labels {:.4}",
                truth.doc,
                tally.f1(tally.starts),
                tally.f1(tally.ends),
                tally.labels as f64 / tally.in_truth as f64
            );
            writeln!(report, "{line}\n{details}").unwrap();
            whole.add(tally);
        }
        let boundary = whole.f1(whole.starts);
        let labels = whole.labels as f64 / whole.in_truth as f64;
        let ends = whole.f1(whole.ends);
        let line = format!(
            "{} articles of {} documents: boundary F1 {boundary:.4}, labels {labels:.4}, ends {ends:.4}",
            whole.in_truth,
            truths.len()
        );
        println!("{report}{line}");
        assert!(boundary >= 0.998, "{report}{line}");
        assert!(labels >= 0.998, "{report}{line}");
    }
}
