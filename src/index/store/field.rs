//! [`NameField`]: the fields of a clause or an agreement whose value is a name.

/// A field whose value is a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameField {
    Process,
    Agreement,
    Actor,
    Region,
    Status,
    Label,
    Heading,
    Force,
    Addressee,
}

impl NameField {
    /// The fields of an agreement; the others are fields of a clause.
    pub(crate) const OF_AGREEMENT: [Self; 5] = [
        Self::Process,
        Self::Agreement,
        Self::Actor,
        Self::Region,
        Self::Status,
    ];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Process => "process",
            Self::Agreement => "agreement",
            Self::Actor => "actor",
            Self::Region => "region",
            Self::Status => "status",
            Self::Label => "label",
            Self::Heading => "heading",
            Self::Force => "force",
            Self::Addressee => "addressee",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        let clause_fields = [Self::Label, Self::Heading, Self::Force, Self::Addressee];
        Self::OF_AGREEMENT
            .into_iter()
            .chain(clause_fields)
            .find(|field| field.word() == word)
    }
}
