use super::super::DetailsWords;
use crate::rules::{
    details::{Field, NEEDS, State, Wrong},
    form::YES,
};

const NEED_WORDS: [&str; 5] = [
    "Letters in large print",
    "Letters in easy words",
    "A call rather than a letter",
    "British Sign Language",
    "A way in without steps",
];
const PRIORITIES: [&str; 3] = ["First", "Second", "Third or later"];

pub(super) fn field(field: Field) -> &'static str {
    match field {
        Field::Title => "Title",
        Field::Forename => "First name",
        Field::Surname => "Last name",
        Field::Email => "E-mail",
        Field::Mobile => "Mobile phone",
        Field::HomePhone => "Home phone",
        Field::WorkPhone => "Work phone",
        Field::Secret => "Address kept secret",
        Field::Address => "Address",
        Field::Language => "Language you speak best",
        Field::Interpreter => "Interpreter needed",
        Field::Needs => "What helps you",
        Field::Relationship => "You are the child’s",
        Field::LivesWith => "Lives with you",
        Field::Responsibility => "You have parental responsibility",
        Field::Priority => "When we ring you",
        Field::Collect => "You may collect from school",
        Field::KnownAs => "Known as",
        Field::CourtOrder => "Court order to talk about",
        Field::Somebody => "Somebody else to ring",
    }
}

pub(super) fn value(field: Field, value: &str) -> String {
    match field {
        Field::Secret
        | Field::Interpreter
        | Field::LivesWith
        | Field::Responsibility
        | Field::Collect
        | Field::CourtOrder => if value == YES { "Yes" } else { "No" }.to_owned(),
        Field::Priority => match value {
            "1" => "First".to_owned(),
            "2" => "Second".to_owned(),
            _ => "Third or later".to_owned(),
        },
        Field::Needs => {
            let words = NEEDS.into_iter().zip(NEED_WORDS).filter(|(need, _)| value.split(' ').any(|one| one == *need));
            words.map(|(_, word)| word).collect::<Vec<_>>().join("; ")
        }
        Field::Somebody => value.split('\n').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        _ => value.to_owned(),
    }
}

pub(super) const WORDS: DetailsWords = DetailsWords {
    title: "Your details",
    lead: "This is what the school’s own records say about you and about you and your children. Something not right? Ask us to change it. The office looks at every change before anything is altered.",
    only_yours: "You see what is held about you. Nobody else can see it here, and you cannot see what is held about another adult.",
    you: "About you",
    field,
    value,
    nothing: "Nothing noted",
    unknown: "Not noted here",
    born: |class, date| format!("{class}, born {date}"),
    by_phone: |phone| {
        format!("For a child’s legal name or date of birth we need to see a paper. Please ring the office on {phone}.")
    },
    health: |phone| {
        format!(
            "Medicine, allergies, your doctor and all else about health are not kept in this portal. Please tell the office on {phone}, or on the form that they give you."
        )
    },
    secret_kept: |phone| {
        format!(
            "Your address is kept secret. It is not stored or shown here. To change anything about it, ring the office on {phone}."
        )
    },
    asked: |value, when| format!("You asked for: {value} ({when})"),
    taken_away: "take it off",
    state: |state| match state {
        State::Asked => "with the office",
        State::Accepted | State::Keyed => "agreed",
        State::Refused => "not agreed",
        State::Arrived => "done",
        State::Withdrawn => "taken back",
        State::Replaced => "asked anew",
    },
    means: |state| match state {
        State::Asked => "The office has not decided yet.",
        State::Accepted => "The office has agreed and will put it into the school’s records.",
        State::Keyed => "The office has put it into the school’s records.",
        State::Refused => "The office has not changed this. Ring them if you do not know why.",
        State::Arrived => "The school’s records have it.",
        State::Withdrawn => "You took it back.",
        State::Replaced => "You asked for something else later.",
    },
    from_with: |date, names| format!("from {date}, {names}"),
    with_nobody: "without a child of this school",
    few: |name, told| {
        if told == 0 {
            format!("You have not given us anybody we can ring if something happens to {name}.")
        } else {
            format!("You have given us one person to ring if something happens to {name}. Is there somebody else?")
        }
    },
    few_why: "We count only the people you told us of. Whom others told us of is not shown here.",
    change: "Ask for a change",
    change_again: "Change what I asked for",
    still: "Is all this still right?",
    still_lead: "We ask once every school year, so that we can reach you when it matters.",
    still_go: "All still right",
    looked: |date| format!("You looked at this on {date}. Thank you."),
    home_still: "Are your details still right? Please look once this school year",
    home_asks: "The school asks you something about your details",
    home_told: "The school has written to you about your details",
    waiting: "What you asked for",
    sent: |reference, when| format!("{reference}, sent {when}"),
    next: "The office looks at it and may ask you something. You can change it or take it back until they have decided.",
    answered: "What became of earlier changes",
    heads: ["What", "In our records", "You asked for", "State"],
    withdraw: "Take it all back",
    withdraw_lead: "What the office has not decided yet is dropped. Everything stays as it is in the school’s records. An address that must be kept secret stays secret: to change that, ring the office.",
    withdraw_go: "Take it back",
    cannot: "We cannot show your details here",
    form_title: "Ask for a change",
    form_lead: "Change what is not right and leave the rest as it is. Nothing changes until the office has looked at it.",
    now: |value| format!("Now: {value}"),
    now_nothing: "Now: nothing noted",
    now_agreed: |value| format!("Agreed, on its way: {value}"),
    hint: |field| match field {
        Field::Email => {
            Some("You sign in with it. The old one goes on working until the new one is in the school’s records.")
        }
        Field::Mobile => Some("The number we ring first. Numbers abroad begin with + and the country’s code."),
        Field::Address => Some("A line each, with the postcode on the last."),
        Field::Secret => Some(
            "Tick this if nobody may learn where you live, as in a refuge. Type no address. As soon as you send this, the portal deletes what it holds of your address, and the office rings you.",
        ),
        Field::Somebody => Some("Ask them first. We ring them only if we cannot reach you."),
        Field::CourtOrder => Some("Write nothing about it here. The office rings you and needs to see the paper."),
        Field::Responsibility => Some("You say so, and the office checks it. It may ask to see a paper."),
        Field::Priority => Some("What you would like. The office decides."),
        Field::Needs => Some("Tick all that help. More than this, tell us when we talk."),
        _ => None,
    },
    question: |field, name| match field {
        Field::KnownAs => format!("What is {name} called at school?"),
        Field::Relationship => format!("What are you to {name}?"),
        Field::LivesWith => format!("Does {name} live with you?"),
        Field::Responsibility => format!("Do you have parental responsibility for {name}?"),
        Field::Priority => format!("If something happens to {name}, when would you like us to ring you?"),
        Field::Collect => format!("May you collect {name} from school?"),
        Field::Somebody => format!("Who else can we ring about {name}?"),
        Field::CourtOrder => format!("There is a court order about {name} that the school should know of"),
        Field::Secret => "My address must be kept secret".to_owned(),
        Field::Interpreter => "Do you need an interpreter?".to_owned(),
        Field::Needs => "What would help you?".to_owned(),
        other => self::field(other).to_owned(),
    },
    priorities: PRIORITIES,
    needs: NEED_WORDS,
    yes: "Yes",
    no: "No",
    reach: "How we reach you",
    home: "Where you live",
    help: "Language and help",
    from: "From when?",
    with: "Which of your children live there too?",
    from_hint: "Only if the address changes",
    somebody: ["Their name", "What they are to your child", "Their phone number"],
    look: "Check what I changed",
    wrong: |field, wrong| match wrong {
        Wrong::TooLong(most) => format!("{}: use at most {most} characters", self::field(field)),
        Wrong::NoName => "Give at least one name".to_owned(),
        Wrong::Needed if field == Field::Email => {
            "Give the new e-mail address. To have none, ring the office".to_owned()
        }
        Wrong::Needed => "Give the new address, or leave the one there is".to_owned(),
        Wrong::NotEmail => "Give an e-mail address like name@example.com".to_owned(),
        Wrong::NotPhone => {
            format!("{}: give a number like 01632 960001, or one from abroad like +48 22 123 45 67", self::field(field))
        }
        Wrong::NotAddress => "Give the address in two to seven lines of at most 60 characters".to_owned(),
        Wrong::NoFrom => "Give the day from which the new address counts".to_owned(),
        Wrong::OddFrom => "Give a day within a year of today, like 1 December 2026".to_owned(),
        Wrong::NobodysName => "Give the name of the person to ring".to_owned(),
        Wrong::NobodysPhone => "Give the phone number of the person to ring".to_owned(),
        Wrong::Nothing => "You have not changed anything. Change what is not right, or go back".to_owned(),
    },
    check_title: "Check what you changed",
    check_lead: "This goes to the office. Your old details count until they have agreed.",
    check_email: "We tell your old e-mail address that a change was asked for. Go on signing in with the old one until the new one is in the school’s records.",
    check_secret: |phone| {
        format!(
            "Your address must be kept secret. When you send this, the portal deletes every address of yours that it holds, at once and without waiting for an answer. The office rings you. You can also ring them on {phone}."
        )
    },
    check_order: "The office rings you about the court order.",
    send: "Send to the office",
    again: "Go back and change",
    changed: "Your details or what you asked for changed after you opened the form, and nothing was sent. Please look at what you typed and send it again.",
    differs: "Something else was already sent with this form. Please look at what you typed and send it again.",
    thanks: |reference| {
        format!("Sent. Your reference is {reference}. Nothing is changed until the office has looked at it.")
    },
    thanks_right: "Thank you. You need not look again this school year.",
    mail_asked: |school, reference, link, phone| {
        (
            format!("{school}: a change of your details was asked for, {reference}"),
            format!(
                "Somebody who is signed in as you has asked {school} to change details in its records. The office looks at it \
                 first.\n\nYou can see it here, after signing in:\n{link}\n\nIf it was not you, please ring the school on {phone}.\n\n{school}\n"
            ),
        )
    },
    mail_email: |school, reference, link, phone| {
        (
            format!("{school}: another e-mail address was asked for, {reference}"),
            format!(
                "Somebody who is signed in as you has asked {school} to use another e-mail address for you. The office looks at it \
                 first. Until the school's records have it, you sign in with this one.\n\nYou can see it here, after signing in:\n{link}\n\n\
                 If it was not you, please ring the school on {phone} at once.\n\n{school}\n"
            ),
        )
    },
};
