//! The versions of what the crate stands on: held against `Cargo.lock` and `Cargo.toml`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use toml::{Table, Value};

/// The least versions without known faults that hostile input reaches; they hold where present.
const LEAST: [(&str, [u64; 3]); 3] = [
    ("tantivy", [0, 27, 0]),
    ("quick-xml", [0, 42, 0]),
    ("zip", [9, 0, 0]),
];

/// Packages that compile C: a user of the library needs no C compiler.
const C_PACKAGES: [&str; 5] = ["cc", "cmake", "zstd-sys", "lz4-sys", "bindgen"];

fn table(name: &str) -> Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(path).unwrap().parse().unwrap()
}

fn text<'t>(package: &'t Value, key: &str) -> &'t str {
    package.get(key).and_then(Value::as_str).unwrap()
}

fn packages(lock: &Table) -> &[Value] {
    lock["package"].as_array().unwrap()
}

fn version(text: &str) -> [u64; 3] {
    let plain = text.split(['-', '+']).next().unwrap();
    let mut numbers = plain.split('.').map(|number| number.parse().unwrap());
    [(); 3].map(|()| numbers.next().unwrap_or(0))
}

#[test]
fn no_package_is_older_than_the_faults_that_were_mended() {
    let lock = table("Cargo.lock");
    for package in packages(&lock) {
        let (name, found) = (text(package, "name"), text(package, "version"));
        for (known, least) in LEAST {
            assert!(
                known != name || version(found) >= least,
                "{name} {found} is older than {least:?}"
            );
        }
    }
}

/// Reads `Cargo.lock`, which names what any platform and any build script needs: more than what
/// one machine compiles, never less. What only a feature brings is left out.
#[test]
fn a_user_of_the_library_needs_no_c_compiler() {
    let (lock, manifest) = (table("Cargo.lock"), table("Cargo.toml"));
    let mut needs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for package in packages(&lock) {
        let listed = package.get("dependencies").and_then(Value::as_array);
        let names = listed.into_iter().flatten().map(|dependency| {
            // An entry is a name, with a version behind it where there are several.
            dependency.as_str().unwrap().split(' ').next().unwrap()
        });
        needs
            .entry(text(package, "name"))
            .or_default()
            .extend(names);
    }
    let direct = manifest["dependencies"].as_table().unwrap();
    let is_optional = |value: &Value| value.get("optional").and_then(Value::as_bool) == Some(true);
    let needed = direct.iter().filter(|(_, value)| !is_optional(value));
    let mut waiting: Vec<&str> = needed.map(|(name, _)| name.as_str()).collect();
    let mut reached = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if reached.insert(name) {
            waiting.extend(&needs[name]);
        }
    }
    assert!(reached.len() > direct.len(), "the lock file is walked");
    let unwanted: Vec<&str> = C_PACKAGES
        .into_iter()
        .filter(|name| reached.contains(name))
        .collect();
    assert!(unwanted.is_empty(), "{unwanted:?} compile C");
}
