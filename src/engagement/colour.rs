//! A colour of the firm's, and how well it stands out from another.

use std::fmt;

/// A colour as screens mix it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    /// How much red, green and blue.
    pub parts: [u8; 3],
}

/// The firm's colour on a light page, and on a dark one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colours {
    /// On a light page, and on paper.
    pub light: Colour,
    /// On a dark page.
    pub dark: Colour,
}

impl Colour {
    /// Reads `#rrggbb`.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        Some(Self {
            parts: [part(0)?, part(2)?, part(4)?],
        })
    }

    /// How well two colours can be told apart: from 1, not at all, to 21, black on white (WCAG 2.2).
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The shade nearest to this one that has a contrast on a ground: darker on a light ground, lighter on a dark one.
    pub fn readable_on(self, ground: Self, contrast: f64) -> Self {
        let towards = if ground.luminance() > 0.5 { 0 } else { 255 };
        let shades = (0..=100).map(|share| self.mixed(towards, share));
        let is_readable = |shade: &Self| shade.contrast(ground) >= contrast;
        shades.into_iter().find(is_readable).unwrap_or(Self {
            parts: [towards; 3],
        })
    }

    /// This colour with so many hundredths of black or white in it.
    fn mixed(self, towards: u8, share: u32) -> Self {
        let mix = |part: u8| {
            let part = u32::from(part) * (100 - share) + u32::from(towards) * share;
            u8::try_from(part / 100).unwrap_or(u8::MAX)
        };
        Self {
            parts: self.parts.map(mix),
        }
    }

    /// How bright it is, from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.parts.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.parts;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn six_digits_and_nothing_else_are_a_colour() {
        assert_eq!(colour("#0B5394").to_string(), "#0b5394");
        for text in [
            "0b5394", "#fff", "#0b53940", "#0b539g", "blue", "#+12345", "#é1234",
        ] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let contrast = |one, other| (colour(one).contrast(colour(other)) * 100.0).round() / 100.0;
        assert_eq!(contrast("#000000", "#ffffff").to_bits(), 21f64.to_bits());
        assert_eq!(contrast("#777777", "#ffffff").to_bits(), 4.48f64.to_bits());
        assert_eq!(contrast("#0b5394", "#0b5394").to_bits(), 1f64.to_bits());
    }

    #[test]
    fn the_nearest_shade_can_be_read_and_a_readable_one_stays() {
        for (ground, given) in [
            ("#fbfaf7", "#f5c400"),
            ("#15191e", "#0b3d2e"),
            ("#15191e", "#000000"),
        ] {
            let shade = colour(given).readable_on(colour(ground), 4.5);
            assert!(shade.contrast(colour(ground)) >= 4.5, "{shade}");
        }
        let dark = colour("#0b5394");
        assert_eq!(dark.readable_on(colour("#fbfaf7"), 4.5), dark);
    }
}
