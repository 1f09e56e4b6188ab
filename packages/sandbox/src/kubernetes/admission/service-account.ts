import { AnyObject, Pod } from '../objects';
import { serviceAccounts } from '../resources/kinds';
import { ObjectStore } from '../storage/object-store';

/** A pod without pull secrets gets those of its service account. */
export function withAccountSecrets(
  store: ObjectStore,
  pod: AnyObject,
): AnyObject {
  const { spec, metadata } = pod as unknown as Pod;
  if (spec.imagePullSecrets && spec.imagePullSecrets.length > 0) {
    return pod;
  }
  const account = store.get(
    serviceAccounts,
    metadata.namespace,
    spec.serviceAccountName ?? 'default',
  );
  const imagePullSecrets = account?.imagePullSecrets;
  return Array.isArray(imagePullSecrets) && imagePullSecrets.length > 0
    ? { ...pod, spec: { ...spec, imagePullSecrets } }
    : pod;
}
