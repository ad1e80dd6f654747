//! [`Versions`] as a page and records: what became of each clause, and with which words.

use crate::deontic::QualifierKind;
use crate::finding::{
    ClauseChange, ClauseFate, ClauseHistory, DroppedWording, Revision, VersionClause, VersionStep,
    Versions, WordingHolder,
};
use crate::report::finding::report::Report;
use crate::report::form::page::{Page, plain, quote, strong};
use crate::report::form::records::Records;
use crate::report::form::visible::one_line;
use crate::report::form::words::{counted, joined};
use crate::reuse::{Change, Fate};

/// What is counted besides the fates.
const BESIDES: [&str; 4] = [
    "binds less",
    "binds more",
    "asks the contrary",
    "renumbered",
];
/// The words kept on each side of a change; more are left out.
const N_AROUND: usize = 12;
/// The most words of a named change that are quoted.
const MAX_NAMED_WORDS: usize = 8;

/// A page has at most `limit` changed, moved, new and dropped clauses of each step, in their order; what was
/// deleted stands in `[-…-]`, what was inserted in `{+…+}`. A record is a clause of a step; kept ones have one, too.
impl Report for Versions {
    fn page(&self, limit: usize) -> Page {
        let mut page = Page::titled(format!("Versions: {}", joined(&self.names, ", ")));
        page.text(
            "Deleted words stand in [- -], inserted ones in {+ +}. A new number alone, case and punctuation are \
             no change.",
        );
        for step in &self.steps {
            push_step(&mut page, step, limit);
        }
        page.blocks.extend(over_all(self, limit).blocks);
        page
    }

    fn records(&self) -> Records {
        let mut records = Records::of(
            "from, to, fate, moved, renumbered, number before, number after, id before, id after, binds, why, \
             force before, force after, kinds of change, changed words, qualifiers added, qualifiers removed, \
             similarity, text before, text after, difference",
        )
        .with_numbers(&["similarity"]);
        for step in &self.steps {
            for change in &step.changes {
                records.add(record_of(step, change));
            }
        }
        records
    }
}

/// Returns what is told of all versions together: when wordings came and went, and who has what was dropped.
pub(in crate::report) fn over_all(versions: &Versions, limit: usize) -> Page {
    let mut page = Page::default();
    push_histories(&mut page, versions, limit);
    push_dropped(&mut page, &versions.dropped, limit);
    page
}

fn push_step(page: &mut Page, step: &VersionStep, limit: usize) {
    page.heading(format!("{} to {}", step.before, step.after));
    let [n_before, n_after] = step.n_clauses;
    let n_before = counted(n_before, "clause", "clauses");
    let counts = counts_in_words(step);
    page.text(format!("{n_before} before, {n_after} after: {counts}."));
    push_renumbered(page, step, limit);
    let changes = step.changes.iter();
    let told: Vec<&ClauseChange> = changes.filter(|of| of.is_worth_telling()).collect();
    for change in told.iter().take(limit) {
        push_change(page, change);
    }
    page.more(told.len(), limit);
}

/// Adds the new numbers of clauses of which nothing else is told.
fn push_renumbered(page: &mut Page, step: &VersionStep, limit: usize) {
    let is_only_that = |of: &&ClauseChange| of.is_renumbered && !of.is_worth_telling();
    let renumbered = step.changes.iter().filter(is_only_that).map(numbers);
    let renumbered: Vec<String> = renumbered.collect();
    let more = renumbered.len().saturating_sub(limit);
    if !renumbered.is_empty() {
        let shown = joined(renumbered.iter().take(limit), ", ");
        let more = if more > 0 {
            format!(" and {more} more")
        } else {
            String::new()
        };
        page.text(format!("Kept under a new number: {shown}{more}."));
    }
}

/// Returns how often each thing happened, the fates first.
pub(in crate::report) fn counts_in_words(step: &VersionStep) -> String {
    let n = |what: &str| step.counts.get(what).copied().unwrap_or(0);
    let fates = ClauseFate::ALL.map(ClauseFate::name).into_iter();
    let fates = fates
        .filter(|name| n(name) > 0)
        .map(|name| format!("{} {name}", n(name)));
    let besides = BESIDES.into_iter().filter(|what| n(what) > 0);
    let besides = besides.map(|what| n_of_clauses(n(what), what));
    let parts = [joined(fates, ", "), joined(besides, ", ")];
    joined(parts.iter().filter(|part| !part.is_empty()), "; ")
}

/// Returns a count with a verb in the right number: `2 bind less`.
fn n_of_clauses(n: usize, what: &str) -> String {
    let verb = match what {
        "binds less" if n != 1 => "bind less",
        "binds more" if n != 1 => "bind more",
        "asks the contrary" if n != 1 => "ask the contrary",
        what => what,
    };
    format!("{n} {verb}")
}

/// Adds the clauses that changed more than once, or were not in all versions, of a chain of versions.
fn push_histories(page: &mut Page, versions: &Versions, limit: usize) {
    let is_told = |history: &&ClauseHistory| {
        history.n_changes > 1 || history.numbers.iter().any(String::is_empty)
    };
    let told: Vec<&ClauseHistory> = versions.histories.iter().filter(is_told).collect();
    if told.is_empty() {
        return;
    }
    page.heading("Over all versions");
    page.text(
        "Clauses that changed more than once or are not in all versions, those that changed most often first; \
         for each wording the versions that have it.",
    );
    for history in told.iter().take(limit) {
        push_history(page, history, &versions.names);
    }
    page.more(told.len(), limit);
}

fn push_history(page: &mut Page, history: &ClauseHistory, names: &[String]) {
    let shown = |number: &String| {
        if number.is_empty() {
            "–".to_owned()
        } else {
            number.clone()
        }
    };
    let numbers = joined(history.numbers.iter().map(shown), " → ");
    let changes = counted(history.n_changes, "change", "changes");
    page.item(0, vec![strong(numbers), plain(changes)]);
    for wording in &history.wordings {
        let names = wording.versions.iter().map(|place| &names[*place]);
        let words = quote(abridged(&wording.text, N_AROUND));
        page.item(1, vec![plain(format!("{}:", joined(names, ", "))), words]);
    }
}

/// Adds the words that a version dropped and a corpus has.
fn push_dropped(page: &mut Page, dropped: &[DroppedWording], limit: usize) {
    if dropped.is_empty() {
        return;
    }
    page.heading("Dropped, and who has it");
    for wording in dropped.iter().take(limit) {
        let place = strong(format!("{}, not in {}:", wording.number, wording.after));
        page.item(0, vec![place, quote(one_line(&wording.words))]);
        for holder in &wording.holders {
            push_holder(page, holder);
        }
    }
    page.more(dropped.len(), limit);
}

fn push_holder(page: &mut Page, holder: &WordingHolder) {
    let n = counted(holder.n_words, "word", "words");
    let place = plain(format!("{}, {n}:", holder.clause.citation));
    page.item(1, vec![place, quote(one_line(&holder.passage))]);
}

fn push_change(page: &mut Page, change: &ClauseChange) {
    let told = plain(format!("{}:", told_of(change)));
    let words = plain(shortened(&change.revisions));
    page.item(0, vec![strong(numbers(change)), told, words]);
    for line in reasons(change) {
        page.item(1, vec![plain(line)]);
    }
}

/// Returns the numbers of the clauses of a change: `3`, `3 → 4`, `3 → 4, 5`.
pub(in crate::report) fn numbers(change: &ClauseChange) -> String {
    let side =
        |clauses: &[VersionClause]| joined(clauses.iter().map(VersionClause::shown_number), ", ");
    let (before, after) = (side(&change.before), side(&change.after));
    match (before.is_empty(), after.is_empty()) {
        (true, _) => after,
        (_, true) => before,
        _ if before == after => before,
        _ => format!("{before} → {after}"),
    }
}

/// Returns what became of a clause: `changed, moved, binds less`.
pub(in crate::report) fn told_of(change: &ClauseChange) -> String {
    let moved = change.is_moved_besides().then_some("moved");
    let parts = [Some(change.fate.name()), moved, change.force_in_words()];
    joined(parts.into_iter().flatten(), ", ")
}

/// Returns why a clause is said to have changed: the named changes and the force, a line each.
pub(in crate::report) fn reasons(change: &ClauseChange) -> Vec<String> {
    let mut lines: Vec<String> = change.changes.iter().filter_map(named_change).collect();
    let Some(binding) = &change.binding else {
        return lines;
    };
    // What replaced a modal verb is told already.
    let is_told = lines.iter().any(|line| line.contains(&binding.because));
    if let Some(force) = change.force_in_words().filter(|_| !is_told) {
        lines.push(format!("It {force}: {}.", binding.because));
    }
    for (what, qualifiers) in [("added", &binding.added), ("removed", &binding.removed)] {
        if !qualifiers.is_empty() {
            lines.push(format!("Qualifier {what}: {}.", joined(qualifiers, ", ")));
        }
    }
    lines
}

/// Returns a change of words with its kinds, unless it only says that words came or went.
fn named_change(change: &Change) -> Option<String> {
    let kinds = change.kinds.iter().filter(|kind| !kind.is_plain());
    let kinds: Vec<&str> = kinds.map(|kind| kind.name()).collect();
    if kinds.is_empty() {
        return None;
    }
    let sides = [&change.from, &change.to];
    let is_long = |words: &&String| words.split_whitespace().count() > MAX_NAMED_WORDS;
    if sides.iter().any(is_long) {
        return None;
    }
    let [from, to] = sides.map(|words| {
        if words.is_empty() {
            "nothing".to_owned()
        } else {
            format!("“{}”", one_line(words))
        }
    });
    Some(format!("{}: {from} became {to}.", joined(kinds, ", ")))
}

/// Returns the words of a change on one line, with marks, and of what was kept only the words near a change.
pub(in crate::report) fn shortened(revisions: &[Revision]) -> String {
    let last = revisions.len().saturating_sub(1);
    let shown = |(place, revision): (usize, &Revision)| match revision.fate {
        Fate::Deleted => marked(["[-", "-]"], &revision.words),
        Fate::Inserted => marked(["{+", "+}"], &revision.words),
        _ if place == last => abridged(&revision.words, 0),
        _ => abridged(&revision.words, N_AROUND),
    };
    let all: String = revisions.iter().enumerate().map(shown).collect();
    one_line(&all)
}

/// Returns words between marks, the space before them outside, and the ends of clauses made visible.
fn marked([begin, end]: [&str; 2], words: &str) -> String {
    let inside = words.trim_start_matches(' ');
    let space = &words[..words.len() - inside.len()];
    match inside {
        "" => space.to_owned(),
        _ => format!(
            "{space}{begin}{}{end}",
            inside.replace('\n', "¶ ").trim_end()
        ),
    }
}

/// Returns the first words, and so many of the last, with the spaces at either end.
fn abridged(words: &str, n_last: usize) -> String {
    let starts: Vec<usize> = word_starts(words);
    if starts.len() <= N_AROUND + n_last + 1 {
        return words.replace('\n', " ¶ ");
    }
    let head = words[..starts[N_AROUND]].trim_end();
    let tail = match n_last {
        0 => "",
        n => &words[starts[starts.len() - n]..],
    };
    format!("{head} … {tail}").replace('\n', " ¶ ")
}

/// Returns where the words begin, by spaces.
fn word_starts(words: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut is_after_space = true;
    for (place, c) in words.char_indices() {
        if is_after_space && !c.is_whitespace() {
            starts.push(place);
        }
        is_after_space = c.is_whitespace();
    }
    starts
}

fn record_of(step: &VersionStep, change: &ClauseChange) -> Vec<String> {
    let of_both = |cell: fn(&VersionClause) -> String| {
        [&change.before, &change.after].map(|clauses| joined(clauses.iter().map(cell), " | "))
    };
    let yes_or_no = |is_so: bool| if is_so { "yes" } else { "no" }.to_owned();
    let mut record = vec![
        step.before.clone(),
        step.after.clone(),
        change.fate.name().to_owned(),
        yes_or_no(change.is_moved),
        yes_or_no(change.is_renumbered),
    ];
    record.extend(of_both(VersionClause::shown_number));
    record.extend(of_both(|clause| clause.quoted.id.clone()));
    record.extend(force_cells(change));
    record.extend(of_both(|clause| clause.force.tag()));
    record.extend(word_cells(change));
    record.push(format!("{:.3}", change.similarity.value()));
    record.extend(of_both(|clause| clause.text().to_owned()));
    record.push(whole(&change.revisions));
    record
}

/// Returns whether a clause binds more or less, and why.
fn force_cells(change: &ClauseChange) -> [String; 2] {
    let force = change.force_in_words().unwrap_or_default();
    let because = change.binding.as_ref().map(|of| of.because.clone());
    [force.to_owned(), because.unwrap_or_default()]
}

/// Returns the kinds of change, the changed words, and the qualifiers that were added and removed.
fn word_cells(change: &ClauseChange) -> [String; 4] {
    let words = |of: &Change| format!("{} > {}", one_line(&of.from), one_line(&of.to));
    let binding = change.binding.as_ref();
    let qualifiers = |of: Option<&Vec<QualifierKind>>| joined(of.into_iter().flatten(), ", ");
    [
        joined(change.kinds.iter().map(|kind| kind.name()), ", "),
        joined(change.changes.iter().map(words), " | "),
        qualifiers(binding.map(|binding| &binding.added)),
        qualifiers(binding.map(|binding| &binding.removed)),
    ]
}

/// Returns all words of a change, with marks.
pub(in crate::report) fn whole(revisions: &[Revision]) -> String {
    let shown = |revision: &Revision| match revision.fate {
        Fate::Deleted => marked(["[-", "-]"], &revision.words),
        Fate::Inserted => marked(["{+", "+}"], &revision.words),
        _ => revision.words.replace('\n', " ¶ "),
    };
    revisions.iter().map(shown).collect()
}
