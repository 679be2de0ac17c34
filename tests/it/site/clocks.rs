//! Hours and pauses: each meeting on the clocks of its own place, and a warning where an hour cannot be meant.

use crate::project::{Project, finish};

const MEETING: &str = "nyah/agendas/2026-10-25-midpoint.md";
const KIND: &str =
    "title = \"Half-way\"\nkind = \"midpoint\"\nminutes = 60\nshare = [\"manager\"]\n";

/// The small engagement in link mode, with a meeting that begins at `start`; `own` are further lines of the meeting.
fn project(start: &str, own: &str) -> Project {
    let project = Project::small();
    project.replace("loggia.toml", "[site]\n", "[site]\naccess = \"link\"\n");
    let day = &start[..10];
    let file = MEETING.replace("2026-10-25", day);
    project.write(&file, format!("+++\n{KIND}start = {start}\n{own}+++\n"));
    project
}

/// All pages of a build that goes through, with what it said.
#[track_caller]
fn built(project: &Project) -> (String, String) {
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let files = crate::project::tree(&project.site());
    let pages = files.values().map(|bytes| String::from_utf8_lossy(bytes));
    (pages.collect(), ran.stderr)
}

#[test]
fn a_meeting_is_told_on_its_own_clocks_else_the_engagements_else_the_firms() {
    let engagement = "timezone = \"Asia/Tokyo\"\nstart = ";
    for (of_engagement, of_meeting, instant, place) in [
        ("", "", "2026-07-15T09:00:00Z", "London"),
        (engagement, "", "2026-07-15T01:00:00Z", "Tokyo"),
        (
            "",
            "timezone = \"America/New_York\"\n",
            "2026-07-15T14:00:00Z",
            "New York",
        ),
        (
            engagement,
            "timezone = \"Europe/Oslo\"\n",
            "2026-07-15T08:00:00Z",
            "Oslo",
        ),
    ] {
        let project = project("2026-07-15T10:00:00", of_meeting);
        if !of_engagement.is_empty() {
            project.replace("nyah/engagement.toml", "start = ", of_engagement);
        }
        let (pages, _) = built(&project);
        assert!(
            pages.contains(&format!("<time datetime=\"{instant}\">")),
            "{instant}"
        );
        assert!(pages.contains(&format!("{place} time")), "{place}");
    }
}

#[test]
fn an_hour_that_is_not_there_and_one_that_is_there_twice_are_told() {
    let there_is_none = "there is no 01:30:00 on 2026-03-29: clocks in Europe/London pass over it";
    let comes_twice = "01:30:00 comes twice on 2026-10-25: clocks in Europe/London are put back";
    for (start, own, message) in [
        ("2026-03-29T01:30:00", "", Some(there_is_none)),
        ("2026-10-25T01:30:00", "", Some(comes_twice)),
        ("2026-03-29T02:00:00", "", None),
        ("2026-03-29T01:30:00", "timezone = \"Asia/Tokyo\"\n", None),
    ] {
        let (_, told) = built(&project(start, own));
        assert_eq!(
            message.is_some(),
            told.contains("clocks in"),
            "{start}: {told}"
        );
        assert!(told.contains(message.unwrap_or_default()), "{told}");
    }
}

#[test]
fn a_zone_without_summer_time_names_the_one_that_is_meant() {
    for (name, meant) in [
        ("EST", Some("America/New_York")),
        ("est", Some("America/New_York")),
        ("MST", Some("America/Denver")),
        ("GMT", Some("Europe/London")),
        ("Etc/GMT+5", Some("Europe/London")),
        ("UTC", None),
        ("EST5EDT", None),
        ("Europe/Berlin", None),
        ("Asia/Kolkata", None),
        ("America/Phoenix", None),
    ] {
        let project = Project::small();
        project.replace("loggia.toml", "Europe/London", name);
        let ran = project.run(&["check"]);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        assert_eq!(
            ran.stderr.contains("no summer time"),
            meant.is_some(),
            "{name}"
        );
        assert!(
            ran.stderr.contains(meant.unwrap_or_default()),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn sealed_pages_are_not_put_where_no_browser_opens_them() {
    for (url, access, is_refused) in [
        ("http://intranet/portal/", "sealed", true),
        ("http://192.168.1.7/", "sealed", true),
        ("http://localhost.example/", "sealed", true),
        ("http://intranet/portal/", "link", false),
        ("http://localhost:8000/", "sealed", false),
        ("http://127.0.0.1/", "sealed", false),
        ("http://[::1]:80/", "sealed", false),
        ("https://intranet/portal/", "sealed", false),
    ] {
        let lines = format!("[site]\nbase_url = \"{url}\"\naccess = \"{access}\"\n");
        let project = Project::small();
        project.replace("loggia.toml", "[site]\n", &lines);
        let ran = project.run(&["check"]);
        assert_eq!(
            ran.code,
            if is_refused { 3 } else { 0 },
            "{url}: {}",
            ran.stderr
        );
        // One engagement that is sealed among others that are not is no better off.
        project.replace("loggia.toml", access, "link");
        project.replace(
            "nyah/engagement.toml",
            "start = ",
            &format!("access = \"{access}\"\nstart = "),
        );
        let ran = project.run(&["check"]);
        assert_eq!(
            ran.code,
            if is_refused { 3 } else { 0 },
            "{url}: {}",
            ran.stderr
        );
    }
}

#[test]
fn a_pause_is_told_and_raises_no_alarm() {
    let late = "the next round of the pulse was due by";
    let check = |project: &Project| {
        let ran = finish(project.command(&["check"]).args(["--today", "2026-08-20"]));
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        ran.stderr.contains(late)
    };
    let project = project("2026-10-24T10:00:00", "");
    assert!(check(&project));
    let pause = "paused = { from = 2026-03-10, until = 2026-08-01 }\nstart = ";
    project.replace("nyah/engagement.toml", "start = ", pause);
    assert!(!check(&project));
    let (pages, _) = built(&project);
    assert!(pages.contains("Paused until 1 August 2026"), "no pause");
}
