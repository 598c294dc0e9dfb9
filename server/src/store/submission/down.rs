//! Taking a submission off the board: withdrawn, or replaced by another.

use app::rules::{id::GuardianId, reference::Reference};
use chrono::{DateTime, Utc};

use crate::store::{
    StoreError,
    db::{row, run},
    writer::Work,
};

/// Why it comes off.
#[derive(Debug, Clone, Copy)]
pub(super) enum Down<'a> {
    /// Its sender takes back, at this moment, what the school has not coded of it.
    Withdrawn(DateTime<Utc>),
    /// This submission takes the place of all of it.
    ReplacedBy(&'a str),
}

/// Takes it down and answers its id; reports for children whom the guardian may no longer report
/// stay as they are. `None` if nothing was done: some of it is coded (all of it, to withdraw), or
/// it had been taken down before.
pub(super) async fn take_down(
    work: &mut Work,
    school: &str,
    guardian: &GuardianId,
    reference: &Reference,
    down: Down<'_>,
) -> Result<Option<String>, StoreError> {
    let found = row!(
        &mut *work,
        (String, i64),
        "SELECT s.submission_id, \
         (SELECT COUNT(*) FROM report r JOIN absence a ON a.school_id = r.school_id AND a.pupil_id = r.pupil_id AND a.day = r.day \
            AND ((r.am AND a.session = 'AM') OR (r.pm AND a.session = 'PM')) \
          WHERE r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id AND a.code IS NOT NULL) \
         + (SELECT COUNT(*) FROM report r WHERE r.school_id = s.school_id AND r.guardian_id = s.guardian_id \
            AND r.submission_id = s.submission_id AND (r.withdrawn_at IS NOT NULL OR r.replaced_by IS NOT NULL)) AS closed \
         FROM submission s WHERE s.school_id = $1 AND s.guardian_id = $2 AND s.reference = $3",
        school,
        guardian.as_str(),
        reference.as_str()
    )?;
    let Some((submission, closed)) = found else { return Ok(None) };
    let (withdrawn_at, replaced_by) = match down {
        Down::Withdrawn(at) => (Some(at), None),
        Down::ReplacedBy(_) if closed > 0 => return Ok(None),
        Down::ReplacedBy(by) => (None, Some(by)),
    };
    let down = run!(
        &mut *work,
        "UPDATE report SET withdrawn_at = $4, replaced_by = $5 WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3 \
         AND withdrawn_at IS NULL AND replaced_by IS NULL \
         AND EXISTS (SELECT 1 FROM guardian_pupil l WHERE l.school_id = report.school_id AND l.guardian_id = report.guardian_id \
            AND l.pupil_id = report.pupil_id AND l.access = 'full' AND NOT l.barred AND l.reviewed) \
         AND NOT EXISTS (SELECT 1 FROM absence a WHERE a.school_id = report.school_id AND a.pupil_id = report.pupil_id \
            AND a.day = report.day AND a.code IS NOT NULL AND ((report.am AND a.session = 'AM') OR (report.pm AND a.session = 'PM')))",
        school,
        guardian.as_str(),
        submission.as_str(),
        withdrawn_at,
        replaced_by
    )?;
    Ok((down > 0).then_some(submission))
}
