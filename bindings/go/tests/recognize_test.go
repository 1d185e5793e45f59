//go:build aerocodes_cgo

package tests

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	aerocodes "github.com/aerocodes/aerocodes/bindings/go"
	as "github.com/aerospike/aerospike-client-go/v8"
	"github.com/aerospike/aerospike-client-go/v8/types"
)

func TestRecognizesTheClientsOwnText(t *testing.T) {
	text := fmt.Sprintf("2026-11-22 cart: %v\n", &as.AerospikeError{ResultCode: types.KEY_BUSY})
	found, err := aerocodes.Recognize(text)
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %v in %s", found, err, text)
	}
	if c, ok := found[0].Code(); !ok || c != (aerocodes.Code{Dialect: aerocodes.Go, Value: 14}) || found[0].Condition != aerocodes.KEY_BUSY || found[0].InDoubt != aerocodes.No {
		t.Errorf("%+v", found[0])
	}
}

func TestRecognizesTheTrace(t *testing.T) {
	trace, err := os.ReadFile(os.Getenv("AEROCODES_TRACE"))
	if err != nil {
		t.Fatal(err)
	}
	one, _ := aerocodes.Recognize(string(trace))
	if len(one) == 0 {
		t.Fatal("nothing was found")
	}
	many, _ := aerocodes.Recognize(strings.Repeat(string(trace)+"\n\n", 100))
	if len(many) != 100*len(one) {
		t.Errorf("%d findings in a hundred traces of %d", len(many), len(one))
	}
	var all sync.WaitGroup
	for i := 0; i < 16; i++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for k := 0; k < 100; k++ {
				if again, _ := aerocodes.Recognize(string(trace)); len(again) != len(one) {
					t.Errorf("%d findings, not %d", len(again), len(one))
					return
				}
			}
		}()
	}
	all.Wait()
}

func TestRecognizesNothingInBadInput(t *testing.T) {
	for _, text := range []string{"", "\x00", "\xff\xfe\xfd", "Error ", strings.Repeat("Error ", 1<<17), huge} {
		if _, err := aerocodes.Recognize(text); err != nil {
			t.Error(err)
		}
	}
}
