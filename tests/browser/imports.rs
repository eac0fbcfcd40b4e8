//! Bringing a ledger in: look first, then confirm.

use crate::support::{Browser, Office};

#[tokio::test]
async fn a_ledger_is_looked_at_before_it_becomes_leads() {
    let (office, browser) = (Office::open(), Browser::desk().await);
    let ledger = office.folder().join("示例台账.csv");
    let rows = "项目名称,投资方,县区,产业,来源\n\
                示例玩具项目,示例松鹤玩具有限公司,灵山县,其他,自主招商\n\
                示例服装项目,示例锦程服饰有限公司,浦北县,其他,自主招商\n\
                示例缺县区项目,示例无处可去有限公司,,其他,自主招商\n";
    std::fs::write(&ledger, rows).unwrap();
    browser.sign_in(&office, "officer").await;
    browser.open(&office, "/imports").await;
    browser.wait_for("main input[type='file']").await.send_keys(ledger.to_str().unwrap()).await.unwrap();
    browser.press_main().await;
    browser.wait_for_text("示例松鹤玩具有限公司").await;
    let before = office.get("/api/v1/leads?count=true").await;
    assert_eq!(before["total"], 0, "looking changes nothing");
    browser.press_main().await;
    browser.until("two leads", async || office.get("/api/v1/leads?count=true").await["total"] == 2).await;
    browser.open(&office, "/leads").await;
    browser.wait_for_text("示例服装项目").await;
    browser.assert_quiet().await;
    browser.close().await;
}

#[tokio::test]
async fn a_ledger_of_projects_changes_what_is_there_and_adds_the_rest() {
    let (office, browser) = (Office::open(), Browser::desk().await);
    let known = office.new_project("示例积木项目").await;
    let project = office.get(&format!("/api/v1/projects/{known}")).await;
    let ledger = office.folder().join("项目台账.csv");
    let rows = format!(
        "项目编号,项目名称,投资方,县区,一县一业产业,预计就业,目前进展\n\
         {},示例积木项目,示例积木项目有限公司,灵山县,玩具,230,主体封顶\n\
         ,示例毛绒项目,示例云朵玩具有限公司,灵山县,玩具,120,签约\n",
        project["code"].as_str().unwrap()
    );
    std::fs::write(&ledger, rows).unwrap();
    browser.sign_in(&office, "officer").await;
    browser.open(&office, "/imports").await;
    browser.wait_for("main input[type='file']").await.send_keys(ledger.to_str().unwrap()).await.unwrap();
    browser.press_main().await;
    browser.wait_for_text("示例毛绒项目").await;
    let count = async || office.get("/api/v1/projects?count=true").await["total"].clone();
    assert_eq!(count().await, 1, "looking changes nothing");
    browser.press_main().await;
    browser.until("two projects", async || count().await == 2).await;
    let changed = office.get(&format!("/api/v1/projects/{known}")).await;
    assert_eq!((&changed["jobs"], &changed["progress"]), (&230.into(), &"主体封顶".into()));
    browser.open(&office, "/projects").await;
    browser.wait_for_text("示例毛绒项目").await;
    browser.assert_quiet().await;
    browser.close().await;
}
