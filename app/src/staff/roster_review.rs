//! Who may do what for which child: who waits, bars, inboxes, invitations.

use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        access::Access,
        id::{GuardianId, PupilId},
    },
    ui::{
        csrf_field, errors,
        piece::{IntoPiece, Piece},
    },
    words::Words,
};

/// Why a contact waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// There is a court order.
    CourtOrder,
    /// The file says nothing of responsibility and household.
    Silence,
    /// The file says neither.
    Neither,
    /// Anything else.
    Other,
}

/// How an invitation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Paper {
    /// There is none.
    None,
    /// It waits until this written day.
    Waits(String),
    /// It was used.
    Used,
}

/// A contact and a child.
#[derive(Debug, Clone)]
pub struct Tie {
    /// The contact.
    pub guardian: GuardianId,
    /// Their whole name.
    pub name: String,
    /// The e-mail address.
    pub email: Option<String>,
    /// Whether the school keeps the postal address secret.
    pub address_secret: bool,
    /// The child.
    pub pupil: PupilId,
    /// Its whole name.
    pub child: String,
    /// "3 Oak".
    pub class: String,
    /// "mother".
    pub relationship: String,
    /// What they may do; `None` while they wait.
    pub access: Option<Access>,
    /// Whether they are barred.
    pub barred: bool,
    /// Why they wait.
    pub why: Option<Why>,
    /// How it stood when it was shown.
    pub seen: String,
    /// Since which written day files have not had it.
    pub missing: Option<String>,
    /// How an invitation stands.
    pub paper: Paper,
    /// Of a child who has left: the written last day, and what the contact has again if the child comes back.
    pub left: Option<(String, Access)>,
}

impl Tie {
    /// The id of the row, for the error summary.
    #[must_use]
    pub fn anchor(guardian: &str, pupil: &str) -> String {
        format!("tie-{guardian}-{pupil}")
    }
}

/// What who reads this may do.
#[derive(Debug, Clone, Copy)]
pub struct May {
    /// Give and take access, print invitations.
    pub decide: bool,
    /// Set and lift bars.
    pub bar: bool,
    /// Keep an address secret.
    pub secret: bool,
}

/// The whole review.
#[derive(Debug, Clone)]
pub struct Review {
    /// Who waits.
    pub waiting: Vec<Tie>,
    /// Who is barred.
    pub barred: Vec<Tie>,
    /// Children whom nobody can report, with their class.
    pub alone: Vec<(String, String)>,
    /// Shared addresses with who reads them, and whether two have the same name.
    pub shared: Vec<(String, Vec<String>, bool)>,
    /// Contacts with access who never signed in: the shown ones, and how many there are.
    pub never: (Vec<Tie>, usize),
    /// Who is missing from the last file.
    pub missing: Vec<Tie>,
    /// Who had access to a child who has left.
    pub left: Vec<Tie>,
    /// Whose address is kept secret, each once.
    pub secret: Vec<Tie>,
    /// Classes, id and name.
    pub classes: Vec<(String, String)>,
}

/// What every part of the page needs.
#[derive(Debug, Clone)]
pub struct Desk {
    /// What the reader may do.
    pub may: May,
    /// The class shown, so that an answer leads back to it.
    pub class: Option<String>,
    /// The csrf token.
    pub csrf: String,
    /// What is wrong with what was sent.
    pub problems: Vec<errors::Said>,
}

/// The review.
pub fn page(words: &'static Words, desk: &Desk, review: Review) -> impl IntoView + use<> {
    let w = &words.review;
    let waiting = if review.waiting.is_empty() {
        view! { <p>{w.nobody_waits}</p> }.piece()
    } else {
        ties(words, desk, review.waiting.clone(), true).piece()
    };
    let alone = review
        .alone
        .iter()
        .map(|(child, class)| view! { <li><b>{child.clone()}</b> <span class="soft">{class.clone()}</span></li> })
        .collect_view();
    let shared = review
        .shared
        .iter()
        .map(|(email, names, twice)| {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let names = (words.common.list)(&names);
            view! {
                <li>
                    <span><b>{email.clone()}</b> <span class="line small">{names}</span></span>
                    {twice.then(|| view! { <span class="tag ask">{w.twice}</span> })}
                </li>
            }
        })
        .collect_view();
    let (never, count) = review.never;
    let rest = count - never.len();
    let never_rest = (rest > 0).then(|| view! { <p class="small soft">{(words.import.more)(rest)}</p> });
    let classes = review
        .classes
        .iter()
        .map(|(id, name)| view! { <li><a href=paths::roster_review_class(id)>{name.clone()}</a></li> })
        .collect_view();
    let secret_lead =
        if desk.may.secret { w.secret_lead.to_owned() } else { format!("{} {}", w.secret_lead, w.secret_others) };
    let bars_lead = if desk.may.bar { w.bars_lead.to_owned() } else { format!("{} {}", w.bars_lead, w.bar_others) };
    view! {
        <div class="stack roster">
            {errors::summary(words.staff.errors.to_owned(), &desk.problems)}
            <h1>{w.title}</h1>
            <p>{w.lead}</p>
            <section class="stack" aria-labelledby="waiting">
                <h2 id="waiting" class="ruled">{(w.waiting)(review.waiting.len())}</h2>
                {waiting}
            </section>
            {part("alone", (w.alone)(review.alone.len()), w.alone_lead.into(), review.alone.len(), true,
                view! { <ul class="rows lines">{alone}</ul> }.piece())}
            {part("missing", (w.missing)(review.missing.len()), w.missing_lead.into(), review.missing.len(), true,
                ties(words, desk, review.missing.clone(), false).piece())}
            {part("barred", (w.bars)(review.barred.len()), bars_lead, review.barred.len(), false,
                ties(words, desk, review.barred.clone(), false).piece())}
            {part("secret", (w.secrets)(review.secret.len()), secret_lead, review.secret.len(), false,
                ties(words, desk, review.secret.clone(), false).piece())}
            {part("left", (w.lefts)(review.left.len()), w.left_lead.into(), review.left.len(), false,
                ties(words, desk, review.left.clone(), false).piece())}
            {part("shared", (w.shared)(review.shared.len()), w.shared_lead.into(), review.shared.len(), false,
                view! { <ul class="rows lines">{shared}</ul> }.piece())}
            {part("never", (w.never)(count), w.never_lead.into(), count, false,
                view! { {ties(words, desk, never, false)} {never_rest} }.piece())}
            <section class="stack" aria-labelledby="classes">
                <h2 id="classes" class="ruled">{w.classes}</h2>
                <p class="small soft">{w.classes_lead}</p>
                <ul class="links classes">{classes}</ul>
            </section>
        </div>
    }
}

/// A folded part of the review; nothing where nothing is in it.
fn part(
    id: &'static str,
    title: String,
    lead: String,
    count: usize,
    open: bool,
    inside: Piece,
) -> impl IntoView + use<> {
    (count > 0).then(|| {
        view! {
            <details class="fold" open=open id=id>
                <summary><h2>{title}</h2></summary>
                <div class="stack"><p class="small soft">{lead}</p>{inside}</div>
            </details>
        }
    })
}

/// Everybody of one class.
pub fn class(words: &'static Words, desk: &Desk, name: &str, all: Vec<Tie>) -> impl IntoView + use<> {
    let w = &words.review;
    let none = all.is_empty().then(|| view! { <p>{w.none}</p> });
    view! {
        <div class="stack roster">
            <p><a class="back" href=paths::ROSTER_REVIEW>{w.back}</a></p>
            {errors::summary(words.staff.errors.to_owned(), &desk.problems)}
            <h1>{(w.class)(name)}</h1>
            <p>{w.lead}</p>
            {none}
            {ties(words, desk, all, false)}
        </div>
    }
}

fn ties(words: &'static Words, desk: &Desk, ties: Vec<Tie>, why: bool) -> impl IntoView + use<> {
    let rows = ties.into_iter().map(|tie| row(words, desk, tie, why)).collect_view();
    view! { <ul class="people">{rows}</ul> }
}

fn row(words: &'static Words, desk: &Desk, tie: Tie, why: bool) -> impl IntoView + use<> {
    let w = &words.review;
    let anchor = Tie::anchor(tie.guardian.as_str(), tie.pupil.as_str());
    let open = errors::said(&desk.problems, &anchor).is_some();
    let (tag, standing) = match (tie.barred, tie.access) {
        (true, _) => ("tag ask", w.barred),
        (false, Some(_)) if tie.left.is_some() => ("tag off", w.left_tag),
        (false, None) => ("tag new", words.roster.waits),
        (false, Some(Access::None)) => ("tag off", (words.roster.access)(Access::None)),
        (false, Some(access)) => ("tag done", (words.roster.access)(access)),
    };
    let of = (w.of)(&tie.relationship, &tie.child, &tie.class);
    let because = tie.why.filter(|_| why).map(|because| {
        let place = match because {
            Why::CourtOrder => 0,
            Why::Silence => 1,
            Why::Neither => 2,
            Why::Other => 3,
        };
        view! { <span class="line small">{w.why[place]}</span> }
    });
    let left = tie.left.as_ref().map(|(day, given)| {
        view! { <span class="line small">{(w.left)(day, (words.roster.access)(*given))}</span> }
    });
    let missing = tie.missing.as_deref().map(|day| view! { <span class="line small soft">{(w.since)(day)}</span> });
    let paper = match &tie.paper {
        Paper::None => None,
        Paper::Waits(until) => Some((w.invited)(until)),
        Paper::Used => Some(w.by_paper.to_owned()),
    };
    let address = tie.email.clone().unwrap_or_else(|| w.no_address.to_owned());
    let address = paper.map_or(address.clone(), |paper| format!("{address}, {paper}"));
    let head = view! {
        <span>
            <b>{tie.name.clone()}</b> " " <span class=tag>{standing}</span>
            <span class="line small">{of}</span>
            {tie.address_secret.then(|| view! { <span class="line small">{w.secret}</span> })}
            {because}{left}{missing}
            <span class="line small soft">{address}</span>
        </span>
    };
    if !desk.may.decide && !desk.may.bar && !desk.may.secret {
        return view! { <li id=anchor class="still">{head}</li> }.piece();
    }
    let name = tie.name.clone();
    view! {
        <li id=anchor.clone()>
            <details class="fold" open=open>
                <summary>{head}<u>{w.decide}<span class="vh">" " {name}</span></u></summary>
                <div class="stack">
                    {errors::why(&desk.problems, &anchor)}
                    {desk.may.decide.then(|| decide(words, desk, &tie))}
                    {desk.may.bar.then(|| bar(words, desk, &tie))}
                    {(desk.may.secret && tie.left.is_none()).then(|| secret(words, desk, &tie))}
                    {(desk.may.decide && tie.left.is_none()).then(|| invite(words, desk, &tie))}
                </div>
            </details>
        </li>
    }
    .piece()
}

/// The fields that name a link.
fn named(desk: &Desk, tie: &Tie) -> impl IntoView + use<> {
    view! {
        {csrf_field(&desk.csrf)}
        <input type="hidden" name="guardian" value=tie.guardian.to_string() />
        <input type="hidden" name="pupil" value=tie.pupil.to_string() />
        {desk.class.clone().map(|class| view! { <input type="hidden" name="class" value=class /> })}
    }
}

fn decide(words: &'static Words, desk: &Desk, tie: &Tie) -> impl IntoView + use<> {
    let w = &words.review;
    let about = format!(" {}", tie.name);
    // Of a child who has left nothing is given: what was given comes back with the child, unless it is shut.
    let given = tie.left.as_ref().map_or(tie.access, |(_, given)| Some(*given));
    let all = [Access::Full, Access::View, Access::None].into_iter().zip(w.give);
    let buttons = all.filter(|(access, _)| tie.left.is_none() || *access == Access::None).map(|(access, label)| {
        let now = given == Some(access);
        let class = if access == Access::None { "btn stop" } else { "btn plain" };
        view! {
            <button class=class name="access" value=access.word() disabled=now>{label}<span class="vh">{about.clone()}</span></button>
        }
    });
    view! {
        <form method="post" action=paths::ROSTER_ACCESS>
            {named(desk, tie)}
            <input type="hidden" name="seen" value=tie.seen.clone() />
            <p class="small soft">{if tie.left.is_some() { w.shut_hint } else { w.give_hint }}</p>
            <div class="choices">{buttons.collect_view()}</div>
        </form>
    }
}

fn bar(words: &'static Words, desk: &Desk, tie: &Tie) -> impl IntoView + use<> {
    let w = &words.review;
    let (label, hint, class, value) = if tie.barred {
        (w.lift_bar, w.lift_bar_hint, "btn plain", "no")
    } else {
        (w.set_bar, w.set_bar_hint, "btn stop", "yes")
    };
    view! {
        <form method="post" action=paths::ROSTER_BAR>
            {named(desk, tie)}
            <p class="small soft">{hint}</p>
            <button class=class name="barred" value=value>{label}<span class="vh">" " {tie.name.clone()}</span></button>
        </form>
    }
}

/// Keeping the address secret, whichever child the row is about.
fn secret(words: &'static Words, desk: &Desk, tie: &Tie) -> impl IntoView + use<> {
    let w = &words.review;
    let (label, hint, class, value) = if tie.address_secret {
        (w.lift_secret, w.lift_secret_hint, "btn plain", "no")
    } else {
        (w.set_secret, w.set_secret_hint, "btn stop", "yes")
    };
    view! {
        <form method="post" action=paths::ROSTER_SECRET>
            {named(desk, tie)}
            <p class="small soft">{hint}</p>
            <button class=class name="secret" value=value>{label}<span class="vh">" " {tie.name.clone()}</span></button>
        </form>
    }
}

/// Invitations, for who may see a child.
fn invite(words: &'static Words, desk: &Desk, tie: &Tie) -> impl IntoView + use<> {
    let w = &words.review;
    let may = !tie.barred && tie.access.is_some_and(|access| access != Access::None);
    let print = may.then(|| {
        view! {
            <form method="post" action=paths::ROSTER_INVITE>
                {named(desk, tie)}
                <p class="small soft">{w.invite_hint}</p>
                <button class="btn plain">{w.invite}<span class="vh">" " {tie.name.clone()}</span></button>
            </form>
        }
    });
    let revoke = (tie.paper != Paper::None).then(|| {
        view! {
            <form method="post" action=paths::ROSTER_REVOKE>
                {named(desk, tie)}
                <p class="small soft">{w.revoke_hint}</p>
                <button class="btn stop">{w.revoke}<span class="vh">" " {tie.name.clone()}</span></button>
            </form>
        }
    });
    view! { {print}{revoke} }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::words::words;

    const HOSTILE: &str = "</b><script>alert(1)</script>\"'";

    fn tie(access: Option<Access>, barred: bool) -> Tie {
        Tie {
            guardian: GuardianId::from_bytes([1; 16]),
            name: HOSTILE.into(),
            email: Some(HOSTILE.into()),
            address_secret: true,
            pupil: PupilId::from_bytes([2; 16]),
            child: HOSTILE.into(),
            class: HOSTILE.into(),
            relationship: HOSTILE.into(),
            access,
            barred,
            why: Some(Why::CourtOrder),
            seen: "seen".into(),
            missing: None,
            paper: Paper::Used,
            left: None,
        }
    }

    fn drawn(may: May, tie: Tie) -> String {
        let desk = Desk { may, class: Some("class".into()), csrf: "csrf".into(), problems: Vec::new() };
        Owner::new().with(|| class(words("en-GB"), &desk, HOSTILE, vec![tie]).into_view().to_html())
    }

    #[test]
    fn hostile_names_stay_text() {
        let html = drawn(May { decide: true, bar: true, secret: true }, tie(Some(Access::Full), false));
        assert!(!html.contains("<script>") && !html.contains("style="), "{html}");
    }

    #[test]
    fn everybody_gets_only_the_acts_that_are_theirs() {
        let acts = |decide, bar, secret| {
            let html = drawn(May { decide, bar, secret }, tie(Some(Access::Full), false));
            [paths::ROSTER_ACCESS, paths::ROSTER_BAR, paths::ROSTER_SECRET, paths::ROSTER_INVITE, paths::ROSTER_REVOKE]
                .map(|path| html.contains(&format!("action=\"{path}\"")))
        };
        assert_eq!(acts(true, false, false), [true, false, false, true, true]);
        assert_eq!(acts(false, true, true), [false, true, true, false, false]);
        assert_eq!(acts(false, false, true), [false, false, true, false, false]);
        assert_eq!(acts(false, false, false), [false; 5]);
    }

    #[test]
    fn of_a_child_who_has_left_nothing_is_given_and_all_can_be_shut() {
        let left = Some(("20 November 2026".to_owned(), Access::Full));
        let may = May { decide: true, bar: true, secret: true };
        let html = drawn(may, Tie { left, ..tie(Some(Access::View), false) });
        let has = |what: &str| html.contains(what);
        assert!(has("value=\"none\"") && has("action=\"/staff/roster/review/bar\""), "{html}");
        assert!(!has("value=\"full\"") && !has("value=\"view\"") && !has(paths::ROSTER_INVITE), "{html}");
    }

    #[test]
    fn who_may_see_no_child_is_not_invited() {
        for (access, barred) in [(None, false), (Some(Access::None), false), (Some(Access::Full), true)] {
            let html = drawn(May { decide: true, bar: false, secret: false }, tie(access, barred));
            assert!(!html.contains(&format!("action=\"{}\"", paths::ROSTER_INVITE)), "{html}");
        }
    }
}
