// A small program of the 1.0 days: it compares with the numbers of client 1.0.0 to 1.0.19.
const aerospike = require('aerospike')

const client = aerospike.client({ hosts: [{ addr: '127.0.0.1', port: 3000 }] })

function stored (err) {
  if (err.code === aerospike.status.ERR_RECORD_TOO_BIG) console.log('too big')
  else if (err.code === 0) console.log('stored')
}

client.connect(function (err, client) {
  if (err.code !== 0) throw new Error(err.message)
  client.get(aerospike.key('test', 'users', 'nobody'), function (err, record) {
    switch (err.code) {
      case 0: console.log('found', record); break
      case aerospike.status.ERR_RECORD_NOT_FOUND: console.log('nobody there'); break
      default: console.log('failed', err.code === 400 ? 'late' : 'otherwise')
    }
  })
  client.put(aerospike.key('test', 'users', 'big'), { bin: 'x' }, stored)
})
