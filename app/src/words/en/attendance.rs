use super::{super::AttendanceWords, plural};
use crate::rules::calendar::Session;

/// Half days as people say them: "49", "49½".
fn in_days(sessions: u32) -> String {
    match (sessions / 2, sessions % 2) {
        (0, 1) => "½".to_owned(),
        (days, 0) => days.to_string(),
        (days, _) => format!("{days}½"),
    }
}

fn sessions(count: u32) -> String {
    format!("{count} {}", plural(i64::from(count), "session", "sessions"))
}

pub(super) const WORDS: AttendanceWords = AttendanceWords {
    title: "Attendance",
    link: |name| format!("{name}’s attendance"),
    lead: |class, year, day| format!("{class} · school year {year}, up to {day}"),
    lead_empty: |class, year| format!("{class} · school year {year}"),
    other_year: |year| format!("School year {year}"),
    nothing: "There is nothing in the register yet. Marks come in from the school’s own system, usually overnight.",
    days: |attended, possible| (in_days(attended), format!("of {} days", in_days(possible))),
    in_so_far: "in school so far:",
    sessions: |attended, possible| format!("{attended} of {possible} sessions. A session is half a day."),
    missed: |agreed, not| match agreed + not {
        0 => "Nothing missed.".to_owned(),
        all => format!("Away {}: {agreed} agreed by the school, {not} not agreed.", sessions(all)),
    },
    late: |times| match times {
        0 => "Never late.".to_owned(),
        1 => "Late once.".to_owned(),
        2 => "Late twice.".to_owned(),
        times => format!("Late {times} times."),
    },
    early: |enough| {
        format!("It is early in the year: with fewer than {enough} sessions a percentage says very little.")
    },
    part_time: "Part of the week is not expected of your child, as agreed. On a part-time timetable (C2) the law counts those sessions as agreed absence, so the percentage looks low though nothing is wrong.",
    window: |count, phone| {
        format!(
            "In the last ten school weeks {} {} not agreed by the school. If something makes it hard to come in, we would like to help: ring {phone}.",
            sessions(count),
            if count == 1 { "was" } else { "were" }
        )
    },
    not_compulsory: "Your child is not yet of the age at which children must go to school. We show the register all the same.",
    file: "Download as CSV",
    trend: "Sessions in school, week by week",
    trend_label: "A bar for each week, as high as the sessions in school. The table below says the same.",
    trend_table: "The same as a table",
    week: "Week of",
    possible: "Possible",
    siblings: "Your children side by side",
    percent: "Attendance",
    agreed: "Away, agreed",
    not_agreed: "Away, not agreed",
    times_late: "Late",
    siblings_note: "Away is counted in sessions: half days of this school year.",
    register: "The register",
    how_to_read: "Each square is a day. Morning is above the line, afternoon below. Days with a letter lead to their words.",
    span: |first, last| format!("{first} to {last}"),
    in_school: "In school",
    reported: "Told to us",
    not_yet: "Not yet",
    closed: "Closed",
    today: "Today.",
    halves: |am, pm| format!("Morning: {am}. Afternoon: {pm}"),
    key: "Key",
    key_in: "In school all day",
    key_told: "Dot: told to us, not marked yet",
    days_away: "Days away",
    none_away: "No day away, and never late.",
    minutes_late: |minutes| format!("{minutes} {} late.", plural(minutes, "minute", "minutes")),
    you_told: |reason, at| format!("You told us at {at}: {reason}"),
    other_told: |at| format!("Another adult told us at {at}."),
    explain: "Explain",
    looks_wrong: |phone| {
        format!("Does a mark of another day look wrong? Choose the day, or ring the office on {phone}.")
    },
    wrong: "This looks wrong",
    asked: "You wrote to the school",
    answered: "The school has answered",
    wrong_day: "Day",
    wrong_show: "Show this day",
    day_title: "One day in the register",
    day_lead: "If a mark looks wrong, tell the office. They look into it and answer you here.",
    day_none: "The register has no mark for this day.",
    back: |name| format!("{name}’s attendance"),
    session: |session| match session {
        Session::Am => "Morning",
        Session::Pm => "Afternoon",
    },
    changed: |was, at| format!("Changed by the school, {at}. It was: {was}."),
    which: "Which mark looks wrong?",
    which_problem: "Choose the morning’s mark or the afternoon’s",
    what: "What would be right, and how do you know?",
    send: "Send to the office",
    form: "Does a mark look wrong?",
    form_again: "Write again",
    view_only: |phone| {
        format!("You may look at this child’s attendance. If a mark looks wrong, ring the office on {phone}.")
    },
    csv_heads: ["Date", "Session", "Mark", "Meaning", "Minutes late"],
    home_told: |child| format!("The school has answered you about {child}’s attendance"),
    home_asks: |child| format!("The school asks you something about {child}’s attendance"),
};
