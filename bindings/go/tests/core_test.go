//go:build aerocodes_cgo

package tests

import (
	"fmt"
	"math/rand"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	aerocodes "github.com/aerocodes/aerocodes/bindings/go"

	"aerocodes.test/core"
)

// rounds is how often a random comparison is made, usually and under --full.
func rounds(usual, full int) int {
	if os.Getenv("AEROCODES_CALLS") == "" {
		return usual
	}
	return full
}

func anyNumber(r *rand.Rand, d aerocodes.Dialect) int {
	if known := d.Readings(); r.Intn(2) == 0 && len(known) > 0 {
		return known[r.Intn(len(known))].Value()
	}
	if r.Intn(2) == 0 {
		return r.Intn(3000) - 500
	}
	return int(int32(r.Uint32()))
}

func TestCoreAgreesOnReleases(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	for range rounds(20_000, 400_000) {
		d := aerocodes.Dialect(r.Intn(16))
		v := anyNumber(r, d)
		parts := make([]string, 1+r.Intn(5))
		for i := range parts {
			parts[i] = strconv.Itoa(r.Intn([]int{3, 10, 100, 70_000}[r.Intn(4)]))
		}
		text := []string{"", "", "", "v", "V", " "}[r.Intn(6)] + strings.Join(parts, ".") + []string{"", "", "", "", ".", "x"}[r.Intn(6)]
		release, err := aerocodes.ParseRelease(text)
		theirs := core.Release(text)
		if (err != nil) != (theirs == core.None) {
			t.Fatalf("%q: %v here, %x in the core", text, err, theirs)
		}
		if err != nil {
			continue
		}
		got := aerocodes.LookupAt(d, v, release)
		name, condition := core.LookupAt(int(d), v, theirs)
		if got.Name() != name || int(got.Condition()) != condition {
			t.Fatalf("%s:%d in %s is %v %v here, %s %d in the core", d, v, text, got, got.Condition(), name, condition)
		}
	}
}

func TestCoreAgreesOnReadingsAndNames(t *testing.T) {
	r := rand.New(rand.NewSource(2))
	var names []string
	for _, d := range aerocodes.Dialects() {
		for _, x := range d.Readings() {
			if x.Name() != "" {
				names = append(names, x.Name())
			}
		}
	}
	for range rounds(3_000, 60_000) {
		v := anyNumber(r, aerocodes.Dialect(r.Intn(16)))
		got, want := fmt.Sprint(plain(aerocodes.Readings(v))), fmt.Sprint(core.Readings(v))
		if got != want {
			t.Fatalf("%d is read as %s here, %s in the core", v, got, want)
		}
		name := []byte(names[r.Intn(len(names))])
		for i := range name {
			if r.Intn(4) == 0 && name[i] != '_' {
				name[i] ^= 0x20
			}
		}
		text := string(name)
		switch r.Intn(6) {
		case 0:
			text = names[r.Intn(len(names))]
		case 1:
			text += " "
		case 2:
			text = strings.NewReplacer("k", "\u212A", "S", "\u017F").Replace(text)
		}
		if got, want := fmt.Sprint(plain(aerocodes.Find(text))), fmt.Sprint(core.Find(text)); got != want {
			t.Fatalf("%q finds %s here, %s in the core", text, got, want)
		}
	}
}

type plainReading struct {
	Dialect, Value, Condition int
	Name                      string
}

func plain(readings []aerocodes.Reading) []plainReading {
	out := make([]plainReading, len(readings))
	for i, r := range readings {
		out[i] = plainReading{int(r.Dialect()), r.Value(), int(r.Condition()), r.Name()}
	}
	return out
}

func TestCoreAgreesOnTranslationsAndAdvice(t *testing.T) {
	r := rand.New(rand.NewSource(3))
	for range rounds(20_000, 400_000) {
		d, to := aerocodes.Dialect(r.Intn(16)), aerocodes.Dialect(r.Intn(16))
		c := aerocodes.Code{Dialect: d, Value: anyNumber(r, d)}
		ours := aerocodes.Translate(c, to)
		var values []int
		for _, x := range ours.Targets {
			values = append(values, x.Value())
		}
		kind, targets, reason := core.Translate(int(d), c.Value, int(to))
		if int(ours.Kind) != kind || !slices.Equal(values, targets) || ours.Reason != reason {
			t.Fatalf("%s in %s is %s %v (%s) here, %d %v (%s) in the core", c, to, ours.Kind, values, ours.Reason, kind, targets, reason)
		}
		operation, doubt := r.Intn(6), r.Intn(3)-1
		a := aerocodes.Advise(c, aerocodes.Operation(operation), []aerocodes.Answer{aerocodes.Unknown, aerocodes.No, aerocodes.Yes}[doubt+1])
		answers, rule := core.Advise(int(d), c.Value, operation, doubt)
		if got := [3]int{int(a.Retryable), int(a.MaybeApplied), int(a.RetryableNotApplied)}; got != answers || a.Rule != rule {
			t.Fatalf("%s, operation %d, in doubt %d: %v %q here, %v %q in the core", c, operation, doubt, got, a.Rule, answers, rule)
		}
	}
}

func TestCoreAgreesOnSearches(t *testing.T) {
	r := rand.New(rand.NewSource(4))
	var words []string
	for _, c := range aerocodes.Conditions() {
		words = append(words, strings.Split(c.String(), "_")...)
		words = append(words, strings.Fields(c.Summary()+" "+c.Cause()+" "+strings.Join(c.Keywords(), " "))...)
		for _, x := range c.Readings() {
			words = append(words, x.Name())
		}
	}
	letters := []rune("abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_-.,'éßİſKΣ😀 \u00a0")
	compare := func(text string) {
		t.Helper()
		var got []int
		for _, h := range aerocodes.Search(text) {
			got = append(got, int(h.Condition))
		}
		if want := core.Search(text); !slices.Equal(got, want) {
			t.Fatalf("%q finds %v here, %v in the core", text, got, want)
		}
	}
	// What is a stop word or a name only when more than ASCII is folded is none.
	for _, text := range []string{"element iilter'İs iarption a mYroF", "\u212Aey_busy", "\u212Aey bu\u017Fy i\u017F"} {
		compare(text)
	}
	for range rounds(1_500, 6_000) {
		query := make([]string, 1+r.Intn(5))
		for i := range query {
			w := []rune(words[r.Intn(len(words))])
			for k := r.Intn(3); k > 0 && len(w) > 0; k-- {
				at := r.Intn(len(w))
				switch r.Intn(4) {
				case 0:
					w[at] = letters[r.Intn(len(letters))]
				case 1:
					w = slices.Delete(w, at, at+1)
				case 2:
					w = slices.Insert(w, at, letters[r.Intn(len(letters))])
				case 3:
					w[at], w[0] = w[0], w[at]
				}
			}
			query[i] = string(w)
			if r.Intn(3) == 0 {
				query[i] = strings.ToLower(query[i])
			}
		}
		text := strings.Join(query, " ")
		compare(text)
	}
}

func resident(t *testing.T) int {
	t.Helper()
	runtime.GC()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip("no /proc here")
	}
	_, rest, _ := strings.Cut(string(status), "VmRSS:")
	kilobytes, err := strconv.Atoi(strings.Fields(rest)[0])
	if err != nil {
		t.Fatal(err)
	}
	return kilobytes
}

// TestRecognitionLeavesNothingBehind crosses to C from eight goroutines: ten million times under --full.
func TestRecognitionLeavesNothingBehind(t *testing.T) {
	calls := 200_000
	if n, err := strconv.Atoi(os.Getenv("AEROCODES_CALLS")); err == nil {
		calls = n
	}
	const threads = 8
	line := "2026-11-22 cart: ResultCode: KEY_BUSY, Iteration: 1, InDoubt: false, Node: BB9030011AC4202 10.0.0.9:3000: Hot key"
	work := func(times int) {
		var all sync.WaitGroup
		for g := range threads {
			all.Add(1)
			go func() {
				defer all.Done()
				for i := g; i < times; i += threads {
					text, want := line, 1
					if i/threads&3 == 0 {
						text, want = "nothing to see here", 0
					}
					if found, err := aerocodes.Recognize(text); err != nil || len(found) != want {
						t.Errorf("%v, %v", found, err)
						return
					}
				}
			}()
		}
		all.Wait()
	}
	work(max(50_000, calls/20))
	before := resident(t)
	work(calls)
	grown := resident(t) - before
	fmt.Printf("%d calls over the boundary from %d goroutines: resident memory %d KB after warming up, grown by %d KB\n", calls, threads, before, grown)
	// Eight bytes a call, or what the collector lets lie.
	if bound := max(24_000, calls/128); grown > bound {
		t.Errorf("%d calls left %d KB, more than %d KB", calls, grown, bound)
	}
}
