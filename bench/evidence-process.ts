/** `<file> <facts>`: verifies an evidence file as a process of its own. */
import { createReadStream } from 'node:fs';

import { nodePrimitives } from '../src/evidence/node-primitives.ts';
import { verify } from '../src/evidence/verify.ts';

const [, , path = '', facts] = process.argv;
const verdict = await verify(createReadStream(path), nodePrimitives);
if (!verdict.valid || verdict.facts !== Number(facts)) throw new Error(`not verified: ${JSON.stringify(verdict)}`);
