//! What can be said of a file that a school hands in: why it cannot be read, why a line of it is
//! set aside, what to look at again. Reasons without sentences: those are in `words`.

pub mod marks;

use serde::Serialize;

/// Why a file is no table at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Unreadable {
    /// Nothing in it.
    Empty,
    /// A workbook of a spreadsheet program, not a table of text.
    Workbook,
    /// Not text.
    NotText,
    /// More lines or columns than a school can have.
    TooLong,
    /// A quotation mark that opens on this line never closes.
    OpenQuote(u64),
    /// No line has the heads that are needed: which are missing from the best of them.
    NoHeads(&'static [Field]),
    /// No line has the heads of a file of marks.
    NoMarkHeads,
    /// A summary of marks: there are none in it.
    Summary,
    /// Marks in one string: codes of two characters cannot be told apart in it.
    MarkString,
}

/// What a column of a roster holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub enum Field {
    /// The unique pupil number.
    Upn,
    /// The pupil's number in the MIS.
    MisId,
    /// The pupil's surname.
    Surname,
    /// The pupil's forename.
    Forename,
    /// What the pupil is called.
    KnownAs,
    /// The pupil's date of birth.
    Born,
    /// The year group.
    Year,
    /// The class.
    Class,
    /// The first day on roll.
    Admitted,
    /// The last day on roll.
    Leaves,
    /// The pupil's own address: read and thrown away.
    PupilEmail,
    /// The contact's number in the MIS.
    ContactId,
    /// The contact's title.
    Title,
    /// The contact's surname.
    ContactSurname,
    /// The contact's forename.
    ContactForename,
    /// In which order the school rings.
    Priority,
    /// What the contact is to the pupil.
    Relationship,
    /// Whether they have parental responsibility.
    Responsibility,
    /// Whether the pupil lives with them.
    LivesWith,
    /// Whether there is a court order.
    CourtOrder,
    /// Whether the contact's address is kept secret.
    AddressSecret,
    /// The contact's address.
    Email,
    /// The contact's telephone.
    Phone,
    /// The contact's telephone at home.
    HomePhone,
    /// The contact's telephone at work.
    WorkPhone,
    /// The language the contact speaks best.
    Language,
    /// Whether the contact needs an interpreter.
    Interpreter,
    /// A surname whose place says whose it is.
    PlainSurname,
    /// A forename whose place says whose it is.
    PlainForename,
    /// An address whose place says whose it is.
    PlainEmail,
    /// Where the contact lives: the whole address, or a part of it.
    Address(AddressPart),
    /// The same where its place says whose it is.
    PlainAddress(AddressPart),
    /// What the portal lets the contact do: never in a file, named in what changes.
    Access,
}

/// What of a postal address a column holds, in the order of the envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum AddressPart {
    /// All of it.
    Whole,
    /// "Flat 2".
    Flat,
    /// "The Old Mill".
    HouseName,
    /// "14": stands on one line with the street.
    HouseNumber,
    /// "Lantern Street".
    Street,
    /// Line 1 to 5.
    Line(u8),
    /// A village or a part of a town.
    District,
    /// The post town.
    Town,
    /// The county.
    County,
    /// The postcode.
    Postcode,
}

/// Why a line, or the contact on it, does not come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Fault {
    /// More cells than heads: a comma that belongs to a name, most likely.
    MoreCells,
    /// Neither UPN nor number in the MIS.
    NoNumber,
    /// The number was spoilt by a spreadsheet ("1.2E+05").
    SpoiltNumber,
    /// Not a UPN, and there is no other number.
    BadUpn,
    /// No name.
    NoName,
    /// No date of birth.
    NoBirthDate,
    /// A year of two figures: nobody can tell the century.
    ShortYear(Field),
    /// Not a date.
    BadDate(Field),
    /// Nobody of this age goes to a primary school.
    OddAge,
    /// The last day lies before the first.
    LeavesFirst,
    /// A formula where a name belongs.
    Formula(Field),
    /// More characters than a name has.
    TooLong(Field),
    /// The UPN stands on this line for another child.
    SameUpn(u64),
    /// The number stands on this line for another child.
    SameNumber(u64),
    /// The line says something else of this child than this one.
    Contradicts(u64),
    /// UPN and number belong to two children the school has.
    TwoChildren,
    /// The number belongs to another child the school has.
    OtherChild,
    /// A new child without a class.
    NoClass,
    /// A new class, and no line says of which year.
    NoYear,
    /// Left before the portal ever knew the child.
    LeftBefore,
    /// The contact has no name.
    ContactNoName,
    /// The contact's number stands on this line for somebody else.
    ContactContradicts(u64),
    /// The contact is the child.
    ContactIsPupil,
}

impl Fault {
    /// Whether only the contact of the line is set aside; the child goes in.
    #[must_use]
    pub fn contact_only(self) -> bool {
        matches!(
            self,
            Self::ContactNoName
                | Self::ContactContradicts(_)
                | Self::ContactIsPupil
                | Self::Formula(Field::ContactSurname | Field::ContactForename)
                | Self::TooLong(Field::ContactSurname | Field::ContactForename | Field::Relationship)
        )
    }
}

/// What to look at again; the line comes in all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Caution {
    /// The UPN's first letter does not fit the rest.
    UpnLetter,
    /// Not a UPN: left out; the number in the MIS stands for the child.
    UpnLeftOut,
    /// Not an e-mail address: left out.
    BadEmail,
    /// The address is the child's own: left out.
    PupilsEmail,
    /// Not a telephone number: left out.
    BadPhone,
    /// Not a postal address, or more than an envelope holds: left out.
    BadAddress,
    /// A spreadsheet had eaten the telephone number's nought: put back.
    ZeroBack,
    /// Neither yes nor no: read as blank.
    BadFlag(Field),
    /// Neither yes nor no, of something that shuts: read as yes.
    BadDeny(Field),
    /// Not a year group: read as blank.
    BadYear,
    /// Another class than on this line: the first counts.
    TwoClasses(u64),
    /// Flags that contradict those of this line: read as blank, so the office has to look.
    FlagsDiffer(u64),
    /// Another address or number than on this line: the first counts.
    ContactDiffers(u64),
    /// The same person under another number on this line: taken as one.
    SamePerson(u64),
    /// No first day on roll: the day of the import counts.
    NoAdmission,
    /// The class is of another year in the portal.
    OtherYear,
    /// Letters look damaged.
    DamagedLetters,
}

/// Why a file as a whole changes nothing until somebody has confirmed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Doubt {
    /// More than a tenth of the children on roll are missing from it.
    ManyMissing {
        /// How many are missing.
        missing: usize,
        /// Of how many on roll.
        of: usize,
    },
    /// Fewer than half of its children are known here: another school's file?
    OtherSchool {
        /// How many are known.
        known: usize,
        /// Of how many in the file.
        of: usize,
    },
    /// More than a tenth of its children are set aside.
    ManyAside {
        /// How many lines.
        aside: usize,
        /// Of how many.
        of: usize,
    },
    /// More than a tenth of the children known here would get another name or birthday.
    ManyRenamed {
        /// How many.
        renamed: usize,
        /// Of how many known.
        of: usize,
    },
}
