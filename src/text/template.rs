//! The engine of every template of the program: pages, the pages around sealed ones, and new files.
//!
//! The rule it guards: a template reaches its values and nothing else. What does not exist is an error, a template has no way to any file or to an endless
//! loop, and what is put into a page is escaped unless this program wrote it as markup.

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Error, UndefinedBehavior, Value, escape_formatter};

use crate::text::fault::Fault;

/// Far more than the largest portal takes, and little enough to end within a second.
const STEPS: u64 = 20_000_000;

/// Includes inside includes: each counts ten, and each loop or block one.
const DEPTH: usize = 120;

/// What a template may print in all, in bytes: what a macro or a block gives back counts each time it is printed.
const LONGEST: usize = 256 << 20;

/// How many bytes a template has printed so far.
struct Printed(usize);

/// The endings of files that are not markup.
const PLAIN: [&str; 3] = [".csv", ".md", ".toml"];

/// Returns the engine, without any template. Those it is given are all it can include: nothing is looked up on a disk.
pub fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|name| {
        if PLAIN.iter().any(|ending| name.ends_with(ending)) {
            AutoEscape::None
        } else {
            AutoEscape::Html
        }
    });
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(STEPS));
    environment.set_recursion_limit(DEPTH);
    environment.set_syntax(syntax());
    environment.remove_global("debug");
    environment.remove_filter("safe");
    environment.remove_filter("pprint");
    environment.set_formatter(|output, state, value| {
        refuse(value)?;
        let printed = state.get_or_insert_extension(Printed(0));
        printed.0 += value.as_str().map_or(0, str::len);
        if printed.0 > LONGEST {
            return Err(Fault::of("this template prints more than 256 MiB").into());
        }
        escape_formatter(output, state, value)
    });
    environment
}

/// Tags leave no blank lines where they stood, and the end of a file stays.
fn syntax() -> SyntaxConfig {
    SyntaxConfig::builder()
        .trim_blocks(true)
        .lstrip_blocks(true)
        .keep_trailing_newline(true)
        .build()
        .expect("the delimiters are the engine's own")
}

/// Refuses what would be printed in the notation of the engine: nothing, a truth value, a raw fraction, a whole view.
fn refuse(value: &Value) -> Result<(), Error> {
    let is_text = value.as_str().is_some() || value.is_integer() || value.is_undefined();
    if is_text {
        return Ok(());
    }
    Err(Fault::of("this is not a text; ask with `if` whether it is there, or use a filter").into())
}
