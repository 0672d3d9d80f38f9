package calendar

import (
	"time"

	"ninetyten/internal/sales"
)

// maxDelay bounds the number of a delay; sales.Step.Validate allows 10,000.
const maxDelay = 10_000

// AddDelay is from plus d, in UTC. Minutes and hours are plain time. Days keep
// the local time of day. Working days are counted from the day after from: days
// without windows and holidays do not count; where no day has windows they are
// plain days, and Next says that nothing is open. Numbers are held to 0..10,000;
// an unknown unit counts as minutes.
func (c Calendar) AddDelay(from time.Time, d sales.Delay, p Place) time.Time {
	n := int64(min(max(d.N, 0), maxDelay))
	switch d.Unit {
	case sales.Hours:
		return from.Add(time.Duration(n) * time.Hour).UTC()
	case sales.Days, sales.WorkingDays:
	default:
		return from.Add(time.Duration(n) * time.Minute).UTC()
	}
	if n == 0 {
		return from.UTC()
	}
	loc := p.loc()
	day, sec := dayOf(wallOf(from, loc))
	if d.Unit == sales.Days || !hasWindows(c.Windows) {
		day += n
	} else {
		day = c.addWorking(day, n, p)
	}
	return time.Unix(atWall(day, sec, loc), int64(from.Nanosecond())).UTC()
}

// addWorking is the nth working day after day. A week has one day with windows
// at least, and few holidays, so the bound is never met.
func (c Calendar) addWorking(day, n int64, p Place) int64 {
	for range n*14 + horizon {
		day++
		if c.working(day, p) {
			n--
			if n == 0 {
				break
			}
		}
	}
	return day
}

// maxRamp is how many days back a ramp is counted; an older one is over.
const maxRamp = 10 * 366

// RampCap is how many mails a mailbox may send on the local day of now:
// RampStart on the day of rampFrom, RampStep more on every working day after it,
// never above PerDay and never below 0. No RampStart is no ramp; a zero rampFrom
// or one to come is the first day.
func RampCap(l sales.Limits, rampFrom, now time.Time, p Place, c Calendar) int {
	full := max(l.PerDay, 0)
	if l.RampStart <= 0 || l.RampStart >= full {
		return full
	}
	if rampFrom.IsZero() || l.RampStep <= 0 {
		return l.RampStart
	}
	loc := p.loc()
	day, _ := dayOf(wallOf(rampFrom, loc))
	today, _ := dayOf(wallOf(now, loc))
	if today-day > maxRamp {
		return full
	}
	allowed := l.RampStart
	for day < today && allowed < full {
		day++
		if c.working(day, p) {
			allowed += min(l.RampStep, full-allowed)
		}
	}
	return allowed
}

// Gap is the pause before the next mail of a mailbox, uniform in
// [GapMin, GapMax] to the millisecond and always the same for the same seed
// (for example the ID of the mail just sent).
func Gap(l sales.Limits, seed uint64) time.Duration {
	least := max(l.GapMin, 0)
	if l.GapMax <= least {
		return least
	}
	steps := uint64((l.GapMax-least)/time.Millisecond) + 1
	return least + time.Duration(mix(seed)%steps)*time.Millisecond
}

// mix spreads the bits of a seed (SplitMix64, Steele and others 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
