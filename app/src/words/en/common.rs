use chrono::{Datelike, NaiveDate, Weekday};

use super::{super::CommonWords, plural};

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

fn day(date: NaiveDate) -> &'static str {
    weekday(date.weekday())
}

pub(super) fn weekday(day: Weekday) -> &'static str {
    DAYS[day.num_days_from_monday() as usize]
}

fn month(date: NaiveDate) -> &'static str {
    MONTHS[date.month0() as usize]
}

pub(super) fn span(minutes: u32) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    let hour = |n: u32| format!("{n} {}", plural(i64::from(n), "hour", "hours"));
    let minute = |n: u32| format!("{n} {}", plural(i64::from(n), "minute", "minutes"));
    match (hours, rest) {
        (0, rest) => minute(rest),
        (hours, 0) => hour(hours),
        (hours, rest) => format!("{} {}", hour(hours), minute(rest)),
    }
}

pub(super) const WORDS: CommonWords = CommonWords {
    product: "Nine Fifteen",
    skip: "Skip to the page",
    trouble: "Trouble with this page? Ring the office on",
    more: "More",
    home: "Home",
    sent: "Everything reported",
    devices: "Your devices",
    sign_out: "Sign out",
    optional: "Optional",
    put_right: |count| match count {
        1 => "One thing to put right".to_owned(),
        2 => "Two things to put right".to_owned(),
        count => format!("{count} things to put right"),
    },
    long_date: |date| format!("{} {} {} {}", day(date), date.day(), month(date), date.year()),
    full_date: |date| format!("{} {} {}", date.day(), month(date), date.year()),
    day_date: |date| format!("{} {} {}", day(date), date.day(), month(date)),
    day_month: |date| format!("{} {}", date.day(), &month(date)[..3]),
    short_month: |date| &month(date)[..3],
    short_weekday: |date| &day(date)[..3],
    short_day: |date| format!("{} {}", &day(date)[..3], date.day()),
    date_at: |date, time| format!("{} {} at {time}", date.day(), month(date)),
    list: |names| match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    },
    span,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_spans_read_naturally() {
        assert_eq!((WORDS.list)(&["Ada"]), "Ada");
        assert_eq!((WORDS.list)(&["Ada", "Sam", "Noor"]), "Ada, Sam and Noor");
        assert_eq!((WORDS.span)(1), "1 minute");
        assert_eq!((WORDS.span)(71), "1 hour 11 minutes");
        assert_eq!((WORDS.span)(120), "2 hours");
    }
}
