import { perFile, type HouseRule } from './rule.ts';

const foreign: Readonly<Record<string, RegExp>> = {
  'a path of one machine': /(^|[\s'"`(=:])\/(work|root|home\/\w+)\/\w/m,
  'the host of a package registry': /\bregistry\.npm\w*\.\w+|\bdeb\.debian\.org\b|\bnpm\.pkg\.|\bpypi\.org\b/,
  'the number of an issue': /\bissues? #?\d+\b/i,
  'work that is not done': /\b(TODO|FIXME|XXX|HACK)\b/,
};

export const nothingForeign: HouseRule = {
  wants: 'nothing stands here that belongs to another place or another day',
  bad: {
    'src/cli/list.ts': "const data = '/home/ada/data';",
    'docs/runbooks/rollback-failure.md': 'cd /root/recourse',
    '.npmrc': 'registry=https://registry.npmjs.org/',
    'README.md': 'See issue 12.',
    'src/pipeline/run.ts': '// TODO later',
  },
  breaches: perFile(/^(?!test\/house\/|package-lock\.json|LICENSE|docs\/evidence\/)/, (path, text) =>
    Object.entries(foreign).flatMap(([what, pattern]) => {
      const found = pattern.exec(text);
      return found ? [`holds ${what}: ${found[0].trim()}`] : [];
    }),
  ),
};

export const lockfileWithoutAddresses: HouseRule = {
  wants: 'the lockfile installs from any registry: it holds no addresses',
  bad: { 'package-lock.json': '{ "node_modules/zod": { "resolved": "https://example.org/zod.tgz" } }' },
  breaches: perFile(/^package-lock\.json$/, (_, text) => (text.includes('"resolved"') ? ['holds addresses'] : [])),
};
