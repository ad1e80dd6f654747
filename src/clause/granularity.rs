//! [`Granularity`]: how finely a text is segmented, and the passages that result.

use std::collections::HashSet;

use crate::clause::segment::{Segment, SegmentKind, Segmentation};
use crate::provision::Label;
use crate::words::prefix_length;

/// How finely a text is segmented.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Granularity {
    /// Whole provisions: an article with its title, paragraphs and items; a recital; a numbered
    /// paragraph of a text without articles.
    Article,
    /// Numbered paragraphs with their items; an article without numbered paragraphs is whole.
    Paragraph,
    /// The smallest provisions: items separate from the words that introduce them. The default.
    #[default]
    Item,
}

impl Segmentation {
    /// Returns the labeled and unlabeled passages of a text at a granularity, in order.
    ///
    /// Headings of provisions belong to them; other headings, page furniture and notes belong to no
    /// passage. For articles and paragraphs, words without a label are one passage as long as one
    /// introduces the other. For items, the words that introduce items are a passage of their own, a
    /// [`LeadIn`](SegmentKind::LeadIn). A passage covers the bytes from its label to its last word;
    /// page furniture may be inside.
    ///
    /// Takes time linear in the number of segments.
    ///
    /// # Examples
    ///
    /// ```
    /// use consonance::clause::{Granularity, segment};
    ///
    /// let text = "Article 1\n\n1. Members shall keep a light.\n\n2. They should:\n(a) see it;\n(b) mend it.\n";
    /// let found = segment(text, &[]);
    /// let labels = |grain| -> Vec<String> {
    ///     let labels = found.at(grain).into_iter().filter_map(|passage| passage.label);
    ///     labels.map(|label| label.to_string()).collect()
    /// };
    /// assert_eq!(labels(Granularity::Article), ["Article 1"]);
    /// assert_eq!(labels(Granularity::Paragraph), ["Article 1(1)", "Article 1(2)"]);
    /// assert_eq!(labels(Granularity::Item), ["Article 1(1)", "Article 1(2)", "Article 1(2)(a)", "Article 1(2)(b)"]);
    /// ```
    pub fn at(&self, grain: Granularity) -> Vec<Segment> {
        let mut walk = Walk {
            grain,
            subdivided: subdivided(&self.segments),
            passages: Vec::new(),
            title: None,
            is_ended: true,
        };
        for part in &self.segments {
            if part.kind == SegmentKind::Heading {
                walk.take_heading(part);
            } else if !part.kind.is_beside_the_text() {
                walk.take_words(part);
            }
        }
        walk.leave_title();
        if grain != Granularity::Item {
            let passages = walk.passages.iter_mut();
            passages.for_each(|passage| passage.kind = SegmentKind::Clause);
        }
        walk.passages
    }
}

/// One walk over the segments.
struct Walk<'s> {
    grain: Granularity,
    /// The provisions without a word before their number that consist of numbered paragraphs.
    subdivided: HashSet<&'s str>,
    passages: Vec<Segment>,
    /// The heading of a provision whose words have not come yet.
    title: Option<Segment>,
    /// Whether a heading ended the latest passage.
    is_ended: bool,
}

impl Walk<'_> {
    fn take_heading(&mut self, part: &Segment) {
        if self.is_inside(part) {
            return;
        }
        self.is_ended = true;
        match &mut self.title {
            Some(title) if is_same_place(title.label.as_ref(), part.label.as_ref()) => {
                title.range.end = part.body.end;
                title.heading = Some(part.body.clone());
            }
            _ => {
                self.leave_title();
                self.title = part.label.is_some().then(|| title_of(part));
            }
        }
    }

    /// Whether a heading is inside a passage: in an article, a title between its paragraphs.
    fn is_inside(&self, heading: &Segment) -> bool {
        let is_same = |open: &Segment| open.label.is_some() && open.label == heading.provision();
        self.grain == Granularity::Article
            && self.title.is_none()
            && !heading.body.is_empty()
            && self.passages.last().is_some_and(is_same)
    }

    /// Makes a passage of a provision that has a heading but no words, such as a deleted article.
    fn leave_title(&mut self) {
        let Some(mut title) = self.title.take() else {
            return;
        };
        let has_word = title
            .label
            .as_ref()
            .is_some_and(|label| names_provision(label.as_str()));
        if has_word && self.grain != Granularity::Item {
            title.body = title.range.end..title.range.end;
            self.passages.push(title);
        }
    }

    fn take_words(&mut self, part: &Segment) {
        if part.body.is_empty() && (self.grain == Granularity::Item || self.is_mere_number(part)) {
            return;
        }
        let label = self.label_at(part);
        let goes_on = !self.is_ended && self.grain != Granularity::Item;
        match self.passages.last_mut() {
            Some(open) if goes_on && belongs(part, label.as_ref(), open) => {
                open.range.end = part.body.end;
                open.body.end = part.body.end;
            }
            _ => {
                let provision = part.provision();
                let is_titled =
                    |title: &Segment| is_same_place(title.label.as_ref(), provision.as_ref());
                let title = self.title.take().filter(is_titled);
                self.passages.push(passage(part, label, title));
            }
        }
        self.is_ended = false;
    }

    /// Whether a part without words is only the number before the number of its first paragraph.
    fn is_mere_number(&self, part: &Segment) -> bool {
        let label = part.label.as_ref();
        let is_subdivided = label.is_some_and(|label| self.subdivided.contains(label.as_str()));
        self.grain == Granularity::Paragraph && is_subdivided
    }

    /// The label of a part, shortened to the granularity.
    fn label_at(&self, part: &Segment) -> Option<Label> {
        let label = part.label.as_ref()?;
        match self.grain {
            Granularity::Article => part.provision(),
            Granularity::Item => Some(label.clone()),
            Granularity::Paragraph => {
                let whole = label.as_str();
                let provision = whole.get(..part.n_provision).unwrap_or(whole);
                let parts = &whole[provision.len()..];
                let has_paragraphs = names_provision(provision)
                    || parts.starts_with('.')
                    || self.subdivided.contains(provision);
                let length = if has_paragraphs {
                    paragraph_length(parts)
                } else {
                    0
                };
                Some(Label::new(&whole[..provision.len() + length]))
            }
        }
    }
}

/// Whether two headings name one provision: `PREAMBLE` and, on the next line, `Preamble`.
fn is_same_place(a: Option<&Label>, b: Option<&Label>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a.is_same_place(b),
        _ => false,
    }
}

fn title_of(part: &Segment) -> Segment {
    Segment {
        range: part.range.start..part.body.end.max(part.range.start),
        heading: Some(part.body.clone()).filter(|words| !words.is_empty()),
        lead_in: None,
        ..part.clone()
    }
}

/// Whether a label begins with a word or sign that names provisions: `Article 5`, `§ 5`.
fn names_provision(label: &str) -> bool {
    label.starts_with(char::is_alphabetic) || label.starts_with('§')
}

/// Whether a part belongs to the passage before it.
fn belongs(part: &Segment, label: Option<&Label>, open: &Segment) -> bool {
    match (label, &open.label) {
        (Some(label), Some(of_open)) => label == of_open,
        (None, None) => part.lead_in.as_ref().is_some_and(|lead_in| {
            open.body.start <= lead_in.start && lead_in.end <= open.body.end
        }),
        _ => false,
    }
}

fn passage(part: &Segment, label: Option<Label>, title: Option<Segment>) -> Segment {
    let is_cut_short = label != part.label;
    let start = match title {
        Some(title) if is_same_place(label.as_ref(), title.label.as_ref()) => title.range.start,
        _ => part.range.start,
    };
    Segment {
        range: start..part.body.end.max(start),
        lead_in: part.lead_in.clone().filter(|_| !is_cut_short),
        level: if is_cut_short { 0 } else { part.level },
        label,
        ..part.clone()
    }
}

/// The numbers without a word, as those of sections in acts, that contain numbered paragraphs
/// without introductory words: `1` of `1(2)`. Introduced paragraphs are items.
fn subdivided(segments: &[Segment]) -> HashSet<&str> {
    let number_of = |part: &'_ Segment| {
        let whole = part.label.as_ref()?.as_str();
        let (provision, parts) = whole.split_at_checked(part.n_provision)?;
        let is_paragraph = paragraph_length(parts) == parts.len() && !parts.is_empty();
        let is_alone = provision.starts_with(char::is_numeric);
        (is_paragraph && is_alone).then_some(part.n_provision)
    };
    let is_introduced = |part: &Segment| {
        let lead_in = part.lead_in.as_ref();
        lead_in.is_some_and(|lead_in| !lead_in.is_empty())
    };
    let standing = segments.iter().filter(|part| !is_introduced(part));
    standing
        .filter_map(|part| Some(&part.label.as_ref()?.as_str()[..number_of(part)?]))
        .collect()
}

/// The length of the paragraph's number after that of its article: `(4)` of `(4)(a)`, `.2` of
/// `.2(a)`; 0 if an item comes there.
fn paragraph_length(parts: &str) -> usize {
    let is_number = |c: char| c.is_alphanumeric() || c == ' ';
    let Some(first) = parts.chars().next() else {
        return 0;
    };
    let number = &parts[first.len_utf8()..];
    if !number.starts_with(char::is_numeric) {
        return 0;
    }
    let end = prefix_length(number, is_number);
    let closing = usize::from(number[end..].starts_with(')'));
    match first {
        '(' | '.' | ' ' => first.len_utf8() + end + closing,
        _ => 0,
    }
}
