package importer

import (
	"strings"
	"sync"
)

// columnNames are the names of columns in exports (LinkedIn, Apollo, HubSpot,
// Salesforce, Pipedrive, Zoho, ZoomInfo, Google, Outlook, lead forms) and in
// sheets of people, folded, by field, the surest first.
const columnNames = `
email: email|e mail|email address|e mail address|work email|business email|primary email|email 1 value|e mail 1 value|person email|contact email|lead email|email id|mail|mail address|email1|email 1|company email|corporate email|email addresses|main email|emailaddress|person email work|email work|e mail 1 address|e mail adresse|email adresse|mailadresse|adresse e mail|adresse email|adresse mail|courriel|adresse electronique|correo|correo electronico|email del contacto|direccion de correo electronico|direccion de correo|mail del contacto|e mail do contato|endereco de email|endereco de e mail|correio eletronico|indirizzo email|indirizzo e mail|posta elettronica|e mailadres|emailadres|mailadres|e postadress|e post|epost|epostadress|e postadresse|epostadresse|mail adresse|sahkoposti|sahkopostiosoite|adres e mail|adres email|e mailova adresa|emailova adresa|e mail cim|email cim|eposta|e posta|eposta adresi|e posta adresi|adresa de email|adresa email|электронная почта|почта|адрес электронной почты|емейл|електронна пошта|ηλεκτρονικο ταχυδρομειο|メール|メールアドレス|eメール|電子メール|邮箱|电子邮件|邮件|电子邮箱|電子郵件|이메일|이메일 주소|메일|البريد الالكتروني|דואל|דוא ל|personal email|private email|home email|secondary email|alternate email|other email|email 2|email 2 value|e mail 2 value|e mail 2 address|e mail 3 address|email 3 value|additional emails
first_name: first name|firstname|given name|givenname|forename|first|fname|f name|person first name|contact first name|lead first name|christian name|vorname|prenom|nombre|nombres|nombre de pila|primeiro nome|nome proprio|nome|voornaam|roepnaam|fornamn|fornavn|etunimi|imie|jmeno|krestni jmeno|keresztnev|utonev|ad|adi|isim|prenume|имя|имя контакта|iм я|ім я|ονομα|名|名前 名|下の名前|名字|이름|الاسم الاول|שם פרטי
last_name: last name|lastname|surname|family name|familyname|last|lname|l name|person last name|contact last name|lead last name|nachname|familienname|zuname|nom de famille|apellido|apellidos|sobrenome|apelido|ultimo nome|cognome|achternaam|familienaam|efternamn|efternavn|etternavn|sukunimi|nazwisko|prijmeni|priezvisko|vezeteknev|csaladnev|soyad|soyadi|soyisim|nume de familie|фамилия|прізвище|επωνυμο|επιθετο|姓|苗字|名前 姓|姓氏|성|اسم العائلة|اللقب|שם משפחה
full_name: full name|fullname|name|contact name|person name|lead name|display name|contact full name|person full name|prospect name|customer name|client name|contact person|person|attendee name|your name|vor und nachname|vollstandiger name|vollname|ansprechpartner|kontaktperson|kontakt name|nom complet|nom et prenom|nom prenom|prenom nom|nombre completo|nombre y apellidos|nombre y apellido|nombre del contacto|nome completo|nome e cognome|nome e sobrenome|nome do contato|contactpersoon|volledige naam|naam|namn|fullstandigt namn|navn|fulde navn|fullt navn|koko nimi|nimi|imie i nazwisko|cele jmeno|jmeno a prijmeni|teljes nev|nev|ad soyad|adi soyadi|nume complet|nume|фио|полное имя|піб|повне ім я|ονοματεπωνυμο|氏名|お名前|名前|全名|姓名|联系人|聯絡人|성명|담당자|الاسم الكامل|الاسم|שם מלא|שם
company: company|company name|account name|account|organization|organisation|organization name|organisation name|employer|business name|business|firm|firm name|associated company|current company|company name for emails|organization 1 name|person organization|lead company|school company|company account|customer|client|unternehmen|unternehmensname|firma|firmenname|firmenbezeichnung|arbeitgeber|entreprise|nom de l entreprise|nom de lentreprise|societe|nom de la societe|raison sociale|compte|empresa|nombre de la empresa|nombre de empresa|compania|razon social|nome da empresa|companhia|organizacao|azienda|nome azienda|societa|ragione sociale|ditta|bedrijf|bedrijfsnaam|organisatie|foretag|foretagsnamn|bolag|virksomhed|virksomhedsnavn|selskab|bedrift|firmanavn|selskap|yritys|yrityksen nimi|nazwa firmy|spolecnost|nazev firmy|ceg|cegnev|vallalat|sirket|sirket adi|companie|compania|компания|название компании|организация|компанія|назва компанії|εταιρεια|επωνυμια εταιρειας|会社|会社名|企業名|公司|公司名称|公司名稱|单位|회사|회사명|الشركة|اسم الشركة|חברה|שם החברה
domain: company domain|company domain name|domain|domain name|company website|website|web site|website url|company url|company website url|web page|webpage|homepage|business website|organization website|website 1 value|organization domain|webseite|internetseite|internetadresse|site web|site internet|sitio web|pagina web|site|sito web|sito|webbplats|hemsida|hjemmeside|nettside|nettsted|verkkosivu|kotisivu|strona www|strona internetowa|web stranky|webove stranky|weboldal|honlap|web sitesi|сайт|веб сайт|ιστοσελιδα|ウェブサイト|ホームページ|网站|網站|웹사이트|홈페이지|الموقع الالكتروني|אתר
title: job title|jobtitle|title|position|job position|role|job role|job|occupation|designation|headline|function|job function|person title|contact title|current position|current title|organization 1 title|organization title|berufsbezeichnung|jobtitel|positionsbezeichnung|stelle|funktion|beruf|poste|fonction|intitule du poste|titre|titre du poste|cargo|puesto|puesto de trabajo|titulo del puesto|posicion|cargo do contato|funcao|profissao|qualifica|ruolo|posizione|mansione|functie|functietitel|befattning|titel|jobbtitel|stilling|stillingsbetegnelse|tittel|tehtavanimike|nimike|asema|stanowisko|pozice|funkce|pracovni pozice|beosztas|munkakor|unvan|pozisyon|gorev|functie in firma|должность|позиция|посада|θεση|θεση εργασιας|役職|肩書|職位|职位|职务|职称|직책|직위|직함|المسمى الوظيفي|תפקיד
phone: phone|phone number|telephone|telephone number|tel|work phone|business phone|direct phone|work direct phone|mobile|mobile phone|mobile number|cell|cell phone|cell number|direct dial|direct phone number|direct line|contact number|person phone|contact phone|lead phone|phone 1 value|phone 1|phone1|primary phone|primary phone number|work number|whatsapp|whatsapp number|phone no|mobile no|contact no|office phone|phone work|person phone work|telefon|telefonnummer|telefon geschaftlich|tel nr|rufnummer|handy|handynummer|mobil|mobilnummer|mobiltelefon|durchwahl|telephone professionnel|numero de telephone|telephone portable|portable|mobile professionnel|telefono|numero de telefono|telefono movil|movil|celular|telefone|numero de telefone|telemovel|numero di telefono|cellulare|telefoonnummer|telefoon|mobiel|mobiel nummer|mobilnummer|puhelin|puhelinnumero|matkapuhelin|numer telefonu|komorka|telefon komorkowy|telefonni cislo|telefonszam|mobilszam|telefon numarasi|cep telefonu|numar de telefon|телефон|номер телефона|мобильный|мобильный телефон|мобільний|τηλεφωνο|κινητο|電話|電話番号|携帯電話|携帯|电话|手机|手机号|手机号码|电话号码|電話號碼|전화|전화번호|휴대폰|휴대전화|الهاتف|رقم الهاتف|الجوال|טלפון|נייד|home phone|business phone 2|phone 2|phone 2 value|other phone|home phone 2|company phone|corporate phone|company phone number|company main phone|switchboard|primary number|hq phone
linkedin: linkedin|linkedin url|linkedin profile|linkedin profile url|person linkedin url|person linkedin|linkedin contact profile url|contact linkedin url|linkedin link|linkedin page|linkedin address|linkedin bio|profile url|linkedin public url|linkedin public profile url|linkedin profil|profil linkedin|perfil de linkedin|perfil linkedin|profilo linkedin|person linkedin profile|li url|领英
country: country|country region|country name|country code|person country|contact country|mailing country|business country region|business country|country or region|location country|billing country|address 1 country|home country region|ip country|land|land region|pays|pays region|pais|pais region|paese|nazione|stato paese|maa|kraj|zeme|stat|orszag|ulke|tara|страна|країна|χωρα|国|国名|国家|國家|국가|나라|البلد|الدولة|מדינה|ארץ|company country
zone: time zone|timezone|tz|zone|iana time zone|contact time zone|person time zone|zeitzone|fuseau horaire|zona horaria|fuso horario|fuso orario|tijdzone|tidszon|tidszone|tidssone|aikavyohyke|strefa czasowa|casova zona|casove pasmo|idozona|saat dilimi|fus orar|часовой пояс|часовий пояс|ζωνη ωρας|タイムゾーン|时区|時區|시간대|المنطقة الزمنية|אזור זמן
language: language|preferred language|lang|locale|language code|contact language|sprache|korrespondenzsprache|langue|langue preferee|idioma|idioma preferido|lingua|lingua preferita|taal|sprak|sprog|kieli|jezyk|jazyk|nyelv|dil|limba|язык|мова|γλωσσα|言語|语言|語言|언어|اللغة|שפה
`

// namePrefixes are what exports put before the name of a column.
const namePrefixes = "person |contact |lead |prospect |kontakt |primary contact |attendee "

type knownName struct {
	field Field
	rank  int // 0 is the surest
}

// known gives field and rank by folded name.
var known = sync.OnceValue(func() map[string]knownName {
	m := make(map[string]knownName, 1200)
	for line := range strings.Lines(columnNames) {
		field, names, ok := strings.Cut(strings.TrimSpace(line), ": ")
		if !ok {
			continue
		}
		for rank, name := range strings.Split(names, "|") {
			if name = fold(name); m[name] == (knownName{}) {
				m[name] = knownName{Field(field), rank}
			}
		}
	}
	return m
})

// lookUpName gives the field that a column is known to be by its name.
func lookUpName(name string) (knownName, bool) {
	f := fold(name)
	if k, ok := known()[f]; ok {
		return k, true
	}
	if k, ok := known()[strings.ReplaceAll(f, " ", "")]; ok && strings.Contains(f, " ") {
		k.rank++
		return k, true
	}
	for _, prefix := range strings.Split(namePrefixes, "|") {
		if rest, ok := strings.CutPrefix(f, prefix); ok && rest != "" {
			if k, ok := known()[rest]; ok {
				k.rank++
				return k, true
			}
		}
	}
	return knownName{}, false
}

// knownNames counts the known names of different meaning in a row.
func knownNames(cells []string) int {
	fields := make(map[Field]bool)
	for _, c := range cells {
		if len(c) > 100 {
			continue
		}
		if k, ok := lookUpName(c); ok {
			fields[k.field] = true
		}
	}
	return len(fields)
}
