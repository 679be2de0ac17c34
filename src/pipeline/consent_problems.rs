//! What goes beyond what was agreed, as the coach reads it: who, which part, and the line that says so.

use std::collections::BTreeSet;

use crate::consent::problem::{ConsentProblem, OtherPerson, PersonChange};
use crate::content::folder::origin::Origins;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::{Part, Reader};
use crate::engagement::consent::FILE_NAME;
use crate::engagement::kind::ItemKind;
use crate::engagement::stakeholder::{Presence, Stakeholder};

/// Where the rules of an engagement are that are no item's own.
const ENGAGEMENT: &str = "engagement.toml";

/// What to do about more than was agreed.
const ASK: &str =
    "ask the coachee, then set `agreed` to the day of the answer; or take it back here";

/// An engagement and the files in which its rules are written.
pub(super) struct Told<'a> {
    pub(super) engagement: &'a Engagement,
    pub(super) origins: &'a Origins,
}

impl Told<'_> {
    /// The problem as the coach reads it.
    pub(super) fn diagnostic(&self, problem: &ConsentProblem) -> Diagnostic {
        let id = &self.engagement.id;
        let lock = format!("{id}/{FILE_NAME}");
        match problem {
            ConsentProblem::OtherKey => Diagnostic::error(
                "the record of what was agreed was made with another key, or under another name of this folder",
            )
            .in_file(lock)
            .with_hint(
                "if the folder has another name now, say in engagement.toml what it was: `was = [\"…\"]`; else bring back the \
                 `loggia.key` of the last publish: `loggia key` tells which key is here; if it is gone for good, run `loggia key adopt`, \
                 which takes the record over and says what can no longer be checked",
            ),
            ConsentProblem::Edited => Diagnostic::error("the record of what was agreed is not as it was written")
                .in_file(lock)
                .with_hint("bring it back from a backup or from version control; it is never edited by hand"),
            ConsentProblem::OtherPerson(other) => self.other_person(other),
            ConsentProblem::Unsaid { part } => self.unsaid(*part),
            ConsentProblem::Everything { agreed, reader } => Diagnostic::error(format!(
                "`{}` would read all that is shared, and did not when the coachee agreed on {agreed}",
                self.engagement.stakeholder(reader).map_or(reader, |person| &person.id)
            ))
            .in_file(format!("{id}/{ENGAGEMENT}"))
            .with_hint(ASK),
            ConsentProblem::Part {
                agreed,
                reader,
                part,
                item,
            } => {
                let of = item.as_ref().map_or_else(String::new, |item| format!(" of `{item}`"));
                let problem = Diagnostic::error(format!(
                    "`{}` would read `{}`{of}, and the coachee agreed to less on {agreed}",
                    reader.id(),
                    part.key()
                ));
                self.at_rule(&problem.with_hint(ASK), reader, *part, item.as_deref())
            }
            ConsentProblem::Passage {
                agreed,
                reader,
                item,
            } => {
                let problem = Diagnostic::error(format!(
                    "`{}` would read a passage of `{item}` that was kept from them when the coachee agreed on {agreed}",
                    reader.id()
                ))
                .with_hint(ASK);
                let place = self.place(item);
                let marked = self.origins.mark(&problem, &place, &["title"], &[]);
                marked.unwrap_or_else(|| problem.in_file(format!("{id}/{place}")))
            }
        }
    }

    /// A name or an address that was changed, with what to write for the same person and for another.
    fn other_person(&self, other: &OtherPerson) -> Diagnostic {
        let id = &other.id;
        let (what, keys) = match other.change {
            PersonChange::Name => ("the name", ["name", "id"]),
            PersonChange::Email => ("the mail address", ["email", "id"]),
            PersonChange::Both => ("the name and the mail address", ["name", "id"]),
        };
        let same = format!(
            "if it is the same person, write `same_person = {}` into this `[[stakeholder]]`",
            other.today
        );
        let new_id = "leave the old `[[stakeholder]]` as it was, with `until`, and give whoever comes one with another id";
        let another = match other.next_link {
            _ if other.is_coachee => "if it is another, put the name back, and begin another engagement (`loggia new engagement`)".to_owned(),
            _ if other.has_answered => format!("if it is another, {new_id}: there are answers of the old one"),
            Some(next) => format!("if it is another, {new_id}; or, if nothing of the old one is to stay, raise `link` to {next}"),
            None => format!("if it is another, {new_id}"),
        };
        let problem = Diagnostic::error(format!(
            "{what} of `{id}` is another one than when this was last published: the same person, or another?"
        ))
        .with_hint(format!("{same}; {another}"));
        let place = (ENGAGEMENT, "stakeholder");
        let marked = self
            .origins
            .mark_in_table(&problem, place, id.as_str(), &keys);
        marked.unwrap_or_else(|| problem.in_file(format!("{}/{ENGAGEMENT}", self.engagement.id)))
    }

    /// The problem at the line that lets the reader read the part.
    fn at_rule(
        &self,
        problem: &Diagnostic,
        reader: &Reader,
        part: Part,
        item: Option<&str>,
    ) -> Diagnostic {
        let role = reader.role().as_str();
        let words = ["everyone", role, reader.id().as_str(), "attendees"];
        let mark = |place: &str, path: &[&str]| self.origins.mark(problem, place, path, &words);
        let own = item.and_then(|item| {
            let place = self.place(item);
            let own = if item.starts_with("goals/") {
                mark(&place, &["share", part.key()]).or_else(|| mark(&place, &["supporters"]))
            } else {
                mark(&place, &["share"])
            };
            own.or_else(|| mark(&place, &["attendees"]))
        });
        own.or_else(|| mark(ENGAGEMENT, &["share", part.key()]))
            .or_else(|| mark(ENGAGEMENT, &["share"]))
            .unwrap_or_else(|| {
                problem
                    .clone()
                    .in_file(format!("{}/{ENGAGEMENT}", self.engagement.id))
            })
    }

    /// The file of an item, inside its engagement.
    fn place(&self, item: &str) -> String {
        let goal = item.strip_prefix("goals/").and_then(|id| {
            let mut goals = self.engagement.goals.iter();
            goals.find(|goal| goal.first_id().as_str() == id)
        });
        match goal {
            Some(goal) => goal.path.clone(),
            None if item == "agreement" => ItemKind::Agreement.place().to_owned(),
            None if item.contains('/') => format!("{item}.md"),
            None => ENGAGEMENT.to_owned(),
        }
    }

    /// A part that was in another one in version 0.1.0, with the lines that leave it as it was.
    fn unsaid(&self, part: Part) -> Diagnostic {
        let (before, what) = match part {
            Part::People => (Part::Facts, "who else takes part and who rates"),
            _ => (Part::Progress, "how many raters saw a follow-up"),
        };
        let key = part.key();
        let words = self.origins.words(ENGAGEMENT, &["share", before.key()]);
        let line = line(key, &words.unwrap_or_default());
        let losing = self.readers_of(before);
        let loss = if losing.is_empty() {
            format!("nobody but the coachee reads {what} so far")
        } else {
            format!(
                "it was shared with `{}` so far, who without it no longer read {what}",
                losing.join("`, `")
            )
        };
        let goals = if before == Part::Progress {
            self.goal_lines()
        } else {
            String::new()
        };
        let problem = Diagnostic::error(format!(
            "`[share]` does not say who may read `{key}`, which was part of `{}`",
            before.key()
        ))
        .with_hint(format!(
            "{loss}; write `{line}` below `[share]`{goals} to leave it as it was, for which nobody needs to be asked again, or \
             `{key} = []` to share it with nobody"
        ));
        let listed = self
            .origins
            .mark(&problem, ENGAGEMENT, &["share", before.key()], &[]);
        listed
            .or_else(|| self.origins.mark(&problem, ENGAGEMENT, &["share"], &[]))
            .unwrap_or_else(|| problem.in_file(format!("{}/{ENGAGEMENT}", self.engagement.id)))
    }

    /// Who reads a part, or that part of a goal, besides the coachee and the coach.
    fn readers_of(&self, part: Part) -> Vec<String> {
        let goals = &self.engagement.goals;
        let of_goals = goals.iter().map(|goal| &goal.progress);
        let of_goals = of_goals.filter(|_| part == Part::Progress);
        let audiences: Vec<_> = self
            .engagement
            .share
            .get(&part)
            .into_iter()
            .chain(of_goals)
            .collect();
        let reads = |person: &&Stakeholder| {
            let mut audiences = audiences.iter();
            person.portal
                && person.presence != Presence::Gone
                && !person.role.sees_all_that_is_shared()
                && audiences.any(|audience| audience.admits_person(&person.id, person.role))
        };
        let people = self.engagement.stakeholders.iter().filter(reads);
        people.map(|person| person.id.to_string()).collect()
    }

    /// The lines for goals whose figures are read by someone who does not read those of the others.
    fn goal_lines(&self) -> String {
        let all = self.origins.words(ENGAGEMENT, &["share", "progress"]);
        let all: BTreeSet<String> = all.unwrap_or_default().into_iter().collect();
        let mut lines = String::new();
        for goal in &self.engagement.goals {
            let own = self.origins.words(&goal.path, &["share", "progress"]);
            if let Some(own) = own.filter(|own| own.iter().any(|word| !all.contains(word))) {
                let line = line("follow_up", &own);
                lines += &format!(", and `{line}` into the `share` of goal `{}`,", goal.id);
            }
        }
        lines
    }
}

/// A line of `[share]`.
fn line(key: &str, words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    format!("{key} = [{}]", words.join(", "))
}
