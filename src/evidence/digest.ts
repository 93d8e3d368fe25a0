import { hash } from 'node:crypto';

import type { Hash } from '../model/ids.ts';

/** SHA-256; of a text, that of its UTF-8. */
export const digest = (of: string | Uint8Array): Hash => `sha256:${hash('sha256', of, 'hex')}`;
