//! Makes the plan.

use std::collections::{HashMap, HashSet};

use app::rules::{
    access::{Access, Link},
    import::{Caution, Doubt, Fault},
    school_year::SchoolYear,
};
use chrono::NaiveDate;

use super::{
    GuardianRow, LinkRow, Missing, NewClass, Plan, PupilRow, Step, Stored, StoredLink, TieStep,
    people::{Children, contacts},
};
use crate::import::{
    cell,
    heads::normal,
    roster::{Aside, Contact, Noted, Pupil, Roster, Says, Tie},
};

/// Holds what a file says against what is stored.
#[must_use]
pub fn plan(roster: Roster, stored: &Stored, today: NaiveDate) -> Plan {
    let Roster { pupils, contacts: read, aside, cautions, lines, footers, says } = roster;
    let mut plan = Plan { aside, cautions, footers, ..Plan::default() };
    let children = Children::of(&stored.pupils);
    let classes = Classes::of(stored, &pupils);
    let mut taken: HashMap<usize, u64> = HashMap::new();
    // The file's children that come in, and the stored ones they are.
    let mut coming: Vec<(&Pupil, Option<usize>)> = Vec::new();
    for pupil in &pupils {
        match place(&children, &mut taken, pupil).and_then(|found| {
            let row =
                child(pupil, found.map(|place| &stored.pupils[place].row), says, &classes, today, &mut plan.cautions)?;
            Ok((found, row))
        }) {
            Ok((found, row)) => {
                let was = found.map(|place| stored.pupils[place].row.clone());
                let id = found.map(|place| stored.pupils[place].pupil_id.clone());
                plan.pupils.push(Step { line: pupil.line, id, was, becomes: row });
                coming.push((pupil, found));
            }
            Err(fault) => plan.aside.push(aside_of(pupil, fault)),
        }
    }
    if !says.admitted && plan.pupils.iter().any(|step| step.was.is_none()) {
        plan.cautions.push(Noted { line: 0, who: String::new(), caution: Caution::NoAdmission });
    }
    plan.classes = classes.new_ones(plan.pupils.iter().map(|step| step.becomes.class.as_str()));
    tie_contacts(&mut plan, &coming, &read, stored, says);
    miss(&mut plan, &coming, &children, stored, says, today);
    plan.doubts = doubts(&plan, stored, lines, today);
    plan.aside.sort_by_key(|aside| aside.line);
    plan.cautions.sort_by_key(|noted| noted.line);
    plan
}

fn aside_of(pupil: &Pupil, fault: Fault) -> Aside {
    let who = format!("{} {}", pupil.forename, pupil.surname).trim().to_owned();
    Aside { line: pupil.line, who, upn: pupil.upn.clone(), mis_id: pupil.mis_id.clone(), fault }
}

/// The stored child that this one is; no two lines are the same one.
fn place(children: &Children<'_>, taken: &mut HashMap<usize, u64>, pupil: &Pupil) -> Result<Option<usize>, Fault> {
    let found = children.find(pupil)?;
    match found.and_then(|place| taken.insert(place, pupil.line)) {
        Some(line) => Err(Fault::SameNumber(line)),
        None => Ok(found),
    }
}

/// The classes there are and those the file brings, by name.
struct Classes<'a> {
    stored: HashMap<String, (&'a str, i64)>,
    new: HashMap<String, (&'a str, Option<i64>)>,
}

impl<'a> Classes<'a> {
    fn of(stored: &'a Stored, pupils: &'a [Pupil]) -> Self {
        let known: HashMap<String, (&str, i64)> =
            stored.classes.iter().map(|class| (normal(&class.name), (class.name.as_str(), class.year))).collect();
        let mut said: HashMap<String, (&str, HashMap<i64, usize>)> = HashMap::new();
        for pupil in pupils {
            let Some(class) = pupil.class.as_deref().filter(|class| !known.contains_key(&normal(class))) else {
                continue;
            };
            let (_, years) = said.entry(normal(class)).or_insert((class, HashMap::new()));
            if let Some(year) = pupil.year {
                *years.entry(year).or_default() += 1;
            }
        }
        // The year most of its children are in; the older one where two are as many.
        let most = |years: HashMap<i64, usize>| {
            years.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
        };
        let new = said
            .into_iter()
            .map(|(key, (name, years))| (key, (name, most(years).or_else(|| cell::year_in_class(name)))));
        Self { new: new.collect(), stored: known }
    }

    /// The name and year of a child's class.
    fn find(&self, name: &str) -> Result<(&'a str, i64), Fault> {
        let key = normal(name);
        match (self.stored.get(&key), self.new.get(&key)) {
            (Some(class), _) => Ok(*class),
            (None, Some((name, Some(year)))) => Ok((name, *year)),
            (None, _) => Err(Fault::NoYear),
        }
    }

    fn new_ones<'n>(&self, needed: impl Iterator<Item = &'n str>) -> Vec<NewClass> {
        let keys: HashSet<String> = needed.map(normal).filter(|key| !self.stored.contains_key(key)).collect();
        let found = keys.iter().filter_map(|key| self.new.get(key));
        let mut new: Vec<NewClass> =
            found.filter_map(|(name, year)| Some(NewClass { name: (*name).to_owned(), year: (*year)? })).collect();
        new.sort_by(|a, b| (a.year, &a.name).cmp(&(b.year, &b.name)));
        new
    }
}

/// What a child's row becomes.
fn child(
    pupil: &Pupil,
    was: Option<&PupilRow>,
    says: Says,
    classes: &Classes<'_>,
    today: NaiveDate,
    cautions: &mut Vec<Noted>,
) -> Result<PupilRow, Fault> {
    let class = match (&pupil.class, was) {
        (Some(class), _) => {
            let (name, year) = classes.find(class)?;
            if pupil.year.is_some_and(|said| said != year) {
                let who = format!("{} {}", pupil.forename, pupil.surname).trim().to_owned();
                cautions.push(Noted { line: pupil.line, who, caution: Caution::OtherYear });
            }
            name.to_owned()
        }
        (None, Some(was)) => was.class.clone(),
        (None, None) => return Err(Fault::NoClass),
    };
    if was.is_none() && pupil.leaves.is_some_and(|leaves| leaves < today) {
        return Err(Fault::LeftBefore);
    }
    let stored = |pick: fn(&PupilRow) -> &String| was.map(pick).cloned().unwrap_or_default();
    // A spreadsheet's lost noughts are no news.
    let known = was.filter(|was| !was.mis_id.is_empty() && cell::number(&was.mis_id) == cell::number(&pupil.mis_id));
    let mis_id = known
        .map(|was| was.mis_id.clone())
        .or_else(|| given(&pupil.mis_id))
        .unwrap_or_else(|| stored(|was| &was.mis_id));
    Ok(PupilRow {
        upn: given(&pupil.upn).unwrap_or_else(|| stored(|was| &was.upn)),
        mis_id,
        forename: pupil.forename.clone(),
        surname: pupil.surname.clone(),
        known_as: if says.known_as { pupil.known_as.clone() } else { was.and_then(|was| was.known_as.clone()) },
        born: pupil.born,
        class,
        admitted: pupil.admitted.or(was.map(|was| was.admitted)).unwrap_or_else(|| started(pupil.born, today)),
        left_on: if says.leaves { pupil.leaves } else { was.and_then(|was| was.left_on) },
    })
}

/// The first day on roll of a child of whom no file says it: the September in which children of its age start
/// school. A later day would leave marks out of the child's figures.
fn started(born: NaiveDate, today: NaiveDate) -> NaiveDate {
    let reception = SchoolYear(SchoolYear::of(born).0.saturating_add(5));
    today.min(*reception.days().start())
}

fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// Contacts and links of the children that come in.
fn tie_contacts(plan: &mut Plan, coming: &[(&Pupil, Option<usize>)], read: &[Contact], stored: &Stored, says: Says) {
    // Only contacts of a child that comes in.
    let mut places: HashMap<usize, usize> = HashMap::new();
    let (mut used, mut theirs): (Vec<&Contact>, Vec<Vec<&str>>) = (Vec::new(), Vec::new());
    for (pupil, found) in coming {
        for tie in &pupil.ties {
            let place = *places.entry(tie.contact).or_insert_with(|| {
                used.push(&read[tie.contact]);
                theirs.push(Vec::new());
                used.len() - 1
            });
            theirs[place].extend(found.map(|place| stored.pupils[place].pupil_id.as_str()));
        }
    }
    let found = contacts(stored, &used, &theirs);
    // Without numbers and addresses a mother of two is read twice; whom is stored is one.
    let mut steps: Vec<usize> = Vec::new();
    let mut first: HashMap<usize, usize> = HashMap::new();
    for (contact, same) in used.iter().zip(&found) {
        if let Some(step) = same.and_then(|same| first.get(&same)) {
            steps.push(*step);
            continue;
        }
        first.extend(same.map(|same| (same, plan.contacts.len())));
        steps.push(plan.contacts.len());
        let was = same.map(|place| &stored.guardians[place]);
        plan.contacts.push(Step {
            line: contact.line,
            id: was.map(|was| was.guardian_id.clone()),
            was: was.map(|was| was.row.clone()),
            becomes: adult(contact, was.map(|was| &was.row), says),
        });
    }
    let links: HashMap<(&str, &str), &StoredLink> =
        stored.links.iter().map(|link| ((link.pupil_id.as_str(), link.guardian_id.as_str()), link)).collect();
    let with_a_bar: HashSet<&str> =
        stored.links.iter().filter(|link| link.barred).map(|link| link.pupil_id.as_str()).collect();
    for (child, (pupil, known)) in coming.iter().enumerate() {
        let careful = known.is_some_and(|place| with_a_bar.contains(stored.pupils[place].pupil_id.as_str()));
        for (order, tie) in (1..).zip(&pupil.ties) {
            let Some(contact) = places.get(&tie.contact).copied() else { continue };
            let pair = known.zip(found[contact]);
            let was = pair.and_then(|(pupil, guardian)| {
                links.get(&(stored.pupils[pupil].pupil_id.as_str(), stored.guardians[guardian].guardian_id.as_str()))
            });
            if let Some(was) = was.filter(|was| was.missing_since.is_some()) {
                plan.back.push((was.pupil_id.clone(), Some(was.guardian_id.clone())));
            }
            plan.ties.push(TieStep {
                pupil: child,
                contact: steps[contact],
                barred: was.is_some_and(|was| was.barred),
                step: Step {
                    line: tie.line,
                    id: None,
                    was: was.map(|was| was.row.clone()),
                    becomes: link(tie, was.copied(), order, careful),
                },
            });
        }
    }
}

/// What a contact's row becomes. What could not be read leaves what is stored.
fn adult(contact: &Contact, was: Option<&GuardianRow>, says: Says) -> GuardianRow {
    let same_phone = was
        .and_then(|was| was.mobile.as_ref())
        .filter(|mobile| contact.phone.as_ref().is_some_and(|phone| cell::figures(phone) == cell::figures(mobile)));
    let same_id = was
        .and_then(|was| was.mis_id.as_ref())
        .filter(|was| contact.mis_id.as_ref().is_none_or(|id| cell::number(id) == cell::number(was)));
    let kept = |said: bool, unread: bool| !said || unread;
    let address_secret = contact.address_secret || was.is_some_and(|was| was.address_secret);
    GuardianRow {
        mis_id: same_id.cloned().or_else(|| contact.mis_id.clone()),
        title: contact.title.clone().or_else(|| was.and_then(|was| was.title.clone())),
        forename: contact.forename.clone(),
        surname: contact.surname.clone(),
        email: match &contact.email {
            None if kept(says.email, contact.email_unread) => was.and_then(|was| was.email.clone()),
            email => email.clone(),
        },
        mobile: match &contact.phone {
            None if kept(says.phone, contact.phone_unread) => was.and_then(|was| was.mobile.clone()),
            phone => same_phone.cloned().or_else(|| phone.clone()),
        },
        address: match &contact.address {
            _ if address_secret => None,
            None if kept(says.address, contact.address_unread) => was.and_then(|was| was.address.clone()),
            address => address.clone(),
        },
        home_phone: same_number(&contact.besides.home_phone, was.map(|was| &was.home_phone)),
        work_phone: same_number(&contact.besides.work_phone, was.map(|was| &was.work_phone)),
        language: told(&contact.besides.language, was.map(|was| &was.language)),
        interpreter: told(&contact.besides.interpreter, was.map(|was| &was.interpreter)),
        address_secret,
    }
}

/// What a file says, else what is stored.
fn told<T: Clone>(says: &Option<Option<T>>, was: Option<&Option<T>>) -> Option<T> {
    says.clone().or_else(|| was.cloned()).flatten()
}

/// The same for a telephone: written otherwise it is the same number.
fn same_number(says: &Option<Option<String>>, was: Option<&Option<String>>) -> Option<String> {
    let new = told(says, was);
    let stored = was.and_then(Option::as_ref);
    let same = |stored: &&String| new.as_ref().is_some_and(|new| cell::figures(new) == cell::figures(stored));
    stored.filter(same).cloned().or(new)
}

/// What a link becomes. A file opens what nobody has decided, and closes: a court order, or a claim
/// that is gone, waits for the office. A bar is not the file's.
fn link(tie: &Tie, was: Option<&StoredLink>, order: i64, careful: bool) -> LinkRow {
    let Some(StoredLink { row: was, decided, .. }) = was else {
        let (responsibility, lives_with) = (tie.responsibility.unwrap_or(false), tie.lives_with.unwrap_or(false));
        let court_order = tie.court_order.unwrap_or(false);
        // Somebody new beside a bar may be the barred one under another name: the office looks first.
        let Link { access, reviewed, .. } = Link::of_flags(responsibility, lives_with, court_order || careful);
        return LinkRow {
            relationship: tie.relationship.clone().unwrap_or_default(),
            priority: tie.priority.unwrap_or(order),
            responsibility,
            lives_with,
            flags_said: tie.responsibility.is_some() || tie.lives_with.is_some(),
            court_order,
            access,
            reviewed,
        };
    };
    let mut row = was.clone();
    if let Some(word) = tie.relationship.as_ref().filter(|word| !word.eq_ignore_ascii_case(&was.relationship)) {
        row.relationship.clone_from(word);
    }
    row.priority = tie.priority.unwrap_or(was.priority);
    row.responsibility = tie.responsibility.unwrap_or(was.responsibility);
    row.lives_with = tie.lives_with.unwrap_or(was.lives_with);
    row.flags_said |= tie.responsibility.is_some() || tie.lives_with.is_some();
    row.court_order = tie.court_order.unwrap_or(was.court_order);
    let claims = |row: &LinkRow| row.responsibility || row.lives_with;
    let new_order = row.court_order && !was.court_order;
    if new_order || (claims(was) && !claims(&row)) {
        (row.access, row.reviewed) = (Access::None, false);
    } else if claims(&row) && !claims(was) && !decided && !was.court_order && !careful {
        (row.access, row.reviewed) = (Access::Full, true);
    }
    row
}

/// Who is no longer there, and who is back.
fn miss(
    plan: &mut Plan,
    coming: &[(&Pupil, Option<usize>)],
    children: &Children<'_>,
    stored: &Stored,
    says: Says,
    today: NaiveDate,
) {
    let here: HashSet<usize> = coming.iter().filter_map(|(_, found)| *found).collect();
    // A line that was set aside still says that its child is there.
    let named: HashSet<usize> = plan.aside.iter().flat_map(|aside| children.named(&aside.upn, &aside.mis_id)).collect();
    for (place, pupil) in stored.pupils.iter().enumerate() {
        if here.contains(&place) {
            plan.back.extend(pupil.missing_since.map(|_| (pupil.pupil_id.clone(), None)));
        } else if !named.contains(&place) && on_roll(pupil.row.left_on, today) {
            plan.missing_pupils.push(Missing {
                pupil_id: pupil.pupil_id.clone(),
                guardian_id: None,
                who: pupil.row.name(),
                of: pupil.row.class.clone(),
                new: pupil.missing_since.is_none(),
            });
        }
    }
    if !says.contacts {
        return;
    }
    let judged: HashMap<&str, usize> = coming
        .iter()
        .filter(|(pupil, _)| !pupil.contact_aside)
        .filter_map(|(_, found)| found.map(|place| (stored.pupils[place].pupil_id.as_str(), place)))
        .collect();
    let tied: HashSet<(&str, &str)> = plan
        .ties
        .iter()
        .filter_map(|tie| plan.pupils[tie.pupil].id.as_deref().zip(plan.contacts[tie.contact].id.as_deref()))
        .collect();
    let names: HashMap<&str, String> =
        stored.guardians.iter().map(|guardian| (guardian.guardian_id.as_str(), guardian.row.name())).collect();
    let gone = stored.links.iter().filter(|link| !tied.contains(&(link.pupil_id.as_str(), link.guardian_id.as_str())));
    let missing: Vec<Missing> = gone
        .filter_map(|link| {
            let pupil = judged.get(link.pupil_id.as_str())?;
            Some(Missing {
                pupil_id: link.pupil_id.clone(),
                guardian_id: Some(link.guardian_id.clone()),
                who: names.get(link.guardian_id.as_str()).cloned().unwrap_or_default(),
                of: stored.pupils[*pupil].row.name(),
                new: link.missing_since.is_none(),
            })
        })
        .collect();
    plan.missing_ties = missing;
}

fn on_roll(left_on: Option<NaiveDate>, today: NaiveDate) -> bool {
    left_on.is_none_or(|left| left >= today)
}

/// Why the file as a whole has to be confirmed.
fn doubts(plan: &Plan, stored: &Stored, lines: usize, today: NaiveDate) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    let of = stored.pupils.iter().filter(|pupil| on_roll(pupil.row.left_on, today)).count();
    let missing = plan.missing_pupils.len();
    if missing * 10 > of {
        doubts.push(Doubt::ManyMissing { missing, of });
    }
    let known = plan.pupils.iter().filter(|step| step.was.is_some()).count();
    if of > 0 && known * 2 < plan.pupils.len() {
        doubts.push(Doubt::OtherSchool { known, of: plan.pupils.len() });
    }
    let aside = plan.aside.iter().filter(|aside| !aside.fault.contact_only()).count();
    if aside * 10 > lines {
        doubts.push(Doubt::ManyAside { aside, of: lines });
    }
    let renamed = plan.pupils.iter().filter(|step| {
        step.was.as_ref().is_some_and(|was| was.born != step.becomes.born || was.surname != step.becomes.surname)
    });
    let renamed = renamed.count();
    if renamed * 10 > known {
        doubts.push(Doubt::ManyRenamed { renamed, of: known });
    }
    doubts
}
