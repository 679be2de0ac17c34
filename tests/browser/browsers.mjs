// Debian's Chromium and Firefox, as the tests drive them. Each `start` yields `{ name, page(), close() }`.

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FLAGS = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP insecure.test 127.0.0.1",
];

/** Chromium, with a context of its own for each page: nothing is shared, and its console and requests are kept. */
export async function chromium(flags = []) {
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: [...FLAGS, ...flags], headless: true });
  const page = async (options = {}) => {
    const context = await browser.newContext(options);
    return watched(await context.newPage());
  };
  return { name: "chromium", page, close: () => browser.close() };
}

/** Firefox over WebDriver BiDi. */
export async function firefox() {
  const { default: puppeteer } = await import("puppeteer-core");
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: "/usr/bin/firefox-esr",
    headless: true,
    userDataDir: mkdtempSync(join(tmpdir(), "loggia-firefox-")),
    // Puppeteer relaxes this one; readers' Firefox does not.
    extraPrefsFirefox: { "security.fileuri.strict_origin_policy": true },
  });
  const page = async () => {
    const context = await browser.createBrowserContext();
    return watched(await context.newPage());
  };
  return { name: "firefox", page, close: () => browser.close() };
}

/** Keeps what a page asks for and says, in `page.asked` and `page.said`. */
function watched(page) {
  page.asked = [];
  page.said = [];
  page.on("request", (request) => page.asked.push(request.url()));
  page.on("console", (message) => page.said.push(message.text()));
  page.on("pageerror", (error) => page.said.push(String(error)));
  return page;
}
