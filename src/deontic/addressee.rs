//! [`Addressee`]: whom a clause binds.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A kind of actor that a clause binds, advises or permits to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Addressee {
    /// States, governments, their authorities.
    States,
    /// Those who signed or joined the text: Parties, signatories, participants, "we".
    Parties,
    /// Actors that are not States.
    NonStateActors,
    /// Companies and others of the private sector.
    Companies,
    /// International organizations and the organs of a text: its secretariat, committee, council.
    InternationalOrganizations,
    /// Civil society, the academic and the technical community.
    CivilSociety,
    /// All who have a stake.
    AllStakeholders,
    /// Single persons: users, citizens, "everyone".
    Individuals,
}

/// Where the addressee of a clause was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AddresseeSource {
    /// The clause names it, as subject or object of its main verb.
    Clause,
    /// The lead-in names it.
    LeadIn,
    /// The metadata of the agreement names it.
    Metadata,
    /// Nowhere.
    #[default]
    Nowhere,
}

impl Addressee {
    /// All kinds, in the order of the enum.
    pub const ALL: [Self; 8] = [
        Self::States,
        Self::Parties,
        Self::NonStateActors,
        Self::Companies,
        Self::InternationalOrganizations,
        Self::CivilSociety,
        Self::AllStakeholders,
        Self::Individuals,
    ];

    /// Returns its name, as reports and search fields spell it: `non-state-actors`.
    pub fn name(self) -> &'static str {
        match self {
            Self::States => "states",
            Self::Parties => "parties",
            Self::NonStateActors => "non-state-actors",
            Self::Companies => "companies",
            Self::InternationalOrganizations => "international-organizations",
            Self::CivilSociety => "civil-society",
            Self::AllStakeholders => "all-stakeholders",
            Self::Individuals => "individuals",
        }
    }

    /// Returns the kind with this name, if there is one.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns the addressee for an actor kind of the metadata, if there is one.
    pub(crate) fn of_actor_kind(kind: &str) -> Option<Self> {
        let kind = kind.to_lowercase();
        let stands_for = [
            ("multistakeholder", Self::AllStakeholders),
            ("multi-stakeholder", Self::AllStakeholders),
            ("stakeholder", Self::AllStakeholders),
            ("non-state", Self::NonStateActors),
            ("compan", Self::Companies),
            ("business", Self::Companies),
            ("industry", Self::Companies),
            ("private", Self::Companies),
            ("civil", Self::CivilSociety),
            ("state", Self::States),
            ("government", Self::States),
            ("organization", Self::InternationalOrganizations),
        ];
        stands_for
            .into_iter()
            .find(|(part, _)| kind.contains(part))
            .map(|(_, addressee)| addressee)
    }
}

impl fmt::Display for Addressee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
