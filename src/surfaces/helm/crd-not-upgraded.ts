import type { Rule } from '../../model/surface.ts';
import type { ChartFile } from './chart-file.ts';
import { isSameText } from './template-text.ts';

export const crdNotUpgraded: Rule<ChartFile> = {
  id: 'helm/crd-not-upgraded',
  problem: 'Helm installs what lies in `crds/` once. It never upgrades it, never rolls it back, and never deletes it.',
  instead: 'Apply changed CRDs by a step of their own, forward and back.',
  source: 'https://helm.sh/docs/chart_best_practices/custom_resource_definitions/',
  examples: {
    matches: [
      {
        before: '# Source: shop/crds/shop.yaml\nkind: CustomResourceDefinition\nspec: {versions: [{name: v1}]}\n',
        after:
          '# Source: shop/crds/shop.yaml\nkind: CustomResourceDefinition\nspec: {versions: [{name: v1}, {name: v2}]}\n',
      },
      '# Source: shop/crds/shop.yaml\nkind: CustomResourceDefinition\n',
    ],
    passes: [
      {
        before: '# Source: shop/crds/shop.yaml\nkind: CustomResourceDefinition\nspec: {versions: [{name: v1}]}\n',
      },
    ],
  },
  *find({ before, after }) {
    if (after?.role !== 'crd' || after.chart.root === undefined || (before && isSameText(before, after))) return;
    const at = { path: after.path, line: 1, column: 1 };
    if (before)
      yield {
        class: 'reversible-with-manual-repair',
        message:
          'A CRD in `crds/` changes: Helm applies it neither on upgrade nor on rollback, so chart and cluster differ until a person applies it.',
        instead:
          'Apply it with `kubectl apply --server-side` in a step of its own; on the way back, ask which versions are stored first.',
        probe: 'kubectl get crd <name> -o jsonpath={.status.storedVersions}',
        closedBy: 'an object is stored with what only the newer CRD knows',
        at,
      };
    else
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message:
          'A new CRD in `crds/` is installed once and left there: no rollback or uninstall takes it, or its objects, away.',
        instead: 'Delete it by hand after a rollback, once no object of it is needed.',
        at,
      };
  },
};
