import type { Rule } from '../../model/surface.ts';
import { type ArtifactFile, linesOf } from './artifact-file.ts';

const signs =
  /cosign\s+(?:sign|attest)|sigstore\/|actions\/attest|attest-build-provenance|slsa-framework\/|^\s*provenance:\s*(?!false)|npm publish.*--provenance|^\s*sbom:\s*(?!false)/;
const releases =
  /docker\/build-push-action|docker push|helm push|npm publish|goreleaser|flux push artifact|oras push|twine upload|gh release create/;

export const signatureDropped: Rule<ArtifactFile> = {
  id: 'artifact/signature-dropped',
  problem:
    'Artifacts are released without a signature or provenance. A policy that asks for one refuses to run them later, when somebody wants to go back to them.',
  instead: 'Sign and attest in the job that builds, and keep the bundle as long as the artifact.',
  source: 'https://docs.github.com/en/actions/concepts/security/artifact-attestations',
  examples: {
    matches: [
      {
        before: 'jobs:\n  build:\n    steps:\n      - run: docker push web\n      - run: cosign sign web\n',
        after: 'jobs:\n  build:\n    steps:\n      - run: docker push web\n',
      },
      'jobs:\n  build:\n    steps:\n      - run: helm push web.tgz oci://example.com\n',
    ],
    passes: [
      'jobs:\n  build:\n    steps:\n      - run: docker push web\n      - run: cosign sign web\n',
      'jobs:\n  test:\n    steps:\n      - run: npm test\n',
    ],
  },
  *find({ before, after }) {
    if (after?.form !== 'workflow' || linesOf(after, signs).length > 0) return;
    const [release] = linesOf(after, releases);
    const [signed] = linesOf(before, signs);
    if (signed)
      yield {
        class: 'fully-reversible',
        classAfterWrites: 'reversible-with-manual-repair',
        message:
          'Nothing is signed or attested here any more: what is released meanwhile cannot be proven later, and a policy may refuse to go back to it.',
        instead: 'Keep signing; sign what was released in between by hand.',
        closedBy: 'something is released unsigned',
        at: release?.at ?? { path: after.path, line: 1, column: 1 },
      };
    else if (release && linesOf(before, releases).length === 0)
      yield {
        message:
          'This releases something without a signature or provenance: a policy that asks for one will refuse to go back to it.',
        instead: 'Sign and attest in the same job.',
        at: release.at,
      };
  },
};
