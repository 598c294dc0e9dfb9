//! Reminders on their way: a few each second while the school's hours allow, each in a transaction of its own.

use crate::{
    routes,
    store::{Reminded, StoreError},
    web::Portal,
};

/// How many leave in one round, which is a second: a school of 640 guardians is done in two minutes, and whoever presses "Stop"
/// stops it.
const AT_ONCE: usize = 6;

/// One round of whatever run is under way. Whatever happens to the program in the middle, nobody is reminded twice.
///
/// # Errors
/// When the store fails; the next round goes on.
pub async fn round(portal: &Portal) -> Result<(), StoreError> {
    if !portal.policy.remind.open(portal.now()) {
        return Ok(());
    }
    let mut sent = false;
    for _ in 0..AT_ONCE {
        let mail = routes::reminder(portal);
        match portal.school.remind_next(mail, portal.today(), portal.now()).await? {
            Reminded::Sent => sent = true,
            Reminded::Skipped => {}
            Reminded::Nothing => break,
        }
    }
    if sent {
        portal.mail_waits.notify_one();
    }
    Ok(())
}
