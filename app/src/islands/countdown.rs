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
    let text = RwSignal::new(said);
    #[cfg(feature = "hydrate")]
    tick(seconds, closed, text);
    #[cfg(not(feature = "hydrate"))]
    let _ = (seconds, closed);
    view! { <span>{move || text.get()}</span> }
}

#[cfg(feature = "hydrate")]
fn tick(seconds: i64, closed: String, text: RwSignal<String>) {
    use std::time::Duration;

    use crate::words::words;

    // Milliseconds since the page was asked for: what has gone by since the server counted.
    let passed = || window().performance().map_or(0.0, |performance| performance.now());
    let w = words("en-GB");
    let stop = StoredValue::new(None::<leptos::leptos_dom::helpers::IntervalHandle>);
    let show = move || {
        #[expect(clippy::cast_possible_truncation, reason = "a page is not open for a million years")]
        let left = seconds - (passed() / 1000.0) as i64;
        if left <= 0 {
            text.set(closed.clone());
            if let Some(handle) = stop.get_value() {
                handle.clear();
            }
        } else {
            let minutes = u32::try_from(left.div_euclid(60) + i64::from(left % 60 > 0)).unwrap_or(0);
            let said = (w.home.closes_in)(&(w.common.span)(minutes));
            if text.get_untracked() != said {
                text.set(said);
            }
        }
    };
    stop.set_value(set_interval_with_handle(show, Duration::from_secs(1)).ok());
}
