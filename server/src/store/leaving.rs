//! Taking what a family sends about leaving: submission, a row a child, journal line and mail in one transaction.

use app::rules::{
    conversation::Topic,
    form::Answers,
    id::{GuardianId, NoticeId, PupilId, SubmissionId},
    leaving::{Kind, State, has_left, may_give_notice},
    london,
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    FormSent, School, StoreError, address_secret,
    db::{row, rows, run},
    evidence, evidence_draft,
    form_draft::{Drafter, drop_draft},
    form_take::{self, Shown, put_submission, tie},
    journal::{self, Actor, Line},
    mail::{NewMail, put_mail},
    message::{self, NewMessage, Said},
    micros,
    submission::Channel,
    writer::Work,
};

/// What a family sends about leaving.
#[derive(Debug, Clone)]
pub struct NewNotice {
    /// Who sends it.
    pub guardian: GuardianId,
    /// The draft: it becomes the submission.
    pub submission: SubmissionId,
    /// What [`super::seen_all`] made of the answers that were shown.
    pub seen: String,
    /// The answers as they were shown.
    pub shown: Answers,
    /// Those of them that were asked: they are kept.
    pub answers: Answers,
    /// The version of the form that was shown.
    pub form_version: i64,
    /// The children.
    pub children: Vec<PupilId>,
    /// What it is.
    pub what: NoticeOrMeeting,
    /// When.
    pub at: DateTime<Utc>,
}

/// What it is.
#[derive(Debug, Clone)]
pub enum NoticeOrMeeting {
    /// A signed notice: the last day, and the name beneath.
    Notice(NaiveDate, String),
    /// A meeting is asked for: the first message.
    Meeting(NewMessage),
}

impl NoticeOrMeeting {
    fn kind(&self) -> Kind {
        match self {
            Self::Notice(..) => Kind::Notice,
            Self::Meeting(_) => Kind::Meeting,
        }
    }
}

impl School {
    /// Takes it. `mail` makes the receipt's mail from the reference: that something was received, no child's name and
    /// no place.
    ///
    /// # Errors
    /// Whatever it is, nothing was received.
    pub async fn send_notice(
        &self,
        new: NewNotice,
        mail: impl FnOnce(&Reference) -> NewMail + Send + 'static,
    ) -> Result<FormSent, StoreError> {
        let id = self.id().to_owned();
        self.writer().write(move |work| Box::pin(async move { take(work, &id, new, mail).await })).await
    }

    /// Takes a guardian's notice back, for all its children. `false`, and nothing is changed, where it is not theirs,
    /// does not stand any more, or one of the children has left already.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn withdraw_notice(
        &self,
        guardian: &GuardianId,
        reference: &Reference,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, guardian, reference) = (self.id().to_owned(), guardian.clone(), reference.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let Some(standing) = standing(work, &id, (&guardian, &reference), now).await? else {
                        return Ok(false);
                    };
                    let actor = Actor::Guardian(guardian.to_string());
                    for (notice, ..) in &standing {
                        move_to(work, &id, notice, State::Withdrawn, ("withdraw_notice", &actor, now)).await?;
                    }
                    Ok(true)
                })
            })
            .await
    }
}

async fn take(
    work: &mut Work,
    school: &str,
    mut new: NewNotice,
    mail: impl FnOnce(&Reference) -> NewMail + Send,
) -> Result<FormSent, StoreError> {
    address_secret::keep_off(work, school, new.guardian.as_str(), &mut new.answers).await?;
    let whose = Drafter::Guardian(new.guardian.clone());
    let shown = Shown {
        guardian: &new.guardian,
        submission: &new.submission,
        whose: &whose,
        seen: &new.seen,
        answers: &new.shown,
        channel: Channel::Web,
        at: new.at,
        received_at: new.at,
    };
    let draft = match form_take::open(work, school, &shown).await? {
        Ok(draft) => draft,
        Err(sent) => return Ok(sent),
    };
    for child in &new.children {
        let may = tie(work, school, &new.guardian, child)
            .await?
            .is_some_and(|tie| may_give_notice(tie.link, tie.lives_with, tie.responsibility));
        let left_on = row!(
            &mut *work,
            (Option<NaiveDate>,),
            "SELECT left_on FROM pupil WHERE school_id = $1 AND pupil_id = $2",
            school,
            child.as_str()
        )?;
        // Of a child who has left there is nothing to give notice of, whatever is still written in the tie.
        if !may || left_on.is_none_or(|(left_on,)| has_left(left_on, london::today(new.at))) {
            return Ok(FormSent::NotAllowed);
        }
    }
    let mut replaced = Vec::new();
    // Who asks to talk has not changed what they sent before.
    let earlier = draft.instead_of.as_ref().filter(|_| new.what.kind() == Kind::Notice);
    if let Some(earlier) = earlier {
        if !evidence_draft::fit(work, school, &draft).await? {
            return Ok(FormSent::TooManyFiles);
        }
        match standing(work, school, (&new.guardian, earlier), new.at).await? {
            Some(standing) => replaced = standing,
            None => return Ok(FormSent::CannotChange),
        }
    }
    let reference = put_submission(work, school, &shown).await?;
    put_form(work, school, &new).await?;
    let actor = Actor::Guardian(new.guardian.to_string());
    for (notice, ..) in &replaced {
        move_to(work, school, notice, State::Replaced, ("change_notice", &actor, new.at)).await?;
    }
    if let Some((.., earlier)) = replaced.first() {
        let later = new.submission.as_str();
        run!(
            &mut *work,
            "UPDATE leaving_form SET replaced_by = $4 WHERE school_id = $1 AND guardian_id = $2 AND submission_id = $3",
            school,
            new.guardian.as_str(),
            earlier.as_str(),
            later
        )?;
        // What was said and added goes along.
        message::follow(work, school, (Topic::Leaving, &new.guardian), earlier, later).await?;
        evidence::follow(work, school, &new.guardian, earlier, later, new.at).await?;
    }
    let last_day = match &new.what {
        NoticeOrMeeting::Notice(last_day, _) => *last_day,
        NoticeOrMeeting::Meeting(_) => london::today(new.at),
    };
    for child in &new.children {
        let notice = NoticeId::from_bytes(rand::random());
        run!(
            &mut *work,
            "INSERT INTO leaving_notice (school_id, notice_id, guardian_id, submission_id, pupil_id, last_day, state, state_at) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            school,
            notice.as_str(),
            new.guardian.as_str(),
            new.submission.as_str(),
            child.as_str(),
            last_day,
            State::Open.word(),
            micros(new.at)
        )?;
        // What the school has done for the child stays done.
        if let Some((earlier, ..)) = replaced.iter().find(|(_, pupil, _)| pupil == child.as_str()) {
            run!(
                &mut *work,
                "UPDATE leaving_line SET notice_id = $3 WHERE school_id = $1 AND notice_id = $2",
                school,
                earlier.as_str(),
                notice.as_str()
            )?;
        }
    }
    let files = (&new.guardian, &new.submission);
    evidence_draft::hand_over(work, school, files, (&actor, new.at)).await?;
    if let NoticeOrMeeting::Meeting(message) = &new.what
        && message::say(work, school, message.clone()).await? != Said::Kept
    {
        return Err(StoreError::Unreadable("message"));
    }
    drop_draft(work, school, &new.submission).await?;
    put_mail(work, school, mail(&reference), new.at).await?;
    write_line(work, school, &new, (last_day, draft.instead_of.is_some())).await?;
    Ok(FormSent::Received(reference))
}

async fn put_form(work: &mut Work, school: &str, new: &NewNotice) -> Result<(), StoreError> {
    let answers = serde_json::to_string(&new.answers).map_err(|_| StoreError::Unreadable("leaving_form"))?;
    let signed = match &new.what {
        NoticeOrMeeting::Notice(_, name) => Some((name.as_str(), micros(new.at))),
        NoticeOrMeeting::Meeting(_) => None,
    };
    run!(
        &mut *work,
        "INSERT INTO leaving_form (school_id, guardian_id, submission_id, kind, form_version, answers, signed_name, signed_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        school,
        new.guardian.as_str(),
        new.submission.as_str(),
        new.what.kind().word(),
        new.form_version,
        answers.as_str(),
        signed.map(|(name, _)| name),
        signed.map(|(_, at)| at)
    )?;
    Ok(())
}

/// Each child's notice, the child, and the submission, where a guardian can still change or take back what they
/// sent: all of it stands, they may write for every child, and none has left.
async fn standing(
    work: &mut Work,
    school: &str,
    (guardian, reference): (&GuardianId, &Reference),
    now: DateTime<Utc>,
) -> Result<Option<Vec<(String, String, String)>>, StoreError> {
    let found = rows!(
        &mut *work,
        (String, String, String, String, Option<NaiveDate>),
        "SELECT n.notice_id, n.pupil_id, n.submission_id, n.state, p.left_on FROM submission s \
         JOIN leaving_notice n ON n.school_id = s.school_id AND n.guardian_id = s.guardian_id AND n.submission_id = s.submission_id \
         JOIN pupil p ON p.school_id = n.school_id AND p.pupil_id = n.pupil_id \
         WHERE s.school_id = $1 AND s.guardian_id = $2 AND s.reference = $3 ORDER BY n.notice_id",
        school,
        guardian.as_str(),
        reference.as_str()
    )?;
    let today = london::today(now);
    let mut all = Vec::new();
    for (notice, pupil, submission, state, left_on) in found {
        let child = PupilId::parse(&pupil).ok_or(StoreError::Unreadable("pupil"))?;
        let writes = tie(work, school, guardian, &child).await?.is_some_and(|tie| tie.link.may_report());
        if State::parse(&state) != Some(State::Open) || has_left(left_on, today) || !writes {
            return Ok(None);
        }
        all.push((notice, pupil, submission));
    }
    Ok((!all.is_empty()).then_some(all))
}

async fn move_to(
    work: &mut Work,
    school: &str,
    notice: &str,
    state: State,
    (action, actor, at): (&'static str, &Actor, DateTime<Utc>),
) -> Result<(), StoreError> {
    run!(
        &mut *work,
        "UPDATE leaving_notice SET state = $3, state_at = $4 WHERE school_id = $1 AND notice_id = $2",
        school,
        notice,
        state.word(),
        micros(at)
    )?;
    let fields = [("state", Some(State::Open.word()), Some(state.word()))];
    journal::write(
        work,
        school,
        Line { at, actor, action, subject_kind: "notice", subject_id: notice, fields: &fields },
    )
    .await
}

async fn write_line(
    work: &mut Work,
    school: &str,
    new: &NewNotice,
    (last_day, changes): (NaiveDate, bool),
) -> Result<(), StoreError> {
    let children = new.children.iter().map(PupilId::as_str).collect::<Vec<_>>().join(" ");
    let answers = serde_json::to_string(&new.answers).map_err(|_| StoreError::Unreadable("leaving_form"))?;
    let (version, last_day) = (new.form_version.to_string(), last_day.to_string());
    let (action, name) = match &new.what {
        NoticeOrMeeting::Meeting(_) => ("ask_to_meet", None),
        NoticeOrMeeting::Notice(_, name) if changes => ("change_notice", Some(name.as_str())),
        NoticeOrMeeting::Notice(_, name) => ("give_notice", Some(name.as_str())),
    };
    let line = Line {
        at: new.at,
        actor: &Actor::Guardian(new.guardian.to_string()),
        action,
        subject_kind: "submission",
        subject_id: new.submission.as_str(),
        fields: &[
            ("children", None, Some(&children)),
            ("last_day", None, Some(&last_day)),
            ("form_version", None, Some(&version)),
            ("answers", None, Some(&answers)),
            ("signed_name", None, name),
        ],
    };
    journal::write(work, school, line).await
}
