//! The order of the modules, and which of them may touch the outside: held against the sources.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules, the lowest first; those of one line stand on the same level and do not use each
/// other.
const LEVELS: &[&[&str]] = &[
    &["id"],
    &["score"],
    &["error"],
    &["progress", "gallop", "setters"],
    &["language"],
    &["words"],
    &["agreement"],
    &["provision"],
    &["read"],
    &["deontic"],
    &["clause"],
    &["corpus"],
    &["term"],
    &["index", "vector"],
    &["similarity"],
    &["reuse", "cluster"],
    &["table"],
    &["finding"],
    &["evaluation"],
    &["report"],
];

/// Paths that only some places may name: what begins so, where it may, and the rule in words.
const RESERVED: &[(&str, &[&str], &str)] = &[
    (
        "std::fs",
        &["corpus/load.rs", "index/", "report/file.rs"],
        "only corpus/load.rs opens files of texts, only index and report/file.rs write",
    ),
    ("std::env", &[], "nothing reads the environment"),
    ("std::time", &[], "nothing reads the clock"),
    ("std::net", &[], "nothing opens the network"),
    (
        "tantivy",
        &["index/", "term/"],
        "types of tantivy stay in index and term",
    ),
];

/// The most lines of a file, its tests among them.
const MAX_LINES: usize = 900;

#[test]
fn every_module_uses_lower_ones_only_and_keeps_to_its_door() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = rust_files(&root);
    assert!(files.len() > 50, "the sources are found");
    let mut breaches = Vec::new();
    for path in files {
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap();
        let source = fs::read_to_string(&path).unwrap();
        breaches.extend(breaches_of(name, &source));
    }
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

#[test]
fn every_module_of_the_crate_has_its_level() {
    let source =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    for line in code_of(&source).lines() {
        if let Some(module) = line.trim().strip_prefix("pub mod ") {
            let module = module.trim_end_matches(';');
            assert!(level_of(module).is_some(), "`{module}` stands on no level");
        }
    }
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn level_of(module: &str) -> Option<usize> {
    LEVELS.iter().position(|level| level.contains(&module))
}

/// Returns each breach of a rule in a source as `file:line: rule`.
fn breaches_of(name: &str, source: &str) -> Vec<String> {
    let mut breaches = Vec::new();
    let n_lines = source.lines().count();
    if n_lines >= MAX_LINES {
        let rule = format!("a file has fewer than {MAX_LINES} lines, this one {n_lines}");
        breaches.push(format!("src/{name}:{n_lines}: {rule}"));
    }
    let own = name.split(['/', '.']).next().unwrap();
    let code = code_of(source);
    for (offset, path) in paths_of(&code) {
        let line = code[..offset].matches('\n').count() + 1;
        let rule = upward(own, &path).or_else(|| reserved(name, &path));
        if let Some(rule) = rule {
            breaches.push(format!("src/{name}:{line}: `{path}`: {rule}"));
        }
    }
    breaches
}

/// Returns why module `own` may not use a path of the crate.
fn upward(own: &str, path: &str) -> Option<String> {
    let used = path.strip_prefix("crate::")?;
    let (Some(own_level), Some(used_level)) = (level_of(own), level_of(used)) else {
        // The root of the crate, and what it lends a name to, such as `crate::Result`.
        return None;
    };
    // The table still holds two findings made from it.
    if own == used || used_level < own_level || (own, used) == ("table", "finding") {
        return None;
    }
    Some(format!("`{own}` does not use `{used}`: it is no lower"))
}

fn reserved(name: &str, path: &str) -> Option<String> {
    let is_named = |reserved: &str| path == reserved || path.starts_with(&format!("{reserved}::"));
    let (_, places, rule) = RESERVED.iter().find(|(reserved, ..)| is_named(reserved))?;
    let is_allowed = places.iter().any(|place| name.starts_with(place));
    (!is_allowed).then(|| (*rule).to_owned())
}

/// Returns the paths that begin with `crate`, `std` or `tantivy`, cut after their second name, and
/// where they stand; each name of a group in braces counts.
fn paths_of(code: &str) -> Vec<(usize, String)> {
    let mut paths = Vec::new();
    for root in ["crate", "std", "tantivy"] {
        for (offset, _) in code.match_indices(&format!("{root}::")) {
            let is_whole = !code[..offset].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            let rest = &code[offset + root.len() + 2..];
            let names = match rest.strip_prefix('{') {
                Some(group) => names_of_group(group),
                None => vec![leading_name(rest)],
            };
            for name in names.iter().filter(|_| is_whole) {
                paths.push((offset, format!("{root}::{name}")));
            }
        }
    }
    paths
}

fn leading_name(text: &str) -> &str {
    let text = text.trim_start();
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// Returns the first name of each entry of a group, up to its closing brace.
fn names_of_group(group: &str) -> Vec<&str> {
    let mut names = vec![leading_name(group)];
    let mut depth = 0;
    for (offset, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(leading_name(&group[offset + 1..])),
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// Returns a source with comments, texts and test items blanked, line for line.
fn code_of(source: &str) -> String {
    without_tests(&without_comments_and_texts(source))
}

fn without_comments_and_texts(source: &str) -> String {
    let mut code = String::new();
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let n_blank = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if c == 'r' && !code.ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            length_of_raw_text(rest).unwrap_or(0)
        } else if c == '"' {
            length_of_text(rest, '"')
        } else if c == '\'' {
            length_of_character(rest)
        } else {
            0
        };
        let (blank, after) = rest.split_at(n_blank);
        code.extend(blank.chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = after;
        if n_blank == 0 {
            code.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    code
}

/// Returns the bytes of a text in quotes at the start, the quotes among them.
fn length_of_text(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (offset, c) in rest.char_indices().skip(1) {
        if c == quote && !is_escaped {
            return offset + c.len_utf8();
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    rest.len()
}

/// Returns the bytes of a character in quotes at the start; 0 if it is a lifetime.
fn length_of_character(rest: &str) -> usize {
    let mut characters = rest.chars().skip(1);
    let first = characters.next();
    let is_character = first == Some('\\') || characters.next() == Some('\'');
    if is_character {
        length_of_text(rest, '\'')
    } else {
        0
    }
}

fn length_of_raw_text(rest: &str) -> Option<usize> {
    let marks = rest[1..].chars().take_while(|c| *c == '#').count();
    let end = format!("\"{}", "#".repeat(marks));
    let body = rest[1 + marks..].strip_prefix('"')?;
    Some(
        2 + marks
            + body
                .find(&end)
                .map_or(body.len(), |place| place + end.len()),
    )
}

/// Blanks each item that stands under `#[cfg(test)]`, up to its closing brace or semicolon.
fn without_tests(code: &str) -> String {
    let mut kept = String::new();
    let mut rest = code;
    while let Some(start) = rest.find("#[cfg(test)]") {
        kept.push_str(&rest[..start]);
        let item = &rest[start..];
        let (tests, after) = item.split_at(length_of_item(item));
        kept.push_str(&"\n".repeat(tests.matches('\n').count()));
        rest = after;
    }
    kept + rest
}

fn length_of_item(item: &str) -> usize {
    let mut depth = 0;
    for (offset, c) in item.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 && matches!(c, '}' | ';') {
            return offset + 1;
        }
    }
    item.len()
}

fn check(name: &str, source: &str, expected: &[&str]) {
    let found = breaches_of(name, source);
    assert_eq!(found.len(), expected.len(), "{source}: {found:?}");
    for (breach, words) in found.iter().zip(expected) {
        assert!(
            breach.contains(words) && breach.contains(name),
            "{source}: {breach}"
        );
    }
}

#[test]
fn an_upward_use_is_found_wherever_it_hides() {
    let cases: &[(&str, &[&str])] = &[
        ("use crate::error::Error;", &[]),
        ("use crate::Result;", &[]),
        ("use crate::vector::latent;", &[]),
        (
            "\nuse crate::cluster::Rule;",
            &["src/vector/x.rs:2: `crate::cluster`"],
        ),
        (
            "use crate::{error::Error, finding::{Row, Quote}};",
            &["`crate::finding`"],
        ),
        (
            "fn f(x: &crate::index::Hit) {}",
            &["`vector` does not use `index`"],
        ),
        (
            "// crate::report\n/* crate::report */ \"crate::report\"",
            &[],
        ),
        (
            "let x = r#\"\"crate::report\"#; let y = '\"'; crate::report::x",
            &["`crate::report`"],
        ),
        (
            "#[cfg(test)]\nmod tests { use crate::report::save; fn f() {} }",
            &[],
        ),
        (
            "#[cfg(test)]\nmod tests { fn f() {} }\nuse crate::report::save;",
            &["src/vector/x.rs:3:"],
        ),
    ];
    for (source, expected) in cases {
        check("vector/x.rs", source, expected);
    }
}

#[test]
fn a_door_to_the_outside_is_found_where_it_does_not_belong() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("corpus/load.rs", "use std::fs::File;", &[]),
        ("report/file.rs", "use std::fs;", &[]),
        ("index/folder.rs", "use tantivy::Index; use std::fs;", &[]),
        (
            "corpus/builder.rs",
            "use std::{fs, io};",
            &["`std::fs`: only corpus/load.rs"],
        ),
        ("report/json.rs", "std::fs::write(x, y)", &["`std::fs`"]),
        ("cluster/rule.rs", "std::time::Instant::now()", &["clock"]),
        ("read/door.rs", "std::env::var(\"X\")", &["environment"]),
        ("index/search.rs", "use std::net::TcpStream;", &["network"]),
        (
            "vector/space.rs",
            "use tantivy::Term;",
            &["`tantivy::Term`"],
        ),
        ("id.rs", &"\n".repeat(MAX_LINES), &["fewer than"]),
    ];
    for (name, source, expected) in cases {
        check(name, source, expected);
    }
}
