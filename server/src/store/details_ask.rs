//! Asking for changes, and taking back what was asked for. The guardian's own row is not touched here.

use std::collections::BTreeMap;

use app::rules::{
    conversation::Topic,
    details::{Field, Move, Wanted},
    form::YES,
    id::{GuardianId, PupilId, SubmissionId},
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Channel, School, StoreError, address_secret,
    conversation::REACH,
    db::{row, rows, run},
    details::{Details, DetailsLine, details},
    details_check::looked,
    details_talk::DETAILS_LINKS,
    form_take,
    journal::{self, Actor, Line},
    mail::{NewMail, put_mail},
    message::{follow, may_read, reached},
    micros,
    submission::SubmissionRow,
    writer::Work,
};

/// What a guardian asks for.
#[derive(Debug, Clone)]
pub struct NewDetails {
    /// Who.
    pub guardian: GuardianId,
    /// Made with the form; a retry carries the same.
    pub submission: SubmissionId,
    /// Of what was sent, so that a retry and a second thought can be told apart.
    pub digest: String,
    /// [`Details::seen`] of the form.
    pub seen: String,
    /// The changes, of fields that were offered.
    pub wanted: Vec<Wanted>,
    /// The school year in which they count as having looked.
    pub year: i32,
    /// When.
    pub at: DateTime<Utc>,
    /// London's day then.
    pub today: NaiveDate,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DetailsAsked {
    /// Kept, durably.
    Received(Reference),
    /// The very same had been kept before.
    Again(Reference),
    /// Something else had been sent with this form before.
    Differs,
    /// What the form was drawn from has changed meanwhile.
    Changed,
    /// There is no child any more whom they may see, or a field was never theirs.
    NotAllowed,
}

impl School {
    /// Keeps what a guardian asks for; whatever they had asked for before and nobody has decided gives way to it. `mail`
    /// goes to the address that the school holds, which is the old one where a new one is asked for.
    ///
    /// # Errors
    /// Whatever it is, nothing was kept.
    pub async fn ask_details(
        &self,
        new: NewDetails,
        mail: impl FnOnce(&Reference) -> NewMail + Send + 'static,
    ) -> Result<DetailsAsked, StoreError> {
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { take(work, &id, new, mail).await })).await
    }

    /// Takes back whatever this guardian has asked for and nobody has decided, but for a secret address: the office is
    /// to ring, and only it ends that. Whether there was anything.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn withdraw_details(
        &self,
        guardian: &GuardianId,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<bool, StoreError> {
        let (id, guardian) = (self.id().to_owned(), guardian.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let Some(details) = details!(&mut *work, id.as_str(), &guardian, today)? else { return Ok(false) };
                    let open: Vec<&DetailsLine> =
                        details.lines.iter().filter(|line| details.can_give_way(line)).collect();
                    for line in &open {
                        put_state(work, &id, &guardian, line, (Move::Withdraw, now)).await?;
                    }
                    let Some(first) = open.first() else { return Ok(false) };
                    let fields = open.iter().map(|line| line.of.name()).collect::<Vec<_>>().join(" ");
                    let actor = Actor::Guardian(guardian.to_string());
                    let line = Line {
                        at: now,
                        actor: &actor,
                        action: "withdraw_details",
                        subject_kind: "submission",
                        subject_id: &first.submission,
                        fields: &[("fields", Some(&fields), None)],
                    };
                    journal::write(work, &id, line).await?;
                    Ok(true)
                })
            })
            .await
    }
}

async fn take(
    work: &mut Work,
    school: &str,
    mut new: NewDetails,
    mail: impl FnOnce(&Reference) -> NewMail + Send,
) -> Result<DetailsAsked, StoreError> {
    let earlier = row!(
        &mut *work,
        (String, String),
        "SELECT reference, digest FROM submission WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
        school,
        new.guardian.as_str(),
        new.submission.as_str()
    )?;
    // Asked here, inside the transaction: a bar set a moment ago holds.
    let Some(details) = details!(&mut *work, school, &new.guardian, new.today)? else {
        return Ok(DetailsAsked::NotAllowed);
    };
    if let Some((reference, digest)) = earlier {
        let reference = Reference::parse(&reference).ok_or(StoreError::Unreadable("submission"))?;
        return Ok(if digest == new.digest { DetailsAsked::Again(reference) } else { DetailsAsked::Differs });
    }
    if details.seen() != new.seen {
        return Ok(DetailsAsked::Changed);
    }
    let offer = details.offer();
    if new.wanted.is_empty() || new.wanted.iter().any(|wanted| offer.field(&wanted.of).is_none()) {
        return Ok(DetailsAsked::NotAllowed);
    }
    let secret = new.wanted.iter().any(|one| one.of.field == Field::Secret && one.value.as_deref() == Some(YES));
    // No page of ours sends both; whatever comes, no address is written, not even as a hash.
    new.wanted.retain(|one| !(secret && one.of.field == Field::Address));
    let row = SubmissionRow {
        guardian: &new.guardian,
        submission: &new.submission,
        digest: &new.digest,
        channel: Channel::Web,
        received_at: new.at,
    };
    let reference = row.put(work, school).await?;
    give_way(work, school, &details, &new).await?;
    for wanted in &new.wanted {
        let with = wanted.with.iter().map(PupilId::as_str).collect::<Vec<_>>().join(" ");
        run!(
            &mut *work,
            "INSERT INTO details_line (school_id, guardian_id, submission_id, pupil_id, field, held, wanted, from_day, with_pupils, state, state_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'asked', $10)",
            school,
            new.guardian.as_str(),
            new.submission.as_str(),
            wanted.of.pupil.as_ref().map_or("", PupilId::as_str),
            wanted.of.field.word(),
            details.held(&wanted.of),
            wanted.value.as_deref(),
            wanted.from,
            with.as_str(),
            micros(new.at)
        )?;
    }
    if secret {
        // At once, and not when somebody has agreed: until then letters, lists and files would go on telling it.
        let actor = Actor::Guardian(new.guardian.to_string());
        address_secret::keep(work, school, &new.guardian, true, (&actor, new.at)).await?;
    }
    looked(work, school, &new.guardian, (new.year, false), new.at).await?;
    let found = row!(&mut *work, (Option<String>, i64, i64), REACH, school, new.guardian.as_str())?;
    if let Some(to) = found.and_then(reached) {
        put_mail(work, school, NewMail { to: Some(to), ..mail(&reference) }, new.at).await?;
    }
    write_line(work, school, &new).await?;
    Ok(DetailsAsked::Received(reference))
}

/// Takes every address out of what a guardian ever asked for: nothing of where they live is kept from now on. What was
/// still open about it is over, so that nobody keys in that there is none.
pub(super) async fn forget_addresses(work: &mut Work, school: &str, guardian: &str) -> Result<(), StoreError> {
    let requests = rows!(
        &mut *work,
        (String,),
        "SELECT DISTINCT submission_id FROM details_line WHERE school_id = $1 AND guardian_id = $2 AND field = 'address'",
        school,
        guardian
    )?;
    for (submission,) in requests {
        form_take::forget_content(work, school, guardian, &submission).await?;
    }
    run!(
        &mut *work,
        "UPDATE details_line SET held = NULL, wanted = NULL, from_day = NULL, with_pupils = '', \
         state = CASE WHEN state IN ('asked', 'accepted', 'keyed') THEN 'replaced' ELSE state END \
         WHERE school_id = $1 AND guardian_id = $2 AND field = 'address'",
        school,
        guardian
    )?;
    Ok(())
}

/// Ends what a guardian said of a secret address: the school has lifted it.
pub(super) async fn end_secret(
    work: &mut Work,
    school: &str,
    guardian: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    run!(
        &mut *work,
        "UPDATE details_line SET state = 'replaced', state_at = $3 \
         WHERE school_id = $1 AND guardian_id = $2 AND field = 'secret' AND state IN ('asked', 'accepted', 'keyed')",
        school,
        guardian,
        micros(at)
    )?;
    Ok(())
}

/// What was asked for before and is not decided gives way; so does what was agreed for a field that is asked for anew, when
/// that is agreed. What was said goes along from the last request, whatever became of that; but not to somebody who may no
/// longer read it there.
async fn give_way(work: &mut Work, school: &str, details: &Details, new: &NewDetails) -> Result<(), StoreError> {
    for line in details.lines.iter().filter(|line| details.can_give_way(line)) {
        put_state(work, school, &new.guardian, line, (Move::Replace, new.at)).await?;
    }
    let Some((_, earlier)) = &details.latest else { return Ok(()) };
    let links =
        rows!(&mut *work, (String, bool, bool), DETAILS_LINKS, school, new.guardian.as_str(), earlier.as_str())?;
    if may_read(&links) {
        follow(work, school, (Topic::Details, &new.guardian), earlier, new.submission.as_str()).await?;
    }
    Ok(())
}

/// Moves one line; where somebody else has moved it meanwhile nothing happens.
pub(super) async fn put_state(
    work: &mut Work,
    school: &str,
    guardian: &GuardianId,
    line: &DetailsLine,
    (step, at): (Move, DateTime<Utc>),
) -> Result<bool, StoreError> {
    let Ok(state) = line.state.after(step) else { return Ok(false) };
    let moved = run!(
        &mut *work,
        "UPDATE details_line SET state = $6, state_at = $7 WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3 AND pupil_id = $4 \
         AND field = $5 AND state = $8",
        school,
        guardian.as_str(),
        line.submission.as_str(),
        line.of.pupil.as_ref().map_or("", PupilId::as_str),
        line.of.field.word(),
        state.word(),
        micros(at),
        line.state.word()
    )?;
    Ok(moved == 1)
}

/// A line of the journal, each field once: of several children the values stand together.
async fn write_line(work: &mut Work, school: &str, new: &NewDetails) -> Result<(), StoreError> {
    let mut by_field: BTreeMap<Field, (String, String)> = BTreeMap::new();
    for wanted in &new.wanted {
        let whose = wanted.of.pupil.as_ref().map_or("", PupilId::as_str);
        let (was, is) = by_field.entry(wanted.of.field).or_default();
        was.push_str(&format!("{whose}:{}\n", wanted.held.as_deref().unwrap_or_default()));
        is.push_str(&format!("{whose}:{}\n", wanted.value.as_deref().unwrap_or_default()));
    }
    let fields: Vec<_> =
        by_field.iter().map(|(field, (was, is))| (field.word(), Some(was.as_str()), Some(is.as_str()))).collect();
    let actor = Actor::Guardian(new.guardian.to_string());
    let line = Line {
        at: new.at,
        actor: &actor,
        action: "ask_details",
        subject_kind: "submission",
        subject_id: new.submission.as_str(),
        fields: &fields,
    };
    journal::write(work, school, line).await
}
