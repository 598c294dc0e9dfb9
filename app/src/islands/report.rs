//! The report form, made better: errors without a round trip, one send for two taps, and a plain
//! word when there is no connection. The form itself is the server's and works without this.

use leptos::prelude::*;

use crate::rules::absence::Offer;

/// Stands around the form.
#[island]
pub fn ReportIsland(
    /// What can be reported, without the illnesses that the form lists: the same check runs here and on the server.
    offer: Offer,
    /// The office's number.
    phone: String,
    /// The form.
    children: Children,
) -> impl IntoView {
    let place = NodeRef::<leptos::html::Div>::new();
    #[cfg(feature = "hydrate")]
    send::listen(place, offer, phone);
    #[cfg(not(feature = "hydrate"))]
    let _ = (offer, phone);
    view! { <div node_ref=place>{children()}</div> }
}

#[cfg(feature = "hydrate")]
mod send {
    use std::rc::Rc;

    use gloo_net::http::Request;
    use leptos::{prelude::*, task::spawn_local};
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::{Element, Event, FormData, HtmlElement, HtmlFormElement, UrlSearchParams};

    use crate::{
        paths,
        rules::absence::{Offer, check, read},
        wire::FormAnswer,
        words::island_words,
    };

    pub(super) fn listen(place: NodeRef<leptos::html::Div>, offer: Offer, phone: String) {
        Effect::new(move |_| {
            let Some(form) = place.get().and_then(|div| div.query_selector("form").ok().flatten()) else { return };
            let Ok(form) = form.dyn_into::<HtmlFormElement>() else { return };
            let offer = Offer { illnesses: listed(&form), ..offer.clone() };
            let looking = Rc::new(Looking { form: form.clone(), offer });
            let phone = phone.clone();
            let sending = StoredValue::new(false);
            let again = Rc::clone(&looking);
            on(&form, "submit", move |event| {
                event.prevent_default();
                if sending.get_value() {
                    return;
                }
                match looking.look(true) {
                    Look::Wrong => {}
                    Look::CannotTell => native(&looking.form),
                    Look::Good(body) => {
                        sending.set_value(true);
                        send(looking.form.clone(), body, phone.clone(), sending);
                    }
                }
            });
            // Once something was wrong, each answer is looked at as it is given.
            on(&form, "change", move |_| {
                if again.form.query_selector(".bad").ok().flatten().is_some() {
                    let _ = again.look(false);
                }
            });
        });
    }

    /// Listens as long as the page lives.
    fn on(form: &HtmlFormElement, name: &str, act: impl FnMut(Event) + 'static) {
        let act = Closure::<dyn FnMut(Event)>::new(act);
        let _ = form.add_event_listener_with_callback(name, act.as_ref().unchecked_ref());
        act.forget();
    }

    /// The keys in the form's list of illnesses.
    fn listed(form: &HtmlFormElement) -> Vec<String> {
        let Ok(found) = form.query_selector_all("option") else { return Vec::new() };
        let value = |place| found.item(place)?.dyn_into::<Element>().ok()?.get_attribute("value");
        (0..found.length()).filter_map(value).collect()
    }

    struct Looking {
        form: HtmlFormElement,
        offer: Offer,
    }

    enum Look {
        /// What to send.
        Good(String),
        /// The page says what to put right.
        Wrong,
        /// The browser lacks what this needs.
        CannotTell,
    }

    impl Looking {
        /// The server's own check; `now` when something is to be sent: then the summary takes the focus.
        fn look(&self, now: bool) -> Look {
            let Ok(data) = FormData::new_with_form(&self.form) else { return Look::CannotTell };
            let all = |name: &str| data.get_all(name).iter().filter_map(|value| value.as_string()).collect();
            let typed = read(all);
            unmark(&self.form, now);
            let w = island_words("en-GB").report;
            if let Err(found) = check(&typed, &self.offer) {
                let found = w.said(&found, &typed.reason);
                mark(&self.form, &found);
                // Between two sends the summary stays as it is: nothing moves under a finger.
                if now {
                    summary(&self.form, &(w.errors)(found.len()), &found);
                }
                return Look::Wrong;
            }
            match UrlSearchParams::new_with_str_sequence_sequence(&data) {
                Ok(body) => Look::Good(String::from(body.to_string())),
                Err(_) => Look::CannotTell,
            }
        }
    }

    fn send(form: HtmlFormElement, body: String, phone: String, sending: StoredValue<bool>) {
        busy(&form, true);
        spawn_local(async move {
            match post(body).await {
                Posted::Go(to) => {
                    let _ = window().location().assign(&to);
                }
                Posted::Show => native(&form),
                Posted::NoWay => {
                    sending.set_value(false);
                    busy(&form, false);
                    summary(&form, &(island_words("en-GB").report.not_sent)(&phone), &[]);
                }
            }
        });
    }

    enum Posted {
        Go(String),
        Show,
        NoWay,
    }

    /// Sends the same fields to the same handler. Anything but a plain "done" is left to the
    /// browser, which sends the same form again: the server knows it by its id.
    async fn post(body: String) -> Posted {
        let request = Request::post(paths::REPORT)
            .header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        let Ok(request) = request else { return Posted::Show };
        match request.send().await {
            Err(_) => Posted::NoWay,
            Ok(response) if response.ok() => match response.json::<FormAnswer>().await {
                Ok(FormAnswer { go }) if go.starts_with('/') => Posted::Go(go),
                _ => Posted::Show,
            },
            Ok(_) => Posted::Show,
        }
    }

    /// The form as the browser sends it without us.
    fn native(form: &HtmlFormElement) {
        let _ = form.submit();
    }

    fn busy(form: &HtmlFormElement, busy: bool) {
        let Some(button) = form.query_selector(".sendbar button").ok().flatten() else { return };
        let _ =
            if busy { button.set_attribute("aria-disabled", "true") } else { button.remove_attribute("aria-disabled") };
        if busy {
            let _ = button.set_attribute("data-said", &button.text_content().unwrap_or_default());
            button.set_text_content(Some(island_words("en-GB").report.sending));
        } else if let Some(said) = button.get_attribute("data-said") {
            button.set_text_content(Some(&said));
        }
    }

    /// The summary before the form, as the server would have drawn it.
    fn summary(form: &HtmlFormElement, heading: &str, problems: &[(String, String)]) -> Option<()> {
        let make = |tag: &str| document().create_element(tag).ok();
        let summary = make("div")?;
        summary.set_class_name("errors");
        for (name, value) in [("role", "alert"), ("tabindex", "-1"), ("aria-labelledby", "errors-heading")] {
            summary.set_attribute(name, value).ok()?;
        }
        let title = make("h2")?;
        title.set_id("errors-heading");
        title.set_text_content(Some(heading));
        summary.append_child(&title).ok()?;
        let list = make("ul")?;
        for (id, said) in problems {
            let (item, link) = (make("li")?, make("a")?);
            link.set_attribute("href", &format!("#{id}")).ok()?;
            link.set_text_content(Some(said));
            item.append_child(&link).ok()?;
            list.append_child(&item).ok()?;
        }
        if !problems.is_empty() {
            summary.append_child(&list).ok()?;
        }
        form.before_with_node_1(&summary).ok()?;
        summary.dyn_into::<HtmlElement>().ok()?.focus().ok()
    }

    /// Takes the marks of an earlier check away, the server's too.
    fn unmark(form: &HtmlFormElement, summary: bool) {
        for (selector, act) in [
            (".why", (|element: &Element| element.remove()) as fn(&Element)),
            (".bad", |element: &Element| {
                let _ = element.class_list().remove_1("bad");
            }),
            ("[aria-invalid]", |element: &Element| {
                let _ = element.remove_attribute("aria-invalid");
            }),
            ("[aria-describedby$='-why']", |element: &Element| {
                let _ = element.remove_attribute("aria-describedby");
            }),
        ] {
            let Ok(found) = form.query_selector_all(selector) else { continue };
            for place in 0..found.length() {
                if let Some(element) = found.item(place).and_then(|node| node.dyn_into::<Element>().ok()) {
                    act(&element);
                }
            }
        }
        // The summary of an earlier check, and the server's.
        if summary && let Some(old) = document().query_selector("main .errors").ok().flatten() {
            old.remove();
        }
    }

    /// Says each problem again at its field.
    fn mark(form: &HtmlFormElement, problems: &[(String, String)]) {
        for (id, said) in problems {
            let Some(field) = document().get_element_by_id(id) else { continue };
            if let Some(fold) = field.closest("details").ok().flatten() {
                let _ = fold.set_attribute("open", "");
            }
            // One answer of several speaks for its whole question, any other field for itself.
            let choice = field.matches("[type=radio], [type=checkbox]").unwrap_or(false);
            let options = choice.then(|| field.closest(".opts").ok().flatten()).flatten();
            let around = options.unwrap_or_else(|| field.clone()).parent_element();
            let Some(around) = around.filter(|around| form.contains(Some(around))) else { continue };
            let _ = around.class_list().add_1("bad");
            let Ok(why) = document().create_element("p") else { continue };
            why.set_class_name("why");
            why.set_id(&format!("{id}-why"));
            why.set_text_content(Some(said));
            let first = around.first_element_child();
            let _ = match first {
                Some(label) => label.after_with_node_1(&why),
                None => around.append_with_node_1(&why),
            };
            let _ = field.set_attribute("aria-invalid", "true");
            let _ = field.set_attribute("aria-describedby", &format!("{id}-why"));
        }
    }
}
