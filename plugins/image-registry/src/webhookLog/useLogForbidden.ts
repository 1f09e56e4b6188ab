import { useApi } from '@backstage/core-plugin-api';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import {
  deliveryReadPermission,
  Registry,
} from '@slipway/backstage-plugin-image-registry-common';
import useAsync from 'react-use/esm/useAsync';

/**
 * Whether an empty log is empty because the person may read the log of none of
 * the registries: the list is then answered without anything, not refused.
 * @returns undefined while it is asked
 */
export function useLogForbidden(
  registries: Registry[],
  empty: boolean,
): boolean | undefined {
  const permissions = useApi(permissionApiRef);
  const ids = registries.map(({ id }) => id).join();
  const { value, error } = useAsync(async () => {
    if (!empty || registries.length === 0) {
      return false;
    }
    const answers = await Promise.all(
      registries.map(({ id }) =>
        permissions.authorize({
          permission: deliveryReadPermission,
          resourceRef: id,
        }),
      ),
    );
    return answers.every(({ result }) => result === AuthorizeResult.DENY);
  }, [permissions, ids, empty]);
  return error ? false : value;
}
