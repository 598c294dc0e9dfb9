//! Another parent's signature: children, days and statement, and nothing of where or how.

use leptos::prelude::*;

use crate::{
    paths,
    rules::{form::YES, id::LeaveId, reference::Reference, signature::NAME_MOST},
    ui::{
        csrf_field,
        errors::{self, Said},
        piece::IntoPiece,
        stale::stale,
    },
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct SignPage {
    /// The reference.
    pub reference: Reference,
    /// Each child: the name with the class, how much school it is, and how the request stands.
    pub children: Vec<(String, String, String)>,
    /// From when to when, as one text.
    pub days: String,
    /// The day back, as one text.
    pub back: String,
    /// What is signed.
    pub statement: String,
    /// The answer given, with its written time: whether they signed.
    pub answered: Option<(bool, String)>,
    /// Whether an answer can still be given: nothing is decided yet.
    pub open: bool,
    /// The name on record.
    pub name_on_record: String,
    /// Whether the box was ticked.
    pub agreed: bool,
    /// The name as typed.
    pub name: String,
    /// What has to be put right.
    pub problems: Vec<Said>,
    /// Whether the code has become too old meanwhile.
    pub stale: bool,
    /// Why nothing can be signed from this device, if so.
    pub cannot: Option<String>,
    /// What was decided, child by child, where it was; with the request, where there is a letter about it.
    pub decided: Vec<(String, Option<LeaveId>)>,
    /// The csrf token.
    pub csrf: String,
}

/// The page.
pub fn page(words: &'static Words, page: SignPage) -> impl IntoView {
    let w = &words.leave;
    let children = page
        .children
        .iter()
        .map(|(name, count, state)| {
            view! { <div><dt>{w.sign_for}</dt><dd>{name.clone()} <p class="small soft">{count.clone()} " " {state.clone()}</p></dd></div> }
        })
        .collect_view();
    let answered = page.answered.as_ref().map(|(signed, when)| {
        let said = if *signed { (w.sign_done)(when) } else { (w.sign_declined)(when) };
        view! { <p class="note">{said}</p> }
    });
    let decided = page
        .decided
        .iter()
        .map(|(line, leave)| {
            let letter =
                leave.as_ref().map(|leave| view! { <a class="tap" href=paths::leave_letter(leave)>{w.letter}<span class="vh">": " {line.clone()}</span></a> });
            view! { <p><b>{line.clone()}</b> " " {letter}</p> }
        })
        .collect_view();
    let may = page.open && page.answered.as_ref().is_none_or(|(signed, _)| !signed);
    let form = match (&page.cannot, may) {
        (_, false) => None,
        (Some(why), true) => Some(view! { <p class="warn">{why.clone()}</p> }.piece()),
        (None, true) => Some(form(words, &page).piece()),
    };
    view! {
        <div class="stack read">
            <a class="back" href=paths::LEAVE>{w.back_to_list}</a>
            {errors::summary((w.errors)(page.problems.len()), &page.problems)}
            {page.stale.then(|| stale(words, paths::LEAVE))}
            <h1>{w.sign}</h1>
            <p>{w.sign_lead}</p>
            {answered}
            {decided}
            <dl class="facts">
                {children}
                <div><dt>{w.sign_when}</dt><dd>{page.days.clone()}</dd></div>
                <div><dt>{w.back}</dt><dd>{page.back.clone()}</dd></div>
                <div><dt>{w.reference}</dt><dd>{page.reference.to_string()}</dd></div>
            </dl>
            {form}
        </div>
    }
}

fn form(words: &'static Words, page: &SignPage) -> impl IntoView + use<> {
    let w = &words.leave;
    view! {
        <form method="post" action=paths::leave_sign(&page.reference) novalidate class="stack">
            {csrf_field(&page.csrf)}
            <p class="note">{page.statement.clone()}</p>
            <div class=errors::bad(&page.problems, "agree")>
                {errors::why(&page.problems, "agree")}
                <label class="opt whole">
                    <input type="checkbox" id="agree" name="agree" value=YES checked=page.agreed />
                    <span>{w.sign_box}</span>
                </label>
            </div>
            <div class=errors::bad(&page.problems, "name")>
                <label class="label" for="name">{w.name}</label>
                <span class="hint" id="name-hint">{(w.name_hint)(&page.name_on_record)}</span>
                {errors::why(&page.problems, "name")}
                <input class="in" id="name" name="name" value=page.name.clone() maxlength=NAME_MOST autocomplete="name"
                    aria-describedby=errors::described(&page.problems, "name").unwrap_or_else(|| "name-hint".to_owned()) />
            </div>
            <div class="acts">
                <button class="btn" name="answer" value="sign">{w.sign_go}</button>
                <button class="btn plain" name="answer" value="not">{w.sign_not}</button>
            </div>
            <p class="small soft">{w.sign_free}</p>
        </form>
    }
}
