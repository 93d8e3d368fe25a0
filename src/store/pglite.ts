import type { PGlite } from '@electric-sql/pglite';

import { Fault } from '../model/fault.ts';
import type { DurableFS } from './durable-fs.ts';
import { diedOf, makeMortal } from './mortal.ts';
import { useOneWasmTier } from './wasm-tiers.ts';

/**
 * Opens PGlite on a folder, made durable: as shipped it runs with fsync off. Whoever calls holds the folder's lock, for
 * PGlite has none and two processes destroy each other's data.
 * Faults: `store-failed` when fsync is not on.
 */
export async function openPglite(folder: string, files?: DurableFS): Promise<PGlite> {
  useOneWasmTier();
  const [{ PGlite: Lite }, { DurableFS: Files }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('./durable-fs.ts'),
  ]);
  const settings = ['fsync=on', 'wal_sync_method=fsync', 'shared_buffers=16MB'];
  const startParams = [
    ...Lite.defaultStartParams.filter((param) => param !== '-F'),
    ...settings.flatMap((setting) => ['-c', setting]),
  ];
  // small segments: a folder of 15 MB, and never more than 64 MB to replay after a kill
  const initDbStartParams = ['--wal-segsize=1'];
  let lastWords = '';
  const onStderr = (line: string): boolean => {
    lastWords = /(?:PANIC|FATAL): +(.+)/.exec(line)?.[1] ?? lastWords;
    return true;
  };
  const fs = files ?? new Files(folder);
  const lite = await Lite.create({ fs, startParams, initDbStartParams, onStderr }).catch((cause: unknown) => {
    throw diedOf(cause, lastWords);
  });
  makeMortal(lite, () => lastWords);
  const { rows } = await lite.query<{ fsync: string }>('show fsync');
  if (rows[0]?.fsync === 'on') return lite;
  await lite.close();
  throw new Fault(
    'store-failed',
    'The embedded database runs without fsync: a power cut could lose what it confirmed.',
  );
}
