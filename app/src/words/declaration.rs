//! Words of the attendance policy and its declaration, for families.

use chrono::NaiveDate;

use crate::rules::declaration::Answer;

/// The policy and its declaration.
#[derive(Debug)]
pub struct DeclarationWords {
    /// Title and way to it.
    pub title: &'static str,
    /// No version has been published.
    pub none: &'static str,
    /// Number, adopted, to be renewed by.
    pub version: fn(i64, NaiveDate, NaiveDate) -> String,
    /// A version that does not count any more.
    pub old: &'static str,
    /// Leads to the one that counts.
    pub newest: &'static str,
    /// Heads the summary.
    pub summary: &'static str,
    /// Heads what has changed.
    pub changes: &'static str,
    /// Leads to the file.
    pub download: &'static str,
    /// Heads the list of sections.
    pub contents: &'static str,
    /// The field to look for words.
    pub search: &'static str,
    /// Its button.
    pub search_go: &'static str,
    /// How many sections hold what was looked for.
    pub found: fn(usize, &str) -> String,
    /// Leads back to all of it.
    pub all: &'static str,
    /// The whole text's fingerprint.
    pub fingerprint: fn(&str) -> String,
    /// Leads to signing, for these children.
    pub sign_for: fn(&str) -> String,
    /// Nothing is left to sign.
    pub nothing_left: &'static str,
    /// What was answered for a child, with the written time.
    pub answered: fn(Answer, &str, &str) -> String,
    /// Opens an answer; read out with the child.
    pub open: &'static str,
    /// Title of who does what.
    pub roles_title: &'static str,
    /// What that page is.
    pub roles_lead: &'static str,
    /// Each role with what it does.
    pub roles: &'static [(&'static str, &'static [&'static str])],
    /// Heads whom to ask.
    pub ask_title: &'static str,
    /// What about, and whom: given telephone and mail.
    pub ask: fn(&str, &str) -> Vec<(&'static str, String)>,
    /// Danger.
    pub danger: &'static str,
    /// Heading of the page to sign.
    pub sign_title: &'static str,
    /// What signing is.
    pub sign_lead: &'static str,
    /// Leads to the text.
    pub read_first: &'static str,
    /// Heads the errors.
    pub errors: fn(usize) -> String,
    /// Which children.
    pub for_whom: &'static str,
    /// A child is not chosen.
    pub no_child: &'static str,
    /// Which answer.
    pub your_answer: &'static str,
    /// The answers as a choice.
    pub choice: fn(Answer) -> &'static str,
    /// No answer is chosen.
    pub no_answer: &'static str,
    /// The box beside the statement was not ticked.
    pub no_tick: &'static str,
    /// The name's field.
    pub name: &'static str,
    /// The name on record.
    pub name_hint: fn(&str) -> String,
    /// No name.
    pub no_name: &'static str,
    /// Another name than the one on record, and no reason.
    pub no_explanation: fn(&str) -> String,
    /// Why it is another name.
    pub explanation: &'static str,
    /// Help with it.
    pub explanation_hint: &'static str,
    /// Too long, of the explanation.
    pub too_long: fn(usize) -> String,
    /// What they want to talk about.
    pub talk_words: &'static str,
    /// Why they do not accept it.
    pub no_words: &'static str,
    /// Help with both.
    pub words_hint: &'static str,
    /// The button.
    pub send: &'static str,
    /// What an answer does and does not do.
    pub means: &'static str,
    /// A version was published meanwhile.
    pub new_version: &'static str,
    /// Already signed, by this guardian.
    pub signed_before: &'static str,
    /// No child is theirs to answer for.
    pub nobody: &'static str,
    /// Heading of the receipt.
    pub receipt_title: fn(Answer) -> &'static str,
    /// What happens now.
    pub next: fn(Answer) -> &'static str,
    /// Another answer has taken its place.
    pub replaced: &'static str,
    /// Leads back to the policy.
    pub back: &'static str,
    /// The reference.
    pub reference: &'static str,
    /// For which child.
    pub child: &'static str,
    /// Date and time.
    pub when: &'static str,
    /// The policy.
    pub policy: &'static str,
    /// "Version".
    pub version_label: &'static str,
    /// The version's link.
    pub version_link: fn(i64) -> String,
    /// The name beneath.
    pub signed_name: &'static str,
    /// The name the school has.
    pub name_on_record: &'static str,
    /// What was declared.
    pub declared: &'static str,
    /// The file.
    pub pdf: &'static str,
    /// It came on paper.
    pub on_paper: fn(&str) -> String,
    /// Of the file: its title.
    pub pdf_title: &'static str,
    /// What the record inside it is.
    pub pdf_record: &'static str,
    /// Heads of the children.
    pub child_heads: [&'static str; 3],
    /// Heads how it was signed.
    pub how_signed: &'static str,
    /// When, in London.
    pub at: &'static str,
    /// When, by UTC.
    pub at_utc: &'static str,
    /// When a code was given.
    pub code_given: &'static str,
    /// The day on the paper.
    pub paper_day: &'static str,
    /// The scan's digest.
    pub scan_digest: &'static str,
    /// Heads the digests.
    pub digests: &'static str,
    /// The policy's digest.
    pub policy_digest: &'static str,
    /// The signature's digest.
    pub signature_digest: &'static str,
    /// The journal before it.
    pub journal_before: &'static str,
    /// How somebody checks the file.
    pub check_how: &'static str,
    /// On home: these children wait.
    pub home_sign: fn(&str) -> String,
    /// On home: the school has asked about an answer.
    pub home_asks: fn(&str) -> String,
    /// On home: the school has written about an answer.
    pub home_told: fn(&str) -> String,
}
