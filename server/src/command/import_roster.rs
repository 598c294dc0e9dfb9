//! `nine-fifteen import roster`: a file of pupils and contacts, with no server up.

use std::path::Path;

use app::{
    rules::{import::Field, london},
    words::{RosterWords, words},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use sha2::{Digest, Sha256};

use crate::{
    clock::Clock,
    config::File,
    import::{
        self, Plan,
        plan::{Change, Kind},
    },
    start::{self, StartError},
    store::Applied,
};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Brought in, or shown as asked.
    Good,
    /// In doubt: nothing was changed.
    Doubt,
}

/// Shows what a file would change, line by line, and brings it in unless it is a dry run.
///
/// # Errors
/// Why the file cannot be read, or what the store says; then nothing is changed.
pub async fn run(
    file: &Path,
    data: &Path,
    configuration: File,
    dry_run: bool,
    anyway: bool,
    say: impl Fn(&str),
) -> Result<Ending, StartError> {
    let w = &words("en-GB").roster;
    let io = |path: &Path| {
        let path = path.display().to_string();
        move |error| StartError::Io(path, error)
    };
    let length = std::fs::metadata(file).map_err(io(file))?.len();
    if usize::try_from(length).is_ok_and(|length| length > import::FILE_BYTES) {
        return Err(StartError::Other(w.too_large.to_owned()));
    }
    let bytes = std::fs::read(file).map_err(io(file))?;
    if !data.is_dir() {
        return Err(StartError::Other(format!("there is no folder {}", data.display())));
    }
    let now = Clock::of_the_machine().now();
    let today = london::today(now);
    let roster = import::read_roster(&bytes, today).map_err(|why| StartError::Other((w.unreadable)(why)))?;
    let (store, school) = start::stored_school(data, &configuration, now).await?;
    let stored = school.stored_roster().await?;
    let plan = import::plan::plan(roster.clone(), &stored, today);
    lines(w, &plan).iter().for_each(|line| say(line));
    if dry_run {
        say(w.cli.dry);
        store.close().await;
        return Ok(if plan.doubts.is_empty() { Ending::Good } else { Ending::Doubt });
    }
    let sha256 = BASE64.encode(Sha256::digest(&bytes));
    let applied = school.import_roster(roster, sha256, anyway, now, today).await?;
    store.close().await;
    Ok(match applied {
        Applied::Done(_) => {
            say(w.cli.done);
            Ending::Good
        }
        _ => {
            say(w.cli.doubt);
            Ending::Doubt
        }
    })
}

/// The plan, a line of text for each line of the file and what follows from it.
fn lines(w: &RosterWords, plan: &Plan) -> Vec<String> {
    let mut lines = Vec::new();
    let [added, changed, kept, aside, look, missing] = w.cli.marks;
    let mark = |kind: Kind| [added, changed, kept][kind as usize];
    let mut put = |line: u64, mark: &str, text: String| lines.push((line, format!("{line:>6}  {mark:<10}  {text}")));
    for step in &plan.pupils {
        let changes = step.was.as_ref().map(|was| was.changes(&step.becomes)).unwrap_or_default();
        put(
            step.line,
            mark(step.kind()),
            with(w, format!("{}, {}", step.becomes.name(), step.becomes.class), &changes),
        );
    }
    for step in &plan.contacts {
        let changes = step.was.as_ref().map(|was| was.changes(&step.becomes)).unwrap_or_default();
        put(step.line, mark(step.kind()), with(w, step.becomes.name(), &changes));
    }
    for tie in &plan.ties {
        let (child, adult) = (plan.pupils[tie.pupil].becomes.name(), plan.contacts[tie.contact].becomes.name());
        let is = &tie.step.becomes;
        let mut text = (w.tie)(&adult, &is.relationship, &child);
        text += &format!(
            ": {}",
            if tie.barred {
                w.barred
            } else if is.reviewed {
                (w.access)(is.access)
            } else {
                w.waits
            }
        );
        let changes = tie.step.was.as_ref().map(|was| was.changes(is)).unwrap_or_default();
        put(tie.step.line, mark(tie.step.kind()), with(w, text, &changes));
    }
    for one in &plan.aside {
        put(one.line, aside, format!("{}: {}", one.who, (w.fault)(one.fault)));
    }
    for one in &plan.cautions {
        put(one.line, look, format!("{}: {}", one.who, (w.caution)(one.caution)).trim_start_matches(": ").to_owned());
    }
    lines.sort_by_key(|(line, _)| *line);
    let mut lines: Vec<String> = lines.into_iter().map(|(_, text)| text).collect();
    let gone = plan.missing_pupils.iter().chain(&plan.missing_ties);
    lines.extend(gone.map(|gone| {
        let who = match gone.guardian_id {
            None => format!("{}, {}", gone.who, gone.of),
            Some(_) => (w.missing_contact)(&gone.who, &gone.of),
        };
        format!("     -  {missing:<10}  {who}")
    }));
    let tally = plan.tally();
    for (name, [new, changes, same]) in w.tally_rows.iter().zip([tally.pupils, tally.contacts, tally.ties]) {
        lines.push(format!("{name}: {new} {added}, {changes} {changed}, {same} {kept}"));
    }
    lines.push(
        [(w.aside)(tally.aside), (w.cautions)(tally.cautions), (w.missing)(tally.missing_pupils + tally.missing_ties)]
            .join(". "),
    );
    lines.extend(plan.doubts.iter().map(|doubt| format!("{}: {}", w.doubts, (w.doubt)(*doubt))));
    lines
}

fn with(w: &RosterWords, text: String, changes: &[Change]) -> String {
    let shown: Vec<String> = changes.iter().map(|change| change_text(w, change)).collect();
    if shown.is_empty() { text } else { format!("{text} ({})", shown.join("; ")) }
}

/// "Class: 3 Oak → 4 Lime".
pub(crate) fn change_text(w: &RosterWords, (field, was, is): &Change) -> String {
    let value = |value: &Option<String>| match (field, value.as_deref()) {
        (_, None) => w.blank.to_owned(),
        (Field::Responsibility | Field::LivesWith | Field::CourtOrder, Some(flag)) => {
            w.yes_no[usize::from(flag == "1")].to_owned()
        }
        (Field::Access, Some("wait")) => w.waits.to_owned(),
        (Field::Access, Some(word)) => (w.access)(app::rules::access::Access::parse(word)).to_owned(),
        (_, Some(text)) => text.to_owned(),
    };
    format!("{}: {}", (w.field)(*field), (w.from_to)(&value(was), &value(is)))
}
