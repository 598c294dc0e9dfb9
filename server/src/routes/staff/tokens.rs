//! Tokens for other programs. The secret is shown once and kept nowhere.

use app::{
    paths,
    rules::{id::TokenId, london, text::tidy_line},
    staff::tokens::{self as pages, LASTS, Standing, TokenShown, Typed},
    ui::errors::Said,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use chrono::{DateTime, Duration, Utc};

use super::file_import::{actor, written};
use crate::{
    store::{NewToken, TokenListed, journal::token_hash},
    web::{
        Failure, Portal, Posted, cookies, render,
        session::{ManageTokens, May, Staff},
    },
};

/// How long a name may be.
const NAME: usize = 60;

/// `GET /staff/tokens`
pub(in crate::routes) async fn page(State(portal): State<Portal>, may: May<ManageTokens>) -> Result<Response, Failure> {
    let typed = Typed { name: String::new(), days: LASTS[0].to_string() };
    draw(&portal, &may.staff, typed, Vec::new()).await
}

/// `POST /staff/tokens`
pub(in crate::routes) async fn make(
    State(portal): State<Portal>,
    may: May<ManageTokens>,
    Posted(fields): Posted,
) -> Result<Response, Failure> {
    let (staff, words, now) = (&may.staff, portal.words(), portal.now());
    // Whoever holds a token changes marks with no second factor: making one asks for a fresh code.
    if !staff.is_fresh(now) {
        return Ok(Redirect::to(&paths::staff_prove(paths::TOKENS)).into_response());
    }
    let typed = Typed { name: fields.one("name"), days: fields.one("days") };
    let w = &words.tokens;
    let mut problems: Vec<Said> = Vec::new();
    let name = match tidy_line(&typed.name, NAME) {
        Ok(Some(name)) => name,
        Ok(None) => {
            problems.push(("name".to_owned(), w.no_name.to_owned()));
            String::new()
        }
        Err(error) => {
            problems.push(("name".to_owned(), (w.long_name)(error.most)));
            String::new()
        }
    };
    let days = LASTS.into_iter().find(|days| days.to_string() == typed.days);
    if days.is_none() {
        problems.push(("days".to_owned(), w.no_days.to_owned()));
    }
    let (Some(days), true) = (days, problems.is_empty()) else {
        let page = draw(&portal, staff, typed, problems).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let secret = cookies::new_token();
    let new = NewToken {
        token: TokenId::from_bytes(rand::random()),
        name,
        token_hash: token_hash(&secret),
        expires_at: now + Duration::days(days),
        by: staff.session.staff_id.clone(),
    };
    portal.school.make_token(new, now).await?;
    let address = portal.address(paths::API_MARKS);
    Ok(render::staff(&portal, staff, w.made_title, "", || pages::made(words, secret, &address)))
}

/// `POST /staff/tokens/{token}/revoke`
pub(in crate::routes) async fn revoke(
    State(portal): State<Portal>,
    may: May<ManageTokens>,
    Path(token): Path<String>,
    Posted(_): Posted,
) -> Result<Response, Failure> {
    let token = TokenId::parse(&token).ok_or(Failure::NotFound)?;
    portal.school.revoke_token(&token, actor(&may.staff), portal.now()).await?;
    Ok(Redirect::to(paths::TOKENS).into_response())
}

async fn draw(portal: &Portal, staff: &Staff, typed: Typed, problems: Vec<Said>) -> Result<Response, Failure> {
    let (words, now) = (portal.words(), portal.now());
    let tokens = portal.school.tokens().await?.into_iter().map(|token| shown(portal, token, now)).collect();
    Ok(render::staff(portal, staff, words.tokens.title, "", || {
        pages::page(words, &staff.csrf, tokens, typed, problems)
    }))
}

fn shown(portal: &Portal, token: TokenListed, now: DateTime<Utc>) -> TokenShown {
    let day = |at| (portal.words().common.full_date)(london::today(at));
    TokenShown {
        standing: match token.revoked_at {
            Some(_) => Standing::Revoked,
            None if token.expires_at <= now => Standing::RunOut,
            None => Standing::Works,
        },
        made: day(token.made_at),
        until: day(token.expires_at),
        used: token.used_at.map(|at| written(portal, at)),
        token: token.token,
        name: token.name,
    }
}
