//! Everybody who may come to the door, and a request of each route that is good as far as it goes:
//! with the guest's own child, receipt and device in it.

use app::{
    paths,
    rules::{
        absence::{CheckedReport, Details, Kind, Part, ReportedDay},
        access::Role,
        calendar::Session,
        code::Code,
        conversation::MarkOf,
        evidence,
        form::Answers,
        id::{CallId, DeviceId, EvidenceId, ImportId, MessageId, PupilId, SignInId, StaffId, SubmissionId},
        invitation::InvitationCode,
        leave::key,
        reference::Reference,
    },
};
use reqwest::Method;
use server::{
    assets,
    demo::{
        self,
        people::{CHIDI, DARREN, JO, MALGORZATA, NGOZI, PATRICIA, RAHMAN, TOM, TWINS},
    },
    routes::Route,
    store::{
        Added, Channel, Drafter, FileKind, NewEvidence, NewImport, NewMail, NewMessage, NewStaff, NewSubmission, Said,
        Sent, StaffAccount, Voice, journal::Actor,
    },
    web::cookies,
};

use super::{
    browser::Browser,
    declarations::{declared, published},
    details::asked_for_change,
    files::good_form,
    house::{House, MONDAY, Node},
    leave_forms::{asked_for_leave, begun, typed_in, with_photo},
    leaving_forms::{began_notice, gave_notice, notice_of},
    people::{class_of, guardian, pupil},
};

/// A well-formed id that nothing has.
pub(super) const NOTHING: &str = "mmmmmmmmmmmmmmmmmmmmmmmmmm";
/// A well-formed reference that nothing has.
pub(super) const NO_RECEIPT: &str = "CDFHJKM3";

/// Who comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    Nobody,
    /// A device that was signed out elsewhere.
    RevokedDevice,
    /// A shared inbox in which nobody has been chosen.
    Inbox,
    Full,
    OtherFamily,
    View,
    Barred,
    /// Barred while signed in.
    BarredMeanwhile,
    Unreviewed,
    HalfSignedIn,
    Staff(Role),
    /// Staff with every role, shut while signed in.
    ShutMeanwhile,
}

impl Who {
    pub(super) fn all() -> Vec<Self> {
        let mut all = vec![Self::Nobody, Self::RevokedDevice, Self::Inbox, Self::Full, Self::OtherFamily, Self::View];
        all.extend([Self::Barred, Self::BarredMeanwhile, Self::Unreviewed, Self::HalfSignedIn, Self::ShutMeanwhile]);
        all.extend(Role::ALL.map(Self::Staff));
        all
    }

    /// The guardian's address, a child, and whose receipt to ask for.
    fn family(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::OtherFamily => (MALGORZATA, "Zofia Kaczmarek", MALGORZATA),
            Self::View => (PATRICIA, "Noah Clarke", "leanne.clarke@demo.example"),
            Self::Barred => (DARREN, "Leo Whitfield", JO),
            Self::BarredMeanwhile => (CHIDI, "Ada Okafor", CHIDI),
            Self::Unreviewed => (TOM, "Isla Brennan", "claire.brennan@demo.example"),
            _ => (NGOZI, "Ada Okafor", NGOZI),
        }
    }
}

/// A guest at the door.
pub(super) struct Guest {
    pub(super) who: Who,
    pub(super) browser: Browser,
    device: DeviceId,
}

impl Guest {
    /// Sends a request of this route as it should be sent, and waits for the head of the answer.
    pub(super) async fn asks(&self, route: &Route, path: &str, fields: &[(&str, &str)]) -> reqwest::Response {
        let (kind, body) = match route.method {
            Method::POST => good_form(&self.browser, route.path, fields),
            _ => ("", Vec::new()),
        };
        self.browser.begin(route.method.clone(), path, &[("content-type", kind)], body).await.unwrap()
    }
}

/// What stands ready in a house before guests come.
pub(super) struct Welcome {
    victim: StaffId,
    everybody: StaffId,
    staff: Vec<(Role, StaffId)>,
}

impl Welcome {
    pub(super) async fn prepare(house: &House) -> Self {
        let school = &house.portal.school;
        let everybody = invited(house, "everybody@demo.example", Role::ALL.to_vec()).await;
        let victim = invited(house, "victim@demo.example", vec![Role::Governor]).await;
        let listed = school.staff_list().await.unwrap();
        let staff = listed.into_iter().filter(|person| person.roles.len() == 1 && person.staff_id != victim);
        let staff = staff.map(|person| (person.roles[0], person.staff_id)).collect();
        reported(house, TWINS, &pupil("Matilda Penhaligon")).await;
        published(house).await;
        Self { victim, everybody, staff }
    }

    /// Lets somebody in, as fresh as if nobody had been here before.
    pub(super) async fn come(&self, house: &Node, who: Who) -> Guest {
        let school = &house.portal.school;
        let (email, child, _) = who.family();
        let (mut browser, device) = match who {
            Who::Nobody | Who::HalfSignedIn | Who::Staff(_) | Who::ShutMeanwhile => {
                let mut browser = house.browser().with_cookie(cookies::VISIT, &cookies::new_token());
                browser.make_token();
                (browser, DeviceId::from_bytes(rand::random()))
            }
            Who::Inbox => house.device(RAHMAN, None).await,
            _ => house.device(email, Some(&guardian(email))).await,
        };
        match who {
            Who::RevokedDevice => {
                assert!(school.revoke_device(Some(&guardian(email)), &device, house.portal.now()).await.unwrap())
            }
            Who::BarredMeanwhile => {
                let office = Actor::System("test");
                school.set_bar(&guardian(email), &pupil(child), true, office, house.portal.now()).await.unwrap();
                let other = pupil("Sam Okafor");
                school
                    .set_bar(&guardian(email), &other, true, Actor::System("test"), house.portal.now())
                    .await
                    .unwrap();
            }
            Who::HalfSignedIn => browser = house.session(&self.staff[0].1, false).await,
            Who::Staff(role) => {
                let person = self.staff.iter().find(|(had, _)| *had == role).expect("one of each role");
                browser = house.session(&person.1, true).await;
            }
            Who::ShutMeanwhile => {
                let shut = async |yes| {
                    let actor = Actor::System("test");
                    assert!(school.disable_staff(&self.everybody, yes, actor, house.portal.now()).await.unwrap());
                };
                shut(false).await;
                browser = house.session(&self.everybody, true).await;
                shut(true).await;
            }
            _ => {}
        }
        Guest { who, browser, device }
    }

    /// A request of this route as this guest would make it: path and fields.
    pub(super) async fn request(&self, house: &Node, route: &Route, guest: &Guest) -> (String, Vec<(&str, String)>) {
        let (email, child, sender) = guest.who.family();
        let child = pupil(child);
        let token = cookies::new_token();
        let mut path = route.path.replace("{pupil}", child.as_str()).replace("{device}", guest.device.as_str());
        if route.path == paths::TOKEN_REVOKE {
            path = path.replace("{token}", NOTHING);
        }
        path = path.replace("{staff}", self.victim.as_str()).replace("{token}", &token);
        if path.contains("{import}") {
            path = path.replace("{import}", handed_in(house, route.path).await.as_str());
        }
        path = path.replace("{day}", MONDAY);
        if path.contains("{class}") {
            path = path.replace("{class}", &house.portal.school.classes().await.unwrap()[0].class_id);
        }
        path = path.replace("{file}", assets::url("later.css").rsplit('/').next().unwrap());
        if path.starts_with(paths::LEAVE) && path.contains("{reference}") {
            // Who is barred asks for what the other parent has sent.
            let sender = if guest.who == Who::BarredMeanwhile { NGOZI } else { sender };
            path = path
                .replace("{reference}", asked_for_leave(house, sender, std::slice::from_ref(&child)).await.as_str());
        }
        if path.starts_with(paths::LEAVING) && path.contains("{reference}") {
            let sender = if guest.who == Who::BarredMeanwhile { NGOZI } else { sender };
            path = path.replace("{reference}", gave_notice(house, sender, std::slice::from_ref(&child)).await.as_str());
        }
        if path.starts_with(paths::STAFF_LEAVING) && path.contains("{reference}") {
            let reference = gave_notice(house, NGOZI, &[pupil("Ada Okafor")]).await;
            path = path.replace("{reference}", reference.as_str());
            if path.contains("{evidence}") {
                path = path.replace("{evidence}", added(house, NGOZI, &reference).await.as_str());
            }
        }
        path = path.replace("{version}", "1").replace("{run}", NOTHING);
        if path.starts_with(paths::POLICY) && path.contains("{reference}") {
            let sender = if guest.who == Who::BarredMeanwhile { NGOZI } else { sender };
            path = path.replace("{reference}", declared(house, sender, std::slice::from_ref(&child)).await.as_str());
        }
        if route.path == paths::STAFF_DECLARATION_MESSAGES {
            let reference = declared(house, NGOZI, &[pupil("Ada Okafor")]).await;
            path = path.replace("{reference}", reference.as_str());
        }
        if path.starts_with(paths::STAFF_LEAVE) && path.contains("{reference}") {
            let reference = asked_for_leave(house, NGOZI, &[pupil("Ada Okafor")]).await;
            path = path.replace("{reference}", reference.as_str());
            if path.contains("{evidence}") {
                path = path.replace("{evidence}", added(house, NGOZI, &reference).await.as_str());
            }
        }
        if path.starts_with(paths::STAFF_DETAILS) && path.contains("{reference}") {
            path = path.replace("{reference}", asked_for_change(house, MALGORZATA).await.as_str());
        }
        if route.path == paths::DETAILS_MESSAGES && matches!(guest.who, Who::Full | Who::OtherFamily | Who::View) {
            asked_for_change(house, email).await;
        }
        if path.contains("{reference}") {
            let (reference, evidence) = self.receipt(house, guest.who, sender, &child).await;
            path = path.replace("{reference}", reference.as_str()).replace("{evidence}", evidence.as_str());
        }
        if route.path == paths::REGISTER {
            path = format!("{path}?class={}", class_of("Matilda Penhaligon"));
        }
        let step = if path.starts_with(paths::LEAVING) { "last-day" } else { "dates" };
        path = path.replace("{step}", step).replace("{name}", "leave-granted").replace("{form}", "leave");
        path = path.replace("{letter}", NOTHING).replace("{leave}", NOTHING);
        if path.contains("{draft}") {
            let leaving = path.starts_with(paths::LEAVING);
            let paper = path.starts_with(paths::STAFF_LEAVE);
            let own = match guest.who {
                Who::Staff(role) => self.staff.iter().find(|(had, _)| *had == role).map(|(_, staff)| staff),
                _ => None,
            };
            let (whose, draft) = if paper {
                let staff = own.unwrap_or(&self.everybody);
                let mut answers = Answers::default();
                answers.set(key::CHILDREN, pupil("Ada Okafor").as_str());
                (Drafter::Staff(staff.clone()), typed_in(house, staff, NGOZI, answers).await)
            } else if leaving {
                (Drafter::Guardian(guardian(sender)), began_notice(house, sender).await)
            } else {
                (Drafter::Guardian(guardian(sender)), begun(house, sender).await)
            };
            if path.contains("{evidence}") {
                path = path.replace("{evidence}", with_photo(house, &whose, &draft).await.as_str());
            }
            path = path.replace("{draft}", draft.as_str());
        }
        assert!(!path.contains('{'), "{path}: say what stands there");
        let own = || match guest.who {
            Who::Inbox => guardian(RAHMAN).to_string(),
            _ => guardian(email).to_string(),
        };
        let today = || MONDAY.to_owned();
        let somebody = || format!("{}@example.org", &token[..20].replace(['-', '_'], "x"));
        let fields = match (&route.method, route.path) {
            (&Method::POST, paths::SIGN_IN) => vec![("email", somebody())],
            (&Method::POST, paths::SIGN_IN_CODE) => {
                vec![("sign_in", SignInId::from_bytes(rand::random()).to_string()), ("code", "000000".into())]
            }
            (&Method::POST, paths::SIGN_IN_WHO) => vec![("guardian", own())],
            (&Method::POST, paths::REPORT) => vec![
                ("submission", SubmissionId::from_bytes(rand::random()).to_string()),
                ("who", child.to_string()),
                ("day", today()),
                ("part", "all".into()),
                ("reason", "cold".into()),
            ],
            (&Method::POST, paths::ENTER_REPORT_FOR) => vec![
                ("submission", SubmissionId::from_bytes(rand::random()).to_string()),
                ("who", child.to_string()),
                ("told", guardian(sender).to_string()),
                ("channel", "phone".into()),
                ("day", today()),
                ("reason", "sick".into()),
                ("note", SubmissionId::from_bytes(rand::random()).to_string()),
            ],
            (&Method::POST, paths::LEAVE_PAPER) => vec![
                ("draft", SubmissionId::from_bytes(rand::random()).to_string()),
                ("guardian", guardian(NGOZI).to_string()),
                ("received", MONDAY.into()),
            ],
            (&Method::POST, paths::LEAVE | paths::LEAVE_CHANGE | paths::LEAVING | paths::LEAVING_CHANGE) => {
                vec![("draft", SubmissionId::from_bytes(rand::random()).to_string())]
            }
            (&Method::POST, paths::DECLARE) => vec![
                ("submission", SubmissionId::from_bytes(rand::random()).to_string()),
                ("version", "1".into()),
                ("child", child.to_string()),
                ("answer", "talk".into()),
            ],
            (&Method::POST, paths::STAFF_DECLARATION_MESSAGES) => {
                vec![("message", MessageId::from_bytes(rand::random()).to_string())]
            }
            (&Method::POST, paths::REMINDERS) => {
                vec![("run", MessageId::from_bytes(rand::random()).to_string()), ("people", "0".into())]
            }
            (&Method::POST, paths::STILL) => {
                vec![("submission", SubmissionId::from_bytes(rand::random()).to_string()), ("who", child.to_string())]
            }
            (
                &Method::POST,
                paths::MESSAGES
                | paths::LEAVE_MESSAGES
                | paths::LEAVING_MESSAGES
                | paths::DETAILS_MESSAGES
                | paths::DECLARATION_MESSAGES,
            ) => {
                vec![("message", MessageId::from_bytes(rand::random()).to_string()), ("text", "On Friday.".into())]
            }
            (&Method::POST, paths::STAFF_MESSAGES) => {
                vec![("message", MessageId::from_bytes(rand::random()).to_string()), ("question", "back".into())]
            }
            (&Method::POST, paths::CORRECT_MARK) => {
                // Another code than whoever was here before.
                let now = house.portal.school.marks_of(&child, MONDAY.parse().unwrap()..=MONDAY.parse().unwrap()).await;
                let now = now.unwrap().first().map(|mark| mark.code);
                let code = if now == Some(Code::I) { "M" } else { "I" };
                let seen = now.map(Code::letters).unwrap_or_default();
                vec![
                    ("session", "AM".into()),
                    ("seen-AM", seen.into()),
                    ("code", code.into()),
                    ("reason", "rang".into()),
                ]
            }
            (&Method::POST, paths::MARK_ANSWER) => {
                questioned(house, &child).await;
                vec![("to", format!("AM {}", guardian(NGOZI)))]
            }
            (&Method::POST, paths::STAFF_LEAVE_NOTES) => vec![
                ("note", MessageId::from_bytes(rand::random()).to_string()),
                ("kind", "note".into()),
                ("words-of-note", "They rang.".into()),
            ],
            (&Method::POST, paths::STAFF_NOTICE_LINES) => vec![
                ("note", MessageId::from_bytes(rand::random()).to_string()),
                ("notice", notice_of(house, &path).await),
                ("task", "file".into()),
                ("day", MONDAY.into()),
                ("act", "done".into()),
            ],
            (
                &Method::POST,
                paths::STAFF_LEAVE_MESSAGES | paths::STAFF_DETAILS_MESSAGES | paths::STAFF_NOTICE_MESSAGES,
            ) => vec![
                ("message", MessageId::from_bytes(rand::random()).to_string()),
                ("text", "Which day is it?".into()),
                ("asks", "yes".into()),
            ],
            (&Method::POST, paths::STAFF_SIGN_IN) => vec![("email", somebody()), ("password", "not this one".into())],
            (&Method::POST, paths::STAFF_SECOND_FACTOR) => vec![("code", "no code".into())],
            (&Method::POST, paths::BOARD_WORDS) => vec![("day", today()), ("hide", "no".into())],
            (&Method::POST, paths::BOARD_SEVERAL) => {
                vec![("day", today()), ("row", format!("{}|I|", pupil("Matilda Penhaligon")))]
            }
            (&Method::POST, paths::REGISTER) => vec![("seen", "0".into()), ("act", "complete".into())],
            (&Method::POST, paths::CALLS) => vec![
                ("call", CallId::from_bytes(rand::random()).to_string()),
                ("pupil", pupil("Matilda Penhaligon").to_string()),
                ("day", today()),
                ("outcome", "no-answer".into()),
            ],
            (&Method::POST, paths::KEYING) => vec![("line", format!("{}|I,I", pupil("Matilda Penhaligon")))],
            (&Method::POST, paths::STAFF_PROVE) => vec![("code", "000000".to_owned())],
            (&Method::POST, paths::BOARD_CODE) => vec![
                ("pupil", pupil("Matilda Penhaligon").to_string()),
                ("day", today()),
                ("seen", String::new()),
                ("code", "I".into()),
            ],
            (&Method::POST, paths::PEOPLE) => {
                vec![("name", "Somebody New".into()), ("email", somebody()), ("roles", "governor".into())]
            }
            (&Method::POST, paths::INVITATION) => vec![
                ("code", InvitationCode::from_bytes(rand::random()).to_string()),
                ("day", "4".into()),
                ("month", "5".into()),
                ("year", "2018".into()),
            ],
            (&Method::POST, paths::ROSTER_CONFIRM) => vec![("shown", "another plan".into())],
            (
                &Method::POST,
                paths::ROSTER_ACCESS
                | paths::ROSTER_BAR
                | paths::ROSTER_SECRET
                | paths::ROSTER_INVITE
                | paths::ROSTER_REVOKE,
            ) => {
                vec![
                    ("guardian", guardian(MALGORZATA).to_string()),
                    ("pupil", pupil("Zofia Kaczmarek").to_string()),
                    ("access", "full".into()),
                    ("seen", "otherwise".into()),
                    ("barred", "no".into()),
                    ("secret", "no".into()),
                ]
            }
            (&Method::POST, paths::PEOPLE_DISABLE) => vec![("disabled", "no".into())],
            _ => Vec::new(),
        };
        (path, fields)
    }

    /// A receipt to ask for: the guest's own, or for those who have none their child's other parent's.
    /// With a letter that stands with it.
    async fn receipt(&self, house: &Node, who: Who, sender: &str, child: &PupilId) -> (Reference, EvidenceId) {
        if who != Who::BarredMeanwhile {
            let reference = reported(house, sender, child).await;
            let evidence = added(house, sender, &reference).await;
            return (reference, evidence);
        }
        // Sent before the bar was set.
        let bar = async |barred| {
            let (school, actor) = (&house.portal.school, Actor::System("test"));
            school.set_bar(&guardian(sender), child, barred, actor, house.portal.now()).await.unwrap();
        };
        bar(false).await;
        let reference = reported(house, sender, child).await;
        let evidence = added(house, sender, &reference).await;
        bar(true).await;
        (reference, evidence)
    }
}

/// A mark that looks wrong to its mother, if she has that child.
async fn questioned(house: &Node, child: &PupilId) {
    let mark = MarkOf { pupil: child.clone(), date: MONDAY.parse().unwrap(), session: Session::Am };
    let Some(talk) = house.portal.school.own_mark_talk(&guardian(NGOZI), &mark).await.unwrap() else { return };
    let new = NewMessage {
        message: MessageId::from_bytes(rand::random()),
        about: talk.about,
        from: Voice::Guardian,
        text: "She was there.".into(),
        at: house.portal.now(),
    };
    assert_eq!(house.portal.school.say(new).await.unwrap(), Said::Kept);
}

/// A file that waits for a yes.
pub(super) async fn handed_in(house: &Node, path: &str) -> ImportId {
    let (kind, file) = match path.starts_with(paths::MARKS) {
        true => (FileKind::Marks, b"UPN,Date,Session,Mark\nx,2026-11-20,AM,/\n".to_vec()),
        false => (FileKind::Roster, demo::roster::csv().into_bytes()),
    };
    let new = NewImport {
        import: ImportId::from_bytes(rand::random()),
        kind,
        previous_school: false,
        sha256: "of the file".into(),
        file,
        by: StaffId::from_bytes(rand::random()),
    };
    let import = new.import.clone();
    house.portal.school.keep_import(new, house.portal.now()).await.unwrap();
    import
}

/// A report that the store has taken.
pub(super) async fn reported(house: &Node, email: &str, child: &PupilId) -> Reference {
    let report = CheckedReport {
        children: vec![child.clone()],
        kind: Kind::Away,
        days: vec![ReportedDay { date: MONDAY.parse().unwrap(), part: Part::All }],
        reason: "sick".to_owned(),
        details: Details::default(),
        note: None,
    };
    let new = NewSubmission {
        guardian: guardian(email),
        submission: SubmissionId::from_bytes(rand::random()),
        digest: SubmissionId::from_bytes(rand::random()).to_string(),
        channel: Channel::Web,
        received_at: house.portal.now(),
        after_close: Vec::new(),
        expected: Vec::new(),
        proposed: None,
        report,
        entered_by: None,
        tell_others: None,
        instead_of: None,
    };
    let no_mail = |_: &Reference| NewMail { to: None, kind: "receipt", subject: String::new(), body: String::new() };
    match house.portal.school.report_absence(new, no_mail).await.unwrap() {
        Sent::Received(reference) => reference,
        other => panic!("{email}: {other:?}"),
    }
}

/// A letter that the store has taken. Its bytes are text: tests read every column.
pub(super) async fn added(house: &Node, email: &str, reference: &Reference) -> EvidenceId {
    let new = NewEvidence {
        guardian: guardian(email),
        reference: reference.clone(),
        name: "letter.pdf".to_owned(),
        kind: evidence::Kind::Pdf,
        bytes: b"a letter".to_vec(),
        sha256: "a digest".to_owned(),
        at: house.portal.now(),
    };
    match house.portal.school.add_evidence(new).await.unwrap() {
        Added::Kept(evidence) | Added::Again(evidence) => evidence,
        other => panic!("{email}: {other:?}"),
    }
}

async fn invited(house: &House, email: &str, roles: Vec<Role>) -> StaffId {
    let staff_id = StaffId::from_bytes(rand::random());
    let (name, email) = ("Somebody".to_owned(), email.to_owned());
    let account = StaffAccount {
        staff_id: staff_id.clone(),
        name: name.clone(),
        email: email.clone(),
        password_hash: None,
        totp_secret: None,
        totp_step: 0,
        disabled: false,
    };
    let new = NewStaff { staff_id: staff_id.clone(), name, email, roles };
    house.portal.school.seed_staff(new, account, house.portal.now()).await.unwrap();
    staff_id
}
