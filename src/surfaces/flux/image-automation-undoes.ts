import type { Rule } from '../../model/surface.ts';
import { docs, type FluxFile } from './flux-object.ts';

const mark = /#\s*\{\s*"\$imagepolicy"\s*:\s*"([^"\s]+)"\s*\}/;

export const imageAutomationUndoes: Rule<FluxFile> = {
  id: 'flux/image-automation-undoes',
  problem:
    'The line that changes is kept by image automation. A revert is overwritten with the newest image within its interval.',
  instead: 'Suspend the automation, or narrow its policy, before the revert; put it back afterwards.',
  source: docs.automation,
  examples: {
    matches: [
      {
        before: 'image: shop/web:1.0.0 # {"$imagepolicy": "flux-system:web"}\n',
        after: 'image: shop/web:1.1.0 # {"$imagepolicy": "flux-system:web"}\n',
      },
    ],
    passes: [
      {
        before: 'replicas: 1\nimage: shop/web:1.0.0 # {"$imagepolicy": "flux-system:web"}\n',
        after: 'replicas: 2\nimage: shop/web:1.0.0 # {"$imagepolicy": "flux-system:web"}\n',
      },
    ],
  },
  *find({ before, after }) {
    if (!before || !after || !after.text.includes('$imagepolicy')) return;
    const old = new Set(before.text.split('\n'));
    const changed = after.text
      .split('\n')
      .map((text, index) => ({ text, line: index + 1, policy: mark.exec(text)?.[1] }))
      .filter(({ text, policy }) => policy !== undefined && !old.has(text));
    const [first] = changed;
    const marked = new Set(before.text.split('\n').flatMap((text) => mark.exec(text)?.[1] ?? []));
    if (!first?.policy || !marked.has(first.policy)) return;
    const policies = [...new Set(changed.flatMap(({ policy }) => policy ?? []))];
    yield {
      class: 'reversible-with-manual-repair',
      message: `Image automation keeps this line (${policies.join(', ')}): it changes a revert back to the newest image at its next run.`,
      instead: 'Suspend the ImageUpdateAutomation first, revert, and resume it once the policy excludes the bad image.',
      inverse: 'flux suspend image update --all -n flux-system',
      probe: 'flux get image update -A',
      at: { path: after.path, line: first.line, column: first.text.indexOf('#') + 1 },
    };
  },
};
