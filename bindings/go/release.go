package aerocodes

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
)

// A Release is one to four numbers, such as 4.5.0.1; absent numbers are [Absent].
type Release [4]uint16

// Absent marks the numbers that a release does not give.
const Absent = 0xFFFF

// ParseRelease reads one to four numbers below 65535 with dots, an optional v before them.
func ParseRelease(text string) (Release, error) {
	out := Release{Absent, Absent, Absent, Absent}
	fault := fmt.Errorf("aerocodes: %q is no release; write one to four numbers with dots, as in 4.5.0.1", clip(text))
	trimmed := text
	if strings.HasPrefix(text, "v") || strings.HasPrefix(text, "V") {
		trimmed = text[1:]
	}
	for i := 0; ; i++ {
		part, rest, more := strings.Cut(trimmed, ".")
		n, err := strconv.ParseUint(part, 10, 16)
		if i > 3 || err != nil || n == Absent {
			return Release{}, fault
		}
		out[i] = uint16(n)
		if !more {
			return out, nil
		}
		trimmed = rest
	}
}

// String returns the numbers given, with dots.
func (r Release) String() string {
	var b strings.Builder
	for i, n := range r {
		if n == Absent {
			break
		}
		if i > 0 {
			b.WriteByte('.')
		}
		b.WriteString(strconv.Itoa(int(n)))
	}
	return b.String()
}

// Compare orders releases; a short one stands before those of its line.
func (r Release) Compare(other Release) int {
	a, b := r.lowest(), other.lowest()
	for i := range a {
		if c := cmp.Compare(a[i], b[i]); c != 0 {
			return c
		}
	}
	for i := range r {
		if c := cmp.Compare(r[i], other[i]); c != 0 {
			return c
		}
	}
	return 0
}

// compareLine compares as lines: only as many numbers of other count as this release gives.
func (r Release) compareLine(other Release) int {
	low := other.lowest()
	for i, n := range r {
		if n == Absent {
			break
		}
		if c := cmp.Compare(n, low[i]); c != 0 {
			return c
		}
	}
	return 0
}

func (r Release) lowest() Release {
	for i := range r {
		if r[i] == Absent {
			r[i] = 0
		}
	}
	return r
}

func less(a, b Release) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] < b[i]
		}
	}
	return false
}
