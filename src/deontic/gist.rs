//! [`ForceGist`]: the class and the addressees of a clause, in few bytes.

use crate::deontic::addressee::Addressee;
use crate::deontic::class::ModalClass;
use crate::deontic::force::{Basis, Force};

/// What the words of a clause say of its class and its addressees, without the words that say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ForceGist {
    class: ModalClass,
    is_negated: bool,
    basis: Basis,
    /// A bit for each addressee, in the order of [`Addressee::ALL`].
    addressees: u8,
}

impl Force {
    /// Returns the class and the addressees.
    pub(crate) fn gist(&self) -> ForceGist {
        let is_one = |kind: &Addressee| self.addressees.contains(kind);
        let bits = (0..).zip(Addressee::ALL).filter(|(_, kind)| is_one(kind));
        ForceGist {
            class: self.class,
            is_negated: self.is_negated,
            basis: self.basis,
            addressees: bits.fold(0, |bits, (place, _)| bits | 1 << place),
        }
    }
}

impl ForceGist {
    /// Returns the force of which this is the gist, without the words that say it.
    pub(crate) fn force(self) -> Force {
        let is_one = |place: u8| self.addressees >> place & 1 == 1;
        let addressees = (0..).zip(Addressee::ALL);
        Force {
            class: self.class,
            is_negated: self.is_negated,
            basis: self.basis,
            addressees: addressees
                .filter(|(place, _)| is_one(*place))
                .map(|(_, kind)| kind)
                .collect(),
            ..Force::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn the_gist_keeps_class_and_addressees() {
        let texts = [
            "Members shall keep a light.",
            "States and companies should not harm ambulances.",
            "Everyone may use the harbor.",
            "We pledge to refrain from it.",
            "Protect the harbor.",
        ];
        for text in texts {
            let force = Force::of(None, text, Language::ENGLISH);
            let kept = force.gist().force();
            assert_eq!(kept.tag(), force.tag(), "{text}");
            assert_eq!(kept.addressees, force.addressees, "{text}");
            assert_eq!(kept.basis, force.basis, "{text}");
        }
    }
}
