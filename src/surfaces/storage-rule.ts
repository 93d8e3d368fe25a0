import type { Rule } from '../model/surface.ts';

type Shared = Pick<Rule<never>, 'problem' | 'instead' | 'source' | 'examples'>;

/**
 * What is the same of a volume claim in values, wherever the values stand.
 *
 * @param fileWith a file of the surface with these values, in YAML's flow style
 */
export const storageRule = (fileWith: (values: string) => string): Shared => ({
  problem:
    'Values that become a volume claim change. A claim never shrinks, keeps its class and its access modes, and loses its data when it goes.',
  instead: 'Make a second claim, copy the data, then switch.',
  source: 'https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims',
  examples: {
    matches: [
      { before: fileWith('persistence: {size: 1Gi}'), after: fileWith('persistence: {size: 2Gi}') },
      {
        before: fileWith('persistence: {enabled: true, size: 1Gi}'),
        after: fileWith('persistence: {enabled: false, size: 1Gi}'),
      },
      {
        before: fileWith('persistence: {data: {storageClass: a}}'),
        after: fileWith('persistence: {data: {storageClass: b}}'),
      },
    ],
    passes: [
      { before: fileWith('persistence: {size: 1Gi}'), after: fileWith('persistence: {size: 1Gi}, port: 8080') },
      {
        before: fileWith('persistence: {tmp: {type: emptyDir, size: 1Gi}}'),
        after: fileWith('persistence: {tmp: {type: emptyDir, size: 2Gi}}'),
      },
      { before: fileWith('resources: {size: 1}'), after: fileWith('resources: {size: 2}') },
    ],
  },
});
