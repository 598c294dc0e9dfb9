use super::{
    super::{InvitationWords, ReviewWords, RosterWords},
    import::{MORE_CELLS, NO_NUMBER, SPOILT_NUMBER, of},
};
use crate::rules::{
    access::Access,
    import::{Caution, Doubt, Fault, Field},
};

pub(super) fn field(field: Field) -> &'static str {
    match field {
        Field::Upn => "UPN",
        Field::MisId => "Number in the MIS",
        Field::Surname | Field::PlainSurname => "Surname",
        Field::Forename | Field::PlainForename => "Forename",
        Field::KnownAs => "Known as",
        Field::Born => "Date of birth",
        Field::Year => "Year group",
        Field::Class => "Class",
        Field::Admitted => "First day",
        Field::Leaves => "Last day",
        Field::PupilEmail | Field::PlainEmail => "Pupil’s e-mail",
        Field::ContactId => "Contact’s number",
        Field::Title => "Title",
        Field::ContactSurname => "Contact’s surname",
        Field::ContactForename => "Contact’s forename",
        Field::Priority => "Order of ringing",
        Field::Relationship => "Relationship",
        Field::Responsibility => "Parental responsibility",
        Field::LivesWith => "Lives with",
        Field::CourtOrder => "Court order",
        Field::AddressSecret => "Address kept secret",
        Field::Email => "E-mail",
        Field::Phone => "Telephone",
        Field::HomePhone => "Home telephone",
        Field::WorkPhone => "Work telephone",
        Field::Language => "Contact’s language",
        Field::Interpreter => "Interpreter",
        Field::Address(_) => "Address",
        Field::PlainAddress(_) => "Pupil’s address",
        Field::Access => "Access",
    }
}

fn fault(fault: Fault) -> String {
    match fault {
        Fault::MoreCells => MORE_CELLS.into(),
        Fault::NoNumber => NO_NUMBER.into(),
        Fault::SpoiltNumber => SPOILT_NUMBER.into(),
        Fault::BadUpn => "This is not a UPN, and there is no other number.".into(),
        Fault::NoName => "No name.".into(),
        Fault::NoBirthDate => "No date of birth.".into(),
        Fault::ShortYear(of) => format!("{}: the year has two figures. It needs four, like 04/05/2018.", field(of)),
        Fault::BadDate(of) => format!("{}: not a date like 04/05/2018.", field(of)),
        Fault::OddAge => "The date of birth cannot be right for a child at school.".into(),
        Fault::LeavesFirst => "The last day lies before the first.".into(),
        Fault::Formula(of) => format!("{}: begins like a spreadsheet formula.", field(of)),
        Fault::TooLong(of) => format!("{}: longer than any name.", field(of)),
        Fault::SameUpn(line) => format!("The UPN stands on line {line} for another child."),
        Fault::SameNumber(line) => format!("The number stands on line {line} for another child."),
        Fault::Contradicts(line) => format!("Line {line} gives this child another name or birthday."),
        Fault::TwoChildren => "The UPN belongs to one child here and the number to another.".into(),
        Fault::OtherChild => "The number belongs to a child with another name and another birthday.".into(),
        Fault::NoClass => "A new child without a class.".into(),
        Fault::NoYear => "The class is new here, and the file does not say of which year.".into(),
        Fault::LeftBefore => "Left before the portal knew the child. Nothing to do.".into(),
        Fault::ContactNoName => "The contact has no name. The child comes in without.".into(),
        Fault::ContactContradicts(line) => format!("The contact’s number stands on line {line} for somebody else."),
        Fault::ContactIsPupil => "The contact is the child. A pupil never becomes a parent here.".into(),
    }
}

fn caution(caution: Caution) -> String {
    match caution {
        Caution::UpnLetter => "The UPN's first letter does not fit its figures. Taken all the same.".into(),
        Caution::UpnLeftOut => "This is not a UPN. Left out; the number in the MIS is enough.".into(),
        Caution::BadEmail => "Not an e-mail address. Left out.".into(),
        Caution::PupilsEmail => "The address is the child’s own. Left out.".into(),
        Caution::BadPhone => "Not a telephone number. Left out.".into(),
        Caution::BadAddress => "Not a whole postal address of at most 7 lines. Left out.".into(),
        Caution::ZeroBack => "The telephone number had lost its nought. Put back.".into(),
        Caution::BadFlag(of) => format!("{}: neither yes nor no. Taken as blank.", field(of)),
        Caution::BadDeny(of) => format!("{}: neither yes nor no. Taken as yes.", field(of)),
        Caution::BadYear => "Not a year group. Taken as blank.".into(),
        Caution::TwoClasses(line) => format!("Another class than on line {line}. The first one counts."),
        Caution::FlagsDiffer(line) => {
            format!(
                "Says something else of responsibility or household than line {line}. Taken as blank, so the office decides."
            )
        }
        Caution::ContactDiffers(line) => {
            format!("Another address or telephone than on line {line}. The first one counts.")
        }
        Caution::SamePerson(line) => {
            format!("The same name and address as on line {line}, under another number. Taken as one person.")
        }
        Caution::NoAdmission => {
            "No first days on roll. For new children the September in which their age group started school counts."
                .into()
        }
        Caution::OtherYear => "The class is of another year here.".into(),
        Caution::DamagedLetters => "Letters look damaged. Look at the spelling in the MIS.".into(),
    }
}

fn doubt(doubt: Doubt) -> String {
    match doubt {
        Doubt::ManyMissing { missing, of } => {
            format!("{missing} of the {of} children on roll are not in this file. Is it the whole school?")
        }
        Doubt::OtherSchool { known, of } => {
            format!("Only {known} of the {of} children in this file are known here. Is it this school’s?")
        }
        Doubt::ManyAside { aside, of } => format!("{aside} of its {of} lines would be set aside."),
        Doubt::ManyRenamed { renamed, of } => {
            format!("{renamed} of {of} children would get another surname or birthday. Have columns changed places?")
        }
    }
}

fn access(access: Access) -> &'static str {
    match access {
        Access::Full => "full access",
        Access::View => "may look",
        Access::None => "no access",
    }
}

pub(super) const ROSTER: RosterWords = RosterWords {
    nav: "Roster",
    title: "Pupils and contacts",
    lead: "Export the list from your MIS as CSV and hand it in here. First you see line by line what it would change. Nothing changes until you say so, and nobody is ever removed by being left out.",
    file_hint: "CSV, up to 10 MB, as your MIS exports it: commas, semicolons or tabs.",
    needed: [
        ("UPN", "or the admission number, or both"),
        ("Name", "forename and surname"),
        ("Date of birth", "with a year of four figures"),
        ("Class", "or registration group; for a new class also the year group"),
    ],
    wanted: [
        ("Contact", "number, title, forename, surname"),
        ("Relationship", "and the order in which you ring"),
        ("Parental responsibility, Lives with", "yes to one of them opens the portal"),
        ("Court order", "yes shuts it until you have looked"),
        ("Address kept secret", "yes: the portal holds no address of this person, and erases what it had"),
        ("E-mail, Mobile", "a child’s own address is thrown away"),
    ],
    too_large: "The file has more than 10 MB. Export only pupils and contacts.",
    changed_meanwhile: "Somebody changed pupils or contacts in the meantime, so nothing was brought in. This is what the file would change now.",
    tally_rows: ["Children", "Contacts", "Who belongs to whom"],
    doubts: "Look twice",
    anyway: "I have looked. Bring it in all the same.",
    not_confirmed: "Tick that you have looked",
    missing: |n| format!("No longer in the file: {n}"),
    missing_lead: "They stay as they are. A child who leaves needs a leaving date in the MIS.",
    missing_contact: |who, child| format!("{who}, contact of {child}"),
    classes: |n| format!("New classes: {n}"),
    tie: |who, relationship, child| match relationship {
        "" => format!("{who}, contact of {child}"),
        relationship => format!("{who}, {relationship} of {child}"),
    },
    yes_no: ["no", "yes"],
    waits: "waits for you",
    access,
    barred: "barred, and stays so",
    field,
    fault,
    caution,
    doubt,
    done_waiting: |n| {
        format!("{} for you to look: they see nothing until then.", of(n, "contact waits", "contacts wait"))
    },
    done_nobody: "No contact has to wait.",
    to_review: "Look at who may do what",
    cli_doubt: "Nothing was changed: the file is in doubt. Give --anyway to bring it in all the same.",
};

pub(super) const REVIEW: ReviewWords = ReviewWords {
    nav: "Access",
    title: "Who may do what",
    lead: "Each contact sees only the children you let them see.",
    waiting: |n| format!("Waiting for you: {n}"),
    nobody_waits: "Nobody is waiting.",
    why: [
        "Court order",
        "The file says nothing of parental responsibility or household",
        "No parental responsibility, does not live together",
        "To be looked at",
    ],
    of: |relationship, child, class| match relationship {
        "" => format!("contact of {child}, {class}"),
        relationship => format!("{relationship} of {child}, {class}"),
    },
    decide: "Decide",
    give: ["Full access", "May look", "No access"],
    give_hint: "Full: sees and reports. May look: sees, does not report. It counts from their next click.",
    stale: "This has changed since you opened the page. Look again before you decide.",
    barred: "barred",
    bars: |n| format!("Barred: {n}"),
    bars_lead: "A bar shuts a contact out whatever else is recorded. No import lifts it.",
    set_bar: "Set a bar",
    set_bar_hint: "They see nothing of this child from their next click.",
    lift_bar: "Lift the bar",
    lift_bar_hint: "What was decided before counts again.",
    bar_others: "The safeguarding lead sets and lifts bars.",
    secret: "address kept secret",
    secrets: |n| format!("Addresses kept secret: {n}"),
    secret_lead: "The portal holds no postal address of these people. Letters to them are handed over. Where they live stays in your MIS, or wherever the school keeps it.",
    secret_others: "The headteacher and the safeguarding lead set and lift this.",
    set_secret: "Keep the address secret",
    set_secret_hint: "The portal erases the postal address at once, also from letters and forms, and takes none in again. A roster file that waits is thrown away.",
    lift_secret: "The address is no secret any more",
    lift_secret_hint: "Nothing comes back by itself: the next roster file may bring an address again.",
    lefts: |n| format!("The child has left: {n}"),
    left_lead: "For a while they still read what they themselves sent. If the child comes back they have again what they had. Set a bar or take the access where that must not be.",
    left_tag: "has left",
    left: |day, given| format!("last day {day}; if the child comes back: {given}"),
    shut_hint: "No access: they read nothing from their next click, and have nothing if the child comes back.",
    alone: |n| format!("Children nobody can report: {n}"),
    alone_lead: "Nobody with access has an e-mail address or an invitation. Ask for an address, or print an invitation.",
    shared: |n| format!("Shared inboxes: {n}"),
    shared_lead: "Several people read one address. They can report; to sign forms each needs their own.",
    twice: "the same name: one person twice?",
    never: |n| format!("Never signed in: {n}"),
    never_lead: "They have access and have not used it.",
    no_address: "no e-mail",
    invite: "Print an invitation",
    invite_hint: "A code on paper, for this person alone, once, for 30 days. An earlier one stops working.",
    invited: |until| format!("invited until {until}"),
    by_paper: "signed in by invitation",
    revoke: "Take the invitation back",
    revoke_hint: "The code stops working, and a device that used it is signed out.",
    nothing_to_see: "This contact may see no child. Give access first.",
    missing: |n| format!("Not in the last file: {n}"),
    missing_lead: "They keep their access until you take it.",
    since: |day| format!("since {day}"),
    classes: "Everybody, by class",
    classes_lead: "To change what was decided, open the class.",
    back: "Who may do what",
    class: |class| format!("Contacts of {class}"),
    none: "Nobody.",
};

pub(super) const INVITATION: InvitationWords = InvitationWords {
    sheet_title: "Invitation",
    once: "This code is shown only now. Print the page, hand it over in person, and keep no copy.",
    print: "Print it with Ctrl P.",
    heading: |school| format!("Your way into {school}’s attendance portal"),
    dear: |name| format!("For {name}"),
    body: "With this letter you can tell the school from your phone or a computer when your child cannot come. You need no e-mail address and no password.",
    steps: |address| {
        [
            format!("Open {address} on your own phone or computer."),
            "Type the code below and your child’s date of birth.".into(),
            "That is all. The device stays signed in for 90 days. Ask the office for a new letter after that.".into(),
        ]
    },
    code: "Your code",
    until: |day| format!("It works once, until {day}."),
    keep: "It is for you alone. If you lose this letter, ring the school and we make the code useless.",
    title: "Use an invitation",
    lead: "For the letter from the school with a code on it.",
    code_hint: "12 letters and figures. Dashes do not matter.",
    born: "Your child’s date of birth",
    born_hint: "For example 4 5 2018. Any of your children at this school will do.",
    parts: ["Day", "Month", "Year"],
    enter: "Sign in on this device",
    not_a_code: "Type all 12 characters of the code",
    not_a_date: "Type the date of birth in figures, with all four of the year",
    wrong: |phone| {
        format!(
            "This code and this date do not open anything. Look at both again, or ring the school on {phone} for a new letter"
        )
    },
    too_many: "That was many tries in a short time. Please wait ten minutes, or ring the school.",
    link: "I have a letter with a code",
};
