//! A conversation, message by message.

use leptos::prelude::*;

use super::piece::IntoPiece;
use crate::rules::conversation::Side;

/// One message as it is shown.
#[derive(Debug, Clone)]
pub struct Line {
    /// Who wrote it.
    pub from: Side,
    /// What they are called here.
    pub who: String,
    /// When, written.
    pub at: String,
    /// What it says; `None` where words are hidden.
    pub text: Option<String>,
    /// Whether the reader sees it for the first time: the tag's word.
    pub new: Option<&'static str>,
    /// What is said of its being read.
    pub read: Option<String>,
}

/// The messages in order. `hidden` stands for each text that is hidden.
pub fn talk(lines: Vec<Line>, hidden: &'static str) -> impl IntoView {
    let lines = lines
        .into_iter()
        .map(|line| {
            let text = match line.text {
                Some(text) => view! { <p class="words">{text}</p> }.piece(),
                None => view! { <p class="soft">{hidden}</p> }.piece(),
            };
            // The school speaks in the margin's voice.
            let side = if line.from == Side::Staff { "note" } else { "" };
            view! {
                <li class=side>
                    <p class="small"><b><bdi>{line.who}</bdi></b> <span class="soft">", " {line.at}</span>
                        {line.new.map(|word| view! { " " <span class="tag new">{word}</span> })}</p>
                    {text}
                    {line.read.map(|text| view! { <p class="small soft">{text}</p> })}
                </li>
            }
        })
        .collect_view();
    view! { <ol class="talk stack">{lines}</ol> }
}
