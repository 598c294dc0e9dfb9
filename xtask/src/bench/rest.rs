//! What the program costs while it does nothing, and what it sends.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::assets;
use crate::error::{Failure, Outcome, While};
use crate::load::{BROWSER, Family, Running, School};
use crate::run::{root, run};

/// How often the start is timed.
const STARTS: usize = 7;

/// From start to first page, in milliseconds, and the memory one second later, in kB: medians
/// of starts on a folder that is there already.
pub(super) fn starts(school: &School) -> Outcome<(f64, u64)> {
    let (mut times, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let running = school.start()?;
        times.push(running.first_page);
        std::thread::sleep(Duration::from_secs(1));
        memory.push(running.memory());
        running.stop()?;
    }
    times.sort_unstable();
    memory.sort_unstable();
    Ok((times[STARTS / 2].as_secs_f64() * 1000.0, memory[STARTS / 2]))
}

/// The size of the binary as `cargo xtask dist` would hand it out.
pub(super) fn stripped(binary: &Path) -> Outcome<u64> {
    let stripped = root().join("target/bench.stripped");
    run(Command::new("strip").arg("-o").arg(&stripped).arg(binary))?;
    let size = fs::metadata(&stripped).doing("the stripped binary")?.len();
    let _ = fs::remove_file(stripped);
    Ok(size)
}

/// The report page: its body as a browser takes it and plain, and what its head adds.
pub(super) fn report_page(running: &Running, family: &Family) -> Outcome<([usize; 2], usize)> {
    let mut sizes = [0; 2];
    let mut head = 0;
    for (size, codings) in sizes.iter_mut().zip([BROWSER, "identity"]) {
        let mut client = running.client(codings);
        let page = client.get("/absences/new", &family.cookie).doing("the form")?;
        if page.status != 200 {
            return Err(Failure::new(format!("the form answered {}", page.status)));
        }
        *size = page.body.len();
        head = page.bytes() - page.body.len();
    }
    Ok((sizes, head))
}

/// The browser halves: their names and their bytes, brotli, with the script that wakes them.
pub(super) fn halves() -> Outcome<Vec<(String, usize)>> {
    let site = assets::read()?;
    let sent = |name: &str| site.files.iter().find(|file| file.name == name).map_or(0, |file| file.sent);
    let modules = site.files.iter().filter_map(|file| file.name.strip_suffix(".wasm"));
    Ok(modules
        .map(|half| {
            let wake = if half == "app" { "wake.js".to_owned() } else { format!("wake-{half}.js") };
            (half.to_owned(), sent(&format!("{half}.wasm")) + sent(&format!("{half}.js")) + sent(&wake))
        })
        .collect())
}
