import { perFile, withoutComments, type HouseRule } from './rule.ts';

const limit = 250;

export const smallFiles: HouseRule = {
  wants: `a file has at most ${limit} lines`,
  bad: { 'src/pipeline/run.ts': 'const a = 1;\n'.repeat(limit + 1), 'web/pages/list.tsx': '\n'.repeat(limit + 1) },
  breaches: perFile(/^(src|web)\/.*\.tsx?$/, (path, text) => {
    const lines = text.trimEnd() === '' ? text.split('\n').length - 1 : text.trimEnd().split('\n').length;
    return lines > limit && !path.endsWith('/registry.ts') ? [`${lines} lines`] : [];
  }),
};

/** What tools insist on. */
const mayExportDefault = /(^|\/)[\w.]+\.config\.ts$|\.d\.ts$/;

export const namedExports: HouseRule = {
  wants: 'exports are named, and nobody passes on what another file exports',
  bad: {
    'src/cli/show.ts': 'export default function show() {}',
    'src/model/index.ts': "export * from './ids.ts';",
    'src/api/remote-recourse.ts': "export { Fault } from '../model/fault.ts';",
    'src/evidence/seal.ts': "export type { Hash } from '../model/ids.ts';",
  },
  breaches: perFile(/^(src|web|test|tools|bench)\/.*\.tsx?$/, (path, text) => {
    const code = withoutComments(text);
    return [
      ...(/^export default\b/m.test(code) && !mayExportDefault.test(path) ? ['has a default export'] : []),
      ...(/^export (type )?(\*|\{[^}]*\}) from\b/m.test(code) ? ['passes on what another file exports'] : []),
    ];
  }),
};

export const documented: HouseRule = {
  wants: 'every noun and every verb that only thinks is explained at the head of its file',
  bad: {
    'src/model/lease.ts':
      "import { z } from 'zod';\n\nexport const Lease = z.string();\n\n/** Later. */\nexport type L = 1;",
    'src/decide/guess.ts': 'export const guess = () => 1;',
  },
  breaches: perFile(/^src\/(model|decide)\/.*\.ts$/, (_, text) => {
    const afterImports = text.replace(/^(?:\s*import\b[^;]*;)+/, '').trimStart();
    return [text, afterImports].some((head) => head.startsWith('/**')) ? [] : ['has no paragraph at its head'];
  }),
};
