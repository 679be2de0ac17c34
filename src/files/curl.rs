//! Fetching files from a web server through the system's own `curl`. Nothing else in this program connects to anything.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{fs, io};

/// A page of a host has no more bytes than this.
const MOST_BYTES: u64 = 64 << 20;

/// How long one file may take, in seconds.
const LONGEST: u32 = 60;

/// What to fetch, and where to put it.
#[derive(Debug)]
pub struct Download {
    /// A whole address.
    pub address: String,
    /// A file that is not there yet, in a folder that is.
    pub file: PathBuf,
}

/// Why nothing could be fetched.
#[derive(Debug)]
pub enum NotFetched {
    /// There is no such program.
    NoProgram,
    /// It could not be run, or ended otherwise than it should; what it says of that.
    Failed(String),
}

/// Fetches each file, and returns the answers' codes in their order: 200 for one that is there, 0 where no answer came. Follows no
/// redirection, reads no settings of the user, and shows no address to other users of the machine.
pub fn fetch(downloads: &[Download]) -> Result<Vec<u16>, NotFetched> {
    let mut curl = Command::new("curl");
    // First, or it would read `.curlrc` before it knows.
    curl.arg("--disable").args(["--config", "-"]);
    curl.stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut running = curl.spawn().map_err(|reason| match reason.kind() {
        io::ErrorKind::NotFound => NotFetched::NoProgram,
        _ => NotFetched::Failed(reason.to_string()),
    })?;
    let settings = settings(downloads);
    let written = match running.stdin.take() {
        Some(mut pipe) => pipe.write_all(settings.as_bytes()),
        None => Ok(()),
    };
    let output = running.wait_with_output();
    let output = written
        .and(output)
        .map_err(|reason| NotFetched::Failed(reason.to_string()))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let codes: Vec<u16> = text.lines().filter_map(|line| line.parse().ok()).collect();
    if codes.len() != downloads.len() || codes.iter().all(|code| *code == 0) {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or_default();
        return Err(NotFetched::Failed(
            said.trim_start_matches("curl: ").to_owned(),
        ));
    }
    for (download, code) in downloads.iter().zip(&codes) {
        if *code != 200 {
            let _ = fs::remove_file(&download.file);
        }
    }
    Ok(codes)
}

/// The settings that curl reads: how it fetches, and each address with its file.
fn settings(downloads: &[Download]) -> String {
    let mut text = format!(
        "silent\nshow-error\nproto = \"=http,https\"\nmax-filesize = {MOST_BYTES}\nmax-time = {LONGEST}\nuser-agent = \"loggia\"\n\
         header = \"Cache-Control: no-cache\"\nwrite-out = \"%{{http_code}}\\n\"\n"
    );
    for Download { address, file } in downloads {
        let (address, file) = (quoted(address), quoted(&shown(file)));
        text.push_str(&format!("url = {address}\noutput = {file}\n"));
    }
    text
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// A value as curl's settings have it.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::{Download, quoted, settings};

    #[test]
    fn no_address_is_taken_for_a_setting() {
        assert_eq!(quoted(r#"C:\a "b""#), r#""C:\\a \"b\"""#);
        let text = settings(&[Download {
            address: "https://host.example/p/x/".to_owned(),
            file: "/tmp/x".into(),
        }]);
        assert!(text.ends_with("url = \"https://host.example/p/x/\"\noutput = \"/tmp/x\"\n"));
        assert!(text.contains("write-out = \"%{http_code}\\n\"\n"));
    }
}
