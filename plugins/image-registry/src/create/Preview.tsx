import { useEffect, useRef } from 'react';
import Link from '@material-ui/core/Link';
import { makeStyles } from '@material-ui/core/styles';
import Alert from '@material-ui/lab/Alert';
import AlertTitle from '@material-ui/lab/AlertTitle';
import {
  CreatedWorkload,
  FieldProblem,
} from '@slipway/backstage-plugin-image-registry-common';
import {
  CodeBlock,
  ErrorPanel,
  ReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { DownloadCatalogInfo } from './DownloadCatalogInfo';
import { ObjectList } from './ObjectList';
import { Outcome } from './useMaker';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(2),
    minWidth: 0,
  },
  problems: { margin: 0, paddingLeft: theme.spacing(2) },
}));

interface PreviewProps {
  outcome: Outcome;
  /** The form was changed since. */
  stale: boolean;
  /** The catalog has the component already. */
  existed: boolean;
  onShowField(path: string): void;
}

/** What the server says of the manifests, and the manifests. */
export function Preview(props: PreviewProps) {
  const { outcome, stale, existed, onShowField } = props;
  const classes = useStyles();
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { answer, error } = outcome;
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    top.current?.scrollIntoView?.({ block: 'center' });
  }, [outcome]);
  if (error) {
    return (
      <div ref={top}>
        <ErrorPanel error={error} title={t('create.failed')} />
      </div>
    );
  }
  if (!answer) {
    return null;
  }
  const { objects, problems } = answer;
  return (
    <div className={classes.root} aria-live="polite">
      <div ref={top}>
        {stale && <Alert severity="info">{t('create.preview.stale')}</Alert>}
        <Verdict answer={answer} />
      </div>
      {problems.length > 0 && (
        <ul className={classes.problems}>
          {problems.map(({ path, reason }) => (
            <li key={`${path} ${reason.message}`}>
              <Problem path={path} reason={reason} onShow={onShowField} />
            </li>
          ))}
        </ul>
      )}
      {answer.quota?.reason && (
        <Alert severity={answer.quota.known ? 'warning' : 'info'}>
          <ReasonText reason={answer.quota.reason} />
        </Alert>
      )}
      {answer.pull && !answer.pull.ok && (
        <Alert severity={answer.pull.known ? 'warning' : 'info'}>
          <ReasonText reason={answer.pull.reason} />
          {answer.pull.known && ` ${t('create.pullHelper')}`}
        </Alert>
      )}
      {objects.length > 0 && (
        <>
          <ObjectList objects={objects} />
          <CodeBlock
            text={objects.map(({ manifest }) => manifest).join('---\n')}
            what={t('create.preview.manifests')}
          />
        </>
      )}
      {!existed && problems.length === 0 && (
        <DownloadCatalogInfo text={answer.catalogInfo} />
      )}
    </div>
  );
}

function Verdict({ answer }: { answer: CreatedWorkload }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  switch (answer.outcome) {
    case 'refused':
      return (
        <Alert severity="error">
          <AlertTitle>{t('create.refused')}</AlertTitle>
          {t('create.refusedHelper')}
        </Alert>
      );
    case 'partial':
      return (
        <Alert severity="warning">
          <AlertTitle>{t('create.partial')}</AlertTitle>
          {t('create.partialHelper')}
        </Alert>
      );
    default:
      return <Alert severity="success">{t('create.planned')}</Alert>;
  }
}

function Problem(
  props: FieldProblem & { onShow: PreviewProps['onShowField'] },
) {
  const { path, reason, onShow } = props;
  const t = useTranslate(imageRegistryPageTranslationRef);
  return (
    <>
      <ReasonText reason={reason} />{' '}
      {path && (
        <Link
          component="button"
          type="button"
          variant="body2"
          onClick={() => onShow(path)}
        >
          {t('create.showField')}
        </Link>
      )}
    </>
  );
}
