//! What pages say of meetings: where they are, and how a call is joined.

use data_encoding::BASE64;

use crate::project::Project;
use crate::site::plan::pages;
use crate::site::support::read;

const AGENDA: &str = "nyah/agendas/2026-03-25-check-in.md";

/// The page of the coachee whose next meeting is at a place.
fn page_with(place: &str) -> String {
    let project = Project::small();
    let agenda = format!(
        "+++\ntitle = \"Check-in\"\nstart = 2026-03-25T10:00:00\nminutes = 30\nplace = \"{place}\"\n+++\n"
    );
    project.write(AGENDA, agenda);
    read(&pages(&project, "2026-03-20")["nyah"])
}

#[test]
fn the_address_of_a_call_is_a_link() {
    for (place, address) in [
        (
            "https://call.example/nyah?pwd=a1&b=2",
            "https://call.example/nyah?pwd=a1&b=2",
        ),
        ("HTTPS://call.example/nyah", "HTTPS://call.example/nyah"),
        (
            "Room 4, or (https://call.example/j/4).",
            "https://call.example/j/4",
        ),
    ] {
        let page = page_with(place);
        let link = format!("<a href=\"{address}\" rel=\"noopener noreferrer\" dir=\"auto\">");
        assert!(page.contains(&link), "{place}");
        let entries = page.split("data:text/calendar;base64,").skip(1);
        let entries = entries.map(|entry| {
            let data = entry.split('"').next().unwrap();
            let entry = String::from_utf8(BASE64.decode(data.as_bytes()).unwrap()).unwrap();
            // A long line goes on in the next, behind a space.
            entry.replace("\r\n ", "").replace('\\', "")
        });
        let mut locations = entries.filter_map(|entry| {
            let location = entry.split("LOCATION:").nth(1)?;
            location.lines().next().map(str::to_owned)
        });
        assert_eq!(locations.next().as_deref(), Some(place));
    }
}

#[test]
fn no_other_place_is_a_link() {
    for place in [
        "Room 4",
        "http://call.example/nyah",
        "https:call.example",
        "https:///x",
        "https://",
        "javascript:alert(1)//https://x",
        "éhttps://call.example",
        "Zoom",
    ] {
        let page = page_with(place);
        let (_, when) = page.split_once("<p class=\"when\">").unwrap();
        let when = when.split_once("</p>").unwrap().0;
        assert!(!when.contains("<a "), "{place}: {when}");
    }
}
