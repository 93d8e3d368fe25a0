import type { Rule } from '../../model/surface.ts';
import type { ChartFile } from './chart-file.ts';
import { isIn, placeOf } from './template-text.ts';

const crd = /^kind:\s*["']?CustomResourceDefinition\b/m;
const keep = /helm\.sh\/resource-policy["']?\s*:\s*["']?keep/;

export const crdInTemplates: Rule<ChartFile> = {
  id: 'helm/crd-in-templates',
  problem:
    'A CRD among the templates belongs to the release: a rollback to a revision without it, or an uninstall, deletes it and every object of its kind.',
  instead: 'Annotate it with `helm.sh/resource-policy: keep`, or ship CRDs in a chart of their own.',
  source: 'https://helm.sh/docs/chart_best_practices/custom_resource_definitions/',
  examples: {
    matches: [
      'kind: CustomResourceDefinition\nmetadata: {name: shops.example.com}\n',
      { before: 'kind: CustomResourceDefinition\nmetadata: {name: shops.example.com}\n' },
    ],
    passes: [
      'kind: CustomResourceDefinition\nmetadata: {name: shops.example.com, annotations: {helm.sh/resource-policy: keep}}\n',
    ],
  },
  *find({ before, after }) {
    const [then, now] = [before, after].map(
      (file) => file?.role === 'template' && isIn(file, crd) && !isIn(file, keep),
    );
    if (then === now) return;
    const file = now ? after : before;
    const at = file && placeOf(file, crd);
    if (now && after && at)
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'non-recoverable-without-restore',
        message:
          'This CRD becomes part of the release: a rollback to a revision without it deletes it, and with it every object of its kind.',
        instead: 'Annotate it with `helm.sh/resource-policy: keep` before the first object is made.',
        closedBy: 'the first object of its kind is made',
        probe: 'kubectl get <plural> -A',
        at,
      };
    else if (before && at && !isIn(after, keep))
      yield {
        class: 'non-recoverable-without-restore',
        message: 'This CRD leaves the release: the upgrade deletes it, and with it every object of its kind.',
        instead: 'Annotate it with `helm.sh/resource-policy: keep` in an earlier release, then take it out.',
        closedBy: 'the upgrade',
        probe: 'kubectl get <plural> -A',
        at,
      };
  },
};
