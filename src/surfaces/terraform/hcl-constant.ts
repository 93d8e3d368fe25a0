import type { Node } from 'web-tree-sitter';

import type { PlanValue } from '../plan/plan-value.ts';

/** The value of an expression, as far as it is a constant; a part that is not stays as it is written, in `${…}`. */
export function constantOf(expression: Node): PlanValue | undefined {
  const [inner, ...rest] = expression.namedChildren.filter((node) => node.type !== 'comment');
  if (!inner || rest.length > 0) return undefined;
  return Object.hasOwn(readers, inner.type) ? readers[inner.type]?.(inner) : undefined;
}

const readers: Readonly<Record<string, (node: Node) => PlanValue | undefined>> = {
  literal_value: (node) => literals[node.namedChildren[0]?.type ?? '']?.(node.text),
  template_expr: (node) => templateOf(node),
  collection_value: (node) => collectionOf(node),
  function_call: (node) => encodedOf(node),
  operation: (node) => (/^-\s*\d+(\.\d+)?$/.test(node.text) ? Number(node.text.replaceAll(/\s/g, '')) : undefined),
};

const literals: Readonly<Record<string, (text: string) => PlanValue>> = {
  string_lit: (text) => unescaped(text.slice(1, -1)),
  numeric_lit: Number,
  bool_lit: (text) => text === 'true',
  null_lit: () => null,
};

function templateOf(node: Node): string {
  const [template] = node.namedChildren;
  if (template?.type !== 'heredoc_template') return unescaped(node.text.slice(1, -1));
  const lines = node.text.split('\n').slice(1, -1);
  return lines.join('\n');
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
const unescaped = (text: string): string =>
  text.replaceAll(/\\([nrt"\\])/g, (_, letter: string) => escapes[letter] ?? letter);

const orText = (expression: Node): PlanValue => constantOf(expression) ?? `\${${expression.text}}`;

function collectionOf(node: Node): PlanValue | undefined {
  const [collection] = node.namedChildren;
  if (collection?.type === 'tuple')
    return collection.namedChildren.filter(({ type }) => type === 'expression').map(orText);
  if (collection?.type !== 'object') return undefined;
  return Object.fromEntries(
    collection.namedChildren
      .filter(({ type }) => type === 'object_elem')
      .flatMap((element): [string, PlanValue][] => {
        const [key, value] = [element.childForFieldName('key'), element.childForFieldName('val')];
        return key && value ? [[keyOf(key), orText(value)]] : [];
      }),
  );
}

const keyOf = (key: Node): string => {
  const constant = constantOf(key);
  return typeof constant === 'string' ? constant : key.text.replaceAll('"', '');
};

/** `jsonencode({ … })` is the text that it makes. */
function encodedOf(node: Node): PlanValue | undefined {
  const [name, args] = node.namedChildren;
  const [argument] = args?.namedChildren.filter(({ type }) => type === 'expression') ?? [];
  if (name?.text !== 'jsonencode' || !argument) return undefined;
  const value = constantOf(argument);
  return value === undefined ? undefined : JSON.stringify(value);
}
