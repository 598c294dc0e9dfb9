//! A version of the policy while it is being written, and what it needs before it can be published.

use chrono::{Days, NaiveDate};

use crate::rules::{iso, prose::Prose, text};

/// How many characters the title may have.
pub const LONGEST_TITLE: usize = 120;
/// How many characters the text may have: a form that is posted has room for so many.
pub const LONGEST_TEXT: usize = 40_000;
/// How many the plain summary may have.
pub const LONGEST_SUMMARY: usize = 3_000;
/// How many the list of changes may have.
pub const LONGEST_CHANGES: usize = 2_000;
/// How many headings a text may have: each is a line of the contents.
pub const MOST_HEADINGS: usize = 500;
/// How many cells its tables may have together: a short line can stand for a wide row of empty ones.
pub const MOST_CELLS: usize = 5_000;
/// For how many days ahead a policy may be dated.
const AHEAD: u64 = 366;
/// Within how many days it has to be renewed at the latest.
const RENEWED: u64 = 3 * 366;

/// As it was typed, right or not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PolicyDraft {
    /// The title.
    pub title: String,
    /// The text, in Markdown.
    pub text: String,
    /// The plain summary, in Markdown.
    pub summary: String,
    /// What has changed since the version before, in Markdown.
    pub changes: String,
    /// When it was adopted.
    pub adopted: String,
    /// When it is to be renewed.
    pub renewal: String,
}

/// A version that can be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyText {
    /// The title.
    pub title: String,
    /// The text, in Markdown.
    pub text: String,
    /// The plain summary, in Markdown.
    pub summary: String,
    /// What has changed; "" where it is the first.
    pub changes: String,
    /// When it was adopted.
    pub adopted: NaiveDate,
    /// When it is to be renewed.
    pub renewal: NaiveDate,
}

/// What keeps a draft from being published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DraftProblem {
    /// Nothing stands there.
    Empty,
    /// More than so many characters.
    TooLong(usize),
    /// The text has no heading: nobody could be led to a part of it.
    NoHeading,
    /// More than so many headings.
    TooManyHeadings(usize),
    /// More than so many cells in tables.
    TooManyCells(usize),
    /// No day, or one that cannot be.
    NoDay,
    /// It is renewed before it is adopted, or not within three years.
    Renewal,
}

/// What of a text, as it is read, is more than a page can bear.
#[must_use]
pub fn check_parts(prose: &Prose) -> Option<DraftProblem> {
    if prose.headings() > MOST_HEADINGS {
        return Some(DraftProblem::TooManyHeadings(MOST_HEADINGS));
    }
    (prose.cells() > MOST_CELLS).then_some(DraftProblem::TooManyCells(MOST_CELLS))
}

/// The draft as it would be published, or what has to be put right: the field's name and why. `first` says that there is
/// no version before it, and so nothing that can have changed.
///
/// # Errors
/// Every field with a fault.
pub fn check_draft(
    draft: &PolicyDraft,
    (first, today): (bool, NaiveDate),
) -> Result<PolicyText, Vec<(&'static str, DraftProblem)>> {
    let mut wrong = Vec::new();
    let mut take = |field: &'static str, typed: &str, most: usize, needed: bool| {
        let kept = match text::tidy(typed, most) {
            Ok(kept) => kept.unwrap_or_default(),
            Err(long) => {
                wrong.push((field, DraftProblem::TooLong(long.most)));
                return typed.to_owned();
            }
        };
        if kept.is_empty() && needed {
            wrong.push((field, DraftProblem::Empty));
        }
        kept
    };
    let title = take("title", &draft.title.replace(['\n', '\r'], " "), LONGEST_TITLE, true);
    let summary = take("summary", &draft.summary, LONGEST_SUMMARY, true);
    let changes = take("changes", &draft.changes, LONGEST_CHANGES, !first);
    let body = take("body", &draft.text, LONGEST_TEXT, true);
    let heading = |line: &str| line.trim_start_matches('#').starts_with(' ') && line.starts_with('#');
    if !body.is_empty() && !body.lines().any(heading) {
        wrong.push(("body", DraftProblem::NoHeading));
    }
    let latest = today.checked_add_days(Days::new(AHEAD));
    let adopted = iso::date(draft.adopted.trim()).filter(|day| latest.is_some_and(|latest| *day <= latest));
    let renewal = iso::date(draft.renewal.trim());
    if adopted.is_none() {
        wrong.push(("adopted", DraftProblem::NoDay));
    }
    match (adopted, renewal) {
        (_, None) => wrong.push(("renewal", DraftProblem::NoDay)),
        (Some(from), Some(to))
            if to <= from || from.checked_add_days(Days::new(RENEWED)).is_none_or(|most| to > most) =>
        {
            wrong.push(("renewal", DraftProblem::Renewal));
        }
        _ => {}
    }
    match (adopted, renewal) {
        (Some(adopted), Some(renewal)) if wrong.is_empty() => {
            Ok(PolicyText { title, text: body, summary, changes, adopted, renewal })
        }
        _ => Err(wrong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::prose::{Block, Section};

    #[test]
    fn a_page_bears_so_many_headings_and_cells_and_no_more() {
        let section = Section { level: 1, anchor: String::new(), heading: Vec::new(), blocks: Vec::new() };
        let headings = |count| Prose { opening: Vec::new(), sections: vec![section.clone(); count] };
        assert_eq!(check_parts(&headings(MOST_HEADINGS)), None);
        assert_eq!(check_parts(&headings(MOST_HEADINGS + 1)), Some(DraftProblem::TooManyHeadings(MOST_HEADINGS)));
        let cells = |rows| {
            let table = Block::Table(vec![Vec::new(); 10], vec![vec![Vec::new(); 10]; rows]);
            Prose { opening: vec![table], sections: Vec::new() }
        };
        assert_eq!(check_parts(&cells(MOST_CELLS / 10 - 1)), None);
        assert_eq!(check_parts(&cells(MOST_CELLS / 10)), Some(DraftProblem::TooManyCells(MOST_CELLS)));
    }

    fn draft() -> PolicyDraft {
        PolicyDraft {
            title: "Attendance policy".into(),
            text: "# Every day counts\r\n\r\nCome.".into(),
            summary: "Come every day.".into(),
            changes: String::new(),
            adopted: "2026-10-05".into(),
            renewal: "2027-10-01".into(),
        }
    }

    fn check(draft: &PolicyDraft, first: bool) -> Result<PolicyText, Vec<(&'static str, DraftProblem)>> {
        check_draft(draft, (first, NaiveDate::from_ymd_opt(2026, 11, 23).unwrap_or_default()))
    }

    #[test]
    fn a_whole_draft_can_be_published_and_keeps_one_kind_of_line_end() {
        let text = check(&draft(), true).map(|it| it.text);
        assert_eq!(text, Ok("# Every day counts\n\nCome.".to_owned()));
    }

    #[test]
    fn every_fault_is_told_at_its_field() {
        let nothing = check(&PolicyDraft::default(), false).err().unwrap_or_default();
        let fields: Vec<&str> = nothing.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, ["title", "summary", "changes", "body", "adopted", "renewal"]);
        let one = |draft: PolicyDraft, first| check(&draft, first).err().unwrap_or_default();
        assert_eq!(one(draft(), false), [("changes", DraftProblem::Empty)]);
        let long = PolicyDraft { title: "x".repeat(LONGEST_TITLE + 1), ..draft() };
        assert_eq!(one(long, true), [("title", DraftProblem::TooLong(LONGEST_TITLE))]);
        for text in ["Come.", "#hashtag", "Come # here"] {
            assert_eq!(one(PolicyDraft { text: text.into(), ..draft() }, true), [("body", DraftProblem::NoHeading)]);
        }
        for day in ["2026-02-30", "5 October", "2028-01-01"] {
            let late = PolicyDraft { adopted: day.into(), renewal: "2029-01-01".into(), ..draft() };
            assert_eq!(one(late, true), [("adopted", DraftProblem::NoDay)], "{day}");
        }
        for day in ["2026-10-05", "2026-10-04", "2029-11-01"] {
            let odd = PolicyDraft { renewal: day.into(), ..draft() };
            assert_eq!(one(odd, true), [("renewal", DraftProblem::Renewal)], "{day}");
        }
    }
}
