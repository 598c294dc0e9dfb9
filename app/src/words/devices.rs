//! Words of the list of devices.

/// The list of devices.
#[derive(Debug)]
pub struct DeviceWords {
    /// Title and heading.
    pub title: &'static str,
    /// Under the heading.
    pub lead: &'static str,
    /// Marks this one.
    pub this_one: &'static str,
    /// When it was signed in.
    pub since: fn(&str) -> String,
    /// When it was last used.
    pub seen: fn(&str) -> String,
    /// The button; read out with the label.
    pub revoke: &'static str,
    /// A device that does not say what it is.
    pub unknown: &'static str,
    /// "Chrome on Android".
    pub label: fn(&str, &str) -> String,
}
