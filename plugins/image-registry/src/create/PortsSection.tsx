import MenuItem from '@material-ui/core/MenuItem';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { Columns } from './Columns';
import { useForm } from './FormContext';
import { PlanField } from './PlanField';
import { RowList, withRow } from './RowList';
import { emptyRows, PortDraft } from './WorkloadDraft';

const protocols: ReadonlyArray<PortDraft['protocol']> = ['TCP', 'UDP', 'SCTP'];

/** Ports that the container listens on. */
export function PortsSection() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { draft, change } = useForm();
  const { ports } = draft;
  const set = (index: number, changes: Partial<PortDraft>) =>
    change({ ports: withRow(ports, index, changes) });
  return (
    <RowList
      rows={ports}
      rowName={index => t('create.port.row', { number: String(index + 1) })}
      addLabel={t('create.port.add')}
      onAdd={() => change({ ports: [...ports, emptyRows.port()] })}
      onRemove={index =>
        change({ ports: ports.filter((_, at) => at !== index) })
      }
    >
      {({ name, port, protocol }, index) => (
        <Columns least={130}>
          <PlanField
            path={`ports.${index}.port`}
            label={t('create.port.number')}
            value={port}
            onChange={value => set(index, { port: value })}
            numeric
            required
          />
          <PlanField
            path={`ports.${index}.protocol`}
            label={t('create.port.protocol')}
            value={protocol}
            onChange={value =>
              set(index, {
                protocol: protocols.find(each => each === value) ?? 'TCP',
              })
            }
          >
            {protocols.map(each => (
              <MenuItem key={each} value={each}>
                {each}
              </MenuItem>
            ))}
          </PlanField>
          <PlanField
            path={`ports.${index}.name`}
            label={t('create.port.name')}
            value={name}
            onChange={value => set(index, { name: value })}
            placeholder={port && `${protocol.toLowerCase()}-${port}`}
          />
        </Columns>
      )}
    </RowList>
  );
}
