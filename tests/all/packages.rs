//! What `cargo metadata` says of the packages that the crate stands on, and what its own package holds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use toml::Table;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text_of(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

fn table(name: &str) -> Table {
    text_of(name).parse().unwrap()
}

/// Runs cargo in the folder of the crate and returns what it prints; it asks no network.
fn cargo(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).arg("--offline").current_dir(root());
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// The system that the tests run on: of others the packages may not have been downloaded.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().unwrap();
    let told = String::from_utf8(output.stdout).unwrap();
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    host.unwrap().to_owned()
}

/// The packages that any feature needs on this system, and the tests.
fn packages() -> Vec<Value> {
    let host = host();
    let told = cargo(&[
        "metadata",
        "--locked",
        "--format-version=1",
        "--all-features",
        "--filter-platform",
        &host,
    ]);
    let mut metadata: Value = serde_json::from_str(&told).unwrap();
    let Value::Array(packages) = metadata["packages"].take() else {
        panic!("no packages");
    };
    let is_other = |package: &Value| package["source"].is_string();
    let others: Vec<Value> = packages.into_iter().filter(is_other).collect();
    assert!(others.len() > 200, "{} packages", others.len());
    others
}

fn text<'v>(package: &'v Value, key: &str) -> &'v str {
    package[key].as_str().unwrap_or_default()
}

/// Returns the texts of a list in `deny.toml`.
fn listed(section: &str, key: &str) -> BTreeSet<String> {
    let deny = table("deny.toml");
    let list = deny[section][key].as_array().unwrap();
    let texts = list.iter().map(|value| value.as_str().unwrap().to_owned());
    texts.collect()
}

/// Tells whether a license expression can be met by licenses that are allowed. Takes `A OR B AND C`
/// for `(A OR B) AND C`, which asks for more.
fn is_allowed(expression: &str, allowed: &BTreeSet<String>) -> bool {
    let expression = expression.replace(" / ", " OR ").replace('/', " OR ");
    expression.split(" AND ").all(|part| {
        let part = part.trim_matches(['(', ')']);
        part.split(" OR ").any(|license| allowed.contains(license))
    })
}

#[test]
fn a_license_is_allowed_if_each_part_leaves_an_allowed_choice() {
    let allowed = BTreeSet::from(["MIT".to_owned(), "ISC".to_owned()]);
    let cases = [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("GPL-3.0-only OR MIT", true),
        ("Apache-2.0/ISC", true),
        ("(Apache-2.0 OR MIT) AND ISC", true),
        ("MIT AND Unicode-3.0", false),
        ("", false),
    ];
    for (expression, expected) in cases {
        assert_eq!(is_allowed(expression, &allowed), expected, "{expression}");
    }
}

#[test]
fn every_package_has_a_license_that_is_allowed() {
    let allowed = listed("licenses", "allow");
    for package in packages() {
        let (name, license) = (text(&package, "name"), text(&package, "license"));
        assert!(is_allowed(license, &allowed), "{name}: `{license}`");
    }
}

#[test]
fn packages_in_several_versions_are_listed() {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in packages() {
        let name = text(&package, "name").to_owned();
        let version = text(&package, "version").to_owned();
        versions.entry(name).or_default().insert(version);
    }
    let skipped = listed("bans", "skip");
    for (name, versions) in versions.iter().filter(|(_, versions)| versions.len() > 1) {
        let is_skipped = |version: &&String| {
            let mut starts = skipped.iter().filter_map(|skip| skip.split_once('@'));
            starts.any(|(known, start)| known == name && version.starts_with(start))
        };
        let n_new = versions
            .iter()
            .filter(|version| !is_skipped(version))
            .count();
        assert!(n_new <= 1, "{name} in the versions {versions:?}");
    }
    let lock = text_of("Cargo.lock");
    for skip in skipped {
        let (name, start) = skip.split_once('@').unwrap();
        let entry = format!("name = \"{name}\"\nversion = \"{start}");
        assert!(lock.contains(&entry), "{skip} is no longer there");
    }
}

/// Returns the names of a section of `Cargo.toml`, in its order, with what is asked of each.
fn section(heading: &str) -> Vec<(String, String)> {
    let manifest = text_of("Cargo.toml");
    let (_, after) = manifest.split_once(&format!("[{heading}]\n")).unwrap();
    let lines = after.lines().take_while(|line| !line.starts_with('['));
    let named = lines.filter_map(|line| line.split_once(" = "));
    let owned = named.map(|(name, asked)| (name.to_owned(), asked.to_owned()));
    owned.collect()
}

#[test]
fn dependencies_are_in_order_and_say_from_which_version_on() {
    for heading in ["dependencies", "dev-dependencies"] {
        let dependencies = section(heading);
        assert!(
            !dependencies.is_empty() && dependencies.is_sorted(),
            "{heading}"
        );
        for (name, asked) in dependencies {
            let mut quoted = asked.split('"');
            let version = quoted.nth(1).unwrap();
            let numbers = version.split('.').map(str::parse::<u64>);
            let is_whole = numbers.clone().all(|number| number.is_ok()) && numbers.count() == 3;
            assert!(
                is_whole,
                "{name}: `{version}` is no version with three numbers"
            );
        }
    }
}

fn sources(folder: &str) -> String {
    let mut waiting = vec![root().join(folder)];
    let mut all = String::new();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(path).unwrap();
            waiting.extend(entries.map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            all.push_str(&fs::read_to_string(path).unwrap());
        }
    }
    all
}

#[test]
fn every_dependency_is_used() {
    let library = sources("src");
    let tests = ["src", "tests", "benches", "examples"]
        .map(sources)
        .concat();
    for (heading, code) in [("dependencies", &library), ("dev-dependencies", &tests)] {
        for (name, _) in section(heading) {
            let name = name.replace('-', "_");
            let is_named = code.match_indices(&format!("{name}::")).any(|(at, _)| {
                let before = code[..at].chars().next_back();
                before.is_none_or(|c| !c.is_alphanumeric() && c != '_')
            });
            assert!(is_named, "{heading}: {name} is not used");
        }
    }
}

#[test]
fn the_package_holds_what_a_user_needs_and_no_more() {
    let listed = cargo(&["package", "--list", "--allow-dirty", "--no-verify"]);
    let files: BTreeSet<&str> = listed.lines().collect();
    for folder in ["src", "examples", "corpus"] {
        let mut waiting: Vec<PathBuf> = vec![root().join(folder)];
        while let Some(path) = waiting.pop() {
            if path.is_dir() {
                let entries = fs::read_dir(path).unwrap();
                waiting.extend(entries.map(|entry| entry.unwrap().path()));
                continue;
            }
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap();
            assert!(files.contains(name), "{name} is not in the package");
        }
    }
    let allowed = ["src/", "examples/", "corpus/"];
    let others = files
        .iter()
        .filter(|file| !allowed.iter().any(|start| file.starts_with(start)));
    let others: Vec<&str> = others
        .copied()
        .filter(|file| *file != ".cargo_vcs_info.json")
        .collect();
    let expected = [
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "CITATION.cff",
        "Cargo.lock",
        "Cargo.toml",
        "Cargo.toml.orig",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
    ];
    assert_eq!(others, expected);
}

#[test]
fn the_citation_names_this_version() {
    let version = format!("\nversion: {}\n", env!("CARGO_PKG_VERSION"));
    assert!(text_of("CITATION.cff").contains(&version));
}

/// `full` is the program with every format, and what a user turns on one by one is all of it.
#[test]
fn the_features_are_those_of_the_documents() {
    let manifest = table("Cargo.toml");
    let features = manifest["features"].as_table().unwrap();
    let readme = text_of("README.md");
    for name in features.keys() {
        assert!(
            readme.contains(&format!("`{name}`")),
            "README.md does not name the feature {name}"
        );
    }
    // Few have a model of sentence vectors: it is turned on by itself.
    let mut waiting = vec!["full", "vectors"];
    let mut reached = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if let Some(needed) = features.get(name) {
            let names = needed
                .as_array()
                .unwrap()
                .iter()
                .map(|name| name.as_str().unwrap());
            waiting.extend(names);
            reached.insert(name.to_owned());
        }
    }
    let mut others = features.keys().filter(|name| !reached.contains(*name));
    assert_eq!(others.next().map(String::as_str), Some("default"));
    assert_eq!(
        others.next(),
        None,
        "a feature is neither in `full` nor turned on by itself"
    );
}
