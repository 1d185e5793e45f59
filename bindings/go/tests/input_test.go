package tests

import (
	"encoding/json"
	"math"
	"runtime"
	"strings"
	"sync"
	"testing"

	aerocodes "github.com/aerocodes/aerocodes/bindings/go"
	"github.com/aerocodes/aerocodes/bindings/go/codes/golang"
	"github.com/aerocodes/aerocodes/bindings/go/codes/nodejs10"
)

var huge = strings.Repeat("TIMEOUT é\x00", 1<<17)

func TestBadInput(t *testing.T) {
	for _, text := range []string{"", " ", ":", "java", "java:", "cobol:9", "java:NO_SUCH", "java:0x", "java:--9", "java:2147483648", "java:99999999999999999999", "java:0x80000000", "\xff:9", huge, "java:" + huge} {
		if c, err := aerocodes.ParseCode(text); err == nil {
			t.Errorf("%.20q is read as %v", text, c)
		} else if len(err.Error()) > 600 {
			t.Errorf("an error of %d bytes for %.20q", len(err.Error()), text)
		}
	}
	for text, want := range map[string]aerocodes.Code{
		"java:-8": {Dialect: aerocodes.Java, Value: -8}, " legacy : 602 ": {Dialect: aerocodes.NodeJs10, Value: 602}, "server:0x16": {Dialect: aerocodes.Server, Value: 22},
		"java:-2147483648": {Dialect: aerocodes.Java, Value: math.MinInt32}, "java:TIMEOUT": {Dialect: aerocodes.Java, Value: 9}, "C#:key_busy": {Dialect: aerocodes.CSharp, Value: 14},
		"java:SERVER_NOT_AVAILABLE": {Dialect: aerocodes.Java, Value: -8},
	} {
		if got, err := aerocodes.ParseCode(text); err != nil || got != want {
			t.Errorf("%q is %v, %v", text, got, err)
		}
	}
	for _, text := range []string{"", "v", "x", "1.", ".1", "1..2", "1.2.3.4.5", "65535", "-1", "1.2 ", "+1", huge} {
		if r, err := aerocodes.ParseRelease(text); err == nil {
			t.Errorf("%.20q is release %v", text, r)
		}
	}
	for _, v := range []int{math.MinInt, math.MinInt32, -1 << 16, 65536 + 9, 1 << 20, math.MaxInt32, math.MaxInt} {
		for _, d := range append(aerocodes.Dialects(), 16, 200, 255) {
			if r := d.Lookup(v); r.Known() || r.Value() != v || r.Name() != "" || r.Category().String() == "" {
				t.Errorf("%d in %s is %v", v, d, r)
			}
		}
	}
	beyond := aerocodes.Dialect(200)
	if len(beyond.Readings()) != 0 || len(aerocodes.Translate(aerocodes.Code{Dialect: aerocodes.Java, Value: 9}, beyond).Targets) != 0 {
		t.Error("a dialect beyond those known has codes")
	}
	if a := aerocodes.Advise(aerocodes.Code{Dialect: aerocodes.Java, Value: 9}, aerocodes.Operation(99), aerocodes.Answer(77)); a.MaybeApplied != aerocodes.Yes {
		t.Errorf("an unknown operation is not treated as a write: %v", a)
	}
	for _, c := range []aerocodes.Condition{0, 255} {
		if c.Known() || c.String() != "-" || c.Summary() != "" || len(c.Readings()) != 0 {
			t.Errorf("condition %d is known", c)
		}
	}
	for _, words := range []string{"", " ", "\xff\xfe", "the", huge, strings.Repeat("x", 1<<20)} {
		aerocodes.Search(words)
		aerocodes.Find(words)
	}
	if n := aerocodes.Java.Decode(nil, []int32{9}); n != 0 {
		t.Errorf("%d decoded into nothing", n)
	}
	ids := make([]uint8, 3)
	aerocodes.Java.Decode(ids, []int32{math.MinInt32, math.MaxInt32, 9})
	if ids[0] != 0 || ids[1] != 0 || aerocodes.Condition(ids[2]) != aerocodes.TIMEOUT {
		t.Errorf("extreme values decode to %v", ids)
	}
}

func TestConstants(t *testing.T) {
	if golang.TIMEOUT != 9 || nodejs10.AEROSPIKE_ERR_RECORD_NOT_FOUND != 602 {
		t.Error("a constant is wrong")
	}
	if aerocodes.Go.Lookup(golang.KEY_BUSY).Condition() != aerocodes.KEY_BUSY {
		t.Error("constant and lookup disagree")
	}
}

func TestText(t *testing.T) {
	type record struct {
		Dialect   aerocodes.Dialect
		Condition aerocodes.Condition
		None      aerocodes.Condition
		Answer    aerocodes.Answer
	}
	in := record{aerocodes.NodeJs10, aerocodes.TIMEOUT, 0, aerocodes.Depends}
	text, err := json.Marshal(in)
	if want := `{"Dialect":"nodejs-1.0","Condition":"TIMEOUT","None":"-","Answer":"depends"}`; err != nil || string(text) != want {
		t.Fatalf("%s, %v", text, err)
	}
	var out record
	if err := json.Unmarshal(text, &out); err != nil || out != in {
		t.Errorf("%v, %v", out, err)
	}
	for _, bad := range []string{`{"Dialect":"cobol"}`, `{"Condition":"NO_SUCH"}`, `{"Condition":""}`, `{"Answer":"perhaps"}`} {
		if err := json.Unmarshal([]byte(bad), &out); err == nil {
			t.Errorf("%s is read", bad)
		}
	}
}

func TestSearchForgivesTypingErrors(t *testing.T) {
	for words, want := range map[string]aerocodes.Condition{"device overlaod": aerocodes.DEVICE_OVERLOAD, "KEY_NOT_FOUND_ERROR": aerocodes.RECORD_NOT_FOUND} {
		if hits := aerocodes.Search(words); len(hits) == 0 || hits[0].Condition != want {
			t.Errorf("%q finds %v", words, hits)
		}
	}
	if hits := aerocodes.Search("zzzzqqqq"); len(hits) != 0 {
		t.Errorf("nonsense finds %v", hits)
	}
}

func TestManyGoroutines(t *testing.T) {
	var all sync.WaitGroup
	for g := 0; g < 32; g++ {
		all.Add(1)
		go func() {
			defer all.Done()
			for i := -50; i < 300; i++ {
				for _, d := range aerocodes.Dialects() {
					r := d.Lookup(i + g%3)
					if r.Value() != i+g%3 || (r.Name() != "" && len(aerocodes.Find(r.Name())) == 0) {
						t.Errorf("%v", r)
						return
					}
				}
			}
			aerocodes.Readings(9)
			aerocodes.Search("hot key")
		}()
	}
	all.Wait()
}

func TestLookupAllocatesNothing(t *testing.T) {
	sink := 0
	if n := testing.AllocsPerRun(1000, func() {
		r := aerocodes.Java.Lookup(-8)
		sink += len(r.Name()) + int(r.Condition()) + len(r.Category().String())
	}); n != 0 {
		t.Errorf("a lookup allocates %f times", n)
	}
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	for i := 0; i < 10_000_000; i++ {
		sink += int(aerocodes.Go.Lookup(i&1023 - 64).Condition())
	}
	runtime.GC()
	runtime.ReadMemStats(&after)
	if after.HeapAlloc > before.HeapAlloc+1<<20 {
		t.Errorf("ten million lookups left %d bytes", after.HeapAlloc-before.HeapAlloc)
	}
	_ = sink
}

func BenchmarkLookup(b *testing.B) {
	sink := 0
	for i := 0; i < b.N; i++ {
		sink += int(aerocodes.Go.Lookup(i&127 - 20).Condition())
	}
	_ = sink
}

func BenchmarkMap(b *testing.B) {
	m := map[int]aerocodes.Reading{}
	for _, r := range aerocodes.Go.Readings() {
		m[r.Value()] = r
	}
	sink := 0
	for i := 0; i < b.N; i++ {
		sink += int(m[i&127-20].Condition())
	}
	_ = sink
}
