//! Later claims: the lists, the answer.

use yinfeng::claims::pages::{Answer, AnswerPage, List, Row};
use yinfeng::leads::pages::Link;
use yinfeng::web::filled::Filled;
use yinfeng::web::i18n::Message;

use super::leads::{codes, day, some};
use super::render::{AUDITOR, LIAISON, OFFICER, at, render};

/// One that is late, one that is answered.
pub fn rows() -> Vec<Row> {
    let late = Row {
        id: "k1".into(),
        investor_name: "东莞乐满堂玩具有限公司（虚构）".into(),
        title: "年产三百万套毛绒玩具生产线".into(),
        county: some("灵山县"),
        content: some("两条自动化缝制线，标准厂房两万平方米。"),
        contact_name: some("林总"),
        contact_phone: some("120****0101"),
        at: Some(at("2026-11-12T03:00:00")),
        due_on: Some(day("2026-11-19")),
        due_days: Some(4),
        chamber: some("深圳市钦州商会（虚构）"),
        lead: Some(Link { href: "/leads/l1".into(), label: "QZ-2026-000123 毛绒玩具".into() }),
        answer: None,
    };
    let answer = Answer {
        decision: "shared".into(),
        text: "已核对，首报共享，请继续联系投资方。".into(),
        at: at("2026-11-20T03:00:00"),
        by: some("李明"),
    };
    let deleted = Link { href: String::new(), label: "QZ-2026-000120 公仔".into() };
    let answered = Row { due_days: None, lead: Some(deleted), answer: Some(answer), ..late.clone() };
    vec![late, answered]
}

#[test]
fn the_lists_of_claims() {
    let list = List {
        state: "waiting".into(),
        rows: rows(),
        total: Some(2),
        waiting: 1,
        next: "/claims?cursor=x".into(),
        own: false,
        may_answer: true,
    };
    render("claims", &list, &[OFFICER], "/claims");
    render("claims-auditor", &List { may_answer: false, ..list.clone() }, &[AUDITOR], "/claims");
    render("claims-none", &List { rows: vec![], ..list.clone() }, &[OFFICER], "/claims");
    let own = |row: Row| Row { chamber: None, lead: None, ..row };
    let rows = rows().into_iter().map(own).collect();
    let own = List { state: "all".into(), rows, own: true, may_answer: false, next: String::new(), ..list };
    render("claims-own", &own, &[LIAISON], "/claims");
    render("claims-own-none", &List { rows: vec![], ..own }, &[LIAISON], "/claims");
}

#[test]
fn answering_a_claim() {
    let decisions = codes(&["shared", "handed_on", "declined"]);
    let [late, answered] = rows().try_into().unwrap();
    let page = AnswerPage { claim: late, form: Filled::new(), decisions };
    render("claim-answer", &page, &[OFFICER], "/claims/k1/answer");
    let form = Filled::new().value("decision", "shared").error("text", Message::new("fault-required"));
    render("claim-answer-wrong", &AnswerPage { form, ..page.clone() }, &[OFFICER], "/claims/k1/answer");
    render("claim-answered", &AnswerPage { claim: answered, ..page }, &[OFFICER], "/claims/k1/answer");
}
