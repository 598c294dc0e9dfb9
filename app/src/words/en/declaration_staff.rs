use super::{super::DeclarationStaffWords, plural};
use crate::rules::declaration::{Answer, DraftProblem, Standing};

fn people(count: usize) -> String {
    if count == 1 { "1 person".to_owned() } else { format!("{count} people") }
}

fn children(count: usize) -> String {
    if count == 1 { "1 child".to_owned() } else { format!("{count} children") }
}

pub(super) const WORDS: DeclarationStaffWords = DeclarationStaffWords {
    title: "Attendance policy",
    none: "No version of the attendance policy has been published here yet. Families are asked to sign as soon as one is.",
    write: "Write the next version",
    version: |version, adopted| format!("Version {version}, adopted {}", (super::common::WORDS.full_date)(adopted)),
    how_many: "Who has signed",
    count: |standing, count| match standing {
        Standing::All => format!("{}: everybody asked has signed", children(count)),
        Standing::Some => format!("{}: some of those asked have signed", children(count)),
        Standing::None => format!("{}: nobody has signed", children(count)),
        Standing::Nobody => format!("{}: nobody can be asked", children(count)),
    },
    talks: "Wish to talk, do not accept it, or have written",
    no_talks: "Nobody has asked to talk, refused or written.",
    about_earlier: |version| format!("about version {version}"),
    answer: |answer| match answer {
        Answer::Signed => "Signed",
        Answer::Talk => "Wants to talk",
        Answer::No => "Does not accept",
    },
    unanswered: "No answer yet",
    waits: "Waits for us",
    classes: "By class",
    class_heads: ["Class", "Children", "All signed", "Some", "None", "Nobody asked"],
    children_of: |class| format!("{class}: each child"),
    child_heads: ["Child", "Guardians who are asked"],
    nobody: "Nobody can be asked",
    all_classes: "All classes",
    remind: "Remind those who have not answered",
    slips: "Print slips with a code to scan",
    csv: "Figures for governors (CSV)",
    csv_heads: ["Class", "Children", "Everybody asked has signed", "Some have", "Nobody has", "Nobody can be asked"],
    small: "hidden: too few",
    whole: "Whole school",
    versions: "Every version",
    listed: |version, adopted, published, who| {
        let day = (super::common::WORDS.full_date)(adopted);
        let who = who.map(|who| format!(" by {who}")).unwrap_or_default();
        format!("Version {version}, adopted {day}, published {published}{who}")
    },
    draft_title: "The next version of the policy",
    draft_lead: "Nobody but staff sees this until you publish it. What is published can never be changed: a correction is another version, and everybody is asked to sign again.",
    saved: |when, who| format!("Saved {when}{}.", who.map(|who| format!(" by {who}")).unwrap_or_default()),
    not_published: "Not published: please put this right",
    problem: |problem| match problem {
        DraftProblem::Empty => "Write something here".to_owned(),
        DraftProblem::TooLong(most) => format!("Use at most {most} characters"),
        DraftProblem::NoHeading => {
            "Give the text at least one heading: a line that begins with # and a blank".to_owned()
        }
        DraftProblem::TooManyHeadings(most) => {
            format!("Use at most {most} headings: nobody finds their way through more")
        }
        DraftProblem::TooManyCells(most) => {
            format!("Use smaller tables: together they may have at most {most} cells, empty ones counted")
        }
        DraftProblem::NoDay => "Give a day, and none more than a year from now for the adoption".to_owned(),
        DraftProblem::Renewal => "It must be renewed after it was adopted, and within three years".to_owned(),
    },
    fields: [
        "Title",
        "Adopted by the governors on",
        "To be renewed by",
        "In short, in plain words",
        "What has changed",
        "The policy",
    ],
    hints: [
        "",
        "",
        "",
        "What a busy parent must know, in a few lines. It stands above everything else.",
        "Since the version before. Leave it empty for the first.",
        "Plain text with a few signs: # begins a heading, ## a smaller one, - a point of a list, ** on both sides makes words strong.",
    ],
    look: "Save and look at it",
    publish: "Publish it",
    publish_means: "Publishing asks every guardian to sign this version. It asks you for a fresh code.",
    file: "The paper version (PDF)",
    file_hint: "If the governors adopted a PDF, add it here: it stands beside the text as a download and is part of what is signed.",
    file_add: "Add this file",
    file_remove: "Take the file away",
    file_there: |name| format!("{name} stands beside the text."),
    file_not_pdf: "Choose a PDF file",
    file_none: "Choose a file",
    shown: "What families will see",
    statement: "What they declare",
    kept: "Saved. Nothing is published yet.",
    changed: "Somebody else has saved or published meanwhile. Nothing of yours was kept; what you typed is below. Look at theirs in another window before you save again.",
    back: "Attendance policy",
    manifest: "Fingerprints",
    manifest_lead: "The SHA-256 of each part as it was published. A signature is a signature of exactly these.",
    manifest_own: |digest| format!("Fingerprint of the list above: {digest}"),
    intact: "Every part is as it was published.",
    altered: |parts| {
        format!("ALTERED SINCE IT WAS PUBLISHED: {parts}. Please tell your administrator at once and change nothing.")
    },
    answers: |signed, talk, no| format!("{signed} signatures, {talk} wish to talk, {no} do not accept it"),
    text: "The text",
    child_title: |name| format!("{name}: attendance policy"),
    is: |relationship| relationship.to_owned(),
    on_paper: "On paper",
    scan: "Scan",
    paper: "Somebody signed on paper",
    paper_lead: "Note it here for the person who signed, and nobody else. Your name is kept with it.",
    paper_who: "Who signed?",
    paper_version: |version, adopted| {
        format!("This notes a signature of version {version}, adopted {}.", (super::common::WORDS.full_date)(adopted))
    },
    paper_day: "The date on the paper",
    paper_name: "The name on the paper",
    paper_scan: "A photo or scan of it",
    paper_scan_hint: "A photo (JPEG or PNG) or a PDF, at most 10 MB. It is kept with the signature.",
    paper_go: "Note the signature",
    paper_nobody: "Everybody who is asked about this child has signed.",
    paper_no_who: "Choose who signed",
    paper_no_day: "Give the date on the paper; it cannot be after today",
    paper_no_name: "Type the name as it stands on the paper",
    paper_early: |published| {
        format!(
            "This is before {}, the day on which this version was published here. Look which version the paper is about, and tick the box below if it is this one",
            (super::common::WORDS.full_date)(published)
        )
    },
    paper_early_box: "I have looked: the paper is about this version",
    paper_refused: "Nothing was noted: they have signed meanwhile, or are not asked any more. The page shows how it stands. What you typed is below; a scan has to be chosen again.",
    paper_new_version: "Another version was published while you had this page open. Nothing was noted. What you typed is below; a scan has to be chosen again. Note it only if the paper is about the version named here.",
    talk_with: |name| format!("With {name}"),
    talk_earlier: |name, version| format!("With {name}, about an earlier answer to version {version}"),
    not_asked: "Not asked about this child now",
    message: "Write to them",
    asks: "They should answer",
    send: "Send",
    no_reach: "This person cannot read messages here. Please ring them.",
    remind_title: "Remind those who have not answered",
    remind_count: |count, about| format!("{} would be reminded, about {}.", people(count), children(about)),
    remind_out_of_reach: |count| {
        let verb = plural(i64::try_from(count).unwrap_or(i64::MAX), "has", "have");
        format!("{} {verb} no address of their own that we may write to. Print a slip for them.", people(count))
    },
    remind_nobody: "Nobody waits for a reminder.",
    remind_message: "This is what they get",
    remind_hours: |from, until| {
        format!(
            "Messages leave between {from} and {until} only. What is begun outside these hours waits. You can stop it at any moment; what has gone has gone."
        )
    },
    remind_go: |count| format!("Remind {}", people(count)),
    remind_stop: "Stop",
    remind_busy: "Reminders are under way already. Nothing was begun.",
    remind_changed: "The number of people has changed since you opened this page. Nothing was sent. Please look again.",
    runs: "Reminders so far",
    run: |when, who, sent, people| {
        let who = who.map(|who| format!(", {who}")).unwrap_or_default();
        format!("{when}{who}: {sent} of {people} sent")
    },
    run_state: |waiting, ended, stopped| match (ended, stopped) {
        (_, true) => "Stopped".to_owned(),
        (true, false) => "Finished".to_owned(),
        (false, false) => format!("Under way, {waiting} to come"),
    },
    slips_title: "Slips for families who have not signed",
    slips_lead: |count| {
        format!(
            "{count} {}. Each leads to the policy in the portal.",
            plural(i64::try_from(count).unwrap_or(i64::MAX), "slip", "slips")
        )
    },
    slip_for: |name| format!("For {name}"),
    slip_text: "Please read our attendance policy and tell us your answer. Point your phone’s camera at this square, or type the address:",
    slip_address: str::to_owned,
    slip_code: "A code to scan",
    slip_no_mail: |phone| {
        format!("No e-mail, or trouble signing in? Ring us on {phone}. You can also sign on paper at the office.")
    },
};
