// The task that `init` writes for VS Code, whose problem matcher must find every problem in what `check` says.

import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const LOGGIA = join(ROOT, process.env.CARGO_TARGET_DIR ?? "target", "debug/loggia");

/** What VS Code makes of some lines: each of several patterns takes the next line. */
function matched(lines, patterns) {
  const found = [];
  for (let at = 0; at + patterns.length <= lines.length; at++) {
    const parts = patterns.map(({ regexp }, index) => new RegExp(regexp).exec(lines[at + index]));
    if (parts.some((part) => !part)) continue;
    const taken = {};
    patterns.forEach(({ regexp, ...groups }, index) => {
      for (const [name, group] of Object.entries(groups)) taken[name] = parts[index][group];
    });
    found.push(taken);
  }
  return found;
}

test("every problem of check is put at its line", () => {
  execFileSync("cargo", ["build", "--quiet"], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  const folder = mkdtempSync(join(tmpdir(), "loggia-editor-"));
  const firm = join(folder, "firm");
  execFileSync(LOGGIA, ["init", firm, "--quiet", "--today", "2026-11-28"]);
  const tasks = JSON.parse(readFileSync(join(firm, ".vscode/tasks.json"), "utf8")).tasks;
  const { command, args, problemMatcher } = tasks.find((task) => task.args[0] === "check");
  const base = problemMatcher.fileLocation[1].replace("${workspaceFolder}", firm);
  const path = join(firm, "content/robin-ashdown/engagement.toml");
  const goal = join(firm, "content/robin-ashdown/goals/1-short-meetings.md");
  const whole = readFileSync(path, "utf8");
  assert.equal(command, "loggia");
  const check = (...more) => spawnSync(LOGGIA, [...args, ...more, "--today", "2026-11-28"], { cwd: firm, encoding: "utf8" });
  const broken = whole.replace('role = "manager"', 'role = "manger"').replace("coachee =", "coache =");
  writeFileSync(goal, `${readFileSync(goal, "utf8")}\n| A | B |\n| --- |\n`);
  for (const [text, count] of [[broken, 2], [whole, 1]]) {
    writeFileSync(path, text);
    const ran = check();
    const found = matched(`${ran.stdout}${ran.stderr}`.split("\n"), problemMatcher.pattern);
    const placed = JSON.parse(check("--json").stdout).filter((problem) => problem.line && problem.severity !== "note");
    assert.ok(placed.length >= count, ran.stderr);
    assert.deepEqual(
      found.map(({ severity, file, line, column }) => [severity, file, Number(line), Number(column)]),
      placed.map(({ severity, file, line, column }) => [severity, file, line, column]),
    );
    for (const { file } of found) assert.ok(existsSync(join(base, file)), file);
  }
  rmSync(folder, { recursive: true });
});
