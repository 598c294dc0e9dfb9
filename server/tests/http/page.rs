//! An answer, and a page read the way a browser reads it: by its tags.

use reqwest::{
    StatusCode,
    header::{HeaderMap, HeaderName},
};

/// What came back.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) bytes: Vec<u8>,
}

impl Answer {
    pub(super) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("a page is text")
    }

    pub(super) fn header(&self, name: impl TryInto<HeaderName>) -> &str {
        let name = name.try_into().ok().expect("a header's name");
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where a redirect leads; "" where it is none.
    pub(super) fn location(&self) -> &str {
        self.header("location")
    }

    pub(super) fn title(&self) -> &str {
        between(self.text(), "<title>", "</title>").unwrap_or_default()
    }

    /// The page's own part, without head, sheet and foot.
    pub(super) fn main(&self) -> &str {
        between(self.text(), "<main", "</main>").unwrap_or(self.text())
    }

    /// The value of a hidden field.
    pub(super) fn hidden(&self, name: &str) -> Option<String> {
        tags(self.text()).into_iter().find(|tag| tag.name == "input" && tag.is("name", name)).map(|tag| tag.at("value"))
    }

    /// The page without what is made anew for every drawing: tokens and the ids of forms.
    pub(super) fn masked(&self) -> String {
        let mut text = self.text().to_owned();
        for name in ["csrf", "submission", "message", "sign_in", "draft"] {
            let start = format!("name=\"{name}\" value=\"");
            let mut from = 0;
            while let Some(at) = text[from..].find(&start).map(|at| from + at + start.len()) {
                let end = at + text[at..].find('"').expect("a value ends");
                text.replace_range(at..end, "masked");
                from = at;
            }
        }
        text
    }

    /// Whether the page says that nothing was received, and whom to ring.
    pub(super) fn says_not_received(&self) -> bool {
        self.text().contains("NOT received") && self.text().contains("ring the office on 01632 960915, option 1")
    }

    /// The inputs with this name, in order.
    pub(super) fn inputs(&self, name: &str) -> Vec<Tag> {
        tags(self.text()).into_iter().filter(|tag| tag.name == "input" && tag.is("name", name)).collect()
    }

    /// The values of the boxes or buttons of this name that are chosen.
    pub(super) fn chosen(&self, name: &str) -> Vec<String> {
        self.inputs(name).into_iter().filter(|tag| tag.has("checked")).map(|tag| tag.at("value")).collect()
    }

    /// What the text area with this name holds.
    pub(super) fn text_area(&self, name: &str) -> String {
        let named = |at: &usize| one_tag(&self.text()[at + 1..]).0.is("name", name);
        let mut starts = self.text().match_indices("<textarea").map(|(at, _)| at);
        let from = starts.find(named).expect("a text area");
        let inside = between(one_tag(&self.text()[from + 1..]).1, "", "</textarea>").expect("it ends");
        plain(inside.strip_prefix('\n').unwrap_or(inside))
    }

    /// The fields that the error summary links to.
    pub(super) fn complaints(&self) -> Vec<String> {
        let Some(at) = self.text().find("class=\"errors\"") else { return Vec::new() };
        let list = between(&self.text()[at..], "<ul>", "</ul>").unwrap_or_default();
        tags(list).into_iter().filter(|tag| tag.name == "a").map(|tag| tag.at("href").replace('#', "")).collect()
    }

    /// The page's tags in order, each with the names of its attributes: what no text may change.
    pub(super) fn skeleton(&self) -> Vec<String> {
        let names = |tag: &Tag| tag.attributes.iter().fold(tag.name.clone(), |all, (name, _)| format!("{all} {name}"));
        tags(self.text()).iter().map(names).collect()
    }

    /// What a person reads, in text and fields: with nothing escaped.
    pub(super) fn read(&self) -> String {
        plain(self.main())
    }
}

/// What stands between two marks.
pub(super) fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let from = text.find(start)? + start.len();
    let length = text[from..].find(end)?;
    Some(&text[from..from + length])
}

/// One opening or closing tag.
#[derive(Debug, Clone)]
pub(super) struct Tag {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute, "" where there is none.
    pub(super) fn at(&self, name: &str) -> String {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.attributes.iter().any(|(key, _)| key == name)
    }

    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.has(name) && self.at(name) == value
    }
}

/// Every tag of a page. Inside style, script, title and textarea only the end counts, as in a browser.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!') {
            continue;
        }
        let (tag, after) = one_tag(rest);
        rest = after;
        if ["style", "script", "title", "textarea"].contains(&tag.name.as_str()) {
            let end = format!("</{}", tag.name);
            rest = rest.find(&end).map_or("", |at| &rest[at..]);
        }
        found.push(tag);
    }
    found
}

fn one_tag(text: &str) -> (Tag, &str) {
    let length = text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len());
    let mut tag = Tag { name: text[..length].trim_end_matches('/').to_ascii_lowercase(), attributes: Vec::new() };
    let mut rest = &text[length..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return (tag, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (tag, after);
        }
        let length = rest.find(|c: char| c.is_whitespace() || c == '=' || c == '>').unwrap_or(rest.len()).max(1);
        let name = rest[..length].to_ascii_lowercase();
        rest = &rest[length..];
        let mut value = "";
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let end = quoted.find('"').unwrap_or(quoted.len());
            value = &quoted[..end];
            rest = quoted.get(end + 1..).unwrap_or_default();
        }
        tag.attributes.push((name, plain(value)));
    }
}

/// The text that an escaped text means.
fn plain(text: &str) -> String {
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#39;", "'"), ("&amp;", "&")];
    pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
