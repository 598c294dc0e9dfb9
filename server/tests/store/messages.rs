//! What the office and one guardian write to each other about a report.

use app::rules::{
    conversation::{Reach, Side, Standing},
    id::MessageId,
    reference::Reference,
};
use chrono::{DateTime, Utc};
use server::store::{About, Conversation, NewMessage, NewSubmission, OneReport, Said, Voice};

use super::{
    house::{TestStore, at, monday, on},
    people::{Ada, Adult, Ben, Chidi, Faisal, Farah, Ngozi, Saying, Una, Zara, alma, office, olive, sick},
};

fn a_message() -> MessageId {
    MessageId::from_bytes(rand::random())
}

fn asking(about: &About, text: &str, at: DateTime<Utc>) -> NewMessage {
    let mail = ("A message is waiting".to_owned(), "Nothing of what it says.".to_owned());
    let from = Voice::Staff { staff: olive(), asks: true, mail };
    NewMessage { message: a_message(), about: about.clone(), from, text: text.into(), at }
}

fn answering(about: &About, text: &str, at: DateTime<Utc>) -> NewMessage {
    NewMessage { message: a_message(), about: about.clone(), from: Voice::Guardian, text: text.into(), at }
}

/// A family's report, and the conversation about it.
struct Desk {
    house: TestStore,
    reference: Reference,
    about: About,
}

impl Desk {
    async fn with(note: NewSubmission) -> Self {
        let house = TestStore::with_staff().await;
        let reference = house.receives(note).await;
        let about = report(&house, &reference).await.about;
        Self { house, reference, about }
    }

    async fn of_ada() -> Self {
        Self::with(sick(Ngozi, &[Ada])).await
    }

    async fn says(&self, new: NewMessage) -> Said {
        self.house.school().say(new).await.unwrap()
    }

    async fn asks(&self, text: &str, time: &str) {
        assert_eq!(self.says(asking(&self.about, text, at(time))).await, Said::Kept);
    }

    async fn answers(&self, text: &str, time: &str) {
        assert_eq!(self.says(answering(&self.about, text, at(time))).await, Said::Kept);
    }

    async fn seen_by(&self, adult: Adult) -> Option<Conversation> {
        self.house.school().own_conversation(&adult.id(), &self.reference).await.unwrap()
    }

    async fn texts(&self) -> Vec<String> {
        let messages = self.house.school().messages(&self.about).await.unwrap();
        messages.into_iter().map(|message| message.text).collect()
    }

    async fn standing(&self) -> Option<Standing> {
        let all = self.house.school().conversations_on(monday()).await.unwrap();
        let of: Vec<_> = all.into_iter().filter(|(reference, _)| reference == self.reference.as_str()).collect();
        assert!(of.len() < 2, "{of:?}");
        of.first().map(|(_, standing)| *standing)
    }

    /// The children whom something that waits for this adult is about, and whether it asks.
    async fn waits_for(&self, adult: Adult) -> Vec<(String, bool)> {
        let waiting = self.house.school().waits_for_guardian(&adult.id()).await.unwrap();
        waiting.into_iter().map(|it| (it.children.join(" "), it.asks)).collect()
    }

    async fn waits_for_office(&self) -> Vec<String> {
        let waiting = self.house.school().waits_for_office().await.unwrap();
        waiting.into_iter().map(|it| it.children.join("; ")).collect()
    }

    /// The office opens the report.
    async fn opened(&self, may_code: bool, time: &str) {
        let school = self.house.school();
        school
            .report_opened(&report(&self.house, &self.reference).await, &olive(), (may_code, may_code), at(time))
            .await
            .unwrap();
    }

    /// The mail that says a message is waiting, by address.
    async fn mail(&self) -> Vec<String> {
        self.house.texts("SELECT to_address FROM mail WHERE kind = 'message' ORDER BY made_at").await
    }
}

async fn report(house: &TestStore, reference: &Reference) -> OneReport {
    house.school().one_report(reference).await.unwrap().expect("a report")
}

#[tokio::test]
async fn a_conversation_stands_in_the_order_in_which_it_was_held() {
    let desk = Desk::of_ada().await;
    assert_eq!(desk.standing().await, None);
    // In one instant: the order does not hang on the clock.
    for text in ["one", "three", "five"] {
        desk.asks(text, "09:20:00").await;
        desk.answers(&format!("{text} and one"), "09:20:00").await;
    }
    let said = ["one", "one and one", "three", "three and one", "five", "five and one"];
    assert_eq!(desk.texts().await, said);
    let messages = desk.seen_by(Ngozi).await.unwrap().messages;
    assert_eq!(messages[0].staff.as_deref(), Some("Olive Office"));
    assert_eq!((messages[1].from, messages[1].staff.as_deref()), (Side::Guardian, None));
}

#[tokio::test]
async fn a_question_stands_until_answered_and_an_answer_until_the_office_has_read_it() {
    let desk = Desk::of_ada().await;
    desk.asks("Which illness is it?", "09:20:00").await;
    assert_eq!(desk.standing().await, Some(Standing::Asked));
    assert_eq!(desk.waits_for(Ngozi).await, [("Ada".to_owned(), true)]);
    assert!(desk.seen_by(Ngozi).await.unwrap().unread_by(Side::Guardian));
    // Read, and still to be answered.
    desk.house.school().messages_read(&desk.about, Side::Guardian, at("09:30:00")).await.unwrap();
    let seen = desk.seen_by(Ngozi).await.unwrap();
    assert!(!seen.unread_by(Side::Guardian) && seen.standing() == Some(Standing::Asked));
    assert_eq!(seen.messages[0].read_at, Some(at("09:30:00")));
    assert_eq!(desk.waits_for(Ngozi).await, [("Ada".to_owned(), true)]);

    desk.answers("Chickenpox.", "09:31:00").await;
    assert!(desk.waits_for(Ngozi).await.is_empty());
    assert_eq!(desk.standing().await, Some(Standing::Answered));
    assert_eq!(desk.waits_for_office().await, ["Okafor, Ada"]);
    // Somebody who may read and do nothing about it does not settle it.
    desk.opened(false, "09:32:00").await;
    assert_eq!(desk.standing().await, Some(Standing::Answered));
    desk.opened(true, "09:33:00").await;
    assert_eq!(desk.standing().await, Some(Standing::Read));
    assert!(desk.waits_for_office().await.is_empty());
    let messages = desk.seen_by(Ngozi).await.unwrap().messages;
    assert_eq!(messages[1].read_at, Some(at("09:33:00")));
    // The first reading counts.
    desk.opened(true, "09:40:00").await;
    assert_eq!(desk.seen_by(Ngozi).await.unwrap().messages, messages);
}

#[tokio::test]
async fn what_asks_nothing_waits_only_until_it_is_read() {
    let desk = Desk::of_ada().await;
    let mut thanks = asking(&desk.about, "Thank you.", at("09:20:00"));
    let Voice::Staff { asks, .. } = &mut thanks.from else { panic!("staff") };
    *asks = false;
    assert_eq!(desk.says(thanks).await, Said::Kept);
    assert_eq!(desk.standing().await, Some(Standing::Told));
    assert_eq!(desk.waits_for(Ngozi).await, [("Ada".to_owned(), false)]);
    desk.house.school().messages_read(&desk.about, Side::Guardian, at("09:30:00")).await.unwrap();
    assert!(desk.waits_for(Ngozi).await.is_empty());
}

#[tokio::test]
async fn a_question_stands_when_the_office_writes_again_until_the_family_answers() {
    let desk = Desk::of_ada().await;
    desk.asks("Which clinic?", "09:20:00").await;
    let mut more = asking(&desk.about, "By the way, her coat is here.", at("09:25:00"));
    let Voice::Staff { asks, .. } = &mut more.from else { panic!("staff") };
    *asks = false;
    assert_eq!(desk.says(more.clone()).await, Said::Kept);
    desk.house.school().messages_read(&desk.about, Side::Guardian, at("09:30:00")).await.unwrap();
    assert_eq!(desk.standing().await, Some(Standing::Asked));
    assert_eq!(desk.seen_by(Ngozi).await.and_then(|held| held.standing()), Some(Standing::Asked));
    assert_eq!(desk.waits_for(Ngozi).await, [("Ada".to_owned(), true)]);
    desk.answers("The eye clinic", "09:40:00").await;
    assert!(desk.waits_for(Ngozi).await.is_empty());
    // Answered: what comes after asks nothing.
    more.message = a_message();
    more.at = at("09:50:00");
    assert_eq!(desk.says(more).await, Said::Kept);
    assert_eq!(desk.standing().await, Some(Standing::Told));
}

#[tokio::test]
async fn a_family_may_write_without_being_asked() {
    let desk = Desk::of_ada().await;
    desk.house.office_codes(Ada, "I", "").await;
    desk.answers("She came after all.", "10:00:00").await;
    assert_eq!(desk.standing().await, Some(Standing::Wrote));
    assert_eq!(desk.waits_for_office().await, ["Okafor, Ada"]);
}

#[tokio::test]
async fn the_same_form_sent_again_is_one_message_one_line_and_one_mail() {
    let desk = Desk::of_ada().await;
    let lines = desk.house.count("journal").await;
    let question = asking(&desk.about, "Which illness is it?", at("09:20:00"));
    let answer = answering(&desk.about, "Chickenpox.", at("09:30:00"));
    for (place, new) in [question, answer].into_iter().enumerate() {
        assert_eq!(desk.says(new.clone()).await, Said::Kept);
        assert_eq!(desk.says(NewMessage { at: at("09:40:00"), ..new.clone() }).await, Said::Again);
        let other = NewMessage { text: "Something else".into(), at: at("09:40:00"), ..new.clone() };
        assert_eq!(desk.says(other).await, Said::Differs(new.at));
        assert_eq!(desk.texts().await.len(), place + 1);
    }
    assert_eq!(desk.house.count("journal").await, lines + 2);
    assert_eq!(desk.mail().await, ["ngozi@example.org"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_taps_at_once_one_message_is_kept() {
    let desk = Desk::of_ada().await;
    let answer = answering(&desk.about, "On Friday.", at("09:30:00"));
    let taps: Vec<_> = (0..8)
        .map(|_| {
            let (school, answer) = (desk.house.school(), answer.clone());
            tokio::spawn(async move { school.say(answer).await.unwrap() })
        })
        .collect();
    let mut kept = 0;
    for tap in taps {
        kept += usize::from(tap.await.unwrap() == Said::Kept);
    }
    assert_eq!((kept, desk.texts().await.len()), (1, 1));
}

#[tokio::test]
async fn an_id_is_its_senders_alone() {
    let desk = Desk::of_ada().await;
    let question = asking(&desk.about, "Which illness is it?", at("09:20:00"));
    assert_eq!(desk.says(question.clone()).await, Said::Kept);
    // The same id from the family, and from a colleague, is another message.
    let answer = NewMessage { message: question.message.clone(), ..answering(&desk.about, "A cold", at("09:21:00")) };
    assert_eq!(desk.says(answer).await, Said::Kept);
    let mut colleague = question;
    let Voice::Staff { staff, .. } = &mut colleague.from else { panic!("staff") };
    *staff = alma();
    assert_eq!(desk.says(colleague).await, Said::Kept);
    assert_eq!(desk.texts().await, ["Which illness is it?", "A cold", "Which illness is it?"]);
}

#[tokio::test]
async fn the_other_guardian_never_learns_of_it() {
    let desk = Desk::of_ada().await;
    let fathers = desk.house.receives(sick(Chidi, &[Ada]).at("08:10:00")).await;
    desk.asks("Which illness is it?", "09:20:00").await;
    assert!(desk.seen_by(Chidi).await.is_none());
    assert!(desk.waits_for(Chidi).await.is_empty());
    let own = desk.house.school().own_conversation(&Chidi.id(), &fathers).await.unwrap().unwrap();
    assert!(own.messages.is_empty() && own.standing().is_none());
    assert_eq!(desk.mail().await, ["ngozi@example.org"]);
    // Nor can he write into it.
    let his = About { guardian: Chidi.id(), ..desk.about.clone() };
    assert_eq!(desk.says(answering(&his, "I know!", at("09:21:00"))).await, Said::NotAllowed);
    assert_eq!(desk.texts().await, ["Which illness is it?"]);
    // His own conversation is one by itself.
    assert_eq!(desk.says(answering(&own.about, "Hello", at("09:22:00"))).await, Said::Kept);
    assert_eq!(desk.texts().await.len(), 1);
    let all = desk.house.school().conversations_on(monday()).await.unwrap();
    let of = |reference: &Reference| all.iter().find(|(it, _)| it == reference.as_str()).map(|(_, standing)| *standing);
    assert_eq!((of(&desk.reference), of(&fathers)), (Some(Standing::Asked), Some(Standing::Wrote)));
}

#[tokio::test]
async fn a_bar_set_meanwhile_ends_it_at_once_for_every_child_in_it() {
    let desk = Desk::with(sick(Ngozi, &[Ada, Ben])).await;
    desk.asks("Do both have it?", "09:20:00").await;
    assert_eq!(desk.waits_for(Ngozi).await, [("Ada Ben".to_owned(), true)]);
    let ready = answering(&desk.about, "Both.", at("09:30:00"));
    desk.house.bars(Ngozi, Ben).await;
    // A text may speak of Ben: none of it is shown, though she may still see Ada.
    assert!(desk.seen_by(Ngozi).await.is_none());
    assert!(desk.waits_for(Ngozi).await.is_empty());
    let before = desk.house.traces().await;
    assert_eq!(desk.says(ready).await, Said::NotAllowed);
    assert_eq!(desk.says(asking(&desk.about, "And now?", at("09:40:00"))).await, Said::NotAllowed);
    assert_eq!(desk.house.traces().await, before);
    assert_eq!(desk.house.school().reach(&desk.about).await.unwrap(), Reach::NoAccess);
    desk.house.school().set_bar(&Ngozi.id(), &Ben.id(), false, office(), at("10:00:00")).await.unwrap();
    assert_eq!(desk.seen_by(Ngozi).await.unwrap().messages.len(), 1);
}

#[tokio::test]
async fn whoever_may_only_look_reads_and_does_not_write_and_an_unreviewed_guardian_does_neither() {
    let desk = Desk::of_ada().await;
    desk.asks("Which illness is it?", "09:20:00").await;
    let set = |what: &str| format!("UPDATE guardian_pupil SET {what} WHERE guardian_id = '{}'", Ngozi.id());
    desk.house.by_hand(&set("access = 'view'")).await;
    let seen = desk.seen_by(Ngozi).await.unwrap();
    assert!(!seen.may_write && seen.messages.len() == 1);
    assert_eq!(desk.says(answering(&desk.about, "A cold", at("09:30:00"))).await, Said::NotAllowed);
    desk.house.by_hand(&set("access = 'full', reviewed = FALSE")).await;
    assert!(desk.seen_by(Ngozi).await.is_none() && desk.waits_for(Ngozi).await.is_empty());
    desk.house.by_hand(&format!("DELETE FROM guardian_pupil WHERE guardian_id = '{}'", Ngozi.id())).await;
    assert!(desk.seen_by(Ngozi).await.is_none() && desk.waits_for(Ngozi).await.is_empty());
    assert_eq!(desk.says(answering(&desk.about, "A cold", at("09:30:00"))).await, Said::NotAllowed);
}

#[tokio::test]
async fn whoever_cannot_sign_in_is_not_asked_here() {
    let desk = Desk::with(sick(Farah, &[Zara])).await;
    let reach = async || desk.house.school().reach(&desk.about).await.unwrap();
    assert_eq!(reach().await, Reach::Open);
    desk.asks("Which illness is it?", "09:20:00").await;
    assert_eq!(desk.mail().await, [Farah.email()]);
    // A bar against somebody who reads the same inbox shuts it for both.
    desk.house.bars(Faisal, Zara).await;
    assert_eq!(reach().await, Reach::NoAddress);
    let before = desk.house.traces().await;
    let again = asking(&desk.about, "And since when?", at("09:30:00"));
    assert_eq!(desk.says(again.clone()).await, Said::OutOfReach);
    desk.house.by_hand(&format!("UPDATE guardian SET email = NULL WHERE guardian_id = '{}'", Farah.id())).await;
    assert_eq!(reach().await, Reach::NoAddress);
    assert_eq!(desk.says(again.clone()).await, Said::OutOfReach);
    assert_eq!((desk.house.traces().await, desk.texts().await.len()), (before, 1));
    desk.house
        .by_hand(&format!("UPDATE guardian SET email = 'f@example.org' WHERE guardian_id = '{}'", Farah.id()))
        .await;
    assert_eq!(desk.says(again).await, Said::Kept);
    assert_eq!(desk.mail().await, [Farah.email(), "f@example.org"]);
}

#[tokio::test]
async fn a_guardian_whom_the_office_wrote_down_unreviewed_is_out_of_reach() {
    let mut note = sick(Una, &[Ada]);
    note.channel = server::store::Channel::Phone;
    note.entered_by = Some(office());
    let desk = Desk::with(note).await;
    let report = report(&desk.house, &desk.reference).await;
    assert_eq!((report.channel.as_str(), report.from.as_str()), ("phone", "Una Known"));
    assert_eq!(desk.house.school().reach(&desk.about).await.unwrap(), Reach::NoAccess);
    assert_eq!(desk.says(asking(&desk.about, "When?", at("09:20:00"))).await, Said::NotAllowed);
}

#[tokio::test]
async fn a_conversation_goes_along_with_what_takes_a_reports_place() {
    let desk = Desk::of_ada().await;
    desk.asks("Which illness is it?", "09:20:00").await;
    let later = desk.house.receives(sick(Ngozi, &[Ada]).at("09:25:00").instead_of(&desk.reference)).await;
    let new = desk.house.school().own_conversation(&Ngozi.id(), &later).await.unwrap().unwrap();
    assert_eq!((new.messages.len(), new.standing()), (1, Some(Standing::Asked)));
    assert!(desk.seen_by(Ngozi).await.unwrap().messages.is_empty());
    let waiting = desk.house.school().waits_for_guardian(&Ngozi.id()).await.unwrap();
    assert_eq!(waiting.iter().map(|it| &it.reference).collect::<Vec<_>>(), [&later]);
    assert_eq!(report(&desk.house, &desk.reference).await.replaced_by, Some(later.clone()));
    assert_eq!(desk.says(answering(&new.about, "A cold", at("09:30:00"))).await, Said::Kept);
    let all = desk.house.school().conversations_on(monday()).await.unwrap();
    assert_eq!(all, [(later.as_str().to_owned(), Standing::Answered)]);
}

#[tokio::test]
async fn an_answer_waits_for_the_office_whatever_day_it_comes_and_whatever_became_of_the_report() {
    let desk = Desk::with(sick(Ngozi, &[Ada, Ben])).await;
    desk.asks("Which illness is it?", "09:20:00").await;
    assert!(desk.house.school().withdraw(&Ngozi.id(), &desk.reference, at("10:00:00")).await.unwrap());
    let tuesday = on("2026-11-24", "08:00:00");
    assert_eq!(desk.says(answering(&desk.about, "None.", tuesday)).await, Said::Kept);
    assert_eq!(desk.says(answering(&desk.about, "They are well.", tuesday)).await, Said::Kept);
    let waiting = desk.house.school().waits_for_office().await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(
        (waiting[0].children.as_slice(), waiting[0].sent_at),
        (["Okafor, Ada", "Okafor, Ben"].map(String::from).as_slice(), tuesday)
    );
}

#[tokio::test]
async fn opening_a_report_notes_who_read_it_and_that_it_was_seen() {
    let desk = Desk::of_ada().await;
    desk.opened(false, "08:10:00").await;
    let seen = async || report(&desk.house, &desk.reference).await.children[0].days[0].seen.clone();
    assert_eq!(seen().await, None);
    desk.opened(true, "08:20:00").await;
    assert_eq!(seen().await, Some((at("08:20:00"), "Olive Office".to_owned())));
    let readings = desk.house.texts("SELECT reader_id || ' ' || what || ' ' || subject_id FROM reading").await;
    assert_eq!(readings, vec![format!("{} report {}", olive(), desk.reference.as_str()); 2]);
    desk.house.office_codes(Ada, "I", "").await;
    let day = report(&desk.house, &desk.reference).await.children[0].days[0].clone();
    assert_eq!(day.coded, Some((at("09:16:00"), "Olive Office".to_owned())));
}

#[tokio::test]
async fn the_journal_says_who_asked_and_answered_and_nothing_of_what_was_said() {
    let desk = Desk::of_ada().await;
    desk.asks("A question of spots", "09:20:00").await;
    desk.answers("An answer of spots", "09:30:00").await;
    let lines = desk.house.texts("SELECT actor_kind || ' ' || actor_id || ' ' || action || ' ' || subject_kind || ' ' || subject_id FROM journal WHERE action IN ('ask', 'answer') ORDER BY seq").await;
    let subject = format!("submission {}", desk.about.id);
    assert_eq!(
        lines,
        [format!("staff {} ask {subject}", olive()), format!("guardian {} answer {subject}", Ngozi.id())]
    );
    let hashed = "SELECT COUNT(*) FROM journal WHERE action IN ('ask', 'answer') AND fields LIKE '%\"text\":[null,\"%'";
    assert_eq!(desk.house.number(hashed).await, 2, "what was said can be proved");
    for table in ["journal", "mail"] {
        let columns = if table == "mail" { "subject || body" } else { "fields" };
        assert_eq!(desk.house.number(&format!("SELECT COUNT(*) FROM {table} WHERE {columns} LIKE '%spots%'")).await, 0);
    }
    assert!(desk.house.journal_is_whole().await);
    // Erased, and the chain still holds.
    desk.house.by_hand("UPDATE message SET text = ''").await;
    assert!(desk.house.journal_is_whole().await);
}

#[tokio::test]
async fn there_is_no_report_under_a_reference_that_nothing_has() {
    let house = TestStore::with_staff().await;
    let none = Reference::parse("CDFHJKM3").unwrap();
    assert!(house.school().one_report(&none).await.unwrap().is_none());
    assert!(house.school().own_conversation(&Ngozi.id(), &none).await.unwrap().is_none());
}
