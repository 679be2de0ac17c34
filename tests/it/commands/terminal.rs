//! What commands print for people: nothing in it puts the letters of a line in another order, or cannot be seen.

use crate::project::Project;

/// Letters that a terminal would act on or not show.
const ODD: [char; 9] = [
    '\u{202e}',
    '\u{202a}',
    '\u{2066}',
    '\u{61c}',
    '\u{200f}',
    '\u{2028}',
    '\u{2060}',
    '\u{e0041}',
    '\u{feff}',
];

#[test]
fn no_name_or_title_turns_a_line_around_on_a_terminal() {
    // Neither of the others is allowed in a text.
    let allowed = ODD
        .iter()
        .filter(|odd| !['\u{202e}', '\u{e0041}'].contains(odd));
    let odd: String = allowed.collect();
    let project = Project::small();
    for (file, known) in [
        ("loggia.toml", "name = \""),
        ("nyah/engagement.toml", "title = \"Leading"),
        ("nyah/engagement.toml", "name = \"Priya"),
        ("nyah/engagement.toml", "name = \"Anders"),
        ("nyah/goals/1-clear.md", "title = \"Clear"),
        ("nyah/agendas/2026-02-03-calibration.md", "title = \""),
        ("nyah/updates/2026-03-15-first-month.md", "title = \""),
    ] {
        project.replace(file, known, &format!("{known}{odd}"));
    }
    for name in ["nyah/goals/.\u{202e}x.swp", "nyah/goals/.\u{e0041}x.swp"] {
        project.write(name, "left by an editor");
    }
    let commands: [&[&str]; 8] = [
        &["check"],
        &["check", "--who-sees-what"],
        &["build"],
        &[],
        &["links"],
        &["explain", "nyah"],
        &["explain", "nyah", "priya"],
        &["audit", "site"],
    ];
    for command in commands {
        let ran = project.run(command);
        assert!(matches!(ran.code, 0 | 4), "{command:?}: {}", ran.stderr);
        let shown = ran.stdout + &ran.stderr;
        assert!(!shown.contains(ODD), "{command:?}: {shown:?}");
    }
    let told = project.run(&["links"]).stdout;
    assert!(told.contains("Priya\u{fffd}"), "{told}");
    // A program gets the names as they are.
    let json = project.run(&["explain", "nyah", "--json"]).stdout;
    assert!(json.contains('\u{202a}'), "{json}");
}
