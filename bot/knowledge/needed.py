"""The sentences that the code says, by subject: an editor may word them anew, but not take one away.

A test holds this against ``knowledge/tekster`` and another those against the code, so that neither falls behind.
"""

NEEDED: dict[str, frozenset[str]] = {
    "chat": frozenset(
        """
        cpr_maskeret fejl fejl_kontakt foraeldet_knap hilsen knap_menneske
        knap_omraader knap_pakker lukket
        """.split()
    ),
    "henvisning": frozenset(
        """
        afsender behov besoeg emne fortalt hilsen indledning kommunen kontakt linje om punkt
        uden_navn
        """.split()
    ),
    "katalog": frozenset(
        """
        forskel knap_indhold knap_menneske knap_omraader knap_skift knap_start
        knap_tilbage omraade omraader pakke pakke_indhold pakke_linje
        pakke_start pakker ydelsesomraade
        """.split()
    ),
    "orientering": frozenset(
        """
        afsender aftale aftale_frist aftale_udfoert ejer ejer_skift forsinket frist frist_senere
        frist_tidligere genaabnet hilsen indledning kontakt_ejer kontakt_enhed mail_emne spoerg
        status_afsluttet status_afventer status_i_gang status_ny svar_afsender svar_chat svar_emne
        team uden_ejer
        """.split()
    ),
    "overtagelse": frozenset(
        """
        aabner aabner_eksempel afsluttet forladt givet_tilbage igen igen_afsluttet igen_kontakt
        igen_pakke ingen_til_stede ingen_tilbage knap_forlad knap_menneske knap_nej knap_venter
        knap_videre lukket lukket_grund note_videre plads taget taget_uden_enhed udloebet vaek venter
        videre_enhed videre_kollega videre_udloebet
        """.split()
    ),
    "registrering": frozenset("chat chat_straks oprettet".split()),
    "resume": frozenset(
        """
        aabning_chat aabning_mail aabning_moede aabning_pakke aabning_telefon aabning_udgaaende aftale fortalt henvist
        hvor_chat hvor_mail hvor_moede hvor_telefon hvor_udgaaende moede
        oensker om_virksomheden pakke_besvaret pakke_i_gang sagt slettet ubesvaret
        ukendt videregives videregives_ikke vurdering_passer vurdering_passer_ikke vurdering_person
        ydelse ydelser
        """.split()
    ),
    "sag": frozenset(
        """
        aftale aftale_frist aftaler for_mange fundet_afsluttet fundet_afventer fundet_ejer
        fundet_enhed fundet_forsinket fundet_i_gang fundet_ny ikke_fundet knap_henvendelse
        knap_menneske knap_uden senere uden_nummer uden_nummer_enhed
        """.split()
    ),
    "samtale": frozenset(
        """
        afbrudt farvel fejl forfra fortsaet hilsen
        hvem_er_du intet_at_afbryde intet_i_gang ja_til_hvad knap_igen smalltalk
        tak udenfor
        """.split()
    ),
    "screening": frozenset(
        """
        afvist allerede anbefaling_enkelte anbefaling_passer anbefaling_passer_ikke anbefaling_person
        anbefaling_ydelser cvr_for_kort cvr_forkert_ciffer emne_ydelse er_det_rigtigt flere_valg
        genoptag genoptag_kontakt hedder_nu henvis hoejst hvilke_ydelser
        hvorfor_bekraeft hvorfor_ydelser ikke_forstaaet ingen_kontakt ingen_valgt ja
        knap_afbryd knap_alle knap_anden knap_bekraeft knap_faerdig knap_flere
        knap_har_ikke knap_ingen knap_ret knap_spring kontakt_behov kontaktoplysning_skal
        label_ydelser mere mindst navn_skal nej noteret
        og oprettet oprettet_gem opsummering ret_forrige ret_hvad
        ret_intet rettet sagsnummer_skal samtykke_skal start start_kontakt
        start_kontakt_pakke tilbage tilbage_kontakt uafklaret veje_ind videregivelse_skal
        """.split()
    ),
    "sprog": frozenset(
        """
        de en es fr knap_menneske pl
        sv
        """.split()
    ),
    "survey": frozenset(
        """
        allerede indledning knap_1 knap_2 knap_3 knap_4 knap_5 knap_spring lukket mail mail_emne
        paamindelse paamindelse_emne side_besvaret side_besvaret_titel side_fejl side_fejl_lang
        side_fejl_tom side_fejl_ugyldig side_indledning side_kommentar side_kommentar_hjaelp
        side_nede side_nede_titel side_send side_titel side_udloebet side_udloebet_titel
        side_ukendt side_ukendt_titel side_ved_ikke skjult spoerg_kommentar spoerg_kompetence
        spoerg_kontaktperson spoerg_orientering spoerg_sagsbehandlingstid tak tak_kommentar
        """.split()
    ),
    "tegning": frozenset(
        """
        altid anden_pakke begynd besvaret dokument eller
        ellers flere henvisning hoejst hvis ja
        mellem mindst modtager naevner nej og
        svar ubesvaret udfald_passer udfald_passer_ikke udfald_person version
        ydelse
        """.split()
    ),
    "uklart": frozenset(
        """
        hvilken hvilken_ydelse igen intet knap_ingen knap_menneske
        knap_pakker knap_sag
        """.split()
    ),
    "varsel": frozenset(
        """
        aftale_naer aftale_naer_emne aftale_over aftale_over_emne delopgave_naer
        delopgave_naer_emne delopgave_over delopgave_over_emne fortalt ikke_fortalt link sag_naer
        sag_naer_emne sag_over sag_over_emne
        """.split()
    ),
    "ydelse": frozenset(
        """
        afloest knap_kontakt knap_pakke kontakt overskrift ukendt
        ukendt_tilbud
        """.split()
    ),
}
