import { Grant } from '@slipway/backstage-plugin-image-registry-common';
import { useTranslate } from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';

/** Names shown before the rest is counted. */
const SHOWN = 2;

/** For whom a registry is, in a few words; all of them on hover. */
export function GrantsText({ grants }: { grants: Grant[] }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  if (grants.length === 0) {
    return <>{t('grants.nobody')}</>;
  }
  const names = grants.flatMap(grant =>
    grant.to === 'all'
      ? [
          grant.repositories
            ? t('grants.everyoneSome', {
                repositories: grant.repositories.join(', '),
              })
            : t('grants.everyone'),
        ]
      : [
          ...(grant.to.owners ?? []).map(shortRef),
          ...(grant.to.systems ?? []).map(system =>
            t('grants.system', { name: shortRef(system) }),
          ),
          ...(grant.to.domains ?? []).map(domain =>
            t('grants.domain', { name: shortRef(domain) }),
          ),
          ...(grant.to.catalogNamespaces ?? []).map(name =>
            t('grants.catalogNamespace', { name }),
          ),
        ],
  );
  const rest = names.length - SHOWN;
  return (
    <span title={names.join('\n')}>
      {names.slice(0, SHOWN).join(', ')}
      {rest > 0 && ` +${rest}`}
    </span>
  );
}

/** The name of an entity reference: `group:default/web` is `web`. */
function shortRef(reference: string): string {
  return reference.replace(/^[^:]+:(default\/)?/, '');
}
