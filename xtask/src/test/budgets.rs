//! How many bytes travel to a parent's phone.

use super::count::Count;
use crate::assets;
use crate::error::Outcome;

/// The WebAssembly half and its scripts, brotli: for parents, and for staff.
const HALVES: [(&str, [&str; 3], usize); 2] = [
    ("WebAssembly and scripts for parents", ["app.wasm", "app.js", "wake.js"], 75_000),
    ("WebAssembly and scripts for staff", ["staff.wasm", "staff.js", "wake-staff.js"], 110_000),
];

/// The sheet inside every page, brotli: the report page with it must stay under 10 kB.
const CRITICAL: usize = 6_000;

pub(super) fn check() -> Outcome<Count> {
    let site = assets::read()?;
    let mut count = Count::default();
    for (what, names, most) in HALVES {
        let sent: Vec<usize> =
            site.files.iter().filter(|file| names.contains(&file.name.as_str())).map(|file| file.sent).collect();
        let missing = (sent.len() < names.len()).then(|| "a file is missing".to_owned());
        count.note(what, missing.or_else(|| over(sent.iter().sum(), most)));
    }
    count.note("the sheet in every page", over(site.critical_sent()?, CRITICAL));
    Ok(count)
}

fn over(sent: usize, most: usize) -> Option<String> {
    println!("{sent} of {most} bytes");
    (sent > most).then(|| format!("{sent} bytes where {most} are allowed"))
}
