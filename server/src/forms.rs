//! The school's forms, from text to questions. Seeded once; afterwards staff change them on their page.

use app::rules::{
    form::{Form, Needed},
    leave, leaving,
};
use sha2::{Digest, Sha256};

/// A form that families fill in: what the program knows of it before it has read its text.
#[derive(Debug, PartialEq, Eq)]
pub struct FormKind {
    /// Names it in rows and addresses.
    pub name: &'static str,
    /// The text that comes with the program.
    pub seed: &'static str,
    /// The steps that the program asks in its own way.
    pub built_in: &'static [&'static str],
    /// The questions whose answers it reads.
    pub needed: &'static [Needed],
}

/// The form on which families ask for leave.
pub static LEAVE: FormKind =
    FormKind { name: "leave", seed: include_str!("../seeds/leave-form.toml"), built_in: &leave::BUILT_IN, needed: &[] };

/// The form on which families say that a child leaves.
pub static LEAVING: FormKind = FormKind {
    name: "leaving",
    seed: include_str!("../seeds/leaving-form.toml"),
    built_in: &leaving::BUILT_IN,
    needed: &leaving::NEEDED,
};

/// Every form there is.
pub static ALL: [&FormKind; 2] = [&LEAVE, &LEAVING];

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

impl FormKind {
    /// The form with this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        ALL.into_iter().find(|kind| kind.name == name)
    }

    /// Reads a text of it; `school` stands wherever it says `{school}`.
    ///
    /// # Errors
    /// [`FormError`].
    pub fn read(&self, body: &str, school: &str) -> Result<Form, FormError> {
        let text = body.replace("{school}", school);
        let form: Form = toml::from_str(&text).map_err(|error| FormError::Text(error.to_string()))?;
        form.check(self.built_in, self.needed).map_err(FormError::Flaws)?;
        Ok(form)
    }
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
    fn the_forms_that_come_along_are_good() {
        for kind in ALL {
            let form = kind.read(kind.seed, "Leighton Primary School");
            assert!(form.as_ref().is_ok_and(|form| form.steps.len() > 9), "{}: {form:?}", kind.name);
            assert_eq!(FormKind::named(kind.name), Some(kind));
        }
        assert_eq!(FormKind::named("lunch"), None);
    }

    fn flaws(kind: &FormKind, from: &str, to: &str) -> Vec<Flaw> {
        match kind.read(&kind.seed.replacen(from, to, 1), "x") {
            Err(FormError::Flaws(flaws)) => flaws,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_slip_is_named_with_its_line_and_a_flaw_with_its_key() {
        let slip = LEAVE.read(&LEAVE.seed.replacen("\nbuilt_in", "\nbuiltin", 1), "x");
        assert!(matches!(&slip, Err(FormError::Text(said)) if said.contains("builtin")), "{slip:?}");
        let flaws = |from: &str, to: &str| flaws(&LEAVE, from, to);
        assert_eq!(
            flaws("key = \"dates\"", "key = \"days\""),
            [Flaw::BuiltIn("days".into()), Flaw::Without("dates".into())]
        );
        assert_eq!(flaws("key = \"rare\"", "key = \"value\""), [Flaw::Twice("value".into())]);
        assert_eq!(flaws("is = [\"uk\", \"abroad\"]", "is = [\"moon\"]"), [Flaw::When("travel-where".into())]);
        assert_eq!(flaws("label = \"Abroad\"", "label = \" \""), [Flaw::Empty("away".into())]);
    }

    #[test]
    fn a_question_whose_answer_is_read_stays_with_its_choices() {
        let needed = |key: &str| matches!(key, "reason" | "whereabouts" | "school");
        for (from, to) in [
            ("key = \"reason\"", "key = \"cause\""),
            ("key = \"home-education\"", "key = \"at-home\""),
            ("key = \"secret\"", "key = \"hidden\""),
            ("key = \"school\"\nlabel", "key = \"school\"\noptional = true\nlabel"),
        ] {
            let flaws = flaws(&LEAVING, from, to);
            let named = flaws.iter().any(|flaw| matches!(flaw, Flaw::Needed(key, _) if needed(key)));
            assert!(named, "{to}: {flaws:?}");
        }
        let more = LEAVING.seed.replacen(
            "key = \"other\"\nlabel",
            "key = \"boarding\"\nlabel = \"Boarding\"\n\n[[step.question.choice]]\nkey = \"other\"\nlabel",
            1,
        );
        assert!(LEAVING.read(&more, "x").is_ok());
    }
}
