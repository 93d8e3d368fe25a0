/** Words by which people part their clusters and stages in folder names. */
const stages =
  /^(?:prod(?:uction)?|stag(?:e|ing)|dev(?:elopment)?|test(?:ing)?|qa|uat|int(?:egration)?|preprod|pre-prod|sandbox|dr|canary|live)(?:[-_.]?\w+)?$/i;

/** The cluster or stage whose file this is, as its folders say: after `clusters/`, a stage, or `cluster-7`. */
export function clusterOf(path: string): string | undefined {
  const folders = path.split('/').slice(0, -1);
  const parent = folders.findIndex((name) => /^(?:clusters?|environments?|envs?|stages?|fleet|regions?)$/i.test(name));
  const child = parent === -1 ? undefined : folders[parent + 1];
  if (child !== undefined && !/^(?:base|common|shared|all|apps?|core|components?|config)$/i.test(child)) return child;
  return folders.find((name) => stages.test(name) || /^cluster[-_]\w+$/i.test(name));
}
