//! Names of files that the user does not spell out.

/// A title as a file name: letters, digits and dashes.
pub(super) fn file_stem(title: &str) -> String {
    let dashed: String =
        title.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
    let parts: Vec<&str> = dashed.split('-').filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "scenario".to_owned() } else { parts.join("-") }
}
