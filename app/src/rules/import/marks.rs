//! What can be said of a file of marks.

use serde::Serialize;

use crate::rules::{calendar::DayKind, code::Code};

/// Why the folder that is watched cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FolderTrouble {
    /// There is none.
    Missing,
    /// The portal may not read or write it, or a file in it.
    Forbidden,
    /// It, or a place in it that files go to, is something else.
    NoFolder,
    /// No room is left on the disk.
    DiskFull,
    /// Nothing may be written to the disk.
    ReadOnly,
    /// The database does not answer.
    Database,
    /// Something else, by the number that the system gave it.
    Other(Option<i32>),
}

/// Why a line, or a mark on it, does not come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Fault {
    /// More cells than heads.
    MoreCells,
    /// Neither UPN nor number in the MIS.
    NoNumber,
    /// The number was spoilt by a spreadsheet ("1.2E+05").
    SpoiltNumber,
    /// Nobody here has this number.
    UnknownPupil,
    /// UPN and number belong to two children, or the number to several.
    TwoChildren,
    /// No date.
    NoDate,
    /// A year of two figures.
    ShortYear,
    /// Not a date.
    BadDate,
    /// The weekday beside the date is another day's: have day and month changed places?
    OtherWeekday,
    /// Neither morning nor afternoon.
    BadSession,
    /// No such code.
    UnknownCode,
    /// Several marks without anything between them.
    MarkString,
    /// The school is not open in this session, and why.
    NotOpen(DayKind),
    /// Open on this day, but not in this half of it.
    HalfClosed,
    /// After the calendar's last day.
    BeyondCalendar,
    /// After the child's last day.
    AfterLeaving,
    /// This line has another mark for the same child and session.
    Contradicts(u64),
    /// From the school before, where this school has a mark of its own.
    HereAlready,
}

/// What to look at again; the mark comes in all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Caution {
    /// A code that primary schools have no use for.
    NotPrimary,
    /// "Not on roll yet".
    NotJoined,
    /// "Closed" in a session in which the calendar has the school open.
    SaysClosed,
    /// A part-time timetable below compulsory school age: that is `X`.
    UnderAge,
    /// Not required to come, although of compulsory school age.
    OfAge,
    /// A morning's mark in the afternoon, or the other way round.
    OtherHalf,
    /// A letter withdrawn in 2024, and by which code it counts.
    Withdrawn(Code),
    /// A code that needs a note, without one.
    NoNote,
    /// Minutes that are no number: left out.
    BadMinutes,
    /// Before the child's first day here. Said once for a child.
    BeforeAdmission,
    /// From the school before, although the child was here by then. Said once for a child.
    AfterAdmission,
    /// Before the calendar begins: nobody knows whether the school was open. Said once.
    BeforeCalendar,
    /// A day still to come. Said once.
    Ahead,
    /// Takes the place of a correction made here.
    Corrected,
}
