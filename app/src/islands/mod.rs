//! The only code that becomes WebAssembly. Every page is whole without it.
#![expect(missing_docs, reason = "the island macro writes a struct of its own for the properties")]

// The board is for staff only: parents do not download it.
#[cfg(any(feature = "ssr", feature = "staff"))]
pub mod board;
pub mod countdown;
pub mod report;

#[cfg(any(feature = "ssr", feature = "staff"))]
pub use board::BoardIsland;
pub use countdown::Countdown;
pub use report::ReportIsland;
