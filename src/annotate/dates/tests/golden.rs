//! Paragraphs of our own with every time marked as `{surface|value}`, after the guidelines of TimeML 1.2.1 and, for histories, TIDES 2005.

use super::*;

/// The text without its marks, and the marks.
fn marked(source: &str) -> (String, Vec<(String, String)>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    let mut rest = source;
    while let Some((before, tail)) = rest.split_once('{') {
        let (mark, after) = tail.split_once('}').unwrap();
        let (surface, value) = mark.split_once('|').unwrap();
        text.push_str(before);
        text.push_str(surface);
        marks.push((surface.to_owned(), value.to_owned()));
        rest = after;
    }
    text.push_str(rest);
    (text, marks)
}

fn check(paragraphs: &[&str], published: &str) {
    let mut wrong = Vec::new();
    for source in paragraphs {
        let (text, want) = marked(source);
        let got: Vec<(String, String)> = found(&text, published).into_iter().map(|m| (m.surface, m.value)).collect();
        if got != want {
            let differ = |a: &[(String, String)], b: &[(String, String)]| a.iter().filter(|x| !b.contains(x)).cloned().collect::<Vec<_>>();
            wrong.push(format!("{text}\n  missed {:?}\n  false  {:?}", differ(&want, &got), differ(&got, &want)));
        }
    }
    assert!(wrong.is_empty(), "{} of {} paragraphs:\n{}", wrong.len(), paragraphs.len(), wrong.join("\n"));
}

/// News of a Thursday.
const NEWS: &[&str] = &[
    "The ferry company said {Thursday|2018-05-17} it would cut eleven jobs. The union, which met {Wednesday night|2018-05-16TNI}, will answer {Monday|2018-05-21}.",
    "Sales of the mill rose in {the first quarter|2018-Q1} after a loss in {the fourth quarter of 2017|2017-Q4}, and the owners expect more in {the third quarter|2018-Q3}.",
    "{Two years ago|2016} the town had no bridge; {last year|2017} it built two, and {next year|2019} it will build a third.",
    "The strike began {three weeks ago|2018-W17} and may last {several weeks|PXW}.",
    "In {recent months|PAST_REF} the price of salt has doubled, and {now|PRESENT_REF} a sack costs nine crowns.",
    "{Last month|2018-04} the court heard the case; a ruling is due {next month|2018-06}, or by {the end of June|2018-06}.",
    "Over {the past five years|P5Y} the port lost 300 workers, most of them {last summer|2017-SU}.",
    "The council meets {every Tuesday|XXXX-WXX-2}, publishes its minutes {daily|P1D} and elects a chair {each year|P1Y}.",
    "{Yesterday|2018-05-16} the gate was shut. {Today|2018-05-17} it is open, and {tomorrow|2018-05-18} it will be painted.",
    "Two fishermen left {early Sunday|2018-05-13} and were found {late Tuesday|2018-05-15}.",
    "He led the bank from {1998|1998} to {2006|2006} and has advised it since {March|2018-03}.",
    "Rain fell for {six hours|PT6H} {Saturday morning|2018-05-12TMO} and again for {half an hour|PT30M} {last night|2018-05-16TNI}.",
    "The vote is scheduled for {Nov. 6|2018-11-06}; the list closes on {Oct. 1|2018-10-01}.",
    "The museum will stay closed {this weekend|2018-W20-WE} and reopen {next Wednesday|2018-05-23}.",
    "The share stood at nine crowns, up from seven {a year earlier|2017}.",
    "{Earlier this week|2018-W20} the mayor resigned; {later this month|2018-05} a new one will be chosen.",
    "She was born on {Feb. 3, 1951|1951-02-03}, and died {Friday|2018-05-11}.",
    "The plan dates from {the early 1990s|199} and was renewed in {the spring of 2009|2009-SP}.",
    "It was the wettest {April|2018-04} in {three decades|P3DE}.",
    "A {three-day|P3D} meeting ended {Wednesday|2018-05-16} without result, and {a year|P1Y}-long study will follow.",
    "In {2012|2012}, {2013|2013} and {2014|2014} nothing was paid; in {the future|FUTURE_REF} something may be.",
    "The train left at {7:45 p.m.|2018-05-16T19:45} {Wednesday|2018-05-16} and is due at {6 a.m.|2018-05-18T06:00} {Friday|2018-05-18}.",
    "Exports grew 3 percent in {March|2018-03} from {a month earlier|2018-02}.",
    "By {the end of the year|2018} the yard will have built four ships, and by {2025|2025} twenty.",
    "Over {the weekend|2018-W19-WE} thieves took a {200-year|P200Y}-old bell.",
    "The board last met on {April 30|2018-04-30} and meets again in {mid-June|2018-06}, {two weeks|P2W} before the fair.",
    "Wages are paid {monthly|P1M}, the {annual|P1Y} bonus in {December|2018-12} will be the last.",
    "She said the office would close {Friday|2018-05-18} and stay shut through {Monday|2018-05-21}.",
    "The talks, which began {last Friday|2018-05-11}, ended {early Thursday|2018-05-17} after {11 hours|PT11H}.",
    "Prices rose {last week|2018-W19}, {this week|2018-W20} and, traders fear, will rise {next week|2018-W21} too.",
    "The plant, idle since {the late 1970s|197}, will reopen in {September|2018-09} or {early 2019|2019}.",
    "The fair will be held on {June 4|2018-06-04} and {5|2018-06-05}; it was last held in {1996|1996}. The hall was shut until {the end of April|2018-04}.",
    "The match is on {Saturday|2018-05-19} at {20:45|2018-05-19T20:45}, and the one behind it {three weeks from now|2018-W23}.",
    "{The day after tomorrow|2018-05-19} the ferry returns; {the day before yesterday|2018-05-15} it broke down for the third time in as many days.",
    "It never rains these days, and some day the well will be dry.",
];

#[test]
fn news_is_read_from_the_day_of_its_publication() {
    check(NEWS, "2018-05-17");
}

/// Histories, told long after; each is long enough to be known as one.
const HISTORIES: &[&str] = &[
    "The quarrel over the salt road began in {1803|1803}, when the duke of Orme closed it. In {the spring of 1804|1804-SP} his riders burnt the mill at \
     Tarn. {The following year|1805} the towns formed a league, and in {May 1806|1806-05} they marched. On {12 May|1806-05-12} they crossed the river; \
     {three days later|1806-05-15} they stood before the castle. {The next day|1806-05-16} it fell. The duke fled {that night|1806-05-16TNI} and reached \
     the coast on {2 June|1806-06-02}. In {July|1806-07} he bought ships. {Later that month|1806-07} he sailed, and by {the end of the year|1806} he held \
     three islands. In {January 1807|1807-01} the league built a fleet of its own. It sailed in {February|1807-02}. On {the 14th|1807-02-14} it met the \
     duke's; {the same day|1807-02-14} both fled from a storm. {A year later|1808} peace was signed. It held for {ten years|P10Y}, until {1818|1818}.",
    "Two great floods mark the history of the delta. The first came in {November 1570|1570-11} and lasted {nine days|P9D}. On {the night of 3 November|1570-11-03TNI} \
     the outer dike broke; by dawn the plain was a lake. {The following morning|1570-11-04TMO} boats came from the city. In {the winter of 1570|1570-WI} \
     nobody was paid. {The next spring|1571-SP} the dikes were raised, and between {1572|1572} and {1590|1590} a second line was dug. In {the 17th century|16} it was \
     kept well; in {the 1720s|172} it was not. On {24 December 1717|1717-12-24} the sea came again. {Two days earlier|1717-12-22} the warden had written that all was safe.",
    "The observatory was founded in {1874|1874} and opened on {1 March 1876|1876-03-01}. Its first director left in {the autumn of 1879|1879-FA}; his successor came in \
     {April 1880|1880-04} and stayed until {1902|1902}. In {June 1902|1902-06} the great lens cracked. {The previous month|1902-05} it had been cleaned. A new one was \
     ordered in {August|1902-08}, arrived in {December|1902-12} and was mounted in {January|1903-01}. From {1903|1903} to {1911|1911} the sky was charted {every night|XXXX-XX-XXTNI}. \
     On {the evening of 6 May 1910|1910-05-06TEV} the tail of the comet was seen. At {2:30 a.m.|1910-05-07T02:30} on {7 May|1910-05-07} it was gone.",
    "The harbour war lasted from {1854|1854} to {1858|1858}. In {1855|1855}, {1856|1856} and {1857|1857} the port was besieged. On {3 March 1858|1858-03-03} the walls were \
     breached, and at {0400 hours|1858-03-03T04:00} the storm began. At {5:15 pm|1858-03-03T17:15} it was over. {The previous day|1858-03-02} nobody had believed it. \
     {Two months later|1858-05} an armistice was signed; on the {18th of June|1858-06-18} the king's son was crowned. {The first half of 1859|1859-H1} was quiet. \
     {Later that year|1859} the last troops left. {The early 20th century|19} saw the port decline. On {11 November|1859-11-11}, the books say, the first ship was sold.",
    "Of the years before the flood little is told. The dam of {147|BC0147} B.C. is named by two writers, that of A.D. {70|0070} by one. It was mended in {1311|1311}, in {1402|1402}, \
     in {1466|1466} and in {the spring of 1502|1502-SP}. In {May of that year|1502-05}, or in {June|1502-06}, the miller drowned. {That winter|1502-WI} the ice broke the gates. \
     From {26|1503-03-26} to {29 March 1503|1503-03-29} all men of the valley dug. {A week later|1503-W14} the water came back. On {the morning of 9 April|1503-04-09TMO} it stood at the church.",
];

#[test]
fn histories_are_read_from_the_time_last_told() {
    check(HISTORIES, "2010-01-05");
}
