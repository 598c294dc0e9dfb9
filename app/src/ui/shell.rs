//! The document around every page: head, school, foot.

use leptos::prelude::*;

use crate::{rules::policy::Contact, words::Words};

/// Where a browser finds what a page needs; the same for every page.
#[derive(Debug, Clone, Copy)]
pub struct Assets {
    /// The sheet that stands in the page.
    pub critical_css: &'static str,
    /// The rest of the style, for pages that need it.
    pub later_css: &'static str,
    /// The script that wakes the islands.
    pub wake_js: &'static str,
    /// The icon.
    pub icon: &'static str,
    /// The icon for a phone's home screen.
    pub touch_icon: &'static str,
    /// The manifest.
    pub manifest: &'static str,
}

/// What the shell needs to know of a page.
#[derive(Debug, Clone)]
pub struct Shell<'a> {
    /// The words.
    pub words: &'static Words,
    /// Paths of assets.
    pub assets: Assets,
    /// The title: never a name, never a health word.
    pub title: &'a str,
    /// The school's name.
    pub school: &'a str,
    /// How to reach the office.
    pub contact: &'a Contact,
    /// A class for the body: "board", or "".
    pub body: &'static str,
    /// Whether the rest of the style is needed.
    pub later: bool,
    /// Where the brand leads.
    pub home: &'static str,
    /// Links in the foot: address and words. The last may be a sign-out, see [`Shell::sign_out`].
    pub nav: Vec<(&'static str, &'static str)>,
    /// Where the sign-out button posts, and the csrf token; `None` when nobody is signed in.
    pub sign_out: Option<(&'static str, String)>,
}

impl Shell<'_> {
    /// The whole document, without the doctype.
    pub fn page(self, main: impl IntoView) -> impl IntoView {
        let Self { words, assets, title, school, contact, body, later, home, nav, sign_out } = self;
        let common = &words.common;
        let title = format!("{title} – {}", common.product);
        let hint = contact.phone_hint.as_ref().map(|hint| format!(", {hint}"));
        view! {
            <html lang=words.tag dir=words.direction>
                <head>
                    <meta charset="utf-8" />
                    <meta name="viewport" content="width=device-width, initial-scale=1" />
                    <meta name="color-scheme" content="light dark" />
                    <meta name="theme-color" content="#f7f2e5" media="(prefers-color-scheme: light)" />
                    <meta name="theme-color" content="#151c18" media="(prefers-color-scheme: dark)" />
                    <title>{title}</title>
                    <style inner_html=assets.critical_css></style>
                    {later.then(|| view! { <link rel="stylesheet" href=assets.later_css /> })}
                    <link rel="icon" href=assets.icon type="image/svg+xml" />
                    <link rel="apple-touch-icon" href=assets.touch_icon />
                    <link rel="manifest" href=assets.manifest />
                    <script type="module" src=assets.wake_js></script>
                </head>
                <body class=body>
                    <a class="skip" href="#main">{common.skip}</a>
                    <header class="head">
                        <div class="wrap">
                            <a class="brand" href=home>
                                <svg viewBox="0 0 24 24" aria-hidden="true">
                                    <path d="M1 1h22L1 23z" fill="currentColor" />
                                    <path d="M1.75 1.75h20.5v20.5H1.75z" fill="none" stroke="currentColor" stroke-width="1.5" />
                                </svg>
                                <span>{common.product}</span>
                            </a>
                            <p class="where">{school.to_owned()}</p>
                        </div>
                    </header>
                    <main id="main" tabindex="-1">
                        <div class="wrap">{main}</div>
                    </main>
                    <footer class="foot">
                        <div class="wrap">
                            <p>
                                {common.trouble} " "
                                <a class="nb tap" href=format!("tel:{}", contact.dial())>{contact.phone.clone()}</a>
                                {hint} "."
                            </p>
                            <ul>
                                {nav.into_iter().map(|(href, label)| view! { <li><a href=href>{label}</a></li> }).collect_view()}
                                {sign_out.map(|(action, token)| view! {
                                    <li>
                                        <form method="post" action=action>
                                            {super::csrf_field(&token)}
                                            <button class="link">{common.sign_out}</button>
                                        </form>
                                    </li>
                                })}
                            </ul>
                        </div>
                    </footer>
                </body>
            </html>
        }
    }
}
