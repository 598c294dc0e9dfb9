use super::super::HomeWords;
use crate::rules::absence::Kind;

pub(super) fn closes_in(span: &str) -> String {
    format!("The register closes in {span}")
}

pub(super) const WORDS: HomeWords = HomeWords {
    title: "Home",
    greeting: |hour, name| {
        let part = match hour {
            0..=11 => "Good morning",
            12..=17 => "Good afternoon",
            _ => "Good evening",
        };
        if name.is_empty() { part.to_owned() } else { format!("{part}, {name}") }
    },
    closes_in,
    closed: "The register has closed",
    day_over: "School is over for today",
    no_school: "No school today",
    next_day: |day| format!("School is open again on {day}."),
    year_at_home: |name, again| match again {
        Some(day) => format!("School is closed for {name}’s year group today. It is open for {name} again on {day}."),
        None => format!("School is closed for {name}’s year group today."),
    },
    no_calendar: |phone| format!("The school’s calendar ends here. Please ring the office on {phone}."),
    calm: |names, count| {
        let are = if count == 1 { "is on the way" } else { "are on their way" };
        format!("If {names} {are}, there is nothing to do.")
    },
    late_calm: "You can still tell us. We mark the time, and the office may already have rung you.",
    ruler: |now, opens, closes| format!("It is {now}. The register opens at {opens} and closes at {closes}."),
    opens: |time| format!("{time} register opens"),
    closes: |time| format!("{time} closes"),
    nothing: "Nothing reported",
    nothing_today: "Nothing reported for today",
    reported_for: |day, reason, time| match reason {
        Some(reason) => format!("Reported for {day}: {reason} (at {time})"),
        None => format!("Reported for {day} by another adult (at {time})"),
    },
    reported: |kind, reason, time, late| {
        let when = if late { "after the register closed" } else { "before the register closed" };
        match kind {
            Kind::Away => format!("Reported at {time}, {when}: {reason}"),
            Kind::Late => format!("Coming in late, reported at {time}: {reason}"),
            Kind::Leaving => format!("Leaving early, reported at {time}: {reason}"),
        }
    },
    until: |day| format!("It goes on until {day}."),
    expected: "You told us of this day before. Please say this morning that it still holds.",
    still: |name| format!("{name} is still unwell today"),
    other_ways: "Late, leaving early, or another day",
    other_ways_for: |name| format!(" for {name}"),
    reported_other: |time| format!("Reported at {time} by another adult"),
    recorded: |codes| format!("Recorded by the school: {codes}"),
    not_coming: |name, day| match day {
        None => format!("{name} is not coming in today"),
        Some(day) => format!("{name} is not coming in on {day}"),
    },
    report_too: |name| format!("Tell the school about {name} yourself"),
    see_receipt: "See the receipt",
    together: |count| {
        if count == 2 {
            "Both staying at home? Report them together".to_owned()
        } else {
            "Several staying at home? Report them together".to_owned()
        }
    },
    view_only: "You can see this page. To report an absence, ring the office.",
    nobody_title: "No children to show",
    nobody: |phone| {
        format!(
            "The school has not linked any children to you here. If you expected to see a child, ring the office on {phone}."
        )
    },
    everything: "Everything reported",
    devices: "Devices you are signed in on",
    cell_nothing: "Today is not marked yet",
    cell_reported: "Reported away today",
    cell_closed: "No school today",
};
