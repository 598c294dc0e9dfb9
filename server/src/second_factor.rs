//! The second factor: codes of an authenticator app (RFC 6238), and recovery codes.

use std::fmt::Write;

use app::rules::id::StaffId;
use chrono::{DateTime, Utc};
use qrcode::{Color, EcLevel, QrCode};
use rand::Rng;
use subtle::ConstantTimeEq;
use totp_rs::{Algorithm, Secret, TOTP};

use crate::store::journal::Keys;

/// Seconds of one step.
const STEP: i64 = 30;
/// How many recovery codes somebody gets.
const RECOVERY_CODES: usize = 8;
/// How many characters each has.
const RECOVERY_LENGTH: usize = 10;
/// As in a receipt's reference: nobody mistakes one of these for another.
const ALPHABET: &[u8] = b"CDFHJKMNPQRTWXY3479";

/// A new secret, 160 random bits in base32.
#[must_use]
pub fn new_secret() -> String {
    Secret::Raw(rand::random::<[u8; 20]>().to_vec()).to_encoded().to_string()
}

fn app(secret: &str, issuer: &str, account: &str) -> Option<TOTP> {
    let secret = Secret::Encoded(secret.to_owned()).to_bytes().ok()?;
    // A colon would end the name.
    let plain = |text: &str| text.replace(':', " ");
    TOTP::new(Algorithm::SHA1, 6, 1, 30, secret, Some(plain(issuer)), plain(account)).ok()
}

fn code_of(app: &TOTP, step: i64) -> Option<String> {
    u64::try_from(step * STEP).ok().map(|time| app.generate(time))
}

/// The step that a code belongs to, if it is one of now or of a step before or after. The caller
/// has the store take the step, so that each works once.
#[must_use]
pub fn check(secret: &str, code: &str, at: DateTime<Utc>) -> Option<i64> {
    let app = app(secret, "", "")?;
    let now = at.timestamp().div_euclid(STEP);
    [now + 1, now, now - 1]
        .into_iter()
        .find(|step| code_of(&app, *step).is_some_and(|right| right.as_bytes().ct_eq(code.as_bytes()).into()))
}

/// What an authenticator app shows: for the demo's page.
#[must_use]
pub fn code_now(secret: &str, at: DateTime<Utc>) -> Option<String> {
    code_of(&app(secret, "", "")?, at.timestamp().div_euclid(STEP))
}

/// The address by which an authenticator app takes the secret.
#[must_use]
pub fn address(secret: &str, issuer: &str, account: &str) -> Option<String> {
    app(secret, issuer, account).map(|app| app.get_url())
}

/// A QR code of this text: squares of a side, with the quiet edge, and the dark ones as a path.
#[must_use]
pub fn qr(text: &str) -> Option<(usize, String)> {
    const EDGE: usize = 4;
    // A screen is never scratched: the lowest level of correction makes the largest squares.
    let code = QrCode::with_error_correction_level(text, EcLevel::L).ok()?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                let _ = write!(path, "M{} {}h{length}v1h-{length}z", x + EDGE, y + EDGE, length = run.len());
            }
            x += run.len();
        }
    }
    Some((width + 2 * EDGE, path))
}

/// New recovery codes, as they are written: two groups.
#[must_use]
pub fn new_recovery_codes() -> Vec<String> {
    let mut random = rand::rng();
    let mut letters = |count: usize| -> String {
        (0..count).map(|_| char::from(ALPHABET[random.random_range(0..ALPHABET.len())])).collect()
    };
    (0..RECOVERY_CODES).map(|_| format!("{}-{}", letters(RECOVERY_LENGTH / 2), letters(RECOVERY_LENGTH / 2))).collect()
}

/// The keyed hash under which a recovery code is kept.
#[must_use]
pub fn recovery_hash(keys: &Keys, staff: &StaffId, code: &str) -> String {
    keys.hide("recovery code", &format!("{staff} {}", plain(code)))
}

/// What somebody gave as second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given {
    /// Six figures from the app.
    Code(String),
    /// Anything else: a recovery code, if it is one.
    Recovery(String),
}

/// Reads what was typed, however it was written.
#[must_use]
pub fn given(typed: &str) -> Given {
    let code = plain(typed);
    if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        Given::Code(code)
    } else {
        Given::Recovery(code)
    }
}

/// Capital letters and figures only; dashes, blanks and case are how people write.
fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).take(40).collect()
}

#[cfg(test)]
mod tests {
    use app::rules::access::Role;

    use super::*;
    use crate::store::{NewStaff, StaffAccount, Store};

    /// The secret of RFC 6238, appendix B: "12345678901234567890".
    const RFC: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap_or_default()
    }

    fn keys() -> Keys {
        Keys { journal: [1; 32], server: [2; 32] }
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code_now(RFC, at(seconds)).as_deref(), Some(code));
            assert_eq!(check(RFC, code, at(seconds)), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_works_one_step_early_and_one_step_late() {
        let code = code_now(RFC, at(1_234_567_890)).unwrap_or_default();
        let step = 1_234_567_890 / 30;
        for (shift, found) in
            [(-60, None), (-30, Some(step)), (0, Some(step)), (30, Some(step)), (59, Some(step)), (60, None)]
        {
            assert_eq!(check(RFC, &code, at(1_234_567_890 + shift)), found, "{shift}");
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for code in ["", "00592", "0059240", "abcdef", "００５９２４", "005925"] {
            assert_eq!(check(RFC, code, at(1_234_567_890)), None, "{code}");
        }
        assert_eq!(check("not base32!", "005924", at(1_234_567_890)), None);
        assert_eq!(check("GEZDG", "005924", at(1_234_567_890)), None);
    }

    #[tokio::test]
    async fn a_code_works_once() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let store = Store::open(&folder.path().join("school.db").display().to_string(), keys()).await?;
        let school = store.school("school");
        let now = at(1_234_567_890);
        school.found(now).await?;
        let staff_id = StaffId::from_bytes([7; 16]);
        let (name, email) = ("Jo".to_owned(), "jo@example.org".to_owned());
        let new = NewStaff {
            staff_id: staff_id.clone(),
            name: name.clone(),
            email: email.clone(),
            roles: vec![Role::Office],
        };
        let account = StaffAccount {
            staff_id: staff_id.clone(),
            name,
            email,
            password_hash: None,
            totp_secret: Some(RFC.into()),
            totp_step: 0,
            disabled: false,
        };
        school.seed_staff(new, account, now).await?;
        let step = |code: &str, at| check(RFC, code, at).ok_or("a good code");
        let code = code_now(RFC, now).ok_or("a code")?;
        assert!(school.take_totp_step(&staff_id, step(&code, now)?).await?);
        assert!(!school.take_totp_step(&staff_id, step(&code, now)?).await?, "the same code again");
        assert!(!school.take_totp_step(&staff_id, step(&code, at(1_234_567_890 + 30))?).await?, "and a step later");
        let next = code_now(RFC, at(1_234_567_890 + 30)).ok_or("a code")?;
        assert!(school.take_totp_step(&staff_id, step(&next, now)?).await?, "the next one, a little early");
        assert!(!school.take_totp_step(&staff_id, step(&code, now)?).await?, "nothing goes back");
        Ok(())
    }

    #[test]
    fn a_new_secret_has_160_bits_and_makes_codes() {
        let secret = new_secret();
        assert_eq!(secret.len(), 32);
        assert_ne!(secret, new_secret());
        let code = code_now(&secret, at(1_234_567_890)).unwrap_or_default();
        assert_eq!(check(&secret, &code, at(1_234_567_890)), Some(41_152_263));
    }

    #[test]
    fn an_authenticator_app_reads_the_address() -> Result<(), totp_rs::TotpUrlError> {
        let url = address(RFC, "Nine Fifteen (St Mary: Upper)", "jo@example.org").unwrap_or_default();
        let read = TOTP::from_url(&url)?;
        assert_eq!(read.issuer.as_deref(), Some("Nine Fifteen (St Mary  Upper)"));
        assert_eq!((read.account_name.as_str(), read.get_secret_base32().as_str()), ("jo@example.org", RFC));
        Ok(())
    }

    #[test]
    fn the_qr_code_has_its_three_corners_and_a_quiet_edge() {
        let (side, path) = qr("otpauth://totp/x").unwrap_or_default();
        assert_eq!(side, 21 + 8);
        // The top of the corners: seven dark squares at both ends of the first line.
        assert!(path.starts_with("M4 4h7v1h-7z"), "{path}");
        assert!(path.contains("M18 4h7v1h-7z") && path.contains("M4 18h7v1h-7z"), "{path}");
        assert!(qr(&"x".repeat(5000)).is_none());
    }

    #[test]
    fn recovery_codes_differ_and_have_no_look_alikes() {
        let codes = new_recovery_codes();
        assert_eq!(codes.len(), 8);
        for code in &codes {
            assert_eq!(code.len(), 11, "{code}");
            assert!(code.bytes().all(|byte| byte == b'-' || ALPHABET.contains(&byte)), "{code}");
            assert_eq!(codes.iter().filter(|other| *other == code).count(), 1);
        }
    }

    #[test]
    fn a_recovery_code_is_read_however_it_is_written() {
        let (jo, al) = (StaffId::from_bytes([1; 16]), StaffId::from_bytes([2; 16]));
        let kept = recovery_hash(&keys(), &jo, "CDFHJ-KMN34");
        for typed in ["CDFHJ-KMN34", "cdfhj kmn34", " cdfhjkmn34 ", "CDFHJ–KMN34", "c d f h j - k m n 3 4"] {
            assert_eq!(given(typed), Given::Recovery("CDFHJKMN34".into()), "{typed}");
            assert_eq!(recovery_hash(&keys(), &jo, typed), kept, "{typed}");
        }
        assert_ne!(recovery_hash(&keys(), &jo, "CDFHJ-KMN37"), kept);
        assert_ne!(recovery_hash(&keys(), &al, "CDFHJ-KMN34"), kept);
    }

    #[test]
    fn six_figures_are_a_code_of_the_app() {
        assert_eq!(given(" 005 924 "), Given::Code("005924".into()));
        assert_eq!(given("00592"), Given::Recovery("00592".into()));
        assert_eq!(given("🦊"), Given::Recovery(String::new()));
    }
}
