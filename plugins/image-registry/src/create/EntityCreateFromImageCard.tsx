import { InfoCard } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  Entity,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { usePermission } from '@backstage/plugin-permission-react';
import Typography from '@material-ui/core/Typography';
import { workloadCreatePermission } from '@slipway/backstage-plugin-image-registry-common';
import {
  GuardedButton,
  imageRegistryTranslationRef,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useNavigate } from 'react-router-dom';
import { createFromImageRouteRef } from '../routes';
import { imageRegistryPageTranslationRef } from '../translation';

/** On the page of a group or a system: makes a component of it. */
export function EntityCreateFromImageCard() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const { entity } = useEntity();
  const navigate = useNavigate();
  const page = useRouteRef(createFromImageRouteRef)();
  const create = usePermission({ permission: workloadCreatePermission });
  return (
    <InfoCard title={t('create.card.title')}>
      <Typography variant="body2" paragraph>
        {t('create.card.text')}
      </Typography>
      <GuardedButton
        variant="outlined"
        color="primary"
        deniedReason={
          create.loading || create.allowed
            ? undefined
            : shared('permission.denied')
        }
        onClick={() => navigate(`${page}?${valuesOf(entity)}`)}
      >
        {t('create.card.button')}
      </GuardedButton>
    </InfoCard>
  );
}

/** What the form is to begin with. */
function valuesOf(entity: Entity): URLSearchParams {
  const ref = stringifyEntityRef(entity);
  if (entity.kind.toLowerCase() === 'group') {
    return new URLSearchParams({ owner: ref });
  }
  const owner = entity.relations?.find(
    ({ type }) => type === RELATION_OWNED_BY,
  )?.targetRef;
  return new URLSearchParams({ system: ref, ...(owner && { owner }) });
}
