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
