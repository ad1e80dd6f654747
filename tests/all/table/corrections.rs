//! The corrections: what a person decided holds on every later run, or is reported.

use std::collections::BTreeMap;

use consonance::corpus::Corpus;
use consonance::corpus::find_clause;
use consonance::report::{from_json, to_json};
use consonance::table::{Action, ConvergeParams, ConvergenceTable, Corrections, Outcome};
use consonance::table::{Request, converge};
use proptest::prelude::*;

use crate::common::made::{Line, clauses, numbered_corpus as corpus, shuffled, without_places};

/// Returns the table of a corpus with its corrections.
fn corrected(corpus: &Corpus, corrections: &Corrections) -> ConvergenceTable {
    let params = ConvergeParams::default().corrections(corrections.clone());
    converge(corpus, &params).unwrap()
}

fn wish(action: Action, clauses: &[&str], rows: &[&str], name: Option<&str>) -> Request {
    let mut wish = Request::to(action);
    wish.clauses = clauses.iter().map(|&clause| clause.to_owned()).collect();
    wish.rows = rows.iter().map(|&row| row.to_owned()).collect();
    wish.name = name.map(str::to_owned);
    wish
}

/// Returns the row of each clause; a clause that stands alone has none.
fn places(table: &ConvergenceTable) -> BTreeMap<String, Option<usize>> {
    let mut places = BTreeMap::new();
    let mut put = |id: &String, place| {
        assert!(
            places.insert(id.clone(), place).is_none(),
            "{id} has two places"
        );
    };
    for (index, row) in table.rows.iter().enumerate() {
        row.cells
            .values()
            .flatten()
            .for_each(|quote| put(&quote.id, Some(index)));
    }
    table.alone.iter().for_each(|alone| put(&alone.id, None));
    places
}

fn row_of<'t>(table: &'t ConvergenceTable, id: &str) -> Option<&'t str> {
    places(table)[id].map(|index| table.rows[index].issue.as_str())
}

/// Twelve clauses of the subjects that [`clauses`] has, two of each.
fn subjects() -> Vec<Line> {
    clauses(5, 12)
}

fn key(lines: &[Line], index: usize) -> String {
    let found = corpus(lines);
    let typed = format!("{} {}", lines[index].agreement, lines[index].label);
    found
        .clause(find_clause(&found, &typed).unwrap())
        .key
        .clone()
}

#[test]
fn three_corrected_rows_hold_after_an_agreement_is_added() {
    let mut lines = clauses(3, 36);
    let before = corpus(&lines);
    let mut corrections = Corrections::default();
    let mut table = corrected(&before, &corrections);
    let moved = table.rows[1].medoid.clone();
    let apart = table.rows[2].medoid.clone();
    for step in 0..4 {
        // The names of rows change with what is corrected, so each wish looks at its table.
        let found: Vec<&str> = table
            .rows
            .iter()
            .filter(|row| !row.is_given())
            .map(|row| row.issue.as_str())
            .collect();
        let wish = match step {
            0 => wish(
                Action::Rename,
                &[],
                &[found[0]],
                Some("Of ferries and orchards"),
            ),
            1 => wish(Action::Move, &[&moved], &["Of ferries"], None),
            2 => wish(Action::Alone, &[&apart], &[], None),
            _ => wish(Action::Merge, &[], &found[..2], Some("Two in one")),
        };
        corrections
            .decisions
            .push(wish.decide(&before, &table).unwrap());
        corrections = Corrections::parse(&corrections.to_toml()).unwrap();
        table = corrected(&before, &corrections);
    }
    let merged: Vec<String> = ids_of_row(&table, "Two in one");
    lines.extend(clauses(8, 12).into_iter().map(|mut line| {
        line.process = "Late Accord".to_owned();
        line.agreement = "Late Accord".to_owned();
        line
    }));
    let table = corrected(&corpus(&lines), &corrections);
    assert!(
        table
            .decisions
            .iter()
            .all(consonance::table::Outcome::is_applied)
    );
    assert_eq!(row_of(&table, &moved), Some("Of ferries and orchards"));
    assert_eq!(row_of(&table, &apart), None);
    let alone = table.alone.iter().find(|alone| alone.id == apart).unwrap();
    assert_eq!(alone.reason, "a decision keeps it alone");
    let still = ids_of_row(&table, "Two in one");
    let n_kept = merged.iter().filter(|id| still.contains(id)).count();
    assert!(2 * n_kept > merged.len(), "{merged:?} {still:?}");
    assert_eq!(
        from_json(&to_json(&table)).unwrap().decisions,
        table.decisions
    );
}

fn ids_of_row(table: &ConvergenceTable, name: &str) -> Vec<String> {
    let row = table.rows.iter().find(|row| row.issue == name).unwrap();
    row.cells
        .values()
        .flatten()
        .map(|quote| quote.id.clone())
        .collect()
}

/// Returns what a table's JSON says of the status of a decision.
fn status_of(outcome: &Outcome) -> String {
    let outcome = serde_json::to_value(outcome).unwrap();
    outcome["status"].as_str().unwrap().to_owned()
}

/// What happens to a clause between two runs.
type Edit = fn(&mut Line);

#[test]
fn a_decision_about_what_is_gone_is_kept_and_reported() {
    let lines = subjects();
    let found = corpus(&lines);
    let mut corrections = Corrections::default();
    let id = key(&lines, 0);
    let decided = wish(Action::Pin, &[&id], &[], Some("Pinned"))
        .decide(&found, &corrected(&found, &corrections));
    corrections.decisions.push(decided.unwrap());
    let cases: [(&str, Edit, &str, &str); 6] = [
        ("nothing changed", |_| {}, "applied", ""),
        (
            "only case",
            |line| line.text = line.text.to_uppercase(),
            "applied",
            "",
        ),
        (
            "a word more",
            |line| line.text = line.text.replace("should watch", "should always watch"),
            "applied",
            "changed a little",
        ),
        (
            "other words",
            |line| line.text = "A glacier moves by the width of a hand in one day.".to_owned(),
            "not-applied",
            "has other words now",
        ),
        (
            "another label",
            |line| line.label = "¶99".to_owned(),
            "not-applied",
            "its words now stand as",
        ),
        (
            "another agreement",
            |line| line.agreement = "Elsewhere".to_owned(),
            "not-applied",
            "there is no",
        ),
    ];
    for (what, edit, status, remark) in cases {
        let mut lines = lines.clone();
        edit(&mut lines[0]);
        let table = corrected(&corpus(&lines), &corrections);
        let outcome = &table.decisions[0];
        assert_eq!(status_of(outcome), status, "{what}: {outcome:?}");
        assert!(outcome.remark.contains(remark), "{what}: {outcome:?}");
        let is_said = table
            .diagnostics
            .iter()
            .any(|d| d.message.contains("decision 1 of the ledger"));
        assert_eq!(is_said, !remark.is_empty(), "{what}");
    }
}

#[test]
fn a_later_decision_wins_and_the_earlier_is_reported() {
    let lines = subjects();
    let found = corpus(&lines);
    let (a, b) = (key(&lines, 0), key(&lines, 1));
    let table = corrected(&found, &Corrections::default());
    let pin = wish(Action::Pin, &[&a, &b], &[], Some("Pinned"));
    let cases = [
        (wish(Action::NotSame, &[&a, &b], &[], None), false),
        (wish(Action::Alone, &[&a], &[], None), false),
        (wish(Action::Split, &[&a], &[], Some("Elsewhere")), false),
        (wish(Action::Pin, &[&a, &b], &[], Some("Pinned")), true),
    ];
    for (later, is_first_held) in cases {
        let mut corrections = Corrections::default();
        for wish in [&pin, &later] {
            corrections
                .decisions
                .push(wish.decide(&found, &table).unwrap());
        }
        let outcomes = corrected(&found, &corrections).decisions;
        assert!(outcomes[1].is_applied(), "{later:?}");
        assert_eq!(outcomes[0].is_applied(), is_first_held, "{later:?}");
    }
}

#[test]
fn keeping_two_apart_undoes_no_other_decision_if_it_need_not() {
    let lines = subjects();
    let found = corpus(&lines);
    let table = corrected(&found, &Corrections::default());
    let [a, b, c] = [0, 1, 2].map(|index| key(&lines, index));
    for (first, second) in [(&a, &b), (&b, &a)] {
        let wishes = [
            wish(Action::Pin, &[first, &c], &[], Some("Pinned")),
            wish(Action::Move, &[second], &["Pinned"], None),
            wish(Action::NotSame, &[first, second], &[], None),
        ];
        let mut corrections = Corrections::default();
        let mut table = table.clone();
        for wish in wishes {
            corrections
                .decisions
                .push(wish.decide(&found, &table).unwrap());
            table = corrected(&found, &corrections);
        }
        // Either must leave: the pin or the move is undone, not both.
        let n_held = table.decisions.iter().filter(|o| o.is_applied()).count();
        assert_eq!(n_held, 2, "{:?}", table.decisions);
        assert!(table.decisions[2].is_applied());
    }
}

#[test]
fn a_wrong_ledger_is_an_error_that_says_what_and_where() {
    let clause = "{ agreement = 'a', label = '1', text = '0-0' }";
    let cases = [
        (
            "[[decision]]\naction = 'shout'\n".to_owned(),
            "unknown variant `shout`",
        ),
        (
            "[[decision]]\naction = 'alone'\nclauze = []\n".to_owned(),
            "unknown field `clauze`",
        ),
        (
            "[[decision]]\naction = 'alone'\n".to_owned(),
            "decision 1: `alone` needs `clauses`",
        ),
        (
            format!("[[decision]]\naction = 'alone'\nclauses = [{clause}]\nname = 'Fog'\n"),
            "`alone` takes no `name`",
        ),
        (
            format!("[[decision]]\naction = 'not-same'\nclauses = [{clause}]\n"),
            "`not-same` needs two `clauses`",
        ),
        (
            format!("[[decision]]\naction = 'pin'\nclauses = [{clause}]\nname = '!'\n"),
            "no letter or digit",
        ),
    ];
    for (text, expected) in cases {
        let error = Corrections::parse(&text).unwrap_err().to_string();
        assert!(error.contains(expected), "{text}: {error}");
    }
    assert!(
        Corrections::parse("# nothing yet\n")
            .unwrap()
            .decisions
            .is_empty()
    );
}

#[test]
fn a_clause_is_found_by_any_style_of_citation() {
    let line = |place: [&str; 3], text: &str| Line::new(place, text);
    let corpus = corpus(&[
        line(
            ["Tide Forum", "Tide Report 2015", "¶13(i)"],
            "Keep the tide tables.",
        ),
        line(
            ["Tide Forum", "Tide Report 2021", "¶13(i)"],
            "Keep the tide tables public.",
        ),
        line(["Reef Call", "Reef Call", "Principle 2"], "Mark the reefs."),
        line(
            ["Reef Call", "Reef Call", "Article 25(4)"],
            "Mend the marks.",
        ),
    ]);
    let cases = [
        ("Reef Call Principle 2", Ok("Reef Call/principle-2")),
        ("reef call 2", Ok("Reef Call/principle-2")),
        ("Reef principle 2", Ok("Reef Call/principle-2")),
        ("Reef Call/principle-2", Ok("Reef Call/principle-2")),
        ("Reef Call art. 25 para 4", Ok("Reef Call/article-25(4)")),
        ("Tide 2015 13(i)", Ok("Tide Report 2015/13(i)")),
        (
            "Tide Report 2021 para. 13 (i)",
            Ok("Tide Report 2021/13(i)"),
        ),
        ("Tide Forum 13(i)", Err("names 2 clauses")),
        (
            "Tide Report 2015 14",
            Err("near it are `Tide Report 2015/13(i)`"),
        ),
        ("Moon Pact 2", Err("names no clause")),
        ("", Err("names no clause")),
    ];
    for (typed, expected) in cases {
        let found = find_clause(&corpus, typed).map(|id| corpus.clause(id).key.clone());
        match (found, expected) {
            (Ok(key), Ok(expected)) => assert_eq!(key, expected, "{typed}"),
            (Err(error), Err(expected)) => {
                assert!(error.to_string().contains(expected), "{typed}: {error}");
            }
            (found, _) => panic!("{typed}: {found:?}"),
        }
    }
}

#[test]
fn a_wish_that_fits_nothing_or_several_names_the_candidates() {
    let lines = subjects();
    let found = corpus(&lines);
    let table = corrected(&found, &Corrections::default());
    let id = key(&lines, 0);
    let name = table.rows[0].issue.clone();
    let cases = [
        (
            wish(Action::Move, &[&id], &["glacier"], None),
            "no row is named `glacier`: there are",
        ),
        (wish(Action::Move, &[&id], &["e"], None), "several rows"),
        (
            wish(Action::Move, &["Process 77 ¶1"], &[&name], None),
            "names no clause",
        ),
        (
            wish(Action::Merge, &[], &[&name, &name], None),
            "named twice",
        ),
        (wish(Action::NotSame, &[&id, &id], &[], None), "named twice"),
        (wish(Action::Pin, &[&id], &[], Some(&name)), "already"),
        (
            wish(Action::Rename, &[], &[&name], None),
            "needs one of `issues` and a `name`",
        ),
    ];
    for (wish, expected) in cases {
        let error = wish.decide(&found, &table).unwrap_err().to_string();
        assert!(error.contains(expected), "{wish:?}: {error}");
    }
}

/// One random decision: which action, and numbers that choose what it is about.
type Dice = (u8, [usize; 3], bool);

/// Returns the wish that dice ask for, about clauses and rows of a table.
fn thrown((action, numbers, has_name): Dice, table: &ConvergenceTable) -> Request {
    let ids: Vec<String> = places(table).into_keys().collect();
    let clause = |n: usize| ids[numbers[n] % ids.len()].clone();
    let row = |n: usize| table.rows[numbers[n] % table.rows.len()].issue.clone();
    let name = Some(format!("Name {}", numbers[2] % 4));
    let action = [
        Action::Move,
        Action::Merge,
        Action::Split,
        Action::Rename,
        Action::Pin,
        Action::NotSame,
        Action::Alone,
    ][usize::from(action) % 7];
    let mut wish = Request::to(action);
    match action {
        Action::Move => (wish.clauses, wish.rows) = (vec![clause(0), clause(1)], vec![row(2)]),
        Action::Merge => wish.rows = vec![row(0), row(1)],
        Action::Rename => (wish.rows, wish.name) = (vec![row(0)], name.clone()),
        Action::Pin => (wish.clauses, wish.name) = (vec![clause(0), clause(1)], name.clone()),
        Action::Alone => wish.clauses = vec![clause(0)],
        _ => wish.clauses = vec![clause(0), clause(1)],
    }
    if has_name && matches!(action, Action::Merge | Action::Split) {
        wish.name = name;
    }
    wish
}

/// Asserts of each applied decision that the table shows it.
fn check_held(corrections: &Corrections, table: &ConvergenceTable) {
    let places = places(table);
    assert_eq!(corrections.decisions.len(), table.decisions.len());
    for (decision, outcome) in corrections.decisions.iter().zip(&table.decisions) {
        if !outcome.is_applied() {
            assert!(!outcome.remark.is_empty(), "{outcome:?}");
            continue;
        }
        let rows: Vec<Option<usize>> = outcome.clauses.iter().map(|id| places[id]).collect();
        let named = |index: usize| table.rows[index].issue.as_str();
        let is_together = rows
            .iter()
            .all(|row| *row == rows[0] && (rows.len() == 1 || row.is_some()));
        let holds = match decision.action {
            Action::Move => is_together,
            Action::Split | Action::Pin => {
                let has_name = |name: &String| rows[0].is_some_and(|row| named(row) == name);
                is_together && decision.name.as_ref().is_none_or(has_name)
            }
            Action::NotSame => rows[0].is_none() || rows[0] != rows[1],
            Action::Alone => rows.iter().all(Option::is_none),
            _ => decision
                .name
                .as_ref()
                .is_none_or(|name| table.rows.iter().any(|row| row.issue == *name)),
        };
        assert!(holds, "{outcome:?} in {:?}", table.rows);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn random_ledgers_on_random_corpora_hold_or_are_reported(
        seed in 0u64..1000,
        n_clauses in 8usize..30,
        dice in prop::collection::vec((0u8..7, any::<[usize; 3]>(), any::<bool>()), 0..12),
        n_gone in 0usize..6,
        n_new in 0usize..8,
    ) {
        let lines = clauses(seed, n_clauses);
        let before = corpus(&lines);
        let mut corrections = Corrections::default();
        let table = corrected(&before, &corrections);
        for dice in dice.into_iter().filter(|_| !table.rows.is_empty()) {
            corrections.decisions.extend(thrown(dice, &table).decide(&before, &table));
        }
        let table = corrected(&before, &corrections);
        if let Some(last) = table.decisions.last() {
            prop_assert!(status_of(last) != "overridden", "nothing is later: {:?}", last);
        }
        prop_assert_eq!(places(&table).len(), n_clauses);
        check_held(&corrections, &table);
        let text = corrections.to_toml();
        prop_assert_eq!(&Corrections::parse(&text).unwrap(), &corrections);
        prop_assert_eq!(Corrections::parse(&text).unwrap().to_toml(), text);

        let mut lines = shuffled(&lines, seed);
        lines.truncate(n_clauses - n_gone);
        lines.extend(clauses(seed + 7, n_new).into_iter().map(|mut line| {
            line.agreement = "Late Accord".to_owned();
            line
        }));
        let later = corrected(&corpus(&lines), &corrections);
        prop_assert_eq!(places(&later).len(), lines.len());
        check_held(&corrections, &later);
        let again = corrected(&corpus(&shuffled(&lines, seed + 1)), &corrections);
        let [again, later] = [again, later].map(|table| without_places(&to_json(&table)));
        prop_assert_eq!(again, later);
    }
}

#[test]
fn each_row_says_where_its_name_comes_from() {
    let lines = subjects();
    let found = corpus(&lines);
    let table = corrected(&found, &Corrections::default());
    let rename = wish(Action::Rename, &[], &[&table.rows[0].issue], Some("Lights"));
    let decision = rename.decide(&found, &table).unwrap();
    let corrections = Corrections::parse(&decision.to_toml()).unwrap();
    let table = serde_json::to_value(corrected(&found, &corrections)).unwrap();
    for row in table["rows"].as_array().unwrap() {
        let source = row["name_source"].as_str().unwrap();
        assert_eq!(source == "given", row["issue"] == "Lights", "{row}");
        let known = [
            "given",
            "heading",
            "clauses",
            "thesaurus",
            "catalogue",
            "terms",
        ];
        assert!(known.contains(&source), "{source}");
    }
}
