//! What a rater is asked: the questions of one round, and nothing else of the engagement.
//!
//! The rule it guards: a page follows from what its rater is asked and from the day, never from who has answered or what.

use std::sync::Arc;

use crate::engagement::Engagement;
use crate::engagement::asked::{Asked, AskedRound};
use crate::engagement::firm::Firm;
use crate::engagement::pulse::Scale;
use crate::engagement::stakeholder::{Presence, Role};
use crate::engagement::today::Today;
use crate::portal::firm;
use crate::portal::states::{AnswersFate, ScaleKind};
use crate::portal::view::asking::{AskingRoundView, AskingView, QuestionView, ScalePointView};

/// What asking pages of an engagement are made from.
#[derive(Clone, Copy)]
pub struct AskingSource<'a> {
    /// The firm that coaches.
    pub firm: &'a Firm,
    /// The engagement, as the coach knows it.
    pub engagement: &'a Engagement,
    /// The day as of which the page is made.
    pub today: Today<'a>,
}

/// With what the answers of one rater in one round are sealed, as text in base64url.
#[derive(Debug, Default)]
pub struct AnswerKeys {
    /// What they are sealed to.
    pub key: String,
    /// The secret by which they are genuine.
    pub psk: String,
    /// The id by which they are known.
    pub id: String,
    /// The id of the questions.
    pub q: String,
}

impl AskingView {
    /// The page of one rater. `round` is the next one that has not closed, with what its answers are sealed with.
    pub fn of(
        source: AskingSource<'_>,
        asked: &Asked<'_>,
        round: Option<(AskedRound, AnswerKeys)>,
    ) -> Self {
        let AskingSource {
            firm,
            engagement,
            today,
        } = source;
        let person = |role: Role| {
            let mut people = engagement.stakeholders.iter();
            people.find(|person| person.role == role && person.presence == Presence::Here)
        };
        let apart = asked.person.apart.filter(|since| {
            let stands_apart = round
                .as_ref()
                .map_or(today, |(round, _)| round.closes.into());
            asked.role == Role::Manager && *since <= stands_apart
        });
        Self {
            firm: firm::view(firm),
            name: asked.person.name.clone(),
            coachee: person(Role::Coachee).map_or_else(String::new, |person| person.name.clone()),
            coach: person(Role::Coach).map(|person| person.name.clone()),
            fate: match (asked.role, apart) {
                (Role::Coachee, _) => AnswersFate::Own,
                (_, Some(_)) => AnswersFate::Apart,
                (_, None) => AnswersFate::Counted,
            },
            minimum: engagement.pulse.fewest(),
            apart,
            round: round
                .and_then(|(round, keys)| round_view(source, asked, round, keys))
                .map(Arc::new),
        }
    }
}

fn round_view(
    source: AskingSource<'_>,
    asked: &Asked<'_>,
    round: AskedRound,
    keys: AnswerKeys,
) -> Option<AskingRoundView> {
    let engagement = source.engagement;
    let (opens_at, closes_at) = round.moments(&engagement.timezone)?;
    let mut later = engagement.asked_rounds();
    let questions = asked.questions.iter().zip(1..);
    let questions = questions.map(|(question, number)| {
        Arc::new(QuestionView {
            number,
            text: question.question.to_owned(),
            asks_follow_up: question.asks_follow_up,
        })
    });
    Some(AskingRoundView {
        opens: round.opens,
        closes: round.closes,
        opens_at: opens_at.to_string(),
        closes_at: closes_at.to_string(),
        then_opens: later
            .find(|later| later.closes > round.closes)
            .map(|later| later.opens),
        period: engagement.pulse.asking.period.clone(),
        scale: match engagement.pulse.scale {
            Scale::Change => ScaleKind::Change,
            Scale::Level { .. } => ScaleKind::Level,
        },
        points: points(&engagement.pulse.scale),
        questions: questions.collect(),
        mail: mail(source),
        key: keys.key,
        psk: keys.psk,
        id: keys.id,
        q: keys.q,
    })
}

/// Every score, with the coach's own words at the ends.
fn points(scale: &Scale) -> Vec<Arc<ScalePointView>> {
    let ends = match scale {
        Scale::Change => [None, None],
        Scale::Level { low, high, .. } => [low.clone(), high.clone()],
    };
    let [low, high] = ends;
    let scores = scale.from()..=scale.to();
    let point = |score| {
        Arc::new(ScalePointView {
            score,
            words: match score {
                score if score == scale.from() => low.clone(),
                score if score == scale.to() => high.clone(),
                _ => None,
            },
        })
    };
    scores.map(point).collect()
}

/// The address of the coach, or else of the firm.
fn mail(source: AskingSource<'_>) -> Option<String> {
    let AskingSource {
        firm, engagement, ..
    } = source;
    let mut coaches = engagement.stakeholders.iter();
    let coach = coaches.find(|person| person.role == Role::Coach && person.email.is_some());
    let of_coach = coach.and_then(|coach| coach.email.clone());
    let of_firm = firm.contact.as_ref();
    let of_firm = of_firm.and_then(|contact| contact.strip_prefix("mailto:"));
    of_coach.or_else(|| of_firm.map(str::to_owned))
}
