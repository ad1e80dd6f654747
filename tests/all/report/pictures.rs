//! The pictures: whole on their own, at each size, and the same in a file as in the page.

use consonance::finding::Findings;
use consonance::report::svg::{Size, View, draw};

use crate::report::page::{BUNDLED, load, params, study_of};

const SIZES: [Size; 3] = [Size::Slide, Size::Column, Size::Page];

/// Calls for each view at each size with what is drawn.
fn for_each(check: impl Fn(View, Size, &str)) {
    let corpus = load(BUNDLED);
    let study = study_of(&corpus, &params());
    let findings = Findings::of(&study).unwrap();
    for view in View::ALL {
        for size in SIZES {
            let picture = draw(&findings, view, size).unwrap();
            assert_eq!(Some(&picture), draw(&findings, view, size).as_ref());
            check(view, size, &picture);
        }
    }
}

#[test]
fn each_says_what_it_is_and_how_to_read_it() {
    for_each(|view, size, picture| {
        let tree = roxmltree::Document::parse(picture).unwrap();
        let words_of = |tag: &str| {
            let found = tree
                .root_element()
                .children()
                .find(|node| node.has_tag_name(tag));
            found
                .and_then(|node| node.text())
                .unwrap_or_default()
                .to_owned()
        };
        assert_eq!(
            (words_of("title").as_str(), words_of("desc").as_str()),
            (view.title(), view.reading())
        );
        // In the page its caption says so; a file of its own must.
        let texts = tree.descendants().filter(|node| node.has_tag_name("text"));
        let drawn: Vec<&str> = texts.filter_map(|node| node.text()).collect();
        let is_drawn = drawn.join(" ").contains(view.reading());
        assert_eq!(is_drawn, size != Size::Page, "{} {size:?}", view.name());
    });
}

#[test]
fn each_needs_nothing_but_itself_and_stays_in_its_frame() {
    for_each(|view, size, picture| {
        let what = format!("{} {size:?}", view.name());
        let tree = roxmltree::Document::parse(picture).unwrap();
        for tag in ["script", "style", "image", "foreignObject", "use", "a"] {
            assert!(
                tree.descendants().all(|node| !node.has_tag_name(tag)),
                "{what}: {tag}"
            );
        }
        let frame = tree.root_element().attribute("viewBox").unwrap();
        let frame: Vec<f64> = frame.split(' ').map(|n| n.parse().unwrap()).collect();
        for node in tree.descendants() {
            let number = |name: &str| node.attribute(name).and_then(|n| n.parse::<f64>().ok());
            for (start, length, end) in [("x", "width", frame[2]), ("y", "height", frame[3])] {
                let Some(from) = number(start) else { continue };
                let until = from + number(length).unwrap_or(0.0);
                assert!(from >= 0.0 && until <= end, "{what}: {node:?}");
            }
        }
    });
}

#[test]
fn a_slide_is_as_wide_as_slides_are() {
    for_each(|view, size, picture| {
        let has = |part: &str| picture[..300].contains(part);
        match size {
            Size::Slide => assert!(has("width=\"1280\" height=\"720\""), "{}", view.name()),
            Size::Column => assert!(has("width=\"89mm\""), "{}", view.name()),
            _ => assert!(!has("width="), "{}", view.name()),
        }
    });
}
