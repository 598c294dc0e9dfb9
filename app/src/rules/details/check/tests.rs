use super::*;

const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();

fn ada() -> PupilId {
    PupilId::from_bytes([1; 16])
}

fn offered(of: Of, stands: Option<&str>) -> Offered {
    Offered { of, held: stands.map(str::to_owned), stands: stands.map(str::to_owned), asked: None }
}

fn offer() -> Offer {
    let fields = vec![
        offered(Of::own(Field::Forename), Some("Ngozi")),
        offered(Of::own(Field::Surname), Some("Okafor")),
        offered(Of::own(Field::Email), Some("ngozi@example.org")),
        offered(Of::own(Field::Mobile), Some("07700 900123")),
        offered(Of::own(Field::HomePhone), None),
        offered(Of::own(Field::Secret), None),
        offered(Of::own(Field::Address), Some("1 Old Road\nTown\nHZ1 1AA")),
        offered(Of::own(Field::Needs), None),
        offered(Of::child(&ada(), Field::LivesWith), Some(YES)),
        offered(Of::child(&ada(), Field::Somebody), None),
        offered(Of::child(&ada(), Field::CourtOrder), None),
    ];
    Offer { fields, children: vec![ada()] }
}

/// The form as it is drawn, with these answers in the place of its own.
fn typed(changes: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for offered in offer().fields {
        answers.set(&offered.of.name(), offered.begins().unwrap_or_default());
    }
    for (name, value) in changes {
        answers.set(name, *value);
    }
    answers
}

fn asks(changes: &[(&str, &str)]) -> Vec<(String, Option<String>)> {
    let wanted = check(&offer(), &typed(changes), TODAY).unwrap();
    wanted.into_iter().map(|wanted| (wanted.of.name(), wanted.value)).collect()
}

fn wrong(changes: &[(&str, &str)]) -> Vec<(String, Wrong)> {
    let problems = check(&offer(), &typed(changes), TODAY).unwrap_err();
    problems.into_iter().map(|problem| (problem.at, problem.wrong)).collect()
}

#[test]
fn only_what_differs_is_asked_for() {
    assert_eq!(
        asks(&[("mobile", "07700 900456"), ("surname", " Okafor ")]),
        [("mobile".into(), Some("07700 900456".into()))]
    );
    assert_eq!(asks(&[("mobile", "")]), [("mobile".into(), None)]);
    let lives = Of::child(&ada(), Field::LivesWith).name();
    assert_eq!(asks(&[(&lives, "no")]), [(lives.clone(), Some("no".into()))]);
    // Nothing chosen, and something that is no choice, leave it.
    assert_eq!(wrong(&[(&lives, "")])[0].1, Wrong::Nothing);
    assert_eq!(wrong(&[(&lives, "maybe")])[0].1, Wrong::Nothing);
    assert_eq!(asks(&[("needs", "bsl large-print evil")]), [("needs".into(), Some("large-print bsl".into()))]);
}

#[test]
fn a_new_address_says_from_when_and_with_whom() {
    let new = ("address", "2 New Street,\n\n Town \nHZ1 2BB");
    assert_eq!(wrong(&[new]), [("address-from".into(), Wrong::NoFrom)]);
    for odd in ["soon", "2028-01-01", "2020-01-01", "2026-02-30"] {
        assert_eq!(wrong(&[new, ("address-from", odd)]), [("address-from".into(), Wrong::OddFrom)], "{odd}");
    }
    let with = format!("{} {}", ada(), PupilId::from_bytes([9; 16]));
    let wanted =
        check(&offer(), &typed(&[new, ("address-from", "2026-12-01"), ("address-with", &with)]), TODAY).unwrap();
    assert_eq!(wanted[0].value.as_deref(), Some("2 New Street\nTown\nHZ1 2BB"));
    assert_eq!(wanted[0].from, NaiveDate::from_ymd_opt(2026, 12, 1));
    assert_eq!(wanted[0].with, [ada()], "somebody else's child lives nowhere here");
}

#[test]
fn where_the_address_is_secret_nothing_of_it_is_read() {
    let typed = typed(&[("secret", "yes"), ("address", "7 Refuge Lane\nElsewhere"), ("address-from", "2026-12-01")]);
    let wanted = check(&offer(), &typed, TODAY).unwrap();
    assert_eq!(wanted.len(), 1);
    assert_eq!((wanted[0].of.field, wanted[0].value.as_deref()), (Field::Secret, Some("yes")));
    assert!(!format!("{wanted:?}").contains("Refuge"));
}

#[test]
fn what_cannot_be_right_is_said_at_its_field() {
    for (change, at, why) in [
        (("email", "ngozi at home"), "email", Wrong::NotEmail),
        (("email", ""), "email", Wrong::Needed),
        (("mobile", "12345"), "mobile", Wrong::NotPhone),
        (("home-phone", "ask mum"), "home-phone", Wrong::NotPhone),
        (("address", "HZ1 1AA"), "address", Wrong::NotAddress),
        (("address", ""), "address", Wrong::Needed),
    ] {
        assert_eq!(wrong(&[change]), [(at.to_owned(), why)]);
    }
    assert_eq!(wrong(&[("forename", ""), ("surname", " ")])[0].1, Wrong::NoName);
    assert_eq!(wrong(&[("surname", &"x".repeat(101))]), [("surname".to_owned(), Wrong::TooLong(100))]);
    assert_eq!(wrong(&[])[0].1, Wrong::Nothing);
}

#[test]
fn somebody_else_to_ring_has_a_name_and_a_number() {
    let name = Of::child(&ada(), Field::Somebody).name();
    let at = |part: &str| format!("{name}-{part}");
    let (who, phone) = (at("name"), at("phone"));
    assert_eq!(wrong(&[(&phone, "01632 960001")]), [(who.clone(), Wrong::NobodysName)]);
    assert_eq!(wrong(&[(&who, "Aunt Efe")]), [(phone.clone(), Wrong::NobodysPhone)]);
    let told = asks(&[(&who, "Efe Okoro"), (&at("relationship"), "aunt"), (&phone, "01632 960001")]);
    assert_eq!(told, [(name, Some("Efe Okoro\naunt\n01632 960001".into()))]);
}

#[test]
fn a_box_that_was_ticked_can_be_unticked_and_one_that_was_not_says_nothing() {
    let order = Of::child(&ada(), Field::CourtOrder).name();
    assert_eq!(asks(&[(&order, "yes")]), [(order.clone(), Some("yes".into()))]);
    let mut offer = offer();
    offer.fields.iter_mut().filter(|one| one.of.name() == order).for_each(|one| one.stands = Some("yes".into()));
    let wanted = check(&offer, &typed(&[]), TODAY).unwrap();
    assert_eq!(wanted[0].value.as_deref(), Some("no"));
}
