use super::super::DeclarationWords;
use crate::rules::declaration::Answer;

const ROLES: &[(&str, &[&str])] = &[
    (
        "You, as a parent or carer",
        &[
            "Bring your child every day the school is open, on time.",
            "Tell us before the register closes on each day your child is away, with the reason.",
            "Ask for leave in term time before it begins, and only where there is no other way.",
            "Book the doctor and the dentist outside school hours where you can.",
            "Tell us early when something makes coming to school hard. Take up help that is offered.",
            "Keep your address and telephone numbers up to date with us.",
        ],
    ),
    (
        "The class teacher",
        &[
            "Takes the register each morning and afternoon.",
            "Welcomes a child back, and tells the office when something about their coming worries them.",
        ],
    ),
    (
        "The school office",
        &[
            "Receives every report and notes the reason.",
            "Calls you on each day your child is away and we have heard nothing.",
        ],
    ),
    (
        "The attendance officer",
        &[
            "Is there for you when attendance is difficult: a talk, a plan, other people who can help.",
            "Looks at patterns, writes to families and meets with them.",
            "Signs in children who come late.",
        ],
    ),
    (
        "The headteacher",
        &[
            "Answers for attendance in the whole school.",
            "Decides about leave in term time. Nobody else but a named deputy may.",
            "Decides, after support was tried, whether the council is asked to act.",
        ],
    ),
    (
        "The governors",
        &[
            "Adopt this policy and look at it every year.",
            "See figures of the whole school, never of one child, and ask what is being done.",
        ],
    ),
    (
        "The council",
        &[
            "Helps school and family where a school alone cannot.",
            "Decides about penalty notices and court. The school can only ask.",
        ],
    ),
];

pub(super) const WORDS: DeclarationWords = DeclarationWords {
    title: "The attendance policy",
    none: "The school has not published its attendance policy here yet.",
    version: |version, adopted, renewal| {
        let day = super::common::WORDS.full_date;
        format!("Version {version}. Adopted {}, to be renewed by {}.", day(adopted), day(renewal))
    },
    old: "This is an earlier version. It does not count any more.",
    newest: "Read the one that counts now",
    summary: "In short",
    changes: "What has changed",
    download: "Download it (PDF)",
    contents: "In this policy",
    search: "Find words in the policy",
    search_go: "Find",
    found: |count, sought| match count {
        0 => format!("No part has “{sought}” in it"),
        1 => format!("One part has “{sought}” in it"),
        count => format!("{count} parts have “{sought}” in them"),
    },
    all: "Show the whole policy",
    fingerprint: |digest| format!("Fingerprint of this version (SHA-256): {digest}"),
    sign_for: |children| format!("Sign it for {children}"),
    nothing_left: "There is nothing left for you to sign.",
    answered: |answer, child, when| match answer {
        Answer::Signed => format!("You signed for {child}, {when}"),
        Answer::Talk => format!("You asked to talk first about {child}, {when}"),
        Answer::No => format!("You did not accept it for {child}, {when}"),
    },
    open: "Open",
    roles_title: "Who does what",
    roles_lead: "Good attendance takes several people. This is what each of them does, in short. The policy says it in full.",
    roles: ROLES,
    ask_title: "Whom to ask",
    ask: |phone, email| {
        vec![
            (
                "My child is not coming today",
                "Report it here in the portal, or ring the office before the register closes.".to_owned(),
            ),
            ("We need leave in term time", "Ask on the form in this portal. The headteacher decides.".to_owned()),
            (
                "A day in the register looks wrong",
                "Open your child’s attendance, choose the day and press “This looks wrong”.".to_owned(),
            ),
            ("Coming to school has become hard", format!("Ask for the attendance officer: {phone}.")),
            (
                "Something in this policy",
                format!("Answer “I would like to talk first” when you sign, or write to {email}."),
            ),
            ("Our address or telephone has changed", format!("Tell the office: {phone}.")),
            ("I do not agree with a decision", format!("Ask for the headteacher: {phone}.")),
        ]
    },
    danger: "If a child is in danger now, ring 999.",
    sign_title: "Sign the attendance policy",
    sign_lead: "Each parent answers for themselves, for each child. Nobody sees your answer but you and the school.",
    read_first: "Read the policy first",
    errors: super::common::WORDS.put_right,
    for_whom: "For which child?",
    no_child: "Choose at least one child",
    your_answer: "Your answer",
    choice: |answer| match answer {
        Answer::Signed => "I sign",
        Answer::Talk => "I would like to talk first",
        Answer::No => "I do not accept it",
    },
    no_answer: "Choose your answer",
    no_tick: "Tick the box if this is what you declare",
    name: "Your full name",
    name_hint: |name| format!("As we have it: {name}"),
    no_name: "Type your full name",
    no_explanation: |name| format!("We have you as {name}. Type that name, or tell us below why you sign with another"),
    explanation: "Why this name differs",
    explanation_hint: "Only if you sign with another name than the one we have: a married name, say.",
    too_long: |most| format!("Use at most {most} characters"),
    talk_words: "What would you like to talk about?",
    no_words: "What do you not accept?",
    words_hint: "Only the school reads this. Somebody will answer you here.",
    send: "Send my answer",
    means: "Signing says that you have read the policy. Not signing changes nothing about your place, your rights or the law, and nobody is kept from anything in this portal.",
    new_version: "The school published a new version of the policy while you had this page open. Nothing was sent. What you typed is still here: please look at the new version, then tick the box again and send your answer.",
    signed_before: "You have signed for this child before. That signature stands; nothing was sent again.",
    nobody: "There is no child here you can answer for.",
    receipt_title: |answer| match answer {
        Answer::Signed => "Signed. Thank you",
        Answer::Talk => "You asked to talk first",
        Answer::No => "You do not accept the policy",
    },
    next: |answer| match answer {
        Answer::Signed => "There is nothing more to do. If the school publishes another version we will ask you again.",
        Answer::Talk => {
            "The school has your answer and will get in touch, here or by telephone. You can sign whenever you are ready."
        }
        Answer::No => {
            "The school has your answer and will get in touch. This changes nothing about your child’s place. You can still sign if you change your mind."
        }
    },
    replaced: "You have answered anew since. This is kept as it was.",
    back: "The attendance policy",
    reference: "Reference",
    child: "For",
    when: "Received",
    policy: "Policy",
    version_label: "Version",
    version_link: |version| format!("Version {version}"),
    signed_name: "Signed as",
    name_on_record: "Name the school has",
    declared: "What is declared",
    pdf: "Signed declaration (PDF)",
    on_paper: |day| format!("Signed on paper on {day}, noted here by the office"),
    pdf_title: "Declaration about the attendance policy",
    pdf_record: "What was signed, for programs to check",
    child_heads: ["Child", "Class", "Signed by the child’s"],
    how_signed: "How it was signed",
    at: "Date and time",
    at_utc: "The same by UTC",
    code_given: "Code sent to the signer’s own address, given",
    paper_day: "Date on the paper",
    scan_digest: "Fingerprint of the scan",
    digests: "Fingerprints (SHA-256)",
    policy_digest: "Of the policy’s version",
    signature_digest: "Of what is recorded here",
    journal_before: "Journal before this",
    check_how: "To check this file, a technician runs “nine-fifteen verify-declaration” with it. The command works the fingerprints out again and, beside the school’s data, compares them with the record and the journal.",
    home_sign: |children| format!("Sign the attendance policy for {children}"),
    home_asks: |children| format!("The school has a question about your answer to the policy for {children}"),
    home_told: |children| format!("The school has written about your answer to the policy for {children}"),
};
