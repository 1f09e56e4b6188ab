/**
 * Ends the backend in order when nobody reads its output any more, as is the
 * custom of programs in a pipe. Nobody else handles the failed write: it would
 * be an uncaught exception, which the framework logs, by another failed write,
 * for ever, with growing memory. Output that fails otherwise, as on a full
 * disk, is lost, and the work goes on.
 */
export function endWithoutReader(): void {
  let ending = false;
  const onError = ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE' && !ending) {
      ending = true;
      process.kill(process.pid, 'SIGTERM');
    }
  };
  process.stdout.on('error', onError);
  process.stderr.on('error', onError);
}
