//! The school's forms, from text to questions. Seeded once; afterwards staff change them on their page.

use app::rules::{form::Form, leave};
use sha2::{Digest, Sha256};

/// The form on which families ask for leave.
pub const LEAVE: &str = "leave";

/// The one that comes with the program.
pub const LEAVE_SEED: &str = include_str!("../seeds/leave-form.toml");

/// Why a text is no form, for whoever changes it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FormError {
    /// Not TOML, an unknown key or a value of the wrong kind: with its line.
    #[error("{0}")]
    Text(String),
    /// It reads, and cannot be used.
    #[error("it has flaws")]
    Flaws(Vec<app::rules::form::Flaw>),
}

/// Reads the leave form; `school` stands wherever it says `{school}`.
///
/// # Errors
/// [`FormError`].
pub fn leave(body: &str, school: &str) -> Result<Form, FormError> {
    let text = body.replace("{school}", school);
    let form: Form = toml::from_str(&text).map_err(|error| FormError::Text(error.to_string()))?;
    form.check(&leave::BUILT_IN).map_err(FormError::Flaws)?;
    Ok(form)
}

/// The keys of the questions that ask for an address, in a form of any day; none where it cannot be read.
#[must_use]
pub fn addresses(body: &str) -> Vec<String> {
    let form: Option<Form> = toml::from_str(body).ok();
    form.iter().flat_map(Form::addresses).map(str::to_owned).collect()
}

/// The SHA-256 of a form's text, in hexadecimal figures.
#[must_use]
pub fn fingerprint(body: &str) -> String {
    format!("{:x}", Sha256::digest(body.as_bytes()))
}

#[cfg(test)]
mod tests {
    use app::rules::form::Flaw;

    use super::*;

    #[test]
    fn the_form_that_comes_along_is_good() {
        let form = leave(LEAVE_SEED, "Leighton Primary School");
        assert!(form.as_ref().is_ok_and(|form| form.steps.len() > 10), "{form:?}");
    }

    #[test]
    fn a_slip_is_named_with_its_line_and_a_flaw_with_its_key() {
        let slip = leave(&LEAVE_SEED.replacen("\nbuilt_in", "\nbuiltin", 1), "x");
        assert!(matches!(&slip, Err(FormError::Text(said)) if said.contains("builtin")), "{slip:?}");
        let flaws = |from: &str, to: &str| match leave(&LEAVE_SEED.replacen(from, to, 1), "x") {
            Err(FormError::Flaws(flaws)) => flaws,
            other => panic!("{other:?}"),
        };
        assert_eq!(
            flaws("key = \"dates\"", "key = \"days\""),
            [Flaw::BuiltIn("days".into()), Flaw::Without("dates".into())]
        );
        assert_eq!(flaws("key = \"rare\"", "key = \"value\""), [Flaw::Twice("value".into())]);
        assert_eq!(flaws("is = [\"uk\", \"abroad\"]", "is = [\"moon\"]"), [Flaw::When("travel-where".into())]);
        assert_eq!(flaws("label = \"Abroad\"", "label = \" \""), [Flaw::Empty("away".into())]);
    }
}
