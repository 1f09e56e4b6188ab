import { useApi, identityApiRef } from '@backstage/core-plugin-api';
import useAsync from 'react-use/esm/useAsync';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { Columns } from './Columns';
import { EntityField } from './EntityField';
import { useForm } from './FormContext';
import { PlanField } from './PlanField';

/** The groups of whoever looks at the form. */
export function useOwnGroups(): string[] | undefined {
  const identityApi = useApi(identityApiRef);
  const { value, error } = useAsync(async () => {
    const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
    return ownershipEntityRefs.filter(ref => ref.startsWith('group:'));
  }, [identityApi]);
  return error ? [] : value;
}

/** Name, owner and system: what the catalog is told. */
export function ComponentSection() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { draft, change, component, resuming } = useForm();
  const groups = useOwnGroups();
  const known = component !== undefined;
  return (
    <>
      <Columns least={220}>
        <PlanField
          path="name"
          label={t('create.name')}
          helperText={
            known ? t('create.nameHelperKnown') : t('create.nameHelper')
          }
          value={draft.name}
          onChange={name => change({ name })}
          disabled={resuming}
          required
        />
        <EntityField
          path="owner"
          label={t('create.owner')}
          helperText={known ? undefined : t('create.ownerHelper')}
          kind="Group"
          first={groups}
          value={draft.owner}
          onChange={owner => change({ owner })}
          disabled={known || resuming}
          required
        />
        <EntityField
          path="system"
          label={t('create.system')}
          kind="System"
          value={draft.system}
          onChange={system => change({ system })}
          disabled={known || resuming}
        />
      </Columns>
      {!known && (
        <>
          <PlanField
            path="description"
            label={t('create.description')}
            value={draft.description}
            onChange={description => change({ description })}
            disabled={resuming}
          />
          <Columns>
            <PlanField
              path="type"
              label={t('create.type')}
              value={draft.type}
              onChange={type => change({ type })}
              disabled={resuming}
            />
            <PlanField
              path="lifecycle"
              label={t('create.lifecycle')}
              value={draft.lifecycle}
              onChange={lifecycle => change({ lifecycle })}
              disabled={resuming}
            />
          </Columns>
        </>
      )}
    </>
  );
}
