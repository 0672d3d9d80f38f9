package desk

import (
	"context"
	"time"

	"ninetyten/internal/casework"
	"ninetyten/internal/dossier"
	"ninetyten/internal/importer"
	"ninetyten/internal/research"
	"ninetyten/internal/sales"
	"ninetyten/internal/store"
)

// maxFeeds is how many feeds a workspace reads.
const maxFeeds = 50

// Dossier gives what is known of a person whom the viewer may see, and the brief: the
// kept one while nothing happened since, else one by rules.
func (d *Desk) Dossier(ctx context.Context, v sales.Viewer, person sales.ID) (dossier.Input, sales.Brief, error) {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return dossier.Input{}, sales.Brief{}, err
	}
	in, err := casework.Gather(ctx, d.Store, p, d.now(), importer.FreeMail)
	if err != nil {
		return in, sales.Brief{}, err
	}
	b, err := d.Store.BriefOf(ctx, v.WorkspaceID, person)
	if err != nil {
		return in, b, err
	}
	newest := sales.ID(0)
	if len(in.Moves) > 0 {
		newest = in.Moves[0].ID
	}
	if b.PersonID == 0 || b.UpTo != newest || d.now().Sub(b.MadeAt) > 24*time.Hour {
		b = dossier.ByRules(in, d.now())
	}
	return in, b, nil
}

// AskResearch lets the web site of a person's account be read.
func (d *Desk) AskResearch(ctx context.Context, v sales.Viewer, person sales.ID) error {
	p, err := d.person(ctx, v, person)
	if err != nil {
		return err
	}
	w, err := d.Store.Workspace(ctx, v.WorkspaceID)
	if err != nil {
		return err
	}
	if w.Settings.Research == sales.ResearchOff {
		return sales.Errorf(sales.Invalid, "Web sites are not read in this workspace. An administrator can change that in the settings, under Research.")
	}
	a, err := d.Store.Account(ctx, v.WorkspaceID, p.AccountID)
	if err != nil && sales.CodeOf(err) != sales.NotFound {
		return err
	}
	if a.Domain == "" || importer.FreeMail(a.Domain) {
		return sales.Errorf(sales.Invalid, "The domain of the company is not known, so there is no site to read. It comes from a mail address at the company, or from an import.")
	}
	now := d.now()
	err = d.inTx(ctx, func(tx *store.Tx) error {
		yes, err := tx.AskResearch(ctx, sales.Research{WorkspaceID: v.WorkspaceID, AccountID: a.ID, UserID: v.UserID, AskedAt: now}, now.Add(time.Second), now.Add(time.Second))
		if err == nil && !yes {
			return sales.Errorf(sales.Conflict, "Their site is being read already. It takes up to a minute.")
		}
		return err
	})
	d.kick(v.WorkspaceID)
	return err
}

// SaveResearch says when the web sites of accounts are read.
func (d *Desk) SaveResearch(ctx context.Context, v sales.Viewer, mode sales.ResearchMode) error {
	if err := need(v, sales.RoleAdmin, "change the settings"); err != nil {
		return err
	}
	switch mode {
	case sales.ResearchOff, sales.ResearchByHand, sales.ResearchHandoffs:
	default:
		return sales.Errorf(sales.Invalid, "Choose when web sites are read.")
	}
	return d.inTx(ctx, func(tx *store.Tx) error {
		w, err := tx.Workspace(ctx, v.WorkspaceID)
		if err != nil {
			return err
		}
		w.Settings.Research = mode
		return tx.SaveWorkspace(ctx, w)
	})
}

// AddFeed lets the workspace read a news feed.
func (d *Desk) AddFeed(ctx context.Context, v sales.Viewer, address string) error {
	if err := need(v, sales.RoleManager, "choose the news that are read"); err != nil {
		return err
	}
	u, err := research.CheckFeed(address)
	if err != nil {
		return err
	}
	have, err := d.Store.Feeds(ctx, v.WorkspaceID)
	if err != nil {
		return err
	}
	if len(have) >= maxFeeds {
		return sales.Errorf(sales.Limited, "A workspace reads at most %d feeds. Remove one first.", maxFeeds)
	}
	for _, f := range have {
		if f.URL == u.String() {
			return sales.Errorf(sales.Conflict, "This feed is read already.")
		}
	}
	err = d.inTx(ctx, func(tx *store.Tx) error {
		return tx.InsertFeed(ctx, sales.Feed{WorkspaceID: v.WorkspaceID, ID: tx.NewID(), URL: u.String(), AddedBy: v.UserID, AddedAt: d.now()})
	})
	d.kick(v.WorkspaceID)
	return err
}

// RemoveFeed lets a feed go; what was found in it stays.
func (d *Desk) RemoveFeed(ctx context.Context, v sales.Viewer, id sales.ID) error {
	if err := need(v, sales.RoleManager, "choose the news that are read"); err != nil {
		return err
	}
	return d.inTx(ctx, func(tx *store.Tx) error { return tx.DeleteFeed(ctx, v.WorkspaceID, id) })
}
