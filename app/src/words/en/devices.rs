use super::super::DeviceWords;

pub(super) const WORDS: DeviceWords = DeviceWords {
    title: "Your devices",
    lead: "These phones and computers are signed in as you. If you do not know one, or have lost it, sign it out.",
    this_one: "this device",
    since: |when| format!("Signed in on {when}"),
    seen: |when| format!("last used on {when}"),
    revoke: "Sign out",
    unknown: "A device",
    label: |browser, system| format!("{browser} on {system}"),
};
