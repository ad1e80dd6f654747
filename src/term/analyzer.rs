//! [`Analyzer`]: a text into terms with their places in the original.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::language::Language;
use crate::term::genre::Genre;
use crate::term::normal::normal_form;
use crate::term::phrase::PhraseMap;
use crate::term::stem::stem;
use crate::term::stop::stop_words;
use crate::term::thesaurus::Thesaurus;
use crate::words::{
    RawWord, StableHash, WordMemory, each_plain_word, each_raw_word, fold_accents, raw_words,
};

/// A term of a text, and the bytes of the original it stands for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Token {
    /// The term: stemmed, lower case, spelling made one.
    pub term: String,
    /// The bytes of the text, on character boundaries, in order and not overlapping.
    pub range: Range<usize>,
    /// The number of the word in the text once variants are made one, from 0; stop words count, so
    /// that phrases keep their gaps.
    pub position: usize,
    /// How much an occurrence counts in a vector: 1, less for words of the genre, 0 for bare
    /// numbers and single letters.
    pub weight: f32,
}

/// What an [`Analyzer`] takes for one term, and what it holds for mere genre.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct AnalyzerParams {
    /// Words and phrases that count as one term; none by default.
    pub thesaurus: Thesaurus,
    /// Words that every agreement uses.
    pub genre: Genre,
    /// What is a word, and what becomes of it.
    pub words: WordForm,
}

/// What is a word, and what becomes of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum WordForm {
    /// Words as their language has them: spelling made one, stemmed, stop words left out, bare
    /// numbers and single letters without weight. The default.
    #[default]
    Stemmed,
    /// Runs of letters and digits in lower case, as common counters of words take them: to compare
    /// with what those give.
    Plain {
        /// The words, in lower case, that are left out.
        stop_words: Vec<String>,
    },
}

/// Turns texts into terms.
///
/// Words are those of Unicode Standard Annex 29; scripts without spaces give one word a character.
/// A word costs one look-up; each distinct word is normalized and stemmed once a batch. What was
/// learned of words from one text is kept for the next.
#[derive(Debug, Default)]
pub struct Analyzer {
    params: AnalyzerParams,
    rules: RwLock<BTreeMap<Language, Arc<Rules>>>,
    /// Batches that are over, to be taken up again.
    spare: Mutex<Vec<Session>>,
}

/// A batch that knows more words than this is not kept: texts without end must not fill memory.
const MAX_KEPT_WORDS: usize = 200_000;
/// The most batches that are kept.
const MAX_KEPT: usize = 256;

/// What an analyzer knows of one language.
#[derive(Debug)]
struct Rules {
    language: Language,
    stop_words: HashSet<String>,
    /// Normal words of a form to the words of its term.
    variants: PhraseMap<Vec<String>>,
    /// Stems of words and phrases of the genre.
    genre: PhraseMap<()>,
    genre_weight: f32,
    is_plain: bool,
}

impl Analyzer {
    /// Returns an analyzer.
    pub fn new(params: AnalyzerParams) -> Self {
        Self {
            params,
            rules: RwLock::default(),
            spare: Mutex::default(),
        }
    }

    /// Returns the parameters it was made with.
    pub fn params(&self) -> &AnalyzerParams {
        &self.params
    }

    /// Returns the terms of a text in one language, in order, without stop words.
    ///
    /// A phrase that the thesaurus takes for another gives the words of that other; their ranges
    /// share the phrase's bytes out among them.
    pub fn analyze(&self, text: &str, language: Language) -> Vec<Token> {
        let mut session = self.take_session(language);
        let words = session.rewrite(text).words;
        let tokens = words
            .iter()
            .enumerate()
            .filter(|(_, word)| !word.kind.is_stop)
            .map(|(position, word)| session.token(position, word))
            .collect();
        self.give_back(session);
        tokens
    }

    /// Returns the terms a search index needs: those of [`analyze`](Self::analyze), and beside each
    /// term that stands for a phrase the phrase's own words, so that both are found.
    ///
    /// The own words have ranges within the phrase, which overlap the term's, and positions of the
    /// term; the order is by position.
    pub fn analyze_for_search(&self, text: &str, language: Language) -> Vec<Token> {
        let mut session = self.take_session(language);
        let rewritten = session.rewrite(text);
        let tokens = session.search_tokens(rewritten, |_| true);
        self.give_back(session);
        tokens
    }

    /// Returns those of [`analyze_for_search`](Self::analyze_for_search) whose term is wanted, without
    /// regard to the genre in their weights; the others cost nothing but their look-up.
    pub(crate) fn tokens_for_search(
        &self,
        text: &str,
        language: Language,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Vec<Token> {
        let mut session = self.take_session(language);
        let rewritten = session.words_as_one(text);
        let tokens = session.search_tokens(rewritten, is_wanted);
        self.give_back(session);
        tokens
    }

    /// Calls `each` with the bytes of each place of a text where these terms stand in a row, terms
    /// without weight and stop words aside.
    pub(crate) fn each_run(
        &self,
        text: &str,
        language: Language,
        terms: &[&str],
        mut each: impl FnMut(Range<usize>),
    ) {
        let mut session = self.take_session(language);
        let mut words = session.rewrite(text).words;
        words.retain(|word| word.weight > 0.0 && !word.kind.is_stop);
        for run in words.windows(terms.len().max(1)) {
            let mut pairs = run.iter().zip(terms);
            if pairs.all(|(word, term)| session.entry(word.entry).term == *term) {
                each(run[0].range.start..run[run.len() - 1].range.end);
            }
        }
        self.give_back(session);
    }

    /// Returns a line that names the analyzer, its version and its settings: two analyzers with the
    /// same line give the same terms. A saved index keeps it and refuses another.
    pub fn signature(&self) -> String {
        let settings = StableHash::of(format!("{:?}", self.params).bytes());
        format!("consonance-terms/1 {}", settings.digits())
    }

    /// Starts a batch of texts of one language, of which each distinct word is worked out once.
    fn session(&self, language: Language) -> Session {
        Session {
            rules: self.rules_of(language),
            memory: WordMemory::default(),
            entries: Vec::new(),
            kinds: Vec::new(),
        }
    }

    /// Takes up a batch that is over, or starts one.
    pub(crate) fn take_session(&self, language: Language) -> Session {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let place = spare
            .iter()
            .rposition(|session| session.rules.language == language);
        if let Some(place) = place {
            return spare.swap_remove(place);
        }
        drop(spare);
        self.session(language)
    }

    pub(crate) fn give_back(&self, session: Session) {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < MAX_KEPT && session.entries.len() <= MAX_KEPT_WORDS {
            spare.push(session);
        }
    }

    fn rules_of(&self, language: Language) -> Arc<Rules> {
        let known = self
            .rules
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&language)
            .cloned();
        known.unwrap_or_else(|| {
            let rules = Arc::new(Rules::new(&self.params, language));
            let mut all = self.rules.write().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(language).or_insert(rules))
        })
    }
}

impl Rules {
    /// Works out what is to be known of a word.
    fn entry(&self, spelling: &str) -> (Entry, Kind) {
        if self.is_plain {
            let term = spelling.to_lowercase();
            let kind = Kind {
                may_start_variant: self.variants.has_start(&term),
                may_start_genre: self.genre.has_start(&term),
                weight: 1.0,
                is_stop: self.stop_words.contains(&term),
            };
            let normal = term.clone();
            return (Entry { normal, term }, kind);
        }
        let normal = normal_form(spelling, self.language);
        let folded = fold_accents(&normal, self.language);
        let term = fold_accents(&stem(&normal, self.language), self.language);
        // An accent that stands alone folds to nothing.
        let is_stop = term.is_empty() || self.stop_words.contains(&folded);
        let has_meaning =
            term.chars().any(char::is_alphabetic) && !(term.len() == 1 && term.is_ascii());
        let kind = Kind {
            may_start_variant: self.variants.has_start(&normal),
            may_start_genre: self.genre.has_start(&term),
            weight: if has_meaning { 1.0 } else { 0.0 },
            is_stop,
        };
        (Entry { normal, term }, kind)
    }

    fn new(params: &AnalyzerParams, language: Language) -> Self {
        let normal_words = |text: &str| -> Vec<String> {
            raw_words(text)
                .iter()
                .map(|word| normal_form(&word.spelling, language))
                .collect()
        };
        let mut variants = PhraseMap::default();
        for variant in params.thesaurus.variants() {
            let term: Vec<String> = raw_words(&variant.term)
                .into_iter()
                .map(|word| word.spelling.into())
                .collect();
            for form in variant.forms.iter().filter(|_| !term.is_empty()) {
                variants.insert(normal_words(form), term.clone());
            }
        }
        let mut genre = PhraseMap::default();
        if language == Language::ENGLISH {
            for phrase in &params.genre.phrases {
                let stems = normal_words(phrase)
                    .iter()
                    .map(|word| stem(word, language))
                    .collect();
                genre.insert(stems, ());
            }
        }
        let (stop_words, is_plain) = match &params.words {
            WordForm::Stemmed => (stop_words(language), false),
            WordForm::Plain { stop_words } => (stop_words.iter().cloned().collect(), true),
        };
        Self {
            language,
            stop_words,
            variants,
            genre,
            genre_weight: params.genre.weight,
            is_plain,
        }
    }
}

/// A batch of texts of one language: a memory of the words met so far.
#[derive(Debug)]
pub(crate) struct Session {
    rules: Arc<Rules>,
    memory: WordMemory,
    /// What each word of the memory stands for, by its number.
    entries: Vec<Entry>,
    /// What kind of word it is: apart, since little memory is touched for most words.
    kinds: Vec<Kind>,
}

/// What a word stands for.
#[derive(Debug)]
pub(crate) struct Entry {
    normal: String,
    pub(crate) term: String,
}

/// What kind of word it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kind {
    pub(crate) is_stop: bool,
    may_start_variant: bool,
    may_start_genre: bool,
    weight: f32,
}

/// A word of a text once variants are made one.
#[derive(Clone, Debug)]
pub(crate) struct Word {
    pub(crate) entry: u32,
    pub(crate) kind: Kind,
    pub(crate) range: Range<usize>,
    /// How much it counts here: less in a phrase of the genre.
    pub(crate) weight: f32,
}

/// The words of a text once variants are made one, and the words that gave way.
#[derive(Clone, Debug, Default)]
pub(crate) struct Rewritten {
    pub(crate) words: Vec<Word>,
    /// Each with the place among `words` of what it gave way to.
    replaced: Vec<(usize, Word)>,
}

impl Rewritten {
    /// Returns the words with their positions, beside each that stands for a phrase the phrase's own.
    fn for_search(self) -> Vec<(usize, Word)> {
        let words = self.words.into_iter().enumerate();
        if self.replaced.is_empty() {
            return words.collect();
        }
        let mut placed: Vec<(usize, Word)> = words.chain(self.replaced).collect();
        placed.sort_by_key(|(position, _)| *position);
        placed
    }
}

impl Session {
    pub(crate) fn entry(&self, entry: u32) -> &Entry {
        &self.entries[entry as usize]
    }

    /// Returns the terms of all words met so far, by entry.
    pub(crate) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Returns the words of a text, stop words among them, variants made one, genre words weighed.
    pub(crate) fn rewrite(&mut self, text: &str) -> Rewritten {
        let mut rewritten = self.words_as_one(text);
        self.weigh_genre(&mut rewritten.words);
        rewritten
    }

    /// Returns the words of a text, stop words among them, variants made one.
    fn words_as_one(&mut self, text: &str) -> Rewritten {
        let words = self.words_of(text);
        self.with_variants_as_one(text, words)
    }

    /// Returns the tokens of the words that are wanted and of those that gave way, by position.
    fn search_tokens(&self, rewritten: Rewritten, is_wanted: impl Fn(&str) -> bool) -> Vec<Token> {
        let placed = rewritten.for_search().into_iter();
        placed
            .filter(|(_, word)| !word.kind.is_stop && is_wanted(&self.entry(word.entry).term))
            .map(|(position, word)| self.token(position, &word))
            .collect()
    }

    /// Calls `each` with the terms of [`Analyzer::analyze_for_search`] and their positions, in order;
    /// returns how many there are.
    pub(crate) fn each_search_term(
        &mut self,
        text: &str,
        mut each: impl FnMut(&str, usize),
    ) -> usize {
        let mut n_terms = 0;
        for (position, word) in self.words_as_one(text).for_search() {
            if !word.kind.is_stop {
                each(&self.entry(word.entry).term, position);
                n_terms += 1;
            }
        }
        n_terms
    }

    fn token(&self, position: usize, word: &Word) -> Token {
        Token {
            term: self.entry(word.entry).term.clone(),
            range: word.range.clone(),
            position,
            weight: word.weight,
        }
    }

    fn words_of(&mut self, text: &str) -> Vec<Word> {
        let mut words = Vec::with_capacity(text.len() / 5);
        let is_plain = self.rules.is_plain;
        let push = |raw: RawWord<'_>| {
            words.push(self.word(&raw.spelling, raw.range));
        };
        if is_plain {
            each_plain_word(text, push);
        } else {
            each_raw_word(text, push);
        }
        words
    }

    fn word(&mut self, spelling: &str, range: Range<usize>) -> Word {
        let entry = self.memory.number_of(spelling, || {
            let (entry, kind) = self.rules.entry(spelling);
            self.entries.push(entry);
            self.kinds.push(kind);
        });
        let kind = self.kinds[entry as usize];
        Word {
            entry,
            kind,
            range,
            weight: kind.weight,
        }
    }

    fn with_variants_as_one(&mut self, text: &str, words: Vec<Word>) -> Rewritten {
        if !words.iter().any(|word| word.kind.may_start_variant) {
            return Rewritten {
                words,
                replaced: Vec::new(),
            };
        }
        let rules = Arc::clone(&self.rules);
        let mut rewritten = Rewritten::default();
        let mut place = 0;
        while place < words.len() {
            let normal_at = |i: usize| {
                words
                    .get(i)
                    .map(|word| self.entry(word.entry).normal.as_str())
            };
            let starts = words[place].kind.may_start_variant;
            let found = starts.then(|| rules.variants.longest_at(place, normal_at));
            if let Some((n_words, term)) = found.flatten() {
                let form = &words[place..place + n_words];
                self.push_term(&mut rewritten, text, (form, term));
                place += n_words;
            } else {
                rewritten.words.push(words[place].clone());
                place += 1;
            }
        }
        rewritten
    }

    /// Appends the words of `term` in place of those of `form`, sharing the form's bytes out.
    fn push_term(
        &mut self,
        rewritten: &mut Rewritten,
        text: &str,
        (form, term): (&[Word], &[String]),
    ) {
        let start = rewritten.words.len();
        let ranges = shared_out(text, form, term.len());
        for (spelling, range) in term.iter().zip(ranges) {
            rewritten.words.push(self.word(spelling, range));
        }
        let last = rewritten.words.len() - 1;
        let own_words = form
            .iter()
            .enumerate()
            .map(|(i, word)| ((start + i).min(last), word.clone()));
        rewritten.replaced.extend(own_words);
    }

    fn weigh_genre(&self, words: &mut [Word]) {
        let mut place = 0;
        while place < words.len() {
            let term_at = |i: usize| {
                words
                    .get(i)
                    .map(|word| self.entry(word.entry).term.as_str())
            };
            let n_words = if words[place].kind.may_start_genre {
                self.rules
                    .genre
                    .longest_at(place, term_at)
                    .map_or(0, |(n_words, ())| n_words)
            } else {
                0
            };
            for word in &mut words[place..place + n_words] {
                word.weight *= self.rules.genre_weight;
            }
            place += n_words.max(1);
        }
    }
}

/// Returns `n` ranges that cover the words of `form` in order: one a word, the last taking what is
/// left; where there are more ranges than words, the form's characters are shared out.
fn shared_out(text: &str, form: &[Word], n: usize) -> Vec<Range<usize>> {
    let (Some(first), Some(last)) = (form.first(), form.last()) else {
        return Vec::new();
    };
    let (start, end) = (first.range.start, last.range.end);
    if n <= form.len() {
        let mut ranges: Vec<Range<usize>> =
            form[..n].iter().map(|word| word.range.clone()).collect();
        if let Some(range) = ranges.last_mut() {
            range.end = end;
        }
        return ranges;
    }
    let mut bounds: Vec<usize> = text[start..end]
        .char_indices()
        .map(|(i, _)| start + i)
        .collect();
    bounds.push(end);
    let n_chars = bounds.len() - 1;
    let n_ranges = n.min(n_chars);
    (0..n_ranges)
        .map(|i| bounds[i * n_chars / n_ranges]..bounds[(i + 1) * n_chars / n_ranges])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn terms(text: &str) -> Vec<String> {
        let thesaurus = Thesaurus::parse(
            "[[variant]]\nterm = \"ict\"\nforms = [\"icts\", \"information and communications technologies\"]\n\
             [[variant]]\nterm = \"confidence building measure\"\nforms = [\"cbm\", \"cbms\"]\n",
        );
        let params = AnalyzerParams {
            thesaurus: thesaurus.unwrap(),
            ..AnalyzerParams::default()
        };
        let tokens = Analyzer::new(params).analyze(text, Language::ENGLISH);
        tokens.into_iter().map(|token| token.term).collect()
    }

    #[test]
    fn words_of_one_meaning_are_one_term() {
        let cases = [
            ("the ICTs of a State", "ict state"),
            ("Information and Communications Technologies", "ict"),
            ("CBMs", "confid build measur"),
            ("co-operation, cooperation", "cooper cooper"),
            (
                "cyber-attacks, cyberattacks and cyber attacks",
                "cyber attack cyber attack cyber attack",
            ),
            ("organisations and organizations", "organ organ"),
            ("shall not", "shall not"),
        ];
        for (text, expected) in cases {
            assert_eq!(terms(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn positions_count_stop_words_and_made_one_phrases() {
        let thesaurus =
            Thesaurus::parse("[[variant]]\nterm = \"ict\"\nforms = [\"digital technologies\"]\n");
        let params = AnalyzerParams {
            thesaurus: thesaurus.unwrap(),
            ..AnalyzerParams::default()
        };
        let tokens =
            Analyzer::new(params).analyze("use of digital technologies today", Language::ENGLISH);
        let positions: Vec<(&str, usize)> = tokens
            .iter()
            .map(|token| (token.term.as_str(), token.position))
            .collect();
        assert_eq!(positions, [("use", 0), ("ict", 2), ("today", 3)]);
    }

    #[test]
    fn a_search_finds_a_phrase_by_its_term_and_by_its_words() {
        let thesaurus =
            Thesaurus::parse("[[variant]]\nterm = \"ict\"\nforms = [\"digital technologies\"]\n");
        let params = AnalyzerParams {
            thesaurus: thesaurus.unwrap(),
            ..AnalyzerParams::default()
        };
        let tokens = Analyzer::new(params)
            .analyze_for_search("digital technologies today", Language::ENGLISH);
        let found: Vec<(&str, usize)> = tokens
            .iter()
            .map(|token| (token.term.as_str(), token.position))
            .collect();
        assert_eq!(
            found,
            [("ict", 0), ("digit", 0), ("technolog", 0), ("today", 1)]
        );
    }

    #[test]
    fn genre_words_weigh_less_and_numbers_nothing() {
        let tokens =
            Analyzer::default().analyze("States shall protect 2 hospitals", Language::ENGLISH);
        let weights: Vec<(&str, f32)> = tokens
            .iter()
            .map(|token| (token.term.as_str(), token.weight))
            .collect();
        let expected = [
            ("state", 0.3),
            ("shall", 0.3),
            ("protect", 1.0),
            ("2", 0.0),
            ("hospit", 1.0),
        ];
        assert_eq!(weights, expected);
    }

    #[test]
    fn scripts_without_spaces_give_a_word_a_character() {
        let chinese = Language::from_tag("zh").unwrap();
        let tokens = Analyzer::default().analyze("网络安全", chinese);
        assert_eq!(tokens.len(), 4);
    }

    #[test]
    fn the_signature_tells_settings_apart() {
        let plain = Analyzer::default().signature();
        let params = AnalyzerParams {
            genre: Genre::none(),
            ..AnalyzerParams::default()
        };
        assert_ne!(plain, Analyzer::new(params).signature());
        assert_eq!(plain, Analyzer::default().signature());
    }

    proptest! {
        #[test]
        fn ranges_slice_the_text_in_order(text in any::<String>(), code in "en|fr|tr|zh|el|ar") {
            let thesaurus = Thesaurus::parse("[[variant]]\nterm = \"a b c d\"\nforms = [\"x\", \"é y\"]\n");
            let params = AnalyzerParams { thesaurus: thesaurus.unwrap(), ..AnalyzerParams::default() };
            let text = format!("{text} x é y {text}");
            let mut end = 0;
            for token in Analyzer::new(params).analyze(&text, Language::from_tag(&code).unwrap()) {
                prop_assert!(token.range.start >= end && token.range.start < token.range.end);
                prop_assert!(text.get(token.range.clone()).is_some());
                prop_assert!(!token.term.is_empty());
                end = token.range.end;
            }
        }
    }
}
