import { knownControllers, type KnownController } from './known-controllers.ts';

const endsWithName = (name: string, known: string): boolean => name === known || name.endsWith(`/${known}`);

export const controllerOfImage = (name: string): KnownController | undefined =>
  knownControllers.find(({ images }) => images.some((known) => endsWithName(name, known)));
export const controllerOfChart = (name: string): KnownController | undefined =>
  knownControllers.find(({ charts }) => charts.includes(name));
export const controllerOfRepository = (name: string): KnownController | undefined =>
  knownControllers.find(({ repositories }) => repositories.includes(name));
