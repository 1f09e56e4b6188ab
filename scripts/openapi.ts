import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { format } from 'prettier';
import { buildOpenApiDocument } from '../plugins/image-registry-common/src/openapi';

const file = resolve(
  __dirname,
  '../plugins/image-registry-backend/openapi.json',
);
writeFileSync(
  file,
  format(JSON.stringify(buildOpenApiDocument()), { parser: 'json' }),
);
