package tests

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	aerocodes "github.com/aerocodes/aerocodes/bindings/go"
)

type vectors struct {
	Dialects, Conditions, Operations, Categories                          []string
	Lookups, At, Unknown, Translations, Advice, Names, Readings, Searches [][]json.RawMessage
}

func load(t *testing.T) vectors {
	t.Helper()
	text, err := os.ReadFile(os.Getenv("AEROCODES_VECTORS"))
	if err != nil {
		t.Fatalf("AEROCODES_VECTORS must name bindings/vectors.json: %v", err)
	}
	var v vectors
	if err := json.Unmarshal(text, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func get[T any](t *testing.T, raw json.RawMessage) T {
	t.Helper()
	var out T
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatalf("%s: %v", raw, err)
	}
	return out
}

func dialect(t *testing.T, raw json.RawMessage) aerocodes.Dialect {
	t.Helper()
	d, err := aerocodes.ParseDialect(get[string](t, raw))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func code(t *testing.T, row []json.RawMessage) aerocodes.Code {
	t.Helper()
	return aerocodes.Code{Dialect: dialect(t, row[0]), Value: get[int](t, row[1])}
}

// rows runs a section row by row; an empty section is a fault unless it may be.
func rows(t *testing.T, section [][]json.RawMessage, f func(t *testing.T, row []json.RawMessage)) {
	t.Helper()
	if len(section) == 0 {
		t.Fatal("the section is empty")
	}
	for _, row := range section {
		f(t, row)
	}
}

func TestVectorLists(t *testing.T) {
	v := load(t)
	for i, d := range aerocodes.Dialects() {
		if d.String() != v.Dialects[i] {
			t.Errorf("dialect %d is %s, not %s", i, d, v.Dialects[i])
		}
	}
	for i, c := range aerocodes.Conditions() {
		if c.String() != v.Conditions[i] || int(c) != i+1 {
			t.Errorf("condition %d is %s, not %s", i+1, c, v.Conditions[i])
		}
	}
	for i, o := range aerocodes.Operations() {
		if o.String() != v.Operations[i] {
			t.Errorf("operation %d is %s, not %s", i, o, v.Operations[i])
		}
	}
	for i, c := range v.Categories {
		if aerocodes.Category(i).String() != c {
			t.Errorf("category %d is %s, not %s", i, aerocodes.Category(i), c)
		}
	}
	if len(v.Dialects) != len(aerocodes.Dialects()) || len(v.Conditions) != len(aerocodes.Conditions()) || len(v.Operations) != len(aerocodes.Operations()) {
		t.Error("the lists differ in length")
	}
}

func edition(enterprise bool) string {
	if enterprise {
		return "enterprise"
	}
	return "any"
}

func TestVectorLookups(t *testing.T) {
	rows(t, load(t).Lookups, func(t *testing.T, row []json.RawMessage) {
		r := code(t, row).Lookup()
		until := ""
		if u, ok := r.Until(); ok {
			until = u.String()
		}
		since, _ := r.Since()
		p := r.Predicates()
		got := []any{r.Name(), int(r.Condition()), r.Category().String(), r.Origin().String(), edition(r.Enterprise()), since.String(), until, r.Primary()}
		want := []any{get[string](t, row[2]), get[int](t, row[3]), get[string](t, row[4]), get[string](t, row[5]), get[string](t, row[6]), get[string](t, row[7]), get[string](t, row[8]), get[bool](t, row[9])}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s: field %d is %v, not %v", r, i+2, got[i], want[i])
			}
		}
		answers := get[[]string](t, row[10])
		if p.Retryable.String() != answers[0] || p.MaybeApplied.String() != answers[1] || p.RetryableNotApplied.String() != answers[2] {
			t.Errorf("%s: predicates are %v, not %v", r, p, answers)
		}
	})
}

func TestVectorReleases(t *testing.T) {
	rows(t, load(t).At, func(t *testing.T, row []json.RawMessage) {
		release, err := aerocodes.ParseRelease(get[string](t, row[2]))
		if err != nil {
			t.Fatal(err)
		}
		c := code(t, row)
		r := aerocodes.LookupAt(c.Dialect, c.Value, release)
		if r.Name() != get[string](t, row[3]) || int(r.Condition()) != get[int](t, row[4]) || r.Value() != c.Value {
			t.Errorf("%s in %s is %s %s, not %s %s", c, release, r.Name(), r.Condition(), row[3], row[4])
		}
	})
}

func TestVectorUnknown(t *testing.T) {
	rows(t, load(t).Unknown, func(t *testing.T, row []json.RawMessage) {
		c := code(t, row)
		r := c.Lookup()
		if r.Known() || r.Name() != "" || r.Condition() != 0 || r.Code() != c || r.Category().String() != get[string](t, row[2]) {
			t.Errorf("%s is %v [%s], not unknown [%s]", c, r, r.Category(), row[2])
		}
	})
}

func TestVectorTranslations(t *testing.T) {
	rows(t, load(t).Translations, func(t *testing.T, row []json.RawMessage) {
		c := code(t, row)
		want := get[map[string][]json.RawMessage](t, row[2])
		for _, to := range aerocodes.Dialects() {
			kind, values := "none", []int(nil)
			if w, ok := want[to.String()]; ok {
				kind, values = get[string](t, w[0]), get[[]int](t, w[1])
			}
			got := aerocodes.Translate(c, to)
			same := got.Kind.String() == kind && len(got.Targets) == len(values)
			for i := 0; same && i < len(values); i++ {
				same = got.Targets[i].Value() == values[i] && got.Targets[i].Dialect() == to
			}
			if !same {
				t.Errorf("%s in %s is %s %v, not %s %v", c, to, got.Kind, got.Targets, kind, values)
			}
			if got.Reason == "" {
				t.Errorf("%s in %s has no reason", c, to)
			}
		}
	})
}

func TestVectorAdvice(t *testing.T) {
	letters := map[aerocodes.Answer]string{aerocodes.Yes: "y", aerocodes.No: "n", aerocodes.Depends: "d", aerocodes.Unknown: "u"}
	rows(t, load(t).Advice, func(t *testing.T, row []json.RawMessage) {
		c := code(t, row)
		for op, perDoubt := range get[[][]string](t, row[2]) {
			for i, doubt := range []aerocodes.Answer{aerocodes.Unknown, aerocodes.No, aerocodes.Yes} {
				a := aerocodes.Advise(c, aerocodes.Operation(op), doubt)
				got := letters[a.Retryable] + letters[a.MaybeApplied] + letters[a.RetryableNotApplied]
				if got != perDoubt[i] || a.Rule == "" {
					t.Errorf("%s, %s, in doubt %s: %s, not %s", c, aerocodes.Operation(op), doubt, got, perDoubt[i])
				}
			}
		}
	})
}

func TestVectorNames(t *testing.T) {
	rows(t, load(t).Names, func(t *testing.T, row []json.RawMessage) {
		name := get[string](t, row[0])
		want := get[[][]json.RawMessage](t, row[1])
		for _, spelling := range []string{name, strings.ToLower(name)} {
			got := aerocodes.Find(spelling)
			if spelling != name && len(got) > 0 && got[0].Name() != name {
				// Another name differs in case only: that one is found as written.
				continue
			}
			if len(got) < len(want) || (spelling == name && len(got) != len(want)) {
				t.Errorf("%s: found %v, want %s", spelling, got, row[1])
				continue
			}
			if spelling == name {
				for i, w := range want {
					if got[i].Code() != code(t, w) {
						t.Errorf("%s: hit %d is %v, want %s", spelling, i, got[i], w)
					}
				}
			}
		}
	})
}

func TestVectorReadings(t *testing.T) {
	rows(t, load(t).Readings, func(t *testing.T, row []json.RawMessage) {
		if got := len(aerocodes.Readings(get[int](t, row[0]))); got != get[int](t, row[1]) {
			t.Errorf("%s has %d readings, not %s", row[0], got, row[1])
		}
	})
}

func TestVectorSearches(t *testing.T) {
	for _, row := range load(t).Searches {
		hits := aerocodes.Search(get[string](t, row[0]))
		if len(hits) == 0 || hits[0].Condition.String() != get[string](t, row[1]) {
			t.Errorf("%s finds %v, not %s", row[0], hits, row[1])
		}
	}
}

func TestVectorDecode(t *testing.T) {
	v := load(t)
	columns := map[aerocodes.Dialect][]int32{}
	for _, row := range append(append([][]json.RawMessage{}, v.Lookups...), v.Unknown...) {
		c := code(t, row)
		columns[c.Dialect] = append(columns[c.Dialect], int32(c.Value))
	}
	for d, column := range columns {
		ids := make([]uint8, len(column))
		if n := d.Decode(ids, column); n != len(column) {
			t.Fatalf("%s: %d decoded of %d", d, n, len(column))
		}
		for i, id := range ids {
			if aerocodes.Condition(id) != d.Lookup(int(column[i])).Condition() {
				t.Errorf("%s:%d decodes to %s", d, column[i], aerocodes.Condition(id))
			}
		}
	}
}
