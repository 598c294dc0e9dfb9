//! A class's register, made quick: letters go to a name, Space ticks, a full stop says late, Enter completes.

use leptos::prelude::*;

/// Stands around the list of a class.
#[island]
pub fn RegisterIsland(
    /// The list.
    children: Children,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    live::keys();
    children()
}

#[cfg(feature = "hydrate")]
mod live {
    use std::cell::RefCell;

    use leptos::prelude::*;
    use wasm_bindgen::JsCast;
    use web_sys::{Element, HtmlElement, KeyboardEvent};

    /// Letters that follow each other faster than this, in milliseconds, are one name.
    const PAUSE: f64 = 1_000.0;

    pub(super) fn keys() {
        let typed: RefCell<(String, f64)> = RefCell::default();
        let handle = window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
            if event.ctrl_key() || event.alt_key() || event.meta_key() || writing(&event) {
                return;
            }
            let key = event.key().to_lowercase();
            let acted = match key.as_str() {
                "enter" if on_a_box(&event) => press("#complete"),
                "." => late(&event),
                key if key.chars().count() == 1 && key.chars().all(char::is_alphabetic) => {
                    let Ok(mut typed) = typed.try_borrow_mut() else { return };
                    if event.time_stamp() - typed.1 > PAUSE {
                        typed.0.clear();
                    }
                    typed.0.push_str(key);
                    typed.1 = event.time_stamp();
                    go_to(&typed.0)
                }
                _ => false,
            };
            if acted {
                event.prevent_default();
            }
        });
        std::mem::forget(handle);
    }

    fn target(event: &KeyboardEvent) -> Option<Element> {
        event.target()?.dyn_into().ok()
    }

    /// Whether the key goes into a field that letters are written in.
    fn writing(event: &KeyboardEvent) -> bool {
        target(event).is_some_and(|element| {
            element.tag_name() == "INPUT" && element.get_attribute("type").as_deref() != Some("checkbox")
        })
    }

    /// Whether a box has the focus, or nothing has: Enter on a button is that button's.
    fn on_a_box(event: &KeyboardEvent) -> bool {
        target(event).is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "BODY" | "MAIN"))
    }

    fn find(selector: &str) -> Option<HtmlElement> {
        let document = web_sys::window()?.document()?;
        document.query_selector(selector).ok().flatten()?.dyn_into().ok()
    }

    fn press(selector: &str) -> bool {
        match find(selector) {
            Some(button) => {
                button.click();
                true
            }
            None => false,
        }
    }

    /// Ticks "late" for the child whose box has the focus.
    fn late(event: &KeyboardEvent) -> bool {
        let row = target(event).and_then(|element| element.closest("li[data-name]").ok().flatten());
        let found = row.and_then(|row| row.query_selector("input[name=late]").ok().flatten());
        match found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            Some(late) => {
                late.click();
                true
            }
            None => false,
        }
    }

    /// The first child whose list name begins so, else the first of whose names one does.
    fn go_to(letters: &str) -> bool {
        let Some(document) = web_sys::window().and_then(|window| window.document()) else { return false };
        let Ok(found) = document.query_selector_all("li[data-name]") else { return false };
        let rows: Vec<Element> = (0..found.length()).filter_map(|place| found.item(place)?.dyn_into().ok()).collect();
        let name = |row: &Element| row.get_attribute("data-name").unwrap_or_default();
        let begins = |row: &&Element| name(row).starts_with(letters);
        let has = |row: &&Element| name(row).split(' ').any(|part| part.starts_with(letters));
        let Some(row) = rows.iter().find(begins).or_else(|| rows.iter().find(has)) else { return false };
        let found = row.query_selector("input[name=absent]").ok().flatten();
        match found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
            Some(tick) => tick.focus().is_ok(),
            None => false,
        }
    }
}
