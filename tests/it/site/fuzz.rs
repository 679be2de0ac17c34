//! Whatever comes from outside, damaged by chance for as long as is asked: no panic, nothing private shown, nothing that acts, nothing
//! that takes for ever. The request's head and the pictures are tried where they are read, in `src/dev/request.rs` and
//! `src/picture/tests/mutated.rs`.
//!
//! `LOGGIA_FUZZ_SECONDS=3600 cargo test fuzz -- --nocapture` tries each for an hour. An input that broke something becomes a case.

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::civil::Date;
use loggia::access;
use loggia::access::key::Key;
use loggia::access::link::Link;
use loggia::engagement::id::EngagementId;
use loggia::pipeline::workspace::Workspace;
use loggia::portal::html::NAMED;

use crate::commands::forms::{forms, packed, quotes_nobody, unpacked};
use crate::damage::{Damage, Dice, PIECES, fuzz, worse};
use crate::project::{Project, link_of, tree};
use crate::refused::mutated::{Secrets, TODAY};
use crate::site::markup;
use crate::site::markup::{Bench, CORPUS};

/// The samples in a folder of their own, and what no page of them may hold.
struct Samples {
    project: Project,
    files: Vec<(String, Vec<u8>)>,
    secrets: Secrets,
    workspace: Workspace,
    today: Date,
}

impl Samples {
    fn new() -> Self {
        let project = Project::samples();
        let files: Vec<(String, Vec<u8>)> = tree(&project.content()).into_iter().collect();
        Self {
            secrets: Secrets::of(&files),
            workspace: Workspace::open(&project.content()).unwrap(),
            today: TODAY.parse().unwrap(),
            project,
            files,
        }
    }

    /// The files that a rule names.
    fn of(&self, is_meant: impl Fn(&str) -> bool) -> Vec<&(String, Vec<u8>)> {
        let files: Vec<_> = self.files.iter().filter(|file| is_meant(&file.0)).collect();
        assert!(files.len() > 2);
        files
    }

    /// Reads the engagement in which a file is, and looks for secrets on all its pages and in all that is said about it.
    fn read(&self, name: &str) -> Result<bool, String> {
        let Some((engagement, _)) = name.split_once('/') else {
            return Ok(Workspace::open(&self.project.content()).is_ok());
        };
        let id = EngagementId::parse(engagement).unwrap();
        let shown = self.secrets.shown(&self.workspace, &id, self.today);
        shown.map_err(|secret| format!("{secret:?} is shown"))
    }

    /// Reads it with other bytes in one file.
    fn read_with(&self, (name, whole): &(String, Vec<u8>), bytes: &[u8]) -> Result<bool, String> {
        self.project.write(name, bytes);
        let outcome = self.read(name);
        self.project.write(name, whole);
        outcome
    }
}

/// Where the text of a file begins, behind its front matter.
fn text_of(bytes: &[u8]) -> usize {
    let fence = b"\n+++\n";
    let at = bytes.windows(fence.len()).position(|part| part == fence);
    at.unwrap() + fence.len()
}

#[test]
fn damaged_front_matter_shows_nothing_private() {
    let samples = Samples::new();
    let files = samples.of(|name| {
        let is_text = name.ends_with(".md") && !name.contains("/notes/");
        is_text || name.ends_with(".toml")
    });
    let cut = |file: &(String, Vec<u8>)| match file.0.ends_with(".md") {
        true => text_of(&file.1),
        false => file.1.len(),
    };
    let heads: Vec<Vec<u8>> = files
        .iter()
        .map(|file| file.1[..cut(file)].to_vec())
        .collect();
    fuzz("front-matter", &heads, Damage::Once, |sample, head| {
        let file = files[sample];
        samples.read_with(file, &[head, &file.1[cut(file)..]].concat())
    });
}

#[test]
fn damaged_passages_show_nothing_private() {
    let samples = Samples::new();
    let files = samples.of(|name| name.ends_with(".md") && !name.contains("/notes/"));
    let texts: Vec<Vec<u8>> = files
        .iter()
        .map(|file| file.1[text_of(&file.1)..].to_vec())
        .collect();
    fuzz("passages", &texts, Damage::Once, |sample, text| {
        let file = files[sample];
        samples.read_with(file, &[&file.1[..text_of(&file.1)], text].concat())
    });
}

#[test]
fn whatever_markdown_becomes_is_inert() {
    let bench = Bench::new();
    let texts: Vec<Vec<u8>> = CORPUS.iter().map(|text| text.as_bytes().to_vec()).collect();
    fuzz("markdown", &texts, Damage::Growing, |_, text| {
        let text = String::from_utf8_lossy(text);
        let Some(pieces) = bench.prose_with(&text) else {
            return Ok(false);
        };
        for html in pieces {
            // What the page puts in where a text names a file of its own.
            let html = html.replace(NAMED, "data:image/png;base64,");
            markup::check(&html)?;
            let (ours, cleaned) = (
                markup::normal(&html),
                markup::normal(&markup::cleaned(&html)),
            );
            if ours != cleaned {
                return Err(format!("a cleaner takes something away from {html:?}"));
            }
        }
        Ok(true)
    });
}

#[test]
fn damaged_ratings_show_no_comment() {
    let samples = Samples::new();
    let files = samples.of(|name| name.ends_with(".csv"));
    let rounds: Vec<Vec<u8>> = files.iter().map(|file| file.1.clone()).collect();
    fuzz("ratings", &rounds, Damage::Once, |sample, round| {
        samples.read_with(files[sample], round)
    });
}

#[test]
fn damaged_forms_show_nothing_that_someone_wrote() {
    let forms: Vec<(String, Vec<u8>)> = forms().into_iter().collect();
    let bytes: Vec<Vec<u8>> = forms.iter().map(|form| form.1.clone()).collect();
    fuzz("forms", &bytes, Damage::Growing, |sample, form| {
        quotes_nobody(&forms[sample].0, form)
    });
}

/// What is packed into a workbook, damaged: of a damaged archive little is ever unpacked.
#[test]
fn damaged_workbooks_show_nothing_that_someone_wrote() {
    let books = forms().into_iter().filter(|form| form.0.ends_with(".xlsx"));
    let mut parts = Vec::new();
    for (name, bytes) in books {
        let all = unpacked(&bytes);
        // What nobody looks at is not damaged.
        let read = |part: &str| {
            part.contains("sheet")
                || part.contains("workbook")
                || part.contains("tyles")
                || part.contains("tring")
        };
        let places = (0..all.len()).filter(|place| read(&all[*place].0));
        parts.extend(places.map(|place| (name.clone(), all.clone(), place)));
    }
    let samples: Vec<Vec<u8>> = parts
        .iter()
        .map(|(_, all, place)| all[*place].1.clone())
        .collect();
    fuzz("workbooks", &samples, Damage::Growing, |sample, part| {
        let (name, all, place) = &parts[sample];
        let mut all = all.clone();
        all[*place].1 = part.to_vec();
        quotes_nobody(name, &packed(&all))
    });
}

#[test]
fn damaged_seals_open_as_they_were_or_not_at_all() {
    let project = Project::small();
    let site = project.built();
    let key = Key::open_or_make(&project.content(), None).unwrap();
    let links: Vec<Link> = ["nyah", "priya"]
        .map(|reader| link_of(&key, "nyah", reader, 1))
        .into();
    let files: Vec<&[u8]> = links
        .iter()
        .map(|link| site[link.path().as_str()].as_slice())
        .collect();
    let whole: Vec<String> = files
        .iter()
        .zip(&links)
        .map(|(file, link)| access::opened(std::str::from_utf8(file).unwrap(), link, None).unwrap())
        .collect();
    // The shell around the sealed part is a template's matter: little of it is left, so that the damage meets what is sealed.
    let mark = "<script type=\"text/plain\"";
    let inputs: Vec<Vec<u8>> = files
        .iter()
        .map(|file| {
            let text = std::str::from_utf8(file).unwrap();
            text.as_bytes()[text.find(mark).unwrap()..].to_vec()
        })
        .collect();
    fuzz("sealed", &inputs, Damage::Growing, |_, input| {
        let text = String::from_utf8_lossy(input);
        access::is_sealed(&text);
        let mut is_open = false;
        for (link, whole) in links.iter().zip(&whole) {
            match access::opened(&text, link, None) {
                Some(opened) if opened != *whole => {
                    return Err("it opens as something else".to_owned());
                }
                Some(_) => is_open = true,
                None => {}
            }
        }
        Ok(is_open)
    });
}

#[test]
fn folders_in_disorder_show_nothing_private() {
    let samples = Samples::new();
    let files = samples.of(|name| !name.contains("/notes/") && name.contains('/'));
    let seeds: Vec<Vec<u8>> = (0..64_u8).map(|seed| vec![seed; 8]).collect();
    fuzz("folders", &seeds, Damage::Growing, |_, input| {
        let mut seed = [0; 8];
        seed.iter_mut()
            .zip(input)
            .for_each(|(to, from)| *to = *from);
        let mut dice = Dice(u64::from_le_bytes(seed));
        let engagement = files[dice.below(files.len())].0.split('/').next().unwrap();
        let own: Vec<_> = files
            .iter()
            .filter(|file| Path::new(&file.0).starts_with(engagement))
            .collect();
        let mut written = Vec::new();
        for _ in 0..1 + dice.below(4) {
            let (one, other) = (own[dice.below(own.len())], own[dice.below(own.len())]);
            written.extend([one.0.clone(), other.0.clone()]);
            match dice.below(5) {
                0 => drop(std::fs::remove_file(samples.project.path(&one.0))),
                1 => drop(samples.project.write(&one.0, &other.1)),
                2 => {
                    samples.project.write(&one.0, &other.1);
                    samples.project.write(&other.0, &one.1);
                }
                3 => {
                    let name = format!(
                        "{}-2.{}",
                        one.0.split('.').next().unwrap(),
                        &one.0[one.0.len() - 2..]
                    );
                    samples.project.write(&name, &one.1);
                    written.push(name);
                }
                _ => drop(samples.project.write(&one.0, worse(&one.1, &mut dice))),
            }
        }
        let outcome = samples.read(&own[0].0);
        for name in written {
            match files.iter().find(|file| file.0 == name) {
                Some((name, bytes)) => drop(samples.project.write(name, bytes)),
                None => drop(std::fs::remove_file(samples.project.path(&name))),
            }
        }
        outcome
    });
}

#[test]
fn nothing_repeated_takes_for_ever() {
    const SIZE: usize = 256 << 10;
    const LONGEST: Duration = Duration::from_secs(20);
    let bench = Bench::new();
    let mut slowest = (Duration::ZERO, "");
    for piece in PIECES {
        let started = Instant::now();
        drop(bench.prose_with(&piece.repeat(SIZE / piece.len())));
        slowest = slowest.max((started.elapsed(), piece));
    }
    assert!(slowest.0 < LONGEST, "{slowest:?}");
    eprintln!("the slowest of {} is {slowest:?}", PIECES.len());
}
