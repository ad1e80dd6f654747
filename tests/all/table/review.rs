//! What a person is asked about a table, and what becomes of the answers.

use std::collections::BTreeMap;

use consonance::corpus::{Corpus, LoadParams};
use consonance::id::ClauseId;
use consonance::report::{from_json, to_csv, to_docx, to_json, to_markdown, to_tidy_csv};
use consonance::similarity::Representation;
use consonance::table::{
    Action, Answer, Codebook, ConvergeParams, ConvergenceTable, Corrections, Decision, Doubt,
    DoubtParams, Outcome, Request, Row, converge_on, doubts, proposals,
};
use serde_json::Value;

use crate::common::made::{Line, clauses, numbered_corpus as corpus};
use crate::common::written::part;

/// A corpus with its table, made again with corrections.
struct Made {
    corpus: Corpus,
    representation: Representation,
    params: ConvergeParams,
}

impl Made {
    fn of(lines: &[Line]) -> Self {
        let corpus = corpus(lines);
        let params = ConvergeParams::default().n_resamples(0).n_clusters(6);
        Self {
            representation: Representation::of(&corpus, &params.representation).unwrap(),
            corpus,
            params,
        }
    }

    fn table(&self, corrections: &Corrections) -> ConvergenceTable {
        let params = self.params.clone().corrections(corrections.clone());
        converge_on(&self.corpus, &self.representation, &params).unwrap()
    }

    fn doubts(&self, table: &ConvergenceTable) -> Vec<Doubt> {
        let params = DoubtParams::default().guide(self.params.guide.clone());
        doubts(&self.corpus, &self.representation, table, &params).unwrap()
    }

    /// Returns the table after an answer about a doubt of the table without corrections.
    fn answered(&self, doubt: &Doubt, answer: &Answer) -> ConvergenceTable {
        let table = self.table(&Corrections::default());
        let decisions = doubt.decide(&self.corpus, &table, answer).unwrap();
        let entries: Vec<String> = decisions.iter().map(Decision::to_toml).collect();
        let corrected = self.table(&Corrections::parse(&entries.join("\n")).unwrap());
        assert!(
            corrected.decisions.iter().all(Outcome::is_applied),
            "{answer:?}"
        );
        corrected
    }
}

/// Returns the names of the rows of a clause.
fn rows_of<'t>(table: &'t ConvergenceTable, id: &str) -> Vec<&'t str> {
    let has = |row: &&Row| row.quotes().any(|quote| quote.id == id);
    table
        .rows
        .iter()
        .filter(has)
        .map(|row| row.issue.as_str())
        .collect()
}

#[test]
fn doubts_are_those_that_comparing_every_pair_finds() {
    for seed in 0..4 {
        let made = Made::of(&clauses(seed, 40));
        let table = made.table(&Corrections::default());
        let rows = made.representation.rows();
        let similarity = |a: ClauseId, b: ClauseId| rows.row(a.index()).dot(rows.row(b.index()));
        let near = |clause: ClauseId, row: &Row| {
            let others = row.quotes().filter_map(|quote| made.corpus.find(&quote.id));
            let others: Vec<ClauseId> = others.filter(|other| *other != clause).collect();
            let sum: f64 = others.iter().map(|other| similarity(clause, *other)).sum();
            (sum / others.len().max(1) as f64).clamp(0.0, 1.0)
        };
        let found = made.doubts(&table);
        assert!(found.len() > 20);
        let mut sureness = Vec::new();
        for doubt in &found {
            let clause = made.corpus.find(&doubt.quoted.id).unwrap();
            let mut others = BTreeMap::new();
            let mut own = None;
            for row in &table.rows {
                let near = near(clause, row);
                if row.quotes().any(|quote| quote.id == doubt.quoted.id) {
                    own = Some((row.issue.clone(), near));
                } else {
                    others.insert(row.issue.clone(), near);
                }
            }
            for rival in &doubt.rivals {
                assert!((others[&rival.issue] - rival.score.value()).abs() < 1e-5);
            }
            let mut best: Vec<f64> = others.values().copied().collect();
            best.sort_by(|a, b| b.total_cmp(a));
            for (rival, expected) in doubt.rivals.iter().zip(&best) {
                assert!((rival.score.value() - expected).abs() < 1e-5, "{doubt:?}");
            }
            let place = doubt
                .place
                .as_ref()
                .map(|place| (place.issue.clone(), place.score.value()));
            if let (Some((name, near)), Some((told, score))) = (&own, &place) {
                assert_eq!(name, told);
                assert!((near - score).abs() < 1e-5);
                sureness.push(*near);
            } else {
                assert_eq!(own.is_some(), place.is_some());
                sureness.push(1.0 - best[0]);
            }
        }
        assert!(
            sureness.windows(2).all(|pair| pair[0] <= pair[1] + 1e-5),
            "{sureness:?}"
        );
    }
}

#[test]
fn doubts_are_the_same_on_any_number_of_threads() {
    let made = Made::of(&clauses(7, 60));
    let table = made.table(&Corrections::default());
    let on = |n_threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(n_threads)
            .build()
            .unwrap();
        pool.install(|| to_json(&made.doubts(&table)))
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn every_answer_holds_in_the_next_table_and_is_not_asked_again() {
    let made = Made::of(&clauses(3, 40));
    let table = made.table(&Corrections::default());
    let asked = made.doubts(&table);
    let doubt = asked
        .iter()
        .find(|doubt| doubt.place.is_some() && doubt.rivals.len() > 1)
        .unwrap();
    let id = &doubt.quoted.id;
    let here = doubt.place.as_ref().unwrap().issue.as_str();
    let of_row = |table: &ConvergenceTable, name: &str| {
        // Names are made of the clauses of a row and may change with them: its first other clause stays.
        let row = made.table(&Corrections::default()).rows.into_iter();
        let row = row.into_iter().find(|row| row.issue == name).unwrap();
        let other = row
            .quotes()
            .map(|quote| quote.id.clone())
            .find(|other| other != id)
            .unwrap();
        rows_of(table, &other)
            .first()
            .map(|name| (*name).to_owned())
            .unwrap()
    };
    let cases = [
        (Answer::Here, vec![here]),
        (Answer::There(0), vec![&doubt.rivals[0].issue]),
        (Answer::There(1), vec![&doubt.rivals[1].issue]),
        (Answer::Both(1), vec![here, &doubt.rivals[1].issue]),
        (Answer::Alone, vec![]),
        (
            Answer::Named(doubt.rivals[1].issue.clone()),
            vec![&doubt.rivals[1].issue],
        ),
    ];
    for (answer, expected) in cases {
        let corrected = made.answered(doubt, &answer);
        let mut found = rows_of(&corrected, id);
        found.sort_unstable();
        let mut expected: Vec<String> = expected
            .iter()
            .map(|name| of_row(&corrected, name))
            .collect();
        expected.sort_unstable();
        assert_eq!(found, expected, "{answer:?}");
        let left = made.doubts(&corrected);
        assert!(
            left.iter().all(|other| other.quoted.id != *id),
            "{answer:?}"
        );
        assert!(left.len() + 6 > asked.len());
    }
    let corrected = made.answered(doubt, &Answer::Named("Of fog and ferries".to_owned()));
    assert_eq!(rows_of(&corrected, id), ["Of fog and ferries"]);
    let skipped = doubt.decide(&made.corpus, &table, &Answer::Skip).unwrap();
    assert!(skipped.is_empty());
    assert!(
        doubt
            .decide(&made.corpus, &table, &Answer::There(3))
            .is_err()
    );
}

#[test]
fn a_clause_in_two_rows_is_in_every_form_twice_and_comes_back() {
    let made = Made::of(&clauses(3, 40));
    let asked = made.doubts(&made.table(&Corrections::default()));
    let doubt = asked.iter().find(|doubt| doubt.place.is_some()).unwrap();
    let table = made.answered(doubt, &Answer::Both(0));
    assert_eq!(table.decisions[1].action, Action::Also);
    assert_eq!(rows_of(&table, &doubt.quoted.id).len(), 2);
    let back = from_json(&to_json(&table)).unwrap();
    assert_eq!(back, table);
    let text = doubt.quoted.text.as_str();
    assert_eq!(to_csv(&table).matches(text).count(), 2);
    assert_eq!(to_tidy_csv(&table).matches(text).count(), 2);
}

#[test]
fn a_later_decision_takes_a_clause_out_of_its_further_row() {
    let made = Made::of(&clauses(3, 40));
    let table = made.table(&Corrections::default());
    let asked = made.doubts(&table);
    let doubt = asked.iter().find(|doubt| doubt.place.is_some()).unwrap();
    let both = doubt
        .decide(&made.corpus, &table, &Answer::Both(0))
        .unwrap();
    let rival = table.row(doubt.rivals[0].row);
    let other = rival.quotes().next().unwrap().id.clone();
    let mut apart = Request::to(Action::NotSame);
    apart.clauses = vec![doubt.quoted.id.clone(), other];
    let later = [
        doubt.decide(&made.corpus, &table, &Answer::Here).unwrap(),
        doubt.decide(&made.corpus, &table, &Answer::Alone).unwrap(),
        doubt
            .decide(&made.corpus, &table, &Answer::Named("Fog".to_owned()))
            .unwrap(),
        vec![apart.decide(&made.corpus, &table).unwrap()],
    ];
    for later in later {
        let entries = both.iter().chain(&later).map(Decision::to_toml);
        let entries: Vec<String> = entries.collect();
        let table = made.table(&Corrections::parse(&entries.join("\n")).unwrap());
        let outcomes = &table.decisions;
        assert!(outcomes[2].is_applied(), "{outcomes:?}");
        assert!(!outcomes[1].is_applied(), "{outcomes:?}");
        assert!(rows_of(&table, &doubt.quoted.id).len() <= 1, "{outcomes:?}");
    }
}

#[test]
fn given_issues_are_compared_by_their_scores_and_asked_first() {
    let lines = clauses(5, 40);
    let mut made = Made::of(&lines);
    let guide = Codebook::parse(
        "[[issue]]\nname = 'Bridges, ferries and tolls'\n[[issue]]\nname = 'Orchards and cider'\n\
         [[issue]]\nname = 'Fever and vaccine'",
    )
    .unwrap();
    made.params = made.params.guide(guide.only_these());
    let table = made.table(&Corrections::default());
    let asked = made.doubts(&table);
    let n_placed: usize = table.rows.iter().map(|row| row.quotes().count()).sum();
    assert!(n_placed > 6, "{n_placed}");
    let is_placed = |doubt: &&Doubt| doubt.place.is_some();
    assert!(asked.iter().filter(is_placed).count() > 0);
    for doubt in asked.iter().filter(is_placed) {
        let own = doubt.place.as_ref().unwrap().score;
        assert!(
            doubt.rivals.iter().all(|rival| rival.score <= own),
            "{doubt:?}"
        );
        assert!(doubt.why.contains("comes next to its row"), "{}", doubt.why);
    }
}

#[test]
fn clauses_that_almost_have_a_given_issue_are_asked_about_first() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
    let corpus = Corpus::load(&[folder.into()], &LoadParams::default()).unwrap();
    let guide = Codebook::parse(include_str!("../../../corpus/norms.toml")).unwrap();
    let params = ConvergeParams::default()
        .n_resamples(0)
        .guide(guide.clone());
    let representation = Representation::of(&corpus, &params.representation).unwrap();
    let table = converge_on(&corpus, &representation, &params).unwrap();
    let json: Value = serde_json::from_str(&to_json(&table)).unwrap();
    let candidates = json["candidates"].as_array().unwrap().iter();
    let score_of: BTreeMap<&str, f64> = candidates
        .map(|of| (of["id"].as_str().unwrap(), of["score"].as_f64().unwrap()))
        .collect();
    let asking = DoubtParams::default().guide(guide.clone());
    let asked = doubts(&corpus, &representation, &table, &asking).unwrap();
    let candidates = asked
        .iter()
        .filter(|doubt| doubt.why.starts_with("some words speak for"));
    let scores: Vec<f64> = candidates
        .map(|doubt| score_of[doubt.quoted.id.as_str()])
        .collect();
    assert_eq!(scores.len(), score_of.len());
    let lacks = |score: &f64| (1.0 - score / guide.min_score).max(0.0);
    assert!(
        scores
            .windows(2)
            .all(|pair| lacks(&pair[0]) <= lacks(&pair[1]) + 1e-9),
        "{scores:?}"
    );
    // No row is shown by the clause that is asked about.
    let rows = asked
        .iter()
        .flat_map(|doubt| doubt.place.iter().map(move |place| (doubt, place)));
    for (doubt, place) in rows {
        let typical = place.typical.as_ref();
        assert!(
            typical.is_none_or(|typical| typical.id != doubt.quoted.id),
            "{doubt:?}"
        );
    }
}

#[test]
fn what_a_person_checked_is_told_of_rows_and_clauses_and_what_changed_since() {
    let lines = clauses(3, 40);
    let made = Made::of(&lines);
    let table = made.table(&Corrections::default());
    let row = table
        .rows
        .iter()
        .max_by_key(|row| row.quotes().count())
        .unwrap();
    let ids: Vec<String> = row.quotes().map(|quote| quote.id.clone()).collect();
    let mut of_clause = Request::to(Action::Check);
    of_clause.clauses = ids[..2].to_vec();
    of_clause.rows = vec![row.issue.clone()];
    let mut of_row = Request::to(Action::Check);
    of_row.rows = vec![row.issue.clone()];
    let mut open = Request::to(Action::Open);
    open.clauses = vec![ids[1].clone()];
    let mut entries = String::new();
    for (request, note) in [
        (of_clause, None),
        (of_row, None),
        (open, Some("is it about tolls?")),
    ] {
        let mut decision = request.decide(&made.corpus, &table).unwrap();
        decision.author = Some("A. Keeper".to_owned());
        decision.date = Some("3 May".to_owned());
        decision.note = note.map(str::to_owned);
        entries += &decision.to_toml();
    }
    let corrections = Corrections::parse(&entries).unwrap();
    let checked = made.table(&corrections);
    assert_eq!(rows_of(&checked, &ids[0]), [&row.issue], "nothing moved");
    let json: Value =
        serde_json::from_str(&to_json(&consonance::finding::Annotated::from(&checked))).unwrap();
    let rows = json["rows"].as_array().unwrap();
    let told = rows
        .iter()
        .find(|told| told["issue"] == row.issue.as_str())
        .unwrap();
    assert_eq!(told["n_checked"], 1, "the second is an open question");
    assert_eq!(told["checked"]["author"], "A. Keeper");
    let markdown = to_markdown(&checked);
    let expected = format!(
        "checked by a person: 1 of {} clauses; the row: checked by A. Keeper, 3 May",
        ids.len()
    );
    assert!(markdown.contains(&expected), "{markdown}");
    let quotes = told["cells"].as_object().unwrap().values();
    let mut quotes = quotes.flat_map(|quotes| quotes.as_array().unwrap());
    let asked = quotes.find(|quote| quote["id"] == ids[1].as_str()).unwrap();
    assert_eq!(asked["checked"]["state"], "open");
    assert_eq!(asked["checked"]["note"], "is it about tolls?");
    assert!(to_csv(&checked).contains("(checked)"));
    let document = part(&to_docx(&checked), "word/document.xml");
    assert!(document.contains(&expected), "{expected}");

    // The words of one clause change a little, another moves away, a third is new.
    let mut changed = lines.clone();
    let place = |id: &str| {
        let found = made.corpus.find(id).unwrap();
        let text = made.corpus.text(found);
        lines.iter().position(|line| line.text == text).unwrap()
    };
    let place_of_changed = place(&ids[0]);
    changed[place_of_changed].text = lines[place_of_changed]
        .text
        .replace("should watch", "should always watch");
    let later = Made::of(&changed);
    let mut away = Request::to(Action::Alone);
    away.clauses = vec![ids[2].clone()];
    let away = away.decide(&made.corpus, &table).unwrap().to_toml();
    let corrections = Corrections::parse(&(entries + &away)).unwrap();
    let told: Vec<String> = later
        .table(&corrections)
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    let told = told.join("\n");
    assert!(told.contains("changed a little"), "{told}");
    assert!(
        told.contains(&format!("since then it lost `{}`", ids[2])),
        "{told}"
    );
    assert!(
        told.contains(&format!("since then other words have `{}`", ids[0])),
        "{told}"
    );
    // The row and the clause say so, too.
    let json = to_json(&later.table(&corrections));
    assert!(json.contains("\"since\": \"since then it lost `"), "{json}");
    assert!(json.contains("\"since\": \"since then its words changed a little\""));
}

#[test]
fn a_clause_checked_in_a_row_that_it_has_left_is_asked_about_again() {
    let made = Made::of(&clauses(3, 40));
    let table = made.table(&Corrections::default());
    let rows = &table.rows;
    let [first, second] = [0, 1].map(|place| rows[place].quotes().next().unwrap().id.clone());
    let mut check = Request::to(Action::Check);
    check.clauses = vec![first.clone(), second.clone()];
    let check = check.decide(&made.corpus, &table).unwrap().to_toml();
    assert_eq!(
        check.matches("name = ").count(),
        2,
        "the row of each: {check}"
    );
    let mut away = Request::to(Action::Move);
    (away.clauses, away.rows) = (vec![first.clone()], vec![rows[1].issue.clone()]);
    let away = away.decide(&made.corpus, &table).unwrap().to_toml();
    let later = made.table(&Corrections::parse(&(away + &check)).unwrap());
    assert!(later.decisions.iter().all(Outcome::is_applied));
    let remark = format!("since then {first} has left `{}`", rows[0].issue);
    assert_eq!(later.decisions[1].remark, remark);
    let json: Value = serde_json::from_str(&to_json(&later)).unwrap();
    let state_of = |id: &str| {
        let rows = json["rows"].as_array().unwrap().iter();
        let cells = rows.flat_map(|row| row["cells"].as_object().unwrap().values());
        let mut quotes = cells.flat_map(|quotes| quotes.as_array().unwrap());
        let quote = quotes.find(|quote| quote["id"] == id).unwrap();
        quote["checked"].clone()
    };
    assert_eq!(state_of(&first)["state"], "elsewhere");
    let since = format!("since then it has left “{}”", rows[0].issue);
    assert_eq!(state_of(&first)["since"], since.as_str());
    assert_eq!(state_of(&second)["state"], "checked");
    let asked = made.doubts(&later);
    let is_asked = |id: &str| asked.iter().any(|doubt| doubt.quoted.id == id);
    assert_eq!([is_asked(&first), is_asked(&second)], [true, false]);
    let long = to_tidy_csv(&later);
    assert!(
        long.contains(&format!("checked elsewhere; {since}")),
        "{long}"
    );
    assert_eq!(from_json(&to_json(&later)).unwrap(), later);
}

#[test]
fn twins_in_a_checked_row_are_no_change() {
    let mut lines = clauses(3, 40);
    let twin = lines[0].clone();
    lines.push(twin.clone());
    let made = Made::of(&lines);
    let table = made.table(&Corrections::default());
    let holds = |row: &&Row| row.quotes().filter(|quote| quote.text == twin.text).count() == 2;
    let row = table.rows.iter().find(holds).unwrap();
    let mut check = Request::to(Action::Check);
    check.rows = vec![row.issue.clone()];
    let check = check.decide(&made.corpus, &table).unwrap().to_toml();
    let corrections = Corrections::parse(&check).unwrap();
    assert_eq!(made.table(&corrections).decisions[0].remark, "");
    // One of them is gone, or a third is new.
    lines.pop();
    let fewer = Made::of(&lines).table(&corrections);
    let told = format!("since then it lost `{} {}`", twin.agreement, twin.label);
    assert!(fewer.decisions[0].remark.contains(&told), "{fewer:?}");
    lines.extend([twin.clone(), twin]);
    let more = &Made::of(&lines).table(&corrections).decisions[0].remark;
    assert!(more.contains("since then it took in"), "{more}");
}

#[test]
fn a_row_is_divided_into_as_many_proposals_as_asked_for() {
    let made = Made::of(&clauses(3, 40));
    let table = made.table(&Corrections::default());
    let row = table
        .rows
        .iter()
        .max_by_key(|row| row.quotes().count())
        .unwrap();
    let clauses: Vec<ClauseId> = row
        .quotes()
        .filter_map(|quote| made.corpus.find(&quote.id))
        .collect();
    for n_parts in [2, 3] {
        let parts = proposals(&made.representation, &clauses, n_parts).unwrap();
        assert_eq!(parts.len(), n_parts);
        let mut all: Vec<ClauseId> = parts.concat();
        all.sort_unstable();
        let mut expected = clauses.clone();
        expected.sort_unstable();
        assert_eq!(all, expected);
    }
    assert!(proposals(&made.representation, &clauses[..1], 2).is_err());
}

#[test]
fn a_finer_table_has_so_many_more_clusters() {
    let made = Made::of(&clauses(3, 60));
    let params = made.params.clone().n_clusters(None);
    let n_of = |finer: f64| {
        let table = converge_on(
            &made.corpus,
            &made.representation,
            &params.clone().finer(finer),
        )
        .unwrap();
        let told = &table.parameters["clusters"];
        told.split(',').next().unwrap().parse::<usize>().unwrap()
    };
    assert_eq!(n_of(2.0), 2 * n_of(1.0));
    let given = made.params.clone().finer(1.5);
    let table = converge_on(&made.corpus, &made.representation, &given).unwrap();
    assert!(
        table.parameters["clusters"].starts_with("9,"),
        "6 were given"
    );
    let refused = params.finer(0.5);
    assert!(converge_on(&made.corpus, &made.representation, &refused).is_err());
}
