//! The devices a guardian is signed in on.

use leptos::prelude::*;

use crate::{paths, rules::id::DeviceId, ui::csrf_field, words::Words};

/// A device in the list, its times written.
#[derive(Debug, Clone)]
pub struct DeviceShown {
    /// The id.
    pub device: DeviceId,
    /// "Chrome on Android".
    pub label: String,
    /// When it was signed in.
    pub since: String,
    /// When it was last used.
    pub seen: String,
    /// Whether it is the one that asks.
    pub this_one: bool,
}

/// The list.
pub fn page(words: &'static Words, csrf: &str, devices: Vec<DeviceShown>) -> impl IntoView + use<> {
    let w = &words.devices;
    let csrf = csrf.to_owned();
    view! {
        <div class="stack read">
            <h1>{w.title}</h1>
            <p>{w.lead}</p>
            <ul class="rows">
                {devices.into_iter().map(|device| view! {
                    <li>
                        <div>
                            <b>{device.label.clone()}</b>
                            {device.this_one.then(|| view! { " " <span class="tag done">{w.this_one}</span> })}
                            <p class="small soft">{(w.since)(&device.since)} ", " {(w.seen)(&device.seen)}</p>
                        </div>
                        <form method="post" action=paths::revoke(&device.device)>
                            {csrf_field(&csrf)}
                            <button class="btn stop">{w.revoke}<span class="vh">" " {device.label}</span></button>
                        </form>
                    </li>
                }).collect_view()}
            </ul>
        </div>
    }
}
