import type { Rule } from '../../model/surface.ts';
import type { ChartFile } from './chart-file.ts';
import { isIn, placeOf } from './template-text.ts';

const generates =
  /\{\{[^{}]*\b(rand(?:AlphaNum|Alpha|Numeric|Ascii|Bytes)|gen(?:CA|PrivateKey|SelfSignedCert|SignedCert)\w*|uuidv4|htpasswd|bcrypt)\b/;
const looksUp = /\{\{[^{}]*\blookup\b/;

export const generatedSecret: Rule<ChartFile> = {
  id: 'helm/generated-secret',
  problem:
    'The template makes a new random value each time it is rendered. A revert in Git renders a third one: neither the new nor the old secret comes back.',
  instead: 'Take the secret from outside (an existing Secret, ExternalSecret), and let the chart only name it.',
  source: 'https://helm.sh/docs/chart_template_guide/function_list/#cryptographic-and-security-functions',
  examples: {
    matches: ['kind: Secret\ndata:\n  password: {{ randAlphaNum 32 | b64enc }}\n'],
    passes: ['kind: Secret\ndata:\n  password: {{ required "set it" .Values.password | b64enc }}\n'],
  },
  *find({ before, after }) {
    if (after?.role !== 'template' || !isIn(after, generates)) return;
    const [call, then] = [generates.exec(after.text)?.[1], before && generates.exec(before.text)?.[1]];
    const isNew = then === undefined;
    const wasKept = before !== undefined && isIn(before, looksUp);
    const isKept = isIn(after, looksUp);
    if ((!isNew && isKept === wasKept) || call === undefined) return;
    const at = placeOf(after, generates);
    if (!at) return;
    yield {
      class: 'reversible-with-manual-repair',
      message: isKept
        ? `${call} is kept only while \`lookup\` can see the cluster: rendered by Argo CD or \`helm template\` it is a new one each time.`
        : `${call} gives a new value at every render: each upgrade, and each revert, replaces the secret, and clients hold the wrong one.`,
      instead: 'Take the value from a Secret that the chart does not make.',
      closedBy: 'the next render',
      at,
    };
  },
};
