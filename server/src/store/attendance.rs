//! What a child's attendance page needs besides the marks.

use app::rules::id::PupilId;
use chrono::NaiveDate;

use super::{School, StoreError, db::row};

impl School {
    /// The first and the last day on which a child has a mark.
    ///
    /// # Errors
    /// What the database says.
    pub async fn marked(&self, pupil: &PupilId) -> Result<Option<(NaiveDate, NaiveDate)>, StoreError> {
        let found = row!(
            self.db(),
            (Option<NaiveDate>, Option<NaiveDate>),
            "SELECT (SELECT MIN(m.day) FROM mark m WHERE m.school_id = $1 AND m.pupil_id = $2), \
             (SELECT MAX(m.day) FROM mark m WHERE m.school_id = $1 AND m.pupil_id = $2)",
            self.id(),
            pupil.as_str()
        )?;
        Ok(found.and_then(|(first, last)| Some((first?, last?))))
    }
}
