//! PDFs of strangers are refused with words, whatever is in them.

use std::fs;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use wattfolio::report::reader::{self, Unreadable};

use super::{QUICK, bytes, made};
use crate::support::program::refused;

fn packed(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// The same PDF with the text of an attached file changed: its objects are added again at the end, where they count.
pub(super) fn with_attached(pdf: &[u8], name: &str, change: impl Fn(String) -> String) -> Vec<u8> {
    let inside = |name: &str| -> String {
        // A stream behind the specification of the file.
        let text = String::from_utf8_lossy(pdf);
        let at = text.find(&format!("({name})")).unwrap_or_else(|| panic!("{name} is not attached"));
        let rest = &text[at..];
        let reference = rest.split("/EF").nth(1).unwrap().split("/F ").nth(1).unwrap();
        reference.split_whitespace().next().unwrap().to_owned()
    };
    let number = inside(name);
    let text = attached_text(pdf, &number);
    let data = packed(change(text).as_bytes());
    let mut changed = pdf.to_vec();
    let head = format!(
        "\n{number} 0 obj\n<</Type/EmbeddedFile/Filter/FlateDecode/Length {}>>\nstream\n",
        data.len()
    );
    changed.extend(head.as_bytes());
    changed.extend(data);
    changed.extend(b"\nendstream\nendobj\n");
    changed
}

fn attached_text(pdf: &[u8], number: &str) -> String {
    let head = format!("\n{number} 0 obj");
    let at = pdf.windows(head.len()).position(|part| part == head.as_bytes()).unwrap();
    let rest = &pdf[at..];
    let start = rest.windows(6).position(|part| part == b"stream").unwrap() + 6;
    let start = start + rest[start..].iter().position(|byte| !b"\r\n".contains(byte)).unwrap();
    let mut text = String::new();
    let mut decoder = flate2::read::ZlibDecoder::new(&rest[start..]);
    std::io::Read::read_to_string(&mut decoder, &mut text).unwrap();
    text
}

fn document(objects: &[u8]) -> Vec<u8> {
    [b"%PDF-1.7\n", objects, b"\ntrailer <</Root 1 0 R>>\n%%EOF"].concat()
}

#[test]
fn foreign_and_hostile_files_are_refused_with_words() {
    let spec =
        b"1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[2 0 R 3 0 R]>> endobj\n";
    let bomb = packed(&vec![b' '; 80 << 20]);
    let bomb = [
        &b"5 0 obj <</F(figures.json)/EF<</F 6 0 R>>>> endobj\n6 0 obj <</Filter/FlateDecode/Length "[..],
        bomb.len().to_string().as_bytes(),
        b">> stream\n",
        &bomb,
        b"\nendstream endobj",
    ]
    .concat();
    let deep = [b"1 0 obj ".as_slice(), &b"[".repeat(1 << 20)].concat();
    let many = (1..=210_000).map(|number| format!("{number} 0 obj 1 endobj\n")).collect::<String>();
    let cases: [(&str, Vec<u8>, fn(&Unreadable) -> bool); 9] = [
        ("empty", Vec::new(), |fault| *fault == Unreadable::NoPdf),
        ("text", b"hello".to_vec(), |fault| *fault == Unreadable::NoPdf),
        ("foreign", document(spec), |fault| *fault == Unreadable::NotOurs),
        ("cut", b"%PDF-1.7\n1 0 obj <</EF".to_vec(), |fault| *fault == Unreadable::NotOurs),
        ("bomb", document(&bomb), |fault| matches!(fault, Unreadable::TooLarge(_))),
        ("deep", document(&deep), |fault| *fault == Unreadable::NotOurs),
        ("many", document(many.as_bytes()), |fault| matches!(fault, Unreadable::TooLarge(_))),
        ("locked", document(b"1 0 obj <</Encrypt 3 0 R>> endobj"), |fault| *fault == Unreadable::Encrypted),
        (
            "other figures",
            document(b"5 0 obj <</F(figures.json)/EF<</F 6 0 R>>>> endobj\n6 0 obj <</Length 2>> stream\n{}\nendstream endobj"),
            |fault| matches!(fault, Unreadable::Damaged(_)),
        ),
    ];
    let folder = tempfile::tempdir().unwrap();
    for (name, pdf, expected) in cases {
        let fault = reader::open(&pdf, name).map(|_| ()).unwrap_err();
        assert!(expected(&fault), "{name}: {fault:?}");
        // Whatever it is, its texts end.
        reader::texts(&pdf).ok();
        let path = folder.path().join("x.pdf");
        fs::write(&path, &pdf).unwrap();
        let file = path.to_str().unwrap();
        for command in ["verify", "compare"] {
            let line = refused(&[command, file]);
            assert!(line.contains(file) && line.contains(&fault.to_string()), "{name}: {line}");
        }
    }
}

#[test]
fn a_report_with_any_byte_changed_or_cut_is_read_or_refused_but_never_ends_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let pdf = bytes(&made(folder.path(), "a.pdf", &[&["today", "--no-simulation"], &QUICK[..]].concat()));
    let step = pdf.len() / 60;
    for at in (0..pdf.len()).step_by(step) {
        let mut changed = pdf.clone();
        changed[at] = changed[at].wrapping_add(97);
        reader::open(&changed, "x").ok();
        reader::texts(&changed).ok();
        reader::open(&pdf[..at], "x").ok();
    }
}
