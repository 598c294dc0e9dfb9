//! The families with a story. Their names, addresses, classes and numbers stay as they are:
//! the README, the browser tests and people trying the demo rely on them. Add new ones at the end.

use super::DemoAccess;
use super::addresses::*;
use crate::demo::families::{Adult, Child, Family, Tie, UpnFrom, day, first_day};

// Places of the classes, Reception first.
const R_ASH: usize = 0;
const R_BIRCH: usize = 1;
const CEDAR: usize = 2;
const ELM: usize = 3;
const FIR: usize = 4;
const HAZEL: usize = 5;
const MAPLE: usize = 6;
const OAK: usize = 7;
const LARCH: usize = 8;
const LIME: usize = 9;
const PINE: usize = 10;
const ROWAN: usize = 11;
const WILLOW: usize = 12;
const YEW: usize = 13;

/// "Forename Surname" with the last space between; a name that ends in a space has no surname.
fn two_names(name: &str) -> (String, String) {
    let (forename, surname) = name.rsplit_once(' ').unwrap_or((name, ""));
    (forename.to_owned(), surname.to_owned())
}

fn adult(title: &'static str, name: &str, email: &str) -> Adult {
    let (forename, surname) = two_names(name);
    let title = (!title.is_empty()).then_some(title);
    Adult { title, forename, surname, email: Some(email.to_owned()), has_mobile: true }
}

fn child(name: &str, class: usize, (year, month, date): (i32, u32, u32)) -> Child {
    let (forename, surname) = two_names(name);
    Child {
        forename,
        surname,
        known_as: None,
        class,
        born: day(year, month, date),
        admitted: first_day(class),
        left: None,
        upn_from: UpnFrom::Here,
    }
}

/// A mother alone with her children.
fn with_mother(mother: Adult, children: Vec<Child>) -> Family {
    let ties = (0..children.len()).map(|child| Tie::parent(0, child, "mother")).collect();
    Family { adults: vec![mother], children, ties }
}

/// A mother, and another adult whose ties differ from a parent's at home.
fn with_two(
    mother: Adult,
    (other, relationship): (Adult, &'static str),
    children: Vec<Child>,
    differs: impl Fn(&mut Tie),
) -> Family {
    let mut family = with_mother(mother, children);
    family.adults.push(other);
    for child in 0..family.children.len() {
        let mut tie = Tie::parent(1, child, relationship);
        differs(&mut tie);
        family.ties.push(tie);
    }
    family
}

/// A lone guardian who is not the mother.
fn with_one(guardian: Adult, child: Child, tie: Tie) -> Family {
    Family { adults: vec![guardian], children: vec![child], ties: vec![tie] }
}

/// The families with a story, in an order that never changes.
pub(super) fn families() -> Vec<Family> {
    let mut all = vec![
        with_two(
            adult("Mrs", "Ngozi Okafor", NGOZI),
            (adult("Mr", "Chidi Okafor", CHIDI), "father"),
            vec![child("Ada Okafor", OAK, (2019, 3, 12)), child("Sam Okafor", ELM, (2021, 1, 25))],
            |tie| tie.lives_with = false,
        ),
        with_mother(
            adult("Ms", "Małgorzata Kaczmarek", MALGORZATA),
            vec![child("Zofia Kaczmarek", ROWAN, (2017, 5, 4))],
        ),
        with_two(
            adult("Ms", "Jo Whitfield", JO),
            (adult("Mr", "Darren Whitfield", DARREN), "father"),
            vec![child("Leo Whitfield", YEW, (2015, 11, 19))],
            |tie| {
                tie.lives_with = false;
                tie.barred = true;
            },
        ),
        with_two(
            adult("Mrs", "Rukhsana Rahman", RAHMAN),
            (adult("Mr", "Imran Rahman", RAHMAN), "father"),
            vec![child("Aisha Rahman", LIME, (2018, 7, 30)), child("Yusuf Rahman", FIR, (2020, 2, 8))],
            |_| (),
        ),
        with_two(
            adult("Miss", "Kelly Lowe", LOWE),
            (adult("Mr", "Ray Lowe", LOWE), "father"),
            vec![child("Harriet Lowe", LIME, (2017, 10, 2))],
            |tie| {
                tie.lives_with = false;
                tie.access = DemoAccess::None;
                tie.barred = true;
            },
        ),
        with_two(
            adult("Mrs", "Leanne Clarke", "leanne.clarke@demo.example"),
            (adult("Mrs", "Patricia Clarke", PATRICIA), "grandmother"),
            vec![child("Noah Clarke", YEW, (2016, 6, 21))],
            |tie| {
                tie.parental_responsibility = false;
                tie.lives_with = false;
                tie.access = DemoAccess::View;
            },
        ),
        with_two(
            adult("Ms", "Claire Brennan", "claire.brennan@demo.example"),
            (adult("Mr", "Tom Brennan", TOM), "father"),
            vec![child("Isla Brennan", LIME, (2018, 1, 15))],
            |tie| {
                tie.access = DemoAccess::None;
                tie.reviewed = false;
            },
        ),
    ];
    all.extend(names_that_test_a_page());
    all.extend(circumstances());
    all
}

fn names_that_test_a_page() -> Vec<Family> {
    const LONG: &str = "Featherstonehaugh-Cholmondeley-Warrington";
    let mut long = child(&format!("Wilhelmina-Alexandrina Constance {LONG}"), HAZEL, (2020, 4, 1));
    long.known_as = Some("Mina".to_owned());
    let mut cathal = adult("Mr", "Cathal O'Brien", "");
    cathal.email = None;
    vec![
        with_mother(adult("Mrs", &format!("Anastasia-Josephine Theodora {LONG}"), LONG_NAMES), vec![long]),
        with_two(
            adult("Mrs", "Siobhán O'Brien", SIOBHAN),
            (cathal, "father"),
            vec![child("Niamh O'Brien", CEDAR, (2021, 6, 17))],
            |_| (),
        ),
        with_mother(adult("Ms", "María Núñez", NUNEZ), vec![child("Zoë Núñez", MAPLE, (2018, 12, 5))]),
        with_two(
            adult("Mrs", "Agnieszka Żółtowska", ZOLTOWSKI),
            (adult("Mr", "Tomasz Żółtowski", "t.zoltowski@demo.example"), "father"),
            vec![child("Łukasz Żółtowski", WILLOW, (2016, 2, 29))],
            |_| (),
        ),
        with_mother(adult("", "فاطمہ خان", FATIMA), vec![child("عائشہ خان", R_ASH, (2022, 3, 9))]),
        with_one(adult("", "Wayan ", WAYAN), child("Suhartini ", PINE, (2017, 8, 17)), Tie::parent(0, 0, "father")),
    ]
}

fn circumstances() -> Vec<Family> {
    let foster = Tie { parental_responsibility: false, ..Tie::parent(0, 0, "foster carer") };
    let mut kai = child("Kai Ellison", LARCH, (2018, 5, 23));
    kai.left = Some(day(2026, 10, 16));
    let mut mateus = child("Mateus Figueira", MAPLE, (2019, 8, 11));
    mateus.admitted = day(2026, 11, 2);
    mateus.upn_from = UpnFrom::Temporary;
    vec![
        with_mother(
            adult("Mrs", "Grace Adeyemi", GRACE),
            vec![
                child("Toluwani Adeyemi", WILLOW, (2016, 4, 14)),
                child("Moyo Adeyemi", LARCH, (2017, 12, 28)),
                child("Jeremiah Adeyemi", FIR, (2019, 10, 10)),
                child("Zion Adeyemi", R_BIRCH, (2021, 9, 26)),
            ],
        ),
        with_one(adult("Mrs", "Janet Ainsworth", FOSTER), child("Kayden Mears", ROWAN, (2016, 10, 31)), foster),
        with_two(
            adult("Mrs", "Tamsin Penhaligon", TWINS),
            (adult("Mr", "Jory Penhaligon", "jory.penhaligon@demo.example"), "father"),
            vec![child("Matilda Penhaligon", R_BIRCH, (2022, 7, 6)), child("Rupert Penhaligon", R_BIRCH, (2022, 7, 6))],
            |_| (),
        ),
        with_mother(adult("Miss", "Dana Ellison", LEAVER), vec![kai]),
        with_two(
            adult("Mrs", "Inês Figueira", JOINER),
            (adult("Mr", "Rogério Figueira", "rogerio.figueira@demo.example"), "father"),
            vec![mateus],
            |_| (),
        ),
    ]
}
