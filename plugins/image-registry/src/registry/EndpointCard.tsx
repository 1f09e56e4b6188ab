import { ReactNode } from 'react';
import Accordion from '@material-ui/core/Accordion';
import AccordionDetails from '@material-ui/core/AccordionDetails';
import AccordionSummary from '@material-ui/core/AccordionSummary';
import Paper from '@material-ui/core/Paper';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import ReceivedIcon from '@material-ui/icons/CheckCircle';
import ExpandMoreIcon from '@material-ui/icons/ExpandMore';
import WaitingIcon from '@material-ui/icons/HourglassEmpty';
import Alert from '@material-ui/lab/Alert';
import {
  ProviderDescriptor,
  Registry,
  WebhookEndpoint,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  CodeBlock,
  Facts,
  GuardedButton,
  imageRegistryTranslationRef,
  ReasonText,
  StateLabel,
  TimeAgo,
  useLanguage,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { WebhookRecipe } from './WebhookRecipe';

const useStyles = makeStyles(theme => ({
  root: { padding: theme.spacing(2), marginBottom: theme.spacing(2) },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(1),
    marginBottom: theme.spacing(1),
  },
  name: { overflowWrap: 'anywhere', marginRight: 'auto' },
  block: { margin: theme.spacing(1, 0) },
}));

interface EndpointCardProps {
  endpoint: WebhookEndpoint;
  registry: Registry;
  provider?: ProviderDescriptor;
  deniedReason?: string;
  /** Absent where the vendor's API cannot make webhooks. */
  onInstall?(): void;
  onRotate(): void;
  onDelete(): void;
}

/** One webhook endpoint: its address, whether it is called, how to set it up. */
export function EndpointCard(props: EndpointCardProps) {
  const { endpoint, registry, provider, onInstall, onRotate, onDelete } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const shared = useTranslate(imageRegistryTranslationRef);
  const language = useLanguage();
  const deniedReason =
    endpoint.source === 'config'
      ? t('webhooks.fromConfig')
      : props.deniedReason;
  const { refusals } = endpoint;

  return (
    <Paper variant="outlined" className={classes.root}>
      <div className={classes.head}>
        <Typography variant="h6" component="h3" className={classes.name}>
          {endpoint.name}
        </Typography>
        {provider && onInstall && (
          <GuardedButton
            size="small"
            variant="outlined"
            deniedReason={deniedReason}
            onClick={onInstall}
          >
            {t('webhooks.installAt', { vendor: provider.title })}
          </GuardedButton>
        )}
        <GuardedButton
          size="small"
          variant="outlined"
          deniedReason={deniedReason}
          onClick={onRotate}
        >
          {t('webhooks.rotate')}
        </GuardedButton>
        <GuardedButton
          size="small"
          variant="outlined"
          deniedReason={deniedReason}
          onClick={onDelete}
        >
          {shared('action.delete')}
        </GuardedButton>
      </div>
      <Typography variant="body2" component="div">
        <Received endpoint={endpoint} />
      </Typography>
      {endpoint.urlWarning && (
        <Alert severity="warning" className={classes.block}>
          <ReasonText reason={endpoint.urlWarning} />
        </Alert>
      )}
      {refusals.count > 0 && (
        <Alert severity="warning" className={classes.block}>
          {t('webhooks.refusals', { total: String(refusals.count) })}{' '}
          {refusals.lastReason && <ReasonText reason={refusals.lastReason} />}{' '}
          {refusals.lastAt && (
            <>
              · <TimeAgo time={refusals.lastAt} />
            </>
          )}
        </Alert>
      )}
      <div className={classes.block}>
        <CodeBlock text={endpoint.url} what={t('webhooks.url')} />
      </div>
      <Facts
        facts={[
          [
            t('webhooks.repositories'),
            endpoint.repositories?.join(', ') ?? t('webhooks.allRepositories'),
          ],
          [t('webhooks.component'), endpoint.entityRef],
          ...settingFacts(endpoint, provider, language),
          [
            t('webhooks.secrets'),
            <Secrets key="secrets" endpoint={endpoint} />,
          ],
        ]}
      />
      {provider?.webhook && (
        <Accordion
          elevation={0}
          className={classes.block}
          TransitionProps={{ unmountOnExit: true }}
        >
          <AccordionSummary
            expandIcon={<ExpandMoreIcon />}
            id={`recipe-${endpoint.id}`}
            aria-controls={`recipe-${endpoint.id}-content`}
          >
            {t('webhooks.recipe', { vendor: provider.title })}
          </AccordionSummary>
          <AccordionDetails>
            <WebhookRecipe
              recipe={provider.webhook}
              url={endpoint.url}
              registry={registry}
              repositories={endpoint.repositories}
            />
          </AccordionDetails>
        </Accordion>
      )}
    </Paper>
  );
}

/** What the vendor's signature is verified against. */
function settingFacts(
  { settings = {} }: WebhookEndpoint,
  provider: ProviderDescriptor | undefined,
  language: string,
): Array<readonly [string, string | undefined]> {
  return (provider?.webhook?.settings ?? []).map(field => [
    field.translations?.[language]?.label ?? field.label,
    settings[field.name],
  ]);
}

function Received({ endpoint }: { endpoint: WebhookEndpoint }): ReactNode {
  const t = useTranslate(imageRegistryPageTranslationRef);
  return endpoint.lastReceivedAt ? (
    <StateLabel icon={ReceivedIcon} tone="ok">
      {t('webhooks.received')} <TimeAgo time={endpoint.lastReceivedAt} />
    </StateLabel>
  ) : (
    <StateLabel icon={WaitingIcon} tone="neutral">
      {t('webhooks.waiting')}
    </StateLabel>
  );
}

function Secrets({ endpoint }: { endpoint: WebhookEndpoint }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <>
      {endpoint.secrets.map(secret => (
        <div key={secret.id}>
          {t('webhooks.secretMade')} <TimeAgo time={secret.createdAt} />
          {', '}
          {secret.lastUsedAt ? (
            <>
              {t('webhooks.secretUsed')} <TimeAgo time={secret.lastUsedAt} />
            </>
          ) : (
            t('webhooks.secretUnused')
          )}
        </div>
      ))}
    </>
  );
}
