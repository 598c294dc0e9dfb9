//! From a view to an answer.

use app::ui::shell::{Assets, Shell};
use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use hydration_context::{SharedContext, SsrSharedContext};
use leptos::prelude::*;
use std::sync::{Arc, LazyLock};

use super::{
    Portal,
    session::{Parent, Staff},
};
use crate::assets;

static ASSETS: LazyLock<Assets> = LazyLock::new(|| Assets {
    critical_css: assets::CRITICAL_CSS,
    later_css: assets::url("later.css"),
    wake_js: assets::url("wake.js"),
    icon: assets::url("icon.svg"),
    touch_icon: assets::url("apple-touch-icon.png"),
    manifest: assets::url("manifest.webmanifest"),
});

/// What a page is.
pub const HTML: &str = "text/html; charset=utf-8";

/// Draws a view that may hold islands.
pub fn html<V: IntoView>(view: impl FnOnce() -> V) -> String {
    let context: Arc<dyn SharedContext + Send + Sync> = Arc::new(SsrSharedContext::new_islands());
    let owner = Owner::new_root(Some(context));
    let html = owner.with(|| view().into_view().to_html());
    owner.unset_with_forced_cleanup();
    html
}

/// An answer with this document.
#[must_use]
pub fn document(html: String) -> Response {
    let mut response = format!("<!doctype html>{html}").into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(HTML));
    response
}

fn shell<'a>(portal: &'a Portal, title: &'a str) -> Shell<'a> {
    Shell {
        words: portal.words(),
        assets: *ASSETS,
        title,
        school: &portal.policy.school_name,
        contact: &portal.policy.contact,
        body: "",
        later: false,
        home: app::paths::HOME,
        nav: Vec::new(),
        sign_out: None,
    }
}

/// A page for somebody who is not signed in.
pub fn anonymous<V: IntoView>(
    portal: &Portal,
    title: &str,
    link: Option<(&'static str, &'static str)>,
    view: impl FnOnce() -> V,
) -> Response {
    let mut shell = shell(portal, title);
    shell.nav.extend(link);
    document(html(move || shell.page(view())))
}

/// A page for a parent.
pub fn parent<V: IntoView>(portal: &Portal, parent: &Parent, title: &str, view: impl FnOnce() -> V) -> Response {
    let shell = parent_shell(portal, parent, title);
    document(html(move || shell.page(view())))
}

fn parent_shell<'a>(portal: &'a Portal, parent: &Parent, title: &'a str) -> Shell<'a> {
    let common = &portal.words().common;
    let mut shell = shell(portal, title);
    shell.nav = vec![
        (app::paths::HOME, common.home),
        (app::paths::RECEIPTS, common.sent),
        (app::paths::DEVICES, common.devices),
    ];
    shell.sign_out = Some((app::paths::SIGN_OUT, parent.device.csrf.clone()));
    shell
}

/// A page for a parent with a long text on it: with the style that follows.
pub fn parent_text<V: IntoView>(portal: &Portal, parent: &Parent, title: &str, view: impl FnOnce() -> V) -> Response {
    let mut shell = parent_shell(portal, parent, title);
    shell.later = true;
    document(html(move || shell.page(view())))
}

/// The page of a child's year: wider, and with the style that follows.
pub fn parent_year<V: IntoView>(portal: &Portal, parent: &Parent, title: &str, view: impl FnOnce() -> V) -> Response {
    let mut shell = parent_shell(portal, parent, title);
    shell.body = "year";
    shell.later = true;
    document(html(move || shell.page(view())))
}

/// A page for staff, with the rooms their roles open.
pub fn staff<V: IntoView>(
    portal: &Portal,
    staff: &Staff,
    title: &str,
    body: &'static str,
    view: impl FnOnce() -> V,
) -> Response {
    use app::rules::access::{Act, may};
    let words = &portal.words().staff;
    let mut shell = shell(portal, title);
    shell.body = body;
    shell.later = true;
    shell.assets.wake_js = assets::url("wake-staff.js");
    shell.home = app::paths::STAFF;
    for (act, path, label) in [
        (Act::ReadReports, app::paths::BOARD, words.nav_board),
        (Act::ReadReports, app::paths::MORNING, portal.words().morning.nav),
        (Act::ReadReports, app::paths::CALLS, portal.words().calls.title),
        (Act::ReadReports, app::paths::RECONCILIATION, portal.words().reconcile.title),
        (Act::ReadLetters, app::paths::LETTERS, portal.words().posting.title),
        (Act::CodeAbsence, app::paths::ENTER_REPORT, portal.words().enter.title),
        (Act::ReadLeave, app::paths::STAFF_LEAVE, portal.words().leave_staff.title),
        (Act::KeepDetails, app::paths::STAFF_DETAILS, portal.words().details_staff.title),
        (Act::ReadLeaving, app::paths::STAFF_LEAVING, portal.words().leaving_staff.title),
        (Act::KeepDeclarations, app::paths::STAFF_POLICY, portal.words().declaration_staff.title),
        (Act::ReadReports, app::paths::CHILDREN, portal.words().figures.find_title),
        (Act::ReadFigures, app::paths::FIGURES, portal.words().figures.title),
        (Act::SeeAccess, app::paths::ROSTER_REVIEW, portal.words().review.nav),
        (Act::ImportRoster, app::paths::ROSTER, portal.words().roster.nav),
        (Act::ImportMarks, app::paths::MARKS, portal.words().marks.nav),
        (Act::SeeCalendar, app::paths::CALENDAR, portal.words().calendar.nav),
        (Act::NameDesignate, app::paths::DESIGNATES, portal.words().designates.nav),
        (Act::KeepForms, app::paths::FORMS_LEAVE, portal.words().forms.title),
        (Act::ManageStaff, app::paths::PEOPLE, words.nav_people),
        (Act::ManageTokens, app::paths::TOKENS, portal.words().tokens.nav),
        (Act::SeeMail, app::paths::STAFF_MAIL, words.nav_mail),
        (Act::SeeRetention, app::paths::RETENTION, portal.words().retention.title),
    ] {
        if may(&staff.session.roles, act) {
            shell.nav.push((path, label));
        }
    }
    shell.sign_out = Some((app::paths::STAFF_SIGN_OUT, staff.csrf.clone()));
    document(html(move || shell.page(view())))
}
