use super::super::MailWords;

pub(super) const WORDS: MailWords = MailWords {
    sign_in: |school, code, link, phone| {
        (
            format!("Your code for {school}"),
            format!(
                "Your code is {code}\n\n\
                 Type it on the page where you asked for it, or open this link and press the button:\n{link}\n\n\
                 Both work once, for ten minutes. If you did not ask for a code, you need not do anything; \
                 nobody can sign in without it.\n\n{school}\n{phone}\n"
            ),
        )
    },
    prove: |school, code, phone| {
        (
            format!("Your code for {school}"),
            format!(
                "Your code is {code}\n\n\
                 Type it on the page where you asked for it. What you do next there counts as your signature. The code works \
                 once, for ten minutes, on that device only.\n\n\
                 If you did not ask for it, do not give it to anybody, and ring the school: somebody may have your phone.\n\n\
                 {school}\n{phone}\n"
            ),
        )
    },
    ask_office: |school, phone| {
        (
            format!("Signing in at {school}"),
            format!(
                "Somebody asked to sign in with this address. More than one person uses it, so the office \
                 has to help you set it up. Please ring {phone}. To report an absence now, ring the same number.\n\n{school}\n"
            ),
        )
    },
    received: |school, reference, when, link| {
        (
            format!("{school} has received your message, {reference}"),
            format!(
                "We have received what you sent.\n\nReference: {reference}\nReceived: {when}\n\n\
                 You can read it here, after signing in:\n{link}\n\n{school}\n"
            ),
        )
    },
    other_reported: |school| {
        (
            format!("{school}: a report was made"),
            format!(
                "Another adult has told {school} about an absence of a child you are linked to.\n\n\
                 Open the school's attendance portal to see which day. There is nothing you need to do.\n\n{school}\n"
            ),
        )
    },
    to_sign: |school, link| {
        (
            format!("{school}: something waits for your signature"),
            format!(
                "Another parent has asked {school} for something, and would like you to sign as well.\n\n\
                 You can read it here, after signing in. You are free to sign or not:\n{link}\n\n{school}\n"
            ),
        )
    },
    waiting: |school, link| {
        (
            format!("{school}: a message about attendance is waiting"),
            format!(
                "A message about attendance is waiting for you.\n\n\
                 You can read it and answer it here, after signing in:\n{link}\n\n{school}\n"
            ),
        )
    },
    decided: |school, link| {
        (
            format!("{school}: a decision is waiting"),
            format!(
                "The school has decided about something you asked for or signed.\n\n\
                 You can read the decision here, after signing in:\n{link}\n\n{school}\n"
            ),
        )
    },
    declared: |school, reference, link| {
        (
            format!("{school}: your answer {reference} has arrived"),
            format!(
                "The school has received your answer about the attendance policy.\n\nReference: {reference}\n\n\
                 You can read it here, after signing in:\n{link}\n\n{school}\n"
            ),
        )
    },
    remind: |school, link| {
        (
            format!("{school}: please read the attendance policy"),
            format!(
                "The school asks every parent to read its attendance policy and to say whether they accept it.\n\n\
                 You can read it and answer here, after signing in. It takes a few minutes:\n{link}\n\n\
                 Would you rather talk about it first? You can say so there.\n\n{school}\n"
            ),
        )
    },
    anchor: |school, line| {
        (
            format!("Please keep: the journal of {school}"),
            format!(
                "This line says how far the journal of {school} reached today. Keep this message. If anybody ever cuts \
                 the journal short, it will show.\n\n{line}\n"
            ),
        )
    },
    invitation: |school, name, link| {
        (
            format!("Your account at Nine Fifteen, {school}"),
            format!(
                "Hello {name},\n\nyou are invited to Nine Fifteen, where {school} receives absence reports. \
                 Open this link on a computer you trust, with your phone beside you:\n{link}\n\n\
                 It works once, for seven days.\n\n{school}\n"
            ),
        )
    },
};
