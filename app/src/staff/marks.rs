//! What came of files of marks, what their heads mean, and how far one has come. The pages before it are those of every import: [`file_import`](super::file_import).

use leptos::prelude::*;

use super::file_import::{Counts, Of, tally_table};
use crate::{
    paths,
    rules::{id::ImportId, import::marks::FolderTrouble},
    ui::{csrf_field, errors, piece::IntoPiece},
    words::Words,
};

/// What came of a file.
#[derive(Debug, Clone)]
pub struct DonePage {
    /// The written time.
    pub when: String,
    /// Marks: added, changed, as before.
    pub marks: Counts,
    /// Marks set aside.
    pub aside: usize,
    /// Sessions without a mark.
    pub blanks: usize,
    /// Whether they are from the school before.
    pub previous_school: bool,
}

/// What came of a file.
pub fn done(words: &'static Words, page: DonePage) -> impl IntoView + use<> {
    let (w, shared) = (&words.marks, &words.import);
    let notes = [
        page.previous_school.then(|| w.from_previous.to_owned()),
        (page.aside > 0).then(|| (shared.aside)(page.aside)),
        (page.blanks > 0).then(|| (w.blanks)(page.blanks)),
    ];
    let notes = notes.into_iter().flatten().map(|note| view! { <p>{note}</p> }).collect_view();
    view! {
        <div class="stack">
            <h1>{shared.done_title}</h1>
            <p>{(shared.done_lead)(&page.when)}</p>
            {tally_table(words, Of::Marks, &[page.marks])}
            {notes}
            <p class="acts"><a class="btn plain" href=paths::MARKS>{shared.another}</a></p>
        </div>
    }
}

/// The way a file came in by, in the order of the words.
pub type WayPlace = usize;

/// What came of one of the last files.
#[derive(Debug, Clone)]
pub struct RunShown {
    /// What the file or the token is called.
    pub name: Option<String>,
    /// The way it came in by.
    pub way: WayPlace,
    /// The written time.
    pub when: String,
    /// New, changed, as before, set aside; `None` where nothing came in.
    pub counts: Option<(Counts, usize)>,
    /// Why nothing came in.
    pub refused: Option<String>,
}

/// What stands under the form that takes a file.
#[derive(Debug, Clone, Default)]
pub struct Below {
    /// The last files, the newest first.
    pub runs: Vec<RunShown>,
    /// Heads that staff have explained: as compared, as shown, the word of the meaning.
    pub heads: Vec<(String, String, String)>,
    /// The watched folder, and why it cannot be used.
    pub folder: Option<(String, Option<FolderTrouble>)>,
    /// The csrf token.
    pub csrf: String,
}

/// What stands under the form that takes a file.
pub fn below(words: &'static Words, below: Below) -> impl IntoView + use<> {
    let w = &words.marks;
    let folder = below.folder.map(|(folder, trouble)| match trouble {
        Some(why) => view! { <p class="warn">{(w.folder_trouble)(&folder, why)}</p> }.piece(),
        None => view! { <p>{(w.folder)(&folder)}</p> }.piece(),
    });
    let runs = below
        .runs
        .into_iter()
        .map(|run| {
            let said = match (&run.refused, run.counts) {
                (Some(why), _) => format!("{}: {why}", w.refused),
                (None, Some((counts, aside))) => (w.run)(counts, aside),
                (None, None) => w.refused.to_owned(),
            };
            let class = if run.refused.is_some() { "tag ask" } else { "tag done" };
            let way = w.ways.get(run.way).copied().unwrap_or_default();
            let name = run.name.map_or_else(|| way.to_owned(), |name| format!("{name}, {way}"));
            view! {
                <li><span><b class=class>{run.when}</b><span class="line small">{name}</span><span class="line">{said}</span></span></li>
            }
        })
        .collect_view();
    let heads = below
        .heads
        .into_iter()
        .map(|(head, shown, meaning)| {
            view! {
                <li>
                    <span><b>{shown.clone()}</b><span class="line small">{(w.heads_meaning)(&meaning)}</span></span>
                    <form method="post" action=paths::MARKS_FORGET>
                        {csrf_field(&below.csrf)}
                        <input type="hidden" name="head" value=head />
                        <button class="btn plain">{w.heads_forget}<span class="vh">" " {shown}</span></button>
                    </form>
                </li>
            }
        })
        .collect::<Vec<_>>();
    let heads = (!heads.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="heads"><h2 id="heads" class="ruled">{w.heads_kept}</h2><ul class="rows">{heads}</ul></section>
        }
    });
    view! {
        <div class="stack roster">
            <section class="stack" aria-labelledby="runs">
                <h2 id="runs" class="ruled">{w.runs}</h2>
                {folder}
                <ul class="rows">{runs}</ul>
            </section>
            {heads}
        </div>
    }
}

/// Heads to be explained.
#[derive(Debug, Clone)]
pub struct HeadsPage {
    /// The file.
    pub import: ImportId,
    /// The heads with their first cells.
    pub heads: Vec<(String, Vec<String>)>,
    /// The words of what they may mean.
    pub meanings: &'static [&'static str],
    /// What is chosen for each, [`AS_KNOWN`] for nothing.
    pub chosen: Vec<String>,
    /// Whether something is still missing.
    pub missing: bool,
    /// The csrf token.
    pub csrf: String,
}

/// The choice that says nothing of a head.
pub const AS_KNOWN: &str = "-";

/// Asks which column is which.
pub fn heads(words: &'static Words, page: HeadsPage) -> impl IntoView + use<> {
    let w = &words.marks;
    let problems: Vec<errors::Said> =
        page.missing.then(|| ("head-0".to_owned(), w.heads_missing.to_owned())).into_iter().collect();
    let rows = page
        .heads
        .into_iter()
        .enumerate()
        .map(|(place, (head, cells))| {
            let id = format!("head-{place}");
            let hint = format!("{id}-hint");
            let chosen = page.chosen.get(place).cloned().unwrap_or_else(|| AS_KNOWN.to_owned());
            let options = page
                .meanings
                .iter()
                .map(|word| view! { <option value=*word selected=chosen == *word>{(w.heads_meaning)(word)}</option> })
                .collect_view();
            let described =
                errors::described(&problems, &id).map_or_else(|| hint.clone(), |why| format!("{why} {hint}"));
            let (bad, why) = (errors::bad(&problems, &id), errors::why(&problems, &id));
            view! {
                <div class=bad>
                    <label class="label" for=id.clone()>{(w.heads_label)(&head)}</label>
                    <p class="hint" id=hint>{(w.heads_example)(&cells.join(", "))}</p>
                    {why}
                    <select class="in" id=id name="meaning" aria-describedby=described>
                        <option value=AS_KNOWN selected=chosen == AS_KNOWN>{w.heads_as_known}</option>
                        {options}
                    </select>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="stack read">
            <a class="back" href=paths::MARKS>{w.title}</a>
            {errors::summary(words.import.errors.to_owned(), &problems)}
            <h1>{w.heads_title}</h1>
            <p>{w.heads_lead}</p>
            <form method="post" action=paths::marks_heads(&page.import) class="stack" novalidate>
                {csrf_field(&page.csrf)}
                {rows}
                <button class="btn big">{w.heads_go}</button>
            </form>
        </div>
    }
}

/// An import under way: marks written so far, and all.
pub fn under_way(words: &'static Words, import: &ImportId, (done, all): (usize, usize)) -> impl IntoView + use<> {
    let w = &words.marks;
    let said = if all == 0 { w.reading.to_owned() } else { (w.so_far)(done, all) };
    let bar = (all > 0).then(|| view! { <progress class="bar" max=all.to_string() value=done.to_string() aria-label=w.under_way_title></progress> });
    view! {
        <div class="stack read">
            <h1>{w.under_way_title}</h1>
            <p>{w.under_way_lead}</p>
            {bar}
            <p role="status"><b>{said}</b></p>
            <p><a class="tap" href=paths::marks_file(import)>{w.look_again}</a></p>
        </div>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::words::words;

    const HOSTILE: &str = "</b><script>alert(1)</script>\"'";

    fn drawn<V: IntoView>(view: impl FnOnce() -> V) -> String {
        Owner::new().with(|| view().into_view().to_html())
    }

    #[test]
    fn hostile_heads_and_names_stay_text() {
        let page = HeadsPage {
            import: ImportId::from_bytes([1; 16]),
            heads: vec![(HOSTILE.into(), vec![HOSTILE.into()]); 2],
            meanings: &["", "upn"],
            chosen: vec!["upn".into()],
            missing: true,
            csrf: "csrf".into(),
        };
        let run = RunShown {
            name: Some(HOSTILE.into()),
            way: 9,
            when: "now".into(),
            counts: None,
            refused: Some(HOSTILE.into()),
        };
        let under = Below {
            runs: vec![run],
            heads: vec![(HOSTILE.into(), HOSTILE.into(), HOSTILE.into())],
            folder: Some((HOSTILE.into(), Some(FolderTrouble::Other(None)))),
            csrf: "csrf".into(),
        };
        for html in [drawn(|| heads(words("en-GB"), page)), drawn(|| below(words("en-GB"), under))] {
            assert!(!html.contains("<script>") && !html.contains("style="), "{html}");
        }
    }
}
