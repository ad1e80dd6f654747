//! [`parse`]: parses typed text into a [`Query`]; the module's docs give the grammar.
//!
//! The index library's parser is not used: it does not know our analyzer and recurses without limit.
//! This one descends at most 64 levels.

use crate::error::{Error, ErrorKind, Result};
use crate::index::query::filter::{Filter, is_field};
use crate::index::query::pattern::{Pattern, PatternError};
use crate::index::query::scan::{Parser, ends_word, is_quote, length_to_slash};
use crate::index::query::tree::{Group, Item, Query, Sign, group_of, negated};

/// The longest query, in bytes.
const MAX_BYTES: usize = 4096;

/// Parses a query.
///
/// Takes time linear in the text.
///
/// # Errors
///
/// [`ErrorKind::Query`], with the column in characters from 1, if the text cannot be parsed, is empty,
/// is longer than 4 KiB, is nested deeper than 64 levels or has more than 1,024 parts.
pub(crate) fn parse(text: &str) -> Result<Query> {
    if text.len() > MAX_BYTES {
        let message = format!(
            "the query has {} bytes, more than the {MAX_BYTES} a query may have",
            text.len()
        );
        return Err(Error::new(ErrorKind::Query, message));
    }
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        n_parts: 0,
    };
    parser.skip_space();
    if parser.rest().is_empty() {
        return Err(Error::new(ErrorKind::Query, "the query is empty"));
    }
    let query = parser.group()?;
    if parser.peek() == Some(')') {
        return Err(parser.error(
            parser.at,
            "no parenthesis was opened for this one: expected a word or the end",
        ));
    }
    Ok(query)
}

impl Parser<'_> {
    /// Parses parts side by side, up to the end or a closing parenthesis.
    fn group(&mut self) -> Result<Query> {
        let mut items: Vec<Item> = Vec::new();
        let mut or_at = None;
        loop {
            self.skip_space();
            if matches!(self.peek(), None | Some(')')) {
                break;
            }
            if let Some(at) = self.keyword("OR") {
                let Some(last) = items.last_mut().filter(|_| or_at.is_none()) else {
                    return Err(self.lacking(at, "nothing stands before `OR`"));
                };
                last.is_beside_or = true;
                or_at = Some(at);
                continue;
            }
            let is_beside_or = or_at.take().is_some();
            let item = self.chain()?;
            items.extend(item.map(|item| Item {
                is_beside_or,
                ..item
            }));
        }
        match or_at {
            Some(at) => Err(self.lacking(at, "nothing stands after `OR`")),
            None => Ok(group_of(items)),
        }
    }

    /// Parses parts joined by AND; `None` for a meaningless mark.
    fn chain(&mut self) -> Result<Option<Item>> {
        if let Some(at) = self.keyword("AND") {
            return Err(self.lacking(at, "nothing stands before `AND`"));
        }
        let Some((sign, query)) = self.signed()? else {
            return Ok(None);
        };
        let mut parts = vec![(sign, query)];
        loop {
            self.skip_space();
            let Some(at) = self.keyword("AND") else { break };
            self.skip_space();
            let is_end = matches!(self.peek(), None | Some(')'));
            let next = if is_end { None } else { self.signed()? };
            parts.push(next.ok_or_else(|| self.lacking(at, "nothing stands after `AND`"))?);
        }
        let (sign, query) = if parts.len() == 1 {
            parts.remove(0)
        } else {
            let all = parts.into_iter().map(|(sign, query)| negated(sign, query));
            (Sign::None, Query::Group(Group::all(all.collect())))
        };
        Ok(Some(Item {
            sign,
            query,
            is_beside_or: false,
        }))
    }

    /// Parses one part with its sign.
    fn signed(&mut self) -> Result<Option<(Sign, Query)>> {
        let start = self.at;
        let sign = self.sign();
        if sign == Sign::None {
            let part = self.part()?;
            return Ok(part.map(|query| (sign, query)));
        }
        self.skip_space();
        if matches!(self.peek(), None | Some(')')) {
            return Err(self.lacking(start, "nothing stands after this sign"));
        }
        for word in ["AND", "OR"] {
            if let Some(at) = self.keyword(word) {
                return Err(self.error(
                    at,
                    &format!("`{word}` cannot follow a sign: expected a word or phrase"),
                ));
            }
        }
        self.descend(start)?;
        let inner = self.signed()?;
        self.depth -= 1;
        let (inner_sign, query) =
            inner.ok_or_else(|| self.lacking(start, "nothing stands after this sign"))?;
        Ok(Some((sign, negated(inner_sign, query))))
    }

    fn sign(&mut self) -> Sign {
        if self.keyword("NOT").is_some() {
            return Sign::Not;
        }
        let sign = match self.peek() {
            Some('+') => Sign::Plus,
            Some('-') => Sign::Minus,
            _ => return Sign::None,
        };
        // A dash between spaces is punctuation, not a sign, and so is a line of dashes.
        let next = self.rest()[1..].chars().next();
        if next.is_none_or(|c| c.is_whitespace() || matches!(c, '+' | '-')) {
            return Sign::None;
        }
        self.at += 1;
        sign
    }

    /// Parses a parenthesis, a phrase, a field query, a prefix or a word.
    fn part(&mut self) -> Result<Option<Query>> {
        let start = self.at;
        match self.peek() {
            Some('(') => self.parenthesis().map(Some),
            Some(c) if is_quote(c) => {
                let text = self.quoted()?.to_owned();
                let slop = self.slop()?;
                self.count_part(start)?;
                Ok(Some(Query::Phrase { text, slop }))
            }
            _ => self.word(),
        }
    }

    fn parenthesis(&mut self) -> Result<Query> {
        let start = self.at;
        self.descend(start)?;
        self.at += 1;
        self.skip_space();
        if self.peek() == Some(')') {
            return Err(self.error(
                start,
                "nothing stands between these parentheses: expected a query",
            ));
        }
        let query = self.group()?;
        if self.peek() != Some(')') {
            return Err(self.error(start, "this parenthesis is not closed: expected `)`"));
        }
        self.at += 1;
        self.depth -= 1;
        Ok(query)
    }

    fn word(&mut self) -> Result<Option<Query>> {
        let start = self.at;
        if self.peek() == Some('/')
            && let Some(pattern) = self.regex()?
        {
            return Ok(Some(Query::Pattern(pattern)));
        }
        let rest = self.rest();
        let word = &rest[..rest.find(ends_word).unwrap_or(rest.len())];
        if let Some((field, value)) = word.split_once(':')
            && let Some(filter) = self.field(field, value)?
        {
            return Ok(Some(Query::Filter(filter)));
        }
        self.at += word.len();
        if !word.contains(|c: char| c.is_alphanumeric() || c == '*') {
            return Ok(None);
        }
        self.count_part(start)?;
        match Pattern::parse(word) {
            Ok(Some(pattern)) => Ok(Some(Query::Pattern(pattern))),
            Ok(None) => Ok(Some(Query::Words(word.to_owned()))),
            Err(error) => Err(self.error(start + error.at, &error.message)),
        }
    }

    /// Parses a regular expression between slashes; `None` for a slash between spaces.
    fn regex(&mut self) -> Result<Option<Pattern>> {
        let start = self.at;
        let inner = &self.rest()[1..];
        if inner.chars().next().is_none_or(char::is_whitespace) {
            return Ok(None);
        }
        let Some(length) = length_to_slash(inner) else {
            return Err(self.error(start, "this regular expression is not closed: expected `/`"));
        };
        let expression = &inner[..length];
        if let Some(space) = expression.find(char::is_whitespace) {
            let message = "a regular expression is held against one word: no space was expected";
            return Err(self.error(start + 1 + space, message));
        }
        self.at += length + 2;
        self.count_part(start)?;
        let pattern = Pattern::regex(expression);
        let wrong = |error: PatternError| self.error(start + error.at, &error.message);
        pattern.map(Some).map_err(wrong)
    }

    /// Parses `field:value`; `None` if the part before the colon is not the name of a field.
    fn field(&mut self, field: &str, value: &str) -> Result<Option<Filter>> {
        let start = self.at;
        let is_name = !field.is_empty() && field.bytes().all(|b| b.is_ascii_alphabetic());
        let value_at = start + field.len() + 1;
        let follows = self.text[value_at..].chars().next();
        if !is_name || (!is_field(field) && value.is_empty() && !follows.is_some_and(is_quote)) {
            return Ok(None);
        }
        self.at = value_at;
        let value = match follows {
            Some(c) if is_quote(c) => self.quoted()?,
            Some('(') => {
                let message = "a field takes one value: write `(process:A OR process:B)`";
                return Err(self.error(value_at, message));
            }
            _ => self.bare_value(),
        };
        self.count_part(start)?;
        if value.is_empty() {
            let message = format!("`{field}:` needs a value right after the colon");
            return Err(self.error(start, &message));
        }
        let filter = Filter::parse(field, value);
        filter
            .map(Some)
            .map_err(|message| self.error(start, &message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Formats a query so that its shape can be compared.
    fn shape(query: &Query) -> String {
        let list = |queries: &[Query], sign: &str| -> Vec<String> {
            queries
                .iter()
                .map(|q| format!("{sign}{}", shape(q)))
                .collect()
        };
        match query {
            Query::Words(words) => format!("[{words}]"),
            Query::Phrase { text, slop: 0 } => format!("'{text}'"),
            Query::Phrase { text, slop } => format!("'{text}'~{slop}"),
            Query::Pattern(pattern) => pattern.to_string(),
            Query::Filter(filter) => filter.to_string(),
            Query::Group(group) => {
                let mut parts: Vec<String> = group
                    .filters
                    .iter()
                    .map(|any| {
                        any.iter()
                            .map(ToString::to_string)
                            .collect::<Vec<_>>()
                            .join("/")
                    })
                    .collect();
                parts.extend(list(&group.required, "+"));
                parts.extend(list(&group.optional, ""));
                parts.extend(list(&group.prohibited, "-"));
                format!("({})", parts.join(" "))
            }
        }
    }

    #[test]
    fn queries_have_the_shape_the_docs_say() {
        let cases = [
            ("cyber", "[cyber]"),
            ("cyber  attack", "[cyber attack]"),
            ("a OR b", "([a] [b])"),
            ("a b AND c", "([a] (+[b] +[c]))"),
            ("(a b) AND c", "(+[a b] +[c])"),
            ("+a b -c", "(+[a] [b] -[c])"),
            ("a NOT b", "([a] -[b])"),
            ("a OR NOT b", "([a] (-[b]))"),
            ("a AND NOT b", "(+[a] +(-[b]))"),
            ("NOT a", "(-[a])"),
            ("NOT NOT a", "(-(-[a]))"),
            ("\"use of force\"", "'use of force'"),
            ("“use force”~2", "'use force'~2"),
            ("cyber* x", "(cyber* [x])"),
            ("c*r ?yber norm~1", "(c*r ?yber norm~1)"),
            ("/a(b|c)/ x", "(/a(b|c)/ [x])"),
            ("/a\\/b/ AND -c~2", "(+/a\\/b/ +(-c~2))"),
            ("and/or a / b ?", "[and/or a b]"),
            ("peace - security", "[peace security]"),
            ("cyber-attack", "[cyber-attack]"),
            ("process:GGE x", "(process:\"gge\" [x])"),
            (
                "process:\"UN GGE\" process:OSCE year:2015",
                "(process:\"un gge\"/process:\"osce\" year:2015)",
            ),
            ("process:GGE OR x", "(process:\"gge\" [x])"),
            ("-process:GGE x", "([x] -process:\"gge\")"),
            ("(label:13(f))", "(label:\"13 f\")"),
            ("note: x", "[note: x]"),
            ("13:00", "[13:00]"),
            ("ANDES ORder NOTe", "[ANDES ORder NOTe]"),
        ];
        for (text, expected) in cases {
            assert_eq!(shape(&parse(text).unwrap()), expected, "{text}");
        }
        // The same words as an alternative, not as a condition:
        let Query::Group(group) = parse("process:GGE OR x").unwrap() else {
            panic!("a group")
        };
        assert_eq!((group.filters.len(), group.optional.len()), (0, 2));
    }

    #[test]
    fn an_error_points_at_the_column() {
        let deep = format!("{}a{}", "(".repeat(65), ")".repeat(65));
        let negations = "NOT ".repeat(70) + "a";
        let many = "a ".repeat(1025);
        let cases = [
            ("a )", "column 3: no parenthesis"),
            ("(a", "column 1: this parenthesis is not closed"),
            ("é \"b", "column 3: this quotation mark"),
            ("a ()", "column 3: nothing stands between"),
            ("OR a", "column 1: nothing stands before `OR`"),
            ("a OR", "column 3: nothing stands after `OR`"),
            ("a OR OR b", "column 6: nothing stands before `OR`"),
            ("a AND", "column 3: nothing stands after `AND`"),
            ("AND a", "column 1: nothing stands before `AND`"),
            ("a OR AND b", "column 6: nothing stands before `AND`"),
            ("a NOT", "column 3: nothing stands after this sign"),
            ("a NOT AND b", "column 7: `AND` cannot follow"),
            ("a (b -)", "column 6: nothing stands after this sign"),
            ("\"a\"~x", "column 4: `~` needs"),
            ("\"a\"~99999", "column 4: `~` needs"),
            ("*", "column 1: a star"),
            ("a word~3", "column 7: `~` after a word needs"),
            ("a /b", "column 3: this regular expression is not closed"),
            (
                "a /b c/",
                "column 5: a regular expression is held against one word",
            ),
            (
                "a /(b/",
                "column 3: a regular expression was expected: unclosed group",
            ),
            ("a cross-bor*", "column 12: a star"),
            ("a year:x", "column 3: `x` is neither a year"),
            ("year:2018..2010", "column 1: the range"),
            ("year:..", "column 1: `..` is neither"),
            ("yaer:2015", "column 1: unknown field `yaer`"),
            ("x process:", "column 3: `process:` needs a value"),
            ("process:--", "column 1: `process:` needs a name"),
            ("process:(a b)", "column 9: a field takes one value"),
            ("language:english", "column 1: `english` is not a language"),
            (&deep, "column 65: the query is nested deeper"),
            (&negations, "column 257: the query is nested deeper"),
            (&many, "column 2049: the query has more than 1024 parts"),
        ];
        for (text, expected) in cases {
            let error = parse(text).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Query);
            let message = error.to_string();
            assert!(message.starts_with(expected), "{text}: {message}");
        }
        assert!(parse(" ").is_err());
        assert!(parse(&"a".repeat(5000)).is_err());
    }
}
