import MenuItem from '@material-ui/core/MenuItem';
import Alert from '@material-ui/lab/Alert';
import {
  Cluster,
  Environment,
  matchesNamespace,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  personName,
  ReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { Columns } from './Columns';
import { useForm } from './FormContext';
import { listsOwner, placeOptions, plainNames } from './placeOptions';
import { PlanField } from './PlanField';

interface PlaceSectionProps {
  environments: Environment[];
  clusters: Cluster[];
  /** Id of the environment whose place is being chosen, and of its cluster. */
  chosen: string;
  onChoose(key: string): void;
}

/** Stands for a place of an environment among those that can be chosen. */
export function placeKey(environmentId: string, cluster: string): string {
  return `${environmentId} ${cluster}`;
}

/** Environment, cluster and Kubernetes namespace. */
export function PlaceSection(props: PlaceSectionProps) {
  const { environments, clusters, chosen, onChoose } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { draft, change, resuming } = useForm();
  const options = placeOptions(environments);
  const option = options.find(
    ({ environment, cluster }) => placeKey(environment.id, cluster) === chosen,
  );
  const down = clusters.find(
    ({ name, reachable }) => name === draft.cluster && !reachable,
  );
  const names = option ? plainNames(option) : [];
  const isPattern = option && names.length < option.namespaces.length;
  const strays =
    option &&
    draft.namespace !== '' &&
    !option.namespaces.some(pattern =>
      matchesNamespace(pattern, draft.namespace),
    );

  if (options.length === 0) {
    return <Alert severity="info">{t('create.place.noEnvironment')}</Alert>;
  }
  return (
    <>
      <Columns least={220}>
        <PlanField
          path="place.cluster"
          label={t('create.place')}
          value={chosen}
          disabled={resuming}
          onChange={key => {
            const next = options.find(
              ({ environment, cluster }) =>
                placeKey(environment.id, cluster) === key,
            );
            onChoose(key);
            change({
              cluster: next?.cluster ?? '',
              namespace: next ? plainNames(next)[0] ?? '' : '',
            });
          }}
          required
        >
          {options.map(({ environment, cluster, namespaces }) => (
            <MenuItem
              key={placeKey(environment.id, cluster)}
              value={placeKey(environment.id, cluster)}
            >
              {environment.name} · {cluster}: {namespaces.join(', ')}
            </MenuItem>
          ))}
        </PlanField>
        {isPattern || names.length === 0 ? (
          <PlanField
            path="place.namespace"
            label={t('create.place.namespace')}
            helperText={
              option &&
              t('create.place.namespaceHelper', {
                patterns: option.namespaces.join(', '),
              })
            }
            value={draft.namespace}
            onChange={namespace => change({ namespace })}
            disabled={resuming || !option}
            required
          />
        ) : (
          <PlanField
            path="place.namespace"
            label={t('create.place.namespace')}
            value={draft.namespace}
            onChange={namespace => change({ namespace })}
            disabled={resuming}
            required
          >
            {names.map(name => (
              <MenuItem key={name} value={name}>
                {name}
              </MenuItem>
            ))}
          </PlanField>
        )}
      </Columns>
      {strays && option && (
        <Alert severity="warning">
          {t('create.place.strays', {
            namespace: draft.namespace,
            environment: option.environment.name,
          })}
        </Alert>
      )}
      {option && draft.owner && !listsOwner(option.environment, draft) && (
        <Alert severity="warning">
          {t('create.place.notListed', {
            environment: option.environment.name,
            owner: personName(draft.owner),
          })}
        </Alert>
      )}
      {down && (
        <Alert severity="error">
          {t('create.place.down', { cluster: down.title ?? down.name })}{' '}
          {down.because ? <ReasonText reason={down.because} /> : down.message}
        </Alert>
      )}
    </>
  );
}
