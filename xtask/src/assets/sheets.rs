//! The two sheets: the one that stands inside every page, and the one that follows.

use std::fs;

use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, StyleSheet};
use lightningcss::targets::{Browsers, Targets};

use crate::error::{Failure, Outcome, While};
use crate::run::root;

/// Opens every sheet, so that the order of the layers never hangs on which comes first.
const FIRST: &str = "layers.css";

/// What a parent's three taps need: inside every page, the same bytes on each.
const CRITICAL: &[&str] = &[
    "tokens.css",
    "base.css",
    "layout.css",
    "parts/cell.css",
    "parts/button.css",
    "parts/tag.css",
    "parts/note.css",
    "parts/links.css",
    "parts/ruler.css",
    "parts/field.css",
    "parts/option.css",
    "parts/fold.css",
    "parts/errors.css",
    "parts/facts.css",
    "parts/steps.css",
    "pages/home.css",
    "pages/report.css",
    "pages/receipt.css",
    "modes.css",
];

/// The sheet that stands inside every page.
pub(crate) fn critical() -> Outcome<String> {
    sheet(CRITICAL.iter().map(|name| (*name).to_owned()))
}

/// Everything else in `parts/` and `pages/`, each sorted by name: the sheet that follows as a file.
pub(crate) fn later() -> Outcome<String> {
    let mut names = Vec::new();
    for folder in ["parts", "pages"] {
        let mut these = Vec::new();
        for entry in fs::read_dir(root().join("style").join(folder)).doing("reading style/")? {
            let name = entry.doing("reading style/")?.file_name().to_string_lossy().into_owned();
            let path = format!("{folder}/{name}");
            if name.ends_with(".css") && !CRITICAL.contains(&path.as_str()) {
                these.push(path);
            }
        }
        these.sort();
        names.append(&mut these);
    }
    sheet(names.into_iter())
}

fn sheet(names: impl Iterator<Item = String>) -> Outcome<String> {
    let mut whole = String::new();
    for name in std::iter::once(FIRST.to_owned()).chain(names) {
        let text = fs::read_to_string(root().join("style").join(&name)).doing(format!("reading style/{name}"))?;
        // Each file alone first, so that a slip is named with its own file and line.
        minify(&name, &text)?;
        whole.push_str(&text);
    }
    minify("the whole sheet", &whole)
}

fn minify(name: &str, text: &str) -> Outcome<String> {
    let failed = |why: String| Failure::new(format!("style/{name}: {why}"));
    // Evergreen: no rule is rewritten for browsers that update themselves.
    let targets = Targets::from(Browsers {
        chrome: Some(123 << 16),
        edge: Some(123 << 16),
        firefox: Some(128 << 16),
        safari: Some(17 << 16 | 5 << 8),
        ios_saf: Some(17 << 16 | 5 << 8),
        ..Browsers::default()
    });
    let mut sheet =
        StyleSheet::parse(text, ParserOptions::default()).map_err(|why| failure_at(name, &why.to_string()))?;
    sheet.minify(MinifyOptions { targets, ..MinifyOptions::default() }).map_err(|why| failed(why.to_string()))?;
    let printed = sheet
        .to_css(PrinterOptions { minify: true, targets, ..PrinterOptions::default() })
        .map_err(|why| failed(why.to_string()))?;
    Ok(printed.code)
}

fn failure_at(name: &str, why: &str) -> Failure {
    Failure::new(format!("style/{name}: {why}"))
}
