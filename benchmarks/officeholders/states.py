"""What the reference covers, in the table's terms: its states, and the offices of its leaders.

The reference names states by Correlates of War abbreviations. A state that
split or merged takes all codes of the table that could hold its leaders;
states that the table does not cover are left out.
"""

from __future__ import annotations

_PAIRS = """
USA US;CAN CA;CUB CU;HAI HT;DOM DO;JAM JM;TRI TT;MEX MX;GUA GT;HON HN;SAL SV;NIC NI;COS CR;PAN PA;COL CO;VEN VE
ECU EC;PER PE;BRA BR;BOL BO;PAR PY;CHL CL;ARG AR;URU UY;UKG GB;IRE IE;NTH NL;BEL BE;LUX LU;FRN FR;SPN ES;POR PT
GMY DE;GDR DD;POL PL;AUS AT;HUN HU;CZE CS CZ;CZR CZ;SLO SK;ITA IT;MLT MT;ALB AL;MNG ME;MAC MK;CRO HR;YUG YU RS
KOS XK;SLV SI;GRC GR;CYP CY;BUL BG;MLD MD;ROM RO;RUS SU RU;EST EE;LAT LV;LIT LT;UKR UA;BLR BY;ARM AM;GRG GE
AZE AZ;FIN FI;SWD SE;NOR NO;DEN DK;ICE IS;GAM GM;MLI ML;SEN SN;BEN BJ;MAA MR;NIR NE;CDI CI;GUI GN;BFO BF;LBR LR
SIE SL;GHA GH;TOG TG;NIG NG;GAB GA;CEN CF;CHA TD;CON CG;DRC CD;KEN KE;TAZ TZ;BUI BI;RWA RW;SOM SO;DJI DJ;ETH ET
ANG AO;MZM MZ;ZAM ZM;ZIM ZW;MAW MW;SAF ZA;NAM NA;BOT BW;MAG MG;MAS MU;MOR MA;ALG DZ;TUN TN;LIB LY;SUD SD;SSD SS
IRN IR;TUR TR;IRQ IQ;EGY EG;SYR SY;LEB LB;JOR JO;ISR IL;SAU SA;YAR YE;YEM YE;KUW KW;BAH BH;QAT QA;UAE AE;OMA OM
AFG AF;TKM TM;TAJ TJ;KYR KG;UZB UZ;KZK KZ;CHN CN;MON MN;UGA UG;PRK KP;ROK KR;JPN JP;IND IN;PAK PK;BNG BD;MYA MM
SRI LK;MAD MV;NEP NP;THI TH;CAM KH;LAO LA;DRV VN;MAL MY;SIN SG;PHI PH;INS ID;ETM TL;AUL AU;PNG PG;NEW NZ;FIJ FJ
BAR BB;BHM BS;GUY GY;SUR SR;GNB GW;SWZ CH;ERI ER;EQG GQ;SWA SZ;BRU BN
"""

ISO_OF_STATE = {
    state: tuple(codes)
    for pair in _PAIRS.replace("\n", ";").split(";")
    if pair
    for state, *codes in [pair.split()]
}

_HEADS = """
president pm premier chancellor taoiseach king queen monarch emir sultan leader general-secretary first-secretary
party-leader supreme-leader presidency presidential-council chief-adviser chief-executive first-pm
military-ruler military-leader junta-leader junta-coordinator state-counsellor cpa-administrator
supreme-soviet-chair supreme-council-chair parliament-speaker house-speaker military-chairman
"""

# Office ids without their country: heads of state, of government, of ruling parties and juntas.
HEADS = frozenset(_HEADS.split())
