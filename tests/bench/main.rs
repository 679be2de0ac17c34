//! Whole builds of books of many sizes, beside a floor that writes the same files in the same way and does nothing else.
//!
//! `cargo bench` prints the table; `cargo bench -- 10 100` takes these numbers of engagements. All numbers of a table come from one run
//! on one machine: only their ratios say something elsewhere. `cargo bench -- book DIR 1000` writes such a book and measures nothing,
//! for a profiler or another program.

#![expect(clippy::print_stdout, reason = "a bench prints its table")]

mod book;
mod floor;
mod stages;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{fs, io};

use tempfile::TempDir;

/// The day of every build: all twelve rounds are in.
const TODAY: &str = "2027-01-15";

/// A build of the whole program, from start to exit.
struct Run {
    wall: Duration,
    /// The most memory that it held, in KiB.
    peak: u64,
    said: String,
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let sizes: Vec<usize> = words.iter().filter_map(|word| word.parse().ok()).collect();
    if let ["book", folder, ..] = words.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        let size = sizes.first().copied().unwrap_or(10);
        book::write(Path::new(folder), size, "link");
        println!("{size} engagements in {folder}");
        return;
    }
    let sizes = if sizes.is_empty() {
        vec![10, 100, 1000]
    } else {
        sizes
    };
    println!(
        "access  engagements  floor s  first s  x floor  again s  x first  peak MiB  with records  ms/portal"
    );
    for access in ["link", "sealed"] {
        for size in &sizes {
            row(access, *size);
        }
    }
    println!();
    let size = sizes.iter().copied().max().unwrap_or(10).min(100);
    stages::print(&place(), size);
}

fn row(access: &str, size: usize) {
    let place = place();
    let content = place.path().join("content");
    book::write(&content, size, access);
    let out = place.path().join("site");
    // The first run makes the records of the rounds, and warms the caches of the system.
    let recording = build(&content, &place.path().join("warm"));
    let first = build(&content, &out);
    let again = build(&content, &out);
    assert!(again.said.contains("0 files written"), "{}", again.said);
    let floor = floor::seconds(&out, &place.path().join("floor"));
    let seconds = first.wall.as_secs_f64();
    println!(
        "{access:6}  {size:11}  {floor:7.3}  {seconds:7.3}  {:7.2}  {:7.3}  {:7.2}  {:8.1}  {:12.1}  {:9.3}",
        seconds / floor,
        again.wall.as_secs_f64(),
        again.wall.as_secs_f64() / seconds,
        first.peak as f64 / 1024.0,
        recording.peak as f64 / 1024.0,
        seconds * 1000.0 / (5 * size) as f64,
    );
}

/// A folder in memory where there is one: what is measured is the program, not a disk.
fn place() -> TempDir {
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() {
        tempfile::tempdir_in(memory)
    } else {
        tempfile::tempdir()
    };
    place.expect("a folder for the bench")
}

/// Runs the program once.
fn build(content: &Path, out: &Path) -> Run {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_loggia"))
        .arg("build")
        .arg("--content")
        .arg(content)
        .arg("--out")
        .arg(out)
        .args(["--today", TODAY])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let stderr = child.stderr.take().expect("its words are read");
    let reader = std::thread::spawn(move || io::read_to_string(stderr).unwrap_or_default());
    let mut peak = 0;
    let (ended, wall) = loop {
        // What the system counts only grows, so the last look before the end is what counts.
        peak = peak.max(peak_of(&status).unwrap_or_default());
        if let Some(ended) = child.try_wait().expect("the program is waited for") {
            break (ended, start.elapsed());
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    let said = reader.join().unwrap_or_default();
    assert!(ended.success(), "{said}");
    Run { wall, peak, said }
}

/// The most memory that a process has held so far, in KiB; nothing where the system does not say.
fn peak_of(status: &Path) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
