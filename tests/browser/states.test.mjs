// What the first screen of a telephone says in each state of an engagement:  node --test tests/browser/states.test.mjs
// With SHOTS=FOLDER the pictures stay there, to be looked at.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, test } from "node:test";
import { chromium } from "./browsers.mjs";
import { BINARY, ROOT, TODAY } from "./portals.mjs";

const FROM_BUILDS = /(loggia\.key|rounds\.lock|share\.lock|links\.lock)$/;
const PHONE = { width: 390, height: 844 };

/** A folder with one engagement of the samples. */
function folderOf(id) {
  const folder = mkdtempSync(join(tmpdir(), "loggia-state-"));
  const content = join(folder, "content");
  mkdirSync(content);
  const firm = readFileSync(join(ROOT, "content/loggia.toml"), "utf8");
  writeFileSync(join(content, "loggia.toml"), firm.replace("[site]", '[site]\naccess = "link"'));
  cpSync(join(ROOT, "content", id), join(content, id), { recursive: true, filter: (name) => !FROM_BUILDS.test(name) });
  const place = (name) => join(content, id, name);
  const edit = (from, to) => {
    const text = readFileSync(place("engagement.toml"), "utf8");
    assert.ok(text.includes(from), from);
    writeFileSync(place("engagement.toml"), text.replace(from, to));
  };
  const rounds = readdirSync(place("pulse")).filter((name) => /^\d.*\.(csv|md)$/.test(name));
  return { folder, place, edit, withoutRounds: () => rounds.forEach((name) => rmSync(place(`pulse/${name}`))) };
}

const START = "start = 2026-07-06";

/** Each state: whose page of which sample, what is changed in it, the day, and what stands on the first screen. */
const STATES = [
  {
    name: "before the start",
    // Of a sample too much has happened: a folder of its own, in which nothing has.
    change: ({ place }) => {
      rmSync(place("."), { recursive: true });
      mkdirSync(place("."));
      const person = (id, name, role) => `[[stakeholder]]\nid = "${id}"\nname = "${name}"\nrole = "${role}"\n`;
      const share = '[share]\nagreed = 2026-11-20\nfacts = ["manager"]\npeople = []\nprogress = ["manager"]\nfollow_up = []\n';
      const people = person("ada", "Ada Bell", "coachee") + person("priya", "Priya Raman", "manager");
      writeFileSync(place("engagement.toml"), `title = "Not begun"\nstart = 2026-12-07\nend = 2027-05-28\n${share}${people}`);
    },
    said: /Begins on 7 December 2026/,
  },
  { name: "no round yet", change: ({ withoutRounds }) => withoutRounds(), said: /No figures yet/ },
  {
    name: "everything withheld",
    change: ({ withoutRounds, place }) => {
      withoutRounds();
      const rows = ["rater,goal,score,followed_up,comment", "tom,concise-in-the-room,1,yes,", "lena,concise-in-the-room,2,yes,"];
      writeFileSync(place("pulse/2026-10-26.csv"), `${rows.join("\n")}\n`);
    },
    said: /last round closed on 26 October 2026.*Too few have answered/s,
  },
  { name: "old figures", today: "2027-03-01", said: /none since 16 November 2026/ },
  {
    name: "paused",
    change: ({ edit }) => edit(START, `${START}\npaused = { from = 2026-11-20, until = 2027-01-11 }`),
    said: /Paused until 11 January 2027/,
  },
  { name: "finished", engagement: "ingrid-solheim", reader: "marit", said: /Completed 30 October 2026/ },
  {
    name: "about to close",
    change: ({ edit }) => {
      edit("end = 2027-03-31", "end = 2026-11-30\ncloses = 2026-12-15");
      edit("rounds = [2026-12-14, 2027-01-18]", "");
    },
    said: /This page closes on 15 December 2026/,
  },
];

describe("the state of an engagement", () => {
  const shots = process.env.SHOTS ?? mkdtempSync(join(tmpdir(), "loggia-shots-"));
  let browser;
  before(async () => {
    execFileSync("cargo", ["build", "--quiet"], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
    browser = await chromium();
    mkdirSync(shots, { recursive: true });
  });
  after(() => browser.close());

  for (const { name, engagement = "nyah-adeyemi", reader = "priya", change = () => {}, today = TODAY, said } of STATES) {
    test(`${name}: is said on the first screen, and the others are not`, async () => {
      const made = folderOf(engagement);
      change(made);
      const run = (...words) => execFileSync(BINARY, [...words, "--today", today], { cwd: made.folder, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
      run("build", "--quiet");
      const link = JSON.parse(run("links", "--json")).find((link) => link.stakeholder === reader && link.page !== "asking");
      const page = await browser.page({ viewport: PHONE, reducedMotion: "reduce" });
      await page.goto(pathToFileURL(join(made.folder, "site", link.path)).href);
      await page.screenshot({ path: join(shots, `${name.replaceAll(" ", "-")}.png`) });
      const first = await page.evaluate(() => {
        const shown = [...document.querySelectorAll("p, dt, dd, li, h1, h2")].filter((part) => part.getBoundingClientRect().top < innerHeight - 20);
        return { text: shown.map((part) => part.innerText).join("\n"), wide: document.documentElement.scrollWidth > innerWidth };
      });
      assert.match(first.text, said);
      assert.equal(first.wide, false);
      for (const other of STATES) if (other.name !== name) assert.doesNotMatch(first.text, other.said, other.name);
      await page.context().close();
      rmSync(made.folder, { recursive: true });
    });
  }
});
