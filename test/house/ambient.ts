import { perFile, withoutComments, type HouseRule } from './rule.ts';

const readings: Readonly<Record<string, RegExp>> = {
  'the clock': /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\.now\b|\bhrtime\b|\bTemporal\.Now\b/,
  chance: /\bMath\.random\b|\brandom(Bytes|UUID|Int|Fill)(Sync)?\b|\bgetRandomValues\b/,
  'the environment': /\bprocess\.(env|cwd|argv)\b/,
  'this machine': /['"]node:os['"]/,
};

export const ambientIsAnArgument: HouseRule = {
  wants: 'clock, chance and environment are read in main.ts and systems/ alone',
  bad: {
    'src/pipeline/run.ts': 'const at = new Date().toISOString();',
    'src/decide/windows.ts': 'export const left = (until: number) => until - Date.now();',
    'src/store/open.ts': "import { randomUUID } from 'node:crypto';",
    'src/cli/list.ts': "const width = process.env['COLUMNS'];",
    'src/api/server.ts': "import { hostname } from 'node:os';",
  },
  breaches: perFile(/^src\/(?!systems\/|main\.ts|recourse\.ts).*\.ts$/, (_, text) => {
    const code = withoutComments(text);
    return Object.entries(readings)
      .filter(([, reading]) => reading.test(code))
      .map(([what, reading]) => `reads ${what} (${reading.exec(code)?.[0]}); take it as an argument`);
  }),
};
