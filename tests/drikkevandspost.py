"""A 97th service, as an editor drops it into ``knowledge/``: in no training data, and like nothing that is there."""

FILE = "ydelser/5-byens-rum-parkering-og-trafik/drikkevandspost.yml"
ASKED = "kan vi få stillet en drikkevandspost op ved vores butik"
YDELSE = """id: drikkevandspost
navn: Tilladelse til drikkevandspost
kort: Du kan søge om at få sat en drikkevandspost op på pladsen foran din forretning.
for_hvem: Forretninger og foreninger ved en offentlig plads.
naeste_skridt: Du søger, og Teknik- og Miljøforvaltningen afgør sagen.
forvaltning: TMF
enhed: tmf-byliv
ydelsesomraade: "5.1"
servicetype: [myndighed]
kanaler: [skriftlig-ansoegning]
synonymer: [drikkevandspost, vandpost, drikkefontæne]
eksempler:
  - må vi få en drikkefontæne foran butikken
  - drikkevandspost på torvet
  - kan man få sat en vandpost op så folk kan fylde deres flasker
  - hvem opstiller drikkefontæner
  - vi vil gerne tilbyde forbipasserende drikkevand fra en post
  - vandpost ved vores kiosk
  - tørstige kunder, kan der komme en offentlig drikkepost
  - ansøgning om drikkevandspost
  - fontæne med drikkevand på pladsen
  - drikkepost til gæster om sommeren
stand: 2026-11
kilder: [prøve]
"""
