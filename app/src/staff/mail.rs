//! Mail that could not be delivered: to whom and when, never what it says.

use leptos::prelude::*;

use crate::{ui::piece::IntoPiece, words::Words};

/// A message in the list, its time written.
#[derive(Debug, Clone)]
pub struct Late {
    /// To whom.
    pub to: String,
    /// What it is about, as the outbox calls it: "receipt".
    pub kind: String,
    /// When it was written.
    pub written: String,
    /// How often it was tried.
    pub tries: i64,
    /// Whether we have given up.
    pub given_up: bool,
    /// What the mail server said last.
    pub error: Option<String>,
}

/// The list.
pub fn page(words: &'static Words, late: Vec<Late>) -> impl IntoView {
    let w = &words.staff;
    let list = if late.is_empty() {
        view! { <p>{w.mail_none}</p> }.piece()
    } else {
        let heads =
            w.mail_heads.iter().map(|head| view! { <th role="columnheader" scope="col">{*head}</th> }).collect_view();
        let rows = late.into_iter().map(|message| row(words, message)).collect_view();
        view! {
            <p>{w.mail_lead}</p>
            <table class="late" role="table">
                <caption class="vh">{w.mail_title}</caption>
                <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        }
        .piece()
    };
    view! {
        <div class="stack">
            <h1>{w.mail_title}</h1>
            {list}
        </div>
    }
}

fn row(words: &'static Words, message: Late) -> impl IntoView {
    let w = &words.staff;
    let [_, about, written, tried, _] = w.mail_heads;
    let (tag, state) = if message.given_up { ("tag ask", w.mail_given_up) } else { ("tag new", w.mail_trying) };
    // On a narrow screen the heads stand before the values.
    view! {
        <tr role="row">
            <th role="rowheader" scope="row">{message.to}</th>
            <td role="cell" data-head=about>{(w.mail_kind)(&message.kind)}</td>
            <td role="cell" data-head=written>{message.written}</td>
            <td role="cell" data-head=tried>{message.tries}</td>
            <td role="cell">
                <span class=tag>{state}</span>
                {message.error.map(|error| view! { <span class="line small soft">{error}</span> })}
            </td>
        </tr>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use crate::words::words;

    fn drawn(late: Vec<Late>) -> String {
        Owner::new().with(|| page(words("en-GB"), late).into_view().to_html())
    }

    #[test]
    fn what_a_mail_server_says_stays_text() {
        let hostile = "550 <script>alert(1)</script>";
        let late = |given_up| Late {
            to: hostile.into(),
            kind: hostile.into(),
            written: "8.04".into(),
            tries: 3,
            given_up,
            error: Some(hostile.into()),
        };
        let html = drawn(vec![late(true), late(false)]);
        assert!(!html.contains("<script>"), "{html}");
        assert!(html.contains("given up") && html.contains("trying again"), "{html}");
    }

    #[test]
    fn nothing_waiting_is_said_in_words() {
        let html = drawn(Vec::new());
        assert!(html.contains(words("en-GB").staff.mail_none) && !html.contains("<table"), "{html}");
    }
}
