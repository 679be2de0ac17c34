//! The pages of one engagement on a host: all there, each closed as it should be, and opened with the reader's own code.

use std::iter;

use jiff::civil::Date;

use crate::access::Access;
use crate::access::key::Key;
use crate::access::link::{Link, LinkNumbers, LinkSource};
use crate::audit::ParsedPage;
use crate::audit::overlap::OverlapSearch;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::firm::AccessMode;
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::auditing::inspection::{Inspection, OpenedPage, clear_part};
use crate::pipeline::pages::{PageSource, ReaderPage, of_all_readers};
use crate::pipeline::problems::Failure;
use crate::pipeline::workspace::Workspace;
use crate::pipeline::{records, sealing};
use crate::{access, audit};

/// Links that ended are looked for as far back as this: nobody gives one person more.
const LINKS: u32 = 50;

/// Numbers of the site, an engagement or a person are tried up to this one, and fewer together: what none of them leads to is told as
/// nobody's page all the same.
const OTHERS: u32 = 20;

/// How many choices of them are tried.
const MOST: usize = 64;

/// The numbers that a link may have had before, or has by mistake.
pub(super) fn earlier(current: LinkNumbers) -> Vec<LinkNumbers> {
    let up_to = |number: u32| 1..=number.min(OTHERS);
    let mut others = Vec::new();
    for site in up_to(current.site) {
        for engagement in up_to(current.engagement) {
            others.extend(up_to(current.person).map(|person| (site, engagement, person)));
        }
    }
    others.truncate(MOST);
    let of_others = |(site, engagement, person): (u32, u32, u32)| {
        (1..=LINKS).map(move |stakeholder| LinkNumbers {
            site,
            engagement,
            stakeholder,
            person,
        })
    };
    let mut all: Vec<LinkNumbers> = others.into_iter().flat_map(of_others).collect();
    all.retain(|numbers| *numbers != current);
    all
}

/// The pages of one engagement in a folder.
pub(super) struct Pages<'a, 'engagement> {
    pub(super) workspace: &'a Workspace,
    pub(super) key: &'a Key,
    pub(super) engagement: &'engagement Engagement,
    pub(super) inspection: &'a mut Inspection,
    /// Finds in the pages the words that their readers may not see.
    pub(super) search: &'a mut OverlapSearch<'engagement>,
}

impl Pages<'_, '_> {
    /// Looks at the pages of all stakeholders, also of those who have no portal on `today`.
    pub(super) fn look(&mut self, today: Date) -> Result<(), Failure> {
        let readers = self.engagement.readers(today.into());
        let pages = self.current_pages(today);
        for person in &self.engagement.stakeholders {
            let current = sealing::link_source(self.workspace, self.engagement, person);
            for numbers in earlier(current.numbers) {
                let ended = LinkSource { numbers, ..current };
                self.look_for_ended(person, &ended);
            }
            let link = Link::of(self.key, &current);
            match readers.iter().find(|reader| *reader.id() == person.id) {
                Some(reader) => {
                    let mut pages = pages.iter();
                    let current = pages.find(|page| page.reader.id() == reader.id());
                    self.look_at_page(reader, person, (&link, current))?;
                }
                None => self.look_for_lost(person, &link),
            }
        }
        Ok(())
    }

    /// The pages that a build makes today; none where it would make none.
    fn current_pages(&mut self, today: Date) -> Vec<ReaderPage> {
        let source = PageSource {
            workspace: self.workspace,
            engagement: self.engagement,
            figures: &records::figures(Some(self.key), self.engagement),
            today: today.into(),
        };
        let pages = of_all_readers(&source);
        self.inspection.problems.value_or_default(pages)
    }

    fn look_for_ended(&mut self, person: &Stakeholder, ended: &LinkSource<'_>) {
        if let Some(file) = self.inspection.find(&Link::of(self.key, ended)) {
            let number = ended.numbers.stakeholder;
            let message = format!(
                "link {number} of `{}` in `{}` has ended, and its page is still here",
                person.id, self.engagement.id
            );
            self.inspection
                .leak(file, message, "take it away from the host");
        }
    }

    fn look_for_lost(&mut self, person: &Stakeholder, link: &Link) {
        if let Some(file) = self.inspection.find(link) {
            let message = format!(
                "`{}` in `{}` has no portal, and the page is still here",
                person.id, self.engagement.id
            );
            self.inspection
                .leak(file, message, "take it away from the host");
        }
    }

    fn look_at_page(
        &mut self,
        reader: &Reader,
        person: &Stakeholder,
        (link, current): (&Link, Option<&ReaderPage>),
    ) -> Result<(), Failure> {
        let (engagement, firm) = (&self.engagement.id, &self.workspace.book.firm);
        let Some(index) = self.inspection.find(link) else {
            if self.inspection.is_of_other_key {
                return Ok(());
            }
            let problem = Diagnostic::warning(format!(
                "the portal of `{}` in `{engagement}` is not here",
                person.id
            ));
            self.inspection
                .problems
                .general
                .push(problem.with_hint("publish again"));
            return Ok(());
        };
        let Some(document) = self.opened(index, person, link)? else {
            return Ok(());
        };
        if current.is_some_and(|current| current.page.document() != document) {
            let message = format!(
                "the portal of `{}` in `{engagement}` is not the one that a build makes today",
                person.id
            );
            let hint = "it may show what was taken back since; build and publish again";
            self.inspection.leak(index, message, hint);
        }
        let problems = &mut self.inspection.problems;
        let page = ParsedPage::of(&document, self.workspace.theme.known_style());
        problems.leaks.extend(audit::terms(
            &firm.terms,
            &page,
            engagement.as_str(),
            person.id.as_str(),
        ));
        self.search.look(reader, &page);
        Ok(())
    }

    /// What the reader sees of a file, if it opens. What can be read of a sealed one without its code is checked too.
    fn opened(
        &mut self,
        index: usize,
        person: &Stakeholder,
        link: &Link,
    ) -> Result<Option<String>, Failure> {
        let whose = format!("the portal of `{}` in `{}`", person.id, self.engagement.id);
        let file = self.inspection.files[index].text();
        let file = file.map_err(Failure::outside)?;
        if sealing::access_mode(self.workspace, self.engagement) == AccessMode::Link {
            return Ok(Some(file));
        }
        if !access::is_sealed(&file) {
            let hint = "whoever can list the host's files can read it; publish again";
            self.inspection
                .leak(index, format!("{whose} is not sealed"), hint);
            return Ok(Some(file));
        }
        let reader = iter::once(&person.id);
        let missing = sealing::missing_passphrases(self.workspace, self.engagement, reader);
        if !missing.is_empty() {
            self.inspection.problems.secrets.extend(missing);
            return Ok(None);
        }
        let access = sealing::access(self.workspace, self.engagement, person, link);
        let Access::Sealed(opening) = access.map_err(Failure::outside)? else {
            return Ok(Some(file));
        };
        let Some(document) = access::opened(&file, link, opening.passphrase.as_ref()) else {
            let hint = "it is damaged, or was made with another key or passphrase; publish again";
            self.inspection.leak(
                index,
                format!("{whose} does not open with the reader's code"),
                hint,
            );
            return Ok(None);
        };
        let (found, problems) = (&self.inspection.files[index], &mut self.inspection.problems);
        problems.leaks.extend(audit::faults(
            &ParsedPage::of(&document, ""),
            self.engagement.id.as_str(),
            person.id.as_str(),
        ));
        let opened = OpenedPage {
            file: found,
            text: &file,
            document: &document,
            link,
            opening: &opening,
        };
        if let Some(findings) = clear_part(self.workspace, &opened) {
            self.search.look_at_stray(&found.shown(), &file);
            problems.add_findings(findings);
        }
        Ok(Some(document))
    }
}
