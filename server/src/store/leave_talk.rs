//! What the school asks a family about a request for leave moves it, and so does the answer.

use app::rules::{
    conversation::Side,
    id::GuardianId,
    leave::{Move, State},
    reference::Reference,
};
use chrono::{DateTime, Utc};

use super::{
    ForGuardian, School, StoreError, conversation::About, db::rows, journal::Actor, leave_note::requests,
    leave_state::move_leave, writer::Work,
};

/// Moves a form's requests along after something was said about it, within the job's transaction: a question of
/// the school's waits for the family, an answer ends the waiting. Others stay as they are.
pub(super) async fn move_on(
    work: &mut Work,
    school: &str,
    about: &About,
    (side, asks): (Side, bool),
    (actor, at): (&Actor, DateTime<Utc>),
) -> Result<(), StoreError> {
    let step = match side {
        Side::Staff if asks => Move::AskMore,
        Side::Staff => return Ok(()),
        Side::Guardian => Move::Answer,
    };
    for (leave, state) in requests(work, school, (&about.guardian, &about.id)).await? {
        let waits_already = step == Move::AskMore && state == State::MoreWanted;
        if !waits_already && state.after(step).is_ok() {
            // Asked here, in the same transaction.
            let _ = move_leave(work, school, &leave, step, (actor, at), &[]).await?;
        }
    }
    Ok(())
}

impl School {
    /// What waits for a guardian about their own requests for leave, oldest first: questions they have not answered,
    /// and messages that ask nothing but have not been read. Only where they may see every child it is about.
    ///
    /// # Errors
    /// What the database says.
    pub async fn leave_waits_for_guardian(&self, guardian: &GuardianId) -> Result<Vec<ForGuardian>, StoreError> {
        let found = rows!(
            self.db(),
            (String, String, Option<String>, bool, bool),
            "SELECT s.reference, p.forename, p.known_as, EXISTS (SELECT 1 FROM message q WHERE q.school_id = m.school_id AND q.guardian_id = m.guardian_id \
                AND q.about_kind = m.about_kind AND q.about_id = m.about_id AND q.asks \
                AND NOT EXISTS (SELECT 1 FROM message a WHERE a.school_id = q.school_id AND a.guardian_id = q.guardian_id \
                   AND a.about_kind = q.about_kind AND a.about_id = q.about_id AND a.from_kind = 'guardian' AND a.place > q.place)), m.read_at IS NOT NULL FROM message m \
             JOIN submission s ON s.school_id = m.school_id AND s.guardian_id = m.guardian_id AND s.submission_id = m.about_id \
             JOIN leave_request r ON r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id \
             JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             WHERE m.school_id = $1 AND m.guardian_id = $2 AND m.about_kind = 'leave' AND m.from_kind = 'staff' \
             AND NOT EXISTS (SELECT 1 FROM message n WHERE n.school_id = m.school_id AND n.guardian_id = m.guardian_id \
                AND n.about_kind = m.about_kind AND n.about_id = m.about_id AND n.place > m.place) \
             AND NOT EXISTS (SELECT 1 FROM leave_request c LEFT JOIN guardian_pupil l ON l.school_id = c.school_id AND l.guardian_id = c.guardian_id AND l.pupil_id = c.pupil_id \
                WHERE c.school_id = s.school_id AND c.guardian_id = s.guardian_id AND c.submission_id = s.submission_id \
                AND (l.access IS NULL OR l.access = 'none' OR l.barred OR NOT l.reviewed)) \
             ORDER BY m.sent_at, s.reference, p.forename, p.pupil_id",
            self.id(),
            guardian.as_str()
        )?;
        let mut waiting: Vec<ForGuardian> = Vec::new();
        for (reference, forename, known_as, asks, _) in found.into_iter().filter(|(.., asks, read)| *asks || !read) {
            let reference = Reference::parse(&reference).ok_or(StoreError::Unreadable("message"))?;
            let child = known_as.unwrap_or(forename);
            match waiting.last_mut().filter(|last| last.reference == reference) {
                Some(last) => last.children.push(child),
                None => waiting.push(ForGuardian { reference, children: vec![child], asks }),
            }
        }
        Ok(waiting)
    }
}
