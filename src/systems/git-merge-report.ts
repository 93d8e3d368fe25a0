export interface GitMergeReport {
  readonly tree: string;
  /** By file, what kinds of conflict stand in it and what git says of them. */
  readonly conflicts: readonly { readonly path: string; readonly kinds: readonly string[]; readonly says: string }[];
}

/**
 * Reads what `git merge-tree --write-tree -z` prints: the tree; the entries of conflicted files; an empty field; then
 * messages, each a number of paths, the paths, a kind and a text.
 * Source: git-merge-tree(1), "OUTPUT" and "INFORMATIONAL MESSAGES".
 */
export function gitMergeReport(output: string): GitMergeReport {
  const fields = output.split('\0');
  const tree = fields[0] ?? '';
  const firstMessage = fields.indexOf('', 1) + 1;
  const conflicted = fields
    .slice(1, Math.max(firstMessage - 1, 1))
    .map((entry) => entry.slice(entry.indexOf('\t') + 1));
  const messages = firstMessage === 0 ? [] : messagesIn(fields.slice(firstMessage));
  return {
    tree,
    conflicts: [...new Set(conflicted)].map((path) => {
      const about = messages.filter(({ kind, paths }) => kind.startsWith('CONFLICT') && paths.includes(path));
      return {
        path,
        kinds: [...new Set(about.map(({ kind }) => /\((.*)\)/.exec(kind)?.[1] ?? kind))],
        says: about.map(({ text }) => text).join(' '),
      };
    }),
  };
}

function messagesIn(fields: readonly string[]): readonly { paths: readonly string[]; kind: string; text: string }[] {
  const messages = [];
  for (let at = 0; at + 1 < fields.length;) {
    const paths = fields.slice(at + 1, at + 1 + Number(fields[at]));
    const [kind = '', text = ''] = fields.slice(at + 1 + paths.length);
    messages.push({ paths, kind, text: text.trim() });
    at += 1 + paths.length + 2;
  }
  return messages;
}
