import FormControlLabel from '@material-ui/core/FormControlLabel';
import FormHelperText from '@material-ui/core/FormHelperText';
import Switch from '@material-ui/core/Switch';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { Columns } from './Columns';
import { useForm } from './FormContext';
import { fieldId, PlanField } from './PlanField';
import { IngressDraft } from './WorkloadDraft';

/** A Service for all ports, and an Ingress for one of them. */
export function ExposureSection(props: {
  /** An Ingress that says more than the form can, and stays. */
  keptIngress?: boolean;
}) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { draft, change } = useForm();
  const { ingress, ports, service } = draft;
  const set = (changes: Partial<IngressDraft>) =>
    change({ ingress: { ...ingress, ...changes } });
  return (
    <>
      <SwitchField
        path="service"
        label={t('create.service')}
        checked={service}
        onChange={checked => change({ service: checked })}
      />
      {props.keptIngress && (
        <FormHelperText>{t('edit.keptIngress')}</FormHelperText>
      )}
      {!props.keptIngress && (
        <SwitchField
          path="ingress"
          label={t('create.ingress')}
          checked={ingress.wanted}
          onChange={wanted =>
            set({ wanted, port: ingress.port || (ports[0]?.port ?? '') })
          }
        />
      )}
      {ingress.wanted && (
        <Columns>
          <PlanField
            path="ingress.host"
            label={t('create.ingress.host')}
            value={ingress.host}
            onChange={host => set({ host })}
            placeholder="shop.example.com"
          />
          <PlanField
            path="ingress.path"
            label={t('create.ingress.path')}
            value={ingress.path}
            onChange={path => set({ path })}
            required
          />
          <PlanField
            path="ingress.port"
            label={t('create.ingress.port')}
            value={ingress.port}
            onChange={port => set({ port })}
            numeric
            required
          />
          <PlanField
            path="ingress.className"
            label={t('create.ingress.className')}
            value={ingress.className}
            onChange={className => set({ className })}
          />
          <PlanField
            path="ingress.tlsSecret"
            label={t('create.ingress.tlsSecret')}
            value={ingress.tlsSecret}
            onChange={tlsSecret => set({ tlsSecret })}
          />
        </Columns>
      )}
    </>
  );
}

function SwitchField(props: {
  path: string;
  label: string;
  checked: boolean;
  onChange(checked: boolean): void;
}) {
  const { path, label, checked, onChange } = props;
  const problem = useForm().problemAt(path);
  return (
    <div>
      <FormControlLabel
        control={
          <Switch
            id={fieldId(path)}
            color="primary"
            checked={checked}
            onChange={(_, next) => onChange(next)}
          />
        }
        label={label}
      />
      {problem && <FormHelperText error>{problem}</FormHelperText>}
    </div>
  );
}
