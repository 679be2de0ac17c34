// What asking pages derive and seal, in Node's WebCrypto:  node --test tests/access/

import assert from "node:assert/strict";
import { test } from "node:test";
import { derived, fixedPair, script, sealAnswers, vectors } from "./asking.mjs";

const asked = vectors.derived[0].derived;
const seal = sealAnswers();
const goals = [{ rating: 2, followUp: true }, { rating: null }];
const time = 1797000000000;

for (const vector of vectors.derived) {
  test(`${vector.engagement}, ${vector.rater}, ${vector.round}: what is derived stays what it was`, () => {
    assert.deepEqual(derived(vector), vector.derived);
  });
}

for (const message of vectors.messages) {
  test(`${message.name}: the message stays what it was`, async () => {
    const pair = await fixedPair(Buffer.from(message.ephemeral, "hex"));
    assert.equal(await seal(asked, message, pair), message.text);
  });
}

test("every message is as long as every other, and no two are the same", async () => {
  const comments = ["", "x", "é".repeat(450), "\u{1f44d}".repeat(225), "x".repeat(900)];
  const texts = await Promise.all([...comments, ...comments].map((comment) => seal(asked, { time, goals, comment })));
  for (const text of texts) {
    const lines = text.split("\r\n");
    assert.deepEqual([lines[0], lines.at(-2), lines.at(-1)], ["[loggia answers 1]", "[end]", ""]);
    const letters = lines.slice(1, -2);
    assert.equal(letters.join("").length, 1416);
    assert.ok(letters.every((line) => line.length <= 72 && /^[A-Za-z0-9_-]+$/.test(line)));
    assert.equal(Buffer.from(letters.join(""), "base64url").length, 1062);
  }
  assert.equal(new Set(texts).size, texts.length);
});

test("what is too long or no answer is refused", async () => {
  const refused = [
    { comment: "x".repeat(901) },
    { comment: "会".repeat(301) },
    { goals: [] },
    { goals: Array(25).fill({ rating: 1 }) },
    { goals: [{ rating: 101 }] },
    { goals: [{ rating: 1.5 }] },
    { goals: [{ rating: undefined }] },
    { goals: [{ rating: "2" }] },
  ];
  for (const wrong of refused) {
    await assert.rejects(seal(asked, { time, goals, comment: "", ...wrong }), RangeError);
  }
  assert.equal(seal.room("x".repeat(901)), -1);
  assert.equal(seal.room(" Cafe\u0301\r\n\u202e"), 895);
  assert.equal(seal.room(""), 900);
  // Half of a pair of UTF-16 becomes the sign for what cannot be read: three bytes.
  assert.equal(seal.room("a\ud83db"), 895);
});

test("it touches no document and reaches nothing", () => {
  // What it does not name it cannot reach; what its comments say does not count.
  const code = script.replace(/\/\/.*/g, "");
  const words = ["document", "window", "self", "globalThis", "fetch", "XMLHttpRequest", "import(", "Storage", "location", "navigator"];
  for (const word of words) assert.ok(!code.includes(word), word);
});
