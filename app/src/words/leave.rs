//! Words of asking for leave, for families.

use chrono::NaiveDate;

use crate::rules::{
    calendar::{Session, SessionDay},
    form::Why,
    leave::{OtherParent, SpanProblem, State},
};

/// Asking for leave.
#[derive(Debug)]
pub struct LeaveWords {
    /// Title and way to it.
    pub title: &'static str,
    /// On the list: what it is.
    pub lead: &'static str,
    /// The law in a sentence.
    pub law: &'static str,
    /// Begins a form.
    pub begin: &'static str,
    /// The child lives with somebody else, or this guardian only reads: given the telephone number.
    pub not_yours: fn(&str) -> String,
    /// Too many forms are begun.
    pub too_many: &'static str,
    /// Heads the forms that are begun.
    pub drafts: &'static str,
    /// A begun form: when it was saved and until when it is kept, both written.
    pub draft_saved: fn(&str, NaiveDate) -> String,
    /// Goes on with one; read out with what it is about.
    pub go_on: &'static str,
    /// Throws one away.
    pub throw_away: &'static str,
    /// Asks before.
    pub drop_ask: &'static str,
    /// What goes with it.
    pub drop_lead: &'static str,
    /// Does so.
    pub drop_go: &'static str,
    /// Keeps it.
    pub drop_keep: &'static str,
    /// The step that the portal adds: letters and photos.
    pub files_step: &'static str,
    /// How many stand with it.
    pub files_there: fn(usize) -> String,
    /// Of a form on paper: nothing stands there.
    pub left_blank: &'static str,
    /// A begun form about nobody yet.
    pub nobody_yet: &'static str,
    /// Heads what was sent.
    pub sent: &'static str,
    /// Opens one.
    pub open: &'static str,
    /// Heads what waits for a signature.
    pub to_sign: &'static str,
    /// Opens one to sign.
    pub to_sign_open: &'static str,
    /// A state for families.
    pub state: fn(State) -> &'static str,
    /// The state since a date.
    pub since: fn(&str) -> String,
    /// A span of days.
    pub days: fn(NaiveDate, NaiveDate) -> String,
    /// Of the steps: done.
    pub done: &'static str,
    /// To do.
    pub to_do: &'static str,
    /// Answers that need another look.
    pub look_again: &'static str,
    /// How many of how many steps are done.
    pub progress: fn(usize, usize) -> String,
    /// Until when the answers are kept.
    pub kept_until: fn(NaiveDate) -> String,
    /// The last line of the list of steps.
    pub check_step: &'static str,
    /// While steps are missing.
    pub check_later: &'static str,
    /// The school keeps the applicant's address secret: instead of asking for one.
    pub address_secret: &'static str,
    /// No address is asked for, for a reason that is not said.
    pub no_address_needed: &'static str,
    /// Back to the list of steps.
    pub back_to_steps: &'static str,
    /// Back to all requests.
    pub back_to_list: &'static str,
    /// The button of a step.
    pub save_on: &'static str,
    /// Saves and goes to the list of steps.
    pub save_back: &'static str,
    /// Counts the sessions and stays.
    pub count: &'static str,
    /// Heads what has to be put right.
    pub errors: fn(usize) -> String,
    /// It was saved all the same.
    pub saved_anyway: &'static str,
    /// The same answers were changed elsewhere; what stands there follows.
    pub differs: &'static str,
    /// Before what stands there.
    pub stands_there: &'static str,
    /// What stands there is empty.
    pub stands_empty: &'static str,
    /// An answer that cannot be taken, given the question.
    pub why: fn(&str, Why) -> String,
    /// Which children?
    pub children: &'static str,
    /// Help beneath it.
    pub children_hint: &'static str,
    /// The box to tick.
    pub lives_with: &'static str,
    /// The children's line where one has no choice.
    pub no_child: &'static str,
    /// The box is not ticked.
    pub not_said: &'static str,
    /// The first day away.
    pub first: &'static str,
    /// The last day away.
    pub last: &'static str,
    /// The day back.
    pub back: &'static str,
    /// Help beneath the day back.
    pub back_hint: &'static str,
    /// Whose answer is a date: beneath it.
    pub date_hint: &'static str,
    /// From which half of the first day?
    pub first_session: &'static str,
    /// Until which half of the last day?
    pub last_session: &'static str,
    /// A half as the first.
    pub from_half: fn(Session) -> &'static str,
    /// A half as the last.
    pub until_half: fn(Session) -> &'static str,
    /// What the dates come to: sessions and days.
    pub comes_to: fn(usize, usize) -> String,
    /// The same for a child, where they differ.
    pub comes_to_for: fn(&str, usize, usize) -> String,
    /// Over how many sessions it is.
    pub count_label: &'static str,
    /// A child who has no school on these days.
    pub no_school_for: fn(&str) -> String,
    /// It has begun already.
    pub begun: &'static str,
    /// Dates that hang on days the school has not confirmed.
    pub unconfirmed: &'static str,
    /// What is wrong with the dates.
    pub span: fn(SpanProblem) -> &'static str,
    /// A session in a sentence: "Monday 7 December, morning".
    pub session: fn(SessionDay) -> String,
    /// "morning".
    pub half: fn(Session) -> &'static str,
    /// From session to session.
    pub from_to: fn(SessionDay, SessionDay) -> String,
    /// What of the other parent?
    pub other: &'static str,
    /// Help beneath it.
    pub other_hint: &'static str,
    /// An answer.
    pub other_answer: fn(OtherParent) -> &'static str,
    /// Whom to ask.
    pub ask: &'static str,
    /// What they would see.
    pub ask_hint: &'static str,
    /// Nobody is on record who can sign here.
    pub nobody_to_ask: &'static str,
    /// Nothing is chosen.
    pub no_other: &'static str,
    /// Nobody is chosen to be asked.
    pub no_signer: &'static str,
    /// The preview's first sentence.
    pub preview_lead: &'static str,
    /// One child: sessions asked for.
    pub preview_asked: fn(usize, usize) -> String,
    /// The count of today.
    pub preview_now: fn(u32) -> String,
    /// The highest count.
    pub preview_highest: fn(u32) -> String,
    /// In which weeks: the first and the last Monday.
    pub preview_window: fn(NaiveDate, NaiveDate) -> String,
    /// Sessions whose reason is not known yet count in it.
    pub preview_unknown: fn(u32) -> String,
    /// Some sessions do not count: the child need not go to school yet.
    pub preview_young: fn(&str) -> String,
    /// The school does not have all marks: the count may be too low.
    pub preview_incomplete: &'static str,
    /// Heads what ten means.
    pub preview_ten_heading: &'static str,
    /// What ten means.
    pub preview_ten: &'static str,
    /// The amounts: low, days for low, high, days for high.
    pub preview_amounts: fn(u32, u32, u32, u32) -> String,
    /// A second notice: the amount.
    pub preview_second: fn(u32) -> String,
    /// Each parent, each child; the council decides; and court.
    pub preview_each: &'static str,
    /// The offer of help: the telephone number.
    pub preview_help: fn(&str) -> String,
    /// Goes on.
    pub preview_on: &'static str,
    /// The preview was not seen.
    pub not_seen: &'static str,
    /// Children or dates are missing for the preview.
    pub preview_first: &'static str,
    /// Heading of the check page.
    pub check: &'static str,
    /// Over the answers (read out).
    pub what_answers: &'static str,
    /// Changes an answer; read out with the step.
    pub change: &'static str,
    /// No answer.
    pub left_out: &'static str,
    /// Heads the statements.
    pub statements: &'static str,
    /// A statement is not ticked, given its number.
    pub tick_each: fn(usize) -> String,
    /// The name.
    pub name: &'static str,
    /// Help beneath it, given the name on record.
    pub name_hint: fn(&str) -> String,
    /// No name.
    pub no_name: &'static str,
    /// The name is not the one on record: given it.
    pub other_name: fn(&str) -> String,
    /// Ticked to sign with another name all the same.
    pub other_name_box: &'static str,
    /// The version of the form.
    pub version: fn(i64, &str) -> String,
    /// Sends it.
    pub send: &'static str,
    /// Sends it in place of an earlier one.
    pub send_change: &'static str,
    /// Answers have changed since they were shown.
    pub changed_since: &'static str,
    /// The calendar has changed since, and with it the count.
    pub count_changed: &'static str,
    /// The form itself has changed since.
    pub form_changed: &'static str,
    /// Sending is not possible: not theirs any more, given the number.
    pub not_allowed: fn(&str) -> String,
    /// What is to be changed was decided meanwhile.
    pub cannot_change: &'static str,
    /// More files than one request may have, with those of the request that is changed.
    pub too_many_files: &'static str,
    /// The request's page.
    pub request: &'static str,
    /// The reference.
    pub reference: &'static str,
    /// When it was received.
    pub received: &'static str,
    /// Not in advance.
    pub late: &'static str,
    /// What that means.
    pub late_means: &'static str,
    /// What happens next.
    pub next: &'static str,
    /// The steps of what happens next.
    pub next_steps: &'static [&'static str],
    /// Not decided yet: do not book.
    pub not_yet: &'static str,
    /// Heads the decision.
    pub decision: &'static str,
    /// What was decided for a child: name and state.
    pub decided: fn(&str, State) -> String,
    /// Who decided and when.
    pub decided_by: fn(&str, bool, &str) -> String,
    /// A decision whose author is no longer on record.
    pub somebody: &'static str,
    /// How many sessions are agreed of how many.
    pub agreed: fn(usize, usize) -> String,
    /// Sessions agreed.
    pub agreed_list: &'static str,
    /// Sessions not agreed.
    pub refused_list: &'static str,
    /// What happens with those if they are missed all the same.
    pub refused_means: &'static str,
    /// The school's reasons.
    pub reasons: &'static str,
    /// The way to the letter.
    pub letter: &'static str,
    /// Beneath a letter: as what its signer signs; whether for the headteacher.
    pub letter_signs: fn(bool) -> &'static str,
    /// The way to letters and photos.
    pub evidence: &'static str,
    /// In a letter: who decided, and whether for the headteacher.
    pub letter_by: fn(&str, bool) -> String,
    /// In a letter: how much school, in numbers.
    pub counted: fn(usize, usize) -> String,
    /// Advice for the time away.
    pub advice: &'static str,
    /// Its heading.
    pub advice_heading: &'static str,
    /// Day back.
    pub back_on: fn(NaiveDate) -> String,
    /// Earlier decisions.
    pub earlier: &'static str,
    /// The states so far.
    pub so_far: &'static str,
    /// What was sent.
    pub what: &'static str,
    /// Signed by, at a time.
    pub signed_by: fn(&str, &str) -> String,
    /// Typed in from paper by the office.
    pub on_paper: &'static str,
    /// The other parents.
    pub others: &'static str,
    /// One of them: asked, signed or not.
    pub other_state: fn(Option<bool>, &str) -> String,
    /// Replaced by another.
    pub replaced: &'static str,
    /// Opens it.
    pub replaced_see: &'static str,
    /// Changes it.
    pub change_request: &'static str,
    /// Beside that: others are asked again.
    pub change_signers: &'static str,
    /// Takes it back.
    pub withdraw: &'static str,
    /// Before taking back.
    pub withdraw_ask: &'static str,
    /// For which children.
    pub withdraw_for: &'static str,
    /// Does so.
    pub withdraw_go: &'static str,
    /// Not chosen for whom.
    pub withdraw_none: &'static str,
    /// It cannot be taken back any more.
    pub withdraw_late: &'static str,
    /// In print: over how each child's request stands.
    pub status: &'static str,
    /// In print: the columns of that table: child, what was asked, how it stands.
    pub status_heads: [&'static str; 3],
    /// At the foot of a printed page: which, of how many.
    pub page_of: fn(usize, usize) -> String,
    /// As PDF.
    pub pdf: &'static str,
    /// A state for another parent: nothing of what the applicant and the school say to each other.
    pub sign_state: fn(State) -> &'static str,
    /// Heads what they have answered.
    pub answered: &'static str,
    /// They signed.
    pub answered_signed: &'static str,
    /// They did not.
    pub answered_not: &'static str,
    /// Signing as another parent: the heading.
    pub sign: &'static str,
    /// What they see and do not see.
    pub sign_lead: &'static str,
    /// For whom.
    pub sign_for: &'static str,
    /// When.
    pub sign_when: &'static str,
    /// The box.
    pub sign_box: &'static str,
    /// The box is not ticked.
    pub sign_tick: &'static str,
    /// Signs.
    pub sign_go: &'static str,
    /// Another name than the one on record: given it.
    pub sign_name: fn(&str) -> String,
    /// Would rather not.
    pub sign_not: &'static str,
    /// Help about not signing.
    pub sign_free: &'static str,
    /// Signed.
    pub sign_done: fn(&str) -> String,
    /// Said no.
    pub sign_declined: fn(&str) -> String,
    /// On home: a signature is asked for, given the children.
    pub home_sign: fn(&str) -> String,
    /// On home: the school has decided, given the children.
    pub home_decided: fn(&str) -> String,
    /// On home: the school asks something about it, given the children.
    pub home_asks: fn(&str) -> String,
    /// On home: the school has written about it, given the children.
    pub home_told: fn(&str) -> String,
    /// On home: a form that is begun; of no child's, so what it is given does not matter.
    pub home_draft: fn(&str) -> String,
    /// On home: the way to it.
    pub home_link: &'static str,
    /// Yes.
    pub yes: &'static str,
    /// No.
    pub no: &'static str,
}
