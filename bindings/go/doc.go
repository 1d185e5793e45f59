// Package aerocodes knows every Aerospike status code, in every client's numbering.
//
// A number such as -8 means nothing until one knows who printed it: an invalid node in C, Python and Node.js, an
// unreachable server in Java, an empty connection pool in Go. A [Dialect] is one numbering, a [Code] a dialect and a
// number, a [Reading] what a number was called in which releases, a [Condition] what happened whatever the numbering,
// and [Advice] whether a request may be sent again.
//
//	r := aerocodes.Java.Lookup(-8)
//	fmt.Println(r.Name(), r.Condition(), r.Predicates().Retryable)
//
// Unknown numbers are values, not errors: they have no name and no condition, and keep their number.
//
// The package is generated tables and plain Go over them: it needs no C compiler, has no dependency, opens no connection
// and retries nothing. Everything is safe for concurrent use. Recognising codes in text, [Recognize], is done by the C
// library and is there only under the build tag aerocodes_cgo.
//
// # Errors of the official client
//
// [Wrap] gives an error of github.com/aerospike/aerospike-client-go a meaning that errors.Is and errors.As understand:
//
//	if errors.Is(aerocodes.Wrap(err), aerocodes.TIMEOUT) { … }
package aerocodes
