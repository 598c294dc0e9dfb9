//! What somebody is on a day, and who decides leave for the headteacher between which days.

use app::rules::{
    access::{Act, Role, may},
    designate::{Standing, Term},
    id::StaffId,
};
use chrono::{DateTime, NaiveDate, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    writer::Work,
};

/// Somebody to decide leave for the headteacher.
#[derive(Debug, Clone)]
pub struct NewDesignate {
    /// Who.
    pub staff: StaffId,
    /// On which days.
    pub term: Term,
    /// The headteacher who says so.
    pub by: StaffId,
}

/// What came of naming somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Named {
    /// The term that stands now.
    Done(Term),
    /// Nobody who can be named: not joined, shut, or the headteacher already.
    Nobody,
    /// Their present term ends on this day, and the new one would leave a gap.
    Until(NaiveDate),
    /// Whoever says so is not the headteacher any more.
    NotAllowed,
}

/// Somebody who decides leave for the headteacher, or did, or will.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Designate {
    /// Who.
    pub staff: StaffId,
    /// The whole name.
    pub name: String,
    /// On which days; `None` for somebody who was invited for it and waits for the headteacher's dates.
    pub term: Option<Term>,
    /// Whether the account is shut: then it counts for nothing.
    pub disabled: bool,
}

columns! {
    struct Row {
        staff_id: String,
        name: String,
        from_day: Option<NaiveDate>,
        to_day: Option<NaiveDate>,
        disabled_at: Option<DateTime<Utc>>,
    }
}

fn term(from: Option<NaiveDate>, to: Option<NaiveDate>) -> Option<Term> {
    from.zip(to).map(|(first, last)| Term { first, last })
}

/// What this person has as a designate; `None` for somebody who is none.
async fn standing(work: &mut Work, school: &str, staff: &StaffId) -> Result<Option<Option<Term>>, StoreError> {
    let found = row!(
        &mut *work,
        (Option<NaiveDate>, Option<NaiveDate>),
        "SELECT from_day, to_day FROM staff_role WHERE school_id = $1 AND staff_id = $2 AND role = 'designate'",
        school,
        staff.as_str()
    )?;
    Ok(found.map(|(from, to)| term(from, to)))
}

/// Whether this person names designates, on this day.
async fn may_name(work: &mut Work, school: &str, staff: &StaffId, today: NaiveDate) -> Result<bool, StoreError> {
    let roles = rows!(
        &mut *work,
        (String,),
        "SELECT r.role FROM staff_role r JOIN staff s ON s.school_id = r.school_id AND s.staff_id = r.staff_id \
         WHERE r.school_id = $1 AND r.staff_id = $2 AND s.disabled_at IS NULL AND (r.from_day IS NULL OR r.from_day <= $3) \
         AND (r.to_day IS NULL OR r.to_day >= $3)",
        school,
        staff.as_str(),
        today
    )?;
    let roles: Vec<Role> = roles.iter().filter_map(|(role,)| Role::parse(role)).collect();
    Ok(may(&roles, Act::NameDesignate))
}

async fn write(
    work: &mut Work,
    school: &str,
    (by, action, staff): (&StaffId, &'static str, &StaffId),
    (before, after): (Option<Term>, Option<Term>),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let [first, last] = [|term: Term| term.first.to_string(), |term: Term| term.last.to_string()];
    let (from, to) = ((before.map(first), after.map(first)), (before.map(last), after.map(last)));
    let actor = Actor::Staff(by.to_string());
    let line = Line {
        at: now,
        actor: &actor,
        action,
        subject_kind: "staff",
        subject_id: staff.as_str(),
        fields: &[("first", from.0.as_deref(), from.1.as_deref()), ("last", to.0.as_deref(), to.1.as_deref())],
    };
    journal::write(work, school, line).await
}

impl School {
    /// What somebody is on a day. A designate is one between two dates, and without both never.
    ///
    /// # Errors
    /// What the database says.
    pub async fn roles(&self, staff: &StaffId, today: NaiveDate) -> Result<Vec<Role>, StoreError> {
        let found = rows!(
            self.db(),
            (String,),
            "SELECT role FROM staff_role WHERE school_id = $1 AND staff_id = $2 AND (from_day IS NULL OR from_day <= $3) AND (to_day IS NULL OR to_day >= $3) \
             AND (role <> 'designate' OR (from_day IS NOT NULL AND to_day IS NOT NULL))",
            self.id(),
            staff.as_str(),
            today
        )?;
        Ok(found.iter().filter_map(|(role,)| Role::parse(role)).collect())
    }

    /// Everybody who decides leave for the headteacher, did or will, by name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn designates(&self) -> Result<Vec<Designate>, StoreError> {
        let found = rows!(
            self.db(),
            Row,
            "SELECT s.staff_id, s.name, r.from_day, r.to_day, s.disabled_at FROM staff s \
             JOIN staff_role r ON r.school_id = s.school_id AND r.staff_id = s.staff_id AND r.role = 'designate' \
             WHERE s.school_id = $1 ORDER BY s.name, s.staff_id",
            self.id()
        )?;
        let listed = |row: Row| {
            Ok(Designate {
                staff: StaffId::parse(&row.staff_id).ok_or(StoreError::Unreadable("staff"))?,
                name: row.name,
                term: term(row.from_day, row.to_day),
                disabled: row.disabled_at.is_some(),
            })
        };
        found.into_iter().map(listed).collect()
    }

    /// Whom the headteacher can name, by name: whoever has joined, is not shut and is no headteacher.
    ///
    /// # Errors
    /// What the database says.
    pub async fn may_be_designates(&self) -> Result<Vec<(StaffId, String)>, StoreError> {
        let found = rows!(
            self.db(),
            (String, String),
            "SELECT s.staff_id, s.name FROM staff s WHERE s.school_id = $1 AND s.joined_at IS NOT NULL AND s.disabled_at IS NULL AND NOT EXISTS \
             (SELECT 1 FROM staff_role r WHERE r.school_id = s.school_id AND r.staff_id = s.staff_id AND r.role = 'headteacher') \
             ORDER BY s.name, s.staff_id",
            self.id()
        )?;
        let listed = |(staff, name): (String, String)| {
            Ok((StaffId::parse(&staff).ok_or(StoreError::Unreadable("staff"))?, name))
        };
        found.into_iter().map(listed).collect()
    }

    /// Lets somebody decide leave for the headteacher between two days. What it was before stands in the journal.
    ///
    /// # Errors
    /// What the database says.
    pub async fn name_designate(
        &self,
        new: NewDesignate,
        today: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<Named, StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    if !may_name(work, &id, &new.by, today).await? {
                        return Ok(Named::NotAllowed);
                    }
                    let there = row!(
                        &mut *work,
                        (String,),
                        "SELECT s.staff_id FROM staff s WHERE s.school_id = $1 AND s.staff_id = $2 AND s.joined_at IS NOT NULL AND s.disabled_at IS NULL \
                         AND NOT EXISTS (SELECT 1 FROM staff_role r WHERE r.school_id = $1 AND r.staff_id = $2 AND r.role = 'headteacher')",
                        id.as_str(),
                        new.staff.as_str()
                    )?;
                    if there.is_none() {
                        return Ok(Named::Nobody);
                    }
                    let before = standing(work, &id, &new.staff).await?.flatten();
                    let term = match new.term.after(before, today) {
                        Ok(term) => term,
                        Err(until) => return Ok(Named::Until(until)),
                    };
                    run!(
                        &mut *work,
                        "INSERT INTO staff_role (school_id, staff_id, role, from_day, to_day) VALUES ($1, $2, 'designate', $3, $4) \
                         ON CONFLICT (school_id, staff_id, role) DO UPDATE SET from_day = excluded.from_day, to_day = excluded.to_day",
                        id.as_str(),
                        new.staff.as_str(),
                        term.first,
                        term.last
                    )?;
                    write(work, &id, (&new.by, "name_designate", &new.staff), (before, Some(term)), now).await?;
                    Ok(Named::Done(term))
                })
            })
            .await
    }

    /// Ends a term that counts now or is still to come: from the next request on they decide nothing.
    /// `false` if there is none, or `by` is not the headteacher any more.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_designate(
        &self,
        staff: &StaffId,
        by: &StaffId,
        today: NaiveDate,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let (id, staff, by) = (self.id().to_owned(), staff.clone(), by.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    if !may_name(work, &id, &by, today).await? {
                        return Ok(false);
                    }
                    let before = standing(work, &id, &staff).await?.flatten();
                    let Some(term) = before.filter(|term| term.standing(today) != Standing::Past) else {
                        return Ok(false);
                    };
                    let left = term.ended(today);
                    match left {
                        Some(left) => run!(
                            &mut *work,
                            "UPDATE staff_role SET to_day = $3 WHERE school_id = $1 AND staff_id = $2 AND role = 'designate'",
                            id.as_str(),
                            staff.as_str(),
                            left.last
                        )?,
                        None => run!(
                            &mut *work,
                            "DELETE FROM staff_role WHERE school_id = $1 AND staff_id = $2 AND role = 'designate'",
                            id.as_str(),
                            staff.as_str()
                        )?,
                    };
                    write(work, &id, (&by, "end_designate", &staff), (before, left), now).await?;
                    Ok(true)
                })
            })
            .await
    }
}
