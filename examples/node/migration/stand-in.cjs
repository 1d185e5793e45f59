// Stands in for the `aerospike` package, so that the example needs no server: a client of the release in AEROSPIKE_RELEASE, whose
// numbers come from the registry. Every record is missing, and every record that is put is too big.
const { statusOf } = require('aerocodes/legacy');

const status = statusOf(process.env.AEROSPIKE_RELEASE);
const answer = (name) => ({ code: status[name] ?? status[name.replace('AEROSPIKE_', '')], message: name });

exports.status = status;
exports.key = (ns, set, key) => ({ ns, set, key });
exports.client = () => {
  const client = {
    connect: (done) => process.nextTick(done, answer('AEROSPIKE_OK'), client),
    get: (key, done) => process.nextTick(done, answer('AEROSPIKE_ERR_RECORD_NOT_FOUND')),
    put: (key, bins, done) => process.nextTick(done, answer('AEROSPIKE_ERR_RECORD_TOO_BIG')),
  };
  return client;
};
