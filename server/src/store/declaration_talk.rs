//! What families write about their answers to the policy, as staff find it: nothing that waits for the school drops out of
//! sight because an answer was replaced or another version was published.

use app::rules::{
    conversation::Side,
    declaration::Answer,
    id::{GuardianId, PupilId},
    reference::Reference,
};
use chrono::{DateTime, Utc};

use super::{
    School, StoreError,
    board::list_name,
    db::{columns, rows},
    roster::full_name,
};

/// An answer that began a conversation, or about which somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclarationTalk {
    /// The answer.
    pub reference: Reference,
    /// Who, by name.
    pub from: String,
    /// What they answered.
    pub answer: Answer,
    /// To which version.
    pub version: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// A child of it.
    pub pupil: PupilId,
    /// The children in it, as registers list them.
    pub children: Vec<String>,
    /// Whether nobody in the office has written since the guardian last did.
    pub waits: bool,
}

/// An answer for a child with what was said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclarationThread {
    /// The answer.
    pub reference: Reference,
    /// Who.
    pub guardian: GuardianId,
    /// Who, by name.
    pub from: String,
    /// What they are to the child; "" where they are nothing to it any more.
    pub relationship: String,
    /// How it came: "web" or "paper".
    pub channel: String,
}

columns! {
    struct Talk {
        reference: String,
        forename: String,
        surname: String,
        answer: String,
        version: i64,
        answered_at: DateTime<Utc>,
        pupil_id: String,
        given: String,
        family: String,
        known_as: Option<String>,
        last: Option<String>,
    }
}

columns! {
    struct Thread {
        reference: String,
        guardian_id: String,
        forename: String,
        surname: String,
        relationship: String,
        channel: String,
    }
}

fn unreadable() -> StoreError {
    StoreError::Unreadable("declaration")
}

impl School {
    /// Those who wish to talk about this version or do not accept it; and whoever waits for the school, whatever they answered
    /// and to which version: the last word is theirs, or they wished to talk and nobody has written yet. Who wished so
    /// without a word and has answered a later version since does not wait any more. Those that wait first, then in their
    /// order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn declaration_talks(&self, version: i64) -> Result<Vec<DeclarationTalk>, StoreError> {
        // CROSS JOIN so that SQLite begins with the few versions.
        let found = rows!(
            self.db(),
            Talk,
            "SELECT f.reference, g.forename, g.surname, d.answer, d.version, f.answered_at, p.pupil_id, p.forename AS given, p.surname AS family, \
             p.known_as, m.from_kind AS last FROM policy_version v CROSS JOIN declaration d \
             JOIN declaration_form f ON f.school_id = d.school_id AND f.guardian_id = d.guardian_id AND f.submission_id = d.submission_id \
             JOIN guardian g ON g.school_id = d.school_id AND g.guardian_id = d.guardian_id \
             JOIN pupil p ON p.school_id = d.school_id AND p.pupil_id = d.pupil_id \
             LEFT JOIN message m ON m.school_id = d.school_id AND m.guardian_id = d.guardian_id AND m.about_kind = 'declaration' \
               AND m.about_id = d.submission_id AND m.place = (SELECT MAX(n.place) FROM message n WHERE n.school_id = d.school_id \
                 AND n.guardian_id = d.guardian_id AND n.about_kind = 'declaration' AND n.about_id = d.submission_id) \
             WHERE v.school_id = $1 AND d.school_id = v.school_id AND d.version = v.version \
             AND (m.from_kind = 'guardian' OR (d.answer <> 'signed' AND d.replaced_at IS NULL AND (d.version = $2 OR (m.from_kind IS NULL \
               AND NOT EXISTS (SELECT 1 FROM declaration n WHERE n.school_id = d.school_id AND n.guardian_id = d.guardian_id \
                 AND n.pupil_id = d.pupil_id AND n.version > d.version AND n.replaced_at IS NULL))))) \
             ORDER BY f.answered_at, f.reference, p.forename, p.pupil_id",
            self.id(),
            version
        )?;
        let mut talks: Vec<DeclarationTalk> = Vec::new();
        for row in found {
            let reference = Reference::parse(&row.reference).ok_or_else(unreadable)?;
            let child = list_name(row.known_as.as_deref().unwrap_or(&row.given), &row.family);
            match talks.last_mut().filter(|last| last.reference == reference) {
                Some(last) => last.children.push(child),
                None => talks.push(DeclarationTalk {
                    reference,
                    from: full_name(&row.forename, &row.surname),
                    answer: Answer::parse(&row.answer).ok_or_else(unreadable)?,
                    version: row.version,
                    at: row.answered_at,
                    pupil: PupilId::parse(&row.pupil_id).ok_or_else(unreadable)?,
                    children: vec![child],
                    waits: row.last.as_deref() != Some(Side::Staff.word()),
                }),
            }
        }
        talks.sort_by_key(|talk| !talk.waits);
        Ok(talks)
    }

    /// The answers for a child about which something was said, and those that wish to talk or do not accept it, of every
    /// version, by whomever, in their order.
    ///
    /// # Errors
    /// What the database says.
    pub async fn declaration_threads(&self, pupil: &PupilId) -> Result<Vec<DeclarationThread>, StoreError> {
        let found = rows!(
            self.db(),
            Thread,
            "SELECT f.reference, f.guardian_id, g.forename, g.surname, COALESCE(l.relationship, '') AS relationship, f.channel \
             FROM declaration d \
             JOIN declaration_form f ON f.school_id = d.school_id AND f.guardian_id = d.guardian_id AND f.submission_id = d.submission_id \
             JOIN guardian g ON g.school_id = d.school_id AND g.guardian_id = d.guardian_id \
             LEFT JOIN guardian_pupil l ON l.school_id = d.school_id AND l.guardian_id = d.guardian_id AND l.pupil_id = d.pupil_id \
             WHERE d.school_id = $1 AND d.pupil_id = $2 AND ((d.answer <> 'signed' AND d.replaced_at IS NULL) OR EXISTS (SELECT 1 FROM message m \
               WHERE m.school_id = d.school_id AND m.guardian_id = d.guardian_id AND m.about_kind = 'declaration' AND m.about_id = d.submission_id)) \
             ORDER BY f.answered_at, f.reference",
            self.id(),
            pupil.as_str()
        )?;
        let thread = |row: Thread| {
            Ok(DeclarationThread {
                reference: Reference::parse(&row.reference).ok_or_else(unreadable)?,
                guardian: GuardianId::parse(&row.guardian_id).ok_or_else(unreadable)?,
                from: full_name(&row.forename, &row.surname),
                relationship: row.relationship,
                channel: row.channel,
            })
        };
        found.into_iter().map(thread).collect()
    }
}
