//! Who asks, as extractors: a handler's signature says who may call it. Nothing is remembered
//! between requests; every request asks the store.

use std::marker::PhantomData;

use app::{
    paths,
    rules::{
        access::{Act, may},
        id::GuardianId,
    },
};
use axum::{extract::FromRequestParts, http::request::Parts};
use chrono::{DateTime, Utc};

use super::{Failure, Portal, cookies, csrf};
use crate::store::{
    Child, Reading, SignedIn, StaffSession,
    journal::{Actor, token_hash},
};

/// A signed-in device, whoever uses it.
#[derive(Debug, Clone)]
pub struct OnDevice {
    /// Who is signed in.
    pub signed_in: SignedIn,
    /// The hash of the device's secret.
    pub token_hash: String,
    /// A csrf token for a form on the page.
    pub csrf: String,
}

impl FromRequestParts<Portal> for OnDevice {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Failure> {
        let sign_in = Failure::SignIn(paths::SIGN_IN);
        let Some(token) = cookies::read(&parts.headers, cookies::DEVICE) else { return Err(sign_in) };
        let hash = token_hash(token);
        let now = portal.now();
        let Some(signed_in) = portal.school.signed_in(&hash, now).await? else { return Err(sign_in) };
        if now - signed_in.seen_at > chrono::Duration::hours(1) {
            portal.school.device_seen(&hash, now).await?;
        }
        let csrf = csrf::token(&portal.keys, token);
        Ok(Self { signed_in, token_hash: hash, csrf })
    }
}

/// For how long a code is fresh, in minutes: acts that bind and exports ask for one (design, section 9).
const FRESH_MINUTES: i64 = 15;

/// A guardian, known by name.
#[derive(Debug, Clone)]
pub struct Parent {
    /// The id.
    pub guardian: GuardianId,
    /// The whole name.
    pub name: String,
    /// What to call them.
    pub called: String,
    /// The device.
    pub device: OnDevice,
}

impl FromRequestParts<Portal> for Parent {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Failure> {
        let device = OnDevice::from_request_parts(parts, portal).await?;
        match device.signed_in.guardian.clone() {
            Some((guardian, name)) => Ok(Self { guardian, name, called: device.signed_in.called.clone(), device }),
            None => Err(Failure::SignIn(paths::SIGN_IN_WHO)),
        }
    }
}

impl Parent {
    /// Whether a code was given on this device lately, so that an act that binds may follow. Whoever has not given
    /// one is asked first: see [`paths::prove`]. Never on a device of a shared inbox or one signed in
    /// with an invitation on paper: these may report, not sign.
    #[must_use]
    pub fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        let signed_in = &self.device.signed_in;
        let own_inbox = !signed_in.shared && !signed_in.email.is_empty();
        own_inbox && now - signed_in.proved_at < chrono::Duration::minutes(FRESH_MINUTES)
    }

    /// The children this guardian may see, today.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn children(&self, portal: &Portal) -> Result<Vec<Child>, Failure> {
        Ok(portal.school.children_of(&self.guardian, portal.today()).await?)
    }

    /// Notes that this guardian has health words before them: on which page, and whose.
    ///
    /// # Errors
    /// When the store fails; then the page must not be shown.
    pub async fn note(&self, portal: &Portal, what: &'static str, subject: &str) -> Result<(), Failure> {
        let reader = Actor::Guardian(self.guardian.to_string());
        Ok(portal.school.note_reading(Reading { reader, what, subject: subject.to_owned(), at: portal.now() }).await?)
    }
}

/// A member of staff who has given both factors.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Who, and what they are.
    pub session: StaffSession,
    /// The hash of the session's secret.
    pub token_hash: String,
    /// A csrf token for a form on the page.
    pub csrf: String,
}

impl FromRequestParts<Portal> for Staff {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Failure> {
        let staff = any_staff(parts, portal).await?;
        if staff.session.complete { Ok(staff) } else { Err(Failure::SignIn(paths::STAFF_SECOND_FACTOR)) }
    }
}

/// A member of staff who still owes the second factor.
#[derive(Debug, Clone)]
pub struct HalfSignedIn(pub Staff);

impl FromRequestParts<Portal> for HalfSignedIn {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Failure> {
        let staff = any_staff(parts, portal).await?;
        if staff.session.complete { Err(Failure::SignIn(paths::STAFF)) } else { Ok(Self(staff)) }
    }
}

async fn any_staff(parts: &mut Parts, portal: &Portal) -> Result<Staff, Failure> {
    let sign_in = Failure::SignIn(paths::STAFF_SIGN_IN);
    let Some(token) = cookies::read(&parts.headers, cookies::STAFF) else { return Err(sign_in) };
    let hash = token_hash(token);
    let found = portal.school.staff_session(&hash, portal.now(), portal.today()).await?;
    let Some(session) = found else { return Err(sign_in) };
    Ok(Staff { session, token_hash: hash, csrf: csrf::token(&portal.keys, token) })
}

impl Staff {
    /// Whether they have given a code lately. Whoever has not is asked for one first: see
    /// [`paths::staff_prove`].
    #[must_use]
    pub fn is_fresh(&self, now: DateTime<Utc>) -> bool {
        now - self.session.proved_at < chrono::Duration::minutes(FRESH_MINUTES)
    }

    /// Notes that this member of staff has health words before them: on which page, and whose.
    ///
    /// # Errors
    /// When the store fails; then the page must not be shown.
    pub async fn note(&self, portal: &Portal, what: &'static str, subject: &str) -> Result<(), Failure> {
        let reader = Actor::Staff(self.session.staff_id.to_string());
        Ok(portal.school.note_reading(Reading { reader, what, subject: subject.to_owned(), at: portal.now() }).await?)
    }
}

/// An act that a handler needs, as a type.
pub trait Needs: Send + Sync + 'static {
    /// The act.
    const ACT: Act;
}

/// Staff who may do `N`.
#[derive(Debug, Clone)]
pub struct May<N> {
    /// Who.
    pub staff: Staff,
    needs: PhantomData<N>,
}

impl<N: Needs> FromRequestParts<Portal> for May<N> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Failure> {
        let staff = Staff::from_request_parts(parts, portal).await?;
        if may(&staff.session.roles, N::ACT) {
            Ok(Self { staff, needs: PhantomData })
        } else {
            Err(Failure::NotAllowed)
        }
    }
}

macro_rules! needs {
    ($($(#[$doc:meta])* $name:ident = $act:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone)]
        pub struct $name;
        impl Needs for $name {
            const ACT: Act = $act;
        }
    )*};
}

needs! {
    /// [`Act::ReadReports`].
    ReadReports = Act::ReadReports;
    /// [`Act::CodeAbsence`].
    CodeAbsence = Act::CodeAbsence;
    /// [`Act::ReadFigures`].
    ReadFigures = Act::ReadFigures;
    /// [`Act::ManageStaff`].
    ManageStaff = Act::ManageStaff;
    /// [`Act::SeeMail`].
    SeeMail = Act::SeeMail;
    /// [`Act::ImportRoster`].
    ImportRoster = Act::ImportRoster;
    /// [`Act::ImportMarks`].
    ImportMarks = Act::ImportMarks;
    /// [`Act::SeeAccess`].
    SeeAccess = Act::SeeAccess;
    /// [`Act::ReviewAccess`].
    ReviewAccess = Act::ReviewAccess;
    /// [`Act::SetBar`].
    SetBar = Act::SetBar;
    /// [`Act::KeepAddressSecret`].
    KeepAddressSecret = Act::KeepAddressSecret;
    /// [`Act::SeeCalendar`].
    SeeCalendar = Act::SeeCalendar;
    /// [`Act::KeepCalendar`].
    KeepCalendar = Act::KeepCalendar;
    /// [`Act::ManageTokens`].
    ManageTokens = Act::ManageTokens;
    /// [`Act::NameDesignate`].
    NameDesignate = Act::NameDesignate;
    /// [`Act::ReadLeave`].
    ReadLeave = Act::ReadLeave;
    /// [`Act::PrepareLeave`].
    PrepareLeave = Act::PrepareLeave;
    /// [`Act::DecideLeave`].
    DecideLeave = Act::DecideLeave;
    /// [`Act::ReadLeaving`].
    ReadLeaving = Act::ReadLeaving;
    /// [`Act::KeepLeaving`].
    KeepLeaving = Act::KeepLeaving;
    /// [`Act::KeepForms`].
    KeepForms = Act::KeepForms;
    /// [`Act::PostLetters`].
    PostLetters = Act::PostLetters;
    /// [`Act::ReadLetters`].
    ReadLetters = Act::ReadLetters;
    /// [`Act::KeepDetails`].
    KeepDetails = Act::KeepDetails;
    /// [`Act::PublishPolicy`].
    PublishPolicy = Act::PublishPolicy;
    /// [`Act::KeepDeclarations`].
    KeepDeclarations = Act::KeepDeclarations;
    /// [`Act::SeeRetention`].
    SeeRetention = Act::SeeRetention;
    /// [`Act::KeepRetention`].
    KeepRetention = Act::KeepRetention;
}

/// A browser that has not signed in: the csrf token of its forms, and the cookie to set if it
/// has none yet.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// A csrf token for a form on the page.
    pub csrf: String,
    /// The cookie to set.
    pub new_cookie: Option<String>,
}

impl FromRequestParts<Portal> for Visitor {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Failure> {
        match cookies::read(&parts.headers, cookies::VISIT) {
            Some(cookie) => Ok(Self { csrf: csrf::token(&portal.keys, cookie), new_cookie: None }),
            None => {
                let cookie = cookies::new_token();
                Ok(Self { csrf: csrf::token(&portal.keys, &cookie), new_cookie: Some(cookie) })
            }
        }
    }
}

impl Visitor {
    /// Sets the cookie on the answer, if the browser has none yet.
    pub fn remember(&self, response: &mut axum::response::Response) {
        if let Some(cookie) = &self.new_cookie {
            cookies::set(response.headers_mut(), cookies::VISIT, cookie, 24 * 3600);
        }
    }
}
