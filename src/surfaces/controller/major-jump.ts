import type { Rule } from '../../model/surface.ts';
import { directionOf } from '../version-move.ts';
import { controllerMoves, type ControllerFile } from './artifact.ts';
import { releaseExample } from './example.ts';
import { stepsOver } from './version-changed.ts';

export const majorJump: Rule<ControllerFile> = {
  id: 'controller/major-jump',
  problem:
    'A controller takes a major step, or several minor ones at once: what it migrates on the way is not migrated back.',
  instead:
    'Go one minor version at a time, on one cluster first, with the objects of its kinds exported before each step.',
  source: 'https://cert-manager.io/docs/releases/upgrading/',
  examples: {
    matches: [
      { before: releaseExample('kyverno', '2.7.0'), after: releaseExample('kyverno', '3.0.0') },
      { before: releaseExample('cert-manager', '1.12.0'), after: releaseExample('cert-manager', '1.16.0') },
    ],
    passes: [{ before: releaseExample('cert-manager', '1.15.0'), after: releaseExample('cert-manager', '1.16.0') }],
  },
  *find(change) {
    for (const { before, after } of controllerMoves(change)) {
      const isMajor = directionOf(before.version, after.version) === 'major';
      if (!isMajor && !stepsOver(before.version, after.version)) continue;
      const { title, ask } = after.controller;
      yield {
        class: 'reversible-with-compatibility-window',
        classAfterWrites: 'reversible-with-manual-repair',
        message: `${title} ${before.version} → ${after.version}: ${isMajor ? 'a step that may break' : 'several minor versions at once'}. What it migrates on the way stays migrated when the old version comes back. ${ask}`,
        instead:
          'Export the objects of its kinds, step through each minor version, and try the way back on one cluster.',
        inverse: `${after.place}: ${before.version}`,
        closedBy: 'the new version has migrated its objects',
        probe: "kubectl get crd -o custom-columns='NAME:.metadata.name,STORED:.status.storedVersions'",
        at: after.at(),
      };
    }
  },
};
