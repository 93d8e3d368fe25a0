import { type Entry, entriesOf, type KustomizationFile } from './kustomization-file.ts';

/** A place outside of the repository from which manifests are taken. */
interface RemoteBase extends Entry {
  /** The repository, or the address without what names a version: `github.com/fluxcd/flux2`. */
  readonly repository: string;
  /** Undefined where nothing says which version is meant. */
  readonly ref: string | undefined;
}

const isRemote = (text: string): boolean =>
  /^[a-z+]+:\/\/|^[\w.-]+@[\w.-]+:|^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org)[/:]|[?&]ref=/.test(text);

export const remoteBasesOf = (file: KustomizationFile | undefined): readonly RemoteBase[] =>
  entriesOf(file)
    .filter(({ text }) => isRemote(text))
    .map((entry) => ({ ...entry, ...repositoryOf(entry.text) }));

function repositoryOf(text: string): { readonly repository: string; readonly ref: string | undefined } {
  const [address = '', query = ''] = text.split('?');
  const bare = address
    .replace(/^[a-z+]+:\/\//, '')
    .replace(/^[^/@]*@/, '')
    .replace(/^(github\.com|gitlab\.com):/, '$1/');
  const [host = '', owner = '', name = '', ...rest] = bare.split('/');
  const repository = [host === 'raw.githubusercontent.com' ? 'github.com' : host, owner, name.replace(/\.git$/, '')]
    .filter((part) => part !== '')
    .join('/');
  return { repository, ref: /(?:^|&)(?:ref|version)=([^&]+)/.exec(query)?.[1] ?? refInPath(host, rest) };
}

/** A raw file names its ref first (or after `refs/heads`), a release its tag. */
function refInPath(host: string, rest: readonly string[]): string | undefined {
  if (host === 'raw.githubusercontent.com') return rest[0] === 'refs' ? rest[2] : rest[0];
  const releases = rest.indexOf('releases');
  if (releases < 0) return undefined;
  return rest[releases + 1] === 'latest' ? 'latest' : rest[releases + 2];
}
