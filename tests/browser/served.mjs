// `loggia serve` on a copy of the sample engagements, as a browser test starts and edits it.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
execFileSync("cargo", ["build", "--quiet"], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
export const BINARY = join(ROOT, "target/debug/loggia");
export const TODAY = "2026-11-22";

/** A copy of the sample engagements, served until `end`. */
export async function start(options = [], environment = {}) {
  const folder = mkdtempSync(join(tmpdir(), "loggia-dev-"));
  // What earlier builds left beside the samples belongs to this checkout alone.
  const filter = (name) => !/(loggia\.key|rounds\.lock)$/.test(name);
  cpSync(join(ROOT, "content"), join(folder, "content"), { recursive: true, filter });
  const served = { folder, said: "" };
  served.file = (name) => join(folder, "content", name);
  served.read = (name) => readFileSync(served.file(name), "utf8");
  served.edit = (name, from, to) => {
    const text = served.read(name);
    assert.ok(text.includes(from), `${name} holds ${from}`);
    writeFileSync(served.file(name), text.replace(from, to));
  };
  served.builds = () => served.said.split("\n").filter((line) => / in \d+ ms$/.test(line)).length;
  served.run = async (more = []) => {
    const words = ["serve", "--today", TODAY, "--content", "content", "--out", "site", ...options, ...more];
    const begun = served.builds();
    served.child = spawn(BINARY, words, { cwd: folder, env: { ...process.env, ...environment } });
    served.child.stderr.on("data", (piece) => (served.said += piece));
    await until(() => served.builds() > begun);
    served.link = /http:\/\/[^ ]+\?token=\w+/.exec(served.said.slice(served.said.lastIndexOf("http://")))[0];
    served.url = new URL("/", served.link).href;
    // What a browser keeps that has opened the link.
    const answer = await fetch(served.link);
    served.cookie = answer.headers.get("set-cookie").split(";")[0];
  };
  served.fetch = (path = "") => fetch(served.url + path, { headers: { cookie: served.cookie } });
  /** A page in a browser that has opened the link. */
  served.page = async (browser) => {
    const page = await browser.page();
    const [name, value] = served.cookie.split("=");
    await page.context().addCookies([{ name, value, url: served.url, httpOnly: true, sameSite: "Strict" }]);
    return page;
  };
  served.stop = () => new Promise((resolve) => {
    served.child.on("exit", resolve);
    served.child.kill();
  });
  served.end = async () => {
    await served.stop();
    rmSync(folder, { recursive: true });
  };
  await served.run(options.includes("--port") ? [] : ["--port", "0"]);
  return served;
}

export const rest = (time) => new Promise((resolve) => setTimeout(resolve, time));

/** Waits until `fact` holds. */
export async function until(fact, time = 10_000) {
  const end = Date.now() + time;
  for (;;) {
    try {
      if (await fact()) return;
    } catch (error) {
      if (!/context|navigat|destroyed|detached|realm|null/i.test(String(error))) throw error;
    }
    if (Date.now() > end) throw new Error(`never came true: ${fact}`);
    await rest(20);
  }
}
