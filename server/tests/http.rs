//! What the site promises over HTTP. On SQLite; those that use a `House` also on PostgreSQL, where
//! `DATABASE_URL` names one.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

mod http {
    mod access;
    mod access_ids;
    mod access_table;
    mod address_secret;
    mod api_marks;
    mod attendance;
    mod board_several;
    mod browser;
    mod calendar;
    mod calls;
    mod cli;
    mod csrf;
    mod declaration;
    mod declaration_kill;
    mod declaration_staff;
    mod declaration_words;
    mod declarations;
    mod designates;
    mod details;
    mod details_staff;
    mod enter_report;
    mod evidence;
    mod export_cli;
    mod figures;
    mod files;
    mod folder;
    mod guests;
    #[path = "../hand/mod.rs"]
    mod hand;
    mod headers;
    mod health;
    mod hostile;
    mod house;
    mod import_cli;
    mod import_marks_cli;
    mod invitation;
    mod leaks;
    mod leave;
    mod leave_after;
    mod leave_files;
    mod leave_forms;
    mod leave_kill;
    mod leave_lost;
    mod leave_paper;
    mod leave_staff;
    mod leaving;
    mod leaving_forms;
    mod leaving_roll;
    mod leaving_staff;
    mod limits;
    mod marks;
    mod marks_heads;
    mod messages;
    mod morning;
    mod page;
    mod people;
    mod place;
    mod program;
    mod prove;
    mod refuge;
    mod report;
    mod report_days;
    mod report_form;
    mod roster;
    mod sign_in;
    mod sign_in_staff;
}
