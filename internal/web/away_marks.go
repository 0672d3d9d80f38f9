package web

import (
	"context"
	"time"

	"ninetyten/internal/calendar"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// dayIn writes a date as people say it, in a zone: the day on which somebody is back
// is a day of theirs.
func dayIn(now, t time.Time, zone *time.Location) string {
	return day(withShell(context.Background(), Shell{Now: now, Zone: zone}), t)
}

// awayNow reads who of the team is away at the time of a page, by user.
func (s *Server) awayNow(ctx context.Context, ws sales.ID, now time.Time) (map[sales.ID]sales.Absence, error) {
	open, err := s.Store.OpenAbsences(ctx, ws)
	if err != nil {
		return nil, err
	}
	out := map[sales.ID]sales.Absence{}
	for _, a := range open {
		if a.Running(now) {
			out[a.UserID] = a
		}
	}
	return out, nil
}

// ownNotes remind the viewer on every page that they are away, or for whom they
// stand in.
func (s *Server) ownNotes(ctx context.Context, v visit, away map[sales.ID]sales.Absence, now time.Time) ([]AwayNote, error) {
	var out []AwayNote
	for _, a := range sortedAbsences(away) {
		href := path("/settings/absences", a.ID)
		switch v.UserID {
		case a.UserID:
			zone, err := s.zoneOfUser(ctx, v.User)
			if err != nil {
				return nil, err
			}
			text := "You are away until " + dayIn(now, a.To, zone) + pick(a.Mode == sales.AbsencePause, ": everything of yours waits.", ": a colleague stands in.")
			out = append(out, AwayNote{Text: text, Acts: []Action{{Label: "Look or change", Name: "Look at your absence, or change it", Small: true, Href: href}}})
		case a.StandInID:
			u, err := s.Store.User(ctx, v.WorkspaceID, a.UserID)
			if err != nil {
				return nil, err
			}
			zone, err := s.zoneOfUser(ctx, u)
			if err != nil {
				return nil, err
			}
			text := "You stand in for " + u.Name + " until " + dayIn(now, a.To, zone) + "."
			if a.Mode == sales.AbsencePause {
				text = u.Name + " is away until " + dayIn(now, a.To, zone) + ". Their answers wait, and you can take them over."
			}
			out = append(out, AwayNote{Text: text, Acts: []Action{{Label: "Look", Name: "Look at the absence of " + u.Name, Small: true, Href: href}}})
		}
	}
	return out, nil
}

// zoneOfUser is where somebody of the team works: their zone, else that of the
// workspace.
func (s *Server) zoneOfUser(ctx context.Context, u sales.User) (*time.Location, error) {
	var z *calendar.Zones
	if loc := z.Load(u.Zone); loc != nil {
		return loc, nil
	}
	w, err := s.Store.Workspace(ctx, u.WorkspaceID)
	return zoneOf(w.Settings.Zone), err
}

// backDay is the day on which somebody is back.
func (c *scene) backDay(a sales.Absence) string {
	return dayIn(c.now(), a.To, c.workZone(a.UserID))
}

// workZone is zoneOfUser of a colleague.
func (c *scene) workZone(id sales.ID) *time.Location {
	if loc := c.zones.Load(c.team[id].Zone); loc != nil {
		return loc
	}
	return zoneOf(c.settings.Zone)
}

// awayText says that a colleague is away, in a few words; "" is that they are here,
// or the viewer.
func (c *scene) awayText(user sales.ID) string {
	a, ok := c.sh.away[user]
	if !ok || user == c.UserID {
		return ""
	}
	return "away until " + c.backDay(a)
}

// mayTake tells whether the viewer may take over what waits.
func (c *scene) mayTake(a sales.Absence) bool {
	return a.Mode == sales.AbsencePause && a.UserID != c.UserID && (a.StandInID == c.UserID || c.Role.AtLeast(sales.RoleManager))
}

// awayNotesOf say that the seller of a person is away, or that somebody else has
// the person for a while.
func (c *scene) awayNotesOf(ctx context.Context, p sales.Person, back string) ([]AwayNote, error) {
	if a, ok := c.sh.away[p.OwnerID]; ok && a.UserID != c.UserID {
		n := AwayNote{Text: c.team[a.UserID].Name + " is away until " + c.backDay(a) + "."}
		if c.mayTake(a) {
			n.Text += " What waits for them you can take over until then."
			n.Acts = []Action{{Label: "Take over", Name: "Take over " + p.Name(), Small: true, Post: path("/settings/absences", a.ID, "take"), Fields: []Hidden{{"person", p.ID.String()}, {"back", back}}}}
		}
		return []AwayNote{n}, nil
	}
	for _, a := range sortedAbsences(c.sh.away) {
		items, err := c.Store.ItemsAmong(ctx, c.WorkspaceID, a.ID, store.ItemPerson, []sales.ID{p.ID})
		if err != nil {
			return nil, err
		}
		if _, ok := items[p.ID]; ok {
			n := AwayNote{Text: p.Name() + " belongs to " + c.team[a.UserID].Name + ", who is away, and goes back to them " + onDay(c.backDay(a)) + "."}
			if a.Mode == sales.AbsencePause && p.OwnerID == c.UserID {
				n.Acts = []Action{{Label: "Give back", Name: "Give " + p.Name() + " back now", Small: true, Post: path("/settings/absences", a.ID, "give-back", p.ID.String())}}
			}
			return []AwayNote{n}, nil
		}
	}
	return nil, nil
}

// onDay puts "on" before a date, and not before "tomorrow".
func onDay(day string) string { return pick(day == "today" || day == "tomorrow", day, "on "+day) }

// inboxNotes say how many answers wait for colleagues who are away, to those who
// may look after them.
func (c *scene) inboxNotes(ctx context.Context) ([]AwayNote, error) {
	var out []AwayNote
	for _, a := range sortedAbsences(c.sh.away) {
		if !c.mayTake(a) {
			continue
		}
		list, err := c.Desk.AwayHandoffs(ctx, c.Viewer, a.ID)
		if err != nil {
			return nil, err
		}
		if len(list) > 0 {
			out = append(out, AwayNote{
				Text: many(len(list), "answer waits", "answers wait") + " for " + c.team[a.UserID].Name + ", who is away until " + c.backDay(a) + ".",
				Acts: []Action{{Label: "Look", Name: "Look at what waits for " + c.team[a.UserID].Name, Small: true, Href: path("/settings/absences", a.ID)}},
			})
		}
	}
	return out, nil
}

// firstWord is how a colleague is called in a narrow place.
func firstWord(name string) string { return sales.User{Name: name}.FirstName() }
