//! Everything that can go wrong with a request, turned into a status and a page in one place.

use app::{parent::trouble, paths, words::TroubleWords};
use axum::{
    extract::{MatchedPath, Request, State},
    http::{Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    Portal,
    bearer::Refusal,
    render::{self, HTML},
};
use crate::store::StoreError;

/// Why a request is not answered as asked.
#[derive(Debug, Clone)]
pub enum Failure {
    /// Nothing here, or nothing for this person: one and the same.
    NotFound,
    /// Signed-in staff without the right.
    NotAllowed,
    /// Nobody is signed in: go and do so.
    SignIn(&'static str),
    /// A form that is too old, or that this site did not give to this browser.
    StaleForm,
    /// Not a request we understand.
    BadRequest,
    /// Too many bytes.
    TooLarge,
    /// Too many bytes of files.
    FilesTooLarge,
    /// Too often.
    TooOften,
    /// The store failed.
    Unavailable,
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store failed");
        Self::Unavailable
    }
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotAllowed | Self::StaleForm | Self::SignIn(_) => StatusCode::FORBIDDEN,

            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::TooLarge | Self::FilesTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooOften => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// What the page says. `sent` tells whether something was being sent: then it must say that
    /// nothing was received.
    fn words(&self, words: &'static TroubleWords, sent: bool) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => words.not_found,
            Self::SignIn(paths::SIGN_IN_WHO) => words.nobody_chosen,
            Self::SignIn(_) => words.signed_out,
            Self::NotAllowed => words.not_allowed,
            Self::StaleForm => words.stale_form,
            Self::BadRequest => words.bad_request,
            Self::TooLarge => words.too_large,
            Self::FilesTooLarge => words.files_too_large,
            Self::TooOften => words.too_often,
            Self::Unavailable if sent => words.not_received,
            Self::Unavailable => words.unavailable,
        }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        // The page is drawn by [`draw`], which knows the school.
        let mut response = match &self {
            Self::SignIn(to) => Redirect::to(to).into_response(),
            other => other.status().into_response(),
        };
        response.extensions_mut().insert(self);
        response
    }
}

/// The routes by which somebody tells the school something, besides those that bring files.
const TELLING: [&str; 30] = [
    paths::DETAILS_CHANGE,
    paths::DETAILS_MESSAGES,
    paths::STAFF_DETAILS_REQUEST,
    paths::STAFF_DETAILS_MESSAGES,
    paths::DECLARE,
    paths::DECLARATION_MESSAGES,
    paths::STAFF_DECLARATION_MESSAGES,
    paths::POLICY_DRAFT,
    paths::LEAVE_MESSAGES,
    paths::LEAVE_STEP,
    paths::LEAVING_STEP,
    paths::LEAVING_CHECK,
    paths::LEAVING_MEETING,
    paths::LEAVING_MESSAGES,
    paths::LEAVE_CHECK,
    paths::PAPER_STEP,
    paths::PAPER_CHECK,
    paths::LEAVE_SIGN,
    paths::ATTENDANCE_DAY,
    paths::MARK_ANSWER,
    paths::REPORT,
    paths::STILL,
    paths::COMING_BACK,
    paths::MESSAGES,
    paths::ENTER_REPORT_FOR,
    paths::STAFF_MESSAGES,
    paths::STAFF_LEAVE_MESSAGES,
    paths::STAFF_LEAVE_DECISION,
    paths::STAFF_NOTICE_LINES,
    paths::STAFF_NOTICE_MESSAGES,
];

/// Whether something is being told that is worth a word when its sender, signed in a moment ago, no
/// longer is: it was not received. A silent way to the sign-in page looks like an answer to it.
fn tells_school(request: &Request) -> bool {
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let told = request.method() == Method::POST && route.is_some_and(|route| TELLING.contains(&route));
    told || super::upload::brings_files(request)
}

/// Draws the page of a failure. Also those that axum itself answers (no such route, wrong method,
/// body too large) get their page here.
pub async fn draw(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let sent = !super::csrf::only_reads(request.method());
    let path = request.uri().path();
    let home = if path.starts_with(paths::STAFF) { paths::STAFF } else { paths::HOME };
    let told = tells_school(&request);
    let program = path.starts_with(paths::API);
    let response = next.run(request).await;
    if program && response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/json") {
        return response;
    }
    let failure = match response.extensions().get::<Failure>() {
        Some(Failure::SignIn(_)) if !told => return response,
        Some(failure) => failure.clone(),
        // A page of ours that says itself what is too large.
        None if response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == HTML) => return response,
        None => match response.status() {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Failure::NotFound,
            StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
            StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE => Failure::BadRequest,
            StatusCode::INTERNAL_SERVER_ERROR => Failure::Unavailable,
            _ => return response,
        },
    };
    let (title, text) = failure.words(&portal.words().trouble, sent);
    if program {
        return Refusal::new(failure.status(), text).into_response();
    }
    let phone = sent.then(|| portal.office_phone());
    let mut page = render::anonymous(&portal, title, None, || trouble::page(portal.words(), title, text, phone, home));
    *page.status_mut() = failure.status();
    page
}
