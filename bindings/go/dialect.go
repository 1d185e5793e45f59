package aerocodes

import (
	"fmt"
	"sort"
	"strings"
)

// A Dialect is one numbering of status codes: a client's, the server's, or a legacy or log-only one. It is an open set:
// an id that this release does not know is a value without codes.
type Dialect uint8

// A Kind tells whether a dialect is spoken today.
type Kind uint8

// The kinds of dialect.
const (
	// Current is spoken by a server or a client in use.
	Current Kind = iota
	// Legacy are superseded numbers of old releases.
	Legacy
	// LogOnly is found in log lines only.
	LogOnly
)

type dialectRow struct {
	key, title, software  string
	kind                  Kind
	min                   int16
	window, start         uint16
	from, to              uint16
	rangeFrom, rangeTo    uint16
	firstRead, newestRead uint16
	aliases               []string
}

type rangeRow struct {
	from, to int
	category Category
}

// Dialects returns all dialects, by id.
func Dialects() []Dialect {
	out := make([]Dialect, len(dialects))
	for i := range out {
		out[i] = Dialect(i)
	}
	return out
}

// ParseDialect finds the dialect that a key or an alias names, in any case. The error lists the keys.
func ParseDialect(key string) (Dialect, error) {
	for i := range dialects {
		if sameName(dialects[i].key, key) {
			return Dialect(i), nil
		}
	}
	for i := range dialects {
		for _, a := range dialects[i].aliases {
			if sameName(a, key) {
				return Dialect(i), nil
			}
		}
	}
	keys := make([]string, len(dialects))
	for i := range dialects {
		keys[i] = dialects[i].key
	}
	return 0, fmt.Errorf("aerocodes: no dialect has the key %q; known are %s", clip(key), strings.Join(keys, ", "))
}

// clip keeps an error message short whatever it quotes.
func clip(s string) string {
	const most = 64
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

var noDialect = dialectRow{key: "unknown", title: "unknown"}

func (d Dialect) row() *dialectRow {
	if int(d) < len(dialects) {
		return &dialects[d]
	}
	return &noDialect
}

// String returns the key, which is what users type, such as "java" or "nodejs-1.0".
func (d Dialect) String() string { return d.row().key }

// Title returns the words for people, such as "Java client".
func (d Dialect) Title() string { return d.row().title }

// Software returns the software whose releases the release ranges of this dialect speak of.
func (d Dialect) Software() string { return d.row().software }

// Kind tells whether the dialect is spoken today.
func (d Dialect) Kind() Kind { return d.row().kind }

// Aliases returns other keys that mean this dialect.
func (d Dialect) Aliases() []string { return append([]string(nil), d.row().aliases...) }

// Covered returns the first and the last release that were read.
func (d Dialect) Covered() (first, last Release) {
	row := d.row()
	return releases[row.firstRead], releases[row.newestRead]
}

// Lookup tells what a number means in this dialect as of the newest release; it is the hot lookup and allocates nothing.
//
// A number that only older releases used answers with that older reading: see [Reading.Retired].
func (d Dialect) Lookup(value int) Reading {
	return Reading{d, value, d.first(value)}
}

const none = 0xFFFF

func (d Dialect) first(value int) uint16 {
	if int(d) >= len(dialects) {
		return none
	}
	row := &dialects[d]
	if k := uint(value - int(row.min)); k < uint(row.window) {
		return direct[uint(row.start)+k] - 1
	}
	return row.far(value)
}

func (row *dialectRow) far(value int) uint16 {
	from, to := int(row.from), int(row.to)
	i := from + sort.Search(to-from, func(i int) bool { return int(readingRows[from+i].value) >= value })
	if i < to && int(readingRows[i].value) == value {
		return uint16(i)
	}
	return none
}

// CategoryOf returns the category of a number without a name: from the dialect's number ranges.
func (d Dialect) CategoryOf(value int) Category {
	row := d.row()
	for _, r := range ranges[row.rangeFrom:row.rangeTo] {
		if r.from <= value && value <= r.to {
			return r.category
		}
	}
	return CategoryUnknown
}

// Readings returns every reading of this dialect, by number, the best as of the newest release first.
func (d Dialect) Readings() []Reading {
	row := d.row()
	out := make([]Reading, 0, row.to-row.from)
	for i := row.from; i < row.to; i++ {
		out = append(out, at(i))
	}
	return out
}

// MarshalText writes the key.
func (d Dialect) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads a key or an alias.
func (d *Dialect) UnmarshalText(text []byte) error {
	v, err := ParseDialect(string(text))
	if err == nil {
		*d = v
	}
	return err
}

// Decode turns a column of numbers of one dialect into condition ids, 0 where nothing is known, and returns how many were
// decoded: the shorter of the two slices decides.
func (d Dialect) Decode(ids []uint8, values []int32) int {
	n := min(len(ids), len(values))
	var table [512]uint8
	for i := range table[:511] {
		table[i] = uint8(d.Lookup(i - 32).Condition())
	}
	for i, v := range values[:n] {
		k := uint32(v + 32)
		if k > 510 {
			if v < 0 {
				ids[i] = 0
			} else {
				ids[i] = uint8(d.Lookup(int(v)).Condition())
			}
			continue
		}
		ids[i] = table[k&511]
	}
	return n
}
