package bench

import (
	"fmt"
	"math"
	"slices"
	"time"
)

// What the model takes for granted. The pace is that of sales.DefaultLimits: 30 a
// day with five to ten minutes between two, in two windows of three hours.
const (
	sellersInAll = 100_000
	largestSpace = 3000 // sellers
	tail         = 0.85 // workspace number k has largestSpace/k^tail sellers
	mailsADay    = 30
	mailsAnHour  = 8
	handADay     = 10.0
	heardOf      = 0.12 // answers, reports and automatic replies a mail
	heardCosts   = 3.0  // of a mail: it is kept, matched, decided and told
	pageEvery    = time.Minute
	pageMicros   = 1500.0 // of PostgreSQL: serving Next, by the bench pages
	leaseEvery   = 6.0    // seconds: at every second look of the watchers
	nodeSellers  = 2000   // of one node
	placements   = 25     // different hashes that are tried
)

// space is a workspace of the model.
type space struct {
	id      uint64
	sellers int
	zone    int // hours from UTC
}

// model is who is there.
type model struct {
	sellers int
	spaces  []space
}

// newModel makes workspaces whose sizes follow a power law, as firms do (Axtell
// 2001), until all sellers have one.
func newModel(sellers int) model {
	m := model{}
	for k := 1; m.sellers < sellers; k++ {
		n := int(largestSpace / math.Pow(float64(k), tail))
		n = max(1, min(n, sellers-m.sellers))
		zone := -5
		switch h := mix(uint64(k) * 7); {
		case h%6 >= 5:
			zone = 8
		case h%6 >= 2:
			zone = 1
		}
		m.spaces = append(m.spaces, space{id: uint64(k), sellers: n, zone: zone})
		m.sellers += n
	}
	return m
}

// mix spreads the bits of x (SplitMix64, Steele and others 2014).
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// mailsIn is how many mails a seller's mailbox sends in an hour of their day: as
// many as the gap lets through from 8:30 on, until the day is full.
func mailsIn(hour int) float64 {
	sent := 0.0
	for h := range hour + 1 {
		open := 0.0
		switch h {
		case 8, 13:
			open = 0.5
		case 9, 10, 14, 15:
			open = 1
		case 11, 16:
			open = 0.5
		}
		now := min(open*mailsAnHour, mailsADay-sent)
		if h == hour {
			if open > 0 {
				now += open * handADay / 6
			}
			return now
		}
		sent += now
	}
	return 0
}

// micros is what a workspace asks of PostgreSQL in one second of an hour (UTC),
// in microseconds of CPU, and the mails among it.
func (s space) micros(hour int, c costs) (us, mails float64) {
	local := ((hour+s.zone)%24 + 24) % 24
	n := float64(s.sellers)
	mails = n * mailsIn(local) / 3600
	us = mails * c.mail * (1 + heardOf*heardCosts)
	if local >= 8 && local < 18 {
		us += n / pageEvery.Seconds() * pageMicros
	}
	us += s.standing(c)
	return us, mails
}

// standing is what it asks for all the time: leases, and the look of one node, which
// grows with the mailboxes.
func (s space) standing(c costs) float64 {
	n := float64(s.sellers)
	return n/leaseEvery*c.lease + max(1, n/10)*c.look
}

// hourly is what each workspace asks for in each hour of the day.
func (m model) hourly(c costs) (us [24][]float64, mails [24]float64) {
	for hour := range us {
		us[hour] = make([]float64, len(m.spaces))
		for i, s := range m.spaces {
			var sent float64
			us[hour][i], sent = s.micros(hour, c)
			mails[hour] += sent
		}
	}
	return us, mails
}

// busiest gives the load of the busiest shard at its busiest hour, for one way of
// placing the workspaces.
func (m model) busiest(us *[24][]float64, shards, placing int) float64 {
	at := make([]int, len(m.spaces))
	for i, s := range m.spaces {
		at[i] = int(mix(s.id^mix(uint64(placing))) % uint64(shards)) //nolint:gosec // below shards
	}
	top := 0.0
	for hour := range us {
		load := make([]float64, shards)
		for i, x := range us[hour] {
			load[at[i]] += x
		}
		top = max(top, slices.Max(load))
	}
	return top
}

// onShards places the workspaces on n shards by hash and finds the busiest hour.
func (m model) onShards(n int, c costs) Result {
	shares := float64(m.sellers/nodeSellers) * c.keep // of all nodes, spread over the shards
	us, mails := m.hourly(c)
	peak, peakHour := 0.0, 0
	for hour := range us {
		sum := 0.0
		for _, x := range us[hour] {
			sum += x
		}
		if sum += shares; sum > peak {
			peak, peakHour = sum, hour
		}
	}
	var worst []float64
	for p := range placements {
		worst = append(worst, m.busiest(&us, n, p)+shares/float64(n))
	}
	idle := shares
	for _, s := range m.spaces {
		idle += s.standing(c)
	}
	mean := peak / float64(n)
	return Result{
		Case: fmt.Sprintf("%d shards", n), N: m.sellers, RatePerS: mails[peakHour], DBPerOp: c.mail,
		Figures: map[string]float64{
			"busiest hour, UTC":                           float64(peakHour),
			"mails a second, whole, in it":                mails[peakHour],
			"cores of PostgreSQL, whole, in it":           peak / 1e6,
			"cores of it for leases and looks":            idle / 1e6,
			"cores a shard, mean":                         mean / 1e6,
			"cores of the busiest shard, median placing":  median(worst) / 1e6,
			"cores of the busiest shard, worst placing":   slices.Max(worst) / 1e6,
			"imbalance, median placing":                   median(worst) / mean,
			"imbalance, worst placing":                    slices.Max(worst) / mean,
			"share of the largest workspace of one shard": us[peakHour][0] / mean,
		},
	}
}
