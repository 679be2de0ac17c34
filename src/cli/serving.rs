//! `loggia serve`: what can be asked of it.

use std::env;
use std::net::IpAddr;

use clap::Args;

use crate::cli::outcome::Outcome;
use crate::cli::session::Common;
use crate::dev;
use crate::dev::Settings;

/// How to serve.
#[derive(Args)]
pub(super) struct ServeOptions {
    /// The port to listen at; another one if it is taken
    #[arg(long, value_name = "N", default_value_t = 4400)]
    port: u16,
    /// The address to listen at; any but loopback opens the portals to others
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    host: IpAddr,
    /// Open the browser
    #[arg(long)]
    open: bool,
    /// Compare the folders every second instead of waiting for the system to tell: for network drives
    #[arg(long)]
    poll: bool,
    /// Open files in this editor: its name, or a command; else that of LOGGIA_EDITOR or loggia.toml
    #[arg(long, value_name = "EDITOR")]
    editor: Option<String>,
    /// Tell with each build where its time went
    #[arg(long)]
    timings: bool,
}

/// Serves until the program is ended; returns only what stands in the way.
pub(super) fn serve(options: &ServeOptions, common: &Common) -> Outcome {
    let settings = Settings {
        content: common.content.clone(),
        out: common.out.clone(),
        today: common.today,
        host: options.host,
        port: options.port,
        polls: options.poll,
        opens: options.open,
        times: options.timings,
        editor: options
            .editor
            .clone()
            .or_else(|| env::var("LOGGIA_EDITOR").ok()),
    };
    let Err(problem) = dev::serve(&settings, &mut anstream::stderr());
    Outcome::failed(vec![problem], 1)
}
