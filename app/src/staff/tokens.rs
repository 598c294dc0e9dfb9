//! Tokens for other programs: made, shown once, revoked.

use leptos::prelude::*;

use crate::{
    paths,
    rules::id::TokenId,
    ui::{csrf_field, errors},
    words::Words,
};

/// For how many days a token may work.
pub const LASTS: [i64; 3] = [365, 180, 30];

/// Whether a token works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It works.
    Works,
    /// It was revoked.
    Revoked,
    /// It has run out.
    RunOut,
}

/// A token in the list, its times written.
#[derive(Debug, Clone)]
pub struct TokenShown {
    /// The id.
    pub token: TokenId,
    /// What it is called.
    pub name: String,
    /// When it was made.
    pub made: String,
    /// When it stops working.
    pub until: String,
    /// When it was used last.
    pub used: Option<String>,
    /// Whether it works.
    pub standing: Standing,
}

/// What is typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The name.
    pub name: String,
    /// For how many days.
    pub days: String,
}

/// The list, and the form for a new one.
pub fn page(
    words: &'static Words,
    csrf: &str,
    tokens: Vec<TokenShown>,
    typed: Typed,
    problems: Vec<errors::Said>,
) -> impl IntoView + use<> {
    let w = &words.tokens;
    let none = tokens.is_empty().then(|| view! { <p>{w.none}</p> });
    let rows = tokens.into_iter().map(|token| row(words, csrf, token)).collect_view();
    let described =
        errors::described(&problems, "name").map_or("name-hint".to_owned(), |why| format!("{why} name-hint"));
    let lasts = LASTS
        .into_iter()
        .enumerate()
        .map(|(place, days)| {
            let id = if place == 0 { "days".to_owned() } else { format!("days-{days}") };
            let chosen = typed.days == days.to_string();
            view! {
                <label class="opt"><input type="radio" name="days" value=days.to_string() id=id checked=chosen />{(w.days)(days)}</label>
            }
        })
        .collect_view();
    view! {
        <div class="stack read">
            {errors::summary(w.errors.to_owned(), &problems)}
            <h1>{w.title}</h1>
            <p>{w.lead}</p>
            {none}
            <ul class="rows">{rows}</ul>
            <section class="stack" aria-labelledby="make">
                <h2 id="make" class="ruled">{w.make}</h2>
                <form method="post" action=paths::TOKENS class="stack" novalidate>
                    {csrf_field(csrf)}
                    <div class=errors::bad(&problems, "name")>
                        <label class="label" for="name">{w.name}</label>
                        <p class="hint" id="name-hint">{w.name_hint}</p>
                        {errors::why(&problems, "name")}
                        <input class="in" id="name" name="name" type="text" autocomplete="off" value=typed.name
                            aria-describedby=described aria-invalid=errors::said(&problems, "name").map(|_| "true") />
                    </div>
                    <fieldset class=errors::bad(&problems, "days")>
                        <legend>{w.lasts}</legend>
                        {errors::why(&problems, "days")}
                        <div class="opts">{lasts}</div>
                    </fieldset>
                    <button class="btn big">{w.make_go}</button>
                </form>
            </section>
        </div>
    }
}

fn row(words: &'static Words, csrf: &str, token: TokenShown) -> impl IntoView + use<> {
    let w = &words.tokens;
    let (class, said) = match token.standing {
        Standing::Works => ("tag done", w.works),
        Standing::Revoked => ("tag off", w.revoked),
        Standing::RunOut => ("tag new", w.run_out),
    };
    let revoke = (token.standing == Standing::Works).then(|| {
        view! {
            <form method="post" action=paths::token_revoke(&token.token)>
                {csrf_field(csrf)}
                <button class="btn stop">{w.revoke}<span class="vh">" " {token.name.clone()}</span></button>
            </form>
        }
    });
    view! {
        <li>
            <div>
                <b>{token.name}</b> " " <span class=class>{said}</span>
                <p class="small soft">{(w.dates)(&token.made, &token.until)} ", " {(w.used)(token.used.as_deref())}</p>
            </div>
            {revoke}
        </li>
    }
}

/// The one time that the secret is shown.
pub fn made(words: &'static Words, secret: String, address: &str) -> impl IntoView + use<> {
    let w = &words.tokens;
    view! {
        <div class="stack read">
            <h1>{w.made_title}</h1>
            <p>{w.made_lead}</p>
            <p><code class="secret">{secret}</code></p>
            <p>{(w.made_use)(address)}</p>
            <p><a class="tap" href=paths::TOKENS>{w.back}</a></p>
        </div>
    }
}
