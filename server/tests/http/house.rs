//! The demo school behind its own router, on a free port, in a database that goes with the test.

use std::{collections::BTreeMap, net::SocketAddr, ops::Deref, path::Path};

use app::rules::id::{DeviceId, GuardianId, StaffId};
use chrono::{DateTime, Utc};
use server::{
    clock::Clock,
    config, demo, routes,
    start::{self, Plan},
    store::{NewDevice, journal::token_hash},
    web::{Portal, cookies, limits::Limits, portal::Inner},
};
use tokio::{
    net::TcpListener,
    sync::{Notify, Semaphore, watch},
};

use super::{
    browser::{Browser, Site},
    people,
    place::Place,
};

/// What the tests' site is called; it is reached by its port.
pub(super) const ORIGIN: &str = "https://hazelrow.example";

/// The Monday of the tests.
pub(super) const MONDAY: &str = "2026-11-23";

/// 8.04 on the Monday of the tests.
pub(super) fn morning() -> DateTime<Utc> {
    instant("2026-11-23T08:04:00Z")
}

pub(super) fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// One program on the school's database.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) portal: Portal,
    pub(super) site: Site,
}

/// The school's place and its first program.
pub(super) struct House {
    node: Node,
    pub(super) place: Place,
}

impl Deref for House {
    type Target = Node;
    fn deref(&self) -> &Node {
        &self.node
    }
}

/// How a school of its own is opened in this folder and database: with the shipped configuration, while the clock stands at
/// 8.04.
pub(super) fn plain(data: &Path, database: Option<String>) -> Plan {
    let mut file = config::read(None, data).unwrap();
    file.site.database = database;
    Plan {
        data: data.to_owned(),
        file,
        public_url: ORIGIN.to_owned(),
        clock: Clock::stopped_at(morning()),
        demo: false,
        coarse: Some(u32::MAX / 8),
    }
}

impl House {
    /// A school with nobody in it, which is no demo.
    pub(super) async fn empty() -> Self {
        let place = Place::empty().await;
        let portal = start::open(plain(place.data(), place.database())).await.expect("the school opens");
        Self { node: Node::start(portal).await, place }
    }

    /// The demo school at 8.04; the clock ticks.
    pub(super) async fn open() -> Self {
        Self::with(|_| ()).await
    }

    pub(super) async fn with_clock(clock: Clock) -> Self {
        Self::with(|plan| plan.clock = clock).await
    }

    pub(super) async fn with(change: impl FnOnce(&mut Plan)) -> Self {
        let place = Place::new().await;
        let mut file = demo::configuration(None, place.data()).unwrap();
        file.site.database = place.database();
        let mut plan = Plan {
            data: place.data().to_owned(),
            file,
            public_url: ORIGIN.to_owned(),
            clock: Clock::set_to(morning()),
            demo: true,
            coarse: Some(u32::MAX / 8),
        };
        change(&mut plan);
        let portal = start::open(plan).await.expect("the school opens");
        if !portal.school.has_pupils().await.unwrap() {
            demo::load(&portal.school, morning()).await.unwrap();
        }
        // As the first request of the day would: what tests compare stands still from here on.
        portal.school.end_access(portal.today(), portal.policy.leaving.read_days, portal.now()).await.unwrap();
        Self { node: Node::start(portal).await, place }
    }
}

impl Node {
    async fn start(portal: Portal) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let site = Site {
            address: listener.local_addr().unwrap(),
            origin: portal.origin.clone(),
            mail: portal.mail_folder.clone(),
            portal: Some(portal.clone()),
        };
        let app = routes::router(portal.clone()).into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { portal, site }
    }

    /// Another program on the same store, with something about it changed.
    pub(super) async fn another(&self, change: impl FnOnce(&mut Inner)) -> Self {
        let portal = &self.portal;
        let mut inner = Inner {
            store: portal.store.clone(),
            school: portal.school.clone(),
            policy: (*portal.policy).clone(),
            clock: portal.clock,
            keys: portal.keys.clone(),
            origin: portal.origin.clone(),
            host: portal.host.clone(),
            trusted_proxies: portal.trusted_proxies.clone(),
            demo: portal.demo,
            mail_folder: portal.mail_folder.clone(),
            limits: Limits::new(u32::MAX / 8),
            passwords: Semaphore::new(2),
            mail_waits: Notify::new(),
            stopping: watch::channel(false).0,
            changes: watch::channel(0).0,
        };
        change(&mut inner);
        Self::start(Portal::new(inner)).await
    }

    /// The same school so many minutes later.
    pub(super) async fn later(&self, minutes: i64) -> Self {
        let then = self.portal.now() + chrono::Duration::minutes(minutes);
        self.another(|inner| inner.clock = Clock::set_to(then)).await
    }

    /// The demo's register up to yesterday: most tests do without.
    pub(super) async fn has_its_register(&self) {
        let portal = &self.portal;
        demo::load_register(&portal.school, &portal.policy.calendar, portal.now()).await.unwrap();
    }

    pub(super) fn browser(&self) -> Browser {
        Browser::of(&self.site)
    }

    /// A browser in which this guardian has signed in.
    pub(super) async fn parent(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        let answer = browser.sign_in(email).await;
        browser.follow(&answer).await;
        browser
    }

    /// A browser in which this member of staff has signed in.
    pub(super) async fn staff(&self, email: &str) -> Browser {
        let mut browser = self.browser();
        browser.staff(email).await;
        browser
    }

    /// A signed-in device without the way through the mail. `None` for a shared inbox in which
    /// nobody has been chosen.
    pub(super) async fn device(&self, email: &str, guardian: Option<&GuardianId>) -> (Browser, DeviceId) {
        let (token, device_id) = (cookies::new_token(), DeviceId::from_bytes(rand::random()));
        let device = NewDevice {
            token_hash: token_hash(&token),
            device_id: device_id.clone(),
            email: email.to_owned(),
            guardian: guardian.cloned(),
            shared: guardian.is_none(),
            label: "Firefox on Linux".to_owned(),
        };
        self.portal.school.sign_in_device(device, self.portal.now()).await.unwrap();
        let mut browser = self.browser().with_cookie(cookies::DEVICE, &token);
        browser.make_token();
        (browser, device_id)
    }

    /// A guardian's signed-in device, without the way through the mail.
    pub(super) async fn device_of(&self, email: &str) -> Browser {
        self.device(email, Some(&people::guardian(email))).await.0
    }

    /// A session of staff without the way through password and code.
    pub(super) async fn session(&self, staff: &StaffId, complete: bool) -> Browser {
        let (school, now) = (&self.portal.school, self.portal.now());
        let (half, whole) = (cookies::new_token(), cookies::new_token());
        school.begin_staff_session(staff, &token_hash(&half), now).await.unwrap();
        if complete {
            assert!(school.complete_staff_session(&token_hash(&half), &token_hash(&whole), staff, now).await.unwrap());
        }
        let mut browser = self.browser().with_cookie(cookies::STAFF, if complete { &whole } else { &half });
        browser.make_token();
        browser
    }

    /// The staff by address.
    pub(super) async fn staff_ids(&self) -> BTreeMap<String, StaffId> {
        let staff = self.portal.school.staff_list().await.unwrap();
        staff.into_iter().map(|person| (person.email, person.staff_id)).collect()
    }
}
