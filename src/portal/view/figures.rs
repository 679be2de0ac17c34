//! Figures: how far a goal has come, round by round.

use std::sync::Arc;

use jiff::civil::Date;

use crate::portal::chart::Chart;
use crate::portal::states::{ScaleKind, TargetState};
use crate::progress::change::Direction;
use crate::progress::figures::Bound;

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
        /// Since when no round was held, where rounds had come more often.
        quiet: Option<Arc<QuietView>>,
        /// The time that the question is about, in the coach's words.
        period: Option<String>,
        /// The day on which the words of the question were mended, if it was asked before.
        corrected: Option<Date>,
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
        /// Whether it is said how many saw a follow-up.
        has_followed_up: bool,
        /// The same in words, where it did not move; the table has a column for it only where it did.
        steady: Option<Arc<SteadyView>>,
        /// The mean over the rounds, as a drawing.
        chart: Arc<Chart>,
        /// The same, as small as a word.
        trend: Arc<Chart>,
        /// The spread of the latest round, as a drawing.
        spread_chart: Option<Arc<Chart>>,
    }
}

view! {
    /// A time without rounds.
    QuietView {
        /// The last round.
        last: Date,
        /// The day from which the page says so.
        from: Date,
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
    /// A share that is the same in every round that has one.
    SteadyView {
        /// The share.
        share: Arc<ShareView>,
        /// In how many rounds.
        rounds: u32,
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
