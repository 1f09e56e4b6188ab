import LinearProgress from '@material-ui/core/LinearProgress';
import Typography from '@material-ui/core/Typography';
import {
  ErrorPanel,
  ReasonText,
  useTranslate,
} from '@slipway/backstage-plugin-image-registry-react';
import { imageRegistryPageTranslationRef } from '../translation';
import { TestPullSteps } from './TestPullSteps';
import { TestPullState } from './useTestPull';

/** How far a test pull is, for how long, and what was said of it. */
export function TestPullProgressView({ pull }: { pull: TestPullState }) {
  const t = useTranslate(imageRegistryPageTranslationRef);
  const { busy, error, progress, seconds } = pull;
  const params = { seconds: String(seconds) };
  return (
    <>
      {busy && <LinearProgress aria-label={t('testPull.pulling')} />}
      {error && <ErrorPanel error={error} title={t('testPull.failed')} />}
      {progress && <TestPullSteps steps={progress.steps} />}
      {progress?.failure && (
        <Typography variant="body2" color="error">
          <ReasonText reason={progress.failure} />
        </Typography>
      )}
      {progress && (
        // Each second would be read out.
        <Typography variant="body2" color="textSecondary" aria-live="off">
          {t(`testPull.state.${progress.state}`, params)}
        </Typography>
      )}
    </>
  );
}
