package aerocodes

import (
	"fmt"
	"sync"
)

// A Condition is what happened, independent of any dialect: the currency to branch on. It is an open set with permanent
// numbers; 0 is none. A condition is a target of errors.Is: see [Wrap].
type Condition uint8

// A Category is a kind of condition, such as security or secondary index: an open set with permanent numbers.
type Category uint8

// An Origin tells who raises a condition.
type Origin uint8

// The origins.
const (
	// FromUnknown: the code has no reading.
	FromUnknown Origin = iota
	// FromServer: the server answers it.
	FromServer
	// FromClient: the client library raises it.
	FromClient
	// FromEither: either of them; the code alone does not tell.
	FromEither
)

// A Subcode is a server's refinement of a code: meaningful only with its condition.
type Subcode struct {
	Value   uint32
	Name    string
	Summary string
}

type conditionRow struct {
	name                    string
	category                Category
	origin                  Origin
	enterprise              bool
	retryable, maybeApplied Answer
	summary                 string
	cause, remedy, reason   string
	keywords                []string
	sources, docs           []string
	subcodes                []Subcode
}

var noCondition conditionRow

// Conditions returns all conditions, by id.
func Conditions() []Condition {
	out := make([]Condition, len(conditionRows))
	for i := range out {
		out[i] = Condition(i + 1)
	}
	return out
}

// ParseCondition finds a condition by its name, in any case.
func ParseCondition(name string) (Condition, error) {
	for i := range conditionRows {
		if sameName(conditionRows[i].name, name) {
			return Condition(i + 1), nil
		}
	}
	return 0, fmt.Errorf("aerocodes: no condition has the name %q", clip(name))
}

func (c Condition) row() *conditionRow {
	if i := int(c) - 1; uint(i) < uint(len(conditionRows)) {
		return &conditionRows[i]
	}
	return &noCondition
}

// Known tells whether this release knows the condition.
func (c Condition) Known() bool { return c.row() != &noCondition }

// String returns the permanent name, such as "TIMEOUT"; "-" when there is none.
func (c Condition) String() string {
	if !c.Known() {
		return "-"
	}
	return c.row().name
}

// Error is the same as String; it makes a condition a target of errors.Is.
func (c Condition) Error() string { return c.String() }

// Category returns its kind.
func (c Condition) Category() Category { return c.row().category }

// Origin tells who raises it.
func (c Condition) Origin() Origin { return c.row().origin }

// Enterprise tells whether it occurs in the server's enterprise edition only.
func (c Condition) Enterprise() bool { return c.row().enterprise }

// Predicates returns the three predicates, whatever the operation; see [Advise] for one operation.
func (c Condition) Predicates() Predicates {
	return predicates(c.row().retryable, c.row().maybeApplied)
}

// Summary returns one sentence of at most 80 characters.
func (c Condition) Summary() string { return c.row().summary }

// Cause tells what makes the server or the client say this.
func (c Condition) Cause() string { return c.row().cause }

// Remedy tells what an operator and a developer can do.
func (c Condition) Remedy() string { return c.row().remedy }

// Reason tells why the predicates are what they are.
func (c Condition) Reason() string { return c.row().reason }

// Sources tells where the advice was read: a client or server release with path and lines, or an address.
func (c Condition) Sources() []string { return append([]string(nil), c.row().sources...) }

// Docs returns the vendor's pages about it.
func (c Condition) Docs() []string { return append([]string(nil), c.row().docs...) }

// Keywords returns words people use for it that are not in its name.
func (c Condition) Keywords() []string { return append([]string(nil), c.row().keywords...) }

// Subcodes returns the server's refinements of this condition.
func (c Condition) Subcodes() []Subcode { return append([]Subcode(nil), c.row().subcodes...) }

// Readings returns every spelling of this condition, in all dialects.
func (c Condition) Readings() []Reading {
	var out []Reading
	for i := range readingRows {
		if c != 0 && readingRows[i].condition == c {
			out = append(out, at(uint16(i)))
		}
	}
	return out
}

// MarshalText writes the name.
func (c Condition) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads a name in any case, and "-" as none.
func (c *Condition) UnmarshalText(text []byte) error {
	if string(text) == "-" {
		*c = 0
		return nil
	}
	v, err := ParseCondition(string(text))
	if err == nil {
		*c = v
	}
	return err
}

// String returns the word for programs, such as "security".
func (c Category) String() string {
	if int(c) < len(categories) {
		return categories[c][0]
	}
	return categories[0][0]
}

// Title returns the words for people.
func (c Category) Title() string {
	if int(c) < len(categories) {
		return categories[c][1]
	}
	return categories[0][1]
}

// String returns the word for programs: server, client, either or unknown.
func (o Origin) String() string {
	switch o {
	case FromServer:
		return "server"
	case FromClient:
		return "client"
	case FromEither:
		return "either"
	}
	return "unknown"
}

var spelled = sync.OnceValue(func() map[string][]uint16 {
	names := make(map[string][]uint16, len(readingRows))
	for i := range readingRows {
		if n := readingRows[i].name; n != "" {
			names[n] = append(names[n], uint16(i))
		}
	}
	return names
})

// Find returns every reading with this spelling, in all dialects: as written, or in any case when no dialect has it as
// written.
func Find(spelling string) []Reading {
	var out []Reading
	for _, i := range spelled()[spelling] {
		out = append(out, at(i))
	}
	if out != nil || spelling == "" {
		return out
	}
	for i := range readingRows {
		if sameName(readingRows[i].name, spelling) {
			out = append(out, at(uint16(i)))
		}
	}
	return out
}
