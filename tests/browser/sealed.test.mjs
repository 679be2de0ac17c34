// Sealed pages in the browsers that readers have:  node --test tests/browser/sealed.mjs

import assert from "node:assert/strict";
import { readFileSync, writeFileSync, mkdtempSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, describe, test } from "node:test";
import { chromium, firefox } from "./browsers.mjs";
import { makeSite, serve } from "./site.mjs";

const { folder, samples } = makeSite();
const host = await serve(folder);
after(() => host.close());

const origin = `http://127.0.0.1:${host.port}`;
const at = (name, base = origin + "/") => base + samples[name].path.replace("index.html", "");
const file = (name) => pathToFileURL(join(folder, samples[name].path)).href;
const code = (name) => samples[name].code;
const temporary = (name, text) => {
  const path = join(mkdtempSync(join(tmpdir(), "loggia-saved-")), name);
  writeFileSync(path, text);
  return path;
};

/** Waits until `fact` holds in the page. */
async function until(page, fact, value) {
  const end = Date.now() + 10_000;
  for (;;) {
    try {
      if (await page.evaluate(fact, value)) return;
    } catch (error) {
      if (!/context|navigat|destroyed|realm|frame/i.test(String(error))) throw error;
    }
    if (Date.now() > end) {
      const text = await page.evaluate(() => location.href + "\n" + document.body.innerText.slice(0, 500));
      throw new Error(`never came true: ${fact}\n${text}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const isOpened = (page, title = "Nyah Adeyemi: Portal") => until(page, (title) => document.title === title, title);
const says = (page, words) =>
  until(page, (words) => document.querySelector("[role=status]")?.textContent.includes(words), words);
const hash = (page) => page.evaluate(() => location.hash);
const focused = (page) => page.evaluate(() => document.activeElement.id || document.activeElement.localName);

/** That the page shows nothing of its content. */
async function isShut(page) {
  const html = await page.evaluate(() => document.documentElement.outerHTML);
  assert.ok(!/Nyah|Omar|Leading through|Overview/.test(html));
  assert.equal(await page.evaluate(() => document.title), "Private page");
}

/** Types `text` into a field and sends it off. */
async function give(page, selector, text) {
  const fill = ([selector, text]) => {
    document.querySelector(selector).value = text;
    document.querySelector("form button").click();
  };
  await page.evaluate(fill, [selector, text]);
}

for (const start of [chromium, firefox]) {
  describe(start.name, () => {
    let browser;
    before(async () => { browser = await start(); });
    after(() => browser.close());

    for (const [where, url] of [
      ["at the root of a host", at("plain")],
      ["under a sub-path", at("plain", origin + "/sub/path/")],
      ["from a file", file("plain")],
    ]) {
      test(`opens ${where}, and is the page it holds`, async () => {
        const page = await browser.page();
        await page.goto(`${url}#${code("plain")}`);
        await isOpened(page);
        assert.deepEqual(await page.evaluate(() => ({
          language: document.documentElement.lang,
          direction: document.documentElement.dir,
          name: document.documentElement.className,
          colour: getComputedStyle(document.querySelector("h1")).color,
          heading: document.activeElement.textContent,
          mode: document.compatMode,
          leftovers: document.querySelectorAll("script, form, [role=status]").length,
          policies: document.querySelectorAll("meta[http-equiv]").length,
          scheme: document.querySelector("meta[name=color-scheme]").content,
        })), {
          language: "de", direction: "", name: "portal", colour: "rgb(1, 2, 3)", heading: "Leading through others",
          mode: "CSS1Compat", leftovers: 0, policies: 1, scheme: "light dark",
        });
        assert.equal(await hash(page), `#${code("plain")}`);
        await page.reload();
        await isOpened(page);
        assert.deepEqual(page.said, []);
        assert.deepEqual(page.asked.filter((asked) => asked.split("#")[0] !== url && !asked.startsWith("data:")), []);
      });
    }

    test("mangled fragments open, and the address is put right", async () => {
      const good = code("plain");
      const misread = good.replace(/0/g, "O").replace(/1/g, "l");
      const page = await browser.page();
      for (const mangled of [
        good.toUpperCase(), good.match(/.{1,4}/g).join("-"), good.match(/.{1,4}/g).join("%20"), ` ${good} `, misread,
        `${good}&utm_source=mail`, `${good}?x=1`, `${good}.`, `${good}>`, `${good}),`, `%23${good}`, `%2523${good}`, `#${good}`,
        `${good}%0A`, `${good}%26x=1`, `<${good}>`, `${good}%E2%80%8B`,
      ]) {
        await page.goto("about:blank");
        await page.goto(`${at("plain")}#${mangled}`);
        await isOpened(page);
        assert.equal(await hash(page), `#${good}`, mangled);
      }
    });

    test("mangled paths are mended by 404.html", async () => {
      const good = code("plain");
      const page = await browser.page();
      for (const base of [origin + "/", origin + "/sub/path/"]) {
        const right = at("plain", base);
        for (const mangled of [
          `${right}%23${good}`, `${right}%2523${good}`, `${right}%252523${good}`, `${right.slice(0, -1)}%23${good}`,
          `${right}index.html%23${good}`, `${right}%23${good}%2Fgoals`, `${right}%23${good.toUpperCase()}`,
          `${base}P/${right.slice(base.length + 2, -1).toUpperCase()}/#${good}`, `${right}x#${good}`,
          `${right}%23${good}?utm=1`,
        ]) {
          await page.goto("about:blank");
          await page.goto(mangled);
          await isOpened(page);
          assert.equal(await page.evaluate(() => location.href.split("#")[0]), right, mangled);
          assert.equal((await hash(page)).slice(1).split("/")[0], good, mangled);
        }
      }
    });

    test("404.html leads nowhere else and asks for nothing", async () => {
      const page = await browser.page();
      const id = samples.plain.path.split("/")[1];
      for (const path of [`/p/${"0".repeat(26)}/`, "/", "/p/", "/x", `//elsewhere.example/p/${id}/%23${code("plain")}`]) {
        await page.goto(origin + path);
        await until(page, () => document.readyState === "complete");
        assert.ok((await page.evaluate(() => location.href)).startsWith(origin + "/"), path);
      }
      assert.deepEqual(page.said.filter((said) => !said.includes("404")), []);
    });

    for (const [what, given, words] of [
      ["no code", "", "lost its code"],
      ["half a code", `#${code("plain").slice(0, 20)}`, "not a whole code"],
      ["a mistyped code", `#${code("plain").replace(/.$/, (letter) => (letter === "x" ? "y" : "x"))}`, "not a whole code"],
      ["another reader's code", `#${code("other")}`, "does not open this page"],
      ["an old code", `#${code("old")}`, "does not open this page"],
    ]) {
      test(`${what} shows words and no content, and the right one can be pasted`, async () => {
        for (const url of [at("plain"), file("plain")]) {
          const page = await browser.page();
          await page.goto(url + given);
          await says(page, words);
          await isShut(page);
          await give(page, "#code", "");
          await says(page, "lost its code");
          await give(page, "#code", "hello");
          await says(page, "not a whole code");
          assert.equal(await focused(page), "code");
          await give(page, "#code", given === "" ? `${at("plain")}#${code("plain")}` : ` ${code("plain").toUpperCase()}\t`);
          await isOpened(page);
          assert.equal(await hash(page), `#${code("plain")}`);
          await page.reload();
          await isOpened(page);
        }
      });
    }

    test("places inside the page keep the code, and Back goes back", async () => {
      const good = code("plain");
      const page = await browser.page();
      await page.goto(`${at("plain")}#${good}`);
      await isOpened(page);
      await page.click("a[href='#goals']");
      await until(page, () => document.activeElement.id === "goals" && scrollY > 100);
      assert.equal(await hash(page), `#${good}/goals`);
      await page.click("a[href='#folded']");
      await until(page, () => document.activeElement.id === "folded" && document.querySelector("details").open);
      assert.equal(await hash(page), `#${good}/folded`);
      await page.evaluate(() => history.back());
      await until(page, () => document.activeElement.id === "goals");
      await page.evaluate(() => history.back());
      await until(page, (good) => location.hash === "#" + good && scrollY < 100, good);
      await page.evaluate(() => history.forward());
      await until(page, () => document.activeElement.id === "goals");
      await page.evaluate(() => document.querySelector("#drawn rect").dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })));
      await until(page, () => document.activeElement.id === "overview");
      await page.click("a[href='#']");
      await until(page, (good) => location.hash === "#" + good && scrollY === 0, good);
      await page.reload();
      await isOpened(page);
      assert.deepEqual(page.said, []);
    });

    test("deep links open at their place", async () => {
      const page = await browser.page();
      for (const [place, id] of [["goals", "goals"], ["goals/concise", "goals"], ["folded", "folded"], ["nowhere/at/all", "h1"]]) {
        await page.goto("about:blank");
        await page.goto(`${at("plain")}#${code("plain")}/${place}`);
        await isOpened(page);
        assert.equal(await focused(page), id);
        assert.equal(await hash(page), `#${code("plain")}/${place}`);
      }
    });

    test("another code in the address of an open page shuts it; a bare place does not", async () => {
      const page = await browser.page();
      await page.goto(`${at("plain")}#${code("plain")}`);
      await isOpened(page);
      await page.evaluate(() => { location.hash = "goals"; });
      await until(page, () => document.activeElement.id === "goals");
      assert.equal(await hash(page), `#${code("plain")}/goals`);
      await page.evaluate((other) => { location.hash = other; }, code("other"));
      await says(page, "does not open this page");
      await isShut(page);
      await page.evaluate((good) => { location.hash = good; }, code("plain"));
      await isOpened(page);
    });

    for (const [where, base] of [["with the host's headers", origin + "/"], ["without", origin + "/sub/path/"]]) {
      test(`nothing in a page acts, loads or leaves, ${where}`, async () => {
        const page = await browser.page();
        const before = host.log.length;
        const url = at("hostile", base);
        await page.goto(`${url}#${code("hostile")}`);
        await isOpened(page);
        await page.evaluate(() => document.querySelector("#heading").click());
        await page.evaluate(() => document.querySelector("#script-link").click());
        await page.evaluate(() => document.querySelector("#hostile-button").click());
        await new Promise((resolve) => setTimeout(resolve, 1500));
        assert.deepEqual(await page.evaluate(() => ({
          hit: window.hit ?? null,
          colour: getComputedStyle(document.querySelector("h1")).color,
          href: location.href,
          title: document.title,
        })), { hit: null, colour: "rgb(1, 2, 3)", href: `${url}#${code("hostile")}`, title: "Nyah Adeyemi: Portal" });
        assert.deepEqual(host.log.slice(before).filter((asked) => asked !== new URL(url).pathname), []);
      });
    }

    test("a changed, cut or exchanged seal does not open", async () => {
      const good = readFileSync(join(folder, samples.plain.path), "utf8");
      const blob = (html) => /data-asks="[^"]*">([^<]*)</.exec(html)[1];
      const other = readFileSync(join(folder, samples.other.path), "utf8");
      const sealed = blob(good);
      const flip = (place) => sealed.slice(0, place) + (sealed[place] === "A" ? "B" : "A") + sealed.slice(place + 1);
      const page = await browser.page();
      for (const changed of [
        flip(0), flip(10), flip(50), flip(sealed.length / 2), flip(sealed.length - 4), sealed.slice(0, -4), "", "AQ==", "!", blob(other),
      ]) {
        await page.goto(`${pathToFileURL(temporary("page.html", good.replace(sealed, changed)))}#${code("plain")}`);
        await says(page, "did not arrive whole");
        await isShut(page);
      }
      await page.goto(`${pathToFileURL(temporary("page.html", other))}#${code("plain")}`);
      await says(page, "does not open this page");
      await isShut(page);
    });

    test("an opened page can be saved, and so can a sealed one", async () => {
      const page = await browser.page();
      await page.goto(`${at("plain")}#${code("plain")}`);
      await isOpened(page);
      const saved = await page.evaluate(() => "<!DOCTYPE html>" + document.documentElement.outerHTML);
      assert.ok(!saved.includes(code("plain")));
      await page.goto(pathToFileURL(temporary("opened.html", saved)).href);
      await isOpened(page);
      assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("h1")).color), "rgb(1, 2, 3)");
      await page.click("a[href='#goals']");
      await until(page, () => scrollY > 100);
      await page.goto(pathToFileURL(temporary("sealed.html", readFileSync(join(folder, samples.plain.path)))).href);
      await says(page, "lost its code");
      await give(page, "#code", code("plain"));
      await isOpened(page);
      assert.deepEqual(page.said, []);
    });

    test("waits for a click where it was asked to", async () => {
      const page = await browser.page();
      await page.goto(`${at("click")}#${code("click")}`);
      await says(page, "Open it when you are ready");
      await isShut(page);
      await page.click("form button");
      await isOpened(page);
    });

    test("asks for the passphrase, says when it is wrong, and takes it as any keyboard types it", async () => {
      const page = await browser.page();
      await page.goto(`${at("passphrase")}#${code("passphrase")}`);
      await says(page, "asks for the passphrase");
      await isShut(page);
      for (const wrong of ["", "resume in the loggia"]) {
        await give(page, "#passphrase", wrong);
        await says(page, "does not open this page. Look at");
        await isShut(page);
        await give(page, "#passphrase", wrong);
      }
      await says(page, "does not open this page. Look at");
      await give(page, "#passphrase", "R\u00e9sum\u00e9 in the loggia ");
      await isOpened(page);
    });

    test("refuses to open inside another page", async () => {
      const page = await browser.page();
      const framed = `${at("plain", origin + "/sub/path/")}#${code("plain")}`;
      await page.goto(`${origin}/frame.html?${encodeURIComponent(framed)}`);
      await until(page, () => {
        const inside = document.querySelector("iframe").contentDocument;
        return inside?.querySelector("[role=status]")?.textContent.includes("inside another page");
      });
      assert.equal(await page.evaluate(() => document.querySelector("iframe").contentDocument.title), "Private page");
    });

    test("nothing is stored", async () => {
      const page = await browser.page();
      await page.goto(`${at("plain")}#${code("plain")}`);
      await isOpened(page);
      assert.deepEqual(await page.evaluate(async () => ({
        local: localStorage.length, session: sessionStorage.length, cookie: document.cookie,
        databases: (await indexedDB.databases()).length, workers: (await navigator.serviceWorker.getRegistrations()).length,
        caches: (await caches.keys()).length, referrer: document.querySelector("meta[name=referrer]").content,
        robots: document.querySelector("meta[name=robots]").content,
      })), { local: 0, session: 0, cookie: "", databases: 0, workers: 0, caches: 0, referrer: "no-referrer", robots: "noindex, nofollow, noarchive" });
    });

    test("printed, it has the content, and neither paper nor file has the code", async () => {
      const good = code("plain");
      const page = await browser.page();
      await page.goto(`${at("plain")}#${good}`);
      await isOpened(page);
      await page.evaluate(() => addEventListener("beforeprint", () => { window.addressOnPaper = location.href; }));
      const pdf = Buffer.from(await page.pdf());
      const text = execFileSync("pdftotext", [temporary("printed.pdf", pdf), "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
      assert.ok(text.includes("Leading through others") && text.includes("Overview"), text);
      assert.ok(!text.includes(good) && !pdf.includes(good));
      assert.equal(await page.evaluate(() => window.addressOnPaper), at("plain"));
      await until(page, (good) => location.hash === "#" + good, good);
    });
  });
}

describe("chromium alone", () => {
  let browser;
  before(async () => { browser = await chromium(); });
  after(() => browser.close());

  test("says why it does not open without https", async () => {
    const page = await browser.page();
    await page.goto(`http://insecure.test:${host.port}/${samples.plain.path}#${code("plain")}`);
    await says(page, "begins with https://");
    await isShut(page);
  });

  test("says why it does not open without JavaScript", async () => {
    const page = await browser.page({ javaScriptEnabled: false });
    await page.goto(`${at("plain")}#${code("plain")}`);
    assert.match(await page.locator("noscript").innerText(), /needs JavaScript/);
  });

  test("what it costs to open a page of 100 kB", async (t) => {
    for (const [name, title] of [["large", "sealed"], ["large-link", "not sealed"]]) {
      const page = await browser.page();
      const devtools = await page.context().newCDPSession(page);
      await devtools.send("Performance.enable");
      const turns = [];
      for (let turn = 0; turn < 7; turn += 1) {
        await page.goto("about:blank");
        const before = await metrics(devtools);
        await page.goto(`${at(name)}#${code(name)}`);
        await isOpened(page);
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
        const now = await metrics(devtools);
        turns.push({ thread: now.TaskDuration - before.TaskDuration, time: await page.evaluate(() => performance.now()) });
      }
      const [best] = turns.sort((one, other) => one.thread - other.thread);
      t.diagnostic(`${title}: ${Math.round(best.thread * 1000)} ms of main thread, ${Math.round(best.time)} ms until it is painted`);
    }
  });
});

async function metrics(devtools) {
  const { metrics } = await devtools.send("Performance.getMetrics");
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
}

test("the host's log has no code, but for the links that were mangled into their path", () => {
  const codes = Object.values(samples).map((sample) => sample.code);
  const told = host.log.filter((url) => codes.some((code) => url.toLowerCase().includes(code)));
  assert.deepEqual(told.filter((url) => !/%(25)*23/.test(url) && !url.startsWith("/frame.html")), []);
});
