//! An offer on its way to the browser: a line an answer. Written and read by hand, since what
//! reads JSON into these structs would cost the browser a tenth of all it downloads.

use chrono::NaiveTime;

use super::{Clock, Offer, OfferedReason, OpenDays};
use crate::rules::{id::PupilId, iso, policy::FollowUp};

impl From<Offer> for String {
    fn from(offer: Offer) -> Self {
        let time = |time: NaiveTime| time.to_string();
        let clock = offer.clock;
        let reason = |reason: &OfferedReason| {
            let flag = |is: bool, letter: char| if is { letter } else { '-' };
            format!("{} {} {}{}", reason.key, reason.asks.word(), flag(reason.ahead, 'a'), flag(reason.ill, 'i'))
        };
        let lines = [
            offer.today.to_string(),
            joined(offer.children.iter().map(ToString::to_string)),
            joined(offer.soon.iter().map(ToString::to_string)),
            format!("{} {}", offer.open.first, offer.open.days),
            offer.max_run.to_string(),
            joined(
                [time(clock.taken), time(clock.closes), time(clock.ends)].into_iter().chain(clock.pm_taken.map(time)),
            ),
            joined(offer.illnesses.into_iter()),
        ];
        let reasons: Vec<_> = offer.reasons.iter().map(reason).collect();
        [lines.as_slice(), &reasons].concat().join("\n")
    }
}

fn joined(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(" ")
}

impl TryFrom<String> for Offer {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        read(&text).ok_or("not an offer")
    }
}

fn read(text: &str) -> Option<Offer> {
    let mut lines = text.split('\n');
    let mut words = || Some(lines.next()?.split(' ').filter(|word| !word.is_empty()));
    let today = iso::date(words()?.next()?)?;
    let children = words()?.map(PupilId::parse).collect::<Option<_>>()?;
    let soon = words()?.map(iso::date).collect::<Option<_>>()?;
    let mut run = words()?;
    let open = OpenDays { first: iso::date(run.next()?)?, days: run.next()?.to_owned() };
    let max_run = words()?.next()?.parse().ok()?;
    let mut times = words()?.map(|time| iso::time(time.get(..5)?));
    let (taken, closes, ends) = (times.next()??, times.next()??, times.next()??);
    let clock = Clock { taken, closes, ends, pm_taken: times.next().flatten() };
    let illnesses = words()?.map(str::to_owned).collect();
    let reason = |line: &str| {
        let mut words = line.split(' ');
        let (key, asks, flags) = (words.next()?.to_owned(), words.next()?, words.next()?);
        Some(OfferedReason { key, asks: FollowUp::parse(asks)?, ahead: flags.contains('a'), ill: flags.contains('i') })
    };
    let reasons = lines.map(reason).collect::<Option<_>>()?;
    Some(Offer { today, children, soon, open, max_run, clock, reasons, illnesses })
}
