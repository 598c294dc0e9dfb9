//! `nine-fifteen import marks`: a file of the register's marks, with no server up.

use std::{
    io::{IsTerminal, Write},
    path::Path,
    time::Duration,
};

use app::{
    rules::{import::Unreadable, london},
    words::{Words, words},
};

use super::{Ending, file_of};
use crate::{
    clock::Clock,
    config::File,
    import::{
        self,
        marks::plan::{Plan, Stored},
        said::{hash, mark_change, mark_listed},
    },
    start::{self, StartError},
    store::{Against, NewMarks, Progress, Way, journal::Actor},
};

/// Shows what a file would change, and brings it in unless it is a dry run.
///
/// # Errors
/// Why the file cannot be read, or what the store says; then nothing is changed.
pub async fn run(
    file: &Path,
    data: &Path,
    configuration: File,
    dry_run: bool,
    previous_school: bool,
    say: impl Fn(&str),
) -> Result<Ending, StartError> {
    let w = words("en-GB");
    let bytes = file_of(file, data, import::MARKS_BYTES, w.marks.too_large)?;
    let now = Clock::of_the_machine().now();
    let today = london::today(now);
    // What staff have said of heads is known only where there is a school; nothing is made for a file that is none.
    let known = start::has_data(&configuration, data);
    match import::read_marks(&bytes) {
        Err(why) if why != Unreadable::NoMarkHeads || !known => {
            return Err(StartError::Other((w.import.unreadable)(why)));
        }
        _ => {}
    }
    let (store, school) = start::stored_school(data, &configuration, now).await?;
    let meanings = school.meanings().await?;
    let marks =
        import::read_marks_as(&bytes, &meanings).map_err(|why| StartError::Other((w.import.unreadable)(why)))?;
    let policy = start::policy(&school).await?;
    let against = Against { calendar: &policy.calendar, previous_school, today };
    let (plan, stored) = school.plan_marks(marks.clone(), against).await?;
    lines(w, &plan, &stored).iter().for_each(|line| say(line));
    if dry_run {
        say(w.import.cli.dry);
    } else {
        let actor = Actor::System("command line");
        let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
        let new = NewMarks { marks, sha256: hash(&bytes), way: Way::Command, name, actor };
        let progress = Progress::default();
        let shown = tokio::spawn(show(progress.clone()));
        let done = school.bring_in_marks(new, against, progress, now).await;
        shown.abort();
        done?;
        say(w.import.cli.done);
    }
    store.close().await;
    Ok(Ending::Good)
}

/// Shows on a terminal how far an import has come, twice a second, on one line.
async fn show(progress: Progress) {
    let mut terminal = std::io::stderr();
    if !terminal.is_terminal() {
        return;
    }
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let (done, all) = progress.so_far();
        if all > 0 {
            // A terminal that has gone is no reason to stop.
            let _ = write!(terminal, "\r{done} / {all}\x1b[K\r");
            let _ = terminal.flush();
        }
    }
}

/// The plan: a line of text for what is set aside, to be looked at or changed, and sums for the rest, for a
/// school year has two hundred thousand marks.
fn lines(words: &Words, plan: &Plan, stored: &Stored) -> Vec<String> {
    let (w, shared) = (&words.marks, &words.import);
    let [added, changed, kept, aside, look, _] = shared.cli.marks;
    let mut lines = Vec::new();
    let mut put = |line: u64, mark: &str, said: [String; 3]| {
        let said: Vec<&str> = said.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        lines.push((line, format!("{line:>6}  {mark:<10}  {}", said.join(": "))));
    };
    for one in &plan.aside {
        let (who, about) = mark_listed(w, one);
        put(one.line, aside, [who, about, (w.fault)(one.said)]);
    }
    for one in &plan.cautions {
        let (who, about) = mark_listed(w, one);
        put(one.line, look, [who, about, (w.caution)(one.said)]);
    }
    for step in plan.steps.iter().filter(|step| step.was.is_some()) {
        let name = stored.pupils.get(step.pupil).map(|pupil| pupil.name.clone()).unwrap_or_default();
        put(step.line, changed, [name, (w.session)(step.at), mark_change((w, shared), step)]);
    }
    lines.sort_by_key(|(line, _)| *line);
    let mut lines: Vec<String> = lines.into_iter().map(|(_, text)| text).collect();
    let tally = plan.tally();
    let [new, changes, same] = tally.marks;
    lines.push(format!("{}: {new} {added}, {changes} {changed}, {same} {kept}", w.tally_rows[0]));
    lines.push([(shared.aside)(tally.aside), (shared.cautions)(tally.cautions)].join(". "));
    if plan.blanks > 0 {
        lines.push((w.blanks)(plan.blanks));
    }
    if plan.footers > 0 {
        lines.push((shared.footers)(plan.footers));
    }
    lines
}
