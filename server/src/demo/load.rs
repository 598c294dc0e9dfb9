//! Puts the demo school into an empty store.

use app::rules::{
    access::{Access, Link, Role},
    calendar::Calendar,
    id::{GuardianId, PupilId, StaffId},
    london,
    mark::Mark,
};
use chrono::{DateTime, NaiveDate, Utc};
use sha2::{Digest, Sha256};

use super::{
    PASSWORD, marks,
    people::{DemoAccess, DemoPeople, SIOBHAN, people},
};
use crate::{
    password,
    store::{NewClass, NewGuardian, NewLink, NewPupil, NewStaff, School, StaffAccount, StoreError},
};

/// The demo's staff: name, address, role.
const STAFF: [(&str, &str, Role); 8] = [
    ("Jean Tanner", "office@demo.example", Role::Office),
    ("Farah Green", "attendance@demo.example", Role::AttendanceOfficer),
    ("Alice Woodward", "head@demo.example", Role::Headteacher),
    ("Miles Harper", "deputy@demo.example", Role::Designate),
    ("Dana Osei", "safeguarding@demo.example", Role::SafeguardingLead),
    ("Rob Turnbull", "governor@demo.example", Role::Governor),
    ("Ina Keller", "admin@demo.example", Role::Administrator),
    ("Paul Dyer", "dpo@demo.example", Role::DataProtectionOfficer),
];

/// Gives the school its register up to yesterday; its people must be there.
///
/// # Errors
/// As [`load`].
pub async fn load_register(school: &School, calendar: &Calendar, now: DateTime<Utc>) -> Result<(), StoreError> {
    let register = register(&people(), calendar, london::today(now)).ok_or(StoreError::Unreadable("demo"))?;
    school.seed_marks(register, now).await
}

/// Fills the school with its people.
///
/// # Errors
/// What the store says, or [`StoreError::Unreadable`] if the demo's own data is not well formed.
pub async fn load(school: &School, now: DateTime<Utc>) -> Result<(), StoreError> {
    let people = people();
    let odd = || StoreError::Unreadable("demo");
    let classes = people
        .classes
        .into_iter()
        .map(|c| NewClass { class_id: c.class_id, name: c.name, year: i64::from(c.year) })
        .collect();
    let pupils = people
        .pupils
        .into_iter()
        .map(|p| {
            Ok(NewPupil {
                pupil_id: PupilId::parse(&p.pupil_id).ok_or_else(odd)?,
                upn: p.upn,
                mis_id: p.mis_id,
                forename: p.forename,
                surname: p.surname,
                known_as: p.known_as,
                born: p.born,
                class_id: p.class_id,
                admitted: p.admitted,
                left_on: p.left,
            })
        })
        .collect::<Result<_, StoreError>>()?;
    let secret = people.guardians.iter().find(|one| one.email.as_deref() == Some(SIOBHAN));
    let secret = secret.and_then(|one| GuardianId::parse(&one.guardian_id));
    let guardians = people
        .guardians
        .into_iter()
        .map(|g| {
            Ok(NewGuardian {
                guardian_id: GuardianId::parse(&g.guardian_id).ok_or_else(odd)?,
                title: g.title,
                forename: g.forename,
                surname: g.surname,
                email: g.email,
                mobile: g.mobile,
                address: Some(g.address),
            })
        })
        .collect::<Result<_, StoreError>>()?;
    let links = people
        .links
        .into_iter()
        .map(|l| {
            let access = match l.access {
                DemoAccess::Full => Access::Full,
                DemoAccess::View => Access::View,
                DemoAccess::None => Access::None,
            };
            Ok(NewLink {
                guardian_id: GuardianId::parse(&l.guardian_id).ok_or_else(odd)?,
                pupil_id: PupilId::parse(&l.pupil_id).ok_or_else(odd)?,
                relationship: l.relationship.to_owned(),
                priority: i64::from(l.priority),
                parental_responsibility: l.parental_responsibility,
                lives_with: l.lives_with,
                link: Link { access, barred: l.barred, reviewed: l.reviewed },
            })
        })
        .collect::<Result<_, StoreError>>()?;
    school.seed_roster(now, classes, pupils, guardians, links).await?;
    let hash = tokio::task::spawn_blocking(|| password::hash(PASSWORD)).await.map_err(|_| odd())?.ok_or_else(odd)?;
    for (name, email, role) in STAFF {
        let staff_id = StaffId::from_bytes(bytes("staff", email));
        let new =
            NewStaff { staff_id: staff_id.clone(), name: name.to_owned(), email: email.to_owned(), roles: vec![role] };
        let account = StaffAccount {
            staff_id,
            name: name.to_owned(),
            email: email.to_owned(),
            password_hash: Some(hash.clone()),
            totp_secret: Some(totp_secret(email)),
            totp_step: 0,
            disabled: false,
        };
        school.seed_staff(new, account, now).await?;
    }
    let head = StaffId::from_bytes(bytes("staff", "head@demo.example"));
    if let Some(secret) = secret {
        school.keep_address_secret(&secret, true, &head, now).await?;
    }
    Ok(())
}

/// The register up to yesterday, child by child in the order of the ids, as the index has them.
fn register(people: &DemoPeople, calendar: &Calendar, today: NaiveDate) -> Option<Vec<(PupilId, Mark)>> {
    let yesterday = today.pred_opt()?;
    let mut places: Vec<usize> = (0..people.pupils.len()).collect();
    places.sort_by_key(|place| &people.pupils[*place].pupil_id);
    let mut all = Vec::new();
    for place in places {
        let pupil = &people.pupils[place];
        let id = PupilId::parse(&pupil.pupil_id)?;
        let marks = marks::of(pupil, place, calendar, yesterday);
        all.extend(marks.into_iter().map(|mark| (id.clone(), mark)));
    }
    Some(all)
}

pub(super) fn bytes(kind: &str, word: &str) -> [u8; 16] {
    let digest = Sha256::digest(format!("nine-fifteen demo/{kind}/{word}").as_bytes());
    std::array::from_fn(|i| digest[i])
}

/// A second-factor secret that never changes, so that an authenticator app may keep it: 32
/// characters of base32, 160 bits.
fn totp_secret(email: &str) -> String {
    const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    Sha256::digest(format!("nine-fifteen demo/totp/{email}").as_bytes())
        .iter()
        .map(|byte| char::from(ALPHABET[usize::from(byte % 32)]))
        .collect()
}
