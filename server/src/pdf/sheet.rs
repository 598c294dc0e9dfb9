//! The sheet: A4, its margins, and the few sizes, weights and inks that letters are set in. Everything is in points.

/// Points in a millimetre.
pub(super) const MM: f32 = 72.0 / 25.4;

/// A4.
pub(super) const WIDTH: f32 = 210.0 * MM;
/// A4.
pub(super) const HEIGHT: f32 = 297.0 * MM;
/// The left and the right margin.
pub(super) const MARGIN: f32 = 24.0 * MM;
/// How wide the text is.
pub(super) const MEASURE: f32 = WIDTH - 2.0 * MARGIN;
/// Where the head of the first page begins.
pub(super) const HEAD: f32 = 13.0 * MM;
/// Where the text of later pages begins.
pub(super) const TOP: f32 = 26.0 * MM;
/// Where the text of every page ends at the latest.
pub(super) const BOTTOM: f32 = 274.0 * MM;
/// The foot's baseline.
pub(super) const FOOT: f32 = 285.0 * MM;

/// Where an address begins, so that it shows in the window of a DL envelope (35 mm by 90 mm, 20 mm from the left,
/// 18 mm from the bottom) with the sheet folded in three.
pub(super) const WINDOW: f32 = 47.0 * MM;
/// How wide an address may be: the window, less the play the sheet has in its envelope.
pub(super) const WINDOW_WIDTH: f32 = 80.0 * MM;
/// How many lines fit into the window.
pub(super) const WINDOW_LINES: usize = 8;
/// Where the body begins under an address.
pub(super) const BELOW_WINDOW: f32 = 92.0 * MM;
/// Where the date stands when there is no address.
pub(super) const BELOW_HEAD: f32 = 40.0 * MM;

/// An ink, red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ink(pub(super) u8, pub(super) u8, pub(super) u8);

/// Text: 16:1 on white.
pub(super) const DARK: Ink = Ink(0x1c, 0x23, 0x1f);
/// What stands back: 7:1 on white.
pub(super) const SOFT: Ink = Ink(0x4c, 0x51, 0x48);
/// The school's green, in the head only: 8:1 on white, dark grey on a printer without colour.
pub(super) const GREEN: Ink = Ink(0x12, 0x57, 0x3c);
/// Hairlines.
pub(super) const LINE: Ink = Ink(0xb4, 0xad, 0x9c);

/// Which of the two voices, and how loud.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Voice {
    /// The sans that does the work.
    Work,
    /// The same, bold: labels and heads of columns.
    Strong,
    /// The book serif: names and headings.
    Name,
}

/// On which edge lines stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// Where reading begins.
    Start,
    /// Where it ends.
    End,
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// Which font.
    pub(super) voice: Voice,
    /// The size.
    pub(super) size: f32,
    /// From baseline to baseline, whatever the script: rows stay on one grid.
    pub(super) leading: f32,
    /// The colour.
    pub(super) ink: Ink,
    /// On which edge.
    pub(super) edge: Edge,
}

impl Style {
    const fn new(voice: Voice, size: f32, leading: f32, ink: Ink) -> Self {
        Self { voice, size, leading, ink, edge: Edge::Start }
    }

    /// The same on the other edge.
    pub(super) const fn at_end(self) -> Self {
        Self { edge: Edge::End, ..self }
    }

    /// How far under a line's top its baseline stands.
    pub(super) fn baseline(&self) -> f32 {
        self.leading * 0.5 + self.size * 0.36
    }
}

pub(super) const BODY: Style = Style::new(Voice::Work, 11.0, 16.0, DARK);
pub(super) const LABEL: Style = Style::new(Voice::Strong, 10.0, 15.0, DARK);
pub(super) const CELL: Style = Style::new(Voice::Work, 10.0, 15.0, DARK);
pub(super) const SMALL: Style = Style::new(Voice::Work, 9.0, 13.0, SOFT);
pub(super) const TITLE: Style = Style::new(Voice::Name, 17.0, 23.0, DARK);
pub(super) const PART: Style = Style::new(Voice::Name, 13.0, 18.0, DARK);
pub(super) const SECTION: Style = Style::new(Voice::Strong, 11.0, 16.0, DARK);
pub(super) const SIGNED: Style = Style::new(Voice::Name, 12.0, 17.0, DARK);
pub(super) const SCHOOL: Style = Style::new(Voice::Name, 17.0, 22.0, GREEN);
pub(super) const CONTACT: Style = Style::new(Voice::Work, 8.5, 11.5, SOFT);
pub(super) const ADDRESS: Style = Style::new(Voice::Work, 10.0, 12.2, DARK);
