//! A text with `{{names}}` in it, each of which is filled with a value.
//!
//! The rule it guards: a theme's file has every place that its page needs, and no place that nothing fills.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::Source;

/// A text cut at its names.
pub(super) struct Template {
    start: String,
    rest: Vec<(String, String)>,
}

impl Template {
    /// Cuts the text of `source`, which must name each of `needed` once, and may name any of `optional`.
    pub(super) fn parse(
        source: &Source,
        needed: &[&str],
        optional: &[&str],
    ) -> Result<Self, Diagnostic> {
        let text = source.text();
        let mut template = Self {
            start: String::new(),
            rest: Vec::new(),
        };
        let mut end = 0;
        while let Some(found) = text[end..].find("{{") {
            let opening = end + found;
            let Some(length) = text[opening..].find("}}") else {
                return Err(Diagnostic::error("`{{` without `}}`").at(source, opening..opening + 2));
            };
            let name = text[opening + 2..opening + length].trim();
            if !needed.contains(&name) && !optional.contains(&name) {
                let known = needed
                    .iter()
                    .chain(optional)
                    .map(|name| format!("`{name}`"))
                    .collect::<Vec<_>>()
                    .join(", ");
                return Err(
                    Diagnostic::error(format!("`{name}` is nothing that this page shows"))
                        .at(source, opening..opening + length + 2)
                        .with_hint(format!("it can show {known}")),
                );
            }
            template.push_text(&text[end..opening]);
            template.rest.push((name.to_owned(), String::new()));
            end = opening + length + 2;
        }
        template.push_text(&text[end..]);
        for name in needed {
            if template
                .rest
                .iter()
                .filter(|(known, _)| known == name)
                .count()
                != 1
            {
                return Err(Diagnostic::error(format!(
                    "`{{{{{name}}}}}` must stand in this page once"
                ))
                .in_file(source.path()));
            }
        }
        Ok(template)
    }

    /// Returns the text with each name replaced by what `value` gives for it.
    pub(super) fn fill<'a>(&self, value: impl Fn(&str) -> &'a str) -> String {
        let size = self
            .rest
            .iter()
            .map(|(name, text)| value(name).len() + text.len())
            .sum::<usize>();
        let mut filled = String::with_capacity(self.start.len() + size);
        filled.push_str(&self.start);
        for (name, text) in &self.rest {
            filled.push_str(value(name));
            filled.push_str(text);
        }
        filled
    }

    fn push_text(&mut self, text: &str) {
        match self.rest.last_mut() {
            Some((_, after)) => after.push_str(text),
            None => self.start.push_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Template;
    use crate::diagnostic::Source;

    /// What comes of `text` when `a` is needed and `b` may be there.
    fn filled(text: &str) -> Result<String, String> {
        let template = Template::parse(&Source::of("x.html", text), &["a"], &["b"])
            .map_err(|problem| problem.to_string())?;
        Ok(template.fill(|name| if name == "a" { "1" } else { "{{a}}" }))
    }

    #[test]
    fn names_are_filled_and_values_are_not_looked_at() {
        assert_eq!(filled("{{a}}").unwrap(), "1");
        assert_eq!(filled("x{{ a }}y{{b}}{{b}}z").unwrap(), "x1y{{a}}{{a}}z");
        assert_eq!(filled("{ {{a}} }} ").unwrap(), "{ 1 }} ");
    }

    #[test]
    fn unfit_templates_are_refused() {
        for refused in [
            "",
            "{{b}}",
            "{{a}}{{a}}",
            "{{a}}{{c}}",
            "{{a}}{{",
            "{{a",
            "{{a}}{{}}",
        ] {
            filled(refused).unwrap_err();
        }
    }
}
