// Asking pages as raters meet them: filled in by keyboard and by touch, sealed, and handed over by mail, copy and file.
//   node --test tests/browser/asking.test.mjs

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import axe from "axe-core";
import { chromium, firefox } from "./browsers.mjs";
import { makePortals } from "./portals.mjs";
import { serve } from "./site.mjs";

const LANGUAGES = ["ar", "de", "en", "es", "fr", "ja", "pt"];
const ARMOUR = /^\[loggia answers 1\]\r?\n[A-Za-z0-9_-]{1,72}(\r?\n[A-Za-z0-9_-]{1,72})*\r?\n\[end\]\r?\n$/;

/** The day as ISO, some days from now. */
const day = (days) => new Date(Date.now() + days * 86400000).toISOString().slice(0, 10);

/** An engagement whose round is open now, with a rater for each language. */
function engagement(content, scale) {
  const folder = join(content, "asked");
  mkdirSync(join(folder, "goals"), { recursive: true });
  mkdirSync(join(folder, "pulse"));
  const people = [["ida", "Ida Berg", "coachee"], ["coach", "Cleo Coach", "coach"], ["mia", "Mia Manager", "manager"],
    ...LANGUAGES.map((tag) => [`rater-${tag}`, `Rater ${tag}`, "supporter", tag])];
  const stakeholders = people.map(([id, name, role, tag]) => `[[stakeholder]]\nid = "${id}"\nname = "${name}"\nrole = "${role}"\n`
    + (role === "coach" ? 'email = "cleo@coach.example"\n' : "") + (tag ? `language = "${tag}"\nportal = false\n` : ""));
  const toml = `title = "Asked"\nstart = ${day(-40)}\nend = ${day(200)}\n[share]\nagreed = ${day(-30)}\npeople = []\nfollow_up = []\n`
    + `asked = ["supporter", "manager"]\n${stakeholders.join("\n")}\n[pulse]\nscale = ${scale}\nrounds = [${day(5)}, ${day(60)}]\n`
    + 'period = "the last four weeks"\n';
  writeFileSync(join(folder, "engagement.toml"), toml);
  for (const [index, name] of ["early", "calm"].entries()) {
    writeFileSync(join(folder, `goals/${index + 1}-${name}.md`), `+++\ntitle = "Goal"\nbehaviour = "Ida is ${name} in the room."\n+++\nBecause.\n`);
  }
  const pub = readFileSync(new URL("../../content/nyah-adeyemi/pulse/asking.pub", import.meta.url));
  writeFileSync(join(folder, "pulse/asking.pub"), pub);
}

for (const start of [chromium, firefox]) {
  describe(`asking pages in ${start.name}`, () => {
    let browser, site, host, links;
    before(async () => {
      site = makePortals((content) => engagement(content, '"change"'));
      site.run("build", "--out", "now");
      links = JSON.parse(site.run("links", "--json")).filter((link) => link.page === "asking" && link.engagement === "asked");
      host = await serve(join(site.folder, "now"));
      browser = await start();
    });
    after(async () => {
      await browser?.close();
      await host?.close();
    });

    const address = (rater) => {
      const { path, code } = links.find((link) => link.stakeholder === rater);
      return `http://localhost:${host.port}/${path.replace("index.html", "")}#${code}`;
    };
    async function opened(rater, options = {}) {
      const page = await browser.page(options);
      await page.goto(address(rater));
      await page.waitForSelector("#asking");
      return page;
    }
    const visible = (page, id) => page.evaluate((id) => document.getElementById(id).offsetParent !== null, id);

    test("open from links that mail programs mangled", async () => {
      const right = address("rater-en");
      const [folder, code] = right.split("#");
      const page = await browser.page();
      for (const mangled of [`${folder}%23${code}`, `${folder.slice(0, -1)}%2523${code}`, `${folder}%23${code}?utm=1`]) {
        await page.goto("about:blank");
        await page.goto(mangled);
        await page.waitForSelector("#asking");
        assert.equal(await page.evaluate(() => location.href), right, mangled);
      }
      await page.close();
    });

    test("are filled in by keyboard alone, sealed, and handed over in three ways", async () => {
      const page = await opened("rater-en");
      await page.focus("input[name='rating-1']");
      await page.keyboard.press("ArrowRight");
      const chosen = await page.evaluate(() => document.querySelector("input[name='rating-1']:checked").value);
      assert.equal(chosen, "-2");
      await page.focus("#asking-comment");
      await page.keyboard.type("Thank you");
      assert.equal(await page.evaluate(() => document.getElementById("asking-left").textContent), "891");
      await page.focus("button[type='submit']");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => !document.getElementById("asking-sealed").hidden);
      const text = await page.evaluate(() => document.getElementById("asking-text").value);
      assert.match(text, ARMOUR);
      const mail = await page.evaluate(() => document.getElementById("asking-mail").href);
      assert.ok(mail.startsWith("mailto:cleo@coach.example?subject=Pulse&body="), mail.slice(0, 80));
      assert.ok(mail.length <= 1800, String(mail.length));
      assert.equal(decodeURIComponent(mail.split("body=")[1]).replaceAll("\r\n", "\n"), text.replaceAll("\r\n", "\n"));
      const file = await page.evaluate(async () => (await document.getElementById("asking-file")).href);
      assert.match(file, /^blob:/);
      // The form holds nothing any more, and says so to whoever comes back to it.
      await page.click("#asking-again");
      assert.equal(await page.evaluate(() => document.querySelectorAll("#asking :checked").length), 0);
      assert.equal(await page.evaluate(() => document.getElementById("asking-comment").value), "");
      assert.equal(await page.evaluate(() => document.getElementById("asking-text").value), "");
      assert.deepEqual(page.said, []);
    });

    test("send nothing without an answer, and no comment that is too long", async () => {
      const page = await opened("rater-en");
      await page.click("button[type='submit']");
      assert.notEqual(await page.evaluate(() => document.getElementById("asking-status").textContent), "");
      await page.evaluate(() => {
        document.getElementById("asking-comment").value = "日".repeat(301);
        document.getElementById("asking-comment").dispatchEvent(new Event("input"));
      });
      assert.equal(await page.evaluate(() => document.getElementById("asking-left").textContent), "-3");
      await page.click("button[type='submit']");
      assert.equal(await visible(page, "asking-sealed"), false);
    });

    test("keep nothing over a reload, and load nothing once they are open", async () => {
      const page = await opened("rater-en");
      await page.click("input[name='rating-2'][value='unseen']");
      await page.evaluate(() => { document.getElementById("asking-comment").value = "secret"; });
      const before = page.asked.length;
      await page.reload();
      await page.waitForSelector("#asking");
      assert.equal(await page.evaluate(() => document.querySelectorAll("#asking :checked").length), 0);
      assert.equal(await page.evaluate(() => document.getElementById("asking-comment").value), "");
      assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length), 0);
      // One file, and it works when the host is gone.
      assert.equal(page.asked.slice(before).filter((url) => !url.startsWith("data:")).length, 1);
      await page.click("input[name='rating-1'][value='unseen']");
      await page.click("button[type='submit']");
      await page.waitForFunction(() => !document.getElementById("asking-sealed").hidden);
      assert.equal(page.asked.slice(before).filter((url) => /^https?:/.test(url)).length, 1);
    });

    test("are without a fault for axe in seven languages, and each in its own direction", async () => {
      for (const tag of LANGUAGES) {
        const page = await opened(`rater-${tag}`);
        // The page's policy lets no script in: axe is run by the browser's own channel.
        await page.evaluate(axe.source);
        const found = await page.evaluate(async () => (await globalThis.axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`));
        assert.deepEqual(found, [], tag);
        const root = await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
        assert.deepEqual(root, [tag, tag === "ar" ? "rtl" : "ltr"]);
        const spaces = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);
        assert.ok(spaces, `${tag} scrolls sideways`);
      }
    });
  });
}

describe("asking pages on a telephone", () => {
  test("are filled in by touch, with room for a finger, and say what is missing without JavaScript", async () => {
    const site = makePortals((content) => engagement(content, "{ from = 1, to = 11 }"));
    site.run("build", "--out", "now");
    const links = JSON.parse(site.run("links", "--json"));
    const link = links.find(({ page, stakeholder }) => page === "asking" && stakeholder === "rater-en");
    const host = await serve(join(site.folder, "now"));
    const browser = await chromium();
    const url = `http://localhost:${host.port}/${link.path.replace("index.html", "")}#${link.code}`;
    const page = await browser.page({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
    await page.goto(url);
    await page.waitForSelector("#asking");
    const small = await page.evaluate(() => [...document.querySelectorAll(".point, .choice, .asked button")]
      .filter((target) => target.offsetParent)
      .map((target) => target.getBoundingClientRect()).filter(({ width, height }) => width < 24 || height < 44).length);
    assert.equal(small, 0);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await page.locator(".point").nth(10).tap();
    assert.equal(await page.evaluate(() => document.querySelector("#asking :checked").value), "11");
    const silent = await browser.page({ javaScriptEnabled: false });
    await silent.goto(url);
    assert.ok((await silent.textContent("noscript, body")).length > 20);
    await browser.close();
    await host.close();
  });
});
