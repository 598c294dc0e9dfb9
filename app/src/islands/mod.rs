//! The only code that becomes WebAssembly. Every page is whole without it.
#![expect(missing_docs, reason = "the island macro writes a struct of its own for the properties")]

// The board and registers are for staff only: parents do not download them.
#[cfg(any(feature = "ssr", feature = "staff"))]
pub mod board;
pub mod countdown;
#[cfg(any(feature = "ssr", feature = "staff"))]
pub mod register;
pub mod report;

#[cfg(any(feature = "ssr", feature = "staff"))]
pub use board::BoardIsland;
pub use countdown::Countdown;
#[cfg(any(feature = "ssr", feature = "staff"))]
pub use register::RegisterIsland;
pub use report::ReportIsland;
