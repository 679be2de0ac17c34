//! Whole builds of books of many sizes, first and again, beside a floor that writes the same files in the same way and does nothing else.
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

/// The day of most builds: all twelve rounds are in.
const TODAY: &str = "2027-01-15";

/// The day after it, on which nothing comes about.
const NEXT_DAY: &str = "2027-01-16";

/// A build of the whole program, from start to exit.
struct Run {
    wall: Duration,
    /// What all processors did for it, in seconds.
    cpu: f64,
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
        "engagements  build                    wall s    CPU s  ms CPU/page  of first  peak MiB"
    );
    for size in &sizes {
        rows(*size);
    }
    println!();
    let size = sizes.iter().copied().max().unwrap_or(10).min(100);
    stages::print(&place(), size);
}

/// The rows of one size. All builds but the floor are compared with the first audited one whose pages are open.
fn rows(size: usize) {
    let place = place();
    let (content, out) = (place.path().join("content"), place.path().join("site"));
    book::write(&content, size, "link");
    // The first run of all makes the records of the rounds, and warms the caches of the system.
    build(&content, &place.path().join("warm"), TODAY, &[]);
    let row = |name: &str, run: &Run, first: f64| {
        println!(
            "{size:11}  {name:22}  {:7.3}  {:7.2}  {:11.3}  {:8.3}  {:8.1}",
            run.wall.as_secs_f64(),
            run.cpu,
            run.cpu * 1000.0 / (5 * size) as f64,
            run.cpu / first,
            run.peak as f64 / 1024.0,
        );
    };
    let first = build(&content, &out, TODAY, &[]);
    row("first", &first, first.cpu);
    let floor = floor::seconds(&out, &place.path().join("floor"));
    println!("{size:11}  {:22}  {floor:7.3}", "only writing the same");
    // Whatever was written just now counts by what is in it, until it has been seen once more.
    build(&content, &out, TODAY, &[]);
    let again = build(&content, &out, TODAY, &[]);
    assert!(again.said.contains("0 files written"), "{}", again.said);
    row("again", &again, first.cpu);
    let night = build(&content, &out, NEXT_DAY, &[]);
    assert!(night.said.contains("0 files written"), "{}", night.said);
    row("the next night", &night, first.cpu);
    book::edit(&content, size / 2);
    row(
        "one engagement changed",
        &build(&content, &out, NEXT_DAY, &[]),
        first.cpu,
    );
    let fresh = build(
        &content,
        &place.path().join("unaudited"),
        TODAY,
        &["--no-audit"],
    );
    row("first, without audit", &fresh, first.cpu);
    let sealed = place.path().join("sealed");
    book::write(&sealed, size, "sealed");
    build(&sealed, &place.path().join("warm-sealed"), TODAY, &[]);
    row(
        "first, sealed",
        &build(&sealed, &place.path().join("out"), TODAY, &[]),
        first.cpu,
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
fn build(content: &Path, out: &Path, today: &str, more: &[&str]) -> Run {
    let before = cpu_of_children();
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_loggia"))
        .arg("build")
        .arg("--content")
        .arg(content)
        .arg("--out")
        .arg(out)
        .args(["--today", today])
        .args(more)
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
    let cpu = cpu_of_children() - before;
    Run {
        wall,
        cpu,
        peak,
        said,
    }
}

/// What all processors did for the processes that ended so far, in seconds; nothing where the system does not say.
fn cpu_of_children() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program comes before it, in brackets, and may hold anything.
    let numbers = text.rsplit(')').next().unwrap_or_default();
    let ticks = numbers.split_whitespace().skip(13).take(2);
    let ticks: f64 = ticks.filter_map(|ticks| ticks.parse::<f64>().ok()).sum();
    ticks / 100.0
}

/// The most memory that a process has held so far, in KiB; nothing where the system does not say.
fn peak_of(status: &Path) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
