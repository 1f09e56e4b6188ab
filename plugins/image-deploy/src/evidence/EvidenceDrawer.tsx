import { useId } from 'react';
import {
  DetailsDrawer,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { Evidence } from './Evidence';

/** What a failed rollout left, opened from its lane. */
export function EvidenceDrawer({ id }: { id: string }) {
  const titleId = useId();
  const t = useTranslate(imageDeployTranslationRef);
  const { location } = useDeploymentsContext();
  return (
    <DetailsDrawer
      open
      titleId={titleId}
      title={t('evidence.title')}
      onClose={location.close}
    >
      <Evidence id={id} />
    </DetailsDrawer>
  );
}
