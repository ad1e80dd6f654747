//! Requests: a line of the prompt or the command line, and its answer as text.

use consonance::error::{Error, ErrorKind, Result};
use consonance::index::{
    ClauseIndex, ConcordanceParams, FacetField, HitOrder, KeynessParams, LikeExample, LineOrder,
    SearchParams,
};
use serde::Serialize;

use super::args::{Args, COMMANDS, QUERY_HELP, facet_field};
use super::page::Style;
use crate::terminal::printable::printable;

/// The default number of lines of a concordance and of word lists.
const DEFAULT_LINES: usize = 20;
/// A pasted text has at least this number of words; fewer are the name of a clause.
const MIN_WORDS_OF_TEXT: usize = 5;

/// The task for the words after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Task {
    Search,
    Concordance(LineOrder),
    Near,
    Keyness,
    Like,
    Values,
    Help,
    Quit,
}

/// The settings for all requests.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) limit: Option<usize>,
    pub(crate) process: Option<String>,
    pub(crate) order: HitOrder,
    pub(crate) facets: Vec<FacetField>,
    pub(crate) is_json: bool,
}

/// One line of a session.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    pub(crate) task: Task,
    /// The query, clause, text or field.
    pub(crate) words: String,
    pub(crate) settings: Settings,
}

impl Settings {
    pub(crate) fn of(args: &Args) -> Self {
        Self {
            limit: args.limit,
            process: args.process.clone(),
            order: args.sort.order(),
            facets: args.count.clone(),
            is_json: args.json,
        }
    }
}

impl Request {
    /// Returns the request of the command line.
    pub(crate) fn of(args: &Args) -> Self {
        let task = match (args.kwic, args.near, args.keyness, args.like) {
            (Some(context), ..) => Task::Concordance(context.order()),
            (_, true, ..) => Task::Near,
            (_, _, true, _) => Task::Keyness,
            (.., true) => Task::Like,
            _ => Task::Search,
        };
        Self {
            task,
            words: args.query.join(" "),
            settings: Settings::of(args),
        }
    }

    /// Returns the request in a line, or its error: `base` with the task and words of the line.
    pub(crate) fn parse(line: &str, base: &Self) -> std::result::Result<Self, String> {
        let mut request = base.clone();
        line.trim().clone_into(&mut request.words);
        let Some(command) = line.trim().strip_prefix(':') else {
            return Ok(request);
        };
        let (name, words) = command
            .split_once(char::is_whitespace)
            .unwrap_or((command, ""));
        words.trim().clone_into(&mut request.words);
        request.task = match name {
            "kwic" => Task::Concordance(LineOrder::Position),
            "left" => Task::Concordance(LineOrder::Left),
            "right" => Task::Concordance(LineOrder::Right),
            "near" => Task::Near,
            "keyness" => Task::Keyness,
            "like" => Task::Like,
            "values" => Task::Values,
            "help" => Task::Help,
            "quit" | "q" => Task::Quit,
            "count" => {
                let (field, query) = words.trim().split_once(' ').unwrap_or((words.trim(), ""));
                request.settings.facets = vec![facet_field(field)?];
                query.trim().clone_into(&mut request.words);
                Task::Search
            }
            _ => return Err(format!("`:{name}` is not known: see :help")),
        };
        let needs_words = !matches!(request.task, Task::Help | Task::Quit);
        if needs_words && request.words.is_empty() {
            return Err(format!("`:{name}` needs words after it: see :help"));
        }
        Ok(request)
    }

    /// Returns the answer as text.
    pub(crate) fn answer(&self, index: &ClauseIndex, style: &Style) -> Result<String> {
        let is_json = self.settings.is_json;
        match self.task {
            Task::Search => {
                let result = index.search(&self.words, &self.search_params())?;
                Ok(json_or(is_json, &result, || style.page(&result)))
            }
            Task::Concordance(order) => {
                let mut params = ConcordanceParams::default();
                params.order = order;
                params.limit = self.settings.limit.unwrap_or(DEFAULT_LINES);
                params.process.clone_from(&self.settings.process);
                let result = index.concordance(&self.words, &params)?;
                Ok(json_or(is_json, &result, || style.concordance(&result)))
            }
            Task::Near => {
                let result = index.collocations(&self.words, &self.keyness_params())?;
                Ok(json_or(is_json, &result, || Style::collocations(&result)))
            }
            Task::Keyness => {
                let result = index.keyness(&self.words, &self.keyness_params())?;
                Ok(json_or(is_json, &result, || Style::keyness(&result)))
            }
            Task::Like => self.like(index, style),
            Task::Values => Ok(self.values(index)),
            Task::Help => Ok(format!("{QUERY_HELP}\n{COMMANDS}")),
            Task::Quit => Ok(String::new()),
        }
    }

    fn search_params(&self) -> SearchParams {
        let mut params = SearchParams::default();
        params.limit = self.settings.limit.unwrap_or(params.limit);
        params.process.clone_from(&self.settings.process);
        params.order = self.settings.order;
        params.facets.clone_from(&self.settings.facets);
        params
    }

    fn keyness_params(&self) -> KeynessParams {
        let mut params = KeynessParams::default();
        params.limit = self.settings.limit.unwrap_or(params.limit);
        params
    }

    /// Finds clauses similar to the named one, or to the words themselves.
    fn like(&self, index: &ClauseIndex, style: &Style) -> Result<String> {
        let mut params = SearchParams::default();
        params.limit = self.settings.limit.unwrap_or(params.limit);
        params.process.clone_from(&self.settings.process);
        let by_name = index.more_like(LikeExample::Clause(&self.words), &params);
        let is_text = self.words.split_whitespace().count() >= MIN_WORDS_OF_TEXT;
        let result = match by_name {
            Err(error) if error.kind() == ErrorKind::Query && is_text => {
                index.more_like(LikeExample::Text(&self.words), &params)?
            }
            other => other?,
        };
        Ok(json_or(self.settings.is_json, &result, || {
            style.like(&result)
        }))
    }

    fn values(&self, index: &ClauseIndex) -> String {
        let values = index.field_values(&self.words);
        if values.is_empty() {
            let names = FacetField::ALL.map(FacetField::name);
            return format!(
                "no values: the fields with values are {}\n",
                names.join(", ")
            );
        }
        let lines = values.iter().map(|value| format!("{}\n", printable(value)));
        lines.collect()
    }
}

fn json_or(is_json: bool, result: &impl Serialize, page: impl FnOnce() -> String) -> String {
    if !is_json {
        return page();
    }
    let json = serde_json::to_string(result).expect("an answer is plain JSON");
    format!("{json}\n")
}

/// Returns the lines that show the position and reason of an error in a query.
pub(crate) fn explanation(query: &str, error: &Error) -> String {
    let message = format!("{error:#}");
    let column = message
        .strip_prefix("column ")
        .and_then(|rest| rest.split_once(':'))
        .and_then(|(column, _)| column.parse::<usize>().ok());
    let mut lines = String::new();
    if let Some(column) = column.filter(|&column| column < 200 && !query.contains('\n')) {
        let before: String = query.chars().take(column - 1).collect();
        let indent = " ".repeat(super::page::width_of(&printable(&before)));
        lines = format!("  {}\n  {indent}^\n", printable(query));
    }
    lines
        + &format!(
            "error: the query cannot be understood: {}",
            printable(&message)
        )
}
