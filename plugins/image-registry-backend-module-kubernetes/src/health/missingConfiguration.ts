/** What a container needs and the cluster does not have. */
export interface MissingConfiguration {
  kind: 'Secret' | 'ConfigMap';
  name: string;
  /** Absent when the whole object is missing. */
  key?: string;
}

/** The kubelet's words for an object that does not exist. */
const OBJECT = /\b(secret|configmap) "([^"]+)" not found/i;

/** Its words for an object without the key; the namespace stands before `/`. */
const KEY =
  /couldn't find key (\S+) in (Secret|ConfigMap) (?:[^/\s]+\/)?(\S+)/i;

/** Reads a CreateContainerConfigError or a FailedMount. */
export function missingConfiguration(
  message: string,
): MissingConfiguration | undefined {
  const key = KEY.exec(message);
  if (key) {
    return { kind: kindOf(key[2]), name: key[3], key: key[1] };
  }
  const object = OBJECT.exec(message);
  return object ? { kind: kindOf(object[1]), name: object[2] } : undefined;
}

function kindOf(word: string): MissingConfiguration['kind'] {
  return word.toLowerCase() === 'secret' ? 'Secret' : 'ConfigMap';
}
