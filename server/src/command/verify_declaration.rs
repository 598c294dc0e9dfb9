//! `nine-fifteen verify-declaration`: whether a signed declaration's file says what was signed; beside a school's data also
//! whether the school's own record and journal say the same.

use std::{io::Read, path::Path};

use app::rules::{declaration::Facts, reference::Reference};

use crate::{
    anchors,
    config::{File, policy_of},
    declaration::{Checked, Flaw, MOST_BYTES, check},
    start::{self, StartError},
    store::{
        Store,
        journal::{Says, Verdict},
    },
};

/// How a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Everything holds.
    Holds,
    /// What it carries holds; its pages could not be compared, since another version of the program drew them.
    PagesNotCompared,
    /// Something differs.
    Differs,
}

/// Looks at a file and says what it finds.
///
/// # Errors
/// When the file, or the school's data, cannot be read.
pub async fn run(file: &Path, data: Option<(&Path, File)>, say: impl Fn(&str)) -> Result<Found, StartError> {
    let bytes = read(file).map_err(|error| StartError::Io(file.display().to_string(), error))?;
    let checked = check(&bytes);
    for flaw in &checked.flaws {
        say(match flaw {
            Flaw::NotOurs => "THIS IS NO DECLARATION: there is no record of one in the file",
            Flaw::Facts => "ALTERED: the recorded facts do not have the fingerprint that was signed",
            Flaw::Manifest => "ALTERED: the list of the policy's fingerprints is not the one that was signed",
            Flaw::Statement => "ALTERED: the statement is not the one that was published with the policy",
            Flaw::Title => "ALTERED: the policy's title is not the one that was published",
            Flaw::Version => "ALTERED: the version's number is not the one that was published with the policy",
            Flaw::Years => "THIS IS NO DECLARATION: it speaks of a day outside the years 2000 to 2200",
            Flaw::Pages => "ALTERED: the file is not, byte for byte, what its record says",
        });
    }
    let odd = [Flaw::Facts, Flaw::Years].iter().any(|flaw| checked.flaws.contains(flaw));
    if let (Some(facts), false) = (&checked.facts, odd) {
        tell(facts, &say);
    }
    let mut holds = checked.flaws.is_empty();
    match (data, holds) {
        (Some((data, configuration)), true) => {
            holds = beside(&checked, data, &configuration, &say).await?;
        }
        (None, true) => {
            say(
                "The fingerprints fit. Whether the school recorded the same shows with --data, beside the school's data.",
            );
        }
        (_, false) => {}
    }
    Ok(match (&checked.sheet, holds) {
        (_, false) => Found::Differs,
        (Some(sheet), true) if !checked.pages_compared => {
            say(&format!(
                "THE PAGES WERE NOT COMPARED: {:?} drew them, and only the same version of the program draws the same. What they \
                 show may differ from the record above; only the record counts.",
                sheet.drawn_by
            ));
            Found::PagesNotCompared
        }
        (_, true) => Found::Holds,
    })
}

/// As many of its bytes as are looked at, and one more where there are more.
fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(file)?.take(MOST_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn tell(facts: &Facts, say: &impl Fn(&str)) {
    let reference = Reference::parse(&facts.reference).map_or_else(|| facts.reference.clone(), |it| it.to_string());
    say(&format!("Reference {reference}, school {}, policy version {}", facts.school, facts.policy_version));
    say(&format!("Declared: {:?}", facts.statement));
    say(&format!("Answer: {:?}", facts.answer));
    say(&format!(
        "Signed as {:?} (on record {:?}) at {}",
        facts.signed_name,
        facts.name_on_record,
        facts.at.to_rfc3339()
    ));
    if let Some(explanation) = &facts.explanation {
        say(&format!("Why the name is another: {explanation:?}"));
    }
    for child in &facts.children {
        say(&format!("For {:?}, {}, as {}", child.name, child.class, child.relationship));
    }
}

/// Holds a file against the school's record, the policy as it was published, and the journal.
async fn beside(checked: &Checked, data: &Path, configuration: &File, say: &impl Fn(&str)) -> Result<bool, StartError> {
    let (Some(sheet), Some(facts)) = (&checked.sheet, &checked.facts) else { return Ok(false) };
    start::needs_data(configuration, data)?;
    let keys = crate::keys::open(data, true)?;
    let anchors =
        anchors::read(data).map_err(|error| StartError::Io(anchors::file(data).display().to_string(), error))?;
    let store = Store::open(&start::database(configuration, data), keys).await?;
    let school = store.school(&facts.school);
    let mut holds = true;
    let mut fault = |text: &str| {
        holds = false;
        say(text);
    };
    let found = match Reference::parse(&facts.reference) {
        Some(reference) => school.declaration(&reference).await?,
        None => None,
    };
    match &found {
        None => fault("NOT ON RECORD: the school's data has no declaration with this reference"),
        Some(found) if found.facts != sheet.facts || found.signature != sheet.signature => {
            fault("DIFFERENT: the school's record of this declaration says something else");
        }
        Some(found) => {
            say("The school's record says the same.");
            let subject = found.reference.as_str();
            let said =
                school.journal_says(found.journal_seq, ("declare", subject), ("signature", &found.signature)).await?;
            match said {
                Says::Yes => say("The journal says the same."),
                Says::Forgotten => say("The journal has the line; what it said has been erased as retention asks."),
                Says::No => fault("DIFFERENT: the journal has another signature, or none, for this declaration"),
            }
        }
    }
    let named = policy_of(&school.settings().await?).ok().map(|(_, policy)| policy.school_name);
    if named.as_ref() != Some(&sheet.school) {
        fault(&format!(
            "DIFFERENT: the file is from {:?}, the school is called {:?} now",
            sheet.school,
            named.unwrap_or_default()
        ));
    }
    match school.policy_version_at(facts.policy_version).await? {
        None => fault("NOT ON RECORD: the school's data has no such version of the policy"),
        Some(policy) => {
            let faults = school.policy_faults(&policy).await?;
            if policy.manifest != sheet.manifest {
                fault("DIFFERENT: the school's version of the policy has other fingerprints");
            } else if faults.is_empty() {
                say("The policy is as it was published.");
            } else {
                fault(&format!("ALTERED: of the published policy: {}", faults.join(", ")));
            }
        }
    }
    match school.verify_journal(&anchors).await {
        Ok(Verdict::Whole(lines)) => say(&format!("The journal is whole, {lines} lines.")),
        Ok(Verdict::BrokenAt(line)) => fault(&format!("THE JOURNAL IS BROKEN at line {line}")),
        Ok(Verdict::CutAfter(line)) => fault(&format!("THE JOURNAL IS CUT OFF after line {line}")),
        Err(error) => {
            store.close().await;
            return Err(error.into());
        }
    }
    store.close().await;
    Ok(holds)
}
