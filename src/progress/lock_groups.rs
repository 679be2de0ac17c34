//! Who is counted with whom, as the record of published rounds hashes it.

use crate::engagement::id::StakeholderId;
use crate::progress::plan::Plan;

/// Who is counted with whom, in ids, and who is counted with nobody.
pub(super) fn groups<'a>(plan: &Plan<'a>) -> (Vec<String>, Vec<&'a StakeholderId>) {
    let Plan::Shown {
        apart,
        left_out,
        groups,
    } = plan
    else {
        return (Vec::new(), Vec::new());
    };
    let groups = groups
        .values()
        .map(|group| ids(group.iter().map(|rating| &rating.rater)));
    let alone = apart.iter().chain(left_out);
    (
        groups.collect(),
        alone.map(|rating| &rating.rater).collect(),
    )
}

/// What the hash of who is counted with whom is made of. Version 0.1.0 named those who stand alone also where nobody did.
pub(super) fn lines(groups: &[String], alone: Option<&[&StakeholderId]>) -> String {
    let alone = alone.map(|alone| format!("alone {}", ids(alone.iter().copied())));
    let mut lines: Vec<String> = groups.iter().cloned().chain(alone).collect();
    lines.sort_unstable();
    lines.join("\n")
}

/// Ids in one line, in order.
pub(super) fn ids<'a>(people: impl Iterator<Item = &'a StakeholderId>) -> String {
    let mut ids: Vec<&str> = people.map(StakeholderId::as_str).collect();
    ids.sort_unstable();
    ids.join(" ")
}
