//! Absent children pasted out of the MIS: the box, and what was understood.

use leptos::prelude::*;

use crate::{
    paths,
    rules::calendar::SessionDay,
    ui::{csrf_field, errors, text_area::text_area},
    words::Words,
};

/// How many characters may be pasted.
pub const PASTE_MOST: usize = 20_000;

/// The word for every class that is not in.
pub const EVERY: &str = "every";

/// What the page shows.
#[derive(Debug, Clone)]
pub struct PastePage {
    /// The session.
    pub at: SessionDay,
    /// The classes: id, name, whether the register is in, whether it is chosen.
    pub classes: Vec<(String, String, bool, bool)>,
    /// Whether every class is chosen.
    pub every: bool,
    /// What was pasted.
    pub text: String,
    /// What it would do; `None` while the box is shown.
    pub plan: Option<Plan>,
    /// What has to be put right.
    pub problems: Vec<errors::Said>,
    /// What came of the last attempt, if it was not kept.
    pub refused: Option<String>,
    /// The csrf token.
    pub csrf: String,
}

/// What a list would do.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Stands for exactly this.
    pub shown: String,
    /// The classes it touches.
    pub classes: Vec<PlanClass>,
    /// Who is in the room by a line of the list: name and class.
    pub present: Vec<String>,
}

/// One class in it.
#[derive(Debug, Clone)]
pub struct PlanClass {
    /// "3 Oak".
    pub name: String,
    /// Whether the register becomes complete.
    pub complete: bool,
    /// Whether it was complete before.
    pub was: bool,
    /// The children: name, whether late, whether ticked before.
    pub children: Vec<(String, bool, bool)>,
}

/// The page.
pub fn page(words: &'static Words, page: PastePage) -> impl IntoView {
    let w = &words.morning;
    let refused = page.refused.clone().map(|text| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> }
    });
    let plan = page.plan.as_ref().map(|plan| self::plan(words, &page, plan));
    let form = page.plan.is_none().then(|| form(words, &page));
    view! {
        <div class="stack read">
            <p><a class="back" href=paths::morning(page.at)>{w.back}</a></p>
            {errors::summary((words.common.put_right)(page.problems.len()), &page.problems)}
            {refused}
            <p class="dateline"><span>{(words.common.long_date)(page.at.date)}</span><span>{(w.session)(page.at.session)}</span></p>
            <h1>{if page.plan.is_some() { w.paste_plan } else { w.paste_title }}</h1>
            {plan}
            {form}
        </div>
    }
}

fn form(words: &'static Words, page: &PastePage) -> impl IntoView + use<> {
    let w = &words.morning;
    let classes = page
        .classes
        .iter()
        .map(|(id, name, is_in, chosen)| {
            let tag = is_in.then(|| view! { " " <span class="tag done">{w.is_in}</span> });
            view! {
                <label class="tick">
                    <input type="checkbox" name="class" value=id.clone() checked=*chosen />
                    <span>{name.clone()} {tag}</span>
                </label>
            }
        })
        .collect_view();
    let described = errors::described(&page.problems, "text");
    view! {
        <p>{w.paste_lead}</p>
        <form method="post" action=paths::morning_paste(page.at) class="stack">
            {csrf_field(&page.csrf)}
            <div class=errors::bad(&page.problems, "text")>
                <label class="label" for="text">{w.paste_box}</label>
                <p class="hint">{w.paste_hint}</p>
                {errors::why(&page.problems, "text")}
                {text_area("text", 10, PASTE_MOST, &page.text, described)}
            </div>
            <fieldset id="classes">
                <legend>{w.paste_classes}</legend>
                <p class="hint">{w.paste_classes_hint}</p>
                <label class="tick">
                    <input type="checkbox" name="class" value=EVERY checked=page.every />
                    <span><b>{w.paste_every}</b></span>
                </label>
                <div class="chosen">{classes}</div>
            </fieldset>
            <p><button class="btn">{w.paste_look}</button></p>
        </form>
    }
}

fn plan(words: &'static Words, page: &PastePage, plan: &Plan) -> impl IntoView + use<> {
    let w = &words.morning;
    let rows = plan
        .classes
        .iter()
        .map(|class| {
            let children = class
                .children
                .iter()
                .map(|(name, late, before)| {
                    let late = late.then(|| view! { " " <span class="tag new">{w.is_late}</span> });
                    let before = before.then(|| view! { " " <span class="small soft">{w.paste_before}</span> });
                    view! { <li>{name.clone()} {late} {before}</li> }
                })
                .collect_view();
            let nobody = class.children.is_empty().then(|| view! { <p class="soft">{w.paste_nobody}</p> });
            let (tag, said) =
                if class.complete || class.was { ("tag done", w.paste_becomes) } else { ("tag ask", w.paste_stays) };
            view! {
                <section class="planned">
                    <h2 class="ruled">{class.name.clone()} " " <span class=tag>{said}</span></h2>
                    {nobody}
                    <ul class="lines">{children}</ul>
                </section>
            }
        })
        .collect_view();
    let present = (!plan.present.is_empty()).then(|| {
        view! { <p class="small soft">{(w.paste_present)(plan.present.len())} " " {plan.present.join("; ")}</p> }
    });
    let chosen = page
        .classes
        .iter()
        .filter(|(.., chosen)| *chosen)
        .map(|(id, ..)| view! { <input type="hidden" name="class" value=id.clone() /> })
        .collect_view();
    let every = page.every.then(|| view! { <input type="hidden" name="class" value=EVERY /> });
    let hidden = view! {
        {csrf_field(&page.csrf)}
        <input type="hidden" name="text" value=page.text.clone() />
        {chosen}
        {every}
    };
    let again = page
        .classes
        .iter()
        .filter(|(.., chosen)| *chosen)
        .map(|(id, ..)| view! { <input type="hidden" name="class" value=id.clone() /> })
        .collect_view();
    let again_every = page.every.then(|| view! { <input type="hidden" name="class" value=EVERY /> });
    view! {
        {rows}
        {present}
        <div class="acts">
            <form method="post" action=paths::morning_paste(page.at)>
                {hidden}
                <input type="hidden" name="shown" value=plan.shown.clone() />
                <button class="btn">{w.paste_go}</button>
            </form>
            <form method="post" action=paths::morning_paste(page.at)>
                {csrf_field(&page.csrf)}
                <input type="hidden" name="text" value=page.text.clone() />
                <input type="hidden" name="change" value="yes" />
                {again}
                {again_every}
                <button class="btn plain">{w.paste_change}</button>
            </form>
        </div>
    }
}
