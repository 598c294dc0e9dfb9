//! What the school has written about a guardian's details.

use app::rules::id::GuardianId;
use chrono::NaiveDate;

use super::{
    School, StoreError,
    db::{row, rows},
    details::details,
    message::may_read,
};

/// The guardian's links to every child in a request, and to one they may see at all: who looks may ask about their own
/// details, so looking is enough.
pub(super) const DETAILS_LINKS: &str = "SELECT CASE WHEN l.access = 'view' THEN 'full' ELSE COALESCE(l.access, 'none') END, COALESCE(l.barred, TRUE), \
     COALESCE(l.reviewed, FALSE) FROM details_line d \
     LEFT JOIN guardian_pupil l ON l.school_id = d.school_id AND l.guardian_id = d.guardian_id AND l.pupil_id = d.pupil_id \
     WHERE d.school_id = $1 AND d.guardian_id = $2 AND d.submission_id = $3 AND d.pupil_id <> '' \
     UNION SELECT 'full', o.barred, o.reviewed FROM guardian_pupil o WHERE o.school_id = $1 AND o.guardian_id = $2 AND NOT o.barred AND o.reviewed \
     AND o.access <> 'none' AND EXISTS (SELECT 1 FROM details_line e WHERE e.school_id = $1 AND e.guardian_id = $2 AND e.submission_id = $3)";

impl School {
    /// Whether something waits for a guardian that the school has written about their details, and whether it asks. Only
    /// what their page would show them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn details_wait_for_guardian(
        &self,
        guardian: &GuardianId,
        today: NaiveDate,
    ) -> Result<Option<bool>, StoreError> {
        let found = rows!(
            self.db(),
            (String, bool, bool),
            "SELECT m.about_id, EXISTS (SELECT 1 FROM message q WHERE q.school_id = m.school_id AND q.guardian_id = m.guardian_id \
                AND q.about_kind = m.about_kind AND q.about_id = m.about_id AND q.asks \
                AND NOT EXISTS (SELECT 1 FROM message a WHERE a.school_id = q.school_id AND a.guardian_id = q.guardian_id \
                   AND a.about_kind = q.about_kind AND a.about_id = q.about_id AND a.from_kind = 'guardian' AND a.place > q.place)), m.read_at IS NOT NULL \
             FROM message m WHERE m.school_id = $1 AND m.guardian_id = $2 AND m.about_kind = 'details' AND m.from_kind = 'staff' \
             AND NOT EXISTS (SELECT 1 FROM message n WHERE n.school_id = m.school_id AND n.guardian_id = m.guardian_id \
                AND n.about_kind = m.about_kind AND n.about_id = m.about_id AND n.place > m.place)",
            self.id(),
            guardian.as_str()
        )?;
        let waits: Vec<(String, bool)> =
            found.into_iter().filter(|(_, asks, read)| *asks || !read).map(|(about, asks, _)| (about, asks)).collect();
        if waits.is_empty() {
            return Ok(None);
        }
        let details = details!(self.db(), self.id(), guardian, today)?;
        let Some((_, latest)) = details.and_then(|details| details.latest) else { return Ok(None) };
        let Some((id, asks)) = waits.into_iter().find(|(about, _)| *about == latest) else { return Ok(None) };
        let links = rows!(self.db(), (String, bool, bool), DETAILS_LINKS, self.id(), guardian.as_str(), id.as_str())?;
        Ok(may_read(&links).then_some(asks))
    }
}
