//! Every kind of query against a plain scan of the texts: the same clauses, the same words marked;
//! also after agreements were added, replaced and removed one by one.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use consonance::corpus::{Corpus, LoadParams};
use consonance::id::AgreementId;
use consonance::index::{ClauseIndex, IndexFolder, IndexParams, SearchParams, SearchResult};
use consonance::language::Language;
use consonance::term::{Analyzer, Token};
use proptest::prelude::*;

/// Invented words, some of them but a letter or an ending apart.
const WORDS: [&str; 14] = [
    "balu", "bala", "balum", "blau", "corvin", "corvan", "corva", "dastel", "destal", "emrik",
    "fonde", "fond", "gorval", "the",
];

const PROCESSES: [&str; 3] = ["Alpha", "Beta Forum", "Gamma"];

/// Expressions, and what they mean in plain words.
type Meaning = fn(&str) -> bool;
const EXPRESSIONS: [(&str, Meaning); 4] = [
    ("ba.*", |word| word.starts_with("ba")),
    ("c.rv(in|an)", |word| matches!(word, "corvin" | "corvan")),
    ("[a-e]+l", |word| {
        word.ends_with('l')
            && word[..word.len() - 1]
                .chars()
                .all(|c| ('a'..='e').contains(&c))
    }),
    (".{4}", |word| word.chars().count() == 4),
];

const WILDCARDS: [&str; 6] = ["b*u", "?alu", "c*rv*", "d?st?l", "*on*", "fond?"];

/// Texts by agreement.
type Texts = BTreeMap<usize, Vec<Vec<usize>>>;

/// A query as a tree, to be written out and to be answered by a scan.
#[derive(Clone, Debug)]
enum Ask {
    Word(usize),
    Prefix(usize, usize),
    Wildcard(usize),
    Fuzzy(usize, usize),
    Regex(usize),
    Phrase(Vec<usize>, usize),
    Process(usize),
    Years(i32, i32),
    And(Box<Ask>, Box<Ask>),
    Or(Box<Ask>, Box<Ask>),
    Not(Box<Ask>),
    Signs(Box<Ask>, Box<Ask>, Box<Ask>),
}

fn asks() -> impl Strategy<Value = Ask> {
    // Without the stop word, which is no query of its own.
    let word = || 0..WORDS.len() - 1;
    let leaf = prop_oneof![
        3 => word().prop_map(Ask::Word),
        1 => (word(), 1_usize..4).prop_map(|(word, n)| Ask::Prefix(word, n)),
        1 => (0..WILDCARDS.len()).prop_map(Ask::Wildcard),
        2 => (word(), 1_usize..3).prop_map(|(word, n)| Ask::Fuzzy(word, n)),
        1 => (0..EXPRESSIONS.len()).prop_map(Ask::Regex),
        3 => (prop::collection::vec(word(), 1..4), 0_usize..4).prop_map(|(w, s)| Ask::Phrase(w, s)),
        1 => (0..PROCESSES.len()).prop_map(Ask::Process),
        1 => (2000..2006, 0..4).prop_map(|(first, n)| Ask::Years(first, first + n)),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let one = || inner.clone().prop_map(Box::new);
        prop_oneof![
            (one(), one()).prop_map(|(a, b)| Ask::And(a, b)),
            (one(), one()).prop_map(|(a, b)| Ask::Or(a, b)),
            one().prop_map(Ask::Not),
            (one(), one(), one()).prop_map(|(a, b, c)| Ask::Signs(a, b, c)),
        ]
    })
}

impl Ask {
    fn write(&self) -> String {
        match self {
            Self::Word(word) => WORDS[*word].to_owned(),
            Self::Prefix(word, n) => format!("{}*", &WORDS[*word][..*n]),
            Self::Wildcard(wildcard) => WILDCARDS[*wildcard].to_owned(),
            Self::Fuzzy(word, edits) => format!("{}~{edits}", WORDS[*word]),
            Self::Regex(expression) => format!("/{}/", EXPRESSIONS[*expression].0),
            Self::Phrase(words, slop) => {
                let words: Vec<&str> = words.iter().map(|&word| WORDS[word]).collect();
                format!("\"{}\"~{slop}", words.join(" "))
            }
            Self::Process(process) => format!("(process:\"{}\")", PROCESSES[*process]),
            Self::Years(first, last) => format!("(year:{first}..{last})"),
            Self::And(a, b) => format!("({} AND {})", a.write(), b.write()),
            Self::Or(a, b) => format!("({} OR {})", a.write(), b.write()),
            Self::Not(a) => format!("(NOT {})", a.write()),
            Self::Signs(a, b, c) => format!("(+({}) ({}) -({}))", a.write(), b.write(), c.write()),
        }
    }
}

/// A clause for the scan.
struct Plain {
    tokens: Vec<Token>,
    words: Vec<(Range<usize>, String)>,
    process: usize,
    year: i32,
}

impl Plain {
    fn of(corpus: &Corpus, analyzer: &Analyzer) -> Vec<Self> {
        let plain = |id| {
            let text: &str = corpus.text(id);
            let agreement = corpus.agreement(corpus.clause(id).agreement);
            let name = &corpus.process(agreement.process).name;
            let mut start = 0;
            let words = text.split(' ').map(|word| {
                let range = start..start + word.len();
                start += word.len() + 1;
                (range, word.to_lowercase())
            });
            Self {
                tokens: analyzer.analyze(text, Language::ENGLISH),
                words: words.collect(),
                process: PROCESSES.iter().position(|other| other == name).unwrap(),
                year: agreement.metadata.year.unwrap(),
            }
        };
        corpus.clause_ids().map(plain).collect()
    }

    /// The bytes that a query marks; nothing if it does not match.
    fn mark(&self, ask: &Ask, analyzer: &Analyzer) -> Option<Vec<Range<usize>>> {
        match ask {
            Ask::Word(word) => self.phrase(&[*word], 0, analyzer),
            Ask::Phrase(words, slop) => self.phrase(words, *slop, analyzer),
            Ask::Prefix(word, n) => self.spelling(|w| w.starts_with(&WORDS[*word][..*n])),
            Ask::Wildcard(wildcard) => {
                let pattern: Vec<char> = WILDCARDS[*wildcard].chars().collect();
                self.spelling(|word| is_like(&pattern, &word.chars().collect::<Vec<_>>()))
            }
            Ask::Fuzzy(word, edits) => self.spelling(|w| distance(WORDS[*word], w) <= *edits),
            Ask::Regex(expression) => self.spelling(EXPRESSIONS[*expression].1),
            Ask::Process(process) => (self.process == *process).then(Vec::new),
            Ask::Years(first, last) => (*first..=*last).contains(&self.year).then(Vec::new),
            Ask::Not(a) => self.mark(a, analyzer).is_none().then(Vec::new),
            Ask::And(a, b) => {
                let (a, b) = (self.mark(a, analyzer)?, self.mark(b, analyzer)?);
                Some([a, b].concat())
            }
            Ask::Or(a, b) => match (self.mark(a, analyzer), self.mark(b, analyzer)) {
                (None, None) => None,
                (a, b) => Some([a.unwrap_or_default(), b.unwrap_or_default()].concat()),
            },
            Ask::Signs(must, may, never) => {
                if self.mark(never, analyzer).is_some() {
                    return None;
                }
                let may = self.mark(may, analyzer).unwrap_or_default();
                Some([self.mark(must, analyzer)?, may].concat())
            }
        }
    }

    fn spelling(&self, is_like: impl Fn(&str) -> bool) -> Option<Vec<Range<usize>>> {
        let words = self.words.iter().filter(|(_, word)| is_like(word));
        let ranges: Vec<_> = words.map(|(range, _)| range.clone()).collect();
        (!ranges.is_empty()).then_some(ranges)
    }

    fn phrase(
        &self,
        words: &[usize],
        slop: usize,
        analyzer: &Analyzer,
    ) -> Option<Vec<Range<usize>>> {
        let words: Vec<&str> = words.iter().map(|&word| WORDS[word]).collect();
        let tokens = analyzer.analyze(&words.join(" "), Language::ENGLISH);
        let terms: Vec<&str> = tokens.iter().map(|token| token.term.as_str()).collect();
        let mut ranges = Vec::new();
        for (place, token) in self.tokens.iter().enumerate() {
            if token.term == terms[0] {
                let mut matched = vec![place];
                if self.follows(&terms[1..], slop, &mut matched) {
                    ranges.extend(
                        matched
                            .iter()
                            .map(|&place| self.tokens[place].range.clone()),
                    );
                }
            }
        }
        (!ranges.is_empty()).then_some(ranges)
    }

    /// Tries every way to go on, the nearest first.
    fn follows(&self, terms: &[&str], slop: usize, matched: &mut Vec<usize>) -> bool {
        let Some(wanted) = terms.first() else {
            return true;
        };
        let last = *matched.last().unwrap();
        for next in last + 1..self.tokens.len() {
            let n_between = self.tokens[next].position - self.tokens[last].position - 1;
            if n_between > slop {
                return false;
            }
            if self.tokens[next].term == *wanted {
                matched.push(next);
                if self.follows(&terms[1..], slop - n_between, matched) {
                    return true;
                }
                matched.pop();
            }
        }
        false
    }
}

fn is_like(pattern: &[char], word: &[char]) -> bool {
    match (pattern.first(), word.first()) {
        (None, None) => true,
        (Some('*'), _) => {
            is_like(&pattern[1..], word) || (!word.is_empty() && is_like(pattern, &word[1..]))
        }
        (Some('?'), Some(_)) => is_like(&pattern[1..], &word[1..]),
        (Some(a), Some(b)) => a == b && is_like(&pattern[1..], &word[1..]),
        _ => false,
    }
}

/// Insertions, deletions, replacements and swaps of neighbors that turn one word into the other.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            if i == 0 || j == 0 {
                table[i][j] = i + j;
                continue;
            }
            let replaced = table[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(table[i - 1][j] + 1).min(table[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(table[i - 2][j - 2] + 1);
            }
            table[i][j] = least;
        }
    }
    table[a.len()][b.len()]
}

fn joined(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| range.start);
    ranges.dedup();
    ranges
}

fn load(texts: &Texts, folder: &Path) -> Corpus {
    let mut lines = String::new();
    for (agreement, clauses) in texts {
        for (place, words) in clauses.iter().enumerate() {
            let words: Vec<&str> = words.iter().map(|&word| WORDS[word]).collect();
            let line = serde_json::json!({
                "id": format!("{agreement}/{place:03}"), "agreement": format!("text{agreement}"),
                "process": PROCESSES[agreement % 3], "year": 2000 + agreement, "lang": "en",
                "text": words.join(" "),
            });
            lines += &line.to_string();
            lines.push('\n');
        }
    }
    let file = folder.join("clauses.jsonl");
    fs::write(&file, lines).unwrap();
    Corpus::load(&[file], &LoadParams::default()).unwrap()
}

fn ask(index: &ClauseIndex, query: &str) -> SearchResult {
    let mut params = SearchParams::default();
    params.limit = 1000;
    index
        .search(query, &params)
        .unwrap_or_else(|error| panic!("{query}: {error}"))
}

fn clauses() -> impl Strategy<Value = Vec<Vec<usize>>> {
    prop::collection::vec(prop::collection::vec(0..WORDS.len(), 1..12), 1..8)
}

fn check_against_scan(
    index: &ClauseIndex,
    corpus: &Corpus,
    asks: &[Ask],
) -> Result<(), TestCaseError> {
    let analyzer = Analyzer::default();
    let plain = Plain::of(corpus, &analyzer);
    for one in asks {
        let query = one.write();
        let mut found = ask(index, &query).hits;
        found.sort_by_key(|hit| hit.clause_id);
        let expected: Vec<(usize, Vec<Range<usize>>)> = plain
            .iter()
            .enumerate()
            .filter_map(|(id, clause)| Some((id, joined(clause.mark(one, &analyzer)?))))
            .collect();
        let found: Vec<(usize, Vec<Range<usize>>)> = found
            .into_iter()
            .map(|hit| (hit.clause_id.index(), hit.highlights))
            .collect();
        prop_assert_eq!(found, expected, "{}", query);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn every_kind_of_query_finds_and_marks_what_a_scan_does(
        texts in prop::collection::btree_map(0_usize..6, clauses(), 1..6),
        asks in prop::collection::vec(asks(), 12),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let corpus = load(&texts, folder.path());
        let index =
            ClauseIndex::build(&corpus, &Analyzer::default(), &IndexParams::default()).unwrap();
        check_against_scan(&index, &corpus, &asks)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn an_index_changed_step_by_step_answers_as_one_made_anew(
        first in prop::collection::btree_map(0_usize..6, clauses(), 2..5),
        changes in prop::collection::vec((0_usize..6, prop::option::weighted(0.7, clauses())), 1..7),
        asks in prop::collection::vec(asks(), 8),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let analyzer = Analyzer::default();
        let mut texts = first;
        let mut params = IndexParams::default();
        params.directory = Some(folder.path().join("index"));
        ClauseIndex::build(&load(&texts, folder.path()), &analyzer, &params).unwrap();
        let kept = IndexFolder::new(&folder.path().join("index"), &analyzer);
        let mut index = kept.open().unwrap();
        for (agreement, change) in changes {
            match change {
                Some(clauses) => {
                    let alone = Texts::from([(agreement, clauses.clone())]);
                    kept.put(&load(&alone, folder.path()), AgreementId::new(0)).unwrap();
                    texts.insert(agreement, clauses);
                }
                None if texts.len() > 1 => {
                    let changes = kept.remove(&format!("text{agreement}")).unwrap();
                    prop_assert_eq!(!changes.is_empty(), texts.remove(&agreement).is_some());
                }
                None => {}
            }
            index.reload().unwrap();
        }
        let corpus = load(&texts, folder.path());
        let anew = ClauseIndex::build(&corpus, &analyzer, &IndexParams::default()).unwrap();
        prop_assert!(index.is_of(&corpus));
        for one in &asks {
            let query = one.write();
            prop_assert_eq!(ask(&index, &query), ask(&anew, &query), "{}", query);
        }
        check_against_scan(&index, &corpus, &asks)?;
    }
}
