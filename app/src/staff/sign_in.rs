//! Staff sign in: address and password, then the second factor.

use leptos::prelude::*;

use crate::{
    paths,
    ui::{csrf_field, errors},
    words::Words,
};

/// Asks for address and password. The address is kept after a mistake, the password never.
pub fn password(
    words: &'static Words,
    csrf: &str,
    typed: &str,
    problem: Option<&'static str>,
) -> impl IntoView + use<> {
    let w = &words.staff;
    let problems: Vec<errors::Said> = problem.map(|said| ("email".to_owned(), said.to_owned())).into_iter().collect();
    view! {
        <div class="stack read">
            {errors::summary(w.errors.to_owned(), &problems)}
            <h1>{w.title}</h1>
            <form method="post" action=paths::STAFF_SIGN_IN class="stack" novalidate>
                {csrf_field(csrf)}
                <div class=errors::bad(&problems, "email")>
                    <label class="label" for="email">{w.email}</label>
                    {errors::why(&problems, "email")}
                    <input class="in" id="email" name="email" type="email" autocomplete="username" inputmode="email" spellcheck="false"
                        value=typed.to_owned() aria-describedby=errors::described(&problems, "email")
                        aria-invalid=problem.map(|_| "true") />
                </div>
                <div>
                    <label class="label" for="password">{w.password}</label>
                    <input class="in" id="password" name="password" type="password" autocomplete="current-password" />
                </div>
                <button class="btn big">{w.enter}</button>
            </form>
        </div>
    }
}

/// Asks for the second factor.
pub fn second_factor(words: &'static Words, csrf: &str, problem: Option<&'static str>) -> impl IntoView + use<> {
    let w = &words.staff;
    view! {
        {code(words, csrf, problem, (w.second_title, w.second_lead), paths::STAFF_SECOND_FACTOR.to_owned())}
        <p class="read"><a class="tap" href=paths::STAFF_SIGN_IN>{w.start_again}</a></p>
    }
}

/// Asks somebody who is signed in for a code again, then leads back to `to`.
pub fn prove(words: &'static Words, csrf: &str, problem: Option<&'static str>, to: &str) -> impl IntoView + use<> {
    let w = &words.staff;
    code(words, csrf, problem, (w.prove_title, w.prove_lead), paths::staff_prove(to))
}

fn code(
    words: &'static Words,
    csrf: &str,
    problem: Option<&'static str>,
    (title, lead): (&'static str, &'static str),
    action: String,
) -> impl IntoView + use<> {
    let w = &words.staff;
    let problems: Vec<errors::Said> = problem.map(|said| ("code".to_owned(), said.to_owned())).into_iter().collect();
    view! {
        <div class="stack read">
            {errors::summary(w.errors.to_owned(), &problems)}
            <h1>{title}</h1>
            <p>{lead}</p>
            <form method="post" action=action class="stack" novalidate>
                {csrf_field(csrf)}
                <div class=errors::bad(&problems, "code")>
                    <label class="label" for="code">{w.code}<span class="hint">{w.code_hint}</span></label>
                    {errors::why(&problems, "code")}
                    <input class="in short" id="code" name="code" autocomplete="one-time-code" autocapitalize="none" maxlength="20" spellcheck="false"
                        aria-describedby=errors::described(&problems, "code") aria-invalid=problem.map(|_| "true") />
                </div>
                <button class="btn big">{w.enter}</button>
            </form>
        </div>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::words::words;

    #[test]
    fn a_hostile_address_stays_inside_its_field() {
        let hostile = "\"><script>alert(1)</script>@example.org";
        let html = Owner::new().with(|| password(words("en-GB"), "token", hostile, Some("No.")).into_view().to_html());
        assert!(!html.contains("<script>"), "{html}");
        assert!(html.contains("value=\"&quot;&gt;&lt;script&gt;"), "{html}");
    }

    #[test]
    fn a_password_is_never_written_back() {
        let html =
            Owner::new().with(|| password(words("en-GB"), "token", "a@example.org", Some("No.")).into_view().to_html());
        let field = html.split("id=\"password\"").nth(1).and_then(|rest| rest.split('>').next()).unwrap_or("value=");
        assert!(!field.contains("value="), "{html}");
    }
}
