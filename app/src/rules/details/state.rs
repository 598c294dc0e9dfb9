//! Where one asked-for change stands, and which way it may go from there. Every move is asked for here.

use chrono::NaiveDate;

/// After how many days an agreed change that the file has not brought is shown as late.
pub const ARRIVES_DAYS: i64 = 14;

/// Where one field of a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// The office has it before it.
    Asked,
    /// The office has agreed; it is still to be keyed into the MIS.
    Accepted,
    /// The office has not agreed.
    Refused,
    /// It is keyed into the MIS; the file has not brought it yet.
    Keyed,
    /// The file has brought it.
    Arrived,
    /// The family took it back.
    Withdrawn,
    /// Another request took its place.
    Replaced,
}

/// What happens to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Move {
    /// The office agrees.
    Accept,
    /// The office does not.
    Refuse,
    /// The office takes its answer back.
    Reopen,
    /// Somebody has keyed it into the MIS.
    Key,
    /// Somebody had not after all.
    Unkey,
    /// The file brings it.
    Arrive,
    /// The family takes it back.
    Withdraw,
    /// The family asks for something else.
    Replace,
}

/// The move is not possible from there: somebody else has moved it meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotNow;

impl State {
    /// Every state.
    pub const ALL: [Self; 7] =
        [Self::Asked, Self::Accepted, Self::Refused, Self::Keyed, Self::Arrived, Self::Withdrawn, Self::Replaced];

    /// The word for rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Keyed => "keyed",
            Self::Arrived => "arrived",
            Self::Withdrawn => "withdrawn",
            Self::Replaced => "replaced",
        }
    }

    /// The state of a row's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether it is agreed and counts before the file has it.
    #[must_use]
    pub fn is_agreed(self) -> bool {
        matches!(self, Self::Accepted | Self::Keyed)
    }

    /// Where a move leads.
    ///
    /// # Errors
    /// [`NotNow`].
    pub fn after(self, step: Move) -> Result<Self, NotNow> {
        match (self, step) {
            (Self::Asked, Move::Accept) | (Self::Keyed, Move::Unkey) => Ok(Self::Accepted),
            (Self::Asked, Move::Refuse) => Ok(Self::Refused),
            (Self::Accepted | Self::Keyed | Self::Refused, Move::Reopen) => Ok(Self::Asked),
            (Self::Accepted, Move::Key) => Ok(Self::Keyed),
            (Self::Asked | Self::Accepted | Self::Keyed, Move::Arrive) => Ok(Self::Arrived),
            (Self::Asked, Move::Withdraw) => Ok(Self::Withdrawn),
            (Self::Asked | Self::Accepted | Self::Keyed, Move::Replace) => Ok(Self::Replaced),
            _ => Err(NotNow),
        }
    }
}

/// Whether an agreed change should have come with the file by now.
#[must_use]
pub fn is_late(state: State, since: NaiveDate, today: NaiveDate) -> bool {
    state.is_agreed() && (today - since).num_days() >= ARRIVES_DAYS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_reads_back_from_its_word() {
        for state in State::ALL {
            assert_eq!(State::parse(state.word()), Some(state));
        }
        assert_eq!(State::parse("Asked"), None);
    }

    #[test]
    fn what_is_over_stays_over_and_a_family_takes_back_only_what_is_undecided() {
        let steps = [Move::Accept, Move::Refuse, Move::Reopen, Move::Key, Move::Unkey, Move::Arrive, Move::Withdraw];
        for over in [State::Arrived, State::Withdrawn, State::Replaced] {
            assert!(steps.iter().all(|step| over.after(*step) == Err(NotNow)), "{over:?}");
        }
        for state in State::ALL {
            assert_eq!(state.after(Move::Withdraw).is_ok(), state == State::Asked, "{state:?}");
            assert_eq!(state.after(Move::Key).is_ok(), state == State::Accepted, "nothing is keyed that is not agreed");
        }
    }

    #[test]
    fn an_agreed_change_is_late_after_a_fortnight() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap_or_default();
        assert!(!is_late(State::Keyed, day(1), day(14)) && is_late(State::Keyed, day(1), day(15)));
        assert!(!is_late(State::Arrived, day(1), day(30)) && !is_late(State::Asked, day(1), day(30)));
    }
}
