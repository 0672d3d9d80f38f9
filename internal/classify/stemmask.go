package classify

import (
	"strings"
	"sync"
)

// stemMask says which of the lists of stems of demands a word or a sentence has
// one of, a bit a list.
type stemMask uint32

// The bits, by list.
const (
	hasRemove stemMask = 1 << iota
	hasNot
	hasWish
	hasSelf
	hasList
	hasData
	hasReach
	hasMore
	hasMail
	hasHalt
	hasPast
	hasPassOn
	hasTheirs
	hasObject
	hasErase
	hasConsent
)

// maskedStem is a stem with the lists that hold it; whole when it is a word.
type maskedStem struct {
	stem  string
	whole bool
	mask  stemMask
}

// maskSet looks a word up in all lists at once.
type maskSet struct {
	byFirst [256][]maskedStem
	byTwo   pairs[maskedStem]
}

var demandMasks = sync.OnceValue(func() *maskSet {
	masks := map[string]stemMask{}
	order := []string{}
	for i, list := range [...]string{stemsRemove, stemsNot, stemsWish, stemsSelf, stemsList, stemsData, stemsReach, stemsMore, stemsMail, stemsHalt, stemsPast, stemsPassOn, stemsTheirs,
		stemsObject, stemsErase, stemsConsent} {
		for stem := range strings.FieldsSeq(list) {
			if masks[stem] == 0 {
				order = append(order, stem)
			}
			masks[stem] |= 1 << i
		}
	}
	s := &maskSet{}
	for _, stem := range order {
		bare, whole := strings.CutSuffix(stem, "$")
		m := maskedStem{bare, whole, masks[stem]}
		s.byFirst[bare[0]] = append(s.byFirst[bare[0]], m)
		if len(bare) > 1 {
			s.byTwo.add(bare, m)
			continue
		}
		for c := range 128 {
			if !whole {
				s.byTwo.add(bare+string(rune(c)), m)
			}
		}
	}
	return s
})

// maskOf gives the lists that one of words has a stem of.
func maskOf(words []token) stemMask {
	set := demandMasks()
	var mask stemMask
	for _, t := range words {
		w := string(t)
		if w == "" {
			continue
		}
		list, known := set.byTwo.of(w)
		if !known {
			list = set.byFirst[w[0]]
		}
		for _, m := range list {
			if m.mask&^mask != 0 && (m.whole && w == m.stem || !m.whole && strings.HasPrefix(w, m.stem)) {
				mask |= m.mask
			}
		}
	}
	return mask
}
