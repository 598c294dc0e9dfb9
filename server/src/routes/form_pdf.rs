//! What every form of the families' has as a PDF file: the letterhead, the answers, the signature.

use crate::{
    pdf::{Block, Document, Letterhead, Level},
    web::{Failure, Portal},
};
use app::ui::answered::StepShown;

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

/// The answers, step by step, with the questions of their day.
pub(super) fn answered(portal: &Portal, steps: Vec<StepShown>) -> Vec<Block> {
    let left_out = portal.words().leave.left_out;
    let one = |step: StepShown| {
        let facts = step.facts.into_iter();
        let facts = facts.map(|(question, answer)| (question, answer.unwrap_or_else(|| left_out.to_owned())));
        [Block::Heading(Level::Section, step.title), Block::Facts(facts.collect())]
    };
    steps.into_iter().flat_map(one).collect()
}

/// What was declared, the name beneath, and when, written.
pub(super) fn declared(portal: &Portal, statements: Vec<String>, (name, when): (&str, String)) -> [Block; 3] {
    [
        Block::Heading(Level::Part, portal.words().leave.statements.to_owned()),
        Block::List(statements),
        Block::Signature { name: name.to_owned(), lines: vec![when] },
    ]
}

/// Draws a document off the threads that answer.
pub(super) async fn drawn(document: Document) -> Result<Vec<u8>, Failure> {
    let drawn = tokio::task::spawn_blocking(move || crate::pdf::draw(&document)).await;
    drawn.map_err(|_| Failure::Unavailable)?.map_err(|error| {
        tracing::error!(%error, "a document was not drawn");
        Failure::Unavailable
    })
}
