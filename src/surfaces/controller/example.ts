/** A small Flux release for the examples of the rules. */
export const releaseExample = (chart: string, version: string): string =>
  `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: it}\nspec: {chart: {spec: {chart: ${chart}, version: ${version}}}}\n`;
