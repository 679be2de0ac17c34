//! That rounds were held and no figure of them can be shown.
//!
//! The rule it guards: only whoever would see figures is told, and told the day alone: neither how many answered nor about what.

use jiff::civil::Date;

use crate::portal::perspective::Perspective;

/// The day of the last round, where the reader may see how goals come along and no round shows a figure of any of them.
pub(super) fn since(perspective: &Perspective<'_>) -> Option<Date> {
    let goals = perspective.engagement.goals.iter();
    let mut seen = goals.filter(|goal| goal.progress.admits(perspective.reader));
    let first = seen.next()?;
    let has_figures = |id| perspective.figures.of_goal(id).is_some();
    if has_figures(&first.id) || seen.any(|goal| has_figures(&goal.id)) {
        return None;
    }
    let rounds = perspective.engagement.pulse.rounds.iter();
    rounds.map(|round| round.date).max()
}
