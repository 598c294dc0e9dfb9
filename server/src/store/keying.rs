//! The day's codes for the MIS: the list, and which of its lines somebody has keyed in.

use app::rules::{
    code::Code,
    id::{PupilId, StaffId},
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    absence::as_seen,
    db::{columns, rows, run},
    journal::{self, Actor, Line},
    micros,
};

/// One child's codes of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToKey {
    /// The child.
    pub pupil_id: PupilId,
    /// The MIS's own number.
    pub mis_id: String,
    /// The unique pupil number.
    pub upn: String,
    /// Given name.
    pub forename: String,
    /// Family name; may be empty.
    pub surname: String,
    /// "3 Oak".
    pub class: String,
    /// The morning's code.
    pub am: Option<Code>,
    /// The afternoon's code.
    pub pm: Option<Code>,
    /// Who keyed it in and when; `None` if nobody has, or the codes have changed since.
    pub keyed: Option<(String, DateTime<Utc>)>,
    /// Whether it was keyed in with other codes before.
    pub changed_since: bool,
}

impl ToKey {
    /// The codes as a tick has to have seen them.
    #[must_use]
    pub fn seen(&self) -> String {
        as_seen(self.am.map(Code::letters), self.pm.map(Code::letters))
    }
}

columns! {
    struct Row {
        pupil_id: String,
        mis_id: String,
        upn: String,
        forename: String,
        surname: String,
        class: String,
        am_code: Option<String>,
        pm_code: Option<String>,
        keyed_codes: Option<String>,
        keyed_at: Option<DateTime<Utc>>,
        keyed_by: Option<String>,
    }
}

impl School {
    /// The codes of a day, by class and name: what the office has coded, else the code of agreed leave.
    ///
    /// # Errors
    /// What the database says.
    pub async fn to_key(&self, day: NaiveDate) -> Result<Vec<ToKey>, StoreError> {
        let found = rows!(
            self.db(),
            Row,
            "SELECT p.pupil_id, p.mis_id, p.upn, p.forename, p.surname, c.name AS class, \
             COALESCE(m.code, (SELECT MAX(t.code) FROM leave_session t JOIN leave_request r ON r.school_id = t.school_id AND r.leave_id = t.leave_id \
               WHERE t.school_id = p.school_id AND t.pupil_id = p.pupil_id AND t.day = $2 AND t.session = 'AM' AND t.granted \
               AND r.state IN ('granted', 'granted-in-part'))) AS am_code, \
             COALESCE(n.code, (SELECT MAX(t.code) FROM leave_session t JOIN leave_request r ON r.school_id = t.school_id AND r.leave_id = t.leave_id \
               WHERE t.school_id = p.school_id AND t.pupil_id = p.pupil_id AND t.day = $2 AND t.session = 'PM' AND t.granted \
               AND r.state IN ('granted', 'granted-in-part'))) AS pm_code, \
             k.codes AS keyed_codes, k.keyed_at, t.name AS keyed_by \
             FROM pupil p \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             LEFT JOIN absence m ON m.school_id = p.school_id AND m.pupil_id = p.pupil_id AND m.day = $2 AND m.session = 'AM' \
             LEFT JOIN absence n ON n.school_id = p.school_id AND n.pupil_id = p.pupil_id AND n.day = $2 AND n.session = 'PM' \
             LEFT JOIN keyed k ON k.school_id = p.school_id AND k.pupil_id = p.pupil_id AND k.day = $2 \
             LEFT JOIN staff t ON t.school_id = k.school_id AND t.staff_id = k.keyed_by \
             WHERE p.school_id = $1 \
             AND p.pupil_id IN (SELECT a.pupil_id FROM absence a WHERE a.school_id = $1 AND a.day = $2 AND a.code IS NOT NULL \
               UNION SELECT e.pupil_id FROM leave_session e JOIN leave_request q ON q.school_id = e.school_id AND q.leave_id = e.leave_id \
               WHERE e.school_id = $1 AND e.day = $2 AND e.granted AND q.state IN ('granted', 'granted-in-part')) \
             ORDER BY c.year, c.name, p.surname, p.forename, p.pupil_id",
            self.id(),
            day
        )?;
        let line = |row: Row| {
            let mut line = ToKey {
                pupil_id: PupilId::parse(&row.pupil_id).ok_or(StoreError::Unreadable("pupil"))?,
                mis_id: row.mis_id,
                upn: row.upn,
                forename: row.forename,
                surname: row.surname,
                class: row.class,
                am: row.am_code.as_deref().and_then(Code::parse),
                pm: row.pm_code.as_deref().and_then(Code::parse),
                keyed: None,
                changed_since: false,
            };
            let same = row.keyed_codes.as_deref() == Some(line.seen().as_str());
            line.changed_since = row.keyed_codes.is_some() && !same;
            line.keyed = row.keyed_at.filter(|_| same).map(|at| (row.keyed_by.unwrap_or_default(), at));
            Ok(line)
        };
        found.into_iter().map(line).collect()
    }

    /// Ticks lines off, or takes ticks back: each child with the codes that were on the list. A line
    /// whose codes have changed meanwhile stays as it is. How many were ticked or taken back.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn tick_off(
        &self,
        day: NaiveDate,
        ticked: Vec<(PupilId, String)>,
        taken_back: Vec<PupilId>,
        staff: &StaffId,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let (id, staff) = (self.id().to_owned(), staff.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let mut changed = 0;
                    for (pupil, codes) in &ticked {
                        let found = rows!(&mut *work, (String, Option<String>, i64),
                            "SELECT session, code, CAST(0 AS BIGINT) FROM absence WHERE school_id = $1 AND pupil_id = $2 AND day = $3 AND code IS NOT NULL \
                             UNION ALL SELECT t.session, MAX(t.code), CAST(1 AS BIGINT) FROM leave_session t JOIN leave_request r ON r.school_id = t.school_id AND r.leave_id = t.leave_id \
                             WHERE t.school_id = $1 AND t.pupil_id = $2 AND t.day = $3 AND t.granted AND r.state IN ('granted', 'granted-in-part') GROUP BY t.session ORDER BY 3",
                            id.as_str(), pupil.as_str(), day)?;
                        // The office's own code stands before that of agreed leave.
                        let code = |name: &str| found.iter().find(|(session, ..)| session == name).and_then(|(_, code, _)| code.as_deref());
                        if codes.is_empty() || as_seen(code("AM"), code("PM")) != *codes {
                            continue;
                        }
                        changed += run!(&mut *work,
                            "INSERT INTO keyed (school_id, pupil_id, day, codes, keyed_at, keyed_by) VALUES ($1, $2, $3, $4, $5, $6) \
                             ON CONFLICT (school_id, pupil_id, day) DO UPDATE SET codes = $4, keyed_at = $5, keyed_by = $6 WHERE keyed.codes <> $4",
                            id.as_str(), pupil.as_str(), day, codes.as_str(), micros(now), staff.as_str())?;
                    }
                    for pupil in &taken_back {
                        changed += run!(&mut *work, "DELETE FROM keyed WHERE school_id = $1 AND pupil_id = $2 AND day = $3",
                            id.as_str(), pupil.as_str(), day)?;
                    }
                    if changed > 0 {
                        let actor = Actor::Staff(staff.to_string());
                        let list = |pupils: &mut dyn Iterator<Item = String>| pupils.collect::<Vec<_>>().join(" ");
                        let on = list(&mut ticked.iter().map(|(pupil, codes)| format!("{pupil}:{codes}")));
                        let off = list(&mut taken_back.iter().map(ToString::to_string));
                        let date = day.to_string();
                        let line = Line {
                            at: now, actor: &actor, action: "tick_off", subject_kind: "day", subject_id: &date,
                            fields: &[("ticked", None, Some(&on)), ("taken_back", None, Some(&off))],
                        };
                        journal::write(work, &id, line).await?;
                    }
                    Ok(changed)
                })
            })
            .await
    }
}
