//! [`Corpus`]: all agreements, processes and clauses, owned, in a fixed order, immutable.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::agreement::Agreement;
use crate::corpus::clause::Clause;
use crate::corpus::original::{FileParts, Original, SourceFile};
use crate::deontic::{Force, ForceGist};
use crate::error::Diagnostic;
use crate::id::{AgreementId, ClauseId, ProcessId};
use crate::read::Placement;

/// All agreements with their clauses: every later stage reads them and none changes them.
///
/// The order is fixed by the content, not by the order in which files were read: agreements by key,
/// clauses by agreement and then by position in the text.
///
/// # Examples
///
/// ```
/// use consonance::corpus::{Corpus, LoadParams};
///
/// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
/// for id in corpus.clause_ids() {
///     let clause = corpus.clause(id);
///     assert_eq!(corpus.find(&clause.key), Some(id));
///     let agreement = corpus.agreement(clause.agreement);
///     assert!(corpus.citation(id).starts_with(&agreement.name));
///     for range in corpus.ranges(id) {
///         assert!(corpus.text(id).contains(&agreement.text[range.clone()]));
///     }
/// }
/// # Ok::<(), consonance::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    pub(super) agreements: Vec<Agreement>,
    pub(super) processes: Vec<Process>,
    pub(super) clauses: Vec<Clause>,
    pub(super) clause_of_key: HashMap<String, ClauseId>,
    /// Where the text of each agreement is in its files.
    pub(super) parts: Vec<FileParts>,
    pub(super) files: Vec<SourceFile>,
    pub(super) placements: Vec<Placement>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A clause of fewer words than this is compared together with its lead-in.
const MIN_WORDS_ALONE: usize = 5;

/// A process: a forum that agrees on one or several texts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Process {
    /// Its name, in the most frequent spelling of its agreements.
    pub name: String,
    /// Its agreements, in corpus order.
    pub agreements: Vec<AgreementId>,
}

impl Corpus {
    /// Returns the agreements, in the order of their ids.
    pub fn agreements(&self) -> &[Agreement] {
        &self.agreements
    }

    /// Returns the processes, in the order of their ids: by name.
    pub fn processes(&self) -> &[Process] {
        &self.processes
    }

    /// Returns the clauses, in the order of their ids.
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// Returns the ids of all clauses, in order.
    pub fn clause_ids(&self) -> impl ExactSizeIterator<Item = ClauseId> + use<> {
        (0..self.clauses.len()).map(ClauseId::new)
    }

    /// Returns a clause.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another, larger corpus.
    pub fn clause(&self, id: ClauseId) -> &Clause {
        &self.clauses[id.index()]
    }

    /// Returns an agreement.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another, larger corpus.
    pub fn agreement(&self, id: AgreementId) -> &Agreement {
        &self.agreements[id.index()]
    }

    /// Returns a process.
    ///
    /// # Panics
    ///
    /// Panics if the id comes from another, larger corpus.
    pub fn process(&self, id: ProcessId) -> &Process {
        &self.processes[id.index()]
    }

    /// Returns the process of a clause, which is that of its agreement.
    pub fn process_of(&self, id: ClauseId) -> ProcessId {
        self.agreement(self.clause(id).agreement).process
    }

    /// Returns the words of a clause exactly as in its agreement, without page furniture between
    /// them: the bytes of its [`ranges`](Self::ranges), joined.
    pub fn text(&self, id: ClauseId) -> &str {
        let clause = self.clause(id);
        let whole = || &self.agreement(clause.agreement).text[clause.range.clone()];
        clause.words.as_deref().unwrap_or_else(whole)
    }

    /// Returns the bytes of its agreement's text that are the words of a clause, in order: one
    /// range, or several if page furniture is between them.
    pub fn ranges(&self, id: ClauseId) -> &[Range<usize>] {
        let clause = self.clause(id);
        match &clause.pieces[..] {
            [] => std::slice::from_ref(&clause.range),
            pieces => pieces,
        }
    }

    /// Returns where the words of a clause are in the file they come from; `None` if its agreement was read
    /// from no file.
    pub fn original(&self, id: ClauseId) -> Option<Original> {
        let parts = self.parts.get(self.clause(id).agreement.index())?;
        let (file, bytes) = parts.locate(self.ranges(id))?;
        let place = self
            .files
            .binary_search_by(|known| known.file.as_str().cmp(file));
        Some(Original {
            file: file.to_owned(),
            sha256: place.ok().map(|place| self.files[place].sha256.clone()),
            bytes,
        })
    }

    /// Returns the files that were opened, by name: texts, also those that were refused, and manifests.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// assert_eq!(corpus.files().len(), 27, "26 texts, and what corpus.toml says about them");
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// Returns the corpus, read from these files.
    pub(super) fn with_files(mut self, mut files: Vec<SourceFile>) -> Self {
        files.sort();
        files.dedup();
        self.files = files;
        self
    }

    /// Returns the words by which a clause is compared: its text, with its lead-in before it if the
    /// text has fewer than five words (`(b) ships at sea;`).
    pub fn compared_text(&self, id: ClauseId) -> Cow<'_, str> {
        let text = self.text(id);
        match &self.clause(id).lead_in {
            Some(lead_in) if text.split_whitespace().nth(MIN_WORDS_ALONE - 1).is_none() => {
                Cow::Owned(format!("{lead_in} {text}"))
            }
            _ => Cow::Borrowed(text),
        }
    }

    /// Returns the section heading above each clause; `None` for a heading that does not divide its
    /// agreement, since more than half of its clauses stand under it.
    pub(crate) fn dividing_headings(&self) -> Vec<Option<&str>> {
        let mut headings = Vec::with_capacity(self.clauses.len());
        for place in 0..self.agreements.len() {
            let clauses = &self.clauses[self.range_of(AgreementId::new(place))];
            let mut n_under: HashMap<&str, usize> = HashMap::new();
            for heading in clauses
                .iter()
                .filter_map(|clause| clause.heading.as_deref())
            {
                *n_under.entry(heading).or_default() += 1;
            }
            let divides = |heading: &&str| n_under[heading] * 2 <= clauses.len();
            let own = clauses.iter().map(|clause| clause.heading.as_deref());
            headings.extend(own.map(|heading| heading.filter(divides)));
        }
        headings
    }

    /// Returns the clauses of an agreement.
    pub(crate) fn clauses_of(
        &self,
        id: AgreementId,
    ) -> impl ExactSizeIterator<Item = ClauseId> + use<> {
        self.range_of(id).map(ClauseId::new)
    }

    /// Returns the places of the clauses of an agreement.
    fn range_of(&self, id: AgreementId) -> Range<usize> {
        let start = self.clauses.partition_point(|clause| clause.agreement < id);
        let end = self
            .clauses
            .partition_point(|clause| clause.agreement <= id);
        start..end
    }

    /// Returns the agreements of a file, or of the files of an archive, by its name in the corpus.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let found = corpus.agreements_in("paris2018.md");
    /// assert_eq!(corpus.agreement(found[0]).key, "paris2018");
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn agreements_in(&self, file: &str) -> Vec<AgreementId> {
        let agreements = self.agreements.iter().enumerate();
        let in_file = agreements.filter(|(_, of)| is_in_file(of.file.as_deref(), file));
        in_file.map(|(place, _)| AgreementId::new(place)).collect()
    }

    /// Returns how strongly a clause binds and whom, from its words, its lead-in and its
    /// agreement's metadata.
    ///
    /// Computed at each call, in time linear in the length of the clause: store the result if it is
    /// needed more than once.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams, find_clause};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let clause = find_clause(&corpus, "AU Convention 25(4)")?;
    /// assert_eq!(corpus.force(clause).tag(), "obligation");
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn force(&self, id: ClauseId) -> Force {
        let clause = self.clause(id);
        let lead_in = clause.lead_in.as_deref();
        let metadata = &self.agreement(clause.agreement).metadata;
        Force::of(lead_in, self.text(id), clause.language).with_metadata(metadata)
    }

    /// Returns the force of a clause, but not all the words that say so: class and addressees are those of
    /// [`force`](Self::force).
    pub(crate) fn class_and_addressees(&self, id: ClauseId) -> Force {
        let clause = self.clause(id);
        let lead_in = clause.lead_in.as_deref();
        let force = clause.gist.map_or_else(
            || Force::without_qualifiers(lead_in, self.text(id), clause.language),
            ForceGist::force,
        );
        force.with_metadata(&self.agreement(clause.agreement).metadata)
    }

    /// Returns how to cite a clause: the agreement's name and the official label.
    pub fn citation(&self, id: ClauseId) -> String {
        let clause = self.clause(id);
        let name = &self.agreement(clause.agreement).name;
        match &clause.label {
            Some(label) => format!("{name} {label}"),
            None => format!("{name} [{}]", clause.running_number),
        }
    }

    /// Returns the clause with this key, such as `gge2015/13(f)`; `None` if there is none. The second unnumbered
    /// clause of an agreement is `gge2015/#2`; `gge2015#2`, as it was once called, finds it too.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// let found = corpus.find("gge2015/13(f)").map(|id| corpus.citation(id));
    /// assert_eq!(found.as_deref(), Some("GGE 2015 ¶13(f)"));
    /// assert_eq!(corpus.find("gge2015/99"), None);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn find(&self, key: &str) -> Option<ClauseId> {
        let unnumbered = || {
            let (agreement, number) = key.split_once('#')?;
            self.clause_of_key.get(&format!("{agreement}/#{number}"))
        };
        let found = self.clause_of_key.get(key).or_else(unnumbered);
        found.copied()
    }

    /// Returns the human coding that came with the texts, if one of them was a comparison table.
    pub fn placements(&self) -> &[Placement] {
        &self.placements
    }

    /// Returns what was skipped, repaired or guessed, by file and line.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// Returns the corpus with each agreement under the process that `name_of` gives it.
    ///
    /// Neighbors in other processes, and convergence, depend on what a process is. Agreements made
    /// from one template count once if their group is made their process; each agreement counts for
    /// itself if its own key is its process. Clauses keep their ids and keys; processes are ordered
    /// by name. Takes one pass over the agreements.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::corpus::{Corpus, LoadParams};
    ///
    /// let corpus = Corpus::load(&["corpus".into()], &LoadParams::default())?;
    /// assert_eq!(corpus.processes().len(), 20);
    /// let each_for_itself = corpus.with_processes(|agreement| agreement.key.clone());
    /// assert_eq!(each_for_itself.processes().len(), 26);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    #[must_use]
    pub fn with_processes(mut self, name_of: impl Fn(&Agreement) -> String) -> Self {
        let mut agreements_of: BTreeMap<String, Vec<AgreementId>> = BTreeMap::new();
        for (index, agreement) in self.agreements.iter().enumerate() {
            let filed = agreements_of.entry(name_of(agreement)).or_default();
            filed.push(AgreementId::new(index));
        }
        let to_process = |(name, agreements)| Process { name, agreements };
        self.processes = agreements_of.into_iter().map(to_process).collect();
        for (index, process) in self.processes.iter().enumerate() {
            for agreement in &process.agreements {
                self.agreements[agreement.index()].process = ProcessId::new(index);
            }
        }
        self
    }
}

/// Returns whether a text is that of a file, or of a file in it.
pub(super) fn is_in_file(name: Option<&str>, file: &str) -> bool {
    let inside = name.and_then(|name| name.strip_prefix(file));
    inside.is_some_and(|inside| inside.is_empty() || inside.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{CorpusBuilder, LoadParams};
    use crate::read::{ReadLimits, read};

    fn check_forces(corpus: &Corpus) {
        for id in corpus.clause_ids() {
            let (found, whole) = (corpus.class_and_addressees(id), corpus.force(id));
            let key = &corpus.clause(id).key;
            assert_eq!(found.class, whole.class, "{key}");
            assert_eq!(found.addressees, whole.addressees, "{key}");
        }
    }

    #[test]
    fn the_force_found_while_reading_is_that_of_the_clause() {
        let rows = [
            ("en", "", "Members shall keep a light."),
            ("en", "Members shall:", "keep a light;"),
            ("en", "", "Recalling that ports should be safe,"),
            ("en", "", "We pledge to keep the harbor open."),
            ("en", "", "Protect the harbor."),
            ("en", "", "“Quay” means any place where ships moor."),
            ("en", "", "12."),
            ("fr", "", "Les États s'engagent à garder les feux allumés."),
            ("es", "", "Los Estados deben cuidar los faros."),
            ("de", "", "Die Staaten halten die Häfen offen."),
        ];
        let lines: Vec<String> = rows
            .iter()
            .map(|(language, lead_in, text)| {
                let record = serde_json::json!({
                    "agreement": "a", "lang": language, "lead_in": lead_in, "text": text,
                    "status": "pledge", "actor_kind": "states",
                });
                record.to_string()
            })
            .collect();
        let lines = lines.join("\n");
        let parsed = read(lines.as_bytes(), "a.jsonl", &ReadLimits::default()).unwrap();
        let mut builder = CorpusBuilder::new();
        builder.add(parsed, Some("a.jsonl"));
        check_forces(&builder.build().unwrap());
    }

    mod needs_shared {
        use super::*;

        #[test]
        #[ignore = "needs ../shared"]
        fn the_force_found_while_reading_is_that_of_the_clause() {
            let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/treaties/");
            for name in [
                "multilingual.jsonl",
                "digital_and_rights.jsonl",
                "articles.jsonl",
            ] {
                let path = std::path::Path::new(root).join(name);
                check_forces(&Corpus::load(&[path], &LoadParams::default()).unwrap());
            }
        }
    }
}
