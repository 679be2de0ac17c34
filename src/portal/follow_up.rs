//! How many raters saw a follow-up: a figure of each round where it moves, else one sentence.

use std::sync::Arc;

use crate::portal::view::figures::{ShareView, SteadyView};
use crate::progress::figures::{GoalFigures, Share};

/// Whether a round has a share.
pub(super) fn is_known(figures: &GoalFigures) -> bool {
    let mut rounds = figures.rounds.iter();
    rounds.any(|round| round.followed_up.is_some())
}

/// The share who saw a follow-up, where it is the same in every round that has one.
pub(super) fn steady(figures: &GoalFigures) -> Option<Arc<SteadyView>> {
    let mut shares = figures.rounds.iter().filter_map(|round| round.followed_up);
    let first = shares.next()?;
    let mut rounds = 1;
    for share in shares {
        if share != first {
            return None;
        }
        rounds += 1;
    }
    let share = share_view(first);
    Some(Arc::new(SteadyView { share, rounds }))
}

/// A share as a page shows it.
pub(super) fn share_view(share: Share) -> Arc<ShareView> {
    Arc::new(ShareView {
        percent: share.percent,
        bound: share.bound,
    })
}
