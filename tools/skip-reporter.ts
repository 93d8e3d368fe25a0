/** Says at the end of a test run what was skipped and why, once for all tests of a file that share the reason. */
import type { Reporter, TestModule, Vitest } from 'vitest/node';

export function skipReporter(): Reporter {
  let isFiltered = false; // with `-t` everything else counts as skipped
  return {
    onInit: (vitest: Vitest) => {
      isFiltered = vitest.config.testNamePattern !== undefined;
    },
    onTestRunEnd: (modules) => {
      if (!isFiltered) for (const line of summary(modules.flatMap(skipped))) console.log(line);
    },
  };
}

interface Skip {
  readonly file: string;
  readonly why: string;
}

const skipped = (module: TestModule): readonly Skip[] =>
  [...module.children.allTests('skipped')].map((test) => {
    const result = test.result();
    return {
      file: module.relativeModuleId,
      why: (result.state === 'skipped' && result.note) || 'no reason given',
    };
  });

function summary(skips: readonly Skip[]): readonly string[] {
  const alike = Map.groupBy(skips, ({ file, why }) => `skipped: ${why} (${file}`);
  return [...alike].map(([line, { length }]) => `${line}, ${length === 1 ? '1 test' : `${length} tests`})`);
}
