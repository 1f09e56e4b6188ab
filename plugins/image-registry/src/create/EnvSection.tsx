import MenuItem from '@material-ui/core/MenuItem';
import {
  CodeBlock,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { Columns } from './Columns';
import { useForm } from './FormContext';
import { PlanField } from './PlanField';
import { RowList, withRow } from './RowList';
import { emptyRows, EnvDraft } from './WorkloadDraft';

interface EnvSectionProps {
  /** What the image sets itself, as `NAME=value`. */
  ofImage: readonly string[];
}

const origins: ReadonlyArray<EnvDraft['from']> = ['value', 'secret', 'kept'];

/** Environment variables: values, and keys of secrets that exist. */
export function EnvSection({ ofImage }: EnvSectionProps) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { draft, change } = useForm();
  const { env } = draft;
  const set = (index: number, changes: Partial<EnvDraft>) =>
    change({ env: withRow(env, index, changes) });
  return (
    <>
      {ofImage.length > 0 && (
        <>
          <span>{t('create.env.ofImage')}</span>
          <CodeBlock
            text={ofImage.join('\n')}
            what={t('create.env.ofImageName')}
          />
        </>
      )}
      <RowList
        rows={env}
        rowName={index => t('create.env.row', { number: String(index + 1) })}
        addLabel={t('create.env.add')}
        onAdd={() => change({ env: [...env, emptyRows.env()] })}
        onRemove={index => change({ env: env.filter((_, at) => at !== index) })}
      >
        {(row, index) => (
          <Columns>
            <PlanField
              path={`env.${index}.name`}
              label={t('create.env.name')}
              value={row.name}
              onChange={name => set(index, { name })}
              disabled={row.known}
              required
            />
            <PlanField
              path={`env.${index}.from`}
              label={t('create.env.from')}
              value={row.from}
              onChange={from =>
                set(index, {
                  from: origins.find(each => each === from) ?? 'value',
                })
              }
            >
              {row.known && (
                <MenuItem value="kept">{t('create.env.kept')}</MenuItem>
              )}
              <MenuItem value="value">{t('create.env.fromValue')}</MenuItem>
              <MenuItem value="secret">{t('create.env.fromSecret')}</MenuItem>
            </PlanField>
            {row.from === 'value' && (
              <PlanField
                path={`env.${index}.value`}
                label={t('create.env.value')}
                value={row.value}
                onChange={value => set(index, { value })}
              />
            )}
            {row.from === 'secret' && (
              <PlanField
                path={`env.${index}.secret.name`}
                label={t('create.env.secretName')}
                value={row.secretName}
                onChange={secretName => set(index, { secretName })}
                required
              />
            )}
            {row.from === 'secret' && (
              <PlanField
                path={`env.${index}.secret.key`}
                label={t('create.env.secretKey')}
                value={row.secretKey}
                onChange={secretKey => set(index, { secretKey })}
                required
              />
            )}
          </Columns>
        )}
      </RowList>
    </>
  );
}
