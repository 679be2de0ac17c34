//! Damage by chance, and a loop that does it until the time is over. The tests of `src` use it too.
//!
//! `LOGGIA_FUZZ_SECONDS` says how long each target is tried, `LOGGIA_SEED` asks for other inputs than the usual ones.

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use std::{env, fs};

/// How long each target is tried in an ordinary run.
const USUAL: Duration = Duration::from_secs(2);

/// No input may take longer than this; they have a few kilobytes, and a machine may be busy.
const SLOWEST: Duration = Duration::from_secs(20);

/// Every so many inputs, one is made of two.
const CROSSED: usize = 8;

/// How many damaged inputs are kept to be damaged further.
const KEPT: usize = 300;

/// Pieces that mean something to one of the parsers.
pub(crate) const PIECES: [&str; 64] = [
    ":::",
    "::: private\n",
    "::: only manager\n",
    "\n:::\n",
    "+++",
    "\n+++\n",
    "---\n",
    "```",
    "~~~\n",
    "\"",
    "'",
    "\"\"\"",
    "'''",
    "[[",
    "]]",
    "[",
    "]",
    "{",
    "}",
    "=",
    "#",
    ",",
    "\n",
    "\r",
    "\r\n",
    "\t",
    "\0",
    "\u{feff}",
    "\u{a0}",
    "\u{202e}",
    "\\",
    "\\u",
    "\\x",
    "<!--",
    "-->",
    "<b>",
    "&#x6a;",
    "](",
    "![",
    "[x]: y",
    "|",
    "||",
    "> ",
    "- [x] ",
    "1. ",
    "    ",
    "<https://",
    "javascript:",
    "files/",
    "../",
    "nan",
    "inf",
    "-0",
    "1e999",
    "99999999999999999999",
    "2026-02-30",
    "2026-02-03T10:00:00Z",
    "true",
    "everyone",
    "share = [\"everyone\"]\n",
    "[[action]]\n",
    "\u{1f9d1}\u{200d}\u{1f4bb}",
    "\u{301}",
    "\u{7f}",
];

/// A small generator of numbers that are the same on every machine (SplitMix64).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }
}

/// One to four small pieces of damage. None is as long as the two fences between a passage for some and one for nobody: whoever takes
/// both away has said something else, and made no slip.
pub(crate) fn worse(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut worse = bytes.to_vec();
    for _ in 0..1 + dice.below(4) {
        let at = dice.below(worse.len() + 1);
        let end = (at + dice.below(8)).min(worse.len());
        let piece = PIECES[dice.below(PIECES.len())].as_bytes();
        match dice.below(8) {
            0 => drop(worse.drain(at..end)),
            1 => drop(worse.splice(at..at, piece.iter().copied())),
            2 => drop(worse.splice(at..end, piece.iter().copied())),
            3 => {
                let random = u8::try_from(dice.below(256)).unwrap();
                worse.insert(at, random);
            }
            4 if at < worse.len() => worse[at] ^= 1 << dice.below(8),
            5 if at < worse.len() => worse[at] = u8::try_from(dice.below(256)).unwrap(),
            6 => {
                let again = worse[at..end].to_vec();
                drop(worse.splice(at..at, again));
            }
            7 if dice.below(8) == 0 => worse.truncate(at),
            _ => worse.reverse_piece(at, end),
        }
    }
    worse
}

trait Reversed {
    fn reverse_piece(&mut self, at: usize, end: usize);
}

impl Reversed for Vec<u8> {
    fn reverse_piece(&mut self, at: usize, end: usize) {
        self[at..end].reverse();
    }
}

/// Whether damage may be added to damage: with a text that says whom a passage is for, that would say something else in the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Damage {
    /// Each input is a sample with a few slips.
    Once,
    /// What was taken is damaged further, and two samples may become one.
    Growing,
}

/// Tries damaged samples until the time is over. `once` gets the number of the sample and the damaged bytes, and returns whether they
/// were taken for good, or what is wrong with what became of them. Whatever is wrong, or slow, or a panic, is kept in a file.
pub(crate) fn fuzz(
    name: &str,
    samples: &[Vec<u8>],
    damage: Damage,
    once: impl Fn(usize, &[u8]) -> Result<bool, String>,
) {
    let time = number("LOGGIA_FUZZ_SECONDS").map_or(USUAL, Duration::from_secs);
    let seed = number("LOGGIA_SEED").unwrap_or(1);
    let mut dice = Dice(seed);
    let mut inputs: Vec<(usize, Vec<u8>)> = samples.iter().cloned().enumerate().collect();
    let (mut tried, mut taken, mut slowest) = (0_u64, 0_u64, Duration::ZERO);
    let begun = Instant::now();
    while begun.elapsed() < time {
        let (sample, bytes) = &inputs[dice.below(inputs.len())];
        let sample = *sample;
        let mut input = worse(bytes, &mut dice);
        if damage == Damage::Growing && dice.below(CROSSED) == 0 {
            let other = &inputs[dice.below(inputs.len())].1;
            input.truncate(dice.below(input.len() + 1));
            input.extend_from_slice(&other[dice.below(other.len() + 1)..]);
        }
        let started = Instant::now();
        let outcome = catch_unwind(AssertUnwindSafe(|| once(sample, &input)));
        let took = started.elapsed();
        slowest = slowest.max(took);
        tried += 1;
        let kept = || {
            let place = env::temp_dir().join(format!("loggia-{name}-{seed}-{tried}"));
            fs::write(&place, &input).unwrap();
            format!("sample {sample}, see {}", place.display())
        };
        match outcome {
            _ if took > SLOWEST => panic!("{name}: {took:?}; {}", kept()),
            Err(_) => panic!("{name}: a panic; {}", kept()),
            Ok(Err(wrong)) => panic!("{name}: {wrong}; {}", kept()),
            Ok(Ok(true)) => {
                taken += 1;
                let is_short = input.len() < 4 * bytes.len() + 1000;
                if damage == Damage::Growing && is_short {
                    if inputs.len() < samples.len() + KEPT {
                        inputs.push((sample, input));
                    } else {
                        let place = samples.len() + dice.below(KEPT);
                        inputs[place] = (sample, input);
                    }
                }
            }
            Ok(Ok(false)) => {}
        }
    }
    let line = format!(
        "fuzz {name}: {tried} inputs, {taken} of them taken, the slowest in {} ms\n",
        slowest.as_millis()
    );
    std::io::stderr().write_all(line.as_bytes()).unwrap();
    // A target that never takes anything, or takes all, tries nothing.
    assert!(tried < 100 || (taken > 0 && taken < tried), "{line}");
}

fn number(name: &str) -> Option<u64> {
    env::var(name).ok().and_then(|number| number.parse().ok())
}
