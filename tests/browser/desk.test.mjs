// The coach's desk by keyboard and by eye:  node --test tests/browser/desk.test.mjs

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { chromium } from "./browsers.mjs";
import { start, until } from "./served.mjs";

/** More stops of the Tab key than this, and a page is no longer gone through by keyboard. */
const MOST_STOPS = 40;

describe("the desk", () => {
  let served;
  let browser;
  // An editor that writes down what it was given.
  const tools = mkdtempSync(join(tmpdir(), "loggia-editor-"));
  const seen = join(tools, "seen");
  before(async () => {
    writeFileSync(join(tools, "editor"), `#!/bin/sh\nfor word; do echo "$word"; done > ${seen}.part\nmv ${seen}.part ${seen}\n`, { mode: 0o755 });
    served = await start(["--editor", join(tools, "editor")]);
    browser = await chromium();
  });
  after(async () => {
    await browser.close();
    await served.end();
  });
  const open = async (path) => {
    const page = await served.page(browser);
    await page.goto(served.url + path);
    return page;
  };

  test("every page of it has few stops of the Tab key", async () => {
    for (const path of ["", "problems", "e/nyah-adeyemi/", "e/mateo-silva/", "e/nyah-adeyemi/priya/sealed/"]) {
      const page = await open(path);
      let stops = 0;
      for (; stops <= MOST_STOPS; stops += 1) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(() => document.activeElement === document.body)) break;
      }
      assert.ok(stops > 0 && stops < MOST_STOPS, `${path}: ${stops}`);
      await page.context().close();
    }
  });

  test("the arrow keys move in who sees what, and a line tells the rule", async () => {
    const page = await open("e/nyah-adeyemi/");
    const focused = () => page.evaluate(() => document.activeElement.dataset.rule);
    await page.focus("#sight [tabindex='0']");
    const said = new Set();
    for (const key of ["ArrowRight", "ArrowDown", "ArrowRight", "ArrowLeft", "ArrowUp", "End", "Home"]) {
      await page.keyboard.press(key);
      const rule = await focused();
      if (rule === undefined) continue;
      said.add(rule);
      assert.ok((await page.textContent("#rule")).endsWith(rule), key);
    }
    assert.ok(said.size > 1);
    assert.equal(await page.evaluate(() => document.querySelectorAll("#sight [tabindex='0']").length), 1);
    // Nothing of the line is cut off, and it stands under the table.
    const [line, table] = await page.evaluate(() => ["#rule", ".wide"].map((part) => document.querySelector(part).getBoundingClientRect().toJSON()));
    assert.ok(line.top >= table.bottom && line.height > 0);
    // Enter on a reader's name opens the portal.
    while (!(await page.evaluate(() => document.activeElement.closest("thead")))) await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Home");
    await Promise.all([page.waitForURL(/\/e\/nyah-adeyemi\/\w+\/$/), page.keyboard.press("Enter")]);
  });

  test("rows that are the same for everyone are shown when asked for, and stay so after a build", async () => {
    const page = await open("e/nyah-adeyemi/");
    const rows = () => page.evaluate(() => [...document.querySelectorAll("#sight tr")].filter((row) => row.getClientRects().length).length);
    const differing = await rows();
    await page.click("#rows");
    const all = await rows();
    assert.ok(differing > 5 && all > differing, `${differing} of ${all}`);
    served.edit("nyah-adeyemi/goals/1-concise-in-the-room.md", 'title = "Concise in the room"', 'title = "Brief in the room"');
    await page.waitForFunction(() => document.body.textContent.includes("Brief in the room"));
    assert.equal(await rows(), all);
    served.edit("nyah-adeyemi/goals/1-concise-in-the-room.md", 'title = "Brief in the room"', 'title = "Concise in the room"');
  });

  test("head and first column stay in sight, and marks have words", async () => {
    const page = await open("e/nyah-adeyemi/");
    await page.setViewportSize({ width: 700, height: 500 });
    await page.click("#rows");
    const [head, first] = await page.evaluate(() => {
      const wide = document.querySelector(".wide");
      wide.scrollTo(300, 400);
      const top = (part) => part.getBoundingClientRect();
      const rows = [...document.querySelectorAll("#sight tbody th[scope=row]")].filter((row) => row.getClientRects().length);
      return [top(document.querySelector("#sight thead th")).top - top(wide).top, top(rows[3]).left - top(wide).left];
    });
    assert.ok(Math.abs(head) <= 2 && Math.abs(first) <= 2, `${head} ${first}`);
    const words = await page.evaluate(() => [...new Set([...document.querySelectorAll("td[data-rule]")].map((cell) => cell.textContent))].sort());
    assert.deepEqual(words, ["○not seen", "●seen", "◐seen in part"].sort());
  });

  test("it opens on what is due, and searching leaves what is looked for", async () => {
    const page = await open("");
    const shown = () => page.evaluate(() => [...document.querySelectorAll("[data-words]")].filter((line) => line.getClientRects().length).map((line) => line.textContent));
    const all = await shown();
    for (const said of [/16:00 Check-in before the mid-point/, /Leave the morning call to the team leads/, /opens on 2026-12-04 for \d+ raters/]) {
      assert.ok(all.some((line) => said.test(line)), `${said}: ${all.join("\n")}`);
    }
    await page.fill("#search", "morning call");
    const found = await shown();
    assert.ok(found.length >= 1 && found.length < all.length && found.every((line) => /morning call/i.test(line)), found.join("\n"));
    // An engagement is found by the name of whoever reads in it.
    await page.fill("#search", "Priya Raman");
    assert.ok((await shown()).some((line) => line.includes("nyah-adeyemi")));
    await page.fill("#search", "");
    assert.equal((await shown()).length, all.length);
    assert.deepEqual(page.said, []);
  });

  const frame = (page) => page.frame({ url: /\/portal$/ });
  const chip = (page) => frame(page)?.evaluate(() => document.querySelector("[data-desk]")?.textContent ?? "");

  test("a block names its file and line, and a click opens it", async () => {
    const page = await open("e/nyah-adeyemi/priya/");
    await until(async () => /Not here: \d+/.test(await page.textContent("#absent")));
    const line = served.read("nyah-adeyemi/goals/1-concise-in-the-room.md").split("\n").findIndex((line) => line.startsWith("behaviour")) + 1;
    const block = frame(page).locator("#goal-1 figcaption p").first();
    await block.hover();
    await until(async () => (await chip(page)) === `goals/1-concise-in-the-room.md:${line}`);
    await frame(page).locator("[data-desk]").click();
    await until(() => existsSync(seen));
    assert.equal(readFileSync(seen, "utf8"), `${served.file("nyah-adeyemi/goals/1-concise-in-the-room.md")}\n`);
    await until(async () => (await page.textContent("#opened")).startsWith("Opened"));
    // What can be focused names its place too, a drawing that of its goal.
    await frame(page).locator("#meetings summary").first().focus();
    await until(async () => /^agendas\//.test(await chip(page)));
    await frame(page).locator("#goal-2 .chart:visible").first().hover();
    await until(async () => /^goals\/2-/.test(await chip(page)));
    // That scripts are refused in the frame is said aloud when this test reaches into it.
    assert.deepEqual(page.said.filter((line) => !line.startsWith("Blocked script execution")), []);
  });

  test("what a reader does not see is outlined when asked for, and on the desk alone", async () => {
    const page = await open("e/nyah-adeyemi/anders/");
    await until(async () => /Not here: \d+/.test(await page.textContent("#absent")));
    const outlines = () => frame(page).evaluate(() => [...document.querySelectorAll("[data-desk=absent]")].map((part) => part.textContent));
    assert.deepEqual(await outlines(), []);
    await page.click("#absent");
    const said = await outlines();
    assert.ok(said.length > 3 && said.some((line) => line.includes("`[share]") && line.includes("engagement.toml:")), said.join("\n"));
    assert.ok(!(await (await served.fetch("e/nyah-adeyemi/anders/portal")).text()).includes("data-desk"));
    await page.click("#absent");
    assert.deepEqual(await outlines(), []);
  });

  test("two readers stand side by side", async () => {
    const page = await open("e/nyah-adeyemi/priya/");
    await page.selectOption("#other", { label: "Anders Holm" });
    await page.waitForURL(/\/priya\/beside\/anders\/$/);
    const texts = () => Promise.all(page.frames().slice(1).map((frame) => frame.evaluate(() => document.body.innerText)));
    await until(async () => {
      const [one, other] = await texts();
      return one.includes("For Priya Raman") && other.includes("For Anders Holm");
    });
    served.edit("nyah-adeyemi/engagement.toml", 'title = "Heard at the table"', 'title = "Heard by both"');
    await until(async () => (await texts()).every((text) => text.includes("Heard by both")));
    served.edit("nyah-adeyemi/engagement.toml", 'title = "Heard by both"', 'title = "Heard at the table"');
    await until(async () => (await texts()).every((text) => text.includes("Heard at the table")));
  });

  test("changes are marked word by word and scrolled to, also in what is folded", async () => {
    const page = await open("e/nyah-adeyemi/priya/");
    await until(async () => (await page.textContent("#changes")) !== "");
    served.edit("nyah-adeyemi/engagement.toml", 'purpose = "Nyah joined', 'purpose = "Nyah gladly joined');
    await until(async () => /^\d+ change/.test(await page.textContent("#changes")) && (await frame(page).evaluate(() => document.body.textContent)).includes("gladly"));
    await page.click("#changes");
    const marked = () => frame(page).evaluate(() => [...(CSS.highlights.get("changed") ?? [])].map((range) => range.toString()));
    await until(async () => (await marked()).join() === "gladly");
    const [top, height] = await frame(page).evaluate(() => [document.querySelector("[data-changed]").getBoundingClientRect().top, innerHeight]);
    assert.ok(top >= 0 && top < height, `${top} of ${height}`);
    served.edit("nyah-adeyemi/engagement.toml", 'purpose = "Nyah gladly joined', 'purpose = "Nyah joined');
    await until(async () => !(await frame(page).evaluate(() => document.body.textContent)).includes("gladly"));
  });

  test("a problem opens at its line", async () => {
    const page = await open("problems");
    served.edit("nyah-adeyemi/goals/2-hand-over-the-decision.md", "alias =", "alais =");
    await page.locator("#main [data-open]").first().click();
    await until(async () => (await page.textContent("#opened")) === "Opened nyah-adeyemi/goals/2-hand-over-the-decision.md:3");
    await until(() => readFileSync(seen, "utf8") === `${served.file("nyah-adeyemi/goals/2-hand-over-the-decision.md")}\n`);
    served.edit("nyah-adeyemi/goals/2-hand-over-the-decision.md", "alais =", "alias =");
  });
});
