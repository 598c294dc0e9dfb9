//! Every sentence that people read, typed: a file per area says which sentences there are,
//! a folder per language says them. A language that lacks one does not compile.
//!
//! Sentences are plain, kind and our own. What a school decides (reasons, names) is not here.

mod attendance;
mod board;
mod calendar;
mod calls;
mod codes;
mod common;
mod declaration;
mod declaration_staff;
mod designates;
mod details;
mod details_staff;
mod devices;
mod en;
mod enter;
mod evidence;
pub mod figures;
mod forms;
mod home;
mod import;
mod keying;
mod leave;
mod leave_paper;
mod leave_staff;
mod leaving;
mod leaving_staff;
mod letters;
mod mail;
mod marks;
mod messages;
mod morning;
mod posting;
mod prove;
mod receipt;
mod reconcile;
mod report;
mod retention;
mod roster;
mod sign_in;
mod staff;
mod tokens;
mod trouble;

pub use attendance::AttendanceWords;
pub use board::BoardWords;
pub use calendar::CalendarWords;
pub use calls::CallWords;
pub use codes::CodeWords;
pub use common::CommonWords;
pub use declaration::DeclarationWords;
pub use declaration_staff::DeclarationStaffWords;
pub use designates::DesignateWords;
pub use details::DetailsWords;
pub use details_staff::DetailsStaffWords;
pub use devices::DeviceWords;
pub use enter::EnterWords;
pub use evidence::EvidenceWords;
pub use figures::FiguresWords;
pub use forms::FormsWords;
pub use home::HomeWords;
pub use import::{CliWords, ImportWords};
pub use keying::KeyingWords;
pub use leave::LeaveWords;
pub use leave_paper::LeavePaperWords;
pub use leave_staff::LeaveStaffWords;
pub use leaving::LeavingWords;
pub use leaving_staff::LeavingStaffWords;
pub use letters::LetterWords;
pub use mail::{MailWords, Message};
pub use marks::MarksWords;
pub use messages::MessageWords;
pub use morning::MorningWords;
pub use posting::PostingWords;
pub use prove::ProveWords;
pub use receipt::ReceiptWords;
pub use reconcile::ReconcileWords;
pub use report::{ReportTrouble, ReportWords};
pub use retention::RetentionWords;
pub use roster::{InvitationWords, ReviewWords, RosterWords};
pub use sign_in::SignInWords;
pub use staff::StaffWords;
pub use tokens::TokenWords;
pub use trouble::{Page, TroubleWords};

/// All sentences of one language.
#[derive(Debug)]
pub struct Words {
    /// The tag for `lang`: "en-GB".
    pub tag: &'static str,
    /// The direction of writing for `dir`.
    pub direction: &'static str,
    /// Head, foot, dates.
    pub common: CommonWords,
    /// Signing in.
    pub sign_in: SignInWords,
    /// The parent's home.
    pub home: HomeWords,
    /// A child's attendance.
    pub attendance: AttendanceWords,
    /// Reporting an absence.
    pub report: ReportWords,
    /// Receipts.
    pub receipt: ReceiptWords,
    /// Letters and photos.
    pub evidence: EvidenceWords,
    /// Asking for leave.
    pub leave: LeaveWords,
    /// Leaving the school.
    pub leaving: LeavingWords,
    /// Children who leave, as staff see them.
    pub leaving_staff: LeavingStaffWords,
    /// The attendance policy and its declaration.
    pub declaration: DeclarationWords,
    /// The same for staff.
    pub declaration_staff: DeclarationStaffWords,
    /// Changing the leave form.
    pub forms: FormsWords,
    /// Printing and posting letters.
    pub posting: PostingWords,
    /// Letters that go out.
    pub letters: LetterWords,
    /// A family's details, and asking for changes.
    pub details: DetailsWords,
    /// The same for the office.
    pub details_staff: DetailsStaffWords,
    /// Giving a fresh code.
    pub prove: ProveWords,
    /// The list of devices.
    pub devices: DeviceWords,
    /// Register codes in plain words.
    pub codes: CodeWords,
    /// Messages that are mailed.
    pub mail: MailWords,
    /// Messages between the school and a family.
    pub messages: MessageWords,
    /// When something goes wrong.
    pub trouble: TroubleWords,
    /// The morning board.
    pub board: BoardWords,
    /// The registers of the morning.
    pub morning: MorningWords,
    /// The call list.
    pub calls: CallWords,
    /// Report and mark side by side.
    pub reconcile: ReconcileWords,
    /// The list for the MIS.
    pub keying: KeyingWords,
    /// Reports that the office hears.
    pub enter: EnterWords,
    /// Leave, as staff prepare and decide it.
    pub leave_staff: LeaveStaffWords,
    /// A leave form on paper, typed in.
    pub leave_paper: LeavePaperWords,
    /// The school calendar.
    pub calendar: CalendarWords,
    /// Figures and the marks behind them.
    pub figures: FiguresWords,
    /// Staff accounts.
    pub staff: StaffWords,
    /// Who decides leave for the headteacher.
    pub designates: DesignateWords,
    /// What every import says.
    pub import: ImportWords,
    /// How long what is kept is kept.
    pub retention: RetentionWords,
    /// The roster's import.
    pub roster: RosterWords,
    /// The marks' import.
    pub marks: MarksWords,
    /// Tokens for other programs.
    pub tokens: TokenWords,
    /// The review of who may do what.
    pub review: ReviewWords,
    /// Invitations on paper.
    pub invitation: InvitationWords,
}

/// The language of a tag; English where there is no other.
#[must_use]
pub fn words(_language: &str) -> &'static Words {
    &en::WORDS
}

/// The few sentences that islands say. They stand apart, so that a browser does not download
/// the rest.
#[derive(Debug)]
pub struct IslandWords {
    /// Reporting an absence.
    pub report: &'static ReportTrouble,
    /// How long until the register closes, given the span in words.
    pub closes_in: fn(&str) -> String,
    /// "1 hour 11 minutes".
    pub span: fn(u32) -> String,
    /// The board: offers what has come in.
    pub show_new: fn(i64) -> String,
    /// The board: offers a fresh page after another's change.
    pub show_changes: &'static str,
}

/// What islands say in the language of a tag.
#[must_use]
pub fn island_words(_language: &str) -> &'static IslandWords {
    &en::ISLANDS
}
