// SPDX-License-Identifier: MIT
// Check COSE_Sign1 files by another's library, @auth0/cose:
// node cose.mjs FOLDER-WITH-node_modules PUBLIC.pem FILE...; FILE.aad beside
// one is its external_aad. Each must hold, and none with a bit turned.
import { createPublicKey } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [folder, keyFile, ...files] = process.argv.slice(2);
const { Sign1 } = createRequire(`${folder}/`)('@auth0/cose');
const key = createPublicKey(readFileSync(keyFile));

async function holds(bytes, externalAAD) {
  try {
    await Sign1.decode(bytes).verify(key, { externalAAD });
    return true;
  } catch {
    return false;
  }
}

let failed = false;
for (const file of files) {
  const bytes = readFileSync(file);
  const aadFile = file.replace(/\.cose$/, '.aad');
  const aad = aadFile !== file && existsSync(aadFile) ? readFileSync(aadFile) : undefined;
  const whole = await holds(bytes, aad);
  let forged = 0;
  for (let at = 5; at < bytes.length; at += Math.ceil(bytes.length / 50)) {
    const other = Buffer.from(bytes);
    other[at] ^= 1;
    forged += await holds(other, aad);
  }
  console.log(`${file}: ${whole ? 'holds' : 'does not hold'}, ${forged} forgeries taken`);
  failed ||= !whole || forged > 0;
}
process.exit(failed ? 1 : 0);
