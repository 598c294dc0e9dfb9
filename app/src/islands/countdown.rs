//! How long until the register closes, ticking.

use leptos::prelude::*;

/// A sentence that is right at load and stays right. `seconds` are those left when the server
/// answered: the phone's clock is not asked what time it is, only how much time has passed.
#[island]
pub fn Countdown(
    /// Seconds until the close.
    seconds: i64,
    /// The sentence at load.
    said: String,
    /// The sentence once it is over.
    closed: String,
) -> impl IntoView {
    let place = NodeRef::<leptos::html::Span>::new();
    #[cfg(feature = "hydrate")]
    tick(seconds, closed, place);
    #[cfg(not(feature = "hydrate"))]
    let _ = (seconds, closed);
    view! { <span node_ref=place>{said}</span> }
}

#[cfg(feature = "hydrate")]
fn tick(seconds: i64, closed: String, place: NodeRef<leptos::html::Span>) {
    use std::time::Duration;

    use crate::words::island_words;

    // Milliseconds since the page was asked for: what has gone by since the server counted.
    let passed = || window().performance().map_or(0.0, |performance| performance.now());
    let w = island_words("en-GB");
    let show = move || {
        #[expect(clippy::cast_possible_truncation, reason = "a page is not open for a million years")]
        let left = seconds - (passed() / 1000.0) as i64;
        let minutes = u32::try_from(left.div_euclid(60) + i64::from(left % 60 > 0)).unwrap_or(0);
        let said = if left > 0 { (w.closes_in)(&(w.span)(minutes)) } else { closed.clone() };
        if let Some(span) = place.get_untracked()
            && span.text_content().as_deref() != Some(said.as_str())
        {
            span.set_text_content(Some(&said));
        }
    };
    // It ticks as long as the page lives.
    let _ = set_interval_with_handle(show, Duration::from_secs(1));
}
