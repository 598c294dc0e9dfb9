//! A request for leave as a PDF file: what was signed, with the questions of its day, and what was decided.

use app::rules::leave::Count;

use super::{
    form::to_the_second,
    form_pdf::{answered, declared, letterhead},
    leave_said::{received, said, signed},
};
use crate::{
    pdf::{Block, Document, Level},
    store::LeaveRecord,
    web::{Failure, Portal},
};

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
    blocks.extend(answered(portal, said.steps));
    blocks.extend(declared(portal, said.form.statements, (&found.signed_name, signed(portal, found))));
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
