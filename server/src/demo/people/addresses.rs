//! The e-mail addresses of the guardians with a story, for the README and the tests.

/// Ngozi Okafor, mother of Ada (3 Oak) and Sam (1 Elm), who live with her.
pub const NGOZI: &str = "ngozi.okafor@demo.example";
/// Chidi Okafor, father of Ada and Sam, separated: full access, lives elsewhere.
pub const CHIDI: &str = "chidi.okafor@demo.example";
/// Małgorzata Kaczmarek, only guardian of Zofia (5 Rowan).
pub const MALGORZATA: &str = "m.kaczmarek@demo.example";
/// Darren Whitfield, father of Leo (6 Yew): barred, although his access still says full.
pub const DARREN: &str = "d.whitfield@demo.example";
/// Jo Whitfield, mother of Leo, full access.
pub const JO: &str = "jo.whitfield@demo.example";
/// Rukhsana and Imran Rahman share this inbox; parents of Yusuf (2 Fir) and Aisha (4 Lime).
pub const RAHMAN: &str = "rahman.family@demo.example";
/// Kelly and Ray Lowe share this inbox, and Ray is barred; parents of Harriet (4 Lime).
pub const LOWE: &str = "lowe.home@demo.example";
/// Patricia Clarke, grandmother of Noah (6 Yew), may look but not act.
pub const PATRICIA: &str = "pat.clarke@demo.example";
/// Tom Brennan, father of Isla (4 Lime), not reviewed yet and so without access.
pub const TOM: &str = "tom.brennan@demo.example";
/// The guardian with very long names, of a child with very long names (2 Hazel).
pub const LONG_NAMES: &str = "long.names@demo.example";
/// Siobhán O'Brien, mother of Niamh (1 Cedar): apostrophe and accent; the school keeps her address secret.
pub const SIOBHAN: &str = "s.obrien@demo.example";
/// María Núñez, mother of Zoë (3 Maple): accents.
pub const NUNEZ: &str = "maria.nunez@demo.example";
/// Agnieszka Żółtowska, mother of Łukasz Żółtowski (6 Willow): a surname that changes its ending.
pub const ZOLTOWSKI: &str = "a.zoltowska@demo.example";
/// Fatima Khan, mother of Aisha (R Ash): both names are written in Urdu script.
pub const FATIMA: &str = "f.khan@demo.example";
/// Wayan, father of Suhartini (5 Pine): people with one name and no surname.
pub const WAYAN: &str = "wayan@demo.example";
/// Grace Adeyemi, mother of four children in four classes.
pub const GRACE: &str = "grace.adeyemi@demo.example";
/// Janet Ainsworth, foster carer of Kayden Mears (5 Rowan): lives with him, no parental responsibility.
pub const FOSTER: &str = "janet.ainsworth@demo.example";
/// Tamsin Penhaligon, mother of the twins Matilda and Rupert (R Birch).
pub const TWINS: &str = "t.penhaligon@demo.example";
/// Dana Ellison, mother of Kai (4 Larch), who left on 16 October 2026.
pub const LEAVER: &str = "dana.ellison@demo.example";
/// Inês Figueira, mother of Mateus (3 Maple), who joined on 2 November 2026 with a temporary UPN.
pub const JOINER: &str = "ines.figueira@demo.example";
