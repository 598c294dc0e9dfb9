//! Who in a file is who in the school.

use std::collections::{HashMap, HashSet};

use app::rules::import::Fault;
use chrono::NaiveDate;

use super::{Stored, StoredLink, StoredPupil};
use crate::import::{
    cell,
    roster::{Contact, Pupil},
};

/// The children that are stored, by what files know them by.
pub(super) struct Children<'a> {
    stored: &'a [StoredPupil],
    by_upn: HashMap<&'a str, usize>,
    /// Without the noughts in front that spreadsheets eat. Numbers of two MIS may meet.
    by_number: HashMap<String, Vec<usize>>,
    by_name: HashMap<(String, NaiveDate), Option<usize>>,
}

impl<'a> Children<'a> {
    pub(super) fn of(stored: &'a [StoredPupil]) -> Self {
        let (mut by_upn, mut by_name) = (HashMap::new(), HashMap::new());
        let mut by_number: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, pupil) in stored.iter().enumerate() {
            let row = &pupil.row;
            if !row.upn.is_empty() {
                by_upn.insert(row.upn.as_str(), place);
            }
            if !row.mis_id.is_empty() {
                by_number.entry(cell::number(&row.mis_id)).or_default().push(place);
            }
            once(&mut by_name, (cell::name(&row.forename, &row.surname), row.born), place);
        }
        Self { stored, by_upn, by_number, by_name }
    }

    /// The stored children with this number, those that write it the same way first.
    fn numbered(&self, mis_id: &str) -> Vec<usize> {
        let mut found = match mis_id {
            "" => Vec::new(),
            _ => self.by_number.get(&cell::number(mis_id)).cloned().unwrap_or_default(),
        };
        found.sort_by_key(|place| self.stored[*place].row.mis_id != mis_id);
        found
    }

    /// The stored child that this one is; `None` for a new one.
    pub(super) fn find(&self, pupil: &Pupil) -> Result<Option<usize>, Fault> {
        let name = cell::name(&pupil.forename, &pupil.surname);
        // A number is given again, a name is changed, a birthday is put right: not all at once.
        let alike = |place: &usize| {
            let row = &self.stored[*place].row;
            row.born == pupil.born || cell::name(&row.forename, &row.surname) == name
        };
        let numbered = self.numbered(&pupil.mis_id);
        let by_number = numbered.iter().copied().find(alike);
        match (self.by_upn.get(pupil.upn.as_str()).copied(), by_number) {
            (Some(one), Some(other)) if one != other => Err(Fault::TwoChildren),
            (Some(place), _) => {
                if alike(&place) {
                    Ok(Some(place))
                } else {
                    Err(Fault::OtherChild)
                }
            }
            (None, Some(place)) => Ok(Some(place)),
            (None, None) if !numbered.is_empty() && pupil.upn.is_empty() => Err(Fault::OtherChild),
            (None, None) => {
                let same = self.by_name.get(&(name, pupil.born)).copied().flatten();
                // Two numbers that both are there and differ are two children.
                Ok(same.filter(|place| {
                    let row = &self.stored[*place].row;
                    let upns = row.upn.is_empty() || pupil.upn.is_empty();
                    let numbers = row.mis_id.is_empty() || pupil.mis_id.is_empty();
                    upns && (numbers || row.upn.is_empty() != pupil.upn.is_empty())
                }))
            }
        }
    }

    /// The children that a line may mean that was set aside.
    pub(super) fn named(&self, upn: &str, mis_id: &str) -> Vec<usize> {
        self.by_upn.get(upn).copied().into_iter().chain(self.numbered(mis_id)).collect()
    }
}

/// Keeps a key for one place; a second place makes it nobody's.
fn once<K: Eq + std::hash::Hash>(map: &mut HashMap<K, Option<usize>>, key: K, place: usize) {
    map.entry(key).and_modify(|found| *found = None).or_insert(Some(place));
}

/// By what a contact is known again.
#[derive(Clone, Copy)]
enum Sign {
    NumberAndName,
    NameAndAddress,
    NameBesideChild,
    /// A new surname, or a new name and the old address.
    NumberAndMore,
}

/// Which stored contact each of these is; `children` gives the stored children each belongs to.
pub(super) fn contacts(stored: &Stored, contacts: &[&Contact], children: &[Vec<&str>]) -> Vec<Option<usize>> {
    let mut found: Vec<Option<usize>> = vec![None; contacts.len()];
    let mut taken = HashSet::new();
    let mut by_id: HashMap<String, Vec<usize>> = HashMap::new();
    let (mut by_address, mut beside) = (HashMap::new(), HashMap::new());
    let mut places = HashMap::new();
    for (place, guardian) in stored.guardians.iter().enumerate() {
        let row = &guardian.row;
        places.insert(guardian.guardian_id.as_str(), place);
        if let Some(id) = &row.mis_id {
            by_id.entry(cell::number(id)).or_default().push(place);
        }
        if let Some(email) = &row.email {
            once(&mut by_address, (cell::name(&row.forename, &row.surname), email.as_str()), place);
        }
    }
    for StoredLink { guardian_id, pupil_id, .. } in &stored.links {
        if let Some(place) = places.get(guardian_id.as_str()) {
            let row = &stored.guardians[*place].row;
            once(&mut beside, (pupil_id.as_str(), cell::name(&row.forename, &row.surname)), *place);
        }
    }
    let row = |place: usize| &stored.guardians[place].row;
    // The surest sign first, for everybody: a weaker one must not take away whom a surer one names.
    // A number alone names nobody: numbers are dealt anew by another MIS, and a bar must not change hands.
    for sign in [Sign::NumberAndName, Sign::NameAndAddress, Sign::NameBesideChild, Sign::NumberAndMore] {
        for (place, contact) in contacts.iter().enumerate() {
            if found[place].is_some() {
                continue;
            }
            let name = cell::name(&contact.forename, &contact.surname);
            let numbered = contact.mis_id.as_deref().and_then(|id| by_id.get(&cell::number(id)));
            let mut numbered = numbered.into_iter().flatten().copied().filter(|other| !taken.contains(other));
            let same = match sign {
                Sign::NumberAndName => {
                    numbered.find(|other| cell::name(&row(*other).forename, &row(*other).surname) == name)
                }
                Sign::NameAndAddress => {
                    contact.email.as_deref().and_then(|email| by_address.get(&(name, email))).copied().flatten()
                }
                Sign::NameBesideChild => {
                    let mut beside_them = children[place].iter().map(|child| beside.get(&(*child, name.clone())));
                    beside_them.find_map(|other| other.copied().flatten())
                }
                Sign::NumberAndMore => numbered.find(|other| {
                    let forename = |text: &str| text.to_lowercase();
                    let called = forename(&row(*other).forename) == forename(&contact.forename);
                    let writes = row(*other).email.is_some() && row(*other).email == contact.email;
                    (called && !contact.forename.is_empty()) || writes
                }),
            };
            // Two lines without numbers may be one person, beside two children.
            let twice = matches!(sign, Sign::NameBesideChild) && contact.mis_id.is_none();
            found[place] = same.filter(|same| taken.insert(*same) || twice);
        }
    }
    found
}
