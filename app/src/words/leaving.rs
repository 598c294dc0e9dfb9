//! Words of leaving the school, for families.

use chrono::NaiveDate;

use crate::rules::leaving::{DayProblem, Kind, State};

/// Leaving the school.
#[derive(Debug)]
pub struct LeavingWords {
    /// Title and way to it.
    pub title: &'static str,
    /// On the list: what it is.
    pub lead: &'static str,
    /// What the notice does and does not do.
    pub law: &'static str,
    /// Begins a form.
    pub begin: &'static str,
    /// The same where the children leave in summer anyway.
    pub begin_early: &'static str,
    /// Children of the oldest year group need no form: given their names.
    pub last_term: fn(&str) -> String,
    /// There is no child for whom this guardian could: given the telephone number.
    pub not_yours: fn(&str) -> String,
    /// Who sees it.
    pub who_sees: &'static str,
    /// The last day, in a list: given the date.
    pub until: fn(&str) -> String,
    /// A meeting, in a list.
    pub meeting_short: &'static str,
    /// A state.
    pub state: fn(Kind, State) -> &'static str,
    /// Which children?
    pub children: &'static str,
    /// Help beneath it.
    pub children_hint: &'static str,
    /// Before the children's names.
    pub children_are: &'static str,
    /// The last day.
    pub last_day: &'static str,
    /// Help beneath it.
    pub last_day_hint: &'static str,
    /// The last day lies behind.
    pub gone: &'static str,
    /// What is wrong with the last day.
    pub day: fn(DayProblem) -> &'static str,
    /// Home education is not sent with this form.
    pub not_here: &'static str,
    /// Who moves cannot keep the address.
    pub stays: &'static str,
    /// The heading of what was sent.
    pub notice: &'static str,
    /// In the place of an address that is not asked for.
    pub address_by_phone: &'static str,
    /// The school rings about the address.
    pub rings: &'static str,
    /// The steps of what happens next.
    pub next_steps: &'static [&'static str],
    /// The place is kept until then.
    pub not_yet: &'static str,
    /// Until when what was sent can be read here.
    pub read_until: fn(NaiveDate) -> String,
    /// Changes it.
    pub change: &'static str,
    /// Takes it back.
    pub withdraw: &'static str,
    /// Before taking back.
    pub withdraw_ask: &'static str,
    /// What that means.
    pub withdraw_means: &'static str,
    /// It can no longer be changed or taken back.
    pub cannot_change: &'static str,
    /// Home education: the heading.
    pub meeting: &'static str,
    /// Home education: the first sentence.
    pub meeting_lead: &'static str,
    /// What to know.
    pub meeting_know: &'static [&'static str],
    /// Ringing is as good: given the number.
    pub meeting_ring: fn(&str) -> String,
    /// Heads the form.
    pub meeting_ask: &'static str,
    /// For which children.
    pub meeting_for: &'static str,
    /// The field.
    pub meeting_text: &'static str,
    /// Help beneath it.
    pub meeting_hint: &'static str,
    /// Sends it.
    pub meeting_go: &'static str,
    /// What it is not.
    pub meeting_not: &'static str,
    /// The heading of a meeting that is asked for.
    pub meeting_asked: &'static str,
    /// What happens next, given the number.
    pub meeting_next: fn(&str) -> String,
    /// On home: the school asks something about it, given the children.
    pub home_asks: fn(&str) -> String,
    /// On home: the school has written about it, given the children.
    pub home_told: fn(&str) -> String,
    /// On home: a form that is begun; of no child's, so what it is given does not matter.
    pub home_draft: fn(&str) -> String,
    /// On home: the way to it.
    pub home_link: &'static str,
}
