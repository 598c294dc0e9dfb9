//! The watched folder: files come in once they rest, are moved away with a report, and nothing is lost.

use std::{fs, path::PathBuf};

use app::paths;
use server::folder::{Seen, round};

use super::{
    house::{House, Node},
    people::pupil,
};

const HEADS: &str = "Adno,Date,Session,Mark\n";

struct Watched {
    house: House,
    node: Node,
    folder: PathBuf,
    seen: Seen,
}

impl Watched {
    async fn open() -> Self {
        let house = House::open().await;
        let folder = house.place.data().join("marks");
        fs::create_dir(&folder).unwrap();
        let watched = folder.clone();
        let node = house.another(|inner| inner.limits.folder = server::folder::Folder::new(Some(watched))).await;
        Self { house, node, folder, seen: Seen::default() }
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).unwrap();
    }

    async fn rounds(&mut self, count: usize) {
        for _ in 0..count {
            round(&self.node.portal, &mut self.seen).await;
        }
    }

    fn files(&self, folder: &str) -> Vec<String> {
        let Ok(found) = fs::read_dir(self.folder.join(folder)) else { return Vec::new() };
        let mut names: Vec<String> = found.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    async fn number(&self) -> String {
        let id = pupil("Ada Okafor");
        self.house.place.texts(&format!("SELECT mis_id FROM pupil WHERE pupil_id = '{id}'")).await.remove(0)
    }

    async fn page(&self) -> String {
        let id = self.house.staff_ids().await["office@demo.example"].clone();
        self.node.session(&id, true).await.get(paths::MARKS).await.read()
    }
}

#[tokio::test]
async fn a_file_comes_in_once_it_rests_and_the_same_again_changes_nothing() {
    let mut here = Watched::open().await;
    let number = here.number().await;
    let file = format!("{HEADS}{number},20/11/2026,AM,I\n{number},21/11/2026,AM,/\n");
    here.put("week.csv", &file[..30]);
    here.rounds(1).await;
    here.put("week.csv", &file);
    here.rounds(1).await;
    assert_eq!(here.house.place.count("mark").await, 0, "it was still growing");
    here.rounds(1).await;
    assert_eq!(here.house.place.count("mark").await, 1);
    assert_eq!(here.files("done"), ["week.csv", "week.csv.report.txt"]);
    let report = fs::read_to_string(here.folder.join("done/week.csv.report.txt")).unwrap();
    assert!(report.contains("1 new, 0 changed, 0 as before, 1 set aside") && report.contains("line 3: "), "{report}");
    assert!(!report.contains("Okafor"), "{report}");
    here.put("week.csv", &file);
    here.rounds(2).await;
    assert_eq!((here.house.place.count("mark").await, here.house.place.count("mark_change").await), (1, 0));
    assert_eq!(here.files("done").len(), 4, "{:?}", here.files("done"));
    assert_eq!(here.files(""), ["done"]);
    let page = here.page().await;
    assert!(
        page.contains("week.csv, by the watched folder") && page.contains("0 new, 0 changed, 1 as before"),
        "{page}"
    );
}

#[tokio::test]
async fn of_files_that_say_otherwise_the_latest_has_the_last_word() {
    let mut here = Watched::open().await;
    let number = here.number().await;
    let early = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_795_500_000);
    // Later ones have earlier names, and there are more than one round takes.
    for count in 0..24_u64 {
        let (name, mark) = (format!("marks-{}.csv", 90 - count), ["I", "M", "N"][usize::try_from(count % 3).unwrap()]);
        here.put(&name, &format!("{HEADS}{number},20/11/2026,AM,{mark}\n"));
        let file = fs::File::options().write(true).open(here.folder.join(&name)).unwrap();
        file.set_modified(early + std::time::Duration::from_secs(count)).unwrap();
    }
    here.rounds(3).await;
    assert_eq!((here.files("done").len(), here.files("")), (48, vec!["done".to_owned()]));
    assert_eq!(here.house.place.texts("SELECT code FROM mark").await, ["N"]);
    // One after the other, each says otherwise than the one before.
    assert_eq!(here.house.place.count("mark_change").await, 23);
    // Of the same moment, the later name.
    let same = early + std::time::Duration::from_secs(100);
    for (name, mark) in [("b.csv", "M"), ("a.csv", "I"), ("c.csv", "/")] {
        here.put(name, &format!("{HEADS}{number},20/11/2026,AM,{mark}\n"));
        fs::File::options().write(true).open(here.folder.join(name)).unwrap().set_modified(same).unwrap();
    }
    here.rounds(2).await;
    assert_eq!(here.house.place.texts("SELECT code FROM mark").await, ["/"]);
}

#[tokio::test]
async fn a_file_that_is_wrong_as_a_whole_is_refused_with_its_reason() {
    let mut here = Watched::open().await;
    here.put("book.csv", "PK\u{3}\u{4} a workbook");
    here.put("other.csv", &format!("{HEADS}no-such-child,20/11/2026,AM,/\n"));
    here.rounds(2).await;
    assert_eq!(here.files("refused"), ["book.csv", "book.csv.report.txt", "other.csv", "other.csv.report.txt"]);
    let report = fs::read_to_string(here.folder.join("refused/other.csv.report.txt")).unwrap();
    assert!(report.contains("Not one mark of this file could come in") && report.contains("line 2"), "{report}");
    let page = here.page().await;
    assert!(page.contains("nothing came in: This is a workbook"), "{page}");
    assert_eq!(
        (here.house.place.count("mark").await, here.house.place.count("journal WHERE action = 'refuse_file'").await),
        (0, 2)
    );
    let ready = here.node.browser().send(reqwest::Method::GET, paths::READYZ, &[], Vec::new()).await;
    assert_eq!(ready.status, 200);
}

#[cfg(unix)]
#[tokio::test]
async fn links_are_not_followed_and_nothing_is_put_through_one() {
    use std::os::unix::fs::symlink;
    let mut here = Watched::open().await;
    let number = here.number().await;
    let secret = here.house.place.data().join("secret.csv");
    fs::write(&secret, format!("{HEADS}{number},20/11/2026,AM,I\n")).unwrap();
    symlink(&secret, here.folder.join("link.csv")).unwrap();
    here.rounds(3).await;
    assert_eq!((here.house.place.count("mark").await, here.files("")), (0, vec!["link.csv".to_owned()]));
    // "done" is a way to somewhere else.
    let elsewhere = here.house.place.data().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, here.folder.join("done")).unwrap();
    here.put("week.csv", &format!("{HEADS}{number},20/11/2026,AM,I\n"));
    here.rounds(3).await;
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 0);
    assert!(here.files("").contains(&"week.csv".to_owned()), "it stays");
    assert!(here.page().await.contains("cannot be used: it is no folder"), "{}", here.page().await);
    assert_eq!(here.house.place.count("file_import").await, 1, "brought in once, not in every round");
    fs::remove_file(here.folder.join("done")).unwrap();
    here.put("week.csv", &format!("{HEADS}{number},20/11/2026,AM,I\n\n"));
    here.rounds(2).await;
    assert_eq!(here.files("done"), ["week.csv", "week.csv.report.txt"]);
    assert!(!here.page().await.contains("cannot be used"));
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_told_to_staff_and_taken_up_when_it_comes() {
    let mut here = Watched::open().await;
    let number = here.number().await;
    fs::remove_dir(&here.folder).unwrap();
    here.rounds(1).await;
    assert!(here.page().await.contains("cannot be used: it is not there"));
    fs::create_dir(&here.folder).unwrap();
    here.put("week.csv", &format!("{HEADS}{number},20/11/2026,AM,I\n"));
    here.rounds(2).await;
    assert_eq!(here.house.place.count("mark").await, 1);
    assert!(!here.page().await.contains("cannot be used"));
}
