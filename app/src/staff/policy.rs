//! Who has declared what about the attendance policy: the whole school, by class, those who want to talk, every version.

use chrono::NaiveDate;
use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        declaration::{Answer, Standing},
        id::PupilId,
    },
    ui::piece::IntoPiece,
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct PolicyPage {
    /// The version that counts: number and adoption; `None` before there is one.
    pub version: Option<(i64, NaiveDate)>,
    /// How many children of all stand how.
    pub whole: Counts,
    /// Each class: id, name, how many children stand how.
    pub classes: Vec<(String, String, Counts)>,
    /// The class whose children are shown: its name, and the children.
    pub chosen: Option<(String, String, Vec<ChildRow>)>,
    /// Those who want to talk, do not accept it, or have written.
    pub talks: Vec<TalkRow>,
    /// Every version: number, adopted, published (written), who.
    pub versions: Vec<(i64, NaiveDate, String, Option<String>)>,
    /// Whether this member of staff may publish.
    pub may_publish: bool,
}

/// How many children stand how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub children: usize,
    /// Everybody asked has signed.
    pub all: usize,
    /// Some have.
    pub some: usize,
    /// Nobody has.
    pub none: usize,
    /// Nobody can be asked.
    pub nobody: usize,
}

impl Counts {
    /// With one child more.
    #[must_use]
    pub fn and(mut self, standing: Standing) -> Self {
        self.children += 1;
        *match standing {
            Standing::All => &mut self.all,
            Standing::Some => &mut self.some,
            Standing::None => &mut self.none,
            Standing::Nobody => &mut self.nobody,
        } += 1;
        self
    }
}

/// A child of the class that is shown.
#[derive(Debug, Clone)]
pub struct ChildRow {
    /// The child.
    pub pupil: PupilId,
    /// As registers list it.
    pub name: String,
    /// Those who are asked: name, answer, written time.
    pub guardians: Vec<(String, Option<(Answer, String)>)>,
}

/// Somebody who wants to talk, does not accept it, or has written.
#[derive(Debug, Clone)]
pub struct TalkRow {
    /// A child of it.
    pub pupil: PupilId,
    /// Who.
    pub from: String,
    /// The children.
    pub children: String,
    /// What they answered.
    pub answer: Answer,
    /// To which version, where it is not the one that counts.
    pub earlier: Option<i64>,
    /// When, written.
    pub at: String,
    /// Whether nobody has written back.
    pub waits: bool,
}

/// An answer as a shape and a word.
pub(super) fn tag(words: &'static Words, answer: Option<Answer>) -> impl IntoView + use<> {
    let w = &words.declaration_staff;
    let (class, said) = match answer {
        Some(answer) => {
            let class = match answer {
                Answer::Signed => "tag done",
                Answer::Talk => "tag ask",
                Answer::No => "tag new",
            };
            (class, (w.answer)(answer))
        }
        None => ("tag off", w.unanswered),
    };
    view! { <span class=class>{said}</span> }
}

/// The page.
pub fn page(words: &'static Words, page: PolicyPage) -> impl IntoView {
    let w = &words.declaration_staff;
    let write = page.may_publish.then(|| view! { <li><a href=paths::POLICY_DRAFT>{w.write}</a></li> });
    let versions = page
        .versions
        .iter()
        .map(|(version, adopted, published, who)| {
            let said = (w.listed)(*version, *adopted, published, who.as_deref());
            view! { <li><a href=paths::staff_policy_version(*version)>{said}</a></li> }
        })
        .collect_view();
    let versions = (!page.versions.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="versions">
                <h2 class="ruled" id="versions">{w.versions}</h2>
                <ul class="links">{versions}</ul>
            </section>
        }
    });
    let Some((version, adopted)) = page.version else {
        return view! {
            <div class="stack read">
                <h1>{w.title}</h1>
                <p>{w.none}</p>
                <nav class="links" aria-label=words.common.more><ul>{write}</ul></nav>
            </div>
        }
        .piece();
    };
    let counts = [
        (Standing::All, page.whole.all),
        (Standing::Some, page.whole.some),
        (Standing::None, page.whole.none),
        (Standing::Nobody, page.whole.nobody),
    ]
    .map(|(standing, count)| view! { <li>{(w.count)(standing, count)}</li> });
    view! {
        <div class="stack">
            <h1>{w.title}</h1>
            <p><a class="tap" href=paths::staff_policy_version(version)>{(w.version)(version, adopted)}</a></p>
            <section class="stack" aria-labelledby="how-many">
                <h2 class="ruled" id="how-many">{w.how_many}</h2>
                <ul>{counts}</ul>
                <nav class="links noprint" aria-label=words.common.more>
                    <ul>
                        <li><a href=paths::REMINDERS>{w.remind}</a></li>
                        <li><a href=paths::SLIPS>{w.slips}</a></li>
                        <li><a href=paths::DECLARATIONS_CSV>{w.csv}</a></li>
                        {write}
                    </ul>
                </nav>
            </section>
            {talks(words, page.talks)}
            {page.chosen.map(|(id, name, children)| class(words, &id, &name, children))}
            {classes(words, page.classes)}
            {versions}
        </div>
    }
    .piece()
}

fn talks(words: &'static Words, talks: Vec<TalkRow>) -> impl IntoView + use<> {
    let w = &words.declaration_staff;
    let none = talks.is_empty().then(|| view! { <p>{w.no_talks}</p> });
    let rows = talks
        .into_iter()
        .map(|talk| {
            let earlier = talk.earlier.map(|version| view! { " " <span class="soft">{(w.about_earlier)(version)}</span> });
            let waits = talk.waits.then(|| view! { " " <span class="tag ask">{w.waits}</span> });
            view! {
                <li>
                    <div>
                        <b>{talk.from.clone()}</b> ", " {talk.children}
                        <p class="small">{tag(words, Some(talk.answer))} " " <span class="soft">{talk.at}</span> {earlier} {waits}</p>
                    </div>
                    <a class="btn plain" href=paths::staff_declaration(&talk.pupil)>{words.declaration.open}<span class="vh">": " {talk.from}</span></a>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="stack" aria-labelledby="talks">
            <h2 class="ruled" id="talks">{w.talks}</h2>
            {none}
            <ul class="rows">{rows}</ul>
        </section>
    }
}

fn class(words: &'static Words, id: &str, name: &str, children: Vec<ChildRow>) -> impl IntoView + use<> {
    let w = &words.declaration_staff;
    let heads = w.child_heads;
    let rows = children
        .into_iter()
        .map(|child| {
            let guardians = child
                .guardians
                .into_iter()
                .map(|(name, said)| {
                    let (answer, at) = said.unzip();
                    let at = at.map(|at| view! { " " <span class="small soft">{at}</span> });
                    view! { <span class="line">{name} " " {tag(words, answer)} {at}</span> }
                })
                .collect::<Vec<_>>();
            let guardians = if guardians.is_empty() {
                view! { <span class="soft">{w.nobody}</span> }.piece()
            } else {
                guardians.piece()
            };
            view! {
                <tr>
                    <th scope="row"><a class="tap" href=paths::staff_declaration(&child.pupil)>{child.name}</a></th>
                    <td data-head=heads[1]>{guardians}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="stack" aria-labelledby="class">
            <h2 class="ruled" id="class">{(w.children_of)(name)}</h2>
            <p class="noprint acts">
                <a class="tap" href=paths::STAFF_POLICY>{w.all_classes}</a>
                <a class="tap" href=paths::slips_of(id)>{w.slips}</a>
            </p>
            <table class="late" aria-labelledby="class">
                <thead><tr>{heads.map(|head| view! { <th scope="col">{head}</th> })}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}

fn classes(words: &'static Words, classes: Vec<(String, String, Counts)>) -> impl IntoView + use<> {
    let w = &words.declaration_staff;
    let heads = w.class_heads;
    let rows = classes
        .into_iter()
        .map(|(id, name, counts)| {
            let cells = [counts.children, counts.all, counts.some, counts.none, counts.nobody];
            let cells = cells
                .into_iter()
                .zip(heads.into_iter().skip(1))
                .map(|(count, head)| view! { <td data-head=head>{count}</td> })
                .collect_view();
            view! { <tr><th scope="row"><a class="tap" href=format!("{}#class", paths::staff_policy_class(&id))>{name}</a></th>{cells}</tr> }
        })
        .collect_view();
    view! {
        <section class="stack" aria-labelledby="classes">
            <h2 class="ruled" id="classes">{w.classes}</h2>
            <table class="late" aria-labelledby="classes">
                <thead><tr>{heads.map(|head| view! { <th scope="col">{head}</th> })}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
}
