import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { putFile } from '#src/operations/linux/put-file.ts';

import type { LawName } from './obeys-the-laws.ts';

type Mutation = Partial<typeof putFile>;
const breaks: LawName = 'it tells no secret';

/** Ways in which `linux.put-file` could tell the secret that it puts. */
export const secretMutants: Readonly<Record<string, { readonly breaks: LawName; readonly by: Mutation }>> = {
  'a plain secret in context': {
    breaks,
    by: {
      observe: async (params, reach) => {
        const seen = await putFile.observe(params, reach);
        const holds = await readFile(params.path, 'utf8').catch(() => null);
        return { ...seen, context: { holds } };
      },
    },
  },
  'the digest of a secret in context': {
    breaks,
    by: {
      observe: async (params, reach) => {
        const seen = await putFile.observe(params, reach);
        const bytes = await readFile(params.path).catch(() => null);
        return { ...seen, context: bytes && hash('sha256', bytes) };
      },
    },
  },
  'a secret in a result, in base64': {
    breaks,
    by: {
      apply: async (params, reach, before) => {
        await putFile.apply(params, reach, before);
        const bytes = await readFile(params.path).catch(() => null);
        return { wrote: bytes?.toString('base64') } as unknown as Record<string, never>;
      },
    },
  },
  'a secret that its way back does not know for one': {
    breaks,
    by: {
      reversibility: (params, before) => {
        const promised = putFile.reversibility(params, before);
        if (!promised.inverse) return promised;
        const { inverse } = promised;
        return {
          ...promised,
          inverse: (applied) => {
            const [{ params: asked, ...call }] = inverse(applied);
            const { secret: _, ...forgetful } = putFile.params.parse(asked);
            return [{ ...call, params: forgetful }];
          },
        };
      },
    },
  },
};
