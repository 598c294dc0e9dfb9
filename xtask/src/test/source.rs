//! What no compiler sees, looked for in every file that is in the repository.

use std::fs;
use std::path::Path;

use super::count::Count;
use crate::error::{Outcome, While};
use crate::run::{program, read, root};

/// The one file that may write `<textarea`: Leptos writes its children raw.
const TEXT_AREA: &str = "app/src/ui/text_area.rs";

/// A slip that a line can hold, where to look for it, and what it looks like.
struct Slip {
    name: &'static str,
    within: fn(&str) -> bool,
    found: fn(&str) -> bool,
}

const SLIPS: &[Slip] = &[
    Slip {
        name: "text areas stand only in their own part",
        within: |path| in_pages(path) && path != TEXT_AREA,
        found: |line| code(line).contains("<textarea"),
    },
    Slip { name: "no style attributes", within: in_pages, found: |line| style_attribute(code(line)) },
    Slip { name: "no paths of a machine", within: |path| path != OURS, found: machine_path },
    Slip { name: "no registry hosts", within: |path| path != OURS, found: registry },
];

/// This file names what it looks for.
const OURS: &str = "xtask/src/test/source.rs";

pub(super) fn check() -> Outcome<Count> {
    let listed = read(program("git").args(["ls-files", "--cached", "--others", "--exclude-standard"]))?;
    let mut slips = vec![Vec::new(); SLIPS.len()];
    let mut raw = Vec::new();
    for path in listed.lines() {
        let Ok(bytes) = fs::read(root().join(path)) else {
            continue;
        };
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        for (slip, found) in SLIPS.iter().zip(&mut slips) {
            if (slip.within)(path) {
                let lines = text.lines().enumerate().filter(|(_, line)| (slip.found)(line));
                found.extend(lines.map(|(number, _)| format!("{path}:{}", number + 1)));
            }
        }
        if in_pages(path) {
            raw.extend(raw_children(&text).map(|tag| format!("{path} <{tag}>")));
        }
    }
    let mut count = Count::default();
    for (slip, found) in SLIPS.iter().zip(slips) {
        count.note(slip.name, places(&found));
    }
    count.note("no dynamic children where Leptos writes them raw", places(&raw));
    count.note("the package lock names no address", resolved(&root().join("end2end/package-lock.json"))?);
    Ok(count)
}

fn in_pages(path: &str) -> bool {
    path.starts_with("app/src/") && path.ends_with(".rs")
}

/// The line without its comment.
fn code(line: &str) -> &str {
    if line.trim_start().starts_with("//") { "" } else { line }
}

fn style_attribute(line: &str) -> bool {
    line.match_indices("style").any(|(at, word)| {
        let before = line[..at].chars().next_back().is_none_or(char::is_whitespace);
        let after = &line[at + word.len()..];
        let value = after.starts_with("=\"") || after.starts_with("={");
        before && (value || after.starts_with(':') && after[1..].contains('=') && !after.starts_with("::"))
    })
}

fn machine_path(line: &str) -> bool {
    let here = root();
    ["/root/", "/Users/", "/home/runner/"].iter().any(|path| line.contains(path))
        || line.contains(&*here.to_string_lossy())
}

fn registry(line: &str) -> bool {
    let public = "registry+https://github.com/rust-lang/crates.io-index";
    let line = line.replace(public, "");
    ["registry.npmjs", "registry+", "sparse+", "index-url", "registry=http"].iter().any(|host| line.contains(host))
}

/// Leptos writes the children of these as they are: nothing that anyone typed may stand there.
fn raw_children(text: &str) -> impl Iterator<Item = &'static str> {
    let flat: String = text.lines().map(code).flat_map(str::chars).filter(|c| !c.is_whitespace()).collect();
    ["script", "style", "noscript"].into_iter().filter(move |tag| {
        flat.match_indices(&format!("</{tag}>")).any(|(end, _)| {
            let start = flat[..end].rfind(&format!("<{tag}")).unwrap_or(end);
            flat[start..end].contains(">{")
        })
    })
}

fn resolved(lock: &Path) -> Outcome<Option<String>> {
    let text = fs::read_to_string(lock).doing("reading end2end/package-lock.json")?;
    Ok(text.contains("\"resolved\"").then(|| "npm wrote `resolved`; set omit-lockfile-registry-resolved".to_owned()))
}

fn places(found: &[String]) -> Option<String> {
    (!found.is_empty()).then(|| found.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_attribute_is_seen_and_a_stylesheet_is_not() {
        assert!(style_attribute("<p style=\"color: red\">"));
        assert!(style_attribute("<p style={colour}>"));
        assert!(style_attribute("<p style:color=colour>"));
        assert!(!style_attribute("<link rel=\"stylesheet\" href=sheet/>"));
        assert!(!style_attribute("let style = sheet();"));
        assert!(!style_attribute("use crate::style::Sheet;"));
    }

    #[test]
    fn only_the_public_index_of_crates_is_named() {
        assert!(!registry("source = \"registry+https://github.com/rust-lang/crates.io-index\""));
        assert!(registry("source = \"registry+https://example.org/index\""));
    }

    #[test]
    fn what_is_typed_never_stands_in_a_raw_element() {
        let found = |text: &str| raw_children(text).collect::<Vec<_>>();
        assert_eq!(found("view! { <noscript>\n  {words}\n </noscript> }"), ["noscript"]);
        assert!(found("view! { <script type=\"module\" src={wake}></script><p>{name}</p> }").is_empty());
    }
}
