//! The heads of a file of marks. In the wide shape a head is itself a session: "Mon 23/11/2026 AM".

use std::collections::HashMap;

use app::rules::{
    calendar::{Session, SessionDay},
    import::{Unreadable, marks::Fault},
};
use chrono::{Datelike, NaiveDate, Weekday};

use crate::import::{
    cell::{self, NoDate},
    heads::{Columns, Heads, MIS_ID, UPN, find_named, likeliest, normal},
    table::Row,
};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    Upn,
    MisId,
    Surname,
    Forename,
    Date,
    Session,
    Mark,
    /// The marks of one half of the day that another column names.
    Half(Session),
    Minutes,
    Note,
    /// Marks of this session, a child a row.
    At(SessionDay),
    /// The same, but that the head cannot be read.
    Spoilt(Fault),
    /// Sums over a time.
    Sum,
    /// Marks of many sessions in one text.
    Strings,
}

impl Heads for Field {
    const ALIASES: &'static [(Self, &'static [&'static str])] = &[
        (Self::Upn, UPN),
        (Self::MisId, MIS_ID),
        (
            Self::Surname,
            &[
                "legalsurname",
                "legallastname",
                "pupilsurname",
                "studentsurname",
                "surname",
                "lastname",
                "pupilname",
                "studentname",
                "name",
            ],
        ),
        (
            Self::Forename,
            &[
                "preferredforename",
                "knownas",
                "legalforename",
                "legalfirstname",
                "pupilforename",
                "studentforename",
                "forename",
                "firstname",
            ],
        ),
        (Self::Date, &["date", "markdate", "sessiondate", "attendancedate", "registerdate", "day"]),
        (Self::Session, &["session", "ampm", "sessionname", "markperiod", "period", "half"]),
        (Self::Mark, &["mark", "attendancemark", "registermark", "code", "attendancecode", "markcode", "sessionmark"]),
        (Self::Half(Session::Am), &["am", "ammark", "amcode", "morning", "morningmark"]),
        (Self::Half(Session::Pm), &["pm", "pmmark", "pmcode", "afternoon", "afternoonmark"]),
        (Self::Minutes, &["minuteslate", "minslate", "lateminutes", "late"]),
        (Self::Note, &["comment", "comments", "note", "notes", "markcomment", "marknote"]),
        (
            Self::Sum,
            &[
                "possiblesessions",
                "sessionspossible",
                "possible",
                "present",
                "attended",
                "aea",
                "authorisedabsences",
                "unauthorisedabsences",
                "authorised",
                "unauthorised",
                "lates",
                "attendance",
                "percentageattendance",
            ],
        ),
        (Self::Strings, &["attendancemarks", "markstring", "marks", "sessionmarks"]),
    ];

    fn named(head: &str) -> Option<(Self, usize)> {
        match session_of(head) {
            Some(at) => Some((at.map_or_else(Self::Spoilt, Self::At), 0)),
            None => Self::aliased(head),
        }
    }
}

/// The session that a head names; `None` where it names none.
fn session_of(head: &str) -> Option<Result<SessionDay, Fault>> {
    let head: String =
        head.to_lowercase().chars().map(|c| if matches!(c, '(' | ')' | ',' | '_') { ' ' } else { c }).collect();
    let mut words: Vec<&str> = head.split_whitespace().collect();
    let half = words.iter().position(|word| half_of(word).is_some());
    let session = match half {
        Some(place) => half_of(words.remove(place)),
        // "23/11/2026am".
        None => {
            let last = words.last_mut()?;
            let end = last.len().checked_sub(2).filter(|end| last.is_char_boundary(*end))?;
            let (front, back) = last.split_at(end);
            if !front.ends_with(|c: char| c.is_ascii_digit()) {
                return None;
            }
            *last = front;
            half_of(back)
        }
    }?;
    let named = words.first().and_then(|word| weekday(word));
    if named.is_some() {
        words.remove(0);
    }
    let day = words.join(" ");
    if !day.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    Some(date(&day).and_then(|date| match named {
        Some(weekday) if weekday != date.weekday() => Err(Fault::OtherWeekday),
        _ => Ok(SessionDay { date, session }),
    }))
}

/// A day of the register.
pub(super) fn date(text: &str) -> Result<NaiveDate, Fault> {
    let text = text.trim();
    // "Mon 23/11/2026" stands in cells too.
    let (named, text) = match text.split_once([' ', ',']) {
        Some((word, rest)) => match weekday(word) {
            Some(weekday) => (Some(weekday), rest),
            None => (None, text),
        },
        None => (None, text),
    };
    match cell::date(text) {
        Ok(date) if named.is_some_and(|named| named != date.weekday()) => Err(Fault::OtherWeekday),
        Ok(date) if (1990..2200).contains(&date.year()) => Ok(date),
        Ok(_) | Err(NoDate::Other) => Err(if text.is_empty() { Fault::NoDate } else { Fault::BadDate }),
        Err(NoDate::ShortYear) => Err(Fault::ShortYear),
    }
}

/// Morning or afternoon, as cells and heads say it.
pub(super) fn half_of(text: &str) -> Option<Session> {
    match normal(text).as_str() {
        "am" | "morning" | "amsession" | "morningsession" => Some(Session::Am),
        "pm" | "afternoon" | "pmsession" | "afternoonsession" => Some(Session::Pm),
        _ => None,
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    let long = word.len() >= 3 && word.chars().all(char::is_alphabetic);
    // "wed", "weds" and "wednesday" alike.
    let start = word.get(..3).filter(|_| long)?;
    let day = start.parse().ok()?;
    let names = [
        ("mon", "monday"),
        ("tue", "tuesday"),
        ("wed", "wednesday"),
        ("thu", "thursday"),
        ("fri", "friday"),
        ("sat", "saturday"),
        ("sun", "sunday"),
    ];
    let (_, whole) = names.iter().find(|(short, _)| start.eq_ignore_ascii_case(short))?;
    let word = word.to_lowercase();
    (whole.starts_with(&word) || matches!(word.as_str(), "weds" | "thur" | "thurs" | "tues")).then_some(day)
}

/// What staff may say of a head: the word, and what the column holds.
const SAID: [(&str, Field); 10] = [
    ("upn", Field::Upn),
    ("number", Field::MisId),
    ("surname", Field::Surname),
    ("forename", Field::Forename),
    ("date", Field::Date),
    ("session", Field::Session),
    ("mark", Field::Mark),
    ("am", Field::Half(Session::Am)),
    ("pm", Field::Half(Session::Pm)),
    ("minutes", Field::Minutes),
];

/// The words for what staff may say of a head, in the order of the list; "comment" and "" for nothing besides.
pub const MEANINGS: [&str; 12] =
    ["", "upn", "number", "surname", "forename", "date", "session", "mark", "am", "pm", "minutes", "comment"];

/// What staff have said of heads. It wins over what is known of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Meanings(HashMap<String, Option<Field>>);

impl Meanings {
    /// From heads as [`normal`] writes them and the words of their meanings. A word that is none is left out.
    #[must_use]
    pub fn of(said: impl IntoIterator<Item = (String, String)>) -> Self {
        let field = |word: &str| match word {
            "" => Some(None),
            "comment" => Some(Some(Field::Note)),
            word => SAID.iter().find(|(known, _)| *known == word).map(|(_, field)| Some(*field)),
        };
        Self(said.into_iter().filter_map(|(head, word)| Some((head, field(&word)?))).collect())
    }

    fn named(&self, head: &str) -> Option<(Field, usize)> {
        if self.0.is_empty() {
            return Field::named(head);
        }
        match self.0.get(&normal(head)) {
            Some(said) => said.map(|field| (field, 0)),
            None => Field::named(head),
        }
    }
}

/// The heads of a file with the first cells of each column.
#[must_use]
pub fn heads_of(rows: &[Row]) -> Vec<(String, Vec<String>)> {
    let Some(at) = likeliest(rows) else { return Vec::new() };
    let Some(heads) = rows.get(at) else { return Vec::new() };
    let below: Vec<&Row> = rows.iter().skip(at + 1).take(3).collect();
    let cells = |place: usize| {
        let column = below.iter().filter_map(move |row| row.cells.get(place));
        column.filter(|cell| !cell.is_empty())
    };
    heads
        .cells
        .iter()
        .enumerate()
        .filter(|(_, head)| !normal(head).is_empty())
        .map(|(place, head)| (head.clone(), cells(place).cloned().collect()))
        .collect()
}

/// Where everything stands, found once for all rows.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) columns: Columns<Field>,
    pub(super) upn: Vec<usize>,
    pub(super) mis_id: Vec<usize>,
    pub(super) surname: Vec<usize>,
    pub(super) forename: Vec<usize>,
    pub(super) shape: Shape,
}

/// The two shapes.
#[derive(Debug)]
pub(super) enum Shape {
    /// A child's session a row, or its day.
    Long(Long),
    /// A child a row; the columns of sessions, and those whose heads cannot be read.
    Wide { at: Vec<(usize, SessionDay)>, spoilt: Vec<(usize, Fault)> },
}

/// Columns of the long shape.
#[derive(Debug)]
pub(super) struct Long {
    pub(super) date: Vec<usize>,
    pub(super) session: Vec<usize>,
    pub(super) mark: Vec<usize>,
    /// Marks of a half that no other column has to name.
    pub(super) halves: Vec<(usize, Session)>,
    pub(super) minutes: Vec<usize>,
    pub(super) note: Vec<usize>,
}

/// Finds the columns.
pub(super) fn places(rows: &[Row], meanings: &Meanings) -> Result<Places, Unreadable> {
    let columns = find_named::<Field>(rows, |head| meanings.named(head)).ok_or(Unreadable::NoMarkHeads)?;
    let at = |field| columns.places(field);
    let named = columns.has(Field::Upn) || columns.has(Field::MisId);
    let (date, session) = (at(Field::Date), at(Field::Session));
    let mut mark = at(Field::Mark);
    if mark.is_empty() && !date.is_empty() && !session.is_empty() {
        mark = at(Field::Strings);
    }
    let halves: Vec<(usize, Session)> = Session::BOTH
        .into_iter()
        .flat_map(|half| at(Field::Half(half)).into_iter().map(move |place| (place, half)))
        .collect();
    let long = !date.is_empty() && (!session.is_empty() && !mark.is_empty() || !halves.is_empty());
    let wide = columns.known.iter().any(|known| matches!(known.field, Field::At(_) | Field::Spoilt(_)));
    let shape = match (named, long, wide) {
        (true, true, _) => {
            let halves = if session.is_empty() { halves } else { Vec::new() };
            Shape::Long(Long { date, session, mark, halves, minutes: at(Field::Minutes), note: at(Field::Note) })
        }
        (true, false, true) => wide_of(&columns),
        _ if columns.has(Field::Strings) => return Err(Unreadable::MarkString),
        _ if columns.has(Field::Sum) => return Err(Unreadable::Summary),
        _ => return Err(Unreadable::NoMarkHeads),
    };
    let [upn, mis_id, surname, forename] = [Field::Upn, Field::MisId, Field::Surname, Field::Forename].map(at);
    Ok(Places { columns, upn, mis_id, surname, forename, shape })
}

fn wide_of(columns: &Columns<Field>) -> Shape {
    let (mut at, mut spoilt) = (Vec::new(), Vec::new());
    for known in &columns.known {
        match known.field {
            Field::At(session) => at.push((known.place, session)),
            Field::Spoilt(fault) => spoilt.push((known.place, fault)),
            _ => {}
        }
    }
    Shape::Wide { at, spoilt }
}
