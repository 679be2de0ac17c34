//! A theme: templates compiled once, the words of every language, and one style sheet.
//!
//! The rule it guards: a template has no way to other values than those of its page, and whatever it writes of them is escaped.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::{Environment, Value, context};
use sha2::{Digest, Sha256};

use crate::diagnostic::{Diagnostic, Source};
use crate::portal::files::ShownFiles;
use crate::portal::view::PortalView;
use crate::portal::view::asking::AskingView;
use crate::portal::view::portals::PortalsView;
pub use crate::render::bundled::OwnFiles;
use crate::render::language::Language;
use crate::render::languages::Languages;
use crate::render::page_text::PageText;
use crate::render::phrases::Phrases;
use crate::render::style_sheet::StyleSheet;
use crate::render::used_rules::Rules;
use crate::render::{Page, Parts, bundled};
use crate::render::{calendar, contents, document, functions, growth, style_sheet, theme_version};
use crate::text::{fault, template};

/// What pages are written with: templates, sentences and style.
#[derive(Debug)]
pub struct Theme {
    /// That of pages, of which each has what it uses.
    style: Rules,
    /// That of asking pages: the same, and what they have besides, whole because their script changes them.
    asking_style: Arc<StyleSheet>,
    /// Whether a firm wrote any of it.
    is_style_own: bool,
    templates: BTreeMap<String, Source>,
    environment: Environment<'static>,
    languages: Languages,
    /// The engines of the languages that pages were written in so far.
    engines: Mutex<BTreeMap<String, Arc<LanguageEngine>>>,
    digest: [u8; 32],
}

/// What a page is written from.
struct Body<'a> {
    template: &'static str,
    title: String,
    style: Style<'a>,
    context: Value,
}

/// The style sheet of a page.
enum Style<'a> {
    Whole(&'a Arc<StyleSheet>),
    /// Those of these rules that the page uses.
    Used(&'a Rules),
}

/// The template engine with the functions of one language.
#[derive(Debug)]
struct LanguageEngine {
    language: Arc<Language>,
    environment: Environment<'static>,
}

impl Theme {
    /// Reads the default theme, each file replaced by the one of the same name in a firm's own folder.
    pub fn load(own: Option<&OwnFiles<'_>>) -> Result<Self, Vec<Diagnostic>> {
        let files = bundled::files(own)?;
        let mut problems = Vec::new();
        let (mut style, mut asking_style) = (String::new(), String::new());
        let mut is_style_own = false;
        let mut templates = BTreeMap::new();
        let mut languages = BTreeMap::new();
        let mut digest = Sha256::new();
        for (name, source) in files {
            digest.update(Sha256::digest(&name));
            digest.update(Sha256::digest(source.text()));
            if let Some(template) = name.strip_prefix("templates/") {
                templates.insert(template.to_owned(), source);
            } else if let Some(tag) = language_of(&name) {
                languages.insert(tag.to_owned(), source);
            } else if name == "style.css" {
                style = style_sheet::lean(source.text());
                is_style_own |= !bundled::is_unchanged(&name, &source);
            } else if name == "asking.css" {
                asking_style = style_sheet::lean(source.text());
                is_style_own |= !bundled::is_unchanged(&name, &source);
            }
        }
        for (name, style) in [("style.css", &style), ("asking.css", &asking_style)] {
            if style.contains("</") || style.contains("<!--") {
                let problem = Diagnostic::error("a style sheet cannot hold markup");
                problems.push(problem.in_file(name));
            }
        }
        let languages = collect(Languages::of(languages), &mut problems);
        let environment = collect(compile(&templates), &mut problems);
        match (languages, environment) {
            (Some(languages), Some(environment)) if problems.is_empty() => Ok(Self {
                asking_style: Arc::new(StyleSheet::of(format!("{style}{asking_style}"))),
                style: Rules::of(style),
                is_style_own,
                templates,
                environment,
                languages,
                engines: Mutex::default(),
                digest: digest.finalize().into(),
            }),
            _ => Err(problems),
        }
    }

    /// SHA-256 of all its files: the same for two themes only if they are the same.
    pub fn digest(&self) -> [u8; 32] {
        self.digest
    }

    /// The same theme in a firm's colour: one on a light page and on paper, one on a dark page.
    pub fn in_colours(mut self, light: [u8; 3], dark: [u8; 3]) -> Self {
        let tint = style_sheet::tint(light, dark);
        self.digest = Sha256::new()
            .chain_update(self.digest)
            .chain_update(&tint)
            .finalize()
            .into();
        self.style = Rules::of(format!("{}{tint}", self.style.text()));
        let asking = format!("{}{tint}", self.asking_style.text());
        self.asking_style = Arc::new(StyleSheet::of(asking));
        self
    }

    /// The style sheet whose rules pages have, where it is the program's own, so that it holds nothing confidential; empty where it is
    /// not.
    pub fn known_style(&self) -> &str {
        if self.is_style_own {
            ""
        } else {
            self.style.text()
        }
    }

    /// The same of the style sheet of asking pages.
    pub fn known_asking_style(&self) -> &str {
        if self.is_style_own {
            ""
        } else {
            self.asking_style.text()
        }
    }

    /// A file of the default theme, whatever a firm has of its own.
    pub fn built_in_file(name: &str) -> Source {
        bundled::source(name)
    }

    /// The files of the default theme that a firm can change, by their paths inside its folder.
    pub fn files() -> impl Iterator<Item = (&'static str, &'static str)> {
        let all = bundled::FILES.iter().copied();
        all.filter(|(name, _)| !bundled::is_of_shell(name))
    }

    /// The name and text of the file in which an exported theme says what it was made from.
    pub fn version_file() -> (&'static str, String) {
        (theme_version::FILE, theme_version::text())
    }

    /// Writes a reader's page in a language. The files that it shows are still to be put in.
    pub fn page(
        &self,
        portal: impl Into<Arc<PortalView>>,
        language: &str,
    ) -> Result<PageText, Diagnostic> {
        let portal = portal.into();
        let title = format!("{} · {}", portal.title, portal.firm.name);
        let page = context! {
            sections => contents::sections(&portal),
            moments => calendar::moments(&portal),
            milestones => calendar::milestones(&portal),
        };
        let body = Body {
            template: "page.html",
            title,
            style: Style::Used(&self.style),
            context: context! { page, portal => portal.into_value() },
        };
        self.written(body, language)
    }

    /// Writes the page of a person who reads several portals.
    pub fn portals_page(&self, portals: PortalsView, language: &str) -> Result<Page, Diagnostic> {
        let title = format!("{} · {}", portals.name, portals.firm.name);
        let body = Body {
            template: "portals.html",
            title,
            style: Style::Used(&self.style),
            context: context! { portals => portals.into_value() },
        };
        // It shows no text of an engagement, and so no files.
        let text = self.written(body, language)?;
        Ok(text.with_files(&ShownFiles::default()))
    }

    /// Writes the page on which a rater is asked.
    pub fn asking_page(&self, asking: AskingView, language: &str) -> Result<Page, Diagnostic> {
        let body = Body {
            template: "asking.html",
            title: asking.firm.name.clone(),
            style: Style::Whole(&self.asking_style),
            context: context! { asking => asking.into_value() },
        };
        let text = self.written(body, language)?;
        Ok(text.with_files(&ShownFiles::default()))
    }

    /// Fills a template and puts the page together.
    fn written(&self, body: Body<'_>, language: &str) -> Result<PageText, Diagnostic> {
        let engine = self.engine(language)?;
        let language = &engine.language;
        let text = engine
            .environment
            .get_template(body.template)
            .and_then(|template| template.render(body.context))
            .map_err(|error| fault::diagnostic(&error, &self.templates))?;
        let style = match body.style {
            Style::Whole(style) => Arc::clone(style),
            Style::Used(rules) => Arc::new(StyleSheet::of(rules.used_by(&text))),
        };
        let document = document(&Parts {
            language: &language.tag,
            direction: language.direction(),
            title: &body.title,
            style: &style,
            body: text.trim(),
        });
        Ok(PageText {
            document,
            style,
            language: language.tag.clone(),
        })
    }

    /// The engine of a language, made when it is first asked for.
    fn engine(&self, tag: &str) -> Result<Arc<LanguageEngine>, Diagnostic> {
        let mut engines = self.engines.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(engine) = engines.get(tag) {
            return Ok(Arc::clone(engine));
        }
        let language = Arc::new(self.language(tag)?);
        let mut environment = self.environment.clone();
        functions::add_to(&mut environment, &language);
        let engine = Arc::new(LanguageEngine {
            language,
            environment,
        });
        engines.insert(tag.to_owned(), Arc::clone(&engine));
        Ok(engine)
    }

    /// The sentences of a language, for what is not a page.
    pub fn phrases(&self, language: &str) -> Result<Phrases, Diagnostic> {
        self.language(language).map(Phrases::of)
    }

    fn language(&self, tag: &str) -> Result<Language, Diagnostic> {
        let strings = self.languages.strings(tag)?;
        Language::of(tag, strings).map_err(|fault| Diagnostic::error(fault.to_string()))
    }
}

/// Keeps a value, or its problems.
fn collect<T>(result: Result<T, Vec<Diagnostic>>, problems: &mut Vec<Diagnostic>) -> Option<T> {
    result.map_err(|more| problems.extend(more)).ok()
}

fn language_of(name: &str) -> Option<&str> {
    name.strip_prefix("strings/")?.strip_suffix(".toml")
}

/// Compiles all templates.
fn compile(sources: &BTreeMap<String, Source>) -> Result<Environment<'static>, Vec<Diagnostic>> {
    let mut environment = template::environment();
    let mut problems = growth::problems(sources);
    for (name, source) in sources {
        let compiled = environment.add_template_owned(name.clone(), lean(source.text()));
        if let Err(error) = compiled {
            problems.push(fault::diagnostic(&error, sources));
        }
    }
    if problems.is_empty() {
        Ok(environment)
    } else {
        Err(problems)
    }
}

/// The ends of elements that HTML lets a page do without: in a list or a table the next element ends the one before it.
const NEEDLESS_ENDS: [&str; 6] = ["</li>", "</td>", "</th>", "</tr>", "</dt>", "</dd>"];

/// A template without its indentation and needless ends, which readers would load and never see. Lines stay lines, so that errors find
/// theirs.
pub(super) fn lean(template: &str) -> String {
    let lines: Vec<&str> = template.lines().map(str::trim_start).collect();
    let ends = NEEDLESS_ENDS.iter();
    ends.fold(lines.join("\n"), |lean, end| lean.replace(end, ""))
}

#[cfg(test)]
impl Phrases {
    /// The sentences of the default theme in English.
    pub(crate) fn english() -> Self {
        let theme = Theme::load(None).expect("the default theme is sound");
        theme
            .phrases("en")
            .expect("the default theme speaks English")
    }
}
