//! Real documents whose numbering is known: each article has its paragraphs, each list its items.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use crate::common::shared::shared;
use consonance::clause::{Granularity, Segmentation, segment};
use consonance::provision::Label;
use consonance::read::{Body, ReadLimits, read};

/// How many numbered paragraphs each article of the GDPR has.
const GDPR_PARAGRAPHS: &str = "3 4 3 26 2 4 4 3 4 0 2 8 4 5 4 0 3 3 0 4 6 4 2 3 3 3 5 10 0 5 0 4 5 4 11 \
     5 7 6 2 11 6 8 9 0 9 5 3 0 6 0 4 6 4 2 3 6 4 6 0 12 9 7 0 8 6 4 0 6 2 4 2 2 2 2 6 2 2 4 2 2 3 6 \
     9 2 3 0 0 3 4 2 2 5 3 2 0 0 5 0 2";

/// The last letter of each lettered list of the GDPR.
const GDPR_LISTS: &str = "2(2)d 3(2)b 4(16)b 4(22)c 4(23)b 5(1)f 6(1)f 6(3)b 6(4)e 9(2)j 12(5)b 13(1)f \
     13(2)f 14(1)f 14(2)g 14(3)c 14(5)d 15(1)h 17(1)f 17(3)e 18(1)d 20(1)b 22(2)c 23(1)j 23(2)h \
     27(2)b 28(3)h 30(1)g 30(2)d 32(1)d 33(3)d 34(3)c 35(3)c 35(7)d 36(3)f 37(1)c 39(1)e 40(2)k \
     41(2)d 43(1)b 43(2)e 45(2)c 46(2)f 46(3)b 47(1)c 47(2)n 49(1)g 50d 54(1)f 57(1)v 58(1)f 58(2)j \
     58(3)j 61(4)b 64(1)f 64(5)b 65(1)c 70(1)y 74(1)c 75(6)g 83(2)k 83(4)c 83(5)e 97(2)b";

/// How many numbered paragraphs each article of the BBNJ Agreement has.
const BBNJ_PARAGRAPHS: &str = "14 0 0 0 3 0 0 3 0 3 7 8 0 11 6 3 0 0 6 0 8 7 10 5 6 5 0 3 6 2 3 7 7 4 0 3 \
     6 3 4 0 3 4 5 3 3 3 8 4 4 4 6 16 0 0 4 0 0 0 0 10 0 0 0 2 0 0 2 3 2 0 0 6 2 4 0 0";

/// A document of the shared folder, cut.
fn cut(name: &str) -> Segmentation {
    let bytes = fs::read(shared("documents").join(name)).unwrap();
    let reading = read(&bytes, name, &ReadLimits::default()).unwrap();
    let Body::Text { text, hints } = &reading.documents[0].body else {
        panic!("{name} is a text");
    };
    segment(text, hints)
}

/// The labels of a text at a grain, those that follow one another and are the same only once.
fn labels(cut: &Segmentation, grain: Granularity) -> Vec<String> {
    let mut labels: Vec<String> = cut
        .at(grain)
        .iter()
        .filter_map(|passage| passage.label.as_ref().map(Label::to_string))
        .collect();
    labels.dedup();
    labels
}

/// The numbers of the paragraphs of each article.
fn paragraphs(cut: &Segmentation, word: &str) -> BTreeMap<u32, BTreeSet<u32>> {
    let mut of_article: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
    for label in labels(cut, Granularity::Paragraph) {
        let Some(path) = label.strip_prefix(word) else {
            continue;
        };
        let (article, paragraph) = path.split_once('(').unwrap_or((path, ""));
        let Ok(article) = article.trim().parse() else {
            continue;
        };
        let paragraphs = of_article.entry(article).or_default();
        paragraphs.extend(paragraph.trim_end_matches(')').parse::<u32>());
    }
    of_article
}

#[track_caller]
fn check_paragraphs(cut: &Segmentation, word: &str, counts: &str) {
    let found = paragraphs(cut, word);
    let expected: BTreeMap<u32, BTreeSet<u32>> = (1..)
        .zip(counts.split_whitespace())
        .map(|(article, count)| (article, (1..=count.parse().unwrap()).collect()))
        .collect();
    assert_eq!(found, expected);
}

/// Whether a label is a word and a number, such as `Article 12`.
fn is_numbered(label: &str, word: &str) -> bool {
    let number = label
        .strip_prefix(word)
        .and_then(|rest| rest.strip_prefix(' '));
    number.is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

mod needs_shared {
    use super::*;

    #[test]
    #[ignore = "needs ../shared"]
    fn every_paragraph_and_point_of_the_gdpr_is_found() {
        let cut = cut("GDPR_en_eurlex.html");
        check_paragraphs(&cut, "Article ", GDPR_PARAGRAPHS);
        let labels = labels(&cut, Granularity::Item);
        let recitals: Vec<&String> = labels
            .iter()
            .filter(|label| label.starts_with("Recital"))
            .collect();
        let expected: Vec<String> = (1..=173).map(|n| format!("Recital {n}")).collect();
        assert!(recitals.into_iter().eq(&expected), "173 recitals in order");
        let points: BTreeSet<String> = labels
            .iter()
            .filter_map(|label| label.strip_prefix("Article ").map(str::to_owned))
            .filter(|path| path.trim_end_matches(')').ends_with(char::is_alphabetic))
            .collect();
        let mut expected = BTreeSet::new();
        for list in GDPR_LISTS.split_whitespace() {
            let (stem, last) = list.split_at(list.len() - 1);
            let last = last.chars().next().unwrap();
            expected.extend(('a'..=last).map(|letter| format!("{stem}({letter})")));
        }
        assert_eq!(points, expected);
        assert!(cut.diagnostics.is_empty(), "{:?}", cut.diagnostics);
    }

    #[test]
    #[ignore = "needs ../shared"]
    fn every_paragraph_of_an_agreement_out_of_a_pdf_is_found() {
        let cut = cut("bbnj-agreement-2023.pdftotext.txt");
        check_paragraphs(&cut, "Article ", BBNJ_PARAGRAPHS);
        let labels = labels(&cut, Granularity::Item);
        let criteria: Vec<&String> = labels
            .iter()
            .filter(|label| label.starts_with("ANNEX I("))
            .collect();
        let expected: Vec<String> = ('a'..='v').map(|n| format!("ANNEX I({n})")).collect();
        assert!(criteria.into_iter().eq(&expected), "22 criteria in order");
    }

    #[test]
    #[ignore = "needs ../shared"]
    fn every_article_of_a_treaty_in_pdf_is_there_once_and_in_order() {
        let documents: [(&str, &[(&str, u32)]); 5] = [
            (
                "unclos-1982.pdf",
                &[
                    ("Article", 320),
                    ("ANNEX III Article", 22),
                    ("ANNEX IV Article", 13),
                    ("ANNEX V Article", 14),
                    ("ANNEX VI Article", 41),
                    ("ANNEX VII Article", 13),
                    ("ANNEX VIII Article", 5),
                    ("ANNEX IX Article", 8),
                ],
            ),
            (
                "fish-stocks-agreement-1995.pdf",
                &[("Article", 50), ("ANNEX I Article", 7)],
            ),
            ("bbnj-agreement-2023.pdf", &[("Article", 76)]),
            ("bbnj-agreement-2023-ru.pdf", &[("Статья", 76)]),
            (
                "ai_CoE_Framework_Convention_AI_2024_EN.pdf",
                &[("Article", 36)],
            ),
        ];
        for (file, counts) in documents {
            let cut = cut(file);
            let labels = labels(&cut, Granularity::Article);
            for (word, n) in counts {
                let found = labels.iter().filter(|label| is_numbered(label, word));
                let expected: Vec<String> =
                    (1..=*n).map(|number| format!("{word} {number}")).collect();
                let found: Vec<&String> = found.collect();
                assert!(
                    found.iter().copied().eq(&expected),
                    "{file}: {word}: {found:?}"
                );
            }
        }
    }

    #[test]
    #[ignore = "needs ../shared"]
    fn every_paragraph_of_an_agreement_in_pdf_is_found() {
        let cut = cut("bbnj-agreement-2023.pdf");
        check_paragraphs(&cut, "Article ", BBNJ_PARAGRAPHS);
    }

    #[test]
    #[ignore = "needs ../shared"]
    fn every_article_of_the_charter_is_found_in_four_languages() {
        // These files have lost the numbers of the paragraphs, so that an article is one passage.
        let files = [
            ("un_charter_en.txt", "Article"),
            ("un_charter_es.txt", "Artículo"),
            ("un_charter_ru.txt", "Статья"),
            ("un_charter_ar.txt", "المادة"),
        ];
        for (file, word) in files {
            let cut = cut(file);
            let expected: Vec<String> = (1..=111).map(|n| format!("{word} {n}")).collect();
            assert_eq!(labels(&cut, Granularity::Paragraph), expected, "{file}");
            assert!(cut.diagnostics.is_empty(), "{file}: {:?}", cut.diagnostics);
        }
    }

    #[test]
    #[ignore = "needs ../shared"]
    fn every_article_of_a_constitution_whose_numbers_stand_alone_is_found() {
        let cut = cut("constitution_kenya.txt");
        let labels = labels(&cut, Granularity::Article);
        let is_number = |label: &&String| label.bytes().all(|byte| byte.is_ascii_digit());
        let articles: Vec<&String> = labels.iter().filter(is_number).collect();
        let expected: Vec<String> = (1..=264).map(|n| n.to_string()).collect();
        assert!(articles.into_iter().eq(&expected), "264 articles in order");
        // The document itself leaves out four numbers and repeats two.
        assert!(cut.diagnostics.len() <= 6, "{:?}", cut.diagnostics);
    }
}
