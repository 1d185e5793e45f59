import aerocodes = require('aerocodes');
import legacy = require('aerocodes/legacy');

const name: string | undefined = aerocodes.lookup('nodejs-1.0', legacy.status.AEROSPIKE_ERR_RECORD_NOT_FOUND).name;
export = name;
