use super::super::LetterWords;
use crate::rules::letter::Letter;

pub(super) const WORDS: LetterWords = LetterWords {
    title: |letter| match letter {
        Letter::LeaveGranted => "Your request for leave: agreed",
        Letter::LeaveInPart => "Your request for leave: agreed in part",
        Letter::LeaveRefused => "Your request for leave: not agreed",
    },
    text: |letter| match letter {
        Letter::LeaveGranted => LEAVE_GRANTED,
        Letter::LeaveInPart => LEAVE_IN_PART,
        Letter::LeaveRefused => LEAVE_REFUSED,
    },
    secret: ["Address kept secret by the school:", "hand this over, or ring first"],
    page_of: |page, pages| format!("Page {page} of {pages}"),
    reference: |reference| format!("Reference {reference}"),
};

const LEAVE_GRANTED: &str = "\
Dear {parent}

Thank you for telling us about {child}’s absence. You asked for {asked}: {sessions_asked}. I have thought carefully about what you told us, and I can agree to all of it.

# What is agreed

- {granted}

That is {sessions_granted}. In the register they are recorded as {recorded_granted}.

# Why

- {reasons}

{note}

# While {child} is away

The school does not set work for this time. Reading together every day helps a lot, and so does a diary of what {child} sees and does.

We look forward to having {child} back on {back}. If your plans change, please tell us as soon as you can: {phone} or {email}. Days beyond those in this letter are not agreed. They would be recorded as absence that was not agreed.

This was decided by {decided_by} on {decided_on}.
";

const LEAVE_IN_PART: &str = "\
Dear {parent}

Thank you for telling us about {child}’s absence. You asked for {asked}: {sessions_asked}. I have thought carefully about what you told us. I can agree to part of it.

# What is agreed

- {granted}

That is {sessions_granted}. In the register they are recorded as {recorded_granted}.

# What is not agreed

- {refused}

That is {sessions_refused}. If {child} is away then, they are recorded as {recorded_refused}.

# Why

- {reasons}

{note}

# What can follow

Ten or more sessions of absence that was not agreed, within ten school weeks, can lead to a penalty notice from the council. It is for each parent and each child: £{notice_low} if paid within {notice_low_days} days, £{notice_high} within {notice_high_days} days. A second one within three years is £{notice_second}. After that a court may decide.

# While {child} is away

The school does not set work for this time. Reading together every day helps a lot, and so does a diary of what {child} sees and does.

We look forward to having {child} back on {back}. If something makes it hard to be here, or you would like to talk about this letter, please get in touch: {phone} or {email}. We would like to help.

This was decided by {decided_by} on {decided_on}.
";

const LEAVE_REFUSED: &str = "\
Dear {parent}

Thank you for telling us about {child}’s absence. You asked for {asked}: {sessions_asked}. I have thought carefully about what you told us. I am sorry that I cannot agree to it.

# What is not agreed

- {refused}

That is {sessions_refused}. We expect {child} at school. If {child} is away all the same, they are recorded as {recorded_refused}.

# Why

- {reasons}

{note}

The law lets a headteacher agree to leave in term time only where the circumstances are exceptional.

# What can follow

Ten or more sessions of absence that was not agreed, within ten school weeks, can lead to a penalty notice from the council. It is for each parent and each child: £{notice_low} if paid within {notice_low_days} days, £{notice_high} within {notice_high_days} days. A second one within three years is £{notice_second}. After that a court may decide.

# We would like to help

If there is something we do not know yet, or something makes it hard to be here on these days, please tell us: {phone} or {email}. We will listen, and look at it together.

This was decided by {decided_by} on {decided_on}.
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::letter::{check, fill};

    #[test]
    fn every_letter_can_be_filled_in() {
        for letter in Letter::ALL {
            let text = (WORDS.text)(letter);
            assert_eq!(check(letter, text), []);
            let values: Vec<_> = letter.placeholders().iter().map(|name| (*name, format!("<{name}>"))).collect();
            assert!(fill(text, &values).is_ok_and(|parts| parts.len() > 8), "{}", letter.word());
        }
    }

    #[test]
    fn no_letter_leaves_out_what_it_owes() {
        for letter in Letter::ALL {
            let text = (WORDS.text)(letter);
            let mut owed = vec![
                "parent",
                "child",
                "asked",
                "sessions_asked",
                "reasons",
                "note",
                "decided_by",
                "decided_on",
                "phone",
            ];
            if letter != Letter::LeaveRefused {
                owed.extend(["granted", "sessions_granted", "recorded_granted", "back"]);
            }
            if letter != Letter::LeaveGranted {
                owed.extend([
                    "refused",
                    "sessions_refused",
                    "recorded_refused",
                    "notice_low",
                    "notice_low_days",
                    "notice_high",
                ]);
                owed.extend(["notice_high_days", "notice_second"]);
            }
            for name in owed {
                assert!(text.contains(&format!("{{{name}}}")), "{}: {name}", letter.word());
            }
        }
    }
}
