//! The steps by which a database becomes what this program expects, in their order.
//!
//! Named one by one and without `sqlx::migrate!`: that macro builds a PostgreSQL client for the compiler alone, which took a
//! minute of every first build.

use std::sync::LazyLock;

use sqlx::{
    SqlSafeStr,
    migrate::{Migration, MigrationType, Migrator},
};

use crate::store::StoreError;

/// What each step does, and what its file is called: a number of four digits, then its subject.
const STEPS: &[(&str, &str)] = &[
    (include_str!("../../../migrations/0001_house.sql"), "0001_house"),
    (include_str!("../../../migrations/0002_every_report.sql"), "0002_every_report"),
    (include_str!("../../../migrations/0003_roster.sql"), "0003_roster"),
    (include_str!("../../../migrations/0004_evidence.sql"), "0004_evidence"),
    (include_str!("../../../migrations/0005_messages.sql"), "0005_messages"),
    (include_str!("../../../migrations/0006_keying.sql"), "0006_keying"),
    (include_str!("../../../migrations/0007_marks.sql"), "0007_marks"),
    (include_str!("../../../migrations/0008_morning.sql"), "0008_morning"),
    (include_str!("../../../migrations/0009_figures.sql"), "0009_figures"),
    (include_str!("../../../migrations/0010_calendar.sql"), "0010_calendar"),
    (include_str!("../../../migrations/0011_api.sql"), "0011_api"),
    (include_str!("../../../migrations/0012_forms.sql"), "0012_forms"),
    (include_str!("../../../migrations/0013_leave_on_paper.sql"), "0013_leave_on_paper"),
    (include_str!("../../../migrations/0014_declaration.sql"), "0014_declaration"),
    (include_str!("../../../migrations/0015_details.sql"), "0015_details"),
    (include_str!("../../../migrations/0016_leaving.sql"), "0016_leaving"),
    (include_str!("../../../migrations/0017_retention.sql"), "0017_retention"),
];

static MIGRATIONS: LazyLock<Option<Migrator>> = LazyLock::new(|| {
    let steps = STEPS.iter().map(|(sql, name)| {
        let (number, subject) = name.split_once('_')?;
        let subject = subject.replace('_', " ");
        Some(Migration::new(number.parse().ok()?, subject.into(), MigrationType::Simple, sql.into_sql_str(), false))
    });
    Some(Migrator::with_migrations(steps.collect::<Option<_>>()?))
});

/// All steps.
///
/// # Errors
/// When a file has a name without a number; a test sees to it that none has.
pub(super) fn migrations() -> Result<&'static Migrator, StoreError> {
    MIGRATIONS.as_ref().ok_or_else(|| StoreError::Migration("a step has no number".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_a_step_and_numbers_leave_no_gap() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/migrations");
        let mut files: Vec<String> =
            std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        files.sort();
        let named: Vec<String> = STEPS.iter().map(|(_, name)| format!("{name}.sql")).collect();
        assert_eq!(named, files);
        let numbers = migrations().unwrap().iter().map(|step| step.version);
        assert!(numbers.eq(1..=i64::try_from(files.len()).unwrap()));
    }
}
