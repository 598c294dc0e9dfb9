use super::{super::EvidenceWords, plural};
use crate::rules::evidence::{Kind, Refusal};

pub(super) const WORDS: EvidenceWords = EvidenceWords {
    title: "Add a letter or photo",
    receipt_none: "You do not need one for an ordinary illness. If the school asked you for something, add it here.",
    receipt_some: |count| format!("You added {count} {}.", plural(count, "file", "files")),
    receipt_see: "See what you added",
    back: "Back to the receipt",
    not_needed: "You do not need this for an ordinary illness. Please do not ask your doctor for a letter.",
    needed: "Add something if the school asked you for it, or if you have it anyway: an appointment card, a hospital letter, a prescription.",
    leave_lead: "Add what helps the school to decide, if you have it: an invitation, a letter from an employer, an appointment. The headteacher sees it; another parent who signs does not.",
    leaving_lead: "Nothing is needed. Add something if you have it anyway: the offer of a place, or a letter from the new school.",
    paper_lead: "A scan or photo of the paper form, if you want one kept here, and what was handed in with it.",
    leave_coded: |phone| {
        format!("The school has decided, so files stay with the request. If one is wrong, ring the office on {phone}.")
    },
    added: "What you added",
    about: |kind, size, when| format!("{}, {}, added {when}", kind_word(kind), size_in_words(size)),
    download: "Download",
    remove: "Remove",
    coded: |phone| {
        format!("The school has recorded this day, so files stay with it. If one is wrong, ring the office on {phone}.")
    },
    add: "Add files",
    choose: "Photos or PDFs",
    choose_hint: |more| match more {
        1 => "One more file, at most 10 MB.".to_owned(),
        more => format!("Up to {more} files, each at most 10 MB."),
    },
    go: "Add these files",
    wait: "On a slow line a photo can take a minute. Wait for the next page.",
    private: "Only you and the staff who look after attendance can open these. No other adult of the family sees them. From photos we take out where and when they were taken.",
    full: "You have added 5 files. To add another, remove one first.",
    closed: "Nothing can be added here any more.",
    not_added: |count| match count {
        1 => "One file was not added".to_owned(),
        count => format!("{count} files were not added"),
    },
    nothing: "Choose a photo or a PDF first",
    refused,
    staff_title: "Letters and photos",
    staff_lead: "Opening one is noted with your name. Files come from outside: they open on your computer, not here.",
    staff_none: "Nothing has been added to this report.",
    staff_reference: "Reference",
    staff_from: "Sent by",
    staff_hidden: |number| format!("File {number}"),
    staff_back: "Back to the board",
};

fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Jpeg => "Photo",
        Kind::Png => "Picture",
        Kind::Pdf => "PDF",
    }
}

/// "340 kB", "1.2 MB".
fn size_in_words(bytes: i64) -> String {
    match bytes {
        ..1_000_000 => format!("{} kB", (bytes + 999) / 1000),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

fn refused(name: &str, why: Refusal) -> String {
    let said = match why {
        Refusal::Empty => "has nothing in it. Choose it again",
        Refusal::TooLarge => "is larger than 10 MB. Take the photo again at a smaller size, or a picture of the screen",
        Refusal::OtherKind => "is not a photo or a PDF. Take a photo of it, or save it as a PDF",
        Refusal::OtherPicture => "is a kind of picture we cannot open. Take a picture of the screen and send that",
        Refusal::LongName => "has a very long name. Give it a shorter one",
        Refusal::FalseName => "has a name that ends like another kind of file. Look at it again, or take a photo of it",
        Refusal::TooManyPixels => {
            "is too large a picture. Set the camera to a normal size, or take a picture of the screen"
        }
        Refusal::BrokenPicture => "cannot be opened as a picture. Take it again",
        Refusal::Locked => "asks for a password. Save it without one, or take a photo of it",
        Refusal::Active => "has a program or another file inside. Print it to a new PDF, or take a photo of it",
        Refusal::BrokenPdf => "cannot be opened as a PDF. Save it again, or take a photo of it",
        Refusal::TooComplex => "has too much in it. Print only the page that matters, or take a photo of it",
        Refusal::Five => "is one too many: there can be 5 files. Remove one first",
        Refusal::NoRoom => "does not fit any more: you have sent the school many files. Please ring the office",
    };
    format!("“{name}” {said}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_naturally() {
        assert_eq!(size_in_words(1), "1 kB");
        assert_eq!(size_in_words(339_001), "340 kB");
        assert_eq!(size_in_words(1_290_000), "1.2 MB");
        assert_eq!(size_in_words(10_485_760), "10.4 MB");
    }
}
