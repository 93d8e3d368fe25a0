import type { Rule } from '../../model/surface.ts';
import { blocksOf, type Block, type Configuration } from './configuration.ts';

interface Backend {
  readonly kind: string;
  readonly text: string;
  readonly block: Block;
}

/** Where the state is decides which objects are known. */
export const backendChanged: Rule<Configuration> = {
  id: 'terraform/backend-changed',
  problem: 'The state moves to another place. A revert goes back to the old place, where the state has stood still.',
  instead: 'Migrate with `terraform init -migrate-state`, lock the old place, and migrate back the same way.',
  source: 'https://developer.hashicorp.com/terraform/language/backend',
  examples: {
    matches: [
      {
        before: 'terraform {\n  backend "s3" {\n    key = "a"\n  }\n}\n',
        after: 'terraform {\n  backend "s3" {\n    key = "b"\n  }\n}\n',
      },
      { before: 'terraform {\n  backend "s3" {\n    key = "a"\n  }\n}\n', after: 'terraform {\n}\n' },
    ],
    passes: [
      {
        before: 'terraform {\n  backend "s3" {\n    key = "a"\n  }\n}\n',
        after: 'terraform {\n  required_version = "~> 1.11"\n  backend "s3" {\n    key = "a"\n  }\n}\n',
      },
    ],
  },
  *find({ before, after }) {
    const [was, is] = [backendOf(before?.module), backendOf(after?.module)];
    const isHere = backendOf(before?.blocks) ?? backendOf(after?.blocks);
    if (!isHere || !before || !after || was?.text === is?.text) return;
    yield {
      class: 'reversible-with-manual-repair',
      message: `The state moves from ${was?.kind ?? 'a local file'} to ${is?.kind ?? 'a local file'}, or to another place in it. After the first apply the old one is out of date.`,
      at: is?.block.at ?? after.at,
      inverse: 'terraform init -migrate-state   # with the backend of before',
      closedBy: 'the first apply with the new backend',
    };
  },
};

const backendOf = (blocks: readonly Block[] | undefined): Backend | undefined =>
  blocksOf(blocks, 'terraform')
    .flatMap(({ blocks: inner }) => inner.filter(({ type }) => type === 'backend' || type === 'cloud'))
    .map((block) => ({ kind: block.labels[0] ?? block.type, text: textOf(block), block }))[0];

const textOf = (block: Block): string =>
  [
    ...block.labels,
    ...[...block.arguments.values()].map(({ name, text }) => `${name}=${text}`).toSorted(),
    ...block.blocks.map(textOf),
  ].join('\n');
