package classify

// phrasesFR: French, without accents.
const phrasesFR = `
u 2.5 comment ~ desinscrire/desabonner
u 3 fichez/foutez/laissez ?moi ?nous ?donc la/en paix
u 2.5 sortez/enlevez moi/nous de la/cette
u 3 plus jamais a cette adresse
u 3 desabonner/desinscrire/desinscription/desabonnement/desabonnez/desinscrivez
u 3 ^ retirez/desinscrivez/desabonnez/supprimez/enlevez moi/nous
u 3 retirez/desinscrivez/desabonnez/enlevez moi/nous $
u 3 retirer/retirez/supprimer/supprimez/enlever/enlevez/rayer/rayez/effacer/effacez/oter/sortir/sortez ~ liste/listes/base/fichier/fichiers/adresse/mail/email/coordonnees/donnees/contacts/mailing/diffusion
u 3 ne ~ plus ~ recevoir/contacter/ecrire/envoyer/solliciter/demarcher/etre
u 3 ne/n ?me ?nous contactez/ecrivez/envoyez/sollicitez/importunez/contacter plus
u 3 plus recevoir/etre ~ mails/emails/messages/contacte/sollicite/courriels/sollicitations/part
u 3 arretez/cessez/arreter/cesser/merci ?d ?de ?m envoyer/contacter/ecrire/solliciter/arreter/cesser ~ mails/emails/messages/plus/mail
u 3 arretez/cessez ~ envoyer/contacter/ecrire/mails/emails/messages/harceler/spammer/solliciter
u 3 stop aux/mails/email/emails/pub/sms
u 3 plus de/aucun mails/mail/emails/email/messages/message/publicite
u 3 supprim*/retirar*/retirer/retirez/retire/retiren/retirem/enlev*/ray*/effac*/radi* ~ mon/ma/mes/moi/notre/nos/nous ~ list*/base*/fich*/mail*/adresse*/donnee*/contact*/coordonnee*/societe
u 3 supprim*/retirar*/retirer/retirez/retire/retiren/retirem/enlev*/ray*/effac* mes/mon/notre/nos donnee*/adresse*/mail*/email*/coordonnee*/contact*/nom
u 3 desinscri*/desabonn*
u 3 cess*/arret*/stoppez/stopper ~ mail*/email*/message*/envoi*/contact*/sollicit*/demarch*/spam*
u 3 ne ~ plus/pas ~ m/nous/me ecri*/contact*/envoy*/sollicit*/demarch*
u 2.5 jamais ~ inscri*/abonn*/autoris*/consent*
u 3 laissez/laisse moi/nous tranquille/tranquilles/en
u 2.5 rgpd ~ supprim*/effac*/opposition/suppression
u 2.5 supprim*/effac*/opposition/suppression ~ rgpd
u 3 m oppose ~
w 3 pas ?la ?le ?plus bonne/bon/mauvaise personne/interlocuteur/interlocutrice/contact/destinataire/service
w 3 mauvaise/mauvais personne/interlocuteur/destinataire/adresse/service/contact
w 3 ne/n ?y travaille/travaillons/travaillent/fait plus
w 3 plus ~ dans/chez/parmi ~ entreprise/societe/effectifs/groupe
w 3 a/ai quitte ~ entreprise/societe/poste/fonctions/groupe/organisation
w 3 n est plus ~ chez/dans/parmi/en/salarie/salariee
w 2.5 contactez/contacter/adressez/adresser/rapprochez/rapprocher/voir/joindre ~ collegue/plutot/responsable/directement/directeur/service/consoeur/confrere
w 2.5 pas/plus ~ en charge
w 2.5 ne/pas m/suis ?en occupe/responsable pas
w 2.5 transfere/transmis/transmets ~ collegue/responsable/service/equipe
w 3 pas moi qui
w 2.5 voyez/voir/vois avec ~
w 2.5 service achats/achat/informatique/marketing/rh
w 2.5 remplace/remplacee/successeur/remplacant
w 2.5 qui s en occupe/charge
w 2.5 s en occupe
w 2.5 c est ~ qui ~ gere/occupe/decide/responsable/charge
w 2.5 a la retraite
n 3 pas/plus ?du ?vraiment ?tout interesse/interesses/interessee/interessees/interessant/interessante
n 3 ne ~ interesse/interessent pas/plus
n 3 aucun/pas interet/d
n 3 non merci
n 3 merci ?beaucoup mais non
n 2.5 pas/aucun ?de ?le besoin
n 2.5 ne ~ correspond pas
n 2.5 ne correspond pas
n 2.5 avons/ai/sommes/suis/dispose/disposons deja
n 2.5 deja ~ equipe/equipes/prestataire/solution/fournisseur/outil
n 2.5 pas concerne/concernes/concernee/d/pertinent
n 2.5 ne donnerons/donnerai/souhaite/souhaitons pas
n 2.5 pas donner suite
l 2.5 pas le ?bon moment
l 2.5 pas/rien pour l/le instant/moment
l 2.5 pas actuellement/maintenant
l 2.5 pas en ce moment
l 2.5 actuellement pas
l 3 recontactez/recontacter/relancez/relancer/revenez/revenir/rappelez/rappeler/reprenez/reprendre ~ en/dans/apres/plus/mois/rentree/annee/semaine/janvier/fevrier/mars/avril/mai/juin/juillet/aout/septembre/octobre/novembre/decembre/contact
l 3 revenez/recontactez/rappelez vers/moi/nous
l 2 plus tard
l 2.5 l annee prochaine
l 2 mois/trimestre/semestre/annee prochain/prochaine
l 2 pas de/le budget/temps
l 2 trop/tres occupe/occupee/charge/chargee/pris/prise
l 2 a/apres la/les rentree/vacances/ete/fetes
l 2 dans quelques/deux/trois/six mois/semaines
i 2.5 interesse/interesses/interessee/interessees/interessant/interessante/interesserait/interesser/interet
i 2.5 volontiers
i 2.5 avec plaisir
i 2 ^ oui
i 2 oui bien/je/nous/merci/volontiers/avec/pourquoi
i 2 d accord
i 3 auriez/avez/pourriez/pouvez vous ?m ?nous ?me ~ documentation/plaquette/brochure/devis/tarifs/offre/presentation
i 3 plus/davantage d/de informations/infos/details/renseignements/precisions
i 3 en savoir plus/davantage
i 2.5 envoyez/envoyer/parvenir/transmettre/adresser ~ documentation/tarifs/plaquette/infos/informations/offre/devis/brochure/proposition/presentation/lien
i 2.5 rendez vous
i 2.5 rdv/visio/entretien/reunion
i 2.5 appelez/rappelez/telephonez moi/nous
i 2.5 echanger/discuter/rencontrer
i 2.5 suis/serais/sommes disponible/disponibles/dispo/libre
i 2.5 quand/quelles ~ disponible/disponibilites/dispo/disponibles
i 2.5 proposition/devis/offre pour/commerciale/chiffree
i 2.5 me/nous faire/envoyer/adresser/transmettre ~ proposition/offre/devis
p 2.5 tarif/tarifs/prix/cout/couts/coute
i 2.5 devis
p 2.5 combien ~ coute/couterait/facturez/prix/payer/cher
i 2.5 demo/demonstration/essai
i 2 pourquoi pas
q 2 qui etes/est
q 2 comment/ou avez vous
q 2 pouvez/pourriez vous ~ expliquer/preciser/dire
q 1.5 comment/quel/quelle/quels/quelles/pourquoi
o 3 absent/absente/absents ~ du/bureau/jusqu/au/jusque/actuellement
o 3 suis/serai ~ absent/absente
o 3 en ?mes conge/conges/vacances/deplacement/formation
o 3 en deplacement/formation/seminaire
o 2.5 de retour ?au ?le ?a
o 3 conge maternite/parental/paternite/maladie
o 3 reponse/message automatique
o 3 hors du bureau
o 2.5 a mon retour
o 2.5 absence
o 2.5 serai ~ retour
r 3 accuse/accusons ?de ?bonne reception
r 3 avons bien recu ~ demande/message/mail/email
r 3 ne pas repondre
n 3 c est ?toujours ?un non
n 3 mais ?c ?ce ?sera ?la ?reponse ?est non $
n 3 reponse est non
n 3 choisi/retenu/opte/signe ?pour ?avec ?un ?une ?chez autre/concurrent/concurrents/prestataire/fournisseur
n 3 ne ~ donner/donnerons/donnerai/irons/poursuivrons/poursuivre ~ suite/loin/pas
n 2.5 restons/reste ?en ?avec la/notre
n 2.5 en restons la
n 2.5 sujet/dossier/affaire ~ clos/regle/termine
n 2.5 faisons/gere/gerons/fais le/cela/ca/tout ~ memes/interne
n 2.5 le/nous faisons/gerons ~ memes/interne
n 2.5 decline/decliner/refuser/refuse
n 2.5 rien/pas pour nous
n 2.5 decide/decider ~ ne/pas
n 2.5 inutile
n 2.5 pas un/notre/ce ?vrai probleme
n 2.5 n ?avons ?ai pas ce/de probleme
n 2.5 satisfait/satisfaits/contents/satisfaite ~ de/avec
n 2.5 trop cher/chere/petit/petits/petite/couteux
n 2.5 sans interet
l 2.5 pas avant
l 2.5 rien ne ~ avant
l 2.5 plus ~ budget
l 2.5 budget ~ epuise/depense/consomme/boucle/vote
l 2.5 autres priorites
l 2.5 trop tot
l 2.5 deborde/debordee/debordes/surcharge/submerge
l 2.5 en plein/pleine ~
l 2.5 mal choisi
l 2.5 mauvais moment
l 3 reparlons/reparler/parlerons ~ apres/en/plus/dans/rentree
l 2.5 attendons/attendre ~
l 3 revenez/relancez/recontactez/ecrivez/rappelez ~ en/apres/dans/rentree/plus
l 2.5 cette annee ~ pas/plus/rien
w 2.5 changer/change de poste/service/societe/fonction
w 2.5 son/leur sujet/dossier/domaine
n 2.5 ne ~ concerne/concernent pas
w 3 vous ?vous trompez ~ personne/adresse/interlocuteur
w 2.5 pas/plus mon domaine/rayon/role/ressort/service
w 2.5 releve/depend de/du notre/siege/service/la
w 2.5 suivi/gere/traite/geree/suivie/traitee par
w 2.5 decision/choix ~ revient/appartient/releve
w 2.5 ne ~ travaille ~ ici
w 2.5 a quitte
w 2.5 adressez/adresser vous/vous ?a ?au
w 2.5 siege/direction/service ~ decide/occupe/gere
i 3 montrez/montrer/faites ?moi ?nous moi/nous/voir ~
i 2.5 curieux/curieuse
i 3 envoyez/envoyer/envoie ?moi ?nous ?l ?une ?votre invitation/lien/presentation
i 3 ^ a lundi/mardi/mercredi/jeudi/vendredi/demain ?donc $
i 3 parfait/entendu/ok/super/accord/alors a lundi/mardi/mercredi/jeudi/vendredi/demain
i 2.5 me/nous convient/convient/va
i 2.5 convient/arrange
i 2.5 note/bloque ?le ?dans ?mon ?un rendez/agenda/creneau/date
i 2.5 bonne idee
i 2.5 entendu
i 2.5 parfait
i 2.5 cherchons/cherchions/cherche ~ solution/outil/genre/type
i 2.5 voulons/voudrais/aimerais/aimerions/veux ~ essayer/tester/voir/savoir/demonstration
i 2.5 pouvez ~ joindre/appeler
i 2.5 ca tombe bien
i 2.5 faisons/organisons/calons/prenons ~ point/reunion/appel/rendez/creneau
i 2.5 mon/ma/mes/notre collegue/collegues/responsable/directeur ~ sera/viendra/participera/joindra
o 3 arret maladie
o 3 bureaux/bureau/agence/cabinet ~ ferme/fermes/fermee
o 2.5 ne sera/serai pas/plus lu/lus/joignable
q 2.5 combien ?de temps/de/d
q 2.5 combien
q 2.5 a quoi/qui
q 2.5 faut il
q 2.5 y a/aura t
`
