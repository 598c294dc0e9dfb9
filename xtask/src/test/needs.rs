//! What must be on the machine before anything can be tested.

use std::path::Path;

use super::count::Count;
use crate::error::{Failure, Outcome};
use crate::postgres::Installed;
use crate::run::{program, run, there, wasm_target, we_are_root};

/// A Debian package, and how to see that it is here already.
struct Need {
    package: &'static str,
    here: fn() -> bool,
}

const NEEDS: &[Need] = &[
    Need { package: "chromium", here: || Path::new("/usr/bin/chromium").exists() },
    Need { package: "fonts-noto-core", here: || Path::new("/usr/share/fonts/truetype/noto").is_dir() },
    Need { package: "postgresql", here: || database_given() || Installed::find().is_some() },
    Need { package: "nodejs", here: || there("node") },
    Need { package: "npm", here: || there("npm") },
];

/// Whoever brings a database brings PostgreSQL too.
fn database_given() -> bool {
    std::env::var_os("DATABASE_URL").is_some()
}

/// Installs what is missing where that is ours to do; elsewhere says what is missing.
pub(super) fn check() -> Outcome<Count> {
    wasm_target()?;
    let missing: Vec<&str> = NEEDS.iter().filter(|need| !(need.here)()).map(|need| need.package).collect();
    if missing.is_empty() {
        return Ok(Count::default());
    }
    if !(we_are_root() && Path::new("/etc/debian_version").exists()) {
        return Err(Failure::new(format!("please install: {}", missing.join(" "))));
    }
    run(program("apt-get").args(["update", "-qq"]))?;
    let mut install = program("apt-get");
    install.args(["install", "-y", "-qq", "--no-install-recommends"]).args(&missing);
    run(install.env("DEBIAN_FRONTEND", "noninteractive"))?;
    Ok(Count::default())
}
