//! The page of versions side by side: every clause once, moved ones linked, nothing that acts as markup.

use consonance::finding::compare_versions;
use consonance::report::to_side_by_side;

use crate::finding::versions::version;

const CLAUSES: [&str; 4] = [
    "Members shall keep a light burning on every pier of their harbors.",
    "Each harbor master should publish the charts of the coast in spring.",
    "Pilots may rest for one hour between two voyages across the lagoon.",
    "Ships in fog must ring <b>their</b> bells & horns until the reef lies behind them.",
];

fn page() -> String {
    let [lights, charts, pilots, bells] = CLAUSES;
    let weaker = charts.replace("should", "may");
    let before = version("old", &[lights, charts, pilots, bells]);
    let after = version("new <1>", &[&weaker, pilots, bells, lights]);
    to_side_by_side(&compare_versions(&[before, after]))
}

#[test]
fn changed_words_are_marked_on_their_side() {
    let page = page();
    assert!(
        page.contains("Each harbor master<del> should</del> publish"),
        "{page}"
    );
    assert!(
        page.contains("Each harbor master<ins> may</ins> publish"),
        "{page}"
    );
    assert!(
        page.contains("<span class=\"tag less\">binds less</span>"),
        "{page}"
    );
}

#[test]
fn a_moved_clause_is_linked_with_the_place_it_left() {
    let page = page();
    assert!(
        page.contains("<article id=s1-o4 class=\"moved place\">"),
        "{page}"
    );
    assert!(
        page.contains("<a class=tag href=\"#s1-c4\">moved: where it stands</a>"),
        "{page}"
    );
    assert!(
        page.contains("<a class=tag href=\"#s1-o4\">moved: where it stood</a>"),
        "{page}"
    );
    let [left, stands] = ["id=s1-o4", "id=s1-c4"].map(|anchor| page.find(anchor).unwrap());
    assert!(left < stands, "it stood first");
}

#[test]
fn the_strip_links_what_changed_and_nothing_else() {
    let page = page();
    let strip = &page[page.find("<nav class=heat").unwrap()..];
    assert_eq!(
        strip.matches("<rect ").count(),
        3,
        "changed, moved, and the place that was left"
    );
    for link in strip.split("href=\"#").skip(1) {
        let anchor = link.split('"').next().unwrap();
        assert!(page.contains(&format!("<article id={anchor} ")), "{anchor}");
    }
}

#[test]
fn text_is_no_markup_and_nothing_is_asked_for() {
    let page = page();
    assert!(
        page.contains("ring &lt;b&gt;their&lt;/b&gt; bells &amp; horns"),
        "{page}"
    );
    assert!(
        page.contains("<title>Versions: old, new &lt;1&gt;</title>"),
        "{page}"
    );
    assert!(page.contains("default-src 'none'"));
    for asked in ["<script", "src=", "url(", "http:", "https:", "style=\""] {
        assert!(!page.contains(asked), "{asked}");
    }
}

#[test]
fn a_chain_has_what_is_told_over_all_versions() {
    let [lights, charts, pilots, bells] = CLAUSES;
    let texts = [
        version("zero", &[lights, charts, pilots]),
        version("one", &[&lights.replace("shall", "should"), charts]),
        version("two", &[&lights.replace("shall", "may"), charts, bells]),
    ];
    let page = to_side_by_side(&compare_versions(&texts));
    assert!(page.contains("<h3>Over all versions</h3>"), "{page}");
    assert!(page.contains("<b>3 → – → –</b> 0 changes"), "{page}");
    assert!(page.contains("id=s2><h2>one → two</h2>"), "{page}");
}
