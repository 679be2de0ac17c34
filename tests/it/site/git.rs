//! What git gets of a firm's folder: never what opens a page, and always the records of what was published.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::project::{Project, TODAY, finish};

const WORDS: &str = "[nyah]\npriya = \"seven quiet harbours\"\n";

#[track_caller]
fn git(folder: &Path, arguments: &[&str]) -> String {
    let ran = Command::new("git")
        .args(arguments)
        .current_dir(folder)
        .output();
    let ran = ran.unwrap();
    assert!(ran.status.success(), "{ran:?}");
    String::from_utf8(ran.stdout).unwrap()
}

fn write_private(path: &Path, text: &str) {
    fs::write(path, text).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

/// The small engagement, whose manager types a passphrase, in a repository of which everything is added.
fn in_repository() -> Project {
    let project = Project::small();
    let base = "[site]\nbase_url = \"https://quay.example/\"\n";
    project.replace("loggia.toml", "[site]\n", base);
    let key = "link = 1\npassphrase = true";
    project.replace("nyah/engagement.toml", "link = 1", key);
    write_private(&project.path("passphrases.toml"), WORDS);
    git(project.folder(), &["init", "-q"]);
    project
}

#[test]
fn a_firms_folder_gives_git_its_records_and_nothing_that_opens_a_page() {
    let project = Project::small();
    let firm = project.folder().join("firm");
    let run = |arguments: &[&str]| {
        let mut command = project.command(arguments);
        let ran = finish(command.args(["--today", TODAY]).current_dir(&firm));
        assert_eq!(ran.code, 0, "{arguments:?}: {}", ran.stderr);
    };
    fs::create_dir(&firm).unwrap();
    run(&["init", "."]);
    let loggia = firm.join("content/loggia.toml");
    let text = fs::read_to_string(&loggia).unwrap();
    fs::write(&loggia, text.replace("# base_url", "base_url")).unwrap();
    let engagement = firm.join("content/robin-ashdown/engagement.toml");
    let text = fs::read_to_string(&engagement).unwrap();
    let expecting = text.replacen("id = \"maren\"\n", "id = \"maren\"\npassphrase = true\n", 1);
    assert_ne!(text, expecting);
    fs::write(&engagement, expecting).unwrap();
    let words = "[robin-ashdown]\nmaren = \"seven quiet harbours\"\n";
    write_private(&firm.join("content/passphrases.toml"), words);
    git(&firm, &["init", "-q"]);
    run(&["build"]);
    run(&["links", "--invite", "mails"]);
    fs::create_dir_all(firm.join("content/.loggia")).unwrap();
    fs::write(firm.join("content/.loggia/site"), "").unwrap();
    git(&firm, &["add", "-A"]);
    let taken = git(&firm, &["ls-files"]);
    let taken: Vec<&str> = taken.lines().collect();
    for kept in [
        "robin-ashdown/pulse/rounds.lock",
        "robin-ashdown/share.lock",
        "links.lock",
    ] {
        let path = format!("content/{kept}");
        assert!(taken.contains(&&*path), "{taken:?}");
    }
    let opens = |path: &&&str| {
        let parts = [
            "loggia.key",
            "passphrases.toml",
            ".eml",
            "mails",
            ".loggia",
            "site/",
        ];
        parts.iter().any(|part| path.contains(part))
    };
    assert_eq!(taken.iter().find(opens), None);
    // And it builds on.
    run(&["build", "--locked"]);
}

#[test]
fn passphrases_that_git_tracks_are_refused() {
    let project = in_repository();
    let ran = project.run(&["build"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("git does not ignore `passphrases.toml`"),
        "{}",
        ran.stderr
    );
    project.write("../.gitignore", "passphrases.toml\nloggia.key\n");
    assert!(!project.run(&["check"]).stderr.contains("does not ignore"));
    git(project.folder(), &["add", "-f", "content/passphrases.toml"]);
    for command in ["build", "check", "links"] {
        let ran = project.run(&[command]);
        assert_eq!(ran.code, 3, "{command}: {}", ran.stderr);
        assert!(
            ran.stderr.contains("`passphrases.toml` is tracked by git"),
            "{}",
            ran.stderr
        );
        assert!(!ran.stderr.contains("harbours"));
    }
    // Words from elsewhere do not make it better: the repository has the others.
    let mut command = project.command(&["check", "--today", TODAY]);
    assert_eq!(finish(command.env("LOGGIA_PASSPHRASES", WORDS)).code, 3);
}

#[test]
fn git_takes_no_mail_and_a_mail_that_it_tracks_is_refused() {
    let project = in_repository();
    project.write("../.gitignore", "passphrases.toml\nloggia.key\n");
    assert_eq!(project.run(&["build"]).code, 0);
    let invite = |folder: &str| project.run(&["links", "--invite", folder, "--all"]);
    assert_eq!(invite("mails").code, 0);
    let mails = project.folder().join("mails");
    assert_eq!(fs::read_to_string(mails.join(".gitignore")).unwrap(), "*\n");
    assert!(mails.join("nyah--priya.eml").exists());
    assert_eq!(invite("mails").code, 0);
    git(project.folder(), &["add", "-A"]);
    assert!(!git(project.folder(), &["ls-files"]).contains(".eml"));

    git(project.folder(), &["add", "-f", "mails/nyah--priya.eml"]);
    fs::remove_file(mails.join("nyah--priya.eml")).unwrap();
    let ran = invite("mails");
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("holds mails that git tracks"),
        "{}",
        ran.stderr
    );
    assert!(!mails.join("nyah--priya.eml").exists());

    git(
        project.folder(),
        &["rm", "-q", "--cached", "mails/nyah--priya.eml"],
    );
    // A folder with other files keeps them visible to git, so the mails would be too.
    let ran = invite(".");
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("lies in a git repository"),
        "{}",
        ran.stderr
    );
    assert!(!project.read("../.gitignore").contains('*'));
    assert!(!project.folder().join("nyah--priya.eml").exists());
    project.write("../.gitignore", "passphrases.toml\n*.eml\n");
    assert_eq!(invite(".").code, 0);
}
