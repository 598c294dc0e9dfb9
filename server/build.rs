//! Puts `target/site` into the binary: a table of files, made from `site.json`.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;

const MISSING: &str = "no built assets: run `cargo xtask assets`";

fn main() -> ExitCode {
    match embed() {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

fn embed() -> Result<(), String> {
    let site = PathBuf::from(var("CARGO_MANIFEST_DIR")?).join("../target/site");
    let list = site.join("site.json");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed={}", list.display());
    let text = std::fs::read_to_string(&list).map_err(|_| MISSING.to_owned())?;
    let site_json: Value = serde_json::from_str(&text).map_err(|why| format!("site.json: {why}"))?;

    let mut table = String::new();
    let mut say = |line: String| writeln!(table, "{line}").map_err(|why| why.to_string());
    say(format!("const CRITICAL_TEXT: &str = include_str!({:?});", site.join("critical.css")))?;
    say(format!("const CRITICAL_SOURCE: &str = {:?};", text_of(&site_json, "critical_hash")?))?;
    say("/// Logical name and file, in the order of `site.json`.".to_owned())?;
    say("static FILES: &[(&str, Asset)] = &[".to_owned())?;
    for file in site_json["files"].as_array().ok_or("site.json lists no files")? {
        say(format!("    ({:?}, {}),", text_of(file, "name")?, asset(&site, file)?))?;
    }
    say("];".to_owned())?;
    let out = Path::new(&var("OUT_DIR")?).join("site.rs");
    std::fs::write(out, table).map_err(|why| why.to_string())
}

/// One entry of the table.
fn asset(site: &Path, file: &Value) -> Result<String, String> {
    let name = text_of(file, "file")?;
    let plain = site.join(name);
    let packed = |flag: &str, end: &str| {
        if file[flag].as_bool() == Some(true) {
            format!("Some(include_bytes!({:?}))", site.join(format!("{name}.{end}")))
        } else {
            "None".to_owned()
        }
    };
    Ok(format!(
        "Asset {{ path: {:?}, content_type: {:?}, plain: include_bytes!({plain:?}), brotli: {}, gzip: {}, immutable: {} }}",
        text_of(file, "path")?,
        text_of(file, "content_type")?,
        packed("brotli", "br"),
        packed("gzip", "gz"),
        file["immutable"].as_bool() == Some(true),
    ))
}

fn text_of<'a>(value: &'a Value, field: &str) -> Result<&'a str, String> {
    value[field].as_str().ok_or_else(|| format!("site.json has no {field}"))
}

fn var(name: &str) -> Result<String, String> {
    std::env::var(name).map_err(|why| format!("{name}: {why}"))
}
