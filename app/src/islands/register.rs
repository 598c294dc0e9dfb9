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
            let Ok(mut typed) = typed.try_borrow_mut() else { return };
            let key = event.key().to_lowercase();
            let letter = key.chars().count() == 1 && key.chars().all(char::is_alphabetic);
            // Whatever is done with a child ends its name, however fast the next one is begun.
            if !letter || event.time_stamp() - typed.1 > PAUSE {
                typed.0.clear();
            }
            typed.1 = event.time_stamp();
            let acted = match key.as_str() {
                "enter" if on_a_box(&event) => press("#complete"),
                "." => late(&event),
                "arrowdown" => step(&event, 1),
                "arrowup" => step(&event, -1),
                letters if letter => {
                    typed.0.push_str(letters);
                    // What is no name goes on from its last letter; what is none either leaves no child under
                    // the next key.
                    if !go_to(&typed.0, &event) {
                        letters.clone_into(&mut typed.0);
                        if !go_to(letters, &event) {
                            typed.0.clear();
                            leave(&event);
                        }
                    }
                    true
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

    fn rows() -> Vec<Element> {
        let found = web_sys::window()
            .and_then(|window| window.document())
            .and_then(|document| document.query_selector_all("li[data-name]").ok());
        let Some(found) = found else { return Vec::new() };
        (0..found.length()).filter_map(|place| found.item(place)?.dyn_into().ok()).collect()
    }

    /// The place of the child that has the focus.
    fn place(event: &KeyboardEvent, rows: &[Element]) -> Option<usize> {
        let row = target(event)?.closest("li[data-name]").ok().flatten()?;
        rows.iter().position(|one| *one == row)
    }

    fn focus(row: &Element) -> bool {
        let found = row.query_selector("input[name=absent]").ok().flatten();
        found.and_then(|found| found.dyn_into::<HtmlElement>().ok()).is_some_and(|tick| tick.focus().is_ok())
    }

    /// Takes the focus from whichever child has it.
    fn leave(event: &KeyboardEvent) {
        if let Some(element) = target(event).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.blur();
        }
    }

    /// To the next child, or the one before.
    fn step(event: &KeyboardEvent, by: isize) -> bool {
        let rows = rows();
        let next = place(event, &rows).and_then(|place| place.checked_add_signed(by));
        next.and_then(|next| rows.get(next)).is_some_and(focus)
    }

    /// The first child whose list name begins so, else the first of whose names one does. One letter again goes to
    /// the next such child.
    fn go_to(letters: &str, event: &KeyboardEvent) -> bool {
        let rows = rows();
        let name = |row: &Element| row.get_attribute("data-name").unwrap_or_default();
        let begins = |row: &&Element| name(row).starts_with(letters);
        let has = |row: &&Element| name(row).split(' ').any(|part| part.starts_with(letters));
        let from = match place(event, &rows) {
            Some(at) if letters.chars().count() == 1 => at + 1,
            _ => 0,
        };
        let after = rows.get(from..).unwrap_or_default();
        let row = after.iter().find(begins).or_else(|| rows.iter().find(begins)).or_else(|| rows.iter().find(has));
        row.is_some_and(focus)
    }
}
