//! Where a request stands, and which way it may go from there. Every move is asked for here.

/// Where one child's request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// Signed and received.
    Sent,
    /// The school looks at it.
    Considered,
    /// The school has asked the family something, and waits.
    MoreWanted,
    /// All of it was agreed.
    Granted,
    /// Some of its sessions were agreed.
    GrantedInPart,
    /// None of it was agreed.
    Refused,
    /// The family took it back.
    Withdrawn,
    /// The family sent another in its place.
    Replaced,
}

/// What the headteacher decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// All.
    Granted,
    /// Some.
    GrantedInPart,
    /// None.
    Refused,
}

impl Outcome {
    /// What so many granted of so many sessions come to.
    #[must_use]
    pub fn of(granted: usize, asked: usize) -> Self {
        match granted {
            0 => Self::Refused,
            some if some < asked => Self::GrantedInPart,
            _ => Self::Granted,
        }
    }

    /// The state that it makes.
    #[must_use]
    pub fn state(self) -> State {
        match self {
            Self::Granted => State::Granted,
            Self::GrantedInPart => State::GrantedInPart,
            Self::Refused => State::Refused,
        }
    }
}

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Move {
    /// The office has checked that it is complete.
    Consider,
    /// The school asks the family something.
    AskMore,
    /// The family has answered.
    Answer,
    /// The headteacher, or whom she named, decides; also for a second time.
    Decide(Outcome),
    /// The family takes it back; `begun` says whether its first session has.
    Withdraw {
        /// Whether the first session asked for has begun.
        begun: bool,
    },
    /// The family sends another in its place.
    Replace,
}

/// The move is not possible from there: somebody else has moved it meanwhile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotNow;

impl State {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Sent,
        Self::Considered,
        Self::MoreWanted,
        Self::Granted,
        Self::GrantedInPart,
        Self::Refused,
        Self::Withdrawn,
        Self::Replaced,
    ];

    /// The word for rows.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Considered => "considered",
            Self::MoreWanted => "more-wanted",
            Self::Granted => "granted",
            Self::GrantedInPart => "granted-in-part",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Replaced => "replaced",
        }
    }

    /// The state of a row's word.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether a decision is still to come.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Sent | Self::Considered | Self::MoreWanted)
    }

    /// Whether there is a decision that counts.
    #[must_use]
    pub fn is_decided(self) -> bool {
        matches!(self, Self::Granted | Self::GrantedInPart | Self::Refused)
    }

    /// The state after a move.
    ///
    /// # Errors
    /// [`NotNow`] when there is no such way from here.
    pub fn after(self, step: Move) -> Result<Self, NotNow> {
        match step {
            Move::Consider if self.is_open() => Ok(Self::Considered),
            Move::AskMore if self.is_open() => Ok(Self::MoreWanted),
            Move::Answer if self == Self::MoreWanted => Ok(Self::Considered),
            Move::Decide(outcome) if self.is_open() || self.is_decided() => Ok(outcome.state()),
            Move::Withdraw { .. } if self.is_open() => Ok(Self::Withdrawn),
            // A journey that falls through: the school should not wait for a child who is there.
            Move::Withdraw { begun: false } if matches!(self, Self::Granted | Self::GrantedInPart) => {
                Ok(Self::Withdrawn)
            }
            Move::Replace if self.is_open() => Ok(Self::Replaced),
            _ => Err(NotNow),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_that_there_is_and_no_other() {
        use State::{Considered, Granted, GrantedInPart, MoreWanted, Refused, Replaced, Sent, Withdrawn};
        let ways = |step: Move| State::ALL.into_iter().filter(|state| state.after(step).is_ok()).collect::<Vec<_>>();
        let open = [Sent, Considered, MoreWanted];
        assert_eq!(ways(Move::Consider), open);
        assert_eq!(ways(Move::AskMore), open);
        assert_eq!(ways(Move::Answer), [MoreWanted]);
        assert_eq!(ways(Move::Replace), open);
        assert_eq!(ways(Move::Withdraw { begun: true }), open);
        assert_eq!(ways(Move::Withdraw { begun: false }), [&open[..], &[Granted, GrantedInPart]].concat());
        for outcome in [Outcome::Granted, Outcome::GrantedInPart, Outcome::Refused] {
            let decided = [&open[..], &[Granted, GrantedInPart, Refused]].concat();
            assert_eq!(ways(Move::Decide(outcome)), decided);
        }
        for state in [Withdrawn, Replaced] {
            assert_eq!(state.after(Move::Consider), Err(NotNow));
        }
    }

    #[test]
    fn none_some_and_all_are_told_apart() {
        assert_eq!(
            [0, 1, 9, 10].map(|granted| Outcome::of(granted, 10).state().word()),
            ["refused", "granted-in-part", "granted-in-part", "granted"]
        );
    }

    #[test]
    fn every_state_reads_back_from_its_word() {
        for state in State::ALL {
            assert_eq!(State::parse(state.word()), Some(state));
        }
        assert_eq!(State::parse("Sent"), None);
    }
}
