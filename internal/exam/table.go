package exam

import (
	"os"
	"path/filepath"
	"strings"
)

// table is a file of tab-separated values with a header line; \t \n \r \\ are
// escaped in its cells.
type table struct {
	columns map[string]int
	rows    [][]string
}

// readTable reads dir/name.
func readTable(dir, name string) (*table, error) {
	raw, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		return nil, err
	}
	t := &table{columns: map[string]int{}}
	for i, line := range strings.Split(strings.TrimRight(string(raw), "\n"), "\n") {
		cells := strings.Split(strings.TrimRight(line, "\r"), "\t")
		for j := range cells {
			cells[j] = unescape(cells[j])
		}
		if i == 0 {
			for j, c := range cells {
				t.columns[c] = j
			}
			continue
		}
		t.rows = append(t.rows, cells)
	}
	return t, nil
}

// get is the cell of a row by the name of its column, "" when there is none.
func (t *table) get(row []string, column string) string {
	if j, ok := t.columns[column]; ok && j < len(row) {
		return row[j]
	}
	return ""
}

func unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 't':
			b.WriteByte('\t')
		case 'n':
			b.WriteByte('\n')
		case 'r':
			b.WriteByte('\r')
		case '\\':
			b.WriteByte('\\')
		default:
			b.WriteByte('\\')
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
