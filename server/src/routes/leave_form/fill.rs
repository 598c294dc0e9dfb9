//! The leave form, as the pages of every form need it.

use app::{
    parent::{
        form::step::Body,
        leave::preview::{self, PreviewPage},
    },
    paths::{self, Hand},
    rules::{
        form::{Answers, Step},
        id::SubmissionId,
        leave::{key, shown},
        reference::Reference,
    },
    ui::{answered::StepShown, errors::Said},
    words::Words,
};
use axum::response::Response;

use super::{
    Filling, asked, load,
    submit::{Signed, submit},
};
use crate::{
    routes::form::{Acts, Begun, Filled, Filler},
    store::{Channel, Drafter, FormSent},
    web::{Failure, Portal, session::Parent},
};

impl Filled for Filling {
    const HAND: Hand = Hand::Leave;
    const ACTS: Acts = Acts {
        save: "save_leave",
        sign: "sign_leave",
        drop: "drop_leave",
        add_file: "add_leave_file",
        remove_file: "remove_leave_file",
    };

    async fn load(portal: &Portal, whose: &Drafter, draft: &SubmissionId) -> Result<Option<Self>, Failure> {
        load(portal, whose, draft).await
    }

    fn begun(&self) -> &Begun {
        &self.begun
    }

    fn own_answers(step: &str) -> &'static [&'static str] {
        match step {
            "children" => &[key::CHILDREN, key::LIVES_WITH],
            "dates" => &[key::FIRST_DAY, key::FIRST_SESSION, key::LAST_DAY, key::LAST_SESSION, key::RETURN_DAY],
            "other-parent" => &[key::OTHER, key::ASK],
            _ => &[key::PREVIEWED],
        }
    }

    fn said(&self, portal: &Portal, step: &Step, answers: &Answers) -> Vec<Said> {
        Self::said(self, portal, step, answers)
    }

    fn body(&self, portal: &Portal, step: &Step, answers: &Answers) -> Body {
        match (step.built_in, step.key.as_str()) {
            (true, "children") => Body::Children(self.begun.offered(), true),
            (true, "dates") => {
                let mut lines = Self::comes_to(self, portal, answers);
                if !lines.is_empty() && !self.in_advance(portal, self.received(portal)) {
                    let words = portal.words();
                    let late = if self.on_paper { words.leave_staff.late_means } else { words.leave.begun };
                    lines.push(late.to_owned());
                }
                Body::Dates(lines)
            }
            (true, _) => Body::OtherParent(
                self.others
                    .iter()
                    .map(|other| (other.guardian.to_string(), other.name.clone(), other.relationship.clone()))
                    .collect(),
            ),
            (false, _) => Body::Questions(step.questions.clone()),
        }
    }

    fn steps(&self, portal: &Portal) -> Vec<StepShown> {
        Self::steps(self, portal)
    }

    fn comes_to(&self, portal: &Portal, answers: &Answers) -> Vec<String> {
        Self::comes_to(self, portal, answers)
    }

    fn notes(&self, portal: &Portal) -> Vec<String> {
        let begun = !self.in_advance(portal, portal.now());
        begun.then(|| portal.words().leave.begun.to_owned()).into_iter().collect()
    }

    fn counted(&self, portal: &Portal) -> String {
        asked(portal, self)
    }

    fn on_paper(&self) -> bool {
        self.on_paper
    }

    fn of(&self, portal: &Portal) -> Option<String> {
        self.guardian.as_ref().map(|name| (portal.words().leave_paper.of)(name))
    }

    /// The preview: what it would come to.
    async fn own_page(
        &self,
        portal: &Portal,
        filler: &Filler<'_>,
        step: &Step,
        (seen, not_seen): (String, bool),
    ) -> Result<Option<Response>, Failure> {
        if !(step.built_in && step.key == "preview") {
            return Ok(None);
        }
        let draft = &self.begun.draft;
        filler.note(portal, "leave_preview", draft.draft.as_str()).await?;
        let page = PreviewPage {
            draft: draft.draft.clone(),
            title: step.title.clone(),
            children: self.previews(portal).await?,
            shown: shown(&draft.answers),
            seen,
            not_seen,
            amounts: portal.policy.leave.notice,
            phone: portal.office_phone(),
            csrf: filler.csrf(),
        };
        let words = portal.words();
        Ok(Some(filler.draw::<Self, _>(portal, || preview::page(words, page))))
    }

    async fn submit(&self, portal: &Portal, parent: &Parent, name: String, seen: String) -> Result<FormSent, Failure> {
        let now = portal.now();
        let whose = Filler::Parent(parent).whose();
        let signed = Signed { entered_by: None, channel: Channel::Web, name, at: now, received: now };
        submit(portal, self, whose, signed, seen).await
    }

    fn cannot_change(words: &'static Words) -> &'static str {
        words.leave.cannot_change
    }

    fn sent(reference: &Reference) -> String {
        paths::leave_request(reference)
    }

    async fn may_read(portal: &Portal, parent: &Parent, reference: &Reference) -> Result<bool, Failure> {
        Ok(portal.school.own_leave(&parent.guardian, reference).await?.is_some())
    }
}
