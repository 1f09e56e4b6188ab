import { EntityRefLink } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import AcceptedIcon from '@material-ui/icons/CheckCircle';
import BlockedIcon from '@material-ui/icons/Lock';
import RecordedIcon from '@material-ui/icons/NotificationsNone';
import RejectedIcon from '@material-ui/icons/RemoveCircleOutline';
import {
  Decision,
  DeliveryDetails,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  ByteSize,
  CodeBlock,
  DigestText,
  Facts,
  ReasonText,
  SectionTitle,
  StateLabel,
  StateTone,
  TimeAgo,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { EventText } from './DeliveryTable';
import { OutcomeLabel } from './OutcomeLabel';

/** Outcome, events, decisions, headers and body of a delivery. */
export function DeliveryContent({ delivery }: { delivery: DeliveryDetails }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { followUp } = delivery;
  return (
    <>
      <Facts
        facts={[
          [
            t('log.outcome'),
            <OutcomeLabel key="outcome" outcome={delivery.outcome} />,
          ],
          [
            t('delivery.reason'),
            delivery.reason && <ReasonText reason={delivery.reason} />,
          ],
          [
            t('delivery.receivedAt'),
            <TimeAgo key="time" time={delivery.receivedAt} />,
          ],
          [t('delivery.format'), delivery.format],
          [t('delivery.size'), <ByteSize key="size" bytes={delivery.bytes} />],
          [t('delivery.replayOf'), delivery.replayOf],
          [t('delivery.followUp'), followUp && t(`followUp.${followUp.state}`)],
          [t('delivery.followUpFailure'), followUp?.message],
        ]}
      />
      <SectionTitle>{t('delivery.understood')}</SectionTitle>
      {delivery.events.length === 0 && (
        <Typography variant="body2">{t('log.noEvent')}</Typography>
      )}
      {delivery.events.map(event => (
        <Facts
          key={event.id}
          facts={[
            [t('log.event'), <EventText key="event" event={event} />],
            [
              t('log.outcome'),
              <OutcomeLabel key="outcome" outcome={event.outcome} />,
            ],
            [
              t('delivery.reason'),
              event.reason && <ReasonText reason={event.reason} />,
            ],
            [
              t('delivery.claimedDigest'),
              event.digest && <DigestText digest={event.digest} />,
            ],
            [t('delivery.pushedBy'), event.pushedBy],
            [
              t('delivery.nextAttempt'),
              event.nextAttemptAt && <TimeAgo time={event.nextAttemptAt} />,
            ],
          ]}
        />
      ))}
      <SectionTitle>{t('delivery.decisions')}</SectionTitle>
      {delivery.decisions.length === 0 && (
        <Typography variant="body2">{t('delivery.noDecision')}</Typography>
      )}
      {delivery.decisions.map(decision => (
        <DecisionText key={decision.id} decision={decision} />
      ))}
      <SectionTitle>{t('delivery.headers')}</SectionTitle>
      <CodeBlock
        text={Object.entries(delivery.headers)
          .map(([name, value]) => `${name}: ${value}`)
          .join('\n')}
        what={t('delivery.headers')}
      />
      <SectionTitle>{t('delivery.body')}</SectionTitle>
      {delivery.body === undefined ? (
        <Typography variant="body2">{t('delivery.bodyGone')}</Typography>
      ) : (
        <CodeBlock text={formatted(delivery.body)} what={t('delivery.body')} />
      )}
    </>
  );
}

const looks: Record<
  Decision['outcome'],
  { icon: typeof AcceptedIcon; tone: StateTone }
> = {
  accepted: { icon: AcceptedIcon, tone: 'ok' },
  rejected: { icon: RejectedIcon, tone: 'neutral' },
  blocked: { icon: BlockedIcon, tone: 'warning' },
  recorded: { icon: RecordedIcon, tone: 'neutral' },
};

function DecisionText({ decision }: { decision: Decision }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { icon, tone } = looks[decision.outcome];
  return (
    <Typography variant="body2" component="div" paragraph>
      <EntityRefLink entityRef={decision.entityRef} />:{' '}
      <StateLabel icon={icon} tone={tone}>
        {t(`decision.${decision.outcome}`)}
      </StateLabel>
      <div>
        {decision.tag}: <ReasonText reason={decision.reason} />
      </div>
    </Typography>
  );
}

/** JSON with line breaks; anything else as it came. */
function formatted(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
