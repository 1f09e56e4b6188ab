import { useRouteRef } from '@backstage/core-plugin-api';
import { KUBERNETES_ID_ANNOTATION } from '@slipway/backstage-plugin-image-registry-common';
import {
  CodeBlock,
  EmptyState,
  GuardedButton,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useNavigate } from 'react-router-dom';
import { createFromImageRouteRef } from '../routes';
import { imageDeployTranslationRef } from '../translation';
import { useDeploymentsContext } from './DeploymentsContext';

/** Says what was searched for, and what to write so that it is found. */
export function NoWorkload() {
  const t = useTranslate(imageDeployTranslationRef);
  const { entity, entityRef, rights, running } = useDeploymentsContext();
  const navigate = useNavigate();
  const createPage = useRouteRef(createFromImageRouteRef);
  const { name, annotations } = entity.metadata;
  const label = `${KUBERNETES_ID_ANNOTATION}: ${
    annotations?.[KUBERNETES_ID_ANNOTATION] ?? name
  }`;
  const reachable = running.clusters.filter(cluster => cluster.reachable);
  const searched = running.searched ?? label;
  return (
    <EmptyState
      title={t('empty.title', { name })}
      description={
        reachable.length > 0
          ? t('empty.searched', {
              searched,
              clusters: reachable
                .map(cluster => cluster.title ?? cluster.name)
                .join(', '),
            })
          : t('empty.noCluster')
      }
      action={
        <>
          <p style={{ margin: 0 }}>{t('empty.label')}</p>
          <CodeBlock text={label} what={t('empty.labelName')} />
          {createPage && (
            <GuardedButton
              variant="contained"
              color="primary"
              deniedReason={rights.deploy}
              onClick={() =>
                navigate(
                  `${createPage()}?${new URLSearchParams({
                    component: entityRef,
                  })}`,
                )
              }
            >
              {t('empty.create')}
            </GuardedButton>
          )}
        </>
      }
    />
  );
}
