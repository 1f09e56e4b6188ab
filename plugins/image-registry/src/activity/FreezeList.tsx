import { usePermission } from '@backstage/plugin-permission-react';
import {
  componentFreezePermission,
  Freeze,
  freezeManagePermission,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  FreezeNotice,
  imageRegistryTranslationRef,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';

interface FreezeListProps {
  freezes: Freeze[];
  onLifted(): void;
}

/** What is frozen, each with its end for those who may lift it. */
export function FreezeList({ freezes, onLifted }: FreezeListProps) {
  return (
    <>
      {freezes.map(freeze => (
        <FreezeItem key={freeze.id} freeze={freeze} onLifted={onLifted} />
      ))}
    </>
  );
}

function FreezeItem(props: { freeze: Freeze; onLifted(): void }) {
  const { freeze, onLifted } = props;
  const t = useTranslate(imageRegistryTranslationRef);
  const { entityRef } = freeze;
  // A component's own freeze is its owners' to lift.
  const { loading, allowed } = usePermission(
    entityRef
      ? { permission: componentFreezePermission, resourceRef: entityRef }
      : { permission: freezeManagePermission },
  );
  return (
    <FreezeNotice
      freeze={freeze}
      deniedReason={loading || allowed ? undefined : t('permission.denied')}
      onLifted={onLifted}
    />
  );
}
