import type { SourceFile } from '../../model/artifact.ts';
import type { Surface } from '../../model/surface.ts';
import { readPlan, type PlanArtifact } from './read-plan.ts';
import { rules } from './registry.ts';

/** The text is not there where the file is too long for one; it is then only known by its name. */
const isNamedLikePlan = (path: string): boolean => /(^|\/)[^/.]+$|\.(json|tfplan|plan|out)$/i.test(path);

const sections = /"(resource_changes|resource_drift|planned_values)"\s*:/;

function isPlan(path: string, text: string): boolean {
  if (text === '') return isNamedLikePlan(path);
  return /^\uFEFF?\s*\{/.test(text.slice(0, 200)) && text.includes('format_version"') && sections.test(text);
}

/**
 * Plans of Terraform and OpenTofu as JSON: what a change does to each resource of a cloud, and what reverting the
 * configuration would do to it then. Each resource that changes is an artifact; its path is its address.
 */
export const plan: Surface<PlanArtifact> = {
  name: 'plan',
  summary: 'Cloud resources, as a Terraform or OpenTofu plan changes them',
  wayBack: 'Revert the configuration, plan again against today, and apply what that plan shows.',
  mainRisk: 'The way back destroys: data, names and dependents do not come back with the configuration.',
  examplePath: 'plan.json',
  recognises: isPlan,
  async *read(files: readonly SourceFile[]) {
    for (const file of files)
      if (file.before !== file.after || (file.chunks && file.after === undefined)) {
        if (file.chunks !== undefined || (file.after ?? '') !== '') yield* readPlan(file);
      }
  },
  rules: Object.values(rules),
};
