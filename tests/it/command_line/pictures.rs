//! Pictures of pages without a display.

use std::path::Path;

use crate::support::program::printed;

#[test]
fn pictures_need_no_display() {
    let folder = tempfile::tempdir().expect("a folder");
    for (page, scale, size) in
        [("compare", "1", [1100, 800]), ("cash-flow", "1.5", [1650, 1200]), ("gallery", "0.5", [550, 400])]
    {
        let path = folder.path().join(format!("{page}.png"));
        let out = path.to_str().expect("UTF-8");
        let arguments = [
            "screenshot",
            "--page",
            page,
            "--size",
            "1100x800",
            "--scale",
            scale,
            "--theme",
            "light",
            "--out",
            out,
        ];
        let text = printed(&arguments);
        assert!(text.contains(out) && text.contains(&format!("{}×{}", size[0], size[1])), "{text}");
        assert_eq!(picture_size(&path), size);
    }
    assert!(folder.path().read_dir().expect("a folder").count() == 3, "no other files remain");
}

#[test]
fn a_zoom_is_a_percentage_or_a_factor() {
    let folder = tempfile::tempdir().expect("a folder");
    let draw = |name: &str, more: &[&str]| {
        let file = folder.path().join(name);
        let path = file.to_str().expect("a name").to_owned();
        let size = ["screenshot", "--size", "900x640", "--scale", "1", "--out", &path];
        printed(&[&size[..], more].concat());
        std::fs::read(file).expect("a picture")
    };
    let plain = draw("plain.png", &[]);
    assert!(plain != draw("zoomed.png", &["--zoom", "75%"]), "a zoom lays the window out anew");
    for factor in ["0.75", "75"] {
        assert!(
            draw("zoomed.png", &["--zoom", "75%"]) == draw("factor.png", &["--zoom", factor]),
            "{factor}"
        );
    }
}

/// Decodes a picture to the end; its width and height.
fn picture_size(path: &Path) -> [u32; 2] {
    let file = std::io::BufReader::new(std::fs::File::open(path).expect("a picture"));
    let mut reader = png::Decoder::new(file).read_info().expect("a PNG");
    let mut pixels = vec![0; reader.output_buffer_size().expect("of a size")];
    let info = reader.next_frame(&mut pixels).expect("whole");
    assert!(pixels.iter().any(|byte| *byte != pixels[0]), "the picture is of one colour");
    [info.width, info.height]
}
