/** What to do when a registry, or the way to it, fails. */
export const remedyMessages = {
  'reason.try-later': 'Try again later',
  'reason.check-spelling': 'Check the spelling; it may also have been deleted',
  'reason.name-repositories': 'Name the repositories that it should tell of',
  'reason.name-endpoint-repositories':
    'Name the repositories that the endpoint may speak for',
  'reason.check-api-proxy': 'Check that no proxy answers for the API',
  'reason.check-sign-in-page':
    'Check that no proxy or sign-in page answers for it',
  'reason.wait-for-limit':
    'Wait a moment; the limit is per account and operation',
  'reason.check-settings': 'Check the address and the settings of the registry',
  'reason.sign-in-with-right': 'Sign in with an account that may',
  'reason.type-names':
    'Type the names of repositories instead of choosing them from a list',
  'reason.check-login': 'Check the user name and the password or token',
  'reason.write-namespace-name': 'Write namespace/name',
  'reason.spell-namespace-name':
    'Check the spelling; repositories are namespace/name',
  'reason.use-enterprise-triggers':
    'Use an Enterprise instance, or save the policy after a push: its tags are looked at then',
  'reason.higher-limit':
    'Wait, or sign in with an account that has a higher limit',
  'reason.check-host-name':
    'Check the spelling of the host; the name must resolve where the backend runs',
  'reason.check-dns':
    'Try again; check the DNS settings of the machine the backend runs on',
  'reason.check-port': 'Check the port, and that the registry is running',
  'reason.check-network':
    'Check the network between the backend and the registry',
  'reason.check-network-again':
    'Try again; check the network between the backend and the registry',
  'reason.look-for-firewall':
    'Try again; if it stays, look for a firewall or proxy in between',
  'reason.check-firewall':
    'Check the port and the firewalls between the backend and the registry',
  'reason.check-load':
    'Try again; if it stays, look into the load of the registry',
  'reason.check-is-registry': 'Check that the address is that of a registry',
  'reason.give-ca':
    "Give the authority's certificate in the TLS settings, or switch verification off there",
  'reason.give-certificate':
    'Give that certificate as CA in the TLS settings, or switch verification off there',
  'reason.renew-certificate': 'Renew the certificate of the registry',
  'reason.check-clocks': 'Check the clocks of both machines',
  'reason.use-certificate-name':
    'Use a name that the certificate holds, or renew it with this one',
  'reason.write-http': 'Write the address with http://, or give the https port',
  'reason.perhaps-https':
    'Try again; if it stays, the port may be one for https: write the address with https://',
  'reason.write-https': 'Write the address with https://',
  'reason.check-name': 'Check the address and the spelling of the name',
  'reason.check-kind':
    'Check that the address is that of a registry of this kind',
  'reason.check-registry-proxy':
    'Check that the address is that of a registry, and that no proxy answers for it',
  'reason.give-right': 'Give the account the right to do this at the registry',
  'reason.check-log':
    'Try again later; if it stays, look into the log of the registry',
  'reason.proxy-answers':
    'A proxy in front of the registry answers for it; check that the registry behind it is running',
  'reason.no-registry-page':
    'Check that the address is that of a registry, and that no proxy or sign-in page answers for it',
  'reason.give-pem':
    'Give it as PEM, beginning with -----BEGIN CERTIFICATE-----',
  'reason.write-address': 'Write it as https://host[:port][/path]',
  'reason.only-http': 'Only http and https are allowed',
  'reason.move-credentials': 'Put them into the credentials of the registry',
  'reason.tell-public-address':
    'Tell the registry its public address (for distribution http.host, behind a proxy X-Forwarded-Proto)',
  'reason.check-proxy':
    'Check the address of the proxy, and that it is running',
  'reason.check-proxy-login':
    'Check the user name and the password of the proxy',
  'reason.check-proxy-firewall':
    'Check the address, and the firewalls between the proxy and the registry',
  'reason.check-proxy-name':
    'Check the spelling of the host: its name must resolve where the proxy runs',
  'reason.check-proxy-kind':
    'Check that the address is that of an HTTP proxy, and look into its log',
  'reason.address-of-other-host':
    'If that is the registry itself, change its address to that host',
  'reason.give-credentials':
    'Give credentials; registries also answer so for what does not exist',
  'reason.give-right-or-absent':
    'Give the account the right to do this at the registry; registries also answer so for what does not exist',
  'reason.basic-or-bearer': 'Basic and Bearer are supported',
  'reason.give-pull-right':
    'Give the account the right to pull at the registry',
  'reason.changed-on-the-way':
    'The content was changed on the way, or is damaged at the registry; a proxy that compresses or rewrites answers does that too',
  'reason.type-the-name':
    'Type the name of the repository instead of choosing it from the list',
  'reason.build-again': 'Build and push the image again with a current tool',
  'reason.push-again':
    'Push the image again; a proxy that rewrites content types does that too',
  'reason.check-path':
    'Check the path in the address of the registry, and proxies in front of it',
  'reason.no-registry-here':
    'There is no registry at this address; check the host, the port and the path',
  'reason.perhaps-web-page':
    'Check the host, the port and the path; the web interface of a registry often has another address',
  'reason.correct-realm':
    'Correct the realm in the configuration of the registry',
  'reason.change-address-or-public':
    'If that is the registry itself, change its address; behind a proxy, tell it its public address',
  'reason.bring-key-back': 'Bring the key back, or enter the credentials again',
  'reason.connect-again':
    'Connect it again, or let what uses it use another registry',
  'reason.add-module': "Add that kind's module to the backend",
  'reason.try-again': 'Try again',
  'reason.set-clock':
    'Set the clock of the machine that the backend runs on, for example by NTP: the API accepts at most {{minutes}} minutes of difference',
  'reason.check-proxy-for': 'Check that no proxy answers for {{service}}',
  'reason.list-address': 'If it is meant, add {{entry}} to {{key}}',
  'reason.write-origin':
    'Write the address as that of {{origin}}, if that is the same service',
  'reason.allow-connect':
    'Have the proxy allow CONNECT to {{target}}, or list the host as one that needs no proxy',
  'reason.change-address': 'Change the address of the registry to {{origin}}',
  'reason.trust-realm': 'If that is its token service, add {{host}} to {{key}}',
} as const;
