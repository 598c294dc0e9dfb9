use super::super::TroubleWords;

pub(super) const WORDS: TroubleWords = TroubleWords {
    not_found: ("There is no such page", "The address may be mistyped, or it is not for you. Nothing was sent."),
    not_allowed: (
        "This page is not part of your work",
        "If you need it, ask an administrator to change what your account may do.",
    ),
    signed_out: ("You are signed out", "The school has NOT received this. Go to home, sign in and send it once more."),
    nobody_chosen: (
        "We do not know yet who you are",
        "The school has NOT received this. Go to home, say who you are and send it once more.",
    ),
    stale_form: (
        "This form is too old",
        "The school has NOT received anything. Go back, load the page again and send it once more.",
    ),
    too_large: ("That was too much at once", "The school has NOT received it. Go back and send less text."),
    files_too_large: (
        "Those files are too large",
        "The school has NOT received them. Go back and add them one at a time, each at most 10 MB. A video cannot be added: send a photo.",
    ),
    too_often: (
        "Please wait a moment",
        "That was many requests in a short time. The school has NOT received the last one. Wait a minute and try again.",
    ),
    bad_request: (
        "That did not arrive whole",
        "The school has NOT received anything. Go back, load the page again and try once more.",
    ),
    not_received: (
        "The school has NOT received this",
        "Something failed on our side. Go back and send it again; sending twice does no harm.",
    ),
    unavailable: ("We cannot show this page now", "Something failed on our side. Please try again in a minute."),
    home: "Go to home",
    ring: |phone| format!("To be safe, ring the office on {phone}."),
};
