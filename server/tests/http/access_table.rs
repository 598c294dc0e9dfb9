//! What everybody gets from each route: the table of design section 9, as far as there are routes.
//!
//! A number is a status. The words are redirects: see [`means`].

use app::paths;
use app::rules::access::Role;

use super::guests::Who;

/// One line of the table.
pub(super) struct Row {
    pub(super) verb: &'static str,
    pub(super) path: &'static str,
    gets: Gets,
}

enum Gets {
    /// Everybody the same.
    Everybody(&'static str),
    /// A shared inbox with nobody chosen; a guardian in full; one who may look; one who may nothing.
    Parents([&'static str; 4]),
    /// Half signed in, then the roles in their order.
    Staff([&'static str; 9]),
}

const fn all(verb: &'static str, path: &'static str, gets: &'static str) -> Row {
    Row { verb, path, gets: Gets::Everybody(gets) }
}

const fn parents(verb: &'static str, path: &'static str, gets: [&'static str; 4]) -> Row {
    Row { verb, path, gets: Gets::Parents(gets) }
}

const fn staff(verb: &'static str, path: &'static str, gets: [&'static str; 9]) -> Row {
    Row { verb, path, gets: Gets::Staff(gets) }
}

#[rustfmt::skip]
pub(super) const TABLE: &[Row] = &[
    all("GET",  paths::HEALTHZ, "200"),
    all("GET",  paths::READYZ, "200"),
    all("GET",  paths::ASSETS, "200"),
    all("GET",  "/robots.txt", "200"),
    all("GET",  "/favicon.ico", "200"),
    all("GET",  paths::SIGN_IN, "200"),
    all("POST", paths::SIGN_IN, "200"),
    all("POST", paths::SIGN_IN_CODE, "422"),
    all("GET",  paths::SIGN_IN_LINK, "200"),
    all("POST", paths::SIGN_IN_LINK, "200"),
    all("GET",  paths::INVITATION, "200"),
    all("POST", paths::INVITATION, "422"),
    all("GET",  paths::STAFF_SIGN_IN, "200"),
    all("POST", paths::STAFF_SIGN_IN, "422"),
    all("GET",  paths::STAFF_JOIN, "200"),
    all("POST", paths::STAFF_JOIN, "200"),
    all("POST", paths::API_MARKS, "401"),
    all("GET",  paths::DEMO_MAIL, "200"),
    all("GET",  paths::DEMO_CODES, "200"),
    //                                    inbox    full       view       none
    parents("GET",  paths::SIGN_IN_WHO,  ["200",   "home",    "home",    "home"]),
    parents("POST", paths::SIGN_IN_WHO,  ["home",  "404",     "404",     "404"]),
    parents("POST", paths::SIGN_OUT,     ["out",   "out",     "out",     "out"]),
    parents("GET",  paths::HOME,         ["who",   "200",     "200",     "200"]),
    parents("GET",  paths::REPORT,       ["who",   "200",     "404",     "404"]),
    parents("GET",  paths::REPORT_CHILD, ["who",   "200",     "404",     "404"]),
    parents("POST", paths::REPORT,       ["403",   "receipt", "404",     "404"]),
    parents("GET",  paths::RECEIPTS,     ["who",   "200",     "200",     "200"]),
    parents("GET",  paths::RECEIPT,      ["who",   "200",     "404",     "404"]),
    parents("GET",  paths::EVIDENCE,     ["who",   "200",     "404",     "404"]),
    parents("POST", paths::EVIDENCE,     ["403",   "receipt", "404",     "404"]),
    parents("GET",  paths::EVIDENCE_FILE, ["who",  "200",     "404",     "404"]),
    parents("POST", paths::EVIDENCE_REMOVE, ["who", "receipt", "404",    "404"]),
    parents("GET",  paths::CHANGE,       ["who",   "200",     "404",     "404"]),
    parents("GET",  paths::WITHDRAW,     ["who",   "200",     "404",     "404"]),
    parents("POST", paths::WITHDRAW,     ["who",   "receipt", "404",     "404"]),
    parents("GET",  paths::ATTENDANCE,   ["who",   "200",     "200",     "404"]),
    parents("GET",  paths::ATTENDANCE_CSV, ["who", "200",     "200",     "404"]),
    parents("GET",  paths::ATTENDANCE_DAY, ["who", "200",     "200",     "404"]),
    parents("POST", paths::ATTENDANCE_DAY, ["403", "422",     "404",     "404"]),
    parents("POST", paths::STILL,        ["403",   "home",    "404",     "404"]),
    parents("POST", paths::COMING_BACK,  ["403",   "422",     "404",     "404"]),
    parents("POST", paths::MESSAGES,     ["403",   "receipt", "404",     "404"]),
    parents("GET",  paths::DEVICES,      ["who",   "200",     "200",     "200"]),
    parents("POST", paths::REVOKE,       ["who",   "devices", "devices", "devices"]),
    parents("GET",  paths::PROVE,        ["who",   "200",     "200",     "200"]),
    parents("POST", paths::PROVE,        ["who",   "prove",   "prove",   "prove"]),
    parents("GET",  paths::DETAILS,      ["who",   "200",     "200",     "404"]),
    parents("GET",  paths::DETAILS_CHANGE, ["who", "200",     "200",     "404"]),
    parents("POST", paths::DETAILS_CHANGE, ["403", "422",     "422",     "404"]),
    parents("POST", paths::DETAILS_RIGHT, ["who",  "right",   "right",   "404"]),
    parents("POST", paths::DETAILS_WITHDRAW, ["who", "details", "details", "404"]),
    parents("POST", paths::DETAILS_MESSAGES, ["403", "talked", "talked", "404"]),
    parents("GET",  paths::LEAVE,        ["who",   "200",     "200",     "200"]),
    parents("POST", paths::LEAVE,        ["who",   "form",    "403",     "403"]),
    parents("GET",  paths::LEAVE_DRAFT,  ["who",   "200",     "404",     "404"]),
    parents("GET",  paths::LEAVE_DROP,   ["who",   "200",     "404",     "404"]),
    parents("POST", paths::LEAVE_DROP,   ["who",   "leaves",  "404",     "404"]),
    parents("GET",  paths::LEAVE_FILES,  ["who",   "200",     "404",     "404"]),
    parents("POST", paths::LEAVE_FILES,  ["403",   "form",    "404",     "404"]),
    parents("GET",  paths::LEAVE_FILE,   ["who",   "200",     "404",     "404"]),
    parents("POST", paths::LEAVE_FILE_REMOVE, ["who", "form", "404",     "404"]),
    parents("GET",  paths::LEAVE_STEP,   ["who",   "200",     "404",     "404"]),
    parents("POST", paths::LEAVE_STEP,   ["403",   "422",     "404",     "404"]),
    parents("GET",  paths::LEAVE_CHECK,  ["who",   "form",    "404",     "404"]),
    parents("POST", paths::LEAVE_CHECK,  ["403",   "form",    "404",     "404"]),
    parents("GET",  paths::LEAVE_REQUEST, ["who",  "200",     "404",     "404"]),
    parents("GET",  paths::LEAVE_PDF,    ["who",   "200",     "404",     "404"]),
    parents("POST", paths::LEAVE_CHANGE, ["who",   "form",    "404",     "404"]),
    parents("GET",  paths::LEAVE_WITHDRAW, ["who", "200",     "404",     "404"]),
    parents("POST", paths::LEAVE_WITHDRAW, ["who", "422",     "404",     "404"]),
    parents("POST", paths::LEAVE_MESSAGES, ["403", "request", "404",     "404"]),
    // Nothing is decided yet.
    parents("GET",  paths::LEAVE_LETTER, ["who",   "404",     "404",     "404"]),
    // It is the applicant's own: they are not asked to sign it again.
    parents("GET",  paths::LEAVE_SIGN,   ["who",   "404",     "404",     "404"]),
    parents("POST", paths::LEAVE_SIGN,   ["403",   "404",     "404",     "404"]),
    //                                         half    office   officer  head     desig.   safeg.   govern.  admin    dpo
    staff("GET",  paths::STAFF_SECOND_FACTOR, ["200",  "land",  "land",  "land",  "land",  "land",  "land",  "land",  "land"]),
    staff("POST", paths::STAFF_SECOND_FACTOR, ["422",  "land",  "land",  "land",  "land",  "land",  "land",  "land",  "land"]),
    staff("POST", paths::STAFF_SIGN_OUT,      ["half", "leave", "leave", "leave", "leave", "leave", "leave", "leave", "leave"]),
    staff("GET",  paths::STAFF,               ["half", "board", "board", "board", "desk",   "board", "figures", "people", "200"]),
    staff("GET",  paths::BOARD,               ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("GET",  paths::BOARD_CHANGES,       ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("POST", paths::BOARD_WORDS,         ["half", "board", "board", "board", "403",   "board", "403",   "403",   "403"]),
    staff("GET",  paths::ENTER_REPORT,        ["half", "200",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::ENTER_REPORT,        ["half", "200",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::ENTER_REPORT_FOR,    ["half", "200",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::ENTER_REPORT_FOR,    ["403",  "entered", "entered", "entered", "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::STAFF_PROVE,         ["half", "200",   "200",   "200",   "200",   "200",   "200",   "200",   "200"]),
    staff("POST", paths::STAFF_PROVE,         ["half", "422",   "422",   "422",   "422",   "422",   "422",   "422",   "422"]),
    staff("POST", paths::BOARD_SEVERAL,       ["half", "board", "board", "board", "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::KEYING,              ["half", "200",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::KEYING,              ["half", "keying", "keying", "keying", "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::KEYING_CSV,          ["half", "200",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::BOARD_CODE,          ["half", "board", "board", "board", "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::MORNING,             ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("GET",  paths::REGISTER,            ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("POST", paths::REGISTER,            ["half", "409",   "409",   "409",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::MORNING_PASTE,       ["half", "200",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::MORNING_PASTE,       ["half", "422",   "422",   "422",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::CALLS,               ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("POST", paths::CALLS,               ["half", "call",  "call",  "call",  "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::RECONCILIATION,      ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("GET",  paths::RECONCILIATION_CSV,  ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("GET",  paths::STAFF_EVIDENCE,      ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("GET",  paths::STAFF_EVIDENCE_FILE, ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("GET",  paths::STAFF_REPORT,        ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("POST", paths::STAFF_MESSAGES,      ["403",  "report", "report", "report", "403", "403",   "403",   "403",   "403"]),
    staff("GET",  paths::CHILDREN,            ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("POST", paths::CHILDREN,            ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("GET",  paths::CHILD,               ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("GET",  paths::CHILD_DAY,           ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("POST", paths::CORRECT_MARK,        ["half", "corrected", "corrected", "corrected", "403", "403", "403", "403", "403"]),
    staff("POST", paths::MARK_ANSWER,         ["403",  "422",   "422",   "422",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::CLASS,               ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("GET",  paths::FIGURES,             ["half", "200",   "200",   "200",   "403",   "200",   "200",   "403",   "403"]),
    staff("GET",  paths::FIGURES_CSV,         ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("GET",  paths::PEOPLE,              ["half", "403",   "403",   "403",   "403",   "403",   "403",   "200",   "403"]),
    staff("POST", paths::PEOPLE,              ["half", "403",   "403",   "403",   "403",   "403",   "403",   "people", "403"]),
    staff("POST", paths::PEOPLE_DISABLE,      ["half", "403",   "403",   "403",   "403",   "403",   "403",   "people", "403"]),
    staff("POST", paths::PEOPLE_RESET,        ["half", "403",   "403",   "403",   "403",   "403",   "403",   "people", "403"]),
    staff("GET",  paths::DESIGNATES,          ["half", "403",   "403",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::DESIGNATES,          ["half", "403",   "403",   "422",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::DESIGNATE_END,       ["half", "403",   "403",   "designates",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::ROSTER,              ["half", "200",   "200",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::ROSTER,              ["403",  "422",   "422",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::ROSTER_FILE,         ["half", "200",   "200",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::ROSTER_CONFIRM,      ["half", "409",   "409",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::ROSTER_DROP,         ["half", "roster", "roster", "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::MARKS,               ["half", "200",   "200",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::MARKS,               ["403",  "422",   "422",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::MARKS_FILE,          ["half", "200",   "200",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::MARKS_CONFIRM,       ["half", "409",   "409",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::MARKS_HEADS,         ["half", "422",   "422",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::MARKS_FORGET,        ["half", "marks", "marks", "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::MARKS_DROP,          ["half", "marks", "marks", "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::STAFF_LEAVE,         ["half", "200",   "200",   "200",   "200",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::STAFF_LEAVE_REQUEST, ["half", "200",   "200",   "200",   "200",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::STAFF_LEAVE_NOTES,   ["half", "noted", "noted", "noted", "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::STAFF_LEAVE_MESSAGES, ["403", "noted", "noted", "noted", "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::STAFF_LEAVE_DECISION, ["403", "403",   "403",   "422",   "422",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::STAFF_LEAVE_FILE,    ["half", "200",   "200",   "200",   "200",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::LEAVE_PAPER,         ["half", "200",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::LEAVE_PAPER,         ["half", "paper", "paper", "paper", "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::PAPER_FORM,          ["half", "200",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::PAPER_STEP,          ["half", "200",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::PAPER_STEP,          ["403",  "422",   "422",   "422",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::PAPER_CHECK,         ["half", "paper", "paper", "paper", "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::PAPER_CHECK,         ["403",  "paper", "paper", "paper", "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::PAPER_DROP,          ["half", "200",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::PAPER_DROP,          ["half", "desk",  "desk",  "desk",  "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::PAPER_FILES,         ["half", "200",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::PAPER_FILES,         ["403",  "paper", "paper", "paper", "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::PAPER_FILE,          ["half", "200",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::PAPER_FILE_REMOVE,   ["half", "paper", "paper", "paper", "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::STAFF_DETAILS,       ["half", "200",   "200",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::STAFF_DETAILS_REQUEST, ["half", "200", "200",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::STAFF_DETAILS_REQUEST, ["403", "422",  "422",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::STAFF_DETAILS_MESSAGES, ["403", "changed", "changed", "403", "403", "403",   "403",   "403",   "403"]),
    staff("GET",  paths::DETAILS_LIST,        ["half", "200",   "200",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::DETAILS_LIST,        ["half", "listed", "listed", "403", "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::DETAILS_LIST_CSV,    ["half", "200",   "200",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::DETAILS_CHECK,       ["half", "200",   "200",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::DETAILS_CHECK_CSV,   ["half", "200",   "200",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::CALENDAR,            ["half", "200",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::CALENDAR,            ["half", "403",   "409",   "409",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::CALENDAR_ENTRY,      ["half", "403",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::CALENDAR_LOOK,       ["half", "403",   "422",   "422",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::CALENDAR_UNDO,       ["half", "403",   "calendar", "calendar", "403", "403", "403", "403",   "403"]),
    staff("GET",  paths::ROSTER_REVIEW,       ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("POST", paths::ROSTER_ACCESS,       ["half", "409",   "409",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::ROSTER_BAR,          ["half", "403",   "403",   "403",   "403",   "review", "403",   "403",   "403"]),
    staff("POST", paths::ROSTER_SECRET,       ["half", "403",   "403",   "review", "403",  "review", "403",  "403",   "403"]),
    staff("POST", paths::ROSTER_INVITE,       ["half", "200",   "200",   "403",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::ROSTER_REVOKE,       ["half", "review", "review", "403", "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::TOKENS,              ["half", "403",   "403",   "403",   "403",   "403",   "403",   "200",   "403"]),
    staff("POST", paths::TOKENS,              ["half", "403",   "403",   "403",   "403",   "403",   "403",   "422",   "403"]),
    staff("POST", paths::TOKEN_REVOKE,        ["half", "403",   "403",   "403",   "403",   "403",   "403",   "tokens", "403"]),
    staff("GET",  paths::LETTERS,             ["half", "200",   "200",   "200",   "403",   "200",   "403",   "403",   "403"]),
    staff("POST", paths::LETTERS,             ["half", "letters", "letters", "letters", "403", "403", "403", "403",   "403"]),
    staff("GET",  paths::LETTER_PDF,          ["half", "404",   "404",   "404",   "403",   "404",   "403",   "403",   "403"]),
    staff("GET",  paths::LETTER_WORDS,        ["half", "403",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::LETTER_WORDS,        ["half", "403",   "422",   "422",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::FORMS,               ["half", "403",   "200",   "200",   "403",   "403",   "403",   "403",   "403"]),
    staff("POST", paths::FORMS,               ["half", "403",   "422",   "422",   "403",   "403",   "403",   "403",   "403"]),
    staff("GET",  paths::STAFF_MAIL,          ["half", "200",   "200",   "403",   "403",   "403",   "403",   "200",   "403"]),
];

/// Where a word of the table leads.
pub(super) fn means(word: &str) -> Option<&'static str> {
    Some(match word {
        "sign-in" | "out" => paths::SIGN_IN,
        "who" => paths::SIGN_IN_WHO,
        "home" => paths::HOME,
        "receipt" => "/receipts/",
        "form" => "/leave/forms/",
        "paper" => "/staff/leave/paper/forms/",
        "leaves" => paths::LEAVE,
        "request" => "/leave/requests/",
        "letters" => paths::LETTERS,
        "details" => paths::DETAILS,
        "right" => "/details?right=yes",
        "talked" => "/details#messages",
        "changed" => "/staff/details/requests/",
        "listed" => paths::DETAILS_LIST,
        "keying" => "/staff/board/list?day=",
        "entered" => "/staff/reports/new?done=",
        "devices" => paths::DEVICES,
        "prove" => "/prove?to=/&sign_in=",
        "staff" | "leave" => paths::STAFF_SIGN_IN,
        "half" => paths::STAFF_SECOND_FACTOR,
        "land" => paths::STAFF,
        "board" => paths::BOARD,
        "report" => "/staff/reports/",
        "call" => "/staff/calls#c-",
        "corrected" => "/staff/children/",
        "figures" => paths::FIGURES,
        "people" => paths::PEOPLE,
        "designates" => paths::DESIGNATES,
        "roster" => paths::ROSTER,
        "marks" => paths::MARKS,
        "desk" => paths::STAFF_LEAVE,
        "noted" => "/staff/leave/",
        "calendar" => paths::CALENDAR,
        "tokens" => paths::TOKENS,
        "review" => paths::ROSTER_REVIEW,
        _ => return None,
    })
}

impl Row {
    /// A report that is not taken says so, and so do files and a message.
    fn tells(&self) -> bool {
        let family = [
            paths::DETAILS_CHANGE,
            paths::DETAILS_MESSAGES,
            paths::LEAVE_STEP,
            paths::LEAVE_CHECK,
            paths::LEAVE_FILES,
            paths::LEAVE_SIGN,
            paths::LEAVE_MESSAGES,
            paths::ATTENDANCE_DAY,
            paths::REPORT,
            paths::STILL,
            paths::COMING_BACK,
            paths::EVIDENCE,
            paths::MESSAGES,
        ];
        let desk = [
            paths::MARK_ANSWER,
            paths::ENTER_REPORT_FOR,
            paths::STAFF_MESSAGES,
            paths::STAFF_DETAILS_REQUEST,
            paths::STAFF_DETAILS_MESSAGES,
            paths::STAFF_LEAVE_MESSAGES,
            paths::STAFF_LEAVE_DECISION,
            paths::PAPER_STEP,
            paths::PAPER_CHECK,
            paths::PAPER_FILES,
            paths::ROSTER,
            paths::MARKS,
        ];
        self.verb == "POST" && family.into_iter().chain(desk).any(|path| path == self.path)
    }

    /// What this guest gets.
    pub(super) fn gets(&self, who: Who) -> &'static str {
        match (&self.gets, who) {
            (Gets::Everybody(gets), _) => gets,
            (Gets::Parents([inbox, full, view, none]), who) => match who {
                Who::Inbox => inbox,
                Who::Full | Who::OtherFamily => full,
                Who::View => view,
                Who::Barred | Who::BarredMeanwhile | Who::Unreviewed => none,
                _ if self.tells() => "403",
                _ => "sign-in",
            },
            (Gets::Staff(gets), Who::HalfSignedIn) => gets[0],
            (Gets::Staff(gets), Who::Staff(role)) => {
                gets[1 + Role::ALL.iter().position(|one| *one == role).expect("a role")]
            }
            (Gets::Staff(_), _) if self.tells() => "403",
            (Gets::Staff(_), _) => "staff",
        }
    }
}
