//! What the two worlds found, each as the smallest folder that shows it.

use crate::folder::build::Site;
use crate::folder::grow::Chooser;
use crate::folder::{Folder, Passage, Reach, Role, Word};
use crate::project::Project;

/// An engagement of a coachee and a manager, to whom nothing is shared.
fn with_manager() -> Folder {
    let mut folder = Folder::bare();
    folder.agreed = Some("2026-02-02".to_owned());
    folder.grow_person(Role::Manager, &mut Chooser::of(&[]));
    folder
}

fn manager_page(folder: &Folder) -> String {
    let Site { portals, .. } = folder.built();
    let manager = folder
        .people
        .iter()
        .find(|person| person.role == Role::Manager)
        .unwrap();
    let (_, page) = &portals[&manager.number];
    String::from_utf8(page.bytes.clone()).unwrap()
}

#[test]
fn themes_of_a_goal_known_by_its_actions_alone_are_not_promised() {
    let mut folder = with_manager();
    folder.grow_goal(&mut Chooser::of(&[]));
    let action = folder.an_action(&mut Chooser::of(&[]));
    let everyone = vec![Word::Everyone];
    folder.goals[0].actions.push(action);
    folder.goals[0].share.insert("actions", everyone.clone());
    let before = manager_page(&folder);
    folder.goals[0].share.insert("themes", everyone);
    assert_eq!(manager_page(&folder), before);
}

#[test]
fn a_hidden_passage_inside_a_paragraph_leaves_no_seam() {
    let passage = |reach, text: &str| Passage {
        reach,
        text: text.to_owned(),
    };
    let mut folder = with_manager();
    folder.grow_update(&mut Chooser::of(&[]));
    let update = &mut folder.updates[0];
    update.share = Some(vec![Word::Everyone]);
    update.body = vec![
        passage(Reach::Common, "one line"),
        passage(Reach::Common, "and the next"),
    ];
    let before = manager_page(&folder);
    let only = Reach::Only(vec![Word::Role(Role::Coachee)]);
    let hidden = passage(only, "what the manager does not read");
    folder.updates[0].body.insert(1, hidden);
    assert_eq!(manager_page(&folder), before);
}

#[test]
fn an_own_rating_that_is_hidden_moves_no_axis() {
    let page = |own: &str| {
        let project = Project::small();
        project.replace("loggia.toml", "[site]\n", "[site]\naccess = \"link\"\n");
        let row = "nyah,clear,1,";
        project.replace(
            "nyah/pulse/2026-03-02.csv",
            row,
            &format!("nyah,clear,{own},"),
        );
        let site = project.built();
        let pages = site
            .values()
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let mut pages = pages.filter(|page| page.contains("For Priya Raman, "));
        pages.next().unwrap()
    };
    assert_eq!(
        page("1"),
        page("3"),
        "the coachee's own rating is not shared with her"
    );
}

#[test]
fn names_of_files_decide_no_order() {
    // Items of one moment and one title, under the two names and the other way round.
    let pages = |first: &str, second: &str| {
        let project = Project::small();
        project.replace("loggia.toml", "[site]\n", "[site]\naccess = \"link\"\n");
        for (name, text) in [(first, "One of two."), (second, "Another of two.")] {
            let update = format!("+++\ntitle = \"News\"\nshare = [\"manager\"]\n+++\n{text}\n");
            project.write(&format!("nyah/updates/2026-03-14-{name}.md"), update);
            let review = format!("+++\nkind = \"midpoint\"\ntitle = \"Half way\"\n+++\n{text}\n");
            project.write(&format!("nyah/reviews/2026-03-13-{name}.md"), review);
            for day in ["2026-03-12", "2026-04-12"] {
                let agenda = format!(
                    "+++\ntitle = \"Check-in\"\nkind = \"check-in\"\nstart = {day}T10:00:00\nminutes = 10\n\
                     attendees = [\"coach\", \"nyah\", \"priya\"]\n\n[[item]]\nminutes = 5\ntext = \"{text}\"\n+++\n"
                );
                project.write(&format!("nyah/agendas/{day}-{name}.md"), agenda);
            }
        }
        let site = project.built();
        let pages = site.into_values();
        let texts = pages.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let mut texts: Vec<String> = texts.filter(|text| text.contains("One of two.")).collect();
        texts.sort();
        texts
    };
    let (one, other) = (pages("a", "b"), pages("b", "a"));
    assert!(
        one.iter()
            .any(|page| page.matches("Another of two.").count() > 3)
    );
    assert!(one == other);
}
