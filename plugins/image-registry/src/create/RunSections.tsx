import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { Columns } from './Columns';
import { useForm } from './FormContext';
import { PlanField } from './PlanField';

/** How many pods, and what each may use. */
export function ResourcesSection() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { draft, change } = useForm();
  const { requests, limits } = draft;
  return (
    <Columns least={130}>
      <PlanField
        path="replicas"
        label={t('create.replicas')}
        value={draft.replicas}
        onChange={replicas => change({ replicas })}
        numeric
        required
      />
      <PlanField
        path="requests.cpu"
        label={t('create.requests.cpu')}
        value={requests.cpu}
        onChange={cpu => change({ requests: { ...requests, cpu } })}
        placeholder="100m"
      />
      <PlanField
        path="requests.memory"
        label={t('create.requests.memory')}
        value={requests.memory}
        onChange={memory => change({ requests: { ...requests, memory } })}
        placeholder="128Mi"
      />
      <PlanField
        path="limits.cpu"
        label={t('create.limits.cpu')}
        value={limits.cpu}
        onChange={cpu => change({ limits: { ...limits, cpu } })}
        placeholder="1"
      />
      <PlanField
        path="limits.memory"
        label={t('create.limits.memory')}
        value={limits.memory}
        onChange={memory => change({ limits: { ...limits, memory } })}
        placeholder="512Mi"
      />
    </Columns>
  );
}

/** What the container runs in place of what its image says. */
export function CommandFields() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { draft, change } = useForm();
  return (
    <Columns least={240}>
      <PlanField
        path="command"
        label={t('create.command')}
        helperText={t('create.commandHelper')}
        value={draft.command}
        onChange={command => change({ command })}
        multiline
      />
      <PlanField
        path="arguments"
        label={t('create.arguments')}
        helperText={t('create.lines')}
        value={draft.arguments}
        onChange={value => change({ arguments: value })}
        multiline
      />
    </Columns>
  );
}

/** Command, user, nodes, service account: what the image mostly decides. */
export function ContainerSection({ user }: { user?: string }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { draft, change } = useForm();
  return (
    <>
      <CommandFields />
      <Columns>
        <PlanField
          path="runAsUser"
          label={t('create.runAsUser')}
          helperText={
            user
              ? t('create.runAsUserHelper', { user })
              : t('create.runAsUserUnknown')
          }
          value={draft.runAsUser}
          onChange={runAsUser => change({ runAsUser })}
          numeric
        />
        <PlanField
          path="architecture"
          label={t('create.architecture')}
          helperText={t('create.architectureHelper')}
          value={draft.architecture}
          onChange={architecture => change({ architecture })}
        />
        <PlanField
          path="serviceAccount"
          label={t('create.serviceAccount')}
          value={draft.serviceAccount}
          onChange={serviceAccount => change({ serviceAccount })}
          placeholder="default"
        />
        <PlanField
          path="pullSecrets"
          label={t('create.pullSecrets')}
          helperText={t('create.pullSecretsHelper')}
          value={draft.pullSecrets}
          onChange={pullSecrets => change({ pullSecrets })}
        />
      </Columns>
      <FormControlLabel
        control={
          <Checkbox
            color="primary"
            checked={draft.restricted}
            onChange={(_, restricted) => change({ restricted })}
          />
        }
        label={t('create.restricted')}
      />
    </>
  );
}
