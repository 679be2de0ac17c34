// From nothing to figures without any other service: a coach begins a practice, twelve raters answer on their asking pages in two
// browsers, their answers come back in every form that mail gives them, and the manager reads a figure.
//   node --test tests/browser/round.test.mjs

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { chromium, firefox } from "./browsers.mjs";
import { BINARY } from "./portals.mjs";
import { serve } from "./site.mjs";

/** The day as ISO, some days from now. */
const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);

/** What each of the twelve answers; -1 among them is somebody who saw less. Their mean is +0.92. */
const SCORES = [1, 1, 2, 0, 1, 2, -1, 2, 1, 1, 0, 1];

/** A mail with this body. */
const mail = (headers, body) => `From: somebody@ostrey.example\r\nTo: coach@harbour.example\r\nSubject: Pulse\r\nMIME-Version: 1.0\r\n${headers}\r\n\r\n${body}`;
const plain = (encoding, more = "") => `Content-Type: text/plain; charset=utf-8${more}\r\nContent-Transfer-Encoding: ${encoding}`;
const lines = (text) => text.trim().split(/\r?\n/);
const base64 = (text) => Buffer.from(text).toString("base64").replaceAll(/.{76}/g, "$&\r\n");
const html = (text) => `<div dir="ltr"><p>Hi Ines,</p>${lines(text).join("<br>\r\n")}<br><p>Sent from my phone</p></div>`;
const soft = (text) => lines(text.replaceAll("=", "=3D")).map((line) => line.replaceAll(/.{60}/g, "$&=\r\n")).join("\r\n");

/** Every form in which an answer comes, by the name of its file. */
const FORMS = {
  "plain.eml": (text) => mail(plain("7bit"), text),
  "quoted-printable.eml": (text) => mail(plain("quoted-printable"), soft(text)),
  "base64.eml": (text) => mail(plain("base64"), base64(text)),
  "html.eml": (text) => mail("Content-Type: text/html; charset=utf-8", html(text)),
  "both.eml": (text) => mail('Content-Type: multipart/alternative; boundary="b"',
    `--b\r\n${plain("7bit")}\r\n\r\n${text}\r\n--b\r\nContent-Type: text/html\r\n\r\n${html(text)}\r\n--b--\r\n`),
  "reply.eml": (text) => mail(plain("8bit"), `Here it is.\r\n\r\n${lines(text).map((line) => `> ${line}`).join("\r\n")}\r\n`),
  "attached.eml": (text) => mail('Content-Type: multipart/mixed; boundary="b"',
    `--b\r\n${plain("7bit")}\r\n\r\nSee the file.\r\n--b\r\nContent-Type: text/plain; name="answers.txt"\r\n`
    + `Content-Disposition: attachment; filename="answers.txt"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(text)}\r\n--b--\r\n`),
  "mailbox.mbox": (text) => `From somebody Sat Nov 28 10:00:00 2026\n${mail(plain("7bit"), text).replaceAll("\r", "")}\n\n`,
  "flowed.eml": (text) => mail(plain("8bit", "; format=flowed"), lines(text).map((line) => `${line} `).join("\r\n")),
  "spaced.eml": (text) => mail(plain("8bit"), lines(text).map((line) => `\u00a0\u00a0${line}`).join("\r\n\r\n")),
  "copied.txt": (text) => `Hello,\n\n${text}\n\nBest, somebody\n`,
  "saved.txt": (text) => text,
};

/** Puts people and a round that is open now into the example. */
function ask(file) {
  const names = ["Ada Lund", "Bo Vik", "Cia Dahl", "Dag Moe", "Eli Ruud", "Finn Aas"];
  const people = names.map((name) => `[[stakeholder]]\nid = "${name.split(" ")[0].toLowerCase()}"\nname = "${name}"\nrole = "supporter"\ngroup = "peer"\nportal = false\n`);
  const text = readFileSync(file, "utf8");
  const changed = text.replace(/^asked = \[\]/m, 'asked = ["supporter", "manager"]')
    .replace(/^# rounds = .*$/m, `rounds = [${day(3)}]`)
    .replace("[pulse]\n", `${people.join("\n")}\n[pulse]\n`);
  assert.ok(changed.includes(`rounds = [${day(3)}]`) && changed.includes('asked = ["supporter"') && changed.includes("Ada Lund"));
  writeFileSync(file, changed.replace(/^agreed = .*$/m, `agreed = ${day(-1)}`));
}

test("twelve raters answer on their pages, by every kind of mail, and the manager reads the figure", async () => {
  const folder = mkdtempSync(join(tmpdir(), "loggia-round-"));
  const practice = join(folder, "practice");
  const run = (...words) => execFileSync(BINARY, words, { cwd: practice, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  execFileSync(BINARY, ["init", "practice"], { cwd: folder, stdio: "ignore" });
  const engagement = join(practice, "content/robin-ashdown/engagement.toml");
  ask(engagement);
  run("key", "answers");
  run("build");
  const asking = JSON.parse(run("links", "--json")).filter((link) => link.page === "asking" && link.stakeholder !== "robin");
  assert.equal(asking.length, SCORES.length);
  const host = await serve(join(practice, "site"));
  const browsers = [await chromium(), await firefox()];
  const mails = join(folder, "mails");
  mkdirSync(mails);
  try {
    for (const [index, { path, code }] of asking.entries()) {
      const page = await browsers[index % 2].page();
      await page.goto(`http://localhost:${host.port}/${path.replace("index.html", "")}#${code}`);
      await page.waitForSelector("#asking");
      await page.click(`input[name='rating-1'][value='${SCORES[index]}']`);
      if (index === 0) await page.evaluate(() => { document.getElementById("asking-comment").value = "Shorter, and better."; });
      await page.click("button[type='submit']");
      await page.waitForFunction(() => !document.getElementById("asking-sealed").hidden);
      const text = await page.evaluate(() => document.getElementById("asking-text").value);
      const [name, form] = Object.entries(FORMS)[index];
      writeFileSync(join(mails, name), form(text));
      await page.close();
    }
    const open = run("collect", mails);
    assert.match(open, /open: answers are kept until it has closed/);
    assert.match(open, /not yet: Robin Ashdown\n/, open);
    const rounds = () => readdirSync(join(practice, "content/robin-ashdown/pulse")).filter((name) => name.endsWith(".csv"));
    assert.equal(rounds().length, 1);

    const after = day(5);
    assert.match(run("collect", "--today", after), /closed: its ratings are written/);
    assert.equal(rounds().length, 2);
    const ratings = readFileSync(join(practice, `content/robin-ashdown/pulse/${day(3)}.csv`), "utf8");
    const given = Object.fromEntries(ratings.trim().split("\n").slice(1).map((row) => [row.split(",")[0], Number(row.split(",")[2])]));
    assert.deepEqual(given, Object.fromEntries(asking.map((link, index) => [link.stakeholder, SCORES[index]])));
    run("build", "--today", after);
    const manager = JSON.parse(run("links", "--json", "--today", after)).find((link) => link.role === "manager" && link.page === "portal");
    const page = await browsers[0].page();
    await page.goto(`http://localhost:${host.port}/${manager.path.replace("index.html", "")}#${manager.code}`);
    await page.waitForSelector("h1");
    await page.waitForSelector("#goals");
    const read = await page.evaluate(() => document.body.innerText);
    assert.match(read, /\+0\.9\b/);
    assert.match(read, /12 raters/);
    assert.ok(!read.includes("Shorter, and better."));
    run("audit", "site", "--today", after);
  } finally {
    for (const browser of browsers) await browser.close();
    await host.close();
  }
});
