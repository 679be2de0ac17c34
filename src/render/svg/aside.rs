//! Where the marks of a line stand beside those of earlier lines, so that marks that meet are all seen.

use crate::portal::chart::Series;

/// Marks whose middles are nearer than this hide each other.
const MEETING: f64 = 5.0;

/// How far the second, third and fourth of marks that meet are set aside.
const ASIDE: [f64; 4] = [0.0, 5.0, -5.0, 8.0];

/// With rounds nearer than this nothing is set aside: a line would run backwards.
const CROWDED: f64 = 26.0;

/// Returns the columns of the last of these series. `height` tells where a value stands.
pub(super) fn columns(series: &[Series], xs: &[f64], height: impl Fn(f64) -> f64) -> Vec<f64> {
    let is_crowded = xs.windows(2).any(|two| two[1] - two[0] < CROWDED);
    let Some((own, before)) = series.split_last().filter(|_| !is_crowded) else {
        return xs.to_vec();
    };
    let place = |series: &Series, column: usize| {
        let point = series.points.get(column)?.as_ref()?;
        Some(height(point.value))
    };
    let aside = |column: usize| {
        let own = place(own, column)?;
        let meets = |other: &&Series| {
            place(other, column).is_some_and(|other| (other - own).abs() < MEETING)
        };
        ASIDE.get(before.iter().filter(meets).count()).copied()
    };
    let columns = xs.iter().enumerate();
    columns
        .map(|(column, x)| x + aside(column).unwrap_or_default())
        .collect()
}
