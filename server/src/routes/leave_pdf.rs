//! A request for leave as a PDF file: what was signed, with the questions of its day, and what was decided.

use app::rules::leave::Count;

use super::{
    leave_form::to_the_second,
    leave_said::{received, said, signed},
};
use crate::{
    pdf::{Block, Document, Letterhead, Level},
    store::LeaveRecord,
    web::{Failure, Portal},
};

/// The school's letterhead.
pub(super) fn letterhead(portal: &Portal) -> Letterhead {
    let policy = &portal.policy;
    let contact = [Some(portal.office_phone()), Some(policy.contact.email.clone()), policy.letterhead.website.clone()];
    Letterhead {
        name: policy.school_name.clone(),
        address: policy.letterhead.address.clone(),
        contact: contact.into_iter().flatten().collect(),
    }
}

/// The form as it was signed.
pub(super) async fn document(portal: &Portal, found: &LeaveRecord) -> Result<Document, Failure> {
    let words = portal.words();
    let w = &words.leave;
    let said = said(portal, found).await?;
    let mut blocks = vec![Block::Facts(vec![
        (w.reference.to_owned(), found.reference.to_string()),
        (w.received.to_owned(), received(portal, found)),
        (w.sign_when.to_owned(), (w.from_to)(found.span.first, found.span.last)),
        (w.back.to_owned(), (words.common.long_date)(found.span.back)),
    ])];
    if let Some(name) = &found.entered_by {
        blocks.push(Block::Paragraph((words.leave_staff.on_paper)(name)));
    }
    if !found.in_advance {
        blocks.push(Block::Paragraph(w.late_means.to_owned()));
    }
    blocks.push(Block::Heading(Level::Part, w.status.to_owned()));
    let rows = found.children.iter().map(|child| {
        let sessions: Vec<_> = child.sessions.iter().map(|one| one.at).collect();
        let count = Count::of(&sessions);
        vec![
            format!("{}, {}", child.full_name, child.class),
            (w.comes_to)(count.sessions, count.days),
            format!("{}, {}", (w.state)(child.state), to_the_second(portal, child.state_at)),
        ]
    });
    blocks.push(Block::Table { head: w.status_heads.map(str::to_owned).into(), rows: rows.collect() });
    blocks.push(Block::Heading(Level::Part, w.what.to_owned()));
    for step in said.steps {
        blocks.push(Block::Heading(Level::Section, step.title));
        let facts = step.facts.into_iter();
        blocks.push(Block::Facts(
            facts.map(|(question, answer)| (question, answer.unwrap_or_else(|| w.left_out.to_owned()))).collect(),
        ));
    }
    blocks.push(Block::Heading(Level::Part, w.statements.to_owned()));
    blocks.push(Block::List(said.form.statements));
    blocks.push(Block::Signature { name: found.signed_name.clone(), lines: vec![signed(portal, found)] });
    for signer in found.signers.iter().filter(|signer| signer.signed == Some(true)) {
        blocks.push(Block::Paragraph(said.form.other_statement.clone()));
        blocks.push(Block::Signature {
            name: signer.signed_name.clone().unwrap_or_else(|| signer.name.clone()),
            lines: signer.answered_at.map(|at| to_the_second(portal, at)).into_iter().collect(),
        });
    }
    let (version, digest) = said.version;
    blocks.push(Block::Small((w.version)(version, &digest)));
    Ok(Document {
        language: words.tag.to_owned(),
        title: said.form.title,
        letterhead: letterhead(portal),
        addressee: Vec::new(),
        date: (words.common.full_date)(app::rules::london::today(found.received_at)),
        reference: format!("{} {}", w.reference, found.reference),
        made_at: found.received_at,
        blocks,
        page_of: w.page_of,
    })
}

/// Draws a document off the threads that answer.
pub(super) async fn drawn(document: Document) -> Result<Vec<u8>, Failure> {
    let drawn = tokio::task::spawn_blocking(move || crate::pdf::draw(&document)).await;
    drawn.map_err(|_| Failure::Unavailable)?.map_err(|error| {
        tracing::error!(%error, "a document was not drawn");
        Failure::Unavailable
    })
}
