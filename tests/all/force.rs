//! How strongly clauses bind and whom: against clauses written and labeled by hand.

use consonance::clause::{Force, ModalClass};
use consonance::language::Language;

/// Clauses the rules were made with: labeled first, then used to find what was wrong.
const WRITTEN: &str = include_str!("../data/force/written.tsv");

/// A clause of a sample and what it is.
struct Labeled<'a> {
    class: ModalClass,
    is_negated: bool,
    addressees: &'a str,
    lead_in: Option<&'a str>,
    text: &'a str,
    language: Language,
}

/// How well the classes of a sample were found.
struct Figures {
    macro_f1: f64,
    accuracy: f64,
    negation: f64,
    addressees: f64,
}

fn labeled(sample: &str) -> Vec<Labeled<'_>> {
    let lines = sample.lines().filter(|line| !line.starts_with('#'));
    lines.map(labeled_line).collect()
}

fn labeled_line(line: &str) -> Labeled<'_> {
    let columns: Vec<&str> = line.split('\t').collect();
    let [language, class, negated, addressees, lead_in, text] = columns[..] else {
        panic!("six columns: {line}");
    };
    Labeled {
        class: ModalClass::from_name(class).unwrap(),
        is_negated: negated == "yes",
        addressees,
        lead_in: Some(lead_in).filter(|lead_in| *lead_in != "-"),
        text,
        language: Language::from_tag(language).unwrap(),
    }
}

fn force_of(clause: &Labeled<'_>) -> Force {
    Force::of(clause.lead_in, clause.text, clause.language)
}

fn names_of(force: &Force) -> String {
    let names: Vec<&str> = force.addressees.iter().map(|kind| kind.name()).collect();
    if names.is_empty() {
        "-".to_owned()
    } else {
        names.join(",")
    }
}

/// Measures a sample and prints the figures of each class and every clause that was read otherwise.
fn measure(name: &str, sample: &str) -> Figures {
    let clauses = labeled(sample);
    let found: Vec<Force> = clauses.iter().map(force_of).collect();
    let pairs = || clauses.iter().zip(&found);
    for (clause, force) in pairs() {
        let is_right = clause.class == force.class
            && clause.is_negated == force.is_negated
            && clause.addressees == names_of(force);
        if !is_right {
            println!(
                "{} {} of {}, read {} {}: {} | {}",
                clause.class,
                clause.is_negated,
                clause.addressees,
                force.tag(),
                names_of(force),
                clause.lead_in.unwrap_or_default(),
                clause.text
            );
        }
    }
    let share = |n: usize| n as f64 / clauses.len() as f64;
    let mut sum = 0.0;
    let classes: Vec<ModalClass> = ModalClass::ALL
        .into_iter()
        .filter(|class| clauses.iter().any(|clause| clause.class == *class))
        .collect();
    for class in &classes {
        let n_true = clauses.iter().filter(|c| c.class == *class).count();
        let n_found = found.iter().filter(|f| f.class == *class).count();
        let n_both = pairs()
            .filter(|(c, f)| c.class == *class && f.class == *class)
            .count();
        let f1 = 2.0 * n_both as f64 / (n_true + n_found) as f64;
        println!("{name} {class:22} {n_both:3} right of {n_true:3}, {n_found:3} found, F1 {f1:.3}");
        sum += f1;
    }
    let figures = Figures {
        macro_f1: sum / classes.len() as f64,
        accuracy: share(pairs().filter(|(c, f)| c.class == f.class).count()),
        negation: share(
            pairs()
                .filter(|(c, f)| c.is_negated == f.is_negated)
                .count(),
        ),
        addressees: share(pairs().filter(|(c, f)| c.addressees == names_of(f)).count()),
    };
    println!(
        "{name}: {} clauses, macro-F1 {:.3}, class {:.3}, negation {:.3}, addressees {:.3}",
        clauses.len(),
        figures.macro_f1,
        figures.accuracy,
        figures.negation,
        figures.addressees
    );
    figures
}

#[test]
fn the_class_of_clauses_written_in_many_styles_is_found() {
    let figures = measure("written", WRITTEN);
    assert!(figures.macro_f1 >= 0.85, "{:.3}", figures.macro_f1);
    assert!(figures.accuracy >= 0.85, "{:.3}", figures.accuracy);
    assert!(figures.negation >= 0.9, "{:.3}", figures.negation);
    assert!(figures.addressees >= 0.85, "{:.3}", figures.addressees);
}
