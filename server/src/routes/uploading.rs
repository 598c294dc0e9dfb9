//! Files that a page sends: looked at one by one, and each kept as soon as it has been, so that one that is refused, or a
//! line that breaks, takes no other with it.

use app::rules::{
    evidence::{MOST_BYTES, Refusal},
    id::{GuardianId, SubmissionId},
    reference::Reference,
    text::tidy_line,
};
use axum::http::StatusCode;

use crate::{
    evidence::Clean,
    store::{Added, Drafter, NewEvidence},
    web::{Failure, Part, Portal, PostedFiles},
};

/// How much of a name is said back.
const SAID: usize = 40;

/// What files are added to.
pub(super) enum To<'a> {
    /// What a guardian has sent.
    Submission(&'a GuardianId, &'a Reference),
    /// A form that is being filled in.
    Draft(&'a Drafter, &'a SubmissionId),
}

/// What became of the files of a page.
#[derive(Debug, Default)]
pub(super) struct Taken {
    /// What was not taken, and why; `None` for a form in which nothing was chosen.
    pub refused: Vec<Option<(String, Refusal)>>,
    /// Whether one is new.
    pub changed: bool,
}

impl Taken {
    /// The status of a page that says what was not taken.
    pub(super) fn status(&self) -> StatusCode {
        let too_large = self.refused.iter().flatten().any(|(_, why)| *why == Refusal::TooLarge);
        if too_large { StatusCode::PAYLOAD_TOO_LARGE } else { StatusCode::UNPROCESSABLE_ENTITY }
    }
}

/// Takes them.
pub(super) async fn take(
    portal: &Portal,
    account: &str,
    posted: &mut PostedFiles,
    to: To<'_>,
) -> Result<Taken, Failure> {
    let _place = portal.limits.uploads.take(account).await?;
    let mut taken = Taken::default();
    let mut chosen = 0;
    while let Some(part) = posted.next(MOST_BYTES).await? {
        let Part::File { field, name, bytes } = part else { continue };
        // A browser sends a file without a name for a field in which nothing was chosen.
        if field != "files" || (name.is_empty() && bytes.as_ref().is_some_and(Vec::is_empty)) {
            continue;
        }
        chosen += 1;
        match keep(portal, &to, &name, bytes).await? {
            Ok(new) => taken.changed |= new,
            Err(why) => taken.refused.push(Some((said(&name), why))),
        }
    }
    if chosen == 0 {
        taken.refused.push(None);
    }
    Ok(taken)
}

/// Looks at one file and keeps it; whether it is new. A refusal is the sender's to put right.
async fn keep(
    portal: &Portal,
    to: &To<'_>,
    name: &str,
    bytes: Option<Vec<u8>>,
) -> Result<Result<bool, Refusal>, Failure> {
    let Some(bytes) = bytes else { return Ok(Err(Refusal::TooLarge)) };
    let looked = portal.limits.bench.look_at(name.to_owned(), bytes).await.ok_or(Failure::Unavailable)?;
    let clean = match looked {
        Ok(clean) => clean,
        Err(why) => return Ok(Err(why)),
    };
    let (school, at) = (&portal.school, portal.now());
    let added = match to {
        To::Draft(whose, draft) => school.add_draft_evidence(whose, draft, clean, at).await?,
        To::Submission(guardian, reference) => {
            let Clean { kind, name, bytes, sha256 } = clean;
            let (guardian, reference) = ((*guardian).clone(), (*reference).clone());
            school.add_evidence(NewEvidence { guardian, reference, name, kind, bytes, sha256, at }).await?
        }
    };
    Ok(match added {
        Added::Kept(_) => Ok(true),
        Added::Again(_) => Ok(false),
        Added::Five => Err(Refusal::Five),
        Added::NoRoom => Err(Refusal::NoRoom),
        Added::Nothing => return Err(Failure::NotFound),
    })
}

/// What a file calls itself, short enough for a sentence.
pub(super) fn said(name: &str) -> String {
    let line = tidy_line(name, usize::MAX).ok().flatten().unwrap_or_default();
    let mut short: String = line.chars().take(SAID).collect();
    if short.len() < line.len() {
        short.push('…');
    }
    short
}
