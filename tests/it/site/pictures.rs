//! Pictures on pages: each is there once, and nothing of it that is not seen.

use std::fs;

use data_encoding::BASE64;
use loggia::engagement::id::EngagementId;
use loggia::pipeline::reading;
use loggia::pipeline::workspace::Workspace;
use loggia::portal::PortalSource;
use loggia::portal::files::ShownFiles;
use loggia::portal::view::PortalView;
use loggia::progress;
use loggia::progress::past::Past;
use loggia::render::theme::Theme;
use png::{BitDepth, ColorType, Encoder};

use crate::folder::picture::chunk;
use crate::project::Project;
use crate::site::markup;
use crate::site::plan::pages;

const DAY: &str = "2026-03-20";
const UPDATE: &str = "nyah/updates/2026-03-18-pictures.md";

/// Eight by six pixels in colour, as `src/picture/samples.rs` has them.
const JPEG: &str = "\
/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDACgcHiMeGSgjISMtKygwPGRBPDc3PHtYXUlkkYCZlo+AjIqgtObDoKrarYqMyP/L2u71////m8H////6/+b9\
//j/2wBDASstLTw1PHZBQXb4pYyl+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj4+Pj/wAARCAAGAAgDASIAAhEB\
AxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS\
0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKz\
tLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgEC\
BAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdhcRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpj\
ZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbHyMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6\
/9oADAMBAAIRAxEAPwBkFkpx0ooopQV1qFKpLl3P/9k=";

/// The pixels of a PNG and how they are stored.
struct Pixels<'a> {
    width: u32,
    colour: ColorType,
    depth: BitDepth,
    palette: &'a [u8],
    lines: &'a [u8],
}

impl Pixels<'_> {
    fn png(&self) -> Vec<u8> {
        let bits = self.width as usize * self.colour.samples() * self.depth as usize;
        let height = self.lines.len() / bits.div_ceil(8);
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, self.width, height as u32);
        encoder.set_color(self.colour);
        encoder.set_depth(self.depth);
        if self.colour == ColorType::Indexed {
            encoder.set_palette(self.palette);
        }
        let mut writer = encoder.write_header().unwrap();
        writer.write_image_data(self.lines).unwrap();
        writer.finish().unwrap();
        bytes
    }
}

/// A PNG of grey noise, which cannot be packed.
fn noise(width: u32, height: u32) -> Vec<u8> {
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let lines: Vec<u8> = (0..width * height).map(|_| next()).collect();
    let pixels = Pixels {
        width,
        colour: ColorType::Grayscale,
        depth: BitDepth::Eight,
        palette: &[],
        lines: &lines,
    };
    pixels.png()
}

/// The small engagement with an update that the manager reads.
fn with_update(text: &str) -> Project {
    let project = Project::small();
    project.write(UPDATE, format!("+++\ntitle = \"Pictures\"\n+++\n{text}"));
    project
}

/// What a page holds a picture or a document as.
fn data(page: &str) -> Vec<&str> {
    let parts = page.split("data:").skip(1);
    let ours = parts.filter(|part| part.starts_with("image/") || part.starts_with("application/"));
    ours.map(|part| part.split('"').next().unwrap()).collect()
}

#[test]
fn a_picture_is_in_a_page_once_however_often_it_is_shown() {
    let text = "![The \"one\" & \\<only>](files/wall.png)\n\n![](files/wall.png) and ![again](files/same.png)\n\n![Another](files/other.png)\n\n\
                ::: only coach\n![For the coach](files/hidden.png)\n![For the coach](files/hidden.png)\n:::\n";
    let project = with_update(text);
    let goal = "nyah/goals/2-calm.md";
    project.write(
        goal,
        project.read(goal) + "\n![On the goal](files/wall.png)\n",
    );
    // The same picture under two names.
    project.write("nyah/files/wall.png", noise(9, 5));
    project.write("nyah/files/same.png", noise(9, 5));
    project.write("nyah/files/other.png", noise(4, 4));
    project.write("nyah/files/hidden.png", noise(5, 4));
    let pages = pages(&project, DAY);
    for (reader, pictures) in [("nyah", 4), ("priya", 3), ("coach", 4)] {
        let page = &pages[reader];
        let mut found = data(page);
        let all = found.len();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), all, "{reader}: a picture is there twice");
        assert!(all <= pictures, "{reader}: {all}");
        let mut words = vec![
            "The &quot;one&quot; &amp; &lt;only&gt;",
            "again",
            "On the goal",
        ];
        // The manager does not read the goal.
        if reader == "priya" {
            words.pop();
        }
        assert_eq!(
            page.matches("<image id=\"picture-1\"").count(),
            1,
            "{reader}"
        );
        assert_eq!(
            page.matches("<use href=\"#picture-1\"/>").count(),
            words.len(),
            "{reader}"
        );
        for words in words {
            let drawing = format!(
                "<svg role=\"img\" aria-label=\"{words}\" viewBox=\"0 0 9 5\" width=\"9\" height=\"5\">"
            );
            assert_eq!(page.matches(&drawing).count(), 1, "{reader}: {words}");
        }
        let silent = "<svg aria-hidden=\"true\" viewBox=\"0 0 9 5\" width=\"9\" height=\"5\">";
        assert_eq!(page.matches(silent).count(), 1, "{reader}");
        assert!(
            page.contains(" alt=\"Another\" width=\"4\" height=\"4\">"),
            "{reader}"
        );
        assert!(!page.contains("data:,files/"), "{reader}");
        assert_eq!(page.contains("picture-2"), reader != "priya", "{reader}");
        markup::check(&format!("<!doctype html><html><body{page}")).unwrap();
    }
    // It is long if it is counted forty times.
    project.write("nyah/files/wall.png", noise(900, 700));
    project.write(
        UPDATE,
        format!(
            "+++\ntitle = \"Pictures\"\n+++\n{}",
            "![Wall](files/wall.png)\n\n".repeat(40)
        ),
    );
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(!ran.stderr.contains(" MB"), "{}", ran.stderr);
}

#[test]
fn a_name_is_the_same_in_every_form_of_its_letters() {
    let (composed, decomposed) = ("k\u{e4}the.png", "ka\u{308}the.png");
    for (file, text) in [
        (composed, decomposed),
        (decomposed, composed),
        (decomposed, decomposed),
    ] {
        let project = with_update(&format!("![Team](files/{text})"));
        project.write(&format!("nyah/files/{file}"), noise(4, 4));
        // The firm's logo as well.
        let firm = project.read("loggia.toml");
        let firm = firm.replacen("[firm]\n", &format!("[firm]\nlogo = \"{text}\"\n"), 1);
        project.write("loggia.toml", firm);
        project.write(file, noise(4, 4));
        let ran = project.run(&["build"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
    }
}

#[test]
fn a_text_that_looks_like_a_place_for_a_file_is_none() {
    let place = "<img src=\"data:,files/room.png\" alt=\"\" width=\"1\" height=\"1\">";
    let text = format!(
        "`{place}`\n\n    {place}\n\nsrc=\"data:,files/room.png\" alt=\"\"\n\n![{}](files/room.png)\n",
        "a \\<img src=\"data:,files/room.png\""
    );
    let page = &pages(&with_update(&text), DAY)["priya"];
    let shown = page.split(UPDATE_TITLE).nth(1).unwrap();
    assert_eq!(shown.matches("&lt;img src=").count(), 3, "{shown}");
    let mut found = data(page);
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), data(page).len());
}

const UPDATE_TITLE: &str = "Pictures</h3>";

#[test]
fn a_page_that_would_be_too_long_is_refused_with_its_length() {
    let project = with_update(&"[The plan](files/plan.pdf)\n\n".repeat(40));
    let engagement = project.read("nyah/engagement.toml");
    project.write(
        "nyah/engagement.toml",
        format!("documents = true\n{engagement}"),
    );
    project.write("nyah/files/plan.pdf", vec![b'%'; 600_000]);
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    // Forty times four thirds of its length, and the rest of the page.
    assert!(ran.stderr.contains("`priya` (32.0 MB)"), "{}", ran.stderr);
    assert!(
        ran.stderr.contains("is longer than 16 MB"),
        "{}",
        ran.stderr
    );
    project.write(
        UPDATE,
        "+++\ntitle = \"Pictures\"\n+++\n[The plan](files/plan.pdf)\n",
    );
    assert_eq!(project.run(&["build"]).code, 0);
}

/// A picture with something in it that is not seen, whatever that is.
struct Hiding {
    file: &'static str,
    with: fn(u8) -> Vec<u8>,
}

fn erased(hidden: u8) -> Vec<u8> {
    let lines: Vec<u8> = (0..24)
        .flat_map(|place| match place % 3 {
            0 => [hidden, hidden ^ 3, hidden, 0],
            rest => [rest, 9, 70, 255],
        })
        .collect();
    let pixels = Pixels {
        width: 8,
        colour: ColorType::Rgba,
        depth: BitDepth::Eight,
        palette: &[],
        lines: &lines,
    };
    pixels.png()
}

fn colour_of_no_pixel(hidden: u8) -> Vec<u8> {
    let palette = [1, 2, 3, hidden, hidden ^ 5, hidden, 7, 8, 9];
    let pixels = Pixels {
        width: 8,
        colour: ColorType::Indexed,
        depth: BitDepth::Eight,
        palette: &palette,
        lines: &[0, 2, 2, 0, 0, 2, 0, 0],
    };
    pixels.png()
}

fn last_bits_of_a_line(hidden: u8) -> Vec<u8> {
    let lines = [0b0110_1100 | hidden & 3, 0b0010_0100 | hidden >> 2 & 3];
    let pixels = Pixels {
        width: 3,
        colour: ColorType::Indexed,
        depth: BitDepth::Two,
        palette: &[9, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
        lines: &lines,
    };
    pixels.png()
}

fn rows_below(hidden: u8) -> Vec<u8> {
    let lines = [&[7; 8 * 6][..], &[hidden; 8 * 6]].concat();
    let pixels = Pixels {
        width: 8,
        colour: ColorType::Grayscale,
        depth: BitDepth::Eight,
        palette: &[],
        lines: &lines,
    };
    let bytes = pixels.png();
    let header = [&bytes[16..20], &[0, 0, 0, 6], &bytes[24..29]].concat();
    [&bytes[..8], &chunk(b"IHDR", &header), &bytes[33..]].concat()
}

fn jpeg() -> Vec<u8> {
    BASE64.decode(JPEG.as_bytes()).unwrap()
}

fn behind_the_pixels(hidden: u8) -> Vec<u8> {
    let bytes = jpeg();
    let (pixels, end) = bytes.split_at(bytes.len() - 2);
    [pixels, &[hidden & 127; 40], end].concat()
}

fn table_without_use(hidden: u8) -> Vec<u8> {
    let bytes = jpeg();
    let table = [&[0xff, 0xdb, 0, 67, 3][..], &[hidden | 1; 64]].concat();
    [&bytes[..20], &table, &bytes[20..]].concat()
}

fn bits_behind_the_last(hidden: u8) -> Vec<u8> {
    let mut bytes = jpeg();
    let last = bytes.len() - 3;
    // They fill up the byte, with ones.
    let free = bytes[last].trailing_ones().min(3);
    bytes[last] &= !((hidden & 1) << (free - 1));
    bytes
}

const HIDING: [Hiding; 7] = [
    Hiding {
        file: "erased.png",
        with: erased,
    },
    Hiding {
        file: "colour.png",
        with: colour_of_no_pixel,
    },
    Hiding {
        file: "bits.png",
        with: last_bits_of_a_line,
    },
    Hiding {
        file: "rows.png",
        with: rows_below,
    },
    Hiding {
        file: "behind.jpg",
        with: behind_the_pixels,
    },
    Hiding {
        file: "table.jpg",
        with: table_without_use,
    },
    Hiding {
        file: "last.jpg",
        with: bits_behind_the_last,
    },
];

#[test]
fn what_a_picture_hides_is_on_no_page() {
    let shown = HIDING
        .iter()
        .map(|hiding| format!("![{0}](files/{0})\n\n", hiding.file));
    let project = with_update(&shown.collect::<String>());
    let pages_with = |hidden: u8| {
        for Hiding { file, with } in &HIDING {
            project.write(&format!("nyah/files/{file}"), with(hidden));
        }
        pages(&project, DAY)
    };
    let before = pages_with(0);
    for hidden in [1, 0xaa, 0x5f] {
        for (reader, page) in pages_with(hidden) {
            let (one, other) = (data(&before[&reader]), data(&page));
            for (place, (one, other)) in one.iter().zip(&other).enumerate() {
                assert!(one == other, "{reader} sees what picture {place} hides");
            }
            assert!(before[&reader] == page, "{reader}");
        }
    }
    // Those of the JPEG are the same, and so in the page once.
    assert_eq!(data(&before["priya"]).len(), 5);
}

#[test]
fn a_theme_cannot_show_a_file_that_its_reader_does_not_see() {
    let project = with_update("::: only coach\n![A wall](files/hidden.png)\n:::\n");
    project.write("nyah/files/hidden.png", noise(5, 4));
    let ran = project.run(&["theme", "export", "themes/harbour"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    project.replace("loggia.toml", "[site]\n", "[site]\ntheme = \"harbour\"\n");
    let before = pages(&project, DAY);
    let cover = project.folder().join("themes/harbour/templates/cover.html");
    let text = fs::read_to_string(&cover).unwrap();
    let place = "<img src=\"data:,files/hidden.png\" alt=\"\" width=\"5\" height=\"4\">";
    fs::write(&cover, format!("{text}{place}\n")).unwrap();
    let after = pages(&project, DAY);
    assert!(after["coach"].contains("<use href=\"#picture-1\"/>"));
    assert_eq!(data(&after["priya"]), data(&before["priya"]));
}

#[test]
fn the_length_of_a_page_is_known_before_its_files_are_put_in() {
    let project = with_update("![A](files/wall.png) ![B](files/wall.png) ![C](files/room.png)\n");
    project.write("nyah/files/wall.png", noise(9, 5));
    let workspace = Workspace::open(&project.content()).unwrap();
    let (id, today) = (
        EngagementId::parse("nyah").unwrap(),
        DAY.parse::<jiff::civil::Date>().unwrap(),
    );
    let engagement = reading::engagement(&workspace, &id, today.into())
        .reading
        .value
        .unwrap();
    let source = PortalSource {
        firm: &workspace.book().firm,
        engagement: &engagement,
        figures: &progress::figures(&engagement, &Past::none()),
    };
    let theme = Theme::load(None).unwrap();
    for reader in engagement.readers(today.into()) {
        let text = theme
            .page(PortalView::of(source, &reader, today.into()), "en")
            .unwrap();
        let files = ShownFiles::of(&engagement, &reader);
        let length = text.length(&files);
        assert_eq!(text.with_files(&files).document().len(), length);
    }
}
