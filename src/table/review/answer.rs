//! [`Answer`]: what a person says of a doubtful clause, and the decisions it becomes.

use crate::corpus::Corpus;
use crate::error::{Error, ErrorKind, Result};
use crate::read::FilledAnswer;
use crate::table::convergence_table::ConvergenceTable;
use crate::table::corrections::{Action, Decision, Request, row_named};
use crate::table::review::doubt::Doubt;
use crate::words::fold_name;

/// What a person says of a doubtful clause.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Answer {
    /// It belongs where it is.
    Here,
    /// It belongs in this row of the rivals, counted from 0.
    There(usize),
    /// It belongs where it is and in this row of the rivals.
    Both(usize),
    /// It stands alone.
    Alone,
    /// It belongs in the row of this name, which is new if there is none.
    Named(String),
    /// No answer.
    Skip,
}

impl Answer {
    /// Returns the answer that a person typed: `h` (here), `1` to `3` (the rival of that number), `b` (both: here
    /// and in the first rival; `b2` in the second), `a` (alone), `n NAME` or `new: NAME` (another row), `s` (skip).
    /// Whole words are understood as well, case does not count, and nothing is `s`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if the answer is none of these, or the doubt has no such rival.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::table::Answer;
    ///
    /// assert_eq!(Answer::parse("2", 3)?, Answer::There(1));
    /// assert_eq!(Answer::parse("b", 3)?, Answer::Both(0));
    /// assert_eq!(Answer::parse("new: Lights on the coast", 3)?, Answer::Named("Lights on the coast".into()));
    /// assert!(Answer::parse("4", 3).is_err() && Answer::parse("perhaps", 3).is_err());
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn parse(typed: &str, n_rivals: usize) -> Result<Self> {
        let typed = typed.trim();
        if let Some(name) = name_in(typed) {
            return Ok(Self::Named(name.to_owned()));
        }
        let rival = |digits: &str| match digits.trim().parse::<usize>() {
            Ok(number) if (1..=n_rivals).contains(&number) => Ok(number - 1),
            Ok(number) => Err(refusal(format!(
                "there is no rival {number}: there are {n_rivals}"
            ))),
            Err(_) => Err(refusal(format!(
                "`{typed}` is no answer: it is h, 1 to 3, b, a, n with a name, or s"
            ))),
        };
        let folded = typed.to_lowercase();
        match folded.as_str() {
            "h" | "here" => Ok(Self::Here),
            "a" | "alone" => Ok(Self::Alone),
            "" | "s" | "skip" => Ok(Self::Skip),
            "b" | "both" => rival("1").map(Self::Both),
            other => match other.strip_prefix("both").or(other.strip_prefix('b')) {
                Some(digits) => rival(digits).map(Self::Both),
                None => rival(other).map(Self::There),
            },
        }
    }
}

/// Returns the name in `n NAME`, `n: NAME`, `new: NAME` or `new NAME`.
fn name_in(typed: &str) -> Option<&str> {
    let (word, name) = typed.split_once([' ', ':'])?;
    let is_new = ["n", "new"].contains(&word.to_lowercase().as_str());
    let name = name.trim_start_matches(':').trim();
    (is_new && !fold_name(name).is_empty()).then_some(name)
}

impl Doubt {
    /// Returns the decisions that an answer becomes, entries of the corrections: two for a clause that belongs
    /// in two rows, none if nothing was answered. Who decided and when is for the caller to add.
    ///
    /// "Here" is a decision as well: it holds the clause in its row, and tells that a person checked it.
    ///
    /// # Errors
    ///
    /// As [`Request::decide`]; [`ErrorKind::Parameter`] if there is no rival of the answer's number.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::similarity::Representation;
    /// use consonance::table::{Answer, ConvergeParams, Corrections, DoubtParams, converge_on, doubts};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let params = ConvergeParams::default().n_resamples(0);
    /// let representation = Representation::of(&corpus, &params.representation)?;
    /// let table = converge_on(&corpus, &representation, &params)?;
    /// let doubt = &doubts(&corpus, &representation, &table, &DoubtParams::default())?[0];
    ///
    /// let decisions = doubt.decide(&corpus, &table, &Answer::There(0))?;
    /// let corrections = Corrections::parse(&decisions[0].to_toml())?;
    /// let corrected = converge_on(&corpus, &representation, &params.corrections(corrections))?;
    /// assert!(corrected.decisions[0].is_applied());
    /// // What a person answered is not asked again.
    /// let left = doubts(&corpus, &representation, &corrected, &DoubtParams::default())?;
    /// assert!(left.iter().all(|other| other.quoted.id != doubt.quoted.id));
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn decide(
        &self,
        corpus: &Corpus,
        table: &ConvergenceTable,
        answer: &Answer,
    ) -> Result<Vec<Decision>> {
        self.choice().decide(corpus, table, answer)
    }

    fn choice(&self) -> Choice<'_> {
        let rivals = self.rivals.iter();
        Choice {
            clause: &self.quoted.id,
            place: self.place.as_ref().map(|place| place.issue.as_str()),
            rivals: rivals.map(|rival| rival.issue.as_str()).collect(),
        }
    }
}

impl FilledAnswer {
    /// Returns the decisions that an answer in a filled-in list becomes, as [`Doubt::decide`]: its numbers are those
    /// of the list, whatever the table has become since.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if the answer is not understood, or names a clause or a row that is no longer there.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::read::{ReadLimits, read_answers};
    /// use consonance::table::{Action, ConvergeParams, converge};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let table = converge(&corpus, &ConvergeParams::default().n_resamples(0))?;
    /// let list = "- clause: gge2015/13(i)\n- here: **Human rights online**\n\nAnswer: h\n";
    /// let answers = read_answers(list.as_bytes(), &ReadLimits::default())?;
    /// let decisions = answers[0].decide(&corpus, &table)?;
    /// assert_eq!(decisions[0].action, Action::Move);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn decide(&self, corpus: &Corpus, table: &ConvergenceTable) -> Result<Vec<Decision>> {
        let answer = Answer::parse(&self.answer, self.rivals.len())?;
        let choice = Choice {
            clause: &self.clause,
            place: self.here.as_deref(),
            rivals: self.rivals.iter().map(String::as_str).collect(),
        };
        choice.decide(corpus, table, &answer)
    }
}

/// A clause and the rows between which a person chose, by their names.
struct Choice<'a> {
    clause: &'a str,
    place: Option<&'a str>,
    rivals: Vec<&'a str>,
}

impl Choice<'_> {
    fn decide(
        &self,
        corpus: &Corpus,
        table: &ConvergenceTable,
        answer: &Answer,
    ) -> Result<Vec<Decision>> {
        let requests = self.requests(table, answer)?;
        let requests = requests.iter();
        requests
            .map(|request| request.decide(corpus, table))
            .collect()
    }

    fn requests(&self, table: &ConvergenceTable, answer: &Answer) -> Result<Vec<Request>> {
        let rival = |place: usize| {
            let name = self.rivals.get(place).copied();
            name.ok_or_else(|| refusal(format!("there is no rival {}", place + 1)))
        };
        Ok(match answer {
            Answer::Skip => Vec::new(),
            Answer::Here => vec![self.here(table)?],
            Answer::There(place) => vec![self.to(Action::Move, rival(*place)?, table)?],
            // Without a row of its own there is only one place.
            Answer::Both(place) if self.place.is_none() => {
                vec![self.to(Action::Move, rival(*place)?, table)?]
            }
            Answer::Both(place) => {
                let second = self.to(Action::Also, rival(*place)?, table)?;
                vec![self.here(table)?, second]
            }
            Answer::Alone => vec![self.request(Action::Alone)],
            Answer::Named(name) if row_named(table, name).is_some() => {
                vec![self.to(Action::Move, name, table)?]
            }
            Answer::Named(name) => vec![Request {
                name: Some(name.clone()),
                ..self.request(Action::Pin)
            }],
        })
    }

    fn here(&self, table: &ConvergenceTable) -> Result<Request> {
        match self.place {
            Some(place) => self.to(Action::Move, place, table),
            None => Ok(self.request(Action::Alone)),
        }
    }

    fn to(&self, action: Action, row: &str, table: &ConvergenceTable) -> Result<Request> {
        if row_named(table, row).is_none() {
            return Err(refusal(format!("the table has no row `{row}` any more")));
        }
        Ok(Request {
            rows: vec![row.to_owned()],
            ..self.request(action)
        })
    }

    fn request(&self, action: Action) -> Request {
        let mut request = Request::to(action);
        request.clauses.push(self.clause.to_owned());
        request
    }
}

fn refusal(message: String) -> Error {
    Error::new(ErrorKind::Parameter, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_as_people_type_them() {
        let cases = [
            ("h", Some(Answer::Here)),
            (" HERE ", Some(Answer::Here)),
            ("1", Some(Answer::There(0))),
            ("3", None),
            ("0", None),
            ("b", Some(Answer::Both(0))),
            ("b2", Some(Answer::Both(1))),
            ("both 2", Some(Answer::Both(1))),
            ("a", Some(Answer::Alone)),
            ("n Fog", Some(Answer::Named("Fog".to_owned()))),
            (
                "new: Fog and reefs",
                Some(Answer::Named("Fog and reefs".to_owned())),
            ),
            ("new:Fog", Some(Answer::Named("Fog".to_owned()))),
            ("n", None),
            ("new: !", None),
            ("", Some(Answer::Skip)),
            ("s", Some(Answer::Skip)),
            ("yes", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(Answer::parse(typed, 2).ok(), expected, "{typed:?}");
        }
        assert_eq!(Answer::parse("b", 0).ok(), None, "both needs a rival");
    }
}
