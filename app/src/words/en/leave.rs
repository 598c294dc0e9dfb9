use chrono::NaiveDate;

use super::super::LeaveWords;
use super::{common::WORDS as COMMON, plural};
use crate::rules::{
    calendar::{Session, SessionDay},
    form::Why,
    leave::{OtherParent, SpanProblem, State},
};

fn counted(number: usize, one: &'static str, many: &'static str) -> String {
    format!("{number} {}", plural(i64::try_from(number).unwrap_or(i64::MAX), one, many))
}

fn day_date(date: NaiveDate) -> String {
    (COMMON.day_date)(date)
}

fn full_date(date: NaiveDate) -> String {
    (COMMON.full_date)(date)
}

pub(super) fn sessions(number: usize) -> String {
    counted(number, "session", "sessions")
}

fn half(session: Session) -> &'static str {
    match session {
        Session::Am => "morning",
        Session::Pm => "afternoon",
    }
}

fn at(at: SessionDay) -> String {
    format!("{}, {}", day_date(at.date), half(at.session))
}

pub(super) const WORDS: LeaveWords = LeaveWords {
    title: "Leave in term time",
    lead: "To ask for leave of absence, fill in this form before the leave begins. It is the school’s form: a letter or a call does not take its place.",
    law: "The headteacher can agree to leave only when there are exceptional circumstances. Please wait for the decision before you book.",
    begin: "Start the form",
    not_yours: |phone| {
        format!(
            "Only a parent whom the child normally lives with can ask for leave here. If that is you and the school has it wrong, or you would like to talk about it, please ring {phone}."
        )
    },
    too_many: "You have started several forms already. Please go on with one of them, or throw one away first.",
    drafts: "Started, not sent",
    draft_saved: |when, until| format!("Saved {when}. Kept until {}.", full_date(until)),
    go_on: "Go on",
    throw_away: "Throw away",
    drop_ask: "Throw this form away?",
    drop_lead: "Everything written in it goes, and the letters and photos that were added to it. It cannot be brought back.",
    drop_go: "Throw it away",
    drop_keep: "Keep it",
    files_step: "Letters and photos",
    files_there: |count| match count {
        0 => "None added".to_owned(),
        1 => "1 file added".to_owned(),
        count => format!("{count} files added"),
    },
    left_blank: "Left blank",
    nobody_yet: "A form with no child chosen yet",
    sent: "What you have sent",
    open: "Open",
    to_sign: "Waiting for your signature",
    to_sign_open: "Read and sign",
    state: |state| match state {
        State::Sent => "Sent",
        State::Considered => "The school is looking at it",
        State::MoreWanted => "The school has asked you something",
        State::Granted => "Agreed",
        State::GrantedInPart => "Agreed in part",
        State::Refused => "Not agreed",
        State::Withdrawn => "You took it back",
        State::Replaced => "Changed by a later form",
    },
    since: |when| format!("since {when}"),
    days: |first, last| {
        if first == last { full_date(first) } else { format!("{} to {}", full_date(first), full_date(last)) }
    },
    done: "Done",
    to_do: "To do",
    look_again: "Please look again",
    progress: |done, all| format!("{done} of {all} steps done"),
    kept_until: |until| {
        format!("Your answers are kept until {}, on any phone or computer you sign in on.", full_date(until))
    },
    check_step: "Check your answers and sign",
    check_later: "When the steps above are done",
    address_secret: "The school keeps your address secret. Please write no address anywhere on this form: the school does not need one.",
    no_address_needed: "The school needs no address here.",
    back_to_steps: "All steps",
    back_to_list: "Leave in term time",
    save_on: "Save and go on",
    save_back: "Save and see all steps",
    count: "Count the sessions",
    errors: |number| match number {
        1 => "Please look at one answer".to_owned(),
        number => format!("Please look at {number} answers"),
    },
    saved_anyway: "What you wrote is saved.",
    differs: "These answers were changed in another window or on another device. Nothing was saved yet, and nothing you typed is lost. To keep what you typed, save again.",
    stands_there: "Saved there:",
    stands_empty: "nothing",
    why: |question, why| {
        let question = question.trim_end_matches(['?', '.', ':']);
        match why {
            Why::Missing => format!("{question}: please answer"),
            Why::TooLong(most) => format!("{question}: use at most {most} characters"),
            Why::NotADate => format!("{question}: give day, month and year"),
            Why::NotAChoice => format!("{question}: choose one of the answers"),
        }
    },
    children: "Which children is it for?",
    children_hint: "Only children who live with you are listed.",
    lives_with: "I am a parent, and the child (or children) I have chosen normally lives with me.",
    no_child: "Choose at least one child",
    not_said: "Tick the box if the children you have chosen live with you",
    first: "First day away",
    last: "Last day away",
    back: "Back at school on",
    back_hint: "The first day your child is in school again.",
    date_hint: "For instance 7 December 2026.",
    first_session: "Away from",
    last_session: "Away until",
    from_half: |session| match session {
        Session::Am => "the morning",
        Session::Pm => "after lunch",
    },
    until_half: |session| match session {
        Session::Am => "lunchtime",
        Session::Pm => "the end of the day",
    },
    comes_to: |number, days| format!("That is {} of school on {}.", sessions(number), counted(days, "day", "days")),
    comes_to_for: |name, number, days| {
        format!("For {name} that is {} of school on {}.", sessions(number), counted(days, "day", "days"))
    },
    count_label: "How much school that is",
    no_school_for: |name| format!("{name} has no school on these days, so nothing needs to be asked for."),
    begun: "This leave has already begun. Leave in exceptional circumstances can no longer be agreed: the school takes this form as information. Please also report the absence.",
    unconfirmed: "A day in between may still become a closed day. The school counts again when it decides.",
    span: |problem| match problem {
        SpanProblem::First => "Give the first day away, with day, month and year",
        SpanProblem::Last => "Give the last day away, with day, month and year",
        SpanProblem::LastBeforeFirst => "The last day away must not be before the first",
        SpanProblem::Back => "Give the day your child is back, with day, month and year",
        SpanProblem::BackTooSoon => "The day back must come after the last session away",
        SpanProblem::Gap => "There is school between the last day away and the day back. Change one of them",
        SpanProblem::NoSchool => "There is no school on these days, so you need not ask for leave",
        SpanProblem::TooFar => "That is further ahead than the school’s calendar goes. Please ring the office",
    },
    session: at,
    half,
    from_to: |first, last| {
        if first == last { at(first) } else { format!("{} to {}", at(first), at(last)) }
    },
    other: "Does the other parent know of this request?",
    other_hint: "Each family is different. No answer is held against you.",
    other_answer: |other| match other {
        OtherParent::Asked => "Yes. Please ask them to sign as well",
        OtherParent::Knows => "Yes, they know of it",
        OtherParent::Alone => "There is nobody to ask",
        OtherParent::RatherNot => "I would rather not say",
    },
    ask: "Whom shall we ask?",
    ask_hint: "They see the children, the days and the statement to sign. They do not see where you will be, how you travel, or how to reach you. If they sign, they also get the decision and a letter of their own.",
    nobody_to_ask: "The school has nobody else on record who can sign here. Please choose another answer.",
    no_other: "Choose the answer that fits",
    no_signer: "Choose whom to ask, or another answer",
    preview_lead: "Before you sign, here is what this leave would come to if it were not agreed and your child were away all the same. It is worked out from the marks the school holds today. It says nothing about what the school will decide.",
    preview_asked: |number, days| {
        format!("This leave is {} of school on {}.", sessions(number), counted(days, "day", "days"))
    },
    preview_now: |number| match number {
        0 => "In the ten school weeks up to now no session is recorded as unauthorised.".to_owned(),
        1 => "In the ten school weeks up to now 1 session is recorded as unauthorised.".to_owned(),
        number => format!("In the ten school weeks up to now {number} sessions are recorded as unauthorised."),
    },
    preview_highest: |number| {
        format!(
            "If it were not agreed and nothing else were missed, the highest count in any ten school weeks would be {number}."
        )
    },
    preview_window: |first, last| {
        format!("Those are the school weeks from {} to the week of {}.", full_date(first), full_date(last))
    },
    preview_unknown: |number| match number {
        1 => "In that count is 1 session whose reason the school does not know yet.".to_owned(),
        number => format!("In that count are {number} sessions whose reason the school does not know yet."),
    },
    preview_young: |name| {
        format!(
            "{name} does not have to go to school yet on some or all of these days. Sessions before that day do not count."
        )
    },
    preview_incomplete: "The school does not hold all marks of those weeks, so the count may be too low.",
    preview_ten_heading: "What ten sessions mean",
    preview_ten: "Everywhere in England a school must think about a penalty notice when there are 10 unauthorised sessions (a session is half a day) in ten school weeks. It looks at each family first, and the council decides.",
    preview_amounts: |low, low_days, high, high_days| {
        format!("A first notice is £{low} if paid within {low_days} days, or £{high} within {high_days} days.")
    },
    preview_second: |amount| format!("A second one for the same parent and child within three years is £{amount}."),
    preview_each: "A notice is for each parent and each child. The council can also take a case to court.",
    preview_help: |phone| {
        format!(
            "If getting to school is hard at the moment, or you would like to talk first, please ring {phone}. We would like to help."
        )
    },
    preview_on: "I have read this",
    not_seen: "Please read this page: children or dates have changed",
    preview_first: "Choose the children and the dates first. Then this page can count.",
    check: "Check your answers",
    what_answers: "Your answers",
    change: "Change",
    left_out: "No answer",
    statements: "What you declare",
    tick_each: |number| format!("Statement {number}: tick the box if it is true. The form cannot be sent without it"),
    name: "Your full name",
    name_hint: |name| format!("It is your signature. The school has you as {name}."),
    no_name: "Type your full name",
    other_name: |name| {
        format!("The school has you as {name}. Type that name, or tick the box beneath if you sign with another")
    },
    other_name_box: "This is my name, and the school’s record is not right",
    version: |version, digest| format!("Form version {version}, fingerprint {digest}"),
    send: "Sign and send",
    send_change: "Sign and send the changed form",
    changed_since: "The answers were changed in another window since you opened this page. Please check them again. Nothing was sent.",
    count_changed: "The school has changed its calendar since you opened this page, so the count of sessions is another. Please check it again. Nothing was sent.",
    form_changed: "The school has changed its form since you opened this page. Please check your answers again. Nothing was sent.",
    not_allowed: |phone| {
        format!(
            "The school’s record does not let you send this form for one of these children. Nothing was sent. Please ring {phone}."
        )
    },
    cannot_change: "The request you wanted to change was decided or taken back meanwhile. Nothing was sent, and this form can no longer be sent. Please start a new one, or ring the office.",
    too_many_files: "With the letters and photos that were added to the earlier request there are more than five now. Nothing was sent. Please take some away, here or there, then send it again.",
    request: "Your request for leave",
    reference: "Reference",
    received: "Received",
    late: "not in advance",
    late_means: "It came after the leave had begun, so the school takes it as information: leave in exceptional circumstances can no longer be agreed.",
    next: "What happens next",
    next_steps: &[
        "The office checks that nothing is missing, and asks you here if something is.",
        "The headteacher, or somebody the headteacher has named, decides.",
        "You hear by e-mail that the decision is here, and get a letter.",
    ],
    not_yet: "This is not agreed yet. Please wait for the decision.",
    decision: "The school’s decision",
    decided: |name, state| match state {
        State::Granted => format!("{name}: agreed"),
        State::GrantedInPart => format!("{name}: agreed in part"),
        _ => format!("{name}: not agreed"),
    },
    decided_by: |name, designate, when| {
        if designate {
            format!("Decided by {name} for the headteacher, {when}")
        } else {
            format!("Decided by {name}, headteacher, {when}")
        }
    },
    somebody: "the school",
    agreed: |granted, asked| format!("{granted} of {} agreed", sessions(asked)),
    agreed_list: "Agreed",
    refused_list: "Not agreed",
    refused_means: "If your child is away in these sessions all the same, they are recorded as unauthorised absence.",
    reasons: "The reasons",
    letter: "Your letter (PDF)",
    letter_signs: |designate| if designate { "For the headteacher" } else { "Headteacher" },
    evidence: "Add letters or photos",
    letter_by: |name, designate| {
        if designate { format!("{name}, for the headteacher,") } else { format!("{name}, headteacher,") }
    },
    counted: |number, days| format!("{} on {}", sessions(number), counted(days, "school day", "school days")),
    advice_heading: "For the time away",
    advice: "The school gives no work for the time away. Please read with your child every day, and let them keep a diary to show their class.",
    back_on: |day| format!("Back at school on {}.", day_date(day)),
    earlier: "Earlier decision",
    so_far: "What has happened so far",
    what: "What you sent",
    signed_by: |name, when| format!("Signed by {name}, {when}"),
    on_paper: "Handed in on paper, typed in by the office",
    others: "Other parents",
    other_state: |signed, when| match signed {
        None => format!("asked {when}, no answer yet"),
        Some(true) => format!("signed {when}"),
        Some(false) => format!("answered {when}: not signed"),
    },
    replaced: "You sent a changed form. This one no longer counts.",
    replaced_see: "See the form that counts",
    change_request: "Change this request",
    change_signers: "If you change it, other parents are asked to sign again.",
    withdraw: "Take this request back",
    withdraw_ask: "Do you want to take this request back?",
    withdraw_for: "For whom?",
    withdraw_go: "Take it back",
    withdraw_none: "Choose at least one child",
    withdraw_late: "This can no longer be changed or taken back here. See below how it stands, or ring the office.",
    status: "How it stands",
    status_heads: ["Child", "Asked for", "State"],
    page_of: |page, of| format!("Page {page} of {of}"),
    pdf: "As a PDF file",
    sign_state: |state| match state {
        State::Sent | State::Considered | State::MoreWanted => "Not decided yet.",
        State::Granted => "Agreed.",
        State::GrantedInPart => "Agreed in part.",
        State::Refused => "Not agreed.",
        State::Withdrawn => "Taken back.",
        State::Replaced => "Changed by a later form.",
    },
    answered: "What you were asked to sign",
    answered_signed: "signed",
    answered_not: "not signed",
    sign: "Sign for leave",
    sign_lead: "Another parent has asked for leave and would like you to sign as well. You see the children and the days. Where they will be and how they travel is not shown.",
    sign_for: "For",
    sign_when: "Days",
    sign_box: "I have read this and agree to it",
    sign_tick: "Tick the box if you agree, or say that you will not sign",
    sign_go: "Sign",
    sign_name: |name| {
        format!("The school has you as {name}. Type that name; if it is not right, ring the office first")
    },
    sign_not: "I will not sign",
    sign_free: "You are free to sign or not. If you do not, the school still decides about the request. The school and the parent who asked see whether you signed, and when.",
    sign_done: |when| format!("You signed {when}."),
    sign_declined: |when| {
        format!(
            "You answered {when} that you will not sign. You can still change your mind until the school has decided."
        )
    },
    home_sign: |children| format!("A request for leave for {children} waits for your signature"),
    home_decided: |children| format!("The school has decided about leave for {children}"),
    home_asks: |children| format!("The school asks you something about the leave for {children}"),
    home_told: |children| format!("The school has written to you about the leave for {children}"),
    home_draft: |_| "Your form for leave is not sent yet".to_owned(),
    home_link: "Ask for leave in term time",
    yes: "Yes",
    no: "No",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_many() {
        assert_eq!((WORDS.comes_to)(1, 1), "That is 1 session of school on 1 day.");
        assert_eq!((WORDS.comes_to)(10, 5), "That is 10 sessions of school on 5 days.");
        let day = NaiveDate::from_ymd_opt(2026, 12, 7).unwrap_or_default();
        assert_eq!((WORDS.days)(day, day), "7 December 2026");
    }
}
