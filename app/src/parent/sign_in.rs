//! Signing in: asking, typing the code, opening the link, saying who you are.

use leptos::prelude::*;

use crate::{
    paths,
    rules::id::GuardianId,
    ui::{csrf_field, errors},
    words::Words,
};

/// Asks for the address.
pub fn ask(words: &'static Words, csrf: &str, typed: &str, problem: Option<&'static str>) -> impl IntoView + use<> {
    let w = &words.sign_in;
    let problems: Vec<errors::Said> = problem.map(|said| ("email".to_owned(), said.to_owned())).into_iter().collect();
    view! {
        <div class="stack read">
            {errors::summary((words.common.put_right)(problems.len()), &problems)}
            <h1>{w.title}</h1>
            <p>{w.lead}</p>
            <form method="post" action=paths::SIGN_IN class="stack" novalidate>
                {csrf_field(csrf)}
                <div class=errors::bad(&problems, "email")>
                    <label class="label" for="email">{w.email}<span class="hint">{w.email_hint}</span></label>
                    {errors::why(&problems, "email")}
                    <input class="in" id="email" name="email" type="email" autocomplete="email" inputmode="email" spellcheck="false"
                        value=typed.to_owned() aria-describedby=errors::described(&problems, "email")
                        aria-invalid=problem.map(|_| "true") />
                </div>
                <button class="btn big">{w.send}</button>
            </form>
            <p><a class="tap" href=paths::INVITATION>{words.invitation.link}</a></p>
            <p class="small"><a class="tap" href=paths::STAFF_SIGN_IN>{w.staff}</a></p>
        </div>
    }
}

/// The page after asking: the same for every address.
pub fn code(
    words: &'static Words,
    csrf: &str,
    sign_in: &str,
    phone: &str,
    problem: Option<&'static str>,
) -> impl IntoView + use<> {
    let w = &words.sign_in;
    let problems: Vec<errors::Said> = problem.map(|said| ("code".to_owned(), said.to_owned())).into_iter().collect();
    view! {
        <div class="stack read">
            {errors::summary((words.common.put_right)(problems.len()), &problems)}
            <h1>{w.sent_title}</h1>
            <p>{w.sent}</p>
            <form method="post" action=paths::SIGN_IN_CODE class="stack" novalidate>
                {csrf_field(csrf)}
                <input type="hidden" name="sign_in" value=sign_in.to_owned() />
                <div class=errors::bad(&problems, "code")>
                    <label class="label" for="code">{w.code}<span class="hint">{w.code_hint}</span></label>
                    {errors::why(&problems, "code")}
                    <input class="in short" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="9" spellcheck="false"
                        aria-describedby=errors::described(&problems, "code") aria-invalid=problem.map(|_| "true") />
                </div>
                <button class="btn big">{w.enter}</button>
            </form>
            <p>{(w.nothing_comes)(phone)}</p>
            <p><a class="tap" href=paths::SIGN_IN>{w.again}</a></p>
        </div>
    }
}

/// The page behind the link: a button, since a mail scanner looks too.
pub fn link(words: &'static Words, csrf: &str, token: &str) -> impl IntoView + use<> {
    let w = &words.sign_in;
    view! {
        <div class="stack read">
            <h1>{w.link_title}</h1>
            <p>{w.link_lead}</p>
            <form method="post" action=paths::sign_in_link(token)>
                {csrf_field(csrf)}
                <button class="btn big">{w.link_go}</button>
            </form>
        </div>
    }
}

/// A link that is too old or used.
pub fn link_dead(words: &'static Words) -> impl IntoView + use<> {
    let w = &words.sign_in;
    view! {
        <div class="stack read">
            <h1>{w.link_dead_title}</h1>
            <p>{w.link_dead}</p>
            <p><a class="btn" href=paths::SIGN_IN>{w.again}</a></p>
        </div>
    }
}

/// Who uses a shared inbox.
pub fn who(words: &'static Words, csrf: &str, sharers: Vec<(GuardianId, String)>) -> impl IntoView + use<> {
    let w = &words.sign_in;
    let csrf = csrf.to_owned();
    view! {
        <div class="stack read">
            <h1>{w.who_title}</h1>
            <p>{w.who_lead}</p>
            <form method="post" action=paths::SIGN_IN_WHO class="stack">
                {csrf_field(&csrf)}
                {sharers.into_iter().map(|(id, name)| view! {
                    <button class="btn big plain" name="guardian" value=id.to_string()>{(w.i_am)(&name)}</button>
                }).collect_view()}
            </form>
        </div>
    }
}
