//! The power goes: what was not synced to the disk is not there afterwards.
//!
//! The school lives on a file system inside a file. At the moment of the cut its program is killed
//! and that file is copied: the copy holds what the inner file system had been made to write, and
//! none of what only its cache knew. The school goes on from the copy.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use super::clients::send_again;
use super::ledger::{Ledger, audit};
use super::rounds::{FAMILIES, load, note};
use crate::error::{Outcome, While};
use crate::load::{Family, School, folder, sign_in};
use crate::run::{kill, program, run, we_are_root};
use crate::test::Count;

/// The size of the disk.
const BYTES: u64 = 160 * 1024 * 1024;
/// The inner file system writes nothing for ten minutes unless it is made to.
const OPTIONS: &str = "loop,commit=600";

/// A disk inside a file, mounted.
struct Disk {
    image: PathBuf,
    at: PathBuf,
}

impl Disk {
    fn mount(folder: &Path) -> Outcome<Self> {
        let disk = Self { image: folder.join("image.0"), at: folder.join("disk") };
        fs::create_dir_all(&disk.at).doing("a place to mount")?;
        fs::File::create(&disk.image).and_then(|file| file.set_len(BYTES)).doing("a disk")?;
        run(program("mkfs.ext4").args(["-q", "-F"]).arg(&disk.image).stdout(Stdio::null()).stderr(Stdio::null()))?;
        disk.attach()?;
        Ok(disk)
    }

    fn attach(&self) -> Outcome {
        let mut mount = program("mount");
        run(mount.args(["-o", OPTIONS]).arg(&self.image).arg(&self.at).stderr(Stdio::null()))
    }

    /// What the disk would hold if the power went now.
    fn copy(&self, round: usize) -> Outcome<PathBuf> {
        let copy = self.image.with_extension((round + 1).to_string());
        run(program("cp").arg("--sparse=always").arg(&self.image).arg(&copy))?;
        Ok(copy)
    }

    /// The power is back: the copy takes the place of the disk.
    fn change_for(&mut self, copy: PathBuf) -> Outcome {
        run(program("umount").arg(&self.at))?;
        fs::remove_file(&self.image).doing("the old disk")?;
        self.image = copy;
        self.attach()
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = run(program("umount").arg(&self.at));
    }
}

pub(super) fn cuts(binary: &Path, rounds: usize) -> Outcome<Count> {
    let mut count = Count::default();
    let folder = folder("faults/power")?;
    if !we_are_root() {
        println!("no power to cut: mounting a disk needs root");
        return Ok(count);
    }
    let Ok(mut disk) = Disk::mount(&folder) else {
        println!("no power to cut: no ext4 in a file can be mounted here");
        return Ok(count);
    };
    let school = School::new(binary.to_path_buf(), disk.at.join("school"));
    let running = school.start()?;
    let families = sign_in(&school, &running, FAMILIES)?;
    running.stop()?;
    run(&mut program("sync"))?;
    let mut ledger = Ledger::default();
    for round in 0..rounds {
        let name = format!("SQLite, power cut {}", round + 1);
        let why = cut(&school, &mut disk, &families, &mut ledger, round).err();
        let found = why.is_some();
        count.note(&name, why.map(|why| why.to_string()));
        if found {
            break;
        }
    }
    drop(disk);
    if count.failed == 0 {
        println!(
            "power cuts: {} reports acknowledged in {rounds} rounds, all stored; {} were stored and not answered",
            ledger.acknowledged(),
            ledger.stored_unheard
        );
        fs::remove_dir_all(&folder).doing("tidying up")?;
    }
    Ok(count)
}

fn cut(school: &School, disk: &mut Disk, families: &[Family], ledger: &mut Ledger, round: usize) -> Outcome {
    let mut running = school.start()?;
    let process = running.process();
    let unsynced = disk.at.join(format!("unsynced.{round}"));
    let brought = load(&mut running, families, true, &|| {
        fs::write(&unsynced, "only the cache knows this").doing("an unsynced file")?;
        kill(process)
    })?;
    let copy = disk.copy(round)?;
    let some = note(ledger, &brought)?;
    drop(running);
    disk.change_for(copy)?;
    if fs::read(&unsynced).is_ok_and(|bytes| !bytes.is_empty()) {
        println!("somebody made the whole machine sync in that moment: this was a kill, not a cut");
    }
    audit(school, ledger)?;
    let running = school.start()?;
    send_again(&running, families, ledger, &some)?;
    running.stop()?;
    audit(school, ledger)
}
