//! Opens the coach's browser.

use std::process::Command;
use std::process::Stdio;
use std::thread;

/// Opens `address` in the browser, if there is one: the address stands on the terminal anyway.
pub(super) fn open(address: &str) {
    let mut command = if cfg!(target_os = "macos") {
        Command::new("open")
    } else if cfg!(windows) {
        // The empty title keeps `start` from taking the address for one.
        let mut command = Command::new("cmd");
        command.args(["/c", "start", ""]);
        command
    } else {
        Command::new("xdg-open")
    };
    let command = command.arg(address);
    let quiet = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    if let Ok(mut child) = quiet.spawn() {
        thread::spawn(move || child.wait());
    }
}
