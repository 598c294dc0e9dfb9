//! Letters about a decision: made from the record once, drawn as often as they are asked for.

use app::rules::{
    calendar::SessionDay,
    code::Code,
    leave::{Count, Outcome},
    letter::{Letter, Part, fill},
    london,
};
use serde::{Deserialize, Serialize};

use super::{
    form_pdf::{drawn, letterhead},
    leave_said::back_day,
};
use crate::{
    pdf::{Block, Document, Letterhead, letter},
    store::{Addressee, LeaveChild, LeaveDecision, LeaveRecord, LetterKept, NewLetter},
    web::{Failure, Portal},
};

/// A letter as it is kept: whatever changes later, it is drawn from this.
#[derive(Debug, Serialize, Deserialize)]
struct Body {
    /// The lines of the envelope, the name first. The store takes the others away when an address becomes a secret.
    to: Vec<String>,
    /// Whether the school keeps the address secret.
    #[serde(default)]
    secret: bool,
    title: String,
    date: String,
    reference: String,
    parts: Vec<(Kind, Vec<String>)>,
    /// Who signs, and as what; `None` only where words are tried out.
    signed: Option<(String, String)>,
    /// The school's name, address and contact of that day.
    head: (String, Vec<String>, Vec<String>),
}

/// The school's letterhead of today, as it is kept with a letter.
fn head(portal: &Portal) -> (String, Vec<String>, Vec<String>) {
    let Letterhead { name, address, contact } = letterhead(portal);
    (name, address, contact)
}

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
enum Kind {
    Heading,
    Paragraph,
    List,
}

fn kept(part: Part) -> (Kind, Vec<String>) {
    match part {
        Part::Heading(text) => (Kind::Heading, vec![text]),
        Part::Paragraph(text) => (Kind::Paragraph, vec![text]),
        Part::List(points) => (Kind::List, points),
    }
}

fn read((kind, mut lines): (Kind, Vec<String>)) -> Part {
    match kind {
        Kind::List => Part::List(lines),
        Kind::Heading => Part::Heading(lines.pop().unwrap_or_default()),
        Kind::Paragraph => Part::Paragraph(lines.pop().unwrap_or_default()),
    }
}

/// Which letter tells of an outcome.
fn of(outcome: Outcome) -> Letter {
    match outcome {
        Outcome::Granted => Letter::LeaveGranted,
        Outcome::GrantedInPart => Letter::LeaveInPart,
        Outcome::Refused => Letter::LeaveRefused,
    }
}

/// Makes the letters that a request's decisions owe and lets nothing hang on it: whoever has decided or reads is
/// answered all the same, and the page of letters tries again.
pub(super) async fn make_if_possible(portal: &Portal, found: &LeaveRecord) {
    if let Err(error) = make(portal, found).await {
        tracing::error!(?error, reference = found.reference.as_str(), "letters were not made");
    }
}

/// Makes the letters that a request's decisions owe: one to each parent for each child. Those that are there stay.
async fn make(portal: &Portal, found: &LeaveRecord) -> Result<(), Failure> {
    let mut letters = Vec::new();
    for child in found.children.iter().filter(|child| child.state.is_decided()) {
        let Some(decision) = child.decisions.last() else { continue };
        let letter = of(decision.outcome);
        let own = portal.school.letter_words(letter).await?;
        let (version, template) = own.unwrap_or_else(|| (0, (portal.words().letters.text)(letter).to_owned()));
        for person in portal.school.addressees(&child.leave).await? {
            if portal.school.has_letter(&child.leave, decision.decision, &person.guardian).await? {
                continue;
            }
            let body = body(portal, found, child, decision, &person, &template)?;
            letters.push(NewLetter {
                guardian: person.guardian,
                leave: child.leave.clone(),
                decision: decision.decision,
                letter,
                template_version: version,
                with_address: !person.address.is_empty(),
                body: serde_json::to_string(&body).map_err(|_| Failure::Unavailable)?,
                at: portal.now(),
            });
        }
    }
    if letters.is_empty() { Ok(()) } else { Ok(portal.school.keep_letters(letters).await?) }
}

fn body(
    portal: &Portal,
    found: &LeaveRecord,
    child: &LeaveChild,
    decision: &LeaveDecision,
    person: &Addressee,
    template: &str,
) -> Result<Body, Failure> {
    let words = portal.words();
    let letter = of(decision.outcome);
    let values = values(portal, found, child, decision, person);
    let parts = fill(template, &values).map_err(|fault| {
        tracing::error!(?fault, "a letter could not be filled in");
        Failure::Unavailable
    })?;
    let mut to = vec![person.name.clone()];
    to.extend(person.address.iter().cloned());
    let school = &portal.policy.letterhead;
    let designate = decision.decided_as == "designate";
    let by = || decision.decided_by.clone().unwrap_or_else(|| words.leave.somebody.to_owned());
    let name = school.head_name.clone().filter(|_| !designate).unwrap_or_else(by);
    let title = school.head_title.clone().filter(|_| !designate);
    let title = title.unwrap_or_else(|| (words.leave.letter_signs)(designate).to_owned());
    Ok(Body {
        to,
        secret: person.address_secret,
        title: (words.letters.title)(letter).to_owned(),
        date: (words.common.full_date)(london::today(decision.decided_at)),
        reference: (words.letters.reference)(&found.reference.to_string()),
        parts: parts.into_iter().map(kept).collect(),
        signed: Some((name, title)),
        head: head(portal),
    })
}

/// What stands for the placeholders.
fn values(
    portal: &Portal,
    found: &LeaveRecord,
    child: &LeaveChild,
    decision: &LeaveDecision,
    person: &Addressee,
) -> Vec<(&'static str, String)> {
    let words = portal.words();
    let w = &words.leave;
    let of = |granted| -> Vec<(SessionDay, Option<Code>)> {
        let these = child.sessions.iter().filter(|one| one.granted == Some(granted));
        these.map(|one| (one.at, one.code)).collect()
    };
    let (granted, refused) = (of(true), of(false));
    let lines = |sessions: &[(SessionDay, Option<Code>)]| {
        sessions.iter().map(|(at, _)| (w.session)(*at)).collect::<Vec<_>>().join("\n")
    };
    let count = |sessions: &[(SessionDay, Option<Code>)]| {
        let at: Vec<SessionDay> = sessions.iter().map(|(at, _)| *at).collect();
        let count = Count::of(&at);
        (w.counted)(count.sessions, count.days)
    };
    let recorded = |sessions: &[(SessionDay, Option<Code>)]| {
        let mut codes: Vec<Code> = sessions.iter().filter_map(|(_, code)| *code).collect();
        codes.sort_unstable();
        codes.dedup();
        let each = codes.iter().map(|code| format!("{code} ({})", (words.codes.meaning)(*code))).collect::<Vec<_>>();
        (words.common.list)(&each.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let asked: Vec<_> = child.sessions.iter().map(|one| (one.at, one.code)).collect();
    let policy = &portal.policy;
    let notice = &policy.leave.notice;
    let by = decision.decided_by.clone().unwrap_or_else(|| w.somebody.to_owned());
    vec![
        ("parent", person.name.clone()),
        ("child", child.called.clone()),
        ("class", child.class.clone()),
        ("asked", (w.from_to)(found.span.first, found.span.last)),
        ("sessions_asked", count(&asked)),
        ("granted", lines(&granted)),
        ("sessions_granted", count(&granted)),
        ("recorded_granted", recorded(&granted)),
        ("refused", lines(&refused)),
        ("sessions_refused", count(&refused)),
        ("recorded_refused", recorded(&refused)),
        ("reasons", decision.reasons.join("\n")),
        ("note", decision.words.clone().unwrap_or_default()),
        ("decided_by", (w.letter_by)(&by, decision.decided_as == "designate")),
        ("decided_on", (words.common.full_date)(london::today(decision.decided_at))),
        ("back", (words.common.long_date)(back_day(portal, found, child))),
        ("school", policy.school_name.clone()),
        ("phone", portal.office_phone()),
        ("email", policy.contact.email.clone()),
        ("notice_low", notice.first_low.to_string()),
        ("notice_low_days", notice.first_low_days.to_string()),
        ("notice_high", notice.first_high.to_string()),
        ("notice_high_days", notice.first_high_days.to_string()),
        ("notice_second", notice.second.to_string()),
    ]
}

/// A letter with words that are only tried out, as a PDF file.
pub(super) async fn tried(portal: &Portal, letter: Letter, template: &str) -> Result<Vec<u8>, Failure> {
    let made_up: Vec<(&str, String)> = letter.placeholders().iter().map(|name| (*name, format!("[{name}]"))).collect();
    let parts = fill(template, &made_up).map_err(|_| Failure::BadRequest)?;
    let words = portal.words();
    let body = Body {
        to: vec!["[parent]".to_owned(), "[address]".to_owned()],
        secret: false,
        title: (words.letters.title)(letter).to_owned(),
        date: (words.common.full_date)(portal.today()),
        reference: (words.letters.reference)("[reference]"),
        parts: parts.into_iter().map(kept).collect(),
        signed: None,
        head: head(portal),
    };
    draw(portal, body, portal.now()).await
}

/// A letter as it was made, as a PDF file.
pub(super) async fn pdf(portal: &Portal, found: LetterKept) -> Result<Vec<u8>, Failure> {
    let body: Body = serde_json::from_str(&found.body).map_err(|_| Failure::Unavailable)?;
    draw(portal, body, found.made_at).await
}

async fn draw(portal: &Portal, body: Body, made_at: chrono::DateTime<chrono::Utc>) -> Result<Vec<u8>, Failure> {
    let words = portal.words();
    let mut addressee = body.to;
    if body.secret {
        addressee.truncate(1);
        addressee.extend(words.letters.secret.map(str::to_owned));
    }
    let mut blocks = letter::blocks(body.parts.into_iter().map(read).collect());
    blocks.extend(body.signed.map(|(name, title)| Block::Signature { name, lines: vec![title] }));
    drawn(Document {
        language: words.tag.to_owned(),
        title: body.title,
        letterhead: Letterhead { name: body.head.0, address: body.head.1, contact: body.head.2 },
        addressee,
        date: body.date,
        reference: body.reference,
        made_at,
        blocks,
        page_of: words.letters.page_of,
    })
    .await
}
