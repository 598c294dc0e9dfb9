//! Where the demo's families live: streets that do not exist, in a town that does not, with postcodes of an area that Royal
//! Mail never gave out.

use super::addresses::LONG_NAMES;
use crate::demo::families::Family;

const STREETS: [&str; 23] = [
    "Lantern Street",
    "Orchard Rise",
    "Tallow Lane",
    "Kingfisher Close",
    "Hazel Row",
    "Mill Pond Road",
    "Almoner’s Walk",
    "Skylark Drive",
    "Old Brickworks Lane",
    "Quarry Bank",
    "Fennel Way",
    "Saddler Street",
    "Heron Court",
    "Ropemakers’ Yard",
    "Windmill Avenue",
    "Cowslip Gardens",
    "St Botolph’s Terrace",
    "Ferry Lane",
    "Copperfield Crescent",
    "Juniper Street",
    "Drovers’ Green",
    "Lime Kiln Hill",
    "Weaver Street",
];
const TOWN: &str = "Hazelbridge";
/// The letters that postcodes end in.
const ENDINGS: &[u8; 20] = b"ABDEFGHJLNPQRSTUWXYZ";
/// The longest address there is: what a letter has to bear.
const LONG: &str = "Flat 27b on the Third Floor\nThe Old Granary and Malthouse Buildings\nNorth Quay behind the Corn Exchange\n\
    Great Wickhamstead-under-the-Hill\nHazelbridge\nFenshire\nHZ12 9ZZ";

/// The address of one adult: those who live with a child of the family share a home, the others have one each.
/// `first` is the number of the family's first adult.
pub(super) fn of(family: &Family, adult: usize, first: usize) -> String {
    if family.adults[adult].email.as_deref() == Some(LONG_NAMES) {
        return LONG.to_owned();
    }
    let at_home = family.ties.iter().any(|tie| tie.adult == adult && tie.lives_with);
    // A home of one's own has the adult's number; the family's that of the first who lives there.
    let home =
        if at_home { family.ties.iter().find(|tie| tie.lives_with).map_or(adult, |tie| tie.adult) } else { adult };
    written(first + home)
}

/// The n-th address; no two alike before the two thousandth.
fn written(n: usize) -> String {
    let street = STREETS[n % STREETS.len()];
    let number = 1 + (n / STREETS.len());
    let ending = |at: usize| char::from(ENDINGS[at % ENDINGS.len()]);
    format!("{number} {street}\n{TOWN}\nHZ{} {}{}{}", 1 + n % 9, n % 10, ending(n % STREETS.len()), ending(number))
}
