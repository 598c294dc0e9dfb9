//! Whether what is stored hangs together: for `nine-fifteen check`, after a fault or a restore.

use super::{
    School, Store, StoreError,
    db::{Db, row, rows},
};

/// What a school's part of the store holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Submissions.
    pub submissions: i64,
    /// Reports.
    pub reports: i64,
    /// What is half there: its name, and how many of it.
    pub halves: Vec<(&'static str, i64)>,
}

/// What must never be found: one transaction writes all of a submission or nothing of it.
const HALVES: [(&str, &str); 9] = [
    (
        "submissions without a report or a request",
        "SELECT COUNT(*) FROM submission s WHERE s.school_id = $1 AND NOT EXISTS (SELECT 1 FROM report r \
         WHERE r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id) \
         AND NOT EXISTS (SELECT 1 FROM leave_request q \
         WHERE q.school_id = s.school_id AND q.guardian_id = s.guardian_id AND q.submission_id = s.submission_id) \
         AND NOT EXISTS (SELECT 1 FROM details_line d \
         WHERE d.school_id = s.school_id AND d.guardian_id = s.guardian_id AND d.submission_id = s.submission_id) \
         AND NOT EXISTS (SELECT 1 FROM leaving_notice n \
         WHERE n.school_id = s.school_id AND n.guardian_id = s.guardian_id AND n.submission_id = s.submission_id)",
    ),
    (
        "requests for leave without a session or a state",
        "SELECT COUNT(*) FROM leave_request q WHERE q.school_id = $1 AND ( \
         NOT EXISTS (SELECT 1 FROM leave_session t WHERE t.school_id = q.school_id AND t.leave_id = q.leave_id) OR \
         NOT EXISTS (SELECT 1 FROM leave_move m WHERE m.school_id = q.school_id AND m.leave_id = q.leave_id AND m.state = q.state))",
    ),
    (
        "reports without a submission",
        "SELECT COUNT(*) FROM report r WHERE r.school_id = $1 AND NOT EXISTS (SELECT 1 FROM submission s \
         WHERE s.school_id = r.school_id AND s.guardian_id = r.guardian_id AND s.submission_id = r.submission_id)",
    ),
    (
        "reports without their absence",
        "SELECT COUNT(*) FROM report r WHERE r.school_id = $1 AND ( \
         (r.am AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.school_id = r.school_id AND a.pupil_id = r.pupil_id AND a.day = r.day AND a.session = 'AM')) OR \
         (r.pm AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.school_id = r.school_id AND a.pupil_id = r.pupil_id AND a.day = r.day AND a.session = 'PM')))",
    ),
    (
        "submissions without a line in the journal",
        "SELECT COUNT(*) FROM submission s WHERE s.school_id = $1 AND NOT EXISTS (SELECT 1 FROM journal j \
         WHERE j.school_id = s.school_id AND j.subject_kind = 'submission' AND j.subject_id = s.submission_id \
         AND j.action IN ('report_absence', 'change_report', 'ask_for_leave', 'change_leave', 'give_notice', 'change_notice', 'ask_to_meet', 'ask_details'))",
    ),
    (
        "declarations for no child",
        "SELECT COUNT(*) FROM declaration_form f WHERE f.school_id = $1 AND NOT EXISTS (SELECT 1 FROM declaration d \
         WHERE d.school_id = f.school_id AND d.guardian_id = f.guardian_id AND d.submission_id = f.submission_id)",
    ),
    (
        "declarations without their line in the journal",
        "SELECT COUNT(*) FROM declaration_form f WHERE f.school_id = $1 AND NOT EXISTS (SELECT 1 FROM journal j \
         WHERE j.school_id = f.school_id AND j.seq = f.journal_seq AND j.action = 'declare' AND j.subject_id = f.reference)",
    ),
    (
        "files of the policy without all of their bytes",
        "SELECT COUNT(*) FROM policy_file e WHERE e.school_id = $1 AND e.size <> \
         (SELECT COALESCE(SUM(LENGTH(b.bytes)), 0) FROM policy_file_piece b WHERE b.school_id = e.school_id AND b.file_id = e.file_id)",
    ),
    (
        "files without all of their bytes",
        "SELECT COUNT(*) FROM evidence e WHERE e.school_id = $1 AND (CASE WHEN e.removed_at IS NULL THEN e.size ELSE 0 END) <> \
         (SELECT COALESCE(SUM(LENGTH(b.bytes)), 0) FROM evidence_piece b WHERE b.school_id = e.school_id AND b.evidence_id = e.evidence_id)",
    ),
];

impl Store {
    /// What the engine itself finds wrong with its file; nothing for PostgreSQL, which has tools
    /// of its own.
    ///
    /// # Errors
    /// What the database says.
    pub async fn faults(&self) -> Result<Vec<String>, StoreError> {
        let Db::Sqlite(file) = &self.db else { return Ok(Vec::new()) };
        let lane = file.lane()?;
        let pages: Vec<(String,)> = lane.rows("PRAGMA integrity_check", &[])?;
        let mut faults: Vec<String> = pages.into_iter().map(|(fault,)| fault).filter(|fault| fault != "ok").collect();
        let keys: Vec<(String,)> = lane.rows("PRAGMA foreign_key_check", &[])?;
        if !keys.is_empty() {
            faults.push(format!("{} rows point to a row that is not there", keys.len()));
        }
        Ok(faults)
    }
}

impl School {
    /// Counts what is there, and what is half there.
    ///
    /// # Errors
    /// What the database says.
    pub async fn standing(&self) -> Result<Standing, StoreError> {
        let mut halves = Vec::new();
        for (name, query) in HALVES {
            let found = self.count(query).await?;
            if found > 0 {
                halves.push((name, found));
            }
        }
        Ok(Standing {
            submissions: self.count("SELECT COUNT(*) FROM submission WHERE school_id = $1").await?,
            reports: self.count("SELECT COUNT(*) FROM report WHERE school_id = $1").await?,
            halves,
        })
    }

    async fn count(&self, query: &'static str) -> Result<i64, StoreError> {
        Ok(row!(self.db(), (i64,), query, self.id())?.map_or(0, |(count,)| count))
    }

    /// The reference of every submission, in no order that matters.
    ///
    /// # Errors
    /// What the database says.
    pub async fn references(&self) -> Result<Vec<String>, StoreError> {
        let found = rows!(self.db(), (String,), "SELECT reference FROM submission WHERE school_id = $1", self.id())?;
        Ok(found.into_iter().map(|(reference,)| reference).collect())
    }
}
