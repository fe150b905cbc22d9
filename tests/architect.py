"""The report's case 1, the architect: what she writes, and what is then known of her firm."""

FIRST = "Jeg er arkitekt og har lige startet eget enkeltmandsfirma på Nørrebro. Jeg vil gerne have et helt forløb for nye"
NEED = "jeg vil lære at styre forretningen, regnskab og den slags"
PLANS = "jeg fusionerer med en partner inden for et års tid, så bliver vi 10 ansatte i alt"
VIRKSOMHED = {
    "cvr": "97225249",
    "navn": "Tegnestuen Prøve",
    "branche": "arkitekt",
    "ansatte": 1,
    "stadie": "nystartet",
    "beliggenhed": "københavn",
}
