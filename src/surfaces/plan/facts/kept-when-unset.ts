import { keptBlocks } from './kept-blocks.ts';
import { keptWhenUnset1 } from './kept-when-unset-1.ts';
import { keptWhenUnset2 } from './kept-when-unset-2.ts';

const kept = new Map<string, Set<string>>();

function readTable(): void {
  for (const row of [keptWhenUnset1, keptWhenUnset2, keptBlocks].join('').replaceAll('\n ', ' ').split('\n')) {
    const [type, attributes] = row.split(': ');
    if (!type || !attributes) continue;
    const known = kept.get(`aws_${type}`);
    kept.set(`aws_${type}`, new Set([...(known ?? []), ...attributes.split(' ')]));
  }
}

/**
 * Whether a configuration that says nothing about the attribute leaves it as it is: what was set once then stays, and
 * reverting the configuration does not take it back. Source: the provider's schema, *optional* and *computed*; of blocks, what the provider planned.
 */
export function isKeptWhenUnset(type: string, attribute: string): boolean {
  if (kept.size === 0) readTable();
  return kept.get(type)?.has(attribute) ?? false;
}
