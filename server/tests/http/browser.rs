//! A browser: it keeps cookies, follows nothing by itself and sends forms as it was given them.

use std::{collections::BTreeMap, net::SocketAddr, path::PathBuf, time::Duration};

use app::parent::demo::DemoMessage;
use reqwest::{
    Client, Method,
    header::{HeaderMap, HeaderName, HeaderValue, SET_COOKIE},
    redirect,
};
use server::{
    demo, post,
    second_factor::code_now,
    web::{Portal, cookies, csrf},
};

use super::page::{Answer, between};

pub(super) const FORM: &str = "application/x-www-form-urlencoded";

/// Where a site is, and how its mail is read.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub(super) address: SocketAddr,
    pub(super) origin: String,
    pub(super) mail: PathBuf,
    /// The portal behind it, where it runs in the test: then mail goes when the test says so.
    pub(super) portal: Option<Portal>,
}

impl Site {
    pub(super) fn host(&self) -> &str {
        self.origin.split_once("//").expect("an origin").1
    }

    /// One round of the mail worker.
    pub(super) async fn deliver(&self) {
        if let Some(portal) = &self.portal {
            post::round(portal, &post::Carrier::Folder).await.unwrap();
        }
    }

    /// The mail to this address, newest first.
    pub(super) async fn mail_to(&self, email: &str) -> Vec<DemoMessage> {
        self.deliver().await;
        post::folder::read(&self.mail).await.into_iter().filter(|message| message.to == email).collect()
    }
}

#[derive(Debug, Clone)]
pub(super) struct Browser {
    pub(super) site: Site,
    client: Client,
    pub(super) jar: BTreeMap<String, String>,
    csrf: Option<String>,
}

impl Browser {
    pub(super) fn of(site: &Site) -> Self {
        let client = Client::builder()
            .no_proxy()
            .redirect(redirect::Policy::none())
            .timeout(Duration::from_secs(30))
            .user_agent("Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0")
            .build()
            .unwrap();
        Self { site: site.clone(), client, jar: BTreeMap::new(), csrf: None }
    }

    pub(super) fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.jar.insert(name.to_owned(), value.to_owned());
        self
    }

    /// The same browser, looking at another node.
    pub(super) fn at(&self, site: &Site) -> Self {
        Self { site: site.clone(), ..self.clone() }
    }

    /// Sends one request and reads the whole answer. A header with the value "" is not sent.
    pub(super) async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let response = self.begin(method, path, headers, body).await.expect("an answer");
        let (status, headers) = (response.status(), response.headers().clone());
        Answer { status, headers, bytes: response.bytes().await.expect("the whole answer").to_vec() }
    }

    /// Sends one request and waits for the head of the answer only.
    pub(super) async fn begin(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> reqwest::Result<reqwest::Response> {
        let mut said = HeaderMap::new();
        let mut say = |name: &str, value: &str| {
            let name: HeaderName = name.parse().unwrap();
            match value {
                "" => drop(said.remove(name)),
                value => drop(said.insert(name, HeaderValue::from_str(value).unwrap())),
            }
        };
        say("host", self.site.host());
        let cookies: Vec<String> = self.jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        say("cookie", &cookies.join("; "));
        if method == Method::POST {
            say("origin", &self.site.origin);
            say("content-type", FORM);
        }
        headers.iter().for_each(|(name, value)| say(name, value));
        let url = format!("http://{}{path}", self.site.address);
        self.client.request(method, url).headers(said).body(body).send().await
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        let answer = self.send(Method::GET, path, &[], Vec::new()).await;
        self.remember(&answer);
        answer
    }

    /// Sends a form with the token of the last page, unless a token is among the fields.
    pub(super) async fn post_form(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.post(path, fields).await;
        self.remember(&answer);
        answer
    }

    /// The same for a browser that sends several at once.
    pub(super) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(Method::POST, path, &[], self.form(fields)).await
    }

    /// A form's bytes.
    pub(super) fn form(&self, fields: &[(&str, &str)]) -> Vec<u8> {
        let mut form = form_urlencoded::Serializer::new(String::new());
        if let Some(csrf) = self.csrf.as_deref().filter(|_| !fields.iter().any(|(name, _)| *name == "csrf")) {
            form.append_pair("csrf", csrf);
        }
        form.extend_pairs(fields).finish().into_bytes()
    }

    /// Goes where a redirect leads.
    pub(super) async fn follow(&mut self, answer: &Answer) -> Answer {
        assert_eq!(answer.status, 303, "{}", answer.text());
        self.get(answer.location()).await
    }

    pub(super) fn remember(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all(SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').expect("a cookie");
            match rest.split(';').next() {
                Some("") | None => self.jar.remove(name),
                Some(value) => self.jar.insert(name.to_owned(), value.to_owned()),
            };
        }
        if answer.header("content-type").starts_with("text/html") && answer.header("content-encoding").is_empty() {
            self.csrf = answer.hidden("csrf").or(self.csrf.take());
        }
    }

    /// A token for the browser's own cookie, without asking for a page.
    pub(super) fn make_token(&mut self) {
        let portal = self.site.portal.as_ref().expect("a site in the test");
        let cookie = [cookies::DEVICE, cookies::STAFF, cookies::VISIT].iter().find_map(|name| self.jar.get(*name));
        self.csrf = cookie.map(|cookie| csrf::token(&portal.keys, cookie));
    }

    /// Asks for a code, reads the message and types it.
    pub(super) async fn sign_in(&mut self, email: &str) -> Answer {
        let code = self.ask_code(email).await.expect("a message with a code");
        let answer = self.post_form("/sign-in/code", &[("sign_in", &code.asking), ("code", &code.figures)]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        answer
    }

    /// Asks for a code and reads the message, if one comes.
    pub(super) async fn ask_code(&mut self, email: &str) -> Option<SentCode> {
        let before = self.codes_sent_to(email).await;
        self.get("/sign-in").await;
        let asked = self.post_form("/sign-in", &[("email", email)]).await;
        assert_eq!(asked.status, 200, "{}", asked.text());
        let mut sent = None;
        for _ in 0..200 {
            sent = self.codes_sent_to(email).await.into_iter().find(|body| !before.contains(body));
            if sent.is_some() || self.site.portal.is_some() {
                break;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let body = sent?;
        let figures = between(&body, "Your code is ", "\n")?.to_owned();
        let link = body.lines().find(|line| line.starts_with(&self.site.origin))?;
        let link = link[self.site.origin.len()..].to_owned();
        Some(SentCode { asking: asked.hidden("sign_in").expect("the asking's id"), figures, link })
    }

    async fn codes_sent_to(&self, email: &str) -> Vec<String> {
        let sent = self.site.mail_to(email).await.into_iter().map(|message| message.body);
        sent.filter(|body| body.contains("Your code is ")).collect()
    }

    /// Signs a member of the demo's staff in with both factors.
    pub(super) async fn staff(&mut self, email: &str) {
        self.half_staff(email).await;
        let done = self.post_form("/staff/second-factor", &[("code", &self.app_code(email).await)]).await;
        assert_eq!((done.status.as_u16(), done.location()), (303, "/staff"), "{}", done.text());
    }

    /// Gives the password only.
    pub(super) async fn half_staff(&mut self, email: &str) {
        self.get("/staff/sign-in").await;
        let half = self.post_form("/staff/sign-in", &[("email", email), ("password", demo::PASSWORD)]).await;
        assert_eq!((half.status.as_u16(), half.location()), (303, "/staff/second-factor"), "{}", half.text());
        self.follow(&half).await;
    }

    /// What this person's authenticator app shows.
    pub(super) async fn app_code(&self, email: &str) -> String {
        let Some(portal) = &self.site.portal else {
            let codes = self.send(Method::GET, "/demo/codes", &[], Vec::new()).await;
            let from = codes.text().find(email).expect("an account");
            return between(&codes.text()[from..], "<b class=\"ref\">", "</b>").expect("a code").to_owned();
        };
        let account = portal.school.staff_by_email(email).await.unwrap().expect("an account");
        code_now(&account.totp_secret.expect("a second factor"), portal.now()).expect("a code")
    }
}

/// What a sign-in message brings.
#[derive(Debug, Clone)]
pub(super) struct SentCode {
    pub(super) asking: String,
    pub(super) figures: String,
    /// The path of the link.
    pub(super) link: String,
}
