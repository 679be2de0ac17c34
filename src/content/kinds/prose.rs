//! The body of a file to [`Prose`]: passages with their audiences, checked as each reader would get them.

use std::iter::once;
use std::ops::Range;

use crate::content::kinds::known::Found;
use crate::content::kinds::people::People;
use crate::content::text::fence::{Reach, remark};
use crate::content::text::hiding;
use crate::content::text::markdown::Visible;
use crate::content::text::passages::{Cutting, Passage};
use crate::content::text::{passages, placeholder, unseen};
use crate::content::toml::document::Document;
use crate::content::toml::front_matter::FrontMatter;
use crate::content::toml::report::Report;
use crate::content::toml::value::is_unprintable;
use crate::diagnostic::{Diagnostic, Source};
use crate::engagement::audience::{Audience, Guarded};
use crate::engagement::id::StakeholderId;
use crate::engagement::prose::{PrivateLines, Prose};

/// What is known of the place that a text stands in.
pub(in crate::content) struct Surroundings<'a> {
    /// Who takes part.
    pub(in crate::content) people: &'a People<'a>,
    /// Who sees what the text stands in.
    pub(in crate::content) audience: &'a Audience,
    /// Who comes, if it is a meeting.
    pub(in crate::content) attendees: Option<&'a [StakeholderId]>,
}

/// Reads the text after the front matter.
pub(in crate::content) fn read(
    file: &FrontMatter,
    around: &Surroundings<'_>,
    found: &mut Found<'_>,
) -> Prose {
    let problems = &mut *found.problems;
    let source = file.document.source();
    let cutting = passages::split(source, file.body.clone(), &file.keys, problems);
    let Cutting { passages, code } = cutting;
    let private = passages
        .iter()
        .filter(|passage| passage.reach == Reach::Private)
        .map(|passage| passage.lines.clone());
    let private: Vec<Range<usize>> = private.collect();
    let nobodys = PrivateLines::of(private.iter().map(|lines| &source.text()[lines.clone()]));
    let source = file.document.source().clone().withholding(private);
    let comments = comments(source.text(), file.body.clone());
    let source = source.withholding(comments);
    let source = source.withholding(passages.iter().filter_map(|passage| match &passage.reach {
        Reach::Only(words) => remark(words),
        Reach::Common | Reach::Private => None,
    }));
    let document = Document::part(source.clone(), file.body.start..file.body.start);

    let mut guarded = Vec::new();
    let mut public = Vec::new();
    let mut common = Visible::new(&source, &code);
    let mut all = Visible::new(&source, &code);
    for Passage { reach, lines } in passages {
        let audience = match &reach {
            Reach::Private => continue,
            Reach::Common => Audience::everyone(),
            Reach::Only(words) => only(words, around, &mut Report::new(&document, problems)),
        };
        let is_common = reach == Reach::Common;
        if is_common {
            common.push(lines.clone(), false);
        }
        all.push(lines.clone(), !is_common);
        public.push(lines.clone());
        check_characters(&source, lines.clone(), problems);
        guarded.push(Guarded::of(
            source.text()[lines].replace("\r\n", "\n"),
            audience,
        ));
    }
    let mut placeholders = Vec::new();
    for lines in public {
        let places = placeholder::in_text(&source.text()[lines.clone()]).into_iter();
        placeholders.extend(places.map(|place| lines.start + place.start..lines.start + place.end));
    }
    let mut files = common.check(problems);
    files.extend(all.check(problems));
    for (name, span) in files {
        found
            .mentions
            .entry(name)
            .or_insert_with(|| (source.clone(), span));
    }
    found.keep_placeholders(&source, placeholders);
    Prose::of(guarded, nobodys)
}

/// The comments in a text, of HTML and of other programs. They are refused, and never quoted.
fn comments(text: &str, body: Range<usize>) -> Vec<Range<usize>> {
    let found = hiding::find(&text[body.clone()], &[], &[]).into_iter();
    let found = found.map(|found| body.start + found.hidden.start..body.start + found.hidden.end);
    let mut found: Vec<Range<usize>> = found.collect();
    let kinds = [("<![", "]]>"), ("<!", ">"), ("<?", "?>")];
    for (opening, closing) in kinds {
        let mut start = body.start;
        while let Some(at) = text[start..body.end].find(opening) {
            let begin = start + at + opening.len();
            if opening == "<!" && text[begin..].starts_with("--") {
                start = begin;
                continue;
            }
            let end = text[begin..body.end].find(closing);
            let end = end.map_or(body.end, |end| begin + end + closing.len());
            found.push(begin..end);
            start = end;
        }
    }
    // Many are withheld as one: each message looks through them all.
    const MANY: usize = 1000;
    match (found.iter().map(|found| found.start).min(), found.len()) {
        (Some(first), MANY..) => once(first..body.end).collect(),
        _ => found,
    }
}

/// The audience of a passage, with a warning if it reaches nobody.
fn only(
    words: &[(String, Range<usize>)],
    around: &Surroundings<'_>,
    report: &mut Report<'_>,
) -> Audience {
    // Places in the body are places in the file; the document of the body starts where the body does.
    let base = report.document().start();
    let words: Vec<(String, Range<usize>)> = words
        .iter()
        .map(|(word, span)| (word.clone(), span.start - base..span.end - base))
        .collect();
    let before = report.count();
    let audience = around
        .people
        .audience("this passage", &words, around.attendees, report);
    let narrowed = audience
        .clone()
        .narrowed(|id, role| around.audience.admits_person(id, role));
    let is_meant_for_others = words
        .iter()
        .any(|(word, _)| !matches!(word.as_str(), "coachee" | "coach"));
    if report.count() == before && is_meant_for_others && !around.people.reaches_reader(&narrowed) {
        let span = words.first().map_or(0..0, |(_, span)| span.clone());
        let hint = "a passage can only narrow: share what it stands in with them first";
        report.warning(
            "this passage reaches nobody but the coachee",
            span,
            Some(hint),
        );
    }
    audience
}

/// Notes the first control character of each line: a file that lost its content holds nothing else.
fn check_characters(source: &Source, lines: Range<usize>, problems: &mut Vec<Diagnostic>) {
    let mut start = lines.start;
    for line in source.text()[lines].split_inclusive('\n') {
        let mut letters = line.char_indices();
        if let Some((index, letter)) = letters.find(|(_, letter)| is_unprintable(*letter)) {
            let place = start + index..start + index + letter.len_utf8();
            problems.push(
                Diagnostic::error("the text holds a control character")
                    .at(source, place)
                    .with_hint("delete it"),
            );
        } else if let Some((index, letter)) = unseen::stray(line) {
            let place = start + index..start + index + letter.len_utf8();
            let message = "the text holds a letter that nobody sees, or that turns the line around";
            // What is written in such letters may have been meant for nobody.
            let rest = start + index..start + line.len();
            let source = source.clone().withholding(std::iter::once(rest));
            problems.push(
                Diagnostic::error(message)
                    .at(&source, place)
                    .with_hint("delete it, or write the line anew"),
            );
        }
        start += line.len();
    }
}
