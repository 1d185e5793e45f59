package aerocodes_test

import (
	"errors"
	"fmt"

	aerocodes "github.com/aerocodes/aerocodes/bindings/go"
	"github.com/aerocodes/aerocodes/bindings/go/codes/java"
	"github.com/aerocodes/aerocodes/bindings/go/codes/nodejs10"
)

func ExampleDialect_Lookup() {
	r := aerocodes.NodeJs10.Lookup(nodejs10.AEROSPIKE_ERR_RECORD_NOT_FOUND)
	fmt.Println(r, r.Condition())
	unknown := aerocodes.Server.Lookup(88)
	fmt.Printf("%q %s %s\n", unknown.Name(), unknown.Condition(), unknown.Category())
	// Output:
	// nodejs-1.0:602 AEROSPIKE_ERR_RECORD_NOT_FOUND RECORD_NOT_FOUND
	// "" - security
}

func ExampleLookupAt() {
	for _, text := range []string{"4.1.0", "4.1.1"} {
		release, err := aerocodes.ParseRelease(text)
		if err != nil {
			panic(err)
		}
		fmt.Println(text, aerocodes.LookupAt(aerocodes.Java, 11, release))
	}
	// Output:
	// 4.1.0 java:11 SERVER_NOT_AVAILABLE
	// 4.1.1 java:11 PARTITION_UNAVAILABLE
}

func ExampleTranslate() {
	t := aerocodes.Translate(aerocodes.Code{Dialect: aerocodes.NodeJs10, Value: 400}, aerocodes.Server)
	fmt.Println(t.Kind, t.Targets)
	// Output: folded [server:9 AS_ERR_TIMEOUT server:212 AS_ERR_QUERY_TIMEOUT]
}

func ExampleAdvise() {
	a := aerocodes.Advise(aerocodes.Code{Dialect: aerocodes.Java, Value: java.TIMEOUT}, aerocodes.Write, aerocodes.Unknown)
	fmt.Println(a.Retryable, a.MaybeApplied, a.RetryableNotApplied)
	// Output: depends yes no
}

// clientError has the shape of the official client's errors.
type clientError struct{ ResultCode int }

func (*clientError) Error() string   { return "ResultCode: TIMEOUT" }
func (*clientError) IsInDoubt() bool { return true }

func ExampleWrap() {
	err := fmt.Errorf("cart 4711: %w", &clientError{ResultCode: 9})
	err = aerocodes.Wrap(err)
	fmt.Println(errors.Is(err, aerocodes.TIMEOUT), errors.Is(err, aerocodes.KEY_BUSY))
	var ae *aerocodes.Error
	if errors.As(err, &ae) {
		fmt.Println(ae.Reading, ae.Advise(aerocodes.Write).MaybeApplied)
	}
	// Output:
	// true false
	// go:9 TIMEOUT yes
}
