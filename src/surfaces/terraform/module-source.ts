import { argument, type Block } from './configuration.ts';

/** How far a module call says which code it means. */
export type Pin = 'exact' | 'range' | 'tag' | 'branch' | 'none' | 'local' | 'unknown';

export interface ModuleSource {
  readonly source: string;
  readonly version: string | undefined;
  readonly pin: Pin;
}

/** What a module call refers to; a source that is computed is not known. */
export function moduleSource(block: Block): ModuleSource {
  const [source, version] = [argument(block, 'source'), argument(block, 'version')];
  const written = block.arguments.get('version');
  if (typeof source !== 'string')
    return { source: block.arguments.get('source')?.text ?? '', version: undefined, pin: 'unknown' };
  const constraint = typeof version === 'string' ? version : written?.text;
  return { source, version: constraint, pin: pinOf(source, constraint) };
}

function pinOf(source: string, version: string | undefined): Pin {
  if (/^\.{1,2}\//.test(source)) return 'local';
  if (isRegistry(source)) return version === undefined ? 'none' : isExact(version) ? 'exact' : 'range';
  const ref = /[?&]ref=([^&]*)/.exec(source)?.[1];
  if (isGit(source)) return ref === undefined || ref === '' ? 'none' : refPin(ref);
  // an archive: its address is all there is to say
  return /\d/.test(source) ? 'tag' : 'none';
}

/** `namespace/name/provider`, with the host of a private registry before it or not. */
const isRegistry = (source: string): boolean =>
  /^([\w.-]+\.[\w.-]+(:\d+)?\/)?[\w-]+\/[\w-]+\/[\w-]+(\/\/.*)?$/.test(source) &&
  !/^(github|bitbucket)\.(com|org)\//.test(source);

const isGit = (source: string): boolean =>
  /^(git::|git@|github\.com\/|bitbucket\.org\/|hg::)|\.git(\/\/|\?|$)/.test(source);

const isExact = (version: string): boolean => /^=?\s*v?\d+\.\d+\.\d+([+-][\w.-]+)?$/.test(version.trim());

function refPin(ref: string): Pin {
  if (/^[0-9a-f]{7,64}$/i.test(ref)) return 'exact';
  if (ref.includes('${')) return 'unknown';
  return /\d+\.\d+/.test(ref) || /^v?\d+$/.test(ref) ? 'tag' : 'branch';
}

/** The first number of a version or a constraint: `~> 5.1` → 5. */
export function majorOf({ source, version }: ModuleSource): number | undefined {
  const ref = /[?&]ref=([^&]*)/.exec(source)?.[1];
  const digits = /(\d+)(?:\.\d+)*/.exec(version ?? (ref && refPin(ref) === 'tag' ? ref : ''))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The source without what says its version. */
export const sourceName = ({ source }: ModuleSource): string => source.replace(/[?&]ref=[^&]*/, '');
