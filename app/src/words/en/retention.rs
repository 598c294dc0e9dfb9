use super::super::RetentionWords;
use crate::rules::retention::Kind;

fn years(count: u32) -> String {
    if count == 1 { "1 year".into() } else { format!("{count} years") }
}

fn months(count: u32) -> String {
    if count == 1 { "1 month".into() } else { format!("{count} months") }
}

pub(super) const WORDS: RetentionWords = RetentionWords {
    title: "How long we keep things",
    lead: |days| {
        format!(
            "What has been kept for long enough is erased by the portal itself, once a day and never while the office is at its busiest. It shows here for {days} days before it goes."
        )
    },
    last: |when, count| match count {
        0 => format!("The last round ended {when}. Nothing had to go."),
        1 => format!("The last round ended {when}. One thing went."),
        _ => format!("The last round ended {when}. {count} things went."),
    },
    none_yet: "The first round has not ended yet. It comes within a day.",
    late: "No round has ended for days. Things are kept for longer than you decided: ask your technician to look at the log.",
    heads: ["What", "How long", "Gone", "Goes next"],
    since: |day| format!("Gone: since {day}. Goes next: within a fortnight."),
    kind: |kind| match kind {
        Kind::Sent => "Reports, letters and photos, messages, leave, changes of details",
        Kind::Mornings => "Registers taken here, calls, codes given, questions about marks",
        Kind::Marks => "Marks of the register, and what they were before",
        Kind::Leaving => "Notices that a child leaves, and the office’s list",
        Kind::Declarations => "Declarations about the policy",
        Kind::Journal => "What the journal can prove, and who read health words",
        Kind::SignIns => "Signed-out devices, old invitations, the list of mails",
        Kind::Children => "Children who have left",
        Kind::Contacts => "Contacts with no child here any more",
    },
    kept: |kind, says| match kind {
        Kind::Sent | Kind::Mornings => {
            format!("{} after the school year it is about", years(says.sent_years))
        }
        Kind::Marks => {
            format!("{} after the school year of the mark, or of its last change", years(says.register_years))
        }
        Kind::Leaving => format!("{} from the last day", years(says.leaving_years)),
        Kind::Declarations => {
            format!("{} from a newer version, or from the child’s last day", years(says.declaration_years))
        }
        Kind::Journal => years(says.journal_years),
        Kind::SignIns => months(says.sign_in_months),
        Kind::Children => {
            format!(
                "{} after the school year they left in, and until nothing above is left of them",
                years(says.register_years)
            )
        }
        Kind::Contacts => "Until their last child here goes".into(),
    },
    count: |kind, count| {
        let (one, many) = match kind {
            Kind::Sent => ("1 sent", "sent"),
            Kind::Mornings | Kind::Marks => ("1 day", "days"),
            Kind::Leaving => ("1 notice", "notices"),
            Kind::Declarations => ("1 declaration", "declarations"),
            Kind::Journal | Kind::SignIns => ("1 entry", "entries"),
            Kind::Children => ("1 child", "children"),
            Kind::Contacts => ("1 contact", "contacts"),
        };
        if count == 1 { one.into() } else { format!("{count} {many}") }
    },
    drafts: ("Forms that were begun and not sent", "30 days from the last word"),
    addresses: ("From which network and browser a declaration was signed", "90 days"),
    beyond: "Where this does not reach",
    beyond_list: [
        "Copies of the database: let your technician keep backups for no longer than you decide, and say so in your own records.",
        "What is on paper, and files that staff have saved.",
        "The MIS. It is the school’s register; the portal only mirrors it.",
        "A child whom the roster has never given a last day. Ask the office to put that right in the MIS.",
    ],
    change: "Change how long",
    change_lead: |days| {
        format!(
            "A longer time holds at once. A shorter one erases nothing for {days} days: look here again before then."
        )
    },
    prove: "What is erased does not come back, so we ask for a code from your authenticator app first.",
    prove_go: "Give a code and change how long",
    label: |key| match key {
        "register_years" => "Marks, children who left: school years after",
        "sent_years" => "Reports, messages, leave, details: school years after",
        "leaving_years" => "Notices that a child leaves: years",
        "declaration_years" => "Declarations: years",
        "journal_years" => "Proof in the journal: years",
        _ => "Devices, invitations, mails: months",
    },
    hint: |least, most| match least {
        6 => format!("{least} to {most}. The law asks for six."),
        3 => format!("{least} to {most}. Penalty notices are counted over three."),
        _ => format!("{least} to {most}"),
    },
    wrong: |least, most| format!("Give a whole number from {least} to {most}"),
    go: "Keep it for so long",
    errors: "Something to put right",
};
