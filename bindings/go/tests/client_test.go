package tests

import (
	"errors"
	"fmt"
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	gotypes "go/types"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	aerocodes "github.com/aerocodes/aerocodes/bindings/go"
	as "github.com/aerospike/aerospike-client-go/v8"
	"github.com/aerospike/aerospike-client-go/v8/types"
)

// resultCodes reads every constant of the client's type ResultCode from its source.
func resultCodes(t *testing.T) map[string]int {
	t.Helper()
	dir, err := exec.Command("go", "list", "-f", "{{.Dir}}", "github.com/aerospike/aerospike-client-go/v8/types").Output()
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, filepath.Join(strings.TrimSpace(string(dir)), "result_code.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	config := gotypes.Config{Importer: importer.Default(), Error: func(error) {}}
	pkg, _ := config.Check("types", set, []*ast.File{file}, nil)
	out := map[string]int{}
	for _, name := range pkg.Scope().Names() {
		c, ok := pkg.Scope().Lookup(name).(*gotypes.Const)
		if !ok || !strings.HasSuffix(c.Type().String(), "ResultCode") {
			continue
		}
		v, _ := constant.Int64Val(c.Val())
		out[name] = int(v)
	}
	return out
}

func TestEveryResultCodeOfTheClientIsKnown(t *testing.T) {
	all := resultCodes(t)
	if len(all) < 80 {
		t.Fatalf("only %d result codes were read from the client", len(all))
	}
	for name, value := range all {
		found := false
		for _, r := range (aerocodes.Code{Dialect: aerocodes.Go, Value: value}).Readings() {
			found = found || (r.Name() == name && !r.Retired() && !r.Wrong())
		}
		if !found {
			t.Errorf("the client's %s = %d is not known as such: %v", name, value, aerocodes.Go.Lookup(value))
		}
	}
	// And the other way round: what we call current is what the client has.
	for _, r := range aerocodes.Go.Readings() {
		if r.Name() == "" || r.Retired() || r.Wrong() {
			continue
		}
		if v, ok := all[r.Name()]; !ok || v != r.Value() {
			t.Errorf("%v is current here, but the client has %d, %t", r, v, ok)
		}
	}
}

func TestClientErrors(t *testing.T) {
	timeout := &as.AerospikeError{ResultCode: types.TIMEOUT, InDoubt: true}
	wrapped := fmt.Errorf("cart 4711: %w", timeout)
	err := aerocodes.Wrap(wrapped)
	if !errors.Is(err, aerocodes.TIMEOUT) || errors.Is(err, aerocodes.KEY_BUSY) {
		t.Error("the condition is not found")
	}
	if !errors.Is(err, aerocodes.Code{Dialect: aerocodes.Java, Value: 9}) || !errors.Is(err, aerocodes.Code{Dialect: aerocodes.Go, Value: 9}) {
		t.Error("the code is not found")
	}
	var ae *aerocodes.Error
	if !errors.As(err, &ae) || ae.InDoubt != aerocodes.Yes || ae.Condition() != aerocodes.TIMEOUT {
		t.Fatalf("errors.As gave %v", ae)
	}
	if a := ae.Advise(aerocodes.Write); a.MaybeApplied != aerocodes.Yes || a.RetryableNotApplied != aerocodes.No {
		t.Errorf("advice is %v", a)
	}
	// What worked before still works.
	var own *as.AerospikeError
	if !errors.As(err, &own) || own.ResultCode != types.TIMEOUT || !errors.Is(err, wrapped) {
		t.Error("the client's own error is lost")
	}
	if !errors.Is(aerocodes.Wrap(as.ErrTimeout), aerocodes.TIMEOUT) {
		t.Errorf("the client's ErrTimeout is %v", aerocodes.Wrap(as.ErrTimeout))
	}
	if again := aerocodes.Wrap(err); again != err {
		t.Error("wrapped twice")
	}
}

func TestRealConnectionFailure(t *testing.T) {
	policy := as.NewClientPolicy()
	policy.Timeout = 2 * time.Second
	policy.FailIfNotConnected = true
	// A closed port of this machine: nothing listens on 1.
	_, failed := as.NewClientWithPolicy(policy, "127.0.0.1", 1)
	if failed == nil {
		t.Fatal("something answered on port 1")
	}
	ae := aerocodes.From(failed)
	if ae == nil || !ae.Reading.Known() || !failed.Matches(types.ResultCode(ae.Reading.Value())) {
		t.Fatalf("%v is read as %v", failed, ae)
	}
	if ae.Reading.Category() != aerocodes.CategoryClient {
		t.Errorf("category %s", ae.Reading.Category())
	}
}

// odd has the field but no flag; foreign has a field of another kind.
type odd struct{ ResultCode int }

func (odd) Error() string { return "odd" }

type foreign struct{ ResultCode string }

func (foreign) Error() string   { return "foreign" }
func (foreign) IsInDoubt() bool { return false }

type loop struct{}

func (l loop) Error() string { return "loop" }
func (l loop) Unwrap() error { return l }

func TestOtherErrors(t *testing.T) {
	for _, err := range []error{nil, os.ErrNotExist, odd{9}, foreign{"9"}, loop{}, fmt.Errorf("x: %w", os.ErrClosed), errors.Join(os.ErrClosed, odd{2})} {
		if got := aerocodes.From(err); got != nil {
			t.Errorf("%v is read as %v", err, got)
		}
		if got := aerocodes.Wrap(err); got != err && err.Error() != got.Error() {
			t.Errorf("%v became %v", err, got)
		}
	}
	var typedNil *as.AerospikeError
	if got := aerocodes.From(typedNil); got != nil {
		t.Errorf("a nil error is read as %v", got)
	}
	joined := errors.Join(os.ErrClosed, &as.AerospikeError{ResultCode: types.KEY_BUSY})
	if !errors.Is(aerocodes.Wrap(joined), aerocodes.KEY_BUSY) {
		t.Error("a joined error is not found")
	}
	unknown := aerocodes.From(&as.AerospikeError{ResultCode: 4711})
	if unknown == nil || unknown.Reading.Value() != 4711 || unknown.Reading.Known() || errors.Is(unknown, aerocodes.Condition(0)) {
		t.Errorf("an unknown code is read as %v", unknown)
	}
	var none *aerocodes.Error
	if none.Is(aerocodes.TIMEOUT) || none.Unwrap() != nil || none.Error() == "" {
		t.Error("a nil *Error misbehaves")
	}
}
