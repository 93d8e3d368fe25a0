import type { Rule } from '../../model/surface.ts';
import { titleOf } from '../manifest.ts';
import { changedOf, docs, type FluxFile } from './flux-object.ts';
import { packageKinds } from './package-version.ts';

const places = [
  ['spec', 'verify'],
  ['spec', 'chart', 'spec', 'verify'],
] as const;

export const signatureNotVerified: Rule<FluxFile> = {
  id: 'flux/signature-not-verified',
  problem: 'The source is no longer verified: whatever lies under its name is applied, whoever put it there.',
  instead: 'Trust the new key beside the old one, instead of trusting none.',
  source: docs.oci,
  examples: {
    matches: [
      {
        before:
          'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: web}\nspec: {verify: {provider: cosign}}\n',
        after:
          'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: web}\nspec: {interval: 1h}\n',
      },
    ],
    passes: [
      {
        before:
          'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: web}\nspec: {interval: 1h}\n',
        after:
          'apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: web}\nspec: {verify: {provider: cosign}}\n',
      },
    ],
  },
  *find(change) {
    for (const { before, after } of changedOf(change, ...packageKinds)) {
      const steps = places.find((one) => before.field(...one) !== undefined && after.field(...one) === undefined);
      if (!steps) continue;
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'compensatable',
        message: `${titleOf(after)} is no longer verified. What is applied unverified until a revert cannot be taken back by it, only examined.`,
        instead: 'Trust the new key beside the old one.',
        closedBy: 'something unsigned is applied',
        at: after.at(...steps.slice(0, -1)),
      };
    }
  },
};
