package aerocodes

import (
	"math/bits"
	"sort"
	"strings"
	"sync"
	"unicode"
)

// A Hit is a condition that a search found.
type Hit struct {
	Condition Condition
	// Score tells how well it fits, for comparison within one search only; higher is better.
	Score int
}

const (
	maxHits  = 24
	maxWords = 12
)

// stop holds words that say nothing about which error it is.
var stop = map[string]bool{}

func init() {
	for _, w := range strings.Fields("a an and are as at be by can code do does err error exception for from get got i in is it my of on or that the this to was what with") {
		stop[w] = true
	}
}

// Search returns conditions that fit the words, the best first, at most 24.
//
// Words are compared without regard to case with the condition's name, its spellings in all dialects, its summary, its
// keywords and its texts; beginnings count, and one or two wrong letters in longer words are forgiven. Rare words weigh
// more.
func Search(words string) []Hit {
	// More than a few thousand characters hold no more than twelve telling words.
	if len(words) > 4096 {
		words = strings.ToValidUTF8(words[:4096], "")
	}
	var query []string
	all := tokens(words)
	for _, w := range all {
		if !stop[lowered(w)] {
			query = append(query, w)
		}
	}
	if len(query) == 0 {
		query = all
	}
	n := min(len(query), maxWords)
	query = query[:n]
	if n == 0 {
		return nil
	}
	best := make([][maxWords]int, len(conditionRows))
	var frequency [maxWords]int
	for i := range conditionRows {
		score(Condition(i+1), query, &best[i])
		for k := range query {
			if best[i][k] >= 40 {
				frequency[k]++
			}
		}
	}
	trimmed := strings.TrimSpace(words)
	named := map[Condition]bool{}
	for _, r := range Find(trimmed) {
		named[r.Condition()] = true
	}
	var hits []Hit
	for i := range conditionRows {
		total, matched := 0, 0
		for k := range query {
			rarity := 9 - min(bits.Len(uint(frequency[k]+1))-1, 8)
			total += best[i][k] * rarity
			if best[i][k] > 0 {
				matched++
			}
		}
		if matched == 0 || (n > 2 && matched*3 < n) {
			continue
		}
		// A name that holds nothing but the words asked for is what was meant.
		name := tokens(conditionRows[i].name)
		asked := 0
		for _, t := range name {
			for _, q := range query {
				if likeness(q, t) >= 60 {
					asked++
					break
				}
			}
		}
		total = total*(8+matched)/(8+n) + asked*60/len(name)
		// What only superseded numberings know is seldom meant.
		if !spoken()[i] {
			total = total * 3 / 4
		}
		for _, k := range conditionRows[i].keywords {
			if sameName(k, trimmed) {
				total += 3000
				break
			}
		}
		if sameName(conditionRows[i].name, trimmed) {
			total += 10000
		} else if named[Condition(i+1)] {
			total += 5000
		}
		hits = append(hits, Hit{Condition(i + 1), total})
	}
	sort.SliceStable(hits, func(a, b int) bool { return hits[a].Score > hits[b].Score })
	return hits[:min(len(hits), maxHits)]
}

// score finds the best likeness of each word to each field, times the field's weight.
func score(c Condition, query []string, row *[maxWords]int) {
	field := func(weight int, text string) {
		for _, t := range tokens(text) {
			for k, q := range query {
				row[k] = max(row[k], likeness(q, t)*weight/100)
			}
		}
	}
	r := c.row()
	field(100, r.name)
	for _, k := range r.keywords {
		field(90, k)
	}
	field(70, r.summary)
	for i := range readingRows {
		if readingRows[i].condition == c {
			field(80, readingRows[i].name)
		}
	}
	field(35, r.cause)
	field(25, r.remedy)
	// The whole name written as one word.
	joined := strings.ReplaceAll(r.name, "_", "")
	for k, q := range query {
		if len(q) < 6 {
			continue
		}
		if d := distance(q, joined[:min(len(joined), 40)], 2); d >= 0 {
			row[k] = max(row[k], 100-10*d)
		}
	}
}

// spoken tells which conditions a server or a client in use has a name for.
var spoken = sync.OnceValue(func() []bool {
	out := make([]bool, len(conditionRows))
	for i := range readingRows {
		if r := &readingRows[i]; r.flags&flagRetired == 0 && r.dialect.Kind() == Current {
			out[r.condition-1] = true
		}
	}
	return out
})

// tokens are runs of letters and digits, a capital after a small letter beginning a new one.
func tokens(text string) []string {
	var out []string
	start, lower := -1, false
	for i, c := range text {
		word := unicode.IsLetter(c) || unicode.IsNumber(c)
		if start >= 0 && (!word || (unicode.IsUpper(c) && lower)) {
			out = append(out, text[start:i])
			start = -1
		}
		if word && start < 0 {
			start = i
		}
		lower = word && unicode.IsLower(c)
	}
	if start >= 0 {
		out = append(out, text[start:])
	}
	return out
}

func fold(b byte) byte {
	if 'A' <= b && b <= 'Z' {
		return b + 'a' - 'A'
	}
	return b
}

// lowered is a word with small letters for the capitals of ASCII: no other letter is one of ours in another case.
func lowered(w string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, w)
}

// sameName tells whether a text is one of our names, which are ASCII, in any case: what folds to ASCII from elsewhere is longer.
func sameName(name, text string) bool {
	return len(name) == len(text) && strings.EqualFold(name, text)
}

// likeness is from 0, nothing alike, to 100, the same whatever the case.
func likeness(q, w string) int {
	short, long := min(len(q), len(w)), max(len(q), len(w))
	common := 0
	for common < short && fold(q[common]) == fold(w[common]) {
		common++
	}
	switch {
	case common == long:
		return 100
	case common == short && short >= 3:
		// One is the beginning of the other: plural, tense, or still being typed.
		switch {
		case long-short <= 2:
			return 90
		case short == len(q):
			return 75
		case short*2 > long:
			return 60
		}
		return 0
	case common >= 5 && common+4 >= long:
		// Words of one stem: migrating and migration.
		return 70
	}
	allowed := 2
	if short <= 3 {
		return 0
	} else if short <= 6 {
		allowed = 1
	}
	if long-short > allowed {
		return 0
	}
	switch distance(q, w, allowed) {
	case 1:
		return 75
	case 2:
		return 60
	}
	return 0
}

// distance is the edit distance with swaps of neighbours, or -1 when it is above allowed.
func distance(a, b string, allowed int) int {
	const most = 28
	if len(a) > most || len(b) > most {
		return -1
	}
	var rows [3][most + 1]int
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(a); i++ {
		least := i
		var row [most + 1]int
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if fold(a[i-1]) == fold(b[j-1]) {
				cost = 0
			}
			d := min(rows[1][j]+1, row[j-1]+1, rows[1][j-1]+cost)
			if i > 1 && j > 1 && fold(a[i-1]) == fold(b[j-2]) && fold(a[i-2]) == fold(b[j-1]) {
				d = min(d, rows[0][j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if least > allowed {
			return -1
		}
		rows[0], rows[1] = rows[1], row
	}
	if d := rows[1][len(b)]; d <= allowed {
		return d
	}
	return -1
}
