/** A small pod for the examples of the rules. */
export const podExample = (image: string, more = ''): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {containers: [{name: app, image: '${image}'${more}}]}\n`;
export const digestOf = (digit: string): string => `sha256:${digit.repeat(64)}`;
