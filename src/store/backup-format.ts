import { createHash, type Hash as Hasher } from 'node:crypto';

import { Fault } from '../model/fault.ts';

/**
 * The file of `recourse backup`: gzipped lines of JSON. The first says what it is, then one line a row, and the last
 * counts the rows and carries the SHA-256 of every line before it. It holds no projection (they are made again), no
 * job (the facts say what is left to do) and no key: secrets in it stay sealed.
 */
export const heading = { recourse: 'backup', v: 1 } as const;

/** A row of one of the tables. */
export interface BackupRow {
  readonly in: string;
  readonly row: Readonly<Record<string, string | number | null>>;
}
export interface Ending {
  readonly rows: number;
  readonly sha256: string;
}

/** Lines to write, and their end. */
export class Digest {
  readonly #hasher: Hasher = createHash('sha256');
  #rows = -1; // the heading is no row

  line(value: unknown): string {
    const text = `${JSON.stringify(value)}\n`;
    this.add(text);
    return text;
  }

  add(text: string): void {
    this.#hasher.update(text);
    this.#rows++;
  }

  ending(): Ending {
    return { rows: this.#rows, sha256: this.#hasher.copy().digest('hex') };
  }
}

/**
 * Reads the lines of a backup; hands out the rows, and throws at the end when one is missing or altered.
 * Faults: `evidence-broken`, `store-failed` (a newer version).
 */
export async function* rowsOf(lines: AsyncIterable<string>, file: string): AsyncGenerator<BackupRow> {
  const digest = new Digest();
  let isFirst = true;
  let isEnded = false;
  for await (const line of lines) {
    if (isEnded) throw notWhole(file, 'there is something behind its end');
    const value = parsed(line);
    if (value === undefined) throw notWhole(file, 'a line is not JSON');
    if (isFirst && value['recourse'] !== heading.recourse) throw notWhole(file, 'it does not begin like one');
    if (isFirst && value['v'] !== heading.v)
      throw new Fault('store-failed', `${file} is a backup of version ${String(value['v'])}.`, {
        at: file,
        advice: 'Use the newer Recourse that made it.',
      });
    if ('sha256' in value) {
      const { rows, sha256 } = digest.ending();
      if (value['rows'] !== rows || value['sha256'] !== sha256) throw notWhole(file, 'its checksum is another one');
      isEnded = true;
      continue;
    }
    digest.add(`${line}\n`);
    if (!isFirst) yield value as unknown as BackupRow;
    isFirst = false;
  }
  if (!isEnded) throw notWhole(file, 'its end is missing');
}

function parsed(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>;
  } catch {
    return undefined; // the caller names the file
  }
}

export const notWhole = (file: string, because: string, cause?: unknown): Fault =>
  new Fault('evidence-broken', `${file} is not a whole backup: ${because}.`, { at: file, cause });
