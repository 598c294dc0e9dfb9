//! The board, made quick: keys, and an offer of what has come in. Rows never move by themselves.

use leptos::prelude::*;

use crate::wire::BoardTick;

/// Stands around the board.
#[island]
pub fn BoardIsland(
    /// How the board stood when the page was drawn.
    tick: BoardTick,
    /// The day shown, ISO.
    day: String,
    /// The board.
    children: Children,
) -> impl IntoView {
    let now = RwSignal::new(tick);
    #[cfg(feature = "hydrate")]
    {
        live::listen(&day, now);
        live::keys();
    }
    let w = crate::words::island_words("en-GB");
    let offer = move || {
        let stands = now.get();
        let more = stands.reports - tick.reports;
        if more > 0 {
            Some((w.show_new)(more))
        } else if stands.seq != tick.seq || more < 0 {
            Some(w.show_changes.to_owned())
        } else {
            None
        }
    };
    view! {
        <div class="offer" role="status">
            {move || offer().map(|text| view! { <a class="btn plain less" id="show-new" href=format!("{}?day={day}", crate::paths::BOARD)>{text}</a> })}
        </div>
        {children()}
    }
}

#[cfg(feature = "hydrate")]
mod live {
    use leptos::prelude::*;
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{Element, EventSource, HtmlElement, HtmlFormElement, KeyboardEvent, MessageEvent};

    use crate::{paths, wire::BoardTick};

    pub(super) fn listen(day: &str, now: RwSignal<BoardTick>) {
        let Ok(source) = EventSource::new(&format!("{}?day={day}", paths::BOARD_CHANGES)) else { return };
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let Some(text) = event.data().as_string() else { return };
            let mut numbers = text.split(' ').map(str::parse::<i64>);
            if let (Some(Ok(reports)), Some(Ok(seq))) = (numbers.next(), numbers.next()) {
                now.set(BoardTick { reports, seq });
            }
        });
        source.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        // Both live as long as the page.
        on_message.forget();
        std::mem::forget(source);
    }

    /// The codes that have a key, as the page announces them.
    const KEYS: [&str; 4] = ["I", "M", "C", "O"];

    /// J and K walk the rows, Enter takes the proposed code, a letter another one, U undoes.
    pub(super) fn keys() {
        let handle = window_event_listener(leptos::ev::keydown, |event: KeyboardEvent| {
            if event.ctrl_key() || event.alt_key() || event.meta_key() || typing(&event) {
                return;
            }
            let acted = match event.key().as_str() {
                "j" | "J" | "ArrowDown" => walk(1),
                "k" | "K" | "ArrowUp" => walk(-1),
                "Enter" if nothing_focused() => press(".on .propose button"),
                "x" | "X" => press(".on .pick input"),
                "u" | "U" => press("[data-coded] .undo button"),
                "h" | "H" => press("#words button"),
                key if KEYS.contains(&key.to_uppercase().as_str()) => choose(&key.to_uppercase()),
                _ => false,
            };
            if acted {
                event.prevent_default();
            }
        });
        std::mem::forget(handle);
    }

    fn typing(event: &KeyboardEvent) -> bool {
        event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok())
            .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "SELECT" | "TEXTAREA"))
    }

    fn nothing_focused() -> bool {
        document().active_element().is_none_or(|element| matches!(element.tag_name().as_str(), "BODY" | "MAIN"))
    }

    fn rows() -> Vec<Element> {
        let Ok(found) = document().query_selector_all("tr[data-pupil]") else { return Vec::new() };
        (0..found.length()).filter_map(|place| found.item(place)?.dyn_into().ok()).collect()
    }

    fn walk(step: isize) -> bool {
        let rows = rows();
        let Some(at) = rows.iter().position(|row| row.class_list().contains("on")) else { return false };
        let Some(next) = at.checked_add_signed(step).and_then(|next| rows.get(next)) else { return true };
        let _ = rows[at].class_list().remove_1("on");
        let _ = rows[at].remove_attribute("aria-current");
        let _ = next.class_list().add_1("on");
        let _ = next.set_attribute("aria-current", "true");
        next.scroll_into_view_with_bool(false);
        true
    }

    fn press(selector: &str) -> bool {
        match document().query_selector(selector).ok().flatten().and_then(|found| found.dyn_into::<HtmlElement>().ok())
        {
            Some(button) => {
                button.click();
                true
            }
            None => false,
        }
    }

    /// Another code for the row that is on, if the list has it.
    fn choose(letter: &str) -> bool {
        let Some(select) = document().query_selector(".on .choose select").ok().flatten() else { return false };
        let option = select.query_selector(&format!("option[value=\"{letter}\"]"));
        let Some(option) = option.ok().flatten() else { return false };
        let _ = option.set_attribute("selected", "");
        match select.closest("form").ok().flatten().and_then(|form| form.dyn_into::<HtmlFormElement>().ok()) {
            Some(form) => form.request_submit().is_ok(),
            None => false,
        }
    }
}
