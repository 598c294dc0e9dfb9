//! The parents' handlers; the same file names as in `app`.

pub(super) mod attendance;
pub(super) mod attendance_day;
pub(super) mod coming_back;
pub(super) mod declaration;
pub(super) mod details;
pub(super) mod devices;
pub(super) mod evidence;
pub(super) mod form;
pub(super) mod history;
pub(super) mod home;
pub(super) mod invitation;
pub(super) mod leave;
pub(super) mod leaving;
pub(super) mod messages;
pub(super) mod policy;
pub(super) mod prove;
pub(super) mod receipt;
pub(super) mod report_absence;
pub(super) mod sign_in;
pub(super) mod still_unwell;

use app::rules::london;
use chrono::{DateTime, NaiveDate, Utc};

use crate::web::Portal;

/// The written time in London: "8.04"; with its date if that is not today.
pub(super) fn written(portal: &Portal, at: DateTime<Utc>, today: NaiveDate) -> String {
    let local = london::local(at);
    if local.date() == today { london::clock(local.time()) } else { dated(portal, at) }
}

/// The written date and time in London: "23 November at 8.04".
fn dated(portal: &Portal, at: DateTime<Utc>) -> String {
    let local = london::local(at);
    (portal.words().common.date_at)(local.date(), &london::clock(local.time()))
}
