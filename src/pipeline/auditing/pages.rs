//! The pages of one engagement on a host: all there, each closed as it should be, and opened with the reader's own code.

use jiff::civil::Date;

use crate::access;
use crate::access::Access;
use crate::access::Opening;
use crate::access::Sealing;
use crate::access::key::Key;
use crate::access::link::Link;
use crate::audit;
use crate::audit::Findings;
use crate::audit::ParsedPage;
use crate::audit::overlap::OverlapSearch;
use crate::audit::site::FoundFile;
use crate::diagnostic::Diagnostic;
use crate::engagement::Engagement;
use crate::engagement::audience::Reader;
use crate::engagement::stakeholder::Stakeholder;
use crate::pipeline::Workspace;
use crate::pipeline::auditing::Inspection;
use crate::pipeline::problems::Failure;

/// Links that ended are looked for as far back as this: nobody gives one person more.
const LINKS: u32 = 50;

/// The pages of one engagement in a folder.
pub(super) struct Pages<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) key: &'a Key,
    pub(super) engagement: &'a Engagement,
    pub(super) inspection: &'a mut Inspection,
    pub(super) is_known: &'a mut [bool],
}

impl Pages<'_> {
    pub(super) fn look(
        &mut self,
        search: &mut OverlapSearch<'_>,
        today: Date,
    ) -> Result<(), Failure> {
        let readers = self.engagement.readers(today);
        for person in &self.engagement.stakeholders {
            for number in (1..=LINKS).filter(|number| *number != person.link) {
                self.look_for_ended(person, number);
            }
            let link = self.link(person, person.link);
            match readers.iter().find(|reader| *reader.id() == person.id) {
                Some(reader) => self.look_at_page(reader, person, &link, search)?,
                None => self.look_for_lost(person, &link),
            }
        }
        Ok(())
    }

    fn link(&self, person: &Stakeholder, number: u32) -> Link {
        Link::of(
            self.key,
            self.engagement.id.as_str(),
            person.id.as_str(),
            number,
        )
    }

    /// Where the file of a link lies in the list of files, if it is there. From now on it is known.
    fn find(&mut self, link: &Link) -> Option<usize> {
        let path = link.path();
        let found = self
            .inspection
            .files
            .iter()
            .position(|file| file.path == path.as_str())?;
        self.is_known[found] = true;
        Some(found)
    }

    fn leak(&mut self, file: usize, message: String, hint: &str) {
        let problem = Diagnostic::error(message).with_hint(hint);
        let problem = self.inspection.files[file].place(problem);
        self.inspection.problems.leaks.push(problem);
    }

    fn look_for_ended(&mut self, person: &Stakeholder, number: u32) {
        if let Some(file) = self.find(&self.link(person, number)) {
            let message = format!(
                "link {number} of `{}` in `{}` has ended, and its page is still here",
                person.id, self.engagement.id
            );
            self.leak(file, message, "take it away from the host");
        }
    }

    fn look_for_lost(&mut self, person: &Stakeholder, link: &Link) {
        if let Some(file) = self.find(link) {
            let message = format!(
                "`{}` in `{}` has no portal, and the page is still here",
                person.id, self.engagement.id
            );
            self.leak(file, message, "take it away from the host");
        }
    }

    fn look_at_page(
        &mut self,
        reader: &Reader,
        person: &Stakeholder,
        link: &Link,
        search: &mut OverlapSearch<'_>,
    ) -> Result<(), Failure> {
        let (engagement, firm) = (&self.engagement.id, &self.workspace.book.firm);
        let Some(index) = self.find(link) else {
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
        let Some(document) = self.opened(index, person, link, search)? else {
            return Ok(());
        };
        let problems = &mut self.inspection.problems;
        let page = ParsedPage::of(&document, self.workspace.theme.known_style());
        problems.leaks.extend(audit::terms(
            &firm.terms,
            &page,
            engagement.as_str(),
            person.id.as_str(),
        ));
        search.look(reader, &page);
        Ok(())
    }

    /// What the reader sees of a file, if it opens; what everyone sees of a sealed one is looked at on the way.
    fn opened(
        &mut self,
        index: usize,
        person: &Stakeholder,
        link: &Link,
        search: &mut OverlapSearch<'_>,
    ) -> Result<Option<String>, Failure> {
        let whose = format!("the portal of `{}` in `{}`", person.id, self.engagement.id);
        let file = self.inspection.files[index].text();
        let access = self.workspace.access(self.engagement, person, link);
        let opening = match access.map_err(Failure::outside)? {
            Access::Link => return Ok(Some(file)),
            Access::Sealed(opening) => opening,
        };
        if !access::is_sealed(&file) {
            let hint = "whoever can list the host's files can read it; publish again";
            self.leak(index, format!("{whose} is not sealed"), hint);
            return Ok(Some(file));
        }
        let Some(document) = access::opened(&file, link, opening.passphrase.as_ref()) else {
            let hint = "it is damaged, or was made with another key or passphrase; publish again";
            self.leak(
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
        if let Some(findings) = self.workspace.clear_part(found, &document, link, &opening) {
            search.look_at_stray(&found.shown(), &file);
            problems.add_findings(findings);
        }
        Ok(Some(document))
    }
}

impl Workspace {
    /// What can be read of a sealed page without its code, where that is not just what this program writes there.
    pub(super) fn clear_part(
        &self,
        found: &FoundFile,
        document: &str,
        link: &Link,
        opening: &Opening,
    ) -> Option<Findings> {
        let file = found.text();
        let sealing = Sealing {
            link,
            opening,
            shell: &self.shell,
        };
        if sealing.makes(&file, document) {
            return None;
        }
        let (shown, terms) = (found.shown(), &self.book.firm.terms);
        let problem = Diagnostic::warning(
            "what stands around this sealed page is not what this version of Loggia writes",
        );
        let hint = "publish again, or look at who changed it";
        Some(Findings {
            leaks: audit::terms(terms, &ParsedPage::of(&file, ""), &shown, &shown),
            warnings: vec![found.place(problem.with_hint(hint))],
        })
    }
}
