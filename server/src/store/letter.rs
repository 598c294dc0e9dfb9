//! Letters that go out on paper: made once for a decision and a person, drawn the same every time, and when they were
//! printed and posted. And the words that the school has given them.

use app::rules::{
    access::Link,
    id::{GuardianId, LeaveId, LetterId, StaffId},
    letter::Letter,
    reference::Reference,
};
use chrono::{DateTime, Utc};

use super::{
    School, StoreError,
    db::{columns, row, rows, run},
    journal::{self, Actor, Line},
    micros,
    roster::full_name,
};

/// How many letters are listed.
const LISTED: i64 = 200;

/// A letter to be kept.
#[derive(Debug, Clone)]
pub struct NewLetter {
    /// To whom.
    pub guardian: GuardianId,
    /// About which request.
    pub leave: LeaveId,
    /// About which of its decisions.
    pub decision: i64,
    /// Which letter.
    pub letter: Letter,
    /// The version of its words; 0 for the program's own.
    pub template_version: i64,
    /// Addressee, address and text, as JSON: the lines of the envelope are "to", the name first.
    pub body: String,
    /// Whether the address stands in it.
    pub with_address: bool,
    /// When.
    pub at: DateTime<Utc>,
}

columns! {
    /// A letter in the list.
    #[derive(Debug, Clone)]
    pub struct LetterListed {
        /// Its id.
        pub letter_id: String,
        /// Which letter: the word.
        pub letter: String,
        /// Given name of the addressee.
        pub forename: String,
        /// Family name of the addressee.
        pub surname: String,
        /// What the child is called.
        pub child: String,
        /// "3 Oak".
        pub class: String,
        /// The request.
        pub reference: String,
        /// Whether a later decision, or the family, has made it old.
        pub old: bool,
        /// Whether it may go to its addressee: they may read about the child.
        pub may_go: bool,
        /// Whether the school holds an address for the envelope now.
        pub has_address: bool,
        /// Whether it keeps the address secret.
        pub address_secret: bool,
        /// When it was made.
        pub made_at: DateTime<Utc>,
        /// When it was first printed.
        pub printed_at: Option<DateTime<Utc>>,
        /// By whom.
        pub printed_by: Option<String>,
        /// When it was posted.
        pub posted_at: Option<DateTime<Utc>>,
        /// By whom.
        pub posted_by: Option<String>,
    }
}

columns! {
    /// A letter as it was made.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct LetterKept {
        /// Its id.
        pub letter_id: String,
        /// Addressee, address and text, as JSON.
        pub body: String,
        /// When it was made.
        pub made_at: DateTime<Utc>,
    }
}

columns! {
    struct WhoRow {
        guardian_id: String,
        title: Option<String>,
        forename: String,
        surname: String,
        address: Option<String>,
        address_secret: bool,
        access: Option<String>,
        barred: Option<bool>,
        reviewed: Option<bool>,
    }
}

/// Somebody a letter goes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addressee {
    /// Who.
    pub guardian: GuardianId,
    /// "Mrs Ngozi Okafor".
    pub name: String,
    /// The lines of the envelope beneath the name; none where the school holds no address.
    pub address: Vec<String>,
    /// Whether the school keeps the address secret: then the portal holds none.
    pub address_secret: bool,
}

impl School {
    /// Who gets a letter about one child's request: the applicant, and who signed as well; nobody who may not read
    /// about the child (any more).
    ///
    /// # Errors
    /// What the database says.
    pub async fn addressees(&self, leave: &LeaveId) -> Result<Vec<Addressee>, StoreError> {
        let found = rows!(
            self.db(),
            (String, String),
            "SELECT r.guardian_id, r.pupil_id FROM leave_request r WHERE r.school_id = $1 AND r.leave_id = $2 \
             UNION SELECT q.signer_id, s.pupil_id FROM leave_request s \
             JOIN leave_signer q ON q.school_id = s.school_id AND q.guardian_id = s.guardian_id AND q.submission_id = s.submission_id \
             WHERE s.school_id = $1 AND s.leave_id = $2 AND q.signed",
            self.id(),
            leave.as_str()
        )?;
        let mut people = Vec::new();
        for (guardian, pupil) in found {
            let row = row!(
                self.db(),
                WhoRow,
                "SELECT g.guardian_id, g.title, g.forename, g.surname, g.address, g.address_secret, l.access, l.barred, l.reviewed FROM guardian g \
                 LEFT JOIN guardian_pupil l ON l.school_id = g.school_id AND l.guardian_id = g.guardian_id AND l.pupil_id = $3 \
                 WHERE g.school_id = $1 AND g.guardian_id = $2",
                self.id(),
                guardian.as_str(),
                pupil.as_str()
            )?;
            let Some(row) = row else { continue };
            if !Link::of_row(row.access.as_deref(), row.barred, row.reviewed).may_read() {
                continue;
            }
            let name = full_name(&row.forename, &row.surname);
            people.push(Addressee {
                guardian: GuardianId::parse(&row.guardian_id).ok_or(StoreError::Unreadable("guardian"))?,
                name: row
                    .title
                    .filter(|title| !title.is_empty())
                    .map_or(name.clone(), |title| format!("{title} {name}")),
                address: row.address.as_deref().unwrap_or_default().lines().map(str::to_owned).collect(),
                address_secret: row.address_secret,
            });
        }
        Ok(people)
    }

    /// Whether this person's letter about this decision is made.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_letter(&self, leave: &LeaveId, decision: i64, guardian: &GuardianId) -> Result<bool, StoreError> {
        let found = row!(
            self.db(),
            (i64,),
            "SELECT COUNT(*) FROM letter WHERE school_id = $1 AND leave_id = $2 AND decision = $3 AND guardian_id = $4",
            self.id(),
            leave.as_str(),
            decision,
            guardian.as_str()
        )?;
        Ok(found.is_some_and(|(count,)| count > 0))
    }

    /// Keeps letters; one that is there for the same person and decision stays as it is. One about a decision that no
    /// longer counts, to somebody who may not read about the child any more, or with an address that has become a secret, is not kept.
    ///
    /// # Errors
    /// What the database says; none is kept then.
    pub async fn keep_letters(&self, letters: Vec<NewLetter>) -> Result<(), StoreError> {
        let id = self.id().to_owned();
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    for new in letters {
                        let letter = LetterId::from_bytes(rand::random());
                        let kept = run!(
                            &mut *work,
                            "INSERT INTO letter (school_id, letter_id, guardian_id, leave_id, decision, letter, template_version, body, made_at) \
                             SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9 WHERE EXISTS (SELECT 1 FROM leave_request r \
                               JOIN guardian_pupil k ON k.school_id = r.school_id AND k.guardian_id = $3 AND k.pupil_id = r.pupil_id \
                               JOIN guardian g ON g.school_id = k.school_id AND g.guardian_id = k.guardian_id \
                               WHERE r.school_id = $1 AND r.leave_id = $4 AND r.decision = $5 AND k.access <> 'none' AND NOT k.barred AND k.reviewed \
                               AND NOT (g.address_secret AND $10)) \
                             ON CONFLICT DO NOTHING",
                            id.as_str(),
                            letter.as_str(),
                            new.guardian.as_str(),
                            new.leave.as_str(),
                            new.decision,
                            new.letter.word(),
                            new.template_version,
                            new.body.as_str(),
                            micros(new.at),
                            new.with_address
                        )?;
                        if kept == 0 {
                            continue;
                        }
                        let (actor, decision) = (Actor::System("letters"), new.decision.to_string());
                        let line = Line {
                            at: new.at,
                            actor: &actor,
                            action: "make_letter",
                            subject_kind: "letter",
                            subject_id: letter.as_str(),
                            fields: &[
                                ("to", None, Some(new.guardian.as_str())),
                                ("leave", None, Some(new.leave.as_str())),
                                ("decision", None, Some(&decision)),
                                ("body", None, Some(&new.body)),
                            ],
                        };
                        journal::write(work, &id, line).await?;
                    }
                    Ok(())
                })
            })
            .await
    }

    /// The requests with a decision for which somebody's letter is missing: their references.
    ///
    /// # Errors
    /// What the database says.
    pub async fn letters_missing(&self) -> Result<Vec<Reference>, StoreError> {
        let found = rows!(
            self.db(),
            (String,),
            "SELECT DISTINCT s.reference FROM leave_request r CROSS JOIN submission s \
             WHERE s.school_id = r.school_id AND s.guardian_id = r.guardian_id AND s.submission_id = r.submission_id AND r.school_id = $1 AND r.state IN ('granted', 'granted-in-part', 'refused') AND r.decision > 0 \
             AND EXISTS (SELECT 1 FROM guardian_pupil k WHERE k.school_id = r.school_id AND k.pupil_id = r.pupil_id \
               AND k.access <> 'none' AND NOT k.barred AND k.reviewed \
               AND (k.guardian_id = r.guardian_id OR EXISTS (SELECT 1 FROM leave_signer q WHERE q.school_id = r.school_id AND q.guardian_id = r.guardian_id \
                 AND q.submission_id = r.submission_id AND q.signer_id = k.guardian_id AND q.signed)) \
               AND NOT EXISTS (SELECT 1 FROM letter l WHERE l.school_id = r.school_id AND l.leave_id = r.leave_id AND l.decision = r.decision \
                 AND l.guardian_id = k.guardian_id)) LIMIT 50",
            self.id()
        )?;
        let parse = |text: String| Reference::parse(&text).ok_or(StoreError::Unreadable("submission"));
        found.into_iter().map(|(text,)| parse(text)).collect()
    }

    /// The letters, those not posted first, then the latest.
    ///
    /// # Errors
    /// What the database says.
    pub async fn letters(&self) -> Result<Vec<LetterListed>, StoreError> {
        rows!(
            self.db(),
            LetterListed,
            "SELECT l.letter_id, l.letter, g.forename, g.surname, COALESCE(p.known_as, p.forename) AS child, c.name AS class, s.reference, \
             (l.decision < r.decision OR r.state NOT IN ('granted', 'granted-in-part', 'refused')) AS old, \
             COALESCE(k.access <> 'none' AND NOT k.barred AND k.reviewed, FALSE) AS may_go, COALESCE(g.address, '') <> '' AS has_address, g.address_secret, l.made_at, l.printed_at, \
             (SELECT t.name FROM staff t WHERE t.school_id = l.school_id AND t.staff_id = l.printed_by) AS printed_by, l.posted_at, \
             (SELECT t.name FROM staff t WHERE t.school_id = l.school_id AND t.staff_id = l.posted_by) AS posted_by \
             FROM letter l \
             JOIN leave_request r ON r.school_id = l.school_id AND r.leave_id = l.leave_id \
             JOIN submission s ON s.school_id = r.school_id AND s.guardian_id = r.guardian_id AND s.submission_id = r.submission_id \
             JOIN guardian g ON g.school_id = l.school_id AND g.guardian_id = l.guardian_id \
             JOIN pupil p ON p.school_id = r.school_id AND p.pupil_id = r.pupil_id \
             JOIN class c ON c.school_id = p.school_id AND c.class_id = p.class_id \
             LEFT JOIN guardian_pupil k ON k.school_id = l.school_id AND k.guardian_id = l.guardian_id AND k.pupil_id = r.pupil_id \
             WHERE l.school_id = $1 ORDER BY CASE WHEN l.posted_at IS NULL THEN 0 ELSE 1 END, l.made_at DESC, l.letter_id LIMIT $2",
            self.id(),
            LISTED
        )
    }

    /// A letter, for the school, while its addressee may read about the child: nobody prints one to somebody who has been
    /// barred since.
    ///
    /// # Errors
    /// What the database says.
    pub async fn letter(&self, letter: &LetterId) -> Result<Option<LetterKept>, StoreError> {
        row!(
            self.db(),
            LetterKept,
            "SELECT l.letter_id, l.body, l.made_at FROM letter l \
             JOIN leave_request r ON r.school_id = l.school_id AND r.leave_id = l.leave_id \
             JOIN guardian_pupil k ON k.school_id = l.school_id AND k.guardian_id = l.guardian_id AND k.pupil_id = r.pupil_id \
             WHERE l.school_id = $1 AND l.letter_id = $2 AND k.access <> 'none' AND NOT k.barred AND k.reviewed",
            self.id(),
            letter.as_str()
        )
    }

    /// A guardian's own letter about the decision that counts, while they may read about every child of the form: its
    /// words may speak of any. Nobody else's, whatever stands in it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn own_letter(&self, guardian: &GuardianId, leave: &LeaveId) -> Result<Option<LetterKept>, StoreError> {
        row!(
            self.db(),
            LetterKept,
            "SELECT l.letter_id, l.body, l.made_at FROM letter l \
             JOIN leave_request r ON r.school_id = l.school_id AND r.leave_id = l.leave_id AND r.decision = l.decision \
             JOIN guardian_pupil k ON k.school_id = l.school_id AND k.guardian_id = l.guardian_id AND k.pupil_id = r.pupil_id \
             WHERE l.school_id = $1 AND l.guardian_id = $2 AND l.leave_id = $3 \
             AND k.access <> 'none' AND NOT k.barred AND k.reviewed \
             AND NOT EXISTS (SELECT 1 FROM leave_request o LEFT JOIN guardian_pupil h \
               ON h.school_id = o.school_id AND h.guardian_id = $2 AND h.pupil_id = o.pupil_id \
               WHERE o.school_id = r.school_id AND o.guardian_id = r.guardian_id AND o.submission_id = r.submission_id \
               AND (h.access IS NULL OR h.access = 'none' OR h.barred OR NOT h.reviewed))",
            self.id(),
            guardian.as_str(),
            leave.as_str()
        )
    }

    /// Notes that a letter was printed; the first time counts.
    ///
    /// # Errors
    /// What the database says; then it must not be given out.
    pub async fn letter_printed(&self, letter: &LetterId, by: &StaffId, at: DateTime<Utc>) -> Result<(), StoreError> {
        let (id, letter, by) = (self.id().to_owned(), letter.clone(), by.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    let first = run!(
                        &mut *work,
                        "UPDATE letter SET printed_at = $3, printed_by = $4 WHERE school_id = $1 AND letter_id = $2 AND printed_at IS NULL",
                        id.as_str(),
                        letter.as_str(),
                        micros(at),
                        by.as_str()
                    )?;
                    if first == 0 {
                        return Ok(());
                    }
                    let actor = Actor::Staff(by.to_string());
                    let line = Line {
                        at,
                        actor: &actor,
                        action: "print_letter",
                        subject_kind: "letter",
                        subject_id: letter.as_str(),
                        fields: &[],
                    };
                    journal::write(work, &id, line).await
                })
            })
            .await
    }

    /// Notes that letters were posted; the first time counts.
    ///
    /// # Errors
    /// What the database says; none is noted then.
    pub async fn letters_posted(
        &self,
        letters: Vec<LetterId>,
        by: &StaffId,
        at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let (id, by) = (self.id().to_owned(), by.clone());
        self.writer()
            .write(move |work| {
                Box::pin(async move {
                    for letter in letters {
                        let first = run!(
                            &mut *work,
                            "UPDATE letter SET posted_at = $3, posted_by = $4 WHERE school_id = $1 AND letter_id = $2 AND posted_at IS NULL \
                             AND printed_at IS NOT NULL",
                            id.as_str(),
                            letter.as_str(),
                            micros(at),
                            by.as_str()
                        )?;
                        if first == 0 {
                            continue;
                        }
                        let actor = Actor::Staff(by.to_string());
                        let line = Line {
                            at,
                            actor: &actor,
                            action: "post_letter",
                            subject_kind: "letter",
                            subject_id: letter.as_str(),
                            fields: &[],
                        };
                        journal::write(work, &id, line).await?;
                    }
                    Ok(())
                })
            })
            .await
    }
}
