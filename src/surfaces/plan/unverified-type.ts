import type { Rule } from '../../model/surface.ts';
import type { AttributeChange } from './attribute-changes.ts';
import { destroyFact, stateOnlyFact } from './destroy-facts.ts';
import { examplePlan } from './example-plan.ts';
import { hasFacts } from './facts/attribute-facts.ts';
import { directions } from './facts/direction.ts';
import { safetyNets } from './facts/protections.ts';
import type { PlanArtifact } from './read-plan.ts';
import { isDestroyed, names, resourceIn } from './said.ts';

/** Names that stand for something that holds data, in whatever provider. */
const holdsData =
  /_(database|db|cluster|instance|bucket|volume|disk|table|dataset|file_system|filesystem|vault|secret|queue|topic|stream|snapshot|backup|image|repository|registry|user_pool|keyspace|collection|index|store|storage)$/;
const notData = /_(policy|attachment|association|binding|member|rule|permission|grant|setting|settings|configuration)$/;

/** Names of attributes that often go one way, or keep what a recovery needs. */
const suspects = [
  { name: /(^|[._])(engine_)?version$/, direction: 'raised', because: 'versions seldom go back' },
  {
    name: /(^|_)(disk|volume|storage)(_size|_capacity)?(_in_gb|_gb|_mb|_gib)?$/,
    direction: 'raised',
    because: 'storage seldom shrinks',
  },
  {
    name: /retention|backup.*days|snapshot.*(limit|period|count)/,
    direction: 'lowered',
    because: 'what is kept for a shorter time is deleted',
  },
] as const;

/** Known by its name only. */
export const unverifiedType: Rule<PlanArtifact> = {
  id: 'plan/unverified-type',
  problem:
    'Nothing verified is known of the type. By its name it holds data, or the attribute is one that often goes one way.',
  instead: "Read the provider's page of the type: which attributes replace it, and what a destroy leaves.",
  source: 'https://developer.hashicorp.com/terraform/language/resources/behavior',
  examples: {
    matches: [
      examplePlan([{ type: 'hcloud_volume', before: { id: '1' } }]),
      examplePlan([{ type: 'digitalocean_database_cluster', before: { version: '15' }, after: { version: '16' } }]),
    ],
    passes: [
      examplePlan([{ type: 'hcloud_volume_attachment', before: { id: '1' } }]),
      examplePlan([{ type: 'digitalocean_database_cluster', before: { tags: ['a'] }, after: { tags: ['b'] } }]),
    ],
  },
  *find({ after }) {
    const change = resourceIn(after);
    if (!change || isKnown(change.type)) return;
    const holds = holdsData.test(change.type) && !notData.test(change.type);
    if (holds && isDestroyed(change))
      yield {
        class: 'non-recoverable-without-restore',
        message: `${change.name} is ${change.action === 'delete' ? 'destroyed' : 'replaced'}. Judged by its name only, ${change.type} holds data.`,
        at: change.at,
        known: 'rule',
        closedBy: 'the apply',
      };
    if (change.action !== 'update') return;
    const found = change.attributes.flatMap((one) => suspicion(one));
    if (found.length > 0)
      yield {
        class: 'reversible-with-manual-repair',
        message: `${names(found.map(({ path }) => path))} of ${change.name} changes. Judged by the name only: ${found[0]?.because ?? ''}.`,
        at: change.at,
        known: 'rule',
      };
  },
};

const isKnown = (type: string): boolean =>
  destroyFact(type) !== undefined ||
  stateOnlyFact(type) !== undefined ||
  hasFacts(type) ||
  Object.hasOwn(safetyNets, type);

function suspicion(one: AttributeChange): readonly { readonly path: string; readonly because: string }[] {
  if (one.isUnknown) return [];
  const ways = directions(one.before, one.after);
  return suspects
    .filter(({ name, direction }) => name.test(one.path) && ways.includes(direction))
    .map(({ because }) => ({ path: one.path, because }));
}
