//! Markdown and HTML from outside: what a page can hold, and what of an attacker's corpus ends up on one.
//!
//! Every piece of the corpus is either refused with its file and line, or inert: pages are read again by a browser's parser and hold
//! only the tags and attributes of the lists below, no comment, no handler, and no link but to the web, a mail or a call.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use html5ever::parse_document;
use html5ever::tendril::TendrilSink;
use jiff::civil::Date;
use loggia::engagement::id::EngagementId;
use loggia::pipeline::reading;
use loggia::pipeline::workspace::Workspace;
use loggia::portal::PortalSource;
use loggia::portal::view::PortalView;
use loggia::progress;
use loggia::progress::past::Past;
use markup5ever_rcdom::{Handle, NodeData, RcDom};

use crate::project::{Project, TODAY, reader_pages};

/// Every tag of a page, and its attributes besides the ones that all may have.
const TAGS: &[(&str, &[&str])] = &[
    ("a", &["href", "rel", "download"]),
    ("abbr", &["title"]),
    ("article", &[]),
    ("aside", &[]),
    ("bdi", &[]),
    ("blockquote", &[]),
    ("body", &[]),
    ("br", &[]),
    ("caption", &[]),
    ("circle", &["cx", "cy", "r"]),
    ("code", &[]),
    ("dd", &[]),
    ("del", &[]),
    ("desc", &[]),
    ("details", &["open"]),
    ("div", &["tabindex"]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("figcaption", &[]),
    ("figure", &[]),
    ("footer", &[]),
    ("g", &["transform"]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("head", &[]),
    ("header", &[]),
    ("hr", &[]),
    ("html", &[]),
    ("image", &["height", "href", "width"]),
    ("img", &["alt", "height", "src", "width"]),
    ("li", &[]),
    ("line", &["x1", "x2", "y1", "y2"]),
    ("link", &["href", "rel"]),
    ("main", &[]),
    ("meta", &["charset", "content", "http-equiv", "name"]),
    ("nav", &[]),
    ("label", &[]),
    ("input", &["type", "id"]),
    ("ol", &["start"]),
    ("p", &[]),
    ("path", &["d"]),
    ("polyline", &["points"]),
    ("pre", &[]),
    ("rect", &["height", "rx", "width", "x", "y"]),
    ("section", &["tabindex"]),
    ("span", &[]),
    ("strong", &[]),
    ("style", &[]),
    ("summary", &[]),
    ("svg", &["height", "viewBox", "width"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["colspan", "rowspan"]),
    ("text", &["x", "y", "text-anchor", "dx", "dy"]),
    ("th", &["scope", "colspan", "rowspan"]),
    ("thead", &[]),
    ("time", &["datetime"]),
    ("title", &[]),
    ("tr", &[]),
    ("tspan", &["x", "y", "dx", "dy"]),
    ("ul", &[]),
    ("use", &["href"]),
];

/// Attributes that every tag may have.
const EVERYWHERE: [&str; 10] = [
    "class",
    "id",
    "dir",
    "lang",
    "role",
    "hidden",
    "aria-label",
    "aria-labelledby",
    "aria-describedby",
    "aria-hidden",
];

/// Attributes of the above, seen on one place only.
const ARIA: [&str; 1] = ["aria-current"];

/// The attacker's corpus: OWASP's cheat sheets, the CVEs of comrak, marked, markdown-it and others, and what was thought of here.
pub(crate) const CORPUS: &[&str] = &[
    // Scripts and handlers.
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"x\" onerror=\"alert(1)\" />",
    "<IMG SRC=j&#X41vascript:alert(1)>",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<math><mi xlink:href=\"javascript:alert(1)\">x",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<object data=\"data:text/html;base64,PHNjcmlwdD4=\">",
    "<embed src=//evil.example>",
    "<base href=//evil.example/>",
    "<link rel=stylesheet href=//evil.example>",
    "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
    "<form action=//evil.example><input name=q>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<style>@import '//evil.example';</style>",
    "<div style=\"background:url(//evil.example)\">x</div>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=//evil.example>x</a>",
    "<a href=\"https://example.org\" onclick=alert(1)>x</a>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template>",
    "<textarea><script>alert(1)</script>",
    "<plaintext>",
    "<xmp><script>alert(1)</script></xmp>",
    "<title><script>alert(1)</script></title>",
    "</div></main></body><script>alert(1)</script>",
    "<!DOCTYPE html>",
    "<?php echo 1 ?>",
    "<?xml version=\"1.0\"?>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!ENTITY x \"y\">",
    "<!-- comment -->",
    "<!--> <script>alert(1)</script> -->",
    "<!---> x -->",
    "<!-- --!> <img src=x onerror=alert(1)> -->",
    "<!-->",
    "<!--",
    "x <!-- y --> z",
    "<!-- a\n\nb -->",
    "<\nscript>alert(1)</script>",
    "<script\n>alert(1)</script\n>",
    "<scr\0ipt>alert(1)</script>",
    "<x onclick=alert(1)>y</x>",
    "<custom-element onclick=alert(1)>",
    "<a\thref=javascript:alert(1)>x",
    "<a/href=javascript:alert(1)>x",
    "<<script>alert(1)//<</script>",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<b>x</b>",
    "<br>",
    "<br/>",
    "</p>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&#x3c;img src=x onerror=alert(1)&#x3e;",
    // Schemes.
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](javascript&#58;alert(1))",
    "[a](javascript&#x3A;alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](&#x6A&#x61;vascript:alert(1))",
    "[a](java&Tab;script:alert(1))",
    "[a](java&NewLine;script:alert(1))",
    "[a](\u{1}javascript:alert(1))",
    "[a](\u{a0}javascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "[a](< javascript:alert(1)>)",
    "[a](<java\tscript:alert(1)>)",
    "[a](javascript://%0aalert(1))",
    "[a](javascript:%61lert(1))",
    "[a](%6aavascript:alert(1))",
    "[a](javascript\\:alert(1))",
    "[a](java\\script:alert(1))",
    "[a](\\javascript:alert(1))",
    "[a](vbscript:msgbox(1))",
    "[a](livescript:x)",
    "[a](data:text/html,<script>alert(1)</script>)",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](Data:text/html,x)",
    "[a](DATA:image/svg+xml,<svg onload=alert(1)>)",
    "[a](file:///etc/passwd)",
    "[a](ftp://example.org)",
    "[a](blob:https://example.org/x)",
    "[a](view-source:x)",
    "[a](feed:javascript:alert(1))",
    "[a](jar:x!/y)",
    "[a](about:blank)",
    "[a](intent://x#Intent;end)",
    "[a](ms-word:ofe|u|x)",
    "[a](//evil.example)",
    "[a](///evil.example)",
    "[a](\\\\evil.example)",
    "[a](/\\evil.example)",
    "[a](https:evil.example)",
    "[a](https:/evil.example)",
    "[a](http:///evil.example)",
    "[a](https:\\\\evil.example)",
    "[a](https://example.org\" onclick=\"alert(1))",
    "[a](https://example.org' onclick='alert(1))",
    "[a](https://example.org/\"onmouseover=alert(1))",
    "[a](<https://example.org/\"onmouseover=alert(1)//>)",
    "[a](https://example.org \"title\" onclick=alert(1))",
    "[a](https://example.org \"t\\\"onclick=alert(1)\")",
    "[a](mailto:a@example.org?body=<script>)",
    "[a](mailto:x\"onclick=alert(1))",
    "[a](tel:+44\"onclick=alert(1))",
    "<javascript:alert(1)>",
    "<JAVASCRIPT:alert(1)>",
    "<data:text/html,x>",
    "<https://example.org/\"onclick=alert(1)>",
    "<https://example.org/<script>alert(1)</script>>",
    "<a@example.org\"onclick=alert(1)>",
    "<https://example.org>",
    "<a@example.org>",
    "https://example.org/<b>",
    "[a]\n\n[a]: javascript:alert(1)",
    "[a]\n\n[a]: <javascript:alert(1)>",
    "[a]\n\n[a]: java&#115;cript:alert(1)",
    "[a][b]\n\n[b]: DATA:text/html,x \"t\"",
    "[A]\n\n[a]: vbscript:x",
    "[a]: javascript:alert(1)",
    "[//]: # (a comment of some)",
    "[//]: # \"a comment\"",
    "[comment]: <> (text)",
    // Pictures and files.
    "![a](x)",
    "![a](https://evil.example/beacon.png)",
    "![a](//evil.example/b.png)",
    "![a](data:image/svg+xml,<svg onload=alert(1)>)",
    "![a](javascript:alert(1))",
    "![a\" onerror=\"alert(1)](files/room.png)",
    "![<script>alert(1)</script>](files/room.png)",
    "![a](files/room.png \"t\\\" onerror=alert(1)\")",
    "![a](files/room.png?x)",
    "![a](files/room.png#x)",
    "![a](files/../notes/2026-01-20-session.md)",
    "![a](files/%2e%2e/notes/x.md)",
    "![a](files/..%2fnotes/x.md)",
    "![a](FILES/room.png)",
    "![a](./files/room.png)",
    "![a](files//room.png)",
    "![a](files\\room.png)",
    "![a](/files/room.png)",
    "[a](files/room.png)",
    "[a](notes/2026-01-20-session.md)",
    "[a](../notes/2026-01-20-session.md)",
    "[a](../../loggia.key)",
    "[a](engagement.toml)",
    "[a](goals/1-clear.md)",
    "[a](#x)",
    "[a](?x)",
    "[a]()",
    "![]()",
    "[![a](files/room.png)](javascript:alert(1))",
    "[![a](javascript:alert(1))](https://example.org)",
    "![![a](files/room.png)](files/room.png)",
    "![a][b]\n\n[b]: https://evil.example/x.png",
    // Extensions, structure, and what other dialects make of it.
    "# T {onclick=alert(1)}",
    "# T {#id .class onclick=alert(1)}",
    "T {onclick=alert(1)}\n===",
    "x^2^ y~2~",
    "$\\href{javascript:alert(1)}{x}$",
    "$$x$$",
    "[^1]\n\n[^1]: <script>alert(1)</script>",
    "[^1]: secret",
    "[[javascript:alert(1)]]",
    "[[notes/2026-01-20-session]]",
    "![[notes/2026-01-20-session.md]]",
    "> [!NOTE]\n> x",
    "> [!WARNING] <script>",
    "term\n: definition",
    "---\ntitle: x\n---",
    "+++\ntitle = \"x\"\n+++",
    "| a |\n|:-:|\n| <script>alert(1)</script> |",
    "| a | b |\n|:--|--:|\n| 1 | 2 |",
    "- [x] <img src=x onerror=alert(1)>",
    "- [ ] a\n- [x] b",
    "```html\n<script>alert(1)</script>\n```",
    "```\"onclick=alert(1)\nx\n```",
    "``` <script> \nx\n```",
    "~~~js onload=alert(1)\nx\n~~~",
    "    <script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "`` ` <b> ``",
    "***<b>***",
    "~~<b>~~",
    "\\<script>alert(1)\\</script>",
    "\\[a](javascript:alert(1))",
    "[a\\](javascript:alert(1))",
    "[a](javascript:alert(1)",
    "[a] (javascript:alert(1))",
    "[[a](https://example.org)](javascript:alert(1))",
    "[a](https://example.org)[b](javascript:alert(1))",
    "{{ 7*7 }}",
    "{% include 'x' %}",
    "{{ debug() }}",
    "{# x #}",
    "<%= 7*7 %>",
    "${7*7}",
    "#{7*7}",
    "%% she said %%",
    "x %%she said%% y",
    "{>> she said <<}",
    "{++x++}",
    "{==x==}{>>y<<}",
    "@@x@@",
    "==x==",
    "\u{202e}gro.elpmaxe",
    "x\u{0}y",
    "x\u{1b}[31my",
    "x\u{85}y",
    "\u{feff}x",
    "&nbsp;&shy;&zwj;",
    "&NotAnEntity;",
    "&#0;",
    "&#xD800;",
    "&#x110000;",
    "&#x1F;",
    "a\u{2028}b",
    "<a href=\u{2028}javascript:alert(1)>",
    "1. a\n2. b",
    "7. seven\n8. eight",
    "0) zero",
    "* * *",
    "Setext\n---",
    "> quote\n>> deeper",
    "hard  \nbreak\\\nhere",
    "***",
    "a|b\n-|-\n1|2",
];

#[test]
fn whatever_is_written_is_refused_with_its_line_or_inert() {
    let bench = Bench::new();
    let mut refused = 0;
    for text in CORPUS {
        match bench.pages_with(text) {
            Ok(pages) => {
                for page in &pages {
                    check(page).unwrap_or_else(|wrong| panic!("{text:?}: {wrong}"));
                }
            }
            Err(told) => {
                refused += 1;
                assert!(
                    told.contains("error: ") && told.contains("first-month.md:"),
                    "{text:?}: {told}"
                );
            }
        }
    }
    assert!(
        refused > 100 && refused < CORPUS.len() - 40,
        "{refused} of {}",
        CORPUS.len()
    );
}

#[test]
fn what_must_be_refused_is_refused() {
    let bench = Bench::new();
    for text in CORPUS {
        let lower = text.to_lowercase();
        let is_code =
            text.starts_with(['`', '~', '\\']) || text.starts_with("    ") || text.contains("`<");
        let is_markup = lower.starts_with("<script")
            || lower.starts_with("<img")
            || lower.starts_with("<!--")
            || lower.starts_with("<svg ");
        let is_whole = lower.matches('(').count() == lower.matches(')').count();
        let is_scheme = is_whole && lower.starts_with("[a](javascript:")
            || lower.starts_with("[a](data:")
            || lower.starts_with("<javascript:");
        if (is_markup || is_scheme || lower.starts_with("%%"))
            && !is_code
            && lower.ends_with([')', '>', '%'])
        {
            assert!(bench.pages_with(text).is_err(), "{text:?}");
        }
    }
}

#[test]
fn prose_is_what_a_cleaner_would_leave_of_it() {
    let bench = Bench::new();
    let mut compared = 0;
    for text in CORPUS {
        for html in bench.prose_with(text).unwrap_or_default() {
            assert_eq!(normal(&html), normal(&cleaned(&html)), "{text:?}");
            compared += 1;
        }
    }
    assert!(compared > 70, "{compared}");
}

#[test]
fn every_text_of_every_table_is_inert() {
    const TEXT: &str = "</title></style>--><script>alert(1)</script><img src=x onerror=alert(1)>\\\" onclick=\\\"alert(1)' onfocus='alert(1) {{ 7*7 }} [a](javascript:alert(1)) & &lt;b&gt;";
    let project = Project::small();
    project.write("nyah/agreement.md", "+++\ntitle = \"Agreed\"\n+++\n");
    let names = [
        "loggia.toml",
        "nyah/agreement.md",
        "nyah/engagement.toml",
        "nyah/goals/1-clear.md",
        "nyah/agendas/2026-02-03-calibration.md",
        "nyah/pulse/2026-03-02.md",
        "nyah/updates/2026-03-15-first-month.md",
        "nyah/reviews/2026-03-16-midpoint.md",
    ];
    let mut replaced = 0;
    for name in names {
        let mut lines = Vec::new();
        for line in project.read(name).lines() {
            let key = line.split(" = ").next().unwrap_or_default();
            let is_text = matches!(
                key,
                "title"
                    | "purpose"
                    | "name"
                    | "updates"
                    | "escalation"
                    | "confidentiality"
                    | "exceptions"
                    | "privacy"
                    | "manager"
                    | "alias"
                    | "statement"
                    | "behaviour"
                    | "text"
                    | "place"
                    | "intended"
                    | "actual"
            ) && line.ends_with('"');
            replaced += usize::from(is_text);
            lines.push(if is_text {
                format!("{key} = \"{TEXT}\"")
            } else {
                line.replace(
                    "good = [\"I hear her main point in the first minute.\"]",
                    &format!("good = [\"{TEXT}\"]"),
                )
            });
        }
        project.write(name, lines.join("\n") + "\n");
    }
    assert!(replaced > 25, "{replaced}");
    let bench = Bench::of(project);
    let pages = bench.pages().unwrap();
    assert_eq!(pages.len(), 6);
    for page in pages {
        check(&page).unwrap();
        assert!(page.contains("&lt;script&gt;"));
        assert!(
            page.contains("{{ 7*7 }}") || page.contains("&#123;"),
            "templates are not read twice"
        );
    }
}

#[test]
fn pages_of_the_samples_hold_only_what_is_allowed() {
    let project = Project::samples();
    let workspace = Workspace::open(&project.content()).unwrap();
    let today: Date = "2026-11-22".parse().unwrap();
    let mut pages = 0;
    for id in &workspace.book().engagements {
        let engagement = reading::engagement(&workspace, id, today.into())
            .reading
            .value
            .unwrap();
        for portal in reader_pages(&workspace, &engagement, today).unwrap() {
            check(portal.page.document()).unwrap_or_else(|wrong| panic!("{id}: {wrong}"));
            pages += 1;
        }
    }
    assert_eq!(pages, 37);
}

/// The small engagement, of which one text is replaced again and again.
pub(crate) struct Bench {
    project: Project,
    workspace: Workspace,
    today: Date,
}

impl Bench {
    const FILE: &str = "nyah/updates/2026-03-15-first-month.md";

    pub(crate) fn new() -> Self {
        Self::of(Project::small())
    }

    fn of(project: Project) -> Self {
        let workspace = Workspace::open(&project.content()).unwrap();
        Self {
            project,
            workspace,
            today: TODAY.parse().unwrap(),
        }
    }

    /// The pages with `text` in an update that everyone sees, or what is said against it.
    pub(crate) fn pages_with(&self, text: &str) -> Result<Vec<String>, String> {
        self.write(text);
        self.pages()
    }

    fn write(&self, text: &str) {
        let file = format!(
            "+++\ntitle = \"The first month\"\nshare = [\"everyone\"]\n+++\nBefore.\n\n{text}\n\nAfter.\n"
        );
        self.project.write(Self::FILE, file);
    }

    fn pages(&self) -> Result<Vec<String>, String> {
        let id = EngagementId::parse("nyah").unwrap();
        let reading = reading::engagement(&self.workspace, &id, self.today.into()).reading;
        let told = || {
            reading
                .problems
                .iter()
                .map(|problem| problem.to_string())
                .collect::<Vec<_>>()
                .join("\n\n")
        };
        let Some(engagement) = &reading.value else {
            return Err(told());
        };
        let portals = reader_pages(&self.workspace, engagement, self.today).map_err(|_| told())?;
        Ok(portals
            .iter()
            .map(|portal| portal.page.document().to_owned())
            .collect())
    }

    /// The HTML that `text` becomes, if it is not refused.
    pub(crate) fn prose_with(&self, text: &str) -> Option<Vec<String>> {
        self.write(text);
        let id = EngagementId::parse("nyah").unwrap();
        let engagement = reading::engagement(&self.workspace, &id, self.today.into())
            .reading
            .value?;
        let source = PortalSource {
            firm: &self.workspace.book().firm,
            engagement: &engagement,
            figures: &progress::figures(&engagement, &Past::none()),
        };
        let readers = engagement.readers(self.today.into());
        let view = PortalView::of(source, readers.first()?, self.today.into());
        Some(
            view.updates
                .iter()
                .map(|update| {
                    let passages = update.prose.iter();
                    passages.map(|passage| passage.html.as_str()).collect()
                })
                .collect(),
        )
    }
}

/// Reads a page as a browser does, and says what it holds that it may not hold.
pub(crate) fn check(page: &str) -> Result<(), String> {
    let dom = parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(page);
    let allowed: BTreeMap<&str, BTreeSet<&str>> = TAGS
        .iter()
        .map(|(tag, attributes)| (*tag, attributes.iter().copied().collect()))
        .collect();
    let mut open: Vec<Handle> = vec![Rc::clone(&dom.document)];
    while let Some(node) = open.pop() {
        open.extend(node.children.borrow().iter().cloned());
        match &node.data {
            NodeData::Comment { contents } => return Err(format!("a comment: {contents}")),
            NodeData::ProcessingInstruction { target, .. } => {
                return Err(format!("an instruction: {target}"));
            }
            NodeData::Element { name, attrs, .. } => {
                let tag = &*name.local;
                let Some(own) = allowed.get(tag) else {
                    return Err(format!("<{tag}>"));
                };
                for attribute in attrs.borrow().iter() {
                    let key = &*attribute.name.local;
                    if !own.contains(key) && !EVERYWHERE.contains(&key) && !ARIA.contains(&key) {
                        return Err(format!("<{tag} {key}>"));
                    }
                    check_address(tag, key, &attribute.value)?;
                }
            }
            NodeData::Document | NodeData::Doctype { .. } | NodeData::Text { .. } => {}
        }
    }
    Ok(())
}

/// Links lead to the web, a mail, a call or a place in the page; pictures and files are in the page.
fn check_address(tag: &str, key: &str, value: &str) -> Result<(), String> {
    let starts = |schemes: &[&str]| {
        schemes
            .iter()
            .any(|scheme| value.to_ascii_lowercase().starts_with(scheme))
    };
    let is_good = match (tag, key) {
        ("a", "href") => starts(&[
            "https://",
            "http://",
            "mailto:",
            "tel:",
            "#",
            "data:image/png;base64,",
            "data:text/calendar;",
        ]),
        ("link", "href") => starts(&["data:"]),
        ("use", "href") => starts(&["#"]),
        (_, "src") | ("image", "href") => starts(&[
            "data:image/png;base64,",
            "data:image/jpeg;base64,",
            "data:image/webp;base64,",
        ]),
        (
            _,
            "href" | "action" | "formaction" | "srcset" | "poster" | "data" | "ping" | "xlink:href",
        ) => false,
        ("meta", "http-equiv") => value.eq_ignore_ascii_case("content-security-policy"),
        _ => true,
    };
    if is_good {
        Ok(())
    } else {
        Err(format!("<{tag} {key}={value:?}>"))
    }
}

/// What ammonia leaves of a piece of HTML, told of the tags that prose is made of.
pub(crate) fn cleaned(html: &str) -> String {
    let tags = [
        "p",
        "h4",
        "h5",
        "h6",
        "em",
        "strong",
        "del",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "hr",
        "br",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "img",
        "div",
    ];
    let mut cleaner = ammonia::Builder::empty();
    cleaner
        .tags(tags.into())
        .tag_attributes(
            [
                ("a", ["href", "rel", "download"].into()),
                ("img", ["src", "alt", "width", "height"].into()),
                ("ol", ["start"].into()),
                // Around a table, for the keyboard.
                ("div", ["class", "role", "tabindex"].into()),
            ]
            .into(),
        )
        .generic_attributes(["dir"].into())
        .url_schemes(["https", "http", "mailto", "tel", "data"].into())
        .link_rel(None)
        .strip_comments(true);
    cleaner.clean(html).to_string()
}

/// A piece of HTML as a parser would write it.
pub(crate) fn normal(html: &str) -> String {
    let mut builder = ammonia::Builder::empty();
    let tags: BTreeSet<&str> = TAGS.iter().map(|(tag, _)| *tag).collect();
    builder
        .tags(tags.into_iter().filter(|tag| *tag != "style").collect())
        .link_rel(None)
        .url_schemes(["https", "http", "mailto", "tel", "data"].into());
    let attributes: BTreeSet<&str> = TAGS
        .iter()
        .flat_map(|(_, attributes)| attributes.iter().copied())
        .filter(|key| *key != "rel")
        .chain(["rel", "dir", "class", "style"])
        .collect();
    builder.generic_attributes(attributes.into_iter().collect());
    builder.clean(html).to_string()
}
