// Opens a sealed page with Node's WebCrypto: a second implementation of the format in src/access/seal.rs, for tests.
//
//   node tests/access/unseal.mjs PAGE.html CODE [PASSPHRASE]      prints the document inside

import { readFileSync } from "node:fs";
import { webcrypto } from "node:crypto";
import { fileURLToPath } from "node:url";

const { subtle } = webcrypto;
const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
const NONE = new Uint8Array();

/** Bytes as a number of 5-bit letters, the last one filled with zero bits. */
export function lettersOf(bytes) {
  const length = Math.ceil((bytes.length * 8) / 5);
  let number = [...bytes].reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) << BigInt(length * 5 - bytes.length * 8);
  let letters = "";
  for (let place = 0; place < length; place += 1) {
    letters = LETTERS[Number(number & 31n)] + letters;
    number >>= 5n;
  }
  return letters;
}

/** The bytes of a code, without its check character. */
export function bytesOf(letters, length) {
  const filling = BigInt(letters.length * 5 - length * 8);
  let number = [...letters].reduce((sum, letter) => (sum << 5n) | BigInt(LETTERS.indexOf(letter)), 0n) >> filling;
  const bytes = new Uint8Array(length);
  for (let place = length - 1; place >= 0; place -= 1) {
    bytes[place] = Number(number & 255n);
    number >>= 8n;
  }
  return bytes;
}

/** The check character of a row of letters. */
export function checkOf(letters) {
  const timesX = (value) => (value & 16 ? ((value & 15) << 1) ^ 5 : value << 1);
  return LETTERS[timesX([...letters].reduce((sum, letter) => timesX(sum) ^ LETTERS.indexOf(letter), 1))];
}

async function hkdf(secret, salt, info, length) {
  const key = await subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, length * 8));
}

/** The path id and the code of a link, from the key of its site. */
export async function linkOf(key, engagement, stakeholder, number) {
  const fourBytes = (value) => Buffer.from([value >>> 24, value >>> 16, value >>> 8, value]);
  const parts = [Buffer.from("link/v1"), Buffer.from(engagement), Buffer.from(stakeholder), fourBytes(number)];
  const info = Buffer.concat(parts.flatMap((part) => [fourBytes(part.length), part]));
  const secret = await hkdf(bytesOf(key.slice(0, 52), 32), NONE, info, 16);
  const letters = lettersOf(secret);
  return { id: lettersOf(await hkdf(secret, NONE, Buffer.from("path"), 16)), code: letters + checkOf(letters) };
}

/** The document inside sealed bytes; throws when they do not open. */
export async function unseal(sealed, code, words) {
  if (checkOf(code.slice(0, 26)) !== code[26]) throw new Error("not a code");
  const secret = bytesOf(code.slice(0, 26), 16);
  const id = await hkdf(secret, NONE, Buffer.from("path"), 16);
  const root = words === null ? secret : await withPassphrase(secret, id, words);

  if (sealed[0] !== 1) throw new Error("unknown version");
  const salt = sealed.slice(1, 33);
  const keys = await hkdf(root, salt, Buffer.from("enc"), 44);
  const key = await subtle.importKey("raw", keys.slice(0, 32), "AES-GCM", false, ["decrypt"]);
  const additionalData = Buffer.concat([Buffer.from("loggia/v1\0"), id]);
  const parameters = { name: "AES-GCM", iv: keys.slice(32), additionalData, tagLength: 128 };
  const plain = Buffer.from(await subtle.decrypt(parameters, key, sealed.slice(33)));

  const macBytes = await hkdf(root, NONE, Buffer.from("siv-mac"), 32);
  const mac = await subtle.importKey("raw", macBytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const length = Buffer.from([0, 0, 0, additionalData.length]);
  const expected = Buffer.from(await subtle.sign("HMAC", mac, Buffer.concat([length, additionalData, plain])));
  if (!expected.equals(Buffer.from(salt))) throw new Error("the salt is not that of the content");

  const end = 4 + plain.readUInt32BE(0);
  if (plain.subarray(end).some((byte) => byte !== 0)) throw new Error("the filling is not empty");
  return plain.toString("utf8", 4, end);
}

async function withPassphrase(secret, id, words) {
  const text = words.normalize("NFC").replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
  const key = await subtle.importKey("raw", Buffer.from(text), "PBKDF2", false, ["deriveBits"]);
  const parameters = { name: "PBKDF2", hash: "SHA-256", salt: id, iterations: 600000 };
  const stretched = Buffer.from(await subtle.deriveBits(parameters, key, 256));
  return hkdf(Buffer.concat([secret, stretched]), NONE, Buffer.from("passphrase"), 32);
}

/** The sealed bytes in the text of a page. */
export function sealedBytes(html) {
  const found = /<script type="text\/plain" id="sealed"[^>]*>([^<]*)<\/script>/.exec(html);
  if (!found) throw new Error("this page is not sealed");
  return Buffer.from(found[1], "base64");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [page, code, words = null] = process.argv.slice(2);
  process.stdout.write(await unseal(sealedBytes(readFileSync(page, "utf8")), code, words));
}
