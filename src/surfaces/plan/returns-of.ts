import type { Returns } from '../../model/artifact.ts';
import type { AttributeChange } from './attribute-changes.ts';
import { factsOfChange, factsOfReturn } from './facts/attribute-facts.ts';
import { isKeptWhenUnset } from './facts/kept-when-unset.ts';
import { isUnset, type PlanValue } from './plan-value.ts';
import type { PlannedAction, PlannedChange } from './planned-change.ts';

export interface Return {
  readonly returns: Returns;
  /** Where it is not the plain inverse: why, as a sentence. */
  readonly because?: string;
}

/** What is known beside the change itself. */
export interface World {
  /** It was deleted outside of Terraform before this plan was made. */
  readonly isLost: boolean;
}

/**
 * What planning the configuration of before would do to a resource once this plan is applied. A resource is compared
 * with the configuration by its address, and a value that a configuration does not mention is left as it is: the way
 * back is not always the change the other way round.
 */
export function returnsOf(change: PlannedChange, world: World): Return {
  if (change.isData) return { returns: 'none' };
  if (change.isDeposed) return { returns: 'none' };
  if (change.previousAddress !== undefined && change.action !== 'delete')
    return afterMove(change, change.previousAddress);
  return byAction[change.action](change, world);
}

const afterImport = ({ isImported }: PlannedChange): Return =>
  isImported
    ? { returns: 'delete', because: 'The configuration of before does not have it, and the state now does.' }
    : { returns: 'none' };

const byAction: Readonly<Record<PlannedAction, (change: PlannedChange, world: World) => Return>> = {
  none: afterImport,
  read: () => ({ returns: 'none' }),
  create: (_, { isLost }) =>
    isLost
      ? { returns: 'none', because: 'It was deleted outside of Terraform; the configuration of before has it too.' }
      : { returns: 'delete' },
  delete: () => ({ returns: 'create' }),
  forget: () => ({ returns: 'create', because: 'The state no longer knows the object that is still there.' }),
  update: (change) => (change.isImported ? afterImport(change) : ofUpdate(change)),
  replace: ofReplacement,
};

/** Between `a` and `a[0]` Terraform moves by itself, in both directions. */
const isMovedByItself = (from: string, to: string): boolean => from === `${to}[0]` || to === `${from}[0]`;

function afterMove(change: PlannedChange, from: string): Return {
  return isMovedByItself(from, change.address)
    ? { returns: 'none', because: `Terraform moves it back to ${from} by itself.` }
    : { returns: 'delete', because: `The configuration of before has it as ${from}, and no moved block back.` };
}

function ofUpdate(change: PlannedChange): Return {
  const replaced = replacedOnReturn(change);
  if (replaced) return replaced;
  if (change.attributes.length > 0 && change.attributes.every((one) => isLeftAsItIs(change.type, one)))
    return {
      returns: 'none',
      because: `${listed(change.attributes)} was not set before, and what a configuration does not set stays as it is.`,
    };
  if (change.attributes.length > 0 && change.attributes.every((one) => differsByAccount(change, one)))
    return {
      returns: 'unknown',
      because: `Only the account in ${listed(change.attributes)} differs, and it is the one that the plan was made in: whether the configuration of before says another one is not in the plan.`,
    };
  return { returns: 'update' };
}

/** The provider plans a replacement only in the direction of the way back. */
function replacedOnReturn({ type, attributes }: PlannedChange): Return | undefined {
  for (const one of attributes) {
    const fact = factsOfReturn(type, one).find(({ plans }) => plans === 'replacement');
    if (fact) return { returns: 'replace', because: fact.because };
  }
  return undefined;
}

function ofReplacement(change: PlannedChange): Return {
  const configured = change.attributes.filter((one) => !one.isUnknown && !isLeftAsItIs(change.type, one));
  if (isOnce(change.reason)) return afterReplacementOnce(change, configured);
  const back = replacedOnReturn(change);
  if (back) return { returns: 'replace' };
  const causes = change.replacedBy.flatMap((path) => change.attributes.filter((one) => isUnder(one.path, path)));
  const staying = causes.filter((one) => !isOneWay(change.type, one) && !isLeftAsItIs(change.type, one));
  if (causes.length === 0 || staying.length > 0) return { returns: 'replace' };
  const because = `${listed(causes)} forces a replacement only in this direction.`;
  return configured.length > 0 ? { returns: 'update', because } : { returns: 'none', because };
}

/** Tainted, or asked for on the command line: no configuration asks for it again. */
const isOnce = (reason: string): boolean => reason === 'replace_because_tainted' || reason === 'replace_by_request';

function afterReplacementOnce(change: PlannedChange, configured: readonly AttributeChange[]): Return {
  const because = 'It is replaced this once, not because of the configuration.';
  const meant = configured.filter(({ before }) => !isUnset(before));
  if (meant.length === 0) return { returns: 'none', because };
  return meant.some((one) => change.replacedBy.includes(one.path))
    ? { returns: 'replace' }
    : {
        returns: 'unknown',
        because: `${because} Whether ${listed(meant)} changes with the configuration cannot be told.`,
      };
}

const isUnder = (path: string, parent: string): boolean => path === parent || path.startsWith(`${parent}.`);

const isOneWay = (type: string, one: AttributeChange): boolean =>
  factsOfChange(type, one).some(({ plans }) => plans === 'replacement') &&
  factsOfReturn(type, one).every(({ plans }) => plans !== 'replacement');

/** It was never set, and a configuration that does not set it does not take it back. */
function isLeftAsItIs(type: string, { path, before }: AttributeChange): boolean {
  const [attribute = ''] = path.split('.');
  return attribute === path && isChosenByProvider(before) && isKeptWhenUnset(type, attribute);
}

/** `default.postgres16`: the names of what AWS gives to those who name nothing. */
const isChosenByProvider = (value: PlanValue | undefined): boolean =>
  isUnset(value) || (typeof value === 'string' && /^default[.:]/.test(value));

const accounts = /(?<![0-9])[0-9]{12}(?![0-9])/g;

/** With the account of the object itself in the place of the one that was there, the value is what it becomes. */
function differsByAccount({ before }: PlannedChange, one: AttributeChange): boolean {
  const own = typeof before['arn'] === 'string' ? before['arn'].match(accounts)?.[0] : undefined;
  if (own === undefined || typeof one.before !== 'string' || typeof one.after !== 'string') return false;
  return one.before.replaceAll(accounts, own) === one.after;
}

const listed = (attributes: readonly AttributeChange[]): string => {
  const names = [...new Set(attributes.map(({ path }) => path))];
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(' and ');
};
