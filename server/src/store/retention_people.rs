//! Declarations, children who left, and their contacts. A child goes when nothing hangs on it any more, a contact after its last
//! child.

use app::rules::conversation::Topic;
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    StoreError,
    db::{rows, run},
    journal,
    retention::note,
    retention_days::forget_question,
    retention_sent::talk,
    writer::Work,
};

/// How many go in one step.
const AT_ONCE: i64 = 10;

/// Declarations from before a day, of a version that a newer one had followed by then, or all of whose children had left by then;
/// about which nobody wrote later.
macro_rules! declarations_due {
    ($on:expr, $school:expr, $day:expr, $most:expr) => {
        $crate::store::db::rows!(
            $on,
            (String, String, String, Option<String>),
            "SELECT f.guardian_id, f.submission_id, f.reference, f.file_id FROM declaration_form f WHERE f.school_id = $1 AND f.answered_at < $2 \
             AND (EXISTS (SELECT 1 FROM policy_version v WHERE v.school_id = f.school_id AND v.version = f.version + 1 AND v.published_at < $2) \
                OR NOT EXISTS (SELECT 1 FROM declaration d JOIN pupil p ON p.school_id = d.school_id AND p.pupil_id = d.pupil_id \
                    WHERE d.school_id = f.school_id AND d.guardian_id = f.guardian_id AND d.submission_id = f.submission_id \
                    AND (p.left_on IS NULL OR p.left_on >= $3))) \
             AND NOT EXISTS (SELECT 1 FROM message m WHERE m.school_id = f.school_id AND m.guardian_id = f.guardian_id \
                AND m.about_kind = 'declaration' AND m.about_id = f.submission_id AND m.sent_at >= $2) LIMIT $4",
            $school,
            $crate::store::retention::midnight($day),
            $day,
            $most
        )
    };
}
pub(super) use declarations_due;

/// Erases some declarations, with the talk about them and the scans of those on paper.
pub(super) async fn erase_declarations(
    work: &mut Work,
    school: &str,
    day: NaiveDate,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let found = declarations_due!(&mut *work, school, day, AT_ONCE)?;
    for (guardian, submission, reference, file) in &found {
        talk(work, school, guardian, (Topic::Declaration, submission)).await?;
        for sql in OF_A_DECLARATION {
            run!(&mut *work, sql, school, guardian.as_str(), submission.as_str())?;
        }
        if let Some(file) = file {
            run!(
                &mut *work,
                "DELETE FROM policy_file WHERE school_id = $1 AND file_id = $2 \
                 AND NOT EXISTS (SELECT 1 FROM declaration_form f WHERE f.school_id = $1 AND f.file_id = $2)",
                school,
                file.as_str()
            )?;
        }
        // The journal knows a declaration by its reference, as its paper does.
        note(work, school, ("declaration", reference), at).await?;
    }
    Ok(found.len() as u64)
}

const OF_A_DECLARATION: [&str; 2] = [
    "DELETE FROM declaration WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
    "DELETE FROM declaration_form WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
];

/// What a child has that no other kind has taken.
const OF_A_CHILD: [&str; 6] = [
    "DELETE FROM absence WHERE school_id = $1 AND pupil_id = $2",
    "DELETE FROM keyed WHERE school_id = $1 AND pupil_id = $2",
    "DELETE FROM register_tick WHERE school_id = $1 AND pupil_id = $2",
    "DELETE FROM call_note WHERE school_id = $1 AND pupil_id = $2",
    "DELETE FROM guardian_pupil WHERE school_id = $1 AND pupil_id = $2",
    "DELETE FROM pupil WHERE school_id = $1 AND pupil_id = $2",
];

/// Erases some children, and who their contacts were.
pub(super) async fn erase_children(
    work: &mut Work,
    school: &str,
    day: NaiveDate,
    at: DateTime<Utc>,
) -> Result<u64, StoreError> {
    // What is kept about a child for a reason of its own keeps the child.
    let found = rows!(
        &mut *work,
        (String,),
        "SELECT p.pupil_id FROM pupil p WHERE p.school_id = $1 AND p.left_on < $2 \
         AND NOT EXISTS (SELECT 1 FROM mark m WHERE m.school_id = p.school_id AND m.pupil_id = p.pupil_id) \
         AND NOT EXISTS (SELECT 1 FROM report r WHERE r.school_id = p.school_id AND r.pupil_id = p.pupil_id) \
         AND NOT EXISTS (SELECT 1 FROM leave_request q WHERE q.school_id = p.school_id AND q.pupil_id = p.pupil_id) \
         AND NOT EXISTS (SELECT 1 FROM leaving_notice n WHERE n.school_id = p.school_id AND n.pupil_id = p.pupil_id) \
         AND NOT EXISTS (SELECT 1 FROM declaration d WHERE d.school_id = p.school_id AND d.pupil_id = p.pupil_id) LIMIT $3",
        school,
        day,
        AT_ONCE
    )?;
    for (pupil,) in &found {
        let questions = rows!(
            &mut *work,
            (String, String),
            "SELECT guardian_id, about_id FROM mark_question WHERE school_id = $1 AND pupil_id = $2",
            school,
            pupil.as_str()
        )?;
        for (guardian, about) in &questions {
            forget_question(work, school, guardian, about).await?;
        }
        for sql in OF_A_CHILD {
            run!(&mut *work, sql, school, pupil.as_str())?;
        }
        note(work, school, ("pupil", pupil), at).await?;
    }
    Ok(found.len() as u64)
}

/// What a contact has that no other kind has taken.
const OF_A_CONTACT: [&str; 6] = [
    "DELETE FROM device WHERE school_id = $1 AND guardian_id = $2",
    "DELETE FROM invitation WHERE school_id = $1 AND guardian_id = $2",
    "DELETE FROM form_draft WHERE school_id = $1 AND guardian_id = $2",
    "DELETE FROM details_check WHERE school_id = $1 AND guardian_id = $2",
    "DELETE FROM reminder WHERE school_id = $1 AND guardian_id = $2",
    "DELETE FROM guardian WHERE school_id = $1 AND guardian_id = $2",
];

/// Erases some contacts who have no child here any more.
pub(super) async fn erase_contacts(work: &mut Work, school: &str, at: DateTime<Utc>) -> Result<u64, StoreError> {
    let found = rows!(
        &mut *work,
        (String,),
        "SELECT g.guardian_id FROM guardian g WHERE g.school_id = $1 \
         AND NOT EXISTS (SELECT 1 FROM guardian_pupil l WHERE l.school_id = g.school_id AND l.guardian_id = g.guardian_id) \
         AND NOT EXISTS (SELECT 1 FROM submission s WHERE s.school_id = g.school_id AND s.guardian_id = g.guardian_id) \
         AND NOT EXISTS (SELECT 1 FROM message m WHERE m.school_id = g.school_id AND m.guardian_id = g.guardian_id) \
         AND NOT EXISTS (SELECT 1 FROM letter t WHERE t.school_id = g.school_id AND t.guardian_id = g.guardian_id) \
         AND NOT EXISTS (SELECT 1 FROM leave_signer c WHERE c.school_id = g.school_id AND c.signer_id = g.guardian_id) \
         AND NOT EXISTS (SELECT 1 FROM declaration_form f WHERE f.school_id = g.school_id AND f.guardian_id = g.guardian_id) LIMIT $2",
        school,
        AT_ONCE
    )?;
    for (guardian,) in &found {
        let devices = rows!(
            &mut *work,
            (String,),
            "SELECT device_id FROM device WHERE school_id = $1 AND guardian_id = $2",
            school,
            guardian.as_str()
        )?;
        for (device,) in &devices {
            journal::forget(work, school, "device", device).await?;
        }
        for sql in OF_A_CONTACT {
            run!(&mut *work, sql, school, guardian.as_str())?;
        }
        note(work, school, ("guardian", guardian), at).await?;
    }
    Ok(found.len() as u64)
}
