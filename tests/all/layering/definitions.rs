//! One definition of each thing: what gives away a second one, and where the first may stand.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{ExprCall, ExprMethodCall, ImplItemFn, Item, ItemFn, Lit, Macro};

use super::signatures::words_at;
use super::source::Source;

/// A thing that has one definition, and what gives away another.
struct Owned {
    what: &'static str,
    places: &'static [&'static str],
    /// Parts of names of functions and types.
    names: &'static [&'static str],
    /// Functions of other crates that make it.
    calls: &'static [&'static str],
    /// Words of which no list may stand elsewhere.
    words: &'static [&'static str],
}

const NOTHING: Owned = Owned {
    what: "",
    places: &[],
    names: &[],
    calls: &[],
    words: &[],
};

/// So many of the words of a thing, in one function or constant, are a list of them.
const N_OF_A_LIST: usize = 3;

const OWNED: &[Owned] = &[
    Owned {
        what: "words shared by clauses",
        places: &["reuse/"],
        names: &[
            "shared_run",
            "SharedRun",
            "shared_words",
            "common_words",
            "common_run",
            "longest_run",
            "longest_common",
            "shingle",
            "Passages",
            "align",
        ],
        ..NOTHING
    },
    Owned {
        what: "provision words",
        // Akoma Ntoso and HTML name their elements so; subjects of sentences, and words of the genre,
        // are many other words besides.
        places: &[
            "provision/",
            "read/akn.rs",
            "read/treaty.rs",
            "deontic/lexicon/",
            "term/genre.rs",
        ],
        words: &[
            "article",
            "articles",
            "paragraph",
            "paragraphs",
            "chapter",
            "section",
            "annex",
            "principle",
            "recital",
            "clause",
            "norm",
            "subparagraph",
            "schedule",
            "artículo",
            "párrafo",
            "capítulo",
            "sección",
            "anexo",
            "principio",
            "paragraphe",
            "chapitre",
            "annexe",
            "principe",
            "artikel",
            "absatz",
            "kapitel",
            "abschnitt",
            "статья",
            "пункт",
            "глава",
            "المادة",
        ],
        ..NOTHING
    },
    Owned {
        what: "modal verbs",
        // Which words count as terms is no question of force.
        places: &["deontic/", "term/genre.rs", "term/stop.rs"],
        words: &[
            "shall",
            "should",
            "must",
            "may",
            "might",
            "will",
            "ought",
            "cannot",
            "doit",
            "doivent",
            "devrait",
            "devraient",
            "peut",
            "peuvent",
            "debe",
            "deben",
            "debería",
            "deberían",
            "podrá",
            "podrán",
            "puede",
            "pueden",
            "deberá",
            "deberán",
        ],
        ..NOTHING
    },
    Owned {
        what: "negations",
        // Which words count as terms is no question of force.
        places: &["deontic/", "term/genre.rs", "term/stop.rs"],
        words: &[
            "not", "no", "never", "nor", "neither", "without", "none", "nobody", "ne", "pas",
            "jamais", "aucun", "aucune", "ni", "sin", "sans", "nunca", "ningún", "ninguna", "n't",
        ],
        ..NOTHING
    },
    Owned {
        what: "words of numbers",
        places: &["provision/"],
        words: &[
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "uno",
            "dos",
            "tres",
            "cuatro",
            "cinco",
            "deux",
            "trois",
            "quatre",
            "cinq",
            "primero",
            "segundo",
            "tercero",
            "premier",
            "deuxième",
            "troisième",
        ],
        ..NOTHING
    },
    Owned {
        what: "words and their boundaries",
        places: &["words.rs", "words/"],
        names: &["tokenize", "word_indices"],
        calls: &[
            "unicode_words",
            "unicode_word_indices",
            "split_word_bounds",
            "split_word_bound_indices",
            "is_combining_mark",
            "nfd",
            "nfkd",
        ],
        ..NOTHING
    },
    Owned {
        what: "Roman numbers",
        places: &["provision/"],
        names: &["roman", "Roman"],
        ..NOTHING
    },
];

/// Returns the second definitions, as `thing: file: what gives it away`.
pub(super) fn second_definitions(sources: &[Source]) -> Vec<String> {
    let mut found = Vec::new();
    for source in sources {
        let signs = signs_of(source);
        for owned in OWNED.iter().filter(|owned| !source.is_in(owned.places)) {
            let told = |sign: String| format!("{}: {}: {sign}", owned.what, source.name);
            found.extend(given_away(owned, &signs).into_iter().map(told));
        }
    }
    found.extend(places_of_roman_digits(sources));
    found.extend(repeated_numbers(sources));
    found.sort();
    found.dedup();
    found
}

/// Returns the lists of words that files of data outside their room hold.
pub(super) fn second_lists(files: &[(String, String)]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, text) in files {
        let lines: Vec<String> = text.lines().map(str::to_lowercase).collect();
        for owned in OWNED {
            let is_own = owned.places.iter().any(|place| name.starts_with(place));
            let words = owned.words.iter().filter(|word| {
                let quoted = format!("\"{word}\"");
                lines
                    .iter()
                    .any(|line| line.contains(&quoted) || line == *word)
            });
            if !is_own && words.count() >= N_OF_A_LIST {
                found.push(format!("{}: {name}", owned.what));
            }
        }
    }
    found
}

/// What may give away a definition in a source.
#[derive(Default)]
struct Signs {
    names: BTreeSet<String>,
    calls: BTreeSet<String>,
    /// The texts in each function or constant, and the whole numbers.
    literals: BTreeMap<String, (Vec<String>, BTreeSet<u128>)>,
    item: String,
}

fn given_away(owned: &Owned, signs: &Signs) -> Vec<String> {
    let is_named = |name: &&String| owned.names.iter().any(|part| name.contains(part));
    let names = signs.names.iter().filter(is_named).cloned();
    let calls = signs
        .calls
        .iter()
        .filter(|call| owned.calls.contains(&call.as_str()))
        .cloned();
    let lists = signs.literals.iter().filter_map(|(item, (texts, _))| {
        let words: BTreeSet<String> = texts
            .iter()
            .flat_map(|text| listed(text, owned.words))
            .collect();
        let words: Vec<String> = words.into_iter().collect();
        (words.len() >= N_OF_A_LIST).then(|| format!("{item}: {}", words.join(", ")))
    });
    let splits = signs
        .calls
        .iter()
        .filter(|call| owned.what.starts_with("words and") && call.contains('('));
    names
        .chain(calls)
        .chain(lists)
        .chain(splits.cloned())
        .collect()
}

/// Returns the words of a thing in a text, if it is no sentence: half of its words, or more, are such words.
fn listed(text: &str, words: &[&str]) -> Vec<String> {
    let text = text.to_lowercase();
    let all: Vec<&str> = text
        .split(|c: char| !c.is_alphabetic() && c != '\'')
        .filter(|word| !word.is_empty())
        .collect();
    let found: Vec<String> = all
        .iter()
        .filter(|word| words.contains(word))
        .map(|word| (*word).to_owned())
        .collect();
    if found.len() * 2 >= all.len() {
        found
    } else {
        Vec::new()
    }
}

/// Returns the second places that hold the values of Roman digits.
fn places_of_roman_digits(sources: &[Source]) -> Vec<String> {
    let is_digit =
        |text: &&String| !text.is_empty() && text.chars().all(|c| "ivxlcdmIVXLCDM".contains(c));
    let mut places = Vec::new();
    for source in sources {
        for (item, (texts, numbers)) in signs_of(source).literals {
            let digits: BTreeSet<&String> = texts.iter().filter(is_digit).collect();
            let values = [5, 10, 50, 100];
            if digits.len() >= 4 && values.iter().all(|value| numbers.contains(value)) {
                places.push(format!(
                    "Roman numbers: {}: {item}: values of digits",
                    source.name
                ));
            }
        }
    }
    let first = places
        .iter()
        .position(|place| place.contains(": provision/"));
    if let Some(first) = first {
        places.remove(first);
    }
    places
}

/// Returns the numbers of more than 32 bits that stand in several files: the constants of a hash.
fn repeated_numbers(sources: &[Source]) -> Vec<String> {
    let mut files_of: BTreeMap<u128, BTreeSet<&str>> = BTreeMap::new();
    for source in sources {
        for (_, numbers) in signs_of(source).literals.into_values() {
            for number in numbers
                .into_iter()
                .filter(|number| *number > u128::from(u32::MAX))
            {
                files_of.entry(number).or_default().insert(&source.name);
            }
        }
    }
    let repeated = files_of.into_iter().filter(|(_, files)| files.len() > 1);
    let told = repeated.map(|(number, files)| {
        let files: Vec<&str> = files.into_iter().collect();
        format!("a hash: {}: {number:#x}", files.join(", "))
    });
    told.collect()
}

fn signs_of(source: &Source) -> Signs {
    let mut signs = Signs::default();
    for item in &source.code.items {
        if let Item::Struct(syn::ItemStruct { ident, .. })
        | Item::Enum(syn::ItemEnum { ident, .. })
        | Item::Const(syn::ItemConst { ident, .. })
        | Item::Static(syn::ItemStatic { ident, .. }) = item
        {
            signs.names.insert(ident.to_string());
            signs.item = ident.to_string();
        }
        signs.visit_item(item);
    }
    signs
}

impl Signs {
    fn add_literal(&mut self, literal: &Lit) {
        let (texts, numbers) = self.literals.entry(self.item.clone()).or_default();
        match literal {
            Lit::Str(text) => texts.push(text.value()),
            Lit::Char(text) => texts.push(text.value().to_string()),
            Lit::Byte(text) => texts.push(char::from(text.value()).to_string()),
            Lit::ByteStr(text) => texts.push(String::from_utf8_lossy(&text.value()).into_owned()),
            Lit::Int(number) => numbers.extend(number.base10_parse::<u128>().ok()),
            _ => {}
        }
    }

    fn scan(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Literal(literal) => self.add_literal(&Lit::new(literal)),
                TokenTree::Group(group) => self.scan(group.stream()),
                _ => {}
            }
        }
    }

    fn enter(&mut self, name: String) -> String {
        self.names.insert(name.clone());
        std::mem::replace(&mut self.item, name)
    }
}

impl<'ast> Visit<'ast> for Signs {
    fn visit_item_fn(&mut self, function: &'ast ItemFn) {
        let outer = self.enter(function.sig.ident.to_string());
        visit::visit_item_fn(self, function);
        self.item = outer;
    }

    fn visit_impl_item_fn(&mut self, function: &'ast ImplItemFn) {
        let outer = self.enter(function.sig.ident.to_string());
        visit::visit_impl_item_fn(self, function);
        self.item = outer;
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let name = call.method.to_string();
        if name.contains("split") {
            let cut = call.args.iter().map(|argument| words_at(argument.span()));
            let by_letters = cut.filter(|cut| cut.contains("is_alpha"));
            self.calls
                .extend(by_letters.map(|cut| format!("{name}({cut})")));
        }
        self.calls.insert(name);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if let syn::Expr::Path(path) = &*call.func {
            let last = path.path.segments.last();
            self.calls.extend(last.map(|last| last.ident.to_string()));
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_lit(&mut self, literal: &'ast Lit) {
        self.add_literal(literal);
    }

    fn visit_attribute(&mut self, _: &'ast syn::Attribute) {}

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.scan(call.tokens.clone());
    }
}
