//! Who has which link: as text, as JSON, as drafts of mails, and as files on this machine.

use std::io::Write;
use std::path::Path;
use std::{fs, io};

use serde::Serialize;

use crate::cli::json::print_json;
use crate::cli::outcome::Outcome;
use crate::cli::session::Session;
use crate::diagnostic::terminal::Tamed;
use crate::engagement::firm::AccessMode;
use crate::pipeline::asking_mails::AskingLink;
use crate::pipeline::inviting::{PageLink, ReaderLink, Whom};
use crate::pipeline::persons::PersonLink;
use crate::pipeline::problems::Failure;
use crate::pipeline::{asking_mails, inviting, keys, persons};
use crate::text::counted;

/// One link, for programs.
#[derive(Serialize)]
struct LinkLine {
    engagement: Option<String>,
    stakeholder: String,
    name: String,
    email: Option<String>,
    language: Option<String>,
    role: &'static str,
    page: &'static str,
    invited: Option<bool>,
    access: &'static str,
    path: String,
    code: Option<String>,
    url: String,
}

pub(super) fn links(
    session: &Session<'_>,
    json: bool,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let Session {
        workspace,
        common,
        today,
    } = *session;
    let links = match inviting::links(workspace, today, &common.out) {
        Ok(links) => links,
        Err(failure) => return Ok(failure.into()),
    };
    let persons = match persons::links(workspace, today, &common.out) {
        Ok(persons) => persons,
        Err(failure) => return Ok(failure.into()),
    };
    let asking = match asking_mails::links(workspace, today, &common.out) {
        Ok(asking) => asking,
        Err(failure) => return Ok(failure.into()),
    };
    let base = workspace
        .book()
        .firm
        .base_url
        .as_deref()
        .unwrap_or_default();
    if json {
        let of_readers = links.iter().map(|link| link_line(link, base));
        let of_persons = persons.iter().map(|link| person_line(link, base));
        let of_raters = asking.iter().map(|link| asking_line(link, base));
        let lines: Vec<LinkLine> = of_readers.chain(of_raters).chain(of_persons).collect();
        print_json(&lines, stdout)?;
    } else {
        print_links(&links, |link| link_line(link, base).url, stdout)?;
        let of_rater = |link: &AskingLink| asking_line(link, base).url;
        print_asking_links(&asking, of_rater, stdout)?;
        let stdout = &mut Tamed(stdout);
        for person in &persons {
            writeln!(stdout, "\n{}: all portals of {}", person.id, person.name)?;
            writeln!(stdout, "    {}", person_line(person, base).url)?;
        }
    }
    Ok(match keys::fingerprint(&common.content) {
        Ok(key) => Outcome::done(format!("key {key}"), Vec::new(), common.quiet || json),
        Err(problem) => Failure::from(problem).into(),
    })
}

pub(super) fn invite(session: &Session<'_>, folder: &Path, whom: Whom) -> Outcome {
    let Session {
        workspace,
        common,
        today,
    } = *session;
    match inviting::invite(workspace, (folder, &common.out), today, whom) {
        Ok(written) => {
            let mut line = format!(
                "{}: {}",
                folder.display(),
                counted(written.count, "invitation", "invitations")
            );
            if written.left_out > 0 {
                line += &format!(
                    "; {} written to before: `--new` writes to those of them who have news, `--all` to everyone",
                    counted(written.left_out, "reader was", "readers were")
                );
            }
            Outcome::done(line, written.warnings, common.quiet)
        }
        Err(failure) => failure.into(),
    }
}

/// Prints the links of the site as it lies on this machine, to be opened at once.
pub(super) fn preview(session: &Session<'_>, stdout: &mut dyn Write) -> io::Result<Outcome> {
    let Session {
        workspace,
        common,
        today,
    } = *session;
    let links = match inviting::links(workspace, today, &common.out) {
        Ok(links) => links,
        Err(failure) => return Ok(failure.into()),
    };
    let site = fs::canonicalize(&common.out)?;
    let of_file = |link: &ReaderLink| {
        let file = format!("file://{}/{}", site.display(), link.link.path());
        match link.access {
            AccessMode::Sealed => format!("{file}#{}", link.link.code().as_str()),
            AccessMode::Link => file,
        }
    };
    print_links(&links, of_file, stdout)?;
    let asking = match asking_mails::links(workspace, today, &common.out) {
        Ok(asking) => asking,
        Err(failure) => return Ok(failure.into()),
    };
    // One is enough to see what raters are asked.
    let mut raters = asking.into_iter();
    let first: Vec<AskingLink> = raters
        .find(|link| link.role == "supporter")
        .into_iter()
        .collect();
    let of_file = |link: &AskingLink| {
        let code = link.link.code();
        format!(
            "file://{}/{}#{}",
            site.display(),
            link.link.path(),
            code.as_str()
        )
    };
    print_asking_links(&first, of_file, stdout)?;
    Ok(Outcome::silent())
}

pub(super) fn remind(session: &Session<'_>, folder: &Path) -> Outcome {
    let Session {
        workspace,
        common,
        today,
    } = *session;
    match asking_mails::remind(workspace, (folder, &common.out), today) {
        Ok(written) => {
            let mut line = format!(
                "{}: {}",
                folder.display(),
                counted(written.count, "reminder", "reminders")
            );
            if written.left_out > 0 {
                let answered = counted(written.left_out, "rater has", "raters have");
                line += &format!("; {answered} answered");
            }
            Outcome::done(line, written.warnings, common.quiet)
        }
        Err(failure) => failure.into(),
    }
}

/// The line of a rater who answers on an asking page.
fn asking_line(link: &AskingLink, base: &str) -> LinkLine {
    let page = PageLink {
        access: AccessMode::Sealed,
        link: &link.link,
    };
    LinkLine {
        engagement: Some(link.engagement.clone()),
        name: link.name.clone(),
        email: link.email.clone(),
        language: Some(link.language.clone()),
        page: "asking",
        ..line_of(&link.rater, link.role, &page, base)
    }
}

fn print_asking_links(
    links: &[AskingLink],
    url: impl Fn(&AskingLink) -> String,
    stdout: &mut dyn Write,
) -> io::Result<()> {
    let stdout = &mut Tamed(stdout);
    let mut engagement = None;
    for link in links {
        if engagement != Some(&link.engagement) {
            writeln!(stdout, "\n{}, asked in the pulse", link.engagement)?;
            engagement = Some(&link.engagement);
        }
        writeln!(stdout, "  {} ({})", link.name, link.role)?;
        writeln!(stdout, "    {}", url(link))?;
    }
    Ok(())
}

fn link_line(link: &ReaderLink, base: &str) -> LinkLine {
    let page = PageLink {
        access: link.access,
        link: &link.link,
    };
    LinkLine {
        engagement: Some(link.engagement.to_string()),
        name: link.name.clone(),
        email: link.email.clone(),
        language: Some(link.language.clone()),
        invited: Some(link.is_invited),
        ..line_of(&link.stakeholder, link.role, &page, base)
    }
}

/// The line of a person who reads several portals: it belongs to no single engagement.
fn person_line(link: &PersonLink, base: &str) -> LinkLine {
    let page = PageLink {
        access: link.access,
        link: &link.link,
    };
    LinkLine {
        name: link.name.clone(),
        page: "portals",
        ..line_of(&link.id, "person", &page, base)
    }
}

fn line_of(id: &str, role: &'static str, page: &PageLink<'_>, base: &str) -> LinkLine {
    let link = page.link;
    let (access, code, url) = match page.access {
        AccessMode::Sealed => (
            "sealed",
            Some(link.code().as_str().to_owned()),
            link.sealed_url(base).to_string(),
        ),
        AccessMode::Link => ("link", None, link.plain_url(base)),
    };
    LinkLine {
        engagement: None,
        stakeholder: id.to_owned(),
        name: String::new(),
        email: None,
        language: None,
        role,
        page: "portal",
        invited: None,
        access,
        path: link.path().as_str().to_owned(),
        code,
        url,
    }
}

fn print_links(
    links: &[ReaderLink],
    url: impl Fn(&ReaderLink) -> String,
    stdout: &mut dyn Write,
) -> io::Result<()> {
    let stdout = &mut Tamed(stdout);
    let mut engagement = None;
    for link in links {
        if engagement != Some(&link.engagement) {
            let gap = if engagement.is_some() { "\n" } else { "" };
            writeln!(stdout, "{gap}{}", link.engagement)?;
            engagement = Some(&link.engagement);
        }
        writeln!(stdout, "  {} ({})", link.name, link.role)?;
        writeln!(stdout, "    {}", url(link))?;
    }
    Ok(())
}
