//! The firm's two colours, held against the page that they will stand on.
//!
//! The rule it guards: whatever a firm chooses, its page can be read, in the light and in the dark.

use crate::content::toml::report::Report;
use crate::content::toml::value::{Spanned, Text};
use crate::engagement::colour::{Colour, Colours};

/// What links and other words in colour need on their ground (WCAG 2.2, 1.4.3).
const CONTRAST: f64 = 4.5;

/// The page in the light: the least bright of its grounds.
const LIGHT: Ground = Ground {
    name: "light",
    colour: Colour {
        parts: [0xfb, 0xfa, 0xf7],
    },
    shade: "darker",
};

/// The page in the dark: the brightest of its grounds.
const DARK: Ground = Ground {
    name: "dark",
    colour: Colour {
        parts: [0x1c, 0x21, 0x27],
    },
    shade: "lighter",
};

/// What a colour stands on.
struct Ground {
    name: &'static str,
    colour: Colour,
    /// What a colour must be to stand out from it.
    shade: &'static str,
}

/// The colours of `colour` and `colour_dark`; without the second, the first one as much lighter as it must be.
pub(in crate::content) fn read(
    colour: Option<&Spanned<Text>>,
    colour_dark: Option<&Spanned<Text>>,
    report: &mut Report<'_>,
) -> Option<Colours> {
    let light = colour.and_then(|text| on(&LIGHT, text, report));
    let dark = colour_dark.and_then(|text| on(&DARK, text, report));
    if let (None, Some(text)) = (colour, colour_dark) {
        let message = "`colour_dark` stands here without `colour`";
        let hint = "write `colour = \"#…\"`, the firm's colour on a light page, above it";
        report.error_with(message, text.span(), hint);
    }
    let light = light?;
    let dark = dark.unwrap_or_else(|| light.readable_on(DARK.colour, CONTRAST));
    Some(Colours { light, dark })
}

/// A colour that can be read on a ground.
fn on(ground: &Ground, text: &Spanned<Text>, report: &mut Report<'_>) -> Option<Colour> {
    let given = &text.get_ref().0;
    let Some(colour) = Colour::parse(given) else {
        report.error_with(
            format!("`{given}` is no colour"),
            text.span(),
            "write it as `#0b5394`: two digits each of red, green and blue",
        );
        return None;
    };
    let contrast = colour.contrast(ground.colour);
    if contrast >= CONTRAST {
        return Some(colour);
    }
    let (Ground { name, shade, .. }, contrast) = (ground, (contrast * 10.0).floor() / 10.0);
    let message = format!(
        "`{given}` is hard to read on the {name} page: its contrast is {contrast:.1} to 1, and words need {CONTRAST} to 1"
    );
    let nearest = colour.readable_on(ground.colour, CONTRAST);
    let hint = format!("take a {shade} shade; the nearest is `{nearest}`");
    report.error_with(message, text.span(), hint);
    None
}

#[cfg(test)]
mod tests {
    use super::{DARK, LIGHT};

    #[test]
    fn the_grounds_are_those_of_the_default_theme() {
        let style = include_str!("../../../themes/default/style.css");
        let dark = style.find("prefers-color-scheme: dark").unwrap();
        let ground = format!("--ground: {};", LIGHT.colour);
        assert!(style[..dark].contains(&ground), "{ground}");
        let panel = format!("--panel: {};", DARK.colour);
        assert!(style[dark..].contains(&panel), "{panel}");
    }
}
