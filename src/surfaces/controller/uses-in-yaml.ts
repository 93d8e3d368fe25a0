import type { Json } from '../../model/json.ts';
import { isObject } from '../../model/same.ts';
import { usesInYaml } from '../image/in-yaml.ts';
import { nameOf } from '../image/reference.ts';
import { asFields, asList, asText, fieldAt, manifestOf, titleOf, type Fields } from '../manifest.ts';
import { yamlPosition, type Step } from '../yaml-position.ts';
import type { YamlDocument, YamlReader } from '../yaml-stream.ts';
import type { ControllerUse } from './artifact.ts';
import { controllerOfChart, controllerOfImage, controllerOfRepository } from './controller-of.ts';

interface Chart {
  readonly name: string;
  readonly version: Json | undefined;
  readonly path: readonly Step[];
}

/** The versions of known controllers that a YAML document names: by image, by chart, by the address of a release. */
export function controllersInYaml(reader: YamlReader, document: YamlDocument, path: string): readonly ControllerUse[] {
  const value = reader.valueOf(document, path);
  if (!isObject(value)) return [];
  const at = (steps: readonly Step[]) => () => ({ path, ...yamlPosition(reader, document, steps) });
  const manifest = manifestOf(value, path, () => ({ line: 1, column: 1 }));
  const title = manifest ? `${titleOf(manifest)}, ` : '';
  const sentTo = asFields(fieldAt(value, ['spec', 'destination']));
  const destination = asText(sentTo['name']) ?? asText(sentTo['server']);
  const byImage = usesInYaml(reader, document, path).flatMap((use): readonly ControllerUse[] => {
    const controller = controllerOfImage(nameOf(use.reference));
    const version = use.reference.tag;
    return controller && version !== undefined
      ? [{ controller, place: use.place, version, destination, at: use.at }]
      : [];
  });
  const byChart = chartsIn(value).flatMap((chart): readonly ControllerUse[] => {
    const controller = controllerOfChart(chart.name);
    const version = asText(chart.version);
    return controller && version !== undefined
      ? [{ controller, place: `${title}chart ${chart.name}`, version, destination, at: at(chart.path) }]
      : [];
  });
  return [...byImage, ...byChart, ...releasesIn(value, at)];
}

/** Where each tool names a chart and its version: Flux (two generations), Argo CD, Kustomize, and charts of charts. */
function chartsIn(value: Fields): readonly Chart[] {
  const of = (name: Json | undefined, base: readonly Step[], version: string): readonly Chart[] => {
    const text = asText(name);
    const last = text?.slice(text.lastIndexOf('/') + 1);
    return last === undefined
      ? []
      : [{ name: last, version: fieldAt(value, [...base, version]), path: [...base, version] }];
  };
  const each = (list: readonly Step[], name: string, version: string): readonly Chart[] =>
    asList(fieldAt(value, list)).flatMap((item, index) => of(asFields(item)[name], [...list, index], version));
  return [
    ...of(fieldAt(value, ['spec', 'chart', 'spec', 'chart']), ['spec', 'chart', 'spec'], 'version'),
    ...of(fieldAt(value, ['spec', 'chart', 'name']), ['spec', 'chart'], 'version'),
    ...of(fieldAt(value, ['spec', 'source', 'chart']), ['spec', 'source'], 'targetRevision'),
    ...each(['spec', 'sources'], 'chart', 'targetRevision'),
    ...(value['kind'] === 'OCIRepository' ? of(fieldAt(value, ['spec', 'url']), ['spec', 'ref'], 'tag') : []),
    ...each(['helmCharts'], 'name', 'version'),
    ...each(['dependencies'], 'name', 'version'),
  ];
}

const release =
  /github\.com\/([\w.-]+\/[\w.-]+?)(?:\.git)?(?:\/releases\/download\/|\/raw\/|\/\/?[^\s?]*\?ref=|\?ref=)(v?\d[\w.+-]*)/;
const raw = /raw\.githubusercontent\.com\/([\w.-]+\/[\w.-]+)\/(?:refs\/tags\/)?(v?\d[\w.+-]*)\//;

/** Resources of a kustomization that are downloaded from the release of a controller. */
const releasesIn = (value: Fields, at: (steps: readonly Step[]) => ControllerUse['at']): readonly ControllerUse[] =>
  ['resources', 'bases', 'components'].flatMap((list) =>
    asList(value[list]).flatMap((item, index): readonly ControllerUse[] => {
      const text = asText(item) ?? '';
      const [, repository = '', version] = release.exec(text) ?? raw.exec(text) ?? [];
      const controller = controllerOfRepository(repository);
      return controller && version !== undefined
        ? [{ controller, place: `release of ${repository}`, version, destination: undefined, at: at([list, index]) }]
        : [];
    }),
  );
