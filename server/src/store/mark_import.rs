//! Bringing marks in: what is stored of the children in a file is read, a plan that was shown is made once
//! more and carried out in one transaction, or not at all.

use app::rules::{
    calendar::Calendar,
    id::{ImportId, PupilId},
    mark::Mark,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, insert, rows},
    file_import::{self, Applied, FileKind, HandedIn},
    journal::{self, Actor, Line},
    mark::{WholeColumns, change, whole},
    micros,
    writer::Work,
};
use crate::import::{
    self, Marks,
    marks::plan::{Plan, Source, Step, Stored, StoredPupil, Tally, matched, plan},
};

columns! {
    struct PupilColumns {
        pupil_id: String,
        upn: String,
        mis_id: String,
        forename: String,
        surname: String,
        known_as: Option<String>,
        year: i64,
        born: NaiveDate,
        admitted: NaiveDate,
        left_on: Option<NaiveDate>,
    }
}

/// The children, and the stored marks of those a file speaks of, on a pool or within a transaction.
macro_rules! held {
    ($on:expr, $school:expr, $marks:expr) => {{
        let pupils = rows!(
            $on,
            PupilColumns,
            "SELECT p.pupil_id, p.upn, p.mis_id, p.forename, p.surname, p.known_as, c.year, p.born, p.admitted, p.left_on \
             FROM pupil p JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE p.school_id = $1 ORDER BY p.pupil_id",
            $school
        )?;
        let mut stored = Stored { pupils: pupils.into_iter().map(pupil).collect(), ..Stored::default() };
        let days = $marks.given.iter().map(|given| given.at.date);
        if let (Some(first), Some(last)) = (days.clone().min(), days.max()) {
            let mut places: Vec<usize> = matched($marks, &stored.pupils).into_iter().filter_map(Result::ok).collect();
            places.sort_unstable();
            places.dedup();
            for place in places {
                let found = rows!(
                    $on,
                    WholeColumns,
                    "SELECT day, session, code, withdrawn, minutes_late, note, source FROM mark \
                     WHERE school_id = $1 AND pupil_id = $2 AND day BETWEEN $3 AND $4",
                    $school,
                    stored.pupils[place].pupil_id.as_str(),
                    first,
                    last
                )?;
                for row in found {
                    let (at, mark) = whole(row)?;
                    stored.marks.insert((place, at), mark);
                }
            }
        }
        stored
    }};
}

fn pupil(row: PupilColumns) -> StoredPupil {
    let name = format!("{} {}", row.known_as.unwrap_or(row.forename), row.surname).trim().to_owned();
    StoredPupil {
        pupil_id: row.pupil_id,
        upn: row.upn,
        mis_id: row.mis_id,
        name,
        year: row.year,
        born: row.born,
        admitted: row.admitted,
        left_on: row.left_on,
    }
}

/// Which marks a file holds, and what to hold them against.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// The school's calendar.
    pub calendar: &'a Calendar,
    /// Whether they are from the school before.
    pub previous_school: bool,
    /// London's day.
    pub today: NaiveDate,
}

impl Against<'_> {
    fn source(self) -> Source {
        if self.previous_school { Source::PreviousSchool } else { Source::Import }
    }
}

impl School {
    /// What a file would change now, and what stands for exactly this.
    ///
    /// # Errors
    /// What the database says.
    pub async fn plan_marks(&self, marks: Marks, against: Against<'_>) -> Result<(Plan, Stored), StoreError> {
        let stored = held!(self.db(), self.id(), &marks);
        let plan = plan(marks, &stored, against.calendar, against.source(), against.today);
        Ok((plan, stored))
    }

    /// Carries out what was shown of a waiting file: `shown` is the digest of that plan.
    ///
    /// # Errors
    /// What the database says; then nothing is changed.
    pub async fn apply_marks(
        &self,
        import: &ImportId,
        shown: String,
        calendar: Calendar,
        actor: Actor,
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<Applied<Plan, Tally>, StoreError> {
        let found = self.handed_in(FileKind::Marks, import).await?;
        let Some(HandedIn { file: Some(file), previous_school, .. }) = found else { return Ok(Applied::Gone) };
        // Read outside the transaction: families' reports wait behind it.
        let Ok(marks) =
            tokio::task::spawn_blocking(move || import::read_marks(&file)).await.map_err(|_| StoreError::Stopped)?
        else {
            return Ok(Applied::Gone);
        };
        let (id, import) = (self.id().to_owned(), import.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    if !file_import::waits(work, &id, &import).await? {
                        return Ok(Applied::Gone);
                    }
                    let stored = held!(&mut *work, id.as_str(), &marks);
                    let against = Against { calendar: &calendar, previous_school, today };
                    let plan = plan(marks, &stored, against.calendar, against.source(), today);
                    if plan.digest(&stored) != shown {
                        return Ok(Applied::Changed(Box::new(plan)));
                    }
                    carry_out(work, &id, (&plan, &stored), (&actor, now), &import).await?;
                    let tally = plan.tally();
                    file_import::finish(work, &id, &import, &tally, now).await?;
                    Ok(Applied::Done(Box::new(tally)))
                })
            })
            .await
    }

    /// Brings marks in at once, for the command line.
    ///
    /// # Errors
    /// What the database says; then nothing is changed.
    pub async fn import_marks(
        &self,
        marks: Marks,
        sha256: String,
        against: Against<'_>,
        now: DateTime<Utc>,
    ) -> Result<Tally, StoreError> {
        let (id, calendar) = (self.id().to_owned(), against.calendar.clone());
        let (source, today) = (against.source(), against.today);
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let stored = held!(&mut *work, id.as_str(), &marks);
                    let plan = plan(marks, &stored, &calendar, source, today);
                    let import = ImportId::from_bytes(rand::random());
                    let actor = Actor::System("command line");
                    let tally = plan.tally();
                    let previous = source == Source::PreviousSchool;
                    file_import::at_once(work, &id, (&import, FileKind::Marks, previous), &sha256, &tally, now).await?;
                    carry_out(work, &id, (&plan, &stored), (&actor, now), &import).await?;
                    Ok(tally)
                })
            })
            .await
    }

    /// Lays marks into a school that has none of these: the demo's. One line of the journal says how many.
    ///
    /// # Errors
    /// What the database says; then nothing is kept.
    pub async fn seed_marks(&self, marks: Vec<(PupilId, Mark)>, now: DateTime<Utc>) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let at = micros(now);
                    insert!(
                        &mut *work,
                        "INSERT INTO mark (school_id, pupil_id, day, session, code, minutes_late, source, changed_at)",
                        &marks,
                        |mark| [
                            id.as_str(),
                            mark.0.as_str(),
                            mark.1.date,
                            mark.1.session.letters(),
                            mark.1.code.letters(),
                            mark.1.minutes_late,
                            Source::Import.word(),
                            at
                        ]
                    )?;
                    let count = marks.len().to_string();
                    let actor = Actor::System("founding");
                    let fields = [("marks", None, Some(count.as_str()))];
                    let line = Line {
                        at: now,
                        actor: &actor,
                        action: "seed_marks",
                        subject_kind: "school",
                        subject_id: &id,
                        fields: &fields,
                    };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }
}

/// Writes what a plan says and one line about the whole.
async fn carry_out(
    work: &mut Work,
    school: &str,
    (plan, stored): (&Plan, &Stored),
    (actor, now): (&Actor, DateTime<Utc>),
    import: &ImportId,
) -> Result<(), StoreError> {
    let at = micros(now);
    let (new, changed): (Vec<&Step>, Vec<&Step>) = plan.steps.iter().partition(|step| step.was.is_none());
    let id_of = |step: &Step| stored.pupils.get(step.pupil).map_or("", |pupil| pupil.pupil_id.as_str());
    insert!(
        &mut *work,
        "INSERT INTO mark (school_id, pupil_id, day, session, code, withdrawn, minutes_late, note, source, changed_at)",
        &new,
        |step| [
            school,
            id_of(step),
            step.at.date,
            step.at.session.letters(),
            step.becomes.code.letters(),
            step.becomes.withdrawn.as_deref(),
            step.becomes.minutes,
            step.becomes.note.as_deref(),
            step.becomes.source.word(),
            at
        ]
    )?;
    let by = match actor {
        Actor::Staff(id) => id.as_str(),
        _ => "",
    };
    for step in changed {
        let Some(was) = &step.was else { continue };
        let (of, why) = ((id_of(step), step.at), (Some(import.as_str()), None));
        change(work, school, of, (was, &step.becomes), (by, now), why).await?;
    }
    let tally = plan.tally();
    let counts = [
        ("marks_added", tally.marks[0]),
        ("marks_changed", tally.marks[1]),
        ("marks_kept", tally.marks[2]),
        ("set_aside", tally.aside),
    ]
    .map(|(name, count)| (name, count.to_string()));
    let fields: Vec<_> = counts.iter().map(|(name, count)| (*name, None, Some(count.as_str()))).collect();
    let line = Line {
        at: now,
        actor,
        action: "import_marks",
        subject_kind: "import",
        subject_id: import.as_str(),
        fields: &fields,
    };
    journal::write(work, school, line).await
}
