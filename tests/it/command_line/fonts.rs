//! Letters of scripts that no bundled font has: from a font of the system or a given one, or named as missing.

use std::fs;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

use crate::support::program::{program, refusal, run};

/// A collection with letters of Han, kana, Hangul, Arabic and Hebrew; see its `make_letters.py`.
const LETTERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fonts/Letters.ttc");
/// A title in those scripts.
const TITLE: &str = "電力会社 전력 حساب שלום";
/// Height of the bar with the title, pixels at a scale of 1.
const TOP_BAR: usize = 44;

/// A system whose only fonts are those of one folder, and a preset with a title.
struct System {
    folder: TempDir,
}

impl System {
    fn new(fonts: Option<&Path>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let fonts = fonts.unwrap_or_else(|| folder.path()).display().to_string();
        let cache = folder.path().join("cache").display().to_string();
        let config = format!(
            "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">\
             <fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>"
        );
        fs::write(folder.path().join("fonts.conf"), config).expect("written");
        Self { folder }
    }

    fn screenshot(&self, title: &str, more: &[&str]) -> (Output, Picture) {
        let preset = self.folder.path().join("plan.ron");
        fs::write(
            &preset,
            format!("(schema: 2, defaults: \"2026-11\", title: {title:?}, scenario: (risk: (paths: 100)))"),
        )
        .expect("written");
        let out = self.folder.path().join("picture.png");
        let mut command = program(&["screenshot", "--size", "900x640", "--scale", "1"]);
        let command = command.arg(&preset).arg("--out").arg(&out).args(more);
        let output = command.env("FONTCONFIG_FILE", self.folder.path().join("fonts.conf")).output();
        let output = output.expect("the program starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (output, Picture::read(&out))
    }
}

#[derive(PartialEq)]
struct Picture {
    line: usize,
    pixels: Vec<u8>,
}

impl Picture {
    fn read(path: &Path) -> Self {
        let file = std::io::BufReader::new(fs::File::open(path).expect("a picture"));
        let mut reader = png::Decoder::new(file).read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("of a size")];
        let info = reader.next_frame(&mut pixels).expect("whole");
        Self { line: info.line_size, pixels }
    }

    /// What is above and what is below the top bar's end.
    fn split(&self) -> (&[u8], &[u8]) {
        self.pixels.split_at(TOP_BAR * self.line)
    }
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

/// Whether the library that lists the fonts of the system is there; without it there are none.
fn has_fontconfig() -> bool {
    let listed = std::process::Command::new("/sbin/ldconfig").arg("-p").output();
    let is_there =
        listed.is_ok_and(|listed| String::from_utf8_lossy(&listed.stdout).contains("libfontconfig.so.1"));
    if !is_there {
        eprintln!("no libfontconfig.so.1: fonts of the system are not tested");
    }
    is_there
}

#[test]
fn letters_that_no_font_has_are_named_and_what_brings_them() {
    let (output, _) = System::new(None).screenshot("電力 plan", &[]);
    assert_eq!(
        said(&output),
        "wattfolio: No font has 力 電: boxes stand for them; --font names a font that has them\n"
    );
    let (output, _) = System::new(None).screenshot("A plan", &[]);
    assert_eq!(said(&output), "");
}

#[test]
fn a_given_font_brings_its_letters_and_changes_no_bundled_one() {
    let system = System::new(None);
    let (_, bundled) = system.screenshot("A plan of 2026", &[]);
    let (_, boxes) = system.screenshot(TITLE, &[]);
    let (output, letters) = system.screenshot(TITLE, &["--font", LETTERS]);
    assert_eq!(said(&output), "");
    assert!(letters.split().0 != boxes.split().0, "letters in place of boxes");
    // In that font every letter and digit of ASCII looks like one of its own.
    assert!(letters.split().1 == bundled.split().1, "all other texts are as without it");
    let (_, given) = system.screenshot("A plan of 2026", &["--font", LETTERS]);
    assert!(given == bundled);
    let line = refusal("no font", run(&["screenshot", "--out", "x.png", "--font", "clippy.toml"]));
    assert!(line.contains("clippy.toml is no font"), "{line}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_font_of_the_system_brings_the_same_letters() {
    if !has_fontconfig() {
        return;
    }
    let fonts = Path::new(LETTERS).parent().expect("a folder");
    let (output, of_system) = System::new(Some(fonts)).screenshot(TITLE, &[]);
    assert_eq!(said(&output), "");
    let (_, given) = System::new(None).screenshot(TITLE, &["--font", LETTERS]);
    assert!(of_system == given);
}
