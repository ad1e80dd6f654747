//! Quotations of a paper: what is word for word, what is not, and under which number.

use std::collections::BTreeSet;

use consonance::corpus::{Corpus, CorpusBuilder};
use consonance::finding::{Paper, Quotations, check_quotations};
use consonance::read::{ReadLimits, read};
use consonance::report::{Report, to_json};
use consonance::similarity::{Representation, RepresentationParams};
use serde_json::Value;

use crate::common::written::documented_fields;

const CODE: &str = "+++\ntitle = \"Harbor Code\"\nshort_name = \"Harbor Code 2019\"\nprocess = \"Harbor League\"\n+++\n\n\
    **¶4** Each harbor shall keep a light on every pier, from dusk until dawn, and shall answer for it.\n\n\
    **¶13(a)** Pilots should not leave a ship in fog, unless a master of the harbor has asked them to.\n\n\
    **¶13(b)** Ships ring their bells twice an hour until the reef lies well behind them.\n";
const PACT: &str = "+++\ntitle = \"Reef Pact of Ostrava\"\nprocess = \"Reef Pact\"\n+++\n\n\
    **Article 1** No toll is due from boats that fish beyond the outer reef before noon.\n\n\
    **Article 2** The parties publish new charts of the co-operation zone each spring.\n";

const RULES: &str = "+++\ntitle = \"Lagoon Rules\"\nprocess = \"Lagoon\"\n+++\n\n\
    **¶1** Ships ring their bells twice an hour, and rest at noon.\n";

fn corpus() -> Corpus {
    let mut builder = CorpusBuilder::new();
    for (name, text) in [("code.md", CODE), ("pact.md", PACT)] {
        let parsed = read(text.as_bytes(), name, &ReadLimits::default()).unwrap();
        builder.add(parsed, Some(name));
    }
    builder.build().unwrap()
}

fn checked(paper: &str) -> Quotations {
    let corpus = corpus();
    let params = RepresentationParams::default().reduction(None);
    let representation = Representation::of(&corpus, &params).unwrap();
    let paper = Paper::read(paper.as_bytes(), "paper.md", &ReadLimits::default()).unwrap();
    check_quotations(&corpus, &representation, &paper)
}

fn value(found: &Quotations) -> Value {
    serde_json::from_str(&to_json(found)).unwrap()
}

/// What was told of each quotation: its verdict, the ids of its clauses, and the verdict of its source.
fn told(paper: &str) -> Vec<String> {
    let value = value(&checked(paper));
    let line = |quotation: &Value| {
        let clauses = quotation["clauses"].as_array().unwrap().iter();
        let ids: Vec<&str> = clauses.map(|of| of["id"].as_str().unwrap()).collect();
        let source = quotation["reference"]["verdict"].as_str();
        let source = source
            .map(|source| format!(" {source}"))
            .unwrap_or_default();
        format!(
            "{} {}{source}",
            quotation["verdict"].as_str().unwrap(),
            ids.join("+")
        )
    };
    value["quotations"]
        .as_array()
        .unwrap()
        .iter()
        .map(line)
        .collect()
}

#[track_caller]
fn check(paper: &str, expected: &[&str]) {
    assert_eq!(told(paper), expected, "{paper}");
}

#[test]
fn words_in_order_are_exact_and_their_form_is_told_apart() {
    check(
        "It asks for “a light on every pier, from dusk until dawn”.",
        &["exact code/4"],
    );
    check(
        "It asks for «a light on every pier from dusk until dawn».",
        &["exact-but-form code/4"],
    );
    check(
        "Harbors “keep A LIGHT on every pier”.",
        &["exact-but-form code/4"],
    );
    check(
        "They “publish new charts of the cooperation zone”.",
        &["exact-but-form pact/article-2"],
    );
    check(
        "“Ships ring their bells twice an hour.”",
        &["exact code/13(b)"],
    );
    check("A “light on pier” is three words.", &[]);
    check("The “Reef Pact of Ostrava” is a name.", &[]);
}

#[test]
fn an_altered_or_invented_quotation_is_never_exact() {
    check(
        "It asks for “a light on each pier, from dusk until dawn”.",
        &["altered code/4"],
    );
    check(
        "Pilots “should leave a ship in fog”.",
        &["altered code/13(a)"],
    );
    check(
        "“Ships ring their bells thrice an hour until the reef”",
        &["altered code/13(b)"],
    );
    // The words of two clauses that do not follow each other.
    check(
        "“keep a light on every pier until the reef lies well behind them”",
        &["not-found code/4"],
    );
    let found = told("Bakers “sell their bread on the third day of the week”.");
    assert!(found[0].starts_with("not-found"), "{found:?}");
}

#[test]
fn ellipses_and_brackets_are_no_alteration() {
    check(
        "“Each harbor shall keep a light … and shall answer for it.”",
        &["exact code/4"],
    );
    check(
        "“[P]ilots should not leave a ship [...] unless a master has”",
        &["altered code/13(a)"],
    );
    check(
        "“[e]ach harbor shall keep [at least] a light on every pier”",
        &["exact code/4"],
    );
    check(
        "“Each harbor … shall keep … shall answer”",
        &["exact code/4"],
    );
    // Not in this order.
    check(
        "“shall answer for it … keep a light on every pier”",
        &["altered code/4"],
    );
    // Too far apart: a clause is between.
    check(
        "“keep a light on every pier … Ships ring their bells twice an hour”",
        &["not-found code/13(b)"],
    );
}

#[test]
fn clauses_that_follow_each_other_may_be_quoted_together() {
    check(
        "“unless a master of the harbor has asked them to. Ships ring their bells twice an hour”",
        &["exact code/13(a)+code/13(b)"],
    );
    check(
        "“(a) Pilots should not leave a ship in fog, unless a master of the harbor has asked them to. (b) \
         Ships ring their bells twice an hour”",
        &["exact code/13(a)+code/13(b)"],
    );
}

#[test]
fn right_words_under_a_wrong_number_are_told() {
    let words = "“Ships ring their bells twice an hour”";
    let check = |paper: &str, expected: &str| check(&paper.replace('@', words), &[expected]);
    check(
        "@ (Harbor Code 2019, para. 13(b)).",
        "exact code/13(b) known",
    );
    check(
        "@ (Harbor Code 2019, para. 13(a)).",
        "wrong-number code/13(b) wrong-number",
    );
    check(
        "@ (Harbor Code 2019, para. 99).",
        "wrong-number code/13(b) unknown-number",
    );
    check(
        "Norm 13(b) of the Harbor Code says @.",
        "exact code/13(b) known",
    );
    check(
        "In the Harbor Code, norm 13(a) says @.",
        "wrong-number code/13(b) wrong-number",
    );
    check(
        "The Harbor Code is old. Its ¶ 13 says: @",
        "exact code/13(b) known",
    );
    check(
        "Article 2 of the Reef Pact of Ostrava says @.",
        "wrong-number code/13(b) wrong-number",
    );
    check(
        "The Reef Pact of Ostrava says @.",
        "wrong-number code/13(b) wrong-agreement",
    );
    check(
        "Unlike the Reef Pact of Ostrava, the Harbor Code 2019 says @.",
        "exact code/13(b) known",
    );
    check(
        "Article 9 of the Lagoon Convention says @.",
        "exact code/13(b) unknown-agreement",
    );
    check(
        "@ (norm 13(b)), and not so in norm 4.",
        "exact code/13(b) known",
    );
}

#[test]
fn each_quotation_has_its_own_number() {
    check(
        "Norm 4 of the Harbor Code asks to “keep a light on every pier” and norm 13(b) that “Ships ring their bells \
         twice an hour”; then “No toll is due from boats” (Reef Pact of Ostrava, Article 1).",
        &[
            "exact code/4 known",
            "exact code/13(b) known",
            "exact pact/article-1 known",
        ],
    );
    check(
        "“keep a light on every pier” (Harbor Code 2019, para. 4), “Ships ring their bells twice an hour” (ibid., \
         para. 13(a)).",
        &["exact code/4 known", "wrong-number code/13(b) wrong-number"],
    );
}

#[test]
fn blocks_and_words_without_marks_are_told() {
    check(
        "The Harbor Code 2019 says in ¶13(b):\n\n> Ships ring their bells twice an hour.\n\nSo be it.",
        &["exact code/13(b) known"],
    );
    check(
        "It says:\n\n> “Ships ring their bells twice an hour.” (Harbor Code 2019, para. 4)\n",
        &["wrong-number code/13(b) wrong-number"],
    );
    check(
        "We find that ships ring their bells twice an hour until the reef is passed.",
        &["unmarked code/13(b)"],
    );
    check("We find that ships ring their bells twice an hour.", &[]);
    check(
        "“He told them that ‘ships ring their bells twice an hour’, and more that nobody else has heard of.”",
        &["exact-but-form code/13(b)"],
    );
}

#[test]
fn numbers_without_a_quotation_are_looked_up() {
    let paper = "See para. 13(a) of the Harbor Code 2019, Article 7 of the Reef Pact of Ostrava, and Article 51 of \
        the Charter of the United Nations. Section 3 is ours.";
    let value = value(&checked(paper));
    let references = value["references"].as_array().unwrap().iter();
    let verdicts: Vec<&str> = references
        .map(|of| of["verdict"].as_str().unwrap())
        .collect();
    assert_eq!(verdicts, ["known", "unknown-number", "unknown-agreement"]);
    assert!(!checked(paper).is_all_right());
    assert!(checked("See Article 51 of the Charter of the United Nations.").is_all_right());
}

#[test]
fn places_are_bytes_and_characters_of_the_paper() {
    let paper = "Élan.\n\nIt asks for “a light on every pier, from dusk until dawn”.";
    let found = checked(paper);
    let value = value(&found);
    let place = &value["quotations"][0];
    let start = paper.find("a light").unwrap();
    assert_eq!(place["bytes"]["start"], start);
    assert_eq!(place["characters"]["start"], paper[..start].chars().count());
    assert_eq!(place["paragraph"], 2);
    let own = place["clause_bytes"].as_array().unwrap();
    let [from, until] = [0, 1].map(|side| usize::try_from(own[side].as_u64().unwrap()).unwrap());
    let text = place["clauses"][0]["text"].as_str().unwrap();
    assert_eq!(
        &text[from..until],
        "a light on every pier, from dusk until dawn"
    );
    let page = found.page(10).to_markdown();
    assert!(page.contains("1 quotation: 1 exact."), "{page}");
}

/// The fields of a value: `[]` for each entry of a list, `{}` where keys are data.
fn add_fields(value: &Value, path: &str, fields: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                match (path, key.as_str()) {
                    ("", key) => add_fields(value, key, fields),
                    ("counts.quotations" | "counts.references", _) => {
                        fields.insert(format!("{path}{{}}"));
                    }
                    ("quotations[]", "reference") => {
                        fields.insert("quotations[].reference".to_owned());
                        add_fields(value, "reference", fields);
                    }
                    (_, key) => add_fields(value, &format!("{path}.{key}"), fields),
                }
            }
        }
        Value::Array(list) if path == "references" => {
            fields.insert("references[]".to_owned());
            for value in list {
                add_fields(value, "reference", fields);
            }
        }
        Value::Array(list) => {
            for value in list {
                add_fields(value, &format!("{path}[]"), fields);
            }
        }
        _ => {
            fields.insert(path.to_owned());
        }
    }
}

#[test]
fn the_documented_fields_of_json_are_those_that_are_written() {
    // Only a PDF has pages.
    let mut documented =
        documented_fields(include_str!("../../../src/finding/quotations/schema.md"));
    documented.retain(|field| {
        field
            .rsplit_once('.')
            .is_none_or(|(_, last)| last != "page")
    });
    let paper = "Norm 13(a) of the Harbor Code says “Ships ring their bells twice an hour”. It asks for “a light on \
        each pier, from dusk until dawn”. See Article 2 of the Reef Pact of Ostrava.";
    let mut builder = CorpusBuilder::new();
    for (name, text) in [("code.md", CODE), ("rules.md", RULES), ("pact.md", PACT)] {
        builder.add(
            read(text.as_bytes(), name, &ReadLimits::default()).unwrap(),
            Some(name),
        );
    }
    let corpus = builder.build().unwrap();
    let representation = Representation::of(&corpus, &RepresentationParams::default()).unwrap();
    let paper = Paper::read(paper.as_bytes(), "paper.md", &ReadLimits::default()).unwrap();
    let mut fields = BTreeSet::new();
    add_fields(
        &value(&check_quotations(&corpus, &representation, &paper)),
        "",
        &mut fields,
    );
    assert_eq!(fields, documented);
}
