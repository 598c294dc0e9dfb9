use super::super::SignInWords;

pub(super) const WORDS: SignInWords = SignInWords {
    title: "Sign in",
    lead: "No password. We send a code to the e-mail address that the school holds for you.",
    email: "Your e-mail address",
    email_hint: "The one you gave the school.",
    send: "Send me a code",
    not_an_address: "Type your e-mail address, like name@example.com",
    sent_title: "Look in your inbox",
    sent: "If the school holds this address, a message is on its way. It has a code of six figures and a link. Both work for ten minutes.",
    nothing_comes: |phone| {
        format!("If nothing comes, look in the junk folder, then ring the school on {phone} or ask for an invitation.")
    },
    code: "Code from the message",
    code_hint: "Six figures",
    enter: "Sign in",
    wrong_code: "That code does not work. Look at the newest message and type all six figures, or ask for a new code.",
    again: "Ask for a new code",
    link_title: "Sign in on this device",
    link_lead: "This device stays signed in for 90 days. Only do this on a device that is yours.",
    link_go: "Sign in on this device",
    link_dead_title: "This link no longer works",
    link_dead: "A link works once, for ten minutes. Please ask for a new one.",
    who_title: "Who are you?",
    who_lead: "Several people share this e-mail address. Choose your own name. You can report an absence; signing forms needs an address of your own.",
    i_am: |name| format!("I am {name}"),
    too_many: "That was many tries in a short time. Please wait ten minutes, or ring the school.",
    staff: "School staff sign in here",
};
