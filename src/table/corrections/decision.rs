//! [`Corrections`]: a person's decisions about a table, as stored in a file.

use serde::{Deserialize, Serialize};

use crate::error::{Error, ErrorKind, Result, named};
use crate::table::corrections::anchor::{ClauseAnchor, IssueAnchor};
use crate::table::corrections::quoted::quoted;
use crate::words::fold_name;

/// A person's decisions, in the order they were taken; later ones override earlier ones.
///
/// The file is TOML with one `[[decision]]` for each. Clauses are identified by agreement, label and a
/// fingerprint of their words. Issues are identified by their name and their clauses: a later run
/// finds the issue that holds most of these. Replaying reports each decision as applied or not, and
/// never changes the file.
///
/// ```
/// use consonance::table::{Action, Corrections};
///
/// let corrections = Corrections::parse(
///     "[[decision]]
///      action = 'rename'
///      issues = [{ name = 'Lantern, reef, fog', anchors = [] }]
///      name = 'Lights on the coast'
///      author = 'A. Keeper'",
/// )?;
/// assert_eq!(corrections.decisions[0].action, Action::Rename);
/// assert_eq!(Corrections::parse(&corrections.to_toml())?, corrections);
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Corrections {
    /// The decisions, the oldest first.
    pub decisions: Vec<Decision>,
}

/// What a decision does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Action {
    /// Clauses move to an issue: `clauses`, one of `issues`.
    Move,
    /// Issues are merged: two or more `issues`; `name` if the result gets a new name.
    Merge,
    /// Clauses leave their issues for a new one: `clauses`; `name` if it has one.
    Split,
    /// An issue is renamed: one of `issues`, `name`.
    Rename,
    /// Clauses stay together in an issue of this name: `clauses`, `name`.
    Pin,
    /// Two clauses are never in one row: two `clauses`.
    NotSame,
    /// Each of the clauses stands alone: `clauses`.
    Alone,
    /// Clauses are counted in a further issue as well: `clauses`, one of `issues`. A later decision about the
    /// place of a clause takes it out again.
    Also,
    /// A person checked a row, or clauses as members of their rows: one of `issues`, or `clauses` and the `issues`
    /// they are in. Nothing moves; what changed since is told.
    Check,
    /// What [`Action::Check`] takes is an open question: it is no longer checked.
    Open,
}

/// One decision of a person.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Decision {
    /// What it does.
    pub action: Action,
    /// The clauses it is about.
    #[serde(default)]
    pub(crate) clauses: Vec<ClauseAnchor>,
    /// The issues it is about.
    #[serde(default)]
    pub(crate) issues: Vec<IssueAnchor>,
    /// The name it gives.
    #[serde(default)]
    pub name: Option<String>,
    /// When it was taken, in any date format.
    #[serde(default)]
    pub date: Option<String>,
    /// Who took it.
    #[serde(default)]
    pub author: Option<String>,
    /// Why.
    #[serde(default)]
    pub note: Option<String>,
}

/// The schema of a file of decisions.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    decision: Vec<Decision>,
}

impl Corrections {
    /// Returns the corrections in a TOML text; an empty text holds none.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Manifest`] if the text is not TOML or has an unknown key, with the line, or if a
    /// decision lacks a part its action needs, or has a superfluous one.
    pub fn parse(text: &str) -> Result<Self> {
        let file: File = toml::from_str(text).map_err(|error| Error::in_toml(text, &error))?;
        for (index, decision) in file.decision.iter().enumerate() {
            decision.check().map_err(|wrong| {
                let message = format!("decision {}: {wrong}", index + 1);
                Error::new(ErrorKind::Manifest, message)
            })?;
        }
        Ok(Self {
            decisions: file.decision,
        })
    }

    /// Returns the corrections as TOML from which [`Corrections::parse`] reads the same value.
    pub fn to_toml(&self) -> String {
        let entries: Vec<String> = self.decisions.iter().map(Decision::to_toml).collect();
        entries.join("\n")
    }
}

impl Action {
    /// Returns the action's name, as written in the file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Move => "move",
            Self::Merge => "merge",
            Self::Split => "split",
            Self::Rename => "rename",
            Self::Pin => "pin",
            Self::NotSame => "not-same",
            Self::Alone => "alone",
            Self::Also => "also",
            Self::Check => "check",
            Self::Open => "open",
        }
    }
}

impl Decision {
    /// Returns what is wrong with the parts of a decision.
    pub(crate) fn check(&self) -> Result<(), String> {
        let (n_clauses, n_issues) = (self.clauses.len(), self.issues.len());
        let needs = match self.action {
            Action::Move | Action::Also if n_clauses == 0 || n_issues != 1 => {
                "`clauses` and one of `issues`"
            }
            Action::Merge if n_issues < 2 => "two or more `issues`",
            Action::Split | Action::Alone if n_clauses == 0 => "`clauses`",
            Action::Rename if n_issues != 1 || self.name.is_none() => {
                "one of `issues` and a `name`"
            }
            Action::Pin if n_clauses == 0 || self.name.is_none() => "`clauses` and a `name`",
            Action::NotSame if n_clauses != 2 => "two `clauses`",
            Action::Check | Action::Open if n_clauses == 0 && n_issues != 1 => {
                "`clauses` or one of `issues`"
            }
            _ => "",
        };
        let action = self.action.name();
        if !needs.is_empty() {
            return Err(format!("`{action}` needs {needs}"));
        }
        let takes_clauses = !matches!(self.action, Action::Merge | Action::Rename);
        let takes_issues = !matches!(
            self.action,
            Action::Split | Action::Pin | Action::NotSame | Action::Alone
        );
        let takes_name = matches!(
            self.action,
            Action::Merge | Action::Split | Action::Rename | Action::Pin
        );
        let parts = [
            ("clauses", takes_clauses || n_clauses == 0),
            ("issues", takes_issues || n_issues == 0),
            ("name", takes_name || self.name.is_none()),
        ];
        if let Some((part, _)) = parts.iter().find(|(_, is_right)| !is_right) {
            return Err(format!("`{action}` takes no `{part}`"));
        }
        let is_nameless = |name: &String| fold_name(name).is_empty();
        if self.name.as_ref().is_some_and(is_nameless) {
            return Err("the `name` has no letter or digit".to_owned());
        }
        Ok(())
    }

    /// Returns the decision as an entry to append to the file.
    pub fn to_toml(&self) -> String {
        let action = quoted(self.action.name());
        let mut toml = format!("[[decision]]\naction = {action}\n");
        let clause = |mark: &ClauseAnchor| format!("    {},\n", mark.to_toml());
        let issue = |mark: &IssueAnchor| mark.to_toml() + "\n";
        let lists: [(&str, String); 2] = [
            ("clauses", self.clauses.iter().map(clause).collect()),
            ("issues", self.issues.iter().map(issue).collect()),
        ];
        for (key, list) in lists.iter().filter(|(_, list)| !list.is_empty()) {
            toml.extend([key, " = [\n", list.as_str(), "]\n"]);
        }
        let texts = [
            ("name", &self.name),
            ("date", &self.date),
            ("author", &self.author),
            ("note", &self.note),
        ];
        for (key, text) in texts {
            let line = text
                .as_ref()
                .map(|text| format!("{key} = {}\n", quoted(text)));
            toml.extend(line);
        }
        toml
    }

    /// Returns a readable summary of the decision in one line.
    pub fn in_words(&self) -> String {
        let clauses: Vec<String> = self.clauses.iter().map(ClauseAnchor::in_words).collect();
        let clauses = clauses.join(", ");
        let issues = named(self.issues.iter().map(|issue| &issue.name), usize::MAX);
        let name = self.name.as_ref();
        let named = name.map_or_else(String::new, |name| format!(" as `{name}`"));
        match self.action {
            Action::Move => format!("move {clauses} to {issues}"),
            Action::Merge => format!("merge {issues}{named}"),
            Action::Split => format!("split {clauses}{named}"),
            Action::Rename => format!("rename {issues}{named}"),
            Action::Pin => format!("pin {clauses}{named}"),
            Action::NotSame => format!("never the same: {clauses}"),
            Action::Alone => format!("alone: {clauses}"),
            Action::Also => format!("{clauses} also in {issues}"),
            Action::Check | Action::Open => {
                let about = [clauses, issues]
                    .into_iter()
                    .filter(|part| !part.is_empty());
                let about = about.collect::<Vec<_>>().join(" in ");
                format!("{} {about}", self.action.name())
            }
        }
    }
}
