// What a reader gets, in Chromium: reach, width, keyboard, paper, weight.  node --test tests/browser/page.test.mjs

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, test } from "node:test";
import { chromium } from "./browsers.mjs";
import { ROOT, makePortals } from "./portals.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const { folder, pages } = makePortals();
const page = (name) => pages.find((page) => page.name === name);

/** One page of each kind: readers with one role in one engagement get the same parts, and in the large one all get all. */
const kinds = pages.filter(({ engagement, role }, index) =>
  index === pages.findIndex((other) => other.engagement === engagement && (other.role === role || engagement === "large")));

/** The largest ones and the odd ones, for what takes long. */
const few = ["nyah-adeyemi/nyah", "ingrid-solheim/marit", "arabic/priya", "large/ada", "empty/max"].map(page);

/** How many pixels wider than the window the page is, with what sticks out. */
const excess = () => {
  const root = document.documentElement;
  const isClipped = (element) => element.closest(".contents, .wide, pre, .prose table");
  const out = [...document.querySelectorAll("body *")].filter((element) => {
    const { left, right, width } = element.getBoundingClientRect();
    return width > 0 && (left < -0.5 || right > root.clientWidth + 0.5) && !isClipped(element) && !element.closest(".skip");
  });
  const width = root.scrollWidth - root.clientWidth;
  return width > 0 ? [width, ...out.slice(-3).map((element) => element.outerHTML.slice(0, 200))] : [];
};

const unfold = () => document.querySelectorAll("details").forEach((details) => { details.open = true; });

describe("a portal", () => {
  let browser;
  before(async () => { browser = await chromium(); });
  after(() => browser.close());

  const open = async ({ file }, options = {}) => {
    const page = await browser.page(options);
    await page.goto(pathToFileURL(file).href);
    return page;
  };
  const shut = (page) => page.context().close();

  // Contrast hangs on the colours and not on the width, room on the width and not on the colours: each is tried on all, both on few.
  for (const [colorScheme, width, tried] of [["light", 1280, kinds], ["dark", 320, kinds], ["light", 320, few], ["dark", 1280, few]]) {
    test(`has no barrier, ${colorScheme}, ${width} px wide`, async () => {
      const found = [];
      for (const portal of tried) {
        const page = await open(portal, { viewport: { width, height: 800 }, colorScheme });
        await page.evaluate(unfold);
        await page.evaluate(AXE);
        const run = (rules) => window.axe.run({ runOnly: rules, resultTypes: ["violations"] });
        const { violations } = await page.evaluate(run, RULES);
        for (const { id, nodes } of violations) {
          found.push(`${portal.name} ${id} ${nodes.length}: ${nodes[0].target} ${nodes[0].failureSummary}`);
        }
        await shut(page);
      }
      assert.deepEqual(found, []);
    });
  }

  for (const [letters, flags, widths] of [
    ["letters of the usual size", [], [320]],
    ["letters of twice the size", ["--blink-settings=defaultFontSize=32"], [390, 1280]],
  ]) {
    test(`never scrolls sideways, with ${letters}`, async () => {
      const browser = await chromium(flags);
      const found = [];
      for (const portal of kinds) {
        const page = await browser.page();
        await page.goto(pathToFileURL(portal.file).href);
        for (const width of widths) {
          await page.setViewportSize({ width, height: 800 });
          for (const folding of ["folded", "unfolded"]) {
            if (folding === "unfolded") await page.evaluate(unfold);
            const wider = await page.evaluate(excess);
            if (wider.length > 0) found.push(`${portal.name}, ${width} px, ${folding}: ${wider.join("\n")}`);
          }
        }
        await shut(page);
      }
      await browser.close();
      assert.deepEqual(found, []);
    });
  }

  // The page has the rules that it uses, in as few letters as it can; the file has them all as they are written.
  test("looks as its whole style sheet says", async () => {
    const whole = readFileSync(join(ROOT, "themes/default/style.css"), "utf8");
    const names = [...new Set([...whole.matchAll(/(?<=[;{]\s*)([a-z-]+)(?=:\s)/g)].map(([name]) => name))].filter((name) => !name.startsWith("--"));
    assert.ok(names.length > 80, String(names.length));
    const styles = ([names, sheet]) => {
      if (sheet) document.querySelector("style").textContent = sheet;
      const of = (part, pseudo) => {
        const style = getComputedStyle(part, pseudo);
        if (pseudo && style.content === "none") return pseudo;
        return names.map((name) => `${name}: ${style.getPropertyValue(name)}`).join("; ");
      };
      return [...document.querySelectorAll("html, body, body *")].map((part) =>
        [`${part.tagName} ${part.getAttribute("class") ?? ""}`, of(part), of(part, "::before"), of(part, "::after")].join("\n"));
    };
    for (const portal of few.filter(({ name }) => !name.startsWith("large"))) {
      for (const [media, width] of [["screen", 390], ["print", 700]]) {
        const page = await open(portal, { viewport: { width, height: 800 }, bypassCSP: true });
        await page.emulateMedia({ media });
        await page.evaluate(unfold);
        const sent = await page.evaluate(styles, [names, ""]);
        const all = await page.evaluate(styles, [names, whole]);
        const other = sent.findIndex((style, index) => style !== all[index]);
        assert.equal(sent[other], all[other], `${portal.name}, ${media}, ${width} px`);
        await shut(page);
      }
    }
  });

  test("sets the sign of a figure before it in a text from right to left", async () => {
    const page = await open(pages.find(({ name }) => name === "arabic/priya"));
    const places = await page.evaluate(() => {
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const found = [];
      while (texts.nextNode()) {
        const text = texts.currentNode;
        for (const { index } of text.data.matchAll(/[+\u2212]\d/g)) {
          const left = (at) => {
            const range = document.createRange();
            range.setStart(text, at);
            range.setEnd(text, at + 1);
            return range.getBoundingClientRect().left;
          };
          if (left(index) > 0) found.push([text.data, left(index) < left(index + 1)]);
        }
      }
      return found;
    });
    assert.ok(places.length > 8, String(places.length));
    assert.deepEqual(places.filter(([, isBefore]) => !isBefore), []);
    await shut(page);
  });

  test("asks for nothing, says nothing, and reads the same without JavaScript", async () => {
    for (const portal of kinds) {
      const texts = [];
      for (const javaScriptEnabled of [true, false]) {
        const page = await open(portal, { javaScriptEnabled });
        texts.push(await page.locator("body").innerText());
        assert.deepEqual(page.asked.filter((url) => !url.startsWith("data:")), [pathToFileURL(portal.file).href]);
        assert.deepEqual(page.said, [], portal.name);
        for (const section of await page.locator("section").all()) assert.ok(await section.isVisible());
        await shut(page);
      }
      assert.equal(texts[0], texts[1], portal.name);
      assert.ok(texts[0].length > 500, portal.name);
    }
  });

  test("keyboard alone reaches everything, and shows where it is", async () => {
    for (const portal of few) {
      const page = await open(portal, { viewport: { width: 1000, height: 700 }, reducedMotion: "reduce" });
      const count = await page.evaluate(() => {
        const all = [...document.querySelectorAll("a[href], summary, input, button, [tabindex='0']")];
        const isFolded = (element) => element.closest("details:not([open])") && element.localName !== "summary";
        window.left = new Set(all.filter((element) => !isFolded(element)));
        return window.left.size;
      });
      assert.ok(count > (portal.name === "empty/max" ? 1 : 5), `${portal.name}: ${count}`);
      const wrong = [];
      for (let step = 0; step < count + 3; step += 1) {
        await page.keyboard.press("Tab");
        const fault = await page.evaluate(() => {
          const element = document.activeElement;
          window.left.delete(element);
          if (element === document.body) return null;
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          const { left, right, top, bottom } = element.getClientRects()[0];
          const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2;
          const hit = document.elementFromPoint(middle(left, right, innerWidth), middle(top, bottom, innerHeight));
          const name = element.outerHTML.slice(0, 160);
          if (outlineStyle === "none" || parseFloat(outlineWidth) < 2) return `no outline: ${name}`;
          const isHidden = !hit || !(element.contains(hit) || hit.contains(element));
          return isHidden ? `covered by ${hit?.outerHTML.slice(0, 80)}: ${name}` : null;
        });
        if (fault) wrong.push(fault);
      }
      const missed = await page.evaluate(() => [...window.left].map((element) => element.outerHTML.slice(0, 160)));
      assert.deepEqual([portal.name, wrong, missed], [portal.name, [], []]);
      const summary = page.locator("summary").first();
      if (await summary.count()) {
        await summary.focus();
        await page.keyboard.press("Enter");
        assert.ok(await page.evaluate(() => document.activeElement.parentElement.open), portal.name);
      }
      await shut(page);
    }
  });

  test("printed, nothing is wider than the paper, which would make all the rest smaller", async () => {
    const found = [];
    for (const portal of kinds) {
      const page = await open(portal, { viewport: { width: 657, height: 979 } });
      await page.emulateMedia({ media: "print" });
      const wider = await page.evaluate(excess);
      if (wider.length > 0) found.push(`${portal.name}: ${wider.join("\n")}`);
      await shut(page);
    }
    assert.deepEqual(found, []);
  });

  test("printed, charts stay whole, headings stay with their text, and links are spelled out", async () => {
    for (const portal of few) {
      const page = await open(portal, { viewport: { width: 657, height: 979 } });
      await page.emulateMedia({ media: "print" });
      const seen = await page.evaluate(() => {
        const style = (element) => getComputedStyle(element);
        const all = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
        return {
          cut: all("figure, tr").filter((element) => style(element).breakInside !== "avoid" || element.offsetHeight > 979)
            .map((element) => element.outerHTML.slice(0, 100)),
          charts: all("figure > svg").length,
          loose: all("h2, h3, h4, h5, h6, caption").filter((element) => style(element).breakAfter !== "avoid")
            .map((element) => element.outerHTML.slice(0, 100)),
          // The title of a goal stands in many places: only words that are a heading and nothing else tell one.
          headings: all("h2, h3, h4, h5, h6").map((element) => element.textContent.trim())
            .filter((text) => document.body.innerText.split(text).length === 2),
          links: [...document.querySelectorAll(".prose a[href^=http], .colophon a")].map((link) => link.getAttribute("href").replace(/^(mailto|tel):/, "")),
          hidden: all(".contents, .save, .skip").length,
          dark: style(document.body).color,
        };
      });
      assert.deepEqual([portal.name, seen.cut, seen.loose, seen.hidden], [portal.name, [], [], 0]);
      const file = join(folder, "print.pdf");
      writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
      const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
      const sheets = text.split("\f").slice(0, -1);
      const squeezed = text.replace(/\s/g, "");
      for (const link of seen.links) assert.ok(squeezed.includes(link.replace(/\s/g, "")), `${portal.name}: ${link}`);
      const orphans = sheets.map((sheet) => sheet.trim().split("\n").at(-1).trim()).filter((line) => seen.headings.includes(line));
      assert.deepEqual([portal.name, orphans], [portal.name, []]);
      assert.ok(sheets.length > 1 && sheets.every((sheet) => sheet.trim() !== ""), `${portal.name}: an empty sheet`);
      await shut(page);
    }
  });

  test("answers on few screens of a phone, with all tabs in one line", async () => {
    const found = [];
    for (const [name, most] of [["nyah-adeyemi/priya", 9.2], ["nyah-adeyemi/tom", 7], ["mateo-silva/hannah", 9.2]]) {
      const page = await open(pages.find((page) => page.name === name), { viewport: { width: 390, height: 844 } });
      const seen = await page.evaluate(() => ({
        screens: document.documentElement.scrollHeight / innerHeight,
        lines: new Set([...document.querySelectorAll(".contents li")].map((tab) => tab.offsetTop)).size,
        tabs: document.querySelectorAll(".contents li").length,
      }));
      if (seen.screens > most || seen.lines !== 1 || seen.tabs > 5) found.push([name, seen]);
      await shut(page);
    }
    assert.deepEqual(found, []);
  });

  test("prints on few sheets, none but the last under a third full, and on one where only what matters is wanted", async () => {
    const found = [];
    for (const [name, most] of [["nyah-adeyemi/priya", 8], ["mateo-silva/hannah", 8], ["ingrid-solheim/marit", 9]]) {
      const page = await open(pages.find((page) => page.name === name));
      for (const [choice, limit] of [["everything", most], ["sheet-alone", 1]]) {
        if (choice !== "everything") await page.locator(`#${choice}`).check();
        const file = join(folder, "sheets.pdf");
        writeFileSync(file, await page.pdf({ preferCSSPageSize: true, tagged: true }));
        const boxes = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8" }).split("<page ").slice(1);
        if (boxes.length > limit) found.push([name, choice, boxes.length]);
        for (const [index, box] of boxes.slice(0, -1).entries()) {
          // The number of the sheet stands below.
          const ends = [...box.matchAll(/yMax="([\d.]+)"/g)].map((match) => Number(match[1])).filter((end) => end < 780);
          if (Math.max(...ends) < 842 / 3) found.push([name, choice, `sheet ${index + 1} ends at ${Math.max(...ends)}`]);
        }
        const tagged = execFileSync("pdfinfo", [file], { encoding: "utf8" });
        if (!/Tagged: +yes/.test(tagged)) found.push([name, choice, "not tagged"]);
      }
      await shut(page);
    }
    assert.deepEqual(found, []);
  });

  test("weighs little", () => {
    for (const { name, file, isSample } of pages) {
      const { size } = statSync(file);
      assert.ok(size <= (isSample ? 95_000 : 245_000), `${name} weighs ${size} bytes`);
    }
  });
});
