-- Calls of wrk: each tells of an image pushed by its digest alone, which is
-- stored and leaves nothing to decide, or with TAGGED by a tag of its own. The
-- secret is in AUTHORIZATION.
-- Prints the result as JSON.

local headers = {
  ['Authorization'] = os.getenv('AUTHORIZATION'),
  ['Content-Type'] = 'application/vnd.docker.distribution.events.v2+json',
}
local body = [[{"events":[{"id":"event-%d","timestamp":"%s","action":"push",]]
  .. [["target":{"mediaType":"application/vnd.oci.image.manifest.v1+json",]]
  .. [["size":1234,"digest":"sha256:%s","repository":"bench/web",]]
  .. [[%s"url":"http://registry.test/v2/bench/web/manifests/sha256:%s"},]]
  .. [["request":{"id":"request-%d","method":"PUT","useragent":"bench/1.0"}}]}]]
local tag = os.getenv('TAGGED') == '1' and '"tag":"build-%d",' or ''
local count = 0

function request()
  count = count + 1
  local digest = string.format('%08x', count):rep(8)
  local now = os.date('!%Y-%m-%dT%H:%M:%SZ')
  return wrk.format(
    'POST',
    nil,
    headers,
    body:format(count, now, digest, tag:format(count), digest, count)
  )
end

function done(summary)
  local errors = summary.errors
  local failed = errors.connect
    + errors.read
    + errors.write
    + errors.status
    + errors.timeout
  io.stderr:write(string.format(
    '{"answered":%d,"failed":%d,"seconds":%f}',
    summary.requests,
    failed,
    summary.duration / 1e6
  ))
end
