//! The table of the ways in which other programs hide a part of a text.

/// Where a mark must stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At the start of a line, behind the marks of lists and quotations.
    Line,
    /// Anywhere.
    Anywhere,
    /// Anywhere but behind a letter or digit.
    Apart,
}

/// What must stand behind a mark.
#[derive(Clone, Copy)]
pub(super) enum Next {
    /// Whatever there is.
    Anything,
    /// A blank, or the end of the line.
    Blank,
    /// A blank, or one of these.
    BlankOr(&'static str),
    /// One of these.
    OneOf(&'static str),
    /// A letter.
    Letter,
    /// No tag of HTML, which is refused as such.
    NoLetter,
    /// Anything but an id and `}`.
    NoId,
    /// A word that marks what is hidden.
    Word,
    /// Such a word, and one of these.
    WordThen(&'static str),
    /// A word that says by itself that something is hidden.
    Decided,
    /// Such a word, and one of these.
    DecidedThen(&'static str),
    /// The name of a callout, and `]`.
    Callout,
    /// What the first fence of a piece of code says about it: an instruction, or a word that marks what is hidden.
    Info,
}

/// How far what is hidden goes.
#[derive(Clone, Copy)]
pub(super) enum End {
    /// To the end of the line.
    Line,
    /// To the end of the paragraph.
    Paragraph,
    /// To this mark, or to the end of the text.
    Far(&'static str),
    /// To this mark in the same paragraph, without which the first means nothing.
    Near(&'static str),
}

/// A way to hide something.
pub(super) struct Notation {
    /// What it is called.
    pub(super) what: &'static str,
    /// Where its mark stands.
    pub(super) place: Place,
    /// Whether it must begin a paragraph, too.
    pub(super) begins_paragraph: bool,
    /// What it begins with.
    pub(super) mark: &'static str,
    /// What stands behind that.
    pub(super) next: Next,
    /// How far it goes.
    pub(super) end: End,
}

const fn row(
    what: &'static str,
    (place, mark): (Place, &'static str),
    next: Next,
    end: End,
) -> Notation {
    Notation {
        what,
        place,
        begins_paragraph: false,
        mark,
        next,
        end,
    }
}

use End::{Far, Near};
use Next::{
    Anything, Blank, BlankOr, Callout, Decided, DecidedThen, Info, Letter, NoId, NoLetter, OneOf,
    Word, WordThen,
};
use Place::{Anywhere, Apart, Line};

const REMARK: &str = "a remark of another program";
const TEMPLATE: &str = "a tag of a template";
const CALLOUT: &str = "a callout";
const SPOILER: &str = "a spoiler";
const ATTRIBUTE: &str = "an attribute";
const DIRECTIVE: &str = "a directive of another program";

/// What no page understands. Every row is one habit.
pub(super) const ELSEWHERE: &[Notation] = &[
    // HTML, Obsidian, CriticMarkup.
    row(REMARK, (Anywhere, "<!--"), Anything, Far("-->")),
    row(REMARK, (Anywhere, "<!"), NoLetter, Far("-->")),
    row(REMARK, (Apart, "%%"), Anything, Far("%%")),
    row(REMARK, (Anywhere, "{>>"), Anything, Far("<<}")),
    row(REMARK, (Anywhere, "{--"), Anything, Far("--}")),
    row(REMARK, (Anywhere, "{~~"), Anything, Far("~~}")),
    // Liquid, Jinja, Twig, Django, Smarty, Dust, Svelte, MDX, Blade, Razor.
    row(TEMPLATE, (Anywhere, "{%"), Anything, Far("")),
    row(TEMPLATE, (Anywhere, "{#"), NoId, Far("#}")),
    row(TEMPLATE, (Anywhere, "{*"), Anything, Near("*}")),
    row(TEMPLATE, (Anywhere, "{!"), Anything, Near("!}")),
    row(TEMPLATE, (Anywhere, "{/*"), Anything, Far("*/")),
    row(TEMPLATE, (Anywhere, "{@"), Letter, Far("")),
    row(TEMPLATE, (Apart, "@*"), Anything, Near("*@")),
    // Handlebars, Go, Hugo, Blade, Roam, MediaWiki.
    row(TEMPLATE, (Anywhere, "{{"), OneOf("!#/<%-*[^"), Far("")),
    row(TEMPLATE, (Anywhere, "{{"), Word, Far("}}")),
    // ERB, JSP, FreeMarker.
    row(TEMPLATE, (Anywhere, "<%"), Anything, Far("%>")),
    row(TEMPLATE, (Anywhere, "<#-"), Anything, Far("-->")),
    // Callouts and admonitions: GitHub, Obsidian, MkDocs.
    row(CALLOUT, (Anywhere, "[!"), Callout, End::Paragraph),
    row(CALLOUT, (Line, "!!!"), Decided, Far("")),
    row(CALLOUT, (Line, "???"), Decided, Far("")),
    // Spoilers: Discord, Reddit, Stack Exchange, forums.
    row(SPOILER, (Anywhere, "||"), Anything, Near("||")),
    row(SPOILER, (Anywhere, ">!"), Anything, Near("!<")),
    row(SPOILER, (Line, ">!"), Anything, End::Paragraph),
    row(SPOILER, (Anywhere, "["), WordThen("]=:|"), Near("[/")),
    row(SPOILER, (Anywhere, "["), DecidedThen(":|="), Near("]")),
    row(SPOILER, (Anywhere, "[["), Decided, Near("]]")),
    // Pandoc, Quarto, kramdown, AsciiDoc.
    row(ATTRIBUTE, (Anywhere, "]{"), Anything, Near("}")),
    row(ATTRIBUTE, (Anywhere, "){"), OneOf(".#:"), Near("}")),
    row(ATTRIBUTE, (Anywhere, "{."), Letter, End::Line),
    row(ATTRIBUTE, (Anywhere, "{:"), OneOf(".#:/% "), Near("}")),
    row(ATTRIBUTE, (Line, "{:"), Letter, Near("}")),
    row(ATTRIBUTE, (Line, "[."), Letter, Far("")),
    // MyST, Sphinx, Scribble, Confluence, R Markdown, Obsidian's code blocks.
    row(DIRECTIVE, (Line, "```"), Info, Far("\n```")),
    row(DIRECTIVE, (Line, "~~~"), Info, Far("\n~~~")),
    row(DIRECTIVE, (Anywhere, "{"), WordThen("}:|=,( \n"), Far("")),
    row(DIRECTIVE, (Line, "@"), Word, Far("")),
    row(DIRECTIVE, (Apart, "@"), WordThen("([{"), Far("")),
    row(DIRECTIVE, (Apart, "@if("), Anything, Far("")),
    row(DIRECTIVE, (Line, ".."), Blank, Far("")),
    row(DIRECTIVE, (Line, "ifdef::"), Anything, Far("")),
    row(DIRECTIVE, (Line, "ifndef::"), Anything, Far("")),
    row(DIRECTIVE, (Line, "ifeval::"), Anything, Far("")),
    // Org, LaTeX, Typst, AsciiDoc, Pug, Haml, Perl, Ruby, Lisp, Lua, Haskell, C.
    row(REMARK, (Line, "#+"), Letter, Far("")),
    row(REMARK, (Anywhere, "\\begin{"), Anything, Far("")),
    row(REMARK, (Anywhere, "\\if"), OneOf("f0"), Far("")),
    row(REMARK, (Anywhere, "phantom{"), Anything, Near("}")),
    row(REMARK, (Anywhere, "\\"), WordThen("{[<"), Far("")),
    row(REMARK, (Apart, "/*"), Anything, Far("*/")),
    row(REMARK, (Line, "//"), BlankOr("/-!"), End::Paragraph),
    row(REMARK, (Line, "-#"), BlankOr(""), End::Paragraph),
    row(REMARK, (Line, ";;"), Anything, End::Paragraph),
    row(REMARK, (Line, "###."), Anything, End::Paragraph),
    row(REMARK, (Line, "=begin"), Blank, Far("=end")),
    row(REMARK, (Line, "=for"), Blank, End::Paragraph),
    row(REMARK, (Line, "=pod"), Blank, Far("=cut")),
    row(REMARK, (Line, "%{"), Anything, Far("%}")),
    row(REMARK, (Line, "#if "), Anything, Far("#endif")),
    row(REMARK, (Line, "#ifdef "), Anything, Far("#endif")),
    row(REMARK, (Anywhere, "--[["), Anything, Far("]]")),
    row(REMARK, (Anywhere, "{-"), Anything, Near("-}")),
    Notation {
        begins_paragraph: true,
        ..row(REMARK, (Line, "%"), Blank, End::Paragraph)
    },
    // Tags of Obsidian, Bear and Logseq.
    row(REMARK, (Apart, "#"), DecidedThen(" \n.,;)"), End::Line),
];
