//! Words of staff accounts.

use crate::rules::access::Role;

/// Staff accounts.
#[derive(Debug)]
pub struct StaffWords {
    /// Title and heading of the sign-in.
    pub title: &'static str,
    /// Address.
    pub email: &'static str,
    /// Password.
    pub password: &'static str,
    /// The button.
    pub enter: &'static str,
    /// Address or password is wrong.
    pub wrong: &'static str,
    /// Too many tries.
    pub too_many: &'static str,
    /// Too many wrong codes today.
    pub too_many_today: &'static str,
    /// Title of the second factor.
    pub second_title: &'static str,
    /// What it says.
    pub second_lead: &'static str,
    /// Code.
    pub code: &'static str,
    /// Hint: a recovery code works too.
    pub code_hint: &'static str,
    /// The code is no good.
    pub wrong_code: &'static str,
    /// Asks for a code again: title.
    pub prove_title: &'static str,
    /// Why.
    pub prove_lead: &'static str,
    /// Leads back to the first step.
    pub start_again: &'static str,
    /// Title of joining.
    pub join_title: &'static str,
    /// What it says, given the school.
    pub join_lead: fn(&str) -> String,
    /// Name.
    pub name: &'static str,
    /// A new password.
    pub new_password: &'static str,
    /// Hint: at least so many characters.
    pub new_password_hint: &'static str,
    /// Too short.
    pub short_password: &'static str,
    /// Too long.
    pub long_password: &'static str,
    /// Too common.
    pub common_password: &'static str,
    /// Little more than the school's name or the own address.
    pub known_password: &'static str,
    /// Scan this.
    pub scan: &'static str,
    /// Or type this.
    pub secret: &'static str,
    /// Opens the app, for who reads this on the phone itself.
    pub open_app: &'static str,
    /// Hint: the code the app shows now.
    pub app_code_hint: &'static str,
    /// The QR code's words.
    pub qr: &'static str,
    /// The button.
    pub join_go: &'static str,
    /// Missing name.
    pub no_name: &'static str,
    /// Missing or impossible address.
    pub no_email: &'static str,
    /// Title of the recovery codes.
    pub recovery_title: &'static str,
    /// What it says.
    pub recovery_lead: &'static str,
    /// Goes on to sign-in.
    pub recovery_go: &'static str,
    /// The link is dead.
    pub join_dead: (&'static str, &'static str),
    /// Title of the list of people.
    pub people: &'static str,
    /// Invite somebody.
    pub invite: &'static str,
    /// What it says.
    pub invite_lead: &'static str,
    /// Their name.
    pub their_name: &'static str,
    /// Missing name.
    pub no_their_name: &'static str,
    /// Their address.
    pub their_email: &'static str,
    /// Missing or impossible address.
    pub no_their_email: &'static str,
    /// What they are.
    pub roles: &'static str,
    /// In the list: somebody who is nothing today, as a designate outside their dates.
    pub no_role_today: &'static str,
    /// No role chosen.
    pub no_role: &'static str,
    /// The address is taken.
    pub taken: &'static str,
    /// The button.
    pub invite_go: &'static str,
    /// Not joined yet.
    pub waiting: &'static str,
    /// Shut.
    pub disabled: &'static str,
    /// Open.
    pub active: &'static str,
    /// Whoever reads the list.
    pub yourself: &'static str,
    /// Opens what can be done with somebody.
    pub change: &'static str,
    /// Shut the account.
    pub disable: &'static str,
    /// What that does.
    pub disable_hint: &'static str,
    /// Open the account.
    pub enable: &'static str,
    /// What that does.
    pub enable_hint: &'static str,
    /// Start afresh.
    pub reset: &'static str,
    /// What that does.
    pub reset_hint: &'static str,
    /// A new link for somebody who has not joined.
    pub new_link: &'static str,
    /// What that does.
    pub new_link_hint: &'static str,
    /// The last administrator.
    pub last_administrator: &'static str,
    /// A role in plain words.
    pub role: fn(Role) -> &'static str,
    /// Navigation: board.
    pub nav_board: &'static str,
    /// Navigation: people.
    pub nav_people: &'static str,
    /// Navigation: mail.
    pub nav_mail: &'static str,
    /// Title of undelivered mail.
    pub mail_title: &'static str,
    /// What it says.
    pub mail_lead: &'static str,
    /// All mail has gone.
    pub mail_none: &'static str,
    /// Column heads: to, about, written, tried, state.
    pub mail_heads: [&'static str; 5],
    /// Given up.
    pub mail_given_up: &'static str,
    /// Trying again.
    pub mail_trying: &'static str,
    /// What a message is about, by its word in the outbox.
    pub mail_kind: fn(&str) -> &'static str,
    /// Landing page of staff whose rooms are not built yet.
    pub nothing_here: (&'static str, &'static str),
    /// Errors' heading.
    pub errors: &'static str,
}
