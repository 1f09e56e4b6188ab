import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import MenuItem from '@material-ui/core/MenuItem';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { Columns } from './Columns';
import { useForm } from './FormContext';
import { PlanField } from './PlanField';
import { RowList, withRow } from './RowList';
import { emptyRows, VolumeDraft } from './WorkloadDraft';

const accessModes: ReadonlyArray<VolumeDraft['accessMode']> = [
  'ReadWriteOnce',
  'ReadWriteMany',
  'ReadOnlyMany',
];

/** Volumes by claim: made with the component, or there already. */
export function VolumesSection() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { draft, change } = useForm();
  const { volumes } = draft;
  const set = (index: number, changes: Partial<VolumeDraft>) =>
    change({ volumes: withRow(volumes, index, changes) });
  return (
    <RowList
      rows={volumes}
      rowName={index => t('create.volume.row', { number: String(index + 1) })}
      addLabel={t('create.volume.add')}
      onAdd={() => change({ volumes: [...volumes, emptyRows.volume()] })}
      onRemove={index =>
        change({ volumes: volumes.filter((_, at) => at !== index) })
      }
    >
      {(row, index) => (
        <Columns least={190}>
          <PlanField
            path={`volumes.${index}.name`}
            label={t('create.volume.name')}
            value={row.name}
            onChange={name => set(index, { name })}
            required
          />
          <PlanField
            path={`volumes.${index}.mountPath`}
            label={t('create.volume.mountPath')}
            value={row.mountPath}
            onChange={mountPath => set(index, { mountPath })}
            required
          />
          <PlanField
            path={`volumes.${index}.claim`}
            label={t('create.volume.claim')}
            value={row.claim}
            onChange={claim => set(index, { claim })}
            required
          />
          <PlanField
            path={`volumes.${index}.create`}
            label={t('create.volume.kind')}
            value={row.create ? 'new' : 'existing'}
            onChange={kind => set(index, { create: kind === 'new' })}
          >
            <MenuItem value="new">{t('create.volume.new')}</MenuItem>
            <MenuItem value="existing">{t('create.volume.existing')}</MenuItem>
          </PlanField>
          {row.create && (
            <PlanField
              path={`volumes.${index}.create.size`}
              label={t('create.volume.size')}
              value={row.size}
              onChange={size => set(index, { size })}
              placeholder="1Gi"
              required
            />
          )}
          {row.create && (
            <PlanField
              path={`volumes.${index}.create.storageClass`}
              label={t('create.volume.storageClass')}
              helperText={t('create.volume.storageClassHelper')}
              value={row.storageClass}
              onChange={storageClass => set(index, { storageClass })}
            />
          )}
          {row.create && (
            <PlanField
              path={`volumes.${index}.create.accessMode`}
              label={t('create.volume.accessMode')}
              value={row.accessMode}
              onChange={value =>
                set(index, {
                  accessMode:
                    accessModes.find(each => each === value) ?? 'ReadWriteOnce',
                })
              }
            >
              {accessModes.map(mode => (
                <MenuItem key={mode} value={mode}>
                  {t(`create.volume.${mode}`)}
                </MenuItem>
              ))}
            </PlanField>
          )}
          <FormControlLabel
            control={
              <Checkbox
                color="primary"
                checked={row.readOnly}
                onChange={(_, readOnly) => set(index, { readOnly })}
              />
            }
            label={t('create.volume.readOnly')}
          />
        </Columns>
      )}
    </RowList>
  );
}
