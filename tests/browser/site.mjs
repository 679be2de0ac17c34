// The sample site of `src/access/samples.rs`, and a static host for it on loopback that keeps a log.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Writes the sample site and tells where it is and what its links are. */
export function makeSite() {
  const folder = mkdtempSync(join(tmpdir(), "loggia-sealed-"));
  const options = { cwd: ROOT, env: { ...process.env, LOGGIA_SAMPLES: folder }, stdio: ["ignore", "ignore", "inherit"] };
  execFileSync("cargo", ["test", "--quiet", "--lib", "access::samples::site"], options);
  return { folder, samples: JSON.parse(readFileSync(join(folder, "samples.json"), "utf8")) };
}

/**
 * Serves `folder` with 404.html for what is not there: at `/` with the headers of `_headers`, as Netlify and Cloudflare do, and
 * at `/sub/path/` without, as Pages does.
 */
export async function serve(folder) {
  const log = [];
  const lines = readFileSync(join(folder, "_headers"), "utf8").split("\n").slice(1, -1);
  const headers = lines.map((line) => /^ {2}([\w-]+): (.*)$/.exec(line).slice(1));
  const server = createServer((request, response) => {
    log.push(request.url);
    const asked = new URL(request.url, "http://localhost").pathname;
    const path = asked.replace(/^\/sub\/path\//, "/");
    if (path === asked) headers.forEach(([name, value]) => response.setHeader(name, value));
    response.setHeader("content-type", "text/html; charset=utf-8");
    if (path === "/frame.html") response.removeHeader("Content-Security-Policy");
    if (path === "/frame.html") return response.end(`<iframe src="${decodeURIComponent(request.url.split("?")[1])}"></iframe>`);
    let file = join(folder, normalize(decodeURIComponent(path)));
    let status = 200;
    try {
      if (statSync(file).isDirectory()) file = join(file, "index.html");
      statSync(file);
    } catch {
      file = join(folder, "404.html");
      status = 404;
    }
    response.writeHead(status);
    response.end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { log, port: server.address().port, close: () => new Promise((resolve) => server.close(resolve)) };
}
