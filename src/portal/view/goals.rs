//! Goals with their actions, the support asked for, and what is said about a round.

use std::sync::Arc;

use jiff::civil::Date;

use crate::engagement::goal::SupportKind;
use crate::portal::chart::Chart;
use crate::portal::states::{ActionState, AskKind};
use crate::portal::view::figures::ProgressView;
use crate::portal::view::sharing::PassageView;

view! {
    /// Something that the reader is asked to do.
    AskView {
        /// Whether it is support, an action, a next step or a yes to the agreement.
        kind: AskKind,
        /// What, in the words of the folder; a yes to the agreement is asked for in those of the theme.
        text: Option<String>,
        /// The goal that it belongs to, if it is one.
        goal: Option<Arc<GoalName>>,
        /// The meeting that it belongs to, if it is one.
        meeting: Option<String>,
        /// The place of that in the page.
        anchor: String,
        /// If it is support, what kind.
        support: Option<SupportKind>,
        /// The day on which the reader said yes to it.
        agreed: Option<Date>,
        /// The day by which.
        due: Option<Date>,
        /// The first day on which it can be done, if it waits for one.
        from: Option<Date>,
        /// Whether that day is over, where the reader is told so.
        is_overdue: bool,
    }
}

view! {
    /// What a reader calls a goal.
    GoalName {
        /// Its title or its alias; a reader who has neither knows it by its number.
        title: Option<String>,
        /// Its number among the goals that the reader sees, from 1.
        number: u32,
        /// Its place in the page.
        anchor: String,
    }
}

view! {
    /// A goal, as much of it as the reader sees.
    GoalView {
        /// What the reader calls it.
        name: Arc<GoalName>,
        /// Whether the wording is seen.
        has_wording: bool,
        /// What is to be reached.
        statement: Option<String>,
        /// What others will observe.
        behaviour: Option<String>,
        /// What good looks like.
        good: Vec<String>,
        /// Which aim of the organisation it serves.
        serves: Option<String>,
        /// Why it matters to the business.
        business: Option<String>,
        /// What it means for the coachee's own way.
        career: Option<String>,
        /// What the goal said before it was reworded, the latest first.
        before: Vec<Arc<BeforeView>>,
        /// On the pages of the coachee and the coach, the names of those who read its wording besides them.
        readers: Option<Vec<String>>,
        /// Why it matters.
        prose: Vec<Arc<PassageView>>,
        /// What the coachee does about it; absent where the reader may not see it.
        actions: Option<Vec<Arc<ActionView>>>,
        /// What others are asked to do; absent where the reader may not see it.
        support: Option<Vec<Arc<SupportView>>>,
        /// Ideas that the coachee heard, if the reader sees them.
        ideas: Vec<Arc<IdeaView>>,
        /// Thanks for them in a line.
        thanks: Option<String>,
        /// The names of those who rate it, where the wording and the people are seen.
        supporters: Vec<String>,
        /// The figures; absent where the reader may not see them or there are none.
        progress: Option<Arc<ProgressView>>,
        /// The day on which it was reached; for whoever may see the figures.
        reached: Option<Date>,
        /// How it goes, in one line of the coachee's own; for whoever may see the figures.
        in_my_words: Option<String>,
        /// What the coach says about single rounds, the latest first.
        themes: Vec<Arc<ThemeView>>,
    }
}

view! {
    /// Words that a goal had before.
    BeforeView {
        /// The last day of these words.
        until: Date,
        /// What was to be reached.
        statement: Option<String>,
        /// What others were to observe.
        behaviour: Option<String>,
    }
}

view! {
    /// Something that someone does about a goal.
    ActionView {
        /// What.
        text: String,
        /// Who.
        owner: Option<String>,
        /// The day by which.
        due: Option<Date>,
        /// The day on which it was done.
        done: Option<Date>,
        /// The day on which it was given up.
        dropped: Option<Date>,
        /// Why it was given up.
        why: Option<String>,
        /// How far it is.
        state: ActionState,
    }
}

view! {
    /// What a person is asked to do for the coachee.
    SupportView {
        /// Who.
        from: String,
        /// What.
        text: String,
        /// Whether it is the reader.
        is_me: bool,
        /// What kind of support it is.
        kind: SupportKind,
        /// The day by which it is wanted.
        due: Option<Date>,
        /// Whether that day is over, where the reader is told so.
        is_overdue: bool,
        /// The day on which that person said yes to it.
        agreed: Option<Date>,
        /// The day on which it was given.
        given: Option<Date>,
    }
}

view! {
    /// An idea for the time ahead.
    IdeaView {
        /// What it is, in the coachee's words.
        text: String,
        /// The day from which it is tried.
        tried: Option<Date>,
        /// What came of it.
        came: Option<String>,
    }
}

view! {
    /// How many of some things are done.
    TallyView {
        /// How many there are.
        all: u32,
        /// How many are done.
        done: u32,
        /// How many are not done although their day is over; none are counted for anyone but the coachee and the coach.
        overdue: u32,
        /// The same as a drawing.
        chart: Arc<Chart>,
    }
}

view! {
    /// What the coach says about a goal in one round.
    ThemeView {
        /// The round.
        round: Date,
        /// The coach's words.
        text: String,
    }
}
