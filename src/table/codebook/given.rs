//! [`Codebook`]: issues that a person gives in advance.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::cluster::Catalogue;
use crate::corpus::{Corpus, Process, find_clause};
use crate::error::{Error, ErrorKind, Result, named};
use crate::id::ClauseId;
use crate::setters::setters;
use crate::table::corrections::{Decision, quoted};
use crate::words::fold_name;

/// The default of [`Codebook::min_score`].
const MIN_SCORE: f64 = 0.18;
/// The most characters of a clause in the name of an issue of a reference process.
const MAX_NAME_CHARS: usize = 60;

/// Issues that a person gives in advance. Each clause similar enough to one is assigned to it; the
/// others are clustered freely.
///
/// ```
/// use consonance::table::Codebook;
///
/// let guide = Codebook::parse(
///     "[[issue]]
///      name = 'Lights on the coast'
///      description = 'Keeping beacons lit.'
///      words = ['lantern']
///      clauses = ['Harbor Rules art. 3']",
/// )?;
/// assert_eq!(guide.issues[0].words, ["lantern"]);
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Codebook {
    /// The issues, in the order given.
    pub issues: Vec<GivenIssue>,
    /// The score from which a clause is assigned, in `0..=1`, 0.18 by default; below, it is clustered
    /// freely. Chosen on five test sets together.
    pub min_score: f64,
    /// The usual subjects, the bundled ones by default: where the nearest issue is asked for ([`Codebook::nearest`], the doubts), an
    /// English name that stands alone is compared with clauses by the words of the subject that goes by it as well. A table places
    /// clauses by names as they are. `None` to compare by the name.
    pub catalogue: Option<Catalogue>,
    /// Whether clauses are in the given issues or alone; by default, the others are clustered freely.
    pub(crate) is_exclusive: bool,
    /// Whether names count in the assignment; those of a reference process are citations, which have
    /// no content words.
    pub(crate) names_attract: bool,
}

/// An issue that a person gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct GivenIssue {
    /// Its name, as shown in the table.
    pub name: String,
    /// What belongs in it, in a sentence; these words count half.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Further words and phrases for it; they count like the name. A phrase is met as a phrase: its words
    /// in order, near each other.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Clauses that belong to it whatever their words: citations that [`find_clause`] reads.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<String>,
}

impl GivenIssue {
    /// Returns an issue of which only the name is known.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::table::{Codebook, GivenIssue};
    ///
    /// let mut reefs = GivenIssue::new("Lights on reefs");
    /// reefs.words = vec!["beacon".to_owned()];
    /// let codebook = Codebook::new(vec![reefs, GivenIssue::new("Pilots")])?;
    /// assert_eq!(Codebook::parse(&codebook.to_toml())?, codebook);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }

    /// Returns whether nothing but its name is known.
    pub(super) fn is_a_name(&self) -> bool {
        self.description.is_empty() && self.words.is_empty() && self.clauses.is_empty()
    }

    /// Returns whether a name is this issue's, but for case, accents and punctuation: no codebook has both.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::table::Codebook;
    ///
    /// let codebook = Codebook::parse("[[issue]]\nname = 'Café rules'")?;
    /// assert!(codebook.issues[0].is_named("CAFE: rules"));
    /// assert!(!codebook.issues[0].is_named("Caferules"));
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn is_named(&self, name: &str) -> bool {
        fold_name(&self.name) == fold_name(name)
    }
}

/// The schema of a codebook file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    issue: Vec<GivenIssue>,
}

impl Codebook {
    setters! {
        min_score: f64,
        catalogue: impl Into<Option<Catalogue>>,
    }

    /// Returns the codebook with these issues.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if there is none, a name has no letter or digit, or two names are the
    /// same.
    pub fn new(issues: Vec<GivenIssue>) -> Result<Self> {
        let guide = Self {
            issues,
            min_score: MIN_SCORE,
            catalogue: Some(Catalogue::bundled()),
            is_exclusive: false,
            names_attract: true,
        };
        guide.check_names()?;
        Ok(guide)
    }

    /// Returns the codebook for a table of nothing but its issues: a clause in none of them stands alone.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::table::{Codebook, ConvergeParams, converge};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let codebook = Codebook::parse("[[issue]]\nname = 'Supply chain'")?.only_these();
    /// let table = converge(&corpus, &ConvergeParams::default().guide(codebook))?;
    /// assert_eq!(table.rows.len(), 1);
    /// assert_eq!(table.alone[0].reason, "it is in none of the given issues");
    /// # Ok::<(), consonance::Error>(())
    /// ```
    #[must_use]
    pub fn only_these(mut self) -> Self {
        self.is_exclusive = true;
        self
    }

    /// Returns the codebook in a TOML text: `[[issue]]` tables with `name`, and optionally
    /// `description`, `words` and `clauses`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Manifest`], with the line, if the text is no TOML or has an unknown key;
    /// [`ErrorKind::Parameter`] as [`Codebook::new`].
    pub fn parse(text: &str) -> Result<Self> {
        let file: File = toml::from_str(text).map_err(|error| Error::in_toml(text, &error))?;
        Self::new(file.issue)
    }

    /// Returns a codebook that arranges a corpus under one reference process: each of its clauses is
    /// an issue. All other clauses are assigned to a similar one, or clustered freely.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if no process or several have this name, themselves or through an
    /// agreement; the message names the processes.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::table::{Codebook, ConvergeParams, converge};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// // All other processes, arranged under the clauses of one.
    /// let codebook = Codebook::of_reference(&corpus, "Paris Call")?;
    /// assert_eq!(codebook.issues.len(), 10);
    /// let params = ConvergeParams::default().n_resamples(0).guide(codebook);
    /// let table = converge(&corpus, &params)?;
    /// assert_eq!(table.rows.iter().filter(|row| row.is_given()).count(), 10);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn of_reference(corpus: &Corpus, process: &str) -> Result<Self> {
        let id = process_named(corpus, process)?;
        let issues = corpus
            .clause_ids()
            .filter(|clause| corpus.process_of(*clause).index() == id)
            .map(|clause| GivenIssue {
                clauses: vec![corpus.clause(clause).key.clone()],
                ..GivenIssue::new(spine_name(corpus, clause))
            })
            .collect();
        let mut guide = Self::new(issues)?;
        guide.names_attract = false;
        guide.catalogue = None;
        Ok(guide)
    }

    /// Returns the codebook as TOML from which [`Codebook::parse`] reads the same issues.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::table::Codebook;
    ///
    /// let codebook = Codebook::parse("[[issue]]\nname = 'Lights'\nclauses = ['Harbor Rules art. 3']")?;
    /// assert_eq!(Codebook::parse(&codebook.to_toml())?, codebook);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn to_toml(&self) -> String {
        let in_toml = |issue: &GivenIssue| {
            let mut toml = format!("[[issue]]\nname = {}\n", quoted(&issue.name));
            if !issue.description.is_empty() {
                toml.extend(["description = ", &quoted(&issue.description), "\n"]);
            }
            for (key, texts) in [("words", &issue.words), ("clauses", &issue.clauses)] {
                if !texts.is_empty() {
                    let lines = texts.iter().map(|text| format!("    {},\n", quoted(text)));
                    toml.extend([key, " = [\n", &lines.collect::<String>(), "]\n"]);
                }
            }
            toml
        };
        let issues: Vec<String> = self.issues.iter().map(in_toml).collect();
        issues.join("\n")
    }

    /// Returns the decisions that hold the clauses that the codebook names in its issues, in every table: one a
    /// clause, so that each stands if a later decision takes another away. A clause with a twin of the same label and words, which a decision could not tell
    /// apart, is left out.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Parameter`] if a citation names no clause, several, or one that another issue names.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    /// use consonance::table::{Action, Codebook};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let codebook = Codebook::parse("[[issue]]\nname = 'Supply chain'\nclauses = ['GGE 13(i)']")?;
    /// let decisions = codebook.pins(&corpus)?;
    /// assert_eq!((decisions.len(), decisions[0].action), (1, Action::Pin));
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn pins(&self, corpus: &Corpus) -> Result<Vec<Decision>> {
        let seeds = self.seeds(corpus)?;
        let issues = self.issues.iter().zip(seeds);
        let pins = issues.flat_map(|(issue, clauses)| {
            let clauses = clauses.into_iter();
            clauses.map(|clause| Decision::pin(corpus, &issue.name, &[clause]))
        });
        Ok(pins.filter(|pin| !pin.clauses.is_empty()).collect())
    }

    fn check_names(&self) -> Result<()> {
        if self.issues.is_empty() {
            let message = "the guide names no issue: write one as `[[issue]]` with a `name`";
            return Err(Error::new(ErrorKind::Parameter, message));
        }
        let mut taken = BTreeSet::new();
        for issue in &self.issues {
            let folded = fold_name(&issue.name);
            let wrong = if folded.is_empty() {
                "has no letter or digit in its name"
            } else if !taken.insert(folded) {
                "stands twice in the guide"
            } else {
                continue;
            };
            let message = format!("the issue `{}` {wrong}", issue.name);
            return Err(Error::new(ErrorKind::Parameter, message));
        }
        Ok(())
    }

    /// Returns the clauses that the codebook itself assigns to each issue.
    pub(crate) fn seeds(&self, corpus: &Corpus) -> Result<Vec<Vec<ClauseId>>> {
        let mut issue_of: BTreeMap<ClauseId, usize> = [].into();
        let mut seeds = vec![Vec::new(); self.issues.len()];
        for (index, issue) in self.issues.iter().enumerate() {
            for citation in &issue.clauses {
                let clause = find_clause(corpus, citation)?;
                let other = *issue_of.entry(clause).or_insert(index);
                if other != index {
                    let message = format!(
                        "`{citation}` stands under `{}` and `{}`: a clause has one place",
                        self.issues[other].name, issue.name
                    );
                    return Err(Error::new(ErrorKind::Parameter, message));
                }
                if !seeds[index].contains(&clause) {
                    seeds[index].push(clause);
                }
            }
        }
        Ok(seeds)
    }
}

/// Returns the index of the process with this name, its own or that of one of its agreements;
/// otherwise of the only process with a name that contains it.
fn process_named(corpus: &Corpus, name: &str) -> Result<usize> {
    let wanted = fold_name(name);
    let processes = corpus.processes();
    let names: Vec<Vec<String>> = processes.iter().map(|p| names_of(corpus, p)).collect();
    let going_by = |fits: &dyn Fn(&String) -> bool| -> Vec<usize> {
        let is_one = |place: &usize| names[*place].iter().any(fits);
        (0..names.len()).filter(is_one).collect()
    };
    let mut candidates = going_by(&|own| *own == wanted);
    if candidates.is_empty() && !wanted.is_empty() {
        candidates = going_by(&|own| own.contains(&wanted));
    }
    if let [only] = candidates[..] {
        return Ok(only);
    }
    if candidates.is_empty() {
        candidates = (0..names.len()).collect();
    }
    let candidates = candidates.iter().map(|place| &processes[*place].name);
    let candidates = named(candidates, usize::MAX);
    let message = format!("`{name}` is not one process: there are {candidates}");
    Err(Error::new(ErrorKind::Parameter, message))
}

/// Returns the names of a process: its own, and the names and titles of its agreements, folded.
fn names_of(corpus: &Corpus, process: &Process) -> Vec<String> {
    let agreements = process.agreements.iter().map(|id| corpus.agreement(*id));
    let of_agreements =
        agreements.flat_map(|agreement| agreement.metadata.title.iter().chain([&agreement.name]));
    of_agreements
        .chain([&process.name])
        .map(|name| fold_name(name))
        .collect()
}

/// Returns the citation of a clause and its first words.
fn spine_name(corpus: &Corpus, clause: ClauseId) -> String {
    let text = corpus.text(clause);
    let text: Vec<&str> = text.split_whitespace().collect();
    let text = text.join(" ");
    let shown = match text.char_indices().nth(MAX_NAME_CHARS) {
        None => text,
        Some((end, _)) => format!("{} …", &text[..text[..end].rfind(' ').unwrap_or(end)]),
    };
    // The key tells two clauses with the same label and first words apart.
    let key = &corpus.clause(clause).key;
    match key.split_once('#') {
        Some((_, number)) => format!("{} #{number}: {shown}", corpus.citation(clause)),
        None => format!("{}: {shown}", corpus.citation(clause)),
    }
}
