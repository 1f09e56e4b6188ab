import { ReactNode } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import Link from '@material-ui/core/Link';
import { personName } from '@slipway/backstage-plugin-image-registry-react';
import { Link as RouterLink } from 'react-router-dom';

/** Leads to the deploy tab of a component. */
export function DeployLink(props: {
  entityRef: string;
  /** What is open there. */
  query?: Record<string, string>;
  /** Absent: the name of the component. */
  children?: ReactNode;
  'aria-label'?: string;
}) {
  const { entityRef, query, children } = props;
  const route = useRouteRef(entityRouteRef);
  const parameters = new URLSearchParams(query).toString();
  const tab = `${route(entityRouteParams(parseEntityRef(entityRef)))}/deploy`;
  return (
    <Link
      component={RouterLink}
      underline="always"
      title={entityRef}
      aria-label={props['aria-label']}
      to={parameters ? `${tab}?${parameters}` : tab}
    >
      {children ?? personName(entityRef)}
    </Link>
  );
}
