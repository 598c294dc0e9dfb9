//! The answer to an asking: a code and a link, or silence.

use rand::Rng;

use crate::{
    routes::{code_hash, link_hash},
    store::{NewMail, SignInAnswer, StoreError, WaitingSignIn},
    web::{Portal, cookies},
};

/// Looks whom the address belongs to and writes the message.
pub(super) async fn answer(portal: &Portal, asking: &WaitingSignIn) -> Result<SignInAnswer, StoreError> {
    let sharers = portal.school.sharers(&asking.email).await?;
    let words = &portal.words().mail;
    let school = &portal.policy.school_name;
    let phone = portal.office_phone();
    if sharers.is_empty() {
        return Ok(SignInAnswer::Silence);
    }
    if sharers.len() > 1 && sharers.iter().any(|sharer| sharer.barred) {
        let (subject, body) = (words.ask_office)(school, &phone);
        return Ok(SignInAnswer::Message(NewMail { to: Some(asking.email.clone()), kind: "sign-in", subject, body }));
    }
    let code = format!("{:06}", rand::rng().random_range(0..1_000_000));
    let token = cookies::new_token();
    let link = portal.address(&app::paths::sign_in_link(&token));
    let (subject, body) = (words.sign_in)(school, &code, &link, &phone);
    Ok(SignInAnswer::Code {
        code_hash: code_hash(portal, &asking.sign_in_id, &code),
        link_hash: link_hash(portal, &token),
        mail: NewMail { to: Some(asking.email.clone()), kind: "sign-in", subject, body },
    })
}
