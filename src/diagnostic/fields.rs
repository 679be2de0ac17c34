//! A diagnostic as plain fields, so that it can be kept and told again word for word.

use crate::diagnostic::source::Spot;
use crate::diagnostic::{Diagnostic, Location, Problem, Severity};

impl Diagnostic {
    /// Everything that it says, from which [`Self::of_fields`] makes the same again. Where it quotes a line, that line is among them.
    pub fn fields(&self) -> Vec<String> {
        let severity = match self.0.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let mut fields = vec![severity.to_owned(), self.0.message.clone()];
        add_optional(&mut fields, self.0.hint.clone());
        add_optional(&mut fields, self.file().map(str::to_owned));
        let spot = self.0.place.as_ref().and_then(|place| place.spot.as_ref());
        fields.extend(spot.into_iter().flat_map(Spot::fields));
        fields
    }

    /// The diagnostic with these fields, if they are those of one.
    pub fn of_fields(fields: &[String]) -> Option<Self> {
        let [severity, message, rest @ ..] = fields else {
            return None;
        };
        let severity = match severity.as_str() {
            "error" => Severity::Error,
            "warning" => Severity::Warning,
            _ => return None,
        };
        let (hint, rest) = optional(rest)?;
        let (file, rest) = optional(rest)?;
        let spot = match rest {
            [] => None,
            fields => Some(Spot::of_fields(fields)?),
        };
        Some(Self(Box::new(Problem {
            severity,
            message: message.clone(),
            place: file.map(|file| Location { file, spot }),
            hint,
        })))
    }
}

/// Adds a field that may not be there, behind a field that says whether it is.
fn add_optional(fields: &mut Vec<String>, field: Option<String>) {
    match field {
        Some(field) => fields.extend(["some".to_owned(), field]),
        None => fields.push("none".to_owned()),
    }
}

/// Reads what [`add_optional`] adds, and returns what is behind it.
fn optional(fields: &[String]) -> Option<(Option<String>, &[String])> {
    match fields {
        [word, field, rest @ ..] if word == "some" => Some((Some(field.clone()), rest)),
        [word, rest @ ..] if word == "none" => Some((None, rest)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::{Diagnostic, Source};

    #[test]
    fn fields_make_the_same_diagnostic_again() {
        let source = Source::of("a.md", "one\ntwo\tč words\n").withholding(std::iter::once(4..7));
        let problems = [
            Diagnostic::warning("x"),
            Diagnostic::error("some").with_hint("none"),
            Diagnostic::warning("x").in_file("some"),
            Diagnostic::warning("").at_line("a", 3, 4).with_hint(""),
            Diagnostic::warning("`two`").at(&source, 0..2),
            Diagnostic::warning("`two`")
                .at(&source, 8..14)
                .with_hint("h"),
            Diagnostic::warning("`two`").at(&source, 5..6),
        ];
        for problem in problems {
            let fields = problem.fields();
            assert_eq!(Diagnostic::of_fields(&fields), Some(problem.clone()));
            for count in 0..fields.len() {
                let part = Diagnostic::of_fields(&fields[..count]);
                assert_ne!(part, Some(problem.clone()));
            }
        }
    }
}
