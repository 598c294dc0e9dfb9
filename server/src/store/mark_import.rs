//! Bringing marks in: what is stored of the children in a file is read, a plan that was shown is made once
//! more and carried out in one transaction, or not at all.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use app::rules::{
    calendar::Calendar,
    id::{ImportId, PupilId},
    mark::Mark,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, insert, row, rows},
    file_import::{self, Applied, FileKind, HandedIn, Way},
    journal::{self, Actor, Line},
    mark::{WholeColumns, change, whole},
    micros,
    writer::Work,
};
use crate::import::{
    self, Marks,
    marks::{
        Meanings,
        plan::{Plan, Source, Step, Stored, StoredPupil, Tally, matched, plan},
    },
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

/// How many marks are written between two looks at how far it has come.
const PIECE: usize = 4_000;

/// How far an import has come: marks written, of how many. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<(AtomicUsize, AtomicUsize)>);

impl Progress {
    /// Marks written so far, and how many will be; 0 of 0 while the file is still being held against the school.
    #[must_use]
    pub fn so_far(&self) -> (usize, usize) {
        (self.0.0.load(Ordering::Relaxed), self.0.1.load(Ordering::Relaxed))
    }

    fn begin(&self, all: usize) {
        self.0.1.store(all, Ordering::Relaxed);
    }

    fn add(&self, more: usize) {
        self.0.0.fetch_add(more, Ordering::Relaxed);
    }
}

/// Marks that come in without somebody having looked first.
#[derive(Debug)]
pub struct NewMarks {
    /// The marks.
    pub marks: Marks,
    /// The hash of the bytes they were read from.
    pub sha256: String,
    /// The way they came in by.
    pub way: Way,
    /// What the file or the token is called.
    pub name: Option<String>,
    /// Who brings them in.
    pub actor: Actor,
}

/// The children as they are known to an import, on a pool or within a transaction.
macro_rules! children {
    ($on:expr, $school:expr) => {{
        let pupils = rows!(
            $on,
            PupilColumns,
            "SELECT p.pupil_id, p.upn, p.mis_id, p.forename, p.surname, p.known_as, c.year, p.born, p.admitted, p.left_on \
             FROM pupil p JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             WHERE p.school_id = $1 ORDER BY p.pupil_id",
            $school
        )?;
        pupils.into_iter().map(pupil).collect::<Vec<StoredPupil>>()
    }};
}

/// How many marks there are, and how many changes of marks: each grows with whatever happens to a mark, so that
/// the same two numbers mean the same marks.
macro_rules! stamp {
    ($on:expr, $school:expr) => {
        row!(
            $on,
            (i64, i64),
            "SELECT (SELECT COUNT(*) FROM mark WHERE school_id = $1), (SELECT COUNT(*) FROM mark_change WHERE school_id = $1)",
            $school
        )?
    };
}

/// The children, and the stored marks of those a file speaks of, on a pool or within a transaction.
macro_rules! held {
    ($on:expr, $school:expr, $marks:expr) => {{
        let mut stored = Stored { pupils: children!($on, $school), ..Stored::default() };
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
                // A school year takes a while: others have their turn in between.
                tokio::task::yield_now().await;
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
        let prepared = self.prepare_marks(marks, against, |stored| stored).await?;
        Ok((prepared.plan, prepared.stored))
    }

    /// The same for whoever may not learn which marks are stored: see [`Stored::without_codes`].
    ///
    /// # Errors
    /// What the database says.
    pub async fn plan_marks_unseen(&self, marks: Marks, against: Against<'_>) -> Result<Plan, StoreError> {
        Ok(self.prepare_marks(marks, against, Stored::without_codes).await?.plan)
    }

    /// Makes the plan on the pool, so that the writer has only to look whether it still holds.
    async fn prepare_marks(
        &self,
        marks: Marks,
        against: Against<'_>,
        seen: fn(Stored) -> Stored,
    ) -> Result<Prepared, StoreError> {
        let stamp = stamp!(self.db(), self.id());
        let stored = held!(self.db(), self.id(), &marks);
        let (calendar, source, today) = (against.calendar.clone(), against.source(), against.today);
        let making = tokio::task::spawn_blocking(move || {
            let stored = seen(stored);
            let plan = plan(marks, &stored, &calendar, source, today);
            Prepared { stamp, plan, stored }
        });
        making.await.map_err(|_| StoreError::Stopped)
    }

    /// What heads of files of marks mean, where staff have said so.
    ///
    /// # Errors
    /// What the database says.
    pub async fn meanings(&self) -> Result<Meanings, StoreError> {
        let said = self.headings(FileKind::Marks).await?;
        Ok(Meanings::of(said.into_iter().map(|heading| (heading.head, heading.meaning))))
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
        (actor, progress): (Actor, Progress),
        now: DateTime<Utc>,
        today: NaiveDate,
    ) -> Result<Applied<Plan, Tally>, StoreError> {
        let found = self.handed_in(FileKind::Marks, import).await?;
        let Some(HandedIn { file: Some(file), previous_school, .. }) = found else { return Ok(Applied::Gone) };
        let meanings = self.meanings().await?;
        // Read and planned outside the transaction: families' reports wait behind it.
        let read = tokio::task::spawn_blocking(move || import::read_marks_as(&file, &meanings));
        let Ok(marks) = read.await.map_err(|_| StoreError::Stopped)? else { return Ok(Applied::Gone) };
        let against = Against { calendar: &calendar, previous_school, today };
        let prepared = self.prepare_marks(marks.clone(), against, |stored| stored).await?;
        let (id, import) = (self.id().to_owned(), import.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    if !file_import::waits(work, &id, &import).await? {
                        return Ok(Applied::Gone);
                    }
                    let against = Against { calendar: &calendar, previous_school, today };
                    let Prepared { plan, stored, .. } = still(work, &id, prepared, marks, against).await?;
                    if plan.digest(&stored) != shown {
                        return Ok(Applied::Changed(Box::new(plan)));
                    }
                    carry_out(work, &id, (&plan, &stored), (&actor, now), &import, &progress).await?;
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
        let actor = Actor::System("command line");
        let new = NewMarks { marks, sha256, way: Way::Command, name: None, actor };
        let (plan, _) = self.bring_in_marks(new, against, Progress::default(), now).await?;
        Ok(plan.tally())
    }

    /// Brings marks in at once. What it did, and the children it knew.
    ///
    /// # Errors
    /// What the database says; then nothing is changed.
    pub async fn bring_in_marks(
        &self,
        new: NewMarks,
        against: Against<'_>,
        progress: Progress,
        now: DateTime<Utc>,
    ) -> Result<(Plan, Stored), StoreError> {
        let NewMarks { marks, sha256, way, name, actor } = new;
        let prepared = self.prepare_marks(marks.clone(), against, |stored| stored).await?;
        let (id, calendar) = (self.id().to_owned(), against.calendar.clone());
        let (previous_school, today) = (against.previous_school, against.today);
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let against = Against { calendar: &calendar, previous_school, today };
                    let Prepared { plan, stored, .. } = still(work, &id, prepared, marks, against).await?;
                    let import = ImportId::from_bytes(rand::random());
                    let tally = plan.tally();
                    let by_way = (way, name.as_deref());
                    let kind = (&import, FileKind::Marks, previous_school);
                    file_import::at_once(work, &id, kind, by_way, &sha256, &tally, now).await?;
                    carry_out(work, &id, (&plan, &stored), (&actor, now), &import, &progress).await?;
                    Ok((plan, stored))
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

/// A plan, what it was made upon, and the marks' stamp before.
struct Prepared {
    stamp: Option<(i64, i64)>,
    plan: Plan,
    stored: Stored,
}

/// The plan, if marks and children are what it was made upon; else the plan made once more.
async fn still(
    work: &mut Work,
    school: &str,
    prepared: Prepared,
    marks: Marks,
    against: Against<'_>,
) -> Result<Prepared, StoreError> {
    let stamp = stamp!(&mut *work, school);
    if stamp == prepared.stamp && children!(&mut *work, school) == prepared.stored.pupils {
        return Ok(prepared);
    }
    let stored = held!(&mut *work, school, &marks);
    let plan = plan(marks, &stored, against.calendar, against.source(), against.today);
    Ok(Prepared { stamp, plan, stored })
}

/// Writes what a plan says and one line about the whole.
async fn carry_out(
    work: &mut Work,
    school: &str,
    (plan, stored): (&Plan, &Stored),
    (actor, now): (&Actor, DateTime<Utc>),
    import: &ImportId,
    progress: &Progress,
) -> Result<(), StoreError> {
    let at = micros(now);
    progress.begin(plan.steps.len());
    let (new, changed): (Vec<&Step>, Vec<&Step>) = plan.steps.iter().partition(|step| step.was.is_none());
    let id_of = |step: &Step| stored.pupils.get(step.pupil).map_or("", |pupil| pupil.pupil_id.as_str());
    for piece in new.chunks(PIECE) {
        insert!(
            &mut *work,
            "INSERT INTO mark (school_id, pupil_id, day, session, code, withdrawn, minutes_late, note, source, changed_at)",
            piece,
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
        progress.add(piece.len());
    }
    let by = match actor {
        Actor::Staff(id) => id.as_str(),
        _ => "",
    };
    for step in changed {
        let Some(was) = &step.was else { continue };
        let (of, why) = ((id_of(step), step.at), (Some(import.as_str()), None));
        change(work, school, of, (was, &step.becomes), (by, now), why).await?;
        progress.add(1);
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
