//! Colours and font of a drawing, read from the tokens in force.

use leptos::prelude::window;
use plotters::style::RGBColor;
use web_sys::HtmlElement;

use super::Ink;

/// What the style sheet says at one element.
pub(super) struct Theme {
    colours: Vec<(Ink, RGBColor)>,
    pub(super) font_family: String,
}

impl Theme {
    /// Resolves every token on `probe`, whose `color` is borrowed for it. `None` while the style
    /// sheet is not there.
    pub(super) fn read(probe: &HtmlElement) -> Option<Self> {
        let computed = window().get_computed_style(probe).ok().flatten()?;
        let style = probe.style();
        let colours = Ink::ALL.map(|ink| {
            style.set_property("color", &format!("var({})", ink.token())).ok()?;
            Some((ink, parse_rgb(&computed.get_property_value("color").ok()?)?))
        });
        let colours: Option<Vec<(Ink, RGBColor)>> = colours.into_iter().collect();
        // The probe's own colour does not matter: a canvas has no text.
        style.remove_property("color").ok();
        let font_family = computed.get_property_value("font-family").unwrap_or_default();
        Some(Self { colours: colours?, font_family })
    }

    pub(super) fn colour(&self, ink: Ink) -> RGBColor {
        let found = self.colours.iter().find(|(one, _)| *one == ink);
        found.map(|(_, colour)| *colour).unwrap_or_default()
    }
}

/// Reads `rgb(44, 46, 51)` as browsers write computed colours.
fn parse_rgb(text: &str) -> Option<RGBColor> {
    let inside = text.split_once('(')?.1.trim_end_matches(')');
    let mut parts = inside.split([',', ' ', '/']).filter(|part| !part.is_empty());
    let mut next = || parts.next()?.parse::<f64>().ok();
    let (red, green, blue) = (next()?, next()?, next()?);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..=255"
    )]
    let byte = |channel: f64| channel.clamp(0.0, 255.0).round() as u8;
    Some(RGBColor(byte(red), byte(green), byte(blue)))
}

#[cfg(test)]
mod tests {
    use plotters::style::RGBColor;

    use super::parse_rgb;

    #[test]
    fn reads_computed_colours() {
        assert_eq!(parse_rgb("rgb(44, 46, 51)"), Some(RGBColor(44, 46, 51)));
        assert_eq!(parse_rgb("rgba(44 46 51 / 0.5)"), Some(RGBColor(44, 46, 51)));
        assert_eq!(parse_rgb("transparent"), None);
    }
}
