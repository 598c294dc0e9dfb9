//! Using an invitation on paper.

use app::{
    parent::invitation::{self as pages, BORN, Typed},
    paths,
    rules::invitation::InvitationCode,
    ui::errors::Said,
};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};
use chrono::NaiveDate;

use super::sign_in::device_label;
use crate::{
    routes::staff::roster_review::code_hash,
    store::{DEVICE_DAYS, PaperDevice, Redeemed, journal::token_hash},
    web::{Failure, Portal, Posted, client::Network, cookies, render, session::Visitor},
};

/// How many wrong tries one line gets in [`SPAN`] minutes. A family mistypes a code or a date two or
/// three times, and at a parents' evening a few families sit behind the school's own line. Right ones
/// do not count.
const OF_LINE: i64 = 20;
/// How many wrong tries all lines together get that were within their own [`OF_LINE`]: the last line
/// of defence, against many machines at once. A code has fifty bits, and an invitation bears five
/// wrong birthdays in its life, so this guards the store and not the codes. No one line can use up
/// a fiftieth part of it, so none can shut the door for the school.
const OF_ALL: i64 = 1000;
/// Minutes over which tries are counted.
const SPAN: i64 = 10;
/// What all lines together are counted under.
const ALL: &str = "invitations";

/// `GET /invitation`
pub(in crate::routes) async fn page(State(portal): State<Portal>, visitor: Visitor) -> Response {
    draw(&portal, &visitor, Typed::default(), Vec::new())
}

/// `POST /invitation`: the same answer for an unknown code, a wrong date and a code that is worn out.
pub(in crate::routes) async fn used(
    State(portal): State<Portal>,
    visitor: Visitor,
    network: Network,
    headers: HeaderMap,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let words = portal.words();
    let w = &words.invitation;
    let typed = Typed { code: fields.one("code"), born: BORN.map(|part| fields.one(part)) };
    let (code, born) = (InvitationCode::parse(&typed.code), birthday(&typed.born));
    let mut problems: Vec<Said> = Vec::new();
    if code.is_none() {
        problems.push(("code".to_owned(), w.not_a_code.to_owned()));
    }
    if born.is_none() {
        problems.push(("day".to_owned(), w.not_a_date.to_owned()));
    }
    let (Some(code), Some(born)) = (code, born) else {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&portal, &visitor, typed, problems)).into_response());
    };
    let now = portal.now();
    let hash = code_hash(&portal, &code);
    let school = &portal.school;
    // No count is kept for a code: of one that there is, the invitation itself counts, and for one
    // that there is not, nothing shall be kept.
    let line = format!("invitation from {}", network.hidden(&portal));
    if !school.within_limit(&line, OF_LINE, SPAN, now).await? || !school.within_limit(ALL, OF_ALL, SPAN, now).await? {
        let page = draw(&portal, &visitor, typed, vec![("code".to_owned(), w.too_many.to_owned())]);
        return Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response());
    }
    let token = cookies::new_token();
    let device = PaperDevice::new(token_hash(&token), device_label(&portal, &headers));
    match school.redeem_invitation(&hash, born, device, now, portal.today()).await? {
        Redeemed::SignedIn => {
            school.forgive(&line, SPAN, now).await?;
            school.forgive(ALL, SPAN, now).await?;
            let mut response = Redirect::to(paths::HOME).into_response();
            cookies::set(response.headers_mut(), cookies::DEVICE, &token, DEVICE_DAYS * 24 * 3600);
            cookies::clear(response.headers_mut(), cookies::VISIT);
            Ok(response)
        }
        Redeemed::No => {
            let wrong = ("code".to_owned(), (w.wrong)(&portal.office_phone()));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, draw(&portal, &visitor, typed, vec![wrong])).into_response())
        }
    }
}

/// The day that three fields say, in figures and with all four of the year.
fn birthday([day, month, year]: &[String; 3]) -> Option<NaiveDate> {
    let number = |text: &str, most: usize| {
        let text = text.trim();
        let plain = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        plain.then(|| text.parse::<u32>().ok()).flatten()
    };
    let year = number(year, 4).filter(|year| *year >= 1000)?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, number(month, 2)?, number(day, 2)?)
}

fn draw(portal: &Portal, visitor: &Visitor, typed: Typed, problems: Vec<Said>) -> Response {
    let words = portal.words();
    let mut page =
        render::anonymous(portal, words.invitation.title, None, || pages::page(words, &visitor.csrf, typed, problems));
    visitor.remember(&mut page);
    page
}

#[cfg(test)]
mod tests {
    use super::birthday;

    #[test]
    fn a_birthday_is_read_in_figures_only() {
        let read = |day: &str, month: &str, year: &str| birthday(&[day.into(), month.into(), year.into()]);
        assert_eq!(read("4", "05", " 2018 ").map(|day| day.to_string()), Some("2018-05-04".into()));
        for (day, month, year) in
            [("", "5", "2018"), ("4", "May", "2018"), ("4", "5", "18"), ("30", "2", "2018"), ("+4", "5", "2018")]
        {
            assert_eq!(read(day, month, year), None, "{day} {month} {year}");
        }
    }
}
