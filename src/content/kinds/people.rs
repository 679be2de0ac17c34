//! Words for people to people: roles, ids, `everyone` and `attendees`, and nothing else.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::content::suggest;
use crate::content::toml::report::Report;
use crate::content::toml::value::Spanned;
use crate::diagnostic::Diagnostic;
use crate::engagement::audience::{Audience, Member};
use crate::engagement::id::{GroupId, StakeholderId};
use crate::engagement::stakeholder::{GROUPS, Role, Stakeholder};

/// The stakeholders of an engagement, as words are looked up among them.
///
/// Where some of them could not be read, nobody can say whether a name is unknown, and nothing is said about it.
pub(in crate::content) struct People<'a> {
    stakeholders: &'a [Stakeholder],
    are_all_known: bool,
}

/// A list of words with their places, as an audience is written.
pub(in crate::content) type Words<'a> = &'a [(String, Range<usize>)];

/// A list of words as it stands in a file, without the type that remembers its place.
pub(in crate::content) fn words(list: &[Spanned<String>]) -> Vec<(String, Range<usize>)> {
    list.iter()
        .map(|word| (word.get_ref().clone(), word.span()))
        .collect()
}

impl<'a> People<'a> {
    /// Looks words up among `stakeholders`, who are everyone, or else those that could be read.
    pub(in crate::content) fn among(stakeholders: &'a [Stakeholder], are_all_known: bool) -> Self {
        Self {
            stakeholders,
            are_all_known,
        }
    }

    /// Whether every person of engagement.toml is among them.
    pub(in crate::content) fn are_all_known(&self) -> bool {
        self.are_all_known
    }

    /// Everyone, in the order of engagement.toml.
    pub(in crate::content) fn all(&self) -> &'a [Stakeholder] {
        self.stakeholders
    }

    /// The groups that a rater without a name may be of: those of this engagement's people, at whatever time, and those that have words of
    /// their own on every page.
    pub(in crate::content) fn groups(&self) -> BTreeSet<&'a str> {
        let people = self.stakeholders.iter();
        let groups = people.flat_map(|person| person.time.groups());
        groups.map(GroupId::as_str).chain(GROUPS).collect()
    }

    /// The stakeholder whose id `word` is or was, or who alone has the role `word`.
    pub(in crate::content) fn person(&self, word: &str) -> Option<&'a Stakeholder> {
        if let Some(person) = self
            .stakeholders
            .iter()
            .find(|person| person.is_called(word))
        {
            return Some(person);
        }
        let mut with_role = self.with_role(word);
        with_role.next().filter(|_| with_role.next().is_none())
    }

    /// Everyone who at some time has the role `word`.
    fn with_role(&self, word: &str) -> impl Iterator<Item = &'a Stakeholder> {
        let role = Role::parse(word);
        let has_role =
            move |person: &&Stakeholder| person.time.roles().any(|own| Some(own) == role);
        self.stakeholders.iter().filter(has_role)
    }

    /// What to do about a role's name that stands for one person and is that of several, if `word` is one.
    pub(in crate::content) fn several(&self, word: &str) -> Option<String> {
        let people: Vec<String> = self
            .with_role(word)
            .map(|person| format!("`{}`", person.id))
            .collect();
        (people.len() > 1).then(|| {
            let people = people.join(" and ");
            format!("{people} have this role or had it: write the id of the one who is meant")
        })
    }

    /// Everyone in each part that they play at some time.
    pub(in crate::content) fn members(&self) -> impl Iterator<Item = Member> {
        self.stakeholders.iter().flat_map(members_of)
    }

    /// These people in each part that they play at some time.
    pub(in crate::content) fn members_among(
        &self,
        ids: &[StakeholderId],
    ) -> impl Iterator<Item = Member> {
        self.members().filter(|(id, _)| ids.contains(id))
    }

    /// The person that a word names, or an error with a suggestion.
    pub(in crate::content) fn find(
        &self,
        word: &Spanned<String>,
        report: &mut Report<'_>,
    ) -> Option<StakeholderId> {
        let written = word.get_ref();
        let found = self.person(written).map(|person| person.id.clone());
        if let (None, true, Some(hint)) = (&found, self.are_all_known, self.several(written)) {
            let message = format!("`{written}` is more than one person");
            report.error_with(message, word.span(), hint);
        } else if found.is_none() && self.are_all_known {
            let ids = self.stakeholders.iter().map(|person| person.id.as_str());
            report.error_unknown(format!("unknown stakeholder `{written}`"), word, ids);
        }
        found
    }

    /// The audience that `words` name. `attendees` is a word only where there are some.
    pub(in crate::content) fn audience(
        &self,
        what: &str,
        words: Words<'_>,
        attendees: Option<&[StakeholderId]>,
        report: &mut Report<'_>,
    ) -> Audience {
        let mut members = BTreeSet::new();
        for (word, span) in words {
            match self.meant_by(word, attendees) {
                Some(found) => members.extend(found),
                None if !self.are_all_known => {}
                None => {
                    let problem = self.unknown(what, word, attendees.is_some());
                    report.push(report.document().place(problem, span.clone()));
                }
            }
        }
        let audience = Audience::only(members);
        let is_meant_for_others = words
            .iter()
            .any(|(word, _)| !matches!(word.as_str(), "coachee" | "coach"));
        if is_meant_for_others
            && !self.reaches_reader(&audience)
            && attendees.is_none_or(|list| !list.is_empty())
        {
            let span = words.first().map_or(0..0, |(_, first)| {
                first.start..words.last().map_or(first.end, |(_, last)| last.end)
            });
            report.warning(
                format!("{what} is shared with nobody but the coachee"),
                span,
                None,
            );
        }
        audience
    }

    /// Whether anyone in `audience` besides the coachee and the coach has a portal.
    pub(in crate::content) fn reaches_reader(&self, audience: &Audience) -> bool {
        let is_other_reader = |(_, role): &Member| !role.sees_all_that_is_shared();
        let people = self.stakeholders.iter().filter(|person| person.portal);
        let mut members = people.flat_map(members_of).filter(is_other_reader);
        members.any(|(id, role)| audience.admits_person(&id, role))
    }

    fn meant_by(&self, word: &str, attendees: Option<&[StakeholderId]>) -> Option<Vec<Member>> {
        match (word, Role::parse(word), attendees) {
            ("everyone", _, _) => Some(self.members().collect()),
            ("attendees", _, Some(attendees)) => Some(self.members_among(attendees).collect()),
            (_, Some(role), _) => Some(self.members().filter(|(_, own)| *own == role).collect()),
            (_, None, _) => {
                let mut people = self.stakeholders.iter();
                let person = people.find(|person| person.is_called(word));
                let found: Vec<Member> = person.into_iter().flat_map(members_of).collect();
                (!found.is_empty()).then_some(found)
            }
        }
    }

    fn unknown(&self, what: &str, word: &str, has_attendees: bool) -> Diagnostic {
        let roles = Role::ALL
            .iter()
            .map(|role| role.as_str())
            .chain(["everyone"])
            .chain(has_attendees.then_some("attendees"));
        let ids = self.stakeholders.iter().map(|person| person.id.as_str());
        let ids = ids.filter(|id| Role::parse(id).is_none());
        let known: Vec<&str> = roles.clone().chain(ids).collect();
        let closest = suggest::closest(word, known.iter().copied());
        let kind = if closest.is_some_and(|name| !roles.clone().any(|role| role == name)) {
            "stakeholder"
        } else {
            "role"
        };
        let message = match word {
            "attendees" => format!("{what} is shared with `attendees`, which only agendas have"),
            _ => format!("{what} is shared with unknown {kind} `{word}`"),
        };
        let hint = match word {
            "attendees" => Some("name the roles or the people".to_owned()),
            _ => suggest::hint(word, known.iter().copied()),
        };
        Diagnostic::error(message).with_hint_if(hint)
    }
}

/// A person in each part that the person plays at some time.
fn members_of(person: &Stakeholder) -> impl Iterator<Item = Member> {
    person.time.roles().map(|role| (person.id.clone(), role))
}
