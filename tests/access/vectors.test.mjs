// The golden vectors open in Node's WebCrypto:  node --test tests/access/

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { linkOf, unseal } from "./unseal.mjs";

const folder = new URL("vectors/", import.meta.url);
const vectors = readdirSync(folder).map((name) => ({ name, ...JSON.parse(readFileSync(new URL(name, folder), "utf8")) }));

for (const vector of vectors) {
  const sealed = Buffer.from(vector.sealed, "base64");

  test(`${vector.name} opens`, async () => {
    assert.equal(await unseal(sealed, vector.code, vector.passphrase), vector.document);
  });

  test(`${vector.name} has the link that follows from the key`, async () => {
    const link = await linkOf(vector.key, vector.engagement, vector.stakeholder, vector.number);
    assert.equal(link.code, vector.code);
    assert.equal(`p/${link.id}/index.html`, vector.path);
  });

  test(`${vector.name} does not open when changed, or with another code or passphrase`, async () => {
    for (const place of [0, 1, 32, 33, 1000, sealed.length - 17, sealed.length - 1]) {
      const changed = Buffer.from(sealed);
      changed[place] ^= 1;
      await assert.rejects(unseal(changed, vector.code, vector.passphrase));
    }
    const other = vectors.find((known) => known.code !== vector.code);
    await assert.rejects(unseal(sealed, other.code, vector.passphrase));
    await assert.rejects(unseal(sealed, vector.code, vector.passphrase === null ? "a passphrase" : null));
  });
}
