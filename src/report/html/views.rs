//! The pictures, each with a sentence on how to read it.

use std::fmt::Write;

use crate::report::form::html::{begin_section, text};
use crate::report::html::scope::Scope;
use crate::report::svg::{Size, View, draw};

/// Appends the pictures.
pub(super) fn push(out: &mut String, scope: &Scope<'_>) {
    begin_section(out, "views", "Pictures");
    for view in View::ALL {
        let Some(picture) = draw(scope.findings, view, Size::Page) else {
            continue;
        };
        let (title, reading) = (text(view.title()), text(view.reading()));
        let _ = writeln!(
            out,
            "<figure class=view id=view-{}><figcaption><h3>{title}</h3><p>{reading}</p></figcaption>\n\
             <div class=picture tabindex=0 role=region aria-label=Picture>{picture}</div></figure>",
            view.name()
        );
    }
    out.push_str("</section>\n");
}
