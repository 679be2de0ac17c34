// From the last byte of a save to the new page served:  cargo build --release && node tests/bench/serve.mjs [ENGAGEMENTS…] [--saves N]
//
// Makes a content folder of copies of the sample engagements, runs `loggia serve` on it, saves a file of one engagement after another,
// and takes the time until the new portal has been read. Prints one line for each number of engagements.

import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const BINARY = process.env.LOGGIA ?? join(ROOT, "target/release/loggia");
const SAMPLES = readdirSync(join(ROOT, "content"), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name);
const words = process.argv.slice(2);
const saves = words.includes("--saves") ? Number(words[words.indexOf("--saves") + 1]) : 40;
const sizes = words.filter((word, place) => /^\d+$/.test(word) && words[place - 1] !== "--saves").map(Number);

/** Reads a page. A connection of its own each time, as the server closes it. */
function read(url, headers) {
  return new Promise((resolve, reject) => {
    get(url, { agent: false, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece) => (text += piece)).on("end", () => resolve(text));
    }).on("error", reject);
  });
}

/** Calls `hear` for every event. */
function listen(url, headers, hear) {
  return get(url, { agent: false, headers }, (response) => {
    let rest = "";
    response.setEncoding("utf8").on("data", (piece) => {
      const lines = (rest + piece).split("\n");
      rest = lines.pop();
      lines.filter((line) => line.startsWith("data: ")).forEach((line) => hear(line));
    });
  }).on("error", () => {});
}

function make(number) {
  const folder = mkdtempSync(join(tmpdir(), "loggia-bench-"));
  const content = join(folder, "content");
  mkdirSync(content);
  cpSync(join(ROOT, "content/loggia.toml"), join(content, "loggia.toml"));
  const ids = Array.from({ length: number }, (_, place) => `${SAMPLES[place % SAMPLES.length]}-${place}`);
  ids.forEach((id, place) => cpSync(join(ROOT, "content", SAMPLES[place % SAMPLES.length]), join(content, id), { recursive: true }));
  return { folder, content, ids };
}

function status(child, key) {
  return Number(new RegExp(`${key}:\\s+(\\d+)`).exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1]);
}

async function measure(number) {
  const { folder, content, ids } = make(number);
  const begun = performance.now();
  const child = spawn(BINARY, ["serve", "--content", content, "--out", join(folder, "site"), "--port", "0", "--today", "2026-11-22"]);
  let said = "";
  const built = new Promise((resolve) => child.stderr.on("data", (piece) => {
    said += piece;
    if (/everything: .* ms/.test(said)) resolve();
  }));
  await built;
  const first = performance.now() - begun;
  const link = /http:\/\/[^ ]+\?token=\w+/.exec(said)[0];
  const base = new URL(link).origin;
  const headers = { cookie: (await fetch(link)).headers.get("set-cookie").split(";")[0] };
  const times = [];
  const memory = [status(child, "VmRSS")];
  for (let save = 0; save < saves; save += 1) {
    const id = ids[(save * 7) % ids.length];
    const place = join(content, id, "engagement.toml");
    const reader = /id = "([^"]+)"/.exec(readFileSync(place, "utf8").split("[[stakeholder]]")[1])[1];
    const text = readFileSync(place, "utf8").replace(/^title = .*$/m, `title = "Saved for the ${save}th time"`);
    let hear;
    const heard = new Promise((resolve) => (hear = resolve));
    let first = true;
    const stream = listen(`${base}/live/e/${id}/${reader}/`, headers, () => (first ? (first = false) : hear()));
    while (first) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 50));
    writeFileSync(place, text);
    const saved = performance.now();
    await heard;
    const page = await read(`${base}/e/${id}/${reader}/portal`, headers);
    times.push(performance.now() - saved);
    if (!page.includes(`Saved for the ${save}th time`)) throw new Error("an old page was served");
    stream.destroy();
  }
  memory.push(status(child, "VmRSS"));
  const threads = status(child, "Threads");
  child.kill();
  rmSync(folder, { recursive: true });
  times.sort((one, other) => one - other);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))].toFixed(0);
  const mebibytes = memory.map((kibibytes) => (kibibytes / 1024).toFixed(0)).join(" then ");
  const builds = [...said.matchAll(/: (\d+) portals.* in (\d+) ms/g)].slice(1).map((match) => Number(match[2])).sort((a, b) => a - b);
  console.log(
    `${number} engagements: save to served, median ${at(0.5)} ms, 95th ${at(0.95)}, worst ${at(1)} (${saves} saves; of it building ` +
      `${builds[Math.floor(builds.length / 2)]} ms); first build ${(first / 1000).toFixed(1)} s; memory ${mebibytes} MiB; ${threads} threads`,
  );
}

for (const number of sizes.length ? sizes : [10, 1000]) await measure(number);
