package store

import (
	"context"

	"ninetyten/internal/db"
	"ninetyten/internal/sales"
)

const scheduleCols = `workspace_id, id, name, windows, holidays, days_off, version, created_at, updated_at`
const dayOffCols = `workspace_id, id, source, name, country, subdivision, from_day, to_day, created_at`

const (
	sqlScheduleInsert = `INSERT INTO schedules (` + scheduleCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlScheduleSave   = `UPDATE schedules SET name = ?, windows = ?, holidays = ?, days_off = ?, updated_at = ?, version = version + 1 WHERE workspace_id = ? AND id = ? AND version = ?`
	sqlScheduleDelete = `DELETE FROM schedules WHERE workspace_id = ? AND id = ? AND NOT EXISTS (SELECT 1 FROM sequences q WHERE q.workspace_id = ? AND q.schedule_id = ? AND q.schedule_id <> 0)`
	sqlScheduleGet    = `SELECT ` + scheduleCols + ` FROM schedules WHERE workspace_id = ? AND id = ?`
	sqlScheduleAll    = `SELECT ` + scheduleCols + ` FROM schedules WHERE workspace_id = ? ORDER BY lower(name), id LIMIT 500`
	sqlScheduleUsers  = sequenceRead + ` WHERE q.workspace_id = ? AND q.schedule_id = ? AND q.schedule_id <> 0 ORDER BY q.id LIMIT 100`

	sqlDayOffInsert = `INSERT INTO days_off (` + dayOffCols + `) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	sqlDayOffDelete = `DELETE FROM days_off WHERE workspace_id = ? AND id = ?`
	sqlDayOffSource = `DELETE FROM days_off WHERE workspace_id = ? AND substr(source, 1, 200) = substr(?, 1, 200) AND source = ?`
	sqlDaysOff      = `SELECT ` + dayOffCols + ` FROM days_off WHERE workspace_id = ? ORDER BY from_day, id LIMIT 20000`
)

func scanSchedule(r db.Scanner) (sales.Schedule, error) {
	var x sales.Schedule
	err := r.Scan(&x.WorkspaceID, &x.ID, &x.Name, db.ScanJSON(&x.Windows), &x.Holidays, &x.DaysOff, &x.Version, db.ScanTime(&x.CreatedAt), db.ScanTime(&x.UpdatedAt))
	return x, err
}

func scanDayOff(r db.Scanner) (sales.DayOff, error) {
	var x sales.DayOff
	err := r.Scan(&x.WorkspaceID, &x.ID, &x.Source, &x.Name, &x.Country, &x.Subdivision, &x.From, &x.To, db.ScanTime(&x.CreatedAt))
	return x, err
}

// InsertSchedule makes a schedule. A Conflict error means that the name is taken.
func (tx *Tx) InsertSchedule(ctx context.Context, x sales.Schedule) error {
	_, err := tx.Exec(ctx, sqlScheduleInsert, x.WorkspaceID, x.ID, x.Name, db.JSON(x.Windows), flag(x.Holidays), flag(x.DaysOff), max(x.Version, 1), x.CreatedAt, x.UpdatedAt)
	return nameTaken(err, "schedule", x.Name)
}

// SaveSchedule writes a schedule; x.Version is the version that was read. A
// Conflict error means that somebody else saved meanwhile, or the name is taken.
func (tx *Tx) SaveSchedule(ctx context.Context, x sales.Schedule) error {
	n, err := tx.Exec(ctx, sqlScheduleSave, x.Name, db.JSON(x.Windows), flag(x.Holidays), flag(x.DaysOff), x.UpdatedAt, x.WorkspaceID, x.ID, x.Version)
	return changed(n, nameTaken(err, "schedule", x.Name))
}

// DeleteSchedule removes a schedule that no sequence uses, and says whether it
// did.
func (tx *Tx) DeleteSchedule(ctx context.Context, ws, id sales.ID) (bool, error) {
	n, err := tx.Exec(ctx, sqlScheduleDelete, ws, id, ws, id)
	return n > 0, err
}

// Schedule gives a schedule.
func (s *Store) Schedule(ctx context.Context, ws, id sales.ID) (sales.Schedule, error) {
	x, err := db.One(ctx, s.DB, scanSchedule, sqlScheduleGet, ws, id)
	return found(x, err, "schedule")
}

// Schedules lists those of a workspace by name.
func (s *Store) Schedules(ctx context.Context, ws sales.ID) ([]sales.Schedule, error) {
	return db.All(ctx, s.DB, scanSchedule, sqlScheduleAll, ws)
}

// SequencesWithSchedule lists the sequences that use a schedule, without their
// steps.
func (s *Store) SequencesWithSchedule(ctx context.Context, ws, schedule sales.ID) ([]sales.Sequence, error) {
	return db.All(ctx, s.DB, scanSequence, sqlScheduleUsers, ws, schedule)
}

// AddDaysOff adds days off.
func (tx *Tx) AddDaysOff(ctx context.Context, days []sales.DayOff) error {
	for _, d := range days {
		if _, err := tx.Exec(ctx, sqlDayOffInsert, d.WorkspaceID, d.ID, d.Source, d.Name, d.Country, d.Subdivision, d.From, d.To, d.CreatedAt); err != nil {
			return err
		}
	}
	return nil
}

// DeleteDayOff removes one day off.
func (tx *Tx) DeleteDayOff(ctx context.Context, ws, id sales.ID) error {
	_, err := tx.Exec(ctx, sqlDayOffDelete, ws, id)
	return err
}

// DeleteDaysOff removes those that came with one calendar.
func (tx *Tx) DeleteDaysOff(ctx context.Context, ws sales.ID, source string) error {
	_, err := tx.Exec(ctx, sqlDayOffSource, ws, source, source)
	return err
}

// DaysOff gives the days off of a workspace in their order.
func (s *Store) DaysOff(ctx context.Context, ws sales.ID) ([]sales.DayOff, error) {
	return db.All(ctx, s.DB, scanDayOff, sqlDaysOff, ws)
}

// DaysOff gives the days off of a workspace as the transaction sees them.
func (tx *Tx) DaysOff(ctx context.Context, ws sales.ID) ([]sales.DayOff, error) {
	return db.All(ctx, tx, scanDayOff, sqlDaysOff, ws)
}
