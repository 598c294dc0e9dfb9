use super::super::EnterWords;

pub(super) const WORDS: EnterWords = EnterWords {
    title: "Enter a report",
    name: "Child",
    name_hint: "A few letters of any part of the name, or the class, then Enter.",
    find: "Find",
    nobody: |typed| format!("Nobody on roll matches “{typed}”. Try fewer letters."),
    done: |children, reference| format!("Entered for {children}. Reference {reference}. The next one?"),
    already: |when, from, at| format!("Already reported: {when}, by {from}, received {at}. This adds to it."),
    siblings: "Brothers and sisters too?",
    told: "Who told us?",
    no_told: "Choose who told us",
    no_contacts: "Nobody is on record for this child. Write it in your MIS, and bring in the roster again.",
    no_access: "no access to this site",
    no_email: "no e-mail",
    how: "How?",
    channel: |word| match word {
        "phone" => "Telephone",
        "voicemail" => "Voicemail",
        "desk" => "At the desk",
        "letter" => "Letter",
        "mail" => "E-mail",
        _ => "Another way",
    },
    send: "Enter this report",
    back: "Somebody else",
};
