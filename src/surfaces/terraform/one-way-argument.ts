import type { Rule } from '../../model/surface.ts';
import { destroyFact } from '../plan/destroy-facts.ts';
import { factsOfChange, factsOfReturn } from '../plan/facts/attribute-facts.ts';
import { isFixed } from '../plan/facts/fixed-attributes.ts';
import { fromTo } from '../plan/said.ts';
import type { Configuration } from './configuration.ts';
import { changedArguments, changedResources } from './resource-changes.ts';

/** Growth and upgrades go one way; what is fixed at creation goes no way at all. */
export const oneWayArgument: Rule<Configuration> = {
  id: 'terraform/one-way-argument',
  problem: 'An argument changes that only goes one way, or that is fixed when the object is made.',
  instead: 'Build the new object beside the old one, move over, and remove the old one later.',
  source: 'https://developer.hashicorp.com/terraform/language/resources/behavior',
  examples: {
    matches: [
      {
        before: 'resource "aws_msk_cluster" "m" {\n  kafka_version = "3.5.1"\n}\n',
        after: 'resource "aws_msk_cluster" "m" {\n  kafka_version = "3.6.0"\n}\n',
      },
      {
        before: 'resource "aws_db_instance" "d" {\n  username = "a"\n}\n',
        after: 'resource "aws_db_instance" "d" {\n  username = "b"\n}\n',
      },
    ],
    passes: [
      {
        before: 'resource "aws_db_instance" "d" {\n  instance_class = "db.m5.large"\n}\n',
        after: 'resource "aws_db_instance" "d" {\n  instance_class = "db.m5.xlarge"\n}\n',
      },
    ],
  },
  *find(change) {
    for (const { address, type, before, after } of changedResources(change))
      for (const one of changedArguments(before, after)) {
        const now = factsOfChange(type, one).find(({ topic }) => topic === 'door');
        const back = factsOfReturn(type, one).find(({ topic }) => topic === 'door');
        const lost = destroyFact(type);
        if (now)
          yield {
            class: now.class,
            message: `${one.path} of ${address} goes${fromTo(one)}. ${now.because}`,
            at: one.argument.at,
          };
        else if (back)
          yield {
            class: 'forward-only',
            message: `${one.path} of ${address} goes${fromTo(one)} and not back. ${back.because}`,
            at: one.argument.at,
            closedBy: 'the apply',
          };
        else if (isFixed(type, one.path))
          yield {
            class: lost?.class ?? 'reversible-with-manual-repair',
            message: `${one.path} of ${address} is fixed when it is made, so the apply replaces it${lost ? `: ${lost.loses}` : ''}.`,
            at: one.argument.at,
            closedBy: 'the apply',
          };
      }
  },
};
