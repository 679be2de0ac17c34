//! Opens the coach's browser.
//!
//! The rule it guards: whoever may list the processes of this machine does not see the token, so the link is handed over in a file that
//! only its owner can read; and a browser inherits no secret of this program.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{env, fs, io, thread};

use crate::dev::child::without_secrets;
use crate::dev::server;
use crate::files::modes::Readers;

/// How long the file stays: a browser may have to start first.
const FILE_TIME: Duration = Duration::from_secs(60);

/// Opens a page in the browser, if there is one. What leads nowhere is no fault: the link stands on the terminal anyway.
pub(super) fn open(page: &str) {
    let Ok(path) = write_private(page) else {
        return;
    };
    let spawned = command(&path).spawn();
    thread::spawn(move || {
        if let Ok(mut child) = spawned {
            let _ = child.wait();
            thread::sleep(FILE_TIME);
        }
        let _ = fs::remove_file(path);
    });
}

/// Writes a new file that only its owner can read, under a name that nobody can guess.
fn write_private(page: &str) -> io::Result<PathBuf> {
    let name = format!("loggia-{}.html", server::random_token()?);
    let path = env::temp_dir().join(name);
    let mut file = Readers::Owner.writing().create_new(true).open(&path)?;
    file.write_all(page.as_bytes())?;
    Ok(path)
}

fn command(path: &Path) -> Command {
    let mut command = if cfg!(target_os = "macos") {
        without_secrets("open")
    } else if cfg!(windows) {
        // The empty title keeps `start` from taking the path for one.
        let mut command = without_secrets("cmd");
        command.args(["/c", "start", ""]);
        command
    } else {
        without_secrets("xdg-open")
    };
    command
        .arg(path)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}
