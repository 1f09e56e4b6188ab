import { stringify } from 'yaml';

/** An object as YAML, for people to read and to keep. */
export function manifestYaml(manifest: object): string {
  return stringify(manifest, { lineWidth: 0 });
}
