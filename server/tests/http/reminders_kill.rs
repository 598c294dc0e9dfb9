//! Reminders to a whole school by a program that is killed in the middle of a transaction, and once more just before the last
//! message: everybody has exactly one. The program is a process of its own that does what the background round does, without
//! the second's rest between two rounds.

use std::{
    env,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use app::{
    paths,
    rules::{
        access::{Access, Link, Role},
        id::{GuardianId, PupilId, ReminderRunId, StaffId},
    },
};
use server::{
    reminders, start,
    store::{NewClass, NewGuardian, NewLink, NewPupil, NewStaff, StaffAccount, journal::Verdict},
};

use super::{
    browser::Browser,
    declarations::published_anew,
    house::{House, plain},
    trap::Trap,
};

/// How many guardians there are to be reminded, two for each child.
const ALL: usize = 640;
/// Where the school of the other process lies.
const DATA: &str = "NINE_FIFTEEN_TEST_DATA";
/// Its database, if it is on PostgreSQL.
const DATABASE: &str = "NINE_FIFTEEN_TEST_DATABASE";

const FULL: Link = Link { access: Access::Full, barred: false, reviewed: true };

fn id(number: usize) -> [u8; 16] {
    u128::try_from(number).unwrap().to_be_bytes()
}

fn address(number: usize) -> String {
    format!("parent{number}@example.org")
}

fn guardian(number: usize, email: Option<String>) -> NewGuardian {
    NewGuardian {
        guardian_id: GuardianId::from_bytes(id(number)),
        title: None,
        forename: format!("Parent{number}"),
        surname: "Plain".into(),
        email,
        mobile: None,
        address: None,
    }
}

fn link(number: usize, child: usize, link: Link) -> NewLink {
    NewLink {
        guardian_id: GuardianId::from_bytes(id(number)),
        pupil_id: PupilId::from_bytes(id(child)),
        relationship: "parent".into(),
        priority: 1,
        parental_responsibility: true,
        lives_with: true,
        link,
    }
}

fn pupil(number: usize) -> NewPupil {
    NewPupil {
        pupil_id: PupilId::from_bytes(id(number)),
        upn: String::new(),
        mis_id: number.to_string(),
        forename: format!("Child{number}"),
        surname: "Plain".into(),
        known_as: None,
        born: "2018-02-28".parse().unwrap(),
        class_id: "oak".into(),
        admitted: "2022-09-01".parse().unwrap(),
        left_on: None,
    }
}

/// A school in which 640 guardians have not answered, some of the first child's contacts beside them whom no reminder may
/// reach, and a run that its office has begun.
async fn begun() -> (House, Browser) {
    let house = House::empty().await;
    let (school, now) = (&house.portal.school, house.portal.now());
    let mut guardians: Vec<_> = (0..ALL).map(|number| guardian(number, Some(address(number)))).collect();
    let mut links: Vec<_> = (0..ALL).map(|number| link(number, number / 2, FULL)).collect();
    let barred = Link { barred: true, ..FULL };
    let others = [
        (Some("barred@example.org"), barred),
        (Some("unreviewed@example.org"), Link { reviewed: false, ..FULL }),
        (Some("nothing@example.org"), Link { access: Access::None, ..FULL }),
        // Asked, and out of reach: without an address, or with one that somebody barred reads too.
        (None, FULL),
        (Some("shared@example.org"), FULL),
        (Some("shared@example.org"), barred),
    ];
    for (number, (email, may)) in (ALL..).zip(others) {
        guardians.push(guardian(number, email.map(str::to_owned)));
        links.push(link(number, 0, may));
    }
    let oak = NewClass { class_id: "oak".into(), name: "3 Oak".into(), year: 3 };
    school.seed_roster(now, vec![oak], (0..ALL / 2).map(pupil).collect(), guardians, links).await.unwrap();
    let (staff, name, email) = (StaffId::from_bytes([31; 16]), "Olive Office", "office@plain.example");
    let new = NewStaff { staff_id: staff.clone(), name: name.into(), email: email.into(), roles: vec![Role::Office] };
    let account = StaffAccount {
        staff_id: staff.clone(),
        name: name.into(),
        email: email.into(),
        password_hash: None,
        totp_secret: None,
        totp_step: 0,
        disabled: false,
    };
    school.seed_staff(new, account, now).await.unwrap();
    assert_eq!(published_anew(&house, "# Every day\n\nCome.").await, 1);

    let mut office = house.session(&staff, true).await;
    let page = office.get(paths::REMINDERS).await;
    assert!(page.text().contains("640 people would be reminded, about 320 children."), "{}", page.main());
    assert!(page.text().contains("2 people have no address of their own"), "{}", page.main());
    let (run, people) = (page.hidden("run").unwrap(), page.hidden("people").unwrap());
    let begun = office.post_form(paths::REMINDERS, &[("run", &run), ("people", &people)]).await;
    assert_eq!((begun.location(), people.as_str()), (paths::REMINDERS, "640"), "{}", begun.main());
    assert_eq!(written(&house).await, Vec::<String>::new(), "counting sends nothing");
    (house, office)
}

/// The addresses to which a reminder was written, which are as many as the run says.
async fn written(house: &House) -> Vec<String> {
    let mut to = house.place.texts("SELECT to_address FROM mail WHERE kind = 'reminder'").await;
    to.sort();
    let said = house.place.count("reminder WHERE sent").await;
    assert_eq!(i64::try_from(to.len()).unwrap(), said, "written with the mail, or not at all");
    to
}

/// Every guardian of the run in the order in which their turn comes.
async fn turns(house: &House) -> Vec<String> {
    house.place.texts("SELECT guardian_id FROM reminder ORDER BY guardian_id").await
}

/// A process that goes on with the run.
struct Reminding(Child);

impl Reminding {
    fn start(house: &House) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["--exact", "http::reminders_kill::a_program_that_reminds", "--ignored", "--nocapture"]);
        command.env(DATA, house.place.data()).stdin(Stdio::null()).stdout(Stdio::null());
        match house.place.database() {
            Some(url) => command.env(DATABASE, url),
            None => command.env_remove(DATABASE),
        };
        Self(command.spawn().expect("it starts"))
    }

    /// Lets it remind so many, and kills it in the middle of the transaction of the next.
    async fn dies_after(house: &House, turns: &[String], count: usize) {
        let mut trap = Trap::at_change(&house.place, "reminder", "guardian_id", &turns[count]).await;
        let mut program = Self::start(house);
        let done = i64::try_from(count).unwrap();
        for _ in 0..6000 {
            assert!(program.0.try_wait().unwrap().is_none(), "it ended by itself");
            let stands = house.place.count("reminder WHERE done_at IS NOT NULL").await == done;
            if stands && trap.is_sprung().await {
                program.0.kill().unwrap();
                assert!(!program.0.wait().unwrap().success());
                trap.lift().await;
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("it never came to {count}");
    }

    async fn ends(mut self) {
        for _ in 0..6000 {
            if let Some(status) = self.0.try_wait().unwrap() {
                assert!(status.success());
                return;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("it does not end");
    }
}

impl Drop for Reminding {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The other process. By itself it is no test.
#[tokio::test]
#[ignore = "the tests beside it start it as a process of its own"]
async fn a_program_that_reminds() {
    let Some(data) = env::var_os(DATA) else { return };
    let portal = start::open(plain(Path::new(&data), env::var(DATABASE).ok())).await.unwrap();
    loop {
        reminders::round(&portal).await.unwrap();
        let runs = portal.school.reminder_runs().await.unwrap();
        if runs.iter().all(|run| run.ended_at.is_some()) {
            break;
        }
    }
    portal.store.close().await;
}

#[tokio::test]
async fn six_hundred_and_forty_guardians_have_one_reminder_each_though_the_program_died_twice() {
    let (house, mut office) = begun().await;
    let turns = turns(&house).await;
    assert_eq!(turns.len(), ALL);
    for count in [213, ALL - 1] {
        Reminding::dies_after(&house, &turns, count).await;
        let mut to = written(&house).await;
        assert_eq!(to.len(), count, "nothing of the one in whose middle it died");
        to.dedup();
        assert_eq!(to.len(), count, "nobody twice");
        assert!(office.get(paths::REMINDERS).await.text().contains(&format!("Under way, {} to come", ALL - count)));
    }
    Reminding::start(&house).ends().await;
    let mut everybody: Vec<String> = (0..ALL).map(address).collect();
    everybody.sort();
    assert_eq!(written(&house).await, everybody);
    let page = office.get(paths::REMINDERS).await;
    assert!(page.text().contains("Finished"), "{}", page.main());
    assert!(matches!(house.portal.school.verify_journal(&[]).await.unwrap(), Verdict::Whole(_)));
}

#[tokio::test]
async fn a_run_that_is_stopped_after_its_program_died_reminds_nobody_more() {
    let (house, mut office) = begun().await;
    Reminding::dies_after(&house, &turns(&house).await, 100).await;
    let run = house.portal.school.reminder_runs().await.unwrap().remove(0).run_id;
    let run = ReminderRunId::parse(&run).unwrap();
    assert_eq!(office.post_form(&paths::reminders_stop(&run), &[]).await.location(), paths::REMINDERS);
    Reminding::start(&house).ends().await;
    assert_eq!(written(&house).await.len(), 100);
    let page = office.get(paths::REMINDERS).await;
    assert!(page.text().contains("Stopped") && page.text().contains("100 of 640 sent"), "{}", page.main());
}
