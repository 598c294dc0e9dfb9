//! Letters: the list, each as a PDF file, those that were posted, and the school's own words.

use app::{
    paths,
    rules::{
        access::{Act, may as may_do},
        id::LetterId,
        letter::{Letter, check},
        reference::Reference,
    },
    staff::letters::{self as pages, LetterLine, LettersPage, WordsPage},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Utc};

use crate::{
    routes::{
        leave_letter::{make_if_possible, pdf as drawn, tried},
        parent::written,
    },
    store::WordsKept,
    web::{
        Failure, Portal, Posted, download, render,
        session::{KeepForms, May, PostLetters, ReadLetters},
    },
};

/// `GET /staff/letters`
pub(in crate::routes) async fn page(State(portal): State<Portal>, may: May<ReadLetters>) -> Result<Response, Failure> {
    // Whatever was decided has its letters, whatever happened between the two.
    for reference in portal.school.letters_missing().await? {
        if let Some(found) = portal.school.leave(&reference).await? {
            make_if_possible(&portal, &found).await;
        }
    }
    may.staff.note(&portal, "letters", "").await?;
    let today = portal.today();
    let at = |at: Option<DateTime<Utc>>, by: Option<String>| {
        at.map(|at| (written(&portal, at, today), by.unwrap_or_default()))
    };
    let listed = portal.school.letters().await?;
    let letters = listed
        .into_iter()
        .filter_map(|letter| {
            Some(LetterLine {
                id: LetterId::parse(&letter.letter_id)?,
                letter: Letter::parse(&letter.letter)?,
                to: [letter.forename, letter.surname].join(" ").trim().to_owned(),
                child: format!("{}, {}", letter.child, letter.class),
                reference: Reference::parse(&letter.reference)?.to_string(),
                old: letter.old,
                may_go: letter.may_go,
                has_address: letter.has_address,
                address_secret: letter.address_secret,
                made: written(&portal, letter.made_at, today),
                printed: at(letter.printed_at, letter.printed_by),
                posted: at(letter.posted_at, letter.posted_by),
            })
        })
        .collect();
    let roles = &may.staff.session.roles;
    let page = LettersPage {
        letters,
        may_post: may_do(roles, Act::PostLetters),
        may_word: may_do(roles, Act::KeepForms),
        csrf: may.staff.csrf.clone(),
    };
    let words = portal.words();
    Ok(render::staff(&portal, &may.staff, words.posting.title, "", || pages::page(words, page)))
}

/// `POST /staff/letters`: those ticked were posted.
pub(in crate::routes) async fn posted(
    State(portal): State<Portal>,
    may: May<PostLetters>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let ticked = fields.all("letter").iter().filter_map(|id| LetterId::parse(id)).collect();
    portal.school.letters_posted(ticked, &may.staff.session.staff_id, portal.now()).await?;
    Ok(Redirect::to(paths::LETTERS).into_response())
}

/// `GET /staff/letters/{letter}`: as a PDF file; whoever may post it prints it with that.
pub(in crate::routes) async fn pdf(
    State(portal): State<Portal>,
    may: May<ReadLetters>,
    Path(letter): Path<String>,
) -> Result<Response, Failure> {
    let id = LetterId::parse(&letter).ok_or(Failure::NotFound)?;
    let found = portal.school.letter(&id).await?.ok_or(Failure::NotFound)?;
    may.staff.note(&portal, "letter", id.as_str()).await?;
    let bytes = drawn(&portal, found).await?;
    if may_do(&may.staff.session.roles, Act::PostLetters) {
        portal.school.letter_printed(&id, &may.staff.session.staff_id, portal.now()).await?;
    }
    Ok(download::pdf("letter.pdf", bytes))
}

/// `GET /staff/letters/words/{letter}`
pub(in crate::routes) async fn words(
    State(portal): State<Portal>,
    may: May<KeepForms>,
    Path(letter): Path<String>,
) -> Result<Response, Failure> {
    let letter = Letter::parse(&letter).ok_or(Failure::NotFound)?;
    let (seen, text) = stands(&portal, letter).await?;
    let page = WordsPage { letter, text, seen, faults: Vec::new(), notice: None, csrf: may.staff.csrf.clone() };
    Ok(draw_words(&portal, &may, page))
}

/// The words that count, and their version.
async fn stands(portal: &Portal, letter: Letter) -> Result<(i64, String), Failure> {
    let own = portal.school.letter_words(letter).await?;
    Ok(own.unwrap_or_else(|| (0, (portal.words().letters.text)(letter).to_owned())))
}

fn draw_words(portal: &Portal, may: &May<KeepForms>, page: WordsPage) -> Response {
    let words = portal.words();
    render::staff(portal, &may.staff, words.posting.title, "", || pages::wording(words, page))
}

/// `POST /staff/letters/words/{letter}`: keeps them, or shows them as a letter.
pub(in crate::routes) async fn keep_words(
    State(portal): State<Portal>,
    may: May<KeepForms>,
    Path(letter): Path<String>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let letter = Letter::parse(&letter).ok_or(Failure::NotFound)?;
    let text = fields.one("text").replace("\r\n", "\n");
    let seen = fields.one("seen").parse().unwrap_or(-1);
    let faults = check(letter, &text);
    let csrf = may.staff.csrf.clone();
    if !faults.is_empty() {
        let page = WordsPage { letter, text, seen, faults, notice: None, csrf };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, draw_words(&portal, &may, page)).into_response());
    }
    if fields.one("then") == "try" {
        return Ok(download::pdf("letter.pdf", tried(&portal, letter, &text).await?));
    }
    let by = &may.staff.session.staff_id;
    match portal.school.keep_letter_words(letter, (seen, text.clone()), by, portal.now()).await? {
        WordsKept::Done => Ok(Redirect::to(paths::LETTERS).into_response()),
        WordsKept::Changed => {
            let (seen, _) = stands(&portal, letter).await?;
            let notice = Some(portal.words().posting.changed);
            let page = WordsPage { letter, text, seen, faults: Vec::new(), notice, csrf };
            Ok((StatusCode::CONFLICT, draw_words(&portal, &may, page)).into_response())
        }
    }
}
