use super::super::DesignateWords;
use crate::rules::designate::Problem;

pub(super) const WORDS: DesignateWords = DesignateWords {
    nav: "Designates",
    title: "Who decides leave for you",
    lead: "While you are away, somebody you name here can read applications for leave and decide them, between two dates and no longer. They see nothing else because of it. Each decision carries their own name.",
    present: "Now and to come",
    none: "Nobody. Only you decide leave.",
    past: "Before",
    span: |first, last| if first == last { first.to_owned() } else { format!("{first} to {last}") },
    now: "decides now",
    coming: "to come",
    over: "ended",
    no_dates: "Invited to decide leave. Counts once you give two dates.",
    shut: "account shut",
    end: "End it now",
    end_hint: "They can decide nothing more from this moment on.",
    name: "Name somebody",
    prove: "Naming somebody counts as your signature, so we ask for a code from your authenticator app first.",
    prove_go: "Give a code and name somebody",
    who: "Who",
    who_hint: "Everybody who has an account here. Somebody who decides now can be given a new last day.",
    choose: "Choose a name",
    first: "First day",
    last: "Last day",
    last_hint: "Up to a year. The day itself counts, until midnight.",
    go: "Let them decide leave",
    no_who: "Choose who decides leave for you",
    nobody: "This person cannot be named: they have not joined yet, their account is shut, or they are a headteacher",
    problem: |problem| match problem {
        Problem::NoFirst => "Give the first day, like 23 November 2026",
        Problem::FirstGone => "The first day has gone. Choose today or a later day",
        Problem::NoLast => "Give the last day, like 27 November 2026",
        Problem::LastBefore => "The last day comes before the first",
        Problem::TooLong => "That is more than a year. Choose an earlier last day",
    },
    until: |last| {
        format!(
            "They decide until {last} already. Choose a first day that follows on, or end that first: one person has one pair of dates at a time"
        )
    },
    errors: "Something to put right",
};
