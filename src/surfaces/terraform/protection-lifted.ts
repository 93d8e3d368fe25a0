import type { Rule } from '../../model/surface.ts';
import { directions } from '../plan/facts/direction.ts';
import { protections } from '../plan/facts/protections.ts';
import { lifecycleArgument, type Block, type Configuration } from './configuration.ts';
import { changedArguments, changedResources } from './resource-changes.ts';

const isGuarded = (block: Block): boolean => lifecycleArgument(block, 'prevent_destroy')?.value === true;

/** Nothing is lost yet; the next change can lose it. */
export const protectionLifted: Rule<Configuration> = {
  id: 'terraform/protection-lifted',
  problem:
    'What stands between an object and its end is taken away: prevent_destroy, deletion protection, a final snapshot.',
  instead: 'Lift it in a change of its own, right before the destroy it is meant for.',
  source: 'https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle',
  examples: {
    matches: [
      {
        before: 'resource "aws_s3_bucket" "b" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n',
        after: 'resource "aws_s3_bucket" "b" {\n}\n',
      },
      {
        before: 'resource "aws_db_instance" "d" {\n  deletion_protection = true\n}\n',
        after: 'resource "aws_db_instance" "d" {\n  deletion_protection = false\n}\n',
      },
    ],
    passes: [
      {
        before: 'resource "aws_s3_bucket" "b" {\n}\n',
        after: 'resource "aws_s3_bucket" "b" {\n  lifecycle {\n    prevent_destroy = true\n  }\n}\n',
      },
    ],
  },
  *find(change) {
    for (const { address, before, after } of changedResources(change)) {
      if (isGuarded(before) && !isGuarded(after))
        yield {
          class: 'fully-reversible',
          message: `prevent_destroy of ${address} is taken away: a plan may now destroy it.`,
          at: lifecycleArgument(after, 'prevent_destroy')?.at ?? after.at,
          closedBy: 'the next destroy of it',
        };
      for (const one of changedArguments(before, after)) {
        if (!Object.hasOwn(protections, one.path)) continue;
        const fact = protections[one.path as keyof typeof protections];
        if (directions(one.before, one.after).some((direction) => direction === fact.when))
          yield {
            class: 'fully-reversible',
            message: `${one.path} of ${address} changes: ${fact.because}.`,
            at: one.argument.at,
            closedBy: 'the next destroy of it',
          };
      }
    }
  },
};
