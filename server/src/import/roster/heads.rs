//! The heads of a roster, and whose the plain ones are: "Surname" may stand for the child, for the
//! contact, or twice for both; a plain "Email" in a list of pupils is the pupil's.

use app::rules::import::Field;

use super::address;
use crate::import::heads::{Columns, Heads, Known, MIS_ID, UPN};

impl Heads for Field {
    fn named(head: &str) -> Option<(Self, usize)> {
        Self::aliased(head).or_else(|| address::named(head).map(|field| (field, 0)))
    }

    const ALIASES: &'static [(Self, &'static [&'static str])] = &[
        (Self::Upn, UPN),
        (Self::MisId, MIS_ID),
        (
            Self::Surname,
            &["legalsurname", "legallastname", "pupilsurname", "pupillastname", "studentsurname", "studentlastname"],
        ),
        (
            Self::Forename,
            &[
                "legalforename",
                "legalfirstname",
                "pupilforename",
                "pupilfirstname",
                "studentforename",
                "studentfirstname",
            ],
        ),
        (
            Self::KnownAs,
            &[
                "preferredforename",
                "preferredfirstname",
                "preferredname",
                "knownas",
                "chosenname",
                "chosenforename",
                "chosenfirstname",
            ],
        ),
        (
            Self::Born,
            &["dob", "dateofbirth", "birthdate", "pupildob", "pupildateofbirth", "studentdob", "studentdateofbirth"],
        ),
        (
            Self::Year,
            &[
                "year",
                "yeargroup",
                "ncyear",
                "ncyearactual",
                "curriculumyear",
                "yeartaughtin",
                "nationalcurriculumyear",
            ],
        ),
        (
            Self::Class,
            &[
                "reg",
                "reggroup",
                "registrationgroup",
                "registrationform",
                "regform",
                "form",
                "formgroup",
                "tutorgroup",
                "formtutorgroup",
                "class",
                "classname",
            ],
        ),
        (Self::Admitted, &["admissiondate", "admissionsdate", "dateofadmission", "doa", "enrolmentdate", "startdate"]),
        (Self::Leaves, &["leavingdate", "dateofleaving", "dol", "leavedate"]),
        (Self::PupilEmail, &["pupilemail", "studentemail", "pupilemailaddress", "studentemailaddress"]),
        (Self::ContactId, &["contactid", "parentid", "guardianid", "contactno", "contactnumber", "contactpersonid"]),
        (Self::Title, &["contacttitle", "parenttitle", "guardiantitle", "title"]),
        (
            Self::ContactSurname,
            &[
                "contactsurname",
                "contactlastname",
                "parentsurname",
                "parentlastname",
                "guardiansurname",
                "guardianlastname",
            ],
        ),
        (
            Self::ContactForename,
            &[
                "contactforename",
                "contactfirstname",
                "parentforename",
                "parentfirstname",
                "guardianforename",
                "guardianfirstname",
            ],
        ),
        (Self::Priority, &["contactpriority", "priority", "contactorder", "emergencypriority", "callorder"]),
        (
            Self::Relationship,
            &["relationship", "relationshiptype", "relationshiptopupil", "relationshiptostudent", "relationtopupil"],
        ),
        (Self::Responsibility, &["parentalresponsibility", "pr", "hasparentalresponsibility", "legalguardian"]),
        (
            Self::LivesWith,
            &["liveswithpupil", "liveswithstudent", "liveswith", "liveswithchild", "samehousehold", "pupilliveswith"],
        ),
        (Self::CourtOrder, &["courtorder", "hascourtorder", "courtorders"]),
        (
            Self::AddressSecret,
            &[
                "addresssecret",
                "addresskeptsecret",
                "addressconfidential",
                "confidentialaddress",
                "secretaddress",
                "protectedaddress",
                "addressprotected",
                "donotdiscloseaddress",
                "donotshareaddress",
                "contactaddressconfidential",
                "contactaddresssecret",
                "parentaddressconfidential",
                "guardianaddressconfidential",
            ],
        ),
        (
            Self::Email,
            &[
                "primaryemail",
                "contactprimaryemail",
                "contactemail",
                "contactemailaddress",
                "parentemail",
                "parentemailaddress",
                "guardianemail",
                "homeemail",
                "contacthomeemail",
                "workemail",
                "contactworkemail",
            ],
        ),
        (
            Self::Phone,
            &[
                "mobile",
                "mobilenumber",
                "mobilephone",
                "contactmobile",
                "contactmobilenumber",
                "parentmobile",
                "maintelephone",
                "contacttelephone",
                "telephone",
                "phone",
            ],
        ),
        (
            Self::HomePhone,
            &[
                "hometelephone",
                "homephone",
                "homephonenumber",
                "contacthometelephone",
                "contacthomephone",
                "parenthomephone",
            ],
        ),
        (
            Self::WorkPhone,
            &[
                "worktelephone",
                "workphone",
                "workphonenumber",
                "contactworktelephone",
                "contactworkphone",
                "parentworkphone",
            ],
        ),
        // A plain "First language" is the pupil's.
        (
            Self::Language,
            &[
                "contactlanguage",
                "contactfirstlanguage",
                "contacthomelanguage",
                "contactpreferredlanguage",
                "parentlanguage",
                "parentfirstlanguage",
                "guardianlanguage",
            ],
        ),
        (
            Self::Interpreter,
            &[
                "interpreter",
                "interpreterneeded",
                "interpreterrequired",
                "contactinterpreter",
                "contactinterpreterneeded",
                "parentinterpreter",
            ],
        ),
        (Self::PlainSurname, &["surname", "lastname", "familyname"]),
        (Self::PlainForename, &["forename", "firstname", "givenname"]),
        (Self::PlainEmail, &["email", "emailaddress", "emailaddresses"]),
    ];
}

/// What only columns of contacts are called.
pub(super) const CONTACTS: [Field; 8] = [
    Field::ContactId,
    Field::ContactSurname,
    Field::ContactForename,
    Field::Priority,
    Field::Relationship,
    Field::Responsibility,
    Field::LivesWith,
    Field::CourtOrder,
];

/// Gives every plain column to the child or to the contact, by its place; what stays plain is nobody's.
pub(super) fn settle(columns: &mut Columns<Field>) {
    let first_contact = columns.known.iter().position(|known| CONTACTS.contains(&known.field));
    for (plain, pupils, contacts) in [
        (Field::PlainSurname, Field::Surname, Field::ContactSurname),
        (Field::PlainForename, Field::Forename, Field::ContactForename),
    ] {
        let mut taken = columns.has(pupils);
        let named = columns.has(contacts);
        // "Surname ... Surname": the second pair is the contact's. Where the child's own is named
        // outright, a plain one after the contact's first column is the contact's.
        for place in places(columns, plain) {
            if !taken {
                columns.known[place].field = pupils;
                taken = true;
            } else if !named && first_contact.is_none_or(|first| place > first) && !columns.has(contacts) {
                columns.known[place].field = contacts;
            }
        }
    }
    // A plain address counts only behind the contact's number or name, and never beside an address that is
    // called the contact's: pupil lists of SIMS and Arbor carry the pupil's own there.
    let contact =
        |known: &Known<Field>| matches!(known.field, Field::ContactId | Field::ContactSurname | Field::ContactForename);
    let beside = columns.known.iter().position(contact);
    let named = columns.has(Field::Email);
    for place in places(columns, Field::PlainEmail) {
        let theirs = !named && beside.is_some_and(|beside| place > beside);
        columns.known[place].field = if theirs { Field::Email } else { Field::PupilEmail };
    }
    address::settle(columns);
    // A title before the contacts' columns is the child's; children have none here.
    let pupils_title = |place: usize| columns.known[place].rank == 3 && first_contact.is_none_or(|first| place < first);
    let titles: Vec<usize> = places(columns, Field::Title).into_iter().filter(|place| pupils_title(*place)).collect();
    for place in titles.into_iter().rev() {
        columns.known.remove(place);
    }
}

fn places(columns: &Columns<Field>, field: Field) -> Vec<usize> {
    let all = columns.known.iter().enumerate();
    all.filter(|(_, known)| known.field == field).map(|(place, _)| place).collect()
}

/// What a roster cannot be read without; empty when nothing is missing.
pub(super) fn missing(columns: &Columns<Field>) -> &'static [Field] {
    const NAMES: [Field; 2] = [Field::Surname, Field::Forename];
    let any = |fields: &[Field]| fields.iter().any(|field| columns.has(*field));
    match (any(&[Field::Upn, Field::MisId]), any(&NAMES), columns.has(Field::Born), columns.has(Field::Class)) {
        (true, true, true, true) => &[],
        (false, ..) => &[Field::Upn, Field::MisId],
        (_, false, ..) => &[Field::Surname, Field::Forename],
        (_, _, false, _) => &[Field::Born],
        (.., false) => &[Field::Class],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{heads::find, table::Row};

    fn of(heads: &str) -> Vec<String> {
        let row = Row { line: 1, cells: heads.split(',').map(str::to_owned).collect(), broken: vec![] };
        let mut columns = find::<Field>(&[row]).unwrap();
        settle(&mut columns);
        columns.known.iter().map(|known| format!("{:?}", known.field)).collect()
    }

    #[test]
    fn the_heads_of_the_mis_are_known() {
        assert_eq!(
            of("Forename,Surname,Email,UPN,Year,Reg"),
            ["Forename", "Surname", "PupilEmail", "Upn", "Year", "Class"]
        );
        assert_eq!(
            of("First name,Last name,Email,UPN,Year group,Registration form"),
            ["Forename", "Surname", "PupilEmail", "Upn", "Year", "Class"]
        );
        assert_eq!(
            of("FirstName,LastName,StudentEmail,UPN,YearGroup,Form"),
            ["Forename", "Surname", "PupilEmail", "Upn", "Year", "Class"]
        );
    }

    #[test]
    fn of_two_pairs_of_names_the_second_is_the_contacts() {
        assert_eq!(
            of(
                "Student ID,Student Forename,Surname,Parent ID,(Contact) Priority,Parental responsibility (T/F),Lives with Pupil (T/F),Title,Forename,Surname,(Contact) Home Email,Mobile number,Class Name"
            ),
            [
                "MisId",
                "Forename",
                "Surname",
                "ContactId",
                "Priority",
                "Responsibility",
                "LivesWith",
                "Title",
                "ContactForename",
                "ContactSurname",
                "Email",
                "Phone",
                "Class"
            ]
        );
        assert_eq!(
            of("UPN,Surname,Forename,DOB,Surname,Forename,Email")[4..],
            ["ContactSurname", "ContactForename", "Email"]
        );
    }

    #[test]
    fn a_second_name_of_the_child_is_no_contact() {
        let found = of("UPN,Legal Surname,Legal Forename,Surname,Forename,Contact ID,Contact Surname");
        assert_eq!(found[3..], ["PlainSurname", "PlainForename", "ContactId", "ContactSurname"]);
    }

    #[test]
    fn a_plain_address_before_or_beside_the_contacts_own_is_the_childs() {
        assert_eq!(of("UPN,Forename,Email,Contact ID,Contact Surname")[2], "PupilEmail");
        assert_eq!(of("UPN,Forename,Contact ID,Email,Contact Email")[3], "PupilEmail");
        assert_eq!(of("UPN,Forename,Contact ID,Email")[3], "Email");
        assert_eq!(of("UPN,Forename,Priority,Email")[3], "PupilEmail");
    }

    #[test]
    fn a_title_in_front_is_nobodys() {
        assert_eq!(of("UPN,Title,Forename,Contact ID,Title"), ["Upn", "Forename", "ContactId", "Title"]);
    }
}
