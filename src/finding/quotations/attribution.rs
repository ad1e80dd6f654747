//! [`Attributions`]: whether what a paper names as the source of words is their source.

use std::ops::Range;

use crate::corpus::{ClauseRef, Corpus};
use crate::finding::quotations::nearby::{Attribution, NearbyReferences};
use crate::finding::quotations::paper::Paper;
use crate::finding::quotations::reference::{
    NamedInstrument, Naming, PaperReference, clauses_named,
};
use crate::finding::quotations::result::{CheckedReference, ReferenceVerdict};
use crate::id::{AgreementId, ClauseId};

/// Judges references of a paper to a corpus.
pub(super) struct Attributions<'c> {
    pub(super) corpus: &'c Corpus,
    pub(super) paper: &'c Paper,
    pub(super) nearby: NearbyReferences<'c>,
}

/// A quotation whose source is judged.
pub(super) struct Attributed<'q> {
    /// The bytes of the paper.
    pub(super) quotation: &'q Range<usize>,
    pub(super) attribution: Attribution,
    /// The groups of clauses that have its words.
    pub(super) found: &'q [Vec<ClauseId>],
}

/// A verdict, and the clauses that a reference names.
struct Judged {
    verdict: ReferenceVerdict,
    clauses: Vec<ClauseId>,
}

impl Attributions<'_> {
    /// Returns the clauses that the source of a quotation names; none if it names no number of an agreement.
    pub(super) fn named(&self, attribution: &Attribution) -> Vec<ClauseId> {
        let provision = attribution
            .provision
            .map(|place| &self.nearby.references[place]);
        let agreement = self.instrument(attribution).and_then(|of| of.agreement);
        match (provision, agreement) {
            (Some(provision), Some(agreement)) => {
                clauses_named(self.corpus, agreement, &provision.provisions)
            }
            _ => Vec::new(),
        }
    }

    /// Returns whether the source of a quotation is right; `None` if none is named.
    pub(super) fn judge(&self, of: &Attributed<'_>) -> Option<CheckedReference> {
        let instrument = self.instrument(&of.attribution);
        let provision = of.attribution.provision;
        let provision = provision.map(|place| &self.nearby.references[place]);
        let judged = match (provision, instrument) {
            (Some(provision), Some(instrument)) => self.judge_number(of, provision, instrument),
            (Some(provision), None) => {
                self.judge_label(of, provision, ReferenceVerdict::WrongNumber)
            }
            (None, Some(instrument)) if of.attribution.is_near => {
                self.judge_agreement(of, instrument)?
            }
            (None, _) => return None,
        };
        let place = of.attribution.provision.or(of.attribution.instrument)?;
        Some(self.told(&self.nearby.references[place], instrument, &judged))
    }

    /// Returns the references to provisions that belong to no quotation, if an instrument is named with them or near.
    pub(super) fn others(&self) -> Vec<CheckedReference> {
        let places = 0..self.nearby.references.len();
        let free = places.filter(|place| !self.nearby.is_claimed(*place));
        free.filter_map(|place| self.other(&self.nearby.references[place]))
            .collect()
    }

    fn other(&self, reference: &PaperReference) -> Option<CheckedReference> {
        if reference.provisions.is_empty() {
            return None;
        }
        let near = || {
            let place = self.nearby.instrument_near(&reference.range)?;
            self.nearby.references[place].instrument.as_ref()
        };
        let instrument = reference.instrument.as_ref().or_else(near)?;
        let named = |agreement| clauses_named(self.corpus, agreement, &reference.provisions);
        let clauses = instrument.agreement.map(named).unwrap_or_default();
        let verdict = match (clauses.is_empty(), instrument.agreement) {
            (false, _) => ReferenceVerdict::Known,
            // It may be a number of the paper itself.
            (true, _) if reference.instrument.is_none() => return None,
            (true, Some(_)) => ReferenceVerdict::UnknownNumber,
            (true, None) => ReferenceVerdict::UnknownAgreement,
        };
        Some(self.told(reference, Some(instrument), &Judged { verdict, clauses }))
    }

    fn instrument(&self, attribution: &Attribution) -> Option<&NamedInstrument> {
        let place = attribution.instrument?;
        self.nearby.references[place].instrument.as_ref()
    }

    /// Judges a number of an instrument, which may be named with it, near it, or some sentences before.
    fn judge_number(
        &self,
        of: &Attributed<'_>,
        provision: &PaperReference,
        instrument: &NamedInstrument,
    ) -> Judged {
        let Some(agreement) = instrument.agreement else {
            return match provision.instrument {
                Some(_) => Judged {
                    verdict: ReferenceVerdict::UnknownAgreement,
                    clauses: Vec::new(),
                },
                None => self.judge_label(of, provision, ReferenceVerdict::UnknownAgreement),
            };
        };
        let clauses = clauses_named(self.corpus, agreement, &provision.provisions);
        // Of words that are nowhere only the number can be right.
        let is_right = of.found.is_empty() && !clauses.is_empty();
        if is_right || holds_one_of(of.found, &clauses) {
            return Judged {
                verdict: ReferenceVerdict::Known,
                clauses,
            };
        }
        let is_its_own = provision.instrument.is_some() && instrument.naming == Naming::Full;
        let is_found_in_it = self.agreements_of(of.found).any(|found| found == agreement);
        let verdict = match (is_its_own || is_found_in_it, clauses.is_empty()) {
            (true, true) => ReferenceVerdict::UnknownNumber,
            (true, false) => ReferenceVerdict::WrongNumber,
            // The agreement was only guessed.
            (false, _) => ReferenceVerdict::UnknownAgreement,
        };
        if is_its_own {
            return Judged { verdict, clauses };
        }
        let by_label = self.judge_label(of, provision, verdict);
        match by_label.verdict {
            ReferenceVerdict::Known if !is_found_in_it => by_label,
            _ => Judged { verdict, clauses },
        }
    }

    /// Judges a number by the agreements that have the words; `otherwise` if it is none of theirs.
    fn judge_label(
        &self,
        of: &Attributed<'_>,
        provision: &PaperReference,
        otherwise: ReferenceVerdict,
    ) -> Judged {
        for agreement in self.agreements_of(of.found) {
            let clauses = clauses_named(self.corpus, agreement, &provision.provisions);
            if holds_one_of(of.found, &clauses) {
                return Judged {
                    verdict: ReferenceVerdict::Known,
                    clauses,
                };
            }
        }
        let is_far = of.found.is_empty();
        Judged {
            verdict: if is_far {
                ReferenceVerdict::UnknownAgreement
            } else {
                otherwise
            },
            clauses: Vec::new(),
        }
    }

    /// Judges an agreement without a number; `None` if it is none of the corpus.
    fn judge_agreement(&self, of: &Attributed<'_>, instrument: &NamedInstrument) -> Option<Judged> {
        let is_found =
            |agreement: AgreementId| self.agreements_of(of.found).any(|found| found == agreement);
        let beside = self.nearby.instruments_beside(of.quotation);
        let mut beside = beside.filter_map(|reference| reference.instrument.as_ref()?.agreement);
        let verdict = match instrument.agreement? {
            agreement if is_found(agreement) => ReferenceVerdict::Known,
            // Several agreements are named, and one of them has the words.
            _ if beside.any(is_found) || of.found.is_empty() => return None,
            _ if instrument.naming == Naming::Loose => return None,
            _ => ReferenceVerdict::WrongAgreement,
        };
        Some(Judged {
            verdict,
            clauses: Vec::new(),
        })
    }

    fn agreements_of<'f>(
        &'f self,
        found: &'f [Vec<ClauseId>],
    ) -> impl Iterator<Item = AgreementId> + 'f {
        let firsts = found.iter().filter_map(|clauses| clauses.first());
        firsts.map(|clause| self.corpus.clause(*clause).agreement)
    }

    fn told(
        &self,
        reference: &PaperReference,
        instrument: Option<&NamedInstrument>,
        judged: &Judged,
    ) -> CheckedReference {
        let agreement = instrument.and_then(|of| of.agreement);
        let provisions = reference.provisions.iter();
        CheckedReference {
            verdict: judged.verdict,
            place: self.paper.place(&reference.range),
            instrument: match agreement {
                Some(id) => Some(self.corpus.agreement(id).name.clone()),
                None => instrument.map(|of| of.name.clone()),
            },
            agreement: agreement.map(|id| self.corpus.agreement(id).key.clone()),
            provisions: provisions.map(|of| of.label.as_str().to_owned()).collect(),
            clauses: judged
                .clauses
                .iter()
                .map(|id| ClauseRef::of(self.corpus, *id))
                .collect(),
        }
    }
}

/// Whether some group of clauses has one of others.
pub(super) fn holds_one_of(found: &[Vec<ClauseId>], clauses: &[ClauseId]) -> bool {
    found
        .iter()
        .flatten()
        .any(|clause| clauses.contains(clause))
}
