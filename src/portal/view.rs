//! The only values that a template can see, field by field.
//!
//! The rule it guards: what a reader may not see has no field here. A view is filled by `PortalView::of` from what was revealed to one
//! reader; nothing in it leads back to the engagement. Text is escaped by the template engine; only [`Html`] is not.

use std::sync::Arc;

use jiff::civil::{Date, DateTime};
use minijinja::value::{Enumerator, Object, Value};

use crate::engagement::agenda::{CoachPart, Kind};
use crate::engagement::audience::Part;
use crate::engagement::review::ReviewKind;
use crate::engagement::stakeholder::Role;
use crate::portal::chart::Chart;
use crate::portal::html::Html;
use crate::portal::present::Present;
use crate::portal::states::{ActionState, AskKind, Position, ScaleKind, StepState, TargetState};
use crate::progress::change::Direction;
use crate::progress::figures::Bound;

/// Defines a view: a struct whose fields, and nothing else, a template can read by their names.
macro_rules! view {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }

        impl Object for $name {
            fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
                match key.as_str()? {
                    $(stringify!($field) => Some(self.$field.present()),)*
                    _ => None,
                }
            }

            fn enumerate(self: &Arc<Self>) -> Enumerator {
                Enumerator::Str(&[$(stringify!($field)),*])
            }
        }

        impl Present for Arc<$name> {
            fn present(&self) -> Value {
                Value::from_dyn_object(Arc::clone(self))
            }
        }
    };
}

view! {
    /// Everything that one reader gets.
    PortalView {
        /// The firm.
        firm: Arc<FirmView>,
        /// The title of the engagement.
        title: String,
        /// The reader.
        reader: Arc<PersonView>,
        /// The day of the build.
        as_of: Date,
        /// The day on which the page goes.
        closes: Option<Date>,
        /// What the reader may read, since when, and what no one may.
        sharing: Arc<SharingView>,
        /// Who takes part: the coachee, the coach and the managers, and everyone for whoever may read who else does.
        people: Vec<Arc<PersonView>>,
        /// Dates and how people work together.
        facts: Option<Arc<FactsView>>,
        /// What a person in the reader's role does.
        my_role: Option<String>,
        /// What this reader is asked to do, the earliest first.
        asked: Vec<Arc<AskView>>,
        /// The goals of which the reader sees a part.
        goals: Vec<Arc<GoalView>>,
        /// The actions that the reader sees, counted; absent where the reader sees none.
        actions: Option<Arc<TallyView>>,
        /// The first meeting still to come.
        next_meeting: Option<Arc<MeetingView>>,
        /// The meetings after that.
        later_meetings: Vec<Arc<MeetingView>>,
        /// The meetings that were, the latest first.
        past_meetings: Vec<Arc<MeetingView>>,
        /// The updates, the latest first.
        updates: Vec<Arc<UpdateView>>,
        /// Reviews, the latest first.
        reviews: Vec<Arc<ReviewView>>,
    }
}

view! {
    /// The firm, in every portal.
    FirmView {
        /// Its name.
        name: String,
        /// Where readers turn: a `mailto:` or `https:` address.
        contact: Option<String>,
        /// The same, as it is read.
        contact_label: Option<String>,
        /// How personal data is handled, as it is read: a sentence, or an address.
        privacy: Option<String>,
        /// Where that leads, if it is an address.
        privacy_address: Option<String>,
        /// The logo as a `data:` address.
        logo: Option<String>,
    }
}

view! {
    /// A person.
    PersonView {
        /// The name.
        name: String,
        /// The person's role.
        role: Role,
        /// The job title.
        title: Option<String>,
        /// Whether it is the reader.
        is_me: bool,
    }
}

view! {
    /// What the reader may read, since when, and what no one may.
    SharingView {
        /// The day the coachee agreed to what the reader may read, or to the last of it.
        agreed: Option<Date>,
        /// The earlier day of the plan, where that is the rest of it: goals and what goes with them.
        plan: Option<Date>,
        /// The day of each part, where they differ.
        since: Vec<Arc<PartSinceView>>,
        /// The parts of which the reader's page holds something.
        parts: Vec<Part>,
        /// Who reads what, for the coachee and the coach.
        table: Option<Vec<Arc<SharedPartView>>>,
        /// Whose own answers the reader finds under a name; also the reader's own, where the reader's word lets them stand alone.
        apart: Vec<Arc<ApartView>>,
        /// Whether whoever attends a meeting reads its agenda.
        attendees_see_agendas: bool,
        /// What others see of the reader's own answers, if the reader is asked for any.
        answers: Option<Arc<AnswersView>>,
    }
}

view! {
    /// What others see of what one rater answered.
    AnswersView {
        /// How many people stand behind any figure, at the least.
        minimum: u32,
        /// Whether figures of the reader's group are shown beside those of everyone.
        by_group: bool,
    }
}

view! {
    /// Since when the reader may read a part.
    PartSinceView {
        /// The part.
        part: Part,
        /// The day the coachee agreed to it.
        date: Date,
    }
}

view! {
    /// A part in the table of who reads what.
    SharedPartView {
        /// The part.
        part: Part,
        /// Who reads what is there of it; more than one line where items differ, none where nothing is there.
        lines: Vec<Arc<SharedLineView>>,
        /// The names of those with whom the part is shared, and who have nothing of it yet.
        to_come: Vec<String>,
    }
}

view! {
    /// Items that are read by the same people.
    SharedLineView {
        /// The items; empty where it is all that there is of the part.
        items: Vec<Arc<SharedItemView>>,
        /// The names of those who read them besides the coachee and the coach.
        people: Vec<String>,
        /// The names of those from whom something in them is hidden.
        in_part: Vec<String>,
    }
}

view! {
    /// An item in the table of who reads what.
    SharedItemView {
        /// Its title.
        title: Option<String>,
        /// What a review is, which stands for a title where it has none.
        review: Option<ReviewKind>,
    }
}

view! {
    /// A stretch of a text: what everyone reads who reads the text, or a passage that is for some of them.
    PassageView {
        /// What it says.
        html: Html,
        /// For a passage on the pages of the coachee and the coach, the names of those who read it besides them.
        readers: Option<Vec<String>>,
    }
}

view! {
    /// Dates and how people work together.
    FactsView {
        /// Why this engagement.
        purpose: Option<String>,
        /// Which aims of the organisation it serves.
        aims: Option<String>,
        /// Time, budget, assessments and training that go with it.
        resources: Option<String>,
        /// The first day.
        start: Option<Date>,
        /// The last day.
        end: Option<Date>,
        /// The coaching sessions.
        sessions: Option<Arc<SessionsView>>,
        /// Where the engagement stands.
        journey: Option<Arc<JourneyView>>,
        /// What the coachee is to be able to do in the end.
        competencies: Vec<String>,
        /// Points on the way, in order.
        milestones: Vec<Arc<MilestoneView>>,
        /// The first of them whose day is not over.
        next_milestone: Option<Arc<MilestoneView>>,
        /// How often and through whom news comes.
        communication_updates: Option<String>,
        /// Whom to turn to.
        communication_escalation: Option<String>,
        /// What stays where it was said.
        communication_confidentiality: Option<String>,
        /// What has to be told all the same.
        communication_exceptions: Option<String>,
        /// How the coaching touches performance reviews; never there for a supporter.
        performance: Option<String>,
        /// Who does what.
        roles: Vec<Arc<RoleView>>,
    }
}

view! {
    /// Coaching sessions.
    SessionsView {
        /// How many are planned.
        planned: u32,
        /// How many were held until today.
        held: u32,
        /// The days on which one was held until today.
        dates: Vec<Date>,
        /// Held beside planned, as a drawing.
        chart: Arc<Chart>,
    }
}

view! {
    /// The steps of an engagement, the present one marked where it was said.
    JourneyView {
        /// `eight-steps`, `stakeholder-centred`, `four-stages` or `own`.
        method: &'static str,
        /// Whether the last step leads to the first again.
        is_loop: bool,
        /// Whether the theme's language says what is done in each step and what comes of it.
        tells_each_step: bool,
        /// The steps in order.
        steps: Vec<Arc<StepView>>,
        /// What is known of where the engagement stands.
        position: Position,
        /// The number of the present step, from 1, if there is one.
        at: Option<u32>,
    }
}

view! {
    /// One step of a journey.
    StepView {
        /// The number, from 1.
        number: u32,
        /// The title of an own step; a known method's steps are worded by the theme's language.
        title: Option<String>,
        /// Whether it is past, present or future, if that is known.
        state: StepState,
    }
}

view! {
    /// A point on the way.
    MilestoneView {
        /// What is reached.
        title: String,
        /// The day.
        date: Date,
        /// Whether the day is over.
        is_past: bool,
    }
}

view! {
    /// What people in one role do.
    RoleView {
        /// The role.
        role: Role,
        /// What they do.
        text: String,
    }
}

view! {
    /// Something that the reader is asked to do.
    AskView {
        /// Whether it is support, an action or a next step.
        kind: AskKind,
        /// What.
        text: String,
        /// The goal that it belongs to, if it is one.
        goal: Option<Arc<GoalName>>,
        /// The meeting that it belongs to, if it is one.
        meeting: Option<String>,
        /// The place of that in the page.
        anchor: String,
        /// The day by which.
        due: Option<Date>,
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

view! {
    /// The figures of one goal.
    ProgressView {
        /// What the scores mean.
        scale: Arc<ScaleView>,
        /// The mean to reach.
        target: Option<Arc<TargetView>>,
        /// The latest round that shows a figure.
        latest: Arc<FigureView>,
        /// When that round closed.
        latest_date: Date,
        /// What changed, in values for one sentence.
        change: Option<Arc<ChangeView>>,
        /// All rounds, for the table.
        rounds: Vec<Arc<RoundView>>,
        /// The groups of the table's columns.
        groups: Vec<Arc<GroupView>>,
        /// Whether the table has a column for the coachee's own rating.
        has_own: bool,
        /// Whether the table has columns for the spread.
        has_spread: bool,
        /// Whether the table has a column for follow-up seen.
        has_followed_up: bool,
        /// The mean over the rounds, as a drawing.
        chart: Arc<Chart>,
        /// The same, as small as a word.
        trend: Arc<Chart>,
        /// The spread of the latest round, as a drawing.
        spread_chart: Option<Arc<Chart>>,
    }
}

view! {
    /// The mean to reach.
    TargetView {
        /// The mean.
        figure: Arc<FigureView>,
        /// Whether the latest figure reaches it.
        state: TargetState,
    }
}

view! {
    /// What the scores mean.
    ScaleView {
        /// Whether they say a change or a level.
        kind: ScaleKind,
        /// The lowest score.
        from: i32,
        /// The highest score.
        to: i32,
        /// What the lowest score means.
        low: Option<String>,
        /// What the highest score means.
        high: Option<String>,
    }
}

view! {
    /// A mean, or the words that stand for it.
    FigureView {
        /// Whether there is a value; otherwise there were too few answers.
        is_shown: bool,
        /// The value in points of the scale.
        value: f64,
        /// How many decimals it is read with.
        decimals: u8,
        /// What the value says about the true one.
        bound: Bound,
        /// The upper end, where the bound is `up_to`.
        upper: Option<f64>,
        /// Whether it is written with its sign.
        is_signed: bool,
        /// How many raters stand behind it.
        raters: Option<u32>,
    }
}

view! {
    /// What changed, in values for one sentence.
    ChangeView {
        /// Which way.
        direction: Direction,
        /// By how many points since the baseline; on a change scale, the latest mean itself.
        by: Arc<FigureView>,
        /// The first round that shows a figure.
        since: Date,
        /// How many rounds show a figure.
        rounds: u32,
        /// The band, in points, inside which nothing is said to have changed.
        band: f64,
    }
}

view! {
    /// One round of a goal, as a line of the table.
    RoundView {
        /// The closing date.
        date: Date,
        /// Everyone but the coachee.
        total: Arc<FigureView>,
        /// The groups, in the order of the table's columns; absent where nothing is shown.
        groups: Vec<Option<Arc<FigureView>>>,
        /// The coachee's own rating.
        own: Option<i32>,
        /// How the ratings spread.
        spread: Option<Arc<SpreadView>>,
        /// The share of raters who saw the coachee follow up.
        followed_up: Option<Arc<ShareView>>,
    }
}

view! {
    /// Whose figures a column of the table holds: one of the two is there.
    GroupView {
        /// The name of someone who stands apart.
        person: Option<String>,
        /// A group: `peer`, `report`, `colleagues` or the firm's own word.
        word: Option<String>,
    }
}

view! {
    /// Someone whose own answers the reader finds under a name.
    ApartView {
        /// The name.
        name: String,
        /// The day of that person's own word.
        since: Date,
        /// Whether it is the reader.
        is_me: bool,
    }
}

view! {
    /// A share in whole percent.
    ShareView {
        /// The value, from 0 to 100.
        percent: u8,
        /// What the value says about the true one.
        bound: Bound,
    }
}

view! {
    /// Shares of ratings in whole percent.
    SpreadView {
        /// Ratings of +1 or more.
        improved: u8,
        /// Ratings of 0.
        same: u8,
        /// Ratings of -1 or less.
        worse: u8,
    }
}

view! {
    /// A meeting.
    MeetingView {
        /// On the pages of the coachee and the coach, the names of those who read it besides them.
        readers: Option<Vec<String>>,
        /// Its place in the page.
        anchor: String,
        /// What it is called.
        title: String,
        /// What kind of meeting it is.
        kind: Kind,
        /// When it begins, in the site's time zone.
        start: DateTime,
        /// How long it is.
        minutes: u32,
        /// Where.
        place: Option<String>,
        /// The coach's part where the coachee leads.
        coach_part: Option<CoachPart>,
        /// Who comes.
        attendees: Vec<String>,
        /// Whether the reader is one of them.
        is_mine: bool,
        /// What is talked about.
        items: Vec<Arc<ItemView>>,
        /// What came of it.
        outcomes: Vec<Arc<OutcomeView>>,
        /// What happens next.
        next: Vec<Arc<ActionView>>,
        /// Preparation and the like.
        prose: Vec<Arc<PassageView>>,
    }
}

view! {
    /// One timed item of a meeting.
    ItemView {
        /// How long it takes.
        minutes: Option<u32>,
        /// Who leads it.
        lead: Option<String>,
        /// What it is.
        text: String,
    }
}

view! {
    /// Something that came of a meeting.
    OutcomeView {
        /// What.
        text: String,
        /// Its goal, as the reader knows it.
        goal: Option<Arc<GoalName>>,
    }
}

view! {
    /// An update.
    UpdateView {
        /// On the pages of the coachee and the coach, the names of those who read it besides them.
        readers: Option<Vec<String>>,
        /// Its place in the page.
        anchor: String,
        /// Its headline.
        title: String,
        /// The day it was written.
        date: Date,
        /// What it says.
        prose: Vec<Arc<PassageView>>,
    }
}

view! {
    /// A comparison of intended and actual outcomes.
    ReviewView {
        /// On the pages of the coachee and the coach, the names of those who read it besides them.
        readers: Option<Vec<String>>,
        /// Its place in the page.
        anchor: String,
        /// Whether it stands in the middle or at the end.
        kind: ReviewKind,
        /// Its headline.
        title: Option<String>,
        /// The day of the review.
        date: Date,
        /// Intended beside actual.
        outcomes: Vec<Arc<ComparisonView>>,
        /// What goes on afterwards.
        continues: Vec<String>,
        /// The day to look back together.
        follow_up: Option<Date>,
        /// What else there is to say.
        prose: Vec<Arc<PassageView>>,
    }
}

view! {
    /// What was intended and what came of it.
    ComparisonView {
        /// Its goal, as the reader knows it.
        goal: Option<Arc<GoalName>>,
        /// What was intended.
        intended: String,
        /// What came of it.
        actual: String,
        /// The goal's figures from the first to the latest, in a final review.
        progress: Option<Arc<ProgressView>>,
    }
}

view! {
    /// The page of a person who reads several portals.
    PortalsView {
        /// The firm.
        firm: Arc<FirmView>,
        /// The person's name.
        name: String,
        /// The day of the build.
        as_of: Date,
        /// The portals, by engagement.
        portals: Vec<Arc<PortalLineView>>,
    }
}

view! {
    /// One portal of several.
    PortalLineView {
        /// The title of the engagement.
        title: String,
        /// The person's role there.
        role: Role,
        /// Whose coaching it is, where the reader sees it and is somebody else.
        coachee: Option<String>,
        /// Where it is, as seen from this page.
        address: String,
        /// The first day, where the reader sees it.
        start: Option<Date>,
        /// The last day, where the reader sees it.
        end: Option<Date>,
        /// The next meeting that the reader sees.
        next_title: Option<String>,
        /// When that begins.
        next_start: Option<DateTime>,
    }
}

impl PortalsView {
    /// The whole page as the one value that a template starts from.
    pub fn into_value(self) -> Value {
        Value::from_object(self)
    }
}

impl PortalView {
    /// The whole portal as the one value that a template starts from.
    pub fn into_value(self) -> Value {
        Value::from_object(self)
    }
}

impl Object for Chart {}

impl Present for Arc<Chart> {
    fn present(&self) -> Value {
        Value::from_dyn_object(Arc::clone(self))
    }
}

impl Present for Html {
    fn present(&self) -> Value {
        Value::from_safe_string(self.as_str().to_owned())
    }
}
