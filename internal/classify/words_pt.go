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
u 3 remov*/retirar*/retirer/retirez/retire/retiren/retirem/tir*/exclu*/elimin*/apag*/cancel*/descadastr* ~ lista*/base*/email/emails/mail/contato/contacto/contatos/contactos/cadastro/mailing/envio*/recebimento/inscri*/dados/subscri*/newsletter/endereco
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
p 2.5 quanto custa/fica/sai/custaria
p 2.5 preco/precos/valores/tabela
i 2.5 orcamento/cotacao
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
u 3 ^ chega/basta $
u 3 me deixa/deixe/deixem em paz
u 3 deixem me em paz
u 2.5 me tira/tire/tirem dai/disso/dessa/daqui
u 3 mais/nem nenhum ?mais email/mail/mensagem
u 3 deixem/deixe/deixa me/nos em paz
u 3 deixem em paz
n 3 resposta e ?um nao
n 3 mas nao $
n 3 escolhemos/escolhi/optamos/optei/assinamos/fechamos/contratamos ~ outro/outra/concorrente/concorrencia/fornecedor
n 3 nao ?vamos avancar/avancaremos/seguir/prosseguir/continuar
n 3 nao vamos/iremos avancar/seguir/prosseguir/continuar
n 2.5 nao ~ esse/este problema
n 2.5 nao se enquadra/aplica/adequa
n 2.5 assunto/tema ~ encerrado/fechado/resolvido
n 2.5 satisfeitos/satisfeito/contentes/satisfeita ~ com
n 2.5 fazemos/tratamos/gerimos isso/tudo/isto ~ internamente/nos/casa
n 2.5 muito/demasiado caro/cara/pequenos
n 2.5 pequenos/caro demais
n 2.5 recusar/declinar/recuso
n 2.5 ficamos por aqui
l 2.5 outras prioridades
l 2.5 muito/demasiado cedo
l 2.5 cedo demais
l 2.5 este/neste ano ~ nao
l 2.5 ate/antes ~ nao
l 2.5 momento nao
l 2.5 mau momento
l 2.5 cheio/cheia/atolado/atolada/sobrecarregado de
w 3 enganou/engana se ~ pessoa
w 3 enganou ~ pessoa
w 2.5 nao ?e a ?minha area/departamento/funcao/pelouro
w 2.5 mudei/mudou de funcao/emprego/empresa/cargo/departamento
w 2.5 decidido/decide/decisao ~ sede/diretor/diretora/direcao/chefe
w 2.5 ja nao trato/acompanho/giro
u 3 remocao/exclusao/eliminacao ~ email/dados/contacto/contato/lista/endereco
o 2.5 de volta ~ a/em/no/dia
u 3 deixar de receber ~
n 2.5 decidimos/decidido ~ nao
l 2.5 final/fim do ano
n 2.5 nao e o que
w 2.5 quem ~ trata/cuida/decide/responsavel
w 2.5 esta/e com o/a senhor/senhora/colega
w 2.5 passei/encaminhei/reencaminhei/enviei ~ colega/chefe/responsavel
w 2.5 sucessor/sucessora/substituto
w 3 ele/ela ~ saiu/deixou
i 3 mostre/mostrem/mostra ?me ?nos nos/me/como
i 2.5 curiosidade/curioso/curiosa
i 3 ^ ate segunda/terca/quarta/quinta/sexta/amanha/la ?feira ?entao $
i 3 perfeito/combinado/otimo/ok/entao ate segunda/terca/quarta/quinta/sexta/amanha/la
i 2.5 combinado
i 3 pode/podem/pode ?me enviar/mandar ?o ?um convite
i 3 mande/envie/manda/envia ?me ?nos ?o ?um convite
i 2.5 na ?minha agenda
i 2.5 esta/fica/parece bom/bem/otimo ?para ?mim
i 2.5 boa ideia
i 2.5 procura/procurando ~ assim/parecido/genero
i 2.5 queremos/quero/gostaria/gostariamos ~ experimentar/testar/ver/conhecer
i 2.5 vamos fazer/experimentar/testar ~
i 2.5 sugira/sugiram/proponha ~
i 2.5 ligue/ligue/liga me/amanha
o 3 escritorio/empresa ~ fechado/encerrado/fechada
o 3 em viagem/licenca
o 3 de licenca
q 2.5 quantas/quantos/quanto ~ pessoas/tempo/utilizadores
`
