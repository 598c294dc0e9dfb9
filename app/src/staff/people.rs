//! The members of staff: inviting, shutting, starting afresh.

use leptos::prelude::*;

use crate::{
    paths,
    rules::{access::Role, id::StaffId},
    ui::{csrf_field, errors},
    words::Words,
};

/// How an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Joined and open.
    Active,
    /// Not joined yet.
    Invited,
    /// Shut by an administrator.
    Shut,
}

/// A member of staff in the list.
#[derive(Debug, Clone)]
pub struct Person {
    /// The id.
    pub staff: StaffId,
    /// The whole name.
    pub name: String,
    /// The address.
    pub email: String,
    /// What they are today.
    pub roles: Vec<Role>,
    /// How the account stands.
    pub standing: Standing,
    /// Whether it is the one who reads.
    pub yourself: bool,
}

/// What was typed into the invitation.
#[derive(Debug, Clone, Default)]
pub struct Invitation {
    /// The name.
    pub name: String,
    /// The address.
    pub email: String,
    /// What they shall be.
    pub roles: Vec<Role>,
}

/// The id of the button that shuts or opens an account, for the error summary.
#[must_use]
pub fn disable_anchor(staff: &StaffId) -> String {
    format!("disable-{staff}")
}

/// The id of the button that starts somebody afresh.
#[must_use]
pub fn reset_anchor(staff: &StaffId) -> String {
    format!("reset-{staff}")
}

/// The list and the invitation.
pub fn page(
    words: &'static Words,
    csrf: &str,
    people: Vec<Person>,
    typed: Invitation,
    problems: Vec<errors::Said>,
) -> impl IntoView + use<> {
    let w = &words.staff;
    let list = people.into_iter().map(|person| one(words, csrf, person, &problems)).collect_view();
    let invite = invite(words, csrf, typed, &problems);
    view! {
        <div class="stack">
            {errors::summary(w.errors.to_owned(), &problems)}
            <h1>{w.people}</h1>
            <div class="two">
                <ul class="people">{list}</ul>
                {invite}
            </div>
        </div>
    }
}

fn one(words: &'static Words, csrf: &str, person: Person, problems: &[errors::Said]) -> impl IntoView + use<> {
    let w = &words.staff;
    let (disable, reset) = (disable_anchor(&person.staff), reset_anchor(&person.staff));
    let open = errors::said(problems, &disable).is_some() || errors::said(problems, &reset).is_some();
    let (tag, standing) = match person.standing {
        Standing::Active => ("tag done", w.active),
        Standing::Invited => ("tag new", w.waiting),
        Standing::Shut => ("tag off", w.disabled),
    };
    let roles: Vec<&str> = person.roles.iter().map(|role| (w.role)(*role)).collect();
    let roles = if roles.is_empty() { w.no_role_today.to_owned() } else { (words.common.list)(&roles) };
    let shut = person.standing == Standing::Shut;
    let afresh = (!shut).then(|| {
        let (label, hint) =
            if person.standing == Standing::Invited { (w.new_link, w.new_link_hint) } else { (w.reset, w.reset_hint) };
        act(
            csrf,
            Act {
                to: paths::people_reset(&person.staff),
                anchor: reset,
                label,
                hint,
                class: "btn plain",
                value: None,
                name: &person.name,
            },
            problems,
        )
    });
    let (label, hint, class, value) = if shut {
        (w.enable, w.enable_hint, "btn plain", "no")
    } else {
        (w.disable, w.disable_hint, "btn stop", "yes")
    };
    let door = Act {
        to: paths::people_disable(&person.staff),
        anchor: disable,
        label,
        hint,
        class,
        value: Some(value),
        name: &person.name,
    };
    let door = act(csrf, door, problems);
    let yourself = person.yourself.then(|| view! { " " <span class="soft">{w.yourself}</span> });
    view! {
        <li>
            <details class="fold" open=open>
                <summary>
                    <span>
                        <b>{person.name.clone()}</b> {yourself} " " <span class=tag>{standing}</span>
                        <span class="line small soft">{person.email}</span>
                        <span class="line small">{roles}</span>
                    </span>
                    <u>{w.change}<span class="vh">" " {person.name}</span></u>
                </summary>
                <div class="stack">{afresh}{door}</div>
            </details>
        </li>
    }
}

/// A button that does something to somebody.
struct Act<'a> {
    to: String,
    anchor: String,
    label: &'static str,
    hint: &'static str,
    class: &'static str,
    value: Option<&'static str>,
    name: &'a str,
}

fn act(csrf: &str, act: Act<'_>, problems: &[errors::Said]) -> impl IntoView + use<> {
    let hint_id = format!("{}-hint", act.anchor);
    let (bad, why) = (errors::bad(problems, &act.anchor), errors::why(problems, &act.anchor));
    let name = act.name.to_owned();
    view! {
        <form method="post" action=act.to class=bad>
            {csrf_field(csrf)}
            {why}
            <p class="hint" id=hint_id.clone()>{act.hint}</p>
            <button class=act.class id=act.anchor aria-describedby=hint_id name=act.value.map(|_| "disabled") value=act.value>
                {act.label}<span class="vh">" " {name}</span>
            </button>
        </form>
    }
}

fn invite(words: &'static Words, csrf: &str, typed: Invitation, problems: &[errors::Said]) -> impl IntoView + use<> {
    let w = &words.staff;
    let described = errors::described(problems, "roles");
    let boxes = Role::ALL.into_iter().enumerate().map(|(place, role)| {
        // The first box carries the anchor that the error summary links to.
        let id = if place == 0 { "roles".to_owned() } else { format!("roles-{}", role.word()) };
        let chosen = typed.roles.contains(&role);
        view! {
            <label class="opt">
                <input type="checkbox" name="roles" value=role.word() id=id checked=chosen aria-describedby=described.clone() />
                {(w.role)(role)}
            </label>
        }
    }).collect_view();
    let field = |id: &'static str, label: &'static str, kind: &'static str, value: String| {
        let described = errors::described(problems, id);
        view! {
            <div class=errors::bad(problems, id)>
                <label class="label" for=id>{label}</label>
                {errors::why(problems, id)}
                <input class="in" id=id name=id type=kind autocomplete="off" spellcheck="false" value=value
                    aria-invalid=described.is_some().then_some("true") aria-describedby=described />
            </div>
        }
    };
    view! {
        <section class="stack" aria-labelledby="invite">
            <h2 id="invite" class="ruled">{w.invite}</h2>
            <p class="small">{w.invite_lead}</p>
            <form method="post" action=paths::PEOPLE class="stack" novalidate>
                {csrf_field(csrf)}
                {field("name", w.their_name, "text", typed.name)}
                {field("email", w.their_email, "email", typed.email)}
                <fieldset class=errors::bad(problems, "roles")>
                    <legend>{w.roles}</legend>
                    {errors::why(problems, "roles")}
                    <div class="opts plain-list">{boxes}</div>
                </fieldset>
                <button class="btn big">{w.invite_go}</button>
            </form>
        </section>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::words::words;

    const HOSTILE: &str = "</b><script>alert(1)</script>\"'";

    fn person(standing: Standing) -> Person {
        Person {
            staff: StaffId::from_bytes([standing as u8; 16]),
            name: HOSTILE.into(),
            email: HOSTILE.into(),
            roles: vec![Role::Office, Role::Administrator],
            standing,
            yourself: false,
        }
    }

    fn drawn(people: Vec<Person>, problems: Vec<errors::Said>) -> String {
        let typed = Invitation { name: HOSTILE.into(), email: HOSTILE.into(), roles: vec![Role::Governor] };
        Owner::new().with(|| page(words("en-GB"), "csrf", people, typed, problems).into_view().to_html())
    }

    #[test]
    fn hostile_names_stay_text() {
        let html = drawn(vec![person(Standing::Active), person(Standing::Invited), person(Standing::Shut)], Vec::new());
        assert!(!html.contains("<script>"), "{html}");
        assert!(!html.contains("style="), "{html}");
        assert!(html.contains("School office and Administrator"), "{html}");
    }

    #[test]
    fn a_shut_account_can_only_be_opened() {
        let html = drawn(vec![person(Standing::Shut)], Vec::new());
        assert!(html.contains("/disable\"") && html.contains("value=\"no\""), "{html}");
        assert!(!html.contains("/reset\""), "{html}");
    }

    #[test]
    fn what_is_refused_is_said_beside_the_button_and_linked() {
        let last = person(Standing::Active);
        let anchor = disable_anchor(&last.staff);
        let html = drawn(vec![last], vec![(anchor.clone(), "The last one.".into())]);
        assert!(html.contains(&format!("href=\"#{anchor}\"")) && html.contains(&format!("id=\"{anchor}\"")), "{html}");
        assert!(html.contains("<details open"), "{html}");
    }

    #[test]
    fn what_was_typed_and_ticked_is_kept() {
        let html = drawn(Vec::new(), vec![("name".into(), "Give their name".into())]);
        let governor =
            html.split("value=\"governor\"").nth(1).and_then(|rest| rest.split('>').next()).unwrap_or_default();
        assert!(governor.contains("checked"), "{html}");
        assert!(html.contains("alert(1)"), "{html}");
    }
}
