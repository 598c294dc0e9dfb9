use super::{super::LeavingWords, common::WORDS as COMMON};
use crate::rules::leaving::{DayProblem, Kind, State};

pub(super) const WORDS: LeavingWords = LeavingWords {
    title: "Leaving the school",
    lead: "If your child is going to leave, tell us here as early as you can, for brothers and sisters together. You do not need to know everything yet.",
    law: "This form does not take your child off the roll. The school does that when the law allows it, and until then the place is your child’s.",
    begin: "Start the form",
    begin_early: "Leaving before the end of term: start the form",
    last_term: |children| {
        format!(
            "{children} will leave at the end of the summer term with all of Year 6, so no form is needed. Use it only for leaving before that, or for a move that changes which school comes next."
        )
    },
    not_yours: |phone| {
        format!(
            "Only a parent can tell the school here that a child leaves. If that is you and the school has it wrong, or you would like to talk about it, please ring {phone}."
        )
    },
    who_sees: "Only the school sees what you write here. No other parent is told that you have sent this form, or where you are going.",
    until: |day| format!("last day {day}"),
    meeting_short: "a meeting about home education",
    state: |kind, state| match (kind, state) {
        (Kind::Notice, State::Open) => "Sent to the school",
        (Kind::Meeting, State::Open) => "Meeting asked for",
        (_, State::Withdrawn) => "You took it back",
        (_, State::Replaced) => "Changed by a later form",
    },
    children: "Who is leaving?",
    children_hint: "Only children whose parent you are in the school’s record are listed.",
    children_are: "For",
    last_day: "Last day at this school",
    last_day_hint: "The last day your child comes to school, for instance 18 December 2026. If it has been already, give it all the same.",
    gone: "This day has passed. Please send the form all the same: the school needs to know where your child is.",
    day: |problem| match problem {
        DayProblem::Missing => "Give the last day, with day, month and year",
        DayProblem::NoSchool => "There is no school on this day. Give the last school day before it",
        DayProblem::TooFar => "That is further ahead than the school’s calendar goes. Please ring the office",
        DayProblem::TooLongAgo => "That is more than a year ago. Please ring the office",
        DayProblem::Anyway => {
            "Year 6 leaves on this day anyway, so no form is needed for a child in Year 6. Take that child out, or give an earlier day"
        }
    },
    not_here: "Teaching a child at home begins with a meeting, not with this form",
    stays: "You said that you are moving: choose what fits the new address",
    notice: "Your child is leaving",
    address_by_phone: "Please write no address anywhere on this form: the school asks you by telephone.",
    rings: "The school rings you about the address. Please do not write it here or in an e-mail.",
    next_steps: &[
        "The office asks the new school, or the council, whether your child has a place, and asks you here if something is missing.",
        "The school tells the council, as the law asks, and sends your child’s records to the new school.",
        "From the day after the last one you cannot report absences here any more. What you have sent can be read for a while longer.",
    ],
    not_yet: "Your child still has a place here, and is expected until the last day.",
    read_until: |day| {
        format!(
            "Your child has left the school. You can read and save what you sent until {}. If something has changed, please ring the office.",
            (COMMON.full_date)(day)
        )
    },
    change: "Change this form",
    withdraw: "My child stays: take it back",
    withdraw_ask: "Does your child stay at this school?",
    withdraw_means: "If you take it back, the school no longer reckons with your leaving, for any of these children. If only one of them stays, change the form instead.",
    cannot_change: "This can no longer be changed or taken back here. Please ring the office.",
    meeting: "Teaching your child at home",
    meeting_lead: "Parents in England may teach their children themselves. Because it is a big step, it begins with a talk and not with a form: nothing has been sent, and nothing changes by reading this page.",
    meeting_know: &[
        "Please meet us first. We would like to hear what has led to it, and whether something here can be put right.",
        "If you then decide to do it, write the school a letter or an e-mail that says so and from which day. The law asks for it in writing. Until that day your child is expected at school.",
        "The school tells the council, which may get in touch with you. The whole of the teaching, and what it costs, is then yours, and this place may be given to another child.",
        "Some children need the council’s agreement first: for instance where a special school, a child protection plan or an enquiry about a child’s safety is concerned. Ask us before you decide.",
    ],
    meeting_ring: |phone| format!("You can also ring {phone}."),
    meeting_ask: "Ask for a meeting",
    meeting_for: "About:",
    meeting_text: "When could you come, and what would you like to talk about?",
    meeting_hint: "A sentence is enough. Only the school reads it.",
    meeting_go: "Ask for a meeting",
    meeting_not: "This is not a notice that your child leaves.",
    meeting_asked: "A meeting about home education",
    meeting_next: |phone| {
        format!(
            "The school answers here with a day and a time; you get an e-mail that a message is waiting. If it is urgent, ring {phone}. Your child stays on the roll and is expected at school."
        )
    },
    home_asks: |children| format!("The school asks you something about {children} leaving"),
    home_told: |children| format!("The school has written to you about {children} leaving"),
    home_draft: |_| "Your form about leaving is not sent yet".to_owned(),
    home_link: "Tell us that a child is leaving",
};
