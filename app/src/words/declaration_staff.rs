//! Words of the policy and its declarations, for staff.

use chrono::NaiveDate;

use crate::rules::declaration::{Answer, DraftProblem, Standing};

/// Publishing the policy and following who declares.
#[derive(Debug)]
pub struct DeclarationStaffWords {
    /// Title and way to it.
    pub title: &'static str,
    /// No version has been published.
    pub none: &'static str,
    /// Leads to the draft.
    pub write: &'static str,
    /// Leads to a version.
    pub version: fn(i64, NaiveDate) -> String,
    /// Heads the counts.
    pub how_many: &'static str,
    /// How many children stand so, of how many.
    pub count: fn(Standing, usize) -> String,
    /// Heads those who want to talk.
    pub talks: &'static str,
    /// None do.
    pub no_talks: &'static str,
    /// An answer to a version that does not count any more.
    pub about_earlier: fn(i64) -> String,
    /// An answer as a tag.
    pub answer: fn(Answer) -> &'static str,
    /// Nothing was answered.
    pub unanswered: &'static str,
    /// Nobody has written back.
    pub waits: &'static str,
    /// Heads the classes.
    pub classes: &'static str,
    /// Class, children, all, some, none, nobody asked.
    pub class_heads: [&'static str; 6],
    /// Heads a class's children.
    pub children_of: fn(&str) -> String,
    /// Child, guardians with answers.
    pub child_heads: [&'static str; 2],
    /// Nobody is asked about this child.
    pub nobody: &'static str,
    /// All classes again.
    pub all_classes: &'static str,
    /// Leads to reminders.
    pub remind: &'static str,
    /// Leads to slips.
    pub slips: &'static str,
    /// Leads to the file for governors.
    pub csv: &'static str,
    /// Its heads.
    pub csv_heads: [&'static str; 6],
    /// A class too small to be shown.
    pub small: &'static str,
    /// The whole school.
    pub whole: &'static str,
    /// Heads the versions.
    pub versions: &'static str,
    /// A version in the list: number, adopted, published (written), who.
    pub listed: fn(i64, NaiveDate, &str, Option<&str>) -> String,
    /// Title of the draft.
    pub draft_title: &'static str,
    /// What it is.
    pub draft_lead: &'static str,
    /// When the draft was saved and by whom.
    pub saved: fn(&str, Option<&str>) -> String,
    /// Heads the errors.
    pub not_published: &'static str,
    /// A problem.
    pub problem: fn(DraftProblem) -> String,
    /// The fields' labels: title, adopted, renewal, summary, changes, text.
    pub fields: [&'static str; 6],
    /// Help with them.
    pub hints: [&'static str; 6],
    /// Saves and shows.
    pub look: &'static str,
    /// Publishes.
    pub publish: &'static str,
    /// What publishing does.
    pub publish_means: &'static str,
    /// Heads the file.
    pub file: &'static str,
    /// What it is.
    pub file_hint: &'static str,
    /// Adds it.
    pub file_add: &'static str,
    /// Takes it away.
    pub file_remove: &'static str,
    /// The file that stands there.
    pub file_there: fn(&str) -> String,
    /// Not a PDF.
    pub file_not_pdf: &'static str,
    /// Nothing chosen.
    pub file_none: &'static str,
    /// Heads what families will see.
    pub shown: &'static str,
    /// The statement that is signed, from the settings.
    pub statement: &'static str,
    /// Saved.
    pub kept: &'static str,
    /// Somebody else saved or published meanwhile.
    pub changed: &'static str,
    /// Back to the list.
    pub back: &'static str,
    /// Heads the fingerprints.
    pub manifest: &'static str,
    /// What they are.
    pub manifest_lead: &'static str,
    /// The manifest's own.
    pub manifest_own: fn(&str) -> String,
    /// Everything is as published.
    pub intact: &'static str,
    /// Parts that are not.
    pub altered: fn(&str) -> String,
    /// How many answers: signed, talk, no.
    pub answers: fn(usize, usize, usize) -> String,
    /// Heads the text.
    pub text: &'static str,
    /// Title of a child's page.
    pub child_title: fn(&str) -> String,
    /// What a guardian is to the child.
    pub is: fn(&str) -> String,
    /// On paper.
    pub on_paper: &'static str,
    /// The scan.
    pub scan: &'static str,
    /// Heads paper.
    pub paper: &'static str,
    /// What it is.
    pub paper_lead: &'static str,
    /// Who signed.
    pub paper_who: &'static str,
    /// Which version is signed.
    pub paper_version: fn(i64, NaiveDate) -> String,
    /// The date on it.
    pub paper_day: &'static str,
    /// The name on it.
    pub paper_name: &'static str,
    /// The scan's field.
    pub paper_scan: &'static str,
    /// Help with it.
    pub paper_scan_hint: &'static str,
    /// The button.
    pub paper_go: &'static str,
    /// Nobody is left who could sign on paper.
    pub paper_nobody: &'static str,
    /// Nobody chosen.
    pub paper_no_who: &'static str,
    /// No day, or one to come.
    pub paper_no_day: &'static str,
    /// The day lies before the one on which the version was published.
    pub paper_early: fn(NaiveDate) -> String,
    /// Says that it is this version all the same.
    pub paper_early_box: &'static str,
    /// No name.
    pub paper_no_name: &'static str,
    /// They have signed already, or are not asked any more.
    pub paper_refused: &'static str,
    /// Another version was published meanwhile.
    pub paper_new_version: &'static str,
    /// Heads a conversation.
    pub talk_with: fn(&str) -> String,
    /// Heads one about an answer that another has followed.
    pub talk_earlier: fn(&str, i64) -> String,
    /// A guardian who is not asked about this child.
    pub not_asked: &'static str,
    /// The message's field.
    pub message: &'static str,
    /// Whether an answer is asked for.
    pub asks: &'static str,
    /// Sends it.
    pub send: &'static str,
    /// This guardian cannot be reached here.
    pub no_reach: &'static str,
    /// Title of reminders.
    pub remind_title: &'static str,
    /// How many would be reminded about how many children.
    pub remind_count: fn(usize, usize) -> String,
    /// How many cannot be reached by mail.
    pub remind_out_of_reach: fn(usize) -> String,
    /// Nobody waits.
    pub remind_nobody: &'static str,
    /// Heads the message.
    pub remind_message: &'static str,
    /// Within which hours.
    pub remind_hours: fn(&str, &str) -> String,
    /// The button, with the count.
    pub remind_go: fn(usize) -> String,
    /// Stops it.
    pub remind_stop: &'static str,
    /// Another run is under way.
    pub remind_busy: &'static str,
    /// The number has changed since it was shown.
    pub remind_changed: &'static str,
    /// Heads the runs.
    pub runs: &'static str,
    /// A run: begun (written), who, sent, people.
    pub run: fn(&str, Option<&str>, i64, i64) -> String,
    /// How it stands: waiting, stopped.
    pub run_state: fn(i64, bool, bool) -> String,
    /// Title of slips.
    pub slips_title: &'static str,
    /// What they are: how many.
    pub slips_lead: fn(usize) -> String,
    /// Whom a slip is for.
    pub slip_for: fn(&str) -> String,
    /// What it says.
    pub slip_text: &'static str,
    /// Where to go, given the address.
    pub slip_address: fn(&str) -> String,
    /// What the picture is.
    pub slip_code: &'static str,
    /// No address is held.
    pub slip_no_mail: fn(&str) -> String,
}
