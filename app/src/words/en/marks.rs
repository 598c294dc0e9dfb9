use super::{
    super::MarksWords,
    import::{MORE_CELLS, NO_NUMBER, SPOILT_NUMBER, of},
};
use crate::rules::{
    calendar::{DayKind, Session, SessionDay},
    import::marks::{Caution, Fault, FolderTrouble},
};

fn fault(fault: Fault) -> String {
    match fault {
        Fault::MoreCells => MORE_CELLS.into(),
        Fault::NoNumber => NO_NUMBER.into(),
        Fault::SpoiltNumber => SPOILT_NUMBER.into(),
        Fault::UnknownPupil => {
            "Nobody here has this number. Bring in the roster first, if the child is at this school.".into()
        }
        Fault::TwoChildren => "The UPN and the number in the MIS do not belong to one child here.".into(),
        Fault::NoDate => "No date.".into(),
        Fault::ShortYear => "The year has two figures. It needs four, like 23/11/2026.".into(),
        Fault::BadDate => "Not a date like 23/11/2026.".into(),
        Fault::OtherWeekday => {
            "The weekday does not go with the date. Have the day and the month changed places?".into()
        }
        Fault::BadSession => "Neither AM nor PM.".into(),
        Fault::UnknownCode => "There is no such code. Capitals count.".into(),
        Fault::MarkString => {
            "Several marks in one cell. Codes like C1 cannot be told apart that way: one mark to a cell.".into()
        }
        Fault::NotOpen(kind) => {
            let why = match kind {
                DayKind::Weekend => "a weekend",
                DayKind::Inset => "a training day",
                DayKind::BankHoliday => "a bank holiday",
                DayKind::UnplannedClosure => "a day the school was shut",
                DayKind::Holiday | DayKind::School | DayKind::Unknown => "a holiday",
            };
            format!("In the calendar this is {why}. Put the calendar right if the school was open.")
        }
        Fault::HalfClosed => "In the calendar the school is closed for this half of the day.".into(),
        Fault::BeyondCalendar => "The calendar does not go as far as this day. Enter the terms first.".into(),
        Fault::AfterLeaving => "After the child’s last day here.".into(),
        Fault::Contradicts(line) => format!("Line {line} has another mark for this session. That one counts."),
        Fault::HereAlready => "This school has a mark of its own for this session. It stays.".into(),
    }
}

fn caution(caution: Caution) -> String {
    match caution {
        Caution::NotPrimary => "Primary schools have no use for this code.".into(),
        Caution::NotJoined => "Says that the child has not joined yet.".into(),
        Caution::SaysClosed => "Says that the school is closed. In the calendar it is open.".into(),
        Caution::UnderAge => "C2 is for children of compulsory school age. Before that it is X.".into(),
        Caution::OfAge => "X is for children below compulsory school age.".into(),
        Caution::OtherHalf => "A morning's mark in an afternoon, or the other way round. It counts as present.".into(),
        Caution::Withdrawn(code) => format!("This letter was withdrawn in 2024. It counts as {code}."),
        Caution::NoNote => "This code needs a note that says what it was.".into(),
        Caution::BadMinutes => "The minutes late are not a number. Left out.".into(),
        Caution::BeforeAdmission => "Before the child’s first day here.".into(),
        Caution::AfterAdmission => "From the school before, but the child was here by then.".into(),
        Caution::BeforeCalendar => "Before the calendar begins. Nobody can check whether the school was open.".into(),
        Caution::Ahead => "Days that are still to come.".into(),
        Caution::Corrected => "Somebody here had put this mark right. The MIS says otherwise, and it counts.".into(),
    }
}

fn session(at: SessionDay) -> String {
    let half = match at.session {
        Session::Am => "morning",
        Session::Pm => "afternoon",
    };
    format!("{}, {half}", (super::common::WORDS.full_date)(at.date))
}

pub(super) const WORDS: MarksWords = MarksWords {
    nav: "Marks",
    title: "Marks of the register",
    lead: "Export the marks from your MIS as CSV and hand them in here. First you see what they would change. A mark that another takes the place of is kept, with who, when and why.",
    file_hint: "CSV, up to 32 MB: a line for each child and session, or a line for each child and a column for each session.",
    needed: [
        ("UPN", "or the number in the MIS, or both"),
        ("Date, Session, Mark", "or columns headed like Mon 23/11/2026 AM"),
    ],
    wanted: [
        ("Minutes late", "in figures"),
        ("Comment", "kept with the mark, for staff only"),
        ("Names", "only to find lines by; the number decides"),
    ],
    previous: "These marks are from the school a child was at before",
    previous_hint: "Its holidays may be others, and no mark of this school is touched.",
    from_previous: "Marks from the school before.",
    too_large: "The file has more than 32 MB. Export one school year at a time.",
    changed_meanwhile: "Somebody changed marks or pupils in the meantime, so nothing was brought in. This is what the file would change now.",
    tally_rows: ["Marks"],
    blanks: |n| format!("{} no mark: not taken yet. What is here stays.", of(n, "session has", "sessions have")),
    session,
    several: |n| of(n, "mark", "marks"),
    minutes: |n| format!("{n} min"),
    details: "minutes or comment",
    fault,
    caution,
    heads_title: "Which column is which?",
    heads_lead: "The heads of this file are not known here. Say what they mean. It is kept for the next file with the same heads, whichever way it comes in.",
    heads_label: |head| format!("Column “{head}”"),
    heads_example: |cells| format!("for example {cells}"),
    heads_as_known: "As it is known, or not needed",
    heads_meaning: |word| match word {
        "upn" => "UPN",
        "number" => "Number in the MIS",
        "surname" => "Family name",
        "forename" => "Given name",
        "date" => "Date",
        "session" => "Session: AM or PM",
        "mark" => "Mark",
        "am" => "Mark of the morning",
        "pm" => "Mark of the afternoon",
        "minutes" => "Minutes late",
        "comment" => "Comment",
        _ => "Nothing that is needed",
    },
    heads_missing: "A file needs the UPN or the number in the MIS, and either Date, Session and Mark, or Date with the marks of morning and afternoon",
    heads_go: "Keep this and go on",
    heads_kept: "Heads you have explained",
    heads_forget: "Forget",
    runs: "The last files",
    ways: ["by this page", "by command", "by the watched folder", "by another program"],
    run: |[added, changed, same], aside| format!("{added} new, {changed} changed, {same} as before, {aside} set aside"),
    refused: "nothing came in",
    nothing_fits: "Not one mark of this file could come in. Is it another school’s, or of days that the calendar does not have?",
    replaced: "This file was changed or taken away while it came in. What is said here is of the file as it was. If there is one of that name now, it comes in next.",
    folder_trouble: |folder, why| {
        let why = match why {
            FolderTrouble::Missing => "it is not there".to_owned(),
            FolderTrouble::Forbidden => "it may not be read or written".to_owned(),
            FolderTrouble::NoFolder => "it is no folder".to_owned(),
            FolderTrouble::DiskFull => "the disk is full".to_owned(),
            FolderTrouble::ReadOnly => "nothing may be written there".to_owned(),
            FolderTrouble::Database => "the database does not answer".to_owned(),
            FolderTrouble::Other(Some(number)) => format!("the computer gives error {number}"),
            FolderTrouble::Other(None) => "something went wrong".to_owned(),
        };
        format!(
            "The watched folder {folder} cannot be used: {why}. Files in it wait. Tell whoever looks after the computer."
        )
    },
    folder: |folder| format!("Files that are put into the folder {folder} come in by themselves."),
    under_way_title: "The marks are coming in",
    under_way_lead: "They come in all together or not at all. You may leave this page. It looks again by itself.",
    so_far: |done, all| format!("{done} of {all} marks"),
    reading: "Being held against what is here",
    look_again: "Look again",
};
