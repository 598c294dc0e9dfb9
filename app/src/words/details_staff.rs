//! Words of the office's pages about families' details.

use crate::rules::details::{Field, Move, State};

/// Families' details, for the office.
#[derive(Debug)]
pub struct DetailsStaffWords {
    /// Title and link.
    pub title: &'static str,
    /// What it is.
    pub lead: &'static str,
    /// How many wait.
    pub waiting: fn(usize) -> String,
    /// How many are decided and written about since.
    pub written: fn(usize) -> String,
    /// On the morning's page: how many wait.
    pub morning: fn(usize) -> String,
    /// None does.
    pub none: &'static str,
    /// The list to key in, as a link: given how many.
    pub to_list: fn(usize) -> String,
    /// The yearly look, as a link.
    pub to_check: &'static str,
    /// Something was written that nobody has read.
    pub unread: &'static str,
    /// The family has a question to answer.
    pub asked_back: &'static str,
    /// Ring first.
    pub ring: &'static str,
    /// A field's name.
    pub field: fn(Field) -> &'static str,
    /// Title of one request.
    pub one_title: &'static str,
    /// Who asks.
    pub who: &'static str,
    /// Their children.
    pub children: &'static str,
    /// When it came.
    pub received: &'static str,
    /// Heads the lines.
    pub asked_heading: &'static str,
    /// Heads: what, the MIS on the day, asked for, answer.
    pub heads: [&'static str; 4],
    /// Nothing.
    pub nothing: &'static str,
    /// It is to be taken away.
    pub taken_away: &'static str,
    /// The MIS says something else by now: given it.
    pub moved: fn(&str) -> String,
    /// From when and with whom, given the date and names.
    pub from_with: fn(&str, &str) -> String,
    /// With none of the children.
    pub with_nobody: &'static str,
    /// What a secret address asks of the office.
    pub secret: &'static str,
    /// What a court order asks of the office.
    pub order: &'static str,
    /// A new e-mail address: what it does.
    pub email: &'static str,
    /// Parental responsibility: to be verified.
    pub responsibility: &'static str,
    /// The answers: agree, do not, reopen.
    pub step: fn(Move) -> &'static str,
    /// Not now.
    pub later: &'static str,
    /// A state.
    pub state: fn(State) -> &'static str,
    /// Ticks all.
    pub all: &'static str,
    /// The button.
    pub save: &'static str,
    /// Who hears what.
    pub save_lead: &'static str,
    /// No answer was chosen.
    pub no_answer: &'static str,
    /// Somebody was quicker.
    pub not_now: &'static str,
    /// Something newer was agreed.
    pub overtaken: &'static str,
    /// Whoever asked may see no child now.
    pub unheard: &'static str,
    /// Back to the list.
    pub back: &'static str,
    /// Title of the list to key in.
    pub list_title: &'static str,
    /// What it is for.
    pub list_lead: &'static str,
    /// Nothing to key in.
    pub list_none: &'static str,
    /// Heads: who, what, old, new, keyed in.
    pub list_heads: [&'static str; 5],
    /// Beside the box.
    pub tick: &'static str,
    /// The button.
    pub list_save: &'static str,
    /// The file.
    pub file: &'static str,
    /// Keyed by whom, when.
    pub keyed: fn(&str, &str) -> String,
    /// Agreed when.
    pub agreed: fn(&str) -> String,
    /// It has not come with the file, given days.
    pub late: fn(i64) -> String,
    /// How many of how many are left.
    pub left: fn(usize, usize) -> String,
    /// Title of the yearly look.
    pub check_title: &'static str,
    /// What it shows, given the school year and the written first day.
    pub check_lead: fn(&str, &str) -> String,
    /// Chooses a class.
    pub classes: &'static str,
    /// Heads: child, adult, looked, to ring.
    pub check_heads: [&'static str; 4],
    /// All right, given the written date.
    pub all_right: fn(&str) -> String,
    /// Asked for a change, given the written date.
    pub asked: fn(&str) -> String,
    /// Not yet.
    pub not_yet: &'static str,
    /// Not asked by the portal.
    pub not_asked: &'static str,
    /// How many people can be rung.
    pub to_ring: fn(usize) -> String,
    /// Too few.
    pub few: &'static str,
    /// How many looked, of how many asked.
    pub looked: fn(usize, usize) -> String,
}
