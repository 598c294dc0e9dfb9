//! Files of pupils and contacts: in as a whole or not at all, the same file twice is one, a bar stays.

use app::rules::{
    access::Access,
    id::{GuardianId, ImportId, StaffId},
    import::Doubt,
};
use server::{
    import::{self, Plan, plan::Tally},
    store::{Applied, FileKind, NewImport, School, StoreError},
};

use super::{
    house::{TestStore, at, monday},
    people::{Ada, Barry, Ben, Chidi, Ngozi, office},
};

const HEADS: &str = "UPN,Adno,Surname,Forename,Known as,DOB,Year,Reg,Contact ID,Contact Surname,Contact Forename,Relationship,PR,Lives with pupil,Court order,Email,Mobile";
const ADA: &str = ",1,Okafor,Adaeze,Ada,28/02/2018,3,3 Oak";
const BEN: &str = ",2,Okafor,Ben,,28/02/2018,R,R Acorn";
const ZARA: &str = ",3,,Zara,,28/02/2018,3,3 Oak";

/// The school of the tests as its MIS has it; what contacts have no numbers.
fn people() -> Vec<String> {
    let adult = |child: &str, name: &str, surname: &str, flags: &str| {
        let email = match surname {
            "Khan" => "khans@example.org".to_owned(),
            _ => format!("{}@example.org", name.to_lowercase()),
        };
        format!("{child},,{surname},{name},parent,{flags},,{email},")
    };
    let mut lines = Vec::new();
    for child in [ADA, BEN] {
        lines.extend([adult(child, "Ngozi", "Okafor", "T,T"), adult(child, "Chidi", "Okafor", "T,T")]);
    }
    for (name, surname) in [("Barry", "Gone"), ("Viola", "Gran"), ("Una", "Known"), ("Nils", "None")] {
        lines.push(adult(ADA, name, surname, "T,T"));
    }
    lines.extend([adult(ZARA, "Farah", "Khan", "T,T"), adult(ZARA, "Faisal", "Khan", "T,T")]);
    lines
}

fn file(lines: &[String]) -> Vec<u8> {
    [&[HEADS.to_owned()], lines].concat().join("\n").into_bytes()
}

async fn planned(school: &School, file: &[u8]) -> Plan {
    let roster = import::read_roster(file, monday()).unwrap();
    school.plan_roster(roster, monday()).await.unwrap()
}

/// Hands a file in as the page does.
async fn hand_in(house: &TestStore, file: &[u8]) -> (ImportId, String) {
    let import = ImportId::from_bytes(rand::random());
    let new = NewImport {
        import: import.clone(),
        kind: FileKind::Roster,
        previous_school: false,
        sha256: "hash".into(),
        file: file.to_vec(),
        by: StaffId::from_bytes([31; 16]),
    };
    house.school().keep_import(new, at("08:00:00")).await.unwrap();
    (import, planned(&house.school(), file).await.digest())
}

async fn apply(
    house: &TestStore,
    (import, shown): &(ImportId, String),
    anyway: bool,
) -> Result<Applied<Plan, Tally>, StoreError> {
    house.school().apply_roster(import, shown.clone(), anyway, office(), at("08:05:00"), monday()).await
}

/// Brings a file in whatever its doubts.
async fn brings_in(house: &TestStore, lines: &[String]) -> Tally {
    let import = hand_in(house, &file(lines)).await;
    match apply(house, &import, true).await.unwrap() {
        Applied::Done(tally) => *tally,
        other => panic!("not brought in: {other:?}"),
    }
}

/// Everything an import may touch, but for the file itself and the journal.
async fn people_stored(house: &TestStore) -> Vec<String> {
    let mut all = Vec::new();
    for sql in [
        "SELECT pupil_id || upn || mis_id || forename || surname || COALESCE(known_as, '-') || class_id || COALESCE(CAST(left_on AS TEXT), '-') || COALESCE(CAST(missing_since AS TEXT), '-') FROM pupil ORDER BY 1",
        "SELECT guardian_id || COALESCE(mis_id, '-') || forename || surname || COALESCE(email, '-') || COALESCE(mobile, '-') || COALESCE(address, '-') FROM guardian ORDER BY 1",
        "SELECT guardian_id || pupil_id || relationship || CAST(priority AS TEXT) || access || CAST(barred AS TEXT) || CAST(reviewed AS TEXT) || CAST(court_order AS TEXT) || COALESCE(CAST(missing_since AS TEXT), '-') FROM guardian_pupil ORDER BY 1",
        "SELECT class_id || name FROM class ORDER BY 1",
    ] {
        all.extend(house.texts(sql).await);
    }
    all
}

#[tokio::test]
async fn a_file_that_says_what_is_known_changes_nothing_and_writes_one_line() {
    let house = TestStore::with_families().await;
    // The first time contacts get their order; the second time everything is as it was.
    brings_in(&house, &people()).await;
    let (before, lines) = (people_stored(&house).await, house.count("journal").await);
    let tally = brings_in(&house, &people()).await;
    assert!(!tally.changes(), "{tally:?}");
    assert_eq!(people_stored(&house).await, before);
    // Handed in, brought in: nobody's own line.
    assert_eq!(house.count("journal").await, lines + 2);
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn a_first_file_makes_a_school_with_a_line_for_everybody() {
    let house = TestStore::empty().await;
    house.school().found(at("06:00:00")).await.unwrap();
    let before = house.count("journal").await;
    let tally = brings_in(&house, &people()).await;
    assert_eq!((tally.pupils, tally.contacts, tally.ties, tally.classes), ([3, 0, 0], [8, 0, 0], [10, 0, 0], 2));
    assert_eq!(house.count("journal").await, before + 2 + 3 + 8 + 10 + 2);
    assert_eq!(house.school().on_roll(monday()).await.unwrap(), 3);
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn an_address_is_kept_with_a_hashed_line_and_a_file_without_leaves_it() {
    let house = TestStore::with_families().await;
    brings_in(&house, &people()).await;
    let lines = house.count("journal").await;
    let with_addresses = |address: &str| {
        let mut lines: Vec<String> = people().iter().map(|line| format!("{line},")).collect();
        lines[0] = format!("{}\"{address}\"", lines[0]);
        [vec![format!("{HEADS},Contact address")], lines].concat().join("\n").into_bytes()
    };
    let file = with_addresses("14 Lantern Street\nHazelbridge\nHZ1 4AB");
    let import = hand_in(&house, &file).await;
    assert!(matches!(apply(&house, &import, true).await.unwrap(), Applied::Done(_)));
    let kept = || house.texts("SELECT address FROM guardian WHERE address IS NOT NULL");
    assert_eq!(kept().await, ["14 Lantern Street\nHazelbridge\nHZ1 4AB"]);
    // Handed in, one contact changed, brought in: and nobody can read the address in the journal.
    assert_eq!(house.count("journal").await, lines + 3);
    let fields = house.texts("SELECT fields FROM journal WHERE action = 'change_guardian'").await;
    assert!(fields.iter().any(|line| line.contains("address")), "{fields:?}");
    assert!(fields.iter().all(|line| !line.contains("Lantern") && !line.contains("HZ1")), "{fields:?}");
    // A file that does not speak of addresses.
    assert!(!brings_in(&house, &people()).await.changes());
    assert_eq!(kept().await.len(), 1);
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn a_bar_and_what_the_office_decided_survive_the_file() {
    let house = TestStore::with_families().await;
    house.bars(Chidi, Ben).await;
    brings_in(&house, &people()).await;
    let sees = async |adult: super::people::Adult| {
        let children = house.school().children_of(&adult.id(), monday()).await.unwrap();
        children.into_iter().map(|child| child.pupil_id).collect::<Vec<_>>()
    };
    assert!(sees(Barry).await.is_empty(), "barred although the file says yes to everything");
    assert_eq!(sees(Chidi).await, [Ada.id()]);
    assert_eq!(sees(Ngozi).await, [Ada.id(), Ben.id()]);
    assert_eq!(house.number("SELECT COUNT(*) FROM guardian_pupil WHERE barred").await, 2);
}

#[tokio::test]
async fn a_court_order_in_the_file_shuts_a_parent_out_with_the_next_request() {
    let house = TestStore::with_families().await;
    let lines: Vec<String> =
        people().into_iter().map(|line| line.replace("Ngozi,parent,T,T,,", "Ngozi,parent,T,T,T,")).collect();
    let tally = brings_in(&house, &lines).await;
    assert_eq!(tally.waiting, 2);
    assert!(house.school().children_of(&Ngozi.id(), monday()).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_the_office_shut_stays_shut_through_a_file_that_takes_a_claim_away_and_one_that_brings_it() {
    let house = TestStore::with_families().await;
    house
        .by_hand(&format!(
            "UPDATE guardian_pupil SET access = 'none', decided_by = 'olive' WHERE guardian_id = '{}'",
            Ngozi.id()
        ))
        .await;
    for flags in ["F,F", "T,T"] {
        let lines: Vec<String> = people()
            .into_iter()
            .map(|line| line.replace("Ngozi,parent,T,T,", &format!("Ngozi,parent,{flags},")))
            .collect();
        brings_in(&house, &lines).await;
        assert!(house.school().children_of(&Ngozi.id(), monday()).await.unwrap().is_empty(), "{flags}");
    }
}

#[tokio::test]
async fn what_fails_in_the_middle_leaves_everything_as_it_was() {
    let house = TestStore::with_families().await;
    // The last contact of the file cannot be written.
    house.by_hand("CREATE UNIQUE INDEX no_two_numbers ON guardian (school_id, mobile)").await;
    let mut lines = people();
    lines[0] = lines[0].replace("ngozi@example.org,", "ngozi@example.org,07700 900001");
    lines.push(",4,New,Nora,,28/02/2018,4,4 Lime,,New,Nina,mother,T,T,,nina@example.org,07700 900001".into());
    let import = hand_in(&house, &file(&lines)).await;
    let (before, written) = (people_stored(&house).await, house.count("journal").await);
    assert!(apply(&house, &import, true).await.is_err());
    assert_eq!((people_stored(&house).await, house.count("journal").await), (before, written));
    // The file still waits, and goes in once nothing stands in its way.
    house.by_hand("DROP INDEX no_two_numbers").await;
    assert!(matches!(apply(&house, &import, true).await.unwrap(), Applied::Done(_)));
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn an_import_whose_caller_goes_away_is_whole_or_not_at_all() {
    let house = TestStore::with_families().await;
    let mut lines = people();
    lines.extend(
        (0..300).map(|n| {
            format!(",{},New{n},Nora,,28/02/2018,4,4 Lime,,New{n},Nina,mother,T,T,,n{n}@example.org,", n + 10)
        }),
    );
    let import = hand_in(&house, &file(&lines)).await;
    for wait in [0, 1, 3, 10, 30] {
        let school = house.school();
        let (one, of) = (import.clone(), office());
        let task =
            tokio::spawn(async move { school.apply_roster(&one.0, one.1, true, of, at("08:05:00"), monday()).await });
        tokio::time::sleep(std::time::Duration::from_millis(wait)).await;
        task.abort();
        let _ = task.await;
        // Whatever was queued is done before this is answered.
        house.school().forget_old_counts(at("08:06:00")).await.unwrap();
        let pupils = house.count("pupil").await;
        assert!(pupils == 3 || pupils == 303, "{pupils}");
    }
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn only_what_was_shown_is_brought_in() {
    let house = TestStore::with_families().await;
    let import = hand_in(&house, &file(&people())).await;
    // Meanwhile somebody changes an address by another way.
    house.by_hand("UPDATE guardian SET email = 'other@example.org' WHERE forename = 'Ngozi'").await;
    let before = people_stored(&house).await;
    let shown = match apply(&house, &import, true).await.unwrap() {
        Applied::Changed(plan) => plan,
        other => panic!("{other:?}"),
    };
    assert_eq!(people_stored(&house).await, before);
    assert!(shown.tally().contacts[1] > 0);
    // The new plan has been shown: now it may.
    let import = (import.0, shown.digest());
    assert!(matches!(apply(&house, &import, true).await.unwrap(), Applied::Done(_)));
    assert!(matches!(apply(&house, &import, true).await.unwrap(), Applied::Gone), "once");
}

#[tokio::test]
async fn a_file_in_doubt_waits_for_a_word() {
    let house = TestStore::with_families().await;
    let import = hand_in(&house, &file(&people()[..2])).await;
    let before = people_stored(&house).await;
    match apply(&house, &import, false).await.unwrap() {
        Applied::InDoubt(plan) => assert_eq!(plan.doubts, [Doubt::ManyMissing { missing: 2, of: 3 }]),
        other => panic!("{other:?}"),
    }
    assert_eq!(people_stored(&house).await, before);
    assert!(matches!(apply(&house, &import, true).await.unwrap(), Applied::Done(_)));
    // Nobody is gone; since when they are missing is noted once, and taken back when they are there again.
    assert_eq!((house.count("pupil").await, house.count("guardian_pupil").await), (3, 10));
    assert_eq!(house.number("SELECT COUNT(*) FROM pupil WHERE missing_since IS NOT NULL").await, 2);
    brings_in(&house, &people()).await;
    assert_eq!(house.number("SELECT COUNT(*) FROM pupil WHERE missing_since IS NOT NULL").await, 0);
    assert_eq!(house.number("SELECT COUNT(*) FROM guardian_pupil WHERE missing_since IS NOT NULL").await, 0);
}

#[tokio::test]
async fn a_files_bytes_are_kept_no_longer_than_they_wait() {
    let house = TestStore::with_families().await;
    let held = async || house.number("SELECT COUNT(*) FROM file_import WHERE file IS NOT NULL").await;
    let first = hand_in(&house, &file(&people())).await;
    let second = hand_in(&house, &file(&people())).await;
    assert_eq!(held().await, 1, "a new file takes the place of the one that waited");
    assert!(matches!(apply(&house, &first, true).await.unwrap(), Applied::Gone));
    apply(&house, &second, true).await.unwrap();
    assert_eq!(held().await, 0);
    let third = hand_in(&house, &file(&people())).await;
    house.school().drop_import(FileKind::Roster, &third.0, office(), at("09:00:00")).await.unwrap();
    assert_eq!(held().await, 0);
    hand_in(&house, &file(&people())).await;
    house.school().forget_old_imports(at("09:00:00")).await.unwrap();
    assert_eq!(held().await, 1);
    house.school().forget_old_imports(super::house::on("2026-11-24", "09:00:00")).await.unwrap();
    assert_eq!(held().await, 0);
    let last = house.school().last_import(FileKind::Roster).await.unwrap().unwrap();
    assert_eq!((&last.import, &last.file), (&second.0, &None));
    assert!(last.outcome::<Tally>().is_some() && house.journal_is_whole().await);
}

#[tokio::test]
async fn a_review_counts_only_for_what_was_seen_and_never_lifts_a_bar() {
    use server::store::Decision;
    let house = TestStore::with_families().await;
    let links = house.school().links(monday()).await.unwrap();
    let una = links.iter().find(|link| link.name == "Una Known").unwrap();
    let barry = links.iter().find(|link| link.name == "Barry Gone").unwrap();
    let decide = async |link: &server::store::LinkListed, seen: String| {
        let (guardian, pupil) = (link.guardian_id.clone(), link.pupil_id.clone());
        let by = StaffId::from_bytes([31; 16]);
        house
            .school()
            .decide_access(Decision { guardian, pupil, access: Access::Full, seen, by }, at("08:00:00"))
            .await
            .unwrap()
    };
    assert!(!decide(una, barry.seen()).await);
    assert!(decide(una, una.seen()).await);
    assert!(!decide(una, una.seen()).await, "it is no longer as it was seen");
    let may = async |guardian: &GuardianId| house.school().children_of(guardian, monday()).await.unwrap().len();
    assert_eq!(may(&una.guardian_id).await, 1);
    assert!(decide(barry, barry.seen()).await);
    assert_eq!(may(&barry.guardian_id).await, 0);
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn five_thousand_children_are_one_line_each_and_nothing_is_read_twice() {
    let house = TestStore::empty().await;
    house.school().found(at("06:00:00")).await.unwrap();
    let lines: Vec<String> = (0..5_000)
        .flat_map(|n| {
            let child = format!(",{n},Name{n},Child,,12/03/2019,3,3 Oak{}", n % 30);
            let adult = move |who: &str| {
                format!("{child},{n}{who},Name{n},Parent{who},mother,T,T,,p{who}.{n}@example.org,07700900123")
            };
            [adult("1"), adult("2")]
        })
        .collect();
    let file = file(&lines);
    let begun = std::time::Instant::now();
    let roster = import::read_roster(&file, monday()).unwrap();
    let read = begun.elapsed();
    let done = house.school().import_roster(roster, "hash".into(), false, at("08:00:00"), monday()).await.unwrap();
    let all = begun.elapsed();
    let Applied::Done(tally) = done else { panic!("{done:?}") };
    assert_eq!((tally.pupils, tally.contacts, tally.ties), ([5_000, 0, 0], [10_000, 0, 0], [10_000, 0, 0]));
    assert_eq!(house.count("journal").await, 1 + 30 + 5_000 + 10_000 + 10_000 + 1);
    eprintln!("5,000 children: read in {read:?}, in after {all:?}");
    let roster = import::read_roster(&file, monday()).unwrap();
    let begun = std::time::Instant::now();
    house.school().import_roster(roster, "hash".into(), false, at("08:00:00"), monday()).await.unwrap();
    eprintln!("the same file again: {:?}", begun.elapsed());
    assert_eq!(house.count("journal").await, 1 + 30 + 5_000 + 10_000 + 10_000 + 2);
}

#[tokio::test]
async fn a_leaving_date_in_the_file_ends_access_and_a_later_file_without_gives_it_back() {
    let house = TestStore::with_families().await;
    brings_in(&house, &people()).await;
    let with_dates = |day: &str| {
        let dated = |line: &String| format!("{line},{}", if line.starts_with(ADA) { day } else { "" });
        let lines: Vec<String> = people().iter().map(dated).collect();
        [vec![format!("{HEADS},Leaving date")], lines].concat().join("\n").into_bytes()
    };
    let ada = Ada.id();
    let access = async |adult: super::people::Adult| {
        let id = adult.id();
        let sql = format!("SELECT access FROM guardian_pupil WHERE pupil_id = '{ada}' AND guardian_id = '{id}'");
        house.texts(&sql).await
    };
    for (day, ngozi) in [("20/11/2026", "view"), ("", "full"), ("23/11/2026", "full"), ("22/11/2026", "view")] {
        let import = hand_in(&house, &with_dates(day)).await;
        assert!(matches!(apply(&house, &import, true).await.unwrap(), Applied::Done(_)), "{day}");
        assert_eq!(access(Ngozi).await, [ngozi], "{day}");
        assert_eq!(access(Chidi).await, [ngozi], "{day}");
    }
    // A file that takes a contact's claim while the child is away takes it for good, at once.
    let court = |line: &String| if line.contains("Ngozi") { line.replace("T,T,", "T,T,T") } else { line.clone() };
    let lines: Vec<String> = people().iter().map(court).collect();
    brings_in(&house, &lines).await;
    assert_eq!(access(Ngozi).await, ["none"]);
    assert!(house.journal_is_whole().await);
}
