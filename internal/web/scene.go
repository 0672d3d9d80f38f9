package web

import (
	"context"
	"net/http"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
)

// scene is what every page about people is made with, read once: the frame, who
// looks and when, the settings and the team.
type scene struct {
	*Server
	visit
	sh       Shell
	settings sales.Settings
	team     map[sales.ID]sales.User
	zones    *calendar.Zones
	off      *calendar.DaysOff
	absences []sales.Absence // that are not over, and of the last 60 days
	hours    map[sales.ID]calendar.Hours
	boxes    map[sales.ID]sales.Mailbox // read when somebody asks
}

// scene reads what surrounds a page.
func (s *Server) scene(r *http.Request, v visit, title, place string) (*scene, error) {
	sh, err := s.shell(r, v, title, place)
	if err != nil {
		return nil, err
	}
	return s.sceneOf(r.Context(), v, sh)
}

// partScene is scene for a part of a page, without the frame.
func (s *Server) partScene(ctx context.Context, v visit) (*scene, error) {
	sh := Shell{Role: v.Role, Now: s.Clock.Now(), Zone: zoneOf(v.User.Zone), OwnClock: s.Practice}
	var err error
	if sh.away, err = s.awayNow(ctx, v.WorkspaceID, sh.Now); err != nil {
		return nil, err
	}
	return s.sceneOf(ctx, v, sh)
}

func (s *Server) sceneOf(ctx context.Context, v visit, sh Shell) (*scene, error) {
	w, err := s.Store.Workspace(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	team, err := s.Store.Users(ctx, v.WorkspaceID)
	if err != nil {
		return nil, err
	}
	c := &scene{Server: s, visit: v, sh: sh, settings: w.Settings, team: make(map[sales.ID]sales.User, len(team)), zones: &calendar.Zones{}}
	for _, u := range team {
		c.team[u.ID] = u
	}
	return c, c.readHours(ctx)
}

// now is the time of the page.
func (c *scene) now() time.Time { return c.sh.Now }

// words gives the context in which when and day write times for this page.
func (c *scene) words(ctx context.Context) context.Context { return withShell(ctx, c.sh) }

// nameOf is what a colleague is called in a line: "you" or the first name.
func (c *scene) nameOf(id sales.ID) string {
	if id == 0 {
		return ""
	}
	if id == c.User.ID {
		return "you"
	}
	u := c.team[id]
	return u.FirstName()
}

// placeOf is where a person is, as well as we know.
func (c *scene) placeOf(p sales.Person, a sales.Account) calendar.Place {
	return c.zones.Resolve(p.Zone, p.Country, a.Zone, a.Country, c.team[p.OwnerID].Zone, c.settings.Zone)
}

// midnight is the beginning of today for the user.
func (c *scene) midnight() time.Time { return calendar.DayStart(c.now(), c.sh.Zone) }

// morning is half past eight of the day that comes after so many days.
func (c *scene) morning(days int) time.Time {
	t := c.now().In(c.sh.Zone).AddDate(0, 0, days)
	return time.Date(t.Year(), t.Month(), t.Day(), 8, 30, 0, 0, c.sh.Zone)
}
