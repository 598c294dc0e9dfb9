//! The half of `app` that a browser runs.

use std::fs;
use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

use super::hash;
use crate::error::{Failure, Outcome, While};
use crate::run::{WASM, cargo, npm, program, root, run, there, wasm_target};

/// Whether the module must go through `wasm-opt`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shrink {
    /// What is measured and what is shipped.
    Always,
    /// For a look on this machine: without node it is larger, and that is all.
    IfPossible,
}

/// The two browser halves: what each is called, and the features of `app` that it is built with.
/// Parents do not download what only staff use.
pub(crate) const HALVES: [(&str, &str); 2] = [("app", "hydrate"), ("staff", "hydrate staff")];

/// The module and the script that wasm-bindgen wrote around it.
pub(crate) struct Half {
    pub(crate) wasm: Vec<u8>,
    pub(crate) script: String,
}

/// Named one by one: with `--all-features` Chromium refuses the module.
const WASM_OPT: &[&str] = &[
    "-Oz",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// Builds the half of this name, or takes what was built from the same bytes before.
pub(crate) fn build((name, features): (&str, &str), shrink: Shrink) -> Outcome<Half> {
    wasm_target()?;
    run(cargo()
        .args(["rustc", "--quiet", "-p", "app", "--lib", "--crate-type", "cdylib", "--target", WASM])
        .args(["--features", features, "--profile", "wasm-release"])
        // Panics name their place in the source: without this machine's folders, which say
        // nothing and cost bytes.
        .env("CARGO_ENCODED_RUSTFLAGS", format!("--remap-path-prefix={}=", sources())))?;
    let raw = fs::read(root().join("target").join(WASM).join("wasm-release/app.wasm")).doing("reading app.wasm")?;

    let shrinks = can_shrink(shrink)?;
    let lock =
        if shrinks { fs::read(root().join("end2end/package-lock.json")).unwrap_or_default() } else { Vec::new() };
    let stamp = hash::stamp(&[&raw, &lock, WASM_OPT.join(" ").as_bytes()]);
    let kept = root().join("target/wasm-half").join(name);
    if fs::read_to_string(kept.join("stamp")).is_ok_and(|old| old == stamp) {
        return read(&kept);
    }

    fs::create_dir_all(&kept).doing("making target/wasm-half")?;
    let _ = fs::remove_file(kept.join("stamp"));
    bind(raw, &kept)?;
    if shrinks {
        let mut wasm_opt = program("node");
        wasm_opt.arg("end2end/node_modules/binaryen/bin/wasm-opt").arg(kept.join("app.wasm"));
        run(wasm_opt.args(WASM_OPT).arg("-o").arg(kept.join("app.wasm")))?;
    }
    fs::write(kept.join("stamp"), stamp).doing("writing a stamp")?;
    read(&kept)
}

/// Where cargo keeps the sources of other people's crates.
fn sources() -> String {
    let home = std::env::var("CARGO_HOME")
        .or_else(|_| std::env::var("HOME").map(|home| format!("{home}/.cargo")))
        .unwrap_or_default();
    format!("{home}/registry/src/")
}

fn read(kept: &Path) -> Outcome<Half> {
    Ok(Half {
        wasm: fs::read(kept.join("app.wasm")).doing("reading the bound module")?,
        script: fs::read_to_string(kept.join("app.js")).doing("reading the bound script")?,
    })
}

/// The library of wasm-bindgen's own command line tool: always the version in `Cargo.lock`.
fn bind(raw: Vec<u8>, out: &Path) -> Outcome {
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes("app", raw).typescript(false).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true);
    let mut bound = bindgen.web(true).and_then(Bindgen::generate_output).doing("wasm-bindgen")?;
    if bound.snippets().values().any(|inline| !inline.is_empty()) || !bound.local_modules().is_empty() {
        return Err(Failure::new("a crate brings JavaScript of its own into the browser half; nothing serves it"));
    }
    fs::write(out.join("app.js"), bound.js()).doing("writing app.js")?;
    fs::write(out.join("app.wasm"), bound.wasm_mut().emit_wasm()).doing("writing app.wasm")
}

/// Node and `wasm-opt`, or one line that says what happens without them.
fn can_shrink(shrink: Shrink) -> Outcome<bool> {
    let ready = if there("node") && there("npm") { npm() } else { Err(Failure::new("node and npm are not here")) };
    match (ready, shrink) {
        (Ok(()), _) => Ok(true),
        (Err(why), Shrink::Always) => Err(Failure::new(format!("wasm-opt is needed: {why}"))),
        (Err(why), Shrink::IfPossible) => {
            println!("{why}: going on without wasm-opt, so the WebAssembly is larger than it need be");
            Ok(false)
        }
    }
}
