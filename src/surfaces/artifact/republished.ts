import type { Rule } from '../../model/surface.ts';
import type { ArtifactFile } from './artifact-file.ts';

export const republished: Rule<ArtifactFile> = {
  id: 'artifact/republished',
  problem:
    'A package has another checksum under the same version: somebody published it again. A revert brings back a checksum that nobody serves any more, and the build fails.',
  instead: 'Find out who replaced it and why. Move to a version that was not replaced; keep a copy of what is used.',
  source: 'https://go.dev/ref/mod#go-sum-files',
  examples: {
    matches: [{ before: 'example.com/a v1.0.0 h1:AAAA=\n', after: 'example.com/a v1.0.0 h1:BBBB=\n' }],
    passes: [{ before: 'example.com/a v1.0.0 h1:AAAA=\n', after: 'example.com/a v1.0.1 h1:BBBB=\n' }],
  },
  *find({ before, after }) {
    if (before?.form !== 'lock' || after?.form !== 'lock') return;
    const replaced = [...after.pins].filter(([name, { hash }]) => {
      const then = before.pins.get(name)?.hash;
      return then !== undefined && then !== hash && kindOf(then) === kindOf(hash);
    });
    const [first] = replaced;
    if (!first) return;
    const more = replaced.length > 1 ? ` and ${String(replaced.length - 1)} more` : '';
    yield {
      class: 'reversible-with-manual-repair',
      message: `${first[0]}${more}: another content under the same version. A revert asks for the old content, which may be nowhere, and the build fails.`,
      instead: 'Find out why it was replaced; move to a version that was not, and keep a copy.',
      probe: `fetch ${first[0]} and compare its checksum`,
      at: { path: after.path, line: first[1].line, column: 1 },
    };
  },
};

/** `sha512-…`, `h1:…`: another way to count is no other content. */
const kindOf = (hash: string): string => /^[a-z0-9]+[-:]/i.exec(hash)?.[0] ?? '';
