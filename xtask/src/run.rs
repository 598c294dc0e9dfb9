//! Other programs: cargo, npm, node and the rest.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::error::{Failure, Outcome, While};

/// The target of the browser half.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// A program, started at the root of the checkout.
pub(crate) fn program(name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(root());
    command
}

/// Cargo, as if it had been called from the shell: what `cargo run` told us about ourselves
/// would otherwise make build scripts believe that something had changed.
pub(crate) fn cargo() -> Command {
    let mut command = program("cargo");
    for (name, _) in std::env::vars_os() {
        let about_us = name.to_str().is_some_and(|name| {
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"].iter().any(|start| name.starts_with(start))
                || ["CHRONO_TZ_TIMEZONE_FILTER", "LIBSQLITE3_FLAGS"].contains(&name)
        });
        if about_us {
            command.env_remove(name);
        }
    }
    command
}

/// Runs to the end; anything but success is a failure.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let line = line(command);
    let status = command.status().doing(&line)?;
    if status.success() { Ok(()) } else { Err(Failure::new(format!("`{line}` failed"))) }
}

/// Runs to the end and gives what it wrote; its errors go to the terminal.
pub(crate) fn read(command: &mut Command) -> Outcome<String> {
    let line = line(command);
    let output = command.stderr(Stdio::inherit()).output().doing(&line)?;
    if !output.status.success() {
        return Err(Failure::new(format!("`{line}` failed")));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether a program is there at all.
pub(crate) fn there(name: &str) -> bool {
    Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|s| s.success())
}

/// Whether we may install packages and mount, and must not start PostgreSQL as ourselves.
pub(crate) fn we_are_root() -> bool {
    read(program("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Ends a process as a power cut would: SIGKILL.
pub(crate) fn kill(process: u32) -> Outcome {
    run(Command::new("kill").arg("-KILL").arg(process.to_string()))
}

/// The command as one would type it.
pub(crate) fn line(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(OsStr::to_string_lossy));
    words.join(" ")
}

/// Makes sure that the compiler can build for the browser.
pub(crate) fn wasm_target() -> Outcome {
    let libs = read(program("rustc").args(["--print", "target-libdir", "--target", WASM]))?;
    if Path::new(libs.trim()).is_dir() {
        return Ok(());
    }
    run(program("rustup").args(["target", "add", WASM]))
}

/// Installs what `end2end/package-lock.json` names, unless it stands there already.
pub(crate) fn npm() -> Outcome {
    let end2end = root().join("end2end");
    let lock = std::fs::read(end2end.join("package-lock.json")).doing("reading end2end/package-lock.json")?;
    let stamp = end2end.join("node_modules/.installed");
    if std::fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let mut npm = program("npm");
    npm.current_dir(&end2end).args(["ci", "--no-audit", "--no-fund"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run(&mut npm)?;
    std::fs::write(stamp, lock).doing("noting what npm installed")
}
