//! A fresh code before an act that binds: a phone that stays signed in for 90 days may be in a child's hand.

use leptos::prelude::*;

use crate::{
    paths,
    rules::id::SignInId,
    ui::{csrf_field, errors},
    words::Words,
};

/// Why no code can be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cannot {
    /// Somebody else reads the inbox too: it may report, not sign.
    Shared,
    /// The device was signed in with an invitation on paper: no address stands behind it.
    Paper,
}

/// Says why, and offers to send one. `problem` says that there were too many.
pub fn ask(words: &'static Words, csrf: &str, to: &str, problem: Option<String>) -> impl IntoView + use<> {
    let w = &words.prove;
    let problems: Vec<errors::Said> = problem.map(|said| ("send".to_owned(), said)).into_iter().collect();
    view! {
        <div class="stack read">
            {errors::summary((words.common.put_right)(problems.len()), &problems)}
            <h1>{w.title}</h1>
            <p>{w.lead}</p>
            <p>{w.where_to}</p>
            <form method="post" action=paths::prove(to)>
                {csrf_field(csrf)}
                <button class="btn big" id="send">{w.send}</button>
            </form>
            <p><a class="tap" href=paths::HOME>{w.back}</a></p>
        </div>
    }
}

/// Takes the code. What was typed is never written back.
pub fn code(
    words: &'static Words,
    csrf: &str,
    (to, sign_in): (&str, &SignInId),
    phone: &str,
    problem: Option<&'static str>,
) -> impl IntoView + use<> {
    let (w, sign) = (&words.prove, &words.sign_in);
    let problems: Vec<errors::Said> = problem.map(|said| ("code".to_owned(), said.to_owned())).into_iter().collect();
    view! {
        <div class="stack read">
            {errors::summary((words.common.put_right)(problems.len()), &problems)}
            <h1>{sign.sent_title}</h1>
            <p>{w.sent}</p>
            <form method="post" action=paths::prove(to) class="stack" novalidate>
                {csrf_field(csrf)}
                <input type="hidden" name="sign_in" value=sign_in.to_string() />
                <div class=errors::bad(&problems, "code")>
                    <label class="label" for="code">{sign.code}<span class="hint">{sign.code_hint}</span></label>
                    {errors::why(&problems, "code")}
                    <input class="in short" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="9" spellcheck="false"
                        aria-describedby=errors::described(&problems, "code") aria-invalid=problem.map(|_| "true") />
                </div>
                <button class="btn big">{w.enter}</button>
            </form>
            <p>{(w.nothing_comes)(phone)}</p>
            <form method="post" action=paths::prove(to)>
                {csrf_field(csrf)}
                <button class="btn plain">{w.again}</button>
            </form>
        </div>
    }
}

/// No code can help here; the office can.
pub fn cannot(words: &'static Words, why: Cannot, phone: &str) -> impl IntoView + use<> {
    let w = &words.prove;
    let (said, sign_in) = match why {
        Cannot::Shared => ((w.shared)(phone), None),
        Cannot::Paper => ((w.paper)(phone), Some(w.paper_sign_in)),
    };
    view! {
        <div class="stack read">
            <h1>{w.cannot_title}</h1>
            <p>{said}</p>
            <p>{w.still}</p>
            {sign_in.map(|said| view! { <p><a class="tap" href=paths::SIGN_IN>{said}</a></p> })}
            <p><a class="btn" href=paths::HOME>{w.back}</a></p>
        </div>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::words::words;

    #[test]
    fn who_cannot_get_a_code_is_told_whom_to_ring_and_given_no_button() {
        for why in [Cannot::Shared, Cannot::Paper] {
            let html = Owner::new().with(|| cannot(words("en-GB"), why, "01632 960915").into_view().to_html());
            assert!(
                html.contains("ring the office on 01632 960915") && html.contains("find another way with you"),
                "{html}"
            );
            assert!(!html.contains("<form") && html.contains("href=\"/\""), "{html}");
        }
    }

    #[test]
    fn a_hostile_way_on_stays_inside_the_address() {
        let to = "/devices\"><script>alert(1)</script>";
        let html = Owner::new().with(|| ask(words("en-GB"), "token", to, None).into_view().to_html());
        assert!(!html.contains("<script>"), "{html}");
    }
}
