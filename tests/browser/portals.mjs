// Portals to look at in a browser, unsealed: the sample engagements, one in Arabic, a large one and an empty one.

import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));
export const BINARY = join(ROOT, "target/debug/loggia");
export const TODAY = "2026-11-22";
const SAMPLES = ["nyah-adeyemi", "mateo-silva", "ingrid-solheim", "leila-haddad"];

/** What earlier builds left beside the samples belongs to this checkout alone. */
const filter = (name) => !/(loggia\.key|rounds\.lock)$/.test(name);

/**
 * Builds them and tells where they are: `folder`, `content`, `site`, and `pages`, each with `name`, `engagement`, `role`, `file` and
 * `isSample`. `change` may edit the content before, and `run` runs the program on it.
 */
export function makePortals(change = () => {}) {
  execFileSync("cargo", ["build", "--quiet"], { cwd: ROOT, stdio: ["ignore", "ignore", "inherit"] });
  const folder = mkdtempSync(join(tmpdir(), "loggia-portals-"));
  const content = join(folder, "content");
  mkdirSync(content);
  const firm = readFileSync(join(ROOT, "content/loggia.toml"), "utf8");
  writeFileSync(join(content, "loggia.toml"), firm.replace("[site]", '[site]\naccess = "link"'));
  for (const name of SAMPLES) cpSync(join(ROOT, "content", name), join(content, name), { recursive: true, filter });
  arabic(content);
  large(join(content, "large"));
  empty(join(content, "empty"));
  change(content);
  const run = (...words) => execFileSync(BINARY, [...words, "--quiet"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
  run("build", "--today", TODAY, "--out", "site");
  // Asking pages are always sealed, and have a test of their own.
  const links = JSON.parse(run("links", "--json")).filter((link) => link.page !== "asking");
  const pages = links.map((link) => ({
    name: `${link.engagement}/${link.stakeholder}`,
    engagement: link.engagement,
    role: link.role,
    file: join(folder, "site", link.path),
    isSample: SAMPLES.includes(link.engagement),
  }));
  return { folder, content, site: join(folder, "site"), pages, run };
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** The first sample for readers of Arabic, with some words of it in Arabic as well. */
function arabic(content) {
  const folder = join(content, "arabic");
  cpSync(join(ROOT, "content", SAMPLES[0]), folder, { recursive: true, filter });
  const edit = (name, from, to) => {
    const text = readFileSync(join(folder, name), "utf8");
    if (!text.includes(from)) throw new Error(`${name} holds no ${from}`);
    writeFileSync(join(folder, name), text.replace(from, to));
  };
  edit("engagement.toml", 'title = "Heard at the table"', 'title = "صوت مسموع حول الطاولة"\nlanguage = "ar"');
  edit("engagement.toml", "Nyah Adeyemi", "نياه أدييمي");
  edit("goals/1-concise-in-the-room.md", "Concise in the room", "الإيجاز في الاجتماعات");
}

const LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff-Österreichisch-Ungarischer von und zu Hohenlohe-Waldenburg";
const day = (month, date, year = 2026) => `${year}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;

/** Long names, eight goals, twelve rounds and twenty meetings. */
function large(folder) {
  const people = [
    ["ada", "coachee", `Maximiliane Alexandra ${LONG_NAME}`],
    ["coach", "coach", "Bo Li"],
    ["max", "manager", `Prof. Dr. Dr. h. c. mult. Friedrich-Wilhelm ${LONG_NAME}`],
    ["sol", "sponsor", "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"],
    ...[..."abcdefgh"].map((letter) => [`rater-${letter}`, "supporter", `Supporter ${letter.toUpperCase()} ${LONG_NAME}`]),
  ];
  const stakeholder = ([id, role, name], index) =>
    `\n[[stakeholder]]\nid = "${id}"\nname = "${name}"\nrole = "${role}"\ntitle = "Vice President of everything that has a long name, part ${index}"\n` +
    (role === "supporter" ? `group = "${index % 2 ? "peer" : "report"}"\n${id === "rater-a" ? "" : "portal = false\n"}` : "");
  write(join(folder, "engagement.toml"), `title = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz and other long words of the trade"
purpose = "${"Why this takes place, in many words. ".repeat(12)}"
start = 2026-01-05
end = 2027-01-31
sessions = { planned = 24, held = [${[1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((month) => day(month, 14)).join(", ")}] }
journey = "eight-steps"

[share]
agreed = 2026-01-12
facts = ["everyone"]
people = ["everyone"]
goals = ["everyone"]
actions = ["everyone"]
progress = ["everyone"]
follow_up = ["everyone"]
groups = ["everyone"]
self = ["everyone"]
themes = ["everyone"]
agendas = ["everyone"]
updates = ["everyone"]
reviews = ["everyone"]

[pulse]
scale = "change"
target = 1.5
minimum = 3
${people.map(stakeholder).join("")}
[[milestone]]
title = "A milestone whose title goes on for longer than anyone would want to read it on a telephone"
date = 2026-12-18
`);
  for (let goal = 1; goal <= 8; goal += 1) {
    const actions = Array.from({ length: 6 }, (_, index) =>
      `\n[[action]]\ntext = "Action ${index} of goal ${goal}, with enough words for two lines on a telephone and one on a desk."\nowner = "ada"\ndue = ${day(index + 4, 10 + goal)}\n${index < 3 ? `done = ${day(index + 4, 9 + goal)}\n` : ""}`);
    write(join(folder, `goals/${goal}-goal-${goal}.md`), `+++
title = "Goal ${goal}: Kraftfahrzeughaftpflichtversicherungsgesellschaften, and what follows from them"
statement = "${"A statement of some length. ".repeat(4)}"
behaviour = "Ada does thing ${goal} so that others notice it."
good = ["A sign of it.", "Another sign of it."]
${actions.join("")}
[[support]]
from = "max"
text = "Say so when you see it."
+++
# Why it matters

Some words, and [a link](https://example.org/a/long/address/that/has/to/wrap/somewhere?because=it-is-longer-than-a-line).

### A heading that skips a level

| a table | with | six | columns | of some | width |
|---|---|---|---|---|---|
| Betriebsnummer | 1000000 | 2000000 | 3000000 | 4000000 | 5000000 |

\`\`\`
a line of code that is much longer than any telephone is wide, and has_a_name_in_it_that_cannot_be_broken_between_words
\`\`\`
`);
  }
  for (let round = 1; round <= 12; round += 1) {
    const date = round < 3 ? day(round + 1, 2 + round) : round === 12 ? day(11, 20) : day(Math.min(round, 11), 1 + round);
    const rows = ["rater,goal,score,followed_up,comment"];
    for (let goal = 1; goal <= 8; goal += 1) {
      people.slice(2).forEach(([id], index) => rows.push(`${id},goal-${goal},${(index * 7 + goal * 3 + round) % 4 - 1},yes,`));
      rows.push(`ada,goal-${goal},${(goal + round) % 3},,`);
    }
    write(join(folder, `pulse/${date}.csv`), rows.join("\n") + "\n");
  }
  for (let meeting = 1; meeting <= 20; meeting += 1) {
    const date = meeting <= 16 ? day(Math.ceil(meeting * 0.64), 3 + meeting) : day(12, meeting);
    const items = Array.from({ length: 8 }, (_, index) => `\n[[item]]\nminutes = 5\nlead = "max"\ntext = "Item ${index} of the meeting, in words"\n`);
    write(join(folder, `agendas/${date}-meeting-${meeting}.md`), `+++
title = "Meeting ${meeting} of Arbeiterunfallversicherungsgesetzkommission"
kind = "check-in"
start = ${date}T10:00:00
minutes = 45
attendees = ["coach", "ada", "max", "sol"]
place = "Room 4"
${items.join("")}${meeting <= 16 ? '\n[[outcome]]\ntext = "Something was agreed."\n' : ""}+++
Preparation.
`);
  }
}

/** An engagement of which nothing is known but who is in it, and that everything is shared. */
function empty(folder) {
  const parts = ["facts", "people", "goals", "actions", "progress", "groups", "follow_up", "self", "themes", "agendas", "updates", "reviews"];
  write(join(folder, "engagement.toml"), `title = "Not begun"
start = 2026-12-01

[share]
agreed = 2026-11-20
${parts.map((part) => `${part} = ["everyone"]`).join("\n")}

[[stakeholder]]
id = "ada"
name = "Ada Bell"
role = "coachee"

[[stakeholder]]
id = "max"
name = "Max Roe"
role = "manager"
`);
}
