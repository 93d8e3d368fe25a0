import type { Rule } from '../../model/surface.ts';
import { factsOfChange } from '../plan/facts/attribute-facts.ts';
import { fromTo } from '../plan/said.ts';
import type { Configuration } from './configuration.ts';
import { changedArguments, changedResources } from './resource-changes.ts';

/** Shorter retention deletes what a recovery would have read. */
export const retentionLowered: Rule<Configuration> = {
  id: 'terraform/retention-lowered',
  problem:
    'The configuration keeps backups, versions, logs or messages for a shorter time. What falls out of it is deleted.',
  instead: 'Leave the retention as it is until the change is proven, or export what falls out of it first.',
  source: 'https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html',
  examples: {
    matches: [
      {
        before: 'resource "aws_cloudwatch_log_group" "g" {\n  retention_in_days = 365\n}\n',
        after: 'resource "aws_cloudwatch_log_group" "g" {\n  retention_in_days = 7\n}\n',
      },
    ],
    passes: [
      {
        before: 'resource "aws_cloudwatch_log_group" "g" {\n  retention_in_days = 7\n}\n',
        after: 'resource "aws_cloudwatch_log_group" "g" {\n  retention_in_days = 365\n}\n',
      },
    ],
  },
  *find(change) {
    for (const { address, type, before, after } of changedResources(change))
      for (const one of changedArguments(before, after)) {
        const fact = factsOfChange(type, one).find(({ topic }) => topic === 'history');
        if (fact)
          yield {
            class: fact.class,
            message: `${one.path} of ${address} changes${fromTo(one)}. ${fact.because} Reverting does not bring it back.`,
            at: one.argument.at,
            closedBy: 'the apply',
          };
      }
  },
};
