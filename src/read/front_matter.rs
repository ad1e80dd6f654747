//! Front matter: metadata at the head of a Markdown file or a plain text, as TOML or YAML.

use toml::de::DeTable;

use crate::agreement::{Field, Metadata};
use crate::error::{Diagnostic, Error, ErrorKind, Result, Severity};
use crate::read::setting::{Setting, set_field, toml_error, toml_settings};

/// The most bytes of front matter; a longer block is not front matter.
const MAX_BYTES: usize = 64 << 10;

/// Splits a Markdown text into its front matter and the rest.
///
/// Unknown keys get a note, since other programs use front matter too.
///
/// # Errors
///
/// [`ErrorKind::Manifest`], with the line, if the front matter cannot be parsed or a value is not
/// valid for its key.
pub(crate) fn split<'a>(
    text: &'a str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Metadata, &'a str)> {
    let Some((block, rest, syntax)) = find_block(text) else {
        return Ok((Metadata::default(), text));
    };
    match settings_of(block, syntax)? {
        Some(settings) => Ok((metadata_of(settings, diagnostics)?, rest)),
        None => Ok((Metadata::default(), text)),
    }
}

/// The same for a plain text, where lines between rules are front matter only if they name a field.
///
/// # Errors
///
/// As [`split`].
pub(crate) fn split_with_field<'a>(
    text: &'a str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<(Metadata, &'a str)> {
    let is_field = |line: &str| {
        let key = line.split([':', '=']).next().unwrap_or_default();
        Field::of_key(key.trim().trim_matches(['"', '\''])).is_some()
    };
    match find_block(text) {
        Some((block, ..)) if block.lines().any(is_field) => split(text, diagnostics),
        _ => Ok((Metadata::default(), text)),
    }
}

/// Returns the settings of a block; `None` if it is text between rules.
fn settings_of(block: &str, syntax: Syntax) -> Result<Option<Vec<Setting>>> {
    match syntax {
        Syntax::Toml => settings_of_toml(block).map(Some),
        Syntax::Yaml => settings_of_yaml(block),
    }
}

fn metadata_of(settings: Vec<Setting>, diagnostics: &mut Vec<Diagnostic>) -> Result<Metadata> {
    let mut metadata = Metadata::default();
    for mut setting in settings {
        // The block begins in the second line of the file.
        setting.line += 1;
        if !set_field(&mut metadata, &setting)? {
            let message = format!("the front matter's `{}` is not used", setting.key);
            diagnostics.push(Diagnostic::new(Severity::Note, message).at_line(setting.line));
        }
    }
    Ok(metadata)
}

#[derive(Clone, Copy, Debug)]
enum Syntax {
    Toml,
    Yaml,
}

/// Finds the lines between two fences at the very start of a text, and the text after them.
fn find_block(text: &str) -> Option<(&str, &str, Syntax)> {
    let (first, after) = text.split_once('\n')?;
    let (fence, syntax) = match first.trim_end() {
        "+++" => ("+++", Syntax::Toml),
        "---" => ("---", Syntax::Yaml),
        _ => return None,
    };
    let mut start = 0;
    for line in after.split_inclusive('\n') {
        let bare = line.trim_end();
        let is_end = bare == fence || (matches!(syntax, Syntax::Yaml) && bare == "...");
        if is_end {
            return Some((&after[..start], &after[start + line.len()..], syntax));
        }
        start += line.len();
        if start > MAX_BYTES {
            return None;
        }
    }
    None
}

fn settings_of_toml(block: &str) -> Result<Vec<Setting>> {
    let table = DeTable::parse(block).map_err(|error| toml_error(&error, block, 1))?;
    Ok(toml_settings(table.get_ref(), block))
}

/// Returns the settings of a YAML mapping; `None` if the block is not a mapping but text between rules.
fn settings_of_yaml(block: &str) -> Result<Option<Vec<Setting>>> {
    let parsed: serde_norway::Value = match serde_norway::from_str(block) {
        Ok(value) => value,
        Err(_) if !begins_with_key(block) => return Ok(None),
        Err(error) => {
            let line = error.location().map_or(1, |place| place.line());
            let what = "the front matter is not valid YAML";
            return Err(Error::new(ErrorKind::Manifest, what)
                .at_line(line + 1)
                .caused_by(error));
        }
    };
    let serde_norway::Value::Mapping(mapping) = parsed else {
        return Ok(None);
    };
    let mut settings = Vec::new();
    for (key, value) in mapping {
        let Some(key) = key.as_str() else { continue };
        settings.push(Setting {
            key: key.to_owned(),
            value: yaml_value(&value),
            line: line_of_key(block, key),
        });
    }
    Ok(Some(settings))
}

fn begins_with_key(block: &str) -> bool {
    let first = block.lines().find(|line| !line.trim().is_empty());
    let parts = first.and_then(|line| line.split_once(':'));
    let is_in_keys = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    parts.is_some_and(|(key, _)| key.chars().all(is_in_keys))
}

fn line_of_key(block: &str, key: &str) -> usize {
    let is_key = |line: &str| line.trim_matches(['"', '\'']).starts_with(key);
    1 + block.lines().position(is_key).unwrap_or(0)
}

fn yaml_value(value: &serde_norway::Value) -> Option<String> {
    let number = || value.as_i64().map(|number| number.to_string());
    let missing = || value.is_null().then(String::new);
    let text = value.as_str().map(str::to_owned);
    text.or_else(number).or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, title: Option<&str>, year: Option<i32>, rest: &str) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        let (metadata, found_rest) = split(text, &mut diagnostics).unwrap();
        assert_eq!(metadata.title.as_deref(), title, "{text}");
        assert_eq!(metadata.year, year, "{text}");
        assert_eq!(found_rest, rest, "{text}");
        diagnostics
    }

    #[test]
    fn toml_and_yaml_say_the_same() {
        let toml =
            "+++\ntitle = \"A Code\"\nyear = 2015-07-22\nfirst_published = 2015-07-22\n+++\nwords";
        assert!(check(toml, Some("A Code"), Some(2015), "words").is_empty());
        let yaml = "---\r\ntitle: A Code\r\nyear: '2015'\r\nregion:\r\n---\r\nwords";
        assert!(check(yaml, Some("A Code"), Some(2015), "words").is_empty());
    }

    #[test]
    fn a_rule_at_the_start_is_not_front_matter() {
        check(
            "---\nSome words.\n---\nmore",
            None,
            None,
            "---\nSome words.\n---\nmore",
        );
        check(
            "---\ntitle: never closed",
            None,
            None,
            "---\ntitle: never closed",
        );
        check("no fence", None, None, "no fence");
    }

    #[test]
    fn front_matter_of_a_plain_text_names_a_field() {
        let split_plain = |text: &str| {
            let (metadata, rest) = split_with_field(text, &mut Vec::new()).unwrap();
            (metadata.title, rest.to_owned())
        };
        let titled = |text: &str| split_plain(text).0;
        assert_eq!(
            titled("---\ntitle: A Code\n---\nwords"),
            Some("A Code".to_owned())
        );
        assert_eq!(
            titled("+++\n\"title\" = 'A Code'\n+++\nwords"),
            Some("A Code".to_owned())
        );
        let ruled = "---\nRemark: none of it: is front matter\n---\nwords";
        assert_eq!(split_plain(ruled), (None, ruled.to_owned()));
    }

    #[test]
    fn an_unknown_key_is_noted_with_its_line() {
        let text = "---\ntitle: A Code\nlayout: page\ntags: [a, b]\n---\n";
        let diagnostics = check(text, Some("A Code"), None, "");
        let lines: Vec<_> = diagnostics.iter().map(|d| d.line).collect();
        assert_eq!(lines, [Some(3), Some(4)]);
    }

    #[test]
    fn a_wrong_value_is_an_error_with_its_line() {
        let cases = [
            ("+++\ntitle = \"a\"\nyear = \"soon\"\n+++\n", "`year`", 3),
            ("+++\ntitle = [1]\n+++\n", "`title`", 2),
            ("---\nlanguage: english\n---\n", "`language`", 2),
            ("+++\n\ntitle =\n+++\n", "TOML", 3),
            ("---\ntitle: [a\n---\n", "YAML", 0),
        ];
        for (text, word, line) in cases {
            let error = split(text, &mut Vec::new()).unwrap_err();
            assert!(error.to_string().contains(word), "{error}");
            assert!(line == 0 || error.line() == Some(line), "{error}");
        }
    }
}
