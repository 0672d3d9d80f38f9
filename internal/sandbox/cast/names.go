package cast

// name is a first or last name, as written and as in an address.
type name struct{ shown, plain string }

type nameList struct{ first, last []name }

// names are those of a language.
func names(lang string) nameList {
	switch lang {
	case "de":
		return nameList{
			[]name{{"Jürgen", "jurgen"}, {"Sabine", "sabine"}, {"Lukas", "lukas"}, {"Heike", "heike"}, {"Matthias", "matthias"}, {"Katrin", "katrin"}, {"Florian", "florian"}, {"Anke", "anke"}, {"Björn", "bjorn"}, {"Ulrike", "ulrike"}, {"Tobias", "tobias"}, {"Silke", "silke"}, {"Jörg", "jorg"}, {"Käthe", "kathe"}},
			[]name{{"Brandt", "brandt"}, {"Köhler", "kohler"}, {"Schäfer", "schafer"}, {"Vogel", "vogel"}, {"Lindner", "lindner"}, {"Großmann", "grossmann"}, {"Hofer", "hofer"}, {"Zimmerli", "zimmerli"}, {"Bäcker", "backer"}, {"Krüger", "kruger"}, {"Ritter", "ritter"}, {"Seidel", "seidel"}, {"Wächter", "wachter"}, {"Öttl", "ottl"}},
		}
	case "fr":
		return nameList{
			[]name{{"Hélène", "helene"}, {"Baptiste", "baptiste"}, {"Camille", "camille"}, {"Étienne", "etienne"}, {"Margaux", "margaux"}, {"Thibault", "thibault"}, {"Inès", "ines"}, {"François", "francois"}, {"Maëlle", "maelle"}, {"Rémi", "remi"}, {"Élodie", "elodie"}, {"Gaspard", "gaspard"}},
			[]name{{"Lefèvre", "lefevre"}, {"Moreau", "moreau"}, {"Gauthier", "gauthier"}, {"Béranger", "beranger"}, {"Delmas", "delmas"}, {"Rousselle", "rousselle"}, {"Chevallier", "chevallier"}, {"Pêcheux", "pecheux"}, {"Lacroix", "lacroix"}, {"Fournier", "fournier"}, {"Maës", "maes"}, {"Dubreuil", "dubreuil"}},
		}
	case "es":
		return nameList{
			[]name{{"Íñigo", "inigo"}, {"Lucía", "lucia"}, {"Álvaro", "alvaro"}, {"Beatriz", "beatriz"}, {"Gonzalo", "gonzalo"}, {"Marisol", "marisol"}, {"Raúl", "raul"}, {"Inés", "ines"}, {"Joaquín", "joaquin"}, {"Ximena", "ximena"}, {"Tomás", "tomas"}, {"Paloma", "paloma"}},
			[]name{{"Núñez", "nunez"}, {"Ibáñez", "ibanez"}, {"Ferrer", "ferrer"}, {"Castaño", "castano"}, {"Robledo", "robledo"}, {"Quiroga", "quiroga"}, {"Peña", "pena"}, {"Salcedo", "salcedo"}, {"Medrano", "medrano"}, {"Zúñiga", "zuniga"}, {"Aranda", "aranda"}, {"Olmos", "olmos"}},
		}
	case "pt":
		return nameList{
			[]name{{"João", "joao"}, {"Mariana", "mariana"}, {"Tiago", "tiago"}, {"Inês", "ines"}, {"Vasco", "vasco"}, {"Débora", "debora"}, {"Rúben", "ruben"}, {"Conceição", "conceicao"}, {"Otávio", "otavio"}, {"Luísa", "luisa"}, {"Gustavo", "gustavo"}, {"Fátima", "fatima"}},
			[]name{{"Magalhães", "magalhaes"}, {"Simões", "simoes"}, {"Teixeira", "teixeira"}, {"Araújo", "araujo"}, {"Falcão", "falcao"}, {"Guimarães", "guimaraes"}, {"Brandão", "brandao"}, {"Leitão", "leitao"}, {"Pacheco", "pacheco"}, {"Quintão", "quintao"}, {"Neves", "neves"}, {"Sá", "sa"}},
		}
	case "nl":
		return nameList{
			[]name{{"Sander", "sander"}, {"Femke", "femke"}, {"Joost", "joost"}, {"Marloes", "marloes"}, {"Bram", "bram"}, {"Anouk", "anouk"}, {"Thijs", "thijs"}, {"Liesbeth", "liesbeth"}, {"Koen", "koen"}, {"Saskia", "saskia"}, {"Daan", "daan"}, {"Roos", "roos"}},
			[]name{{"Verhoeven", "verhoeven"}, {"Dijkstra", "dijkstra"}, {"Kuipers", "kuipers"}, {"Hoekstra", "hoekstra"}, {"Mulder", "mulder"}, {"Vlasblom", "vlasblom"}, {"Terpstra", "terpstra"}, {"Boersma", "boersma"}, {"Wouters", "wouters"}, {"Smits", "smits"}, {"Prins", "prins"}, {"Zwart", "zwart"}},
		}
	case "sv":
		return nameList{
			[]name{{"Åsa", "asa"}, {"Mårten", "marten"}, {"Linnéa", "linnea"}, {"Björn", "bjorn"}, {"Ebba", "ebba"}, {"Göran", "goran"}, {"Sigrid", "sigrid"}, {"Håkan", "hakan"}, {"Tove", "tove"}, {"Anders", "anders"}, {"Ylva", "ylva"}, {"Pär", "par"}},
			[]name{{"Sjöberg", "sjoberg"}, {"Åkesson", "akesson"}, {"Nyström", "nystrom"}, {"Hägglund", "hagglund"}, {"Wallin", "wallin"}, {"Ekström", "ekstrom"}, {"Bergqvist", "bergqvist"}, {"Lövgren", "lovgren"}, {"Dahlin", "dahlin"}, {"Öberg", "oberg"}, {"Sandell", "sandell"}, {"Forsell", "forsell"}},
		}
	case "it":
		return nameList{
			[]name{{"Niccolò", "niccolo"}, {"Chiara", "chiara"}, {"Matteo", "matteo"}, {"Giulia", "giulia"}, {"Raffaele", "raffaele"}, {"Federica", "federica"}, {"Tommaso", "tommaso"}, {"Alessia", "alessia"}, {"Dario", "dario"}, {"Noemi", "noemi"}, {"Emanuele", "emanuele"}, {"Ilaria", "ilaria"}},
			[]name{{"Bellini", "bellini"}, {"Fontana", "fontana"}, {"Marchetti", "marchetti"}, {"Serra", "serra"}, {"Grimaldi", "grimaldi"}, {"Cattaneo", "cattaneo"}, {"Valenti", "valenti"}, {"Morandi", "morandi"}, {"Pellegrini", "pellegrini"}, {"Donati", "donati"}, {"Rizzoli", "rizzoli"}, {"Santoro", "santoro"}},
		}
	case "ja":
		return nameList{
			[]name{{"健太", "kenta"}, {"由美", "yumi"}, {"翔", "sho"}, {"麻衣", "mai"}, {"直樹", "naoki"}, {"恵子", "keiko"}, {"拓也", "takuya"}, {"彩", "aya"}, {"浩二", "koji"}, {"真理", "mari"}, {"修", "osamu"}, {"香織", "kaori"}},
			[]name{{"石川", "ishikawa"}, {"中島", "nakajima"}, {"岡本", "okamoto"}, {"藤井", "fujii"}, {"西村", "nishimura"}, {"三浦", "miura"}, {"上田", "ueda"}, {"原田", "harada"}, {"小川", "ogawa"}, {"竹内", "takeuchi"}, {"松井", "matsui"}, {"野口", "noguchi"}},
		}
	}
	return nameList{
		[]name{{"James", "james"}, {"Olivia", "olivia"}, {"Ethan", "ethan"}, {"Grace", "grace"}, {"Noah", "noah"}, {"Chloe", "chloe"}, {"Liam", "liam"}, {"Harper", "harper"}, {"Mason", "mason"}, {"Ruby", "ruby"}, {"Callum", "callum"}, {"Imogen", "imogen"}, {"Tyrone", "tyrone"}, {"Priya", "priya"}, {"Declan", "declan"}, {"Maeve", "maeve"}},
		[]name{{"Hartley", "hartley"}, {"Brooks", "brooks"}, {"Mercer", "mercer"}, {"Whitaker", "whitaker"}, {"Doyle", "doyle"}, {"Sutton", "sutton"}, {"Prescott", "prescott"}, {"Hayward", "hayward"}, {"Nolan", "nolan"}, {"Osborne", "osborne"}, {"Kerr", "kerr"}, {"Langley", "langley"}, {"Byrne", "byrne"}, {"Pike", "pike"}, {"Chandra", "chandra"}, {"Walsh", "walsh"}},
	}
}
