import { useEffect, useState } from 'react';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';

/**
 * Whether the person belongs to a group.
 *
 * @returns undefined while it is not known
 */
export function useMembership(group: string | undefined): boolean | undefined {
  const identityApi = useApi(identityApiRef);
  const [known, setKnown] = useState<{ group: string; member: boolean }>();
  useEffect(() => {
    let wanted = true;
    const ask = async (asked: string) => {
      const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
      if (wanted) {
        const member = ownershipEntityRefs.includes(asked.toLowerCase());
        setKnown({ group: asked, member });
      }
    };
    if (group) {
      // Who cannot be identified belongs to no group; the backend asks again.
      ask(group).catch(() => wanted && setKnown({ group, member: false }));
    }
    return () => {
      wanted = false;
    };
  }, [identityApi, group]);
  return known?.group === group ? known?.member : undefined;
}
