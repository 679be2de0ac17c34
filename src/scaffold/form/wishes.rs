//! What a coach says about an export that its columns do not say for certain.

/// What the coach says about an export.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    /// The column that says who answered, by its letters or its header.
    pub rater: Option<String>,
    /// The column that says who saw a follow-up, by its letters or its header; `none` where there is none.
    pub followed_up: Option<String>,
    /// What is added to every number: the form's scale began elsewhere.
    pub shift: i32,
    /// Whether people may have answered as in an earlier round.
    pub same_again: bool,
}
