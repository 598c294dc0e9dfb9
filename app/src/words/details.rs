//! Words of a family's details: what the school holds and what is asked to be changed.

use super::mail::Message;
use crate::rules::details::{Field, State, Wrong};

/// What the school holds, and asking for changes.
#[derive(Debug)]
pub struct DetailsWords {
    /// Title, heading and link on home.
    pub title: &'static str,
    /// What the page is, for a guardian.
    pub lead: &'static str,
    /// What it does not show.
    pub only_yours: &'static str,
    /// Heading over a guardian's own.
    pub you: &'static str,
    /// A field's name.
    pub field: fn(Field) -> &'static str,
    /// A value as people read it.
    pub value: fn(Field, &str) -> String,
    /// Nothing is held of a field that the file brings.
    pub nothing: &'static str,
    /// The school's file does not tell us.
    pub unknown: &'static str,
    /// A child's class and birthday: given the class and the date.
    pub born: fn(&str, &str) -> String,
    /// What else of a child is put right by a call: given the telephone number.
    pub by_phone: fn(&str) -> String,
    /// Health: where it goes, given the telephone number.
    pub health: fn(&str) -> String,
    /// Nothing of where they live is kept.
    pub secret_kept: fn(&str) -> String,
    /// Asked for: given the new value, and the written time.
    pub asked: fn(&str, &str) -> String,
    /// What is to be taken away.
    pub taken_away: &'static str,
    /// The tag of a state.
    pub state: fn(State) -> &'static str,
    /// What a state means to the family.
    pub means: fn(State) -> &'static str,
    /// From when, and with whom: given the date and names.
    pub from_with: fn(&str, &str) -> String,
    /// Nobody of the children.
    pub with_nobody: &'static str,
    /// A warning: this guardian has told of fewer than two people to ring for a child, given the name and how many.
    pub few: fn(&str, usize) -> String,
    /// Why nothing of others is said there.
    pub few_why: &'static str,
    /// The button that opens the form.
    pub change: &'static str,
    /// The same where something is asked for already.
    pub change_again: &'static str,
    /// Asks whether all is right.
    pub still: &'static str,
    /// Says why.
    pub still_lead: &'static str,
    /// The button.
    pub still_go: &'static str,
    /// When they last looked, given the written date.
    pub looked: fn(&str) -> String,
    /// The line on home.
    pub home_still: &'static str,
    /// On home: the school asks something about the details.
    pub home_asks: &'static str,
    /// On home: the school has written about them.
    pub home_told: &'static str,
    /// Heading over what waits.
    pub waiting: &'static str,
    /// When it was asked for: given the reference and the written time.
    pub sent: fn(&str, &str) -> String,
    /// What happens next.
    pub next: &'static str,
    /// Heading over what was answered lately.
    pub answered: &'static str,
    /// Heads of the table: what, now, new, state.
    pub heads: [&'static str; 4],
    /// Takes it all back.
    pub withdraw: &'static str,
    /// What that does.
    pub withdraw_lead: &'static str,
    /// The button.
    pub withdraw_go: &'static str,
    /// Not from this device: title.
    pub cannot: &'static str,
    /// Title of the form.
    pub form_title: &'static str,
    /// What it says.
    pub form_lead: &'static str,
    /// What is held now, beside a field: given the value.
    pub now: fn(&str) -> String,
    /// Beside a field of which nothing is held.
    pub now_nothing: &'static str,
    /// Agreed and not there yet: given the value.
    pub now_agreed: fn(&str) -> String,
    /// Help at a field.
    pub hint: fn(Field) -> Option<&'static str>,
    /// A question about a child, given the name.
    pub question: fn(Field, &str) -> String,
    /// Choices of the order of ringing.
    pub priorities: [&'static str; 3],
    /// Choices of needs, in the order of `NEEDS`.
    pub needs: [&'static str; 5],
    /// Yes.
    pub yes: &'static str,
    /// No.
    pub no: &'static str,
    /// Heading over telephone and e-mail.
    pub reach: &'static str,
    /// Heading over where they live.
    pub home: &'static str,
    /// Heading over language and help.
    pub help: &'static str,
    /// From when the new address counts.
    pub from: &'static str,
    /// Which children live there.
    pub with: &'static str,
    /// Only where the address changes.
    pub from_hint: &'static str,
    /// The parts of somebody to ring: name, relationship, number.
    pub somebody: [&'static str; 3],
    /// The button to the check.
    pub look: &'static str,
    /// A problem at a field.
    pub wrong: fn(Field, Wrong) -> String,
    /// Title of the check.
    pub check_title: &'static str,
    /// What it says.
    pub check_lead: &'static str,
    /// A new e-mail address: what it means.
    pub check_email: &'static str,
    /// The address was dropped, since it has to be secret: given the telephone number.
    pub check_secret: fn(&str) -> String,
    /// A court order: the office rings.
    pub check_order: &'static str,
    /// The button.
    pub send: &'static str,
    /// Back to the form.
    pub again: &'static str,
    /// What the form was drawn from has changed.
    pub changed: &'static str,
    /// Something else was sent with this form.
    pub differs: &'static str,
    /// Thanks after sending: given the reference.
    pub thanks: fn(&str) -> String,
    /// Thanks for looking.
    pub thanks_right: &'static str,
    /// Mail: a change was asked for, and nothing of what. School, reference, link, telephone number.
    pub mail_asked: fn(&str, &str, &str, &str) -> Message,
    /// The same where the e-mail address is to change: it goes to the old one.
    pub mail_email: fn(&str, &str, &str, &str) -> Message,
}
