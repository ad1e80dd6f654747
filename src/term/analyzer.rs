//! [`Analyzer`]: turns a text into terms with their positions in the original.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use crate::language::Language;
use crate::term::params::AnalyzerParams;
use crate::term::rules::Rules;
use crate::term::session::Session;
use crate::term::token::Token;
use crate::words::StableHash;

/// Turns texts into terms.
///
/// Words are those of Unicode Standard Annex 29; in scripts without spaces each character is a word.
/// Each distinct word is normalized and stemmed once per batch; later occurrences cost one look-up.
/// The results are kept for later texts.
#[derive(Debug, Default)]
pub struct Analyzer {
    params: AnalyzerParams,
    rules: RwLock<BTreeMap<Language, Arc<Rules>>>,
    /// Finished batches, kept for reuse.
    spare: Mutex<Vec<Session>>,
}

/// Batches with more distinct words than this are dropped, to bound memory.
const MAX_KEPT_WORDS: usize = 200_000;
/// The most batches kept.
const MAX_KEPT: usize = 256;

impl Analyzer {
    /// Returns an analyzer.
    pub fn new(params: AnalyzerParams) -> Self {
        Self {
            params,
            rules: RwLock::default(),
            spare: Mutex::default(),
        }
    }

    /// Returns the parameters.
    pub fn params(&self) -> &AnalyzerParams {
        &self.params
    }

    /// Returns the terms of a text in one language, in order, without stop words.
    ///
    /// A phrase that the thesaurus replaces gives the words of its term; their ranges divide the bytes of
    /// the phrase.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::language::Language;
    /// use consonance::term::{Analyzer, AnalyzerParams};
    ///
    /// let analyzer = Analyzer::new(AnalyzerParams::default());
    /// let tokens = analyzer.analyze("protecting the networks", Language::ENGLISH);
    /// let terms: Vec<&str> = tokens.iter().map(|token| token.term.as_str()).collect();
    /// assert_eq!(terms, ["protect", "network"]);
    /// assert_eq!(tokens[1].range, 15..23);
    /// ```
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

    /// Returns the tokens of [`all_tokens_for_search`](Self::all_tokens_for_search) whose term is wanted, with
    /// weights that ignore boilerplate words. Other words cost only their look-up.
    pub(crate) fn tokens_for_search(
        &self,
        text: &str,
        language: Language,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Vec<Token> {
        let mut session = self.take_session(language);
        let tokens = session.wanted_tokens(text, is_wanted);
        self.give_back(session);
        tokens
    }

    /// Returns the terms a search index needs: those of [`analyze`](Self::analyze) and, for each term that
    /// replaces a phrase, also the phrase's own words, so that both are found. A word one of whose other
    /// spellings has a wanted term has that term.
    ///
    /// The phrase's own words have ranges within the phrase, which overlap the term's, and the positions
    /// of the term. The order is by position.
    pub(crate) fn all_tokens_for_search(
        &self,
        text: &str,
        language: Language,
        is_wanted: impl Fn(&str) -> bool,
    ) -> Vec<Token> {
        let mut session = self.take_session(language);
        let rewritten = session.rewrite(text);
        let wanted = |term: &&String| is_wanted(term);
        let tokens = session.search_tokens(rewritten, |entry| {
            entry.terms().find(wanted).or(Some(&entry.term))
        });
        self.give_back(session);
        tokens
    }

    /// Returns the tokens of the words of a query, in each way in which they may be spelled: as typed, and
    /// without accents, points or particles.
    pub(crate) fn tokens_by_spelling(&self, text: &str, language: Language) -> Vec<Vec<Token>> {
        let mut session = self.take_session(language);
        let words = session.rewrite(text).words;
        let tokens = session.tokens_by_spelling(&words);
        self.give_back(session);
        tokens
    }

    /// Calls `each` with the byte ranges of each place where these terms follow one another in a text;
    /// terms without weight and stop words are skipped.
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

    /// Returns a line with the analyzer's version and settings. Analyzers with the same line give the same
    /// terms; a saved index keeps it and refuses another.
    pub fn signature(&self) -> String {
        let settings = StableHash::of(format!("{:?}", self.params).bytes());
        format!("consonance-terms/1 {}", settings.digits())
    }

    /// Takes a finished batch, or starts one.
    pub(crate) fn take_session(&self, language: Language) -> Session {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let place = spare
            .iter()
            .rposition(|session| session.language() == language);
        if let Some(place) = place {
            return spare.swap_remove(place);
        }
        drop(spare);
        Session::new(self.rules_of(language))
    }

    pub(crate) fn give_back(&self, session: Session) {
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < MAX_KEPT && session.entries().len() <= MAX_KEPT_WORDS {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::term::thesaurus::Thesaurus;
    use proptest::prelude::*;

    fn terms(text: &str) -> Vec<String> {
        let thesaurus = Thesaurus::parse(
            "[[variant]]\nterm = \"ict\"\nforms = [\"icts\", \"information and communications technologies\"]\n\
             [[variant]]\nterm = \"confidence building measure\"\nforms = [\"cbm\", \"cbms\"]\n",
        );
        let params = AnalyzerParams::default().thesaurus(thesaurus.unwrap());
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
    fn positions_count_stop_words_and_replaced_phrases() {
        let thesaurus =
            Thesaurus::parse("[[variant]]\nterm = \"ict\"\nforms = [\"digital technologies\"]\n");
        let params = AnalyzerParams::default().thesaurus(thesaurus.unwrap());
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
        let params = AnalyzerParams::default().thesaurus(thesaurus.unwrap());
        let tokens = Analyzer::new(params).all_tokens_for_search(
            "digital technologies today",
            Language::ENGLISH,
            |_| false,
        );
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
    fn boilerplate_words_weigh_less_and_numbers_zero() {
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
    fn different_settings_have_different_signatures() {
        let plain = Analyzer::default().signature();
        let params = AnalyzerParams::default().plain(Vec::new());
        assert_ne!(plain, Analyzer::new(params).signature());
        assert_eq!(plain, Analyzer::default().signature());
    }

    proptest! {
        #[test]
        fn ranges_slice_the_text_in_order(text in any::<String>(), code in "en|fr|tr|zh|el|ar") {
            let thesaurus = Thesaurus::parse("[[variant]]\nterm = \"a b c d\"\nforms = [\"x\", \"é y\"]\n");
            let params = AnalyzerParams::default().thesaurus(thesaurus.unwrap());
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
