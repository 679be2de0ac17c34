//! The rows of the engagement itself and of its goals.

use crate::engagement::audience::{Audience, Part};
use crate::engagement::goal::Goal;
use crate::engagement::stakeholder::Role;
use crate::portal::perspective::{Perspective, SeenGoal};
use crate::portal::sight::cell::{
    CLOSED, FOLLOWS, Ground, LED_TO, NO_PROGRESS, NOT_ASKED, NOT_RATED, PASSAGES, Seen, SightCell,
    TIED, TOO_FEW,
};
use crate::portal::sight::row::{SightItem, SightPart, by_share, is_named, part};
use crate::portal::states::Untitled;
use crate::portal::{facts, goals, programme, progress};

pub(super) fn facts_item(perspectives: &[Perspective<'_>]) -> SightItem {
    let mut parts = vec![
        part(perspectives, ("facts", Some(Part::Facts)), |perspective| {
            let hides = !facts::shows_all_competencies(perspective);
            of_facts(perspective).in_part_if(hides, LED_TO)
        }),
        part(
            perspectives,
            ("people", Some(Part::People)),
            |perspective| {
                let share = &perspective.engagement.share;
                let alone = Audience::coachee_alone();
                let audience = share.get(&Part::People).unwrap_or(&alone);
                let cell = by_share(perspective, Part::People, audience);
                match cell.seen {
                    Seen::Not => SightCell::of(
                        Seen::Part,
                        "everyone knows the coachee, the coach and the managers",
                        Ground::Share(Part::People),
                    ),
                    Seen::Whole | Seen::Part => cell,
                }
            },
        ),
    ];
    if perspectives
        .iter()
        .any(|perspective| !perspective.engagement.assessments.is_empty())
    {
        let row = ("assessments", Some(Part::Assessments));
        parts.push(part(perspectives, row, |perspective| {
            let share = &perspective.engagement.share;
            let alone = Audience::coachee_alone();
            let audience = share.get(&Part::Assessments).unwrap_or(&alone);
            by_share(perspective, Part::Assessments, audience)
        }));
    }
    parts.extend(asked_part(perspectives));
    parts.extend(roles_part(perspectives));
    parts.extend(programme_parts(perspectives));
    SightItem {
        place: "engagement.toml".to_owned(),
        title: "Facts".to_owned(),
        untitled: Some(Untitled::Programme),
        attendees: Vec::new(),
        parts,
    }
}

/// Who is asked in the next round of the pulse, if there is one.
fn asked_part(perspectives: &[Perspective<'_>]) -> Option<SightPart> {
    let first = perspectives.first()?;
    first.engagement.next_asked_round(first.today)?;
    let row = ("asked", Some(Part::Asked));
    Some(part(perspectives, row, |perspective| {
        let share = &perspective.engagement.share;
        let alone = Audience::coachee_alone();
        let audience = share.get(&Part::Asked).unwrap_or(&alone);
        let (reader, role) = (perspective.reader, perspective.reader.role());
        let is_asked = perspective.engagement.asks(reader, perspective.today);
        match role {
            Role::Coachee if is_asked => {
                SightCell::whole("the coachee rates as well", Ground::Role)
            }
            Role::Coach | Role::Sponsor | Role::Hr => {
                SightCell::not("people in this role do not rate", Ground::Role)
            }
            Role::Coachee | Role::Manager | Role::Supporter => {
                by_share(perspective, Part::Asked, audience).unless(!is_asked, NOT_ASKED)
            }
        }
    }))
}

/// Whether the reader sees the facts.
fn of_facts(perspective: &Perspective<'_>) -> SightCell {
    let audience = perspective.engagement.facts.audience();
    by_share(perspective, Part::Facts, audience)
}

/// Who does what, if that is said: everyone reads what their own role is asked to do.
fn roles_part(perspectives: &[Perspective<'_>]) -> Option<SightPart> {
    let mut all = perspectives.iter();
    let has_roles = all.any(|perspective| !perspective.engagement.roles.is_empty());
    has_roles.then(|| {
        part(perspectives, ("roles", None), |perspective| {
            let cell = of_facts(perspective);
            match cell.seen {
                Seen::Not if facts::role_of_reader(perspective).is_some() => SightCell::of(
                    Seen::Part,
                    "everyone reads what their own role is asked to do",
                    Ground::Roles,
                ),
                Seen::Whole | Seen::Part | Seen::Not => cell,
            }
        })
    })
}

/// What the programme is to bring about, and what was changed in it; a line for each that is there.
fn programme_parts(perspectives: &[Perspective<'_>]) -> Vec<SightPart> {
    let by_reviews = |perspective: &Perspective<'_>| {
        let share = &perspective.engagement.share;
        let alone = Audience::coachee_alone();
        let audience = share.get(&Part::Reviews).unwrap_or(&alone);
        by_share(perspective, Part::Reviews, audience)
    };
    let mut parts = Vec::new();
    let outcomes = |perspective: &Perspective<'_>| programme::outcomes(perspective).len();
    if perspectives
        .iter()
        .any(|perspective| outcomes(perspective) > 0)
    {
        let row = ("outcomes", Some(Part::Reviews));
        parts.push(part(perspectives, row, |perspective| {
            let shown = outcomes(perspective);
            let all = perspective.engagement.outcomes.len();
            by_reviews(perspective)
                .unless(shown == 0, TIED)
                .in_part_if(shown < all, TIED)
        }));
    }
    let mut engagements = perspectives
        .iter()
        .map(|perspective| perspective.engagement);
    if engagements.any(|engagement| !engagement.corrections.is_empty()) {
        let row = ("corrections", Some(Part::Reviews));
        parts.push(part(perspectives, row, by_reviews));
    }
    parts
}

pub(super) fn goal_item(perspectives: &[Perspective<'_>], goal: &Goal) -> SightItem {
    let mut parts = vec![part(
        perspectives,
        ("wording", Some(Part::Goals)),
        |perspective| {
            let wording = goal.wording.reveal_to(perspective.reader);
            let hides =
                wording.is_some_and(|wording| !wording.prose.is_whole_to(perspective.reader));
            of_goal(perspective, goal, Part::Goals, goal.wording.audience())
                .in_part_if(hides, PASSAGES)
        },
    )];
    let has_actions = |perspective: &Perspective<'_>| {
        let actions = goal.actions.reveal_to(perspective.reader);
        actions.is_some_and(|actions| !actions.is_empty())
    };
    if perspectives.iter().any(has_actions) {
        parts.push(part(
            perspectives,
            ("actions", Some(Part::Actions)),
            |perspective| of_goal(perspective, goal, Part::Actions, goal.actions.audience()),
        ));
    }
    parts.extend(tied_parts(perspectives, goal));
    parts.extend(figure_parts(perspectives, goal));
    parts.extend(standing_parts(perspectives, goal));
    if !goal.themes.is_empty() {
        parts.push(part(
            perspectives,
            ("themes", Some(Part::Themes)),
            |perspective| themes_cell(perspective, goal),
        ));
    }
    parts.extend(question_part(perspectives, goal));
    let title = perspectives
        .iter()
        .find_map(|perspective| goal.wording.reveal_to(perspective.reader));
    SightItem {
        place: goal.path.clone(),
        title: title.map_or_else(|| goal.id.to_string(), |wording| wording.title.clone()),
        untitled: None,
        attendees: Vec::new(),
        parts,
    }
}

/// Who is asked about the goal in the next round of the pulse, if there is one: the question tells of it also whom nothing else does.
fn question_part(perspectives: &[Perspective<'_>], goal: &Goal) -> Option<SightPart> {
    let first = perspectives.first()?;
    first.engagement.next_asked_round(first.today)?;
    let asked = first.engagement.asked(first.today);
    let is_asked = |perspective: &Perspective<'_>| {
        let mut about = asked.iter().filter(|asked| {
            let mut questions = asked.questions.iter();
            questions.any(|question| question.goal.id == goal.id)
        });
        about.any(|asked| asked.person.id == *perspective.reader.id())
    };
    if !perspectives.iter().any(is_asked) {
        return None;
    }
    let row = ("question", Some(Part::Asked));
    Some(part(perspectives, row, |perspective| {
        let (reader, is_asked) = (perspective.reader, is_asked(perspective));
        match reader.role() {
            Role::Coachee if is_asked => {
                SightCell::whole("the coachee rates as well", Ground::Role)
            }
            Role::Coach | Role::Sponsor | Role::Hr => {
                SightCell::not("people in this role do not rate", Ground::Role)
            }
            Role::Coachee | Role::Manager | Role::Supporter => {
                let cell = of_goal(perspective, goal, Part::Asked, goal.question.audience());
                let is_unlisted = matches!(cell.ground, Ground::Supporters);
                match cell.seen {
                    Seen::Not if !is_unlisted && is_named(perspective, Part::Asked) => {
                        SightCell::not(CLOSED.words, CLOSED.ground)
                    }
                    Seen::Not | Seen::Whole | Seen::Part => cell.unless(!is_asked, NOT_ASKED),
                }
            }
        }
    }))
}

/// What others are asked to do and what they suggested: for whoever sees the actions, if the goal carries it.
fn tied_parts(perspectives: &[Perspective<'_>], goal: &Goal) -> Vec<SightPart> {
    let mut parts = Vec::new();
    let has_support = |perspective: &Perspective<'_>| {
        let support = goal.support.reveal_to(perspective.reader);
        support.is_some_and(|support| !support.is_empty())
    };
    if perspectives.iter().any(has_support) {
        parts.push(part(
            perspectives,
            ("support", Some(Part::Actions)),
            |perspective| {
                let is_hidden = seen(perspective, goal)
                    .is_none_or(|seen| goals::support(perspective, seen).is_none());
                of_goal(perspective, goal, Part::Actions, goal.support.audience())
                    .unless(is_hidden, FOLLOWS)
            },
        ));
    }
    let has_ideas = |perspective: &Perspective<'_>| {
        let feedforward = goal.feedforward.reveal_to(perspective.reader);
        feedforward.is_some_and(|feedforward| !feedforward.is_empty())
    };
    if perspectives.iter().any(has_ideas) {
        parts.push(part(
            perspectives,
            ("ideas", Some(Part::Actions)),
            |perspective| {
                let is_hidden = seen(perspective, goal)
                    .is_none_or(|seen| goals::feedforward(perspective, seen).is_none());
                of_goal(
                    perspective,
                    goal,
                    Part::Actions,
                    goal.feedforward.audience(),
                )
                .unless(is_hidden, FOLLOWS)
            },
        ));
    }
    parts
}

/// The goal as the reader sees it, if any part of it is seen.
fn seen<'a, 'b>(perspective: &'b Perspective<'a>, goal: &Goal) -> Option<&'b SeenGoal<'a>> {
    perspective
        .goals
        .iter()
        .find(|seen| seen.goal.id == goal.id)
}

/// Like [`by_share`], for a part of a goal: a supporter whom the goal does not list is told so.
fn of_goal(
    perspective: &Perspective<'_>,
    goal: &Goal,
    part: Part,
    audience: &Audience,
) -> SightCell {
    let cell = by_share(perspective, part, audience);
    let lists = goal
        .supporters
        .as_ref()
        .is_none_or(|listed| listed.contains(perspective.reader.id()));
    match (cell.seen, perspective.reader.role()) {
        (Seen::Not, Role::Supporter) if !lists => SightCell::not(
            "`supporters` of this goal does not list them",
            Ground::Supporters,
        ),
        _ => cell,
    }
}

fn figure_parts(perspectives: &[Perspective<'_>], goal: &Goal) -> Vec<SightPart> {
    let has_rounds = perspectives
        .iter()
        .any(|perspective| perspective.figures.of_goal(&goal.id).is_some());
    if !has_rounds {
        return Vec::new();
    }
    let figures = |perspective: &Perspective<'_>| {
        let has_progress = goal.progress.admits(perspective.reader);
        has_progress
            .then(|| progress::view(perspective, goal))
            .flatten()
    };
    vec![
        part(
            perspectives,
            ("progress", Some(Part::Progress)),
            |perspective| {
                let cell = of_goal(perspective, goal, Part::Progress, &goal.progress);
                cell.unless(figures(perspective).is_none(), TOO_FEW)
            },
        ),
        part(
            perspectives,
            ("groups", Some(Part::Groups)),
            |perspective| {
                let cell = of_goal(perspective, goal, Part::Groups, &goal.groups);
                let view = figures(perspective);
                let has_none = view.as_ref().is_some_and(|view| view.groups.is_empty());
                cell.unless(view.is_none(), NO_PROGRESS)
                    .unless(has_none, TOO_FEW)
            },
        ),
        part(
            perspectives,
            ("follow_up", Some(Part::FollowUp)),
            |perspective| {
                let cell = of_goal(perspective, goal, Part::FollowUp, &goal.follow_up);
                let view = figures(perspective);
                let has_none = view.as_ref().is_some_and(|view| !view.has_followed_up);
                cell.unless(view.is_none(), NO_PROGRESS)
                    .unless(has_none, TOO_FEW)
            },
        ),
        part(perspectives, ("self", Some(Part::Own)), |perspective| {
            let cell = of_goal(perspective, goal, Part::Own, &goal.own);
            let view = figures(perspective);
            let has_none = view.as_ref().is_some_and(|view| !view.has_own);
            cell.unless(view.is_none(), NO_PROGRESS)
                .unless(has_none, NOT_RATED)
        }),
    ]
}

/// What is said of the goal beside its figures; a line for each that is there.
fn standing_parts(perspectives: &[Perspective<'_>], goal: &Goal) -> Vec<SightPart> {
    let standing = perspectives
        .iter()
        .find_map(|perspective| goal.standing.reveal_to(perspective.reader));
    let Some(standing) = standing else {
        return Vec::new();
    };
    let audience = goal.standing.audience();
    let cell = |perspective: &Perspective<'_>| of_goal(perspective, goal, Part::Progress, audience);
    let today = perspectives.first().map(|perspective| perspective.today);
    let reached = standing
        .reached
        .filter(|day| today.is_some_and(|today| *day <= today));
    let is_there = [
        ("reached", reached.is_some()),
        ("own words", standing.in_my_words.is_some()),
    ];
    let names = is_there.into_iter().filter(|(_, is_there)| *is_there);
    names
        .map(|(name, _)| part(perspectives, (name, Some(Part::Progress)), cell))
        .collect()
}

fn themes_cell(perspective: &Perspective<'_>, goal: &Goal) -> SightCell {
    let cell = of_goal(perspective, goal, Part::Themes, &goal.themes_for);
    let Some(seen) = seen(perspective, goal).filter(|seen| seen.carries()) else {
        return cell.unless(true, FOLLOWS);
    };
    let shown = goals::themes(perspective, seen).len();
    cell.unless(shown == 0, TOO_FEW)
        .in_part_if(shown < goal.themes.len(), TOO_FEW)
}
