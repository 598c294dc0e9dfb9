//! The school's list of children who leave, and what the return to the council needs of each.

use app::rules::{
    form::Answers,
    id::PupilId,
    leaving::{Entry, Kind},
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    board::list_name,
    db::{columns, rows},
    leaving_read::{EntryRow, by_notice},
    roster::full_name,
};

/// How many notices are listed.
const MOST: i64 = 600;

/// One child's notice in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct LeaverListed {
    /// The reference.
    pub reference: Reference,
    /// A notice, or a meeting that is asked for.
    pub kind: Kind,
    /// The child.
    pub pupil: PupilId,
    /// As registers list it.
    pub name: String,
    /// The whole name, as the roll has it.
    pub full_name: String,
    /// "3 Oak".
    pub class: String,
    /// The unique pupil number.
    pub upn: String,
    /// The date of birth.
    pub born: NaiveDate,
    /// The last day on roll, as the roster has it.
    pub left_on: Option<NaiveDate>,
    /// Who sent it.
    pub sender: String,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// The last day, as the family says.
    pub last_day: NaiveDate,
    /// The answers that were asked.
    pub answers: Answers,
    /// What staff noted, in order.
    pub entries: Vec<Entry>,
    /// Whether the family wrote something that nobody has read.
    pub unread: bool,
}

/// What a family wrote about a notice that stands no more, and nobody has read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaverWrote {
    /// The reference.
    pub reference: Reference,
    /// The children in it, as registers list them.
    pub children: Vec<String>,
    /// Who wrote.
    pub sender: String,
    /// When.
    pub sent_at: DateTime<Utc>,
}

/// A parent whom a child lives with, as the return names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnParent {
    /// The whole name.
    pub name: String,
    /// Where they live.
    pub address: Option<String>,
    /// Whether the school keeps that secret: the portal holds none then.
    pub secret: bool,
    /// The number to ring in an emergency: the first of mobile, home and work.
    pub phone: Option<String>,
}

columns! {
    struct Row {
        notice_id: String,
        reference: String,
        kind: String,
        pupil_id: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        class: String,
        upn: String,
        born: NaiveDate,
        left_on: Option<NaiveDate>,
        g_forename: String,
        g_surname: String,
        received_at: DateTime<Utc>,
        last_day: NaiveDate,
        answers: String,
        unread: bool,
    }
}

columns! {
    struct ParentRow {
        forename: String,
        surname: String,
        address: Option<String>,
        address_secret: bool,
        mobile: Option<String>,
        home_phone: Option<String>,
        work_phone: Option<String>,
    }
}

impl School {
    /// The notices that stand, with a last day since this one, by last day and name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leavers(&self, since: NaiveDate) -> Result<Vec<LeaverListed>, StoreError> {
        let found = rows!(
            self.db(),
            Row,
            "SELECT n.notice_id, s.reference, f.kind, n.pupil_id, p.forename, p.surname, p.known_as, c.name AS class, p.upn, p.born, p.left_on, \
             g.forename AS g_forename, g.surname AS g_surname, s.received_at, n.last_day, f.answers, \
             EXISTS (SELECT 1 FROM message m WHERE m.school_id = f.school_id AND m.guardian_id = f.guardian_id AND m.about_kind = 'leaving' \
              AND m.about_id = f.submission_id AND m.from_kind = 'guardian' AND m.read_at IS NULL) AS unread \
             FROM leaving_notice n \
             JOIN leaving_form f ON f.school_id = n.school_id AND f.guardian_id = n.guardian_id AND f.submission_id = n.submission_id \
             JOIN submission s ON s.school_id = n.school_id AND s.guardian_id = n.guardian_id AND s.submission_id = n.submission_id \
             JOIN guardian g ON g.school_id = n.school_id AND g.guardian_id = n.guardian_id \
             JOIN pupil p ON p.school_id = n.school_id AND p.pupil_id = n.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE n.school_id = $1 AND n.state = 'open' AND n.last_day >= $2 ORDER BY n.last_day DESC, n.notice_id LIMIT $3",
            self.id(),
            since,
            MOST
        )?;
        let entries = rows!(
            self.db(),
            EntryRow,
            "SELECT e.notice_id, e.task, e.done_on, e.ground, e.note, e.noted_at, t.name FROM leaving_notice n \
             JOIN leaving_line e ON e.school_id = n.school_id AND e.notice_id = n.notice_id \
             LEFT JOIN staff t ON t.school_id = e.school_id AND t.staff_id = e.noted_by \
             WHERE n.school_id = $1 AND n.state = 'open' AND n.last_day >= $2 ORDER BY e.place",
            self.id(),
            since
        )?;
        let mut entries = by_notice(entries)?;
        let unreadable = || StoreError::Unreadable("leaving");
        let listed = |row: Row| {
            let called = row.known_as.as_deref().unwrap_or(&row.forename);
            Ok(LeaverListed {
                reference: Reference::parse(&row.reference).ok_or_else(unreadable)?,
                kind: Kind::parse(&row.kind).ok_or_else(unreadable)?,
                pupil: PupilId::parse(&row.pupil_id).ok_or_else(unreadable)?,
                name: list_name(called, &row.surname),
                full_name: full_name(&row.forename, &row.surname),
                class: row.class,
                upn: row.upn,
                born: row.born,
                left_on: row.left_on,
                sender: full_name(&row.g_forename, &row.g_surname),
                received_at: row.received_at,
                last_day: row.last_day,
                answers: serde_json::from_str(&row.answers).map_err(|_| unreadable())?,
                entries: entries.remove(&row.notice_id).unwrap_or_default(),
                unread: row.unread,
            })
        };
        let mut all = found.into_iter().map(listed).collect::<Result<Vec<_>, StoreError>>()?;
        all.sort_by(|a, b| {
            (a.last_day, &a.name, a.reference.as_str()).cmp(&(b.last_day, &b.name, b.reference.as_str()))
        });
        Ok(all)
    }

    /// What families wrote about notices that they took back or replaced, and nobody has read, the oldest first. What
    /// they write about one that stands is in [`School::leavers`].
    ///
    /// # Errors
    /// What the database says.
    pub async fn leavers_wrote(&self) -> Result<Vec<LeaverWrote>, StoreError> {
        let found = rows!(
            self.db(),
            (String, String, String, Option<String>, String, String, DateTime<Utc>),
            "SELECT s.reference, p.forename, p.surname, p.known_as, g.forename, g.surname, m.sent_at FROM message m \
             CROSS JOIN submission s CROSS JOIN leaving_notice n CROSS JOIN pupil p CROSS JOIN guardian g \
             WHERE m.school_id = $1 AND m.from_kind = 'guardian' AND m.read_at IS NULL AND m.about_kind = 'leaving' \
             AND s.school_id = m.school_id AND s.guardian_id = m.guardian_id AND s.submission_id = m.about_id \
             AND n.school_id = m.school_id AND n.guardian_id = m.guardian_id AND n.submission_id = m.about_id AND n.state <> 'open' \
             AND p.school_id = n.school_id AND p.pupil_id = n.pupil_id \
             AND g.school_id = m.school_id AND g.guardian_id = m.guardian_id ORDER BY m.sent_at, s.reference, p.forename, p.pupil_id",
            self.id()
        )?;
        let mut all: Vec<LeaverWrote> = Vec::new();
        for (reference, forename, surname, known_as, g_forename, g_surname, sent_at) in found {
            let reference = Reference::parse(&reference).ok_or(StoreError::Unreadable("leaving"))?;
            let child = list_name(known_as.as_deref().unwrap_or(&forename), &surname);
            match all.iter_mut().find(|one| one.reference == reference) {
                Some(one) if one.children.contains(&child) => {}
                Some(one) => one.children.push(child),
                None => {
                    let (children, sender) = (vec![child], full_name(&g_forename, &g_surname));
                    all.push(LeaverWrote { reference, children, sender, sent_at });
                }
            }
        }
        Ok(all)
    }

    /// The parents whom a child normally lives with, as the return names them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn return_parents(&self, pupil: &PupilId) -> Result<Vec<ReturnParent>, StoreError> {
        let found = rows!(
            self.db(),
            ParentRow,
            "SELECT g.forename, g.surname, g.address, g.address_secret, g.mobile, g.home_phone, g.work_phone FROM guardian_pupil l \
             JOIN guardian g ON g.school_id = l.school_id AND g.guardian_id = l.guardian_id \
             WHERE l.school_id = $1 AND l.pupil_id = $2 AND l.lives_with ORDER BY l.priority, g.surname, g.guardian_id",
            self.id(),
            pupil.as_str()
        )?;
        let parent = |row: ParentRow| ReturnParent {
            name: full_name(&row.forename, &row.surname),
            address: row.address,
            secret: row.address_secret,
            phone: [row.mobile, row.home_phone, row.work_phone].into_iter().flatten().find(|phone| !phone.is_empty()),
        };
        Ok(found.into_iter().map(parent).collect())
    }
}
