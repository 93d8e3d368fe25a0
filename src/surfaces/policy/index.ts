import type { Reading, SourceFile } from '../../model/artifact.ts';
import type { Surface } from '../../model/surface.ts';
import { pairsOf, readableManifests } from '../manifests.ts';
import { readEach } from '../read-each.ts';
import { loadYamlReader, type YamlReader } from '../yaml-stream.ts';
import type { Policy, PolicyFile } from './artifact.ts';
import { policiesInIam } from './in-iam.ts';
import { policyInRego } from './in-rego.ts';
import { policyIn } from './policy-in.ts';
import { rules } from './registry.ts';

const signs = ['kyverno.io/', 'admissionregistration.k8s.io/', 'gatekeeper.sh/', 'pod-security.kubernetes.io/enforce'];
const isIam = (path: string, text: string): boolean =>
  /\.(?:json|ya?ml)$/.test(path) && /^\s*\{/.test(text) && text.includes('"Statement"') && text.includes('"Effect"');
/** By its name; an example has none, and begins as only such a file does. */
const isRego = (path: string, text: string): boolean =>
  path.endsWith('.rego')
    ? !path.endsWith('_test.rego')
    : path.endsWith('.yaml') && /^package[ \t]+[\w.]+[ \t]*\n/.test(text);

export const policy: Surface<PolicyFile> = {
  name: 'policy',
  summary: 'Policies: what is refused, by Kyverno, admission policies, Gatekeeper, Rego or IAM.',
  wayBack: 'Apply the previous policy.',
  mainRisk: 'Going back allows again what was closed for a reason, or refuses what was let in meanwhile.',
  examplePath: 'policy.yaml',
  recognises: (path, text) =>
    isRego(path, text) ||
    isIam(path, text) ||
    (/\.(?:ya?ml|json)$/.test(path) && signs.some((sign) => text.includes(sign))),
  read: readPolicies,
  rules: Object.values(rules),
};

async function* readPolicies(files: readonly SourceFile[]): AsyncIterable<Reading<PolicyFile>> {
  const reader = await loadYamlReader();
  const isText = ({ path, before, after }: SourceFile): boolean =>
    [before, after].some((text) => text !== undefined && (isRego(path, text) || isIam(path, text)));
  const hasTest = (path: string): boolean => files.some((test) => tests.test(test.path) && isNear(test.path, path));
  for (const file of files.filter(isText)) {
    if (file.before === file.after) continue;
    yield* readEach([file], (text, path) => ({
      path,
      text,
      policies: policiesInText(reader, text, path),
      hasTest: hasTest(path),
    }));
  }
  const others = files.filter((file) => !isText(file));
  for await (const reading of readableManifests(others)) {
    if ('unread' in reading) continue;
    const { path } = reading;
    const texts = files.find((file) => file.path === path);
    const of = (version: 'before' | 'after'): PolicyFile => ({
      path,
      text: texts?.[version] ?? '',
      policies: pairsOf(reading).flatMap((pair) => {
        const manifest = pair[version];
        return manifest ? (policyIn(manifest) ?? []) : [];
      }),
      hasTest: hasTest(path),
    });
    const [before, after] = [of('before'), of('after')];
    if (before.policies.length + after.policies.length > 0) yield { path, before, after };
  }
}

const policiesInText = (reader: YamlReader, text: string, path: string): readonly Policy[] =>
  isRego(path, text) ? [policyInRego(text, path)] : policiesInIam(reader, text, path);

const tests = /_test\.rego$|(?:kyverno|chainsaw)-test\.ya?ml$|suite\.ya?ml$/;
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
const isNear = (test: string, path: string): boolean =>
  folderOf(test).startsWith(folderOf(path)) ||
  folderOf(path).startsWith(folderOf(test).replace(/(?:\.?(?:kyverno-)?tests?)\/$/, ''));
