package mail

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Contact is what a signature says of its writer: proposals for the record of
// a person, never facts.
type Contact struct {
	Name    string
	Title   string
	Company string
	Phones  []Phone // in the order of the signature, at most 5
	Website string  // without "https://", "" when it is only the domain of the address
}

// Phone is a number as it is written.
type Phone struct {
	Number string // "+49 30 1234-56"
	Mobile bool
}

// Contact reads the signature of the mail.
func (p *Parsed) Contact() Contact { return ReadContact(p.Signature, p.FromName, p.From) }

// Words of contacts, in lower case, parted by "|". Those of firms and titles are
// looked for as whole words, "*" at the end stands for any ending.
const (
	firmForms = "gmbh|ag|kg|ohg|gbr|ug|mbh|kgaa|e.v.|ev|eg|inc|inc.|incorporated|corp|corp.|corporation|llc|llp|lp|ltd|ltd.|limited|plc|pty|co|co.|company|group|holding|holdings|sa|s.a.|sas|s.a.s.|sarl|s.a.r.l.|eurl|sci|" +
		"s.l.|sl|s.l.u.|slu|s.r.l.|srl|s.p.a.|spa|snc|lda|lda.|ltda|ltda.|eireli|s/a|bv|b.v.|nv|n.v.|vof|ab|as|a/s|aps|i/s|oy|oyj|sp.|z.o.o.|s.c.|s.r.o.|a.s.|kft|zrt|d.o.o.|ooo|ооо|зао|оао|university|université|universität|universidad|institute|institut|verlag|bank|hospital|klinikum|stadtwerke|studio|agency|agentur"
	firmParts = "株式会社|有限会社|合同会社|公司|集团|주식회사"
	jobTitles = "manager*|director*|head|lead|chief|officer|ceo|cfo|cto|coo|cmo|cio|cpo|vp|svp|evp|president|vice|founder|co-founder|cofounder|owner|partner|principal|engineer*|developer|consultant*|assistant|secretary|buyer|purchaser|procurement|purchasing|analyst|specialist|coordinator|supervisor|controller|accountant|bookkeeper|representative|executive|administrator|architect|designer|lawyer|attorney|professor|dr|recruiter|" +
		"geschäftsführer*|geschäftsleit*|leiter*|leitung|abteilungsleit*|bereichsleit*|teamleit*|inhaber*|prokurist*|vorstand*|einkauf|einkäufer*|vertrieb*|assistenz|referent*|sachbearbeit*|ingenieur*|berater*|buchhalt*|betriebsleit*|projektleit*|kaufmännisch*|steuerberater*|rechtsanwalt|" +
		"directeur|directrice|responsable|gérant*|chef|cheffe|acheteu*|ingénieur*|chargé*|assistante|conseill*|comptable|pdg|dg|adjoint*|jefe|jefa|gerente|encargad*|ingenier*|compras|asesor*|socio|socia|dueño|titolare|direttore|direttrice|responsabile|amministrat*|ufficio|impiegat*|consulente|diretor*|coordenador*|analista|engenheir*|sócio|sócia|proprietári*|" +
		"directeur-eigenaar|hoofd|eigenaar|inkoper|inkoop|medewerker|adviseur|teamleider|bedrijfsleider|projectleider|vd|inköpschef|inköpare|ansvarig|chef|ekonomichef|säljare|projektledare|platschef|direktør|leder|indkøber|indkøbschef|økonomichef|salgschef|konsulent|daglig|kierownik|dyrektor*|specjalista|właściciel*|prezes|księgow*|handlowiec|główn*|toimitusjohtaja|päällikkö|johtaja|jednatel|ředitel*|vedoucí|директор|менеджер|руководитель|специалист"
	jobParts    = "部長|課長|係長|主任|代表取締役|取締役|社長|担当|室長|店長|マネージャー|经理|總監|总监|主管|董事长|创始人|总裁|工程师|部长|팀장|부장|과장|대리|대표|이사"
	phoneLabels = "tel|tel.|telefon|telefone|telefono|teléfono|telephone|téléphone|phone|ph|t|p|d|o|direct|office|durchwahl|fon|tél|tél.|tlf|tlf.|puh|puh.|gsm|тел|тел.|電話|电话|tel/fax|전화|w|work|main|hq|büro|zentrale|fixe|ligne directe|llámanos"
	cellLabels  = "m|mob|mob.|mobil|mobile|mobil.|cell|cell.|cel|cel.|celular|handy|móvil|movil|cellulare|telemóvel|telm|gsm|portable|port.|komórka|kom.|tel. kom.|моб|携帯|手机|휴대폰|matkapuhelin|c|whatsapp"
	faxLabels   = "fax|telefax|f|fax.|télécopie|传真|팩스"
	notPhones   = "iban|bic|ust|vat|hrb|hra|siret|siren|rcs|tva|nif|cif|p.iva|p. iva|partita|kvk|btw|cvr|org.nr|orgnr|nip|regon|krs|reg.|registered|steuer|ein|abn|cnpj|konto|account|blz|po box|postfach|zip|id:"
)

// ReadContact reads a signature. name and addr are those of the writer, ""
// when not known.
func ReadContact(signature, name, addr string) Contact {
	c := Contact{}
	_, domain, _ := strings.Cut(addr, "@")
	for i, line := range strings.Split(signature, "\n") {
		if i == 40 {
			break
		}
		line = strings.Trim(strings.TrimSpace(line), "*_|-–— ")
		if line == "" || len(line) > 300 || isDevice(line) {
			continue
		}
		c.phones(line)
		for _, part := range contactParts(line) {
			c.read(part, name, domain)
		}
	}
	if c.Name == "" && looksLikeName(name, 5) {
		c.Name = name
	}
	return c
}

// contactParts cuts "Head of Things | Buyer Ltd" into its parts.
func contactParts(line string) []string {
	for _, sep := range [...]string{" | ", "|", " • ", " · ", " ∙ ", " – ", " — ", " // ", "\t", "   "} {
		line = strings.ReplaceAll(line, sep, "\x00")
	}
	return strings.Split(line, "\x00")
}

// read takes a part for what it looks like.
func (c *Contact) read(part, name, domain string) {
	part = strings.Trim(strings.TrimSpace(part), "*,;")
	words := wordCount(part)
	switch {
	case part == "" || words > 12 || hasAddr(part) && words < 3:
		return
	case isWebsite(part):
		if site := siteOf(part); c.Website == "" && site != domain {
			c.Website = site
		}
		return
	case isFormula(signKey(part)), isThanks(signKey(part)), phoneLike(part) != "":
		return
	}
	if rest, ok := strings.CutSuffix(part, name); ok && name != "" && strings.TrimSpace(rest) != "" && firstPart(rest, jobParts) {
		c.Name, part = name, strings.TrimSpace(rest)
	}
	firm, title := hasWordOf(part, firmForms) || firstPart(part, firmParts), hasWordOf(part, jobTitles) || firstPart(part, jobParts)
	switch {
	case firm && (!strings.Contains(part, ", ") || !title) && !strings.Contains(part, " at "):
		c.setCompany(part)
	case title && strings.Contains(part, ", ") || title && strings.Contains(part, " at "):
		head, tail, ok := strings.Cut(part, ", ")
		if !ok {
			head, tail, ok = strings.Cut(part, " at ")
		}
		if !ok || !hasWordOf(head, jobTitles) {
			head, tail = part, ""
		}
		c.setTitle(head)
		c.setCompany(tail)
	case title && !isNameOf(part, name):
		c.setTitle(part)
	case c.Company == "" && ofDomain(part, domain) && !isNameOf(part, name):
		c.setCompany(part)
	case c.Name == "" && c.Title == "" && looksLikeName(part, 5) && words >= 2 && (name == "" || isNameOf(part, name)):
		c.Name = part
	}
}

func (c *Contact) setTitle(s string) {
	if s = strings.Trim(s, " ,;"); c.Title == "" && s != "" && utf8.RuneCountInString(s) <= 80 && !hasDigit(s) {
		c.Title = s
	}
}

func (c *Contact) setCompany(s string) {
	if s = strings.Trim(s, " ,;"); c.Company == "" && s != "" && utf8.RuneCountInString(s) <= 100 && !strings.ContainsAny(s, "@:") {
		c.Company = s
	}
}

// isNameOf tells whether a text has a word of the writer's name.
func isNameOf(text, name string) bool {
	low := strings.ToLower(text)
	for _, w := range strings.Fields(strings.ToLower(name)) {
		if len(w) >= 3 && strings.Contains(low, w) {
			return true
		}
	}
	return false
}

// ofDomain tells whether a text is named as the domain is.
func ofDomain(text, domain string) bool {
	label, _, _ := strings.Cut(domain, ".")
	if len(label) < 4 || wordCount(text) > 5 || hasDigit(text) || strings.Contains("|gmail|googlemail|outlook|hotmail|yahoo|icloud|proton|protonmail|gmx|mail|live|msn|free|orange|wanadoo|web|libero|", "|"+label+"|") {
		return false
	}
	return strings.Contains(letters(text), letters(label))
}

// hasWordOf tells whether one of the words of a text is in a list.
func hasWordOf(text, list string) bool {
	for word := range strings.FieldsFuncSeq(strings.ToLower(text), func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;()&/", r) }) {
		word = strings.Trim(word, ":")
		for entry := range strings.SplitSeq(list, "|") {
			if stem, ok := strings.CutSuffix(entry, "*"); word == entry || ok && strings.HasPrefix(word, stem) {
				return true
			}
		}
	}
	return false
}

func firstPart(text, list string) bool {
	for part := range strings.SplitSeq(list, "|") {
		if strings.Contains(text, part) {
			return true
		}
	}
	return false
}

func isWebsite(s string) bool {
	low := strings.ToLower(s)
	return !strings.Contains(low, " ") && !strings.Contains(low, "@") && (strings.HasPrefix(low, "www.") || strings.HasPrefix(low, "http://") || strings.HasPrefix(low, "https://"))
}

func siteOf(s string) string {
	s = strings.ToLower(s)
	for _, lead := range [...]string{"https://", "http://", "www."} {
		s = strings.TrimPrefix(s, lead)
	}
	s, _, _ = strings.Cut(s, "/")
	return s
}
