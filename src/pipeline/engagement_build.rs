//! What a build hands to each of its engagements.

use jiff::civil::Date;

use crate::access::Sealed;
use crate::access::key::Key;
use crate::diagnostic::Diagnostic;
use crate::pipeline::holding::Holding;
use crate::pipeline::options::BuildOptions;
use crate::pipeline::previous::Previous;
use crate::pipeline::remembering::Memory;
use crate::pipeline::telling::Digests;
use crate::pipeline::unchanged::Unchanged;
use crate::pipeline::workspace::Workspace;
use crate::publish::Publication;

/// What is the same for all engagements of a build.
pub(super) struct EngagementBuild<'a> {
    pub(super) workspace: &'a Workspace,
    pub(super) key: &'a Key,
    /// Absent where nothing is written.
    pub(super) publication: Option<&'a Publication>,
    pub(super) today: Date,
    pub(super) options: BuildOptions,
    pub(super) previous: Option<&'a Previous>,
    pub(super) memory: &'a Memory<'a>,
    pub(super) digests: &'a Digests,
    pub(super) unchanged: &'a Unchanged<'a>,
}

impl<'a> EngagementBuild<'a> {
    /// Takes a file into the new site, and returns its digest where there is one.
    pub(super) fn put(&self, file: &Sealed) -> Result<Option<String>, Diagnostic> {
        let put = self.publication.map(|publication| publication.put(file));
        put.transpose()
    }

    /// What it takes to judge published pages, if any is to be kept.
    pub(super) fn holding(&self) -> Option<Holding<'a>> {
        let previous = self.previous?;
        Some(Holding {
            workspace: self.workspace,
            key: self.key,
            today: self.today,
            auditing: self.options.auditing,
            previous,
            records: self.memory.all(),
            digests: self.digests,
        })
    }
}
