// Makes the pictures of the README from the sample of a manager:  node tests/browser/screenshots.mjs

import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "./browsers.mjs";
import { makePortals } from "./portals.mjs";

const FOLDER = fileURLToPath(new URL("screenshots/", import.meta.url));
const SHOTS = [
  { name: "desktop", width: 1280, height: 860, colorScheme: "light", place: "" },
  { name: "phone", width: 390, height: 844, colorScheme: "light", place: "" },
  { name: "dark", width: 1280, height: 860, colorScheme: "dark", place: "#goal-1" },
];
const HEAVIEST = 120_000;

const { pages } = makePortals();
const { file } = pages.find(({ name }) => name === "nyah-adeyemi/priya");
const browser = await chromium();
mkdirSync(FOLDER, { recursive: true });
for (const { name, width, height, colorScheme, place } of SHOTS) {
  const page = await browser.page({ viewport: { width, height }, colorScheme, reducedMotion: "reduce" });
  await page.goto(pathToFileURL(file).href + place);
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path });
  const { size } = statSync(path);
  console.log(`${name}.png ${size} bytes`);
  if (size > HEAVIEST) throw new Error(`${name}.png is heavier than ${HEAVIEST} bytes`);
}
await browser.close();
