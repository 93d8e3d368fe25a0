import { createRequire } from 'node:module';

import type { Node, Parser } from 'web-tree-sitter';

import { Fault } from '../../model/fault.ts';
import type { Argument, Block, Position } from './configuration.ts';
import { constantOf } from './hcl-constant.ts';
import { refuseTooLarge } from './refuse-too-large.ts';

let loading: Promise<Parser> | undefined;

/** HashiCorp's grammar as WebAssembly, found beside its packages and loaded when it is first needed. */
async function loadParser(): Promise<Parser> {
  const { resolve } = createRequire(import.meta.url);
  const treeSitter = await import('web-tree-sitter');
  await treeSitter.Parser.init({ locateFile: () => resolve('web-tree-sitter/web-tree-sitter.wasm') });
  const parser = new treeSitter.Parser();
  parser.setLanguage(
    await treeSitter.Language.load(resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm')),
  );
  return parser;
}

/** The blocks of a file. Faults: `invalid-input`, with the position, for what is not HCL, or too large. */
export async function hclBlocks(text: string, path: string): Promise<readonly Block[]> {
  refuseTooLarge(text, path);
  loading ??= loadParser();
  const parser = await loading;
  const tree = parser.parse(text);
  if (!tree) throw new Fault('invalid-input', `${path} cannot be read as HCL.`, { at: `${path}:1:1` });
  try {
    if (tree.rootNode.hasError) throw notHcl(tree.rootNode, path);
    const body = tree.rootNode.namedChildren.find((node) => node.type === 'body');
    return body ? bodyOf(body, path).blocks : [];
  } finally {
    tree.delete();
  }
}

/** Down to the first node that is wrong or missing. */
function notHcl(root: Node, path: string): Fault {
  let node = root;
  for (;;) {
    const inner: Node | undefined = node.children.find((child) => child.hasError || child.isMissing || child.isError);
    if (!inner) break;
    node = inner;
  }
  const { line, column } = positionOf(node, path);
  const what = node.isMissing ? `\`${node.type}\` is missing` : 'this is not what HCL allows here';
  return new Fault('invalid-input', `${path} cannot be read as HCL: ${what}.`, {
    at: `${path}:${line}:${column}`,
    advice: 'Run `terraform fmt` or `terraform validate` to see what is wrong.',
  });
}

const positionOf = ({ startPosition }: Node, path: string): Position => ({
  path,
  line: startPosition.row + 1,
  column: startPosition.column + 1,
});

function bodyOf(
  body: Node,
  path: string,
): { readonly args: ReadonlyMap<string, Argument>; readonly blocks: readonly Block[] } {
  const args = new Map<string, Argument>();
  const blocks: Block[] = [];
  for (const node of body.namedChildren) {
    if (node.type === 'block') blocks.push(blockOf(node, path));
    if (node.type !== 'attribute') continue;
    const [name, expression] = node.namedChildren.filter((child) => child.type !== 'comment');
    if (name && expression)
      args.set(name.text, {
        name: name.text,
        value: constantOf(expression),
        text: expression.text.replaceAll(/\s+/g, ' '),
        at: positionOf(node, path),
      });
  }
  return { args, blocks };
}

function blockOf(node: Node, path: string): Block {
  const [type, ...rest] = node.namedChildren;
  const body = rest.find((child) => child.type === 'body');
  const { args, blocks } = body ? bodyOf(body, path) : { args: new Map<string, Argument>(), blocks: [] };
  const labels = rest
    .filter((child) => child.type === 'string_lit' || child.type === 'identifier')
    .map((child) => child.text.replaceAll('"', ''));
  return { type: type?.text ?? '', labels, arguments: args, blocks, at: positionOf(node, path) };
}
