package classify

// phrasesPT: Portuguese, without accents.
const phrasesPT = `
u 3 descadastrar/descadastre/descadastrem/descadastro/desinscrever/desinscricao/descadastramento
u 3 cancelar/cancele/cancelem ~ inscricao/subscricao/assinatura/registo/cadastro
u 3 remover/remova/removam/retirar/retire/retirem/tirar/tire/tirem/excluir/exclua/excluam/eliminar/eliminem/elimine/apagar/apaguem/apague ~ lista/listas/base/email/contato/contacto/contatos/contactos/cadastro/mailing/endereco/dados/nome
u 3 remova/removam/retire/retirem/tire/tirem/exclua me/nos
u 3 nao ~ receber ~ emails/email/mails/mensagens/comunicacoes/contatos/contactos/publicidade/mais
u 3 nao ~ ser contactado/contatado/contactada/contatada
u 3 nao ?me ?nos ?mais envie/enviem/mande/mandem/contate/contatem/contacte/contactem/escreva/escrevam/envies/incomode/incomodem/liguem
u 3 pare/parem/deixe/deixem/para ~ de enviar/mandar/contactar/contatar/escrever/me
u 3 remov*/retir*/tir*/exclu*/elimin*/apag*/cancel*/descadastr* ~ lista*/base*/email/emails/mail/contato/contacto/contatos/contactos/cadastro/mailing/envio*/recebimento/inscri*/dados/subscri*/newsletter/endereco
u 3 nao ?me ?nos ?quero ?desejo ?mais ?voltem ?a envi*/mand*/contact*/contat*/escrev* ~ mais/emails/email/mensagens
u 2.5 nunca ?me ~ inscrev*/cadastr*/autoriz*
u 3 nao quero mais
u 3 sair da/desta ?sua lista
u 3 chega/sem mais ?de emails/mensagens
w 3 pessoa/contato/contacto/endereco errada/errado/incorreta/incorreto
w 3 nao sou ?eu a/o pessoa/responsavel/contato/contacto
w 3 nao/ja ?nao trabalha/trabalho/esta/faz mais
w 3 ja nao trabalha/trabalho/esta/faz
w 3 saiu/deixou/sai ~ empresa/companhia
w 2.5 fale/falar/contate/contacte/contatar/contactar/procure/procurar/escreva ~ colega/responsavel/departamento/diretor/gestor/setor
w 2.5 nao sou responsavel
w 2.5 nao ~ minha area/responsabilidade
w 2.5 encaminhei/reencaminhei/encaminho/repassei ~ colega/responsavel/equipe/equipa
n 3 nao ?me ?nos ?estou ?estamos ?temos ?tenho ?ha interesse/interessa/interessado/interessada/interessados
n 3 sem/nenhum interesse
n 3 nao ?muito obrigado/obrigada
n 3 obrigado/obrigada mas nao
n 2.5 nao precisamos/preciso/necessitamos/necessito
n 2.5 ja temos/tenho/usamos/trabalhamos/utilizamos/contamos
n 2.5 nao e relevante/para
l 2.5 no/neste/nesse/de momento nao
l 2.5 nao no/neste/nesse/de momento
l 2.5 agora nao
l 2.5 nao agora
l 2.5 nao e ?o ?um ?bom ?melhor momento
l 2 mais tarde/adiante/frente
l 2.5 proximo/proxima ano/mes/trimestre/semestre/semana
l 2.5 ano/mes que vem
l 3 me/nos procure/contacte/contate/chame/ligue/escreva ~
l 3 volte/voltar/voltem a contactar/contatar/falar/entrar
l 2 muito/estou ocupado/ocupada/ocupados/corrido
l 2 sem/nao ~ orcamento/verba/tempo
l 2 depois das/do/de ~ ferias/verao/carnaval
l 2 daqui a/dentro ~ meses/semanas
i 2.5 tenho/temos interesse
i 2.5 interessado/interessada/interessados/interessante/interessa/interesse
i 3 mais/maiores informacoes/detalhes/info/dados
i 2.5 envie/mande/enviar/mandar/enviem/envia/manda/enviarme ~ informacoes/proposta/material/precos/apresentacao/orcamento/link/catalogo
i 2 claro/perfeito/otimo/sim
i 2.5 com prazer
i 2.5 agendar/agende/agendamos/marcar/marcamos/reuniao/conversar/ligue/ligar/conversa/videochamada
i 2.5 quanto custa/fica/sai
i 2.5 preco/precos/valores/orcamento/cotacao/tabela
i 2.5 demo/demonstracao/teste
i 2.5 quando podemos/pode/poderiamos/voce
i 2.5 vamos conversar/falar/marcar/agendar
i 2.5 parece/soa ?muito interessante/bem/bom
q 2 quem e/sao
q 2 como/onde ~ conseguiu/obteve/obtiveram
q 2 pode/poderia/podem ~ explicar/esclarecer/dizer
q 1.5 como/qual/quais/onde
o 3 fora do ?meu escritorio
o 3 de/em ferias
o 3 estou/estarei ~ ausente/ferias/viagem
o 3 resposta automatica
o 2.5 regresso/regressarei/retorno/retornarei/volto/voltarei ~ dia/no/em/ao/a
o 3 licenca maternidade/paternidade/medica/de
o 2.5 ausente/ausencia
r 3 recebemos ~ mensagem/solicitacao/pedido/email
r 3 nao responda ~ este/esta
`
