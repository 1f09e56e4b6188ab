import { ReactNode } from 'react';
import Button from '@material-ui/core/Button';
import Link from '@material-ui/core/Link';
import Skeleton from '@material-ui/lab/Skeleton';
import OkIcon from '@material-ui/icons/CheckCircle';
import BadIcon from '@material-ui/icons/Error';
import UnknownIcon from '@material-ui/icons/HelpOutline';
import {
  EnvironmentReview,
  MissingAccess,
  NamespaceReview,
  PlaceReview,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ReasonText,
  StateLabel,
  useErrorText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { ReviewState } from './useEnvironmentReviews';

interface CellProps {
  state: ReviewState;
  name: string;
}

/** Namespaces whose pods cannot sign in to the environment's registry. */
export function withoutSecret(review: EnvironmentReview) {
  return review.places.flatMap(({ cluster, namespaces }) =>
    namespaces
      .filter(({ pull }) => pull.state === 'missing')
      .map(({ namespace }) => ({ cluster, namespace })),
  );
}

/** `✓ 12 of 12`, `✗ 2 of 31 [Fix]`. */
export function PullSecretCell(props: CellProps & { onFix(): void }) {
  const { state, name, onFix } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <Reviewed state={state}>
      {review => {
        const all = review.places.flatMap(({ namespaces }) => namespaces);
        const asked = all.filter(({ pull }) => pull.state !== 'not-needed');
        const missing = withoutSecret(review).length;
        const unknown = asked.find(({ pull }) => pull.state === 'unknown');
        if (review.refusal) {
          return (
            <StateLabel icon={BadIcon} tone="warning">
              <ReasonText reason={review.refusal} />
            </StateLabel>
          );
        }
        if (asked.length === 0) {
          return all.length === 0 ? (
            <NoNamespaces />
          ) : (
            <StateLabel icon={OkIcon} tone="ok">
              {t('reviews.notNeeded')}
            </StateLabel>
          );
        }
        return (
          <>
            {missing > 0 ? (
              <div>
                <StateLabel icon={BadIcon} tone="error">
                  {t('reviews.secretsMissing', {
                    missing: String(missing),
                    total: String(asked.length),
                  })}
                </StateLabel>{' '}
                <Button
                  size="small"
                  variant="outlined"
                  color="primary"
                  aria-label={t('reviews.fixNamed', { name })}
                  onClick={onFix}
                >
                  {t('reviews.fix')}
                </Button>
              </div>
            ) : (
              !unknown && (
                <StateLabel icon={OkIcon} tone="ok">
                  {t('reviews.secretsThere', {
                    present: String(asked.length),
                    total: String(asked.length),
                  })}
                </StateLabel>
              )
            )}
            {unknown?.pull.reason && (
              <StateLabel icon={UnknownIcon} tone="warning">
                <ReasonText reason={unknown.pull.reason} />
              </StateLabel>
            )}
          </>
        );
      }}
    </Reviewed>
  );
}

/** `✓ may deploy`, or what is missing, by cluster. */
export function AccessCell(
  props: CellProps & {
    onGrant(place: { cluster: string; namespace: string }): void;
  },
) {
  const { state, onGrant } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <Reviewed state={state}>
      {review => {
        const lacking = review.places.filter(
          place => deniedIn(place) !== undefined,
        );
        const all = review.places.flatMap(({ namespaces }) => namespaces);
        if (all.length === 0) {
          return <NoNamespaces />;
        }
        return lacking.length === 0 ? (
          <StateLabel icon={OkIcon} tone="ok">
            {t('reviews.mayDeploy')}
          </StateLabel>
        ) : (
          <>
            {lacking.map(place => (
              <Denied
                key={place.cluster}
                place={place}
                onGrant={namespace =>
                  onGrant({ cluster: place.cluster, namespace })
                }
              />
            ))}
          </>
        );
      }}
    </Reviewed>
  );
}

function deniedIn({ namespaces }: PlaceReview): NamespaceReview | undefined {
  return namespaces.find(({ deploy }) => !deploy.ok);
}

function Denied(props: {
  place: PlaceReview;
  onGrant(namespace: string): void;
}) {
  const { place, onGrant } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  const denied = deniedIn(place);
  if (!denied) {
    return null;
  }
  return (
    <div>
      <StateLabel icon={BadIcon} tone="error">
        {t('reviews.mayNot', {
          place: `${place.cluster}/${denied.namespace}`,
          verbs: verbsOf(denied.deploy.missing),
        })}
      </StateLabel>{' '}
      <Link
        component="button"
        variant="body2"
        onClick={() => onGrant(denied.namespace)}
      >
        {t('reviews.howToGrant')}
      </Link>
    </div>
  );
}

/** `patch deployments, statefulsets`, as RBAC writes it. */
export function verbsOf(missing: readonly MissingAccess[]): string {
  const byVerb = new Map<string, string[]>();
  for (const { verb, resource } of missing) {
    byVerb.set(verb, [...(byVerb.get(verb) ?? []), resource]);
  }
  return [...byVerb]
    .map(([verb, resources]) => `${verb} ${resources.join(', ')}`)
    .join('; ');
}

function NoNamespaces() {
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <StateLabel icon={UnknownIcon} tone="neutral">
      {t('reviews.noNamespaces')}
    </StateLabel>
  );
}

/** What is known, with the clusters of which nothing is. */
function Reviewed(props: {
  state: ReviewState;
  children(review: EnvironmentReview): ReactNode;
}) {
  const { state, children } = props;
  const errorText = useErrorText();
  const t = useTranslate(imageRegistryPageTranslationRef);
  if (state.error) {
    return <>{errorText(state.error)}</>;
  }
  if (!state.review) {
    return <Skeleton variant="text" aria-label={t('reviews.asking')} />;
  }
  const { places } = state.review;
  const failed = places.filter(({ failure }) => failure !== undefined);
  const known = places.length > failed.length;
  return (
    <>
      {known && children(state.review)}
      {failed.map(({ cluster, failure }) => (
        <div key={cluster}>
          <StateLabel icon={UnknownIcon} tone="warning">
            {t('reviews.failed', { cluster, failure: failure ?? '' })}
          </StateLabel>
        </div>
      ))}
      {places
        .filter(({ complete, failure }) => !complete && failure === undefined)
        .map(({ cluster }) => (
          <div key={cluster}>{t('reviews.notListed', { cluster })}</div>
        ))}
      {places
        .filter(({ skipped }) => skipped > 0)
        .map(({ cluster, skipped }) => (
          <div key={cluster}>
            {t('reviews.skipped', { cluster, total: String(skipped) })}
          </div>
        ))}
    </>
  );
}
