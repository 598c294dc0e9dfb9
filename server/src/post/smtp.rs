//! Mail through a mail server.

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};

use crate::{config::ConfigError, store::WaitingMail};

/// A mail server.
pub struct Server {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Server(hidden)")
    }
}

impl Server {
    /// The server at this address, `smtps://user:password@host`.
    ///
    /// # Errors
    /// [`ConfigError`], naming the key.
    pub fn new(url: &str, from: &str) -> Result<Self, ConfigError> {
        let wrong = |key: &str, why: String| ConfigError::Impossible { key: key.to_owned(), why };
        let from = from
            .parse()
            .map_err(|_| wrong("mail.from", "not an address like \"School <office@example.org>\"".into()))?;
        // The error may quote the password: it is not repeated.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| wrong("mail.smtp", "not an address like \"smtps://user:password@host\"".into()))?
            .timeout(Some(std::time::Duration::from_secs(20)))
            .build();
        Ok(Self { transport, from })
    }

    /// Sends a message.
    ///
    /// # Errors
    /// What the server said, without the message.
    pub async fn send(&self, mail: &WaitingMail) -> Result<(), String> {
        let to: Mailbox = mail.to_address.parse().map_err(|_| "not an e-mail address".to_owned())?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(mail.subject.clone())
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.clone())
            .map_err(|error| error.to_string())?;
        self.transport.send(message).await.map(|_| ()).map_err(|error| error.to_string())
    }
}
