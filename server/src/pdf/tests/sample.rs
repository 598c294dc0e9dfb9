//! Letters to draw.

use crate::pdf::*;
use chrono::TimeZone as _;

fn strings(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// A document with only these blocks.
pub(super) fn plain(blocks: Vec<Block>) -> Document {
    Document {
        language: "en-GB".to_owned(),
        title: "A page".to_owned(),
        letterhead: Letterhead { name: "Hazel Row Primary School".to_owned(), ..Letterhead::default() },
        addressee: Vec::new(),
        date: "26 November 2026".to_owned(),
        reference: "Reference K7P2M4".to_owned(),
        made_at: chrono::Utc.with_ymd_and_hms(2026, 11, 26, 10, 12, 0).unwrap(),
        blocks,
        page_of: |page, pages| format!("Page {page} of {pages}"),
    }
}

/// An ordinary letter of one page.
pub(super) fn letter() -> Document {
    let blocks = vec![
        Block::Paragraph("Dear Mrs Okafor".to_owned()),
        Block::Paragraph(
            "Thank you for asking us before you booked. I have thought carefully about what you told me, and I can agree to \
             part of it: the days of your mother’s funeral. The school will record them as leave."
                .to_owned(),
        ),
        Block::Facts(vec![
            ("Child".to_owned(), "Ada Okafor, 3 Oak".to_owned()),
            ("You asked for".to_owned(), "Monday 7 December to Friday 11 December 2026 (10 sessions)".to_owned()),
            ("Agreed".to_owned(), "Monday 7 and Tuesday 8 December 2026 (4 sessions)".to_owned()),
            ("Not agreed".to_owned(), "Wednesday 9 to Friday 11 December 2026 (6 sessions)".to_owned()),
        ]),
        Block::Heading(Level::Part, "What this means".to_owned()),
        Block::List(strings(&[
            "If Ada is away on the days that are agreed, they are recorded with code C: leave for an exceptional circumstance.",
            "If she is away on the other days as well, they are recorded as leave that was not agreed.",
            "No work is set for time away. Reading together and a diary of what she sees are a good way to keep in touch.",
        ])),
        Block::Paragraph("If anything here is unclear, or things change, please ring the office. We are glad to help.".to_owned()),
        Block::Paragraph("Yours sincerely".to_owned()),
        Block::Signature { name: "Helen Marsh".to_owned(), lines: strings(&["Headteacher", "Decided on 26 November 2026 at 10.12 am"]) },
    ];
    Document {
        title: "Your request for leave".to_owned(),
        letterhead: Letterhead {
            name: "Hazel Row Primary School".to_owned(),
            address: strings(&["Hazel Row", "Orchard Park", "Peterborough", "PE0 0ZZ"]),
            contact: strings(&["01632 960123", "office@hazelrow.example", "www.hazelrow.example"]),
        },
        addressee: strings(&["Mrs Ngozi Okafor", "14 Lantern Street", "Orchard Park", "Peterborough", "PE0 0ZZ"]),
        ..plain(blocks)
    }
}

/// Names as families write them, a line for each script that is claimed.
pub(super) const NAMES: [(&str, &str); 27] = [
    ("Latin", "Zoë Siân Müller-Nuñez"),
    ("Polish", "Łukasz Wójcik, Małgorzata Święcicka"),
    ("Vietnamese", "Nguyễn Thị Hồng Đào"),
    ("Yoruba", "Ọlábísí Adébáyọ̀ Ṣọlá"),
    ("Turkish", "İpek Yıldız Çağrı Şahin"),
    ("Romanian", "Ștefan Țîrlea Ană"),
    ("Greek", "Γιώργος Παπαδόπουλος"),
    ("Cyrillic", "Олександр Шевченко, Ђорђе"),
    ("Arabic", "محمد عبد الرحمن"),
    ("Urdu", "عائشہ ٹیپو گڑیا چھوٹے"),
    ("Pashto", "ښکلا ځلاند ګل"),
    ("Kurdish", "ڕێبین ئازاد"),
    ("Hebrew", "שרה בן־דוד"),
    ("Hindi", "कृष्णा श्रीवास्तव"),
    ("Nepali", "सृजना श्रेष्ठ"),
    ("Bengali", "মোহাম্মদ শ্রাবণী"),
    ("Gurmukhi", "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ"),
    ("Gujarati", "કૃષ્ણા પટેલ"),
    ("Tamil", "தமிழ்ச்செல்வி"),
    ("Telugu", "శ్రీనివాస్"),
    ("Kannada", "ಲಕ್ಷ್ಮೀ"),
    ("Malayalam", "ശ്രീലക്ഷ്മി"),
    ("Sinhala", "ශ්‍රී ලංකා"),
    ("Thai", "สมชาย ใจดี"),
    ("Amharic", "አበበ ብቂላ"),
    ("Georgian and Armenian", "გიორგი, Գևորգ"),
    ("Chinese, Japanese, Korean", "王小明 陳怡君 さくら ジョン 김민준"),
];

/// Every script on one page.
pub(super) fn scripts() -> Document {
    let mut facts: Vec<_> = NAMES.iter().map(|(label, name)| ((*label).to_owned(), (*name).to_owned())).collect();
    facts.push(("Unknown".to_owned(), "𐎀𐎁 😀 \u{e000}".to_owned()));
    let mixed =
        "\u{2068}عائشہ\u{2069}, 3 Oak, was away for 12 sessions; \u{2068}محمد\u{2069} (Year 4) for 7. 王小明 came."
            .to_owned();
    let begins = "عائشہ Khan was away on 3 days.".to_owned();
    let mut blocks = vec![
        Block::Heading(Level::Part, "Ada, عائشہ and 王小明".to_owned()),
        Block::Paragraph(mixed),
        Block::Paragraph(begins),
    ];
    blocks.push(Block::Facts(facts));
    plain(blocks)
}

/// Several pages of everything.
pub(super) fn long() -> Document {
    let sentence =
        "The quick brown fox jumps over the lazy dog and comes to school in time, every day, with its reading book. ";
    let mut blocks = vec![Block::Heading(Level::Part, "A long part".to_owned()), Block::Paragraph(sentence.repeat(20))];
    let row = |number: usize| {
        strings(&[
            &format!("{number} November 2026"),
            "I",
            "Illness (not medical or dental appointment)",
            &format!("line {number}"),
        ])
    };
    blocks.push(Block::Heading(Level::Section, "A table of 300 lines".to_owned()));
    blocks.push(Block::Table {
        head: strings(&["Day", "Code", "What it means", "Note"]),
        rows: (1..=300).map(row).collect(),
    });
    blocks.push(Block::Small("Small print. ".repeat(40)));
    let mut document = letter();
    document.blocks.splice(0..0, blocks);
    document
}
