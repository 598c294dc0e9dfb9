//! Letters that go out on paper: what is still to be printed and posted, and the school's own words.

use leptos::prelude::*;

use crate::{
    paths,
    rules::{
        id::LetterId,
        letter::{Fault, LONGEST, Letter},
    },
    ui::{csrf_field, piece::IntoPiece, text_area::text_area},
    words::Words,
};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct LettersPage {
    /// The letters, those not posted first.
    pub letters: Vec<LetterLine>,
    /// Whether this reader may note that they were posted.
    pub may_post: bool,
    /// Whether this reader may change their words.
    pub may_word: bool,
    /// The csrf token.
    pub csrf: String,
}

/// A letter.
#[derive(Debug, Clone)]
pub struct LetterLine {
    /// Which.
    pub id: LetterId,
    /// What it is.
    pub letter: Letter,
    /// To whom.
    pub to: String,
    /// About whom, with the class.
    pub child: String,
    /// The request's reference.
    pub reference: String,
    /// Whether a later decision, or the family, has made it old.
    pub old: bool,
    /// Whether it may go to its addressee.
    pub may_go: bool,
    /// Whether the school holds an address for the envelope.
    pub has_address: bool,
    /// Whether it keeps the address secret.
    pub address_secret: bool,
    /// The written time it was made.
    pub made: String,
    /// When and by whom it was printed, written.
    pub printed: Option<(String, String)>,
    /// When and by whom it was posted, written.
    pub posted: Option<(String, String)>,
}

/// The list.
pub fn page(words: &'static Words, page: LettersPage) -> impl IntoView {
    let w = &words.posting;
    let (posted, open): (Vec<_>, Vec<_>) = page.letters.iter().cloned().partition(|letter| letter.posted.is_some());
    let may_post = page.may_post;
    let rows = |letters: Vec<LetterLine>, tick: bool| {
        letters.into_iter().map(|letter| row(words, letter, tick)).collect_view()
    };
    let waiting = if open.is_empty() {
        view! { <p>{w.none}</p> }.piece()
    } else {
        let button = may_post.then(|| view! { <p><button class="btn">{w.posted_go}</button></p> });
        view! {
            <form method="post" action=paths::LETTERS class="stack">
                {csrf_field(&page.csrf)}
                <ul class="rows">{rows(open, may_post)}</ul>
                {button}
            </form>
        }
        .piece()
    };
    let done = (!posted.is_empty()).then(|| {
        view! {
            <section aria-labelledby="posted">
                <h2 class="ruled" id="posted">{w.posted}</h2>
                <ul class="rows">{rows(posted, false)}</ul>
            </section>
        }
    });
    let wording = page.may_word.then(|| {
        let links = Letter::ALL
            .into_iter()
            .map(|letter| view! { <li><a href=paths::letter_words(letter.word())>{(words.letters.title)(letter)}</a></li> })
            .collect_view();
        view! {
            <section aria-labelledby="wording">
                <h2 class="ruled" id="wording">{w.wording}</h2>
                <ul class="links">{links}</ul>
            </section>
        }
    });
    view! {
        <div class="stack read">
            <h1>{w.title}</h1>
            <p>{w.lead}</p>
            <section aria-labelledby="waiting">
                <h2 class="ruled" id="waiting">{w.waiting}</h2>
                {waiting}
            </section>
            {done}
            {wording}
        </div>
    }
}

fn row(words: &'static Words, letter: LetterLine, tick: bool) -> impl IntoView + use<> {
    let w = &words.posting;
    let about = (w.about)(&letter.to, &letter.child);
    let printed = match &letter.printed {
        Some((when, who)) => (w.printed_at)(when, who),
        None => w.not_printed.to_owned(),
    };
    let posted = letter.posted.as_ref().map(|(when, who)| format!(" {}", (w.posted_at)(when, who)));
    let old = letter.old.then(|| view! { " " <span class="tag off wrap-tag">{w.old}</span> });
    let stopped = (!letter.may_go).then(|| view! { " " <span class="tag ask wrap-tag">{w.stopped}</span> });
    let nowhere = if letter.address_secret { w.address_secret } else { w.no_address };
    let nowhere =
        (letter.may_go && !letter.has_address).then(|| view! { " " <span class="tag new wrap-tag">{nowhere}</span> });
    let went = if letter.address_secret { w.tick_handed } else { w.tick };
    let tick = (tick && letter.printed.is_some() && letter.may_go).then(|| {
        let id = format!("l-{}", letter.id);
        view! {
            <label class="opt">
                <input type="checkbox" name="letter" value=letter.id.to_string() id=id />
                {went}<span class="vh">": " {about.clone()}</span>
            </label>
        }
    });
    view! {
        <li>
            <div>
                <b>{letter.to.clone()}</b> ", " {(words.letters.title)(letter.letter)} {old} {stopped} {nowhere}
                <p class="small soft">{letter.child} ", " {letter.reference} ", " {(w.made)(&letter.made)} ". " {printed} {posted}</p>
            </div>
            <div class="acts">
                {letter.may_go.then(|| view! { <a class="btn plain" href=paths::letter_pdf(&letter.id)>{w.print}<span class="vh">": " {about}</span></a> })}
                {tick}
            </div>
        </li>
    }
}

/// The words of a letter, to be changed.
#[derive(Debug, Clone)]
pub struct WordsPage {
    /// Which letter.
    pub letter: Letter,
    /// The words, as typed.
    pub text: String,
    /// The version they were made from.
    pub seen: i64,
    /// What is wrong with them.
    pub faults: Vec<Fault>,
    /// Something that was not to be expected.
    pub notice: Option<&'static str>,
    /// The csrf token.
    pub csrf: String,
}

/// The page.
pub fn wording(words: &'static Words, page: WordsPage) -> impl IntoView {
    let w = &words.posting;
    let faults = (!page.faults.is_empty()).then(|| {
        let lines = page.faults.iter().map(|fault| view! { <li>{(w.fault)(fault)}</li> }).collect_view();
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><ul>{lines}</ul></div> }
    });
    let notice = page.notice.map(|text| {
        view! { <div class="errors" role="alert" tabindex="-1" autofocus><p>{text}</p></div> }
    });
    let names = page.letter.placeholders().iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ");
    let described = (!page.faults.is_empty()).then(|| "placeholders".to_owned());
    view! {
        <div class="stack read">
            <a class="back" href=paths::LETTERS>{w.title}</a>
            {faults}
            {notice}
            <h1>{(words.letters.title)(page.letter)}</h1>
            <p>{w.wording_lead}</p>
            <p class="small soft" id="placeholders">{w.placeholders} " " {names}</p>
            <form method="post" action=paths::letter_words(page.letter.word()) class="stack">
                {csrf_field(&page.csrf)}
                <input type="hidden" name="seen" value=page.seen.to_string() />
                <label class="label" for="text">{w.text}</label>
                {text_area("text", 24, LONGEST, &page.text, described)}
                <div class="acts">
                    <button class="btn" name="then" value="keep">{w.keep}</button>
                    <button class="btn plain" name="then" value="try">{w.try_out}</button>
                </div>
            </form>
        </div>
    }
}
