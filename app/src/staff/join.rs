//! Joining with a one-time link: a password, the second factor, recovery codes.

use leptos::prelude::*;

use crate::{
    paths,
    ui::{
        csrf_field, errors,
        piece::{IntoPiece, Piece},
    },
    words::Words,
};

/// A QR code as one path of unit squares, its quiet edge included.
#[derive(Debug, Clone)]
pub struct Qr {
    /// How many squares a side has.
    pub side: usize,
    /// The dark squares.
    pub path: String,
}

/// What the form shows.
#[derive(Debug, Clone)]
pub struct Joining {
    /// The one-time link's token.
    pub token: String,
    /// The school.
    pub school: String,
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// Whether both have to be given: nobody invited the first administrator by name.
    pub asks_who: bool,
    /// The second factor's secret, base32.
    pub secret: String,
    /// Proves that the server chose the secret.
    pub seal: String,
    /// The secret to scan; `None` where it does not fit.
    pub qr: Option<Qr>,
    /// The secret as a link that opens an authenticator app.
    pub app_link: String,
    /// The csrf token.
    pub csrf: String,
    /// What is wrong.
    pub problems: Vec<errors::Said>,
}

/// The form.
pub fn page(words: &'static Words, joining: Joining) -> impl IntoView {
    let w = &words.staff;
    let (who, app) = (who(words, &joining), app(words, &joining));
    let Joining { token, school, secret, seal, csrf, problems, .. } = joining;
    view! {
        <div class="stack read">
            {errors::summary(w.errors.to_owned(), &problems)}
            <h1>{w.join_title}</h1>
            <p>{(w.join_lead)(&school)}</p>
            <form method="post" action=paths::staff_join(&token) class="stack" novalidate>
                {csrf_field(&csrf)}
                <input type="hidden" name="secret" value=secret />
                <input type="hidden" name="seal" value=seal />
                {who}
                <div class=errors::bad(&problems, "password")>
                    <label class="label" for="password">{w.new_password}</label>
                    <p class="hint" id="password-hint">{w.new_password_hint}</p>
                    {errors::why(&problems, "password")}
                    <input class="in" id="password" name="password" type="password" autocomplete="new-password"
                        aria-describedby=described(&problems, "password") aria-invalid=invalid(&problems, "password") />
                </div>
                {app}
                <div class=errors::bad(&problems, "code")>
                    <label class="label" for="code">{w.code}<span class="hint">{w.app_code_hint}</span></label>
                    {errors::why(&problems, "code")}
                    <input class="in short" id="code" name="code" inputmode="numeric" autocomplete="one-time-code" maxlength="9" spellcheck="false"
                        aria-describedby=errors::described(&problems, "code") aria-invalid=invalid(&problems, "code") />
                </div>
                <button class="btn big">{w.join_go}</button>
            </form>
        </div>
    }
}

fn invalid(problems: &[errors::Said], field: &str) -> Option<&'static str> {
    errors::said(problems, field).map(|_| "true")
}

/// The hint and, where there is one, the message.
fn described(problems: &[errors::Said], field: &str) -> String {
    let hint = format!("{field}-hint");
    errors::described(problems, field).map_or(hint.clone(), |why| format!("{why} {hint}"))
}

/// Name and address: asked for, or shown as the invitation has them.
fn who(words: &'static Words, joining: &Joining) -> Piece {
    let w = &words.staff;
    let Joining { name, email, problems, .. } = joining;
    let (name, email) = (name.clone(), email.clone());
    if !joining.asks_who {
        let shown = email.clone();
        // The hidden field tells a password manager whose password this is.
        return view! {
            <dl class="facts">
                <div><dt>{w.name}</dt><dd>{name}</dd></div>
                <div><dt>{w.email}</dt><dd>{shown}</dd></div>
            </dl>
            <input type="email" name="email" value=email autocomplete="username" readonly hidden />
        }
        .piece();
    }
    view! {
        <div class=errors::bad(problems, "name")>
            <label class="label" for="name">{w.name}</label>
            {errors::why(problems, "name")}
            <input class="in" id="name" name="name" autocomplete="name" maxlength="120" value=name
                aria-describedby=errors::described(problems, "name") aria-invalid=invalid(problems, "name") />
        </div>
        <div class=errors::bad(problems, "email")>
            <label class="label" for="email">{w.email}</label>
            {errors::why(problems, "email")}
            <input class="in" id="email" name="email" type="email" autocomplete="username" inputmode="email" spellcheck="false" value=email
                aria-describedby=errors::described(problems, "email") aria-invalid=invalid(problems, "email") />
        </div>
    }
    .piece()
}

/// The secret, to scan, to open and to type.
fn app(words: &'static Words, joining: &Joining) -> impl IntoView + use<> {
    let w = &words.staff;
    // Dark on light in every mode, or cameras do not read it.
    let qr = joining.qr.clone().map(|Qr { side, path }| {
        // Whole pixels for each square, as far as a phone is wide.
        let size = (4 * side).min(300);
        view! {
            <p><b>{w.scan}</b></p>
            <svg role="img" aria-label=w.qr viewBox=format!("0 0 {side} {side}") width=size height=size shape-rendering="crispEdges">
                <rect width=side height=side fill="#fff" />
                <path d=path fill="#000" />
            </svg>
        }
    });
    view! {
        {qr}
        <p><a class="tap" href=joining.app_link.clone()>{w.open_app}</a></p>
        <p>{w.secret} <br /> <code>{in_groups(&joining.secret)}</code></p>
    }
}

/// "ABCD EFGH", easier to type.
fn in_groups(secret: &str) -> String {
    secret.chars().collect::<Vec<_>>().chunks(4).map(String::from_iter).collect::<Vec<_>>().join(" ")
}

/// The recovery codes, shown this once.
pub fn recovery(words: &'static Words, codes: Vec<String>) -> impl IntoView {
    let w = &words.staff;
    view! {
        <div class="stack read">
            <h1>{w.recovery_title}</h1>
            <p>{w.recovery_lead}</p>
            <ul class="stamp">
                {codes.into_iter().map(|code| view! { <li class="ref">{code}</li> }).collect_view()}
            </ul>
            <p><a class="btn big" href=paths::STAFF_SIGN_IN>{w.recovery_go}</a></p>
        </div>
    }
}

/// A link that is too old or used.
pub fn dead(words: &'static Words) -> impl IntoView + use<> {
    let (title, text) = words.staff.join_dead;
    view! {
        <div class="stack read">
            <h1>{title}</h1>
            <p>{text}</p>
            <p><a class="tap" href=paths::STAFF_SIGN_IN>{words.staff.title}</a></p>
        </div>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::words::words;

    fn drawn(change: impl Fn(&mut Joining)) -> String {
        let mut joining = Joining {
            token: "token".into(),
            school: "Hazel Row".into(),
            name: "Jo".into(),
            email: "jo@example.org".into(),
            asks_who: true,
            secret: "ABCDEFGH".into(),
            seal: "seal".into(),
            qr: Some(Qr { side: 29, path: "M4 4h1v1h-1z".into() }),
            app_link: "otpauth://totp/x".into(),
            csrf: "csrf".into(),
            problems: Vec::new(),
        };
        change(&mut joining);
        Owner::new().with(|| page(words("en-GB"), joining).into_view().to_html())
    }

    #[test]
    fn hostile_names_stay_text() {
        let hostile = "\"><script>alert(1)</script>";
        for asks_who in [true, false] {
            let html = drawn(|joining| {
                (joining.name, joining.email, joining.school) = (hostile.into(), hostile.into(), hostile.into());
                joining.asks_who = asks_who;
            });
            assert!(!html.contains("<script>"), "{html}");
        }
    }

    #[test]
    fn somebody_invited_by_name_cannot_change_it() {
        assert!(drawn(|_| {}).contains("id=\"name\""));
        let html = drawn(|joining| joining.asks_who = false);
        assert!(!html.contains("id=\"name\"") && html.contains("jo@example.org"), "{html}");
    }

    #[test]
    fn nothing_is_styled_in_line() {
        let html = drawn(|_| {});
        assert!(html.contains("ABCD EFGH") && html.contains("M4 4h1v1h-1z"), "{html}");
        assert!(!html.contains("style="), "{html}");
    }

    #[test]
    fn a_problem_is_said_at_its_field_beside_the_hint() {
        let html = drawn(|joining| joining.problems = vec![("password".into(), "Too short".into())]);
        assert!(html.contains("aria-describedby=\"password-why password-hint\""), "{html}");
        assert!(html.contains("href=\"#password\""), "{html}");
    }
}
