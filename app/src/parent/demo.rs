//! The demo school's two extra pages. Their few words are for whoever tries the demo, in English only.

use leptos::prelude::*;

use crate::ui::piece::{IntoPiece, Piece};

/// A message as it would have been mailed.
#[derive(Debug, Clone)]
pub struct DemoMessage {
    /// To whom.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub body: String,
}

/// The mail.
pub fn mail(messages: Vec<DemoMessage>) -> impl IntoView {
    view! {
        <div class="stack read">
            <h1>"Demo mail"</h1>
            <p>"Everything the demo school would have sent, newest first."</p>
            {messages.into_iter().map(|message| view! {
                <article class="note stack">
                    <h2>{message.subject}</h2>
                    <p class="soft">{message.to}</p>
                    {message.body.lines().map(paragraph).collect_view()}
                </article>
            }).collect_view()}
        </div>
    }
}

fn paragraph(line: &str) -> Piece {
    let line = line.to_owned();
    if line.starts_with("http") {
        view! { <p><a class="tap" href=line.clone()>{line.clone()}</a></p> }.piece()
    } else {
        view! { <p>{line}</p> }.piece()
    }
}

/// The second factor's codes: name, address, code.
pub fn codes(password: &'static str, codes: Vec<(String, String, String)>) -> impl IntoView {
    view! {
        <div class="stack read">
            <h1>"Demo codes"</h1>
            <p>"The demo staff’s password is " <b>{password}</b> ". Each code works once; a new one comes every 30 seconds."</p>
            <dl class="facts">
                {codes.into_iter().map(|(name, email, code)| view! {
                    <div><dt>{name}</dt><dd>{email} " " <b class="ref">{code}</b></dd></div>
                }).collect_view()}
            </dl>
        </div>
    }
}
