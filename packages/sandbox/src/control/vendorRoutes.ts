import { vendorFaultSchema, vendorLogins, VendorWorld } from '../vendors';
import { checkBody, ControlError, ControlRoute } from './ControlRoute';

/** What of the vendors can be seen and changed from outside. */
export function vendorRoutes(world: VendorWorld): ControlRoute[] {
  return [
    {
      method: 'GET',
      path: '/vendors/logins',
      handle: () => ({ body: { ca: world.ca, logins: vendorLogins() } }),
    },
    ...faultRoutes(world),
    ...requestRoutes(world),
  ];
}

function faultRoutes({ faults }: VendorWorld): ControlRoute[] {
  const path = '/vendors/faults';
  const list = () => ({ faults: faults.list() });
  return [
    { method: 'GET', path, handle: () => ({ body: list() }) },
    {
      method: 'POST',
      path,
      handle: ({ body }) => {
        const id = faults.add(checkBody(vendorFaultSchema, body));
        return { status: 201, body: { id } };
      },
    },
    {
      method: 'DELETE',
      path,
      handle: () => {
        faults.clear();
        return { body: list() };
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:id`,
      handle: ({ parameters }) => {
        if (!faults.remove(Number(parameters.id))) {
          throw new ControlError(404, `there is no fault ${parameters.id}`);
        }
        return { body: list() };
      },
    },
  ];
}

function requestRoutes({ requests }: VendorWorld): ControlRoute[] {
  const path = '/vendors/requests';
  return [
    {
      method: 'GET',
      path,
      // Without headers and bodies: they hold credentials.
      handle: () => ({
        body: {
          requests: requests.list().map(({ answer, method, url }) => ({
            method,
            url: `${url.origin}${url.pathname}`,
            ...(answer && { status: answer.status }),
          })),
        },
      }),
    },
    {
      method: 'DELETE',
      path,
      handle: () => {
        requests.clear();
        return { body: { requests: [] } };
      },
    },
  ];
}
