// A service that maps Aerospike errors to HTTP answers by condition, whatever client raised them; the middleware has Express's
// signature. node service.mjs [PORT]

import { createServer } from 'node:http';
import { conditions, explain } from 'aerocodes';

const STATUS = new Map([
  [conditions.RECORD_NOT_FOUND, 404],
  [conditions.RECORD_EXISTS, 409],
  [conditions.GENERATION_MISMATCH, 412],
  [conditions.RECORD_TOO_BIG, 413],
  [conditions.KEY_BUSY, 429],
  [conditions.DEVICE_OVERLOAD, 503],
  [conditions.TIMEOUT, 504],
]);

/** Express-like error middleware: `app.use(aerospikeErrors)`. */
export function aerospikeErrors(error, request, response, next) {
  const e = explain(error, { operation: request.method === 'GET' ? 'read' : 'write' });
  if (e.kind !== 'reading' || !e.reading.known) return next(error);
  const { reading, advice } = e;
  response.statusCode = STATUS.get(reading.condition) ?? (reading.origin === 'client' ? 502 : 500);
  if (advice.retryableNotApplied === 'yes') response.setHeader('Retry-After', '1');
  response.setHeader('Content-Type', 'application/problem+json');
  response.end(`${JSON.stringify({ title: reading.summary, status: response.statusCode, code: reading.code, retry: advice.retryable, applied: advice.maybeApplied })}\n`);
}

/** What a handler would do with the client; here the error comes from the path. */
function handler(request) {
  const code = Number(new URL(request.url, 'http://localhost').pathname.slice(1));
  throw Object.assign(new Error('from the client'), { name: 'AerospikeError', code, inDoubt: false });
}

export function serve(port) {
  const server = createServer((request, response) => {
    try {
      handler(request);
    } catch (error) {
      aerospikeErrors(error, request, response, () => {
        response.statusCode = 500;
        response.end('{"title":"internal error","status":500}\n');
      });
    }
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve(server)));
}

if (process.argv[1]?.endsWith('service.mjs')) {
  const server = await serve(Number(process.argv[2] ?? 8080));
  console.log(`http://127.0.0.1:${server.address().port}/9 answers for code 9`);
}
