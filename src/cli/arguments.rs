//! What can be asked for on the command line. The doc comments of its types and fields are the text of `--help`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use crate::cli::collect::CollectOptions;
use crate::cli::forget::ForgetOptions;
use crate::cli::key::KeyCommand;
use crate::cli::new::New;
use crate::cli::schema::SchemaOptions;
use crate::cli::serving::ServeOptions;
use crate::cli::session::Common;
use crate::cli::theme::ThemeCommand;
use crate::pipeline::options::{BuildOptions, IfBroken};
use crate::pipeline::shard::Shard;

/// One read-only portal per stakeholder from a folder of plain text, confidential notes excluded.
///
/// Without a command: builds the site and prints everyone's link.
#[derive(Parser)]
#[command(name = "loggia", version, after_help = EXIT_CODES)]
pub struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[command(flatten)]
    pub(super) common: Common,
}

impl Arguments {
    /// What was asked for, with the folders that it is about: those above are looked through where the command line names none.
    pub fn of_command_line() -> Self {
        let mut arguments = Self::parse();
        // Where the present folder is gone, nothing is found, and the command says what it misses.
        let here = std::env::current_dir().unwrap_or_default();
        arguments.common.find(&here);
        arguments
    }
}

const EXIT_CODES: &str = "Exit codes: 0 done, 1 a failure outside the content (disk, key, port), 2 wrong use, 3 problems in the \
    content, 4 something confidential was about to leave.";

fn shard(text: &str) -> Result<Shard, &'static str> {
    Shard::parse(text).ok_or("write the part as 2/8: the second of eight")
}

#[derive(Args)]
pub(super) struct BuildArguments {
    /// Fail where a record of published rounds would have to be written
    #[arg(long)]
    locked: bool,
    /// Do not compare the pages with notes and private passages; then no note is opened
    #[arg(long)]
    no_audit: bool,
    /// Build only the K-th of N parts of the site, to be joined with `loggia merge`
    #[arg(long, value_name = "K/N", value_parser = shard)]
    shard: Option<Shard>,
    /// Let so many links end at once although nothing in the folder says why; more than a few are else an error
    #[arg(long, value_name = "NUMBER")]
    ends: Option<usize>,
    /// The site as published, whose pages stay where an engagement cannot be built; the folder of the site when absent
    #[arg(long, value_name = "DIR", conflicts_with = "strict")]
    previous: Option<PathBuf>,
    /// Publish nothing if anything is wrong in any engagement
    #[arg(long)]
    strict: bool,
    /// Say what would go out and what is new for whom, and write nothing
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Make everything again, also what did not change since the last build
    #[arg(long)]
    fresh: bool,
    /// Print what was done as JSON, whether anything was published and what was held back
    #[arg(long)]
    pub(super) json: bool,
    /// Build also where the last engagement is gone: a site without any portal
    #[arg(long)]
    pub(super) empty: bool,
    /// Tell on standard error where the time went
    #[arg(long)]
    pub(super) timings: bool,
}

impl BuildArguments {
    pub(super) fn options(&self) -> BuildOptions {
        let part = self.shard.unwrap_or(Shard::WHOLE);
        let options = BuildOptions::of(self.locked, self.no_audit);
        let options = options.of_part(part).ending(self.ends);
        let options = if self.fresh { options.fresh() } else { options };
        if self.dry_run { options.dry() } else { options }
    }

    pub(super) fn if_broken(&self) -> IfBroken<'_> {
        match &self.previous {
            _ if self.strict => IfBroken::Stop,
            Some(folder) => IfBroken::KeepPagesOf(folder),
            None => IfBroken::KeepPages,
        }
    }
}

#[derive(Subcommand)]
pub(super) enum Command {
    /// Begin a firm's folder, with a small engagement that shows what each file is for
    Init {
        /// A new or empty folder
        #[arg(default_value = ".")]
        dir: PathBuf,
        /// The name of the example's coach, from which the id is made; somebody invented when absent
        #[arg(long, value_name = "NAME")]
        coach: Option<String>,
    },
    /// Begin an engagement, or a file of one
    New {
        #[command(subcommand)]
        what: New,
    },
    /// Look at everything, notes included, and write nothing
    Check {
        /// Print the problems as JSON
        #[arg(long)]
        json: bool,
        /// Print every item and part with those who see it, and as JSON with the rule that decided
        #[arg(long)]
        who_sees_what: bool,
    },
    /// Show every portal as its reader sees it, and follow every edit
    Serve(ServeOptions),
    /// Build the site; an engagement in which something is wrong holds back itself
    Build {
        #[command(flatten)]
        options: BuildArguments,
        /// Write what went to whom, by which rule, into this file, as JSON
        #[arg(long, value_name = "FILE", conflicts_with = "dry_run")]
        report: Option<PathBuf>,
    },
    /// Join the parts of a site that were built with `--shard` to the site that one build would have made
    Merge {
        /// Join whole sites of several keys instead, each as it was built
        #[arg(long)]
        sites: bool,
        /// Let so many links end at once of which no part says why; more than a few are else an error
        #[arg(long, value_name = "NUMBER", conflicts_with = "sites")]
        ends: Option<usize>,
        /// The folders of all parts, or of all sites
        #[arg(required = true, value_name = "PART")]
        parts: Vec<PathBuf>,
    },
    /// Say who sees what and which line of which file decided
    Explain {
        /// The engagement's id
        engagement: String,
        /// A reader's id or role, an item's file or id, or both
        #[arg(value_name = "READER or ITEM", num_args = 0..=2)]
        words: Vec<String>,
        /// Print the answers as JSON
        #[arg(long)]
        json: bool,
    },
    /// Look at a site for what must not be there: in a folder, or on its host, from where curl fetches it
    Audit {
        /// The folder of the site, or its address, as https://portals.example/
        #[arg(value_name = "DIR or ADDRESS")]
        site: PathBuf,
        /// Print the problems as JSON
        #[arg(long)]
        json: bool,
    },
    /// Begin a theme of the firm's own
    Theme {
        #[command(subcommand)]
        what: ThemeCommand,
    },
    /// Print what may stand in a file, as a JSON Schema for editors
    Schema(SchemaOptions),
    /// Print what a shell needs to complete commands and options
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Print the man page
    Man,
    /// Print the fingerprint of the key: a name that tells it from others and says nothing about it
    Key {
        #[command(subcommand)]
        what: Option<KeyCommand>,
    },
    /// Read answers to asking pages out of mails, and write the ratings of rounds that have closed
    Collect(CollectOptions),
    /// Give a person of an engagement an id and a name that say nothing, in all files and records
    Forget(ForgetOptions),
    /// Print who has which link
    Links {
        /// Print them as JSON
        #[arg(long)]
        json: bool,
        /// Write into this folder the draft of a mail to each reader to whom none was written yet
        #[arg(long, value_name = "DIR")]
        invite: Option<PathBuf>,
        /// Write also to those for whose page something is new since their last mail; it says in which parts
        #[arg(long, requires = "invite")]
        new: bool,
        /// Write to everyone, whoever was written to before
        #[arg(long, requires = "invite", conflicts_with = "new")]
        all: bool,
        /// Write into this folder a reminder to each rater who is asked in an open round and has not answered
        #[arg(long, value_name = "DIR", conflicts_with = "invite")]
        remind: Option<PathBuf>,
    },
}
