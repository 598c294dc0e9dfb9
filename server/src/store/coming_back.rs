//! When it last happened, told after the report was sent.

use app::rules::{
    absence::{CheckedReport, Details},
    conversation::Topic,
    id::GuardianId,
    reference::Reference,
};
use chrono::{DateTime, NaiveDateTime, Utc};

use super::{
    School, StoreError,
    conversation::{About, links},
    db::{row, rows, run},
    journal::{self, Actor, Line},
    message::may_write,
    writer::Work,
};

/// The answers of a report that takes an earlier one's place, with the moment that was told on the
/// earlier one's receipt, if what is said of the illness is the same.
pub(super) async fn follow(
    work: &mut Work,
    school: &str,
    guardian: &GuardianId,
    earlier: &str,
    new: &CheckedReport,
) -> Result<Details, StoreError> {
    let found = row!(
        &mut *work,
        (String, String),
        "SELECT reason, details FROM report WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3 LIMIT 1",
        school,
        guardian.as_str(),
        earlier
    )?;
    let (reason, before) = found.ok_or(StoreError::Unreadable("report"))?;
    let before: Details = serde_json::from_str(&before).map_err(|_| StoreError::Unreadable("report"))?;
    let ill = |details: &Details| (details.illness.clone(), details.since, details.last);
    let same = reason == new.reason && ill(&before) == ill(&new.details);
    Ok(Details { counted: before.counted.filter(|_| same), ..new.details.clone() })
}

impl School {
    /// Keeps with a guardian's own submission the moment, in London, that the time to stay away
    /// counts from. `false`, and nothing is changed, if no such submission stands, or there is a child
    /// in it whom they may not write for: the answers speak of all.
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
                         WHERE s.school_id = $1 AND s.guardian_id = $2 AND s.reference = $3 AND r.withdrawn_at IS NULL AND r.replaced_by IS NULL LIMIT 1",
                        id.as_str(),
                        guardian.as_str(),
                        reference.as_str()
                    )?;
                    let Some((submission, before)) = found else { return Ok(false) };
                    // Asked here, inside the transaction: a bar set a moment ago holds.
                    let about = About { topic: Topic::Submission, id: submission.clone(), guardian: guardian.clone() };
                    let links = links!(&mut *work, id.as_str(), about)?;
                    if !may_write(&links) {
                        return Ok(false);
                    }
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
