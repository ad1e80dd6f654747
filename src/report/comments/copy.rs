//! [`commented_copy`]: a copy of a Word document with comments put into it.

use std::ops::Range;

use crate::error::Result;
use crate::finding::Paper;
use crate::read::{Package, ReadLimits, WordAnchors};
use crate::report::comments::markup::CommentMarkup;
use crate::report::comments::remark::Remark;
use crate::report::form::package::repacked;
use crate::report::redline::RedlineParams;
use crate::words::letters_and_digits;

/// The letters at either end of a quotation by which it is found.
const MAX_COMPARED: usize = 60;
const TYPES: &str = "[Content_Types].xml";
const COMMENTS: &str = "word/comments.xml";
const COMMENTS_TYPE: &str =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";
const COMMENTS_RELATION: &str =
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments";

/// The parts of a document that comments change.
struct Parts {
    anchors: WordAnchors,
    types: String,
    relations_name: String,
    relations: String,
    /// The comments that are there; `None` without any.
    comments: Option<String>,
}

/// Returns a copy of a paper with a comment for each remark; `None` if it is no Word document, or one whose markup
/// does not allow it.
pub(super) fn commented_copy(
    paper: &Paper,
    remarks: &[Remark],
    params: &RedlineParams,
) -> Result<Option<Vec<u8>>> {
    let Some(parts) = paper.word_file.as_deref().and_then(Parts::of) else {
        return Ok(None);
    };
    if parts.anchors.runs.is_empty() {
        return Ok(None);
    }
    let first = parts.first_free_number();
    let mut comments = CommentMarkup::new(params, &parts.anchors.prefix, first)?;
    let marks = marks(&parts.anchors, paper, remarks, &mut comments);
    let document = with_marks(&parts.anchors.source, marks);
    let Some(changed) = parts.with_comments(&comments.comments) else {
        return Ok(None);
    };
    let all = changed
        .iter()
        .map(|part| (part.name.as_str(), part.content.as_str()));
    let mut all: Vec<(&str, &str)> = all.collect();
    all.push((&parts.anchors.part, &document));
    Ok(paper
        .word_file
        .as_deref()
        .and_then(|file| repacked(file, &all)))
}

impl Parts {
    fn of(file: &[u8]) -> Option<Self> {
        let limits = ReadLimits::default();
        let anchors = WordAnchors::read(file, &limits).ok()?;
        let mut package = Package::open(file, &limits).ok()?;
        let mut part = |name: &str| String::from_utf8(package.entry(name).ok()??).ok();
        let relations_name = format!("word/_rels/{}.rels", anchors.part.strip_prefix("word/")?);
        Some(Self {
            types: part(TYPES)?,
            relations: part(&relations_name)?,
            comments: part(COMMENTS),
            relations_name,
            anchors,
        })
    }

    /// Returns a number after those of all comments that are there.
    fn first_free_number(&self) -> usize {
        let id = format!("{}id=\"", self.anchors.prefix);
        let comments = self.comments.as_deref().unwrap_or_default();
        let numbers = comments.split(&id).skip(1);
        let numbers = numbers.filter_map(|rest| rest.split('"').next()?.parse::<usize>().ok());
        numbers.max().map_or(0, |last| last + 1)
    }

    /// Returns the changed parts with further comments, besides the main one; `None` if they have an unusual form.
    fn with_comments(&self, comments: &str) -> Option<Vec<NewPart>> {
        let prefix = &self.anchors.prefix;
        if let Some(old) = &self.comments {
            let end = old.rfind(&format!("</{prefix}comments>"))?;
            let content = format!("{}{comments}{}", &old[..end], &old[end..]);
            return Some(vec![NewPart::new(COMMENTS, content)]);
        }
        let name = prefix.trim_end_matches(':');
        let declared = match name {
            "" => "xmlns".to_owned(),
            name => format!("xmlns:{name}"),
        };
        let comments = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<{prefix}comments {declared}=\"{}\">{comments}</{prefix}comments>",
            self.anchors.namespace
        );
        let of_type =
            format!("<Override PartName=\"/{COMMENTS}\" ContentType=\"{COMMENTS_TYPE}\"/>");
        let relation = format!(
            "<Relationship Id=\"{}\" Type=\"{COMMENTS_RELATION}\" Target=\"comments.xml\"/>",
            free_id(&self.relations)
        );
        Some(vec![
            NewPart::new(COMMENTS, comments),
            NewPart::new(TYPES, before_end(&self.types, "</Types>", &of_type)?),
            NewPart::new(
                &self.relations_name,
                before_end(&self.relations, "</Relationships>", &relation)?,
            ),
        ])
    }
}

/// A part with its new content.
struct NewPart {
    name: String,
    content: String,
}

impl NewPart {
    fn new(name: &str, content: String) -> Self {
        let name = name.to_owned();
        Self { name, content }
    }
}

/// Returns markup with an element before its last end tag.
fn before_end(markup: &str, end_tag: &str, element: &str) -> Option<String> {
    let end = markup.rfind(end_tag)?;
    Some(format!("{}{element}{}", &markup[..end], &markup[end..]))
}

/// Returns an id that no relation has.
fn free_id(relations: &str) -> String {
    let ids = (1..).map(|number| format!("quotations{number}"));
    let is_free = |id: &String| !relations.contains(&format!("\"{id}\""));
    ids.into_iter().find(is_free).unwrap_or_default()
}

/// Markup to be put at a byte of the document's.
struct InsertedMarkup {
    at: usize,
    markup: String,
}

/// Returns the marks of all remarks, each around the runs that have its words. The words are looked for in the order of
/// the paper; those that are not there have their marks around the last run.
fn marks(
    anchors: &WordAnchors,
    paper: &Paper,
    remarks: &[Remark],
    comments: &mut CommentMarkup,
) -> Vec<InsertedMarkup> {
    let letters = RunLetters::of(anchors);
    let (mut marks, mut from) = (Vec::new(), 0);
    for remark in remarks {
        let wanted: Vec<char> = letters_and_digits(&paper.text[remark.range.clone()]).collect();
        let found = letters
            .find(&wanted, from)
            .or_else(|| letters.find(&wanted, 0));
        let last = letters.letters.len().saturating_sub(1);
        let found = found.unwrap_or(last..last);
        from = if found.start == last {
            from
        } else {
            found.start
        };
        let runs = [found.start, found.end].map(|place| &anchors.runs[letters.run_at(place)].range);
        let ends = comments.add(&remark.words);
        marks.push(InsertedMarkup {
            at: runs[0].start,
            markup: ends.start,
        });
        marks.push(InsertedMarkup {
            at: runs[1].end,
            markup: ends.end,
        });
    }
    // The sort is stable: the ends of one comment come before the beginning of the next in the same place.
    marks.sort_by_key(|mark| mark.at);
    marks
}

/// The letters of a document, and which run has each.
struct RunLetters {
    letters: Vec<char>,
    /// Where the letters of each run begin.
    starts: Vec<usize>,
}

impl RunLetters {
    fn of(anchors: &WordAnchors) -> Self {
        let (mut letters, mut starts) = (Vec::new(), Vec::new());
        for run in &anchors.runs {
            starts.push(letters.len());
            letters.extend(letters_and_digits(&run.words));
        }
        Self { letters, starts }
    }

    /// Returns the first and the last place of some letters from a place on: where their beginning is, and behind it
    /// their end, since numbers of paragraphs may be between.
    fn find(&self, wanted: &[char], from: usize) -> Option<Range<usize>> {
        let n = wanted.len().min(MAX_COMPARED);
        let start = self.place_of(&wanted[..n], from)?;
        let end = self.place_of(&wanted[wanted.len() - n..], start + wanted.len() - n);
        Some(start..end.map_or(start + n - 1, |end| end + n - 1))
    }

    fn place_of(&self, wanted: &[char], from: usize) -> Option<usize> {
        if wanted.is_empty() {
            return None;
        }
        let mut windows = self.letters.get(from..)?.windows(wanted.len());
        let place = windows.position(|letters| letters == wanted)?;
        Some(from + place)
    }

    fn run_at(&self, place: usize) -> usize {
        self.starts.partition_point(|start| *start <= place) - 1
    }
}

fn with_marks(source: &str, marks: Vec<InsertedMarkup>) -> String {
    let mut result = String::with_capacity(source.len() + 200 * marks.len());
    let mut at = 0;
    for mark in marks {
        result.push_str(&source[at..mark.at]);
        result.push_str(&mark.markup);
        at = mark.at;
    }
    result.push_str(&source[at..]);
    result
}
