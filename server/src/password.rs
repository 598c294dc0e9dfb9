//! Passwords of staff: argon2id with the parameters that OWASP names, a few at a time.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};

use crate::web::{Failure, Portal};

/// The fewest characters of a password.
pub const FEWEST: usize = 12;
/// The most characters of a password.
pub const MOST: usize = 200;
/// How many characters have to be left when what everybody would guess is taken out.
const OWN: usize = 8;

/// What is checked where there is no account: it costs the same and no password fits it.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5LCBub3doZXJl$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// What many passwords are made of.
const COMMON: [&str; 46] = [
    "password",
    "passwort",
    "passw0rd",
    "p@ssw0rd",
    "p@ssword",
    "passcode",
    "qwertyuiop",
    "qwerty",
    "asdfghjkl",
    "asdfgh",
    "zxcvbnm",
    "1qaz2wsx",
    "q1w2e3r4",
    "abcdefgh",
    "abcdef",
    "abc123",
    "1234567890",
    "0123456789",
    "987654321",
    "123456",
    "654321",
    "123123",
    "iloveyou",
    "letmein",
    "welcome",
    "changeme",
    "trustno1",
    "administrator",
    "admin123",
    "default",
    "secret",
    "sunshine",
    "princess",
    "football",
    "baseball",
    "liverpool",
    "arsenal",
    "chelsea",
    "manchester",
    "superman",
    "starwars",
    "pokemon",
    "dragon",
    "monkey",
    "correcthorsebatterystaple",
    "correct horse battery staple",
];

/// Why a new password is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weak {
    /// Fewer than [`FEWEST`] characters.
    Short,
    /// More than [`MOST`] characters.
    Long,
    /// Little more than what many people use.
    Common,
    /// Little more than the school's name or the own address.
    Known,
}

/// What is wrong with a new password, if anything. Nothing is asked of its kinds of characters,
/// and it is kept as typed.
#[must_use]
pub fn weakness(password: &str, school: &str, email: &str) -> Option<Weak> {
    let length = password.chars().count();
    if length < FEWEST {
        return Some(Weak::Short);
    }
    if length > MOST {
        return Some(Weak::Long);
    }
    let plain = password.to_lowercase();
    let mut kinds: Vec<char> = plain.chars().collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.len() < 5 || plain.chars().all(|c| c.is_ascii_digit() || c.is_whitespace()) || left(&plain, &COMMON) < OWN
    {
        return Some(Weak::Common);
    }
    known(&plain, &school.to_lowercase(), &email.to_lowercase()).then_some(Weak::Known)
}

fn known(plain: &str, school: &str, email: &str) -> bool {
    let account = email.split('@').next().unwrap_or_default();
    let close = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let whole = [close(school), close(account)];
    let password = close(plain);
    if whole.iter().any(|name| name.chars().count() >= 6 && password.contains(name.as_str())) {
        return true;
    }
    // Short words stand in too many others.
    let words = |text: &'static str| text.split(' ');
    let mut parts: Vec<&str> = words("nine fifteen ninefifteen school attendance")
        .chain(school.split(|c: char| !c.is_alphanumeric()))
        .chain(account.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() >= 4)
        .chain(COMMON)
        .collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    left(plain, &parts) < OWN
}

/// How many characters are left when these are taken out.
fn left(plain: &str, parts: &[&str]) -> usize {
    parts.iter().fold(plain.to_owned(), |text, part| text.replace(part, "")).chars().count()
}

fn argon2id() -> Argon2<'static> {
    // Written out, so that a new default of the library changes nothing by itself.
    let params = Params::new(19_456, 2, 1, None).unwrap_or(Params::DEFAULT);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The hash to keep, a PHC string with its salt; `None` if the library refuses. Takes a core for
/// a while: handlers call [`make`].
#[must_use]
pub fn hash(password: &str) -> Option<String> {
    let salt = SaltString::encode_b64(&rand::random::<[u8; 16]>()).ok()?;
    argon2id().hash_password(password.as_bytes(), &salt).ok().map(|hash| hash.to_string())
}

/// Whether a password fits what is kept. Where nothing is kept it takes as long and is `false`.
/// Handlers call [`fits`].
#[must_use]
pub fn verify(password: &str, kept: Option<&str>) -> bool {
    let kept = kept.and_then(|text| PasswordHash::new(text).ok());
    let (there, hash) = match kept {
        Some(hash) => (true, Some(hash)),
        None => (false, PasswordHash::new(NOBODY).ok()),
    };
    hash.is_some_and(|hash| argon2id().verify_password(password.as_bytes(), &hash).is_ok()) && there
}

/// [`hash`], in turn with everybody else.
///
/// # Errors
/// [`Failure::Unavailable`].
pub async fn make(portal: &Portal, password: String) -> Result<String, Failure> {
    in_turn(portal, move || hash(&password)).await?.ok_or(Failure::Unavailable)
}

/// [`verify`], in turn with everybody else.
///
/// # Errors
/// [`Failure::Unavailable`].
pub async fn fits(portal: &Portal, password: String, kept: Option<String>) -> Result<bool, Failure> {
    in_turn(portal, move || verify(&password, kept.as_deref())).await
}

/// Gives a place back when the work is done, even if nobody waits for it any more.
struct Place(Portal);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.passwords.add_permits(1);
    }
}

async fn in_turn<T: Send + 'static>(portal: &Portal, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
    portal.passwords.acquire().await.map_err(|_| Failure::Unavailable)?.forget();
    let place = Place(portal.clone());
    let done = tokio::task::spawn_blocking(move || {
        let done = work();
        drop(place);
        done
    });
    done.await.map_err(|_| Failure::Unavailable)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weak(password: &str) -> Option<Weak> {
        weakness(password, "Leighton Primary School", "jean.tanner@leighton.example")
    }

    #[test]
    fn a_password_fits_its_own_hash_only() {
        let kept = hash("quarter past nine").unwrap_or_default();
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(verify("quarter past nine", Some(&kept)));
        for wrong in ["quarter past ten", "Quarter past nine", "quarter past nine ", ""] {
            assert!(!verify(wrong, Some(&kept)), "{wrong}");
        }
        assert_ne!(hash("quarter past nine"), hash("quarter past nine"));
    }

    #[test]
    fn nobody_has_a_password_and_it_costs_the_same() -> Result<(), argon2::password_hash::Error> {
        assert!(!verify("", None));
        assert!(!verify("quarter past nine", None));
        assert!(!verify("quarter past nine", Some("not a hash")));
        let real = hash("quarter past nine").unwrap_or_default();
        let (nobody, real) = (PasswordHash::new(NOBODY)?, PasswordHash::new(&real)?);
        assert_eq!((nobody.algorithm, nobody.version, &nobody.params), (real.algorithm, real.version, &real.params));
        assert_eq!(nobody.hash.map(|hash| hash.len()), real.hash.map(|hash| hash.len()));
        Ok(())
    }

    #[test]
    fn letters_of_any_script_are_kept_as_typed() {
        let kept = hash("zażółć gęślą jaźń 🦊").unwrap_or_default();
        assert!(verify("zażółć gęślą jaźń 🦊", Some(&kept)));
        assert!(!verify("zazolc gesla jazn 🦊", Some(&kept)));
        assert_eq!(weak("عائشہ بیمار ہے آج"), None);
    }

    #[test]
    fn length_is_counted_in_characters() {
        assert_eq!(weak("łódź w maju"), Some(Weak::Short));
        assert_eq!(weak("łódź w maju!"), None);
        let long: String = "tea at four ".repeat(17).chars().take(201).collect();
        assert_eq!(weak(&long), Some(Weak::Long));
        assert_eq!(weak(&long[..200]), None);
    }

    #[test]
    fn what_many_people_use_is_refused() {
        for password in [
            "Password1234",
            "PASSWORD2026!!",
            "passwordpassword",
            "123456789012",
            "0113 496 0000",
            "qwertyuiop123",
            "iloveyou1234",
            "WelcomeWelcome1",
            "correct horse battery staple",
            "aaaaaaaaaaaa",
            "abababababab",
            "Letmein-letmein",
        ] {
            assert_eq!(weak(password), Some(Weak::Common), "{password}");
        }
    }

    #[test]
    fn the_schools_name_and_the_own_address_are_refused() {
        for password in [
            "leightonprimaryschool",
            "Leighton Primary School!",
            "Leighton2026!!",
            "my jean.tanner yes",
            "JeanTanner-99",
            "NineFifteen-99",
        ] {
            assert_eq!(weak(password), Some(Weak::Known), "{password}");
        }
        // Words of the name among others are no harm.
        for password in ["a school of seven whales", "jeans and a jolly hat", "quarter past nine"] {
            assert_eq!(weak(password), None, "{password}");
        }
    }
}
