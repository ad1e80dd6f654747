//! How fast texts are segmented into clauses: bytes per second on one core, for three kinds of text; and
//! how fast the kinds of the clauses are found: clauses per second.

use std::hint::black_box;

use consonance::clause::{ClauseKind, Granularity, Kinds, SegmentKind, segment};
use consonance::language::Language;
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};

/// The number of repetitions of the paragraphs of a text.
const N_CHAPTERS: usize = 400;

/// One text: its name, its bytes and its number of clauses.
struct Sample {
    name: &'static str,
    text: String,
    n_clauses: usize,
}

fn texts() -> Vec<Sample> {
    let mut articles = String::new();
    let mut paragraphs = String::new();
    let mut pages = String::new();
    for n in 1..=N_CHAPTERS {
        let article = format!(
            "Article {n}\nDuties of members\n\n1. Each member keeps its networks in good order, tells the others of what it has found out about threats to them, and takes part in the exercises that are held under Article 3 of this text in every second year.\n2. Members shall:\n(a) name an office that answers day and night, and tell the others where it is to be found;\n(b) train those who work there, as far as their means allow it;\n(c) report once a year on what the office has done.\n3. The office may ask the offices of other members for help, and gives help itself when it is asked, unless its own law forbids it.\n\n"
        );
        articles.push_str(&article);
        paragraphs.extend([format!(
            "{n}. The group looked at what members have done since its last report, noted that much remains to be done where means are small, and recalled that resolution 58/199 of the year before had asked for the same, without success so far. It found that trust grows slowly, that it is lost in a day, and that those who wish to keep it have to speak with one another before they are in need of it.\n\n"
        )]);
        pages.push_str(&filled(&article));
        pages.extend([format!("\n- {n} -\n\n")]);
    }
    vec![
        Sample {
            name: "articles",
            text: articles,
            n_clauses: 5 * N_CHAPTERS,
        },
        Sample {
            name: "paragraphs",
            text: paragraphs,
            n_clauses: N_CHAPTERS,
        },
        Sample {
            name: "pages",
            text: pages,
            n_clauses: 5 * N_CHAPTERS,
        },
    ]
}

/// Wraps lines at 72 characters.
fn filled(text: &str) -> String {
    let mut page = String::new();
    for line in text.lines() {
        let mut width = 0;
        for word in line.split(' ') {
            if width > 0 && width + 1 + word.len() > 72 {
                page.push('\n');
                width = 0;
            } else if width > 0 {
                page.push(' ');
                width += 1;
            }
            page.push_str(word);
            width += word.len();
        }
        page.push('\n');
    }
    page
}

fn n_clauses(text: &str) -> usize {
    let cut = segment(text, &[]);
    let is_clause = |kind: SegmentKind| kind == SegmentKind::Clause;
    cut.segments
        .iter()
        .filter(|part| is_clause(part.kind))
        .count()
}

fn cutting(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("segment");
    for text in texts() {
        assert_eq!(n_clauses(&text.text), text.n_clauses, "{}", text.name);
        group.throughput(Throughput::BytesDecimal(text.text.len() as u64));
        let id = BenchmarkId::from_parameter(text.name);
        group.bench_with_input(id, &text.text, |bencher, text| {
            bencher.iter(|| segment(black_box(text), &[]));
        });
    }
    group.finish();
}

fn passages(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("at");
    for text in texts().into_iter().take(1) {
        let cut = segment(&text.text, &[]);
        assert_eq!(cut.at(Granularity::Article).len(), N_CHAPTERS);
        group.throughput(Throughput::BytesDecimal(text.text.len() as u64));
        group.bench_function("article", |bencher| {
            bencher.iter(|| black_box(&cut).at(Granularity::Article));
        });
    }
    group.finish();
}

fn kinds(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("kinds");
    let english = Some(Language::ENGLISH);
    for text in texts() {
        let cut = segment(&text.text, &[]);
        let found = Kinds::of(&text.text, &cut, english);
        let kind_of_first = found.at(cut.segments[0].body.start).kind;
        assert!(kind_of_first != ClauseKind::Unknown, "{}", text.name);
        group.throughput(Throughput::Elements(text.n_clauses as u64));
        let id = BenchmarkId::from_parameter(text.name);
        group.bench_with_input(id, &text.text, |bencher, text| {
            bencher.iter(|| Kinds::of(black_box(text), &cut, english));
        });
    }
    group.finish();
}

criterion_group!(benches, cutting, passages, kinds);
criterion_main!(benches);
