//! A disk that fills up while reports come in.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::clients::{Heard, send, send_again};
use super::ledger::{Ledger, Sent, audit};
use crate::error::{Failure, Outcome, While};
use crate::load::{Form, School, folder, sign_in};
use crate::run::{program, run, we_are_root};
use crate::test::Count;

/// Room for the school, and little more.
const SIZE: &str = "size=160m";
const FAMILIES: usize = 36;
/// More reports than fit into what the database has put aside.
const MOST: usize = 900;
/// How many are tried once the disk is full.
const WHILE_FULL: usize = 20;

/// A small disk of our own, unmounted when this is gone.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: &Path) -> Outcome<Self> {
        run(program("mount").args(["-t", "tmpfs", "-o", SIZE, "tmpfs"]).arg(at).stderr(Stdio::null()))?;
        Ok(Self(at.to_path_buf()))
    }

    /// Fills it to the last byte.
    fn fill(&self) -> Outcome {
        let mut filler = File::create(self.filler()).doing("filling the disk")?;
        for piece in [64 * 1024, 512, 1] {
            while filler.write_all(&vec![0; piece]).is_ok() {}
        }
        Ok(())
    }

    fn free(&self) -> Outcome {
        fs::remove_file(self.filler()).doing("freeing the disk")
    }

    fn filler(&self) -> PathBuf {
        self.0.join("filler")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = run(program("umount").arg(&self.0));
    }
}

pub(super) fn full(binary: &Path) -> Outcome<Count> {
    let mut count = Count::default();
    let folder = folder("faults/disk")?;
    if !we_are_root() {
        println!("no disk to fill: mounting a small one needs root");
        return Ok(count);
    }
    let Ok(disk) = SmallDisk::mount(&folder) else {
        println!("no disk to fill: a tmpfs cannot be mounted here");
        return Ok(count);
    };
    let school = School::new(binary.to_path_buf(), folder.join("school"));
    let result = round(&school, &disk);
    if result.is_err() {
        let _ = fs::copy(school.log_file(), folder.with_extension("log"));
    }
    count.note(
        "a full disk: NOT received, nothing lost, and on again when there is room",
        result.err().map(|why| why.to_string()),
    );
    Ok(count)
}

fn round(school: &School, disk: &SmallDisk) -> Outcome {
    let mut running = school.start()?;
    let families = sign_in(school, &running, FAMILIES)?;
    let mut ledger = Ledger::default();
    let mut room = Vec::new();
    disk.fill()?;
    let (mut received, mut refused) = (0, 0);
    let mut client = running.client("gzip");
    for turn in 0..MOST {
        let family = turn % families.len();
        let form = Form::get(&mut client, &families[family], &mut room).doing("the form, on a full disk")?;
        let body = form.filled(&families[family], turn / families.len()) + &"+and+so+on".repeat(40);
        let sent = Sent { family, submission: form.submission, body };
        match send(&mut client, &families[family], &sent, &mut room)? {
            Heard::Receipt(reference) => {
                ledger.told(&sent, &reference)?;
                received += 1;
            }
            Heard::NotReceived => {
                refused += 1;
                ledger.open.push(sent);
            }
            Heard::Nothing => return Err(Failure::new("a full disk, and no answer at all")),
        }
        if refused == WHILE_FULL {
            break;
        }
    }
    if refused == 0 {
        return Err(Failure::new(format!("{received} reports went onto a full disk and none was refused")));
    }
    disk.free()?;
    let again = if running.ended() { "started again" } else { "went on" };
    if running.ended() {
        running = school.start()?;
    }
    let open = ledger.open.len();
    send_again(&running, &families, &mut ledger, &[])?;
    println!("full after {received} reports; {open} not received; with room again it {again} and took them all");
    running.stop()?;
    audit(school, &mut ledger)
}
