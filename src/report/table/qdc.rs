//! [`to_qdc`]: a codebook as programs for coding texts exchange it.

use std::fmt::Write;

use crate::digest::sha256_of;
use crate::report::form::words::joined;
use crate::report::form::xml::in_xml;
use crate::table::{Codebook, GivenIssue, QDC_CLAUSES, QDC_SEPARATOR, QDC_WORDS};

/// What the file begins with.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\" \
                    xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
                    xsi:schemaLocation=\"urn:QDA-XML:codebook:1.0 Codebook.xsd\" origin=\"consonance\">\n<Codes>\n";
/// Where the parts of an identifier begin, in its 32 digits.
const PARTS: [usize; 6] = [0, 8, 12, 16, 20, 32];

/// Returns a codebook in the REFI-QDA form (`.qdc`), which `QualCoder`, `NVivo` and MAXQDA read: each issue is a code; its
/// words and clauses are lines of the code's description, from which
/// [`Codebook::parse_qdc`](crate::table::Codebook::parse_qdc) reads them again.
///
/// The identifier of a code follows its name, so that the same codebook gives the same bytes.
///
/// # Examples
///
/// ```
/// use consonance::report::to_qdc;
/// use consonance::table::Codebook;
///
/// let codebook = Codebook::parse("[[issue]]\nname = 'Lights & bells'")?;
/// assert!(to_qdc(&codebook).contains("name=\"Lights &amp; bells\" isCodable=\"true\""));
/// # Ok::<(), consonance::Error>(())
/// ```
pub fn to_qdc(codebook: &Codebook) -> String {
    let mut out = HEAD.to_owned();
    for issue in &codebook.issues {
        let (guid, name) = (guid_of(&issue.name), in_xml(&issue.name));
        let _ = write!(
            out,
            "<Code guid=\"{guid}\" name=\"{name}\" isCodable=\"true\""
        );
        match description_of(issue) {
            told if told.is_empty() => out.push_str("/>\n"),
            told => {
                let told = in_xml(&told);
                let _ = writeln!(out, "><Description>{told}</Description></Code>");
            }
        }
    }
    out.push_str("</Codes>\n</CodeBook>\n");
    out
}

fn description_of(issue: &GivenIssue) -> String {
    let line = |name: &str, values: &[String]| {
        let values = joined(values, QDC_SEPARATOR);
        (!values.is_empty()).then(|| format!("{name}{values}"))
    };
    let own = Some(issue.description.clone()).filter(|own| !own.is_empty());
    let lines = [
        own,
        line(QDC_WORDS, &issue.words),
        line(QDC_CLAUSES, &issue.clauses),
    ];
    joined(lines.into_iter().flatten(), "\n")
}

/// Returns the identifier of a code: 32 digits of the hash of its name, in groups.
fn guid_of(name: &str) -> String {
    let digits = sha256_of(name.as_bytes());
    let parts = PARTS.windows(2).map(|part| &digits[part[0]..part[1]]);
    joined(parts, "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_codebook_goes_out_and_comes_back() {
        let toml = "[[issue]]\nname = 'Lights <on> \"piers\" & reefs'\ndescription = 'Beacons; lamps.'\n\
                    words = ['fog bell', 'lantern']\nclauses = ['Pact ¶3(a)', 'Code 2']\n\n[[issue]]\nname = 'Pilots'\n";
        let codebook = Codebook::parse(toml).unwrap();
        assert_eq!(Codebook::parse_qdc(&to_qdc(&codebook)).unwrap(), codebook);
        let guid = guid_of("Pilots");
        assert_eq!(
            guid.split('-').map(str::len).collect::<Vec<_>>(),
            [8, 4, 4, 4, 12]
        );
    }
}
