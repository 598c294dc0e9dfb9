//! What the program does on the command line besides serving.

pub mod import_roster;
