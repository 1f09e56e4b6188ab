import { Reason } from '@slipway/backstage-plugin-image-registry-common';
import { ContainerImage } from '@slipway/backstage-plugin-image-registry-node';

/** The workload is not there any more, or another one has its name. */
export function deleted(): Reason {
  return {
    code: 'workload-deleted',
    message: 'The workload was deleted; try again once it is there again.',
  };
}

/** The workload has no such container any more. */
export function containerGone(container: string): Reason {
  return {
    code: 'container-gone',
    message: `The workload has no container ${container} any more; deploy to the one that it has now.`,
    params: { container },
  };
}

/** The controller has not seen the change. */
export function notTakenUp(): Reason {
  return {
    code: 'not-taken-up',
    message: 'The cluster has not taken up the change yet.',
  };
}

/** All is well, but not for long enough. */
export function settling(): Reason {
  return {
    code: 'settling',
    message: 'All pods run the new version; making sure that they stay up.',
  };
}

/** Another image stands where ours was written. */
export function imageReplaced(
  container: string,
  written: string | undefined,
): Reason {
  return {
    code: 'image-replaced',
    message: `Somebody else set the image to ${written ?? 'nothing'}.`,
    params: { image: written ?? '', container },
  };
}

/** The same, when the cluster says who did it. */
export function imageReplacedBy(
  { container, image }: ContainerImage,
  by: { title: string; manager: string; tool?: string },
): Reason {
  const params = {
    image,
    container,
    manager: by.manager,
    title: by.title,
    ...(by.tool && { tool: by.tool }),
  };
  return by.tool
    ? {
        code: 'image-reverted',
        message: `${by.title} set the image back to ${image}.`,
        params,
      }
    : {
        code: 'image-replaced-by',
        message: `${by.title} set the image to ${image}.`,
        params,
      };
}

/** The deadline says that it failed; a pod says why. */
export function withDetail(
  reason: Reason | undefined,
  detail: Reason | undefined,
): Reason | undefined {
  return reason && detail
    ? {
        code: detail.code,
        message: `${reason.message} ${detail.message}`,
        params: detail.params,
      }
    : reason ?? detail;
}
