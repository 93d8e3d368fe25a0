import { isDeepStrictEqual } from 'node:util';

import type { GitObject } from './git-objects.ts';
import { idOf, modeOf } from './git-tree.ts';
import type { GitEntries } from './git-tree.ts';

export interface GitCommit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly message: string;
  /** Seconds since 1970 and the offset, as in the object. */
  readonly date: string;
}

/** A commit to be made on top of one parent by one of our steps (`<change>/<step>`). */
export interface NewCommit {
  readonly parent: string;
  readonly message: string;
  readonly step: string;
  /** The whole tree; or the entries that change, with the contents of those blobs that are new. */
  readonly becomes:
    | { readonly tree: string }
    | { readonly entries: GitEntries; readonly contents: ReadonlyMap<string, Uint8Array> };
}

export function parsedCommit({ id, bytes }: GitObject): GitCommit {
  const text = bytes.toString('utf8');
  const headEnd = text.indexOf('\n\n');
  const lines = text.slice(0, headEnd).split('\n');
  const named = (name: string): readonly string[] =>
    lines.flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []));
  return {
    id,
    tree: named('tree')[0] ?? '',
    parents: named('parent'),
    message: text.slice(headEnd + 2),
    date: /> (\d+ [+-]\d{4})$/.exec(named('committer')[0] ?? '')?.[1] ?? '0 +0000',
  };
}

export const subjectOf = (message: string): string => message.split('\n', 1)[0] ?? '';

/**
 * The message of a commit that undoes another, in git's own words.
 * @param undone `null` when there is no single commit
 * @param more what git adds for a merge
 */
export function undoMessage(undone: string | null, subject: string, more = ''): string {
  const reverted = /^Revert "(.*)"$/.exec(subject)?.[1];
  const title = reverted === undefined ? `Revert "${subject}"` : `Reapply "${reverted}"`;
  return undone === null ? `${title}\n` : `${title}\n\nThis reverts commit ${undone}${more}.\n`;
}

/** The message with the trailer by which a commit of ours is known again. */
export function messageOf({ message, step }: NewCommit): string {
  const text = message.trimEnd();
  const paragraphs = text.split(/\n\n+/);
  const endsInTrailers = paragraphs.length > 1 && /^([\w-]+: .*(\n|$))+$/.test(paragraphs.at(-1) ?? '');
  return `${text}${endsInTrailers ? '\n' : '\n\n'}Recourse-Change: ${step}\n`;
}

/** Whether a commit is what was asked for, whenever it was made. */
export const isAsAsked = (made: GitCommit, entries: GitEntries, asked: NewCommit): boolean =>
  isDeepStrictEqual(made.parents, [asked.parent]) &&
  made.message === messageOf(asked) &&
  ('tree' in asked.becomes ? made.tree === asked.becomes.tree : isDeepStrictEqual(entries, asked.becomes.entries));

/**
 * The commit as input of `git fast-import`, which takes names and contents byte for byte.
 * Source: git-fast-import(1), "INPUT FORMAT".
 * @param seconds since 1970
 */
export function commitStream(
  ref: string,
  asked: NewCommit,
  author: { readonly name: string; readonly email: string },
  seconds: number,
): Buffer {
  const by = `${author.name} <${author.email}> ${seconds} +0000`;
  const message = Buffer.from(messageOf(asked));
  return Buffer.concat([
    Buffer.from(`commit ${ref}\nauthor ${by}\ncommitter ${by}\ndata ${message.length}\n`),
    message,
    Buffer.from(`from ${asked.parent}\n`),
    ...('tree' in asked.becomes
      ? [Buffer.from(`M 040000 ${asked.becomes.tree} ""\n`)]
      : entryLines(asked.becomes.entries, asked.becomes.contents)),
    Buffer.from('done\n'),
  ]);
}

const entryLines = (entries: GitEntries, contents: ReadonlyMap<string, Uint8Array>): readonly Buffer[] =>
  Object.entries(entries).flatMap(([path, entry]) => {
    const name = `"${path.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}"`;
    if (entry === null) return [Buffer.from(`D ${name}\n`)];
    const bytes = contents.get(idOf(entry));
    if (bytes === undefined) return [Buffer.from(`M ${modeOf(entry)} ${idOf(entry)} ${name}\n`)];
    const head = `M ${modeOf(entry)} inline ${name}\ndata ${bytes.length}\n`;
    return [Buffer.from(head), Buffer.from(bytes), Buffer.from('\n')];
  });
