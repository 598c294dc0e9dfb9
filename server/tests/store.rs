//! What the store promises. On SQLite, or on PostgreSQL where `DATABASE_URL` names one.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod store {
    mod access;
    mod board;
    mod calendar;
    mod change;
    mod coding;
    mod copies;
    mod days;
    mod declaration;
    mod declaration_nodes;
    mod designate;
    mod details;
    mod details_open;
    mod devices;
    mod engine;
    mod evidence;
    mod figures;
    #[path = "../hand/mod.rs"]
    mod hand;
    mod house;
    mod invitation;
    mod joining;
    mod journal;
    mod leave_staff;
    mod leaving;
    mod mail;
    mod marks;
    mod messages;
    mod morning;
    mod nodes;
    mod people;
    mod plans;
    mod prove;
    mod receipt;
    mod roster_import;
    mod settings;
    mod sign_in;
    mod staff;
    mod staff_session;
    mod submission;
    mod tampering;
    mod throttle;
    mod writer;
}
