"""The countries and bodies of the extracts: their key there, English name and adjective, by code."""

COUNTRIES = {
    "AF": ("afghanistan", "Afghanistan", "Afghan"), "DZ": ("algeria", "Algeria", "Algerian"), "AR": ("argentina", "Argentina", "Argentine"),
    "AU": ("australia", "Australia", "Australian"), "AT": ("austria", "Austria", "Austrian"), "BD": ("bangladesh", "Bangladesh", "Bangladeshi"),
    "BY": ("belarus", "Belarus", "Belarusian"), "BE": ("belgium", "Belgium", "Belgian"), "BR": ("brazil", "Brazil", "Brazilian"),
    "BG": ("bulgaria", "Bulgaria", "Bulgarian"), "CM": ("cameroon", "Cameroon", "Cameroonian"), "CA": ("canada", "Canada", "Canadian"),
    "CL": ("chile", "Chile", "Chilean"), "CN": ("china", "China", "Chinese"), "CD": ("congo-kinshasa", "the Congo", "Congolese"),
    "HR": ("croatia", "Croatia", "Croatian"), "CZ": ("czech", "the Czech Republic", "Czech"), "DK": ("denmark", "Denmark", "Danish"),
    "EG": ("egypt", "Egypt", "Egyptian"), "EE": ("estonia", "Estonia", "Estonian"), "ET": ("ethiopia", "Ethiopia", "Ethiopian"),
    "FI": ("finland", "Finland", "Finnish"), "FR": ("france", "France", "French"), "GE": ("georgia", "Georgia", "Georgian"),
    "GH": ("ghana", "Ghana", "Ghanaian"), "GR": ("greece", "Greece", "Greek"), "HK": ("hong-kong", "Hong Kong", "Hong Kong"),
    "HU": ("hungary", "Hungary", "Hungarian"), "IN": ("india", "India", "Indian"), "ID": ("indonesia", "Indonesia", "Indonesian"),
    "IR": ("iran", "Iran", "Iranian"), "IQ": ("iraq", "Iraq", "Iraqi"), "IE": ("ireland", "Ireland", "Irish"),
    "IL": ("israel", "Israel", "Israeli"), "IT": ("italy", "Italy", "Italian"), "CI": ("ivory-coast", "Ivory Coast", "Ivorian"),
    "JP": ("japan", "Japan", "Japanese"), "KE": ("kenya", "Kenya", "Kenyan"), "LT": ("lithuania", "Lithuania", "Lithuanian"),
    "MY": ("malaysia", "Malaysia", "Malaysian"), "MX": ("mexico", "Mexico", "Mexican"), "NP": ("nepal", "Nepal", "Nepalese"),
    "NL": ("netherlands", "the Netherlands", "Dutch"), "NZ": ("new-zealand", "New Zealand", "New Zealand"), "NG": ("nigeria", "Nigeria", "Nigerian"),
    "GB-NIR": ("northern-ireland", "Northern Ireland", "Northern Irish"), "NO": ("norway", "Norway", "Norwegian"), "PK": ("pakistan", "Pakistan", "Pakistani"),
    "PH": ("philippines", "the Philippines", "Philippine"), "PL": ("poland", "Poland", "Polish"), "PT": ("portugal", "Portugal", "Portuguese"),
    "RO": ("romania", "Romania", "Romanian"), "RU": ("russia", "Russia", "Russian"), "SA": ("saudi", "Saudi Arabia", "Saudi"),
    "GB-SCT": ("scotland", "Scotland", "Scottish"), "SN": ("senegal", "Senegal", "Senegalese"), "RS": ("serbia", "Serbia", "Serbian"),
    "SG": ("singapore", "Singapore", "Singaporean"), "SK": ("slovakia", "Slovakia", "Slovak"), "SI": ("slovenia", "Slovenia", "Slovenian"),
    "ZA": ("south-africa", "South Africa", "South African"), "KR": ("south-korea", "South Korea", "South Korean"), "ES": ("spain", "Spain", "Spanish"),
    "LK": ("sri-lanka", "Sri Lanka", "Sri Lankan"), "SD": ("sudan", "Sudan", "Sudanese"), "SE": ("sweden", "Sweden", "Swedish"),
    "CH": ("swiss-federal-council", "Switzerland", "Swiss"), "SY": ("syria", "Syria", "Syrian"), "TW": ("taiwan", "Taiwan", "Taiwanese"),
    "TZ": ("tanzania", "Tanzania", "Tanzanian"), "TN": ("tunisia", "Tunisia", "Tunisian"), "TR": ("turkey", "Turkey", "Turkish"),
    "AE": ("uae", "the United Arab Emirates", "Emirati"), "UA": ("ukraine", "Ukraine", "Ukrainian"), "GB": ("united-kingdom", "the United Kingdom", "British"),
    "US": ("us", "the United States", "American"), "VN": ("vietnam", "Vietnam", "Vietnamese"), "GB-WLS": ("wales", "Wales", "Welsh"),
    "INT": ("world", "", "international"), "ZW": ("zimbabwe", "Zimbabwe", "Zimbabwean"),
}  # fmt: skip
FAMILY_FIRST = frozenset(["CN", "HK", "KR", "SG", "TW", "VN"])
"""Countries that write the family's name first."""
TWO_SURNAMES = frozenset(["AR", "CD", "CL", "ES", "MX"])
"""Countries in which the first of two surnames is the one that is used."""
