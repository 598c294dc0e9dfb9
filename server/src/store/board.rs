//! The office's morning: one query a board.

use app::rules::{
    absence::{Details, Kind, Part},
    calendar::Session,
    code::Code,
    id::PupilId,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    absence::as_seen,
    db::{columns, row, rows, run},
    micros,
    roster::full_name,
};

/// One child's day on the board.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardRow {
    /// The child.
    pub pupil_id: PupilId,
    /// "Okafor, Ada".
    pub name: String,
    /// "3 Oak".
    pub class: String,
    /// What was reported, together.
    pub part: Part,
    /// The code proposed by the first report that proposes one.
    pub proposed: Option<Code>,
    /// The school's code for the morning.
    pub am: Option<Code>,
    /// The school's code for the afternoon.
    pub pm: Option<Code>,
    /// When it was coded.
    pub coded_at: Option<DateTime<Utc>>,
    /// By whom: the name.
    pub coded_by: Option<String>,
    /// The reports, earliest first.
    pub reports: Vec<BoardReport>,
}

impl BoardRow {
    /// The codes as a coding has to have seen them.
    #[must_use]
    pub fn seen(&self) -> String {
        as_seen(self.am.map(Code::letters), self.pm.map(Code::letters))
    }

    /// Whether each reported session has a code, or the child came after all.
    #[must_use]
    pub fn is_coded(&self) -> bool {
        self.am == Some(Code::PresentAm)
            || self.part.sessions().iter().all(|session| match session {
                Session::Am => self.am.is_some(),
                Session::Pm => self.pm.is_some(),
            })
    }
}

/// One report on the board.
#[derive(Debug, Clone, PartialEq)]
pub struct BoardReport {
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// Whether that was after the register closed.
    pub after_close: bool,
    /// How it came: a channel's word.
    pub channel: String,
    /// Away, late or leaving.
    pub kind: Kind,
    /// Whether it waits for a word on this morning.
    pub expected: bool,
    /// The receipt.
    pub reference: String,
    /// Who sent it.
    pub from: String,
    /// The reason's key.
    pub reason: String,
    /// Follow-up answers.
    pub details: Details,
    /// The note.
    pub note: Option<String>,
    /// Whether no member of staff had seen it before.
    pub new: bool,
}

columns! {
    struct Row {
        pupil_id: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        class: String,
        am: bool,
        pm: bool,
        reason: String,
        details: String,
        note: Option<String>,
        proposed: Option<String>,
        received_at: DateTime<Utc>,
        after_close: bool,
        seen_at: Option<DateTime<Utc>>,
        channel: String,
        kind: String,
        expected: bool,
        reference: String,
        from_forename: String,
        from_surname: String,
        am_code: Option<String>,
        pm_code: Option<String>,
        coded_at: Option<DateTime<Utc>>,
        coded_by: Option<String>,
    }
}

impl School {
    /// The board of a day: a row a child, earliest report first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn board(&self, day: NaiveDate) -> Result<Vec<BoardRow>, StoreError> {
        let found = rows!(
            self.db(),
            Row,
            "SELECT r.pupil_id, p.forename, p.surname, p.known_as, c.name AS class, r.am, r.pm, r.reason, r.details, r.note, r.proposed, \
             r.received_at, r.after_close, r.seen_at, s.channel, r.kind, r.expected AND NOT EXISTS (SELECT 1 FROM report w WHERE w.school_id = r.school_id AND w.pupil_id = r.pupil_id \
               AND w.day = r.day AND w.guardian_id = r.guardian_id AND w.kind = 'away' AND (w.am AND r.am OR w.pm AND r.pm) AND NOT w.expected AND w.withdrawn_at IS NULL AND w.replaced_by IS NULL) AS expected, s.reference, \
             g.forename AS from_forename, g.surname AS from_surname, m.code AS am_code, n.code AS pm_code, COALESCE(m.coded_at, n.coded_at) AS coded_at, t.name AS coded_by \
             FROM report r \
             JOIN submission s ON s.school_id = r.school_id AND s.guardian_id = r.guardian_id AND s.submission_id = r.submission_id \
             JOIN guardian g ON g.school_id = r.school_id AND g.guardian_id = r.guardian_id \
             JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             LEFT JOIN absence m ON m.school_id = r.school_id AND m.pupil_id = r.pupil_id AND m.day = r.day AND m.session = 'AM' \
             LEFT JOIN absence n ON n.school_id = r.school_id AND n.pupil_id = r.pupil_id AND n.day = r.day AND n.session = 'PM' \
             LEFT JOIN staff t ON t.school_id = r.school_id AND t.staff_id = COALESCE(m.coded_by, n.coded_by) \
             WHERE r.school_id = $1 AND r.day = $2 AND r.withdrawn_at IS NULL AND r.replaced_by IS NULL \
             ORDER BY r.received_at, p.surname, p.forename, r.report_id",
            self.id(),
            day
        )?;
        let mut board: Vec<BoardRow> = Vec::new();
        let mut places = std::collections::HashMap::new();
        for row in found {
            let unreadable = || StoreError::Unreadable("report");
            let pupil_id = PupilId::parse(&row.pupil_id).ok_or_else(unreadable)?;
            let report = BoardReport {
                received_at: row.received_at,
                after_close: row.after_close,
                channel: row.channel,
                kind: Kind::parse(&row.kind).ok_or_else(unreadable)?,
                expected: row.expected,
                reference: row.reference,
                from: full_name(&row.from_forename, &row.from_surname),
                reason: row.reason,
                details: serde_json::from_str(&row.details).map_err(|_| unreadable())?,
                note: row.note,
                new: row.seen_at.is_none(),
            };
            let part = Part::of(row.am, row.pm).ok_or_else(unreadable)?;
            let proposed = row.proposed.as_deref().and_then(Code::parse);
            let place = *places.entry(pupil_id.clone()).or_insert(board.len());
            match board.get_mut(place) {
                Some(known) => {
                    if known.part != part {
                        known.part = Part::All;
                    }
                    known.proposed = known.proposed.or(proposed);
                    known.reports.push(report);
                }
                None => board.push(BoardRow {
                    pupil_id,
                    name: list_name(row.known_as.as_deref().unwrap_or(&row.forename), &row.surname),
                    class: row.class,
                    part,
                    proposed,
                    am: row.am_code.as_deref().and_then(Code::parse),
                    pm: row.pm_code.as_deref().and_then(Code::parse),
                    coded_at: row.coded_at,
                    coded_by: row.coded_by,
                    reports: vec![report],
                }),
            }
        }
        Ok(board)
    }

    /// Notes that staff have the day's reports before them, and the reading itself.
    ///
    /// # Errors
    /// What the database says; then the board must not be shown.
    pub async fn board_seen(
        &self,
        day: NaiveDate,
        staff: &str,
        may_code: bool,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (id, staff) = (self.id().to_owned(), staff.to_owned());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    if may_code {
                        run!(&mut *work, "UPDATE report SET seen_at = $3, seen_by = $4 WHERE school_id = $1 AND day = $2 AND seen_at IS NULL AND received_at <= $3",
                            id.as_str(), day, micros(now), staff.as_str())?;
                    }
                    let reading_id = app::rules::id::ReportId::from_bytes(rand::random());
                    run!(&mut *work,
                        "INSERT INTO reading (school_id, reading_id, at, reader_kind, reader_id, what, subject_id) VALUES ($1, $2, $3, 'staff', $4, 'board', $5)",
                        id.as_str(), reading_id.as_str(), micros(now), staff.as_str(), day.to_string())?;
                    Ok(())
                })
            })
            .await
    }

    /// How many reports of a day stand, and how far the journal reaches: what the board compares
    /// to know whether anything has changed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn board_tick(&self, day: NaiveDate) -> Result<(i64, i64), StoreError> {
        let found = row!(
            self.db(),
            (i64, i64),
            "SELECT (SELECT COUNT(*) FROM report r WHERE r.school_id = h.school_id AND r.day = $2 AND r.withdrawn_at IS NULL AND r.replaced_by IS NULL) AS reports, h.seq \
             FROM journal_head h WHERE h.school_id = $1",
            self.id(),
            day
        )?;
        Ok(found.unwrap_or_default())
    }

    /// Since when each child on a day's board has been away: child, day and the reason's key, for
    /// every standing report from `since` to that day. Who came after all was not away.
    ///
    /// # Errors
    /// What the database says.
    pub async fn away_since(
        &self,
        day: NaiveDate,
        since: NaiveDate,
    ) -> Result<Vec<(PupilId, NaiveDate, String)>, StoreError> {
        let found = rows!(
            self.db(),
            (String, NaiveDate, String),
            "SELECT r.pupil_id, r.day, r.reason \
             FROM report r WHERE r.school_id = $1 \
             AND r.pupil_id IN (SELECT t.pupil_id FROM report t WHERE t.school_id = $1 AND t.day = $2) AND r.day >= $3 AND r.day <= $2 AND r.kind = 'away' \
             AND r.withdrawn_at IS NULL AND r.replaced_by IS NULL \
             AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.school_id = r.school_id AND a.pupil_id = r.pupil_id AND a.day = r.day \
                AND a.session = 'AM' AND a.code = '/')",
            self.id(),
            day,
            since
        )?;
        let read = |(pupil, day, reason): (String, NaiveDate, String)| {
            Ok((PupilId::parse(&pupil).ok_or(StoreError::Unreadable("report"))?, day, reason))
        };
        found.into_iter().map(read).collect()
    }

    /// The number of pupils on roll on a day.
    ///
    /// # Errors
    /// What the database says.
    pub async fn on_roll(&self, day: NaiveDate) -> Result<i64, StoreError> {
        let found = row!(
            self.db(),
            (i64,),
            "SELECT COUNT(*) FROM pupil WHERE school_id = $1 AND admitted <= $2 AND (left_on IS NULL OR left_on >= $2)",
            self.id(),
            day
        )?;
        Ok(found.map_or(0, |(count,)| count))
    }

    /// Days before this one on which a report still waits for a code (see [`BoardRow::is_coded`]), oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn uncoded_before(&self, day: NaiveDate) -> Result<Vec<(NaiveDate, i64)>, StoreError> {
        Ok(rows!(
            self.db(),
            (NaiveDate, i64),
            "SELECT r.day, COUNT(DISTINCT r.pupil_id) FROM report r \
             WHERE r.school_id = $1 AND r.day < $2 AND r.day >= $3 AND r.withdrawn_at IS NULL AND r.replaced_by IS NULL \
             AND EXISTS (SELECT 1 FROM absence a WHERE a.school_id = r.school_id AND a.pupil_id = r.pupil_id AND a.day = r.day AND a.code IS NULL \
                AND ((r.am AND a.session = 'AM') OR (r.pm AND a.session = 'PM'))) \
             AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.school_id = r.school_id AND a.pupil_id = r.pupil_id AND a.day = r.day \
                AND a.session = 'AM' AND a.code = '/') \
             GROUP BY r.day ORDER BY r.day",
            self.id(),
            day,
            day - chrono::Duration::days(30)
        )?)
    }
}

/// As registers list a name: "Okafor, Ada".
pub(super) fn list_name(forename: &str, surname: &str) -> String {
    if surname.is_empty() { forename.to_owned() } else { format!("{surname}, {forename}") }
}
