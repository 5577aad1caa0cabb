//! Names of the months in the languages of the press, and what a word means.
//!
//! The names are facts of the Unicode CLDR (format and stand-alone, wide and abbreviated; Unicode-3.0 licence), with a few spellings seen
//! in print beside them (`sept`, `aout`, `jänner`, the Levantine and Maghrebi months of Arabic). Lower case, without full stops.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Language and its twelve months, parted by spaces; spellings of one month by `/`, words of one name by `_`.
pub(super) const MONTHS: &[(&str, &str)] = &[
    (
        "en",
        "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct november/nov december/dec",
    ),
    (
        "de",
        "januar/jan/jänner/jän februar/feb/feber märz/mär/maerz/mrz april/apr mai juni/jun juli/jul august/aug september/sept/sep oktober/okt november/nov dezember/dez",
    ),
    (
        "fr",
        "janvier/janv février/févr/fevrier/fevr mars avril/avr mai juin juillet/juil/juill août/aout septembre/sept/sep octobre/oct novembre/nov décembre/déc/decembre/dec",
    ),
    (
        "es",
        "enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago septiembre/sept/setiembre/set/sep octubre/oct noviembre/nov diciembre/dic",
    ),
    (
        "pt",
        "janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set outubro/out novembro/nov dezembro/dez",
    ),
    (
        "it",
        "gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago settembre/set/sett ottobre/ott novembre/nov dicembre/dic",
    ),
    (
        "nl",
        "januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug september/sep oktober/okt november/nov december/dec",
    ),
    ("sv", "januari/jan februari/feb mars april/apr maj juni juli augusti/aug september/sep oktober/okt november/nov december/dec"),
    (
        "nb",
        "januar/jan februar/feb mars/mar april/apr mai juni/jun juli/jul august/aug september/sep oktober/okt november/nov desember/des",
    ),
    (
        "da",
        "januar/jan februar/feb marts/mar april/apr maj juni/jun juli/jul august/aug september/sep oktober/okt november/nov december/dec",
    ),
    (
        "fi",
        "tammikuuta/tammi/tammikuu helmikuuta/helmi/helmikuu maaliskuuta/maalis/maaliskuu huhtikuuta/huhti/huhtikuu toukokuuta/touko/toukokuu kesäkuuta/kesä/kesäkuu heinäkuuta/heinä/heinäkuu elokuuta/elo/elokuu syyskuuta/syys/syyskuu lokakuuta/loka/lokakuu marraskuuta/marras/marraskuu joulukuuta/joulu/joulukuu",
    ),
    ("is", "janúar/jan febrúar/feb mars/mar apríl/apr maí júní/jún júlí/júl ágúst/ágú september/sep október/okt nóvember/nóv desember/des"),
    (
        "et",
        "jaanuar/jaan veebruar/veebr märts aprill/apr mai juuni juuli august/aug september/sept oktoober/okt november/nov detsember/dets",
    ),
    (
        "lv",
        "janvāris/janv februāris/febr marts aprīlis/apr maijs jūnijs/jūn jūlijs/jūl augusts/aug septembris/sept oktobris/okt novembris/nov decembris/dec",
    ),
    (
        "lt",
        "sausio/saus/sausis vasario/vas/vasaris kovo/kov/kovas balandžio/bal/balandis gegužės/geg/gegužė birželio/birž/birželis liepos/liep/liepa rugpjūčio/rugp/rugpjūtis rugsėjo/rugs/rugsėjis spalio/spal/spalis lapkričio/lapkr/lapkritis gruodžio/gruod/gruodis",
    ),
    (
        "pl",
        "stycznia/sty/styczeń lutego/lut/luty marca/mar/marzec kwietnia/kwi/kwiecień maja/maj czerwca/cze/czerwiec lipca/lip/lipiec sierpnia/sie/sierpień września/wrz/wrzesień października/paź/październik listopada/lis/listopad grudnia/gru/grudzień",
    ),
    (
        "cs",
        "ledna/led/leden února/úno/únor března/bře/březen dubna/dub/duben května/kvě/květen června/čvn/červen července/čvc/červenec srpna/srp/srpen září/zář října/říj/říjen listopadu/lis/listopad prosince/pro/prosinec",
    ),
    (
        "sk",
        "januára/jan/január februára/feb/február marca/mar/marec apríla/apr/apríl mája/máj júna/jún júla/júl augusta/aug/august septembra/sep/september októbra/okt/október novembra/nov/november decembra/dec/december",
    ),
    (
        "sl",
        "januar/jan februar/feb marec/mar april/apr maj junij/jun julij/jul avgust/avg september/sep oktober/okt november/nov december/dec",
    ),
    (
        "hr",
        "siječnja/sij/siječanj veljače/velj/veljača ožujka/ožu/ožujak travnja/tra/travanj svibnja/svi/svibanj lipnja/lip/lipanj srpnja/srp/srpanj kolovoza/kol/kolovoz rujna/ruj/rujan listopada/lis/listopad studenoga/stu/studeni prosinca/pro/prosinac",
    ),
    (
        "bs",
        "januar/jan februar/feb mart/mar april/apr maj juni/jun juli/jul august/aug septembar/sep oktobar/okt novembar/nov decembar/dec",
    ),
    ("sr", "јануар/јан фебруар/феб март/мар април/апр мај јун јул август/авг септембар/сеп октобар/окт новембар/нов децембар/дец"),
    ("sr", "januar/jan februar/feb mart/mar april/apr maj jun jul avgust/avg septembar/sep oktobar/okt novembar/nov decembar/dec"),
    (
        "mk",
        "јануари/јан февруари/фев март/мар април/апр мај јуни/јун јули/јул август/авг септември/сеп октомври/окт ноември/ное декември/дек",
    ),
    ("bg", "януари/яну февруари/фев март април/апр май юни юли август/авг септември/сеп октомври/окт ноември/ное декември/дек"),
    (
        "ru",
        "января/янв/январь февраля/февр/февраль марта/мар/март апреля/апр/апрель мая/май июня/июн/июнь июля/июл/июль августа/авг/август сентября/сент/сентябрь/сен октября/окт/октябрь ноября/нояб/ноябрь декабря/дек/декабрь",
    ),
    (
        "uk",
        "січня/січ/січень лютого/лют/лютий березня/бер/березень квітня/квіт/квітень травня/трав/травень червня/черв/червень липня/лип/липень серпня/серп/серпень вересня/вер/вересень жовтня/жовт/жовтень листопада/лист/листопад грудня/груд/грудень",
    ),
    (
        "be",
        "студзеня/сту/студзень лютага/лют/люты сакавіка/сак/сакавік красавіка/кра/красавік мая/май чэрвеня/чэр/чэрвень ліпеня/ліп/ліпень жніўня/жні/жнівень верасня/вер/верасень кастрычніка/кас/кастрычнік лістапада/ліс/лістапад снежня/сне/снежань",
    ),
    (
        "ro",
        "ianuarie/ian februarie/feb martie/mar aprilie/apr mai iunie/iun iulie/iul august/aug septembrie/sept octombrie/oct noiembrie/nov decembrie/dec",
    ),
    (
        "hu",
        "január/jan február/febr március/márc április/ápr május/máj június/jún július/júl augusztus/aug szeptember/szept október/okt november/nov december/dec",
    ),
    (
        "el",
        "ιανουαρίου/ιαν/ιανουάριος φεβρουαρίου/φεβ/φεβρουάριος μαρτίου/μαρ/μάρτιος/μάρ απριλίου/απρ/απρίλιος μαΐου/μαΐ/μάιος/μάι ιουνίου/ιουν/ιούνιος/ιούν ιουλίου/ιουλ/ιούλιος/ιούλ αυγούστου/αυγ/αύγουστος/αύγ σεπτεμβρίου/σεπ/σεπτέμβριος οκτωβρίου/οκτ/οκτώβριος νοεμβρίου/νοε/νοέμβριος/νοέ δεκεμβρίου/δεκ/δεκέμβριος",
    ),
    ("tr", "ocak/oca şubat/şub mart/mar nisan/nis mayıs/may haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki kasım/kas aralık/ara"),
    ("az", "yanvar/yan fevral/fev mart/mar aprel/apr may iyun/iyn iyul/iyl avqust/avq sentyabr/sen oktyabr/okt noyabr/noy dekabr/dek"),
    ("sq", "janar/jan shkurt/shk mars/mar prill/pri maj qershor/qer korrik/korr gusht/gush shtator/sht tetor/tet nëntor/nën dhjetor/dhj"),
    ("ca", "gener/gen febrer/febr març abril/abr maig juny juliol/jul agost/ag setembre/set octubre/oct novembre/nov desembre/des"),
    (
        "gl",
        "xaneiro/xan febreiro/feb marzo/mar abril/abr maio xuño xullo/xul agosto/ago setembro/set outubro/out novembro/nov decembro/dec",
    ),
    (
        "eu",
        "urtarrila/urt otsaila/ots martxoa/mar apirila/api maiatza/mai ekaina/eka uztaila/uzt abuztua/abu iraila/ira urria/urr azaroa/aza abendua/abe",
    ),
    (
        "cy",
        "ionawr/ion chwefror/chwef/chw mawrth/maw ebrill/ebr mai mehefin/meh gorffennaf/gorff/gor awst medi hydref/hyd tachwedd/tach rhagfyr/rhag",
    ),
    (
        "id",
        "januari/jan februari/feb maret/mar april/apr mei juni/jun juli/jul agustus/agu/agt/ags september/sep oktober/okt november/nov desember/des",
    ),
    ("ms", "januari/jan februari/feb mac april/apr mei jun julai/jul ogos/ogo september/sep oktober/okt november/nov disember/dis"),
    (
        "sw",
        "januari/jan februari/feb machi/mac aprili/apr mei juni/jun julai/jul agosti/ago septemba/sep oktoba/okt novemba/nov desemba/des",
    ),
    (
        "af",
        "januarie/jan februarie/feb maart/mrt april/apr mei junie/jun julie/jul augustus/aug september/sep oktober/okt november/nov desember/des",
    ),
    (
        "fil",
        "enero/ene pebrero/peb marso/mar abril/abr mayo/may hunyo/hun hulyo/hul agosto/ago setyembre/set oktubre/okt nobyembre/nob disyembre/dis",
    ),
    (
        "ar",
        "يناير/جانفي/كانون_الثاني فبراير/فيفري/شباط مارس/آذار أبريل/أفريل/نيسان مايو/ماي/أيار يونيو/جوان/حزيران يوليو/جويلية/تموز/يوليوز أغسطس/أوت/آب/غشت سبتمبر/أيلول/شتنبر أكتوبر/تشرين_الأول نوفمبر/تشرين_الثاني/نونبر ديسمبر/كانون_الأول/دجنبر",
    ),
    ("fa", "ژانویهٔ/ژانویه فوریهٔ/فوریه مارس آوریل مهٔ/مه ژوئن ژوئیهٔ/ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر"),
    ("he", "ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר"),
    ("hi", "जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर"),
    ("bn", "জানুয়ারী/জানু ফেব্রুয়ারী/ফেব মার্চ এপ্রিল/এপ্রি মে জুন জুলাই/জুল আগস্ট/আগ সেপ্টেম্বর/সেপ অক্টোবর/অক্টো নভেম্বর/নভে ডিসেম্বর/ডিসে"),
    ("ta", "ஜனவரி/ஜன பிப்ரவரி/பிப் மார்ச்/மார் ஏப்ரல்/ஏப் மே ஜூன் ஜூலை ஆகஸ்ட்/ஆக செப்டம்பர்/செப் அக்டோபர்/அக் நவம்பர்/நவ டிசம்பர்/டிச"),
    ("te", "జనవరి/జన ఫిబ్రవరి/ఫిబ్ర మార్చి ఏప్రిల్/ఏప్రి మే జూన్ జులై ఆగస్టు/ఆగ సెప్టెంబర్/సెప్టెం అక్టోబర్/అక్టో నవంబర్/నవం డిసెంబర్/డిసెం"),
    ("ml", "ജനുവരി/ജനു ഫെബ്രുവരി/ഫെബ്രു മാർച്ച്/മാർ ഏപ്രിൽ/ഏപ്രി മേയ് ജൂൺ ജൂലൈ ഓഗസ്റ്റ്/ഓഗ സെപ്റ്റംബർ/സെപ്റ്റം ഒക്‌ടോബർ/ഒക്ടോ നവംബർ/നവം ഡിസംബർ/ഡിസം"),
    ("mr", "जानेवारी/जाने फेब्रुवारी/फेब्रु मार्च एप्रिल/एप्रि मे जून जुलै ऑगस्ट/ऑग सप्टेंबर/सप्टें ऑक्टोबर/ऑक्टो नोव्हेंबर/नोव्हें डिसेंबर/डिसें"),
    ("ur", "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر"),
    (
        "th",
        "มกราคม/ม_ค กุมภาพันธ์/ก_พ มีนาคม/มี_ค เมษายน/เม_ย พฤษภาคม/พ_ค มิถุนายน/มิ_ย กรกฎาคม/ก_ค สิงหาคม/ส_ค กันยายน/ก_ย ตุลาคม/ต_ค พฤศจิกายน/พ_ย ธันวาคม/ธ_ค",
    ),
    (
        "zu",
        "januwari/jan februwari/feb mashi/mas ephreli/eph meyi/mey juni/jun julayi/jul agasti/aga septhemba/sep okthoba/okt novemba/nov disemba/dis",
    ),
    (
        "ka",
        "იანვარი/იან თებერვალი/თებ მარტი/მარ აპრილი/აპრ მაისი/მაი ივნისი/ივნ ივლისი/ივლ აგვისტო/აგვ სექტემბერი/სექ ოქტომბერი/ოქტ ნოემბერი/ნოე დეკემბერი/დეკ",
    ),
    (
        "hy",
        "հունվարի/հնվ/հունվար փետրվարի/փտվ/փետրվար մարտի/մրտ/մարտ ապրիլի/ապր/ապրիլ մայիսի/մյս/մայիս հունիսի/հնս/հունիս հուլիսի/հլս/հուլիս օգոստոսի/օգս/օգոստոս սեպտեմբերի/սեպ/սեպտեմբեր հոկտեմբերի/հոկ/հոկտեմբեր նոյեմբերի/նոյ/նոյեմբեր դեկտեմբերի/դեկ/դեկտեմբեր",
    ),
    (
        "kk",
        "қаңтар/қаң ақпан/ақп наурыз/нау сәуір/сәу мамыр/мам маусым/мау шілде/шіл тамыз/там қыркүйек/қыр қазан/қаз қараша/қар желтоқсан/жел",
    ),
];

/// Month of a word, as a bit set where languages differ (`listopad` is November in Polish, October in Croatian).
static BY_NAME: LazyLock<HashMap<String, u16>> = LazyLock::new(|| {
    let mut map = HashMap::new();
    for (_, months) in MONTHS {
        for (index, names) in months.split(' ').enumerate() {
            for name in names.split('/') {
                *map.entry(name.replace('_', " ")).or_insert(0) |= 1 << index;
            }
        }
    }
    map
});

/// The month that a lower-case word names, from 1 to 12; where languages differ, as in `language`, and none where that is unknown.
pub(super) fn month(word: &str, language: Option<&str>) -> Option<u8> {
    let bits = *BY_NAME.get(word)?;
    if bits.is_power_of_two() {
        return u8::try_from(bits.trailing_zeros() + 1).ok();
    }
    let language = language?;
    MONTHS.iter().filter(|(code, _)| *code == language).find_map(|(_, months)| {
        let at = months.split(' ').position(|names| names.split('/').any(|name| name == word))?;
        u8::try_from(at + 1).ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_twelve_months_and_reads_them_back() {
        for (language, months) in MONTHS {
            let months: Vec<&str> = months.split(' ').collect();
            assert_eq!(months.len(), 12, "{language}");
            for (index, names) in months.iter().enumerate() {
                for name in names.split('/') {
                    let name = name.replace('_', " ");
                    assert_eq!(name, name.to_lowercase(), "{language}");
                    assert_eq!(month(&name, Some(language)), Some(index as u8 + 1), "{language} {name}");
                }
            }
        }
    }

    #[test]
    fn a_word_that_languages_dispute_needs_the_language() {
        assert_eq!(month("listopad", None), None);
        assert_eq!(month("listopad", Some("pl")), Some(11));
        assert_eq!(month("listopad", Some("hr")), Some(10));
        assert_eq!(month("market", None), None);
    }
}
