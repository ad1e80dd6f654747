//! [`Corpus::with_processes`]: the same agreements, filed under other processes.

use std::collections::BTreeMap;

use crate::agreement::Agreement;
use crate::corpus::{Corpus, Process};
use crate::id::{AgreementId, ProcessId};

impl Corpus {
    /// Returns the corpus with each agreement under the process that `name_of` gives it.
    ///
    /// What is near in another process, and what converges, depends on what a process is: agreements
    /// made from one template count as one voice when their family is made their process, and each
    /// agreement speaks for itself when its own key is. Clauses keep their ids and keys; processes
    /// are ordered by name. Costs one pass over the agreements.
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
