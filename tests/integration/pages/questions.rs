//! Questions to a chamber: asking and answering.

use yinfeng::leads::pages::LeadHead;
use yinfeng::questions::pages::{Answer, Form, Row};
use yinfeng::web::filled::Filled;
use yinfeng::web::i18n::Message;

use super::leads::{day, some};
use super::render::{LIAISON, OFFICER, at, render};

fn lead() -> LeadHead {
    LeadHead {
        id: "l1".into(),
        code: "QZ-2026-000123".into(),
        title: "年产三百万套毛绒玩具生产线".into(),
        investor_name: "东莞乐满堂玩具有限公司（虚构）".into(),
        stage: "new".into(),
        status: "active".into(),
        version: 3,
    }
}

#[test]
fn asking_and_answering() {
    let ask = Form { lead: lead(), chamber: "深圳市钦州商会（虚构）".into(), form: Filled::new() };
    render("question-ask", &ask, &[OFFICER], "/leads/l1/questions/new");
    let wrong = Filled::new().error("text", Message::new("fault-required"));
    render("question-ask-wrong", &Form { form: wrong.clone(), ..ask }, &[OFFICER], "/leads/l1/questions");
    let question = Row {
        id: "q1".into(),
        lead_id: "l1".into(),
        text: "企业打算租厂房还是拿地？投产要多少人？".into(),
        at: Some(at("2026-11-12T03:00:00")),
        due_on: Some(day("2026-11-19")),
        due_days: Some(4),
        answer: None,
    };
    let path = "/leads/l1/questions/q1/answer";
    let open = Answer { lead: lead(), question: question.clone(), form: Filled::new() };
    render("question-answer", &open, &[LIAISON], path);
    render("question-answer-wrong", &Answer { form: wrong, ..open.clone() }, &[LIAISON], path);
    let answered = Row { answer: some("先租两万平方米。"), due_days: None, ..question };
    render("question-answered", &Answer { question: answered, ..open }, &[LIAISON], path);
}
