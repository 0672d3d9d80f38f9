package classify

// phrasesES: Spanish, without accents.
const phrasesES = `
u 3 bajenme/bajeme/bajame/saquenme/saqueme/sacame/sacadme/borrenme/borreme/borrame/quitenme/quiteme/quitame ?ya ?por ?favor de/del ~ lista/listas/base/envios/correos
u 3 dejeme/dejenme/dejame/dejenos/dejadme en paz
u 2.5 como paro/detengo/elimino/dejo ?de ?recibir estos/los correos/mails/emails
u 3 a esta direccion nunca mas
u 3 darme/dar/denme/deme/dame/darnos/dennos/darse ~ de baja
u 3 solicito/quiero/deseo/pido ~ baja
u 3 eliminar/elimine/eliminen/quitar/quite/quiten/borrar/borre/borren/sacar/saque/saquen/remover/remueva/remuevan/retirar/retiren/elimina/quita/borra/saca ~ lista/listas/base/correo/datos/contacto/contactos/direccion/email/mail/envios
u 3 eliminenme/elimineme/eliminame/quitenme/quiteme/quitame/borrenme/borreme/borrame/saquenme/saqueme/sacame/remuevanme/removerme/eliminarme/borrarme/sacarme
u 3 no ?me ?nos envien/envie/manden/mande/escriban/escriba/contacten/contacte/molesten/moleste/llamen/contactar/escribir/enviar/envies/mandes/escribas/contactes
u 3 no ~ recibir ?mas ?sus ?estos correos/emails/mensajes/correo/publicidad/informacion/comunicaciones/mails/ofertas/nada
u 3 no ~ ser contactado/contactada/contactados
u 3 dejen/deje/deja/paren/pare/para ~ de enviar/enviarme/enviarnos/escribir/escribirme/contactar/contactarme/mandar/mandarme/molestar/molestarme
u 3 elimin*/quit*/borr*/sac*/remov*/retirar*/retirer/retirez/retire/retiren/retirem/suprim* ~ lista*/base*/correo*/datos/contacto*/suscrip*/mail/email/direccion
u 3 no ?me ?nos ?vuelv* ?vuelvan ?vuelva ?a ?mas contactarme/contactarnos/contactar/contacten/contacte/escriban/escriba/escribirme/escribirnos/envien/envie/enviarme/manden/mande/mandarme/molesten/moleste
u 3 no vuelv*/vuelva* a ~ contact*/escrib*/envi*/mand*
u 2.5 nunca ?me ~ suscri*/apunt*/registr*/autori*
u 3 no mas correos/emails/mensajes/mails/publicidad/spam
u 3 cancelar/cancelen/cancele ~ suscripcion
u 3 desuscribir/desuscribirme/desuscribanme/desinscribir/desapuntar/desapuntarme
w 3 persona/direccion/contacto/correo equivocada/equivocado/incorrecta/incorrecto
w 3 no soy/es ?yo la/el ?correo persona/responsable/encargado/encargada/adecuada/adecuado/indicada/indicado/contacto
w 3 ya no trabaja/trabajo/esta/estoy/forma/labora
w 3 dejo/abandono/ha ?dejado ~ empresa/compania
w 2.5 contacte/contactar/contactarse/contacta/escriba/escribir/hable/hablar/dirijase/dirigirse/comuniquese/comunicarse ~ companero/companera/colega/responsable/departamento/compras/director/directora/jefe
w 2.5 yo no llevo/manejo/gestiono/decido
w 2.5 lo lleva/maneja/gestiona
w 2.5 se encarga/encargan/ocupa
w 2.5 no me corresponde/encargo/ocupo
w 2.5 he/reenviado/reenvio/remito ~ companero/companera/colega/responsable
w 2.5 persona adecuada/indicada/correcta es/seria
n 3 no ?me ?nos ?le ?estamos ?estoy interesa/interesado/interesada/interesados/interesadas/interesan
n 3 no ~ interes/interesado/interesada/interesados
n 3 no ?muchas gracias
n 3 gracias pero no
n 2.5 no lo ?la necesitamos/necesito/necesita/requerimos
n 2.5 no ?estamos ?estoy buscando/buscamos/considerando
n 2.5 no necesitamos/necesito/requerimos/precisamos
n 2.5 ya tenemos/tengo/contamos/cuento/trabajamos/usamos/disponemos
n 2.5 no es para nosotros/mi
n 3 sin/ningun interes
n 2.5 no es relevante/aplicable
l 2.5 ahora/actualmente/momento no
l 2.5 por ?el ahora/momento no
l 2.5 no por ?el ahora/momento
l 2.5 no ?es ?un ?el ?buen ?mejor momento
l 2 mas adelante/tarde
l 2.5 proximo/siguiente ano/mes/trimestre/semestre
l 2.5 ano que viene
l 3 contacteme/contactenos/escribame/llameme/contactarme/contactarnos/escribirme/contactame/escribeme/llamame ~ en/despues/mas/proximo/dentro/enero/febrero/marzo/abril/mayo/junio/julio/agosto/septiembre/octubre/noviembre/diciembre
l 3 vuelva/vuelvan/volver/vuelve a contactar/contactarme/contactarnos/escribir/escribirme/llamar
l 2 muy/estoy ocupado/ocupada/ocupados/liado/liada
l 2 sin/no ~ presupuesto/tiempo
l 2 despues del/de ~ verano/vacaciones/navidad
l 2 dentro de unos/dos/tres/seis meses/semanas
i 2.5 me/nos interesa/interesaria/gustaria/encantaria
i 2.5 interesado/interesada/interesados/interesadas/interesante/interes
i 3 mas informacion/detalles/info/datos
i 2.5 envieme/envienos/enviar/envie/enviarme/enviarnos/mandeme/mande/mandar/enviame/mandame/pasame ~ informacion/presupuesto/precios/propuesta/catalogo/cotizacion/info/dossier/enlace
i 2 claro/perfecto/encantado/encantada/adelante
i 2 si por/claro/me/nos/gracias
i 2.5 con/mucho gusto
i 2.5 agendar/agendamos/agendemos/reunion/reunirnos/llamada/llameme/llamame/cita/videollamada/concertar
p 2.5 cuanto cuesta/vale/costaria/sale/cobran
p 2.5 precio/precios/costo/costos/coste/tarifas/tarifa
i 2.5 cotizacion
i 2.5 demo/demostracion/prueba
i 2.5 cuando podemos/puede/podria/podriamos/tiene/tendria
i 2.5 hablamos/hablemos/hablar/conversar/conversemos
i 2.5 suena/parece ?muy bien/interesante/genial
q 2 quien/quienes es/son/eres
q 2 como/donde consiguio/consiguieron/obtuvo/obtuvieron
q 2 podria/puede/podrias/puedes ~ explicar/aclarar/decir
q 1.5 que/como/cual/cuales/donde
o 3 fuera de ?la ?mi oficina
o 3 de/en vacaciones
o 3 estare/estoy/encuentro ~ ausente/fuera/vacaciones/viaje
o 3 respuesta automatica
o 2.5 regreso/regresare/vuelvo/volvere/reincorporo/incorporare ~ el/al/dia/proximo
o 3 de baja medica/maternal/por/laboral
o 3 permiso de maternidad/paternidad
o 2.5 ausente/ausencia
o 2.5 a mi regreso/vuelta
r 3 hemos recibido ~ mensaje/solicitud/correo/consulta
r 3 no responda ~ este
u 3 dejenme/dejeme/dejadme/dejennos en paz
u 3 opongo/oponemos ~ datos/uso/tratamiento
u 3 no ~ correos/mensajes/emails mas
n 3 respuesta es ?un no
n 3 pero no $
n 3 elegido/elegimos/optado/escogido/firmado/firmamos/contratado ~ otro/otra/competencia/competidor/proveedor
n 3 no ?vamos ?a seguir/seguiremos/avanzar/continuar/avanzaremos ?a ?seguir ?adelante
n 3 no vamos a seguir/avanzar/continuar/hacerlo/contratar
n 2.5 no encaja/sirve/aplica
n 2.5 no ?nos ?me encaja/sirve/hace/conviene
n 2.5 no ~ ese/este problema
n 2.5 ese/este problema no
n 2.5 tema/asunto ~ cerrado/zanjado/resuelto
n 2.5 contentos/satisfechos/contento/satisfecho ~ con
n 2.5 lo hacemos/gestionamos ~ mismos/internamente/casa
n 2.5 demasiado/muy caro/cara/pequenos/pequena/pequeno
n 2.5 declinar/declino/rechazar
n 2.5 nada para nosotros
n 2.5 lo dejamos aqui/ahi
l 2.5 otras prioridades
l 2.5 demasiado/muy pronto
l 2.5 este/esta ano/mes/trimestre/semana ~ no
l 2.5 no ~ este/esta ano/mes/trimestre
l 2.5 hasta/antes ?de ?despues ~ no
l 2.5 desbordado/desbordada/saturado/saturada/desbordados
l 2.5 momento no
l 2.5 mal momento
l 2.5 primero tenemos/debemos/hay ~
w 3 equivoca/equivocado/equivocaron/equivocas ~ persona/direccion/contacto
w 3 se equivoca/equivoco
w 2.5 no ?es ?esta mi area/departamento/competencia/campo/tema
w 2.5 cambie/cambiado de puesto/trabajo/empresa/departamento
w 2.5 decide/decision ~ central/director/directora/direccion/sede/jefe
w 2.5 lo decide/ve/lleva/mira mi/nuestro/nuestra/el/la
w 2.5 ya no llevo/trato/gestiono/manejo
i 2.5 me/nos manda/envia/pasa/mandan/envian ~ propuesta/oferta/informacion/presupuesto/detalles
u 3 dejar de recibir ~
n 2.5 decidido/decidimos ~ no
l 2.5 finales/final/fin de ano/mes/trimestre
n 2.5 no es lo que
w 2.5 lo decide
w 2.5 hable/escriba/pregunte/contacte ?usted ?a ?al ?con ?el ?la ?mi ?nuestro departamento/companera/companero/responsable/jefe
w 2.5 pasado/paso/reenviado/pase ~ companera/companero/colega/responsable/jefe
w 2.5 no hay nadie ~ nombre
w 2.5 sucesor/sucesora/sustituto/sustituta
w 3 dejo/abandono la/nuestra empresa/compania
i 3 ensenenos/enseneme/ensename/muestreme/muestrenos/muestrame/ensenarnos/mostrarnos/ensenarme/mostrarme
i 2.5 nos vemos/hablamos ?el ?entonces
i 3 en ?la ?mi agenda/calendario
i 2.5 de acuerdo
i 2.5 viene/va/parece bien
i 2.5 curiosidad
i 2.5 buscando/buscabamos ?justo ~ asi/parecido
i 2.5 cuente/contad/cuenta conmigo/nosotros
i 2.5 queremos/quisieramos/quiero/gustaria ~ probar/probarlo/verlo/ver/conocer
i 3 mandame/mandeme/envieme/enviame/manda/envia/mande/envie ?me ?la ?una ?tu ?su invitacion
i 2.5 propongame/proponme/proponganos ~
i 2.5 buena idea
o 3 oficina/oficinas ~ cerrada/cerradas
o 3 no leere/atendere/podre ~ hasta
o 2.5 de viaje
q 2.5 cuantas/cuantos/cuanto ~ personas/tiempo/usuarios/se/tarda
q 2.5 a que/quien
`
