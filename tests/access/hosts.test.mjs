// The snippets for nginx and Caddy, served by both on loopback:  node --test tests/access/
//
// Debian's packages nginx-light and caddy.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { makeSite } from "../browser/site.mjs";

const { folder, samples } = makeSite();
chmodSync(folder, 0o755);
const snippet = (name) => readFileSync(new URL(`hosts/${name}`, import.meta.url), "utf8");
const promised = readFileSync(join(folder, "_headers"), "utf8").split("\n").slice(1, -1)
  .map((line) => /^ {2}([\w-]+): (.*)$/.exec(line).slice(1));

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function nginx(port) {
  const home = mkdtempSync(join(tmpdir(), "loggia-nginx-"));
  const server = snippet("nginx.conf").replace("443 ssl", `127.0.0.1:${port}`).replace("/srv/portal", folder);
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${home}/${name};`).join("\n");
  writeFileSync(join(home, "nginx.conf"), `user root;\ndaemon off;\npid ${home}/pid;\nerror_log ${home}/log;\nevents {}\nhttp {\n` +
    `types { text/html html; }\n${paths}\n${server}}\n`);
  return spawn("nginx", ["-c", join(home, "nginx.conf"), "-e", join(home, "log")], { stdio: "ignore" });
}

function caddy(port) {
  const home = mkdtempSync(join(tmpdir(), "loggia-caddy-"));
  const server = snippet("Caddyfile").replace("portal.harbour.example", `http://127.0.0.1:${port}`).replace("/srv/portal", folder);
  mkdirSync(join(home, "data"));
  writeFileSync(join(home, "Caddyfile"), `{\n\tadmin off\n\tauto_https off\n}\n${server}`);
  const env = { ...process.env, HOME: home, XDG_DATA_HOME: join(home, "data"), XDG_CONFIG_HOME: home };
  return spawn("caddy", ["run", "--config", join(home, "Caddyfile"), "--adapter", "caddyfile"], { stdio: "ignore", env });
}

/** What the host answers; the path goes out as it is written here. */
function get(port, path) {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, agent: false }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    });
    asked.on("error", reject);
    asked.end();
  });
}

async function listening(port) {
  for (let turn = 0; turn < 200; turn += 1) {
    try { return await get(port, "/"); } catch { await new Promise((resolve) => setTimeout(resolve, 50)); }
  }
  throw new Error("the host does not answer");
}

for (const start of [nginx, caddy]) {
  test(`${start.name} serves the site as its snippet promises`, async (t) => {
    const port = await freePort();
    const host = start(port);
    const gone = new Promise((resolve) => host.on("exit", resolve));
    t.after(async () => { host.kill(); await gone; });
    await Promise.race([listening(port), gone.then(() => { throw new Error(`${start.name} did not start`); })]);

    const page = samples.plain.path.replace("index.html", "");
    const lost = readFileSync(join(folder, "404.html"));
    for (const [path, status, body] of [
      ["/", 200, readFileSync(join(folder, "index.html"))],
      [`/${page}`, 200, readFileSync(join(folder, samples.plain.path))],
      [`/${page}%23${samples.plain.code}`, 404, lost],
      [`/${page}%2523${samples.plain.code}`, 404, lost],
      [`/${page.toUpperCase()}`, 404, lost],
      ["/p/", null, null],
      ["/_headers", 404, lost],
      ["/.nojekyll", 404, lost],
    ]) {
      const answer = await get(port, path);
      if (status === null) assert.ok([403, 404].includes(answer.status), path);
      else assert.equal(answer.status, status, path);
      if (body !== null) assert.ok(answer.body.equals(body), path);
      assert.ok(!answer.body.includes(page.slice(2, -1)) || status === 200, `${path} lists the pages`);
      for (const [name, value] of promised) {
        const given = answer.headers[name.toLowerCase()];
        if (name === "Content-Security-Policy") given.split("; ").forEach((part) => assert.ok(value.includes(part), part));
        else assert.equal(given, value, `${path}: ${name}`);
      }
    }
  });
}
