//! Paths in files: as text if they are valid UTF-8, otherwise losslessly as numbers.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A path in a file. Paths that are no valid UTF-8 are stored as their numeric units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedPath(pub PathBuf);

/// The two forms of a path.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Form {
    Text(String),
    Raw(Vec<u16>),
}

impl From<&Path> for SavedPath {
    fn from(path: &Path) -> Self {
        Self(path.to_owned())
    }
}

impl Serialize for SavedPath {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let form = match self.0.to_str() {
            Some(text) => Form::Text(text.to_owned()),
            None => Form::Raw(raw(&self.0)),
        };
        form.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for SavedPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Form::deserialize(deserializer)? {
            Form::Text(text) => text.into(),
            Form::Raw(raw) => from_raw(&raw),
        }))
    }
}

#[cfg(unix)]
fn raw(path: &Path) -> Vec<u16> {
    use std::os::unix::ffi::OsStrExt as _;
    path.as_os_str().as_bytes().iter().map(|byte| u16::from(*byte)).collect()
}

#[cfg(unix)]
fn from_raw(raw: &[u16]) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;
    let bytes = raw.iter().filter_map(|unit| u8::try_from(*unit).ok()).collect();
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(windows)]
fn raw(path: &Path) -> Vec<u16> {
    use std::os::windows::ffi::OsStrExt as _;
    path.as_os_str().encode_wide().collect()
}

#[cfg(windows)]
fn from_raw(raw: &[u16]) -> PathBuf {
    use std::os::windows::ffi::OsStringExt as _;
    std::ffi::OsString::from_wide(raw).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_comes_back() {
        let mut paths = vec![PathBuf::from("/home/a plan.ron"), PathBuf::from("")];
        paths.push(from_raw(&[47, 255, 254, 46]));
        #[cfg(unix)]
        assert!(paths[2].to_str().is_none());
        let saved: Vec<SavedPath> = paths.iter().map(|path| path.as_path().into()).collect();
        let text = ron::to_string(&saved).unwrap();
        assert_eq!(ron::from_str::<Vec<SavedPath>>(&text).unwrap(), saved, "{text}");
    }
}
