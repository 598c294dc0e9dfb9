//! What goes in and comes out, in the texts that sqlx writes too: a file made by an earlier version
//! reads the same, and instants compare as their texts do.

use std::borrow::Cow;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use rusqlite::{
    Row, ToSql,
    types::{ToSqlOutput, ValueRef},
};

use crate::store::StoreError;

/// A parameter of a statement.
#[derive(Debug)]
pub(crate) enum Value<'a> {
    Null,
    Number(i64),
    Text(Cow<'a, str>),
    Bytes(Cow<'a, [u8]>),
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Number(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// How each type becomes a parameter.
macro_rules! value {
    ($($kind:ty: $this:ident => $value:expr;)*) => {
        $(impl<'a> From<$kind> for Value<'a> {
            fn from($this: $kind) -> Self {
                $value
            }
        })*
    };
}

value! {
    &'a str: text => Value::Text(Cow::Borrowed(text));
    &'a String: text => Value::Text(Cow::Borrowed(text));
    String: text => Value::Text(Cow::Owned(text));
    &'a [u8]: bytes => Value::Bytes(Cow::Borrowed(bytes));
    Vec<u8>: bytes => Value::Bytes(Cow::Owned(bytes));
    i64: number => Value::Number(number);
    bool: truth => Value::Number(truth.into());
    DateTime<Utc>: at => Value::Text(Cow::Owned(at.to_rfc3339_opts(SecondsFormat::AutoSi, false)));
    NaiveDate: day => Value::Text(Cow::Owned(day.to_string()));
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

/// A column of a row. `None` when it holds something else.
pub(crate) trait Column: Sized {
    fn read(value: ValueRef<'_>) -> Option<Self>;
}

impl Column for i64 {
    fn read(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok()
    }
}

impl Column for bool {
    fn read(value: ValueRef<'_>) -> Option<Self> {
        value.as_i64().ok().map(|number| number != 0)
    }
}

impl Column for String {
    fn read(value: ValueRef<'_>) -> Option<Self> {
        value.as_str().ok().map(str::to_owned)
    }
}

impl Column for Vec<u8> {
    fn read(value: ValueRef<'_>) -> Option<Self> {
        value.as_bytes().ok().map(<[u8]>::to_vec)
    }
}

impl Column for DateTime<Utc> {
    fn read(value: ValueRef<'_>) -> Option<Self> {
        DateTime::parse_from_rfc3339(value.as_str().ok()?).ok().map(|at| at.to_utc())
    }
}

impl Column for NaiveDate {
    fn read(value: ValueRef<'_>) -> Option<Self> {
        app::rules::iso::date(value.as_str().ok()?)
    }
}

impl<T: Column> Column for Option<T> {
    fn read(value: ValueRef<'_>) -> Option<Self> {
        if value == ValueRef::Null { Some(None) } else { T::read(value).map(Some) }
    }
}

/// What a row becomes.
pub(crate) trait FromSqlite: Sized {
    /// # Errors
    /// When a column holds what it should not; its name, never what it holds.
    fn from_row(row: &Row<'_>) -> Result<Self, StoreError>;
}

/// The column of this name.
///
/// # Errors
/// As [`FromSqlite::from_row`].
pub(crate) fn named<T: Column>(row: &Row<'_>, name: &str) -> Result<T, StoreError> {
    T::read(row.get_ref(name)?).ok_or_else(|| StoreError::Database(format!("column {name} cannot be read")))
}

/// Rows taken by the places of their columns.
macro_rules! by_place {
    ($($column:ident $place:literal),*) => {
        impl<$($column: Column),*> FromSqlite for ($($column,)*) {
            fn from_row(row: &Row<'_>) -> Result<Self, StoreError> {
                Ok(($(placed::<$column>(row, $place)?,)*))
            }
        }
    };
}

fn placed<T: Column>(row: &Row<'_>, place: usize) -> Result<T, StoreError> {
    T::read(row.get_ref(place)?).ok_or_else(|| StoreError::Database(format!("column {place} cannot be read")))
}

by_place!(A 0);
by_place!(A 0, B 1);
by_place!(A 0, B 1, C 2);
by_place!(A 0, B 1, C 2, D 3);
by_place!(A 0, B 1, C 2, D 3, E 4);
by_place!(A 0, B 1, C 2, D 3, E 4, F 5);
by_place!(A 0, B 1, C 2, D 3, E 4, F 5, G 6);
by_place!(A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7);

#[cfg(test)]
mod tests {
    use super::*;

    /// What reading this gives, as the log would hear it.
    fn said<R: FromSqlite>(sql: &str) -> Option<String> {
        let lane = rusqlite::Connection::open_in_memory().unwrap();
        let mut statement = lane.prepare(sql).unwrap();
        let mut rows = statement.raw_query();
        R::from_row(rows.next().unwrap().unwrap()).err().map(|error| error.to_string())
    }

    #[test]
    fn what_cannot_be_read_is_not_told_to_the_log() {
        let sql = "SELECT 'kanarienvogel' AS at";
        let errors =
            [said::<(NaiveDate,)>(sql), said::<(DateTime<Utc>,)>(sql), said::<(i64,)>(sql), said::<(bool,)>(sql)];
        for error in errors {
            assert_eq!(error.unwrap(), "database: column 0 cannot be read");
        }
        assert_eq!(said::<(Option<String>,)>("SELECT NULL"), None);
        assert!(said::<(String,)>("SELECT NULL").is_some() && said::<(String, i64)>(sql).is_some());
    }

    #[test]
    fn a_column_that_is_not_there_is_named() {
        struct Cage;
        impl FromSqlite for Cage {
            fn from_row(row: &Row<'_>) -> Result<Self, StoreError> {
                named::<String>(row, "cage").map(|_| Self)
            }
        }
        assert_eq!(said::<Cage>("SELECT 'kanarienvogel' AS at").unwrap(), "database: column cage does not fit");
        assert_eq!(said::<(String, String)>("SELECT 'kanarienvogel'").unwrap(), "database: column 1 does not fit");
    }

    #[test]
    fn a_parameter_keeps_its_number_wherever_it_stands() {
        let folder = tempfile::tempdir().unwrap();
        let lane = crate::store::db::Lane::open(&folder.path().join("x.db")).unwrap();
        let found: Option<(String, String, i64)> =
            lane.row("SELECT $2, $1, $3", &["a".into(), "b".into(), 3_i64.into()]).unwrap();
        assert_eq!(found, Some(("b".into(), "a".into(), 3)));
        assert!(lane.row::<(i64,)>("SELECT $2", &[1_i64.into()]).is_err());
    }
}
