//! What papers say, and what the public notice never says.

use super::accounts::Account;
use super::{Dossier, PaperKind, Say, write};
use crate::award_applications::model::{ApplicationStatus, FundingLevel};
use crate::award_applications::view::{
    ApplicationView, ComplianceView, Details, FundingView, Line, PayeeView, ProjectName, StepView,
};
use crate::award_applications::warnings::AwardWarning;
use crate::award_applications::warnings::view::WarningView;
use crate::clock;
use crate::db::Id;
use crate::leads::view::Person;
use crate::papers::{Cell, Fonts, Paper, Part, pdf};
use crate::policies::awards::AwardRule;
use crate::web::i18n::{I18n, Lang};
use serde_json::Map;

const ACCOUNT: &str = "6222000000001234";
const BANK: &str = "示例银行灵山支行";
const CREATOR: &str = "示例经办人";

fn dossier() -> Dossier {
    let person = Person { id: Id::generate(), username: "a".to_owned(), display_name: CREATOR.to_owned() };
    let payee = |name: &str, share_bp, fen| PayeeView {
        referrer_id: Some(Id::generate()),
        name: name.to_owned(),
        share_bp,
        payout_fen: Some(fen),
    };
    let step = |to| StepView { from: None, to, reason: None, by: Some(person.clone()), at: clock::now() };
    use ApplicationStatus::*;
    let details = Details {
        attribution: Vec::new(),
        created_by: Some(person.clone()),
        entered: Map::new(),
        frozen: true,
        policy: "example-2026".to_owned(),
        facts: Map::new(),
        award: None,
        missing: Vec::new(),
        differences: Vec::new(),
        warnings: Vec::new(),
        compliance: ComplianceView { status: None, from: None, basis: None, policy: None, payable: true },
        overlap: None,
        rulings: Vec::new(),
        funding: vec![FundingView { level: FundingLevel::County, share_bp: 10_000, amount_fen: 15_000_000 }],
        voucher: Some("PZ-1".to_owned()),
        history: [Draft, Submitted, CountyReviewed, BureauReviewed, FinanceReviewed].map(step).into(),
        next: Vec::new(),
    };
    let line = Line {
        county: Some("450721".to_owned()),
        amount_fen: 15_000_000,
        payees: vec![payee("示例团队㛃", 6667, 10_000_500), payee("示例商会", 3333, 4_999_500)],
        submitted_at: Some(clock::now()),
        notice_from: "2026-11-23".parse().ok(),
        notice_until: "2026-11-27".parse().ok(),
        created_at: clock::now(),
    };
    let project =
        ProjectName { id: Id::generate(), code: "XM-1".to_owned(), title: "示例陈皮项目".to_owned() };
    let account = Account { bank: Some(BANK.to_owned()), number: Some(ACCOUNT.to_owned()) };
    Dossier {
        application: ApplicationView {
            id: Id::generate(),
            code: "JL-2026-0001".to_owned(),
            version: 1,
            project,
            rule: AwardRule::Referral,
            status: FinanceReviewed,
            line: Some(line.clone()),
            details: Some(details.clone()),
        },
        line,
        details,
        parties: None,
        investor: "示例橘颂有限公司".to_owned(),
        project_company: None,
        county: "灵山县".to_owned(),
        basis: Some(("三(四)2(2)".to_owned(), "示例方案".to_owned())),
        facts: vec![("已落地".to_owned(), "是".to_owned())],
        accounts: vec![account.clone(), account],
    }
}

fn written(kind: PaperKind, lang: Lang) -> Paper {
    write(kind, &dossier(), Say { i18n: &I18n::load().unwrap(), lang })
}

/// Everything that a paper says, cell by cell.
fn said(paper: &Paper) -> Vec<String> {
    let mut all = vec![paper.title.clone()];
    for part in &paper.parts {
        match part {
            Part::Heading(text) | Part::Text(text) => all.push(text.clone()),
            Part::Facts(facts) => {
                all.extend(facts.iter().flat_map(|(name, cell)| [name.clone(), cell.told()]));
            }
            Part::Rows(rows) => {
                all.extend(rows.columns.iter().map(|column| column.head.clone()));
                all.extend(rows.rows.iter().flatten().map(Cell::told));
            }
            Part::Signatures(names) => all.extend(names.clone()),
        }
    }
    all
}

#[test]
fn papers_that_money_is_paid_by_have_the_amount_in_capital_numerals() {
    for kind in PaperKind::ALL {
        let paper = said(&written(*kind, Lang::ZhCn));
        let has = paper.contains(&"壹拾伍万元整".to_owned());
        assert_eq!(has, matches!(kind, PaperKind::ApplicationForm | PaperKind::PaymentList), "{kind}");
    }
}

/// Found at each look, and nobody signs without having been told.
#[test]
fn the_review_form_warns_and_the_other_papers_do_not() {
    let warning = WarningView {
        code: AwardWarning::InvestorFromCity,
        href: "/projects/1".to_owned(),
        blocks: false,
        text: "投资方来自本市".to_owned(),
    };
    let mut dossier = dossier();
    dossier.details.warnings = vec![warning.clone()];
    for kind in PaperKind::ALL {
        let paper = said(&write(*kind, &dossier, Say { i18n: &I18n::load().unwrap(), lang: Lang::ZhCn }));
        assert_eq!(paper.contains(&warning.text), *kind == PaperKind::ReviewForm, "{kind}");
    }
}

#[test]
fn the_public_notice_says_payee_project_rule_and_amount_and_nothing_else_of_anybody() {
    let notice = said(&written(PaperKind::PublicNotice, Lang::ZhCn));
    for wanted in ["示例团队㛃", "示例商会", "示例陈皮项目", "引荐奖励", "100,005", "49,995"]
    {
        assert!(notice.iter().any(|text| text == wanted), "{wanted}: {notice:?}");
    }
    let notice = notice.join("\n");
    assert!(notice.contains("2026-11-23") && notice.contains("2026-11-27") && notice.contains("三(四)2(2)"));
    for never in [ACCOUNT, "1234", BANK, CREATOR, "示例橘颂有限公司", "66.67%"] {
        assert!(!notice.contains(never), "{never} is nobody's business");
    }
}

#[test]
fn accounts_stand_in_the_payment_list_alone() {
    for kind in PaperKind::ALL {
        let text = said(&written(*kind, Lang::ZhCn)).join("\n");
        assert_eq!(text.contains(ACCOUNT) || text.contains(BANK), *kind == PaperKind::PaymentList, "{kind}");
    }
}

#[test]
fn each_paper_is_written_in_both_languages() {
    let fonts = Fonts::load(std::path::Path::new("")).unwrap();
    for kind in PaperKind::ALL {
        for lang in [Lang::ZhCn, Lang::En] {
            let paper = written(*kind, lang);
            let text = said(&paper).join("\n");
            assert!(!text.contains("award-") && !text.contains('{'), "a sentence is missing: {text}");
            assert!(pdf(&paper, &fonts).unwrap().starts_with(b"%PDF-"));
        }
    }
}

#[test]
fn notice_and_payment_wait_for_finance_and_what_was_returned_waits_anew() {
    use ApplicationStatus::*;
    let ready = |kind: PaperKind, last: Option<ApplicationStatus>, frozen| {
        let mut application = dossier().application;
        if let Some(details) = &mut application.details {
            let step = details.history[0].clone();
            details.history.extend(last.map(|to| StepView { to, ..step }));
            details.frozen = frozen;
        }
        kind.is_ready(&application)
    };
    for kind in [PaperKind::PublicNotice, PaperKind::PaymentList] {
        assert!(ready(kind, None, true) && ready(kind, Some(Paid), true));
        assert!(!ready(kind, Some(Submitted), true) && !ready(kind, None, false));
    }
    assert!(!ready(PaperKind::ReviewForm, None, false) && ready(PaperKind::ApplicationForm, None, false));
}
