//! What a browser loads: the sheets, the WebAssembly half, the icons.

mod hash;
mod sheets;
mod site;
mod wasm;

use std::fs;
use std::process::ExitCode;

pub(crate) use site::{Site, read};
pub(crate) use wasm::Shrink;

use crate::error::{Outcome, While};
use crate::run::root;

pub(crate) const HELP: &str = "\
cargo xtask assets

Builds what a browser loads into target/site: the WebAssembly half of `app`,
the minified sheets, the icons; each under a name with its content's hash, with
.br and .gz beside it. What has not changed is not made again.";

pub(crate) fn run(_: &[String]) -> Outcome<ExitCode> {
    let site = build(Shrink::Always)?;
    println!("{site}");
    Ok(ExitCode::SUCCESS)
}

/// Builds everything into `target/site`.
pub(crate) fn build(shrink: Shrink) -> Outcome<Site> {
    let halves = wasm::HALVES.map(|half| (half.0, wasm::build(half, shrink)));
    let critical = sheets::critical()?;
    let later = sheets::later()?;

    let mut site = Site::new()?;
    site.critical(&critical)?;
    site.add("later.css", later.as_bytes())?;
    for (name, half) in halves {
        let half = half?;
        site.add(&format!("{name}.wasm"), &half.wasm)?;
        site.add(&format!("{name}.js"), half.script.as_bytes())?;
    }

    // First what names nothing else, then what names the others by `/assets/...`.
    let mut names = Vec::new();
    for entry in fs::read_dir(root().join("public")).doing("reading public/")? {
        let name = entry.doing("reading public/")?.file_name().to_string_lossy().into_owned();
        if !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort_by_key(|name| (speaks_of_others(name), name.clone()));
    for name in names {
        let bytes = fs::read(root().join("public").join(&name)).doing(format!("reading public/{name}"))?;
        if speaks_of_others(&name) {
            let text = String::from_utf8(bytes).doing(format!("public/{name} is no text"))?;
            let text = without_comments(&name, &text);
            site.add(&name, site.refer(&text).as_bytes())?;
            if name == "wake.js" {
                // The same script wakes the staff's half on the staff's pages.
                let text = text.replace("/assets/app.", "/assets/staff.");
                site.add("wake-staff.js", site.refer(&text).as_bytes())?;
            }
        } else {
            site.add(&name, &bytes)?;
        }
    }
    site.finish()?;
    Ok(site)
}

/// Whether a file names other assets, which then get their hashed names.
fn speaks_of_others(name: &str) -> bool {
    [".js", ".webmanifest", ".html"].iter().any(|end| name.ends_with(end))
}

/// A script without its lines of comment; any other text as it is.
fn without_comments(name: &str, text: &str) -> String {
    if !name.ends_with(".js") {
        return text.to_owned();
    }
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")).fold(
        String::new(),
        |mut all, line| {
            all.push_str(line);
            all.push('\n');
            all
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_loses_its_comments_and_nothing_else() {
        let script = "// why\nimport(\"/assets/app.js\"); // stays\n\n  walk(body);\n";
        assert_eq!(without_comments("wake.js", script), "import(\"/assets/app.js\"); // stays\nwalk(body);\n");
        assert_eq!(without_comments("a.webmanifest", "// x"), "// x");
    }
}
