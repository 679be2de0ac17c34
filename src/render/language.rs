//! One language: its sentences, with their gaps filled, and its formats.

use std::sync::Arc;

use minijinja::HtmlEscape;

use crate::portal::view::figures::{FigureView, ShareView};
use crate::progress::figures::Bound;
use crate::render::format::{Formats, Sign};
use crate::render::strings::{COUNT, Message, Piece, Sentence, Strings};
use crate::text::fault::Fault;

/// One language.
#[derive(Debug)]
pub(super) struct Language {
    /// The BCP 47 tag, as in `<html lang>`.
    pub(super) tag: String,
    /// How it writes dates, figures and plurals.
    pub(super) formats: Formats,
    strings: Arc<Strings>,
}

/// What fills a gap of a sentence.
#[derive(Debug, Clone)]
pub(super) enum Filling {
    /// A text that may hold anything.
    Text(String),
    /// Markup that was written here.
    Markup(String),
    /// A whole number, written as the language does.
    Count(i64),
}

/// A sentence with its gaps filled.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// Plain text, not escaped.
    Text(String),
    /// Markup: one of the gaps held some, and everything else is escaped.
    Markup(String),
}

impl Language {
    /// The language of a tag, with the words of `strings`.
    pub(super) fn of(tag: &str, strings: Arc<Strings>) -> Result<Self, Fault> {
        let locale = if tag.contains('-') {
            tag
        } else {
            &strings.locale
        };
        let formats = Formats::of(locale)
            .ok_or_else(|| Fault::of(format!("`{locale}` is not a language tag")))?;
        Ok(Self {
            tag: tag.to_owned(),
            formats,
            strings,
        })
    }

    /// The direction of its script: `ltr` or `rtl`.
    pub(super) fn direction(&self) -> &str {
        &self.strings.direction
    }

    /// Whether there is a sentence of this key.
    pub(super) fn has(&self, key: &str) -> bool {
        self.strings.get(key).is_some()
    }

    /// A sentence without gaps.
    pub(super) fn word(&self, key: &str) -> Result<String, Fault> {
        self.text(key, &[])
    }

    /// A sentence as plain text.
    pub(super) fn text(&self, key: &str, gaps: &[(&str, Filling)]) -> Result<String, Fault> {
        match self.say(key, gaps)? {
            Said::Text(text) | Said::Markup(text) => Ok(text),
        }
    }

    /// A sentence with its gaps filled, in the plural form of the gap `count`.
    pub(super) fn say(&self, key: &str, gaps: &[(&str, Filling)]) -> Result<Said, Fault> {
        let sentence = self.strings.get(key).ok_or_else(|| {
            let tag = &self.tag;
            Fault::of(format!("language `{tag}` has no words for `{key}`"))
        })?;
        let message = match sentence {
            Sentence::One(message) => message,
            Sentence::Plural(forms) => {
                let count = gaps.iter().find_map(|(name, filling)| match filling {
                    Filling::Count(count) if *name == COUNT => Some(*count),
                    Filling::Text(_) | Filling::Markup(_) | Filling::Count(_) => None,
                });
                let count = count.ok_or_else(|| Fault::of(format!("`{key}` needs a `count`")))?;
                forms
                    .get(self.formats.category(count))
                    .or_else(|| forms.get("other"))
                    .ok_or_else(|| Fault::of(format!("`{key}` has no form for this count")))?
            }
        };
        self.fill(key, message, gaps)
    }

    fn fill(&self, key: &str, message: &Message, gaps: &[(&str, Filling)]) -> Result<Said, Fault> {
        let is_markup = gaps
            .iter()
            .any(|(_, filling)| matches!(filling, Filling::Markup(_)));
        let written = |text: &str| {
            if is_markup {
                HtmlEscape(text).to_string()
            } else {
                text.to_owned()
            }
        };
        let mut said = String::new();
        for piece in &message.0 {
            let name = match piece {
                Piece::Text(text) => {
                    said.push_str(&written(text));
                    continue;
                }
                Piece::Gap(name) => name,
            };
            let filling = gaps.iter().find(|(gap, _)| gap == name);
            match filling.map(|(_, filling)| filling) {
                Some(Filling::Text(text)) => said.push_str(&written(text)),
                Some(Filling::Count(count)) => said.push_str(&self.formats.count(*count)),
                Some(Filling::Markup(markup)) => said.push_str(markup),
                None => return Err(Fault::of(format!("`{key}` needs a `{name}`"))),
            }
        }
        if is_markup {
            Ok(Said::Markup(said))
        } else {
            Ok(Said::Text(said))
        }
    }

    /// A figure in words: `+1.4`, `2.5 or more`, `too few answers to show`.
    pub(super) fn figure(&self, figure: &FigureView) -> Result<String, Fault> {
        if !figure.is_shown {
            return self.word("figure.too_few");
        }
        let sign = Sign::of(figure.is_signed);
        let text = |value: f64| self.formats.figure(value, figure.decimals, sign);
        let upper = figure.upper.map(text);
        self.bounded(text(figure.value), figure.bound, upper)
    }

    /// A figure without its sign, for sentences that say the direction themselves.
    pub(super) fn points(&self, figure: &FigureView) -> Result<String, Fault> {
        let text = |value: f64| self.formats.figure(value, figure.decimals, Sign::Never);
        // Down by -2 or less is down by 2 points or more.
        let bound = match (figure.bound, figure.value < 0.0) {
            (Bound::OrMore, true) => Bound::OrLess,
            (Bound::OrLess, true) => Bound::OrMore,
            (bound, _) => bound,
        };
        match figure.upper {
            // The nearer end of a range below zero is its upper one.
            Some(upper) if upper <= 0.0 => {
                self.bounded(text(upper), bound, Some(text(figure.value)))
            }
            Some(_) if figure.value < 0.0 => self.figure(figure),
            upper => self.bounded(text(figure.value), bound, upper.map(text)),
        }
    }

    /// A share: `67%`, `80% or more`.
    pub(super) fn share(&self, share: &ShareView) -> Result<String, Fault> {
        self.bounded(self.percent(share.percent.into())?, share.bound, None)
    }

    /// `67%`.
    pub(super) fn percent(&self, percent: i64) -> Result<String, Fault> {
        self.text("percent", &[("value", Filling::Count(percent))])
    }

    /// The name of a rater group: one of ours in this language, or the firm's own word.
    pub(super) fn group_name(&self, group: &str) -> Result<String, Fault> {
        let key = format!("group.{group}");
        if self.has(&key) {
            return self.word(&key);
        }
        let mut letters = group.replace('-', " ").chars().collect::<Vec<_>>();
        if let Some(first) = letters.first_mut() {
            first.make_ascii_uppercase();
        }
        Ok(letters.into_iter().collect())
    }

    /// A value with the words of its bound, such as `2.5 or more`.
    fn bounded(&self, value: String, bound: Bound, upper: Option<String>) -> Result<String, Fault> {
        let mut gaps = vec![("value", Filling::Text(value.clone()))];
        match (bound, upper) {
            (Bound::About, _) => return Ok(value),
            (_, Some(upper)) => gaps.push(("upper", Filling::Text(upper))),
            (_, None) => {}
        }
        self.text(&format!("figure.{}", bound.as_str()), &gaps)
    }
}
