//! "Still right?": who has looked this school year, by class, and whom the school can ring.

use leptos::prelude::*;

use crate::{paths, words::Words};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct CheckPage {
    /// "2026/27".
    pub year: String,
    /// From when families are asked, written.
    pub from: String,
    /// The classes: id and name.
    pub classes: Vec<(String, String)>,
    /// The class that is shown: its id and the children.
    pub shown: Option<(String, Vec<ChildLine>)>,
}

/// One child.
#[derive(Debug, Clone)]
pub struct ChildLine {
    /// As registers list it.
    pub name: String,
    /// Each adult of its record: name, and when they looked, as one text; `None` where the portal does not ask them.
    pub adults: Vec<(String, Option<Looked>)>,
    /// How many people the school can ring.
    pub to_ring: usize,
    /// Whether that is too few.
    pub few: bool,
}

/// Whether somebody has looked.
#[derive(Debug, Clone)]
pub enum Looked {
    /// All right, on this written date.
    Right(String),
    /// A change was asked for, on this written date.
    Asked(String),
    /// Not yet.
    NotYet,
}

/// The page.
pub fn page(words: &'static Words, page: CheckPage) -> impl IntoView {
    let w = &words.details_staff;
    let current = page.shown.as_ref().map(|(class, _)| class.clone());
    let classes = page
        .classes
        .iter()
        .map(|(class, name)| {
            let here = (current.as_ref() == Some(class)).then_some("page");
            view! { <li><a class="tap" href=paths::details_check_of(class) aria-current=here>{name.clone()}</a></li> }
        })
        .collect_view();
    let shown = page.shown.as_ref().map(|(class, children)| {
        let name = page.classes.iter().find(|(id, _)| id == class).map(|(_, name)| name.clone()).unwrap_or_default();
        let asked = children.iter().flat_map(|child| &child.adults).filter_map(|(_, looked)| looked.as_ref());
        let (done, of) =
            asked.fold((0, 0), |(done, of), looked| (done + usize::from(!matches!(looked, Looked::NotYet)), of + 1));
        let rows = children.iter().map(|child| row(words, child)).collect_view();
        let heads = w.check_heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view();
        view! {
            <section class="stack" aria-labelledby="class">
                <h2 class="ruled" id="class">{name} <span class="small soft">{(w.looked)(done, of)}</span></h2>
                <table class="late" aria-labelledby="class"><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>
            </section>
        }
    });
    view! {
        <div class="stack">
            <a class="back noprint" href=paths::STAFF_DETAILS>{w.back}</a>
            <h1>{w.check_title}</h1>
            <p>{(w.check_lead)(&page.year, &page.from)}</p>
            <nav aria-label=w.classes class="noprint"><ul class="acts small">{classes}</ul></nav>
            {shown}
            <p class="acts noprint"><a class="btn plain" href=paths::DETAILS_CHECK_CSV>{w.file}</a></p>
        </div>
    }
}

fn row(words: &'static Words, child: &ChildLine) -> impl IntoView + use<> {
    let w = &words.details_staff;
    let [_, adult, looked, ring] = w.check_heads;
    let names = child.adults.iter().map(|(name, _)| view! { <span class="line">{name.clone()}</span> }).collect_view();
    let said = child
        .adults
        .iter()
        .map(|(name, looked)| {
            let text = match looked {
                Some(Looked::Right(date)) => (w.all_right)(date),
                Some(Looked::Asked(date)) => (w.asked)(date),
                Some(Looked::NotYet) => w.not_yet.to_owned(),
                None => w.not_asked.to_owned(),
            };
            view! { <span class="line"><span class="vh">{name.clone()} ": "</span>{text}</span> }
        })
        .collect_view();
    let few = child.few.then(|| view! { " " <span class="tag ask wrap-tag">{w.few}</span> });
    view! {
        <tr>
            <th scope="row">{child.name.clone()}</th>
            <td data-head=adult>{names}</td>
            <td data-head=looked>{said}</td>
            <td data-head=ring>{(w.to_ring)(child.to_ring)}{few}</td>
        </tr>
    }
}
