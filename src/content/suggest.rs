//! "Did you mean …?"

/// Names further from what was written than this are no help (Jaro-Winkler: `titel`/`title` 0.95, `owner`/`coach` 0.47).
const CLOSE: f64 = 0.78;

/// Returns the known name that `written` most likely stands for.
pub(super) fn closest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let written = written.trim().to_lowercase().replace(['_', ' '], "-");
    let mut best = None;
    for name in known {
        let likeness = strsim::jaro_winkler(&written, &name.replace('_', "-"));
        let is_better = best.is_none_or(|(_, so_far)| likeness > so_far);
        if likeness >= CLOSE && is_better {
            best = Some((name, likeness));
        }
    }
    best.map(|(name, _)| name)
}

/// Returns a hint that names the closest known name, or else all of them.
pub(super) fn hint<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str> + Clone,
) -> Option<String> {
    if let Some(name) = closest(written, known.clone()) {
        return Some(format!("did you mean `{name}`?"));
    }
    let names: Vec<String> = known.into_iter().map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| format!("known here: {}", names.join(", ")))
}

/// Returns whether one word is the other with a slip of the pen. `team-a` and `team-b` are meant as they stand: what tells short
/// words apart is no slip.
pub(super) fn is_slip(one: &str, other: &str) -> bool {
    const SHORTEST: usize = 4;
    const LONG: usize = 7;
    let is_same = |pair: &(&str, &str)| pair.0 == pair.1;
    let parts = |word: &str| word.split('-').count();
    if parts(one) == parts(other) && parts(one) > 1 {
        let pairs = one.split('-').zip(other.split('-'));
        let mut differing = pairs.filter(|pair| !is_same(pair));
        return differing.all(|(one, other)| is_slip(one, other));
    }
    let shorter = one.len().min(other.len());
    let slips = if shorter < LONG { 1 } else { 2 };
    shorter >= SHORTEST && strsim::damerau_levenshtein(one, other) <= slips
}

#[cfg(test)]
mod tests {
    use super::{closest, is_slip};

    #[test]
    fn a_slip_is_told_from_another_word() {
        for (one, other) in [
            ("peers", "peer"),
            ("reprot", "report"),
            ("direct-reports", "direct-report"),
            ("leadershipteam", "leadership-team"),
        ] {
            assert!(is_slip(one, other), "{one}");
        }
        for (one, other) in [
            ("team-a", "team-b"),
            ("board-1", "board-2"),
            ("north", "south"),
            ("us", "uk"),
            ("colleague", "report"),
        ] {
            assert!(!is_slip(one, other), "{one}");
        }
    }

    #[test]
    fn finds_what_was_meant() {
        let known = ["manager", "sponsor", "supporter", "everyone"];
        for (written, meant) in [
            ("manger", "manager"),
            ("Sponsor", "sponsor"),
            ("suporter", "supporter"),
            ("everybody", "everyone"),
        ] {
            assert_eq!(closest(written, known), Some(meant), "{written}");
        }
        assert_eq!(closest("xyz", known), None);
    }
}
