//! `nine-fifteen import roster`: a file of pupils and contacts, with no server up.

use std::path::Path;

use app::{
    rules::london,
    words::{ImportWords, RosterWords, Words, words},
};

use super::{Ending, file_of};
use crate::{
    clock::Clock,
    config::File,
    import::{
        self, Plan,
        plan::{Change, Kind},
        said::{hash, roster_change},
    },
    start::{self, StartError},
    store::Applied,
};

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
    let w = words("en-GB");
    let bytes = file_of(file, data, import::ROSTER_BYTES, w.roster.too_large)?;
    let now = Clock::of_the_machine().now();
    let today = london::today(now);
    let roster = import::read_roster(&bytes, today).map_err(|why| StartError::Other((w.import.unreadable)(why)))?;
    let (store, school) = start::stored_school(data, &configuration, now).await?;
    let plan = school.plan_roster(roster.clone(), today).await?;
    lines(w, &plan).iter().for_each(|line| say(line));
    if dry_run {
        say(w.import.cli.dry);
        store.close().await;
        return Ok(if plan.doubts.is_empty() { Ending::Good } else { Ending::Doubt });
    }
    let sha256 = hash(&bytes);
    let applied = school.import_roster(roster, sha256, anyway, now, today).await?;
    store.close().await;
    Ok(match applied {
        Applied::Done(_) => {
            say(w.import.cli.done);
            Ending::Good
        }
        _ => {
            say(w.roster.cli_doubt);
            Ending::Doubt
        }
    })
}

/// The plan, a line of text for each line of the file and what follows from it.
fn lines(words: &Words, plan: &Plan) -> Vec<String> {
    let (w, shared) = (&words.roster, &words.import);
    let mut lines = Vec::new();
    let [added, changed, kept, aside, look, missing] = shared.cli.marks;
    let mark = |kind: Kind| [added, changed, kept][kind as usize];
    let mut put = |line: u64, mark: &str, text: String| lines.push((line, format!("{line:>6}  {mark:<10}  {text}")));
    for step in &plan.pupils {
        let changes = step.was.as_ref().map(|was| was.changes(&step.becomes)).unwrap_or_default();
        put(
            step.line,
            mark(step.kind()),
            with((w, shared), format!("{}, {}", step.becomes.name(), step.becomes.class), &changes),
        );
    }
    for step in &plan.contacts {
        let changes = step.was.as_ref().map(|was| was.changes(&step.becomes)).unwrap_or_default();
        put(step.line, mark(step.kind()), with((w, shared), step.becomes.name(), &changes));
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
        put(tie.step.line, mark(tie.step.kind()), with((w, shared), text, &changes));
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
        [
            (shared.aside)(tally.aside),
            (shared.cautions)(tally.cautions),
            (w.missing)(tally.missing_pupils + tally.missing_ties),
        ]
        .join(". "),
    );
    lines.extend(plan.doubts.iter().map(|doubt| format!("{}: {}", w.doubts, (w.doubt)(*doubt))));
    lines
}

fn with(w: (&RosterWords, &ImportWords), text: String, changes: &[Change]) -> String {
    let shown: Vec<String> = changes.iter().map(|change| roster_change(w, change)).collect();
    if shown.is_empty() { text } else { format!("{text} ({})", shown.join("; ")) }
}
