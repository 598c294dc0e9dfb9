//! How families' details are written: for the family and for the office alike.

use app::{
    rules::details::{Field, Of},
    words::Words,
};

use crate::store::{Details, DetailsLine};

/// What a child in these details is called; "" for one who is not there.
fn called<'a>(details: &'a Details, of: &Of) -> &'a str {
    let child = of.pupil.as_ref().and_then(|pupil| details.children.iter().find(|child| child.pupil == *pupil));
    child.map_or("", |child| child.called.as_str())
}

/// A field's name, with the child it is about.
pub(super) fn what(details: &Details, of: &Of, field: fn(Field) -> &'static str) -> String {
    match called(details, of) {
        "" => field(of.field).to_owned(),
        name => format!("{}: {name}", field(of.field)),
    }
}

/// A value as people read it.
pub(super) fn value(words: &'static Words, of: &Of, value: Option<&str>) -> Option<String> {
    value.map(|value| (words.details.value)(of.field, value))
}

/// From when an address counts and which children live there.
pub(super) fn besides(words: &'static Words, details: &Details, line: &DetailsLine) -> Option<String> {
    let from = (words.common.full_date)(line.from?);
    let names: Vec<&str> = details
        .children
        .iter()
        .filter(|child| line.with.contains(&child.pupil))
        .map(|child| child.called.as_str())
        .collect();
    let names = if names.is_empty() { words.details.with_nobody.to_owned() } else { (words.common.list)(&names) };
    Some((words.details.from_with)(&from, &names))
}
