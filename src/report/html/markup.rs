//! Text into HTML and SVG: nothing that comes from outside acts as markup.

use crate::report::visible;

/// Appends a text so that it is shown as it stands, in an element or between double quotation marks.
pub(in crate::report) fn push_text(out: &mut String, text: &str) {
    for c in visible(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

/// Returns a text so that it is shown as it stands.
pub(in crate::report) fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    push_text(&mut out, text);
    out
}

/// Returns the attribute by which a text from right to left is shown so; nothing for others, of which
/// there are thousands in a page.
pub(super) fn direction(text: &str) -> &'static str {
    let is_leftward = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}');
    if text.contains(is_leftward) {
        " dir=auto"
    } else {
        ""
    }
}

/// Returns the address of a document if following it is harmless: only `http` and `https` are.
pub(super) fn link(address: &str) -> Option<&str> {
    let address = address.trim();
    let scheme = address.split(':').next().unwrap_or_default();
    let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
    let is_whole = !address.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_web && is_whole && address.contains("://")).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_shown_and_does_nothing() {
        assert_eq!(
            text("<script>\"a\" & 'b'</script>"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/script&gt;"
        );
        assert_eq!(text("a\u{202e}b\u{0}"), "a⟨U+202E⟩b␀");
    }

    #[test]
    fn only_addresses_of_the_web_are_links() {
        assert_eq!(link(" https://a.example/b "), Some("https://a.example/b"));
        for address in [
            "javascript:alert(1)",
            "data:text/html,x",
            "a.example",
            "https:x",
            "ftp://a",
        ] {
            assert_eq!(link(address), None, "{address}");
        }
    }
}
