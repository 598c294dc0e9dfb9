//! The contacts of a file, each once: by number in the MIS, by name and address, or by name beside
//! the same child.

use std::collections::HashMap;

use app::rules::import::{Caution, Fault};

use super::{Contact, Noted, Roster, Tie};
use crate::import::cell;

/// By what the contacts read so far are known.
#[derive(Debug, Default)]
pub(super) struct Known {
    by_id: HashMap<String, usize>,
    by_address: HashMap<(String, String), usize>,
    by_phone: HashMap<(String, String), usize>,
    beside: HashMap<(usize, String), usize>,
}

impl Known {
    /// Puts a row's contact among those already read: the place, and what to look at.
    pub(super) fn join(
        &mut self,
        all: &mut Vec<Contact>,
        contact: Contact,
        pupil: usize,
    ) -> Result<(usize, Option<Caution>), Fault> {
        let name = cell::name(&contact.forename, &contact.surname);
        let id = contact.mis_id.as_deref().map(cell::number);
        let address = contact.email.clone().map(|email| (name.clone(), email));
        let phone = contact.phone.as_deref().map(|phone| (name.clone(), cell::figures(phone)));
        let by_id = id.as_ref().and_then(|id| self.by_id.get(id)).copied();
        let by_address = address.as_ref().and_then(|address| self.by_address.get(address)).copied();
        // Weaker signs than an address: two numbers that both are there and differ are two people.
        let by_phone = phone.as_ref().and_then(|phone| self.by_phone.get(phone)).copied();
        let beside = by_phone
            .or_else(|| self.beside.get(&(pupil, name.clone())).copied())
            .filter(|place| id.is_none() || all[*place].mis_id.is_none() || all[*place].mis_id == contact.mis_id);
        let (place, caution) = match (by_id, by_address.or(beside)) {
            (Some(place), _) => {
                if cell::name(&all[place].forename, &all[place].surname) != name {
                    return Err(Fault::ContactContradicts(all[place].line));
                }
                (place, complete(&mut all[place], &contact))
            }
            (None, Some(place)) => {
                let other = id.is_some() && all[place].mis_id.is_some();
                let differs = complete(&mut all[place], &contact);
                (place, if other { Some(Caution::SamePerson(all[place].line)) } else { differs })
            }
            (None, None) => {
                all.push(contact);
                (all.len() - 1, None)
            }
        };
        if let Some(id) = id {
            self.by_id.insert(id, place);
        }
        if let Some(phone) = phone {
            self.by_phone.entry(phone).or_insert(place);
        }
        if let Some(address) = address {
            self.by_address.entry(address).or_insert(place);
        }
        self.beside.insert((pupil, name), place);
        Ok((place, caution))
    }
}

/// Fills what the first row of a contact left blank; says if another row contradicts it.
fn complete(first: &mut Contact, more: &Contact) -> Option<Caution> {
    let differs = |first: &Option<String>, more: &Option<String>| first.is_some() && more.is_some() && first != more;
    let odd = differs(&first.email, &more.email)
        || differs(&first.phone, &more.phone)
        || differs(&first.address, &more.address);
    // Deny wins.
    first.address_secret |= more.address_secret;
    first.mis_id = first.mis_id.take().or_else(|| more.mis_id.clone());
    first.title = first.title.take().or_else(|| more.title.clone());
    first.email = first.email.take().or_else(|| more.email.clone());
    first.phone = first.phone.take().or_else(|| more.phone.clone());
    first.address = first.address.take().or_else(|| more.address.clone());
    first.email_unread = first.email.is_none() && (first.email_unread || more.email_unread);
    first.phone_unread = first.phone.is_none() && (first.phone_unread || more.phone_unread);
    let (besides, other) = (&mut first.besides, &more.besides);
    fill(&mut besides.home_phone, &other.home_phone);
    fill(&mut besides.work_phone, &other.work_phone);
    fill(&mut besides.language, &other.language);
    fill(&mut besides.interpreter, &other.interpreter);
    first.address_unread = first.address.is_none() && (first.address_unread || more.address_unread);
    odd.then_some(Caution::ContactDiffers(first.line))
}

/// Takes what another row says where the first left it blank.
fn fill<T: Clone>(first: &mut Option<Option<T>>, more: &Option<Option<T>>) {
    if !matches!(first, Some(Some(_))) && more.is_some() {
        first.clone_from(more);
    }
}

/// Makes one of a contact who was read twice: without a number and an address, beside a child whom
/// another row ties to somebody of the same name. The row with the address may have come first, beside a
/// brother or sister, so this waits for the last row.
pub(super) fn settle(roster: &mut Roster) {
    while let Some((bare, whole)) = twice(roster) {
        let more = roster.contacts[bare].clone();
        // The earlier line stands for both.
        roster.contacts[whole].line = roster.contacts[whole].line.min(more.line);
        if let Some(caution) = complete(&mut roster.contacts[whole], &more) {
            let who = format!("{} {}", more.forename, more.surname).trim().to_owned();
            roster.cautions.push(Noted { line: more.line, who, caution });
        }
        for pupil in &mut roster.pupils {
            for one in std::mem::take(&mut pupil.ties) {
                let contact = if one.contact == bare { whole } else { one.contact };
                let line = one.line;
                if let Some(caution) = tie(&mut pupil.ties, Tie { contact, ..one }) {
                    let who = format!("{} {}", pupil.forename, pupil.surname).trim().to_owned();
                    roster.cautions.push(Noted { line, who, caution });
                }
            }
        }
    }
}

/// The first contact with nothing of its own to be known by, and the other one it is.
fn twice(roster: &Roster) -> Option<(usize, usize)> {
    let name = |place: usize| cell::name(&roster.contacts[place].forename, &roster.contacts[place].surname);
    let bare = |place: usize| roster.contacts[place].mis_id.is_none() && roster.contacts[place].email.is_none();
    roster.pupils.iter().find_map(|pupil| {
        let bare = pupil.ties.iter().map(|tie| tie.contact).filter(|place| bare(*place));
        bare.into_iter().find_map(|bare| {
            let mut others = pupil.ties.iter().map(|tie| tie.contact).filter(|other| *other != bare);
            others.find(|other| name(*other) == name(bare)).map(|whole| (bare, whole))
        })
    })
}

/// Ties a contact to a child once. Rows that contradict each other say nothing: the office has to look.
pub(super) fn tie(ties: &mut Vec<Tie>, tie: Tie) -> Option<Caution> {
    let Some(first) = ties.iter_mut().find(|other| other.contact == tie.contact) else {
        ties.push(tie);
        return None;
    };
    let differ = |first: Option<bool>, more: Option<bool>| first.is_some() && more.is_some() && first != more;
    let odd = differ(first.responsibility, tie.responsibility) || differ(first.lives_with, tie.lives_with);
    first.disputed |= odd;
    if first.disputed {
        (first.responsibility, first.lives_with) = (None, None);
    } else {
        first.responsibility = first.responsibility.or(tie.responsibility);
        first.lives_with = first.lives_with.or(tie.lives_with);
    }
    // Deny wins.
    first.court_order = match (first.court_order, tie.court_order) {
        (Some(one), Some(other)) => Some(one || other),
        (one, other) => one.or(other),
    };
    first.relationship = first.relationship.take().or(tie.relationship);
    first.priority = first.priority.or(tie.priority);
    odd.then_some(Caution::FlagsDiffer(first.line))
}
