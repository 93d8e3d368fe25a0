import type { Json } from '../../model/json.ts';
import { asFields, asList, asText, titleOf, type Manifest } from '../manifest.ts';
import type { Step } from '../yaml-position.ts';
import type { Clause, Enforcement, Policy } from './artifact.ts';

/** Where each kind of policy says what it does. */
interface Layout {
  readonly isOf: (manifest: Manifest) => boolean;
  readonly isSwitch?: true;
  readonly enforcement?: { readonly path: readonly Step[]; readonly silence: Enforcement };
  readonly failure?: { readonly path: readonly Step[]; readonly silence: 'Fail' | 'Ignore' };
  readonly rules: readonly (readonly Step[])[];
  readonly exceptions: readonly (readonly Step[])[];
}

const ofGroup =
  (group: string, ...kinds: readonly string[]) =>
  (manifest: Manifest): boolean =>
    manifest.group === group && (kinds.length === 0 || kinds.includes(manifest.kind));

const admission = 'admissionregistration.k8s.io';
const layouts: readonly Layout[] = [
  {
    isOf: ofGroup('kyverno.io', 'ClusterPolicy', 'Policy'),
    enforcement: { path: ['spec', 'validationFailureAction'], silence: 'audit' },
    failure: { path: ['spec', 'failurePolicy'], silence: 'Fail' },
    rules: [['spec', 'rules']],
    exceptions: [['spec', 'validationFailureActionOverrides']],
  },
  {
    isOf: ofGroup('kyverno.io', 'PolicyException', 'ClusterPolicyException'),
    rules: [],
    exceptions: [
      ['spec', 'exceptions'],
      ['spec', 'match'],
    ],
  },
  {
    isOf: ofGroup('policies.kyverno.io', 'ValidatingPolicy', 'ImageValidatingPolicy'),
    enforcement: { path: ['spec', 'validationActions'], silence: 'deny' },
    failure: { path: ['spec', 'failurePolicy'], silence: 'Fail' },
    rules: [['spec', 'validations']],
    exceptions: [['spec', 'matchConditions']],
  },
  {
    isOf: ofGroup(admission, 'ValidatingAdmissionPolicy'),
    failure: { path: ['spec', 'failurePolicy'], silence: 'Fail' },
    rules: [['spec', 'validations']],
    exceptions: [
      ['spec', 'matchConditions'],
      ['spec', 'matchConstraints', 'excludeResourceRules'],
    ],
  },
  {
    isOf: ofGroup(admission, 'ValidatingAdmissionPolicyBinding'),
    isSwitch: true,
    enforcement: { path: ['spec', 'validationActions'], silence: 'deny' },
    rules: [['spec', 'policyName']],
    exceptions: [['spec', 'matchResources']],
  },
  {
    isOf: ofGroup(admission, 'ValidatingWebhookConfiguration'),
    isSwitch: true,
    failure: { path: ['webhooks', 0, 'failurePolicy'], silence: 'Fail' },
    rules: [['webhooks']],
    exceptions: [],
  },
  {
    isOf: ofGroup('constraints.gatekeeper.sh'),
    enforcement: { path: ['spec', 'enforcementAction'], silence: 'deny' },
    rules: [
      ['spec', 'parameters'],
      ['spec', 'match', 'kinds'],
    ],
    exceptions: [
      ['spec', 'match', 'excludedNamespaces'],
      ['spec', 'match', 'namespaceSelector'],
    ],
  },
  { isOf: ofGroup('templates.gatekeeper.sh', 'ConstraintTemplate'), rules: [['spec', 'targets']], exceptions: [] },
  { isOf: ofGroup('config.gatekeeper.sh', 'Config'), isSwitch: true, rules: [], exceptions: [['spec', 'match']] },
];

const words: Readonly<Record<string, Enforcement>> = {
  enforce: 'deny',
  deny: 'deny',
  warn: 'warn',
  audit: 'audit',
  dryrun: 'audit',
};

/** The policy that a manifest is, or undefined when it is none. */
export function policyIn(manifest: Manifest): Policy | undefined {
  if (manifest.kind === 'Namespace') return podSecurityOf(manifest);
  const layout = layouts.find(({ isOf }) => isOf(manifest));
  if (!layout) return undefined;
  const { enforcement, failure } = layout;
  return {
    title: titleOf(manifest),
    is: layout.isSwitch ? 'switch' : 'logic',
    enforcement: enforcement && enforcementOf(manifest, enforcement),
    failsClosed: failure && (asText(manifest.field(...failure.path)) ?? failure.silence) === 'Fail',
    clauses: [
      ...layout.rules.flatMap((path) => clausesAt(manifest, path, true)),
      ...layout.exceptions.flatMap((path) => clausesAt(manifest, path, false)),
    ],
    at: (what) => {
      if (what === 'enforcement' && enforcement) return manifest.at(...enforcement.path);
      return what === 'failure' && failure ? manifest.at(...failure.path) : manifest.at('metadata', 'name');
    },
  };
}

/** The strictest of what is written, in the policy or in its rules. */
function enforcementOf(manifest: Manifest, { path, silence }: NonNullable<Layout['enforcement']>): Enforcement {
  const value = manifest.field(...path);
  const own = asList(manifest.field('spec', 'rules')).map(
    (rule) => asFields(asFields(rule)['validate'])['failureAction'],
  );
  const found = [...(Array.isArray(value) ? asList(value) : [value]), ...own].flatMap(
    (one) => words[(asText(one) ?? '').toLowerCase()] ?? [],
  );
  if (found.length === 0) return silence;
  return found.includes('deny') ? 'deny' : found.includes('warn') ? 'warn' : 'audit';
}

/** A list is one clause an item, anything else is one clause. What a rule excludes is an exception of its own. */
function clausesAt(manifest: Manifest, path: readonly Step[], refuses: boolean): readonly Clause[] {
  const value = manifest.field(...path);
  if (value === undefined) return [];
  if (!Array.isArray(value)) return [clause(manifest, path, String(path.at(-1)), value, refuses)];
  return asList(value).flatMap((item, index) => {
    const fields = asFields(item);
    const name =
      asText(fields['name']) ?? asText(fields['expression']) ?? asText(item) ?? `${String(path.at(-1))} ${index + 1}`;
    const { exclude, ...rest } = fields;
    const own = clause(manifest, [...path, index], name, exclude === undefined ? item : rest, refuses);
    if (exclude === undefined) return [own];
    return [own, clause(manifest, [...path, index, 'exclude'], `exclude of ${name}`, exclude, false)];
  });
}

const clause = (manifest: Manifest, path: readonly Step[], name: string, value: Json, refuses: boolean): Clause => ({
  name,
  text: JSON.stringify(value),
  refuses,
  at: () => manifest.at(...path),
});

const levels: Readonly<Record<string, Enforcement>> = { privileged: 'off', baseline: 'warn', restricted: 'deny' };

/** The level of Pod Security admission that a namespace asks for; without one, everything is let in. */
function podSecurityOf(namespace: Manifest): Policy | undefined {
  const label = 'pod-security.kubernetes.io/enforce';
  const level = asText(namespace.field('metadata', 'labels', label));
  return {
    title: `Pod Security of ${titleOf(namespace)}`,
    is: 'switch',
    enforcement: levels[level ?? 'privileged'] ?? 'off',
    failsClosed: undefined,
    clauses: [],
    at: () => namespace.at('metadata', 'labels', label),
  };
}
