//! Medians and the like.

/// `None` of nothing.
pub(crate) fn median(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let values = sorted(values);
    let last = values.len().checked_sub(1)?;
    Some(f64::midpoint(values[last / 2], values[values.len() / 2]))
}

pub(crate) fn least(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    sorted(values).first().copied()
}

pub(crate) fn most(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    sorted(values).last().copied()
}

fn sorted(values: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values
}
