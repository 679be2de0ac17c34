//! Asking pages: for everyone who is asked in the pulse a page of their own, always sealed.
//!
//! The rule it guards: a page is made from what one rater is asked, from the day and from keys. Nothing here reads an answer, and the key
//! that opens answers is not opened.

use data_encoding::BASE64URL_NOPAD;

use crate::access::asking::answers_key::AskingKey;
use crate::access::asking::{self, Questions};
use crate::access::key::Key;
use crate::access::link::Link;
use crate::access::{Access, Opening, Sealed};
use crate::audit;
use crate::audit::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::asked::{Asked, AskedRound};
use crate::engagement::firm::OpeningMode;
use crate::engagement::id::StakeholderId;
use crate::engagement::pulse::Scale;
use crate::engagement::stakeholder::Stakeholder;
use crate::engagement::today::Today;
use crate::pipeline::passphrases::Words;
use crate::pipeline::problems::Problems;
use crate::pipeline::sealing::Asks;
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{pages, sealing};
use crate::portal::asking::{AnswerKeys, AskingSource};
use crate::portal::view::asking::AskingView;
use crate::render::Page;

/// The most questions that one message of answers has room for.
const MOST_QUESTIONS: usize = 24;

/// One rater's page, not yet sealed.
pub(super) struct AskingPage {
    /// The rater.
    pub(super) rater: StakeholderId,
    pub(super) page: Page,
}

/// What the asking pages of an engagement are made from.
#[derive(Clone, Copy)]
pub(super) struct AskingPages<'a> {
    pub(super) workspace: &'a Workspace,
    /// Without a key, pages hold zeros in the place of what follows from it.
    pub(super) key: Option<&'a Key>,
    pub(super) engagement: &'a Engagement,
    pub(super) today: Today<'a>,
}

/// Who has an asking page: everyone who is asked on a day, where there are rounds that are asked so.
pub(super) fn asked<'a>(engagement: &'a Engagement, today: Today<'_>) -> Vec<Asked<'a>> {
    match engagement.pulse.asking.closings.as_slice() {
        [] => Vec::new(),
        _ => engagement.asked(today),
    }
}

impl<'a> AskingPages<'a> {
    /// The page of everyone who is asked.
    pub(super) fn all(&self) -> Result<Vec<AskingPage>, Vec<Diagnostic>> {
        let asked = asked(self.engagement, self.today);
        if asked.is_empty() {
            return Ok(Vec::new());
        }
        let round = self.engagement.next_asked_round(self.today);
        let answers_go_to = match round {
            Some(_) => Some(self.asking_key().map_err(|problem| vec![*problem])?),
            None => None,
        };
        let mut problems = Vec::new();
        let mut pages = Vec::new();
        for asked in &asked {
            let page = self.page(asked, round.zip(answers_go_to.as_ref()));
            match page {
                Ok(page) => pages.push(page),
                Err(problem) => problems.push(*problem),
            }
        }
        match problems.is_empty() {
            true => Ok(pages),
            false => Err(problems),
        }
    }

    /// The same, with what is wrong with them or must not be in them added to `problems`.
    pub(super) fn audited(&self, problems: &mut Problems) -> Vec<AskingPage> {
        let pages = problems.value_or_default(self.all());
        problems.leaks.extend(leaks(self, &pages));
        pages
    }

    /// The page of one rater, if this rater is asked.
    pub(super) fn of(&self, rater: &str) -> Option<Result<AskingPage, Diagnostic>> {
        let asked = asked(self.engagement, self.today);
        let asked = asked
            .into_iter()
            .find(|asked| asked.person.id.as_str() == rater)?;
        let round = self.engagement.next_asked_round(self.today);
        let made = self.asking_key().and_then(|key| {
            let round = round.map(|round| (round, &key));
            self.page(&asked, round)
        });
        Some(made.map_err(|problem| *problem))
    }

    /// What answers are sealed to.
    fn asking_key(&self) -> Result<AskingKey, Box<Diagnostic>> {
        let shown = format!("{}/pulse/asking.pub", self.engagement.id);
        let Some(text) = &self.engagement.pulse.asking_key else {
            let id = &self.engagement.id;
            let problem = Diagnostic::error(format!(
                "raters of `{id}` are to be asked, and there is no `pulse/asking.pub` to seal their answers to"
            ));
            return Err(Box::new(problem.in_file(format!("{id}/engagement.toml")).with_hint(
                "on the machine where you collect answers run `loggia key answers`, and keep the file with the rest of the folder",
            )));
        };
        AskingKey::parse(text, &shown).map_err(Box::new)
    }

    fn page(
        &self,
        asked: &Asked<'_>,
        round: Option<(AskedRound, &AskingKey)>,
    ) -> Result<AskingPage, Box<Diagnostic>> {
        let Self {
            workspace,
            engagement,
            today,
            ..
        } = *self;
        if asked.questions.len() > MOST_QUESTIONS {
            let message = format!(
                "`{}` would be asked about {} goals, and answers have room for {MOST_QUESTIONS}",
                asked.person.id,
                asked.questions.len()
            );
            let problem = Diagnostic::error(message).in_file(format!("{}/goals", engagement.id));
            return Err(Box::new(
                problem.with_hint("say in `supporters` of goals who rates which"),
            ));
        }
        let source = AskingSource {
            firm: &workspace.book.firm,
            engagement,
            today,
        };
        let round = round.map(|(round, to)| (round, self.answer_keys(asked, round, to)));
        let language = pages::language(workspace, engagement, asked.person);
        let view = AskingView::of(source, asked, round);
        let page = workspace.theme.asking_page(view, language);
        Ok(AskingPage {
            rater: asked.person.id.clone(),
            page: page.map_err(Box::new)?,
        })
    }

    /// With what the answers of one rater are sealed.
    fn answer_keys(&self, asked: &Asked<'_>, round: AskedRound, to: &AskingKey) -> AnswerKeys {
        let key = BASE64URL_NOPAD.encode(&to.bytes());
        let Some(of_site) = self.key else {
            return AnswerKeys {
                key,
                psk: BASE64URL_NOPAD.encode(&[0; 32]),
                id: BASE64URL_NOPAD.encode(&[0; 8]),
                q: BASE64URL_NOPAD.encode(&[0; 8]),
            };
        };
        let who = asking::Asked {
            rater: sealing::link_source(self.workspace, self.engagement, asked.person),
            round: round.closes,
        };
        let language = pages::language(self.workspace, self.engagement, asked.person);
        let q = with_questions(self.engagement, asked, language, |questions| {
            who.questions_id(of_site, questions)
        });
        AnswerKeys {
            key,
            psk: BASE64URL_NOPAD.encode(&*who.psk(of_site)),
            id: BASE64URL_NOPAD.encode(&who.id(of_site)),
            q: BASE64URL_NOPAD.encode(&q),
        }
    }
}

/// Hands over what a rater is asked, as the id of the questions is derived from it.
pub(super) fn with_questions<T>(
    engagement: &Engagement,
    asked: &Asked<'_>,
    language: &str,
    look: impl FnOnce(&Questions<'_>) -> T,
) -> T {
    let scale = &engagement.pulse.scale;
    let ends = match scale {
        Scale::Change => ("", ""),
        Scale::Level { low, high, .. } => (
            low.as_deref().unwrap_or_default(),
            high.as_deref().unwrap_or_default(),
        ),
    };
    let goals = asked.questions.iter();
    let goals: Vec<asking::AskedGoal<'_>> = goals
        .map(|question| asking::AskedGoal {
            id: question.goal.first_id().as_str(),
            question: question.question,
            follow_up: question.asks_follow_up,
        })
        .collect();
    look(&Questions {
        scale: (scale.from(), scale.to()),
        ends,
        goals: &goals,
        period: engagement
            .pulse
            .asking
            .period
            .as_deref()
            .unwrap_or_default(),
        language,
    })
}

/// Returns an error for everything that the pages must not hold: confidential terms, and what they would load or run.
fn leaks(source: &AskingPages<'_>, pages: &[AskingPage]) -> Vec<Diagnostic> {
    let (workspace, engagement) = (source.workspace, source.engagement.id.as_str());
    let mut leaks = Vec::new();
    for page in pages {
        let parsed = ParsedPage::of(page.page.document(), workspace.theme.known_asking_style());
        let rater = page.rater.as_str();
        leaks.extend(audit::terms(
            &workspace.book.firm.terms,
            &parsed,
            engagement,
            rater,
        ));
        leaks.extend(audit::faults(&parsed, engagement, rater));
    }
    leaks
}

/// What an asking page asks for besides its link: as much as a sealed portal, since it is always sealed.
pub(super) fn asks(workspace: &Workspace, person: &Stakeholder) -> Asks {
    let firm = &workspace.book.firm;
    Asks {
        click: person.opening.unwrap_or(firm.opening) == OpeningMode::Click,
        passphrase: person.passphrase,
    }
}

/// The link of a rater to the asking page.
pub(super) fn link(
    workspace: &Workspace,
    key: &Key,
    engagement: &Engagement,
    person: &Stakeholder,
) -> Link {
    Link::asking(key, &sealing::link_source(workspace, engagement, person))
}

/// Returns the pages if every passphrase that they ask for is at hand. Otherwise none of them can go out, and the missing ones are added to
/// `problems`, each once.
pub(super) fn with_passphrases(
    (workspace, engagement): (&Workspace, &Engagement),
    pages: Vec<AskingPage>,
    problems: &mut Problems,
) -> Vec<AskingPage> {
    let names = (&engagement.id, engagement.was.as_slice());
    let raters = pages.iter();
    let raters = raters.filter_map(|page| engagement.stakeholder(&page.rater));
    for person in raters.filter(|person| person.passphrase) {
        let words = Words::of_reader(workspace, names, person);
        let Some(missing) = words.at_hand().err() else {
            continue;
        };
        let mut known = problems.secrets.iter();
        if known.all(|known| known.message() != missing.message()) {
            problems.secrets.push(missing);
        }
    }
    match problems.secrets.as_slice() {
        [] => pages,
        _ => Vec::new(),
    }
}

/// Makes the file of one page.
pub(super) fn seal(
    (workspace, key): (&Workspace, &Key),
    engagement: &Engagement,
    page: &AskingPage,
) -> Result<Sealed, Diagnostic> {
    let person = engagement
        .stakeholder(&page.rater)
        .ok_or_else(|| Diagnostic::error("a rater is unknown"))?;
    let link = link(workspace, key, engagement, person);
    let opening = opening(workspace, engagement, person, &link)?;
    let access = Access::Sealed(opening);
    Ok(Sealed::of(&page.page, &link, &access, &workspace.shell))
}

/// What opens the page of a rater.
pub(super) fn opening(
    workspace: &Workspace,
    engagement: &Engagement,
    person: &Stakeholder,
    link: &Link,
) -> Result<Opening, Diagnostic> {
    let names = (&engagement.id, engagement.was.as_slice());
    let words = Words::of_reader(workspace, names, person);
    asks(workspace, person).opening(words.at_hand(), link)
}
