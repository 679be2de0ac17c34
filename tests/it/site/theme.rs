//! A firm's own look: the exported theme, what goes wrong in one, and two colours without one.

use std::fs;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use crate::project::{Project, tree};

/// A project whose theme is the exported one, unchanged.
fn themed() -> Project {
    let project = Project::small();
    let ran = project.run(&["theme", "export", "themes/harbour"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    project
}

fn wear(project: &Project) {
    project.replace("loggia.toml", "[site]\n", "[site]\ntheme = \"harbour\"\n");
}

#[test]
fn the_exported_theme_changes_nothing() {
    let project = themed();
    let before = project.built();
    wear(&project);
    assert!(project.built() == before);
}

#[test]
fn a_byte_order_mark_in_a_theme_is_no_part_of_it() {
    let project = themed();
    wear(&project);
    let before = project.built();
    let theme = project.folder().join("themes/harbour");
    let cover = theme.join("templates/cover.html");
    fs::write(&cover, "{{ portal.titel }}").unwrap();
    let wrong = project.run(&["build"]);
    assert_eq!(wrong.code, 3, "{}", wrong.stderr);
    fs::write(&cover, "\u{feff}{{ portal.titel }}").unwrap();
    assert_eq!(project.run(&["build"]).stderr, wrong.stderr);
    fs::remove_file(&cover).unwrap();
    let mut marked = 0;
    for (name, bytes) in tree(&theme) {
        let text = String::from_utf8(bytes).unwrap();
        fs::write(theme.join(name), format!("\u{feff}{text}")).unwrap();
        marked += 1;
    }
    assert!(marked > 20);
    assert!(project.built() == before);
}

#[test]
fn what_editors_and_systems_leave_behind_is_no_part_of_a_theme() {
    let project = themed();
    wear(&project);
    let before = project.built();
    let folder = project.folder().join("themes/harbour");
    for name in [
        "style.css~",
        "templates/.cover.html.swo",
        "templates/#cover.html#",
        "templates/cover.html.rej",
        ".DS_Store",
        "Thumbs.db",
    ] {
        fs::write(folder.join(name), "{{ broken").unwrap();
        let ran = project.run(&["build"]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.stderr);
    }
    assert!(project.built() == before);
    for name in [
        "strings/en (conflicted copy).toml",
        "templates/.cover.html.icloud",
        "style.sync-conflict-20261101-101010-ABCDEFG.css",
    ] {
        fs::write(folder.join(name), "").unwrap();
        let ran = project.run(&["build", "--quiet"]);
        assert_eq!(ran.code, 3, "{name}: {}", ran.stderr);
        fs::remove_file(folder.join(name)).unwrap();
    }
    fs::write(folder.join("templates/cover (2).html"), "").unwrap();
    assert_eq!(project.run(&["build"]).code, 3);
}

#[test]
fn an_export_writes_over_nothing() {
    let project = themed();
    let style = project.folder().join("themes/harbour/style.css");
    fs::write(&style, "mine").unwrap();
    let ran = project.run(&["theme", "export", "themes/harbour"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.stderr.contains("`themes/harbour` is not empty"),
        "{}",
        ran.stderr
    );
    assert_eq!(fs::read_to_string(style).unwrap(), "mine");
}

#[test]
fn a_mistake_in_a_theme_is_told_with_its_place() {
    let project = themed();
    wear(&project);
    let folder = project.folder().join("themes/harbour");
    let wrong = |name: &str, from: &str, to: &str, place: &str| {
        let path = folder.join(name);
        let good = fs::read_to_string(&path).unwrap();
        assert!(good.contains(from), "{name}");
        fs::write(&path, good.replacen(from, to, 1)).unwrap();
        let ran = project.run(&["build"]);
        fs::write(&path, good).unwrap();
        assert_eq!(ran.code, 3, "{}", ran.stderr);
        assert!(ran.stderr.contains(place), "{}", ran.stderr);
        // What the template was filled with is a reader's.
        assert!(!ran.stderr.contains("Nyah"), "{}", ran.stderr);
    };
    let place = |name: &str, line: usize| format!("harbour/{name}:{line}");
    let cover = "templates/cover.html";
    wrong(cover, "portal.title", "portal.titel", &place(cover, 11));
    wrong(cover, "{% endif %}", "{% endfi %}", &place(cover, 7));
    wrong(
        cover,
        "t(\"cover.as_of\"",
        "t(\"cover.as_off\"",
        &place(cover, 9),
    );
    wrong(
        "templates/goal.html",
        "|name }}",
        "|nam }}",
        &place("templates/goal.html", 2),
    );
    wrong(
        "strings/en.toml",
        "percent = ",
        "percent ",
        &place("strings/en.toml", 4),
    );
}

#[test]
fn a_theme_of_another_version_lists_its_files_and_what_has_changed() {
    let project = themed();
    wear(&project);
    let folder = project.folder().join("themes/harbour");
    fs::write(folder.join("templates/end.html"), "Old.\n").unwrap();
    let version = folder.join("theme.toml");
    fs::remove_file(&version).unwrap();
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    for word in [
        "version 1 of",
        "templates/end.html",
        "tells each goal in one place",
    ] {
        assert!(ran.stderr.contains(word), "{word}: {}", ran.stderr);
    }
    // What was never changed is not listed.
    assert!(
        !ran.stderr.contains("templates/cover.html"),
        "{}",
        ran.stderr
    );
    fs::write(version, "version = 2\n").unwrap();
    assert_eq!(project.run(&["build"]).code, 0);
}

#[test]
fn a_theme_does_not_change_what_opens_sealed_pages() {
    let project = themed();
    wear(&project);
    assert!(!project.folder().join("themes/harbour/sealed.html").exists());
    fs::write(project.folder().join("themes/harbour/opener.js"), "").unwrap();
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 3);
    assert!(
        ran.stderr.contains("a theme cannot change `opener.js`"),
        "{}",
        ran.stderr
    );
}

#[test]
fn the_firms_colours_are_on_every_page_and_allowed_by_its_policy() {
    let project = Project::small();
    let firm = "name = \"Harbour Coaching\"\n";
    let colours = "colour = \"#7a1f3d\"\ncolour_dark = \"#f0a9c0\"\n";
    project.replace("loggia.toml", firm, &format!("{firm}{colours}"));
    project.replace("loggia.toml", "[site]\n", "[site]\naccess = \"link\"\n");
    let pages = project.built();
    let portals = pages.iter().filter(|(path, _)| path.starts_with("p/"));
    let mut count = 0;
    for (path, bytes) in portals {
        let page = std::str::from_utf8(bytes).unwrap();
        let style = page
            .split_once("<style>")
            .unwrap()
            .1
            .split_once("</style>")
            .unwrap()
            .0;
        let (light, dark) = (style.find("--link:#7a1f3d"), style.find("--link:#f0a9c0"));
        assert!(light.is_some() && light < dark, "{path}");
        let hash = BASE64.encode(&Sha256::digest(style));
        assert!(
            page.contains(&format!("style-src 'sha256-{hash}'")),
            "{path}"
        );
        count += 1;
    }
    assert!(count > 2);
}

#[test]
fn one_colour_is_enough() {
    let project = Project::small();
    let firm = "name = \"Harbour Coaching\"\n";
    project.replace(
        "loggia.toml",
        firm,
        &format!("{firm}colour = \"#7a1f3d\"\n"),
    );
    project.built();
}
