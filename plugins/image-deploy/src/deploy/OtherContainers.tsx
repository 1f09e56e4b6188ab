import { useState } from 'react';
import Button from '@material-ui/core/Button';
import { Target } from '@slipway/backstage-plugin-image-registry-common';
import {
  ImagePicker,
  PickedImage,
  SectionTitle,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { useDeploymentsContext } from '../tab/DeploymentsContext';
import { imageDeployTranslationRef } from '../translation';
import { ChosenImage } from './ChosenImage';

/** An image for another container of the same workload. */
export interface OtherImage {
  container: string;
  image: PickedImage;
}

/** Lets images of further containers change in the same rollout. */
export function OtherContainers(props: {
  target: Target;
  others: OtherImage[];
  onChange(others: OtherImage[]): void;
}) {
  const { target, others, onChange } = props;
  const t = useTranslate(imageDeployTranslationRef);
  const { entityRef, running } = useDeploymentsContext();
  const [picking, setPicking] = useState<string>();
  const without = (container: string) =>
    others.filter(other => other.container !== container);
  return (
    <>
      {siblingsOf(target, running.items).map(sibling => {
        const { container } = sibling.ref;
        const chosen = others.find(other => other.container === container);
        if (!chosen && picking !== container) {
          return (
            <div key={container}>
              <Button size="small" onClick={() => setPicking(container)}>
                {t('others.add', { container })}
              </Button>
            </div>
          );
        }
        return (
          <section key={container}>
            <SectionTitle>
              {sibling.init
                ? t('others.initContainer', { container })
                : t('others.container', { container })}
            </SectionTitle>
            {chosen && picking !== container ? (
              <ChosenImage
                image={chosen.image}
                onChange={() => setPicking(container)}
              />
            ) : (
              <ImagePicker
                entityRef={entityRef}
                initial={{
                  registryId: chosen?.image.registryId ?? sibling.registryId,
                  repository: chosen?.image.repository ?? sibling.repository,
                }}
                onPick={image => {
                  onChange([...without(container), { container, image }]);
                  setPicking(undefined);
                }}
              />
            )}
            <Button
              size="small"
              onClick={() => {
                onChange(without(container));
                setPicking(undefined);
              }}
            >
              {t('others.remove', { container })}
            </Button>
          </section>
        );
      })}
    </>
  );
}

/** The other containers of the same workload. */
function siblingsOf({ ref, key }: Target, items: Target[]): Target[] {
  return items.filter(
    other =>
      other.key !== key &&
      other.ref.cluster === ref.cluster &&
      other.ref.namespace === ref.namespace &&
      other.ref.kind === ref.kind &&
      other.ref.name === ref.name,
  );
}
