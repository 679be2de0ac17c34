// A second implementation of what src/access/asking.rs derives, and the sealing script of the pages, for tests.

import { createECDH, createHmac, webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { bytesOf } from "./unseal.mjs";

const { subtle } = webcrypto;
/** The sealing script. */
export const script = readFileSync(new URL("../../themes/default/seal-answers.js", import.meta.url), "utf8");

/** The sealing script as the pages have it: a function, which is made anew each time. */
export const sealAnswers = () => new Function(`${script}\nreturn sealAnswers;`)();

const hmac = (key, ...parts) => createHmac("sha256", key).update(Buffer.concat(parts)).digest();
const fourBytes = (value) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value]);
const framed = (parts) => Buffer.concat(parts.flatMap((part) => [fourBytes(part.length), part]));

/** HKDF-SHA256 without salt over a key as its file writes it; one block, the info every part behind its length. */
function derive(key, length, label, ...parts) {
  const extracted = hmac(Buffer.alloc(32), bytesOf(key.slice(0, 52), 32));
  return hmac(extracted, framed([Buffer.from(label), ...parts]), Buffer.of(1)).subarray(0, length);
}

function questionBytes({ scale, ends, goals, period, language }) {
  const of = (goal) => [goal.id, goal.question, goal.followUp ? "1" : "0"];
  const fields = [...scale.map(String), ...ends, ...goals.flatMap(of), period, language];
  return framed(fields.map((field) => Buffer.from(field)));
}

/** Everything that is derived for one rater in one round, in base64url. */
export function derived({ key, answersKey, engagement, round, rater, numbers, questions }) {
  const [first, last] = [Buffer.from(engagement), Buffer.from(rater)];
  const counted = numbers.map(fourBytes);
  const who = [first, Buffer.from(round), last, ...counted];
  const seed = derive(answersKey, 32, "answers/v1", first);
  const values = {
    link: derive(key, 16, "asking-link/v1", first, last, ...counted),
    psk: derive(key, 32, "answer-psk/v1", ...who),
    id: derive(key, 8, "answer-id/v1", ...who),
    q: derive(key, 8, "answer-questions/v1", ...who, questionBytes(questions)),
    key: publicOf(privateOf(seed)),
  };
  return Object.fromEntries(Object.entries(values).map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64url")]));
}

/** RFC 9180's DeriveKeyPair for DHKEM(P-256, HKDF-SHA256): the private key of a seed. */
function privateOf(seed) {
  const suite = Buffer.from([..."KEM"].map((letter) => letter.charCodeAt(0)).concat([0, 16]));
  const labelled = (label) => Buffer.concat([Buffer.from("HPKE-v1"), suite, Buffer.from(label)]);
  const extracted = hmac(Buffer.alloc(32), labelled("dkp_prk"), seed);
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  for (let counter = 0; counter < 256; counter += 1) {
    const bytes = hmac(extracted, Buffer.of(0, 32), labelled("candidate"), Buffer.of(counter), Buffer.of(1));
    const value = BigInt(`0x${bytes.toString("hex")}`);
    if (value > 0n && value < order) return bytes;
  }
  throw new Error("no key follows from this seed");
}

function publicOf(secret) {
  const pair = createECDH("prime256v1");
  pair.setPrivateKey(secret);
  return pair.getPublicKey();
}

/** A pair that is the same each time, for messages whose bytes are kept. */
export async function fixedPair(secret) {
  const point = publicOf(secret);
  const part = (start) => point.subarray(start, start + 32).toString("base64url");
  const [x, y] = [part(1), part(33)];
  const algorithm = { name: "ECDH", namedCurve: "P-256" };
  const jwk = { kty: "EC", crv: "P-256", x, y };
  return {
    privateKey: await subtle.importKey("jwk", { ...jwk, d: secret.toString("base64url") }, algorithm, false, ["deriveBits"]),
    publicKey: await subtle.importKey("jwk", jwk, algorithm, true, []),
  };
}

/** The golden vectors: what is derived, and messages that were sealed with a fixed pair. */
export const vectors = JSON.parse(readFileSync(new URL("asking/vectors.json", import.meta.url), "utf8"));
