//! Where a browser enters: `public/wake.js` calls this once, then each island by its name.
#![expect(unreachable_pub, reason = "wasm-bindgen exports public functions only, and nothing else calls this one")]

/// Makes the module ready; the islands of the page follow one by one.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
