// What the audit costs:  cargo build --release && node tests/bench/audit.mjs [ENGAGEMENTS] [--runs N]
//
// Makes a content folder of copies of the sample engagements, whose notes are made as long as those of a year, and builds it in turn
// with and without the audit into a new folder. Prints the medians and their ratio.

import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const BINARY = process.env.LOGGIA ?? join(ROOT, "target/release/loggia");
const SAMPLES = readdirSync(join(ROOT, "content"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
const words = process.argv.slice(2);
const runs = words.includes("--runs") ? Number(words[words.indexOf("--runs") + 1]) : 5;
const number = words.filter((word, place) => /^\d+$/.test(word) && words[place - 1] !== "--runs").map(Number)[0] ?? 200;

/** About 20 kB of words that stand nowhere else, as a session's notes would be in a year. */
function notes(seed) {
  let state = seed + 1;
  const next = () => (state = (state * 48271) % 2147483647);
  const word = () => Array.from({ length: 3 + (next() % 7) }, () => String.fromCharCode(97 + (next() % 26))).join("");
  return Array.from({ length: 250 }, () => `${Array.from({ length: 12 }, word).join(" ")}.\n`).join("\n");
}

const folder = mkdtempSync(join(tmpdir(), "loggia-bench-"));
const content = join(folder, "content");
mkdirSync(content);
cpSync(join(ROOT, "content/loggia.toml"), join(content, "loggia.toml"));
for (let place = 0; place < number; place += 1) {
  const sample = SAMPLES[place % SAMPLES.length];
  const engagement = join(content, `${sample}-${place}`);
  cpSync(join(ROOT, "content", sample), engagement, { recursive: true });
  appendFileSync(join(engagement, "notes", "2026-12-31-year.md"), notes(place));
}

function build(more) {
  const out = join(folder, "site");
  rmSync(out, { recursive: true, force: true });
  const begun = performance.now();
  const done = spawnSync(BINARY, ["build", "--content", content, "--out", out, "--today", "2026-11-22", "--quiet", ...more], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr);
  return performance.now() - begun;
}

const median = (times) => times.sort((one, other) => one - other)[times.length >> 1];
const times = { with: [], without: [] };
build([]);
for (let run = 0; run < runs; run += 1) {
  times.with.push(build([]));
  times.without.push(build(["--no-audit"]));
}
const [slow, fast] = [median(times.with), median(times.without)];
console.log(`${number} engagements, ${runs} runs: ${slow.toFixed(0)} ms with the audit, ${fast.toFixed(0)} ms without, ratio ${(slow / fast).toFixed(2)}`);
rmSync(folder, { recursive: true });
