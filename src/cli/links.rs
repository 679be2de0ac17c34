//! Who has which link: as text, as JSON, as drafts of mails, and as files on this machine.

use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;

use jiff::civil::Date;
use serde::Serialize;

use crate::cli::Common;
use crate::cli::outcome::Outcome;
use crate::cli::print_json;
use crate::engagement::firm::AccessMode;
use crate::pipeline::Workspace;
use crate::pipeline::inviting::Invitation;
use crate::pipeline::inviting::Way;
use crate::pipeline::persons::PersonWay;
use crate::text::counted;

/// One link, for programs.
#[derive(Serialize)]
struct LinkLine {
    engagement: Option<String>,
    stakeholder: String,
    role: String,
    access: &'static str,
    path: String,
    code: Option<String>,
    url: String,
}

pub(super) fn links(
    workspace: &Workspace,
    common: &Common,
    today: Date,
    json: bool,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let invitations = match workspace.invitations(today, &common.out) {
        Ok(invitations) => invitations,
        Err(failure) => return Ok(failure.into()),
    };
    let persons = match workspace.person_ways(today, &common.out) {
        Ok(persons) => persons,
        Err(failure) => return Ok(failure.into()),
    };
    let base = workspace
        .book()
        .firm
        .base_url
        .as_deref()
        .unwrap_or_default();
    if json {
        let of_readers = invitations
            .iter()
            .map(|invitation| link_line(invitation, base));
        let of_persons = persons.iter().map(|way| person_line(way, base));
        let lines: Vec<LinkLine> = of_readers.chain(of_persons).collect();
        print_json(&lines, stdout)?;
    } else {
        print_links(
            &invitations,
            |invitation| link_line(invitation, base).url,
            stdout,
        )?;
        for way in &persons {
            writeln!(stdout, "\n{}: all portals of {}", way.id, way.name)?;
            writeln!(stdout, "    {}", person_line(way, base).url)?;
        }
    }
    Ok(Outcome::silent())
}

pub(super) fn invite(
    workspace: &Workspace,
    common: &Common,
    today: Date,
    folder: &Path,
) -> Outcome {
    match workspace.invite(folder, today, &common.out) {
        Ok(count) => {
            let line = format!(
                "{}: {}",
                folder.display(),
                counted(count, "invitation", "invitations")
            );
            Outcome::done(line, Vec::new(), common.quiet)
        }
        Err(failure) => failure.into(),
    }
}

/// Prints the links of the site as it lies on this machine, to be opened at once.
pub(super) fn preview(
    workspace: &Workspace,
    common: &Common,
    today: Date,
    stdout: &mut dyn Write,
) -> io::Result<Outcome> {
    let invitations = match workspace.invitations(today, &common.out) {
        Ok(invitations) => invitations,
        Err(failure) => return Ok(failure.into()),
    };
    let site = fs::canonicalize(&common.out)?;
    let of_file = |invitation: &Invitation| {
        let file = format!("file://{}/{}", site.display(), invitation.link.path());
        match invitation.access {
            AccessMode::Sealed => format!("{file}#{}", invitation.link.code().as_str()),
            AccessMode::Link => file,
        }
    };
    print_links(&invitations, of_file, stdout)?;
    Ok(Outcome::silent())
}

fn link_line(invitation: &Invitation, base: &str) -> LinkLine {
    LinkLine {
        engagement: Some(invitation.engagement.to_string()),
        stakeholder: invitation.stakeholder.clone(),
        role: invitation.role.to_owned(),
        ..way_line(&invitation.way(), base)
    }
}

/// The line of a person who reads several portals: it belongs to no single engagement.
fn person_line(way: &PersonWay, base: &str) -> LinkLine {
    LinkLine {
        engagement: None,
        stakeholder: way.id.clone(),
        role: "person".to_owned(),
        ..way_line(&way.way(), base)
    }
}

fn way_line(way: &Way<'_>, base: &str) -> LinkLine {
    let link = way.link;
    let (access, code, url) = match way.access {
        AccessMode::Sealed => (
            "sealed",
            Some(link.code().as_str().to_owned()),
            link.sealed_url(base).to_string(),
        ),
        AccessMode::Link => ("link", None, link.plain_url(base)),
    };
    LinkLine {
        engagement: None,
        stakeholder: String::new(),
        role: String::new(),
        access,
        path: link.path().as_str().to_owned(),
        code,
        url,
    }
}

fn print_links(
    invitations: &[Invitation],
    url: impl Fn(&Invitation) -> String,
    stdout: &mut dyn Write,
) -> io::Result<()> {
    let mut engagement = None;
    for invitation in invitations {
        if engagement != Some(&invitation.engagement) {
            let gap = if engagement.is_some() { "\n" } else { "" };
            writeln!(stdout, "{gap}{}", invitation.engagement)?;
            engagement = Some(&invitation.engagement);
        }
        writeln!(stdout, "  {} ({})", invitation.name, invitation.role)?;
        writeln!(stdout, "    {}", url(invitation))?;
    }
    Ok(())
}
