// Tests of the packaged module, beside the official client; a module of its own, so that users of ours download neither.
module aerocodes.test

go 1.23

require (
	github.com/aerocodes/aerocodes/bindings/go v0.1.0
	github.com/aerospike/aerospike-client-go/v8 v8.6.0
)
