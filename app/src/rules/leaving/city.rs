//! Where a child goes, and which form the council gets: Peterborough's Leaving City Form in one of its three
//! scenarios, a report of a child missing education, both or neither (domain section 4).

use super::filled::{Reason, Whereabouts, key};
use crate::rules::form::Answers;

/// Where a child goes, as the family says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// It stays in the city: the address stays, or the new school is in the city.
    City,
    /// Elsewhere in the United Kingdom.
    Kingdom,
    /// Abroad.
    Abroad,
}

/// What is known of where a child goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Destination {
    /// Where.
    pub place: Place,
    /// Whether the school has the new address, or gets it by telephone because it must be kept secret.
    pub address: bool,
    /// Whether a new school is named.
    pub school: bool,
}

impl Destination {
    /// What a form's answers say. `None` where the reason or the address is not answered, and for home education,
    /// which no notice is sent for.
    #[must_use]
    pub fn read(answers: &Answers) -> Option<Self> {
        let (reason, whereabouts) =
            (Reason::parse(answers.get(key::REASON))?, Whereabouts::parse(answers.get(key::WHEREABOUTS))?);
        let place = match (reason, whereabouts) {
            (Reason::HomeEducation, _) => return None,
            (Reason::LeavingUk, _) => Place::Abroad,
            (Reason::LocalSchool, _) | (_, Whereabouts::Same) => Place::City,
            _ => Place::Kingdom,
        };
        Some(Self {
            place,
            address: whereabouts != Whereabouts::Unknown,
            school: answers.get(key::SCHOOL) == key::KNOWN,
        })
    }

    /// Whether nobody can say where the child will be.
    #[must_use]
    pub fn is_unknown(self) -> bool {
        self.place != Place::City && !self.address && !self.school
    }
}

/// The scenario of the Leaving City Form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CityForm {
    /// Leaving the United Kingdom, with the new address.
    One,
    /// Moving within the United Kingdom, with word of the new council or school.
    Two,
    /// Moving within the United Kingdom, without such word.
    Three,
}

/// Why it is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// The child stays in the city: no form about leaving it.
    StaysHere,
    /// The family leaves the country and gives its address there.
    AbroadWithAddress,
    /// The family leaves the country and the address is not known.
    AbroadWithoutAddress,
    /// The new school or council has confirmed it.
    Confirmed,
    /// Nobody but the family has said so.
    NotConfirmed,
    /// Neither an address nor a school is known.
    Unknown,
}

/// What the council gets, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Referral {
    /// The Leaving City Form, in which scenario.
    pub form: Option<CityForm>,
    /// Whether the child is reported as missing education besides.
    pub missing: bool,
    /// Why.
    pub why: Vec<Why>,
}

/// What the council gets. `confirmed` says whether the new school or council has confirmed the place to the school:
/// what the family says of it is not enough.
#[must_use]
pub fn referral(to: Destination, confirmed: bool) -> Referral {
    let (form, missing, why) = match (to.place, to.address, confirmed) {
        (Place::City, ..) => (None, false, Why::StaysHere),
        (Place::Abroad, true, _) => (Some(CityForm::One), false, Why::AbroadWithAddress),
        // The first scenario needs the address; a school's word tells where the child is.
        (Place::Abroad, false, true) => (Some(CityForm::One), false, Why::Confirmed),
        (Place::Abroad, false, false) => (None, true, Why::AbroadWithoutAddress),
        (Place::Kingdom, _, true) => (Some(CityForm::Two), false, Why::Confirmed),
        (Place::Kingdom, _, false) => (Some(CityForm::Three), true, Why::NotConfirmed),
    };
    let unknown = (to.is_unknown() && !confirmed).then_some(Why::Unknown);
    Referral { form, missing, why: [Some(why), unknown].into_iter().flatten().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(reason: &str, whereabouts: &str, school: &str) -> Answers {
        let mut answers = Answers::default();
        answers.set(key::REASON, reason);
        answers.set(key::WHEREABOUTS, whereabouts);
        answers.set(key::SCHOOL, school);
        answers
    }

    /// Answers and confirmation; the scenario, whether the child is reported missing, and why.
    type Case = ((&'static str, &'static str, &'static str, bool), Option<CityForm>, bool, &'static [Why]);

    const CASES: [Case; 19] = [
        // Leaving the country with an address: no report of a missing child, whether a school is known or not.
        (("leaving-uk", "told", "known", false), Some(CityForm::One), false, &[Why::AbroadWithAddress]),
        (("leaving-uk", "told", "unknown", false), Some(CityForm::One), false, &[Why::AbroadWithAddress]),
        (("leaving-uk", "secret", "unknown", false), Some(CityForm::One), false, &[Why::AbroadWithAddress]),
        (("leaving-uk", "unknown", "unknown", true), Some(CityForm::One), false, &[Why::Confirmed]),
        (("leaving-uk", "unknown", "known", false), None, true, &[Why::AbroadWithoutAddress]),
        (("leaving-uk", "unknown", "unknown", false), None, true, &[Why::AbroadWithoutAddress, Why::Unknown]),
        // Moving within the country: the word of the new school or council decides, not the family's.
        (("moving-uk", "told", "known", true), Some(CityForm::Two), false, &[Why::Confirmed]),
        (("moving-uk", "told", "known", false), Some(CityForm::Three), true, &[Why::NotConfirmed]),
        (("moving-uk", "told", "unknown", false), Some(CityForm::Three), true, &[Why::NotConfirmed]),
        (("moving-uk", "secret", "unknown", false), Some(CityForm::Three), true, &[Why::NotConfirmed]),
        (("moving-uk", "unknown", "known", false), Some(CityForm::Three), true, &[Why::NotConfirmed]),
        (("moving-uk", "unknown", "unknown", false), Some(CityForm::Three), true, &[Why::NotConfirmed, Why::Unknown]),
        (("moving-uk", "unknown", "unknown", true), Some(CityForm::Two), false, &[Why::Confirmed]),
        // An independent school: it hangs on whether the family moves.
        (("independent", "same", "known", false), None, false, &[Why::StaysHere]),
        (("independent", "told", "known", true), Some(CityForm::Two), false, &[Why::Confirmed]),
        (("independent", "told", "known", false), Some(CityForm::Three), true, &[Why::NotConfirmed]),
        // Another school of the city: nobody leaves it.
        (("local-school", "same", "known", false), None, false, &[Why::StaysHere]),
        (("local-school", "told", "unknown", false), None, false, &[Why::StaysHere]),
        (("other", "unknown", "unknown", false), Some(CityForm::Three), true, &[Why::NotConfirmed, Why::Unknown]),
    ];

    #[test]
    fn each_answer_leads_to_its_scenario() {
        for ((reason, whereabouts, school, confirmed), form, missing, why) in CASES {
            let to = Destination::read(&answers(reason, whereabouts, school));
            let said = to.map(|to| referral(to, confirmed));
            let due = Referral { form, missing, why: why.to_vec() };
            assert_eq!(said, Some(due), "{reason}, {whereabouts}, {school}, confirmed {confirmed}");
        }
    }

    #[test]
    fn what_is_not_answered_and_home_education_have_no_scenario() {
        for (reason, whereabouts) in [("", "told"), ("moving-uk", ""), ("a lie", "told"), ("home-education", "same")] {
            assert_eq!(Destination::read(&answers(reason, whereabouts, "known")), None, "{reason} {whereabouts}");
        }
    }

    #[test]
    fn a_child_whom_nobody_can_find_is_always_reported() {
        for place in [Place::Kingdom, Place::Abroad] {
            let to = Destination { place, address: false, school: false };
            assert!(referral(to, false).missing && referral(to, false).why.contains(&Why::Unknown));
        }
    }
}
