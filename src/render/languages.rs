//! The sentences of every language that a theme has.
//!
//! A firm's own file is checked against the model at once, so that a mistake is reported before anything is built. The program's own
//! files are checked against it by a test, and read when somebody asks for them: most sites speak one language.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::diagnostic::{Diagnostic, Source};
use crate::render::bundled;
use crate::render::format::Formats;
use crate::render::strings::Strings;

/// The model: the language whose file says which sentences a theme needs.
const MODEL: &str = "en";

/// The languages of a theme, by their tags.
#[derive(Debug)]
pub(super) struct Languages(BTreeMap<String, LanguageFile>);

#[derive(Debug)]
struct LanguageFile {
    source: Source,
    strings: OnceLock<Arc<Strings>>,
}

impl Languages {
    /// Takes the file of each language, and reads those that are a firm's own.
    pub(super) fn of(sources: BTreeMap<String, Source>) -> Result<Self, Vec<Diagnostic>> {
        let mut languages = BTreeMap::new();
        let mut problems = Vec::new();
        for (tag, source) in sources {
            let strings = OnceLock::new();
            if !bundled::is_unchanged(&file_of(&tag), &source) {
                match checked(&source) {
                    Ok(words) => drop(strings.set(Arc::new(words))),
                    Err(more) => problems.extend(more),
                }
            }
            languages.insert(tag, LanguageFile { source, strings });
        }
        if problems.is_empty() {
            Ok(Self(languages))
        } else {
            Err(problems)
        }
    }

    /// The words for a tag: those of its own file, or of the language without its region.
    pub(super) fn strings(&self, tag: &str) -> Result<Arc<Strings>, Diagnostic> {
        let primary = tag.split('-').next().unwrap_or(tag);
        let Some(file) = self.0.get(tag).or_else(|| self.0.get(primary)) else {
            let known: Vec<_> = self.0.keys().map(|tag| format!("`{tag}`")).collect();
            let hint = format!(
                "there are {}; a theme can add `strings/{tag}.toml`",
                known.join(", ")
            );
            let problem = Diagnostic::error(format!("the theme has no words in language `{tag}`"));
            return Err(problem.with_hint(hint));
        };
        if let Some(strings) = file.strings.get() {
            return Ok(Arc::clone(strings));
        }
        // Two threads may both read it; they read the same.
        let strings = Strings::parse(&file.source).map_err(|problems| {
            let first = problems.into_iter().next();
            first.unwrap_or_else(|| Diagnostic::error("these words cannot be read"))
        })?;
        Ok(Arc::clone(file.strings.get_or_init(|| Arc::new(strings))))
    }
}

/// The path of a language's file inside a theme's folder.
fn file_of(tag: &str) -> String {
    format!("strings/{tag}.toml")
}

/// Reads a file and checks it against the model.
fn checked(source: &Source) -> Result<Strings, Vec<Diagnostic>> {
    let model = Strings::parse(&bundled::source(&file_of(MODEL)))?;
    let words = Strings::parse(source)?;
    let problems = match Formats::of(&words.locale) {
        Some(formats) => words.check(&model, &formats, source.path()),
        None => {
            let problem = Diagnostic::error("`language.locale` is not a language tag");
            vec![problem.in_file(source.path())]
        }
    };
    if problems.is_empty() {
        Ok(words)
    } else {
        Err(problems)
    }
}

#[cfg(test)]
mod tests {
    use super::checked;
    use crate::render::bundled;

    #[test]
    fn the_program_s_own_languages_say_all_that_the_model_says() {
        let names = bundled::FILES.iter().map(|(name, _)| *name);
        let languages: Vec<&str> = names.filter(|name| name.starts_with("strings/")).collect();
        assert_eq!(languages.len(), 7);
        for name in languages {
            let problems = checked(&bundled::source(name)).err().unwrap_or_default();
            assert!(problems.is_empty(), "{}", problems[0]);
        }
    }
}
