// The schemas under programs that are not ours: a validator, a TOML parser and an editor's linter.  node --test tests/formats/

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "smol-toml";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LOGGIA = join(ROOT, process.env.CARGO_TARGET_DIR ?? "target", "debug/loggia");
const TAPLO = fileURLToPath(new URL("node_modules/.bin/taplo", import.meta.url));
const TODAY = "2026-03-20";

execFileSync("cargo", ["build", "--quiet"], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
const folder = mkdtempSync(join(tmpdir(), "loggia-formats-"));
execFileSync(LOGGIA, ["schema", "--into", join(folder, "schemas"), "--quiet"]);
execFileSync(LOGGIA, ["init", join(folder, "firm"), "--quiet"]);

const schemas = Object.fromEntries(
  readdirSync(join(folder, "schemas")).map((name) => [name.split(".")[0], JSON.parse(readFileSync(join(folder, "schemas", name), "utf8"))]),
);
const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: true });
addFormats(ajv);
const validators = Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, ajv.compile(schema)]));

/** The schema for a file, by its place in the content folder; nothing where a file has none. */
function kindOf(path) {
  if (/^(loggia|passphrases)\.toml$/.test(path)) return path.split(".")[0];
  const inside = path.slice(path.indexOf("/") + 1);
  if (inside === "engagement.toml") return "engagement";
  if (inside === "agreement.md") return "agreement";
  const kinds = { goals: "goal", agendas: "agenda", pulse: "themes", updates: "update", reviews: "review" };
  return inside.endsWith(".md") ? kinds[inside.split("/")[0]] : undefined;
}

/** What a file's schema says against its TOML. */
function faults(path, text) {
  const toml = path.endsWith(".md") ? /^\+\+\+\n(.*?)^\+\+\+$/ms.exec(text)[1] : text;
  const validate = validators[kindOf(path)];
  // Editors hold days and times against schemas as they are written.
  const value = JSON.parse(JSON.stringify(parse(toml)));
  return validate(value) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message}`);
}

/** The files of a content folder that have a schema. */
function filesOf(content) {
  const paths = readdirSync(content, { recursive: true }).map((path) => path.replaceAll("\\", "/"));
  return paths.filter(kindOf).sort().map((path) => [path, readFileSync(join(content, path), "utf8")]);
}

const contents = [join(ROOT, "content"), join(ROOT, "tests/cases/small"), join(folder, "firm/content")];

test("every schema is one of draft 2020-12", () => {
  assert.equal(Object.keys(schemas).length, 9);
  for (const schema of Object.values(schemas)) {
    assert.equal(schema.$schema, "https://json-schema.org/draft/2020-12/schema");
    assert.equal(ajv.validateSchema(schema), true, JSON.stringify(ajv.errors));
  }
});

test("every file of the samples, and every file that `init` writes, is as its schema says", () => {
  const seen = new Set();
  for (const content of contents) {
    for (const [path, text] of filesOf(content)) {
      assert.deepEqual(faults(path, text), [], `${content}/${path}`);
      seen.add(kindOf(path));
    }
  }
  assert.deepEqual([...seen].sort(), Object.keys(schemas).filter((name) => name !== "passphrases").sort());
});

test("every key of theirs is refused when it is misspelt", () => {
  let count = 0;
  for (const content of contents) {
    for (const [path, text] of filesOf(content)) {
      for (const line of text.matchAll(/^(?:\[+)?([a-z_]+)(?=(?: =|\]))/gm)) {
        const at = line.index + line[0].length;
        const person = text.slice(0, line.index).lastIndexOf("[person.engagements]");
        // Engagements of a person are called whatever they are called.
        if (person > text.slice(0, line.index).lastIndexOf("\n[[")) continue;
        if (line[0] === "[person" || /^\+\+\+\n.*?^\+\+\+$/ms.exec(text)?.[0].length < at) continue;
        assert.notDeepEqual(faults(path, `${text.slice(0, at)}q${text.slice(at)}`), [], `${path}: ${line[1]}q`);
        count += 1;
      }
    }
  }
  assert.ok(count > 500, `${count} keys`);
});

/** A slip of the pen in a file of the small case: refused by the schema, and by the program. */
const SLIPS = [
  ["loggia.toml", /^language = .*$/m, 'language = "English"'],
  ["loggia.toml", /^\[firm\]$/m, '[firm]\ncolour = "red"'],
  ["loggia.toml", /^contact = .*$/m, 'contact = "hello"'],
  ["loggia.toml", /^\[firm\]$/m, "[firms]"],
  ["loggia.toml", /^name = .*$/m, 'name = " "'],
  ["loggia.toml", /^\[site\]$/m, '[site]\naccess = "open"'],
  ["loggia.toml", /^\[site\]$/m, '[site]\nopen = "once"'],
  ["loggia.toml", /^\[site\]$/m, '[site]\ntheme = "../harbour"'],
  ["nyah/engagement.toml", /^title = .*$/m, ""],
  ["nyah/engagement.toml", /^start = .*$/m, "start = 2026-01-12T10:00:00"],
  ["nyah/engagement.toml", /^journey = .*$/m, 'journey = "eight-step"'],
  ["nyah/engagement.toml", /"no-final"/, '"no-finale"'],
  ["nyah/engagement.toml", /^planned = .*$|planned = 12/m, "planed = 12"],
  ["nyah/engagement.toml", /planned = 12/, "planned = -1"],
  ["nyah/engagement.toml", /^facts = .*$/m, 'facts = "everyone"'],
  ["nyah/engagement.toml", /^facts = .*$/m, 'facts = ["Everyone"]'],
  ["nyah/engagement.toml", /^facts = .*$/m, 'facts = ["attendees"]'],
  ["nyah/engagement.toml", /^agreed = .*$/m, "agreed = true"],
  ["nyah/engagement.toml", /role = "manager"/, 'role = "manger"'],
  ["nyah/engagement.toml", /id = "priya"/, 'id = "Priya"'],
  ["nyah/engagement.toml", /id = "priya"/, 'id = "everyone"'],
  ["nyah/engagement.toml", /^link = 1$/m, "link = 0"],
  ["nyah/engagement.toml", /^email = .*$/m, 'email = "priya at ostrey"'],
  ["nyah/engagement.toml", /^scale = .*$/m, 'scale = "levels"'],
  ["nyah/engagement.toml", /^scale = .*$/m, "scale = { from = 1 }"],
  ["nyah/engagement.toml", /^minimum = .*$/m, "minimum = 2"],
  ["nyah/goals/1-clear.md", /^title = .*$/m, ""],
  ["nyah/goals/1-clear.md", /^\+\+\+\n/, '+++\nstatment = "x"\n'],
  ["nyah/goals/1-clear.md", /^good = .*$/m, 'good = "x"'],
  ["nyah/agendas/2026-02-03-calibration.md", /^kind = .*$/m, 'kind = "calibrate"'],
  ["nyah/agendas/2026-02-03-calibration.md", /^start = .*$/m, "start = 2026-02-03"],
  ["nyah/agendas/2026-02-03-calibration.md", /^start = .*$/m, "start = 2026-02-03T10:00:00Z"],
  ["nyah/agendas/2026-02-03-calibration.md", /^minutes = .*$/m, "minutes = 0"],
  ["nyah/agendas/2026-02-03-calibration.md", /^minutes = .*$/m, "minutes = 2000"],
  ["nyah/pulse/2026-03-02.md", /^goal = .*$/m, ""],
  ["nyah/updates/2026-03-15-first-month.md", /^title = .*$/m, "title = 3"],
  ["nyah/reviews/2026-03-16-midpoint.md", /^kind = .*$/m, 'kind = "middle"'],
];

/** What looks odd and is meant so: taken by the program, and therefore by the schema. */
const ODD = [
  ["loggia.toml", /^contact = .*$/m, 'contact = "HTTPS://harbour.example/contact"\ncolour = "#7A1F3D"'],
  ["loggia.toml", /^contact = .*$/m, 'contact = " tel:+44-20-7946-0000 "'],
  ["loggia.toml", /^\[site\]$/m, '[site]\nbase_url = "http://[::1]:8080/portals"\nopen = "click"\naccess = "link"'],
  ["loggia.toml", /^terms = .*$/m, 'terms = []\noverlap = "deny"'],
  ["nyah/engagement.toml", /^title = .*$/m, 'title = """\nLeading\nthrough others"""\ndocuments = true\nlanguage = "de"'],
  ["nyah/engagement.toml", /^facts = .*$/m, 'facts = ["priya", "coach", "hr"]'],
  ["nyah/engagement.toml", /^agendas = .*$/m, 'agendas = ["attendees", "everyone"]'],
  ["nyah/engagement.toml", /^email = .*$/m, 'email = " priya.o\'raman+coaching@mail.ostrey.example "'],
  ["nyah/engagement.toml", /^link = 1$/m, 'link = 4294967295\nlanguage = "pt-BR"\nopen = "at-once"'],
  ["nyah/engagement.toml", /^target = 1\.0$/m, "target = 1"],
  ["nyah/engagement.toml", /^journey = .*$/m, "present_step = 1\nstep = [{ title = \"One\", from = 2026-01-12 }]"],
  ["nyah/agendas/2026-02-03-calibration.md", /^start = .*$/m, "start = 2026-02-03 10:00:00.5"],
  ["nyah/agendas/2026-02-03-calibration.md", /^minutes = .*$/m, "minutes = 0x2d"],
];

/** Calls `look` with each change of the small case, and with what the program says of it. */
function changed(changes, look) {
  const project = mkdtempSync(join(folder, "changed-"));
  cpSync(join(ROOT, "tests/cases/small"), join(project, "content"), { recursive: true });
  const check = () => spawnSync(LOGGIA, ["check", "--today", TODAY], { cwd: project, encoding: "utf8" });
  assert.equal(check().status, 0);
  for (const [path, from, to] of changes) {
    const file = join(project, "content", path);
    const text = readFileSync(file, "utf8");
    const other = text.replace(from, to);
    assert.notEqual(other, text, `${path}: ${from}`);
    writeFileSync(file, other);
    look(`${path}: ${to}`, faults(path, other), check());
    writeFileSync(file, text);
  }
}

test("a slip of the pen is refused by the schema and by the program", () => {
  changed(SLIPS, (what, found, ran) => {
    assert.notDeepEqual(found, [], what);
    assert.equal(ran.status, 3, `${what}\n${ran.stderr}`);
  });
});

test("what the program takes, the schema takes", () => {
  changed(ODD, (what, found, ran) => {
    assert.equal(ran.status, 0, `${what}\n${ran.stderr}`);
    assert.deepEqual(found, [], what);
  });
});

test("words for readers are tables of words", () => {
  const validate = validators.passphrases;
  assert.equal(validate({ "nyah-adeyemi": { priya: "three plain words" } }), true);
  assert.equal(validate({ priya: "three plain words" }), false);
  assert.equal(validate({ "nyah-adeyemi": { priya: 3 } }), false);
});

test("the first line of what `init` and `new` write leads an editor to the schema", () => {
  const firm = join(folder, "firm");
  execFileSync(LOGGIA, ["new", "engagement", "ida-berg", "--quiet"], { cwd: firm });
  const lint = (path) => spawnSync(TAPLO, ["lint", path], { cwd: firm, encoding: "utf8" });
  for (const path of ["content/loggia.toml", "content/robin-ashdown/engagement.toml", "content/ida-berg/engagement.toml"]) {
    const good = lint(path);
    assert.equal(good.status, 0, good.stderr);
    const text = readFileSync(join(firm, path), "utf8");
    const wrong = join(firm, dirname(path), "wrong.toml");
    writeFileSync(wrong, text.replace(/^(language|title) = /m, "$1s = "));
    const bad = lint(wrong);
    assert.equal(bad.status, 1);
    assert.match(bad.stderr, /(languages|titles)' was unexpected/);
  }
});
