//! The one safe text area. Leptos 0.8 writes the children of `textarea` raw on the server, so a
//! `</textarea>` in a stored text would break out: nobody else may write the element.

use leptos::prelude::*;

/// A text area with this text in it.
pub fn text_area(id: &str, rows: u8, most: usize, text: &str, described: Option<String>) -> impl IntoView + use<> {
    // A line break right after the tag is swallowed by browsers; give it one to swallow.
    let inside = format!("\n{}", escape(text));
    let invalid = described.is_some().then_some("true");
    let id = id.to_owned();
    view! {
        <textarea class="in" id=id.clone() name=id rows=rows maxlength=most aria-describedby=described aria-invalid=invalid inner_html=inside></textarea>
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn hostile_text_stays_inside_the_text_area() {
        let hostile = "</textarea><script>alert(1)</script> & \"quotes\"";
        let owner = Owner::new();
        let html = owner.with(|| text_area("note", 3, 500, hostile, None).into_view().to_html());
        assert!(!html.contains("<script>"), "{html}");
        assert_eq!(html.matches("</textarea>").count(), 1, "{html}");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; \"quotes\""), "{html}");
    }
}
