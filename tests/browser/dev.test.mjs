// Dev mode in a browser, on a copy of the sample engagements:  node --test tests/browser/dev.test.mjs

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { createConnection } from "node:net";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { chromium } from "./browsers.mjs";
import { BINARY, TODAY, rest, start, until } from "./served.mjs";
import { sealedBytes, unseal } from "../access/unseal.mjs";

const unsealed = (html, code) => unseal(sealedBytes(html), code, null);

const GOAL = "nyah-adeyemi/goals/1-concise-in-the-room.md";
const TITLE = 'title = "Heard at the table"';
const portal = (page) => page.frame({ url: /\/portal$/ });
const text = async (page) => (await portal(page)?.evaluate(() => document.body.innerText)) ?? "";

describe("dev mode", () => {
  let served;
  let browser;
  before(async () => {
    served = await start();
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
  const settled = async () => {
    let builds;
    do {
      builds = served.builds();
      await rest(500);
    } while (builds !== served.builds());
    return builds;
  };

  test("an edit shows in every open page, at the same place, without a touch", async () => {
    const pages = [await open("e/nyah-adeyemi/priya/"), await open("e/nyah-adeyemi/nyah/")];
    for (const page of pages) await until(async () => (await text(page)).includes("Heard at the table"));
    await portal(pages[0]).evaluate(() => window.scrollTo({ top: 400, behavior: "instant" }));
    served.edit("nyah-adeyemi/engagement.toml", TITLE, 'title = "Heard and understood"');
    for (const page of pages) await until(async () => (await text(page)).includes("Heard and understood"));
    await until(async () => (await portal(pages[0]).evaluate(() => window.scrollY)) === 400);
    served.edit("nyah-adeyemi/engagement.toml", 'title = "Heard and understood"', TITLE);
    for (const page of pages) await until(async () => (await text(page)).includes("Heard at the table"));
    assert.deepEqual(pages.flatMap((page) => page.said), []);
  });

  test("a mistake shows above the last good portal, and goes when it is mended", async () => {
    const page = await open("e/nyah-adeyemi/priya/");
    const start = await open("");
    served.edit("nyah-adeyemi/engagement.toml", 'role = "sponsor"', 'role = "sponser"');
    const problems = (page) => page.evaluate(() => document.getElementById("problems").innerText);
    for (const each of [page, start]) {
      await until(async () => (await problems(each)).includes("sponser"));
      assert.match(await problems(each), /engagement\.toml:\d+:\d+/);
    }
    assert.ok((await text(page)).includes("Heard at the table"));
    served.edit("nyah-adeyemi/engagement.toml", 'role = "sponser"', 'role = "sponsor"');
    for (const each of [page, start]) await until(async () => (await problems(each)) === "");
    assert.ok((await text(page)).includes("Heard at the table"));
  });

  test("the bar switches the reader and the day, and marks what changed for this reader", async () => {
    const page = await open("e/nyah-adeyemi/priya/");
    await page.selectOption("#reader", { label: "Anders Holm, sponsor" });
    await until(async () => page.url().endsWith("/e/nyah-adeyemi/anders/") && (await text(page)).includes("Anders Holm"));
    await page.fill("#day", "2026-12-10");
    await page.dispatchEvent("#day", "change");
    await until(async () => page.url().endsWith("/anders/on/2026-12-10/") && (await page.inputValue("#day")) === "2026-12-10" && (await text(page)).includes("Anders Holm"));
    await page.selectOption("#reader", { label: "Priya Raman, manager" });
    await until(() => page.url().endsWith("/priya/on/2026-12-10/"));
    await page.goto(`${served.url}e/nyah-adeyemi/priya/`);
    served.edit("nyah-adeyemi/engagement.toml", 'purpose = "Nyah joined', 'purpose = "Last spring, Nyah joined');
    await until(async () => (await text(page)).includes("Last spring"));
    await until(async () => /\d+ change/.test(await page.textContent("#changes")));
    await page.click("#changes");
    await until(async () => (await page.textContent("#list")).includes("Last spring"));
    const marked = await portal(page).evaluate(() => [...document.querySelectorAll("[data-changed]")].map((part) => part.textContent));
    assert.ok(marked.length === 1 && marked[0].includes("Last spring"), String(marked));
    const outline = await portal(page).evaluate(() => getComputedStyle(document.querySelector("[data-changed]")).outlineStyle);
    assert.equal(outline, "solid");
    assert.deepEqual(page.said, []);
    served.edit("nyah-adeyemi/engagement.toml", "Last spring, Nyah joined", "Nyah joined");
    await settled();
  });

  test("who sees what names items and rules, and no note", async () => {
    const page = await open("e/nyah-adeyemi/");
    const said = await page.evaluate(() => document.body.textContent + [...document.querySelectorAll("[data-rule]")].map((cell) => cell.dataset.rule).join());
    assert.match(said, /Concise in the room/);
    assert.match(said, /`\[share\] goals` in engagement\.toml/);
    assert.match(said, /3 notes, which nobody sees/);
    assert.doesNotMatch(said, /session-six-mother|own-reflections|first-session/);
    const notes = ["2026-07-13-first-session.md", "2026-10-12-session-six-mother.md"].map((name) => served.read(`nyah-adeyemi/notes/${name}`));
    for (const line of notes.join("\n").split("\n").filter((line) => line.length > 40)) assert.ok(!said.includes(line), line);
    await page.click("a[href='/e/nyah-adeyemi/priya/']");
    await until(async () => (await text(page)).includes("Priya Raman"));
  });

  test("the published file opens in a tab of its own", async () => {
    const page = await open("e/nyah-adeyemi/priya/sealed/");
    await until(async () => (await page.textContent("#main")).includes("encrypted"));
    await until(async () => (await page.getAttribute("#open", "href")).includes("#"));
    const [tab] = await Promise.all([page.context().waitForEvent("page"), page.click("#open")]);
    await until(async () => {
      await tab.click("button", { timeout: 100 }).catch(() => {});
      return (await tab.evaluate(() => document.body.innerText)).includes("Heard at the table");
    });
  });

  test("what is deleted or renamed is gone at once, and comes back", async () => {
    const page = await open("e/mateo-silva/hannah/");
    await until(async () => (await text(page)).includes("Hannah"));
    renameSync(served.file("mateo-silva"), served.file("mateo-s"));
    await until(async () => (await page.textContent("#main")).includes("Not there"));
    assert.equal((await served.fetch("e/mateo-silva/hannah/portal")).status, 404);
    await until(async () => (await served.fetch("e/mateo-s/hannah/portal")).status === 200);
    renameSync(served.file("mateo-s"), served.file("mateo-silva"));
    await until(async () => (await text(page)).includes("Hannah"));
  });

  test("what is served is what a build publishes", async () => {
    const zone = 'timezone = "Europe/London"';
    for (const access of ["sealed", "link"]) {
      const before = served.builds();
      if (access === "link") served.edit("loggia.toml", zone, `${zone}\naccess = "link"`);
      if (access === "link") await until(() => served.builds() > before);
      execFileSync(BINARY, ["build", "--today", TODAY], { cwd: served.folder, stdio: "ignore" });
      const every = JSON.parse(execFileSync(BINARY, ["links", "--json", "--today", TODAY], { cwd: served.folder }));
      const links = every.filter((link) => link.page !== "asking");
      assert.ok(links.length > 20);
      for (const link of links) {
        const published = readFileSync(join(served.folder, "site", link.path), "utf8");
        const fetched = async (form) => (await served.fetch(`e/${link.engagement}/${link.stakeholder}/${form}`)).text();
        const portal = await fetched("portal");
        const sealed = await fetched("sealed/page");
        if (access === "link") {
          for (const form of [portal, sealed]) assert.ok(form === published, link.stakeholder);
          continue;
        }
        assert.ok(portal === (await unsealed(published, link.code)), link.stakeholder);
        // It opens with a code of this run alone, which is not the reader's.
        const explained = await fetched("sealed/");
        const code = /\/sealed\/page#(\w+)"/.exec(explained.replaceAll("&#x2f;", "/"))[1];
        assert.ok(portal === (await unsealed(sealed, code)), link.stakeholder);
        assert.equal(sealed.length, published.length);
        await assert.rejects(unsealed(sealed, link.code));
        for (const text of [link.code, link.path.split("/")[1]]) assert.ok(!explained.includes(text) && !sealed.includes(text));
      }
    }
    const before = served.builds();
    served.edit("loggia.toml", `${zone}\naccess = "link"`, zone);
    await until(() => served.builds() > before);
    const builds = await settled();
    execFileSync(BINARY, ["build", "--today", TODAY], { cwd: served.folder, stdio: "ignore" });
    await settled();
    assert.equal(served.builds(), builds);
  });

  test("a save of any editor is one build, and its leavings are none", async () => {
    const place = served.file(GOAL);
    const text = served.read(GOAL);
    let turn = 0;
    const next = () => text.replace(/^Nyah/m, "Nyah").concat(`\nTurn ${(turn += 1)}.\n`);
    const saves = {
      "in place": () => writeFileSync(place, next()),
      vim: () => {
        writeFileSync(served.file("nyah-adeyemi/goals/.1-concise-in-the-room.md.swp"), "x");
        writeFileSync(served.file("nyah-adeyemi/goals/4913"), "");
        rmSync(served.file("nyah-adeyemi/goals/4913"));
        renameSync(place, `${place}~`);
        writeFileSync(place, next());
        rmSync(`${place}~`);
        rmSync(served.file("nyah-adeyemi/goals/.1-concise-in-the-room.md.swp"));
      },
      emacs: () => {
        const lock = served.file("nyah-adeyemi/goals/.#1-concise-in-the-room.md");
        execFileSync("ln", ["-s", "coach@desk.1234:5678", lock]);
        writeFileSync(served.file("nyah-adeyemi/goals/#1-concise-in-the-room.md#"), "x");
        renameSync(place, `${place}~`);
        writeFileSync(place, next());
        rmSync(lock);
        rmSync(served.file("nyah-adeyemi/goals/#1-concise-in-the-room.md#"));
      },
      "VS Code": () => {
        writeFileSync(place, "");
        writeFileSync(place, next());
      },
      "written beside and renamed": () => {
        writeFileSync(`${place}.tmp`, next());
        renameSync(`${place}.tmp`, place);
      },
      "sed -i": () => execFileSync("sed", ["-i", "$ s/$/ Again./", place]),
    };
    for (const [name, save] of Object.entries(saves)) {
      const builds = await settled();
      save();
      await until(() => served.builds() > builds);
      await settled();
      assert.equal(served.builds(), builds + 1, name);
    }
    const builds = await settled();
    for (const name of [".x.swp", "x.md~", "#x#", "4913", ".DS_Store", "x.bak"]) writeFileSync(served.file(`nyah-adeyemi/goals/${name}`), "x");
    execFileSync("ln", ["-s", "coach@desk.1:2", served.file("nyah-adeyemi/goals/.#y.md")]);
    execFileSync("touch", [place]);
    await rest(800);
    assert.equal(served.builds(), builds);
    assert.doesNotMatch(served.said.split("\n").slice(-3).join("\n"), /error/);
    writeFileSync(place, text);
    await settled();
  });

  test("pages of another origin read nothing", async () => {
    const host = createServer((request, response) => response.end("<!doctype html><title>elsewhere</title>"));
    await new Promise((resolve) => host.listen(0, "127.0.0.1", resolve));
    const address = `${served.url}e/nyah-adeyemi/priya/portal`;
    for (const origin of [`http://127.0.0.1:${host.address().port}/`, `http://insecure.test:${host.address().port}/`]) {
      const page = await served.page(browser);
      await page.goto(origin);
      const got = await page.evaluate(async ([address, events]) => {
        const settle = (make) => new Promise(make).catch((error) => `refused: ${error}`);
        const within = (promise) => Promise.race([promise, new Promise((resolve) => setTimeout(() => resolve("refused: nothing came"), 1500))]);
        const element = (name, source) => settle((resolve) => {
          const part = Object.assign(document.createElement(name), { [source]: address });
          part.onload = () => resolve(name === "iframe" ? `${part.contentDocument?.body.innerText ?? "refused: not to be seen"}` : "loaded");
          part.onerror = () => resolve("refused");
          document.body.append(part);
        });
        return {
          fetch: await fetch(address).then((response) => response.text(), (error) => `refused: ${error}`),
          opaque: await fetch(address, { mode: "no-cors" }).then((response) => `refused: ${response.type}`, (error) => `refused: ${error}`),
          img: await within(element("img", "src")),
          script: await within(element("script", "src")),
          iframe: await within(element("iframe", "src")),
          events: await within(settle((resolve) => {
            const source = new EventSource(events);
            source.onmessage = () => resolve("heard");
            source.onerror = () => resolve("refused");
          })),
          socket: await within(settle((resolve) => {
            const socket = new WebSocket(address.replace("http", "ws"));
            socket.onopen = () => resolve("open");
            socket.onerror = () => resolve("refused");
          })),
        };
      }, [address, `${served.url}live/`]);
      for (const [way, what] of Object.entries(got)) assert.match(what, /^refused/, `${way} from ${origin}: ${what.slice(0, 200)}`);
    }
    // A name that has been pointed at this machine: the page's own origin, and still refused.
    const rebound = await served.page(browser);
    const answer = await rebound.goto(`http://insecure.test:${new URL(served.url).port}/`);
    assert.equal(answer.status(), 403);
    host.close();
  });

  test("slow and silent clients block no one", async () => {
    const { hostname, port } = new URL(served.url);
    const slow = Array.from({ length: 40 }, () => createConnection(Number(port), hostname).on("error", () => {}));
    const drips = setInterval(() => slow.forEach((socket) => socket.write("G")), 200);
    const stuck = Array.from({ length: 5 }, () => createConnection(Number(port), hostname).on("error", () => {}).pause());
    for (const socket of stuck) socket.write(`GET / HTTP/1.1\r\nHost: ${hostname}:${port}\r\nCookie: ${served.cookie}\r\n\r\n`);
    await rest(500);
    const begun = performance.now();
    for (let turn = 0; turn < 5; turn += 1) assert.equal((await served.fetch("e/nyah-adeyemi/priya/portal")).status, 200);
    assert.ok(performance.now() - begun < 3000);
    clearInterval(drips);
    [...slow, ...stuck].forEach((socket) => socket.destroy());
  });

  test("an open page finds the server again after it was started anew", async () => {
    const page = await open("e/nyah-adeyemi/priya/");
    await until(async () => (await text(page)).includes("Heard at the table"));
    const port = new URL(served.url).port;
    await served.stop();
    served.edit("nyah-adeyemi/engagement.toml", TITLE, 'title = "Started anew"');
    await served.run(["--port", port]);
    assert.equal(new URL(served.url).port, port);
    // The other run has another token. Until its link is opened the page stays as it is, and says what to do.
    await until(async () => (await page.textContent("#problems")).includes("open the link"));
    assert.ok((await text(page)).includes("Heard at the table"));
    await (await page.context().newPage()).goto(served.link);
    await until(async () => (await text(page)).includes("Started anew"));
    await until(async () => (await page.textContent("#problems")) === "");
    served.edit("nyah-adeyemi/engagement.toml", 'title = "Started anew"', TITLE);
    await until(async () => (await text(page)).includes("Heard at the table"));
  });
});

test("a first build that fails is a page, and mending it brings the portals", async () => {
  const served = await start();
  const browser = await chromium();
  try {
    await served.stop();
    served.edit("loggia.toml", "[firm]", "[frim]");
    await served.run(["--port", "0"]);
    const page = await served.page(browser);
    await page.goto(served.url);
    await until(async () => (await page.textContent("#main")).includes("frim"));
    served.edit("loggia.toml", "[frim]", "[firm]");
    await until(async () => (await page.textContent("#main")).includes("Harbour Coaching"));
  } finally {
    await browser.close();
    await served.end();
  }
});

test("the link is exchanged for a cookie, and without it nothing is told", async () => {
  const served = await start();
  const browser = await chromium();
  try {
    const page = await browser.page();
    await page.goto(served.link);
    await until(async () => page.url() === served.url && (await page.textContent("#main")).includes("Harbour Coaching"));
    assert.equal(await page.evaluate(() => document.cookie), "");
    const answers = new Set();
    for (const path of ["", "e/nyah-adeyemi/priya/portal", "live/", "nothing/here", "?token=", `${new URL(served.link).search}0`]) {
      const response = await fetch(served.url + path);
      assert.equal(response.status, 403, path);
      answers.add(await response.text());
    }
    assert.equal(answers.size, 1);
  } finally {
    await browser.close();
    await served.end();
  }
});

test("the browser is given the link in a private file, and no secret of the program's", async () => {
  const tools = mkdtempSync(join(tmpdir(), "loggia-tools-"));
  const seen = join(tools, "seen");
  writeFileSync(join(tools, "xdg-open"), `#!/bin/sh\n{ echo "$@"; env; } > ${seen}.part; mv ${seen}.part ${seen}\n`, { mode: 0o755 });
  const secrets = { LOGGIA_KEY: "x", LOGGIA_PASSPHRASES: "[nyah-adeyemi]", SOME_HOSTS_TOKEN: "x", AWS_SECRET_ACCESS_KEY: "x" };
  const served = await start(["--open"], { PATH: `${tools}:${process.env.PATH}`, ...secrets });
  const browser = await chromium();
  try {
    await until(() => existsSync(seen));
    const [file, ...environment] = readFileSync(seen, "utf8").trim().split("\n");
    const names = environment.map((line) => line.split("=")[0]);
    assert.ok(names.includes("PATH") && !names.some((name) => name in secrets));
    assert.ok(!file.includes(new URL(served.link).searchParams.get("token")));
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const page = await browser.page();
    await page.goto(`file://${file}`);
    await until(async () => page.url() === served.url && (await page.textContent("#main")).includes("Harbour Coaching"));
  } finally {
    await browser.close();
    await served.end();
    rmSync(tools, { recursive: true });
  }
});

test("for others it takes a token, and a warning is printed", async () => {
  const served = await start(["--host", "0.0.0.0"]);
  try {
    assert.match(served.said, /warning: everyone who has this address can read every portal/);
    const url = served.url.replace("0.0.0.0", "127.0.0.1");
    for (const path of ["", "e/nyah-adeyemi/priya/portal"]) {
      assert.equal((await fetch(url + path)).status, 403, path);
      assert.equal((await fetch(url + path, { headers: { cookie: served.cookie } })).status, 200, path);
    }
  } finally {
    await served.end();
  }
});

test("where the port is taken it serves on another, and says so", async () => {
  const one = await start();
  const port = new URL(one.url).port;
  const other = await start(["--port", port]).catch((error) => error);
  try {
    assert.notEqual(new URL(other.url).port, port);
  } finally {
    await one.end();
    await other.end?.();
  }
});
