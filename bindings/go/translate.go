package aerocodes

import "slices"

// A TranslationKind tells how well a translation fits.
type TranslationKind uint8

// The kinds of translation.
const (
	// NoTranslation: the target has nothing for it.
	NoTranslation TranslationKind = iota
	// Folded: many to one, one to many, or the nearest there is.
	Folded
	// Exact: one code for one code.
	Exact
)

// String returns exact, folded or none.
func (k TranslationKind) String() string {
	switch k {
	case Exact:
		return "exact"
	case Folded:
		return "folded"
	}
	return "none"
}

// A Translation is a code in another dialect's terms.
type Translation struct {
	// From is what was translated.
	From Reading
	// To is the target.
	To Dialect
	// Kind tells how well it fits.
	Kind TranslationKind
	// Targets are the target's readings, the best first; one for each code.
	Targets []Reading
	// Reason tells in one sentence why it is exact, folded or none.
	Reason string
}

type nearestRow struct{ condition, nearest Condition }

// Translate says a code in the terms of another dialect, as of the newest releases.
//
// Live codes are preferred to retired ones. When several conditions share a number on either side, the answer is folded
// and all of them are named; when the target has no code, its nearest one is given, folded, or none.
func Translate(code Code, to Dialect) Translation {
	from := code.Lookup()
	out := Translation{From: from, To: to, Reason: translateUnknown}
	condition := from.Condition()
	if condition == 0 {
		return out
	}
	all := append([]Condition{condition}, from.Folds()...)
	folded := false
	for _, c := range all {
		folded = out.add(c) || folded
	}
	if len(out.Targets) == 0 {
		out.Reason = translateNone
		for _, n := range nearest {
			if n.condition == condition {
				out.add(n.nearest)
				if len(out.Targets) > 0 {
					out.Kind, out.Reason = Folded, translateNearest
					break
				}
			}
		}
		return out
	}
	for _, t := range out.Targets {
		folded = folded || len(t.Folds()) > 0
	}
	// Two numberings that fold alike, as the legacy Node.js and C clients do, say the same thing.
	alike := false
	if len(out.Targets) == 1 {
		t := out.Targets[0]
		alike = t.Condition() == condition && slices.Equal(t.Folds(), all[1:])
	}
	switch {
	case alike:
		out.Kind, out.Reason = Exact, translateExact
	case len(all) > 1:
		out.Kind, out.Reason = Folded, translateFoldedFrom
	case folded || len(out.Targets) > 1:
		out.Kind, out.Reason = Folded, translateFoldedTo
	default:
		out.Kind, out.Reason = Exact, translateExact
	}
	return out
}

// add appends the target's codes for a condition: live ones that mean it, else live ones that stand for it among others,
// else the same of retired ones. It tells whether they only stand for it.
func (t *Translation) add(c Condition) bool {
	row := t.To.row()
	for _, pass := range [...]struct{ retired, fold bool }{{false, false}, {false, true}, {true, false}, {true, true}} {
		hit := false
		for i := row.from; i < row.to; i++ {
			r := at(i)
			means := r.Condition() == c
			if pass.fold {
				means = false
				for _, f := range r.Folds() {
					means = means || f == c
				}
			}
			if !means || r.Wrong() || r.Retired() != pass.retired {
				continue
			}
			hit = true
			seen := false
			for _, o := range t.Targets {
				seen = seen || o.value == r.value
			}
			if !seen {
				t.Targets = append(t.Targets, r)
			}
		}
		if hit {
			return pass.fold
		}
	}
	return false
}
