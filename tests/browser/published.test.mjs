// What is in the files of a site, seen by programs that are not ours: an HTML checker, a calendar, a reader of metadata.
//   node --test tests/browser/published.test.mjs

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import ICAL from "ical.js";
import vnu from "vnu-jar";
import { chromium } from "./browsers.mjs";
import { makePortals, TODAY } from "./portals.mjs";

/** Three pictures with everything in them that a telephone or an editor may leave. */
const PICTURES = ["photo.jpg", "screen.png", "drawing.webp"];
const SECRETS = ["-EXIF:Artist=Zzyzx", "-EXIF:GPSLatitude=51.5", "-EXIF:GPSLatitudeRef=N", "-EXIF:DateTimeOriginal=2026:01:01 10:00:00",
  "-XMP:Creator=Zzyzx", "-XMP:Description=Zzyzx"];

/** What exiftool may find: how the pixels are stored, and which way up they are. */
const ALLOWED = new Set(["ImageWidth", "ImageHeight", "BitDepth", "BitsPerSample", "ColorType", "ColorComponents", "Compression",
  "Filter", "Interlace", "Palette", "Transparency", "EncodingProcess", "YCbCrSubSampling", "JFIFVersion", "ResolutionUnit",
  "XResolution", "YResolution", "VP8Version", "HorizontalScale", "VerticalScale", "WebP_Flags", "AlphaIsUsed", "Orientation",
  "ExifByteOrder", "YCbCrPositioning", "ImageSize", "Megapixels", "FileType", "FileTypeExtension", "MIMEType"]);

/** Messages of the checker about what it does not know yet, and browsers do. */
const KNOWN = [
  /^CSS: “scroll-target-group”: Property “scroll-target-group” doesn't exist\.$/,
  /^CSS: Unknown pseudo-element or pseudo-class “:target-current”$/,
  // It takes `img-src data:` for a ban on `data:`; below, the browser shows the pictures.
  /^Resource violates Content Security Policy \(meta tag\): image “data:image\//,
  // It does not find hashes beside other sources; below, they are compared.
  /^Inline (style|script) violates Content Security Policy \(meta tag\)/,
];

const bytesOf = (address) => Buffer.from(address.slice(address.indexOf(",") + 1), "base64");
const hash = (text) => createHash("sha256").update(text).digest("base64");

describe("a site", () => {
  let browser;
  let site;
  const originals = {};
  const page = (name) => readFileSync(site.pages.find((page) => page.name === name).file, "utf8");
  const entries = (name) => [...page(name).matchAll(/href="(data:text\/calendar[^"]*)"/g)].map(([, address]) => {
    const text = bytesOf(address.replaceAll("&#x2f;", "/")).toString();
    return new ICAL.Event(new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent"));
  });

  before(async () => {
    browser = await chromium();
    const blank = await browser.page();
    const drawn = await blank.evaluate(() => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [60, 40];
      const pen = canvas.getContext("2d");
      for (let step = 0; step < 24; step += 1) {
        pen.fillStyle = `hsl(${step * 15} 80% 50%)`;
        pen.fillRect((step % 6) * 10, Math.floor(step / 6) * 10, 10, 10);
      }
      return ["image/jpeg", "image/png", "image/webp"].map((type) => canvas.toDataURL(type));
    });
    site = makePortals((content) => {
      const folder = join(content, "nyah-adeyemi/files");
      mkdirSync(folder, { recursive: true });
      PICTURES.forEach((name, index) => {
        const file = join(folder, name);
        writeFileSync(file, bytesOf(drawn[index]));
        // A turned WebP is refused, because browsers differ over it.
        const turn = name.endsWith("webp") ? [] : ["-EXIF:Orientation#=6"];
        execFileSync("exiftool", ["-q", "-overwrite_original", ...SECRETS, ...turn, file]);
        originals[name] = readFileSync(file);
      });
      const update = join(content, "nyah-adeyemi/updates/2026-11-18-half-way.md");
      const shown = PICTURES.map((name) => `![${name}](files/${name})\n`).join("\n");
      writeFileSync(update, `${readFileSync(update, "utf8")}\n${shown}`);
    });
  });
  after(() => browser.close());

  test("is without a fault for the Nu HTML checker, sealed or not", () => {
    const firm = join(site.content, "loggia.toml");
    writeFileSync(firm, readFileSync(firm, "utf8").replace('access = "link"\n', ""));
    site.run("build", "--today", TODAY, "--out", "sealed");
    const sealed = readdirSync(join(site.folder, "sealed/p")).map((id) => join(site.folder, "sealed/p", id, "index.html"));
    const shells = [...["404.html", "index.html"].map((name) => join(site.folder, "sealed", name)), sealed[0], sealed.at(-1)];
    const files = [...site.pages.map(({ file }) => file), ...shells];
    const options = { encoding: "utf8", maxBuffer: 1 << 28 };
    const { stdout } = spawnSync("java", ["-jar", String(vnu), "--no-langdetect", "--stdout", "--format", "json", ...files], options);
    const { messages } = JSON.parse(stdout);
    const faults = messages.filter(({ message }) => !KNOWN.some((known) => known.test(message)));
    assert.deepEqual(faults.map(({ url, lastLine, message }) => `${url}:${lastLine} ${message}`), []);
    for (const file of files) {
      const text = readFileSync(file, "utf8");
      const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)[1];
      const code = [...text.matchAll(/<(style|script)>(.*?)<\/\1>/gs)];
      assert.ok(code.length > 0, file);
      for (const [, , body] of code) assert.ok(policy.includes(`'sha256-${hash(body)}'`), file);
    }
  });

  test("saves meetings and milestones that other calendars understand, at the right time in other zones", () => {
    const inNewYork = new Intl.DateTimeFormat("en-GB", { timeZone: "America/New_York", dateStyle: "short", timeStyle: "short" });
    const timed = entries("nyah-adeyemi/nyah").filter(({ startDate }) => !startDate.isDate);
    // London is five hours ahead of New York, and four from 14 to 28 March 2027.
    assert.deepEqual(timed.map(({ summary, startDate }) => [summary, inNewYork.format(startDate.toJSDate())]), [
      ["Check-in before the mid-point", "30/11/2026, 11:00"],
      ["Mid-point review", "09/12/2026, 09:00"],
      ["Final review", "24/03/2027, 10:00"],
    ]);
    for (const { startDate, endDate } of timed) assert.ok(endDate.compare(startDate) > 0);
    const days = entries("nyah-adeyemi/farah").filter(({ startDate }) => startDate.isDate);
    assert.deepEqual(days.map(({ summary, startDate }) => [summary, startDate.toString()]), [
      ["Mid-point review", "2026-12-09"],
      ["Final review", "2027-03-24"],
    ]);
  });

  test("tells days in their order", () => {
    let told = 0;
    for (const { name } of site.pages) {
      const [, list] = /<ul class="dates"[^>]*>(.*?)<\/ul>/s.exec(page(name)) ?? [];
      const days = [...(list ?? "").matchAll(/<span class="day">([^<]*)/g)].map(([, day]) => Date.parse(`${day} UTC`));
      assert.deepEqual(days, days.toSorted((one, other) => one - other), name);
      told += days.length;
    }
    assert.ok(told > 20);
  });

  test("gives each reader entries of their own, each with one name", () => {
    const uids = site.pages.flatMap(({ name }) => entries(name).map(({ uid }) => uid));
    assert.ok(uids.length > 20);
    assert.equal(new Set(uids).size, uids.length);
  });

  test("publishes pictures with their pixels and nothing else", async () => {
    const folder = mkdtempSync(join(tmpdir(), "loggia-pictures-"));
    const shown = new Map([...page("nyah-adeyemi/priya").matchAll(/<img src="(data:[^"]*)" alt="([^"]*)"/g)]
      .map(([, address, name]) => [name, address.replaceAll("&#x2f;", "/")]));
    const viewer = await browser.page();
    const pixels = (address) => viewer.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
      const pen = canvas.getContext("2d");
      pen.drawImage(image, 0, 0);
      return [canvas.width, canvas.height, ...pen.getImageData(0, 0, canvas.width, canvas.height).data].join();
    }, address);
    for (const name of PICTURES) {
      const file = join(folder, name);
      writeFileSync(file, bytesOf(shown.get(name)));
      const [found] = JSON.parse(execFileSync("exiftool", ["-j", "-a", "-u", "-x", "System:all", "-x", "ExifTool:all", file], { encoding: "utf8" }));
      const beyond = Object.keys(found).filter((tag) => tag !== "SourceFile" && !ALLOWED.has(tag));
      assert.deepEqual([name, beyond], [name, []]);
      assert.ok(!readFileSync(file).includes("Zzyzx") && originals[name].includes("Zzyzx"), name);
      const type = `image/${name.endsWith("jpg") ? "jpeg" : name.split(".")[1]}`;
      const original = `data:${type};base64,${originals[name].toString("base64")}`;
      assert.equal(await pixels(shown.get(name)), await pixels(original), name);
    }
  });

  test("shows its pictures in the browser, under its own policy", async () => {
    const viewer = await browser.page();
    await viewer.goto(`file://${site.pages.find(({ name }) => name === "nyah-adeyemi/priya").file}`);
    const widths = await viewer.evaluate(() => [...document.images].map((image) => image.naturalWidth));
    assert.ok(widths.length >= PICTURES.length && widths.every((width) => width > 0), String(widths));
    assert.deepEqual(viewer.said, []);
  });
});
