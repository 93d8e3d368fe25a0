/** An assessment as JUnit XML: a test case per artifact, failed when nothing but a restore brings it back, or when it is denied. */
import type { AssessedArtifact } from '../model/assessment.ts';
import type { Reported } from './assess.ts';

export function assessmentJunit({ assessment }: Reported): string {
  const { artifacts, denied } = assessment;
  const failed = artifacts.filter(isFailed).length + (denied.length > 0 ? 1 : 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="recourse assess" tests="${artifacts.length + 1}" failures="${failed}">`,
    `  <testsuite name="recourse assess" tests="${artifacts.length + 1}" failures="${failed}">`,
    ...artifacts.map(artifactCase),
    testCase('gate', 'class', denied.length > 0 ? failure(denied[0] ?? '', denied.join('\n')) : ''),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

const isFailed = (one: AssessedArtifact): boolean => one.class === 'non-recoverable-without-restore';

function artifactCase(one: AssessedArtifact): string {
  const said = one.findings.map(
    ({ at, message, rule }) => `${at ? `${at.line}:${at.column} ` : ''}${message} [${rule}]`,
  );
  if (isFailed(one)) return testCase(one.surface, one.path, failure(one.class, said.join('\n')));
  const words =
    said.length > 0 ? `\n      <system-out>${xml(`${one.class}\n${said.join('\n')}`)}</system-out>\n    ` : '';
  return testCase(one.surface, one.path, words);
}

const testCase = (group: string, name: string, inner: string): string =>
  `    <testcase classname="${xml(group)}" name="${xml(name)}"${inner === '' ? '/>' : `>${inner}</testcase>`}`;

const failure = (message: string, text: string): string =>
  `\n      <failure message="${xml(message)}">${xml(text)}</failure>\n    `;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

// oxlint-disable-next-line no-control-regex -- they are what is taken out
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Characters that XML 1.0 cannot hold are shown as dots. */
const xml = (text: string): string =>
  text.replaceAll(notInXml, '·').replaceAll(/[&<>"']/g, (one) => entities[one] ?? one);
