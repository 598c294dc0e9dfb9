//! The URL table on one screen. A route that is not in it does not exist; the access test walks it.

mod api;
mod demo;
mod details_said;
mod form;
mod form_pdf;
mod leave_form;
mod leave_letter;
mod leave_pdf;
mod leave_said;
mod leaving_form;
mod leaving_pdf;
mod parent;
mod reporting;
mod sheet;
mod site;
mod staff;
mod uploading;

use app::{paths, rules::access::Act};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::Method,
    middleware,
    routing::{MethodRouter, get, post},
};

use self::{leave_form::Filling as Leave, leaving_form::Filling as Leaving};
use crate::web::{Portal, compress, failure, headers, limits, portal};

pub(crate) use parent::sign_in::{code_hash, link_hash};
pub use staff::join::first_administrator;
pub(crate) use staff::reminders::message as reminder;

/// Whom a route is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    Anyone,
    /// A signed-in device, even if nobody in a shared inbox has been chosen.
    Device,
    /// A guardian.
    Parent,
    /// Staff who owe the second factor.
    HalfSignedIn,
    /// Staff of any role.
    Staff,
    /// Staff who may do this.
    May(Act),
    /// Other programs with a token; no browser's cookie counts.
    Program,
    /// Everybody, in the demo school only.
    Demo,
}

/// One line of the table.
#[derive(Debug)]
pub struct Route {
    /// The verb.
    pub method: Method,
    /// The pattern.
    pub path: &'static str,
    /// Whom it is for.
    pub audience: Audience,
    handler: MethodRouter<Portal>,
}

macro_rules! table {
    ($($method:ident $path:expr => $handler:expr, $audience:expr;)*) => {
        vec![$(Route { method: table!(@verb $method), path: $path, audience: $audience, handler: $method($handler) }),*]
    };
    (@verb get) => { Method::GET };
    (@verb post) => { Method::POST };
}

/// Every route there is.
#[must_use]
pub fn table() -> Vec<Route> {
    use Audience::{Anyone, Demo, Device, HalfSignedIn, May, Parent, Program, Staff};
    table! {
        get  paths::HEALTHZ => site::healthz, Anyone;
        get  paths::READYZ => site::readyz, Anyone;
        get  paths::ASSETS => site::asset, Anyone;
        get  "/robots.txt" => site::robots, Anyone;
        get  "/favicon.ico" => site::icon, Anyone;

        get  paths::SIGN_IN => parent::sign_in::ask, Anyone;
        post paths::SIGN_IN => parent::sign_in::asked, Anyone;
        post paths::SIGN_IN_CODE => parent::sign_in::code, Anyone;
        get  paths::SIGN_IN_LINK => parent::sign_in::link, Anyone;
        post paths::SIGN_IN_LINK => parent::sign_in::link_pressed, Anyone;
        get  paths::SIGN_IN_WHO => parent::sign_in::who, Device;
        post paths::SIGN_IN_WHO => parent::sign_in::chosen, Device;
        post paths::SIGN_OUT => parent::sign_in::sign_out, Device;

        get  paths::INVITATION => parent::invitation::page, Anyone;
        post paths::INVITATION => parent::invitation::used, Anyone;

        get  paths::HOME => parent::home::page, Parent;
        get  paths::REPORT => parent::report_absence::several, Parent;
        get  paths::REPORT_CHILD => parent::report_absence::one, Parent;
        get  paths::ATTENDANCE => parent::attendance::page, Parent;
        get  paths::ATTENDANCE_CSV => parent::attendance::csv, Parent;
        get  paths::ATTENDANCE_DAY => parent::attendance_day::page, Parent;
        post paths::ATTENDANCE_DAY => parent::attendance_day::send, Parent;
        post paths::REPORT => parent::report_absence::send, Parent;
        post paths::STILL => parent::still_unwell::send, Parent;
        get  paths::RECEIPTS => parent::history::page, Parent;
        get  paths::RECEIPT => parent::receipt::page, Parent;
        get  paths::EVIDENCE => parent::evidence::page, Parent;
        post paths::EVIDENCE => parent::evidence::add, Parent;
        get  paths::EVIDENCE_FILE => parent::evidence::file, Parent;
        post paths::EVIDENCE_REMOVE => parent::evidence::remove, Parent;
        get  paths::CHANGE => parent::report_absence::change, Parent;
        get  paths::WITHDRAW => parent::receipt::ask_withdraw, Parent;
        post paths::WITHDRAW => parent::receipt::withdraw, Parent;
        post paths::COMING_BACK => parent::coming_back::work_out, Parent;
        post paths::MESSAGES => parent::messages::send, Parent;
        get  paths::LEAVE => parent::leave::page, Parent;
        post paths::LEAVE => parent::leave::begin, Parent;
        get  paths::LEAVE_DRAFT => parent::form::tasks::<Leave>, Parent;
        get  paths::LEAVE_DROP => parent::form::ask_drop::<Leave>, Parent;
        post paths::LEAVE_DROP => parent::form::throw_away::<Leave>, Parent;
        get  paths::LEAVE_FILES => parent::form::files::page::<Leave>, Parent;
        post paths::LEAVE_FILES => parent::form::files::add::<Leave>, Parent;
        get  paths::LEAVE_FILE => parent::form::files::file::<Leave>, Parent;
        post paths::LEAVE_FILE_REMOVE => parent::form::files::remove::<Leave>, Parent;
        get  paths::LEAVE_STEP => parent::form::step::page::<Leave>, Parent;
        post paths::LEAVE_STEP => parent::form::step::save::<Leave>, Parent;
        get  paths::LEAVE_CHECK => parent::form::check::page::<Leave>, Parent;
        post paths::LEAVE_CHECK => parent::form::check::send::<Leave>, Parent;
        get  paths::LEAVE_REQUEST => parent::leave::request::page, Parent;
        get  paths::LEAVE_PDF => parent::leave::request::pdf, Parent;
        get  paths::LEAVE_LETTER => parent::leave::request::letter, Parent;
        post paths::LEAVE_CHANGE => parent::leave::request::change, Parent;
        get  paths::LEAVE_WITHDRAW => parent::leave::request::ask_withdraw, Parent;
        post paths::LEAVE_WITHDRAW => parent::leave::request::withdraw, Parent;
        post paths::LEAVE_MESSAGES => parent::leave::request::say, Parent;
        get  paths::LEAVE_SIGN => parent::leave::sign::page, Parent;
        post paths::LEAVE_SIGN => parent::leave::sign::answer, Parent;
        get  paths::DETAILS => parent::details::page, Parent;
        get  paths::DETAILS_CHANGE => parent::details::change::page, Parent;
        post paths::DETAILS_CHANGE => parent::details::change::send, Parent;
        post paths::DETAILS_RIGHT => parent::details::right, Parent;
        post paths::DETAILS_WITHDRAW => parent::details::withdraw, Parent;
        post paths::DETAILS_MESSAGES => parent::details::say, Parent;
        get  paths::LEAVING => parent::leaving::page, Parent;
        post paths::LEAVING => parent::leaving::begin, Parent;
        get  paths::LEAVING_DRAFT => parent::form::tasks::<Leaving>, Parent;
        get  paths::LEAVING_DROP => parent::form::ask_drop::<Leaving>, Parent;
        post paths::LEAVING_DROP => parent::form::throw_away::<Leaving>, Parent;
        get  paths::LEAVING_FILES => parent::form::files::page::<Leaving>, Parent;
        post paths::LEAVING_FILES => parent::form::files::add::<Leaving>, Parent;
        get  paths::LEAVING_FILE => parent::form::files::file::<Leaving>, Parent;
        post paths::LEAVING_FILE_REMOVE => parent::form::files::remove::<Leaving>, Parent;
        get  paths::LEAVING_STEP => parent::form::step::page::<Leaving>, Parent;
        post paths::LEAVING_STEP => parent::form::step::save::<Leaving>, Parent;
        get  paths::LEAVING_CHECK => parent::form::check::page::<Leaving>, Parent;
        post paths::LEAVING_CHECK => parent::form::check::send::<Leaving>, Parent;
        get  paths::LEAVING_MEETING => parent::leaving::meeting::page, Parent;
        post paths::LEAVING_MEETING => parent::leaving::meeting::ask, Parent;
        get  paths::LEAVING_NOTICE => parent::leaving::notice::page, Parent;
        get  paths::LEAVING_PDF => parent::leaving::notice::pdf, Parent;
        post paths::LEAVING_CHANGE => parent::leaving::notice::change, Parent;
        get  paths::LEAVING_WITHDRAW => parent::leaving::notice::ask_withdraw, Parent;
        post paths::LEAVING_WITHDRAW => parent::leaving::notice::withdraw, Parent;
        post paths::LEAVING_MESSAGES => parent::leaving::notice::say, Parent;
        get  paths::POLICY => parent::policy::page, Parent;
        get  paths::POLICY_ROLES => parent::policy::roles, Parent;
        get  paths::POLICY_VERSION => parent::policy::version, Parent;
        get  paths::POLICY_FILE => parent::policy::file, Parent;
        get  paths::DECLARE => parent::declaration::page, Parent;
        post paths::DECLARE => parent::declaration::send, Parent;
        get  paths::DECLARATION => parent::declaration::receipt, Parent;
        get  paths::DECLARATION_PDF => parent::declaration::pdf, Parent;
        post paths::DECLARATION_MESSAGES => parent::declaration::say, Parent;
        get  paths::DEVICES => parent::devices::page, Parent;
        post paths::REVOKE => parent::devices::revoke, Parent;
        get  paths::PROVE => parent::prove::ask, Parent;
        post paths::PROVE => parent::prove::given, Parent;

        get  paths::STAFF_SIGN_IN => staff::sign_in::ask, Anyone;
        post paths::STAFF_SIGN_IN => staff::sign_in::password, Anyone;
        get  paths::STAFF_SECOND_FACTOR => staff::sign_in::second_factor, HalfSignedIn;
        post paths::STAFF_SECOND_FACTOR => staff::sign_in::second_factor_given, HalfSignedIn;
        get  paths::STAFF_JOIN => staff::join::page, Anyone;
        post paths::STAFF_JOIN => staff::join::join, Anyone;
        post paths::STAFF_SIGN_OUT => staff::sign_in::sign_out, Staff;
        get  paths::STAFF_PROVE => staff::prove::ask, Staff;
        post paths::STAFF_PROVE => staff::prove::given, Staff;
        get  paths::STAFF => staff::land, Staff;
        get  paths::BOARD => staff::board::page, May(Act::ReadReports);
        get  paths::BOARD_CHANGES => staff::board::changes, May(Act::ReadReports);
        post paths::BOARD_WORDS => staff::board::words, May(Act::ReadReports);
        get  paths::ENTER_REPORT => staff::enter_report::search, May(Act::CodeAbsence);
        post paths::ENTER_REPORT => staff::enter_report::find, May(Act::CodeAbsence);
        get  paths::ENTER_REPORT_FOR => staff::enter_report::form, May(Act::CodeAbsence);
        post paths::ENTER_REPORT_FOR => staff::enter_report::enter, May(Act::CodeAbsence);
        post paths::BOARD_SEVERAL => staff::board::several, May(Act::CodeAbsence);
        get  paths::KEYING => staff::keying::page, May(Act::CodeAbsence);
        post paths::KEYING => staff::keying::tick, May(Act::CodeAbsence);
        get  paths::KEYING_CSV => staff::keying::csv, May(Act::CodeAbsence);
        post paths::BOARD_CODE => staff::board::code, May(Act::CodeAbsence);
        get  paths::MORNING => staff::morning::page, May(Act::ReadReports);
        get  paths::REGISTER => staff::register::page, May(Act::ReadReports);
        post paths::REGISTER => staff::register::save, May(Act::CodeAbsence);
        get  paths::MORNING_PASTE => staff::paste::page, May(Act::CodeAbsence);
        post paths::MORNING_PASTE => staff::paste::pasted, May(Act::CodeAbsence);
        get  paths::CALLS => staff::calls::page, May(Act::ReadReports);
        post paths::CALLS => staff::calls::note, May(Act::CodeAbsence);
        get  paths::RECONCILIATION => staff::reconciliation::page, May(Act::ReadReports);
        get  paths::RECONCILIATION_CSV => staff::reconciliation::csv, May(Act::ReadReports);
        get  paths::STAFF_EVIDENCE => staff::evidence::page, May(Act::ReadReports);
        get  paths::STAFF_EVIDENCE_FILE => staff::evidence::file, May(Act::ReadReports);
        get  paths::STAFF_REPORT => staff::one_report::page, May(Act::ReadReports);
        post paths::STAFF_MESSAGES => staff::one_report::ask, May(Act::CodeAbsence);
        get  paths::CHILDREN => staff::children::page, May(Act::ReadReports);
        post paths::CHILDREN => staff::children::find, May(Act::ReadReports);
        get  paths::CHILD => staff::child::page, May(Act::ReadReports);
        get  paths::CHILD_DAY => staff::child_day::page, May(Act::ReadReports);
        post paths::CORRECT_MARK => staff::child_day::correct, May(Act::CodeAbsence);
        post paths::MARK_ANSWER => staff::child_day::answer, May(Act::CodeAbsence);
        get  paths::CLASS => staff::class::page, May(Act::ReadReports);
        get  paths::FIGURES => staff::figures::page, May(Act::ReadFigures);
        get  paths::FIGURES_CSV => staff::figures::csv, May(Act::ReadReports);
        get  paths::PEOPLE => staff::people::page, May(Act::ManageStaff);
        post paths::PEOPLE => staff::people::invite, May(Act::ManageStaff);
        post paths::PEOPLE_DISABLE => staff::people::disable, May(Act::ManageStaff);
        post paths::PEOPLE_RESET => staff::people::reset, May(Act::ManageStaff);
        get  paths::DESIGNATES => staff::designates::page, May(Act::NameDesignate);
        post paths::DESIGNATES => staff::designates::name, May(Act::NameDesignate);
        post paths::DESIGNATE_END => staff::designates::end, May(Act::NameDesignate);
        get  paths::ROSTER => staff::roster::page, May(Act::ImportRoster);
        post paths::ROSTER => staff::roster::hand_in, May(Act::ImportRoster);
        get  paths::ROSTER_FILE => staff::roster::file, May(Act::ImportRoster);
        post paths::ROSTER_CONFIRM => staff::roster::confirm, May(Act::ImportRoster);
        post paths::ROSTER_DROP => staff::roster::throw_away, May(Act::ImportRoster);
        get  paths::MARKS => staff::marks::page, May(Act::ImportMarks);
        post paths::MARKS => staff::marks::hand_in, May(Act::ImportMarks);
        get  paths::MARKS_FILE => staff::marks::file, May(Act::ImportMarks);
        post paths::MARKS_CONFIRM => staff::marks::confirm, May(Act::ImportMarks);
        post paths::MARKS_HEADS => staff::marks::explain, May(Act::ImportMarks);
        post paths::MARKS_FORGET => staff::marks::forget, May(Act::ImportMarks);
        post paths::MARKS_DROP => staff::marks::throw_away, May(Act::ImportMarks);
        get  paths::STAFF_LEAVE => staff::leave::page, May(Act::ReadLeave);
        get  paths::STAFF_LEAVE_REQUEST => staff::leave::request::page, May(Act::ReadLeave);
        post paths::STAFF_LEAVE_NOTES => staff::leave::notes::note, May(Act::PrepareLeave);
        post paths::STAFF_LEAVE_MESSAGES => staff::leave::notes::ask, May(Act::PrepareLeave);
        post paths::STAFF_LEAVE_DECISION => staff::leave::decide::decide, May(Act::DecideLeave);
        get  paths::STAFF_LEAVE_FILE => staff::leave::file, May(Act::ReadLeave);
        get  paths::LEAVE_PAPER => staff::leave::paper::ask, May(Act::PrepareLeave);
        post paths::LEAVE_PAPER => staff::leave::paper::begin, May(Act::PrepareLeave);
        get  paths::PAPER_FORM => staff::leave::paper::form, May(Act::PrepareLeave);
        get  paths::PAPER_STEP => staff::leave::paper::step_page, May(Act::PrepareLeave);
        post paths::PAPER_STEP => staff::leave::paper::save, May(Act::PrepareLeave);
        get  paths::PAPER_CHECK => staff::leave::paper::check, May(Act::PrepareLeave);
        post paths::PAPER_CHECK => staff::leave::paper::enter, May(Act::PrepareLeave);
        get  paths::PAPER_DROP => staff::leave::paper::ask_drop, May(Act::PrepareLeave);
        post paths::PAPER_DROP => staff::leave::paper::throw_away, May(Act::PrepareLeave);
        get  paths::PAPER_FILES => staff::leave::paper::files_page, May(Act::PrepareLeave);
        post paths::PAPER_FILES => staff::leave::paper::add_files, May(Act::PrepareLeave);
        get  paths::PAPER_FILE => staff::leave::paper::file, May(Act::PrepareLeave);
        post paths::PAPER_FILE_REMOVE => staff::leave::paper::remove_file, May(Act::PrepareLeave);
        get  paths::STAFF_DETAILS => staff::details::page, May(Act::KeepDetails);
        get  paths::STAFF_DETAILS_REQUEST => staff::details::request::page, May(Act::KeepDetails);
        post paths::STAFF_DETAILS_REQUEST => staff::details::request::decide, May(Act::KeepDetails);
        post paths::STAFF_DETAILS_MESSAGES => staff::details::request::ask, May(Act::KeepDetails);
        get  paths::DETAILS_LIST => staff::details::keying::page, May(Act::KeepDetails);
        post paths::DETAILS_LIST => staff::details::keying::tick, May(Act::KeepDetails);
        get  paths::DETAILS_LIST_CSV => staff::details::keying::csv, May(Act::KeepDetails);
        get  paths::DETAILS_CHECK => staff::details::check::page, May(Act::KeepDetails);
        get  paths::DETAILS_CHECK_CSV => staff::details::check::csv, May(Act::KeepDetails);
        get  paths::STAFF_LEAVING => staff::leaving::page, May(Act::ReadLeaving);
        get  paths::LEAVING_RETURN => staff::leaving::returned::csv, May(Act::KeepLeaving);
        get  paths::STAFF_NOTICE => staff::leaving::notice::page, May(Act::ReadLeaving);
        get  paths::STAFF_NOTICE_PDF => staff::leaving::notice::pdf, May(Act::ReadLeaving);
        post paths::STAFF_NOTICE_LINES => staff::leaving::notice::note, May(Act::KeepLeaving);
        post paths::STAFF_NOTICE_MESSAGES => staff::leaving::notice::ask, May(Act::KeepLeaving);
        get  paths::STAFF_NOTICE_FILE => staff::leaving::file, May(Act::ReadLeaving);
        get  paths::STAFF_POLICY => staff::policy::page, May(Act::KeepDeclarations);
        get  paths::DECLARATIONS_CSV => staff::policy::csv, May(Act::KeepDeclarations);
        get  paths::STAFF_POLICY_VERSION => staff::policy::version, May(Act::KeepDeclarations);
        get  paths::POLICY_DRAFT => staff::policy_draft::page, May(Act::PublishPolicy);
        post paths::POLICY_DRAFT => staff::policy_draft::keep, May(Act::PublishPolicy);
        post paths::POLICY_DRAFT_FILE => staff::policy_draft::file, May(Act::PublishPolicy);
        get  paths::STAFF_DECLARATION => staff::declaration::page, May(Act::KeepDeclarations);
        post paths::DECLARATION_PAPER => staff::declaration::paper, May(Act::KeepDeclarations);
        post paths::STAFF_DECLARATION_MESSAGES => staff::declaration::say, May(Act::KeepDeclarations);
        get  paths::DECLARATION_SCAN => staff::declaration::scan, May(Act::KeepDeclarations);
        get  paths::REMINDERS => staff::reminders::page, May(Act::KeepDeclarations);
        post paths::REMINDERS => staff::reminders::begin, May(Act::KeepDeclarations);
        post paths::REMINDERS_STOP => staff::reminders::stop, May(Act::KeepDeclarations);
        get  paths::SLIPS => staff::slips::page, May(Act::KeepDeclarations);
        get  paths::CALENDAR => staff::calendar::page, May(Act::SeeCalendar);
        post paths::CALENDAR => staff::calendar::keep, May(Act::KeepCalendar);
        get  paths::CALENDAR_ENTRY => staff::calendar::fill_in, May(Act::KeepCalendar);
        post paths::CALENDAR_LOOK => staff::calendar::look, May(Act::KeepCalendar);
        post paths::CALENDAR_UNDO => staff::calendar::undo, May(Act::KeepCalendar);
        get  paths::ROSTER_REVIEW => staff::roster_review::page, May(Act::SeeAccess);
        post paths::ROSTER_ACCESS => staff::roster_review::decide, May(Act::ReviewAccess);
        post paths::ROSTER_BAR => staff::roster_review::bar, May(Act::SetBar);
        post paths::ROSTER_SECRET => staff::roster_review::keep_secret, May(Act::KeepAddressSecret);
        post paths::ROSTER_INVITE => staff::roster_review::invite, May(Act::ReviewAccess);
        post paths::ROSTER_REVOKE => staff::roster_review::revoke, May(Act::ReviewAccess);
        get  paths::TOKENS => staff::tokens::page, May(Act::ManageTokens);
        post paths::TOKENS => staff::tokens::make, May(Act::ManageTokens);
        post paths::TOKEN_REVOKE => staff::tokens::revoke, May(Act::ManageTokens);
        get  paths::FORMS => staff::forms::page, May(Act::KeepForms);
        post paths::FORMS => staff::forms::keep, May(Act::KeepForms);
        get  paths::LETTERS => staff::letters::page, May(Act::ReadLetters);
        post paths::LETTERS => staff::letters::posted, May(Act::PostLetters);
        get  paths::LETTER_PDF => staff::letters::pdf, May(Act::ReadLetters);
        get  paths::LETTER_WORDS => staff::letters::words, May(Act::KeepForms);
        post paths::LETTER_WORDS => staff::letters::keep_words, May(Act::KeepForms);
        get  paths::STAFF_MAIL => staff::mail::page, May(Act::SeeMail);
        get  paths::RETENTION => staff::retention::page, May(Act::SeeRetention);
        post paths::RETENTION => staff::retention::keep, May(Act::KeepRetention);

        post paths::API_MARKS => api::marks::bring_in, Program;

        get  paths::DEMO_MAIL => demo::mail, Demo;
        get  paths::DEMO_CODES => demo::codes, Demo;
    }
}

/// The whole site. Layers stand in the order in which a request meets them, last first.
pub fn router(portal: Portal) -> Router {
    let mut router = Router::new();
    for route in table() {
        if route.audience != Audience::Demo || portal.demo {
            router = router.route(route.path, route.handler);
        }
    }
    router
        .fallback(site::nothing)
        .layer(middleware::from_fn_with_state(portal.clone(), portal::refresh))
        // `hold` has read the body and knows how large it may be.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(portal.clone(), limits::hold))
        .layer(middleware::from_fn_with_state(portal.clone(), failure::draw))
        .layer(middleware::from_fn(compress::pages))
        .layer(middleware::from_fn_with_state(portal.clone(), headers::guard))
        .layer(middleware::from_fn(site::log))
        .with_state(portal)
}
