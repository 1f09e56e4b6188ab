import { createAddressGuard } from '../../../plugins/image-registry-node/src/guard';
import { createOciClient } from '../../../plugins/image-registry-node/src/oci/OciClient';
import { createRegistryHttp } from '../../../plugins/image-registry-node/src/transport';

/** As a process of its own: the tags of a repository to standard output. */
async function main([address, repository]: string[]): Promise<void> {
  const http = createRegistryHttp({
    registryId: 'bench',
    address,
    tls: { verify: true },
    guard: createAddressGuard({ allowedLoopback: ['localhost'] }),
    title: 'Docker Registry',
  });
  const client = createOciClient({ http, address, title: 'Docker Registry' });
  const { items } = await client.listTags(repository);
  process.stdout.write(JSON.stringify({ Repository: repository, Tags: items }));
}

main(process.argv.slice(2)).catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
