package research

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// robots are the rules of one host for this program (RFC 9309).
type robots struct {
	rules []robotRule
	delay time.Duration // between two requests, as the host wishes; at most 10 s
	none  bool          // nothing may be read
	says  string        // why, with none
}

type robotRule struct {
	allow bool
	path  string
}

// readRobots takes the group for "ninetyten", else that for everybody.
func readRobots(text string) robots {
	var own, all robots
	var named, ours, everybody, inRules bool // of the group that is being read
	for line := range strings.Lines(text) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		if key == "user-agent" {
			if inRules {
				ours, everybody, inRules = false, false, false
			}
			switch agent := strings.ToLower(value); {
			case agent == "*":
				everybody = true
			case strings.HasPrefix(agent, "ninetyten"):
				ours, named = true, true
			}
			continue
		}
		if key != "allow" && key != "disallow" && key != "crawl-delay" {
			continue
		}
		inRules = true
		for _, x := range []struct {
			to *robots
			on bool
		}{{&own, ours}, {&all, everybody}} {
			if x.on {
				x.to.add(key, value)
			}
		}
	}
	if named {
		return own
	}
	return all
}

func (r *robots) add(key, value string) {
	if key == "crawl-delay" {
		if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 {
			r.delay = time.Duration(min(s, 10) * float64(time.Second))
		}
		return
	}
	if value != "" && len(r.rules) < 2000 && len(value) < 1000 {
		r.rules = append(r.rules, robotRule{key == "allow", value})
	}
}

// allowed tells whether a page may be read: the longest rule that fits decides, and
// of two of one length the one that allows.
func (r robots) allowed(u *url.URL) bool {
	if r.none {
		return false
	}
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	best, yes := -1, true
	for _, rule := range r.rules {
		if n := len(rule.path); (n > best || n == best && rule.allow) && fits(rule.path, path) {
			best, yes = n, rule.allow
		}
	}
	return yes
}

// fits matches a path with a rule: * is anything, a $ at the end is the end.
func fits(rule, path string) bool {
	rule, end := strings.CutSuffix(rule, "$")
	parts := strings.Split(rule, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	path = path[len(parts[0]):]
	for i, p := range parts[1:] {
		if end && i == len(parts)-2 {
			return strings.HasSuffix(path, p)
		}
		at := strings.Index(path, p)
		if at < 0 {
			return false
		}
		path = path[at+len(p):]
	}
	return !end || path == ""
}

// robotsOf reads the rules of a host. There are none when it has no such file; nothing
// may be read while it cannot say (RFC 9309 section 2.3.1).
func (r *Reader) robotsOf(ctx context.Context, home *url.URL, allow may) robots {
	g, err := r.get(ctx, &url.URL{Scheme: home.Scheme, Host: home.Host, Path: "/robots.txt"}, "text/plain, */*;q=0.1", maxRobots, allow)
	switch {
	case err != nil:
		return robots{none: true, says: err.Error()}
	case g.status >= 500 || g.status == 429:
		return robots{none: true, says: "Its robots.txt cannot be read at the moment, so nothing else was."}
	case g.status != 200:
		return robots{}
	}
	return readRobots(g.text())
}
