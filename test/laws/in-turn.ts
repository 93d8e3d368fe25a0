/** Does one after the other: two at a time would see each other's world. */
export async function inTurn<Item, Out>(items: Iterable<Item>, each: (item: Item) => Promise<Out>): Promise<Out[]> {
  const made: Out[] = [];
  for (const item of items) made.push(await each(item)); // oxlint-disable-line no-await-in-loop -- in turn
  return made;
}
