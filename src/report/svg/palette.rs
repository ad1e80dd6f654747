//! Colors that people with any color vision can tell apart.

/// The colors for kinds (Okabe and Ito, 2008), in the order of use.
pub(super) const BLUE: &str = "#0072b2";
pub(super) const ORANGE: &str = "#e69f00";
pub(super) const GREEN: &str = "#009e73";
pub(super) const GRAY: &str = "#7a7a7a";
/// The color of text next to a picture.
pub(super) const QUIET: &str = "#555555";

/// Five points of viridis, the smallest amount first.
const VIRIDIS: [[f64; 3]; 5] = [
    [68.0, 1.0, 84.0],
    [59.0, 82.0, 139.0],
    [33.0, 145.0, 140.0],
    [94.0, 201.0, 98.0],
    [253.0, 231.0, 37.0],
];

/// Returns the color of an amount in `0..=1`: dark for little, light for much.
pub(super) fn amount(value: f64) -> String {
    let place = value.clamp(0.0, 1.0) * 4.0;
    let lower = [3, 2, 1].into_iter().find(|n| place >= f64::from(*n));
    let lower = lower.unwrap_or(0_u8);
    let part = place - f64::from(lower);
    let (from, to) = (VIRIDIS[usize::from(lower)], VIRIDIS[usize::from(lower) + 1]);
    let channels: Vec<String> = (from.iter().zip(&to))
        .map(|(a, b)| format!("{:02x}", channel(a + (b - a) * part)))
        .collect();
    format!("#{}", channels.concat())
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is between 0 and 255"
)]
fn channel(value: f64) -> u8 {
    value.round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_run_from_dark_to_light() {
        assert_eq!(amount(0.0), "#440154");
        assert_eq!(amount(0.5), "#21918c");
        assert_eq!(amount(2.0), "#fde725");
        assert_eq!(amount(0.125), "#402a70");
    }
}
