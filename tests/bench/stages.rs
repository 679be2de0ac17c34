//! The stages of a build by themselves, one after the other on one thread, in the order of the way from the folder to the site.

use std::time::{Duration, Instant};

use jiff::civil::Date;
use loggia::access::key::Key;
use loggia::access::link::{Link, LinkNumbers, LinkSource};
use loggia::access::shell::Shell;
use loggia::access::{Access, Opening, Sealed};
use loggia::audit::ParsedPage;
use loggia::audit::overlap::OverlapSearch;
use loggia::engagement::today::Today;
use loggia::pipeline::reading;
use loggia::pipeline::workspace::Workspace;
use loggia::portal::PortalSource;
use loggia::portal::files::ShownFiles;
use loggia::portal::view::PortalView;
use loggia::progress;
use loggia::progress::past::Past;
use loggia::publish::{Publication, Site};
use loggia::render::theme::Theme;
use tempfile::TempDir;

use crate::{TODAY, book};

/// What each stage took, in the order of [`STAGES`].
#[derive(Default)]
struct Clock([Duration; STAGES.len()]);

const STAGES: [&str; 7] = [
    "read and checked",
    "figures",
    "portal",
    "rendered",
    "audited",
    "sealed",
    "written",
];

impl Clock {
    fn time<T>(&mut self, stage: usize, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.0[stage] += start.elapsed();
        done
    }
}

/// Builds a book of so many engagements stage by stage, and prints what each took.
pub(crate) fn print(place: &TempDir, count: usize) {
    let content = place.path().join("content");
    book::write(&content, count, "sealed");
    let workspace = Workspace::open(&content).expect("the book opens");
    let today = Today::from(TODAY.parse::<Date>().expect("a day"));
    let theme = Theme::load(None).expect("the theme");
    let phrases = theme.phrases("en").expect("words");
    let shell = Shell::of(&phrases).expect("the shell");
    let key = Key::open_or_make(&content, None).expect("the key");
    let site = Site {
        name: "bench",
        secret: "bench",
    };
    let publication =
        Publication::begin(&place.path().join("site"), &[&content], site).expect("a place");
    let (book, mut clock, mut portals) = (workspace.book(), Clock::default(), 0_u32);
    for id in &book.engagements {
        let reading = clock.time(0, || reading::engagement(&workspace, id, today).reading);
        let engagement = reading.value.expect("a sound engagement");
        let figures = clock.time(1, || progress::figures(&engagement, &Past::none()));
        let source = PortalSource {
            firm: &book.firm,
            engagement: &engagement,
            figures: &figures,
        };
        let mut search = clock.time(4, || OverlapSearch::over(&content, &engagement, today));
        for reader in engagement.readers(today) {
            let view = clock.time(2, || PortalView::of(source, &reader, today));
            let page = clock.time(3, || theme.page(view, "en"));
            let files = ShownFiles::of(&engagement, &reader);
            let page = page.expect("a page").with_files(&files);
            clock.time(4, || {
                search.look(
                    &reader,
                    &ParsedPage::of(page.document(), page.style().text()),
                );
            });
            let source = LinkSource {
                engagement: id.as_str(),
                stakeholder: reader.id().as_str(),
                numbers: LinkNumbers::of_stakeholder(1),
            };
            let link = Link::of(&key, &source);
            let sealed = clock.time(5, || {
                Sealed::of(&page, &link, &Access::Sealed(Opening::default()), &shell)
            });
            clock.time(6, || publication.put(&sealed)).expect("a file");
            portals += 1;
        }
        clock.time(4, || search.findings(book.firm.overlap));
    }
    clock.time(6, || publication.publish()).expect("a site");
    println!(
        "stage             ms/portal   share   ({count} engagements, {portals} portals, one thread, sealed)"
    );
    let whole: Duration = clock.0.iter().sum();
    for (stage, took) in STAGES.iter().zip(clock.0) {
        let share = 100.0 * took.as_secs_f64() / whole.as_secs_f64();
        let each = took.as_secs_f64() * 1000.0 / f64::from(portals);
        println!("{stage:16}  {each:9.3}  {share:5.1} %");
    }
}
