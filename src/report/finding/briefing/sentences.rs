//! [`Sentences`]: the facts of a briefing in sentences of fixed form. None is written that has no citation, but what
//! says how to read them.

use crate::corpus::DatedClause;
use crate::finding::{Briefing, CoMention, IssueBrief, NewAgreement, Silence, SuggestedReading};
use crate::report::finding::briefing::register::Register;
use crate::report::form::page::{Inline, Page, plain, quote, strong};
use crate::report::form::snippet::first_words;
use crate::report::form::words::{counted, joined};

/// The fewest processes of which a share is told in percent.
const MIN_FOR_PERCENT: usize = 20;
/// The most characters of a typical clause, of one that is only near, and of the name of a process.
const MAX_TYPICAL: usize = 240;
const MAX_NEAR: usize = 140;
const MAX_NAME: usize = 48;
/// The most processes that are named in a sentence, and the most that are silent on an issue.
const MAX_NAMED: usize = 10;
const MAX_SILENT: usize = 2;
/// The most issues of a new agreement, and the most new agreements.
const MAX_NEW_ISSUES: usize = 4;
const MAX_NEW: usize = 8;
/// The most quantities of an issue.
const MAX_QUANTITIES: usize = 3;

/// The page in the making, and the citations so far.
pub(super) struct Sentences {
    pub(super) page: Page,
    pub(super) register: Register,
}

impl Sentences {
    /// Returns all sentences of a briefing.
    pub(super) fn of(briefing: &Briefing) -> Self {
        let mut sentences = Self {
            page: Page::titled("Briefing"),
            register: Register::default(),
        };
        sentences.scope(briefing);
        sentences.shared(briefing);
        sentences.parting(briefing);
        sentences.silent(briefing);
        sentences.news(briefing);
        sentences.firsts(briefing);
        sentences.together(briefing);
        sentences.readings(briefing);
        sentences
    }

    fn scope(&mut self, briefing: &Briefing) {
        let scope = &briefing.scope;
        let period = match (&scope.oldest, &scope.newest) {
            (Some(oldest), Some(newest)) => {
                format!("from {} to {}", self.dated(oldest), self.dated(newest))
            }
            (Some(first), None) => format!("the first with {}", self.dated(first)),
            (None, _) => return self.how_to_read(),
        };
        let undated = match scope.n_undated {
            0 => String::new(),
            n => format!("; {n} without a date"),
        };
        self.page.text(format!(
            "{} of {}, {period}{undated}; languages: {}. {} are compared, of {} in all.",
            counted(scope.n_agreements, "agreement", "agreements"),
            counted(scope.n_processes, "process", "processes"),
            scope.languages.join(", "),
            counted(scope.n_norms, "clause", "clauses"),
            scope.n_clauses,
        ));
        self.how_to_read();
    }

    /// Says what the numbers mean.
    fn how_to_read(&mut self) {
        self.page.text(
            "“n of N”: n processes have a clause on the issue; N could have one, since they have a clause in its \
             language dated no earlier than the first on it. What all others would say is unknown; they are not \
             counted as silent. Numbers in brackets lead to the sources.",
        );
    }

    fn shared(&mut self, briefing: &Briefing) {
        self.begin("Most widely shared", briefing.issues.len());
        for issue in &briefing.issues {
            let n = issue.speakers.len();
            let percent = match issue.n_asked {
                n_asked if n_asked >= MIN_FOR_PERCENT => {
                    format!(" ({:.0} %)", 100.0 * n as f64 / n_asked as f64)
                }
                _ => String::new(),
            };
            let unknown = match issue.n_unknown {
                0 => String::new(),
                n_unknown => format!(", {n_unknown} unknown"),
            };
            let words = format!(
                "{n} of {} processes{percent}{unknown}: {}.",
                issue.n_asked,
                self.names(&issue.speakers)
            );
            self.page.item(0, vec![label(&issue.issue), plain(words)]);
            let typical = self.quoted(briefing, &issue.typical.id, MAX_TYPICAL);
            self.page.item(1, typical);
        }
    }

    fn parting(&mut self, briefing: &Briefing) {
        let parts = |issue: &&IssueBrief| {
            let is_one = issue.classes.is_empty() && issue.negated.is_empty();
            !(is_one && issue.quantities.is_empty())
        };
        let parting: Vec<&IssueBrief> = briefing.issues.iter().filter(parts).collect();
        self.begin("Where they part", parting.len());
        for issue in parting {
            let mut words = Vec::new();
            let classes = issue.classes.iter();
            let classes: Vec<String> = classes
                .map(|of| {
                    format!(
                        "{} in {}",
                        of.class.name().replace('-', " "),
                        self.names(&of.clauses)
                    )
                })
                .collect();
            if !classes.is_empty() {
                words.push(format!("How strongly: {}.", classes.join("; ")));
            }
            if !issue.negated.is_empty() {
                let names = self.names(&issue.negated);
                words.push(format!("What not to do is said by {names} alone."));
            }
            let quantities = issue.quantities.iter().take(MAX_QUANTITIES);
            let quantities: Vec<String> = quantities
                .map(|of| format!("“{}” in {}", of.quantity, self.names(&of.clauses)))
                .collect();
            if !quantities.is_empty() {
                words.push(format!("Only some name: {}.", quantities.join("; ")));
            }
            self.page
                .item(0, vec![label(&issue.issue), plain(words.join(" "))]);
        }
    }

    fn silent(&mut self, briefing: &Briefing) {
        let has_silent = |issue: &&IssueBrief| !issue.silent.is_empty();
        let issues: Vec<&IssueBrief> = briefing.issues.iter().filter(has_silent).collect();
        self.begin("Silent, with the nearest clause", issues.len());
        for issue in issues {
            for silence in issue.silent.iter().take(MAX_SILENT) {
                let words = self.silence(briefing, issue, silence);
                self.page.item(0, words);
            }
        }
    }

    fn silence(
        &mut self,
        briefing: &Briefing,
        issue: &IssueBrief,
        silence: &Silence,
    ) -> Vec<Inline> {
        let near = self.quoted(briefing, &silence.near.clause.id, MAX_NEAR);
        let words = format!(
            "{} has no clause on it in the corpus; its nearest:",
            shortened(&silence.process)
        );
        [vec![label(&issue.issue), plain(words)], near].concat()
    }

    fn news(&mut self, briefing: &Briefing) {
        let since = briefing.since.map_or_else(String::new, |of| of.to_string());
        self.begin(&format!("New since {since}"), briefing.news.len());
        for new in briefing.news.iter().take(MAX_NEW) {
            let words = self.new_agreement(new);
            self.page.item(0, words);
        }
        self.page.more(briefing.news.len(), MAX_NEW);
    }

    fn new_agreement(&mut self, new: &NewAgreement) -> Vec<Inline> {
        let issues = new.issues.iter().take(MAX_NEW_ISSUES);
        let issues: Vec<String> = issues
            .map(|issue| {
                let first = if issue.is_first {
                    " (not addressed before)"
                } else {
                    ""
                };
                format!(
                    "{}{first} {}",
                    issue.issue,
                    self.register.cite(&issue.clause.id)
                )
            })
            .collect();
        let more = match new.issues.len().saturating_sub(MAX_NEW_ISSUES) {
            0 => String::new(),
            n => format!("; and {n} more"),
        };
        let words = format!(
            "({}) speaks to {}: {}{more}.",
            new.published,
            counted(new.issues.len(), "issue", "issues"),
            issues.join("; ")
        );
        vec![strong(&new.agreement), plain(words)]
    }

    fn firsts(&mut self, briefing: &Briefing) {
        let known: Vec<(&IssueBrief, &DatedClause)> = briefing
            .issues
            .iter()
            .filter_map(|issue| Some((issue, issue.first.as_ref()?)))
            .collect();
        self.begin("Who was first", known.len());
        for (issue, first) in known {
            let words = format!("{}, {}.", shortened(&first.process), self.dated(first));
            self.page.item(0, vec![label(&issue.issue), plain(words)]);
        }
    }

    fn together(&mut self, briefing: &Briefing) {
        self.begin("Issues that come together", briefing.together.len());
        for pair in &briefing.together {
            let words = self.pair(pair);
            self.page.item(0, words);
        }
    }

    fn pair(&mut self, pair: &CoMention) -> Vec<Inline> {
        let [first, second] = &pair.issues;
        let [of_first, of_second] = pair.n_of;
        let [here, there] = pair
            .example
            .clone()
            .map(|clause| self.register.cite(&clause.id));
        let words = format!(
            "in {}: {} of the {of_first} with the first, {} of the {of_second} with the second. {here} {there}",
            counted(pair.n_both, "agreement", "agreements"),
            pair.n_both,
            pair.n_both,
        );
        vec![strong(first), plain("and"), label(second), plain(words)]
    }

    fn readings(&mut self, briefing: &Briefing) {
        self.begin("What to read", briefing.readings.len());
        let n_shared = briefing.n_shared;
        for reading in &briefing.readings {
            let words = self.reading(reading, n_shared);
            self.page.item(0, words);
        }
    }

    fn reading(&mut self, reading: &SuggestedReading, n_shared: usize) -> Vec<Inline> {
        let more = if reading.n_more < reading.n_issues {
            format!(", {} of them in none of the above", reading.n_more)
        } else {
            String::new()
        };
        let words = format!(
            "speaks to {} of the {n_shared} issues that two processes or more share{more}; begin with {} {}.",
            reading.n_issues,
            without_running_number(&reading.begin.citation),
            self.register.cite(&reading.begin.id),
        );
        vec![strong(&reading.agreement), plain(words)]
    }

    /// Begins a section of some sentences; one without says so.
    fn begin(&mut self, heading: &str, n_sentences: usize) {
        self.page.heading(heading);
        if n_sentences == 0 {
            self.page.text("Nothing is known for certain.");
        }
    }

    /// Returns a date with its agreement's clause: `2015-07-22 (GGE 2015 ¶13(c)) [3]`.
    fn dated(&mut self, clause: &DatedClause) -> String {
        let date = clause.published;
        let date = date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
        let citation = without_running_number(&clause.citation);
        format!("{date} ({citation}) {}", self.register.cite(&clause.id))
    }

    /// Returns processes, each with its citation.
    fn names(&mut self, clauses: &[DatedClause]) -> String {
        let shown = clauses.iter().take(MAX_NAMED);
        let names: Vec<String> = shown
            .map(|clause| {
                format!(
                    "{} {}",
                    shortened(&clause.process),
                    self.register.cite(&clause.id)
                )
            })
            .collect();
        match clauses.len().saturating_sub(MAX_NAMED) {
            0 => joined(names, ", "),
            n => format!("{} and {n} more", joined(names, ", ")),
        }
    }

    /// Returns a clause with its first words.
    fn quoted(&mut self, briefing: &Briefing, id: &str, n_chars: usize) -> Vec<Inline> {
        let Some(quoted) = briefing.quotes.get(id) else {
            return Vec::new();
        };
        let cited = format!(
            "{} {}",
            without_running_number(&quoted.citation),
            self.register.cite(id)
        );
        vec![
            plain(format!("{cited}:")),
            quote(first_words(&quoted.text, n_chars)),
        ]
    }
}

/// Returns the beginning of a sentence: an issue, with a colon.
fn label(issue: &str) -> Inline {
    Inline::Label(issue.to_owned())
}

/// Returns a citation without the number that it has only in the corpus, which looks like that of a source.
fn without_running_number(citation: &str) -> &str {
    let Some((name, number)) = citation.rsplit_once(" [") else {
        return citation;
    };
    let number = number.strip_suffix(']').unwrap_or_default();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { name } else { citation }
}

/// Returns the first words of a long name.
fn shortened(name: &str) -> String {
    first_words(name, MAX_NAME)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_running_number_is_left_out() {
        for (citation, expected) in [
            ("Pact 2010 [12]", "Pact 2010"),
            ("Pact 2010 ¶3(a)", "Pact 2010 ¶3(a)"),
            ("Pact [draft]", "Pact [draft]"),
            ("Pact []", "Pact []"),
        ] {
            assert_eq!(without_running_number(citation), expected);
        }
    }
}
