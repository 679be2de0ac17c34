//! The ids that engagements and goals had before, read ahead of everything else, because other files may still call them so.
//!
//! What is wrong in these files is told where they are read as a whole.

use crate::engagement::id::{EngagementId, GoalId};

/// The key that holds them.
const KEY: &str = "was";

/// The ids that an engagement had, from the text of its engagement.toml.
pub(in crate::content) fn of_engagement(text: &str) -> Vec<EngagementId> {
    let words = words(text);
    words
        .iter()
        .filter_map(|word| EngagementId::parse(word))
        .collect()
}

/// The ids that a goal had, from the text of its file.
pub(in crate::content) fn of_goal(text: &str) -> Vec<GoalId> {
    let front = text.split("+++").nth(1).unwrap_or_default();
    let words = words(front);
    words
        .iter()
        .filter_map(|word| GoalId::parse(word))
        .collect()
}

fn words(toml: &str) -> Vec<String> {
    // Most files have none, and are not read twice for it.
    if !toml.contains(KEY) {
        return Vec::new();
    }
    let table: toml::Table = toml.parse().unwrap_or_default();
    let list = table.get(KEY).and_then(toml::Value::as_array);
    let words = list.into_iter().flatten().filter_map(toml::Value::as_str);
    words.map(str::to_owned).collect()
}
