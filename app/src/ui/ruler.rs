//! The half hour in which the register is open, drawn to scale.

use leptos::prelude::*;

/// Where a minute stands between opening and close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Seconds since the register was opened; below zero before.
    pub at: i64,
    /// Seconds from opening to close.
    pub whole: i64,
}

impl Place {
    /// Hundredths of a per cent, held between the ends.
    #[must_use]
    pub fn share(self) -> i64 {
        if self.whole <= 0 { 0 } else { (self.at.clamp(0, self.whole) * 10_000) / self.whole }
    }

    fn percent(self) -> String {
        let share = self.share();
        format!("{}.{:02}%", share / 100, share % 100)
    }
}

/// The ruler. `now` is the written time at the mark, `label` says the whole to a screen reader.
pub fn ruler(place: Place, now: String, label: String, opens: String, closes: String) -> impl IntoView {
    let x = place.percent();
    let minutes = u32::try_from(place.whole / 60).unwrap_or(0).min(60);
    // One path for all the ticks: longer every five minutes. The viewBox is stretched, so the
    // strokes must not be.
    let ticks: String = (0..minutes)
        .map(|minute| {
            let x = f64::from(minute) * 100.0 / f64::from(minutes.max(1));
            let top = if minute % 5 == 0 { 20 } else { 27 };
            format!("M{x:.2} {top}V34")
        })
        .collect();
    // The written time must not run over the edge.
    let anchor = match place.share() {
        0..=600 => "start",
        9400..=10_000 => "end",
        _ => "middle",
    };
    view! {
        <div class="ruler">
            <svg role="img" aria-label=label>
                <svg viewBox="0 0 100 46" preserveAspectRatio="none" height="46" width="100%">
                    <path class="ticks" d=ticks />
                </svg>
                <rect class="gone" y="34" height="6" width=x.clone() />
                <line class="end" x1="100%" x2="100%" y1="16" y2="40" />
                <line x1="0" x2="100%" y1="40" y2="40" stroke="currentColor" />
                <line class="now" x1=x.clone() x2=x.clone() y1="16" y2="43" />
                <text x=x y="10" text-anchor=anchor>{now}</text>
            </svg>
            <p><span>{opens}</span><span>{closes}</span></p>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::Place;

    #[test]
    fn the_mark_never_leaves_the_ruler() {
        let at = |at| Place { at, whole: 1800 }.percent();
        assert_eq!(at(-60), "0.00%");
        assert_eq!(at(420), "23.33%");
        assert_eq!(at(9000), "100.00%");
        assert_eq!(Place { at: 5, whole: 0 }.percent(), "0.00%");
    }
}
