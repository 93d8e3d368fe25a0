import { Fault } from '../../model/fault.ts';
import type { Surface } from '../../model/surface.ts';
import type { ManifestPair } from '../manifest.ts';
import { pairsOf, readableManifests } from '../manifests.ts';
import { rules } from './registry.ts';
import { holdsSecrets, isChanged, type SecretFile, secretFile } from './secret-file.ts';

export const secret: Surface<SecretFile> = {
  name: 'secret',
  summary: 'Secrets in Git: encrypted with SOPS, git-crypt or sealed, fetched from elsewhere, or in clear text.',
  wayBack:
    'The old value only when the rotation was a mistake and the old one is valid and not exposed; else a new one.',
  mainRisk: 'A revert brings back a value that is compromised or revoked, or cannot be decrypted any more.',
  examplePath: 'apps/shop/.env.yaml',
  recognises: holdsSecrets,
  async *read(files) {
    const changed = files.filter(isChanged);
    const pairs = new Map<string, readonly ManifestPair[]>();
    for await (const reading of readableManifests(changed))
      if (!('unread' in reading)) pairs.set(reading.path, pairsOf(reading));
    for (const { path, before, after } of changed) {
      const own = pairs.get(path) ?? [];
      try {
        yield {
          path,
          ...(before !== undefined && { before: await secretFile(path, before, own) }),
          ...(after !== undefined && { after: await secretFile(path, after, own) }),
        };
      } catch (error) {
        yield { path, unread: Fault.from(error) };
      }
    }
  },
  rules: Object.values(rules),
};
