use super::super::ProveWords;

pub(super) const WORDS: ProveWords = ProveWords {
    title: "Is it you?",
    lead: "What comes next counts as your signature. Phones get left on tables, and children pick them up, so we ask for a fresh code first.",
    stale: "It is more than 15 minutes since you last typed a code, so nothing was sent. What you typed is still here. Get a fresh code, come back to this page and press the button again.",
    stale_go: "Get a fresh code (opens a new window)",
    where_to: "We send it to the e-mail address that you signed in with. It works for ten minutes.",
    send: "Send me a code",
    sent: "A message with a code of six figures is on its way. Type it here. It works once, for ten minutes.",
    nothing_comes: |phone| format!("If nothing comes, look in the junk folder, then ring the school on {phone}."),
    enter: "Go on",
    again: "Send me a new code",
    too_many: |phone| {
        format!(
            "You have asked for many codes in a short time, so we send no more for now. Please use the newest one, wait an hour, or ring the school on {phone}."
        )
    },
    cannot_title: "We cannot send you a code",
    shared: |phone| {
        format!(
            "More than one person uses the e-mail address on this device, so a code sent there would not tell us who you are. Please ring the office on {phone}: they can note an address that is yours alone, or find another way with you."
        )
    },
    paper: |phone| {
        format!(
            "This device was signed in with a letter from the school, so there is no e-mail address that a code could go to. Please ring the office on {phone}: they can note your address, or find another way with you."
        )
    },
    paper_sign_in: "The school has my address now: sign in with it",
    still: "You can go on reporting absences and reading everything here.",
    back: "Back to your page",
};
