-- What wrk measured, as one line of JSON after its own words; latencies in milliseconds.
-- An answer that ends with its connection is whole, yet wrk calls its end an error of reading: those are told apart.
done = function(summary, latency, _)
  local errors = summary.errors
  local failed = errors.connect + errors.write + errors.status + errors.timeout
  io.write(string.format(
    '{"requests": %d, "seconds": %f, "p50": %f, "p95": %f, "p99": %f, "failed": %d, "closed": %d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3, failed, errors.read))
end
