//! Conversations between the office and exactly one guardian about one thing: who has to do
//! something now, and what a message may be.

use chrono::NaiveDate;

use super::{calendar::Session, id::PupilId, text::tidy};

/// How many characters a message may have.
pub const MESSAGE_MOST: usize = 1000;

/// What a conversation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// What a guardian sent about an absence.
    Submission,
    /// A mark of the register that looks wrong to a guardian.
    Mark,
    /// A request for leave that a guardian signed as its applicant.
    Leave,
    /// Changes that a guardian asked for in what the school holds.
    Details,
    /// What a guardian sent about leaving the school.
    Leaving,
    /// What a guardian answered to the policy.
    Declaration,
}

impl Topic {
    /// The word for rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Submission => "submission",
            Self::Mark => "mark",
            Self::Leave => "leave",
            Self::Details => "details",
            Self::Leaving => "leaving",
            Self::Declaration => "declaration",
        }
    }
}

/// A child's session, whose mark somebody may ask about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MarkOf {
    /// The child.
    pub pupil: PupilId,
    /// The date in London.
    pub date: NaiveDate,
    /// Which half of it.
    pub session: Session,
}

impl MarkOf {
    /// The name of the conversation about it, among one guardian's.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}.{}.{}", self.pupil, self.date, self.session)
    }

    /// The mark of a name.
    #[must_use]
    pub fn parse(id: &str) -> Option<Self> {
        let mut parts = id.split('.');
        let (pupil, date, session) = (parts.next()?, parts.next()?, parts.next()?);
        let mark = Self { pupil: PupilId::parse(pupil)?, date: date.parse().ok()?, session: Session::parse(session)? };
        (mark.id() == id).then_some(mark)
    }
}

/// Who of the two wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The guardian.
    Guardian,
    /// Anybody of the office.
    Staff,
}

impl Side {
    /// The word for rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Guardian => "guardian",
            Self::Staff => "staff",
        }
    }

    /// The side of a row's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Guardian, Self::Staff].into_iter().find(|side| side.word() == word)
    }

    /// Whoever reads what this side writes.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Guardian => Self::Staff,
            Self::Staff => Self::Guardian,
        }
    }
}

/// The last message, as far as it matters to how a conversation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Last {
    /// Who wrote it.
    pub from: Side,
    /// Whether the office waits for an answer: to this message, or to one before it that the guardian
    /// has not answered.
    pub asks: bool,
    /// Whether the other side has read it.
    pub read: bool,
    /// Whether the office had asked anything before.
    pub asked_before: bool,
}

/// How a conversation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The office has asked, and waits for the family. Reading the question does not end this.
    Asked,
    /// The office has written what needs no answer.
    Told,
    /// The family has answered: the office has this to read.
    Answered,
    /// The family has written without being asked: the office has this to read.
    Wrote,
    /// The office has read what the family wrote last.
    Read,
}

impl Standing {
    /// How a conversation with this last message stands.
    #[must_use]
    pub fn of(last: Last) -> Self {
        match last.from {
            Side::Staff if last.asks => Self::Asked,
            Side::Staff => Self::Told,
            Side::Guardian if last.read => Self::Read,
            Side::Guardian if last.asked_before => Self::Answered,
            Side::Guardian => Self::Wrote,
        }
    }

    /// Whether the office has something to read.
    #[must_use]
    pub fn waits_for_office(self) -> bool {
        matches!(self, Self::Answered | Self::Wrote)
    }
}

/// Whether the office can write to a guardian about something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// They read and answer it in the portal, and hear of it by mail.
    Open,
    /// There is no address with which they could sign in.
    NoAddress,
    /// They may not write about every child it is about.
    NoAccess,
}

/// What the office can say without writing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ready {
    /// For a photo of the appointment letter.
    Letter,
    /// When the child comes back.
    Back,
    /// Which illness it is.
    Illness,
    /// Thanks; there is nothing to answer.
    Thanks,
}

impl Ready {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Letter, Self::Back, Self::Illness, Self::Thanks];

    /// The word for forms.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Letter => "letter",
            Self::Back => "back",
            Self::Illness => "illness",
            Self::Thanks => "thanks",
        }
    }

    /// Whether the office waits for an answer to it.
    #[must_use]
    pub fn asks(self) -> bool {
        self != Self::Thanks
    }
}

/// The choice of the office's own words, in forms.
pub const OWN: &str = "own";

/// The office's form as it was typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QuestionForm {
    /// What was chosen: a ready question's word, or [`OWN`].
    pub question: String,
    /// Own words.
    pub text: String,
    /// Whether own words need no answer.
    pub no_answer: bool,
}

/// What the office says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Question {
    /// One of those at hand.
    Ready(Ready),
    /// Own words, and whether they ask.
    Own(String, bool),
}

/// What is wrong with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MessageProblem {
    /// Nothing is chosen.
    NothingChosen,
    /// Nothing is written.
    Empty,
    /// More than so many characters.
    TooLong(usize),
}

/// The text of a message, tidied.
///
/// # Errors
/// What has to be put right.
pub fn check(text: &str) -> Result<String, MessageProblem> {
    match tidy(text, MESSAGE_MOST) {
        Ok(Some(text)) => Ok(text),
        Ok(None) => Err(MessageProblem::Empty),
        Err(too_long) => Err(MessageProblem::TooLong(too_long.most)),
    }
}

/// What the office's form says. Own words count only where they were chosen, or where nothing was:
/// somebody began to write without saying so.
///
/// # Errors
/// What has to be put right.
pub fn check_question(form: &QuestionForm) -> Result<Question, MessageProblem> {
    if let Some(ready) = Ready::ALL.into_iter().find(|ready| ready.word() == form.question) {
        return Ok(Question::Ready(ready));
    }
    match check(&form.text) {
        Err(MessageProblem::Empty) if form.question != OWN => Err(MessageProblem::NothingChosen),
        Err(problem) => Err(problem),
        Ok(text) => Ok(Question::Own(text, !form.no_answer)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUESTION: Last = Last { from: Side::Staff, asks: true, read: false, asked_before: false };
    const ANSWER: Last = Last { from: Side::Guardian, asks: false, read: false, asked_before: true };

    #[test]
    fn a_question_stands_until_it_is_answered_and_an_answer_until_it_is_read() {
        assert_eq!(Standing::of(QUESTION), Standing::Asked);
        assert_eq!(Standing::of(Last { read: true, ..QUESTION }), Standing::Asked);
        assert_eq!(Standing::of(Last { asks: false, ..QUESTION }), Standing::Told);
        assert_eq!(Standing::of(ANSWER), Standing::Answered);
        assert_eq!(Standing::of(Last { asked_before: false, ..ANSWER }), Standing::Wrote);
        assert_eq!(Standing::of(Last { read: true, ..ANSWER }), Standing::Read);
    }

    #[test]
    fn the_office_has_to_read_what_families_wrote_and_nothing_else() {
        let waits = [Standing::Answered, Standing::Wrote];
        for standing in [Standing::Asked, Standing::Told, Standing::Answered, Standing::Wrote, Standing::Read] {
            assert_eq!(standing.waits_for_office(), waits.contains(&standing), "{standing:?}");
        }
    }

    #[test]
    fn a_message_has_at_most_a_thousand_characters_and_at_least_one() {
        assert_eq!(check(&"é".repeat(MESSAGE_MOST)), Ok("é".repeat(MESSAGE_MOST)));
        assert_eq!(check(&"é".repeat(MESSAGE_MOST + 1)), Err(MessageProblem::TooLong(MESSAGE_MOST)));
        assert_eq!(check(" \r\n\u{200B} "), Err(MessageProblem::Empty));
        assert_eq!(check(" two\r\nlines\u{202E} "), Ok("two\nlines".into()));
    }

    #[test]
    fn the_office_chooses_a_question_or_writes_its_own() {
        let form = |question: &str, text: &str| QuestionForm {
            question: question.into(),
            text: text.into(),
            no_answer: false,
        };
        for ready in Ready::ALL {
            assert_eq!(check_question(&form(ready.word(), "")), Ok(Question::Ready(ready)));
            // Words under a choice that was given up do not count.
            assert_eq!(check_question(&form(ready.word(), "begun")), Ok(Question::Ready(ready)));
        }
        assert_eq!(check_question(&form("", "")), Err(MessageProblem::NothingChosen));
        assert_eq!(check_question(&form("<b>", " ")), Err(MessageProblem::NothingChosen));
        assert_eq!(check_question(&form(OWN, " ")), Err(MessageProblem::Empty));
        assert_eq!(check_question(&form("", "Who?")), Ok(Question::Own("Who?".into(), true)));
        let thanks = QuestionForm { no_answer: true, ..form(OWN, "Thank you") };
        assert_eq!(check_question(&thanks), Ok(Question::Own("Thank you".into(), false)));
        let long = form(OWN, &"x".repeat(MESSAGE_MOST + 1));
        assert_eq!(check_question(&long), Err(MessageProblem::TooLong(MESSAGE_MOST)));
    }

    #[test]
    fn a_mark_reads_back_from_its_name() {
        let date = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap_or_default();
        for session in Session::BOTH {
            let mark = MarkOf { pupil: PupilId::from_bytes([7; 16]), date, session };
            assert_eq!(MarkOf::parse(&mark.id()), Some(mark.clone()));
            for other in [format!("{}.", mark.id()), mark.id().replace("2026-", "2026-0"), mark.id().to_lowercase()] {
                assert_eq!(MarkOf::parse(&other), None, "{other}");
            }
        }
    }

    #[test]
    fn thanks_wait_for_no_answer() {
        let asking: Vec<&str> = Ready::ALL.into_iter().filter(|ready| ready.asks()).map(Ready::word).collect();
        assert_eq!(asking, ["letter", "back", "illness"]);
    }

    #[test]
    fn a_side_reads_back_from_its_word_and_faces_the_other() {
        for side in [Side::Guardian, Side::Staff] {
            assert_eq!(Side::parse(side.word()), Some(side));
            assert_eq!(side.other().other(), side);
            assert_ne!(side.other(), side);
        }
        assert_eq!(Side::parse("nobody"), None);
    }
}
