import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { buildOpenApiDocument } from '../plugins/image-registry-common/src/openapi';

const file = resolve(
  __dirname,
  '../plugins/image-registry-backend/openapi.json',
);
writeFileSync(
  file,
  `${JSON.stringify(buildOpenApiDocument(), undefined, 2)}\n`,
);
