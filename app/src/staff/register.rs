//! One class's register: a list to tick, with what families have said beside each child.

use leptos::prelude::*;

use crate::{
    islands::RegisterIsland,
    paths,
    rules::{
        calendar::SessionDay,
        code::Code,
        id::PupilId,
        reconcile::Word,
        register::{MOST_MINUTES, Tick},
    },
    ui::{csrf_field, errors, piece::IntoPiece},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct RegisterPage {
    /// The class's id.
    pub class_id: String,
    /// "3 Oak".
    pub class: String,
    /// The session.
    pub at: SessionDay,
    /// The children, as registers list them.
    pub children: Vec<ChildLine>,
    /// How often it was saved.
    pub version: i64,
    /// Whether it is complete.
    pub complete: bool,
    /// When it was saved and by whom, written.
    pub saved: Option<(String, String)>,
    /// Whether it can be ticked: the day's own, by staff who may.
    pub may_tick: bool,
    /// What came of the last attempt, if it was not kept.
    pub refused: Option<String>,
    /// What has to be put right.
    pub problems: Vec<errors::Said>,
    /// The csrf token.
    pub csrf: String,
}

/// One child.
#[derive(Debug, Clone)]
pub struct ChildLine {
    /// The child.
    pub pupil: PupilId,
    /// "Okafor, Ada".
    pub name: String,
    /// Plain small letters that keys look for: "okafor ada".
    pub plain: String,
    /// Whether absent is ticked.
    pub absent: bool,
    /// Whether late is ticked.
    pub late: bool,
    /// Minutes late, as typed.
    pub minutes: String,
    /// What families have said.
    pub word: Word,
    /// The time in it, written; "" where there is none.
    pub time: String,
    /// What stands beside the box.
    pub because: Because,
    /// The mark of the MIS.
    pub mark: Option<Code>,
}

/// Why a box is ticked, where it was not by the reader alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Because {
    /// By whoever saved it.
    Nothing,
    /// Ticked by what a family said, before anybody has saved.
    Foreseen,
    /// The report came after the register was saved.
    Since,
    /// Two people ticked otherwise.
    Both,
}

impl ChildLine {
    /// The id of the box "absent".
    #[must_use]
    pub fn anchor(pupil: &PupilId) -> String {
        format!("absent-{pupil}")
    }

    /// What the list says of the child, as far as it was ticked; minutes that are none are left out.
    #[must_use]
    pub fn tick(&self) -> Tick {
        match (self.absent, self.late) {
            (true, _) => Tick::Absent,
            (false, true) => Tick::Late(self.minutes.parse().ok()),
            (false, false) => Tick::Present,
        }
    }
}

/// The page.
pub fn page(words: &'static Words, page: RegisterPage) -> impl IntoView {
    let w = &words.morning;
    let (tag, said) = if page.complete { ("tag done", w.is_in) } else { ("tag ask", w.not_in) };
    let saved = page.saved.as_ref().map(|(time, by)| {
        let said = if page.complete { (w.by)(time, by) } else { (w.begun)(time, by) };
        view! { <span class="soft small">{said}</span> }
    });
    let refused = page.refused.clone().map(|text| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> }
    });
    let rows = page.children.iter().map(|child| row(words, &page, child)).collect_view();
    let list = if page.may_tick {
        let form = view! {
            <form method="post" action=paths::register(&page.class_id, page.at) class="stack" id="register">
                {csrf_field(&page.csrf)}
                <input type="hidden" name="seen" value=page.version.to_string() />
                <fieldset>
                    <legend class="vh">{w.legend}</legend>
                    <ul class="roll">{rows}</ul>
                </fieldset>
                <div class="acts finish">
                    <button class="btn" name="act" value="complete" id="complete">{w.complete}</button>
                    {(!page.complete).then(|| view! { <button class="btn plain" name="act" value="keep">{w.keep}</button> })}
                    {page.complete.then(|| view! { <button class="btn plain" name="act" value="keep">{w.open}</button> })}
                    {(page.version > 0).then(|| view! { <button class="btn plain" name="act" value="undo">{w.undo}</button> })}
                </div>
            </form>
        }
        .piece();
        view! {
            <p>{w.list_lead}</p>
            <RegisterIsland>
                {form}
            </RegisterIsland>
            {keys(words)}
        }
        .piece()
    } else {
        view! { <ul class="roll read">{rows}</ul> }.piece()
    };
    view! {
        <div class="stack">
            <p class="noprint"><a class="back" href=paths::morning(page.at)>{w.back}</a></p>
            {errors::summary((words.common.put_right)(page.problems.len()), &page.problems)}
            {refused}
            <p class="dateline"><span>{(words.common.long_date)(page.at.date)}</span><span>{(w.session)(page.at.session)}</span></p>
            <h1>{page.class.clone()} " " <span class=tag>{said}</span> " " {saved}</h1>
            {list}
        </div>
    }
}

fn keys(words: &'static Words) -> impl IntoView {
    let keys = words
        .morning
        .keys
        .iter()
        .map(|(keys, does)| {
            let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> " " }).collect_view();
            view! { <p>{keys} {*does}</p> }
        })
        .collect_view();
    view! { <section class="keys" aria-labelledby="keys"><h2 id="keys" class="vh">{words.board.keys}</h2>{keys}</section> }
}

fn row(words: &'static Words, page: &RegisterPage, child: &ChildLine) -> impl IntoView + use<> {
    let w = &words.morning;
    let of = (w.of)(&child.name);
    let said = (child.word != Word::Nothing).then(|| {
        view! { <span class="tag seen">{(w.said)(child.word, &child.time)}</span> }
    });
    let because = match child.because {
        Because::Nothing => None,
        Because::Foreseen => Some(w.ticked_for_you),
        Because::Since => Some(w.since),
        Because::Both => Some(w.both),
    };
    let because = because.map(|text| view! { <span class="small soft">{text}</span> });
    let mark = child.mark.map(|code| view! { <span class="small soft">{(w.mis)(code.letters())}</span> });
    let about = view! { <span class="about">{said}{because}{mark}</span> };
    if !page.may_tick {
        let tick = match (child.absent, child.late) {
            (true, _) => Some(view! { <span class="tag ask">{w.is_absent}</span> }),
            (false, true) => Some(view! { <span class="tag new">{w.is_late}</span> }),
            (false, false) => None,
        };
        return view! { <li><span class="who"><b>{child.name.clone()}</b> " " {tick}</span>{about}</li> }.piece();
    }
    let id = child.pupil.to_string();
    let (anchor, late, minutes) = (ChildLine::anchor(&child.pupil), format!("late-{id}"), format!("minutes-{id}"));
    let wrong = errors::described(&page.problems, &anchor);
    let invalid = wrong.is_some().then_some("true");
    view! {
        <li class=errors::bad(&page.problems, &anchor) data-name=child.plain.clone()>
            {errors::why(&page.problems, &anchor)}
            <input type="hidden" name="child" value=id.clone() />
            <label class="pick who" for=anchor.clone()>
                <input type="checkbox" id=anchor.clone() name="absent" value=id.clone() checked=child.absent
                    aria-describedby=wrong aria-invalid=invalid />
                <span><b>{child.name.clone()}</b><span class="vh">" " {w.absent}</span></span>
            </label>
            {about}
            <span class="lateness">
                <label class="pick" for=late.clone()>
                    <input type="checkbox" id=late.clone() name="late" value=id checked=child.late />
                    <span>{w.is_late}<span class="vh">{of.clone()}</span></span>
                </label>
                <span class="minutes">
                    <label class="vh" for=minutes.clone()>{w.minutes}{of}</label>
                    <input class="in" type="text" inputmode="numeric" maxlength="3" id=minutes.clone() name=minutes.clone()
                        value=child.minutes.clone() placeholder=w.minutes autocomplete="off" />
                </span>
            </span>
        </li>
    }
    .piece()
}

/// How many minutes were typed; `None` where that is no number of minutes.
#[must_use]
pub fn minutes(typed: &str) -> Option<Option<i64>> {
    match typed.trim() {
        "" => Some(None),
        typed => typed.parse().ok().filter(|minutes| (1..=MOST_MINUTES).contains(minutes)).map(Some),
    }
}
