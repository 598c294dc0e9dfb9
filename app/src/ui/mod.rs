//! Parts that pages are made of, one file each, with its sheet of the same name in `style/`.

pub mod answered;
pub mod cell;
pub mod errors;
pub mod file_list;
pub mod piece;
pub mod prose;
pub mod question;
pub mod register_grid;
pub mod ruler;
pub mod shell;
pub mod stale;
pub mod talk;
pub mod text_area;
pub mod year;

use leptos::prelude::*;

/// The hidden fields that every form of a signed-in person carries.
pub fn csrf_field(token: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name="csrf" value=token.to_owned() /> }
}
