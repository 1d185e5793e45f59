package aerocodes

import (
	"fmt"
	"strconv"
	"strings"
)

// A Code is a dialect and a number: any pair is a code, known or not.
type Code struct {
	Dialect Dialect
	Value   int
}

// Lookup is the same as c.Dialect.Lookup(c.Value).
func (c Code) Lookup() Reading { return c.Dialect.Lookup(c.Value) }

// String returns "java:-8".
func (c Code) String() string { return c.Dialect.String() + ":" + strconv.Itoa(c.Value) }

// Error is the same as String; it makes a code a target of errors.Is: see [Wrap].
func (c Code) Error() string { return c.String() }

// Readings returns every reading of this code, the best as of the newest release first; none when nothing is known.
func (c Code) Readings() []Reading {
	i := c.Dialect.first(c.Value)
	if i == none {
		return nil
	}
	out := []Reading{at(i)}
	for readingRows[i].flags&flagLast == 0 {
		i++
		out = append(out, at(i))
	}
	return out
}

// ParseCode reads "dialect:number" or "dialect:NAME", the number in decimal or, after 0x, in hexadecimal.
func ParseCode(text string) (Code, error) {
	key, rest, ok := strings.Cut(strings.TrimSpace(text), ":")
	if !ok {
		return Code{}, fmt.Errorf("aerocodes: %q is no code; write dialect:number as in java:-8", clip(text))
	}
	d, err := ParseDialect(strings.TrimSpace(key))
	if err != nil {
		return Code{}, err
	}
	rest = strings.TrimSpace(rest)
	digits, base := rest, 10
	sign := ""
	if strings.HasPrefix(digits, "-") || strings.HasPrefix(digits, "+") {
		sign, digits = digits[:1], digits[1:]
	}
	if strings.HasPrefix(digits, "0x") || strings.HasPrefix(digits, "0X") {
		digits, base = digits[2:], 16
	}
	if v, err := strconv.ParseInt(sign+digits, base, 32); err == nil {
		return Code{d, int(v)}, nil
	} else if ne, ok := err.(*strconv.NumError); ok && ne.Err == strconv.ErrRange {
		return Code{}, fmt.Errorf("aerocodes: the number of %q is out of range; codes run from -2147483648 to 2147483647", clip(text))
	}
	var best Reading
	found := false
	for _, r := range Find(rest) {
		if r.dialect == d && (!found || r.newer(best)) {
			best, found = r, true
		}
	}
	if !found {
		return Code{}, fmt.Errorf("aerocodes: %s has no code of the name %q", d, clip(rest))
	}
	return best.Code(), nil
}

// newer tells whether r rather than other decides the number of a name that has moved.
func (r Reading) newer(other Reading) bool {
	if r.Wrong() != other.Wrong() {
		return other.Wrong()
	}
	if r.Retired() != other.Retired() {
		return other.Retired()
	}
	return r.value > other.value
}

const (
	flagLast = 1 << iota
	flagPrimary
	flagRetired
	flagWrong
	flagEnterprise
	flagFolds
	flagErratum
	flagGaps
)

type readingRow struct {
	value                    int16
	dialect                  Dialect
	condition                Condition
	flags                    uint8
	since, until, introduced int16
	name                     string
}

type foldRow struct {
	reading   uint16
	condition Condition
}

type gapRow struct{ reading, from, to uint16 }

// A Reading is one meaning of one code: its spelling, its condition and the releases in which that held. It is a small
// value, compared with ==. A number that nobody uses has a reading too: without a name and a condition.
type Reading struct {
	dialect Dialect
	value   int
	index   uint16
}

// Lookup tells what a number means in a dialect as of the newest release; the same as [Dialect.Lookup].
func Lookup(d Dialect, value int) Reading { return d.Lookup(value) }

// LookupAt tells what a number meant in a dialect as of a release of that dialect's software.
//
// A short release means its line: 4.1 is every 4.1.x, and of two meanings within the line the later one answers. Releases
// outside those that were read count as the nearest one read. Nothing known as of that release is a reading without name
// and condition.
func LookupAt(d Dialect, value int, release Release) Reading {
	best := Reading{d, value, none}
	for _, r := range (Code{d, value}).Readings() {
		if r.Wrong() || !r.HoldsIn(release) {
			continue
		}
		if best.index == none || r.outranks(best, release) {
			best = r
		}
	}
	return best
}

func (r Reading) outranks(best Reading, release Release) bool {
	if gone := r.goneInPartOf(release); gone != best.goneInPartOf(release) {
		return !gone
	}
	if r.Primary() != best.Primary() {
		return r.Primary()
	}
	since, _ := r.Since()
	than, _ := best.Since()
	return since.Compare(than) > 0
}

// goneInPartOf tells whether the line that a short release means lies in a gap at its end: another reading of that line is
// surer.
func (r Reading) goneInPartOf(release Release) bool {
	if r.row().flags&flagGaps != 0 {
		for _, g := range gaps {
			if to := releases[g.to]; g.reading == r.index && release.compareLine(to) == 0 && less(to, release) {
				return true
			}
		}
	}
	return false
}

// Readings returns every reading of a bare number, in all dialects, the likeliest first: the server and clients in use
// before what they said in older releases, then legacy numberings, then numbers found only in logs, then rows that are
// documented but wrong.
func Readings(value int) []Reading {
	var tiers [5][]Reading
	for i := range dialects {
		for _, r := range (Code{Dialect(i), value}).Readings() {
			tier := 0
			switch {
			case r.Wrong():
				tier = 4
			case dialects[i].kind == LogOnly:
				tier = 3
			case dialects[i].kind == Legacy:
				tier = 2
			case r.Retired():
				tier = 1
			}
			tiers[tier] = append(tiers[tier], r)
		}
	}
	var out []Reading
	for _, t := range tiers {
		out = append(out, t...)
	}
	return out
}

func at(i uint16) Reading {
	row := &readingRows[i]
	return Reading{row.dialect, int(row.value), i}
}

var noReading = readingRow{since: -1, until: -1, introduced: -1}

func (r Reading) row() *readingRow {
	if int(r.index) < len(readingRows) {
		return &readingRows[r.index]
	}
	return &noReading
}

// Dialect returns the dialect it is in.
func (r Reading) Dialect() Dialect { return r.dialect }

// Value returns the number.
func (r Reading) Value() int { return r.value }

// Code returns dialect and number.
func (r Reading) Code() Code { return Code{r.dialect, r.value} }

// Known tells whether anything is known about it.
func (r Reading) Known() bool { return int(r.index) < len(readingRows) }

// Name returns the dialect's name for it; empty when it has none.
func (r Reading) Name() string { return r.row().name }

// Condition returns what happened; 0 when nothing is known.
func (r Reading) Condition() Condition { return r.row().condition }

// Category returns the condition's kind; for an unknown number that of the dialect's number range.
func (r Reading) Category() Category {
	if c := r.Condition(); c != 0 {
		return c.Category()
	}
	return r.dialect.CategoryOf(r.value)
}

// Primary tells whether this is the name to use for the code today: the only live one, or the preferred one of several.
func (r Reading) Primary() bool { return r.row().flags&flagPrimary != 0 }

// Retired tells whether it ended before the newest release read.
func (r Reading) Retired() bool { return r.row().flags&flagRetired != 0 }

// Wrong tells whether it is documented or exported so, but not what the software does; the erratum tells what is.
func (r Reading) Wrong() bool { return r.row().flags&flagWrong != 0 }

// Origin tells who raises it.
func (r Reading) Origin() Origin { return r.Condition().Origin() }

// Enterprise tells whether it occurs in the server's enterprise edition only.
func (r Reading) Enterprise() bool { return r.row().flags&flagEnterprise != 0 }

// Predicates returns the three predicates of the condition; all unknown when nothing is known.
func (r Reading) Predicates() Predicates { return r.Condition().Predicates() }

// Summary returns the condition's summary; empty when nothing is known.
func (r Reading) Summary() string { return r.Condition().Summary() }

// Folds returns further conditions that this number stands for besides its condition.
func (r Reading) Folds() []Condition {
	var out []Condition
	if r.row().flags&flagFolds != 0 {
		for _, f := range folds {
			if f.reading == r.index {
				out = append(out, f.condition)
			}
		}
	}
	return out
}

// Erratum returns what users must know about this very row: a slip in documentation, a moved number, a caveat; mostly
// empty.
func (r Reading) Erratum() string {
	if r.row().flags&flagErratum == 0 {
		return ""
	}
	return errata[r.index]
}

func release(i int16) (Release, bool) {
	if i < 0 {
		return Release{}, false
	}
	return releases[i], true
}

// Since returns the first release in which this reading held; the dialect's first release read may mean "or earlier".
func (r Reading) Since() (Release, bool) { return release(r.row().since) }

// Until returns the last release in which this reading held; false while it does.
func (r Reading) Until() (Release, bool) { return release(r.row().until) }

// Introduced returns the release in which the code itself appeared, where that is documented.
func (r Reading) Introduced() (Release, bool) { return release(r.row().introduced) }

// HoldsIn tells whether it held in a release, or in some release of that line when it is short.
func (r Reading) HoldsIn(release Release) bool {
	since, ok := r.Since()
	if !ok {
		return false
	}
	if i, ok := r.Introduced(); ok && release.compareLine(i) < 0 {
		return false
	}
	first, _ := r.dialect.Covered()
	if release.compareLine(since) < 0 && (since != first || release.compareLine(first) >= 0) {
		return false
	}
	if until, ok := r.Until(); ok && release.compareLine(until) > 0 {
		return false
	}
	if r.row().flags&flagGaps != 0 {
		low := release.lowest()
		for _, g := range gaps {
			from := releases[g.from].lowest()
			if g.reading == r.index && !less(low, from) && !less(releases[g.to], release) {
				return false
			}
		}
	}
	return true
}

// String returns "java:9 TIMEOUT".
func (r Reading) String() string {
	if r.Name() == "" {
		return r.Code().String()
	}
	return r.Code().String() + " " + r.Name()
}
