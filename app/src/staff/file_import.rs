//! What the imports' pages have in common: handing a file in, seeing what it would change, bringing it in.

use leptos::prelude::*;

use crate::{
    paths,
    rules::{id::ImportId, import::Doubt},
    ui::{csrf_field, errors},
    words::Words,
};

/// What would become of how many: added, changed, kept.
pub type Counts = [usize; 3];

/// What files hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Pupils and contacts.
    Roster,
    /// Marks of the register.
    Marks,
}

impl Of {
    /// What the room is called.
    #[must_use]
    pub fn title(self, words: &'static Words) -> &'static str {
        match self {
            Self::Roster => words.roster.title,
            Self::Marks => words.marks.title,
        }
    }

    fn rows(self, words: &'static Words) -> &'static [&'static str] {
        match self {
            Self::Roster => &words.roster.tally_rows,
            Self::Marks => &words.marks.tally_rows,
        }
    }

    /// Where it is handed in.
    #[must_use]
    pub fn hand_in(self) -> &'static str {
        match self {
            Self::Roster => paths::ROSTER,
            Self::Marks => paths::MARKS,
        }
    }

    /// Where a file of this kind stands.
    #[must_use]
    pub fn file(self, import: &ImportId) -> String {
        match self {
            Self::Roster => paths::roster_file(import),
            Self::Marks => paths::marks_file(import),
        }
    }

    fn confirm(self, import: &ImportId) -> String {
        match self {
            Self::Roster => paths::roster_confirm(import),
            Self::Marks => paths::marks_confirm(import),
        }
    }

    fn throw_away(self, import: &ImportId) -> String {
        match self {
            Self::Roster => paths::roster_drop(import),
            Self::Marks => paths::marks_drop(import),
        }
    }
}

/// A line of a section.
#[derive(Debug, Clone, Default)]
pub struct Item {
    /// The line of the file; 0 where there is none.
    pub line: u64,
    /// Whose.
    pub who: String,
    /// What is said of it.
    pub said: Vec<String>,
}

/// A section of a plan, by what happens to the lines in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// They do not come in.
    Aside,
    /// They come in; somebody should look.
    Cautions,
    /// The file does not have them.
    Missing,
    /// New classes.
    Classes,
    /// They change.
    Changed,
    /// They are new.
    Added,
    /// Nothing changes.
    Kept,
}

/// What a file would do.
#[derive(Debug, Clone)]
pub struct PlanPage {
    /// What it holds.
    pub of: Of,
    /// The file.
    pub import: ImportId,
    /// What stands for exactly this plan.
    pub shown: String,
    /// The counts, in the order of the kind's rows.
    pub tally: Vec<Counts>,
    /// Why somebody has to confirm it as a whole.
    pub doubts: Vec<Doubt>,
    /// What happens, part by part: the lines shown, and how many there are.
    pub parts: Vec<(Part, Vec<Item>, usize)>,
    /// What else is to be said of the whole.
    pub notes: Vec<String>,
    /// Whether it is another plan than the one somebody said yes to.
    pub changed_meanwhile: bool,
    /// What is wrong with the answer.
    pub problems: Vec<errors::Said>,
    /// The csrf token.
    pub csrf: String,
}

/// Hands a file in.
#[derive(Debug)]
pub struct HandIn<'a> {
    /// What it holds.
    pub of: Of,
    /// The csrf token.
    pub csrf: &'a str,
    /// The written time of the last one.
    pub last: Option<String>,
    /// What is wrong with it.
    pub problem: Option<String>,
    /// Whether the box for the school before is ticked.
    pub previous_school: bool,
}

/// The page that takes a file.
pub fn hand_in(words: &'static Words, page: HandIn<'_>) -> impl IntoView + use<> {
    let HandIn { of, csrf, last, problem, previous_school } = page;
    let w = &words.import;
    let (lead, hint, needed, wanted): (_, _, &'static [_], &'static [_]) = match of {
        Of::Roster => (words.roster.lead, words.roster.file_hint, &words.roster.needed, &words.roster.wanted),
        Of::Marks => (words.marks.lead, words.marks.file_hint, &words.marks.needed, &words.marks.wanted),
    };
    let problems: Vec<errors::Said> = problem.map(|said| ("file".to_owned(), said)).into_iter().collect();
    let facts = |facts: &'static [(&'static str, &'static str)]| {
        facts.iter().map(|(name, what)| view! { <div><dt>{*name}</dt><dd>{*what}</dd></div> }).collect_view()
    };
    let described =
        errors::described(&problems, "file").map_or("file-hint".to_owned(), |why| format!("{why} file-hint"));
    let previous = (of == Of::Marks).then(|| {
        view! {
            <div>
                <label class="opt"><input type="checkbox" id="previous" name="previous" value="yes" checked=previous_school
                    aria-describedby="previous-hint" />{words.marks.previous}</label>
                <p class="hint" id="previous-hint">{words.marks.previous_hint}</p>
            </div>
        }
    });
    view! {
        <div class="stack">
            {errors::summary(w.errors.to_owned(), &problems)}
            <h1>{of.title(words)}</h1>
            <div class="two">
                <div class="stack">
                    <p class="read">{lead}</p>
                    {last.map(|when| view! { <p class="soft">{(w.last)(&when)}</p> })}
                    <form method="post" action=of.hand_in() enctype="multipart/form-data" class="stack" novalidate>
                        {csrf_field(csrf)}
                        {previous}
                        <div class=errors::bad(&problems, "file")>
                            <label class="label" for="file">{w.file}</label>
                            <p class="hint" id="file-hint">{hint}</p>
                            {errors::why(&problems, "file")}
                            <input class="in" id="file" name="file" type="file" accept=".csv,.txt,text/csv,text/plain"
                                aria-describedby=described aria-invalid=(!problems.is_empty()).then_some("true") />
                        </div>
                        <button class="btn big">{w.look}</button>
                    </form>
                </div>
                <section class="stack" aria-labelledby="needs">
                    <h2 id="needs" class="ruled">{w.needs}</h2>
                    <dl class="facts tall">{facts(needed)}</dl>
                    <h2 class="ruled">{words.common.optional}</h2>
                    <dl class="facts tall">{facts(wanted)}</dl>
                </section>
            </div>
        </div>
    }
}

/// What a file would change.
pub fn plan(words: &'static Words, page: PlanPage) -> impl IntoView {
    let w = &words.import;
    let PlanPage { of, import, shown, tally, doubts, parts, notes, changed_meanwhile, problems, csrf } = page;
    let changes = tally.iter().any(|[added, changed, _]| added + changed > 0);
    let doubtful = !doubts.is_empty();
    let problem = errors::bad(&problems, "anyway");
    let meanwhile = changed_meanwhile.then(|| {
        let said = match of {
            Of::Roster => words.roster.changed_meanwhile,
            Of::Marks => words.marks.changed_meanwhile,
        };
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{said}</p></div> }
    });
    let doubts = doubtful.then(|| {
        let said = doubts.iter().map(|doubt| view! { <li>{(words.roster.doubt)(*doubt)}</li> }).collect_view();
        view! {
            <section class="warn stack" aria-labelledby="doubts"><h2 id="doubts">{words.roster.doubts}</h2><ul class="doubts">{said}</ul></section>
        }
    });
    let anyway = doubtful.then(|| {
        view! {
            <div class=problem>
                {errors::why(&problems, "anyway")}
                <label class="opt"><input type="checkbox" id="anyway" name="anyway" value="yes"
                    aria-describedby=errors::described(&problems, "anyway") />{words.roster.anyway}</label>
            </div>
        }
    });
    let sections = parts.into_iter().filter(|(_, _, count)| *count > 0);
    let sections = sections.map(|(part, items, count)| section(words, part, items, count)).collect_view();
    let notes = notes.into_iter().map(|note| view! { <p class="small soft">{note}</p> }).collect_view();
    view! {
        <div class="stack roster">
            {errors::summary(words.staff.errors.to_owned(), &problems)}
            {meanwhile}
            <h1>{w.plan_title}</h1>
            <p>{w.plan_lead} {(!changes).then(|| view! { " " <b>{w.nothing}</b> })}</p>
            {tally_table(words, of, &tally)}
            {doubts}
            <div class="acts">
                <form method="post" action=of.confirm(&import) class="stack">
                    {csrf_field(&csrf)}
                    <input type="hidden" name="shown" value=shown />
                    {anyway}
                    <button class="btn big">{w.bring_in}</button>
                </form>
                <form method="post" action=of.throw_away(&import)>
                    {csrf_field(&csrf)}
                    <button class="btn plain">{w.throw_away}</button>
                </form>
            </div>
            {sections}
            {notes}
        </div>
    }
}

/// The counts in a table.
pub(super) fn tally_table(words: &'static Words, of: Of, tally: &[Counts]) -> impl IntoView + use<> {
    let w = &words.import;
    let [_, heads @ ..] = w.tally_heads;
    let heads = heads.into_iter().map(|head| view! { <th role="columnheader" scope="col">{head}</th> }).collect_view();
    let rows = of
        .rows(words)
        .iter()
        .zip(tally.iter().copied())
        .map(|(name, counts)| {
            let counts = counts
                .into_iter()
                .map(|count| (if count == 0 { "soft" } else { "" }, count))
                .map(|(class, count)| view! { <td role="cell" class=class>{count}</td> })
                .collect_view();
            view! { <tr role="row"><th role="rowheader" scope="row">{*name}</th>{counts}</tr> }
        })
        .collect_view();
    view! {
        <table class="sums" role="table">
            <caption class="vh">{w.plan_title}</caption>
            <thead role="rowgroup"><tr role="row"><td role="cell"></td>{heads}</tr></thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
}

fn section(words: &'static Words, part: Part, items: Vec<Item>, count: usize) -> impl IntoView + use<> {
    let w = &words.import;
    let (title, lead, open, tag) = match part {
        Part::Aside => ((w.aside)(count), Some(w.aside_lead), true, "tag ask"),
        Part::Cautions => ((w.cautions)(count), Some(w.cautions_lead), false, "tag new"),
        Part::Missing => ((words.roster.missing)(count), Some(words.roster.missing_lead), count <= 60, "tag new"),
        Part::Classes => ((words.roster.classes)(count), None, true, "tag seen"),
        Part::Changed => ((w.changed)(count), None, true, "tag seen"),
        Part::Added => ((w.added)(count), None, count <= 60, "tag done"),
        Part::Kept => ((w.kept)(count), None, false, "tag off"),
    };
    let rest = count - items.len();
    let items = items
        .into_iter()
        .map(|Item { line, who, said }| {
            let said = said.into_iter().map(|said| view! { <span class="line small">{said}</span> }).collect_view();
            view! {
                <li>
                    <span><b>{who}</b>{said}</span>
                    {(line > 0).then(|| view! { <span class="small soft nb">{(w.line)(line)}</span> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <details class="fold" open=open>
            <summary><h2 class=tag>{title}</h2></summary>
            <div class="stack">
                {lead.map(|lead| view! { <p class="small soft">{lead}</p> })}
                <ul class="rows lines">{items}</ul>
                {(rest > 0).then(|| view! { <p class="small soft">{(w.more)(rest)}</p> })}
            </div>
        </details>
    }
}

/// A file that no longer waits.
pub fn gone(words: &'static Words, of: Of) -> impl IntoView + use<> {
    let w = &words.import;
    view! {
        <div class="stack read">
            <h1>{w.gone.0}</h1>
            <p>{w.gone.1}</p>
            <p><a class="btn" href=of.hand_in()>{w.another}</a></p>
        </div>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::words::words;

    const HOSTILE: &str = "</b><script>alert(1)</script>\"'";

    fn page(change: impl Fn(&mut PlanPage)) -> String {
        let item = Item { line: 12, who: HOSTILE.into(), said: vec![HOSTILE.into()] };
        let parts = [Part::Aside, Part::Cautions, Part::Missing, Part::Classes, Part::Changed, Part::Added, Part::Kept];
        let mut page = PlanPage {
            of: Of::Roster,
            import: ImportId::from_bytes([1; 16]),
            shown: "digest".into(),
            tally: vec![[1, 2, 3]; 3],
            doubts: Vec::new(),
            parts: parts.into_iter().map(|part| (part, vec![item.clone()], 3)).collect(),
            notes: vec![HOSTILE.into()],
            changed_meanwhile: false,
            problems: Vec::new(),
            csrf: "csrf".into(),
        };
        change(&mut page);
        Owner::new().with(|| plan(words("en-GB"), page).into_view().to_html())
    }

    #[test]
    fn hostile_names_stay_text() {
        let html = page(|_| {});
        assert!(!html.contains("<script>") && !html.contains("style="), "{html}");
        assert_eq!(html.matches("and 2 more").count(), 7, "{html}");
    }

    #[test]
    fn a_box_stands_where_there_are_doubts_and_nowhere_else() {
        assert!(!page(|_| {}).contains("id=\"anyway\""));
        let html = page(|page| {
            page.doubts = vec![Doubt::ManyMissing { missing: 50, of: 417 }];
            page.problems = vec![("anyway".into(), "Tick it".into())];
        });
        assert!(html.contains("50 of the 417 children") && html.contains("href=\"#anyway\""), "{html}");
        assert!(html.contains("aria-describedby=\"anyway-why\""), "{html}");
    }

    #[test]
    fn an_empty_part_is_not_drawn() {
        assert!(!page(|page| page.parts = vec![(Part::Aside, Vec::new(), 0)]).contains("<details"));
    }
}
