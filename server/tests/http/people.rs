//! Who is who at the demo school, by address and by first name.

use std::sync::OnceLock;

use app::rules::id::{GuardianId, PupilId};
use server::demo::people::{DemoPeople, people};

static PEOPLE: OnceLock<DemoPeople> = OnceLock::new();

fn school() -> &'static DemoPeople {
    PEOPLE.get_or_init(people)
}

/// The first guardian with this address.
pub(super) fn guardian(email: &str) -> GuardianId {
    guardians(email).into_iter().next().expect("a guardian")
}

/// Everybody with this address.
pub(super) fn guardians(email: &str) -> Vec<GuardianId> {
    let of = school().guardians.iter().filter(|guardian| guardian.email.as_deref() == Some(email));
    of.map(|guardian| GuardianId::parse(&guardian.guardian_id).unwrap()).collect()
}

/// Addresses that one guardian alone reads and that open at least one child, the named families' first.
pub(super) fn plain_addresses() -> Vec<String> {
    let all: Vec<&String> = school().guardians.iter().filter_map(|guardian| guardian.email.as_ref()).collect();
    let alone = |email: &&String| all.iter().filter(|other| *other == email).count() == 1;
    all.iter().copied().filter(alone).cloned().collect()
}

/// The child with this whole name.
pub(super) fn pupil(name: &str) -> PupilId {
    let whole = |forename: &str, surname: &str| format!("{forename} {surname}").trim().to_owned();
    let found = school().pupils.iter().find(|pupil| whole(&pupil.forename, &pupil.surname) == name);
    PupilId::parse(&found.expect("a child").pupil_id).unwrap()
}

/// The id of this child's class.
pub(super) fn class_of(name: &str) -> String {
    let id = pupil(name);
    let found = school().pupils.iter().find(|pupil| pupil.pupil_id == id.as_str());
    found.expect("a child").class_id.clone()
}
