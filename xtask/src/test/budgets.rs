//! How many bytes travel to a parent's phone.

use super::count::Count;
use crate::assets;
use crate::error::Outcome;

/// The WebAssembly half and its scripts, brotli, for parents.
const HALF: usize = 75_000;

/// The sheet inside every page, brotli: the report page with it must stay under 10 kB.
const CRITICAL: usize = 6_000;

pub(super) fn check() -> Outcome<Count> {
    let site = assets::read()?;
    let half: usize = site
        .files
        .iter()
        .filter(|file| file.name.ends_with(".wasm") || file.name.ends_with(".js"))
        .map(|file| file.sent)
        .sum();
    let mut count = Count::default();
    count.note("WebAssembly and scripts", over(half, HALF));
    count.note("the sheet in every page", over(site.critical_sent()?, CRITICAL));
    Ok(count)
}

fn over(sent: usize, most: usize) -> Option<String> {
    println!("{sent} of {most} bytes");
    (sent > most).then(|| format!("{sent} bytes where {most} are allowed"))
}
