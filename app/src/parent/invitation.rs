//! Using an invitation on paper: the code and a child's birthday.

use leptos::prelude::*;

use crate::{
    paths,
    ui::{csrf_field, errors},
    words::Words,
};

/// What was typed.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    /// The code.
    pub code: String,
    /// Day, month, year.
    pub born: [String; 3],
}

/// The names of the three fields of the birthday; the first also carries its message.
pub const BORN: [&str; 3] = ["day", "month", "year"];

/// The page.
pub fn page(words: &'static Words, csrf: &str, typed: Typed, problems: Vec<errors::Said>) -> impl IntoView + use<> {
    let w = &words.invitation;
    let invalid = |field: &str| errors::said(&problems, field).map(|_| "true");
    let hinted = |field: &str, hint: &str| {
        errors::described(&problems, field).map_or(hint.to_owned(), |why| format!("{why} {hint}"))
    };
    let parts = BORN
        .into_iter()
        .zip(w.parts)
        .zip(typed.born)
        .map(|((id, label), value)| {
            let most = if id == "year" { "4" } else { "2" };
            view! {
                <div>
                    <label class="small" for=id>{label}</label>
                    <input class="in" id=id name=id inputmode="numeric" autocomplete="off" maxlength=most value=value
                        aria-describedby=hinted("day", "born-hint") aria-invalid=invalid("day") />
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="stack read">
            {errors::summary((words.common.put_right)(problems.len()), &problems)}
            <h1>{w.title}</h1>
            <p>{w.lead}</p>
            <form method="post" action=paths::INVITATION class="stack" novalidate>
                {csrf_field(csrf)}
                <div class=errors::bad(&problems, "code")>
                    <label class="label" for="code">{w.code}</label>
                    <p class="hint" id="code-hint">{w.code_hint}</p>
                    {errors::why(&problems, "code")}
                    <input class="in code" id="code" name="code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40"
                        value=typed.code aria-describedby=hinted("code", "code-hint") aria-invalid=invalid("code") />
                </div>
                <fieldset class=errors::bad(&problems, "day")>
                    <legend>{w.born}</legend>
                    <p class="hint" id="born-hint">{w.born_hint}</p>
                    {errors::why(&problems, "day")}
                    <div class="birthday">{parts}</div>
                </fieldset>
                <button class="btn big">{w.enter}</button>
            </form>
            <p><a class="tap" href=paths::SIGN_IN>{words.sign_in.title}</a></p>
        </div>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::words::words;

    #[test]
    fn what_was_typed_is_kept_and_hostile_text_stays_text() {
        let hostile = "\"><script>alert(1)</script>";
        let typed = Typed { code: hostile.into(), born: [hostile.into(), "5".into(), "2018".into()] };
        let problems = vec![("code".to_owned(), "No".to_owned()), ("day".to_owned(), "No".to_owned())];
        let html = Owner::new().with(|| page(words("en-GB"), "csrf", typed, problems).into_view().to_html());
        assert!(!html.contains("<script>") && html.contains("value=\"2018\""), "{html}");
        assert!(html.contains("href=\"#day\"") && html.contains("aria-describedby=\"day-why born-hint\""), "{html}");
    }
}
