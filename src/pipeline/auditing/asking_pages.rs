//! The asking pages of one engagement on a host: all there, each sealed, and each asking what a build of today would ask.

use jiff::civil::Date;

use crate::access::link::{Link, LinkSource};
use crate::audit::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::asking::{self, AskingPage, AskingPages};
use crate::pipeline::auditing::inspection::{OpenedPage, clear_part};
use crate::pipeline::auditing::pages::{Pages, earlier};
use crate::pipeline::problems::Failure;
use crate::pipeline::sealing;
use crate::{access, audit};

impl Pages<'_, '_> {
    /// Looks at the asking pages of all stakeholders, also of those who are not asked on `today`.
    pub(super) fn look_at_asking(&mut self, today: Date) -> Result<(), Failure> {
        let source = AskingPages {
            workspace: self.workspace,
            key: Some(self.key),
            engagement: self.engagement,
            today: today.into(),
        };
        let pages = self.inspection.problems.value_or_default(source.all());
        for person in &self.engagement.stakeholders {
            let current = sealing::link_source(self.workspace, self.engagement, person);
            for numbers in earlier(current.numbers) {
                let ended = LinkSource { numbers, ..current };
                let link = Link::asking(self.key, &ended);
                self.refuse(
                    person,
                    &link,
                    "had this asking page under a link that has ended",
                );
            }
            let link = Link::asking(self.key, &current);
            match pages.iter().find(|page| page.rater == person.id) {
                Some(page) => self.look_at_asking_page(person, &link, page)?,
                None => self.refuse(
                    person,
                    &link,
                    "is not asked today, and the asking page is still here",
                ),
            }
        }
        Ok(())
    }

    /// Adds an error if there is a page that must not be there.
    fn refuse(&mut self, person: &Stakeholder, link: &Link, why: &str) {
        if let Some(file) = self.inspection.find(link) {
            let message = format!("`{}` in `{}` {why}", person.id, self.engagement.id);
            self.inspection
                .leak(file, message, "take it away from the host");
        }
    }

    fn look_at_asking_page(
        &mut self,
        person: &Stakeholder,
        link: &Link,
        current: &AskingPage,
    ) -> Result<(), Failure> {
        let whose = format!(
            "the asking page of `{}` in `{}`",
            person.id, self.engagement.id
        );
        let Some(index) = self.inspection.find(link) else {
            if !self.inspection.is_of_other_key {
                let problem = Diagnostic::warning(format!("{whose} is not here"));
                let problem = problem.with_hint("publish again");
                self.inspection.problems.general.push(problem);
            }
            return Ok(());
        };
        let file = self.inspection.files[index].text();
        let file = file.map_err(Failure::outside)?;
        let opening = match asking::opening(self.workspace, self.engagement, person, link) {
            Ok(opening) => opening,
            Err(problem) => {
                self.inspection.problems.secrets.push(problem);
                return Ok(());
            }
        };
        let Some(document) = access::opened(&file, link, opening.passphrase.as_ref()) else {
            let hint = "it is damaged, not sealed, or was made with another key or passphrase; publish again";
            let message = format!("{whose} does not open with the rater's code");
            self.inspection.leak(index, message, hint);
            return Ok(());
        };
        if current.page.document() != document {
            let message = format!("{whose} is not the one that a build makes today");
            let hint = "answers to it may not be counted; build and publish again";
            self.inspection.leak(index, message, hint);
        }
        let (engagement, rater) = (self.engagement.id.as_str(), person.id.as_str());
        let page = ParsedPage::of(&document, self.workspace.theme.known_asking_style());
        let leaks = &mut self.inspection.problems.leaks;
        let terms = &self.workspace.book.firm.terms;
        leaks.extend(audit::terms(terms, &page, engagement, rater));
        leaks.extend(audit::faults(&page, engagement, rater));
        let opened = OpenedPage {
            file: &self.inspection.files[index],
            text: &file,
            document: &document,
            link,
            opening: &opening,
        };
        if let Some(findings) = clear_part(self.workspace, &opened) {
            self.inspection.problems.add_findings(findings);
        }
        Ok(())
    }
}
