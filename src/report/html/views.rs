//! The pictures, each with one sentence that says how to read it.

use crate::report::form::html::push_text;
use crate::report::html::scope::Scope;
use crate::report::svg::{Size, View, draw};

/// Appends the pictures.
pub(super) fn push(out: &mut String, scope: &Scope<'_>) {
    out.push_str(
        "<section id=views aria-labelledby=views-title>\n<h2 id=views-title>Pictures</h2>\n",
    );
    for view in View::ALL {
        let Some(picture) = draw(scope.findings, view, Size::Page) else {
            continue;
        };
        out.push_str("<figure class=view id=view-");
        out.push_str(view.name());
        out.push_str("><figcaption><h3>");
        push_text(out, view.title());
        out.push_str("</h3><p>");
        push_text(out, view.reading());
        out.push_str(
            "</p></figcaption>\n<div class=picture tabindex=0 role=region aria-label=Picture>",
        );
        out.push_str(&picture);
        out.push_str("</div></figure>\n");
    }
    out.push_str("</section>\n");
}
