//! What was agreed and has to be keyed into the MIS: the list, its ticks, and the roster's file that brings it.

use app::rules::{
    access::{Act, may},
    details::{Field, Move, Of, State, arrived, is_change},
    form::{NO, YES},
    id::{GuardianId, PupilId, StaffId},
    london,
    reference::Reference,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, rows, run},
    details::DetailsLine,
    details_ask::put_state,
    journal::{self, Actor, Line},
    leave_decide::roles_in,
    micros,
    roster::full_name,
    writer::Work,
};

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DetailsToKey {
    /// Whose details.
    pub guardian_id: GuardianId,
    /// Their name, as the roster has it.
    pub guardian: String,
    /// Their number in the MIS.
    pub mis_id: Option<String>,
    /// The child it is about, as registers list it, with the class and the number in the MIS.
    pub child: Option<(String, String, String)>,
    /// What was agreed.
    pub line: DetailsLine,
    /// What the roster says now.
    pub now: Option<String>,
    /// When it was agreed.
    pub decided_at: Option<DateTime<Utc>>,
    /// By whom and when it was keyed in.
    pub keyed: Option<(String, DateTime<Utc>)>,
}

impl DetailsToKey {
    /// Names the line in forms, with what was agreed: a tick counts for what was on the page.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{} {} {}", self.guardian_id, self.line.submission, self.line.of.name())
    }

    /// Whether the roster says something else by now than on the day it was asked for.
    #[must_use]
    pub fn has_moved(&self) -> bool {
        self.line.of.field.is_brought() && is_change(self.line.of.field, self.line.held.as_deref(), self.now.as_deref())
    }
}

columns! {
    struct Row {
        guardian_id: String,
        submission_id: String,
        pupil_id: String,
        field: String,
        held: Option<String>,
        wanted: Option<String>,
        from_day: Option<NaiveDate>,
        with_pupils: String,
        state: String,
        state_at: DateTime<Utc>,
        reference: String,
        received_at: DateTime<Utc>,
        decided_at: Option<DateTime<Utc>>,
        keyed_at: Option<DateTime<Utc>>,
        keyed_by: Option<String>,
        title: Option<String>,
        forename: String,
        surname: String,
        mis_id: Option<String>,
        email: Option<String>,
        mobile: Option<String>,
        home_phone: Option<String>,
        work_phone: Option<String>,
        address: Option<String>,
        language: Option<String>,
        interpreter: Option<bool>,
        relationship: Option<String>,
        priority: Option<i64>,
        parental_responsibility: Option<bool>,
        lives_with: Option<bool>,
        flags_said: Option<bool>,
        child_forename: Option<String>,
        child_surname: Option<String>,
        known_as: Option<String>,
        child_mis_id: Option<String>,
        class: Option<String>,
    }
}

/// Lines in one state, with what the roster says now.
const IN_STATE: &str = "SELECT d.guardian_id, d.submission_id, d.pupil_id, d.field, d.held, d.wanted, d.from_day, d.with_pupils, d.state, d.state_at, \
     s.reference, s.received_at, d.decided_at, d.keyed_at, t.name AS keyed_by, g.title, g.forename, g.surname, g.mis_id, g.email, g.mobile, \
     g.home_phone, g.work_phone, g.address, g.language, g.interpreter, l.relationship, l.priority, l.parental_responsibility, l.lives_with, l.flags_said, \
     p.forename AS child_forename, p.surname AS child_surname, p.known_as, p.mis_id AS child_mis_id, c.name AS class \
     FROM details_line d \
     JOIN submission s ON s.school_id = d.school_id AND s.guardian_id = d.guardian_id AND s.submission_id = d.submission_id \
     JOIN guardian g ON g.school_id = d.school_id AND g.guardian_id = d.guardian_id \
     LEFT JOIN guardian_pupil l ON l.school_id = d.school_id AND l.guardian_id = d.guardian_id AND l.pupil_id = d.pupil_id \
     LEFT JOIN pupil p ON p.school_id = d.school_id AND p.pupil_id = d.pupil_id \
     LEFT JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
     LEFT JOIN staff t ON t.school_id = d.school_id AND t.staff_id = d.keyed_by \
     WHERE d.school_id = $1 AND d.state = $2 ORDER BY d.state_at, d.guardian_id, d.submission_id, d.pupil_id, d.field";

impl Row {
    /// What the roster says now of this line's field.
    fn now(&self, field: Field) -> Option<String> {
        let yes_no = |yes: bool| if yes { YES } else { NO }.to_owned();
        // A file that never said either has not brought a "no".
        let said = self.flags_said == Some(true);
        let value = match field {
            Field::Title => self.title.clone(),
            Field::Forename => Some(self.forename.clone()),
            Field::Surname => Some(self.surname.clone()),
            Field::Email => self.email.clone(),
            Field::Mobile => self.mobile.clone(),
            Field::HomePhone => self.home_phone.clone(),
            Field::WorkPhone => self.work_phone.clone(),
            Field::Address => self.address.clone(),
            Field::Language => self.language.clone(),
            Field::Interpreter => self.interpreter.map(yes_no),
            Field::Relationship => self.relationship.clone(),
            Field::LivesWith => self.lives_with.filter(|_| said).map(yes_no),
            Field::Responsibility => self.parental_responsibility.filter(|_| said).map(yes_no),
            Field::Priority => self.priority.map(|priority| priority.to_string()),
            Field::KnownAs => self.known_as.clone(),
            Field::Secret | Field::Needs | Field::Collect | Field::CourtOrder | Field::Somebody => None,
        };
        value.filter(|value| !value.is_empty())
    }

    fn into_line(self) -> Result<DetailsToKey, StoreError> {
        let odd = || StoreError::Unreadable("details_line");
        let field = Field::parse(&self.field).ok_or_else(odd)?;
        let pupil = match self.pupil_id.as_str() {
            "" => None,
            id => Some(PupilId::parse(id).ok_or_else(odd)?),
        };
        let now = self.now(field);
        let child = self.child_forename.map(|forename| {
            let called = self.known_as.as_deref().unwrap_or(&forename);
            let name = super::board::list_name(called, self.child_surname.as_deref().unwrap_or_default());
            (name, self.class.unwrap_or_default(), self.child_mis_id.unwrap_or_default())
        });
        Ok(DetailsToKey {
            guardian_id: GuardianId::parse(&self.guardian_id).ok_or_else(odd)?,
            guardian: full_name(&self.forename, &self.surname),
            mis_id: self.mis_id,
            child,
            now,
            decided_at: self.decided_at,
            keyed: self.keyed_at.map(|at| (self.keyed_by.unwrap_or_default(), at)),
            line: DetailsLine {
                of: Of { pupil, field },
                held: self.held,
                wanted: self.wanted,
                from: self.from_day,
                with: self.with_pupils.split_ascii_whitespace().filter_map(PupilId::parse).collect(),
                state: State::parse(&self.state).ok_or_else(odd)?,
                state_at: self.state_at,
                reference: Reference::parse(&self.reference).ok_or_else(odd)?,
                submission: self.submission_id,
                asked_at: self.received_at,
            },
        })
    }
}

impl School {
    /// What was agreed and is to be keyed in, and what is keyed in and has not come with the roster; what the roster
    /// never brings leaves the list when it is keyed in.
    ///
    /// # Errors
    /// What the database says.
    pub async fn details_to_key(&self) -> Result<Vec<DetailsToKey>, StoreError> {
        let mut all = Vec::new();
        for state in [State::Accepted, State::Keyed] {
            let found = rows!(self.db(), Row, IN_STATE, self.id(), state.word())?;
            for row in found {
                let line = row.into_line()?;
                if state == State::Accepted || line.line.of.field.is_brought() {
                    all.push(line);
                }
            }
        }
        Ok(all)
    }

    /// Ticks lines off, or takes ticks back, by their names. A line that has moved meanwhile stays as it is. How many
    /// were ticked or taken back; `None` where whoever it is may not.
    ///
    /// # Errors
    /// What the database says; nothing is changed then.
    pub async fn key_details(
        &self,
        ticked: Vec<String>,
        taken_back: Vec<String>,
        staff: &StaffId,
        now: DateTime<Utc>,
    ) -> Result<Option<u64>, StoreError> {
        let (id, staff) = (self.id().to_owned(), staff.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    // Asked here, inside the transaction: a role that was taken a moment ago counts no more.
                    if !may(&roles_in(work, &id, &staff, london::today(now)).await?, Act::KeepDetails) {
                        return Ok(None);
                    }
                    let (mut moved, mut named) = (0, String::new());
                    for (state, names, step) in
                        [(State::Accepted, &ticked, Move::Key), (State::Keyed, &taken_back, Move::Unkey)]
                    {
                        let found = rows!(&mut *work, Row, IN_STATE, id.as_str(), state.word())?;
                        for row in found {
                            let line = row.into_line()?;
                            let name = line.name();
                            if !names.contains(&name) || !put_state(work, &id, &line.guardian_id, &line.line, (step, now)).await? {
                                continue;
                            }
                            let by = (step == Move::Key).then_some((staff.as_str(), micros(now)));
                            run!(
                                &mut *work,
                                "UPDATE details_line SET keyed_by = $6, keyed_at = $7 WHERE school_id = $1 AND guardian_id = $2 \
                                 AND submission_id = $3 AND pupil_id = $4 AND field = $5",
                                id.as_str(),
                                line.guardian_id.as_str(),
                                line.line.submission.as_str(),
                                line.line.of.pupil.as_ref().map_or("", PupilId::as_str),
                                line.line.of.field.word(),
                                by.map(|(by, _)| by),
                                by.map(|(_, at)| at)
                            )?;
                            moved += 1;
                            named.push_str(&format!("{name}: {step:?}\n"));
                        }
                    }
                    if moved > 0 {
                        let actor = Actor::Staff(staff.to_string());
                        let line = Line {
                            at: now,
                            actor: &actor,
                            action: "key_details",
                            subject_kind: "school",
                            subject_id: &id,
                            fields: &[("lines", None, Some(&named))],
                        };
                        journal::write(work, &id, line).await?;
                    }
                    Ok(Some(moved))
                })
            })
            .await
    }
}

/// Closes what a file has just brought, within the transaction that brought it in. What it did not bring, or brought in its
/// old form again, stays as it was: an import never loses what was agreed.
pub(super) async fn recognise(
    work: &mut Work,
    school: &str,
    actor: &Actor,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    for state in [State::Asked, State::Accepted, State::Keyed] {
        let found = rows!(&mut *work, Row, IN_STATE, school, state.word())?;
        for row in found {
            let to_key = row.into_line()?;
            let line = &to_key.line;
            let came = |line: &DetailsLine| {
                arrived(line.of.field, line.held.as_deref(), line.wanted.as_deref(), to_key.now.as_deref())
            };
            if !line.of.field.is_brought()
                || !came(line)
                || !put_state(work, school, &to_key.guardian_id, line, (Move::Arrive, at)).await?
            {
                continue;
            }
            let name = line.of.name();
            let entry = Line {
                at,
                actor,
                action: "details_arrived",
                subject_kind: "submission",
                subject_id: &line.submission,
                fields: &[("field", None, Some(&name))],
            };
            journal::write(work, school, entry).await?;
        }
    }
    Ok(())
}
