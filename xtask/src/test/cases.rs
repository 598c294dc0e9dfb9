//! The rules' cases, run where a parent's phone runs the rules: in WebAssembly.

use std::fs;
use std::path::Path;

use wasm_bindgen_cli_support::Bindgen;

use super::count::{Count, case_line, counted};
use crate::error::{Failure, Outcome, While};
use crate::run::{WASM, cargo, program, root, run};

/// Calls the one function and shows its lines.
const CALL: &str = "console.log(require(process.argv[1]).run_cases())";

pub(super) fn check() -> Outcome<Count> {
    let build = ["rustc", "-p", "app", "--lib", "--crate-type", "cdylib", "--target", WASM, "--features", "cases"];
    run(cargo().args(build))?;
    let out = root().join("target/cases");
    fs::create_dir_all(&out).doing("making target/cases")?;
    bind(&root().join("target").join(WASM).join("debug/app.wasm"), &out)?;
    let script = fs::read_to_string(out.join("cases.js")).doing("reading target/cases/cases.js")?;
    if !script.contains("run_cases") {
        return Err(Failure::new("`app` with the feature `cases` exports no run_cases()"));
    }
    let count = counted(program("node").args(["-e", CALL]).arg(out.join("cases.js")), case_line)?;
    if count == Count::default() { Err(Failure::new("run_cases() named no case")) } else { Ok(count) }
}

fn bind(module: &Path, out: &Path) -> Outcome {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name("cases").typescript(false);
    bindgen.nodejs(true).and_then(|bindgen| bindgen.generate(out)).doing("wasm-bindgen")
}
