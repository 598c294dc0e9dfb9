//! A family's details: asked for, agreed, keyed in, brought by the roster; and nothing of anybody else's.

use app::rules::{
    details::{Field, Move, Of, State, Wanted, check},
    id::SubmissionId,
    reference::Reference,
};
use chrono::{DateTime, Utc};
use server::{
    import,
    store::{
        About, Applied, Details, DetailsAnswer, DetailsAsked, DetailsDecided, NewDetails, NewDetailsDecision, NewMail,
        NewMessage, Said, Voice,
    },
};

use super::{
    house::{TestStore, at, day, monday},
    people::{Ada, Adult, Barry, Ben, Chidi, Ngozi, Nils, Una, Viola, adam, olive},
};

fn letter(_: &Reference) -> NewMail {
    NewMail { to: None, kind: "details", subject: "A change".into(), body: "Please look.".into() }
}

pub(super) async fn details(house: &TestStore, adult: Adult) -> Details {
    house.school().details(&adult.id(), monday()).await.unwrap().expect("they see a child")
}

/// What somebody asks for, as the page would: the form as it begins with these answers in it.
pub(super) async fn asking(house: &TestStore, adult: Adult, answers: &[(&str, &str)], id: u8) -> NewDetails {
    let details = details(house, adult).await;
    let mut typed = details.offer().begins();
    answers.iter().for_each(|(name, value)| typed.set(name, *value));
    let wanted = check(&details.offer(), &typed, monday()).expect("nothing to put right");
    NewDetails {
        guardian: adult.id(),
        submission: SubmissionId::from_bytes([id; 16]),
        digest: format!("{answers:?}"),
        seen: details.seen(),
        wanted,
        year: 2026,
        // Each in its own second: which is the latest is asked.
        at: at(&format!("08:00:{id:02}")),
        today: monday(),
    }
}

pub(super) async fn asks(house: &TestStore, adult: Adult, answers: &[(&str, &str)], id: u8) -> Reference {
    let new = asking(house, adult, answers, id).await;
    match house.school().ask_details(new, letter).await.unwrap() {
        DetailsAsked::Received(reference) => reference,
        other => panic!("not received: {other:?}"),
    }
}

pub(super) async fn answers(house: &TestStore, reference: &Reference, steps: &[(Of, State, Move)]) -> DetailsDecided {
    let answers = steps.iter().map(|(of, was, step)| DetailsAnswer { of: of.clone(), was: *was, step: *step });
    let new = NewDetailsDecision {
        reference: reference.clone(),
        answers: answers.collect(),
        by: olive(),
        at: at("09:30:00"),
        today: monday(),
    };
    house.school().decide_details(new, letter(reference)).await.unwrap()
}

pub(super) async fn agrees(house: &TestStore, reference: &Reference, of: &Of) {
    assert_eq!(answers(house, reference, &[(of.clone(), State::Asked, Move::Accept)]).await, DetailsDecided::Done);
}

pub(super) async fn states(house: &TestStore, adult: Adult) -> Vec<(String, &'static str)> {
    details(house, adult).await.lines.iter().map(|line| (line.of.name(), line.state.word())).collect()
}

/// Ngozi as the MIS has her by now.
async fn roster(house: &TestStore, email: &str, mobile: &str, surname: &str, now: DateTime<Utc>) {
    let child = |adno: &str, name: &str, class: &str| format!("{adno},Okafor,{name},28/02/2018,{class}");
    let mother = format!("{surname},Ngozi,parent,1,T,T,{email},{mobile}");
    let file = format!(
        "Adno,Surname,Forename,DOB,Reg,Contact Surname,Contact Forename,Relationship,Priority,PR,Lives with pupil,Email,Mobile\n{},{mother}\n{},{mother}",
        child("1", "Adaeze", "3 Oak"),
        child("2", "Ben", "R Acorn")
    );
    let roster = import::read_roster(file.as_bytes(), monday()).unwrap();
    let applied = house.school().import_roster(roster, "hash".into(), true, now, monday()).await.unwrap();
    assert!(matches!(applied, Applied::Done(_)), "{applied:?}");
}

#[tokio::test]
async fn a_change_goes_from_the_family_to_the_office_to_the_mis_and_back_with_the_roster() {
    let house = TestStore::with_staff().await;
    let mobile = Of::own(Field::Mobile);
    let before = house.texts("SELECT guardian_id || COALESCE(mobile, '-') FROM guardian ORDER BY 1").await;
    let reference = asks(&house, Ngozi, &[("mobile", "07700 900456")], 1).await;
    let waiting = house.school().details_waiting().await.unwrap();
    assert_eq!(
        (waiting.len(), &waiting[0].reference, waiting[0].fields.as_slice()),
        (1, &reference, &[Field::Mobile][..])
    );
    agrees(&house, &reference, &mobile).await;
    assert!(house.school().details_waiting().await.unwrap().is_empty());
    let list = house.school().details_to_key().await.unwrap();
    assert_eq!(
        (list.len(), list[0].guardian.as_str(), list[0].line.wanted.as_deref()),
        (1, "Ngozi Okafor", Some("07700 900456"))
    );
    assert_eq!(
        house.texts("SELECT guardian_id || COALESCE(mobile, '-') FROM guardian ORDER BY 1").await,
        before,
        "nothing is overwritten"
    );
    let keyed = house.school().key_details(vec![list[0].name()], Vec::new(), &olive(), at("10:00:00")).await.unwrap();
    assert_eq!((keyed, states(&house, Ngozi).await), (Some(1), vec![("mobile".to_owned(), "keyed")]));
    roster(&house, Ngozi.email(), "+447700900456", "Okafor", at("11:00:00")).await;
    assert_eq!(states(&house, Ngozi).await, [("mobile".to_owned(), "arrived")]);
    assert!(house.school().details_to_key().await.unwrap().is_empty());
    assert_eq!(details(&house, Ngozi).await.held(&mobile), Some("+447700900456"));
    for action in ["ask_details", "decide_details", "key_details", "details_arrived"] {
        assert_eq!(house.count(&format!("journal WHERE action = '{action}'")).await, 1, "{action}");
    }
    assert!(house.journal_is_whole().await);
    assert!(house.school().standing().await.unwrap().halves.is_empty());
}

#[tokio::test]
async fn a_roster_with_the_old_value_loses_nothing_and_one_with_a_third_is_seen() {
    let house = TestStore::with_staff().await;
    roster(&house, Ngozi.email(), "07700 900111", "Okafor", at("07:00:00")).await;
    let reference = asks(&house, Ngozi, &[("mobile", "07700 900456")], 1).await;
    agrees(&house, &reference, &Of::own(Field::Mobile)).await;
    roster(&house, Ngozi.email(), "07700 900111", "Okafor", at("11:00:00")).await;
    let list = house.school().details_to_key().await.unwrap();
    assert_eq!((list.len(), list[0].has_moved()), (1, false));
    roster(&house, Ngozi.email(), "07700 900999", "Okafor", at("12:00:00")).await;
    let list = house.school().details_to_key().await.unwrap();
    assert_eq!((list.len(), list[0].has_moved(), list[0].now.as_deref()), (1, true, Some("07700 900999")));
    roster(&house, Ngozi.email(), "07700 900456", "Okafor", at("13:00:00")).await;
    assert!(house.school().details_to_key().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_roster_that_says_nothing_of_the_household_has_not_brought_a_no() {
    let house = TestStore::with_staff().await;
    house.by_hand("UPDATE guardian_pupil SET flags_said = FALSE, lives_with = FALSE").await;
    let lives = Of::child(&Ada.id(), Field::LivesWith);
    assert_eq!(details(&house, Ngozi).await.held(&lives), None);
    let reference = asks(&house, Ngozi, &[(&lives.name(), "no")], 1).await;
    agrees(&house, &reference, &lives).await;
    let file = "Adno,Surname,Forename,DOB,Reg,Contact Surname,Contact Forename,Email\n1,Okafor,Adaeze,28/02/2018,3 Oak,Okafor,Ngozi,ngozi@example.org";
    let roster = import::read_roster(file.as_bytes(), monday()).unwrap();
    house.school().import_roster(roster, "hash".into(), true, at("11:00:00"), monday()).await.unwrap();
    assert_eq!(house.school().details_to_key().await.unwrap().len(), 1);
    self::roster(&house, Ngozi.email(), "", "Okafor", at("12:00:00")).await;
    assert!(house.school().details_to_key().await.unwrap()[0].has_moved(), "it says yes");
}

#[tokio::test]
async fn what_the_roster_brings_before_anybody_decided_is_done() {
    let house = TestStore::with_staff().await;
    asks(&house, Ngozi, &[("surname", "Okoro")], 1).await;
    roster(&house, Ngozi.email(), "", "OKORO", at("11:00:00")).await;
    // A contact is known by name: another surname beside the same address may be somebody new.
    let known = house.count("guardian WHERE surname = 'OKORO'").await;
    assert_eq!(known, 1);
    asks(&house, Chidi, &[("email", "chidi.new@example.org")], 2).await;
    assert_eq!(house.texts("SELECT to_address FROM mail ORDER BY made_at, mail_id").await.len(), 2);
    assert_eq!(house.count("mail WHERE to_address = 'chidi.new@example.org'").await, 0, "the old address is told");
    assert_eq!(house.count("mail WHERE to_address = 'chidi@example.org'").await, 1);
}

#[tokio::test]
async fn the_same_form_twice_is_one_request_and_with_other_words_none() {
    let house = TestStore::with_staff().await;
    let new = asking(&house, Ngozi, &[("mobile", "07700 900456")], 1).await;
    let reference = match house.school().ask_details(new.clone(), letter).await.unwrap() {
        DetailsAsked::Received(reference) => reference,
        other => panic!("{other:?}"),
    };
    let rows = (house.count("details_line").await, house.count("journal").await, house.count("mail").await);
    assert_eq!(house.school().ask_details(new.clone(), letter).await.unwrap(), DetailsAsked::Again(reference));
    let other = NewDetails { digest: "other words".into(), ..new };
    assert_eq!(house.school().ask_details(other, letter).await.unwrap(), DetailsAsked::Differs);
    assert_eq!((house.count("details_line").await, house.count("journal").await, house.count("mail").await), rows);
}

#[tokio::test]
async fn a_new_request_takes_the_place_of_what_is_not_decided_and_leaves_what_is() {
    let house = TestStore::with_staff().await;
    let first = asks(&house, Ngozi, &[("mobile", "07700 900456"), ("work-phone", "01632 960001")], 1).await;
    agrees(&house, &first, &Of::own(Field::WorkPhone)).await;
    // The question that was asked goes along with what it was about.
    let submission = SubmissionId::from_bytes([1; 16]).to_string();
    let about = About { topic: app::rules::conversation::Topic::Details, id: submission, guardian: Ngozi.id() };
    let message = app::rules::id::MessageId::from_bytes([5; 16]);
    let mail = ("Waiting".to_owned(), "Please look.".to_owned());
    let from = Voice::Staff { staff: olive(), asks: true, mail };
    let question = NewMessage { message, about, from, text: "Whose number is it?".into(), at: at("09:00:00") };
    assert_eq!(house.school().say(question).await.unwrap(), Said::Kept);
    assert_eq!(house.school().details_wait_for_guardian(&Ngozi.id(), monday()).await.unwrap(), Some(true));
    let second = asks(&house, Ngozi, &[("mobile", "07700 900789")], 2).await;
    let mut lines = states(&house, Ngozi).await;
    lines.sort_unstable();
    let of = |name: &str, state| (name.to_owned(), state);
    assert_eq!(lines, [of("mobile", "asked"), of("mobile", "replaced"), of("work-phone", "accepted")]);
    let talk = house.school().own_conversation(&Ngozi.id(), &second).await.unwrap().unwrap();
    assert_eq!((talk.messages.len(), talk.may_write), (1, true));
    // Asked anew after it was agreed: the agreed one counts until the new one is agreed.
    let third = asks(&house, Ngozi, &[("mobile", "07700 900789"), ("work-phone", "")], 3).await;
    assert_eq!(house.school().details_to_key().await.unwrap().len(), 1);
    agrees(&house, &third, &Of::own(Field::WorkPhone)).await;
    let list = house.school().details_to_key().await.unwrap();
    assert_eq!((list.len(), list[0].line.wanted.as_deref()), (1, None), "the later one alone");
}

#[tokio::test]
async fn a_form_drawn_from_something_else_is_not_taken() {
    let house = TestStore::with_staff().await;
    let old = asking(&house, Ngozi, &[("mobile", "07700 900456")], 1).await;
    asks(&house, Ngozi, &[("work-phone", "01632 960001")], 2).await;
    assert_eq!(house.school().ask_details(old, letter).await.unwrap(), DetailsAsked::Changed);
    let old = asking(&house, Ngozi, &[("mobile", "07700 900456")], 3).await;
    roster(&house, Ngozi.email(), "07700 900111", "Okafor", at("11:00:00")).await;
    assert_eq!(house.school().ask_details(old, letter).await.unwrap(), DetailsAsked::Changed);
    assert_eq!(house.count("details_line").await, 1);
}

#[tokio::test]
async fn whoever_may_see_no_child_has_no_details_and_asks_for_nothing() {
    let house = TestStore::with_staff().await;
    for adult in [Barry, Una, Nils] {
        assert!(house.school().details(&adult.id(), monday()).await.unwrap().is_none(), "{adult:?}");
    }
    let new = asking(&house, Chidi, &[("mobile", "07700 900456")], 1).await;
    for child in [Ada, Ben] {
        house.bars(Chidi, child).await;
    }
    assert_eq!(house.school().ask_details(new, letter).await.unwrap(), DetailsAsked::NotAllowed);
    assert_eq!(house.count("details_line").await, 0);
    assert!(!house.school().details_are_right(&Chidi.id(), 2026, at("08:00:00"), monday()).await.unwrap());
}

#[tokio::test]
async fn a_bar_hides_what_was_asked_about_that_child_and_the_office_still_ends_it() {
    let house = TestStore::with_staff().await;
    let lives = Of::child(&Ada.id(), Field::LivesWith);
    let reference = asks(&house, Chidi, &[(&lives.name(), "no"), ("mobile", "07700 900456")], 1).await;
    house.bars(Chidi, Ada).await;
    assert_eq!(states(&house, Chidi).await, [("mobile".to_owned(), "asked")]);
    assert!(house.school().own_conversation(&Chidi.id(), &reference).await.unwrap().is_none());
    house.bars(Chidi, Ben).await;
    assert!(house.school().details(&Chidi.id(), monday()).await.unwrap().is_none());
    // The office can end what was open; whoever is barred hears nothing of it.
    let mails = house.count("mail").await;
    let record = house.school().details_request(&reference, monday()).await.unwrap().expect("it opens");
    assert_eq!((record.lines.len(), record.hears), (2, false));
    let mobile = Of::own(Field::Mobile);
    let both = [(lives, State::Asked, Move::Refuse), (mobile, State::Asked, Move::Accept)];
    assert_eq!(answers(&house, &reference, &both).await, DetailsDecided::Done);
    assert!(house.school().details_waiting().await.unwrap().is_empty());
    assert_eq!(house.count("mail").await, mails);
}

#[tokio::test]
async fn who_looks_asks_about_themselves_and_not_about_the_childs_name() {
    let house = TestStore::with_staff().await;
    let offer = details(&house, Viola).await.offer();
    assert!(offer.field(&Of::own(Field::Mobile)).is_some());
    assert!(offer.field(&Of::child(&Ada.id(), Field::KnownAs)).is_none());
    let mut new = asking(&house, Viola, &[("mobile", "07700 900456")], 1).await;
    let known_as = Of::child(&Ada.id(), Field::KnownAs);
    let wanted = Wanted { of: known_as, held: None, value: Some("Addy".into()), from: None, with: Vec::new() };
    new.wanted.push(wanted);
    assert_eq!(house.school().ask_details(new, letter).await.unwrap(), DetailsAsked::NotAllowed);
    let of_another = Wanted {
        of: Of::child(&Ben.id(), Field::Collect),
        held: None,
        value: Some("yes".into()),
        from: None,
        with: Vec::new(),
    };
    let mut new = asking(&house, Viola, &[("mobile", "07700 900456")], 2).await;
    new.wanted = vec![of_another];
    assert_eq!(house.school().ask_details(new, letter).await.unwrap(), DetailsAsked::NotAllowed);
}

#[tokio::test]
async fn a_secret_address_is_in_no_row_from_the_moment_it_is_said_to_be_one() {
    let house = TestStore::with_staff().await;
    let refuge = "7 Refuge Lane\nElsewhere\nHZ9 9ZZ";
    let ada = Ada.id();
    let asked = [("address", refuge), ("address-from", "2026-12-01"), ("address-with", ada.as_str())];
    asks(&house, Ngozi, &asked, 1).await;
    assert_eq!(house.count("details_line WHERE wanted LIKE '%Refuge%'").await, 1, "while it is no secret");
    // The tick and another address besides, as no page of ours would send it.
    let mut new = asking(&house, Ngozi, &[("secret", "yes"), ("mobile", "07700 900456")], 2).await;
    let of = Of::own(Field::Address);
    new.wanted.push(Wanted {
        of,
        held: None,
        value: Some(refuge.into()),
        from: Some(day("2026-12-01")),
        with: vec![Ada.id()],
    });
    assert!(matches!(house.school().ask_details(new, letter).await.unwrap(), DetailsAsked::Received(_)));
    for (table, column) in
        [("mail", "body"), ("mail", "subject"), ("journal", "fields"), ("message", "text"), ("guardian", "address")]
    {
        assert_eq!(house.count(&format!("{table} WHERE {column} LIKE '%Refuge%'")).await, 0, "{table}");
    }
    assert_eq!(house.count("details_line WHERE wanted LIKE '%Refuge%' OR held LIKE '%Refuge%'").await, 0);
    let now = details(&house, Ngozi).await;
    assert!(!now.keeps_address() && now.offer().field(&Of::own(Field::Address)).is_none());
    assert!(house.school().details_waiting().await.unwrap()[0].fields.contains(&Field::Secret));
}

#[tokio::test]
async fn where_the_school_keeps_it_secret_no_address_is_shown_offered_or_left_in_a_request() {
    let house = TestStore::with_staff().await;
    house.by_hand("UPDATE guardian SET address = '1 Old Road' WHERE forename = 'Ngozi'").await;
    let asked = [("address", "7 Refuge Lane\nElsewhere"), ("address-from", "2026-12-01")];
    let reference = asks(&house, Ngozi, &asked, 1).await;
    agrees(&house, &reference, &Of::own(Field::Address)).await;
    assert!(house.school().keep_address_secret(&Ngozi.id(), true, &olive(), at("10:00:00")).await.unwrap());
    assert_eq!(house.count("details_line WHERE wanted IS NOT NULL OR held IS NOT NULL").await, 0);
    assert_eq!(
        house.count("journal WHERE action = 'ask_details' AND salt IS NOT NULL").await,
        0,
        "nor can it be guessed"
    );
    assert!(house.school().details_to_key().await.unwrap().is_empty(), "nobody keys in that there is none");
    let now = details(&house, Ngozi).await;
    assert!(now.lines.is_empty());
    let offer = now.offer();
    assert!(now.held(&Of::own(Field::Address)).is_none() && !now.keeps_address());
    assert!([Field::Address, Field::Secret].iter().all(|field| offer.field(&Of::own(*field)).is_none()));
    assert!(house.journal_is_whole().await);
}

#[tokio::test]
async fn answers_are_all_kept_or_none_and_only_by_who_may() {
    let house = TestStore::with_staff().await;
    let (mobile, work) = (Of::own(Field::Mobile), Of::own(Field::WorkPhone));
    let reference = asks(&house, Ngozi, &[("mobile", "07700 900456"), ("work-phone", "01632 960001")], 1).await;
    agrees(&house, &reference, &mobile).await;
    let both = [(mobile.clone(), State::Asked, Move::Refuse), (work.clone(), State::Asked, Move::Accept)];
    assert_eq!(answers(&house, &reference, &both).await, DetailsDecided::NotNow);
    assert!(states(&house, Ngozi).await.contains(&("work-phone".to_owned(), "asked")));
    let new = NewDetailsDecision {
        reference: reference.clone(),
        answers: vec![DetailsAnswer { of: work, was: State::Asked, step: Move::Accept }],
        by: adam(),
        at: at("09:30:00"),
        today: monday(),
    };
    let by_adam = house.school().decide_details(new, letter(&reference)).await.unwrap();
    assert_eq!(by_adam, DetailsDecided::NotAllowed, "an administrator decides nothing");
    assert_eq!(answers(&house, &reference, &[(mobile, State::Accepted, Move::Reopen)]).await, DetailsDecided::Done);
    assert!(house.school().withdraw_details(&Ngozi.id(), at("10:00:00"), monday()).await.unwrap());
    assert!(!house.school().withdraw_details(&Ngozi.id(), at("10:01:00"), monday()).await.unwrap());
    assert!(states(&house, Ngozi).await.iter().all(|(_, state)| *state == "withdrawn"));
}

#[tokio::test]
async fn what_no_roster_brings_leaves_the_list_with_the_tick_and_stands_as_agreed() {
    let house = TestStore::with_staff().await;
    let collect = Of::child(&Ada.id(), Field::Collect);
    let reference = asks(&house, Ngozi, &[(&collect.name(), "yes")], 1).await;
    agrees(&house, &reference, &collect).await;
    let list = house.school().details_to_key().await.unwrap();
    house.school().key_details(vec![list[0].name()], Vec::new(), &olive(), at("10:00:00")).await.unwrap();
    assert!(house.school().details_to_key().await.unwrap().is_empty());
    roster(&house, Ngozi.email(), "", "Okafor", at("11:00:00")).await;
    assert_eq!(details(&house, Ngozi).await.stands(&collect), Some("yes"));
    // A tick that was a slip.
    let slip = asks(&house, Ngozi, &[("mobile", "07700 900456")], 2).await;
    agrees(&house, &slip, &Of::own(Field::Mobile)).await;
    let name = house.school().details_to_key().await.unwrap()[0].name();
    house.school().key_details(vec![name.clone()], Vec::new(), &olive(), at("10:00:00")).await.unwrap();
    assert_eq!(
        house.school().key_details(Vec::new(), vec![name.clone()], &olive(), at("10:01:00")).await.unwrap(),
        Some(1)
    );
    assert_eq!(house.school().key_details(Vec::new(), vec![name], &olive(), at("10:02:00")).await.unwrap(), Some(0));
}

#[tokio::test]
async fn looking_once_a_school_year_is_one_row_and_the_office_counts_whom_it_may_ring() {
    let house = TestStore::with_staff().await;
    for _ in 0..2 {
        assert!(house.school().details_are_right(&Ngozi.id(), 2026, at("08:00:00"), monday()).await.unwrap());
    }
    assert_eq!(
        (house.count("details_check").await, house.count("journal WHERE action = 'details_are_right'").await),
        (1, 1)
    );
    assert!(house.school().details_looked(&Ngozi.id(), 2026).await.unwrap().is_some());
    assert!(house.school().details_looked(&Ngozi.id(), 2027).await.unwrap().is_none());
    house.by_hand("UPDATE guardian SET mobile = '07700 900111' WHERE forename IN ('Ngozi', 'Barry')").await;
    let looked = house.school().details_of_class("oak", 2026, monday()).await.unwrap();
    let of = |name: &str| looked.iter().find(|one| one.guardian == name).unwrap();
    assert_eq!(of("Ngozi Okafor").looked.map(|(_, right)| right), Some(true));
    assert_eq!(of("Chidi Okafor").looked, None);
    let ring: Vec<&str> = looked.iter().filter(|one| one.can_be_rung).map(|one| one.guardian.as_str()).collect();
    assert_eq!(ring, ["Ngozi Okafor"], "nobody who is barred, and nobody without a number");
    let asked: Vec<&str> = looked.iter().filter(|one| one.is_asked).map(|one| one.guardian.as_str()).collect();
    assert_eq!(
        asked,
        ["Ngozi Okafor", "Chidi Okafor", "Viola Gran"],
        "nobody barred, unreviewed, or in a shared inbox"
    );
    // A change asked for later in the year says so.
    asks(&house, Ngozi, &[("mobile", "07700 900456")], 1).await;
    let looked = house.school().details_of_class("oak", 2026, monday()).await.unwrap();
    assert!(looked.iter().any(|one| one.guardian == "Ngozi Okafor" && one.looked.is_some_and(|(_, right)| !right)));
}
