use super::super::FiguresWords;
use crate::rules::school_year::SchoolYear;

pub(super) const WORDS: FiguresWords = FiguresWords {
    no_calendar: |date| {
        format!(
            "The calendar has no term in the school year {}: there are no figures for {date}.",
            SchoolYear::of(date)
        )
    },
};
