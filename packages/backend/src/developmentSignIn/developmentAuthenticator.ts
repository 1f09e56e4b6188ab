import { stringifyEntityRef } from '@backstage/catalog-model';
import { AuthenticationError } from '@backstage/errors';
import {
  createProxyAuthenticator,
  SignInResolver,
} from '@backstage/plugin-auth-node';
import { developmentPeople, DevelopmentPerson } from './developmentPeople';

/** The request header that names the chosen person. */
export const DEVELOPMENT_PERSON_HEADER = 'x-development-person';

/** Believes what the header says: there is no password to check. */
export const developmentAuthenticator = createProxyAuthenticator({
  async defaultProfileTransform(person: DevelopmentPerson) {
    return {
      profile: { displayName: person.displayName, email: person.email },
    };
  },
  initialize() {},
  async authenticate({ req }) {
    const name = req.header(DEVELOPMENT_PERSON_HEADER);
    const person = developmentPeople.find(each => each.name === name);
    if (!person) {
      const names = developmentPeople.map(each => each.name).join(', ');
      throw new AuthenticationError(
        `The header ${DEVELOPMENT_PERSON_HEADER} must be one of ${names}`,
      );
    }
    return { result: person };
  },
});

/** Issues a token that owns what the person and the person's groups own. */
export const developmentSignInResolver: SignInResolver<
  DevelopmentPerson
> = async ({ result: person }, context) => {
  const userEntityRef = stringifyEntityRef({
    kind: 'User',
    namespace: 'default',
    name: person.name,
  });
  const groupEntityRefs = person.groups.map(name =>
    stringifyEntityRef({ kind: 'Group', namespace: 'default', name }),
  );
  return context.issueToken({
    claims: { sub: userEntityRef, ent: [userEntityRef, ...groupEntityRefs] },
  });
};
