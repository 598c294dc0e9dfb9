//! The rules at their edges, called as any other crate would call them.

mod calendar;
mod clock_changes;
mod code;
mod day_times;
mod deadline;
mod example;
mod leave;
mod properties;
mod reconcile;
mod return_date;
