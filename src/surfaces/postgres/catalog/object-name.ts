import type { Context } from './context.ts';

const longest = 63;
// oxlint-disable-next-line no-control-regex -- what is ASCII needs no counting
const ascii = /^[\0-\x7f]*$/;
const encoder = new TextEncoder();
const bytes = (text: string): number => (ascii.test(text) ? text.length : encoder.encode(text).length);

/** As the server makes the name of an index, a constraint or a sequence that was given none. */
export function objectName(first: string, second: string, label: string): string {
  const room = longest - bytes(label) - 1 - (second === '' ? 0 : 1);
  let [one, two] = [first, second];
  while (bytes(one) + bytes(two) > room) {
    if (bytes(one) > bytes(two)) one = one.slice(0, -1);
    else two = two.slice(0, -1);
  }
  return [one, two, label].filter((part) => part !== '').join('_');
}

/** The first such name that no relation in the schema has. */
export function freeName(
  context: Context,
  schema: string,
  first: string,
  second: string,
  label: string,
  isTaken = isRelation,
): string {
  for (let pass = 0; ; pass += 1) {
    const name = objectName(first, second, pass === 0 ? label : `${label}${pass}`);
    if (!isTaken(context, schema, name)) return name;
  }
}

const isRelation = (context: Context, schema: string, name: string): boolean =>
  context.catalog.relation(schema, name) !== undefined;
