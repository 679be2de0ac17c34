//! The value as files: TOML, Markdown, CSV and pictures, written by the book and not by the program.

use std::collections::BTreeMap;

use crate::folder::picture::png;
use crate::folder::{
    Action, Agenda, Agreement, Content, Folder, Goal, Journey, Manner, Milestone, Number, Passage,
    Person, Reach, Review, Role, Round, Share, Update, Word,
};

/// The folder of the one engagement.
pub(crate) const ENGAGEMENT: &str = "engagement";

/// Files by their path inside the content folder.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A point of the curve P-256 whose secret nobody has.
const ASKING_PUB: &str = "loggia-answers-1 BFYAHDlesDgz_sDkoo5O6Usc_aTuOWATqpsVysLV8rS7YOp9PmO258MrZrK_2k3gsAfszCFPWl8_HH7eYzmgBN4\n";

impl Folder {
    /// Everything that stands in the content folder.
    pub(crate) fn files(&self) -> Files {
        let mut files = Files::new();
        let mut put = |name: String, bytes: Vec<u8>| {
            assert!(
                files.insert(name.clone(), bytes).is_none(),
                "two files are called {name}"
            );
        };
        put("loggia.toml".to_owned(), self.site_file().into_bytes());
        let mut inside = |name: String, bytes: Vec<u8>| put(format!("{ENGAGEMENT}/{name}"), bytes);
        inside(
            "engagement.toml".to_owned(),
            self.engagement_file().into_bytes(),
        );
        if let Some(agreement) = &self.agreement {
            inside(
                "agreement.md".to_owned(),
                self.agreement_file(agreement).into_bytes(),
            );
        }
        for goal in &self.goals {
            inside(
                format!("goals/{}-{}.md", goal.place, goal.id),
                self.goal_file(goal).into_bytes(),
            );
        }
        for agenda in &self.agendas {
            inside(
                format!("agendas/{}-{}.md", agenda.day, agenda.topic),
                self.agenda_file(agenda).into_bytes(),
            );
        }
        for update in &self.updates {
            inside(
                format!("updates/{}-{}.md", update.day, update.topic),
                self.update_file(update).into_bytes(),
            );
        }
        for review in &self.reviews {
            inside(
                format!("reviews/{}-{}.md", review.day, review.topic),
                self.review_file(review).into_bytes(),
            );
        }
        for round in &self.rounds {
            inside(
                format!("pulse/{}.csv", round.day),
                self.ratings_file(round).into_bytes(),
            );
            if !round.themes.is_empty() {
                inside(
                    format!("pulse/{}.md", round.day),
                    self.themes_file(round).into_bytes(),
                );
            }
        }
        if !self.closings().is_empty() {
            inside(
                "pulse/asking.pub".to_owned(),
                ASKING_PUB.as_bytes().to_vec(),
            );
        }
        for note in &self.notes {
            inside(
                format!("notes/{}", note.name),
                note.text.clone().into_bytes(),
            );
        }
        for leaving in &self.leavings {
            inside(leaving.name.clone(), leaving.text.clone().into_bytes());
        }
        for attachment in &self.attachments {
            let bytes = match &attachment.content {
                Content::Picture { pixels, remark } => png(pixels.as_bytes(), remark),
                Content::Document(text) | Content::Other(text) => text.clone().into_bytes(),
            };
            inside(format!("files/{}", attachment.name), bytes);
        }
        files
    }

    fn site_file(&self) -> String {
        let mut toml = format!("[firm]\nname = {}\n", quoted(&self.firm));
        toml += "contact = \"mailto:hello@firm.example\"\n[site]\naccess = \"link\"\ntimezone = \"Europe/London\"\n";
        let terms: Vec<String> = self.terms.iter().map(|term| quoted(term)).collect();
        toml + &format!("[confidential]\nterms = [{}]\n", terms.join(", "))
    }

    fn engagement_file(&self) -> String {
        let facts = &self.facts;
        let mut keys = Keys::of(&self.manner);
        keys.text("title", Some(&self.title));
        keys.text("purpose", facts.purpose.as_ref());
        keys.text("aims", facts.aims.as_ref());
        keys.text("motivation", facts.motivation.as_ref());
        keys.text("resources", facts.resources.as_ref());
        keys.bare("start", Some("2026-01-12"));
        keys.bare("end", facts.end.as_ref());
        let paused = facts.paused;
        let paused = paused.map(|(from, until)| format!("{{ from = {from}, until = {until} }}"));
        keys.bare("paused", paused);
        keys.bare("closes", self.closes.as_ref());
        keys.bare("timezone", self.timezone.map(quoted));
        keys.bare("link", Some("2"));
        keys.text("language", self.language.map(str::to_owned).as_ref());
        let silence: Vec<String> = self.silence.iter().map(|name| quoted(name)).collect();
        keys.bare("silence", Some(format!("[{}]", silence.join(", "))));
        keys.bare("documents", Some("true"));
        keys.bare("was", was(&self.was));
        if let Some(sessions) = &facts.sessions {
            let mut inside = vec![
                format!("planned = {}", sessions.planned),
                format!("held = [{}]", sessions.held.join(", ")),
                format!("booked = [{}]", sessions.booked.join(", ")),
            ];
            inside.extend(sessions.hours.map(|hours| format!("hours = {hours}")));
            let rhythm = sessions.rhythm.as_ref();
            inside.extend(rhythm.map(|text| format!("rhythm = {}", quoted(text))));
            keys.bare("sessions", Some(format!("{{ {} }}", inside.join(", "))));
        }
        let competencies = facts.competencies.iter().map(|(text, goal)| {
            let text = quoted(text);
            let mut goals = self.goals.iter();
            match goals.find(|other| Some(other.number) == *goal) {
                Some(goal) => format!(
                    "{{ text = {text}, goal = {} }}",
                    quoted(&last(&goal.was, &goal.id))
                ),
                None => text,
            }
        });
        let competencies: Vec<String> = competencies.collect();
        keys.bare(
            "competencies",
            Some(format!("[{}]", competencies.join(", "))),
        );
        if let Journey::Named(name) = facts.journey {
            keys.bare("journey", Some(quoted(name)));
        }
        let step = |index| facts.journey.step(index).map(|step| step.to_string());
        keys.bare("present_step", step(facts.present));
        let mut toml = keys.written();
        if let Journey::Own(steps) = &facts.journey {
            for (title, from) in steps {
                toml += &format!("[[step]]\ntitle = {}\n", quoted(title));
                toml += &from
                    .as_ref()
                    .map_or(String::new(), |from| format!("from = {from}\n"));
            }
        }
        for activity in &facts.activities {
            let mut keys = Keys::of(&Manner::default());
            keys.bare("step", step(Some(activity.step)));
            keys.text("text", activity.text.as_ref());
            keys.bare("done", activity.done.as_ref());
            keys.text("outcome", activity.outcome.as_ref());
            toml += &format!("[[activity]]\n{}", keys.written());
        }
        toml += "[share]\n";
        toml += &self
            .agreed
            .as_ref()
            .map_or(String::new(), |day| format!("agreed = {day}\n"));
        for part in ["people", "follow_up"] {
            if !self.share.contains_key(part) {
                toml += &format!("{part} = []\n");
            }
        }
        for (part, words) in &self.share {
            toml += &format!("{part} = {}\n", self.list(words));
        }
        for person in &self.people {
            toml += &stakeholder(person);
        }
        toml += "[pulse]\n";
        if let Some((low, high)) = &self.pulse.level {
            toml += &format!(
                "scale = {{ from = 1, to = 7, low = {}, high = {} }}\n",
                quoted(low),
                quoted(high)
            );
        }
        toml += &self
            .pulse
            .target
            .map_or(String::new(), |target| format!("target = {target}.0\n"));
        toml += &self
            .pulse
            .minimum
            .map_or(String::new(), |minimum| format!("minimum = {minimum}\n"));
        let closings = self.closings();
        if !closings.is_empty() {
            toml += &format!("rounds = [{}]\n", closings.join(", "));
        }
        let open = self.pulse.open;
        toml += &open.map_or(String::new(), |open| format!("open = {open}\n"));
        let period = self.pulse.period.as_ref();
        toml += &period.map_or(String::new(), |text| format!("period = {}\n", quoted(text)));
        if !self.pulse.words.is_empty() {
            toml += "[pulse.words]\n";
        }
        for (word, score) in &self.pulse.words {
            toml += &format!("{} = {score}\n", quoted(word));
        }
        toml += "[communication]\n";
        for (key, text) in &facts.communication {
            toml += &format!("{key} = {}\n", quoted(text));
        }
        toml += "[roles]\n";
        for (role, text) in &facts.roles {
            toml += &format!("{} = {}\n", role.word(), quoted(text));
        }
        for assessment in &self.assessments {
            let mut keys = Keys::of(&Manner::default());
            keys.bare("kind", Some(quoted(assessment.kind)));
            keys.text("name", assessment.name.as_ref());
            keys.bare("date", Some(&assessment.day));
            let themes: Vec<String> = assessment.themes.iter().map(|text| quoted(text)).collect();
            keys.bare("themes", Some(format!("[{}]", themes.join(", "))));
            toml += &format!("[[assessment]]\n{}", keys.written());
        }
        for outcome in &self.outcomes {
            let mut keys = Keys::of(&Manner::default());
            keys.text("text", Some(&outcome.text));
            for (key, text) in &outcome.stood {
                keys.text(key, Some(text));
            }
            let goal = self.goal_key(outcome.goal);
            toml += &format!("[[outcome]]\n{goal}{}", keys.written());
        }
        for correction in &self.corrections {
            let mut keys = Keys::of(&Manner::default());
            keys.bare("date", Some(&correction.day));
            keys.text("text", Some(&correction.text));
            keys.text("why", correction.why.as_ref());
            toml += &format!("[[correction]]\n{}", keys.written());
        }
        for milestone in &facts.milestones {
            let Milestone { title, day, .. } = milestone;
            toml += &format!("[[milestone]]\ntitle = {}\ndate = {day}\n", quoted(title));
            toml += &step(milestone.step).map_or(String::new(), |step| format!("step = {step}\n"));
        }
        toml
    }

    fn goal_file(&self, goal: &Goal) -> String {
        let mut keys = Keys::of(&goal.manner);
        keys.text("title", Some(&goal.title));
        keys.text("alias", goal.alias.as_ref());
        keys.text("statement", goal.statement.as_ref());
        keys.text("behaviour", goal.behaviour.as_ref());
        let good: Vec<String> = goal.good.iter().map(|sign| quoted(sign)).collect();
        keys.bare("good", Some(format!("[{}]", good.join(", "))));
        for (key, text) in &goal.matters {
            keys.text(key, Some(text));
        }
        keys.bare("reached", goal.reached.as_ref());
        keys.bare("corrected", goal.corrected.as_ref());
        keys.text("in_my_words", goal.in_my_words.as_ref());
        keys.text("thanks", goal.thanks.as_ref());
        keys.bare("was", was(&goal.was));
        keys.bare(
            "supporters",
            goal.supporters.as_ref().map(|numbers| self.ids(numbers)),
        );
        keys.bare(
            "share",
            (!goal.share.is_empty()).then(|| self.share_table(&goal.share)),
        );
        let mut toml = keys.written();
        for (until, statement, behaviour) in &goal.before {
            let mut keys = Keys::of(&Manner::default());
            keys.bare("until", Some(until));
            keys.text("statement", statement.as_ref());
            keys.text("behaviour", behaviour.as_ref());
            toml += &format!("[[before]]\n{}", keys.written());
        }
        for action in &goal.actions {
            toml += &self.action("action", action);
        }
        for support in &goal.support {
            let mut keys = Keys::of(&Manner::default());
            keys.text("from", Some(&self.called(support.from)));
            keys.text("text", Some(&support.text));
            keys.bare("kind", support.kind.map(quoted));
            keys.bare("due", support.due.as_ref());
            keys.bare("agreed", support.agreed.as_ref());
            keys.bare("given", support.given.as_ref());
            toml += &format!("[[support]]\n{}", keys.written());
        }
        for idea in &goal.ideas {
            let mut keys = Keys::of(&Manner::default());
            keys.text("text", Some(&idea.text));
            keys.bare("tried", idea.tried.as_ref());
            keys.text("came", idea.came.as_ref());
            toml += &format!("[[idea]]\n{}", keys.written());
        }
        self.with_body(&toml, &goal.body)
    }

    fn agenda_file(&self, agenda: &Agenda) -> String {
        let mut keys = Keys::of(&agenda.manner);
        keys.text("title", Some(&agenda.title));
        keys.bare("kind", agenda.kind.map(quoted));
        keys.bare(
            "start",
            Some(format!("{}T{:02}:00:00", agenda.day, agenda.hour)),
        );
        keys.bare("timezone", agenda.timezone.map(quoted));
        keys.bare("minutes", Some(agenda.minutes.to_string()));
        keys.bare("attendees", Some(self.ids(&agenda.attendees)));
        keys.text("place", agenda.place.as_ref());
        keys.bare("coach_part", agenda.coach_part.map(quoted));
        keys.bare("share", agenda.share.as_ref().map(|words| self.list(words)));
        let mut toml = keys.written();
        for item in &agenda.items {
            toml += &format!("[[item]]\ntext = {}\n", quoted(&item.text));
            toml += &item
                .minutes
                .map_or(String::new(), |minutes| format!("minutes = {minutes}\n"));
            toml += &item.lead.map_or(String::new(), |lead| {
                format!("lead = {}\n", quoted(&self.called(lead)))
            });
        }
        for (goal, text) in &agenda.outcomes {
            toml += &format!(
                "[[outcome]]\n{}text = {}\n",
                self.goal_key(*goal),
                quoted(text)
            );
        }
        for action in &agenda.next {
            toml += &self.action("next", action);
        }
        for action in &agenda.debrief {
            toml += &self.action("debrief", action);
        }
        self.with_body(&toml, &agenda.body)
    }

    fn update_file(&self, update: &Update) -> String {
        let mut keys = Keys::of(&update.manner);
        keys.text("title", Some(&update.title));
        keys.bare("share", update.share.as_ref().map(|words| self.list(words)));
        self.with_body(&keys.written(), &update.body)
    }

    fn agreement_file(&self, agreement: &Agreement) -> String {
        let mut keys = Keys::of(&agreement.manner);
        keys.text("title", agreement.title.as_ref());
        keys.bare("changed", agreement.changed.as_ref());
        let mut toml = keys.written();
        for (person, agreed) in &agreement.parties {
            let mut keys = Keys::of(&Manner::default());
            keys.text("person", Some(&self.called(*person)));
            keys.bare("agreed", agreed.as_ref());
            toml += &format!("[[party]]\n{}", keys.written());
        }
        self.with_body(&toml, &agreement.body)
    }

    fn review_file(&self, review: &Review) -> String {
        let mut keys = Keys::of(&review.manner);
        keys.bare("kind", Some(quoted(review.kind)));
        keys.text("title", review.title.as_ref());
        let continues = review.continues.iter().map(|(text, with)| {
            let text = quoted(text);
            match with.is_empty() {
                true => text,
                false => format!("{{ text = {text}, with = {} }}", self.ids(with)),
            }
        });
        let continues: Vec<String> = continues.collect();
        keys.bare("continues", Some(format!("[{}]", continues.join(", "))));
        let texts = |texts: &[String]| {
            let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
            (!texts.is_empty()).then(|| format!("[{}]", texts.join(", ")))
        };
        keys.bare("celebrated", texts(&review.celebrated));
        keys.bare("found", texts(&review.found));
        keys.bare("follow_up", review.follow_up.as_ref());
        keys.bare("share", review.share.as_ref().map(|words| self.list(words)));
        let mut toml = keys.written();
        for outcome in &review.outcomes {
            let (intended, actual) = (quoted(&outcome.intended), quoted(&outcome.actual));
            toml += &format!(
                "[[outcome]]\n{}intended = {intended}\nactual = {actual}\n",
                self.goal_key(outcome.goal)
            );
        }
        self.with_body(&toml, &review.body)
    }

    fn themes_file(&self, round: &Round) -> String {
        let mut toml = Keys::of(&round.manner).written();
        for theme in &round.themes {
            toml += &format!(
                "[[theme]]\n{}text = {}\n",
                self.goal_key(Some(theme.goal)),
                quoted(&theme.text)
            );
        }
        format!("+++\n{toml}+++\n")
    }

    fn ratings_file(&self, round: &Round) -> String {
        let is_reversed = round.manner.is_reversed;
        let who = if round.is_anonymous { "group" } else { "rater" };
        let mut csv = if is_reversed {
            format!("comment,followed_up,score,goal,{who}\n")
        } else {
            format!("{who},goal,score,followed_up,comment\n")
        };
        for rating in &round.ratings {
            let person = self.person(rating.rater);
            if round.is_anonymous && person.role == Role::Coachee {
                continue;
            }
            let goal = self
                .goals
                .iter()
                .find(|goal| goal.number == rating.goal)
                .unwrap();
            let comment = rating
                .comment
                .as_deref()
                .unwrap_or_default()
                .replace('"', "\"\"");
            let group = || person.capacity(&round.day).1.cloned().unwrap_or_default();
            let mut fields = [
                if round.is_anonymous {
                    group()
                } else {
                    self.called(rating.rater)
                },
                last(&goal.was, &goal.id),
                rating.score.to_string(),
                rating
                    .followed_up
                    .map_or("", |is_so| if is_so { "yes" } else { "no" })
                    .to_owned(),
                format!("\"{comment}\""),
            ];
            if is_reversed {
                fields.reverse();
            }
            csv += &(fields.join(",") + "\n");
        }
        csv
    }

    fn action(&self, table: &str, action: &Action) -> String {
        let mut keys = Keys::of(&Manner::default());
        keys.text("text", Some(&action.text));
        keys.text(
            "owner",
            action.owner.map(|owner| self.called(owner)).as_ref(),
        );
        keys.bare("due", action.due.as_ref());
        keys.bare("done", action.done.as_ref());
        keys.bare("dropped", action.dropped.as_ref().map(|(day, _)| day));
        keys.text(
            "why",
            action.dropped.as_ref().and_then(|(_, why)| why.as_ref()),
        );
        format!("[[{table}]]\n{}", keys.written())
    }

    fn goal_key(&self, number: Option<Number>) -> String {
        let goal = self.goals.iter().find(|goal| Some(goal.number) == number);
        goal.map_or(String::new(), |goal| {
            format!("goal = {}\n", quoted(&last(&goal.was, &goal.id)))
        })
    }

    fn with_body(&self, toml: &str, body: &[Passage]) -> String {
        let mut text = format!("+++\n{toml}+++\n");
        for passage in body {
            match &passage.reach {
                Reach::Common => text += &(passage.text.clone() + "\n"),
                Reach::Private => text += &format!("::: private\n{}\n:::\n", passage.text),
                Reach::Only(words) => {
                    let words: Vec<String> = words.iter().map(|word| self.word(*word)).collect();
                    text += &format!("::: only {}\n{}\n:::\n", words.join(" "), passage.text);
                }
            }
        }
        text
    }

    fn share_table(&self, share: &Share) -> String {
        let parts: Vec<String> = share
            .iter()
            .map(|(part, words)| format!("{part} = {}", self.list(words)))
            .collect();
        format!("{{ {} }}", parts.join(", "))
    }

    fn list(&self, words: &[Word]) -> String {
        let words: Vec<String> = words.iter().map(|word| quoted(&self.word(*word))).collect();
        format!("[{}]", words.join(", "))
    }

    fn ids(&self, numbers: &[Number]) -> String {
        let words: Vec<Word> = numbers.iter().map(|number| Word::Person(*number)).collect();
        self.list(&words)
    }

    /// An id that means the person: the latest of before, where there is one, since files written then still say it.
    fn called(&self, number: Number) -> String {
        let person = self.person(number);
        last(&person.was, &person.id)
    }

    fn word(&self, word: Word) -> String {
        match word {
            Word::Role(role) => role.word().to_owned(),
            Word::Person(number) => self.called(number),
            Word::Everyone => "everyone".to_owned(),
            Word::Attendees => "attendees".to_owned(),
        }
    }
}

/// The latest of the old ids, or else that of today.
fn last(was: &[String], id: &str) -> String {
    was.last().map_or_else(|| id.to_owned(), Clone::clone)
}

/// Old ids as a list, if there are any.
fn was(ids: &[String]) -> Option<String> {
    let list: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
    (!list.is_empty()).then(|| format!("[{}]", list.join(", ")))
}

fn stakeholder(person: &Person) -> String {
    let mut keys = Keys::of(&Manner::default());
    keys.text("id", Some(&person.id));
    keys.bare("was", was(&person.was));
    keys.text("name", Some(&person.name));
    let now = (person.role, person.group.clone());
    let (last, time) = match &person.time.becomes {
        Some((role, group, _)) => ((*role, group.clone()), &person.time),
        None => (now.clone(), &person.time),
    };
    keys.bare("role", Some(quoted(last.0.word())));
    keys.text("title", person.title.as_ref());
    keys.text("group", last.1.as_ref());
    keys.bare("from", time.from);
    keys.bare("until", time.until);
    keys.bare("apart", person.apart.map(str::to_owned));
    keys.bare("language", person.language.map(quoted));
    keys.text("email", person.email.as_ref());
    keys.bare("same_person", person.same_person.map(str::to_owned));
    keys.bare("link", (person.link != 1).then(|| person.link.to_string()));
    keys.bare("portal", (!person.portal).then_some("false"));
    let mut toml = format!("[[stakeholder]]\n{}", keys.written());
    let was = time.was.clone();
    let becomes = time.becomes.as_ref();
    let becomes = becomes.map(|(_, _, from)| (now.0, now.1.clone(), *from));
    for (role, group, until) in was.into_iter().chain(becomes) {
        let mut keys = Keys::of(&Manner::default());
        keys.bare("role", Some(quoted(role.word())));
        keys.text("group", group.as_ref());
        keys.bare("until", Some(until));
        toml += &format!("[[stakeholder.before]]\n{}", keys.written());
    }
    toml
}

/// The keys of a table, in the order in which they are written.
struct Keys {
    manner: Manner,
    lines: Vec<String>,
}

impl Keys {
    fn of(manner: &Manner) -> Self {
        Self {
            manner: manner.clone(),
            lines: Vec::new(),
        }
    }

    fn text(&mut self, key: &str, value: Option<&String>) {
        self.bare(key, value.map(|value| quoted(value)));
    }

    fn bare(&mut self, key: &str, value: Option<impl AsRef<str>>) {
        self.lines
            .extend(value.map(|value| format!("{key} = {}", value.as_ref())));
    }

    fn written(mut self) -> String {
        if self.manner.is_reversed {
            self.lines.reverse();
        }
        let remark = self
            .manner
            .remark
            .as_deref()
            .map_or(String::new(), |remark| format!(" # {remark}"));
        let lines: Vec<String> = self
            .lines
            .iter()
            .map(|line| format!("{line}{remark}\n"))
            .collect();
        lines.concat()
    }
}

fn quoted(text: &str) -> String {
    format!(
        "\"{}\"",
        text.replace('\\', "\\\\")
            .replace('"', "\\\"")
            .replace('\n', "\\n")
    )
}
