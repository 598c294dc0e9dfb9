//! Where contacts live, held against what is stored.

use app::rules::import::{AddressPart, Caution, Field};

use super::*;

const HOME: &str = "14 Lantern Street\nHazelbridge\nHZ1 4AB";

/// A file of the usual heads with an address column, held against what is stored.
fn said(stored: &Stored, address: &str) -> Plan {
    let file = format!("{HEADS},Contact address\n{ADA},{NGOZI},\"{address}\"");
    plan(read_roster(file.as_bytes(), today()).unwrap(), stored, today())
}

fn at_home() -> Stored {
    after(&said(&school(), HOME), &school())
}

#[test]
fn a_new_address_is_a_change_that_is_shown_on_one_line() {
    let plan = said(&school(), "14 Lantern Street, Hazelbridge, HZ1 4AB");
    let step = &plan.contacts[0];
    assert_eq!((step.kind(), step.becomes.address.as_deref()), (Kind::Changed, Some(HOME)));
    let changes = step.was.as_ref().unwrap().changes(&step.becomes);
    let shown = Some("14 Lantern Street, Hazelbridge, HZ1 4AB".to_owned());
    assert_eq!(changes, [(Field::Address(AddressPart::Whole), None, shown)]);
    assert_eq!(said(&at_home(), "14 Lantern Street, Hazelbridge, HZ1 4AB").contacts[0].kind(), Kind::Kept);
}

#[test]
fn a_file_without_addresses_leaves_them_alone() {
    let plan = planned(&at_home(), &[&with(ADA, NGOZI)]);
    assert_eq!((plan.contacts[0].kind(), plan.contacts[0].becomes.address.as_deref()), (Kind::Kept, Some(HOME)));
}

#[test]
fn a_blank_takes_an_address_away_and_one_that_cannot_be_read_does_not() {
    assert_eq!(said(&at_home(), "").contacts[0].becomes.address, None);
    let plan = said(&at_home(), "nowhere");
    assert_eq!(plan.contacts[0].becomes.address.as_deref(), Some(HOME));
    assert!(
        plan.cautions
            .iter()
            .any(|noted| noted.caution == Caution::BadAddress && noted.who == "Ngozi Okafor (Ada Okafor)")
    );
}

#[test]
fn two_lines_of_one_contact_have_one_address() {
    let lines = |one: &str, other: &str| {
        let file = format!("{HEADS},Contact address\n{ADA},{NGOZI},\"{one}\"\n{SAM},{NGOZI},\"{other}\"");
        plan(read_roster(file.as_bytes(), today()).unwrap(), &school(), today())
    };
    let plan = lines("", HOME);
    assert_eq!(plan.contacts[0].becomes.address.as_deref(), Some(HOME));
    let plan = lines(HOME, "1 Elsewhere, HZ2 2AA");
    assert_eq!(plan.contacts[0].becomes.address.as_deref(), Some(HOME));
    assert!(plan.cautions.iter().any(|noted| noted.caution == Caution::ContactDiffers(2)));
}

#[test]
fn the_childs_own_address_is_nobodys() {
    for head in ["Address", "Pupil address", "Home address"] {
        let heads = HEADS.replace("Contact ID", &format!("{head},Contact ID"));
        let file = format!("{heads}\n{ADA},\"{HOME}\",{NGOZI}");
        let plan = plan(read_roster(file.as_bytes(), today()).unwrap(), &school(), today());
        assert!(plan.contacts.iter().all(|step| step.becomes.address.is_none()), "{head}");
    }
}

/// A file that says something of the address's secrecy.
fn protected(stored: &Stored, says: &str) -> Plan {
    let file = format!("{HEADS},Contact address,Address kept secret\n{ADA},{NGOZI},\"{HOME}\",{says}");
    plan(read_roster(file.as_bytes(), today()).unwrap(), stored, today())
}

#[test]
fn what_is_secret_or_may_be_does_not_come_in_and_no_file_lifts_it() {
    for says in ["T", "see the head"] {
        let plan = protected(&at_home(), says);
        let step = &plan.contacts[0];
        assert_eq!((step.becomes.address.as_deref(), step.becomes.address_secret), (None, true), "{says}");
        let yes = |text: &str| Some(text.to_owned());
        assert_eq!(step.was.as_ref().unwrap().changes(&step.becomes), [(Field::AddressSecret, yes("0"), yes("1"))]);
        let unread = plan.cautions.iter().any(|noted| noted.caution == Caution::BadDeny(Field::AddressSecret));
        assert_eq!(unread, says != "T");
    }
    let secret = after(&protected(&at_home(), "T"), &at_home());
    for says in ["F", ""] {
        let plan = protected(&secret, says);
        assert_eq!((plan.contacts[0].kind(), plan.contacts[0].becomes.address_secret), (Kind::Kept, true), "{says}");
    }
    assert_eq!(said(&secret, HOME).contacts[0].becomes.address, None);
    assert_eq!(protected(&at_home(), "F").contacts[0].kind(), Kind::Kept);
}

#[test]
fn of_two_lines_the_one_that_says_secret_counts() {
    let file =
        format!("{HEADS},Contact address,Address protected\n{ADA},{NGOZI},\"{HOME}\",F\n{SAM},{NGOZI},\"{HOME}\",T");
    let plan = plan(read_roster(file.as_bytes(), today()).unwrap(), &school(), today());
    assert_eq!((plan.contacts[0].becomes.address.as_deref(), plan.contacts[0].becomes.address_secret), (None, true));
}

#[test]
fn a_secret_of_the_childs_makes_no_address_the_contacts() {
    let heads = HEADS.replace("Contact ID", "Address confidential,Address,Contact ID");
    let file = format!("{heads}\n{ADA},F,\"{HOME}\",{NGOZI}");
    let plan = plan(read_roster(file.as_bytes(), today()).unwrap(), &school(), today());
    assert!(plan.contacts.iter().all(|step| step.becomes.address.is_none()));
}

/// A file that says more of a contact.
fn besides(stored: &Stored, heads: &str, cells: &str) -> Plan {
    let file = format!("{HEADS},{heads}\n{ADA},{NGOZI},{cells}");
    plan(read_roster(file.as_bytes(), today()).unwrap(), stored, today())
}

#[test]
fn other_numbers_and_the_language_come_in_stay_and_go_as_the_file_says() {
    const ALL: &str = "Home phone,Work telephone,Contact language,Interpreter needed";
    let first = besides(&school(), ALL, "01632 960001,01632 960002,Igbo,T");
    let row = &first.contacts[0].becomes;
    let is = |text: &str| Some(text.to_owned());
    assert_eq!((row.home_phone.clone(), row.work_phone.clone()), (is("01632 960001"), is("01632 960002")));
    assert_eq!((row.language.clone(), row.interpreter), (is("Igbo"), Some(true)));
    let known = after(&first, &school());
    // Written otherwise it is the same number; a file without the columns, and what cannot be read, leave all as it is.
    assert_eq!(besides(&known, ALL, "01632960001,(01632) 960002,Igbo,yes").contacts[0].kind(), Kind::Kept);
    assert_eq!(planned(&known, &[&with(ADA, NGOZI)]).contacts[0].becomes.home_phone, is("01632 960001"));
    let unread = besides(&known, ALL, "ask mum,01632 960002,Igbo,perhaps");
    assert_eq!(unread.contacts[0].kind(), Kind::Kept);
    for caution in [Caution::BadPhone, Caution::BadFlag(Field::Interpreter)] {
        assert!(unread.cautions.iter().any(|noted| noted.caution == caution), "{caution:?}");
    }
    let blank = &besides(&known, ALL, ",,,").contacts[0].becomes;
    assert_eq!((&blank.home_phone, &blank.work_phone, &blank.language, blank.interpreter), (&None, &None, &None, None));
    // A plain "First language" is the child's.
    assert_eq!(besides(&school(), "First language", "Igbo").contacts[0].becomes.language, None);
}
