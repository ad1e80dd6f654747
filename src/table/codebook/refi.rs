//! [`Codebook::parse_qdc`]: a codebook as programs for coding texts exchange it (REFI-QDA, `.qdc`).

use std::collections::BTreeMap;

use roxmltree::{Document, Node};

use crate::error::{Error, ErrorKind, Result};
use crate::read::{ReadLimits, xml};
use crate::table::codebook::given::{Codebook, GivenIssue};
use crate::words::fold_name;

/// What the lines of a description begin with that hold the words and the clauses of an issue.
pub(crate) const WORDS: &str = "Words: ";
pub(crate) const CLAUSES: &str = "Clauses: ";
/// What separates them.
pub(crate) const SEPARATOR: &str = "; ";

impl Codebook {
    /// Returns the codebook in the REFI-QDA form that `QualCoder`, `NVivo` and MAXQDA write (`.qdc`).
    ///
    /// Each code is an issue, but groups of codes that are no codes themselves (`isCodable="false"`). A code whose name
    /// another has, too, gets the name of its group before its own. Of its description, the line that begins with
    /// `Words: ` has the words of the issue, and that with `Clauses: ` its clauses, separated by `; `.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Format`] if the text is no XML or no codebook, [`ErrorKind::Limit`] if it is nested too deeply;
    /// [`ErrorKind::Parameter`] as [`Codebook::new`].
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::report::to_qdc;
    /// use consonance::table::Codebook;
    ///
    /// let codebook = Codebook::parse("[[issue]]\nname = 'Lights'\nwords = ['beacon', 'lantern']")?;
    /// assert_eq!(Codebook::parse_qdc(&to_qdc(&codebook))?, codebook);
    /// # Ok::<(), consonance::Error>(())
    /// ```
    pub fn parse_qdc(text: &str) -> Result<Self> {
        let text = text.trim_start_matches('\u{feff}');
        xml::check(text, &ReadLimits::default())?;
        let document = Document::parse(text).map_err(|error| xml::not_well_formed(&error))?;
        let root = document.root_element();
        if !xml::is_named(root, "CodeBook") {
            let name = root.tag_name().name();
            let message = format!("the root is `{name}`, where a codebook has `CodeBook`");
            return Err(Error::new(ErrorKind::Format, message));
        }
        let codes = root.descendants().filter(|node| is_code(*node));
        let codes: Vec<Node<'_, '_>> = codes.collect();
        let mut n_named: BTreeMap<String, usize> = BTreeMap::new();
        for code in &codes {
            *n_named.entry(fold_name(name_of(*code))).or_default() += 1;
        }
        let issues = codes.iter().map(|code| {
            let is_only = n_named[&fold_name(name_of(*code))] == 1;
            let group = if is_only {
                String::new()
            } else {
                group_of(*code)
            };
            issue_of(*code, &group)
        });
        Self::new(issues.collect())
    }
}

/// Returns whether an element is a code that can be given to a text.
fn is_code(node: Node<'_, '_>) -> bool {
    let is_group = xml::attribute_of(node, "isCodable").is_some_and(|value| value == "false");
    xml::is_named(node, "Code") && !is_group
}

fn name_of<'a>(code: Node<'a, '_>) -> &'a str {
    xml::attribute_of(code, "name").unwrap_or_default().trim()
}

/// Returns the name of the group of a code, with a colon; empty outside all groups.
fn group_of(code: Node<'_, '_>) -> String {
    let group = code
        .parent()
        .filter(|parent| xml::is_named(*parent, "Code"));
    group.map_or_else(String::new, |group| format!("{}: ", name_of(group)))
}

fn issue_of(code: Node<'_, '_>, group: &str) -> GivenIssue {
    let mut issue = GivenIssue::new(format!("{group}{}", name_of(code)));
    let told = xml::child_of(code, "Description").and_then(|node| node.text());
    let mut description: Vec<&str> = Vec::new();
    for line in told.unwrap_or_default().lines().map(str::trim) {
        if let Some(words) = line.strip_prefix(WORDS) {
            issue
                .words
                .extend(words.split(SEPARATOR).map(str::to_owned));
        } else if let Some(clauses) = line.strip_prefix(CLAUSES) {
            issue
                .clauses
                .extend(clauses.split(SEPARATOR).map(str::to_owned));
        } else if !line.is_empty() {
            description.push(line);
        }
    }
    issue.description = description.join(" ");
    issue
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_codebook_written_by_hand_is_read() {
        let text = r##"<?xml version="1.0" encoding="utf-8"?>
            <CodeBook xmlns="urn:QDA-XML:codebook:1.0" origin="by hand">
              <Codes>
                <Code guid="1" name="Harbor" isCodable="false">
                  <Code guid="2" name="Lights" isCodable="true" color="#AA0000">
                    <Description>Beacons &amp; lanterns.
                      Words: beacon; lantern</Description>
                  </Code>
                  <Code guid="3" name="Rules" isCodable="true"/>
                </Code>
                <Code guid="4" name="Reef" isCodable="true"><Code guid="5" name="rules" isCodable="true"/></Code>
              </Codes>
            </CodeBook>"##;
        let found = Codebook::parse_qdc(text).unwrap();
        let names: Vec<&str> = found
            .issues
            .iter()
            .map(|issue| issue.name.as_str())
            .collect();
        assert_eq!(names, ["Lights", "Harbor: Rules", "Reef", "Reef: rules"]);
        assert_eq!(found.issues[0].description, "Beacons & lanterns.");
        assert_eq!(found.issues[0].words, ["beacon", "lantern"]);
    }

    #[test]
    fn what_is_no_codebook_is_refused_with_the_reason() {
        for (text, reason) in [
            ("<Project/>", "`Project`"),
            ("<CodeBook>", "well-formed"),
            ("<!DOCTYPE a><CodeBook/>", "document type"),
            ("<CodeBook><Codes/></CodeBook>", "names no issue"),
        ] {
            let error = Codebook::parse_qdc(text).unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
    }
}
