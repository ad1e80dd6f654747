//! [`push_document_head`]: what every page begins with, before its first visible text.

use std::fmt::Write;

use crate::report::form::html::text;
use crate::report::html::policy::policy;

/// What tells one page from another before its first visible text.
pub(in crate::report) struct DocumentHead<'a> {
    pub(in crate::report) title: &'a str,
    /// The only script that may run; empty for none.
    pub(in crate::report) script: &'a str,
    pub(in crate::report) style: &'a str,
}

/// Appends the beginning of a document up to its body: policy, title and style.
pub(in crate::report) fn push_document_head(out: &mut String, head: &DocumentHead<'_>) {
    let style = head.style;
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=en>\n<head>\n<meta charset=utf-8>\n\
         <meta http-equiv=Content-Security-Policy content=\"{}\">\n\
         <meta name=viewport content=\"width=device-width, initial-scale=1\">\n\
         <meta name=referrer content=no-referrer>\n<meta name=generator content=consonance>\n\
         <title>{}</title>\n<style>{style}</style>\n</head>\n<body>\n",
        policy(head.script, style),
        text(head.title),
    );
}
