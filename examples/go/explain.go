// Command explain is the one small program, in Go: see examples/README.md. Build it with the tag aerocodes_cgo to have the
// findings too.
package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	aerocodes "github.com/aerocodes/aerocodes/bindings/go"
)

func main() {
	if err := explain(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "explain:", err)
		os.Exit(2)
	}
}

func explain(args []string) error {
	if len(args) != 2 {
		return errors.New("usage: explain CODES TRACE")
	}
	codes, err := os.ReadFile(args[0])
	if err != nil {
		return err
	}
	for _, line := range strings.FieldsFunc(string(codes), func(r rune) bool { return r == '\n' }) {
		key, number, _ := strings.Cut(line, " ")
		dialect, err := aerocodes.ParseDialect(key)
		if err != nil {
			return err
		}
		value, err := strconv.Atoi(number)
		if err != nil {
			return err
		}
		reading := dialect.Lookup(value)
		fmt.Printf("%s %s = %s [%s]\n", reading.Code(), or(reading.Name()), reading.Condition(), reading.Category())
		fmt.Printf("  %s\n", or(reading.Summary()))
		a := aerocodes.Advise(reading.Code(), aerocodes.Write, aerocodes.Unknown)
		fmt.Printf("  write: retry %s, applied %s, safe %s\n", a.Retryable, a.MaybeApplied, a.RetryableNotApplied)
		t := aerocodes.Translate(reading.Code(), aerocodes.Go)
		var values []string
		for _, r := range t.Targets {
			values = append(values, strconv.Itoa(r.Value()))
		}
		fmt.Printf("  go: %s %s\n", t.Kind, or(strings.Join(values, ", ")))
	}
	trace, err := os.ReadFile(args[1])
	if err != nil {
		return err
	}
	findings, err := aerocodes.Recognize(string(trace))
	if err != nil {
		return err
	}
	for _, f := range findings {
		indent, dialect, value := "", "?", "-"
		if f.Nested {
			indent = "  "
		}
		if len(f.Dialects) == 1 {
			dialect = f.Dialects[0].String()
		}
		if f.HasValue {
			value = strconv.Itoa(f.Value)
		}
		fmt.Printf("%sfound %s:%s %s\n", indent, dialect, value, f.Condition)
	}
	return nil
}

// or is the text, or a dash where there is none.
func or(text string) string {
	if text == "" {
		return "-"
	}
	return text
}
