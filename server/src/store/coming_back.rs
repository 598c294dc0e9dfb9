//! When it last happened, told after the report was sent.

use app::rules::{absence::Details, id::GuardianId, reference::Reference};
use chrono::{DateTime, NaiveDateTime, Utc};

use super::{
    School, StoreError,
    db::{row, run},
    journal::{self, Actor, Line},
};

impl School {
    /// Keeps with a guardian's own submission the moment, in London, that the time to stay away
    /// counts from. `false` if there is no such submission.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn count_from(
        &self,
        guardian: &GuardianId,
        reference: &Reference,
        moment: NaiveDateTime,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, guardian, reference) = (self.id().to_owned(), guardian.clone(), reference.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let found = row!(
                        &mut *work,
                        (String, String),
                        "SELECT s.submission_id, r.details FROM submission s \
                         JOIN report r ON r.school_id = s.school_id AND r.guardian_id = s.guardian_id AND r.submission_id = s.submission_id \
                         WHERE s.school_id = $1 AND s.guardian_id = $2 AND s.reference = $3 LIMIT 1",
                        id.as_str(),
                        guardian.as_str(),
                        reference.as_str()
                    )?;
                    let Some((submission, before)) = found else { return Ok(false) };
                    let unreadable = || StoreError::Unreadable("report");
                    let details: Details = serde_json::from_str(&before).map_err(|_| unreadable())?;
                    let details = Details { counted: Some(moment), ..details };
                    let after = serde_json::to_string(&details).map_err(|_| unreadable())?;
                    run!(
                        &mut *work,
                        "UPDATE report SET details = $4 WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
                        id.as_str(),
                        guardian.as_str(),
                        submission.as_str(),
                        after.as_str()
                    )?;
                    let actor = Actor::Guardian(guardian.to_string());
                    let line = Line {
                        at: now,
                        actor: &actor,
                        action: "count_from",
                        subject_kind: "submission",
                        subject_id: &submission,
                        fields: &[("details", Some(&before), Some(&after))],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(true)
                })
            })
            .await
    }
}
