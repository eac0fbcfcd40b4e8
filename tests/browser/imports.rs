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
