//! Words of the roster's import and of the review of who may do what.

use crate::rules::{
    access::Access,
    import::{Caution, Doubt, Fault, Field},
};

/// The roster's import.
#[derive(Debug)]
pub struct RosterWords {
    /// Navigation.
    pub nav: &'static str,
    /// Title and heading of the page.
    pub title: &'static str,
    /// What it says.
    pub lead: &'static str,
    /// Hint under it.
    pub file_hint: &'static str,
    /// Columns that a file needs.
    pub needed: [(&'static str, &'static str); 4],
    /// Columns that are good to have.
    pub wanted: [(&'static str, &'static str); 6],
    /// The file has more than ten megabytes.
    pub too_large: &'static str,
    /// The people have changed meanwhile.
    pub changed_meanwhile: &'static str,
    /// Children, contacts, links.
    pub tally_rows: [&'static str; 3],
    /// Heading of the doubts.
    pub doubts: &'static str,
    /// The box that confirms a file in doubt.
    pub anyway: &'static str,
    /// The box was not ticked.
    pub not_confirmed: &'static str,
    /// Section: missing.
    pub missing: fn(usize) -> String,
    /// What that means.
    pub missing_lead: &'static str,
    /// A contact that is missing, given their name and the child's.
    pub missing_contact: fn(&str, &str) -> String,
    /// Section: new classes.
    pub classes: fn(usize) -> String,
    /// A contact beside a child: "Ngozi Okafor, mother of Ada Okafor".
    pub tie: fn(&str, &str, &str) -> String,
    /// Yes and no.
    pub yes_no: [&'static str; 2],
    /// Waits for the office.
    pub waits: &'static str,
    /// What a contact may do.
    pub access: fn(Access) -> &'static str,
    /// A bar stands.
    pub barred: &'static str,
    /// The field's name.
    pub field: fn(Field) -> &'static str,
    /// Why a line is set aside.
    pub fault: fn(Fault) -> String,
    /// What to look at.
    pub caution: fn(Caution) -> String,
    /// Why a file has to be confirmed.
    pub doubt: fn(Doubt) -> String,
    /// How many wait for the office.
    pub done_waiting: fn(usize) -> String,
    /// Nobody waits.
    pub done_nobody: &'static str,
    /// To the review.
    pub to_review: &'static str,
    /// For the command line: in doubt, nothing was changed.
    pub cli_doubt: &'static str,
}

/// The review of who may do what.
#[derive(Debug)]
pub struct ReviewWords {
    /// Navigation.
    pub nav: &'static str,
    /// Title and heading.
    pub title: &'static str,
    /// What it says.
    pub lead: &'static str,
    /// Heading: waiting, given how many.
    pub waiting: fn(usize) -> String,
    /// Nobody waits.
    pub nobody_waits: &'static str,
    /// Why somebody waits: court order, nothing said, neither, something else.
    pub why: [&'static str; 4],
    /// "mother of Ada Okafor, 3 Oak".
    pub of: fn(&str, &str, &str) -> String,
    /// Opens what can be decided.
    pub decide: &'static str,
    /// Buttons: full, view, none.
    pub give: [&'static str; 3],
    /// What each does.
    pub give_hint: &'static str,
    /// The link is no longer as it was shown.
    pub stale: &'static str,
    /// Barred.
    pub barred: &'static str,
    /// Heading: bars.
    pub bars: fn(usize) -> String,
    /// What the office reads there.
    pub bars_lead: &'static str,
    /// Sets a bar.
    pub set_bar: &'static str,
    /// What it does.
    pub set_bar_hint: &'static str,
    /// Lifts a bar.
    pub lift_bar: &'static str,
    /// What it does.
    pub lift_bar_hint: &'static str,
    /// Only safeguarding and the head may.
    pub bar_others: &'static str,
    /// Mark: the address is kept secret.
    pub secret: &'static str,
    /// Heading: whose address is kept secret.
    pub secrets: fn(usize) -> String,
    /// What it says.
    pub secret_lead: &'static str,
    /// Who says so.
    pub secret_others: &'static str,
    /// Keeps it secret.
    pub set_secret: &'static str,
    /// What it does.
    pub set_secret_hint: &'static str,
    /// Lifts that.
    pub lift_secret: &'static str,
    /// What it does.
    pub lift_secret_hint: &'static str,
    /// Heading: who had access to a child who has left, given how many.
    pub lefts: fn(usize) -> String,
    /// What it says.
    pub left_lead: &'static str,
    /// Mark: the child has left.
    pub left_tag: &'static str,
    /// The last day, and what comes back with the child.
    pub left: fn(&str, &str) -> String,
    /// What shutting does then.
    pub shut_hint: &'static str,
    /// Heading: children whom nobody can report.
    pub alone: fn(usize) -> String,
    /// What it says.
    pub alone_lead: &'static str,
    /// Heading: shared inboxes.
    pub shared: fn(usize) -> String,
    /// What it says.
    pub shared_lead: &'static str,
    /// Two with the same name.
    pub twice: &'static str,
    /// Heading: never signed in.
    pub never: fn(usize) -> String,
    /// What it says.
    pub never_lead: &'static str,
    /// No address.
    pub no_address: &'static str,
    /// Prints an invitation.
    pub invite: &'static str,
    /// What it does.
    pub invite_hint: &'static str,
    /// An invitation waits, given until when.
    pub invited: fn(&str) -> String,
    /// Signed in with an invitation.
    pub by_paper: &'static str,
    /// Takes it back.
    pub revoke: &'static str,
    /// What it does.
    pub revoke_hint: &'static str,
    /// They may see no child.
    pub nothing_to_see: &'static str,
    /// Heading: missing from the last file.
    pub missing: fn(usize) -> String,
    /// What it says.
    pub missing_lead: &'static str,
    /// Since when, given the written day.
    pub since: fn(&str) -> String,
    /// Heading: by class.
    pub classes: &'static str,
    /// What it says.
    pub classes_lead: &'static str,
    /// Back to the whole review.
    pub back: &'static str,
    /// Title of a class, given its name.
    pub class: fn(&str) -> String,
    /// Nothing in a section.
    pub none: &'static str,
}

/// The invitation on paper, and the page where its code is typed.
#[derive(Debug)]
pub struct InvitationWords {
    /// Title of the sheet.
    pub sheet_title: &'static str,
    /// Says that it is shown once.
    pub once: &'static str,
    /// Prints: what to do.
    pub print: &'static str,
    /// The letter's heading, given the school.
    pub heading: fn(&str) -> String,
    /// To whom.
    pub dear: fn(&str) -> String,
    /// What it is for.
    pub body: &'static str,
    /// The steps, given the address.
    pub steps: fn(&str) -> [String; 3],
    /// Label of the code.
    pub code: &'static str,
    /// Until when, given the written day.
    pub until: fn(&str) -> String,
    /// A warning not to pass it on.
    pub keep: &'static str,
    /// Title and heading of the page.
    pub title: &'static str,
    /// What it says.
    pub lead: &'static str,
    /// Hint under the code.
    pub code_hint: &'static str,
    /// The birthday.
    pub born: &'static str,
    /// Hint under it.
    pub born_hint: &'static str,
    /// Day, month, year.
    pub parts: [&'static str; 3],
    /// The button.
    pub enter: &'static str,
    /// Not twelve characters.
    pub not_a_code: &'static str,
    /// Not a date.
    pub not_a_date: &'static str,
    /// Code and birthday do not go together, or the code is worn out.
    pub wrong: fn(&str) -> String,
    /// Too many tries.
    pub too_many: &'static str,
    /// A link to this page from the sign-in.
    pub link: &'static str,
}
